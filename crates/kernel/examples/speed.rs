//! How fast the kernel is, and that its state does not grow with the past.
//!
//! ```text
//! cargo run -p showclear-kernel --example speed
//! ```
//!
//! A production of 500 guns, 200 lots and 300 people takes guns out, checks them by two, asks to hand
//! them over, and puts them away, one after the other. It ends with 1 where a goal is missed.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a measurement reads the clock, prints, and counts far below where numbers end"
)]

use std::hint::black_box;
use std::mem::size_of;
use std::process::ExitCode;
use std::time::{Duration, Instant};

// The name under which every crate of the workspace knows this one.
extern crate showclear_kernel as kernel;

use kernel::{
    Action, Calibre, Content, Context, Day, Event, GunKind, Intent, Limits, LotKind, Method, Moment, PlaceKind, Proven,
    Reading, Readings, Role, Roles, Rules, Scope, State, decide, evolve, retell, shown,
};

const GUNS: u128 = 500;
const LOTS: u128 = 200;
const PEOPLE: u128 = 300;
const PAST: usize = 100_000;
const LONG_PAST: usize = 1_000_000;
const ARMORER: u128 = 1;
const WITNESS: u128 = 2;
const FIRST_AD: u128 = 3;
const VAULT: u128 = 1;
const CASE: u128 = 2;

/// Identifiers and times as wide as those of a set.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Wide;

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Millis(i64);

impl Moment for Millis {
    fn later_by(self, span: u64) -> Self {
        Millis(self.0.saturating_add_unsigned(span))
    }
}

impl Scope for Wide {
    type Person = u128;
    type Device = u128;
    type Place = u128;
    type Gun = u128;
    type Lot = u128;
    type Scene = u128;
    type Act = u128;
    type Time = Millis;

    const MISFIRE_WAIT: u64 = 15_000;
    const LONGEST_DUTY: u64 = 86_400_000;
}

/// A production under way: what it is, what it was told, and how long each answer took.
struct Production {
    rules: Rules,
    state: State<Wide>,
    events: Vec<Event<Wide>>,
    took: Vec<Duration>,
    granted: usize,
    act: u128,
    now: i64,
}

impl Production {
    fn new() -> Production {
        let limits = Limits { showing_life: 300_000, identity_life: 3_600_000, ask_tolerance: 120_000 };
        let (state, took) = (State::default(), Vec::new());
        let mut production = Production {
            rules: Rules::new(limits),
            state,
            events: Vec::with_capacity(LONG_PAST + 16),
            took,
            granted: 0,
            act: 1 << 64,
            now: 1_700_000_000_000,
        };
        register().iter().for_each(|event| production.happens(event));
        production
    }

    fn happens(&mut self, event: &Event<Wide>) {
        evolve(&mut self.state, event);
        self.events.push(*event);
    }

    /// Judges, and applies what follows. Both are measured, the keeping of the events is not.
    fn says(&mut self, by: u128, intent: &Intent<Wide>) -> u128 {
        self.act += 1;
        self.now += 500;
        let context = Context {
            act: self.act,
            by: Some(by),
            device: Some(by),
            proven: Proven::OwnDevicePin,
            decided_at: Millis(self.now),
            claimed_at: Millis(self.now),
        };
        let begun = Instant::now();
        let verdict = decide(&self.rules, &self.state, intent, &context);
        for event in &verdict.events {
            evolve(&mut self.state, event);
        }
        self.took.push(begun.elapsed());
        self.granted += usize::from(verdict.accepted);
        self.events.extend(verdict.events);
        self.act
    }

    /// One gun goes out, is checked, is asked for, and goes back.
    fn one_gun(&mut self, gun: u128) {
        let seen = Reading { content: Content::Empty, method: Method::SeenAtHead };
        let readings = (1..=6).fold(Readings::default(), |readings, chamber| readings.with(chamber, seen));
        self.says(ARMORER, &Intent::TakeOut { gun });
        let check = self.says(ARMORER, &Intent::BeginCheck { gun, witness: WITNESS });
        self.says(WITNESS, &Intent::AnswerCheck { gun, check, readings });
        self.says(ARMORER, &Intent::AnswerCheck { gun, check, readings });
        self.says(ARMORER, &Intent::Offer { gun, to: 10 + gun % 200 });
        self.says(ARMORER, &Intent::PutAway { gun, place: VAULT });
    }

    fn goes_on_to(&mut self, events: usize) {
        let mut gun = 0;
        // Always whole rounds of all guns, so that two states can be compared.
        while self.events.len() < events || gun % GUNS != 0 {
            self.one_gun(gun % GUNS);
            gun += 1;
        }
    }
}

