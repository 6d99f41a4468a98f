//! The day at a glance: what is shot, who has what, what is open and who owns it; and the three closings,
//! which stay shut while anything is open.

use std::collections::BTreeMap;

use axum::extract::State;
use kernel::{Code, Custody, Intent, OutAt, Unit, open_items, open_items_of};
use maud::{Markup, html};
use record::{Id, Millis, Reason};

use crate::auth::Me;
use crate::pages::acts::Act;
use crate::pages::card::{line, why};
use crate::pages::lots::lot_in_line;
use crate::pages::scene::open_words_of;
use crate::pages::vendor::not_signed_for;
use crate::pages::{Page, lots, requests};
use crate::state::App;
use crate::words;

/// The day.
pub async fn day(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Day", "day");
    let state = &page.moment.view.state;
    let items = open_items(state);
    page.render(&html! {
        div.information #day data-follow="" {
            h1.big { @match state.day { Some(day) => { "Day " (day.0) }, None => "No day is open." } }
            (scenes(&page))
            (guns_out(&page))
            (rounds_out(&page))
            (lots_to_look_at(&page))
            (not_signed(&page))
            (stops(&page))
            (exhibits(&page))
            (requests::open(&app, &page, state))
            (roster(&page))
            (units(&page))
            a.item href="/witnesses" { b { "Witnesses" } span.dim { "who outside has countersigned the record, and when" } }
            a.item href="/record" { b { "Record" } span.dim { "every entry: as first entered, as it holds, and both" } }
            a.item href="/rules" { b { "Rules" } span.dim { "what is breached, not yet, and met so far today" } }
        }
        div.acts #closings data-follow="" {
            (open_list(&page, &items))
            @if state.wrapped.is_some() { (wrapped(&page)) }
            @else if page.roles().runs_the_day() { (closings(&page, &me, &items)) }
            (requests::acts(&page, &me))
        }
    })
}

/// The scene of each unit, that of whoever looks first.
fn scenes(page: &Page) -> Markup {
    let mut units: Vec<Unit> = page.moment.view.state.units.all().collect();
    units.sort_by_key(|unit| *unit != page.unit());
    html! {
        section aria-labelledby="day-scene" {
            h2 #day-scene { "Scene" }
            @for unit in units { (scene(page, unit)) }
        }
    }
}

fn units(page: &Page) -> Markup {
    html! {
        @if page.moment.view.state.units.are_several() {
            a.item href="/units" { b { "Units" } span.dim { "what is of which unit, and what is moved between them" } }
        }
    }
}

fn scene(page: &Page, unit: Unit) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let meetings: Vec<Id> = state.meetings_of(unit).collect();
    let met = meetings.iter().filter_map(|id| state.meetings.get(id).map(|meeting| (id, meeting)));
    html! {
        a.item href="/scene" { b { (open_words_of(page, unit)) } }
        @for (id, meeting) in met {
            a.item href="/meeting" {
                b { "Safety meeting at " (names.minute(meeting.at)) }
                span.dim {
                    (state.present.iter().filter(|(at, _)| at == id).count()) " there, led by " (names.name(meeting.led_by))
                }
            }
        }
        @if meetings.is_empty() && state.scene_of(unit).is_some() {
            a.item href="/meeting" { b { "No safety meeting was held for it here." } }
        }
    }
}

fn guns_out(page: &Page) -> Markup {
    let mut told = page.told();
    // What is back at the rental house is out of nothing here.
    told.retain(|(card, _)| card.custody.returned().is_none());
    let out: Vec<_> = told.iter().filter(|(card, _)| !matches!(card.custody, Custody::In { .. })).collect();
    html! {
        section aria-labelledby="day-guns" {
            h2 #day-guns { "Guns out: " (out.len()) " of " (told.len()) }
            ul.plain { @for (_, told) in &out { li { a.item href={ "/guns/" (told.gun) } { (line(told)) } } } }
        }
    }
}

