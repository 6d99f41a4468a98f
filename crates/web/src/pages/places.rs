//! Places: what lies in them by the record, the seals of belts, and rounds that should not be there.

use axum::extract::{Path, State};
use kernel::{Custody, Intent, LotCustody, OutAt, Place, RoundKind};
use maud::{Markup, html};
use record::Id;
use record::label::{LabelKind, label};
use record::words::Word;
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{Act, Offered, hold_button, label_field, number};
use crate::pages::units::of_unit;
use crate::pages::{Page, PageProblem};
use crate::problem::Problem;
use crate::state::App;
use crate::words;

/// The largest number of a seal.
const LARGEST_SEAL: u32 = 999_999;

/// Every place.
pub async fn places(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Places", "mode");
    page.render(&html! {
        div.information {
            h1.big { "Places" }
            (label_field("place", "/places/{id}"))
        }
        div.acts #list data-follow="" {
            @for (id, place) in &page.moment.view.state.places {
                a.item href={ "/places/" (id) } {
                    b { (page.moment.view.name(*id)) } span.dim { (place_line(place)) }
                }
            }
        }
    })
}

/// A place in one line: "belt; sealed, the seal seen". The number is for whoever reads it off the belt.
#[must_use]
pub fn place_line(place: &Place) -> String {
    let mut parts = vec![words::place_kind(place.kind).to_owned()];
    parts.extend(place.locks.then(|| "locks".to_owned()));
    parts.extend(place.for_guns.then(|| "for guns".to_owned()));
    parts.extend(place.seal.map(|_| {
        let seen = if place.seal_seen { "seen" } else { "NOT SEEN since the break" };
        format!("sealed, the seal {seen}")
    }));
    parts.extend(place.reload.then(|| "declared for a reload in this scene".to_owned()));
    parts.join("; ")
}

/// One place.
pub async fn place(State(app): State<App>, me: Me, Path(place): Path<String>) -> Result<Markup, PageProblem> {
    let mut page = Page::mine(&app, &me, "Place", "gun");
    let id = crate::api::id(&place, "place")?;
    let place = page.moment.view.state.places.get(&id).copied().ok_or_else(|| Problem::unknown("place"))?;
    let name = page.moment.view.name(id);
    page.title.clone_from(&name);
    Ok(page.render(&html! {
        div.information #place data-follow="" {
            h1.big { (name) }
            p.dim { (place_line(&place)) }
            (of_unit(&page, page.moment.view.state.units.of_place(id), Some(id)))
            @if let Some(transit) = page.moment.view.state.transits.get(&id) {
                p.notice { "On the way with " (page.moment.view.name(transit.attendant)) ", since "
                    (page.moment.names().clock(transit.since)) ". Nothing is taken out of it." }
            }
            (within(&page, id))
            p.dim { "Label " span.mono { (label(LabelKind::Place, page.moment.production, id)) } }
        }
        div.acts #open data-follow="" {
            h2.unseen { "Open acts" }
            (acts(&page, &me, id, &place, &name))
        }
        (reports(id, &place, &name))
    }))
}

/// What is there by the record: guns, boxes, loose rounds.
fn within(page: &Page, id: Id) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let guns = state.guns.iter().filter(|(_, gun)| match gun.custody {
        Custody::In { place, .. } | Custody::Preset { place, .. } => place == id,
        Custody::With { .. } | Custody::Offered { .. } | Custody::Missing { .. } | Custody::Returned { .. } => false,
    });
    let boxes = state.lots.iter().filter(|(_, lot)| match lot.custody {
        LotCustody::In { place, .. } => place == id,
        LotCustody::With { .. } | LotCustody::Returned { .. } | LotCustody::Unknown => false,
    });
    let loose = state.out.iter().filter_map(|((lot, at), rounds)| match at {
        OutAt::Place(place) if *place == id => Some((*lot, *rounds)),
        OutAt::Place(_) | OutAt::Person(_) => None,
    });
    let lines: Vec<(String, String)> =
        guns.map(|(gun, _)| (format!("/guns/{gun}"), names.name(*gun)))
            .chain(boxes.map(|(lot, _)| (format!("/lots/{lot}"), format!("the box of {}", names.name(*lot)))))
            .chain(loose.map(|(lot, rounds)| {
                (format!("/lots/{lot}"), format!("{} of {}", words::rounds(rounds), names.name(lot)))
            }))
            .collect();
    html! {
        h2 { "In it, by the record" }
        @if lines.is_empty() { p.dim { "Nothing." } }
        ul.plain { @for (address, words) in &lines { li { a.item href=(address) { (words) } } } }
    }
}