fn register() -> Vec<Event<Wide>> {
    let at = Millis(1_699_999_000_000);
    let mut events = Vec::new();
    for person in 1..=PEOPLE {
        let role = match person {
            ARMORER => Role::Armorer,
            WITNESS => Role::Witness,
            FIRST_AD => Role::FirstAd,
            _ => Role::Performer,
        };
        let roles: Roles = [role].into_iter().collect();
        events.push(Event::PersonAdded { person });
        events.push(Event::RolesAssigned { person, day: Day(1), roles, answers_to: None });
        events.push(Event::DeviceEnrolled { invitation: person, device: person, person });
    }
    for (place, for_guns) in [(VAULT, true), (CASE, false)] {
        events.push(Event::PlaceRegistered { place, kind: PlaceKind::Vault, locks: true, for_guns });
    }
    for gun in 0..GUNS {
        let (kind, action) = (GunKind::LiveCapable, Action::SingleAction);
        events.push(Event::GunRegistered { gun, kind, action, chambers: 6, place: VAULT, at });
        events.push(Event::CalibreEntered { gun, calibre: Calibre(1) });
    }
    for lot in 0..LOTS {
        events.push(Event::LotReceived {
            lot,
            kind: LotKind::Dummy,
            load: None,
            calibre: Some(Calibre(1)),
            source: 4,
            rounds: 50,
            inert_at_head: false,
            uniform: true,
            place: CASE,
            at,
        });
    }
    events.push(Event::DayOpened { day: Day(1), at });
    events
}

/// The bytes of everything that a state keeps, without what its maps need around them.
fn bytes(state: &State<Wide>) -> usize {
    fn map<K, V>(map: &std::collections::BTreeMap<K, V>) -> usize {
        map.len() * (size_of::<K>() + size_of::<V>())
    }
    let kept = [map(&state.people), map(&state.devices), map(&state.invitations), map(&state.places), map(&state.guns)];
    let more = [map(&state.lots), map(&state.out), map(&state.scenes), map(&state.meetings), map(&state.stops)];
    let days: usize = state.people.values().map(|person| map(&person.days) + map(&person.duties)).sum();
    let present = state.present.len() + state.transfers.len() + state.presets.len();
    let lines = map(&state.lines) + map(&state.stand_off_centimetres);
    kept.iter().sum::<usize>() + more.iter().sum::<usize>() + days + present * 2 * size_of::<u128>() + lines
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

/// Prints a figure beside its goal.
fn figure(what: &str, took: Duration, goal: Duration) -> bool {
    println!("{what}: {took:?} (goal: under {goal:?})");
    took < goal
}

fn main() -> ExitCode {
    let mut production = Production::new();
    production.goes_on_to(PAST);
    let after_a_past = (bytes(&production.state), retell(&production.state).len());
    println!("{GUNS} guns, {LOTS} lots, {PEOPLE} people, {} past events", production.events.len());
    production.took.clear();
    production.granted = 0;
    (0..GUNS).for_each(|gun| production.one_gun(gun));
    println!("  {} of {} asks and reports granted", production.granted, production.took.len());
    let usual = median(std::mem::take(&mut production.took));
    let mut met = figure("decide and evolve, median", usual, Duration::from_micros(5));

    for _ in 0..101 {
        production.says(FIRST_AD, &Intent::CloseForLunch);
    }
    println!("may lunch begin, asked of all guns and lots, median: {:?}", median(std::mem::take(&mut production.took)));

    let now = Millis(production.now);
    for _ in 0..101 {
        let begun = Instant::now();
        black_box(shown(&production.rules, black_box(&production.state), now));
        production.took.push(begun.elapsed());
    }
    let board = median(std::mem::take(&mut production.took));
    met &= figure("shown of all guns, median", board, Duration::from_millis(1));

    production.goes_on_to(LONG_PAST);
    let after_a_long_past = (bytes(&production.state), retell(&production.state).len());
    let begun = Instant::now();
    let mut state = State::default();
    production.events.iter().for_each(|event| evolve(&mut state, event));
    let replayed = begun.elapsed();
    let what = format!("state from {} events", production.events.len());
    met &= figure(&what, replayed, Duration::from_secs(3));
    let same = state == production.state && after_a_past == after_a_long_past;
    println!("state after {PAST} events: {} bytes, told again in {} events", after_a_past.0, after_a_past.1);
    println!(
        "state after {LONG_PAST} events: {} bytes, told again in {} events",
        after_a_long_past.0, after_a_long_past.1
    );
    if met && same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
