//! Home: mode first, then the gun. And the lists that the modes open.

use axum::extract::State;
use kernel::{Custody, LastLook, Role, Roles, ShowingState};
use maud::{Markup, html};
use record::Id;
use serde_json::json;

use crate::auth::{Caller, Me};
use crate::pages::acts::{Act, label_field};
use crate::pages::card::line;
use crate::pages::gun::in_your_hand;
use crate::pages::vendor::not_signed_for;
use crate::pages::{Page, count, exhibit, range, waits};
use crate::state::App;
use crate::words::Told;

/// Home.
pub async fn home(State(app): State<App>, caller: Caller) -> Markup {
    let page = Page::new(&app, &caller, "Home", "home");
    let me = caller.session.and_then(|session| session.person.map(|person| Me { person, session }));
    page.render(&me.map_or_else(outside, |me| inside(&page, &me)))
}

fn outside() -> Markup {
    html! {
        div.information {
            h1.big { "Show it. Do not say it." }
            p { "Showclear keeps what was shown of each gun on this set: by whom, when, and when it is to be shown again." }
            p.dim { "It sees only what people enter. It prevents nothing by itself. STOP works here without log-in." }
        }
        div.acts {
            a.button.primary href="/log-in" { "Log in" }
            a.button href="/enrol" { "Enrol this device" }
        }
    }
}

fn inside(page: &Page, caller: &Me) -> Markup {
    let me = caller.person;
    let told = page.told();
    let mine: Vec<&Told> =
        told.iter().filter(|(card, _)| holder(&card.custody) == Some(me)).map(|(_, told)| told).collect();
    let is_held = is_held(page);
    // While everything is held nobody is sent to open a gun or a box.
    let opens = [waiting(page, me), count::waiting(page, me), line_waiting(page, me)].concat();
    let others =
        [waits::waiting(page, me), exhibit::given_to(page, me), range::waiting(page, caller).into_iter().collect()]
            .concat();
    let (first, later) = if is_held { (others, opens) } else { ([others, opens].concat(), Vec::new()) };
    let guarded = exhibit::guarded_by(page, me);
    html! {
        div.information #mine data-follow="" {
            h1.unseen { "Home" }
            @if !first.is_empty() {
                section.waiting aria-labelledby="waiting" {
                    h2 #waiting { "Waits for you" }
                    @for (address, words, more) in &first {
                        a.button.primary href=(address) { (words) span.more { (more) } }
                    }
                }
            }
            section aria-labelledby="hands" {
                h2 #hands {
                    @match mine.len() { 0 => "You hold nothing.", 1 => "You hold one gun.", _ => "You hold these guns." }
                }
                ul.plain { @for told in mine { li {
                    @if let Some(words) = in_your_hand(page, me, told) { p.notice { b { (words) } } }
                    a.item href={ "/guns/" (told.gun) } { (line(told)) }
                } } }
            }
            @if !later.is_empty() {
                section.waiting aria-labelledby="later" {
                    h2 #later { "Waits until the stop is lifted" }
                    ul.plain { @for (_, words, more) in &later { li.item { b { (words) } span.dim { (more) } } } }
                }
            }
            (waits::asked_for(page))
            (contact(page))
            (waits::first_steps(page))
            @if !guarded.is_empty() {
                section aria-labelledby="guarded" {
                    h2 #guarded { "You guard for the inquiry" }
                    ul.plain { @for (address, name, more) in &guarded { li { a.item href=(address) { b { (name) } span.dim { (more) } } } } }
                }
            }
            button.log-out.button.small type="button" data-hold="" { "Hold: log out" }
        }
        div #take data-follow="" { (waits::take(page)) }
        div.acts.modes #modes data-follow="" { @if is_held { (held_modes(page)) } @else { (modes(page)) } }
    }
}

/// Whom everybody can ask, where somebody is named: law in California, and good anywhere.
fn contact(page: &Page) -> Markup {
    let state = &page.moment.view.state;
    html! {
        @if let Some(person) = state.contact {
            p.dim { "Whoever wants to know whether something is as it should be asks " b { (page.moment.view.name(person)) } "." }
        }
    }
}

/// Is what belongs to the unit of this person held?
fn is_held(page: &Page) -> bool {
    page.moment.view.state.held_in(page.unit()).is_some()
}

/// The modes. A check and a count are a handler's and a trained observer's; whoever is asked to one beside that finds it
/// among what waits for him.
fn modes(page: &Page) -> Markup {
    html! {
        @if page.roles().handles() {
            a.button href="/give" { "GIVE" }
            a.button href="/take-back" { "TAKE BACK" }
        }
        @if reads(page.roles()) {
            a.button.primary href="/check" { "CHECK" }
            a.button href="/count" { "COUNT" }
        }
        a.button href="/report" { "REPORT" }
        a.button href="/day" { "DAY" }
    }
}

