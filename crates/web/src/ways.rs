//! Where a refusal leads: the page on which a handler does what its remedy says.

use kernel::Code;
use record::{Id, Reason};

use crate::words::Names;

/// What was shown before holds no more, or nothing was shown yet.
const SHOW: [Code; 15] = [
    Code::ShowingAnswersDiffer,
    Code::ShowingBreak,
    Code::ShowingChangedHands,
    Code::ShowingCheckGivenUp,
    Code::ShowingClockJumped,
    Code::ShowingDoubted,
    Code::ShowingFaulty,
    Code::ShowingLoadedSince,
    Code::ShowingMuzzle,
    Code::ShowingNever,
    Code::ShowingNewDay,
    Code::ShowingOutOfSight,
    Code::ShowingRefused,
    Code::ShowingStopped,
    Code::ShowingTimeLapsed,
];
const BORE: [Code; 2] = [Code::BoreLookUsed, Code::BoreNotLooked];
const ROD: [Code; 2] = [Code::RodNotRun, Code::RodUsed];
const EMPTY: [Code; 4] = [Code::BoreDue, Code::FiredNotEmptied, Code::RodDue, Code::ShowingFired];
const MATCH: [Code; 2] = [Code::IdentityLapsed, Code::IdentityNotMatched];
const COUNT: [Code; 3] = [Code::CountDue, Code::CountNotAtIssue, Code::LotNotVerified];

/// A page, and what is done there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Way {
    /// Where.
    pub address: String,
    /// What is done there.
    pub words: String,
}

/// Where what this reason asks for is done, by a handler; nowhere where it is no act with a page. `about` is what the
/// refused ask was about.
#[must_use]
pub fn way(names: &Names<'_>, about: Option<Id>, reason: &Reason) -> Option<Way> {
    let state = &names.view.state;
    let gun = reason.gun.or_else(|| about.filter(|id| state.guns.contains_key(id)));
    let lot = reason.lot.or_else(|| about.filter(|id| state.lots.contains_key(id)));
    let of_gun = gun.and_then(|gun| with_gun(reason.code).map(|(page, words)| (format!("/guns/{gun}{page}"), words)));
    let of_lot = lot.and_then(|lot| with_lot(reason.code).map(|(page, words)| (format!("/lots/{lot}{page}"), words)));
    let meeting = [Code::MeetingNotHeld, Code::MeetingNotThere].contains(&reason.code);
    let of_scene = meeting.then(|| ("/meeting".to_owned(), "The safety meeting"));
    let for_the_set = before_the_set(reason.code).map(|(page, words)| (page.to_owned(), words));
    let elsewhere = meeting || for_the_set.is_some();
    let (address, words) = for_the_set.or(of_gun).or(of_lot).or(of_scene)?;
    let which = gun.or(lot).filter(|_| !elsewhere).map(|id| format!("{}: ", names.name(id))).unwrap_or_default();
    Some(Way { address, words: format!("{which}{words}") })
}

fn before_the_set(code: Code) -> Option<(&'static str, &'static str)> {
    let ways = [
        (Code::ContactNotNamed, "/people", "name whom everybody can ask"),
        (Code::PoliceNotTold, "/scene", "enter that the police were told"),
    ];
    ways.into_iter().find(|(of, ..)| *of == code).map(|(_, page, words)| (page, words))
}

fn with_gun(code: Code) -> Option<(&'static str, &'static str)> {
    let ways: [(&[Code], &str, &str); 10] = [
        (&SHOW, "/check", "SHOW IT NOW"),
        (&[Code::SetNotCalled], "", "call it to set"),
        (&BORE, "/bore", "look through the bore"),
        (&ROD, "/bore", "run the rod"),
        (&EMPTY, "/empty", "empty it"),
        (&[Code::GunFaulty], "", "look at it, and clear it"),
        (&[Code::BoreChambersNotEmpty], "/unload", "unload it"),
        (&MATCH, "", "match its label"),
        (&[Code::LineNotCleared], "/line", "measure its line"),
        (&[Code::BlankNotTested], "/test", "enter a test of blanks"),
    ];
    ways.into_iter().find(|(codes, ..)| codes.contains(&code)).map(|(_, page, words)| (page, words))
}

fn with_lot(code: Code) -> Option<(&'static str, &'static str)> {
    if COUNT.contains(&code) {
        return Some(("/count", "COUNT IT NOW"));
    }
    (code == Code::LotNotOut).then_some(("", "take its box out"))
}
