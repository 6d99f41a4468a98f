//! People, their roles today, and their devices.

use axum::extract::{Path, Query, State};
use kernel::{Day, Intent, Role};
use maud::{Markup, html};
use record::Id;
use record::label::{LabelKind, label};
use record::words::Word;
use serde::Deserialize;
use serde_json::json;

use crate::api::id;
use crate::auth::Me;
use crate::pages::acts::{Act, Offered, hold_button, pick};
use crate::pages::door::pin_field;
use crate::pages::erasure::erasing;
use crate::pages::units::of_unit;
use crate::pages::{Page, PageProblem, training};
use crate::problem::Problem;
use crate::state::App;
use crate::words;

/// The roster is entered by the half hour, a day ahead.
const HALF_HOUR_MS: i64 = 30 * 60 * 1000;
const HALF_HOURS: i64 = 47;

/// From more people than this on there is a field to find one.
const MANY: usize = 8;

/// Part of a name or a role that is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    named: Option<String>,
}

/// Everybody whose name or role today has this in it, by name.
fn called<'a>(page: &'a Page, named: &str) -> Vec<(&'a Id, String, &'a kernel::Person<record::Real>)> {
    let part = named.trim().to_lowercase();
    let all = page.moment.view.state.people.iter().map(|(id, person)| (id, page.moment.view.name(*id), person));
    let found = |text: &str| text.to_lowercase().contains(&part);
    let mut people: Vec<_> = all.filter(|(id, name, _)| found(name) || found(&roles_line(page, **id))).collect();
    people.sort_by_cached_key(|(_, name, _)| words::in_order(name));
    people
}

/// A question to this page, and no entry.
fn by_name(named: &str) -> Markup {
    html! {
        form.choose method="get" action="/people" role="search" {
            label for="named" { "Find by name or role" }
            div.row {
                input #named name="named" type="search" value=(named) maxlength="120" autocomplete="off";
                button.button type="submit" { "Find" }
            }
        }
    }
}

/// Everybody, with today's roles.
pub async fn people(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Markup {
    let page = Page::mine(&app, &me, "People", "people");
    let state = &page.moment.view.state;
    let named = asked.named.unwrap_or_default();
    let people = called(&page, &named);
    let next = state.day.map_or(1, |day| day.0.saturating_add(1));
    let add = Act::of("add_person", "new".to_owned(), "enter a person").then("Entered.", "/people/{item}");
    let name = html! {
        label for="name" { "Name" }
        div.row {
            input #name name="name" data-as="secret" required maxlength="120" autocomplete="off";
            button.button type="submit" { "Enter" }
        }
        p.dim { "The name stands beside the record and can be erased; the record keeps a digest." }
    };
    page.render(&html! {
        div.information #list data-follow="" {
            h1.big { "People" }
            (training::asked_for(&page))
            @if state.people.len() > MANY { (by_name(&named)) }
            @if people.is_empty() { p.notice { "Nobody is called so, and nobody has that role today." } }
            ul.plain {
                @for (id, name, person) in &people {
                    li {
                        a.item href={ "/people/" (id) } {
                            b { (name) }
                            span.dim { (roles_line(&page, **id)) }
                            @if let Some(out) = person.out_since {
                                span { "out of the room since " (page.moment.names().clock(out)) }
                            }
                        }
                    }
                }
            }
        }
        div.acts {
            a.button.small href="/register" { "Register: guns, places, lots" }
            @if page.roles().keeps_the_register() {
                (add.form(&name))
                (training::requirements(&page, &me))
            }
            @if page.roles().runs_the_day() {
                (Act::of("report_break", String::new(), "a break begins").button("A break begins", "small"))
                (Act::of("open_day", String::new(), &format!("open day {next}"))
                    .body(json!({ "day": next })).held(&format!("Hold: open day {next}"), "small"))
            }
        }
    })
}

fn roles_line(page: &Page, person: Id) -> String {
    let roles: Vec<&str> = page.moment.view.state.roles(person).iter().map(words::role).collect();
    let words = if roles.is_empty() { "no role today".to_owned() } else { roles.join(", ") };
    let units = &page.moment.view.state.units;
    if units.are_several() { format!("{words}; {}", words::unit(units.of_person(person))) } else { words }
}