/// The same while everything is held: guns come back and are locked away as they are, and nothing is opened.
fn held_modes(page: &Page) -> Markup {
    let handles = page.roles().handles();
    html! {
        @if reads(page.roles()) {
            p.whole.brief {
                "Closed by the stop: " (if handles { "GIVE, CHECK, COUNT" } else { "CHECK, COUNT" }) ". No gun and no box is opened."
            }
        }
        @if handles { a.button.primary href="/take-back" { "TAKE BACK" } }
        a.button.primary[!handles].whole[!handles] href="/stop" { "WHAT TO DO" }
        a.button href="/report" { "REPORT" }
        a.button href="/day" { "DAY" }
    }
}

/// Are checks and counts the acts of somebody with these roles?
const fn reads(roles: Roles) -> bool {
    roles.handles() || roles.has(Role::Witness)
}

/// Lines in which this person reads or counts.
fn line_waiting(page: &Page, me: Id) -> Vec<(String, String, String)> {
    let names = page.moment.names();
    let lines = page.moment.view.state.lines.iter().filter(|(_, line)| [line.handler, line.witness].contains(&me));
    let waiting = lines.map(|(id, line)| {
        let other = if line.handler == me { line.witness } else { line.handler };
        let more = format!("with {}, since {}", names.name(other), names.clock(line.since));
        (format!("/line/{id}"), "A line stands".to_owned(), more)
    });
    waiting.collect()
}

/// Who holds a gun; the giver, while it is in a handover.
fn holder(custody: &Custody<record::Real>) -> Option<Id> {
    match custody {
        Custody::With { person, .. } => Some(*person),
        Custody::Offered { from, .. } => Some(*from),
        Custody::In { .. } | Custody::Preset { .. } | Custody::Missing { .. } | Custody::Returned { .. } => None,
    }
}

/// What waits for a person: address, what, from whom.
fn waiting(page: &Page, me: Id) -> Vec<(String, String, String)> {
    let names = page.moment.names();
    let mut waiting = Vec::new();
    for (id, gun) in &page.moment.view.state.guns {
        let name = names.name(*id);
        if let ShowingState::BeingChecked(check) = gun.showing {
            let checker = check.checker == me && check.checker_answer.is_none();
            let witness = check.witness == me && check.witness_answer.is_none();
            if checker || witness {
                let other = if checker { check.witness } else { check.checker };
                let more = format!("with {}, since {}", names.name(other), names.clock(check.since));
                waiting.push((format!("/guns/{id}/check"), format!("{name}: say what you see"), more));
            }
        }
        if let Custody::Offered { from, to, offer, since } = gun.custody {
            let more = format!("from {} to {}, since {}", names.name(from), names.name(to), names.clock(since));
            if to == me {
                waiting.push((format!("/guns/{id}/handover"), format!("{name} is offered to you"), more));
            } else if let ShowingState::Shown(showing) = gun.showing
                && showing.witness == me
                && !looked(showing.last_look, offer)
            {
                let words = match waits::declined(page, *id, offer) {
                    Some(_) => format!("{name}: {} declined: last look", names.name(to)),
                    None => format!("{name}: last look, if he declines"),
                };
                waiting.push((format!("/guns/{id}/check"), words, more));
            }
        }
    }
    // The house's own signature: for whoever is entered as vendor today.
    if page.roles().has(Role::Vendor) {
        let unsigned = not_signed_for(page).into_iter();
        waiting.extend(unsigned.map(|(address, name)| (address, format!("{name}: sign for the house"), String::new())));
    }
    waiting
}

fn looked(last: Option<LastLook<record::Real>>, named: Id) -> bool {
    match last {
        Some(LastLook::Witness { offer, .. }) => offer == named,
        Some(LastLook::Receiver) | None => false,
    }
}

/// A list of guns under a mode.
fn mode(page: &Page, title: &str, then: &str, empty: &str, items: &Markup, none: bool) -> Markup {
    page.render(&html! {
        div.information {
            h1.big { (title) }
            (label_field("gun", then))
        }
        div.acts #list data-follow="" {
            @if none { p.notice { (empty) } }
            (items)
        }
    })
}

/// GIVE: the guns in my hands.
pub async fn give(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Give", "mode");
    let mine: Vec<Told> =
        page.told().into_iter().filter(|(card, _)| holder(&card.custody) == Some(me.person)).map(|it| it.1).collect();
    let items = html! {
        @for told in &mine { a.item href={ "/guns/" (told.gun) "/offer" } { (line(told)) } }
        a.button.small href="/line" { "Along a line of people without phones" }
    };
    mode(
        &page,
        "Give: which gun?",
        "/guns/{id}/offer",
        "You hold nothing. Take a gun out first.",
        &items,
        mine.is_empty(),
    )
}

