//! Units: which there are, what belongs to each, and what is moved between them.

use axum::extract::{Query, State};
use kernel::{Intent, Unit};
use maud::{Markup, html};
use record::{Id, Real};
use serde::Deserialize;
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, Offered, chosen};
use crate::pages::card::why;
use crate::pages::scene::open_words_of;
use crate::state::App;
use crate::words;

/// What is to be moved, chosen already.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    of: Option<String>,
}

/// Every unit, and what belongs to it.
pub async fn units(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Markup {
    let page = Page::mine(&app, &me, "Units", "mode");
    page.render(&html! {
        div.information #units data-follow="" {
            h1.big { "Units" }
            p.dim { "Units that shoot at the same hour have a scene, a take and a break each. Nothing is loaded, handed over, \
                     witnessed or counted across. A missing round holds its own unit; every other stop holds all." }
            @for unit in page.moment.view.state.units.all() { (of_one(&page, unit)) }
        }
        div.acts #open data-follow="" { (acts(&page, &me, asked.of.as_deref())) }
    })
}

/// Whose a thing is, with the way to where it is moved, the thing chosen there; nothing where there is one unit.
#[must_use]
pub fn of_unit(page: &Page, unit: Unit, thing: Option<Id>) -> Markup {
    let to = thing.map_or_else(|| "/units".to_owned(), |thing| format!("/units?of={thing}#open"));
    let leads = page.me.is_some_and(|me| page.moment.view.state.may_have_authority(me));
    let moves = leads || page.roles().keeps_the_register();
    html! {
        @if page.moment.view.state.units.are_several() {
            a.item href=(to) {
                b { (words::capital(&words::unit(unit))) }
                span.dim { @if moves { "what is of which unit; move it to another" } @else { "what is of which unit" } }
            }
        }
    }
}

fn of_one(page: &Page, unit: Unit) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let all: [(&str, &str, Vec<Id>); 4] = [
        (
            "People today",
            "people",
            state.people.keys().copied().filter(|it| state.units.of_person(*it) == unit).collect(),
        ),
        ("Guns", "guns", state.guns.keys().copied().filter(|it| state.units.of_gun(*it) == unit).collect()),
        ("Boxes of rounds", "lots", state.lots.keys().copied().filter(|it| state.units.of_lot(*it) == unit).collect()),
        ("Places", "places", state.places.keys().copied().filter(|it| state.units.of_place(*it) == unit).collect()),
    ];
    let title = format!("unit-{}", unit.0);
    html! {
        section aria-labelledby=(title) {
            h2 id=(title) { (words::capital(&words::unit(unit))) }
            @if page.me.is_some() && unit == page.unit() && state.units.are_several() { p { "You are of this unit today." } }
            p { (open_words_of(page, unit)) }
            @if let Some((_, stop)) = state.held_in(unit) {
                p.notice { b { "HELD" } ": " (words::stop_cause(stop.cause)) ", since " (names.clock(stop.since)) }
            }
            @for (what, path, ids) in &all {
                details {
                    summary { (what) ": " (ids.len()) }
                    ul.plain { @for id in ids { li { a.item href={ "/" (path) "/" (id) } { (names.name(*id)) } } } }
                }
            }
        }
    }
}

/// What is moved: a word for it, the kind of intent, what there is of it, and the intent.
struct Moved {
    title: &'static str,
    kind: &'static str,
    all: Vec<(Id, Unit)>,
    to: fn(Id, Unit) -> Intent<Real>,
}

fn acts(page: &Page, me: &Me, of: Option<&str>) -> Markup {
    let units = &page.moment.view.state.units;
    let mut offered = Offered::new(page, me);
    let next = Unit(units.all().map(|unit| unit.0).max().unwrap_or(1).saturating_add(1));
    let words = format!("Enter the {}", words::unit(next));
    if units.are_several() {
        moved(page).iter().for_each(|it| movable(page, me, &mut offered, it, of));
        offered.folded("Enter another unit", &[Intent::EnterUnit { unit: next }], || enter(next, &words));
    } else {
        offered.act("Enter a unit", &[Intent::EnterUnit { unit: next }], || enter(next, &words));
    }
    offered.also(html! { a.button.small href="/register" { "Register: guns, places, lots" } });
    offered.render("Nothing is open to you here now.")
}

