//! The count of a lot's box: begin it with a second role; both answer blind, each on his own device.

use axum::extract::{Path, State};
use kernel::{Count, Intent, Lot, Occasion, Role};
use maud::{Markup, html};
use record::words::Word;
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::lot_words::{ToldLot, occasion_due};
use crate::pages::acts::{Act, choices, label_field, people_who};
use crate::pages::card::why;
use crate::pages::lots::{lot_card, lot_in_line, lot_of, told};
use crate::pages::{Page, PageProblem};
use crate::state::App;
use crate::words;

/// COUNT: what waits for me, then every lot, those that are due first.
pub async fn mode(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Count", "mode");
    let state = &page.moment.view.state;
    let waiting = waiting(&page, me.person);
    // What is back with its rental house is counted by nobody here.
    let here = |told: &ToldLot| state.lots.get(&told.lot).is_some_and(|lot| lot.custody.returned().is_none());
    let mut lots: Vec<ToldLot> = told(&page).into_iter().filter(here).collect();
    lots.sort_by_key(|told| state.lots.get(&told.lot).is_some_and(|lot| !lot.opened));
    page.render(&html! {
        div.information {
            h1.big { "Count: which lot?" }
            (label_field("lot", "/lots/{id}/count"))
        }
        div.acts #list data-follow="" {
            @if state.held_in(page.unit()).is_some() {
                p.notice { "Held: a box stays shut unless the inquiry asks for its count." }
            }
            @for (address, words, more) in &waiting { a.button.primary href=(address) { (words) span.more { (more) } } }
            @if lots.is_empty() { p.notice { "No lot is on the register." } }
            @for lot in &lots { a.item href={ "/lots/" (lot.lot) "/count" } { (lot_in_line(lot)) } }
        }
    })
}

/// What waits for a person: address, what, with whom.
#[must_use]
pub fn waiting(page: &Page, me: Id) -> Vec<(String, String, String)> {
    let names = page.moment.names();
    let lots = page.moment.view.state.lots.iter();
    let waits = lots.filter_map(|(id, lot)| {
        let count = lot.count.filter(|count| mine(count, me).is_some_and(|answered| !answered))?;
        let other = if count.counter == me { count.witness } else { count.counter };
        let more = format!("with {}, since {}", names.name(other), names.clock(count.since));
        Some((format!("/lots/{id}/count"), format!("{}: count it", names.name(*id)), more))
    });
    waits.collect()
}

/// Whether this person has answered the count; nothing where it is not his.
fn mine(count: &Count<Real>, me: Id) -> Option<bool> {
    if count.counter == me {
        Some(count.counter_answer.is_some())
    } else if count.witness == me {
        Some(count.witness_answer.is_some())
    } else {
        None
    }
}

/// The count of a lot.
pub async fn count(State(app): State<App>, me: Me, Path(lot): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Count", "check");
    let (id, lot) = lot_of(&page, &lot)?;
    let main = match lot.count {
        None => begin(&page, &me, id, &lot),
        Some(count) => match mine(&count, me.person) {
            Some(false) => answer(&page, &me, id, &count),
            Some(true) => {
                wait(&page, id, &lot, "You have answered. The other has not. Nobody sees either answer before.")
            }
            None => wait(&page, id, &lot, "Two others count it. Until both have answered, no number of it is said."),
        },
    };
    Ok(page.render(&main))
}

fn begin(page: &Page, me: &Me, id: Id, lot: &Lot<Real>) -> Markup {
    let names = page.moment.names();
    let told = names.lot(id, lot);
    let witnesses = people_who(page, |roles| roles.has(Role::Witness));
    let due = occasion_due(lot);
    let ask = |witness| Intent::BeginCount { lot: id, occasion: due, witness };
    let against =
        witnesses.iter().map(|(witness, ..)| page.moment.view.against(&me.session, &ask(*witness), page.moment.now_ms));
    let shut = against.min_by_key(Vec::len).filter(|reasons| !reasons.is_empty());
    let act = Act::new("begin_count", id, &format!("count {}", told.name)).then("The count has begun.", "");
    html! {
        div.information {
            h1.big { "Count " (told.name) ". Who counts as well?" }
            div.one { (lot_card(&told)) }
            p.dim { "He counts in another role, on a device of his own, and sees nothing of your answer." }
        }
        div.acts {
            @if witnesses.is_empty() { p.notice { "Nobody is entered as a trained observer today." } }
            @for reason in shut.iter().flatten() { (why(&names.reason(reason))) }
            @if !page.roles().handles() { a.button href={ "/lots/" (id) } { (told.name) } }
            @else { (act.form(&html! { (occasions(due)) (choices("witness", &witnesses)) })) }
        }
    }
}

fn occasions(due: Occasion) -> Markup {
    html! {
        label for="occasion" { "On what occasion" }
        select #occasion name="occasion" data-as="text" {
            @for (occasion, word) in Occasion::WORDS {
                option value=(word) selected[*occasion == due] { (words::occasion(*occasion)) }
            }
        }
    }
}

fn answer(page: &Page, me: &Me, id: Id, count: &Count<Real>) -> Markup {
    let name = page.moment.view.name(id);
    let side = if count.counter == me.person { "counter" } else { "witness" };
    let other_answered = if side == "counter" { count.witness_answer } else { count.counter_answer }.is_some();
    let yes = |is: bool| if is { "yes" } else { "no" };
    let give_up = Act::new("give_up_count", id, &format!("give up the count of {name}"))
        .body(json!({ "count": count.act.to_string() }))
        .then("Given up.", "/count");
    html! {
        div.check #count data-lot=(id) data-count=(count.act) data-name=(name) data-side=(side)
            data-seals=(yes(count.occasion.seals())) data-other=(yes(other_answered))
            data-then={ "/lots/" (id) } {
            h1.big { "How many do you see?" }
            p.dim { (words::occasion(count.occasion)) }
            @if count.again { p.notice { (AGAIN) } }
            noscript { p.notice { "This screen needs its scripts: what you count is signed on this device." } }
        }
        @if count.again { p #again hidden { (AGAIN) } }
        div.give-up { (give_up.button("Give the count up", "small")) }
    }
}

/// What both are told where their numbers differed; which number, neither is told.
const AGAIN: &str = "The two counts differed. Both count again, each alone. A second difference stops everything.";

fn wait(page: &Page, id: Id, lot: &Lot<Real>, words: &str) -> Markup {
    let told = page.moment.names().lot(id, lot);
    html! {
        div.information #wait data-follow="" {
            h1.big { (words) }
            div.one { (lot_card(&told)) }
        }
        div.acts { a.button href={ "/lots/" (id) } { (told.name) } a.button href="/" { "Home" } }
    }
}
