//! Packs: which are adopted, by whom and since when, and what would hold with others. Whoever keeps the register ticks
//! packs, sees what would hold, answers what they oppose to each other, and signs.

use axum::extract::{RawQuery, State};
use kernel::{
    Adoption, Choice, Choices, Clause, Event, Held, Intent, Measure, Opposed, Pack, Packs, Verified, never_at_anyone,
};
use maud::{Markup, html};
use record::Real;
use record::words::Word;
use serde_json::json;
use service::Matter;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Offered, hold_button};
use crate::rules::{Limit, limits};
use crate::state::App;
use crate::words;

/// What is adopted, what it brings, and how it came to it.
pub fn adopted(page: &Page) -> Markup {
    let state = &page.moment.view.state;
    let earlier = adoptions(page);
    html! {
        section aria-labelledby="adopted" {
            h2 #adopted { "Adopted" }
            @match &state.adopted {
                None => { p.notice { "No pack was adopted. The product\u{2019}s own laws hold, and every rule of this page that "
                    "refuses does so whatever is adopted; what is adopted can only ask for more." } },
                Some(adoption) => { (adoption_words(page, adoption)) },
            }
            (what_holds(state.packs(), state.adopted.map_or(Choices::NONE, |adopted| adopted.choices)))
            @if earlier.len() > 1 {
                details {
                    summary { "Earlier adoptions" }
                    ul.plain { @for adoption in earlier.iter().skip(1) { li.item { (adoption_words(page, adoption)) } } }
                }
            }
            a.button.small href="/rules/adopt" { "Adopt packs, or see what others would bring" }
        }
    }
}

/// Beside the title of a pack.
pub fn mark(page: &Page, pack: Pack) -> Markup {
    let state = &page.moment.view.state;
    let names = page.moment.names();
    html! {
        p.dim {
            @match state.adopted.filter(|adopted| adopted.packs.has(pack)) {
                Some(adopted) => { b { "ADOPTED" } " since " (names.dated(adopted.at)) ", by " (names.name(adopted.by)) },
                None if pack == Pack::Product => { b { "HOLDS" } ", whatever is adopted" },
                None => { b { "NOT ADOPTED" } },
            }
        }
    }
}

fn adoption_words(page: &Page, adoption: &Adoption<Real>) -> Markup {
    let names = page.moment.names();
    let packs: Vec<&str> = adoption.packs.iter().map(Pack::name).collect();
    html! {
        p {
            b { (packs.join("; ")) } ". Adopted by " (names.name(adoption.by)) ", " (names.dated(adoption.at)) "."
            @for choice in adoption.choices.iter() { " Chosen: " (choice_words(choice)) "." }
        }
    }
}

/// Every adoption of the record, the last one first.
fn adoptions(page: &Page) -> Vec<Adoption<Real>> {
    let mut found = Vec::new();
    for entry in page.moment.view.journal(usize::MAX) {
        let Matter::Open { events, .. } = &entry.matter else { continue };
        found.extend(events.iter().filter_map(adoption_in));
    }
    found
}

#[allow(clippy::wildcard_enum_match_arm, reason = "by one event alone packs are adopted")]
const fn adoption_in(event: &Event<Real>) -> Option<Adoption<Real>> {
    match *event {
        Event::PacksAdopted { packs, choices, by, at } => Some(Adoption { packs, choices, by, at }),
        _ => None,
    }
}

const fn choice_words(choice: Choice) -> &'static str {
    match choice {
        Choice::PerformerMayLook => "the performer may look, and nobody asks it of him",
        Choice::PerformerLooksEachTime => "the performer is asked to look each time, and may decline",
    }
}

