//! The check and the last look: the same screens for checker and witness, each blind to the other.

use axum::extract::{Path, State};
use kernel::{ActKind, Action, Custody, Feed, Gun, Intent, Role, ShowingState};
use maud::{Markup, html};
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{Act, ReadBy, act_word, choices, people_who};
use crate::pages::card::{card, why};
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::{self, Told};

/// What the page is for the one who opens it.
enum Part {
    /// He may begin a check.
    Begin,
    /// He answers: as checker or as witness.
    Answer { check: Id, side: &'static str, again: bool },
    /// He has answered, or it is for others to answer.
    Wait(&'static str),
    /// He makes the last look of a handover.
    Last { offer: Id },
}

/// What both are told where their answers differed; in what, neither is told.
const AGAIN: &str = "The two answers differed. Look again, each alone. A second difference stops everything.";

/// The check of a gun.
pub async fn check(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Check", "check");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let main = match part(&page, me.person, gun) {
        Part::Begin => begin(&page, &me, &told),
        Part::Answer { check, side, again } => html! {
            (answer(&page, &told, Asked::Check(check), side))
            @if again { p #again hidden { (AGAIN) } }
        },
        Part::Last { offer } => answer(&page, &told, Asked::LastLook(offer), "last look"),
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
        None => Part::Answer { check: check.act, side, again: check.again },
    }
}

fn begin(page: &Page, me: &Me, told: &Told) -> Markup {
    let witnesses = people_who(page, |roles| roles.has(Role::Witness));
    let ask = |witness| Intent::BeginCheck { gun: told.gun, witness };
    let against =
        witnesses.iter().map(|(witness, ..)| page.moment.view.against(&me.session, &ask(*witness), page.moment.now_ms));
    let shut = against.min_by_key(Vec::len).filter(|reasons| !reasons.is_empty());
    // The list of witnesses follows the record and is exchanged as soon as the check has begun: the page goes on all the same.
    let then = format!("/guns/{}/check", told.gun);
    let act = Act::new("begin_check", told.gun, &format!("check {}", told.name)).then("The check has begun.", &then);
    html! {
        div.information {
            h1.big { "Check " (told.name) @if shut.is_none() { ". Who is the witness?" } @else { ": not open now" } }
            div.one { (card(told)) }
            @if shut.is_none() { p.dim { "He answers on a device of his own, and sees nothing of your answer." } }
        }
        div.acts #open data-follow="" {
            @if witnesses.is_empty() { p.notice { "Nobody is entered as a trained observer today." } }
            @for reason in shut.iter().flatten() { (why(&page.moment.names().reason_about(Some(told.gun), reason))) }
            // Whom he names changes nothing where nobody would be granted: no name is there to be pressed for nothing.
            @if shut.is_none() { (act.form(&choices("witness", &witnesses))) }
            @else { a.button href={ "/guns/" (told.gun) } { (told.name) } }
        }
    }
}

/// What is answered.
#[derive(Clone, Copy)]
enum Asked {
    Check(Id),
    LastLook(Id),
}

fn answer(page: &Page, told: &Told, asked: Asked, side: &str) -> Markup {
    let gun = page.moment.view.state.guns.get(&told.gun);
    let by = gun.map_or(ReadBy::Chambers, ReadBy::of);
    let (kind, body) = match asked {
        Asked::Check(check) => (act_word(ActKind::AnswerCheck, by), json!({ "check": check.to_string() })),
        Asked::LastLook(offer) => (act_word(ActKind::LookLast, by), json!({ "offer": offer.to_string() })),
    };
    let done = "Recorded. Nobody sees it before both have answered.";
    let reading = Reading { kind, body, name: &told.name, side, then: format!("/guns/{}", told.gun), done };
    html! {
        (reading.screen(told.gun, gun))
        @if let Asked::Check(check) = asked {
            div.give-up {
                (Act::new("give_up_check", told.gun, &format!("give up the check of {}", told.name))
                    .body(json!({ "check": check.to_string() }))
                    .then("Given up. UNKNOWN.", "/")
                    .button("Give the check up", "small"))
            }
        }
    }
}

/// A reading of everything in a gun, one value a screen: what the screens ask stands here, and no answer.
pub struct Reading<'a> {
    /// The intent that it becomes.
    pub kind: &'static str,
    /// What is in the intent besides the reading.
    pub body: serde_json::Value,
    /// The gun's name, with whom it is for.
    pub name: &'a str,
    /// Who reads.
    pub side: &'a str,
    /// Where the reader goes then.
    pub then: String,
    /// What is said once it is recorded.
    pub done: &'static str,
}

impl Reading<'_> {
    /// The same of a gun that is loaded from the muzzle: rod and cap, barrel by barrel.
    fn barrels(&self, id: Id, gun: &Gun<Real>, opening: words::Opening) -> Markup {
        html! {
            div.check #barrels data-kind=(self.kind) data-gun=(id) data-body=(self.body.to_string())
                data-barrels=(gun.chambers) data-opening=(opening.title)
                data-steps=(json!(opening.steps).to_string()) data-ready=(opening.ready) data-name=(self.name)
                data-side=(self.side) data-then=(self.then) data-done=(self.done) {
                h1.big { "What does the rod say?" }
                noscript { p.notice { "This screen needs its scripts: what you see is signed on this device." } }
            }
        }
    }

    /// The screens, which the client's module fills.
    pub fn screen(&self, id: Id, gun: Option<&Gun<Real>>) -> Markup {
        let feed = gun.map_or(Feed::Nothing, Gun::feed);
        let opening = words::opening(gun.map_or(Action::None, |gun| gun.action));
        if let Some(gun) = gun.filter(|gun| gun.is_muzzle_loader()) {
            return self.barrels(id, gun, opening);
        }
        let turns = gun.is_some_and(turns).then_some("yes");
        html! {
            div.check #check data-cylinder=[turns] data-kind=(self.kind) data-gun=(id) data-body=(self.body.to_string())
                data-chambers=(gun.map_or(0, |gun| gun.chambers)) data-feed=[words::feed(feed)]
                data-comes-out=[feed.comes_out().then_some("yes")] data-opening=(opening.title)
                data-steps=(json!(opening.steps).to_string()) data-ready=(opening.ready) data-name=(self.name)
                data-side=(self.side) data-then=(self.then) data-done=(self.done) {
                h1.big { "What do you see?" }
                noscript { p.notice { "This screen needs its scripts: what you see is signed on this device." } }
            }
        }
    }
}

/// Whether its chambers lie in a cylinder, which is drawn.
#[must_use]
pub fn turns(gun: &Gun<Real>) -> bool {
    match gun.action {
        Action::SingleAction | Action::DoubleAction => gun.chambers > 1,
        Action::Magazine
        | Action::Pump
        | Action::DoubleBarrel
        | Action::Bolt
        | Action::BeltFed
        | Action::MuzzleLoader
        | Action::None => false,
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
