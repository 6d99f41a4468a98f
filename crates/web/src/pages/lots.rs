//! Lots: what they are, where their box and their rounds are, and what may be done with them.

use axum::extract::{Path, State};
use kernel::{Intent, Lot, LotKind, MAX_ROUNDS, OutAt, Place};
use maud::{Markup, html};
use record::label::{LabelKind, label};
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::lot_words::{ToldLot, box_lines};
use crate::pages::acts::{Act, Choice, Offered, choices, label_field, name_field, number, places_where, select};
use crate::pages::card::shape;
use crate::pages::erasure::erasing;
use crate::pages::exhibit::note;
use crate::pages::gun::timeline;
use crate::pages::units::of_unit;
use crate::pages::vendor::{gives_back_box, signs_for_box};
use crate::pages::{Page, PageProblem};
use crate::problem::Problem;
use crate::state::App;
use crate::words;

/// A lot that no intent on a page can be about yet: the one that is made by re-boxing.
const NEW: Id = Id::from_bytes([0; 16]);

/// Every lot.
pub async fn lots(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Lots", "mode");
    let told = told(&page);
    page.render(&html! {
        div.information {
            h1.big { "Lots" }
            (label_field("lot", "/lots/{id}"))
        }
        div.acts #list data-follow="" {
            @if told.is_empty() { p.notice { "No lot is on the register." } }
            @for lot in &told { a.item href={ "/lots/" (lot.lot) } { (lot_in_line(lot)) } }
            @if page.roles().keeps_the_register() { a.button href="/register#receive" { "Receive a lot" } }
            a.button.small href="/places" { "Places and belts" }
        }
    })
}

/// Every lot in words.
#[must_use]
pub fn told(page: &Page) -> Vec<ToldLot> {
    let names = page.moment.names();
    let mut told: Vec<ToldLot> = page.moment.view.state.lots.iter().map(|(id, lot)| names.lot(*id, lot)).collect();
    told.sort_by_cached_key(|told| words::in_order(&told.name));
    told
}

/// A lot in one line, for lists.
#[must_use]
pub fn lot_in_line(told: &ToldLot) -> Markup {
    html! {
        span.line data-state=(told.look.as_str()) {
            b.name { (told.name) }
            span.state { (shape(told.look.as_str())) (told.word) }
            span.dim { (told.kind) "; box " (told.place) }
        }
    }
}

/// The card of a lot, in the manner of a gun's.
#[must_use]
pub fn lot_card(told: &ToldLot) -> Markup {
    let name_id = format!("name-{}", told.lot);
    html! {
        article.card id={ "card-" (told.lot) } data-state=(told.look.as_str()) data-name=(told.name)
            aria-labelledby=(name_id) {
            div.top {
                h2 id=(name_id) { a href={ "/lots/" (told.lot) } { (told.name) } }
                p.kind { (told.kind) }
            }
            p.state.long { (shape(told.look.as_str())) strong.word { (told.word) } }
            p.who { "box " (told.place) }
            p.until { (told.until) }
        }
    }
}

/// Finds the lot of an address.
///
/// # Errors
/// Where it is no id, or not on the register.
pub fn lot_of(page: &Page, text: &str) -> Result<(Id, Lot<Real>), PageProblem> {
    let id = crate::api::id(text, "lot")?;
    let lot = page.moment.view.state.lots.get(&id).copied();
    Ok((id, lot.ok_or_else(|| Problem::unknown("lot"))?))
}

/// One lot.
pub async fn lot(State(app): State<App>, me: Me, Path(lot): Path<String>) -> Result<Markup, PageProblem> {
    let mut page = Page::mine(&app, &me, "Lot", "gun");
    let (id, lot) = lot_of(&page, &lot)?;
    let told = page.moment.names().lot(id, &lot);
    page.title.clone_from(&told.name);
    Ok(page.render(&html! {
        div.information #lot data-follow="" {
            h1.unseen { (told.name) }
            div.one { (lot_card(&told)) }
            (note(&page, page.moment.view.state.exhibit_of_lot(id)))
            (facts(&page, id, &lot))
            (of_unit(&page, page.moment.view.state.units.of_lot(id), Some(id)))
        }
        div.acts #open data-follow="" {
            h2.unseen { "Open acts" }
            (acts(&page, &me, id, &lot))
            (erasing(&page, &me, id))
        }
        section.timeline #timeline data-follow="" aria-labelledby="timeline-title" {
            h2 #timeline-title { "What is on record" }
            (timeline(&page, id))
        }
    }))
}

