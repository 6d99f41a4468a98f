//! Random histories of the kernel's tests, told as scenario files: whatever is said on the small stage of small numbers
//! is said again by names, through the scenarios' reader and with the record's identifiers, and gets the same answer.

mod cast;
mod morning;
mod writer;

#[path = "../../../kernel/tests/it/history.rs"]
#[allow(dead_code, reason = "the kernel's own tests use the rest of it")]
mod history;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kernel::{Chambers, Code, Event, Intent, Look, Pack, Scope, ShowingState, Thing as What, shown};
use record::wire::{KINDS, write_intent_of};
use showclear::replay::Outcome;
use showclear::replay::file::Scenario;
use showclear::replay::names::Space;
use showclear::replay::play::{self, play};

use crate::stage::{Small, Stage, Step};
use crate::{code, showclear, stdout};
use history::{Word, cases, over_words, steps};
use writer::{Line, Told};

/// The words of a history for whoever gives none: a musket is loaded, shown and offered, the performer declines to look and
/// the witness looks last, and it is fired.
const SAMPLE: &str = "2cf1841d118ca9f7";

/// What an answer is, by the names of things: of the small stage and of a scenario.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Answer {
    accepted: bool,
    reasons: BTreeSet<Reason>,
    /// The kinds of its events, sorted.
    events: Vec<String>,
    /// What is on the card of each gun afterwards.
    cards: BTreeMap<String, Card>,
}

/// What is on a card, and every doubt that stands about the gun. Which of several doubts is told on the card goes by
/// their moments, and on the small stage many things happen in one.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Card {
    said: String,
    doubts: BTreeSet<&'static str>,
}

impl Card {
    fn of((word, text): (&str, &str), doubts: impl Iterator<Item = Code>) -> Card {
        let said = if word == "UNKNOWN" { word } else { text };
        Card { said: said.to_owned(), doubts: doubts.map(Code::as_str).collect() }
    }
}

/// A reason with all its facts but the moment.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Reason {
    code: &'static str,
    who: Option<String>,
    things: [Option<String>; 3],
    chambers: Chambers,
    what: Option<What>,
    rounds: Option<u32>,
    pack: Option<Pack>,
}

/// What each kind of thing that a reason may name is called.
struct Called<'a, S: Scope> {
    person: &'a dyn Fn(S::Person) -> String,
    gun: &'a dyn Fn(S::Gun) -> String,
    lot: &'a dyn Fn(S::Lot) -> String,
    place: &'a dyn Fn(S::Place) -> String,
}

impl<S: Scope> Called<'_, S> {
    fn answer(&self, verdict: &kernel::Verdict<S>, cards: BTreeMap<String, Card>) -> Answer {
        let kind = |event: &Event<S>| format!("{event:?}").split([' ', '{']).next().unwrap_or_default().to_owned();
        let mut events: Vec<String> = verdict.events.iter().map(kind).collect();
        events.sort();
        let reasons = verdict.reasons.iter().map(|reason| self.reason(reason)).collect();
        Answer { accepted: verdict.accepted, reasons, events, cards }
    }

    fn reason(&self, reason: &kernel::Reason<S>) -> Reason {
        let kernel::Reason { code, at: _, who, chambers, what, gun, lot, place, rounds, pack } = *reason;
        let things = [gun.map(self.gun), lot.map(self.lot), place.map(self.place)];
        Reason { code: code.as_str(), who: who.map(self.person), things, chambers, what, rounds, pack }
    }
}

/// The words of a history, played on the small stage: what was said, and the answers.
fn played(words: &[Word]) -> (Vec<Line>, Vec<Answer>) {
    let called = |space: Space| move |number: u8| cast::name((space, u16::from(number)));
    let (gun, person) = (called(Space::Gun), called(Space::Person));
    let called = Called { person: &person, gun: &gun, lot: &called(Space::Lot), place: &called(Space::Place) };
    let (mut stage, mut lines, mut answers, mut clock_jumped) = (Stage::new(), Vec::new(), Vec::new(), false);
    let begins = stage.now;
    for word in words {
        for step in steps(&stage, word) {
            // What was there before a file's first step was there since another time than on the stage, and what comes late
            // is held against that.
            if matches!(step, Step::Says(said) if stage.meant(&said).1.claimed_at < begins) {
                continue;
            }
            clock_jumped |= matches!(step, Step::Happens(Event::ClockJumped { .. }));
            let before = stage.clone();
            if let (Some(verdict), Step::Says(said)) = (stage.goes_on(&step), step) {
                let (intent, context) = before.meant(&said);
                let cards = shown(&stage.rules, &stage.state, stage.now).into_iter();
                let cards = cards.map(|card| (gun(card.gun), on_the_stage(&stage, &card))).collect();
                let answer = called.answer(&verdict, cards);
                let codes: BTreeSet<&'static str> = answer.reasons.iter().map(|reason| reason.code).collect();
                lines.push(Line { clock_jumped, context, intent, accepted: verdict.accepted, codes });
                answers.push(answer);
                clock_jumped = false;
            }
        }
    }
    (lines, answers)
}

