//! The check and the last look: the same screens for checker and witness, each blind to the other.

use axum::extract::{Path, State};
use kernel::{Custody, Role, ShowingState};
use maud::{Markup, html};
use record::Id;

use crate::auth::Me;
use crate::pages::acts::{Act, choices, people_who};
use crate::pages::card::card;
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::Told;

/// What the page is for the one who opens it.
enum Part {
    /// He may begin a check.
    Begin,
    /// He answers: as checker or as witness.
    Answer { check: Id, side: &'static str },
    /// He has answered, or it is for others to answer.
    Wait(&'static str),
    /// He makes the last look of a handover.
    Last { offer: Id },
}

/// The check of a gun.
pub async fn check(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Check", "check");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let main = match part(&page, me.person, gun) {
        Part::Begin => begin(&page, &told),
        Part::Answer { check, side } => answer(&page, &told, "answer_check", check, side),
        Part::Last { offer } => answer(&page, &told, "look_last", offer, "last look"),
        Part::Wait(words) => wait(&told, words),
    };
    Ok(page.render(&main))
}

fn part(page: &Page, me: Id, gun: Id) -> Part {
    let Some(gun) = page.moment.view.state.guns.get(&gun) else { return Part::Begin };
    if let (Custody::Offered { offer, .. }, ShowingState::Shown(showing)) = (gun.custody, gun.showing)
        && showing.witness == me
    {
        return Part::Last { offer };
    }
    let ShowingState::BeingChecked(check) = gun.showing else { return Part::Begin };
    let (mine, side) = if check.checker == me {
        (check.checker_answer, "checker")
    } else if check.witness == me {
        (check.witness_answer, "witness")
    } else {
        return Part::Wait("Two others are checking it. Until both have answered, nothing may be said of it.");
    };
    match mine {
        Some(_) => Part::Wait("You have answered. The other has not. Nobody sees either answer before."),
        None => Part::Answer { check: check.act, side },
    }
}

fn begin(page: &Page, told: &Told) -> Markup {
    let witnesses = people_who(page, |roles| roles.has(Role::Witness));
    let act = Act::new("begin_check", told.gun, &format!("check {}", told.name)).then("The check has begun.", "");
    html! {
        div.information {
            h1.big { "Check " (told.name) ". Who is the witness?" }
            div.one { (card(told)) }
            p.dim { "He answers on a device of his own, and sees nothing of your answer." }
        }
        div.acts {
            @if witnesses.is_empty() { p.notice { "Nobody is entered as a trained observer today." } }
            (act.form(&choices("witness", &witnesses)))
        }
    }
}

fn answer(page: &Page, told: &Told, kind: &str, act: Id, side: &str) -> Markup {
    let chambers = page.moment.view.state.guns.get(&told.gun).map_or(0, |gun| gun.chambers);
    let is_last = kind == "look_last";
    let body = serde_json::json!({ (if is_last { "offer" } else { "check" }): act.to_string() });
    let give_up = Act::new("give_up_check", told.gun, &format!("give up the check of {}", told.name))
        .body(serde_json::json!({ "check": act.to_string() }))
        .then("Given up. UNKNOWN.", "/");
    html! {
        div.check #check data-kind=(kind) data-gun=(told.gun) data-body=(body.to_string())
            data-chambers=(chambers) data-name=(told.name) data-side=(side) data-then={ "/guns/" (told.gun) }
            data-done="Recorded. Nobody sees it before both have answered." {
            h1.big { "What do you see?" }
            noscript { p.notice { "This screen needs its scripts: what you see is signed on this device." } }
        }
        @if !is_last { div.give-up { (give_up.button("Give the check up", "small")) } }
    }
}

fn wait(told: &Told, words: &str) -> Markup {
    html! {
        div.information {
            h1.big { (words) }
            div.one { (card(told)) }
        }
        div.acts { a.button href={ "/guns/" (told.gun) } { (told.name) } a.button href="/" { "Home" } }
    }
}