fn enter(next: Unit, words: &str) -> Markup {
    Act::of("enter_unit", String::new(), &words.to_lowercase())
        .body(json!({ "unit": next.0 }))
        .then("Entered. Now move people, guns, boxes and places to it.", "/units")
        .held(&format!("Hold: {}", words.to_lowercase()), "")
}

fn moved(page: &Page) -> [Moved; 4] {
    let (state, units) = (&page.moment.view.state, &page.moment.view.state.units);
    [
        Moved {
            title: "Move a person, for today",
            kind: "move_person_to_unit",
            all: state.people.keys().map(|it| (*it, units.of_person(*it))).collect(),
            to: |person, unit| Intent::MovePersonToUnit { person, unit },
        },
        Moved {
            title: "Move a gun",
            kind: "move_gun_to_unit",
            all: state.guns.keys().map(|it| (*it, units.of_gun(*it))).collect(),
            to: |gun, unit| Intent::MoveGunToUnit { gun, unit },
        },
        Moved {
            title: "Move a box of rounds",
            kind: "move_lot_to_unit",
            all: state.lots.keys().map(|it| (*it, units.of_lot(*it))).collect(),
            to: |lot, unit| Intent::MoveLotToUnit { lot, unit },
        },
        Moved {
            title: "Move a place",
            kind: "move_place_to_unit",
            all: state.places.keys().map(|it| (*it, units.of_place(*it))).collect(),
            to: |place, unit| Intent::MovePlaceToUnit { place, unit },
        },
    ]
}

/// Only what would be moved now is there to choose; where nothing would, why the first is not.
fn movable(page: &Page, me: &Me, offered: &mut Offered<'_>, moved: &Moved, of: Option<&str>) {
    let (view, now_ms) = (&page.moment.view, page.moment.now_ms);
    let units: Vec<Unit> = view.state.units.all().collect();
    let elsewhere = |of: Unit| units.iter().copied().find(|unit| *unit != of).unwrap_or(of);
    let asks = |(id, of): &(Id, Unit)| (moved.to)(*id, elsewhere(*of));
    let (may, may_not): (Vec<_>, Vec<_>) =
        moved.all.iter().partition(|it| view.against(&me.session, &asks(it), now_ms).is_empty());
    // One that would be granted opens it; where none would, the one with the least against it says why.
    let asked: Vec<Intent<Real>> = may.first().map_or_else(|| may_not.iter().map(asks).collect(), |it| vec![asks(it)]);
    let mut choices: Vec<Choice> = may.iter().map(|(id, of)| (*id, view.name(*id), words::unit(*of))).collect();
    choices.sort_by_cached_key(|(_, name, _)| words::in_order(name));
    let likely = choices.iter().map(|(id, ..)| *id).find(|id| of == Some(id.to_string().as_str()));
    // One that somebody came for, and that stays where it is now.
    let stays = may_not.iter().find(|(id, _)| of == Some(id.to_string().as_str()));
    if let Some(it) = stays {
        let names = page.moment.names();
        let reasons = view.against(&me.session, &asks(it), now_ms);
        offered.also(html! {
            p { b { (names.name(it.0)) } " is not moved now." }
            @for reason in &reasons { (why(&names.reason_about(Some(it.0), reason))) }
        });
    }
    let form = || {
        Act::of(moved.kind, String::new(), &moved.title.to_lowercase()).then("Moved.", "").form(&html! {
            (chosen(moved.kind, ("item", "item"), "Which", &choices, likely))
            label for={ (moved.kind) "-unit" } { "To" }
            select id={ (moved.kind) "-unit" } name="unit" data-as="integer" required {
                @for unit in units.iter().rev() { option value=(unit.0) { (words::unit(*unit)) } }
            }
            button.button type="submit" { "Move" }
        })
    };
    offered.act(
        moved.title,
        &asked,
        || html! { details open[likely.is_some()] { summary { (moved.title) } (form()) } },
    );
}
