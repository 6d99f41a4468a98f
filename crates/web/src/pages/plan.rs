//! What the shot plan of the open scene declares of a gun: to whom it may pass before the camera, and
//! where it may lie.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use kernel::{Chambers, Intent, MAX_FEED, OutAt, PlaceKind};
use maud::{Markup, html};
use record::{Id, Real};

use crate::auth::Me;
use crate::pages::acts::{Act, Choice, Offered, choices, hold_button, number, people_who, places_where, select};
use crate::pages::card::card;
use crate::pages::loading::chamber_boxes;
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::{self, Told};

/// Declared transfers and presets of one gun.
pub async fn plan(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Shot plan", "gun");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let mut offered = Offered::new(&page, &me);
    lay(&page, &mut offered, &told);
    transfer(&page, &mut offered, &told);
    preset(&page, &mut offered, &told);
    reloaded(&page, &mut offered, &told);
    swapped(&page, &mut offered, &told);
    offered.also(html! { a.button href={ "/guns/" (gun) } { (told.name) } });
    Ok(page.render(&html! {
        div.information #plan data-follow="" {
            h1.big { (told.name) ": the shot plan" }
            div.one { (card(&told)) }
            (declared(&page, gun))
        }
        div.acts #open data-follow="" { (offered.render("Nothing is open to you now.")) }
    }))
}

fn declared(page: &Page, gun: Id) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let people = state.transfers.iter().filter(|(of, _)| *of == gun).map(|(_, to)| *to);
    let places = state.presets.iter().filter(|(of, _)| *of == gun).map(|(_, at)| *at);
    let all: Vec<String> = people
        .map(|to| format!("may pass to {}", names.name(to)))
        .chain(places.map(|place| format!("may lie in {}", names.name(place))))
        .collect();
    html! {
        @if all.is_empty() { p.dim { "Nothing is declared of it. Whoever has it without that makes it UNKNOWN." } }
        ul.plain { @for words in &all { li.item { (words) } } }
    }
}

fn transfer(page: &Page, offered: &mut Offered<'_>, told: &Told) {
    let people = people_who(page, |roles| roles.performs() || roles.handles());
    let intents: Vec<Intent<Real>> =
        people.iter().map(|(to, ..)| Intent::DeclareTransfer { gun: told.gun, to: *to }).collect();
    let act = Act::new("declare_transfer", told.gun, &format!("{}: declare a transfer", told.name));
    offered.folded("Declare: it may pass to\u{2026}", &intents, || {
        act.then("Declared for this scene.", "").form(&choices("to", &people))
    });
}

fn preset(page: &Page, offered: &mut Offered<'_>, told: &Told) {
    let places = places_where(page, |place| place.kind == PlaceKind::Set);
    let intents: Vec<Intent<Real>> =
        places.iter().map(|(place, ..)| Intent::DeclarePreset { gun: told.gun, place: *place }).collect();
    let act = Act::new("declare_preset", told.gun, &format!("{}: declare a preset", told.name));
    offered.folded("Declare: it may lie in\u{2026}", &intents, || {
        act.then("Declared for this scene.", "").form(&choices("place", &places))
    });
}

fn lay(page: &Page, offered: &mut Offered<'_>, told: &Told) {
    let places: Vec<Choice> = page
        .moment
        .view
        .state
        .presets
        .iter()
        .filter(|(gun, _)| *gun == told.gun)
        .map(|(_, place)| {
            let kind = page.moment.view.state.places.get(place).map_or("", |it| words::place_kind(it.kind));
            (*place, page.moment.view.name(*place), kind.to_owned())
        })
        .collect();
    let intents: Vec<Intent<Real>> =
        places.iter().map(|(place, ..)| Intent::LayPreset { gun: told.gun, place: *place }).collect();
    let act = Act::new("lay_preset", told.gun, &format!("{}: lay it where the plan has it", told.name));
    offered.act("Lay it where the plan has it", &intents, || {
        html! {
            h2 { "Lay it, and watch it" }
            (act.then("Laid. You watch it.", "").form(&choices("place", &places)))
        }
    });
}

/// The belts and pockets that were declared for a reload, and the lots of which there are rounds in them.
fn worn_for_a_reload(page: &Page) -> (Vec<Choice>, Vec<Choice>) {
    let places = places_where(page, |place| place.reload);
    let worn = page.moment.view.state.out.keys().filter_map(|(lot, at)| match at {
        OutAt::Place(place) if places.iter().any(|(of, ..)| of == place) => Some(*lot),
        OutAt::Place(_) | OutAt::Person(_) => None,
    });
    let worn: BTreeSet<Id> = worn.collect();
    let lots = worn.iter().map(|lot| (*lot, page.moment.view.name(*lot), String::new())).collect();
    (places, lots)
}

/// A report: it was reloaded before the camera, out of a belt or pocket that was declared for it.
fn reloaded(page: &Page, offered: &mut Offered<'_>, told: &Told) {
    let (places, lots) = worn_for_a_reload(page);
    let cylinder = page.moment.view.state.guns.get(&told.gun).map_or(Chambers::NONE, kernel::Gun::cylinder);
    if lots.is_empty() || cylinder.is_empty() {
        return;
    }
    offered.also(html! {
        details {
            summary { "Report: reloaded before the camera" }
            (Act::new("report_reloaded", told.gun, &format!("{}: reloaded", told.name))
                .then("Recorded. UNKNOWN until shown.", "").form(&html! {
                    (select("reload-lot", "lot", "Out of which lot", &lots))
                    (select("reload-place", "place", "Out of which belt or pocket", &places))
                    (chamber_boxes("Into which chambers?", cylinder, Chambers::NONE))
                    (hold_button("Hold to report", ""))
                }))
        }
    });
}

/// A report: its magazine or belt came out before the camera, and another went in.
fn swapped(page: &Page, offered: &mut Offered<'_>, told: &Told) {
    let (from, lots) = worn_for_a_reload(page);
    let comes_out = page.moment.view.state.guns.get(&told.gun).is_some_and(|gun| gun.feed().comes_out());
    if lots.is_empty() || !comes_out {
        return;
    }
    let into = places_where(page, |place| !place.for_guns && place.seal.is_none());
    let most = u32::from(MAX_FEED);
    offered.also(html! {
        details {
            summary { "Report: magazine or belt swapped before the camera" }
            (Act::new("report_feed_swapped", told.gun, &format!("{}: magazine or belt swapped", told.name))
                .then("Recorded. UNKNOWN until shown.", "").form(&html! {
                    (select("swap-lot", "lot", "Rounds of which lot", &lots))
                    (select("swap-place", "place", "Out of which belt or pocket", &from))
                    (number("swap-rounds", "rounds", "How many went in", 1, most))
                    (number("swap-came-out", "came_out", "How many unfired came out with the old one", 0, most))
                    (select("swap-into", "into", "Where the old one is", &into))
                    (hold_button("Hold to report", ""))
                }))
        }
    });
}