fn rounds_out(page: &Page) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let total: u32 = state.out.values().fold(0, |sum, rounds| sum.saturating_add(*rounds));
    html! {
        section aria-labelledby="day-rounds" {
            h2 #day-rounds { "Rounds in hands and places: " (total) }
            ul.plain {
                @for ((lot, at), rounds) in &state.out {
                    li { a.item href={ "/lots/" (lot) } {
                        b { (words::rounds(*rounds)) " of " (names.name(*lot)) }
                        span.dim { @match at {
                            OutAt::Person(person) => { "with " (names.name(*person)) },
                            OutAt::Place(place) => { "in " (names.name(*place)) },
                        } }
                    } }
                }
            }
        }
    }
}

/// Lots that are out, open, being counted or in doubt.
fn lots_to_look_at(page: &Page) -> Markup {
    let state = &page.moment.view.state;
    let lots_here = state.lots.values().filter(|lot| lot.custody.returned().is_none()).count();
    let told: Vec<_> = lots::told(page)
        .into_iter()
        .filter(|told| {
            state.lots.get(&told.lot).is_some_and(|lot| lot.opened || lot.holder().is_some() || lot.count.is_some())
        })
        .collect();
    html! {
        section aria-labelledby="day-lots" {
            h2 #day-lots { "Lots out or open: " (told.len()) " of " (lots_here) }
            ul.plain { @for lot in &told { li { a.item href={ "/lots/" (lot.lot) } { (lot_in_line(lot)) } } } }
        }
    }
}

/// What went back to the rental house, and the house has not signed for.
fn not_signed(page: &Page) -> Markup {
    let things = not_signed_for(page);
    html! {
        @if !things.is_empty() {
            section aria-labelledby="day-not-signed" {
                h2 #day-not-signed { "Returned, not signed for by the house: " (things.len()) }
                ul.plain { @for (address, name) in &things { li { a.item href=(address) { b { (name) } } } } }
            }
        }
    }
}

fn stops(page: &Page) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    html! {
        @if !state.stops.is_empty() {
            section aria-labelledby="day-stops" {
                h2 #day-stops { "Stops that stand" }
                @for stop in state.stops.values() {
                    a.item href="/stops" {
                        b { (words::stop_cause(stop.cause)) ", " (names.minute(stop.since)) }
                        span.dim { @match stop.inquiry {
                            Some(inquiry) => { "inquiry: " (names.name(inquiry.inquirer)) },
                            None => "nobody is named to inquire",
                        } }
                    }
                }
            }
        }
    }
}

/// What an inquiry keeps outlives its stop.
fn exhibits(page: &Page) -> Markup {
    let kept = page.moment.view.state.exhibits.len();
    html! {
        @if kept > 0 {
            a.item href="/stops" { b { "Exhibits: " (kept) } span.dim { "who guards what, and what the inquiry has not released" } }
        }
    }
}

/// Who is rostered for what at this hour.
fn roster(page: &Page) -> Markup {
    let names = page.moment.names();
    let now = Millis(page.moment.now_ms);
    let on_duty: Vec<String> = page
        .moment
        .view
        .state
        .people
        .iter()
        .flat_map(|(id, person)| {
            let begun = person.duties.iter().filter(|((from, _), duty)| *from <= now && now < duty.until);
            begun.map(|(_, duty)| {
                format!("{}: {} until {}", names.name(*id), words::role(duty.role), names.minute(duty.until))
            })
        })
        .collect();
    html! {
        @if !on_duty.is_empty() {
            section aria-labelledby="day-roster" {
                h2 #day-roster { "On the roster now" }
                ul.plain { @for words in &on_duty { li.item { (words) } } }
            }
        }
    }
}

/// Everything that is open, under the name of the one who has it.
fn open_list(page: &Page, items: &[Reason]) -> Markup {
    let names = page.moment.names();
    let mut by_owner: BTreeMap<String, Vec<&Reason>> = BTreeMap::new();
    for item in items {
        let owner = owner(page, item).map_or_else(|| "with nobody".to_owned(), |who| names.name(who));
        by_owner.entry(owner).or_default().push(item);
    }
    html! {
        section #open-list aria-labelledby="open-title" {
            h2 #open-title {
                @match items.len() { 0 => "Nothing is open.", 1 => "One thing is open", many => { (many) " things are open" } }
            }
            @if !items.is_empty() {
                p.dim { "It is asked for at lunch, at the end of the scene and at wrap, of the one under whose name it stands." }
            }
            @for (owner, items) in &by_owner {
                h3 { (owner) }
                ul.plain { @for item in items { li { (open_item(page, item)) } } }
            }
        }
    }
}

