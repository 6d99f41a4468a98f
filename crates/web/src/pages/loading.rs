//! Bore or rod, loading, unloading.

use axum::extract::{Path, State};
use kernel::{ActKind, Chambers, Code, Gun, Intent, Lot, MAX_FEED, OutAt};
use maud::{Markup, html};
use record::{Id, Real, Reason};
use serde_json::json;

use crate::auth::Me;
use crate::lot_words::{box_lines, lot_line};
use crate::pages::acts::{Act, ReadBy, act_word, hold_button, number};
use crate::pages::card::{card, why};
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::{self, Told};

/// The look through the bore; of a gun that is loaded from the muzzle the rod.
pub async fn bore(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Bore", "loading");
    let (_, told) = page.gun(gun_id(&gun)?)?;
    if page.moment.view.state.guns.get(&told.gun).is_some_and(Gun::is_muzzle_loader) {
        return Ok(page.render(&rod(&told)));
    }
    let look = |light: &str| {
        Act::new("look_through_bore", told.gun, &format!("{}: look through the bore", told.name))
            .body(json!({ "light": light }))
    };
    let then = format!("/guns/{}", told.gun);
    Ok(page.render(&html! {
        div.information {
            h1.big { (told.name) ": the bore. What do you see?" }
            div.one { (card(&told)) }
            p { "Action open. Every chamber empty. Look through from behind, with a light at the muzzle end." }
        }
        div.acts {
            (look("seen").then("Bore looked through.", &then).button("LIGHT SEEN", "choice"))
            (look("blocked").then("Everything is held.", "/stop").held("Hold: SOMETHING IS IN IT", "choice danger"))
        }
    }))
}

fn rod(told: &Told) -> Markup {
    let title = format!("{}: run the rod", told.name);
    let run = |rod: &str| Act::new("run_rod", told.gun, &title).body(json!({ "rod": rod }));
    let then = format!("/guns/{}", told.gun);
    html! {
        div.information {
            h1.big { (told.name) ": the rod. Where does it stand?" }
            div.one { (card(told)) }
            p { "Caps off, pans open. Muzzle where nobody is, your hand beside it, and never your face over it." }
            p { "The rod slides down every barrel. Its mark was cut when the barrel was known empty." }
        }
        div.acts {
            (run("at_mark").then("The rod went to its mark.", &then).button("AT ITS MARK IN EVERY BARREL", "choice"))
            (run("above_mark").then("Everything is held.", "/stop").held("Hold: IT STANDS ABOVE ITS MARK", "choice danger"))
        }
    }
}

/// Loading from one lot.
pub async fn load(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Load", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let state = &page.moment.view.state;
    let entry = state.guns.get(&gun);
    let (chambers, by) = entry.map_or((Chambers::NONE, ReadBy::Chambers), |gun| (gun.cylinder(), ReadBy::of(gun)));
    let is_fed = by == ReadBy::Feed;
    let feed = entry.and_then(|gun| words::feed(gun.feed()));
    // Those that could be loaded now come first; the record judges.
    let against = |lot: Id| {
        let ask = if is_fed {
            Intent::LoadFeed { gun, lot, chambers: Chambers::NONE, rounds: 1 }
        } else {
            Intent::Load { gun, lot, chambers: Chambers::first(1) }
        };
        page.moment.view.against(&me.session, &ask, page.moment.now_ms)
    };
    let mut lots: Vec<_> = state
        .lots
        .iter()
        .filter(|(_, lot)| lot.kind.in_chamber().is_some() && lot.custody.returned().is_none())
        .collect();
    lots.sort_by_cached_key(|(id, _)| (against(**id).len(), words::in_order(&page.moment.view.name(**id))));
    // What stands against one box and not against each is a reason to take another: those are told, and not offered.
    let asked: Vec<_> = lots.into_iter().map(|(id, lot)| (*id, lot, against(*id))).collect();
    let of_each = |code: Code| asked.iter().all(|(.., reasons)| reasons.iter().any(|reason| reason.code == code));
    let least = asked.iter().map(|(.., reasons)| reasons.len()).min();
    let (lots, others): (Vec<_>, Vec<_>) = asked
        .iter()
        .partition(|(.., reasons)| Some(reasons.len()) == least || reasons.iter().all(|reason| of_each(reason.code)));
    let act = Act::new(act_word(ActKind::Load, by), gun, &format!("load {}", told.name));
    // Into its feed alone: the round that is worked into the chamber afterwards is one of these.
    let act = if is_fed { act.body(json!({ "chambers": [] })) } else { act };
    let then = format!("/guns/{gun}");
    let inner = html! {
        fieldset {
            legend { "From which lot?" }
            @for (id, lot, _) in lots {
                label.pick {
                    input type="radio" name="lot" value=(id) data-as="text" required;
                    span { b { (page.moment.view.name(*id)) } " " (lot_line(lot)) span.more { (where_from(&page, me.person, *id, lot)) } }
                }
            }
        }
        (not_these(&page, me.person, gun, &others))
        @if let Some(feed) = feed {
            (number("rounds", "rounds", &format!("How many rounds went into the {feed}?"), 1, u32::from(MAX_FEED)))
        } @else if by == ReadBy::Barrels {
            (boxes("chambers", "Into which barrels? One measured charge each.", "Barrel", chambers, Chambers::NONE))
        } @else {
            (chamber_boxes("Into which chambers?", chambers, Chambers::NONE))
        }
        (hold_button("Hold to load", "primary"))
    };
    Ok(page.render(&html! {
        div.information { h1.big { "Load " (told.name) } div.one { (card(&told)) } }
        div.acts { (act.then("Loaded. UNKNOWN until shown.", &then).form(&inner)) }
    }))
}

