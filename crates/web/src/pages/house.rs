//! A whole delivery: every gun that comes from its rental house, or goes back to it, a row each. Each row is an entry of its
//! own, signed by itself; what was refused says so in its row, from the record.

use axum::extract::{Query, State};
use kernel::{Custody, Intent, Place, Role};
use maud::{Markup, html};
use record::{Id, Millis};
use serde::Deserialize;
use serde_json::json;
use service::{Matter, TimelineEntry};

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, files_field, hold_button, people_who, places_where};
use crate::pages::card::{line, why};
use crate::state::App;
use crate::words::Told;

/// What receives a gun, and what gives it back.
const RECEIVE: &str = "receive_from_vendor";
const GIVE_BACK: &str = "return_to_vendor";

/// How far back the record of a gun is read: one that was only entered, and never moved, has a few entries.
const LOOKED_AT: usize = 30;

/// Said where no row can be asked for.
pub const NOBODY_OF_THE_HOUSE: &str =
    "Nobody is entered as a vendor today. Enter whoever comes for the house, with that role.";

/// Who comes for the house, and where the guns are locked away: chosen once, for every row.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    vendor: Option<String>,
    place: Option<String>,
}

/// The one that was asked for where it is there, or else the first.
fn chosen<'a>(all: &'a [Choice], asked: Option<&String>) -> Option<&'a Choice> {
    let found = asked.and_then(|asked| all.iter().find(|(id, ..)| id.to_string() == *asked));
    found.or_else(|| all.first())
}

/// Receiving, gun after gun.
pub async fn receive(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Markup {
    let page = Page::mine(&app, &me, "From the rental house", "house");
    let vendors = people_who(&page, |roles| roles.has(Role::Vendor));
    let places = places_where(&page, |place: &Place| place.locks && place.for_guns);
    let (vendor, place) = (chosen(&vendors, asked.vendor.as_ref()), chosen(&places, asked.place.as_ref()));
    let all = dealings(&page);
    let in_row = |of: &Dealing| {
        // Where the list of the house has it, as long as it was never received.
        let place = of.lies_in().or(place.map(|(place, ..)| *place));
        let asked = vendor.zip(place).map(|((vendor, ..), place)| (*vendor, place));
        row(&page, &me, of, RECEIVE, asked.map(|(vendor, place)| to_receive(of, vendor, place)))
    };
    page.render(&html! {
        div.information {
            h1.big { "From the rental house, gun after gun" }
            (ways("/house"))
            p { "Read the serial on the gun itself, and compare it with the list of the house. Each gun is entered by itself." }
            @if vendors.is_empty() { p.notice { (NOBODY_OF_THE_HOUSE) } }
            @else { (choose("/house", "Who brought them for the house", vendor, &vendors, Some((place, &places)))) }
        }
        div.acts #list data-follow="" {
            @for (vendor, name) in holders(&page, &all) {
                section.house aria-labelledby={ "back-" (vendor) } {
                    h2 id={ "back-" (vendor) } { "Back with " (name) }
                    @for of in all.iter().filter(|of| of.returned_to() == Some(vendor)) { (in_row(of)) }
                }
            }
            (section("listed", "On the list, not received yet", all.iter().filter(|of| of.is_expected()), in_row))
            (section("received", "Received", all.iter().filter(|of| of.is_received()), |of| done(&page, of, "Received")))
            @if !all.iter().any(|of| of.returned_to().is_some() || of.is_expected()) { p.notice { "Every gun was received." } }
        }
    })
}

/// Giving back, gun after gun.
pub async fn give_back(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Markup {
    let page = Page::mine(&app, &me, "To the rental house", "house");
    let vendors = people_who(&page, |roles| roles.has(Role::Vendor));
    let vendor = chosen(&vendors, asked.vendor.as_ref());
    let all = dealings(&page);
    let mine = |of: &Dealing| matches!(of.custody, Custody::With { person, .. } if person == me.person);
    let back = |of: &Dealing| of.returned_to().is_some();
    let in_row = |of: &Dealing| row(&page, &me, of, GIVE_BACK, vendor.map(|(vendor, ..)| to_give_back(of, *vendor)));
    page.render(&html! {
        div.information {
            h1.big { "To the rental house, gun after gun" }
            (ways("/house/return"))
            p { "One that can fire goes back shown EMPTY; every other one matched with its label. Each gun is entered by itself." }
            @if vendors.is_empty() { p.notice { (NOBODY_OF_THE_HOUSE) } }
            @else { (choose("/house/return", "Who takes them for the house", vendor, &vendors, None)) }
        }
        div.acts #list data-follow="" {
            @if !all.iter().any(mine) { p.notice { "You hold no gun. Take one out, check it, and give it back from here." } }
            (section("mine", "In your hands", all.iter().filter(|of| mine(of)), in_row))
            (section("others", "Still here, not in your hands", all.iter().filter(|of| !mine(of) && !back(of)), |of| html! {
                a.item href={ "/guns/" (of.told.gun) } { (line(&of.told)) }
            }))
            (section("back", "Back with the house", all.iter().filter(|of| back(of)), |of| done(&page, of, "Given back")))
        }
    })
}

