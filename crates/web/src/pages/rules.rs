//! The rules: for the running day what is breached, not yet and met so far; then every clause of the
//! packs with its source, what enforces it, the scenarios and the tests behind it.

use std::collections::BTreeMap;

use axum::extract::State;
use kernel::{Clause, Day, Event, Held, Pack, Rule, open_items};
use maud::{Markup, html};
use service::{Matter, TimelineEntry};

use crate::auth::Me;
use crate::pages::{Page, packs};
use crate::rules::{codes, rows_said, scenarios};
use crate::state::App;

/// How a rule stands on the running day, as far as people entered it.
///
/// * BREACHED: a report that was recorded this day named it.
/// * NOT YET: it was not, and lunch, scene end or wrap wait for it now.
/// * MET SO FAR: neither. It says no more than that: nobody entered otherwise.
///
/// A refused ask is no breach, because nothing was done; how many there were is said beside it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Standing {
    breached: u32,
    refused: u32,
    open: bool,
}

impl Standing {
    const fn word(self) -> &'static str {
        match (self.breached, self.open) {
            (0, false) => "MET SO FAR",
            (0, true) => "NOT YET",
            (_, _) => "BREACHED",
        }
    }
}

/// The rules.
pub async fn rules(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Rules", "rules");
    let standings = page.moment.view.state.day.map(|day| standings(&page, day));
    page.render(&html! {
        div.information {
            h1.big { "Rules" }
            p { "A rule can only refuse what somebody enters. This page prevents nothing. The ids of clauses are "
                "the project\u{2019}s own." }
            (packs::adopted(&page))
            (of_the_day(&page, standings.as_ref()))
            @for pack in Pack::ALL {
                section aria-labelledby={ "pack-" (pack.as_str()) } {
                    h2 id={ "pack-" (pack.as_str()) } { (pack.title()) " (" (pack.place()) ")" }
                    (packs::mark(&page, pack))
                    @for clause in pack.clauses() { (clause_of(clause, standings.as_ref())) }
                }
            }
        }
        div.acts { a.button href="/day" { "Day" } }
    })
}

/// What the entries of the open day and its open items say of each rule.
fn standings(page: &Page, day: Day) -> BTreeMap<Rule, Standing> {
    let mut standings: BTreeMap<Rule, Standing> = BTreeMap::new();
    let journal = page.moment.view.journal(usize::MAX);
    for entry in journal.iter().take_while(|entry| !opens(entry, day)) {
        let Matter::Open { accepted, reasons, .. } = &entry.matter else { continue };
        let mut named: Vec<Rule> = reasons.iter().map(|reason| reason.code.rule()).collect();
        named.sort_unstable();
        named.dedup();
        for rule in named {
            let standing = standings.entry(rule).or_default();
            let count = if *accepted { &mut standing.breached } else { &mut standing.refused };
            *count = count.saturating_add(1);
        }
    }
    for item in open_items(&page.moment.view.state) {
        standings.entry(item.code.rule()).or_default().open = true;
    }
    standings
}

fn opens(entry: &TimelineEntry, day: Day) -> bool {
    let Matter::Open { events, .. } = &entry.matter else { return false };
    events.iter().any(|event| matches!(event, Event::DayOpened { day: of, .. } if *of == day))
}

fn of_the_day(page: &Page, standings: Option<&BTreeMap<Rule, Standing>>) -> Markup {
    let Some(standings) = standings else { return html! { p { "No day is open." } } };
    let not_met: Vec<_> = standings.iter().filter(|(_, standing)| standing.word() != "MET SO FAR").collect();
    html! {
        section aria-labelledby="rules-day" {
            h2 #rules-day { @if let Some(day) = page.moment.view.state.day { "Day " (day.0) } }
            p.dim { "BREACHED: a report of this day named it. NOT YET: lunch, scene end or wrap wait for it now. "
                "MET SO FAR: neither, as far as people entered it. A refused ask is no breach: nothing was done." }
            @if not_met.is_empty() { p { "No breach was entered today, and nothing is open." } }
            ul.plain { @for (rule, standing) in not_met {
                li { b { (standing.word()) } " " (rule.as_str()) ": " (rule.sentence()) }
            } }
        }
    }
}

fn clause_of(clause: &Clause, standings: Option<&BTreeMap<Rule, Standing>>) -> Markup {
    html! {
        article {
            h3 { (clause.id) }
            p { (clause.sentence) }
            p.cite {
                (clause.who) ", " (clause.when) "; " (clause.strength.as_str()) ", \u{201c}" (clause.verb) "\u{201d}; "
                (clause.source) "; " b { (clause.verified.as_str()) }
                @if let Some(since) = clause.since { "; in force from " (since) }
            }
            @for (measure, value) in clause.limits { p.cite { (packs::measured(*measure, *value)) } }
            @match clause.held {
                Held::Not(why) => { p.dim { "Not enforced: " (why) } },
                Held::By(rules) => { ul.plain { @for rule in rules { (rule_of(*rule, standings)) } } },
            }
        }
    }
}

fn rule_of(rule: Rule, standings: Option<&BTreeMap<Rule, Standing>>) -> Markup {
    let standing = standings.map(|standings| standings.get(&rule).copied().unwrap_or_default());
    let codes: Vec<&str> = codes(rule).map(kernel::Code::as_str).collect();
    let met = scenarios(rule);
    html! {
        li {
            b { (rule.as_str()) }
            @if let Some(standing) = standing {
                " " (standing.word())
                @if standing.refused > 0 { ", refused an ask " (standing.refused) "\u{d7} today" }
            }
            p.cite {
                @if codes.is_empty() { "no code of its own" } @else { (codes.join(", ")) }
                "; " @if met.is_empty() { "in no scenario" } @else { "in " (met.join(", ")) }
                "; " (rows_said(rule))
            }
        }
    }
}