/// Boxes that would be refused while another would not, each with why.
fn not_these(page: &Page, me: Id, gun: Id, others: &[&(Id, &Lot<Real>, Vec<Reason>)]) -> Markup {
    let names = page.moment.names();
    html! {
        @if !others.is_empty() {
            details {
                summary { "Not out of these now, and why" }
                @for (id, lot, reasons) in others {
                    h3 { (names.name(*id)) " " span.dim { (lot_line(lot)) } }
                    p.dim { (where_from(page, me, *id, lot)) }
                    @for reason in reasons { (why(&names.reason_about(Some(gun), reason))) }
                }
            }
        }
    }
}

/// Out of whose hands or which box its rounds go.
fn where_from(page: &Page, me: Id, id: Id, lot: &Lot<Real>) -> String {
    let in_hand = page.moment.view.state.out_at(id, OutAt::Person(me));
    if in_hand > 0 {
        return format!("{} in your hands", words::rounds(in_hand));
    }
    let custody = page.moment.names().lot_custody(lot);
    if lot.count.is_some() {
        return format!("being counted; the box is {custody}");
    }
    format!("{} in the box, which is {custody}", box_lines(lot).join(", "))
}

/// Unloading to the lot that the rounds came from.
pub async fn unload(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Unload", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let entry = page.moment.view.state.guns.get(&gun);
    let (all, loaded) = entry.map_or((Chambers::NONE, Chambers::NONE), |gun| (gun.cylinder(), gun.loaded()));
    let act = Act::new("unload", gun, &format!("unload {}", told.name));
    let then = format!("/guns/{gun}");
    let inner = html! {
        (chamber_boxes("Which chambers did you unload?", all, loaded))
        button.button.primary type="submit" { "Unloaded" }
    };
    Ok(page.render(&html! {
        div.information {
            h1.big { "Unload " (told.name) }
            div.one { (card(&told)) }
            p.dim { "Ticked is what was loaded by the record. Tick what you took out." }
        }
        div.acts { (act.then("Unloaded. UNKNOWN until shown.", &then).form(&inner)) }
    }))
}

/// A box to tick for each of these chambers.
#[must_use]
pub fn chamber_boxes(legend: &str, chambers: Chambers, ticked: Chambers) -> Markup {
    boxes("chambers", legend, "Chamber", chambers, ticked)
}

/// The same under another name, of chambers or barrels.
#[must_use]
pub fn boxes(name: &str, legend: &str, word: &str, chambers: Chambers, ticked: Chambers) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            div.boxes {
                @for chamber in chambers.iter() {
                    label.pick {
                        input type="checkbox" name=(name) value=(chamber) data-as="integers"
                            checked[ticked.has(chamber)];
                        span { (word) " " (chamber) @if chamber == 1 { " (marked)" } }
                    }
                }
            }
        }
    }
}
