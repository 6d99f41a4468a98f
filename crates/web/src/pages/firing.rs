//! Blanks: the armorer's test, the line of a gun, what fired, and what came out of it.

use axum::extract::{Path, State};
use kernel::{ActKind, Chambers, Gun, Intent, LotKind, MAX_FEED, blanks_stand_off};
use maud::{Markup, html};
use record::words::LoadedInto;
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::lot_words::lot_line;
use crate::pages::acts::{Act, Choice, Offered, ReadBy, act_word, distance, hold_button, number, select};
use crate::pages::card::{card, line as state_line};
use crate::pages::check::turns;
use crate::pages::loading::chamber_boxes;
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::{self, Told};

/// The most shots or misfires that one report can speak of: what the largest cylinder holds.
const MOST_SHOTS: u32 = 12;

/// The most rounds of a test (the kernel holds to it), and the distance with which the page asks
/// whether a line may be cleared at all.
const MOST_TEST_ROUNDS: u32 = 20;
const ONE_METRE: u32 = 100;

/// What came out of a gun, chamber by chamber.
pub async fn empty(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Empty", "check");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let entry = page.moment.view.state.guns.get(&gun);
    if let Some((entry, feed)) = entry.and_then(|it| words::feed(it.feed()).map(|feed| (it, feed))) {
        return Ok(page.render(&empty_feed(&told, entry, feed)));
    }
    let chambers = entry.map_or(0, |gun| gun.chambers);
    let is_muzzle_loader = entry.is_some_and(Gun::is_muzzle_loader);
    let loaded = if is_muzzle_loader { LoadedInto::Barrels } else { LoadedInto::Chambers };
    let before = json!(words::before_emptying(loaded)).to_string();
    let opened = entry.map_or("It is open", |gun| words::opening(gun.action).ready);
    let ready = if is_muzzle_loader { "The caps are off" } else { opened };
    Ok(page.render(&html! {
        div.check #empty data-gun=(gun) data-chambers=(chambers) data-barrels=[is_muzzle_loader.then_some("yes")] data-name=(told.name) data-side="empty it"
            data-ready=(ready) data-cylinder=[entry.is_some_and(turns).then_some("yes")] data-before=(before) data-then={ "/guns/" (gun) } {
            h1.big { "What comes out of " (told.name) "?" }
            noscript { p.notice { "This screen needs its scripts: what you say is signed on this device." } }
        }
    }))
}

/// What came out of a gun with a feed, by number: it throws its cases out. What is expected stands nowhere.
fn empty_feed(told: &Told, gun: &Gun<Real>, feed: &str) -> Markup {
    let most = u32::from(MAX_FEED);
    let act = Act::new(act_word(ActKind::EmptyGun, ReadBy::Feed), told.gun, &format!("what came out of {}", told.name));
    html! {
        div.information {
            h1.big { "What comes out of " (told.name) "?" }
            div.item { (state_line(told)) }
            @for step in words::opening(gun.action).steps { p { (step) } }
            p.dim { "After a misfire it stays closed for 15 seconds. Count every round in the hand." }
        }
        div.acts {
            (act.then("Emptied. UNKNOWN until shown.", &format!("/guns/{}", told.gun)).form(&html! {
                (number("rounds", "rounds", &format!("Unfired rounds out of the {feed}"), 0, most))
                (chamber_boxes("Unfired rounds out of the chamber", gun.cylinder(), Chambers::NONE))
                (number("spent", "spent", "Fired cases, gathered or not", 0, most))
                (number("misfired", "misfired", "Struck, and not fired", 0, most))
                @for line in words::before_emptying(LoadedInto::Chambers) { p { (line) } }
                (hold_button("Hold to send what came out", "primary"))
            }))
        }
    }
}

/// A report: it fired as planned, or misfired.
pub async fn fired(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Fired", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let is_fed = page.moment.view.state.guns.get(&gun).is_some_and(Gun::is_fed);
    let most = if is_fed { u32::from(MAX_FEED) } else { MOST_SHOTS };
    let act = Act::new("report_fired", gun, &format!("{}: it fired", told.name));
    let then = format!("/guns/{gun}");
    Ok(page.render(&html! {
        div.information {
            h1.big { (told.name) " fired. How often?" }
            div.item { (state_line(&told)) }
            p.dim { "A report is never refused. After a misfire nobody opens it for 15 seconds." }
        }
        div.acts {
            (act.then("Recorded. UNKNOWN until emptied and shown.", &then).form(&html! {
                (number("shots", "shots", "Shots that were heard", 0, most))
                (number("misfires", "misfires", "Trigger pulled, nothing fired", 0, most))
                (hold_button("Hold to report", "primary"))
            }))
            (Act::new("report_discharge", gun, &format!("{}: it fired", told.name))
                .then("Everything is held.", "/stop").held("Hold: nobody meant it to fire", "danger"))
        }
    }))
}

