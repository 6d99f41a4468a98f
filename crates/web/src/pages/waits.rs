//! What waits for a person beside guns in hand: an inquiry, a safety request, a refused gun, the first steps of a production; and
//! the take that is on.

use kernel::{Custody, Doubt, Intent, Look, Role, ShowingState};
use maud::{Markup, html};
use record::{Id, Millis};
use service::{Matter, TimelineEntry};

use crate::pages::Page;
use crate::pages::shot::{cut, take_words};
use crate::words;

/// How far back the record of a gun is read for the answer of a receiver.
const LOOKED_AT: usize = 20;

/// What waits: address, what, from whom.
pub type Waits = (String, String, String);

/// Everything of it that waits for this person.
#[must_use]
pub fn waiting(page: &Page, me: Id) -> Vec<Waits> {
    [inquiries(page, me), requests(page, me), refused(page, me)].concat()
}

/// The stops that this person inquires into, and those for which nobody is named while he may name somebody.
fn inquiries(page: &Page, me: Id) -> Vec<Waits> {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let stops = state.stops.iter().filter_map(|(id, stop)| {
        let cause = words::stop_cause(stop.cause);
        let to = format!("/stops#stop-{id}");
        match stop.inquiry {
            Some(inquiry) if inquiry.inquirer == me => {
                let more = format!("stopped {}; named by {}", names.clock(stop.since), names.name(inquiry.named_by));
                Some((to, format!("You inquire: {cause}"), more))
            }
            Some(_) => None,
            None => {
                let may = !page.roles().is_empty() && !stop.concerned.contains(&Some(me));
                let more = format!("stopped {}; nobody is named", names.clock(stop.since));
                may.then(|| (to, format!("Name who inquires: {cause}"), more))
            }
        }
    });
    stops.collect()
}

/// Safety requests that nobody has answered, for whoever may answer them.
fn requests(page: &Page, me: Id) -> Vec<Waits> {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let mine = page.roles().has(Role::Producer);
    let open = state.requests.values().filter(|it| mine && it.refused_by.is_none() && it.by != me);
    let open = open.map(|it| {
        let more = format!("asked for by {} at {}", names.name(it.by), names.minute(it.since));
        ("/day#requests".to_owned(), format!("A safety request: {}", words::request_kind(it.kind)), more)
    });
    open.collect()
}

/// Guns in this person's hands that a receiver refused, until they are shown again.
fn refused(page: &Page, me: Id) -> Vec<Waits> {
    let names = page.moment.names();
    let guns = page.moment.view.state.guns.iter().filter_map(|(gun, entry)| {
        let ShowingState::Void(doubts) = entry.showing else { return None };
        let (Some((Doubt::Refused, at)), Custody::With { person, .. }) = (doubts.latest(), entry.custody) else {
            return None;
        };
        let by = newest(page, *gun, |entry| entry.kind == "refuse_offer")?.by.filter(|_| person == me)?;
        let more = format!("at {}; show it again before it is offered to anybody", names.minute(at));
        Some((format!("/guns/{gun}"), format!("{} refused {}", names.name(by), names.name(*gun)), more))
    });
    guns.collect()
}

/// The newest entry about a gun that is so.
fn newest(page: &Page, gun: Id, is: impl Fn(&TimelineEntry) -> bool) -> Option<TimelineEntry> {
    page.moment.view.timeline(gun, LOOKED_AT).into_iter().find(is)
}

/// When the receiver of an offer said that he does not look, where it was not taken on that.
#[must_use]
pub fn declined(page: &Page, gun: Id, offer: Id) -> Option<Millis> {
    let said = newest(page, gun, |entry| match &entry.matter {
        Matter::Open { intent: Intent::Take { offer: of, look, .. }, accepted, .. } => {
            *of == offer && *look == Look::Declined && !accepted
        }
        Matter::Open { .. } | Matter::Sealed => false,
    });
    said.map(|entry| Millis(entry.decided_at_ms))
}

/// Safety requests that were not granted, for those whose work they are about.
#[must_use]
pub fn asked_for(page: &Page) -> Markup {
    let open = page.moment.view.state.requests.len();
    let roles = page.roles();
    let told = [Role::Armorer, Role::PropertyMaster, Role::SafetyOfficer, Role::FirstAd];
    html! {
        @if open > 0 && told.into_iter().any(|role| roles.has(role)) {
            a.item href="/day#requests" {
                b { @if open == 1 { "A safety request is not granted" } @else { (open) " safety requests are not granted" } }
                span.dim { "what was asked for, and who answered" }
            }
        }
    }
}

/// The take that is on, said to everybody of its unit, and CUT for the first AD.
#[must_use]
pub fn take(page: &Page) -> Markup {
    html! { (take_words(page, page.unit())) @if page.roles().has(Role::FirstAd) { (cut(page)) } }
}

/// The first steps of a production, in the order in which one needs the other, until its first scene is planned.
#[must_use]
pub fn first_steps(page: &Page) -> Markup {
    let state = &page.moment.view.state;
    let (people, places, guns, lots) = (state.people.len(), state.places.len(), state.guns.len(), state.lots.len());
    let done = people > 1 && places > 0 && guns > 0 && lots > 0 && state.day.is_some();
    if done || !state.scenes.is_empty() || !page.roles().keeps_the_register() {
        return html! {};
    }
    let entered = |many: usize| if many == 0 { "none is entered".to_owned() } else { format!("{many} entered") };
    let day = state.day.map_or_else(|| "none is open".to_owned(), |day| format!("day {} is open", day.0));
    let steps = [
        ("/people", "People, and what each does today", entered(people)),
        ("/register#place", "Places: where guns and boxes are locked away, and the sets", entered(places)),
        ("/register#gun", "Guns, and everything shaped like one", entered(guns)),
        ("/register#receive", "Lots of rounds, if there are any", entered(lots)),
        ("/people", "The production day", day),
    ];
    html! {
        section #first-steps aria-labelledby="first" {
            h2 #first { "The first steps" }
            ol.plain { @for (to, what, so_far) in &steps { li { a.item href=(to) { b { (what) } span.dim { (so_far) } } } } }
        }
    }
}
