//! The record, entry by entry, in the three views of law 13: as it was first entered, as it holds, and both.

use axum::extract::{Query, State};
use maud::{Markup, html};
use record::history::View;
use record::{Event, Id, Intent, Millis};
use serde::Deserialize;
use service::{Matter, RecordLine, Recorded, TimelineEntry};

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::card::why;
use crate::pages::gun::{attached, intent_words};
use crate::state::App;
use crate::words;

/// How many entries a page has.
const ROWS: usize = 50;

/// The three, as they are asked for and as they are called.
const VIEWS: [(&str, View, &str, &str); 3] = [
    ("both", View::Both, "Both", "Every entry, with what it corrects and what corrects it."),
    ("original", View::Original, "As first entered", "Without the entries that correct others."),
    ("corrected", View::Corrected, "As it holds", "Without the entries that others correct."),
];

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    view: String,
    before: Option<u64>,
}

/// The record.
pub async fn record(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Markup {
    let page = Page::mine(&app, &me, "Record", "record");
    let chosen = VIEWS.iter().find(|(word, ..)| *word == asked.view).or(VIEWS.first());
    let Some((word, view, _, about)) = chosen else { return html! {} };
    let before = asked.before.unwrap_or(u64::MAX);
    let lines = page.moment.view.record(*view, before, ROWS);
    let older = lines.last().map(|line| line.index).filter(|index| *index > 0);
    page.render(&html! {
        div.information {
            h1.big { "The record" }
            p { "Nothing is edited and nothing is deleted. What is entered anew is another entry, and the later one holds." }
            nav.views aria-label="Views" { @for (other, _, called, _) in &VIEWS {
                a.button.small href={ "/record?view=" (other) } aria-current=[(other == word).then_some("page")] {
                    @if other == word { b { (called) } span.more { "shown now" } } @else { (called) }
                }
            } }
            p.dim { (about) " " (page.moment.view.size) " entries in all." }
        }
        section.timeline aria-labelledby="entries" {
            h2.unseen #entries { "Entries" }
            @if lines.is_empty() { p.dim { "There is none before this." } }
            ol.plain reversed { @for line in &lines { (entry(&page, line)) } }
        }
        div.acts {
            @if let Some(older) = older {
                a.button href={ "/record?view=" (word) "&before=" (older) } { "Older entries" }
            }
            a.button.small href="/day" { "Day" }
        }
    })
}

fn entry(page: &Page, line: &RecordLine) -> Markup {
    let names = page.moment.names();
    let about = line.said.as_ref().and_then(|said| about(page, line.about, said));
    let refused = line.said.as_ref().is_some_and(|said| matches!(said.matter, Matter::Open { accepted: false, .. }));
    html! {
        li.entry id={ "entry-" (line.index) } data-accepted=(if refused { "no" } else { "yes" }) {
            p.head {
                span { (names.clock(Millis(line.decided_at_ms))) } " "
                b { (what(line)) } @if let Some(about) = about { ": " (about) }
            }
            @match &line.said {
                Some(said) => p.dim { "entered by "
                    (said.by.map_or_else(|| "somebody without log-in".to_owned(), |by| names.name(by))) ", entry " (line.index) },
                None => p.dim { "entry " (line.index) ", signed by nobody" },
            }
            @if let Some(other) = line.corrects { p { "Corrects " (link(other)) "." } }
            @if let Some(other) = line.corrected_by { p { "Corrected by " (link(other)) "." } }
            @if let Some(said) = &line.said {
                (attached(page, said))
                @if let Matter::Open { reasons, .. } = &said.matter { @for reason in reasons { (why(&names.reason_about(line.about, reason))) } }
            }
        }
    }
}

/// What an entry is about in words, and whom or what it names beside it.
fn about(page: &Page, about: Option<Id>, said: &TimelineEntry) -> Option<String> {
    let names = page.moment.names();
    let thing = about.map(|id| called(page, id));
    let Matter::Open { intent, .. } = &said.matter else { return thing };
    if let Intent::NameInquiry { stop, inquirer } = intent {
        return Some(format!("{} inquires into {}", names.name(*inquirer), called(page, *stop)));
    }
    if let Intent::EnrolDevice { device, .. } = intent {
        return Some(device_of(page, *device));
    }
    thing
}

/// A device has no name: it is somebody's.
fn device_of(page: &Page, device: Id) -> String {
    let owner = page.moment.view.state.devices.get(&device).map(|it| page.moment.view.name(it.owner));
    owner.map_or_else(|| page.moment.view.name(device), |owner| format!("{} of {owner}", page.moment.view.name(device)))
}

/// A thing by its name; an act, which has none, by the entry that it is.
fn called(page: &Page, id: Id) -> String {
    let view = &page.moment.view;
    let index = match view.answer(id) {
        Some(Recorded::Open(answer)) => Some(answer.index),
        Some(Recorded::Sealed { index, .. }) => Some(index),
        None => None,
    };
    let line = index.and_then(|index| view.record(View::Both, index.saturating_add(1), 1).pop());
    let Some((line, said)) = line.as_ref().and_then(|line| line.said.as_ref().map(|said| (line, said))) else {
        return if view.state.devices.contains_key(&id) { device_of(page, id) } else { view.name(id) };
    };
    let at = page.moment.names().clock(Millis(line.decided_at_ms));
    let cause = match &said.matter {
        Matter::Open { events, .. } => events.iter().find_map(stop_of),
        Matter::Sealed => None,
    };
    match cause {
        Some(cause) => format!("the stop of {at}, {cause} (entry {})", line.index),
        None => format!("\u{201c}{}\u{201d} of {at} (entry {})", intent_words(said.kind).replace('_', " "), line.index),
    }
}

/// Why everything was stopped by this.
const fn stop_of(event: &Event) -> Option<&'static str> {
    if let Event::StopPulled { cause, .. } = event { Some(words::stop_cause(*cause)) } else { None }
}

fn what(line: &RecordLine) -> String {
    match &line.said {
        None if line.index == 0 => "the log was founded".to_owned(),
        None => "the service noticed, or carried over".to_owned(),
        Some(said) => {
            let words = intent_words(said.kind).replace('_', " ");
            match &said.matter {
                Matter::Sealed => format!("{words} (closed until both have answered)"),
                Matter::Open { accepted: true, .. } => words,
                Matter::Open { accepted: false, .. } => format!("Refused: {words}"),
            }
        }
    }
}

/// The other entry, at the top of a page of its own.
fn link(index: u64) -> Markup {
    html! { a href={ "/record?view=both&before=" (index.saturating_add(1)) } { "entry " (index) } }
}