/// One person.
pub async fn person(State(app): State<App>, me: Me, Path(person): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Person", "people");
    let person = id(&person, "person")?;
    let state = &page.moment.view.state;
    let entry = state.people.get(&person).ok_or_else(|| Problem::unknown("person"))?;
    let name = page.moment.view.name(person);
    let badge = label(LabelKind::Person, page.moment.production, person);
    let keeps = page.roles().keeps_the_register();
    Ok(page.render(&html! {
        div.information {
            h1.big { (name) }
            p { (roles_line(&page, person)) }
            @for words in duties(&page, entry) { p { (words) } }
            (of_unit(&page, state.units.of_person(person), Some(person)))
            (training::of_person(&page, person, entry))
            @if entry.authority { p { "Was given the armorer's authority in writing." } }
            @if state.contact == Some(person) { p { b { "Is the one whom everybody can ask." } } }
            @if entry.guard { p { b { "Stands outside the perimeter today as an armed guard." } } }
            p.dim { "Badge " span.mono { (badge) } }
            (devices(&page, person, keeps || person == me.person))
        }
        div.acts {
            @if entry.out_since.is_none() {
                (Act::new("report_left", person, &format!("{name} left the room")).button("Left the room", "small"))
            } @else {
                (Act::new("report_returned", person, &format!("{name} is back")).button("Is back", "small"))
            }
            @if keeps || person == me.person {
                (Act::new("invite_device", person, &format!("invite a device of {name}"))
                    .then("Invited.", "/invitations/{intent}").button("Invite a device", ""))
            }
            @if person == me.person { (pin_form()) }
            @if person != me.person && may_enter_training(&page) { (training::entered(&page, &me, person, &name)) }
            (guard(&page, &me, person, entry, &name))
            @if keeps && state.contact != Some(person) {
                (Act::new("name_contact", person, &format!("name {name} as whom everybody can ask"))
                    .then("Named.", "").button("Name as whom everybody can ask", "small"))
            }
            @if page.roles().has(Role::Producer) { (authority(&page, &me, person, entry, &name)) }
            @if keeps && person != me.person {
                (roles_form(&page, person, &name))
                (roster_form(&page, person, &name))
            }
            (personal_weapon(person, &name))
            (erasing(&page, &me, person))
        }
    }))
}

/// An armed guard has no part inside; that he came in is reported by anybody.
fn guard(page: &Page, me: &Me, person: Id, entry: &kernel::Person<record::Real>, name: &str) -> Markup {
    let declares = page.roles().runs_the_day() || page.roles().has(Role::SafetyOfficer);
    let outside = !entry.guard;
    let (title, words) = if outside {
        (format!("{name} stands outside as an armed guard"), "Hold: stands outside as an armed guard")
    } else {
        (format!("{name} is no armed guard any more"), "Hold: is no armed guard any more")
    };
    let mut offered = Offered::new(page, me);
    offered.act(&title, &[Intent::DeclareGuard { person, outside }], || {
        Act::new("declare_guard", person, &title)
            .body(json!({ "outside": outside }))
            .then("Entered.", "")
            .held(words, "small")
    });
    html! {
        @if entry.guard {
            (Act::new("report_guard_inside", person, &format!("{name} came inside with a gun"))
                .then("Everything is held.", "/stops").held("Hold: came inside the perimeter", ""))
        }
        @if declares && (entry.guard || page.moment.view.state.roles(person).is_empty()) { (offered.render("")) }
    }
}

/// A gun or rounds of his own: nobody has checked or counted them.
fn personal_weapon(person: Id, name: &str) -> Markup {
    html! {
        details {
            summary { "Has a gun or rounds of his own here" }
            p.dim { "Touch nothing. It stops everything, and no inquiry into it is led by " (name) "." }
            (Act::of("report_personal_weapon", String::new(), &format!("{name} has a gun or rounds of his own"))
                .body(json!({ "whose": person.to_string() })).then("Everything is held.", "/stop")
                .held("Hold: on no register", "small danger"))
        }
    }
}

/// The producer enters that it was given in writing.
fn authority(page: &Page, me: &Me, person: Id, entry: &kernel::Person<record::Real>, name: &str) -> Markup {
    let given = !entry.authority;
    let words = if given { "was given the authority in writing" } else { "has the authority no more" };
    let title = format!("{name} {words}");
    let mut offered = Offered::new(page, me);
    offered.act(&title, &[Intent::EnterAuthority { person, given }], || {
        Act::new("enter_authority", person, &title).body(json!({ "given": given })).then("Entered.", "").form(&html! {
            label for="letter" { "The letter: its date, or where it lies" }
            input #letter name="note" data-as="secret" maxlength="120" autocomplete="off";
            (hold_button(&format!("Hold: {words}"), "small"))
        })
    });
    html! {
        @if entry.authority || page.moment.view.state.may_have_authority(person) {
            details { summary { "The armorer's authority" } (offered.render("Another one enters it.")) }
        }
    }
}

fn may_enter_training(page: &Page) -> bool {
    let roles = page.roles();
    roles.handles() || roles.keeps_the_register() || roles.has(Role::SafetyOfficer)
}