/// TAKE BACK: a row. One scan or one touch a gun: taking back moves custody and nothing else.
pub async fn take_back(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Take back", "mode");
    let state = &page.moment.view.state;
    let out = page.told().into_iter().filter(|(card, _)| match card.custody {
        Custody::With { person, .. } => person != me.person && !state.roles(person).handles(),
        Custody::Offered { .. } | Custody::Preset { .. } => true,
        Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => false,
    });
    let out: Vec<Told> = out.map(|it| it.1).collect();
    page.render(&html! {
        div.information #row data-kind="take_back" data-due="gun" data-title="take back" data-left="still out" {
            h1.big { "Take back: gun after gun" }
            (label_field("gun", ""))
            ol.plain.row-lines aria-label="What came back" {}
        }
        div.acts #list data-follow="" {
            @if out.is_empty() { p.notice { "Nothing is out with anybody but a handler." } }
            @for told in &out {
                button.item type="button" data-scan=(told.gun) data-name=(told.name) {
                    (line(told)) span.more { "Take it back" }
                }
            }
        }
    })
}

/// CHECK: what waits for me, then the guns in my hands.
pub async fn check(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Check", "mode");
    let waiting: Vec<_> =
        waiting(&page, me.person).into_iter().filter(|(address, ..)| address.ends_with("/check")).collect();
    let mine = page.told().into_iter().filter(|(card, _)| {
        let fires = page.moment.view.state.guns.get(&card.gun).is_some_and(|gun| gun.kind.fires());
        holder(&card.custody) == Some(me.person) && fires
    });
    let mine: Vec<Told> = mine.map(|it| it.1).collect();
    if is_held(&page) {
        let items = html! {
            p.notice { "Held: no gun is opened or looked into until the stop is lifted." }
            a.button href="/stop" { "What to do" }
        };
        return mode(&page, "Check: closed", "/guns/{id}", "", &items, false);
    }
    let items = html! {
        @for (address, words, more) in &waiting { a.button.primary href=(address) { (words) span.more { (more) } } }
        @for told in &mine { a.item href={ "/guns/" (told.gun) "/check" } { (line(told)) } }
    };
    let none = mine.is_empty() && waiting.is_empty();
    mode(&page, "Check: which gun?", "/guns/{id}/check", "No check waits for you, and you hold no gun.", &items, none)
}

/// "I found a round": a report that stops everything, whoever makes it and wherever it lay.
fn found() -> Markup {
    let round = |round: &str, words: &str, class: &str| {
        Act::of("report_round_found", String::new(), "I found a round")
            .body(json!({ "round": round }))
            .then("Everything is held.", "/stop")
            .held(words, class)
    };
    html! {
        section.reports aria-labelledby="found" {
            h2 #found { "I found a round" }
            p.dim { "Touch nothing. Say where it lies. Any of these stops everything." }
            div.grid {
                (round("live", "Hold: LIVE", "small danger"))
                (round("not_sure", "Hold: NOT SURE", "small"))
                (round("blank", "Hold: BLANK", "small"))
                (round("dummy", "Hold: DUMMY", "small"))
            }
            h2 { "Somebody has a gun or rounds of his own here" }
            p.dim { "Touch nothing. It stops everything. Whose they are can be said on his page under People." }
            (Act::of("report_personal_weapon", String::new(), "a gun or rounds that no register has")
                .body(json!({ "whose": null })).then("Everything is held.", "/stop")
                .held("Hold: it is on no register", "small danger"))
        }
    }
}

/// REPORT: what was found first, then what may be said of each gun.
pub async fn report(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Report", "mode");
    let told = page.told();
    page.render(&html! {
        div.information {
            h1.big { "Report" }
            p { "A report is never refused. It is entered as yours, with the time. What stops everything is held for a second." }
        }
        div.acts {
            (found())
            h2 { "It is about a gun" }
            p.dim { "I doubt it, it was out of sight, I have it, it is gone, its muzzle was toward people, it fired." }
            div #list data-follow="" {
                @if told.is_empty() { p.notice { "No gun is on the register." } }
                @for (_, told) in &told { a.item href={ "/guns/" (told.gun) "#reports" } { (line(told)) } }
            }
        }
    })
}

/// Every gun.
pub async fn guns(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Guns", "mode");
    let told = page.told();
    let items = html! {
        @for (_, told) in &told { a.item href={ "/guns/" (told.gun) } { (line(told)) } }
        @if page.roles().handles() { a.button.small href="/house" { "From the rental house, and back to it" } }
    };
    mode(&page, "Guns", "/guns/{id}", "No gun is on the register.", &html! { (items) (found()) }, told.is_empty())
}