fn section<'a>(
    id: &str,
    title: &str,
    rows: impl Iterator<Item = &'a Dealing>,
    say: impl Fn(&Dealing) -> Markup,
) -> Markup {
    let rows: Vec<&Dealing> = rows.collect();
    html! {
        @if !rows.is_empty() {
            section.house aria-labelledby=(id) {
                h2 id=(id) { (title) ": " (rows.len()) }
                @for of in rows { (say(of)) }
            }
        }
    }
}

/// The two ways.
fn ways(here: &str) -> Markup {
    html! {
        nav.views aria-label="Ways" {
            @for (to, words) in [("/house", "Receive"), ("/house/return", "Give back")] {
                a.button.small href=(to) aria-current=[(to == here).then_some("page")] { (words) }
            }
        }
    }
}

/// Who of the house, and which place: a question to this page, and no entry.
fn choose(
    to: &str,
    words: &str,
    vendor: Option<&Choice>,
    vendors: &[Choice],
    place: Option<(Option<&Choice>, &[Choice])>,
) -> Markup {
    let field = |id: &str, name: &str, words: &str, of: Option<&Choice>, all: &[Choice]| {
        html! {
            label for=(id) { (words) }
            select id=(id) name=(name) {
                @for (item, called, more) in all {
                    option value=(item) selected[of.is_some_and(|(it, ..)| it == item)] {
                        (called) @if !more.is_empty() { " (" (more) ")" }
                    }
                }
            }
        }
    };
    let called = |of: Option<&Choice>| of.map_or_else(|| "nobody".to_owned(), |(_, called, _)| called.clone());
    html! {
        details {
            summary { (words) ": " (called(vendor)) }
            form.choose method="get" action=(to) {
                (field("house-vendor", "vendor", words, vendor, vendors))
                @if let Some((place, places)) = place {
                    (field("house-place", "place", "Locked away in; a gun of the list where the list has it", place, places))
                }
                button.button.small type="submit" { "Go on with these" }
            }
        }
    }
}

/// A gun, and what its record says of it and its house last.
struct Dealing {
    told: Told,
    custody: Custody<record::Real>,
    fires: bool,
    /// The newest entry about it that anybody may read.
    newest: Option<TimelineEntry>,
    /// The newest of those that was no refusal.
    granted: Option<TimelineEntry>,
    /// Whether it was entered on the register, and nothing was done with it since.
    untouched: bool,
}

impl Dealing {
    /// The place that it is locked in.
    const fn lies_in(&self) -> Option<Id> {
        match self.custody {
            Custody::In { place, .. } => Some(place),
            Custody::With { .. }
            | Custody::Offered { .. }
            | Custody::Preset { .. }
            | Custody::Missing { .. }
            | Custody::Returned { .. } => None,
        }
    }

    /// Who has taken it for the house.
    fn returned_to(&self) -> Option<Id> {
        self.custody.returned().map(|back| back.vendor)
    }

    /// It lies where the list of the house has put it, and nobody has received it.
    fn is_expected(&self) -> bool {
        self.untouched && self.lies_in().is_some()
    }

    /// It was received, and lies as it was locked away then.
    fn is_received(&self) -> bool {
        let last = self.granted.as_ref().is_some_and(|entry| entry.kind == RECEIVE);
        last && self.lies_in().is_some()
    }

    /// The refusal of this kind that is the last word of its record.
    fn refused(&self, kind: &str) -> Option<(&TimelineEntry, &[record::Reason])> {
        let newest = self.newest.as_ref().filter(|entry| entry.kind == kind)?;
        match &newest.matter {
            Matter::Open { accepted: false, reasons, .. } => Some((newest, reasons)),
            Matter::Open { accepted: true, .. } | Matter::Sealed => None,
        }
    }
}

