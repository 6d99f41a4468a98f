//! What the shot plan of the open scene declares of a gun: to whom it may pass before the camera, and
//! where it may lie.

use axum::extract::{Path, State};
use kernel::{Intent, PlaceKind};
use maud::{Markup, html};
use record::{Id, Real};

use crate::auth::Me;
use crate::pages::acts::{Act, Choice, Offered, choices, people_who, places_where};
use crate::pages::card::card;
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
