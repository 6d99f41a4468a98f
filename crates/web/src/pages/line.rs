//! A line of people without phones: handler and witness walk it, each scans gun and wristband and reads
//! for himself; one count at the cut.

use axum::extract::{Path, State};
use kernel::{Gun, Intent, Line, Role};
use maud::{Markup, html};
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{Act, Offered, ReadBy, choices, hold_button, label_field, number, people_who};
use crate::pages::card::card;
use crate::pages::check::Reading;
use crate::pages::{Page, PageProblem, gun_id};
use crate::problem::Problem;
use crate::state::App;
use crate::words::Told;

/// The most guns of one line.
const MOST_GUNS: u32 = 1000;

/// The lines that stand, and how to begin one.
pub async fn lines(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Line", "gun");
    let names = page.moment.names();
    let witnesses = people_who(&page, |roles| roles.has(Role::Witness));
    let intents: Vec<Intent<Real>> =
        witnesses.iter().map(|(witness, ..)| Intent::BeginLine { witness: *witness }).collect();
    let mut offered = Offered::new(&page, &me);
    offered.act("Begin a line", &intents, || {
        html! {
            h2 { "Begin a line. Who walks with you?" }
            (Act::of("begin_line", String::new(), "begin a line").then("The line has begun.", "/line/{intent}")
                .form(&choices("witness", &witnesses)))
        }
    });
    page.render(&html! {
        div.information #lines data-follow="" {
            h1.big { "Guns along a line" }
            p.dim { "For people without phones: gun, wristband, one reading each; one count at the cut." }
            @if page.moment.view.state.lines.is_empty() { p.notice { "No line stands." } }
            @for (id, line) in &page.moment.view.state.lines {
                a.item href={ "/line/" (id) } {
                    b { "Since " (names.clock(line.since)) }
                    span { (names.name(line.handler)) ", with " (names.name(line.witness)) }
                }
            }
        }
        div.acts #open data-follow="" { (offered.render("Nothing is open to you now.")) }
    })
}

/// Who looks at a line.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Side {
    /// He hands the guns out.
    Handler,
    /// He reads them as well.
    Witness,
    /// Neither.
    Other,
}

fn find(page: &Page, text: &str, me: Id) -> Result<(Id, Line<Real>, Side), PageProblem> {
    let id = crate::api::id(text, "line")?;
    let line = page.moment.view.state.lines.get(&id).copied().ok_or_else(|| Problem::unknown("line"))?;
    let side = if line.handler == me {
        Side::Handler
    } else if line.witness == me {
        Side::Witness
    } else {
        Side::Other
    };
    Ok((id, line, side))
}

/// One line: the next gun.
pub async fn line(State(app): State<App>, me: Me, Path(line): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Line", "mode");
    let (id, line, side) = find(&page, &line, me.person)?;
    let names = page.moment.names();
    let next = format!("/line/{id}/guns/{{id}}");
    Ok(page.render(&html! {
        div.information {
            h1.big { @if side == Side::Other { "A line of two others" } @else { "Next gun" } }
            p.dim { (names.name(line.handler)) " hands out, " (names.name(line.witness)) " reads as well" }
            @if side != Side::Other { (label_field("gun", &next)) }
        }
        div.acts #list data-follow="" {
            @match side {
                Side::Handler => (in_hand(&page, id, me.person)),
                Side::Witness => (unconfirmed(&page, id)),
                Side::Other => {}
            }
            @if side != Side::Other { a.button href={ "/line/" (id) "/muster" } { "CUT: count the guns" } }
            a.button.small href="/line" { "Lines" }
        }
    }))
}

/// The guns in the handler's hands that are not read yet.
fn in_hand(page: &Page, line: Id, me: Id) -> Markup {
    let state = &page.moment.view.state;
    let mine = state.guns.iter().filter(|(_, gun)| gun.is_with(me) && !is_issued(gun, line));
    html! {
        @for (gun, _) in mine {
            a.item href={ "/line/" (line) "/guns/" (gun) } { b { (page.moment.view.name(*gun)) } span.dim { "in your hands" } }
        }
    }
}

fn is_issued(gun: &Gun<Real>, line: Id) -> bool {
    gun.in_line.is_some_and(|it| it.line == line)
}

/// The guns that the handler has read and the witness has not. To whom, he reads for himself.
fn unconfirmed(page: &Page, line: Id) -> Markup {
    let state = &page.moment.view.state;
    let waiting = state
        .guns
        .iter()
        .filter(|(_, gun)| is_issued(gun, line) && state.lines.get(&line).is_some_and(|it| gun.is_with(it.handler)));
    html! {
        @for (gun, _) in waiting {
            a.item href={ "/line/" (line) "/guns/" (gun) } {
                b { (page.moment.view.name(*gun)) } span.dim { "read it, and its wristband" }
            }
        }
    }
}

