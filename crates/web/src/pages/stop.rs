//! STOP, and the way out of it: a named inquiry.

use axum::extract::State;
use kernel::{Role, Stop};
use maud::{Markup, html};
use record::{Id, Real};
use serde_json::json;

use crate::auth::{Caller, Me};
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, choices, files_field, hold_button, people_who};
use crate::pages::card::shape;
use crate::pages::erasure::preserving;
use crate::pages::exhibit::{exhibits, keeping};
use crate::state::App;
use crate::words;

/// STOP for anybody; while everything is held, what to do.
pub async fn stop(State(app): State<App>, caller: Caller) -> Markup {
    // Whoever is of a unit that is not held may have something to stop.
    let state = &app.service.view().state;
    let held = state.everything_is_held();
    let page = Page::new(&app, &caller, if held { "HELD" } else { "Stop" }, if held { "stopped" } else { "stop" });
    let main = if held { stopped(&page) } else { stop_now() };
    page.render(&main)
}

fn stop_now() -> Markup {
    html! {
        div.information {
            h1.big { "Stop everything" }
            p { "Anybody may, for any reason, without log-in. Hold a button for one second." }
            p.dim { "Nothing that can fire is used until a named inquiry has lifted the stop." }
        }
        div.acts {
            button.button.stop type="button" data-stop="person_hurt" data-hold="" { "Hold: SOMEBODY IS HURT" }
            button.button.stop type="button" data-stop="live_round" data-hold="" { "Hold: A LIVE ROUND" }
        }
    }
}

fn stopped(page: &Page) -> Markup {
    let names = page.moment.names();
    let stops: Vec<_> = page.moment.view.state.stops.iter().collect();
    let since = stops.iter().map(|(_, stop)| stop.since).min();
    html! {
        div.information {
            p.top { strong { "Everything is held" } @if let Some(since) = since { span { (names.clock(since)) } } }
            h1.huge { "Do not open." br; "Do not unload." br; "Do not discard." }
            p.big { "People first: is anyone hurt? Call the medic." }
            p.how { "The gun involved stays as it is, guarded by a named person. The handler takes the others as they are, \
                 muzzles controlled, and locks them apart. Nothing is tidied." }
        }
        div.acts #stops data-follow="" {
            @if page.me.is_some() {
                @if page.roles().handles() {
                    a.button.dark href="/take-back" { "Take guns back as they are" }
                    a.button.dark href="/guns" { "Lock a gun away" }
                }
                a.button.outline href="/stops" { "Inquiry, and exhibits" }
            }
            a.button.outline href=(if page.me.is_some() { "/report" } else { "/log-in?then=/report" }) { "I saw something" }
        }
        // Who and why are for those who are logged in.
        @if page.me.is_some() {
            div.information #why data-follow="" { @for (_, stop) in &stops { p { (stop_line(page, stop)) } } }
        }
    }
}

fn stop_line(page: &Page, stop: &Stop<Real>) -> String {
    let names = page.moment.names();
    let by = stop.by.map_or_else(|| "somebody without log-in".to_owned(), |by| names.name(by));
    let gun = stop.gun.map_or_else(String::new, |gun| format!(", {}", names.name(gun)));
    let lot = stop.lot.map_or_else(String::new, |lot| format!(", {}", names.name(lot)));
    let inquiry = stop.inquiry.map_or_else(|| "not named yet".to_owned(), |it| names.name(it.inquirer));
    let cause = words::stop_cause(stop.cause);
    format!("{}: {cause}{gun}{lot}. Entered by {by}. Inquiry: {inquiry}.", names.clock(stop.since))
}

/// The stops that stand, with their inquiries.
pub async fn stops(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Inquiry", "stops");
    let stops: Vec<_> = page.moment.view.state.stops.iter().collect();
    page.render(&html! {
        div.information {
            h1.big { "Inquiry" }
            p.dim { "Only a named inquiry lifts a stop: not the person it concerns, and no producer alone." }
        }
        div.acts #stops data-follow="" {
            @if stops.is_empty() { p.notice { "No stop stands." } }
            @for (id, stop) in &stops { (inquiry(&page, **id, stop)) }
            (exhibits(&page, &me))
            (preserving(&page, &me))
        }
    })
}

fn inquiry(page: &Page, id: Id, stop: &Stop<Real>) -> Markup {
    let title = format!("stop-{id}");
    html! {
        section.stop aria-labelledby=(title) {
            h2 id=(title) { (shape("held")) (stop_line(page, stop)) }
            (keeping(page, id, stop))
            @if stop.inquiry.is_some() {
                (Act::new("close_inquiry", id, "close the inquiry").body(json!({}))
                    .then("The stop is lifted. Every gun is UNKNOWN until shown.", "/board")
                    .form(&html! {
                        (files_field(&format!("files-{id}"), "The inquiry's report, if it is written"))
                        (hold_button("Hold: close the inquiry and lift the stop", "primary"))
                    }))
            }
            details open[stop.inquiry.is_none()] {
                summary { "Name who inquires" }
                (named(page, id, stop))
            }
        }
    }
}

/// Whoever may inquire: those first whose work it is, so that nobody looks for them among the extras.
fn named(page: &Page, id: Id, stop: &Stop<Real>) -> Markup {
    let may = people_who(page, |roles| !roles.is_empty() && !roles.has(Role::Producer));
    let may = may.into_iter().filter(|(person, _, _)| !stop.concerned.contains(&Some(*person)));
    let their_work = |person: &Id| {
        let roles = page.moment.view.state.roles(*person);
        [Role::Investigator, Role::SafetyOfficer, Role::FirstAd].into_iter().any(|role| roles.has(role))
    };
    let (first, others): (Vec<_>, Vec<_>) = may.partition(|(person, _, _)| their_work(person));
    let form = |people: &[Choice]| Act::new("name_inquiry", id, "name who inquires").form(&choices("inquirer", people));
    html! {
        @if first.is_empty() { (form(&others)) }
        @else {
            (form(&first))
            @if !others.is_empty() { details { summary { "Somebody else" } (form(&others)) } }
        }
    }
}