/// What these packs bring: limits, of two the stricter with the source of each; who is pointed at; which side holds.
fn what_holds(packs: Packs, choices: Choices) -> Markup {
    let limits = limits(packs);
    let sides = Opposed::ALL.into_iter().filter_map(|opposed| opposed.side_that_holds(packs, choices));
    let sides: Vec<Choice> = sides.collect();
    html! {
        @if limits.is_empty() && sides.is_empty() && never_at_anyone(packs).is_none() {
            p.dim { "These packs name no number, and oppose nothing to each other." }
        }
        ul.plain {
            @for limit in &limits { li.item { (limit_words(limit)) } }
            @if let Some(clause) = never_at_anyone(packs) {
                li.item { b { "No gun that can fire is pointed at anyone, or at a camera, whoever approves it." } (by(clause)) }
            }
            @for side in sides { li.item { b { (sentence(choice_words(side))) } } }
        }
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn limit_words(limit: &Limit) -> Markup {
    let (value, clause) = limit.holds;
    html! {
        b { (measured(limit.measure, value)) }
        (by(clause))
        @for (other, clause) in &limit.others {
            span.dim {
                "also named: " (measured(limit.measure, *other)) ", by " (cited(clause)) ". "
                @if *other == value { "The same." } @else { "The stricter holds." }
            }
        }
        @if let Held::Not(why) = limit.measure.held() { span.dim { "Nothing is compared with it: " (why) } }
    }
}

/// A number of a clause in words.
pub fn measured(measure: Measure, value: u32) -> String {
    match measure {
        Measure::StandOffCentimetres => format!("from the muzzle of blanks to a person {}", words::metres(value)),
        Measure::ArcDegrees => format!("nobody within {value} degrees about the line of fire"),
        Measure::MisfireWaitSeconds => format!("after a misfire {value} seconds until it is opened"),
        Measure::AgeYears => format!("whoever holds the permit is {value} or more"),
        Measure::NoticeMinutes => format!("the police are told {value} minutes before"),
        Measure::PermitMonths => format!("a permit is renewed after {value} months"),
    }
}

fn by(clause: &Clause) -> Markup {
    html! { span.dim { "by " (cited(clause)) } }
}

fn cited(clause: &Clause) -> Markup {
    html! { (clause.id) ", " (clause.source) "; " b { (clause.verified.as_str()) } }
}

/// What would hold with these packs, and the act that adopts them.
pub async fn adopt(State(app): State<App>, me: Me, RawQuery(query): RawQuery) -> Markup {
    let page = Page::mine(&app, &me, "Adopt packs", "rules");
    let state = &page.moment.view.state;
    let asked = query.as_deref().map(packs_of);
    let packs = asked.unwrap_or_else(|| state.packs());
    let mut offered = Offered::new(&page, &me);
    if asked.is_some() {
        adoption(&mut offered, packs);
    }
    offered.also(html! { a.button.small href="/rules" { "Rules" } });
    let chosen = state.adopted.map_or(Choices::NONE, |adopted| adopted.choices);
    page.render(&html! {
        div.information {
            h1.big { "Adopt packs" }
            @if let Some(adoption) = &state.adopted { (adoption_words(&page, adoption)) }
            @else { p { "No pack was adopted so far. The product\u{2019}s own laws hold." } }
            p.dim { "A later adoption replaces this one; both stay in the record. What is adopted can only ask for more." }
            (form_of(packs))
            @if asked.is_some() {
                section aria-labelledby="would-hold" {
                    h2 #would-hold { "What would hold" }
                    (what_holds(packs, chosen))
                }
            }
        }
        div.acts { (offered.render("Nothing is open to you now.")) }
    })
}

/// The packs of `pack=california&pack=trade`; the product's laws are always among them.
fn packs_of(query: &str) -> Packs {
    let words = query.split('&').filter_map(|pair| pair.strip_prefix("pack="));
    words.filter_map(Pack::parse).fold(Packs::LAWS, Packs::with)
}

fn form_of(packs: Packs) -> Markup {
    html! {
        form method="get" action="/rules/adopt#would-hold" {
            fieldset {
                legend { "Packs" }
                p.dim { "The product\u{2019}s own laws hold whatever is adopted." }
                @for pack in Pack::ALL.into_iter().filter(|pack| *pack != Pack::Product) {
                    label.pick {
                        input type="checkbox" name="pack" value=(pack.as_str()) checked[packs.has(pack)];
                        span { (pack.title()) br; span.dim { (read_words(pack)) } }
                    }
                }
                input type="hidden" name="pack" value=(Pack::Product.as_str());
            }
            button.button type="submit" { "See what would hold" }
        }
    }
}

/// How many duties a pack has, and of which the text was not read.
fn read_words(pack: Pack) -> Markup {
    let unread = |clause: &&Clause| matches!(clause.verified, Verified::Proxy | Verified::Unread);
    let not_verified: Vec<&str> = pack.clauses().filter(unread).map(|clause| clause.id).collect();
    html! {
        (pack.clauses().count()) " duties"
        @if !not_verified.is_empty() { ", " b { "not verified" } ": " (not_verified.join(", ")) }
    }
}

fn adoption(offered: &mut Offered<'_>, packs: Packs) {
    let open: Vec<Opposed> = Opposed::ALL.into_iter().filter(|opposed| opposed.is_open(packs)).collect();
    let mut answers = vec![Choices::NONE];
    for opposed in &open {
        let sides = opposed.sides().map(|(choice, _)| choice);
        answers = answers.iter().flat_map(|before| sides.map(|choice| before.with(choice))).collect();
    }
    let intents: Vec<Intent<Real>> = answers.into_iter().map(|choices| Intent::AdoptPacks { packs, choices }).collect();
    let words: Vec<&str> = packs.iter().map(Pack::as_str).collect();
    offered.act("Adopt these packs", &intents, || {
        Act::of("adopt_packs", String::new(), "adopt packs")
            .body(json!({"packs": words, "choices": []}))
            .then("Adopted, in your name. Every line is looked at anew.", "/rules")
            .form(&html! {
                @for opposed in &open { (question(*opposed, packs)) }
                (hold_button("Hold: adopt these packs", "primary"))
            })
    });
}

/// Opposed duties: one of the two is chosen in writing.
fn question(opposed: Opposed, packs: Packs) -> Markup {
    let of_side = |ids: &[&str]| {
        let brought = kernel::clauses().filter(|clause| packs.has(clause.pack) && ids.contains(&clause.id));
        brought.collect::<Vec<_>>()
    };
    html! {
        fieldset {
            legend { "To be chosen in writing" }
            p { (opposed.question()) }
            @for (choice, ids) in opposed.sides() {
                label.pick {
                    input type="radio" name="choices" value=(choice.word()) data-as="texts" required;
                    span {
                        b { (sentence(choice_words(choice))) }
                        @for clause in of_side(ids) { br; span.dim { (clause.sentence) " (" (cited(clause)) ")" } }
                    }
                }
            }
        }
    }
}