fn on_the_stage(stage: &Stage, card: &kernel::Card<Small>) -> Card {
    let (word, text) = play::status(&card.status);
    let doubts = match stage.gun(card.gun).showing {
        ShowingState::Void(doubts) => doubts.iter().map(|(doubt, _)| doubt.code()).collect(),
        ShowingState::BeingChecked(_) | ShowingState::Shown(_) => Vec::new(),
    };
    Card::of((word, &text), doubts.into_iter())
}

/// The scenario that stands in a file, or every mistake in it.
fn parsed(text: &str) -> Result<Scenario, String> {
    let said = |it: &showclear::replay::lined::Mistake| format!("line {}, {}: {}", it.line, it.part, it.sentence);
    Scenario::parse(text).map_err(|mistakes| mistakes.iter().map(said).collect::<Vec<_>>().join("\n"))
}

/// The answers to every step of a scenario that was played.
fn answers(scenario: &Scenario, run: &play::Run) -> Vec<Answer> {
    let called = |id: record::Id| scenario.names.of(id);
    let called = Called { person: &called, gun: &called, lot: &called, place: &called };
    let answer = |answer: &Option<play::Answer>| {
        let answer = answer.as_ref().unwrap();
        let card = |said: &play::Said| Card::of((said.word, &said.text), said.doubts.iter().copied());
        let cards = answer.cards.iter().map(|(gun, said)| (scenario.names.of(*gun), card(said))).collect();
        called.answer(&answer.verdict, cards)
    };
    run.answers.iter().map(answer).collect()
}

/// Step for step the same answer, and every expectation of the file is met. Nothing of a history is left out.
fn gets_the_same_answers(words: &[Word]) -> Vec<Line> {
    let begins = Stage::new().state;
    let (lines, on_the_stage) = played(words);
    if lines.is_empty() {
        return lines;
    }
    let told = Told { title: "A random history", source: "the kernel's tests", begins: &begins, lines: &lines };
    let scenario = parsed(&told.file(&told.whole_register())).unwrap();
    let outcome = Outcome::of(&scenario, &scenario.whole_rules());
    assert_eq!(outcome.unmet(), [""; 0]);
    let replayed = answers(&scenario, &outcome.run);
    let (morning, of_the_history) = replayed.split_at(replayed.len() - lines.len());
    assert!(morning.iter().all(|answer| answer.accepted && answer.reasons.is_empty()), "{morning:?}");
    for ((line, on_the_stage), in_the_file) in lines.iter().zip(&on_the_stage).zip(of_the_history) {
        assert_eq!(in_the_file, on_the_stage, "{line:?}");
    }
    lines
}

#[test]
fn a_history_told_as_a_scenario_gets_the_same_answers() {
    let spoken = RefCell::new(Spoken::default());
    over_words(cases(168), &|words| {
        let lines = gets_the_same_answers(words);
        spoken.borrow_mut().add(&lines);
    });
    let spoken = spoken.into_inner();
    assert!(spoken.shortest >= Some(200), "a history has {:?} intents", spoken.shortest);
    let silent: Vec<&str> = KINDS.iter().map(|kind| kind.word).filter(|it| !spoken.kinds.contains(it)).collect();
    assert_eq!(silent, [""; 0], "no history says these");
    assert!(spoken.unusual.iter().all(|(_, times)| *times > 20), "{:?}", spoken.unusual);
}

/// What the histories had to say.
#[derive(Default)]
struct Spoken {
    /// The intents of the shortest history.
    shortest: Option<usize>,
    kinds: BTreeSet<&'static str>,
    /// How often what most scenarios never need to say.
    unusual: BTreeMap<&'static str, usize>,
}