fn pin_form() -> Markup {
    html! {
        details {
            summary { "Change your PIN" }
            form #new-pin {
                label for="old" { "The PIN that you have" }
                (pin_field("old", "old", "current-password"))
                label for="new" { "The new PIN, 4 to 8 digits" }
                (pin_field("new", "new", "new-password"))
                button.button.small type="submit" { "Change it" }
            }
        }
    }
}

fn devices(page: &Page, person: Id, may_revoke: bool) -> Markup {
    let devices: Vec<_> = page.moment.view.state.devices.iter().filter(|(_, device)| device.owner == person).collect();
    html! {
        h2 { "Devices" }
        @if devices.is_empty() { p.dim { "None is enrolled." } }
        ul.plain {
            @for (id, device) in devices {
                li.device {
                    span.mono { (id.short()) }
                    @if device.revoked { span.dim { "revoked" } }
                    @else if may_revoke {
                        (Act::new("revoke_device", *id, "revoke a device").held("Hold: revoke", "small"))
                    }
                }
            }
        }
    }
}

fn roles_form(page: &Page, person: Id, name: &str) -> Markup {
    let state = &page.moment.view.state;
    let now = state.on_day(person);
    let day = state.day.unwrap_or(Day(1));
    let roles = state.roles(person);
    let inner = html! {
        fieldset {
            legend { "Roles on day " (day.0) }
            div.boxes {
                @for role in Role::ALL {
                    label.pick {
                        input type="checkbox" name="roles" value=(role.word()) data-as="texts" checked[roles.has(role)];
                        span { (words::role(role)) }
                    }
                }
            }
        }
        label for="answers_to" { "Answers to" }
        select #answers_to name="answers_to" data-as="maybe" {
            option value="" { "nobody" }
            @for other in state.people.keys().filter(|other| **other != person) {
                option value=(other) selected[now.and_then(|it| it.answers_to) == Some(*other)] {
                    (page.moment.view.name(*other))
                }
            }
        }
        button.button type="submit" { "Enter these roles" }
    };
    Act::new("assign_roles", person, &format!("roles of {name}"))
        .body(json!({"day": day.0, "roles": [], "answers_to": null}))
        .form(&inner)
}

/// What a person is rostered for from now on.
fn duties(page: &Page, person: &kernel::Person<record::Real>) -> Vec<String> {
    let names = page.moment.names();
    let due = person.duties.iter().filter(|(_, duty)| duty.until.0 > page.moment.now_ms);
    due.map(|((from, _), duty)| {
        let (from, until) = (names.minute(*from), names.minute(duty.until));
        format!("rostered as {} from {from} until {until}", words::role(duty.role))
    })
    .collect()
}

/// Half hours by the production's clock, so that nobody has to type a time.
fn roster_form(page: &Page, person: Id, name: &str) -> Markup {
    let now = page.moment.now_ms;
    let first = now.saturating_sub(now.rem_euclid(HALF_HOUR_MS));
    let hours: Vec<i64> =
        (0..=HALF_HOURS).map(|step| first.saturating_add(step.saturating_mul(HALF_HOUR_MS))).collect();
    let field = |id: &str, field: &str, words: &str, hours: &[i64]| {
        html! {
            label for=(id) { (words) }
            select id=(id) name=(field) data-as="integer" {
                @for at in hours { option value=(at) { (page.moment.names().minute(record::Millis(*at))) } }
            }
        }
    };
    let inner = html! {
        (pick::<Role>("roster-role", "role", "As what", words::role))
        (field("roster-from", "from", "From", &hours))
        (field("roster-until", "until", "Until", hours.get(1..).unwrap_or_default()))
        button.button type="submit" { "Enter this duty" }
    };
    html! {
        details {
            summary { "Roster" }
            p.dim { "Whoever is rostered for other work at an hour issues no gun and no round in it." }
            (Act::new("roster_duty", person, &format!("roster {name}")).form(&inner))
        }
    }
}

/// An invitation, whose code is shown once.
pub async fn invitation(State(app): State<App>, me: Me, Path(intent): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Invitation", "people");
    let intent = id(&intent, "invitation")?;
    let person = page.moment.view.state.invitations.get(&intent).copied();
    let name = person.map_or_else(String::new, |person| page.moment.view.name(person));
    Ok(page.render(&html! {
        div.information {
            @if person.is_some() {
                h1.big { "A device for " (name) }
                p { "Whoever has the code enrols a device that signs as " (name) ". Show it to nobody else." }
            } @else {
                h1.big { "This invitation was used, or there is none." }
            }
        }
        div.acts {
            @if person.is_some() { button.button.primary type="button" data-code=(intent) { "Show the code" } }
            a.button href="/people" { "People" }
        }
    }))
}