/// The line of a gun with blanks: how far the nearest person is.
pub async fn line(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Clear line", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let tested = stand_off(&page, gun);
    let asked = blanks_stand_off(page.moment.view.state.packs());
    let needed = tested.map(|tested| asked.map_or(tested, |(asked, _)| tested.max(asked)));
    let mut offered = Offered::new(&page, &me);
    let ask = Intent::ClearLine { gun, nearest_centimetres: needed.unwrap_or(ONE_METRE) };
    let then = format!("/guns/{gun}");
    offered.act("Clear its line", &[ask], || {
        Act::new("clear_line", gun, &format!("{}: clear the line", told.name))
            .then("The line is clear. Any change wipes this out.", &then)
            .form(&html! {
                (distance("nearest", "nearest_centimetres", "How far is the nearest person in its line?"))
                (hold_button("Hold: the line is clear to there", "primary"))
            })
    });
    offered.also(html! {
        (Act::new("report_line_changed", gun, &format!("{}: its line changed", told.name))
            .then("Recorded. The line is not clear.", "").button("Somebody or something moved in its line", "small"))
    });
    Ok(page.render(&html! {
        div.information {
            h1.big { "The line of " (told.name) }
            div.one { (card(&told)) }
            @if let Some((needed, tested)) = needed.zip(tested) {
                p {
                    "These blanks need " b { (words::metres(needed)) }
                    @if let Some((_, pack)) = asked.filter(|(asked, _)| *asked > tested) {
                        ", which " (pack.name()) " asks for, as adopted; the armorer\u{2019}s test found " (words::metres(tested)) "."
                    } @else { ", by the armorer\u{2019}s test." }
                    " Measure from the muzzle."
                }
            } @else {
                p.notice { "No stand-off is known for what is in this gun." }
            }
        }
        div.acts { (offered.render("Nothing is open to you with its line now.")) }
    }))
}

/// The stand-off of the blanks in a gun, where they were tested in it.
fn stand_off(page: &Page, gun: Id) -> Option<u32> {
    let state = &page.moment.view.state;
    let lot = state.guns.get(&gun)?.loading?.lot;
    state.stand_off_centimetres.get(&(gun, lot)).copied()
}

/// The armorer's test of a lot of blanks in a gun.
pub async fn test(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Test blanks", "loading");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let lots = blanks(&page);
    let ask = |lot: Id| Intent::TestBlank { gun, lot, rounds: 1, stand_off_centimetres: ONE_METRE };
    let intents: Vec<Intent<Real>> = lots.iter().map(|(lot, ..)| ask(*lot)).collect();
    let mut offered = Offered::new(&page, &me);
    offered.act("Enter a test", &intents, || test_form(&told, &lots));
    Ok(page.render(&html! {
        div.information {
            h1.big { "Test blanks in " (told.name) }
            div.item { (state_line(&told)) }
            p.dim { "Fired away from people. Enter the distance within which something of it still reaches." }
        }
        div.acts {
            @if lots.is_empty() { p.notice { "No lot of blanks is on the register." } }
            (offered.render("No test is open to you now."))
        }
    }))
}

fn test_form(told: &Told, lots: &[Choice]) -> Markup {
    let then = format!("/guns/{}", told.gun);
    Act::new("test_blank", told.gun, &format!("{}: test blanks", told.name))
        .then("Recorded. The gun is UNKNOWN until shown.", &then)
        .form(&html! {
            (select("test-lot", "lot", "Which lot", lots))
            (number("test-rounds", "rounds", "How many were fired for it", 1, MOST_TEST_ROUNDS))
            (distance("test-stand-off", "stand_off_centimetres", "The stand-off that it showed"))
            (hold_button("Hold to enter the test", "primary"))
        })
}

/// Every lot of blanks that is here.
fn blanks(page: &Page) -> Vec<Choice> {
    let lots = page
        .moment
        .view
        .state
        .lots
        .iter()
        .filter(|(_, lot)| lot.kind == LotKind::Blank && lot.custody.returned().is_none());
    lots.map(|(id, lot)| (*id, page.moment.view.name(*id), lot_line(lot))).collect()
}