/// To whom it falls. Only a handler takes back and locks away: a gun with somebody else falls to the one who answers for it.
fn owner(page: &Page, item: &Reason) -> Option<Id> {
    let custody = item.gun.and_then(|gun| page.moment.view.state.guns.get(&gun)).map(|gun| gun.custody);
    match custody {
        Some(Custody::With { handler: Some(handler), .. } | Custody::Preset { handler, .. }) => Some(handler),
        Some(
            Custody::With { handler: None, .. }
            | Custody::In { .. }
            | Custody::Offered { .. }
            | Custody::Missing { .. }
            | Custody::Returned { .. },
        )
        | None => item.who,
    }
}

/// What will be asked for of a gun that is out: there may be no break yet.
const LEFT_OUT: &str = "When the break comes: take it back, lock it away, and show it again after the break.";

fn open_item(page: &Page, item: &Reason) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let address = match (item.gun, item.lot, item.place) {
        (Some(gun), ..) => format!("/guns/{gun}"),
        (None, Some(lot), _) => format!("/lots/{lot}"),
        (None, None, Some(place)) => format!("/places/{place}"),
        (None, None, None) => "/line".to_owned(),
    };
    let gun = item.gun.filter(|_| item.code == Code::CustodyLeftOut);
    let out = gun.and_then(|gun| state.guns.get(&gun).map(|entry| (gun, names.custody(&entry.custody))));
    let sentence = out.map_or_else(|| names.reason(item).sentence, |(gun, at)| format!("{} {at}.", names.name(gun)));
    let remedy = if item.code == Code::CustodyLeftOut { LEFT_OUT.to_owned() } else { names.reason(item).remedy };
    html! { a.item href=(address) { b { (sentence) } span.dim { (remedy) } } }
}

/// LUNCH and SCENE END, which wait for the unit of whoever looks; WRAP, which waits for all. What is not among the open things
/// is told under the button itself.
fn closings(page: &Page, me: &Me, items: &[Reason]) -> Markup {
    let all = [
        (Intent::CloseForLunch, "close_for_lunch", "LUNCH", "The break has begun."),
        (Intent::CloseScene, "close_scene", "SCENE END", "The scene is closed."),
        (Intent::Wrap, "wrap", "WRAP", "The day is wrapped."),
    ];
    let of_mine = open_items_of(&page.moment.view.state, page.unit());
    html! {
        @for (intent, kind, word, done) in all {
            @let items = if word == "WRAP" { items } else { of_mine.as_slice() };
            @let reasons = page.moment.view.against(&me.session, &intent, page.moment.now_ms);
            @let others: Vec<_> = reasons.iter().filter(|reason| !items.contains(reason)).collect();
            @let then = if word == "WRAP" { wrap_address(page) } else { String::new() };
            @if reasons.is_empty() {
                (Act::of(kind, String::new(), &word.to_lowercase()).then(done, &then)
                    .held(&format!("Hold: {word}"), if word == "WRAP" { "primary" } else { "" }))
            } @else {
                div.interlock {
                    button.button type="button" disabled aria-describedby="open-title" {
                        (word) span.more { (not_yet(items.len())) }
                    }
                    @if items.is_empty() { @for reason in others { (why(&page.moment.names().reason(reason))) } }
                }
            }
        }
    }
}

fn not_yet(open: usize) -> String {
    match open {
        0 => "not yet".to_owned(),
        1 => "not yet: one thing is open".to_owned(),
        many => format!("not yet: {many} things are open"),
    }
}

fn wrap_address(page: &Page) -> String {
    page.moment.view.state.day.map_or_else(|| "/day".to_owned(), |day| format!("/wrap/{}", day.0))
}

fn wrapped(page: &Page) -> Markup {
    html! {
        p.notice { "The day is wrapped. Nothing is issued until the next day is opened." }
        a.button.primary href=(wrap_address(page)) { "The wrap certificate" }
    }
}
