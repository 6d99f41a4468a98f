//! Bore, loading, unloading.

use axum::extract::{Path, State};
use kernel::Chambers;
use maud::{Markup, html};
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{Act, hold_button};
use crate::pages::card::card;
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words;

/// The look through the bore.
pub async fn bore(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Bore", "loading");
    let (_, told) = page.gun(gun_id(&gun)?)?;
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

/// Loading from one lot.
pub async fn load(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Load", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let state = &page.moment.view.state;
    let chambers = state.guns.get(&gun).map_or(Chambers::NONE, kernel::Gun::cylinder);
    let lots = state.lots.iter().filter(|(_, lot)| lot.kind.in_chamber().is_some());
    let act = Act::new("load", gun, &format!("load {}", told.name));
    let then = format!("/guns/{gun}");
    let inner = html! {
        fieldset {
            legend { "From which lot?" }
            @for (id, lot) in lots {
                label.pick {
                    input type="radio" name="lot" value=(id) data-as="text" required;
                    span { b { (page.moment.view.name(*id)) } " " (words::lot_kind(lot.kind)) ", " (lot.rounds) " in the box" }
                }
            }
        }
        (chamber_boxes("Into which chambers?", chambers, Chambers::NONE))
        (hold_button("Hold to load", "primary"))
    };
    Ok(page.render(&html! {
        div.information { h1.big { "Load " (told.name) } div.one { (card(&told)) } }
        div.acts { (act.then("Loaded. UNKNOWN until shown.", &then).form(&inner)) }
    }))
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

fn chamber_boxes(legend: &str, chambers: Chambers, ticked: Chambers) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            div.boxes {
                @for chamber in chambers.iter() {
                    label.pick {
                        input type="checkbox" name="chambers" value=(chamber) data-as="integers"
                            checked[ticked.has(chamber)];
                        span { "Chamber " (chamber) @if chamber == 1 { " (marked)" } }
                    }
                }
            }
        }
    }
}
