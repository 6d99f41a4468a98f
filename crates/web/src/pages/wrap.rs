//! The wrap certificate: what was where when a day was wrapped, black on white, for paper.

use axum::extract::{Path, State};
use kernel::{Day, Event, Place};
use maud::{Markup, html};
use record::label::{LabelKind, label};
use record::{Id, Real};
use service::{Matter, TimelineEntry};

use crate::auth::Me;
use crate::lot_words::lot_line;
use crate::pages::{Page, PageProblem, requests};
use crate::problem::Problem;
use crate::state::App;
use crate::words;

/// Brass that two roles declared lost.
struct LostBrass {
    lot: Id,
    brass: u32,
    place: Id,
    by: [Id; 2],
}

/// The certificate of a day.
pub async fn certificate(State(app): State<App>, me: Me, Path(day): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Wrap certificate", "certificate");
    let day = Day(day.parse().map_err(|_| Problem::unknown("day"))?);
    let journal = page.moment.view.journal(usize::MAX);
    let entry = journal.iter().find(|entry| is_wrap_of(entry, day)).ok_or_else(not_wrapped)?;
    let lost = lost_brass(&journal, day);
    let state = page.moment.view.state_as_of(entry.index.saturating_add(1));
    Ok(page.render(&html! {
        article.paper {
            header {
                h1 { (page.moment.title()) ": day " (day.0) " wrapped" }
                (head(&page, entry))
            }
            (guns(&page, &state))
            (lots(&page, &state))
            (seals(&page, state.places.iter()))
            (losses(&page, &lost))
            (requests::open(&app, &page, &state))
            p { "Nothing was out, no count was open and no stop stood, as far as people entered it. This page sees "
                "only what was entered. It prevents nothing." }
            (of_the_record(&page, entry))
        }
        div.acts { button.button.primary type="button" data-print="" { "Print" } a.button href="/day" { "Day" } }
    }))
}

fn not_wrapped() -> Problem {
    Problem::new(
        axum::http::StatusCode::NOT_FOUND,
        "DAY-NOT-WRAPPED",
        "This day was not wrapped. There is no certificate of it.",
        "Look at what is open on the day\u{2019}s page, close it, and wrap the day.",
    )
}

fn is_wrap_of(entry: &TimelineEntry, day: Day) -> bool {
    events(entry).iter().any(|event| matches!(event, Event::DayWrapped { day: of, .. } if *of == day))
}

fn events(entry: &TimelineEntry) -> &[Event<Real>] {
    match &entry.matter {
        Matter::Open { events, .. } => events,
        Matter::Sealed => &[],
    }
}

/// What was declared lost on that day: from its wrap, or the newest entry, back to where it was opened.
fn lost_brass(journal: &[TimelineEntry], day: Day) -> Vec<LostBrass> {
    let of_the_day = journal.iter().skip_while(|entry| !is_wrap_of(entry, day)).take_while(|entry| {
        let opened = |event: &Event<Real>| matches!(event, Event::DayOpened { day: of, .. } if *of == day);
        !events(entry).iter().any(opened)
    });
    let events = of_the_day.flat_map(events);
    let lost = events.filter_map(|event| {
        let Event::BrassLost { lot, brass, place, first, second } = *event else { return None };
        Some(LostBrass { lot, brass, place, by: [first, second] })
    });
    lost.collect()
}

fn head(page: &Page, entry: &TimelineEntry) -> Markup {
    let names = page.moment.names();
    let by = entry.by.map_or_else(|| "nobody".to_owned(), |by| names.name(by));
    html! {
        p { "Wrapped by " b { (by) } " at " b { (names.dated(record::Millis(entry.decided_at_ms))) } ", entry " b { (entry.index) } "." }
    }
}

fn guns(page: &Page, state: &record::State) -> Markup {
    let names = page.moment.names();
    let mut guns: Vec<_> = state.guns.iter().collect();
    guns.sort_by_cached_key(|(id, _)| words::in_order(&names.name(**id)));
    html! {
        h2 { "Guns" }
        div.scroll tabindex="0" role="region" aria-label="Guns" { table {
            thead { tr { th scope="col" { "Gun" } th scope="col" { "What it is" } th scope="col" { "Label" } th scope="col" { "Where" } } }
            tbody { @for (id, gun) in guns { tr {
                th scope="row" { (names.name(*id)) }
                td { (words::gun_line(gun)) }
                td.mono { (label(LabelKind::Gun, page.moment.production, *id)) }
                td { (names.custody(&gun.custody)) }
            } } }
        } }
    }
}

fn lots(page: &Page, state: &record::State) -> Markup {
    let names = page.moment.names();
    let mut lots: Vec<_> = state.lots.iter().collect();
    lots.sort_by_cached_key(|(id, _)| words::in_order(&names.name(**id)));
    html! {
        h2 { "Lots" }
        div.scroll tabindex="0" role="region" aria-label="Lots" { table {
            thead { tr {
                th scope="col" { "Lot" } th scope="col" { "What it is" } th scope="col" { "Rounds" } th scope="col" { "Cases" }
                th scope="col" { "Misfired" } th scope="col" { "Seal" } th scope="col" { "Where" } th scope="col" { "Source" }
                th scope="col" { "Verified by" }
            } }
            tbody { @for (id, lot) in lots { tr {
                th scope="row" { (names.name(*id)) }
                td { (lot_line(lot)) }
                td { (lot.rounds) } td { (lot.spent) } td { (lot.misfired) }
                td { @match lot.seal { Some(seal) => (seal), None => "none" } }
                td { (names.lot_custody(lot)) }
                td { (names.source(lot)) }
                td { (names.verified(lot)) }
            } } }
        } }
    }
}

fn seals<'a>(page: &Page, places: impl Iterator<Item = (&'a Id, &'a Place)>) -> Markup {
    let sealed: Vec<(Id, u32)> = places.filter_map(|(id, place)| place.seal.map(|seal| (*id, seal))).collect();
    html! {
        @if !sealed.is_empty() {
            h2 { "Sealed belts and places" }
            ul { @for (place, seal) in &sealed { li { (page.moment.view.name(*place)) ": seal " (seal) } } }
        }
    }
}

fn losses(page: &Page, lost: &[LostBrass]) -> Markup {
    let name = |id: Id| page.moment.view.name(id);
    html! {
        @if !lost.is_empty() {
            h2 { "Fired cases declared lost" }
            ul { @for loss in lost {
                li { (loss.brass) " of " (name(loss.lot)) ", in " (name(loss.place)) ", by " (name(loss.by[0])) " and " (name(loss.by[1])) }
            } }
        }
    }
}

fn of_the_record(page: &Page, entry: &TimelineEntry) -> Markup {
    let view = &page.moment.view;
    html! {
        h2 { "In the record" }
        dl.facts {
            dt { "Log" } dd.mono { (page.moment.origin) }
            dt { "Entry" } dd { (entry.index) }
            dt { "Hash of its leaf" } dd.mono { (entry.leaf_hash) }
            dt { "Head of the log now" } dd.mono { (view.size) " entries, root " (view.root) }
            dt { "Receipt" } dd { a href={ "/api/receipts/" (entry.index) } { "proof that this entry is in the log" } }
        }
    }
}