fn facts(page: &Page, id: Id, lot: &Lot<Real>) -> Markup {
    let names = page.moment.names();
    let out = if lot.count.is_some() { Vec::new() } else { names.out_of(id) };
    html! {
        dl.facts {
            dt { "In the box, by the record" } dd { @for line in box_lines(lot) { span.part { (line) } } }
            @if !out.is_empty() {
                dt { "Out of the box" }
                dd { @for line in &out { span.part { (words::rounds(line.rounds)) " " (line.at) } } }
            }
            dt { "Source" } dd { (names.source(lot)) }
            dt { "Verified by" } dd { (names.verified(lot)) }
            dt { "Marks" } dd {
                @if lot.inert_at_head { "\u{201c}inert\u{201d} shows at the head" } @else { "nothing shows at the head" }
                @if lot.uniform { "; every round alike" } @else { "; not every round alike" }
            }
            @if let Some(seal) = lot.seal { dt { "Seal" } dd { (seal) @if lot.opened { ", opened since" } } }
            dt { "Label" } dd.mono { (label(LabelKind::Lot, page.moment.production, id)) }
        }
    }
}

fn acts(page: &Page, me: &Me, id: Id, lot: &Lot<Real>) -> Markup {
    let name = page.moment.view.name(id);
    let mut offered = Offered::new(page, me);
    count_link(page, &mut offered, id, lot);
    let simple = |kind, words: &str| Act::new(kind, id, &format!("{name}: {words}"));
    offered.act("Take its box out", &[Intent::TakeOutLot { lot: id }], || {
        simple("take_out_lot", "take the box out").then("The box is with you.", "").button("Take its box out", "")
    });
    let some = |kind: &'static str, words: &'static str, most: u32| {
        let inner = html! {
            (number(&format!("{kind}-rounds"), "rounds", "How many rounds", 1, most))
            button.button type="submit" { (words) }
        };
        Act::new(kind, id, &format!("{name}: {words}")).form(&inner)
    };
    offered.folded("Draw rounds", &[Intent::Draw { lot: id, rounds: 1 }], || some("draw", "Draw", MAX_ROUNDS));
    if page.moment.view.state.out_at(id, OutAt::Person(me.person)) > 0 {
        offered.folded("Put rounds back", &[Intent::PutBack { lot: id, rounds: 1 }], || {
            some("put_back", "Put back", MAX_ROUNDS)
        });
    }
    in_places(page, &mut offered, me.person, id, &name);
    put_away(page, &mut offered, id, &name);
    gives_back_box(page, &mut offered, id, lot, &name);
    signs_for_box(&mut offered, id, lot, &name);
    re_box(&mut offered, id, &name);
    if lot.brass_missing > 0 {
        declare_lost(page, &mut offered, id, &name, lot.brass_missing);
    }
    offered.render("Nothing is open to you with this lot now.")
}

fn count_link(page: &Page, offered: &mut Offered<'_>, id: Id, lot: &Lot<Real>) {
    let words = match lot.count {
        Some(count) if [count.counter, count.witness].map(Some).contains(&page.me) => "Say what you counted",
        Some(_) => return,
        None if lot.custody.returned().is_some() => return,
        None => "Count it",
    };
    if lot.count.is_some() || page.roles().handles() {
        offered.also(html! { a.button.primary href={ "/lots/" (id) "/count" } { (words) } });
    }
}