impl Spoken {
    fn add(&mut self, lines: &[Line]) {
        self.shortest = Some(self.shortest.map_or(lines.len(), |shortest| shortest.min(lines.len())));
        for line in lines {
            let (kind, item, _) = write_intent_of::<Small, u16>(&line.intent);
            self.kinds.insert(kind);
            let context = line.context;
            let of = [
                ("on another's device", context.by.is_some() && context.device != context.by),
                ("by nobody", context.by.is_none()),
                ("not proven", context.by.is_some() && context.proven == kernel::Proven::Nobody),
                ("entered late", context.claimed_at < context.decided_at),
                ("from the future", context.claimed_at > context.decided_at),
                ("after the clock jumped", line.clock_jumped),
                ("about what never was", item == Some(crate::stage::ANOTHER)),
                ("refused", !line.accepted),
            ];
            for (what, _) in of.into_iter().filter(|(_, is_so)| *is_so) {
                *self.unusual.entry(what).or_default() += 1;
            }
        }
    }
}

/// The words that are written as numbers, as a law that breaks prints them.
fn read_words(numbers: &str) -> Vec<Word> {
    let word = |number: &str| u64::from_str_radix(number, 16).expect("16 hexadecimal digits a word").to_be_bytes();
    numbers.split(',').map(word).collect()
}

/// Only what the history needs of the register: whatever can be left out with no answer changed.
fn short_file(told: &Told) -> String {
    let answers = |register: &BTreeSet<cast::Thing>| {
        let scenario = parsed(&told.file(register)).ok()?;
        let replayed = answers(&scenario, &play(&scenario, &scenario.whole_rules(), None));
        let of_the_history = replayed.into_iter().rev().take(told.lines.len());
        Some(of_the_history.map(|it| (it.accepted, it.reasons, it.events)).collect::<Vec<_>>())
    };
    let mut register = told.whole_register();
    let whole = answers(&register).unwrap();
    for space in [Space::Gun, Space::Lot, Space::Scene, Space::Place, Space::Person] {
        for thing in register.clone().into_iter().filter(|thing| thing.0 == space) {
            let fewer = register.iter().copied().filter(|it| *it != thing).collect();
            if answers(&fewer).as_ref() == Some(&whole) {
                register = fewer;
            }
        }
    }
    told.file(&register)
}

/// A law that does not hold: nobody takes a gun without a look. Its message ends with the words that are left, and the file
/// that is written from them has that take and little else.
#[test]
fn a_law_that_breaks_ends_as_a_scenario() {
    let unseen = |line: &Line| matches!(line.intent, Intent::Take { look: Look::Declined, .. }) && line.accepted;
    let law = |words: &[Word]| assert!(!played(words).0.iter().any(unseen), "somebody did not look");
    let broken = std::panic::catch_unwind(|| over_words(40, &law)).unwrap_err();
    let message = broken.downcast_ref::<String>().unwrap();
    let command = message.trim_end().lines().last().unwrap();
    let (numbers, rest) = command.strip_prefix("SHOWCLEAR_WORDS=").unwrap().split_once(' ').unwrap();
    assert_eq!(rest, "cargo test -p showclear --test it -- told_as_a_scenario::as_a_file --nocapture");
    let words = read_words(numbers);
    assert!(words.len() <= 12, "{message}");
    let (begins, (lines, _)) = (Stage::new().state, played(&words));
    let told = Told { title: "Taken without a look", source: "a law", begins: &begins, lines: &lines };
    let text = short_file(&told);
    assert!(text.contains("look = \"declined\"") && text.matches("[[gun]]").count() <= 2, "{text}");
    let scenario = parsed(&text).unwrap();
    assert_eq!(Outcome::of(&scenario, &scenario.whole_rules()).unmet(), [""; 0]);
}

/// Writes a history as a scenario file, and says where: that of `SHOWCLEAR_WORDS`, which a law prints that breaks.
#[test]
fn as_a_file() {
    let given = std::env::var("SHOWCLEAR_WORDS").ok();
    let numbers = given.as_deref().unwrap_or(SAMPLE);
    let begins = Stage::new().state;
    let (lines, _) = played(&read_words(numbers));
    let source = format!("random histories of the kernel's tests, SHOWCLEAR_WORDS={numbers}");
    let text =
        short_file(&Told { title: "A history that broke a law", source: &source, begins: &begins, lines: &lines });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("history.toml");
    std::fs::write(&path, &text).unwrap();
    let written = path.display();
    println!("{} steps are written to {written}", lines.len());
    println!("Play them: cargo run -q -p showclear -- replay {written}");
    let output = showclear(&["replay", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    if given.is_none() {
        let tables = |of: &str| text.matches(&format!("[[{of}]]")).count();
        assert_eq!(["step", "gun", "lot", "scene", "duty"].map(tables), [20, 1, 1, 1, 0], "{text}");
    }
}