/// One gun of a line: whose wristband?
pub async fn gun(
    State(app): State<App>,
    me: Me,
    Path((line, gun)): Path<(String, String)>,
) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Line", "mode");
    let (id, _, side) = find(&page, &line, me.person)?;
    let (_, told) = page.gun(gun_id(&gun)?)?;
    let people = people_who(&page, |roles| roles.performs());
    let to = |person: &str| format!("/line/{id}/guns/{}/to/{person}", told.gun);
    Ok(page.render(&html! {
        div.information {
            h1.big { (told.name) ": whose wristband?" }
            div.one { (card(&told)) }
            @if side != Side::Other { (label_field("person", &to("{id}"))) }
        }
        div.acts {
            @if side == Side::Other { p.notice { "Only the two who walk this line read its guns." } }
            @else {
                @for (person, name, roles) in &people {
                    a.button.choice href=(to(&person.to_string())) { (name) span.more { (roles) } }
                }
            }
            a.button.small href={ "/line/" (id) } { "Another gun" }
        }
    }))
}

/// One gun and one wristband: what is in the gun?
pub async fn read(
    State(app): State<App>,
    me: Me,
    Path((line, gun, person)): Path<(String, String, String)>,
) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Line", "check");
    let (id, _, side) = find(&page, &line, me.person)?;
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    let to = crate::api::id(&person, "person")?;
    let entry = page.moment.view.state.guns.get(&gun);
    let issue = entry.and_then(|gun| gun.in_line).filter(|it| it.line == id).map(|it| it.issue);
    let by = entry.map_or(ReadBy::Chambers, ReadBy::of);
    let (kind, body) = match (side, issue) {
        (Side::Handler, _) => (issue_word(by), json!({ "line": id.to_string(), "to": to.to_string() })),
        (Side::Witness, Some(issue)) => (confirm_word(by), json!({ "issue": issue.to_string(), "to": to.to_string() })),
        (Side::Witness, None) => return Ok(not_yet(&page, &told, id, "The one who hands out has not read it yet.")),
        (Side::Other, _) => return Ok(not_yet(&page, &told, id, "Only the two who walk this line read its guns.")),
    };
    let chambers = entry.filter(|gun| gun.kind.fires()).map_or(0, |gun| gun.chambers);
    let then = format!("/line/{id}");
    let to_name = page.moment.view.name(to);
    let name = format!("{} for {to_name}", told.name);
    Ok(page.render(&html! {
        @if chambers == 0 {
            div.information {
                h1.big { (told.name) " for " (to_name) }
                div.one { (card(&told)) }
                p.dim { "It holds no cartridge. Look at its label once more." }
            }
            div.acts {
                (Act::new(kind, gun, &format!("{} for {to_name}", told.name))
                    .body(with_no_reading(body)).then("Read.", &then)
                    .held("Hold: it is the thing on its label", "primary"))
            }
        } @else {
            (Reading { kind, body, name: &name, side: "", then, done: "Read. Nobody sees it before both have." }.screen(gun, entry))
        }
    }))
}

const fn issue_word(by: ReadBy) -> &'static str {
    match by {
        ReadBy::Chambers => "issue_in_line",
        ReadBy::Feed => "issue_feed_in_line",
        ReadBy::Barrels => "issue_barrels_in_line",
    }
}

const fn confirm_word(by: ReadBy) -> &'static str {
    match by {
        ReadBy::Chambers => "confirm_in_line",
        ReadBy::Feed => "confirm_feed_in_line",
        ReadBy::Barrels => "confirm_barrels_in_line",
    }
}

fn with_no_reading(mut body: serde_json::Value) -> serde_json::Value {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("readings".to_owned(), json!([]));
    }
    body
}

fn not_yet(page: &Page, told: &Told, line: Id, words: &str) -> Markup {
    page.render(&html! {
        div.information { h1.big { (words) } div.one { (card(told)) } }
        div.acts { a.button href={ "/line/" (line) } { "Back to the line" } }
    })
}

/// The count at the cut, blind: what it should be stands nowhere here.
pub async fn muster(State(app): State<App>, me: Me, Path(line): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Muster", "mode");
    let (id, line, side) = find(&page, &line, me.person)?;
    let answered = match side {
        Side::Handler => line.handler_counted.is_some(),
        Side::Witness => line.witness_counted.is_some(),
        Side::Other => false,
    };
    Ok(page.render(&html! {
        div.information #muster data-follow="" {
            h1.big { "How many guns stand in the line?" }
            p.dim { "Count them with your eyes, alone. Each on his own device; nobody sees the other\u{2019}s number." }
            @if line.again { p.notice { "The two numbers differed, or not every gun is there. Both count again." } }
        }
        div.acts {
            @if side == Side::Other { p.notice { "Only the two who walk this line count it." } }
            @else if answered { p.notice { "You have counted. The other has not." } }
            @else {
                (Act::new("muster_line", id, "count the guns of the line").then("Recorded.", "/line").form(&html! {
                    (number("guns", "guns", "Guns that you see", 0, MOST_GUNS))
                    (hold_button("Hold to send the number", "primary"))
                }))
            }
            a.button.small href={ "/line/" (id) } { "Back to the line" }
        }
    }))
}
