//! What is said of people beside their roles: training, the course, what a production asks for.

use kernel::{Action, Day, Intent, RangeException, RequestKind, Requirement};

use super::{Word, one_of};
use crate::stage::{PEOPLE, PRODUCER, QUIET_SCENE, SAFETY_OFFICER, SCENE, Said, Small, Stage, THE_OPEN_ONE, Who};

/// The production asks for something, mostly for permits, or no longer.
pub fn asks_for_something(word: &Word) -> Said {
    use Requirement::{Contact, Permit, Police};
    PRODUCER
        .says(Intent::Require { what: one_of(&[Permit, Contact, Permit, Police], word[6]), required: word[5] < 160 })
}

/// What is asked for before a gun that can fire comes to the set, and was not entered yet.
pub fn asked_for_the_set(stage: &Stage) -> Option<Said> {
    let state = &stage.state;
    let unnamed = state.required.has(Requirement::Contact) && state.contact.is_none();
    let scene = state.scene.map(|open| open.scene).filter(|scene| !state.police_told.contains_key(scene));
    let told = scene.filter(|_| state.required.has(Requirement::Police));
    let named = unnamed.then(|| PRODUCER.says(Intent::NameContact { person: SAFETY_OFFICER.0 }));
    named.or_else(|| told.map(|scene| PRODUCER.says(Intent::ReportPoliceTold { scene })))
}

/// Where permits are asked for, a handler shows his.
pub fn permit(stage: &Stage, who: Who) -> Option<Said> {
    let missing = stage.state.required.has(Requirement::Permit) && !stage.state.has_a_permit(who.0);
    missing.then(|| SAFETY_OFFICER.says(Intent::EnterPermit { person: who.0, held: true, until: None }))
}

/// Anything at all about people.
pub fn about_people(stage: &Stage, word: &Word) -> Intent<Small> {
    let person = one_of(&PEOPLE, word[3]).0.0;
    let today = stage.state.day.map_or(1, |day| day.0);
    match word[4] % 12 {
        0 => Intent::Require { what: one_of(&Requirement::ALL, word[3]), required: word[5] < 128 },
        1 => Intent::EnterCourse { person, until: (word[6] < 128).then_some(Day(today + u32::from(word[6] % 3))) },
        2 => Intent::EnterAuthority { person, given: word[5] < 180 },
        10 if word[5] < 60 => Intent::NameContact { person },
        10 if word[5] < 160 => Intent::ReportPoliceTold { scene: one_of(&[SCENE, QUIET_SCENE], word[6]) },
        3 => Intent::DeclareGuard { person: 60 + word[3] % 8, outside: word[5] < 180 },
        4 if word[5] < 60 => Intent::ReportGuardInside { person },
        4 if word[5] < 90 => Intent::ReportPersonalWeapon { whose: (word[6] < 128).then_some(person) },
        9 if word[5] < 60 => Intent::DeclareRange { exception: one_of(&RangeException::ALL, word[3]) },
        9 if word[5] < 120 => Intent::ConfirmRange { declaration: THE_OPEN_ONE },
        5..7 => Intent::ReportSafetyRequest { kind: one_of(&RequestKind::ALL, word[3]) },
        8 => Intent::EnterPermit { person, held: word[5] < 220, until: (word[6] < 64).then_some(Day(today)) },
        7 => Intent::AnswerRequest { request: THE_OPEN_ONE, granted: word[5] < 128 },
        _ => {
            let action = if word[6] == 0 { Action::None } else { one_of(&Action::ALL, word[6]) };
            Intent::EnterTraining { person, action, passed: word[5] < 200 }
        }
    }
}