fn acts(page: &Page, me: &Me, id: Id, place: &Place, name: &str) -> Markup {
    let mut offered = Offered::new(page, me);
    let seal = |kind: &'static str, words: &'static str| {
        let inner = html! {
            (number(&format!("{kind}-seal"), "seal", "The number of the seal", 0, LARGEST_SEAL))
            button.button type="submit" { (words) }
        };
        Act::new(kind, id, &format!("{name}: {words}")).form(&inner)
    };
    if let Some(number) = place.seal {
        // Whoever looks says the number that he reads: the page gives him none to agree to.
        offered.folded("Look at its seal", &[Intent::SeeSeal { place: id, seal: number }], || {
            seal("see_seal", "This is the number I read")
        });
        offered.also(html! {
            (Act::new("report_seal_broken", id, &format!("{name}: its seal is broken")).then("Recorded.", "")
                .held("Hold: its seal is broken", "small danger"))
        });
    } else if place.kind.is_worn() {
        offered.folded("Seal it", &[Intent::SealBelt { place: id, seal: 1 }], || seal("seal_belt", "Sealed"));
        offered.act("Declare a reload", &[Intent::DeclareReload { place: id }], || {
            Act::new("declare_reload", id, &format!("{name}: declare a reload"))
                .then("Declared for this scene.", "")
                .button("Declare: a gun is reloaded out of it", "small")
        });
    }
    if place.kind.travels() {
        travels(page, &mut offered, id, name);
    }
    offered.also(html! { a.button href="/places" { "Places" } });
    offered.render("Nothing is open to you here now.")
}

/// A vehicle or a case goes on its way with a handler, and arrives with him.
fn travels(page: &Page, offered: &mut Offered<'_>, id: Id, name: &str) {
    if page.moment.view.state.transits.contains_key(&id) {
        offered.act("It has arrived", &[Intent::EndTransit { place: id }], || {
            Act::new("end_transit", id, &format!("{name}: it has arrived"))
                .then("Arrived.", "")
                .held("Hold: it has arrived, and I never left it", "")
        });
    } else {
        offered.act("Move it", &[Intent::BeginTransit { place: id }], || {
            Act::new("begin_transit", id, &format!("{name}: move it"))
                .then("On the way. You go along.", "")
                .held("Hold: it is locked, it is moved, and I go along", "")
        });
    }
}

/// What may be reported of a place: a round in it that should not be there, which stops everything; and that what
/// is kept in it was left alone.
fn reports(id: Id, place: &Place, name: &str) -> Markup {
    html! {
        (found(id, name))
        @if place.locks || place.for_guns || place.kind.travels() {
            section.reports aria-labelledby="alone" {
                h2 #alone { "It was left alone" }
                p.dim { "Every box in it is counted again before anything of it is issued." }
                (Act::new("report_unattended", id, &format!("{name}: it was left alone")).then("Recorded.", "")
                    .held("Hold: nobody was with it", "small"))
            }
        }
    }
}

fn found(id: Id, name: &str) -> Markup {
    let round = |kind: RoundKind, words: &str, class: &str| {
        Act::new("report_round_found_in", id, &format!("a round found in {name}"))
            .body(json!({ "round": kind.word() }))
            .then("Everything is held.", "/stop")
            .form(&html! { (hold_button(words, class)) })
    };
    html! {
        section.reports aria-labelledby="found" {
            h2 #found { "I found a round in it" }
            p.dim { "Touch nothing. Any of these stops everything." }
            div.grid {
                (round(RoundKind::Live, "Hold: LIVE", "small danger"))
                (round(RoundKind::NotSure, "Hold: NOT SURE", "small"))
                (round(RoundKind::Blank, "Hold: BLANK", "small"))
                (round(RoundKind::Dummy, "Hold: DUMMY", "small"))
            }
        }
    }
}