fn dealings(page: &Page) -> Vec<Dealing> {
    let view = &page.moment.view;
    let told = page.told().into_iter();
    told.map(|(card, told)| {
        let gun = told.gun;
        let entries = view.timeline(gun, LOOKED_AT);
        let is_granted = |entry: &TimelineEntry| !matches!(entry.matter, Matter::Open { accepted: false, .. });
        let granted = || entries.iter().filter(|entry| is_granted(entry));
        let entered = |kind: &str| ["register_gun", "enter_calibre"].contains(&kind);
        let untouched =
            granted().all(|entry| entered(entry.kind)) && granted().any(|entry| entry.kind == "register_gun");
        let fires = view.state.guns.get(&gun).is_some_and(|gun| gun.kind.fires());
        let (newest, granted) = (entries.first().cloned(), granted().next().cloned());
        Dealing { told, custody: card.custody, fires, newest, granted, untouched }
    })
    .collect()
}

/// Whoever took a gun for the house that is still there, with what he is called.
fn holders(page: &Page, all: &[Dealing]) -> Vec<(Id, String)> {
    let mut holders: Vec<(Id, String)> =
        all.iter().filter_map(Dealing::returned_to).map(|vendor| (vendor, page.moment.view.name(vendor))).collect();
    holders.sort_by(|(_, one), (_, other)| one.cmp(other));
    holders.dedup();
    holders
}

fn to_receive(of: &Dealing, vendor: Id, place: Id) -> (Intent<record::Real>, Markup) {
    let Told { gun, name, .. } = &of.told;
    let act = Act::new(RECEIVE, *gun, &format!("{name}: receive it from its rental house"))
        .body(json!({ "vendor": vendor.to_string(), "place": place.to_string() }))
        .then("Received, and locked away. UNKNOWN until shown.", "");
    let form = act.form(&html! {
        details { summary { "Photograph its condition" } (files_field(&format!("condition-{gun}"), "Its condition, photographed")) }
        (hold_button("Hold: its serial is the one on the list", ""))
    });
    (Intent::ReceiveFromVendor { gun: *gun, vendor, place }, form)
}

fn to_give_back(of: &Dealing, vendor: Id) -> (Intent<record::Real>, Markup) {
    let Told { gun, name, .. } = &of.told;
    let words = if of.fires { "Hold: given back, EMPTY" } else { "Hold: given back, as it was matched" };
    let act = Act::new(GIVE_BACK, *gun, &format!("{name}: give it back to its rental house"))
        .body(json!({ "vendor": vendor.to_string() }))
        .then("It is with its rental house, as entered.", "");
    let form = act.form(&html! {
        details { summary { "Photograph the receipt" } (files_field(&format!("receipt-{gun}"), "The house's receipt, photographed")) }
        (hold_button(words, ""))
    });
    (Intent::ReturnToVendor { gun: *gun, vendor }, form)
}

/// A gun with its act, where that is open now; else why it is not. What was refused last stands in its row.
fn row(page: &Page, me: &Me, of: &Dealing, kind: &str, ask: Option<(Intent<record::Real>, Markup)>) -> Markup {
    let (names, gun) = (page.moment.names(), of.told.gun);
    let refused = of.refused(kind);
    let against = ask.as_ref().map(|(intent, _)| page.moment.view.against(&me.session, intent, page.moment.now_ms));
    let is_open = against.as_ref().is_some_and(Vec::is_empty);
    html! {
        article.of-house id={ "row-" (gun) } data-state=(of.told.look.as_str()) data-done="no" aria-label=(of.told.name) {
            a.item href={ "/guns/" (gun) } { (line(&of.told)) span.dim { (of.told.kind) ", label " span.mono { (of.told.label) } } }
            @if let Some((entry, reasons)) = refused {
                div.refused {
                    p.notice { "Refused " (names.clock(Millis(entry.decided_at_ms))) ", entry " (entry.index) "." }
                    @for reason in reasons { (why(&names.reason_about(Some(gun), reason))) }
                }
            }
            @if let Some((_, form)) = ask.filter(|_| is_open) { (form) }
            @else if let Some(against) = against.filter(|_| refused.is_none()) {
                details {
                    summary { "Not open now, and why" }
                    @for reason in &against { (why(&names.reason_about(Some(gun), reason))) }
                }
            }
        }
    }
}

/// What was done with a gun, as a row says it.
fn done(page: &Page, of: &Dealing, words: &str) -> Markup {
    let names = page.moment.names();
    html! {
        article.of-house id={ "row-" (of.told.gun) } data-state=(of.told.look.as_str()) data-done="yes" aria-label=(of.told.name) {
            a.item href={ "/guns/" (of.told.gun) } { (line(&of.told)) }
            @if let Some(entry) = &of.granted {
                p { b { (words) " " (names.clock(Millis(entry.decided_at_ms))) } ", entry " (entry.index)
                    @if let Some(by) = entry.by { ", entered by " (names.name(by)) } "." }
            }
        }
    }
}
