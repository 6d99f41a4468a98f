//! What people were trained on, the safety course, and what the production asks for beyond the laws.

use kernel::{Action, Intent, Requirement};
use maud::{Markup, html};
use record::words::Word;
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Offered};
use crate::words;

/// What was entered of one person.
pub fn of_person(page: &Page, person: Id, entry: &kernel::Person<Real>) -> Markup {
    let state = &page.moment.view.state;
    let trained: Vec<&str> = entry.trained.iter().map(words::action).collect();
    let asked = |what| if state.required.has(what) { ", and the production asks for it" } else { "" };
    html! {
        h2 { "Training" }
        p {
            @if trained.is_empty() { "Trained on no action, as far as entered" } @else { "Trained and assessed on: " (trained.join(", ")) }
            (asked(Requirement::Training)) "."
        }
        p {
            @match entry.course {
                None => "Has not completed the safety course, as far as entered",
                Some(course) => {
                    "Completed the safety course"
                    @match course.until {
                        None => {},
                        Some(until) if state.day.is_some_and(|day| until < day) => { ", which held until day " (until.0) },
                        Some(until) => { ", which holds until day " (until.0) },
                    }
                },
            }
            (asked(Requirement::Course)) "."
        }
        @if entry.permit.is_some() || (state.required.has(Requirement::Permit) && state.roles(person).handles()) {
            p { (permit(page, entry)) (asked(Requirement::Permit)) "." }
        }
    }
}

fn permit(page: &Page, entry: &kernel::Person<Real>) -> String {
    let today = page.moment.view.state.day;
    match entry.permit.map(|permit| permit.until) {
        None => "Holds no permit or licence for guns that fire, as far as entered".to_owned(),
        Some(None) => "Holds a permit or licence for guns that fire, as entered".to_owned(),
        Some(Some(until)) if today.is_some_and(|day| until < day) => {
            format!("Held a permit or licence for guns that fire, in date until day {}", until.0)
        }
        Some(Some(until)) => {
            format!("Holds a permit or licence for guns that fire, in date until day {}, as entered", until.0)
        }
    }
}

/// What may be entered of somebody else.
pub fn entered(page: &Page, me: &Me, person: Id, name: &str) -> Markup {
    let today = page.moment.view.state.day.map_or(1, |day| day.0);
    let mut offered = Offered::new(page, me);
    let training = Intent::EnterTraining { person, action: Action::SingleAction, passed: true };
    offered.folded("Enter training", &[training], || training_form(person, name));
    let course = Intent::EnterCourse { person, until: None };
    offered.folded("Enter the safety course", &[course], || {
        let inner = html! {
            label for="course-until" { "The last production day on which it holds; nothing where it has no end" }
            input #course-until name="until" type="number" inputmode="numeric" min=(today) max="100000"
                data-as="maybe-integer" autocomplete="off";
            button.button type="submit" { "Has completed it" }
        };
        Act::new("enter_course", person, &format!("course of {name}")).then("Entered.", "").form(&inner)
    });
    let has_one = page.moment.view.state.people.get(&person).is_some_and(|entry| entry.permit.is_some());
    let permit = |held| Intent::EnterPermit { person, held, until: None };
    offered.folded("Enter a permit or licence", &[permit(true)], || permit_form(person, name, today));
    if has_one {
        offered.act("Holds it no more", &[permit(false)], || {
            Act::new("enter_permit", person, &format!("permit of {name}"))
                .body(json!({ "held": false, "until": null }))
                .then("Entered.", "")
                .held("Hold: holds the permit no more", "small")
        });
    }
    offered.render("Nothing to enter now.")
}

fn permit_form(person: Id, name: &str, today: u32) -> Markup {
    let inner = html! {
        p.dim { "Look at the permit itself, at the name on it and at its date." }
        label for="permit-until" { "The last production day on which it is in date; nothing where it has no end" }
        input #permit-until name="until" type="number" inputmode="numeric" min=(today) max="100000"
            data-as="maybe-integer" autocomplete="off";
        button.button type="submit" { "Holds it" }
    };
    Act::new("enter_permit", person, &format!("permit of {name}"))
        .body(json!({ "held": true }))
        .then("Entered.", "")
        .form(&inner)
}

fn training_form(person: Id, name: &str) -> Markup {
    let inner = html! {
        label for="training-action" { "On guns that work so" }
        select #training-action name="action" data-as="text" {
            @for action in Action::ALL { option value=(action.word()) { (words::action(action)) } }
        }
        label.pick {
            input type="checkbox" name="passed" value="yes" data-as="yes" checked;
            span { "Was assessed and passed; without the tick: did not pass" }
        }
        button.button type="submit" { "Enter it" }
    };
    Act::new("enter_training", person, &format!("training of {name}")).then("Entered.", "").form(&inner)
}

/// What the production asks for, on the page of everybody.
pub fn asked_for(page: &Page) -> Markup {
    let required = page.moment.view.state.required;
    let asked: Vec<&str> = required.iter().map(words::requirement).collect();
    html! {
        @if !asked.is_empty() { p { "The production asks for: " (asked.join("; ")) "." } }
    }
}

/// What may be asked for, or no longer.
pub fn requirements(page: &Page, me: &Me) -> Markup {
    let required = page.moment.view.state.required;
    let mut offered = Offered::new(page, me);
    for what in Requirement::ALL {
        let asked = required.has(what);
        let (title, words) = (words::requirement(what), if asked { "no longer ask for" } else { "ask for" });
        offered.act(&format!("{words}: {title}"), &[Intent::Require { what, required: !asked }], || {
            Act::of("require", String::new(), &format!("{words}: {title}"))
                .body(json!({ "required": !asked, "what": what.word() }))
                .then("Recorded.", "")
                .held(&format!("Hold: {words}: {title}"), "small")
        });
    }
    html! { details { summary { "What the production asks for beyond the laws" } (offered.render("Nothing to ask for more.")) } }
}