/// Into belts, pockets and other places, and out of them.
fn in_places(page: &Page, offered: &mut Offered<'_>, me: Id, id: Id, name: &str) {
    let state = &page.moment.view.state;
    let form = |kind: &'static str, words: &'static str, places: &[Choice]| {
        let inner = html! {
            (select(&format!("{kind}-place"), "place", "Which place", places))
            (number(&format!("{kind}-rounds"), "rounds", "How many rounds", 1, MAX_ROUNDS))
            button.button type="submit" { (words) }
        };
        Act::new(kind, id, &format!("{name}: {words}")).form(&inner)
    };
    if state.out_at(id, OutAt::Person(me)) > 0 {
        let places = places_where(page, |place| !place.for_guns && place.seal.is_none());
        let intents: Vec<Intent<Real>> =
            places.iter().map(|(place, ..)| Intent::Stow { lot: id, place: *place, rounds: 1 }).collect();
        offered.folded("Put rounds into a belt or place", &intents, || form("stow", "Put them in", &places));
    }
    let there: Vec<Id> = state
        .out
        .keys()
        .filter_map(|(lot, at)| match at {
            OutAt::Place(place) if *lot == id => Some(*place),
            OutAt::Place(_) | OutAt::Person(_) => None,
        })
        .collect();
    if !there.is_empty() {
        let places: Vec<Choice> =
            places_where(page, |_| true).into_iter().filter(|(place, ..)| there.contains(place)).collect();
        let intents: Vec<Intent<Real>> =
            there.iter().map(|place| Intent::Gather { lot: id, place: *place, rounds: 1 }).collect();
        offered.folded("Gather rounds out of a place", &intents, || form("gather", "Gather them", &places));
    }
}

fn put_away(page: &Page, offered: &mut Offered<'_>, id: Id, name: &str) {
    let fit = |place: &Place| place.locks && !place.for_guns;
    let places = places_where(page, fit);
    let intents: Vec<Intent<Real>> =
        places.iter().map(|(place, ..)| Intent::PutAwayLot { lot: id, place: *place }).collect();
    let act = Act::new("put_away_lot", id, &format!("{name}: lock the box away")).then("Locked away.", "");
    offered.folded("Lock its box away", &intents, || act.form(&choices("place", &places)));
}

fn re_box(offered: &mut Offered<'_>, id: Id, name: &str) {
    let act = Act::of("re_box", "new".to_owned(), &format!("{name}: re-box"))
        .body(json!({ "from": id.to_string() }))
        .then("A new lot, not verified.", "/lots/{item}");
    offered.folded("Re-box some", &[Intent::ReBox { lot: NEW, from: id, rounds: 1 }], || {
        act.form(&html! {
            p.dim { "Rounds in another box are another lot. It is verified and counted before any of it is used." }
            (name_field("re-box-name"))
            (number("re-box-rounds", "rounds", "How many rounds", 1, MAX_ROUNDS))
            button.button type="submit" { "Re-box" }
        })
    });
}

fn declare_lost(page: &Page, offered: &mut Offered<'_>, id: Id, name: &str, brass: u32) {
    let places = places_where(page, |_| true);
    let intents: Vec<Intent<Real>> =
        places.iter().map(|(place, ..)| Intent::DeclareLost { lot: id, brass, place: *place }).collect();
    let act = Act::new("declare_lost", id, &format!("{name}: declare brass lost"));
    offered.folded("Declare brass lost after a search", &intents, || {
        act.form(&html! {
            p.dim { "Two people in two roles say the same: how many, and where." }
            (number("lost-brass", "brass", "How many fired cases", 1, brass))
            (select("lost-place", "place", "Where", &places))
            button.button type="submit" { "Declare them lost" }
        })
    });
}

/// Kinds that a supplier may deliver: in a range production live rounds alone; elsewhere none of these, and whoever finds some
/// reports it.
#[must_use]
pub const fn is_received(kind: LotKind, on_a_range: bool) -> bool {
    match kind {
        LotKind::Blank | LotKind::Dummy | LotKind::Dress | LotKind::SnapCap => !on_a_range,
        LotKind::Live => on_a_range,
        LotKind::Spent => false,
    }
}
