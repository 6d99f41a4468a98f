//! What is said of people beside their roles: training, the course, what a production asks for.

use kernel::{Action, Day, Intent, Requirement};

use super::{Word, one_of};
use crate::stage::{PEOPLE, Small, Stage};

/// Anything at all about people.
pub fn about_people(stage: &Stage, word: &Word) -> Intent<Small> {
    let person = one_of(&PEOPLE, word[3]).0.0;
    let today = stage.state.day.map_or(1, |day| day.0);
    match word[4] % 4 {
        0 => Intent::Require { what: one_of(&Requirement::ALL, word[3]), required: word[5] < 128 },
        1 => Intent::EnterCourse { person, until: (word[6] < 128).then_some(Day(today + u32::from(word[6] % 3))) },
        _ => {
            let action = if word[6] == 0 { Action::None } else { one_of(&Action::ALL, word[6]) };
            Intent::EnterTraining { person, action, passed: word[5] < 200 }
        }
    }
}
