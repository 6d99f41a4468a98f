//! From a history on the kernel's small stage to the text of a scenario file. There is no arm a kind of intent: the
//! record's table of intents has the fields of each, and the scenarios' own table has what each field is a name of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kernel::{Context, Intent, Proven, Scope as _, State};
use record::wire::{Kind, Wire, write_intent_of};
use record::words::Word;
use record::{Millis, Real};
use serde_json::{Map, Value};
use showclear::replay::kinds;
use showclear::replay::names::{Space, clock};

use super::cast::{self, Thing, listed, name, quoted};
use super::morning;
use crate::stage::{MEETING, STRANGER, Small, Tick};

/// The moment of the tick at which the stage begins, in milliseconds: ten in the morning.
const BEGINS_MS: i64 = 36_000_000;
/// That tick.
const FIRST_TICK: Tick = Tick(100);
/// How long a tick is, in milliseconds. What of a set's time is no limit that a production adopts is the wait after a
/// misfire: two ticks of the stage, 15 seconds of the record.
const TICK_MS: i64 = 10_000;

/// The stage's limits of 5, 20 and 2 ticks. The steps of one tick follow each other within less than half of it, so
/// each limit that runs from one step to another ends half a tick early; an ask's age is whole ticks.
const LIMITS: &str = "show_again_after = \"45 s\"\nmatch_again_after = \"195 s\"\nask_within = \"20 s\"\n";

impl Wire for Tick {
    const EXPECTED: &'static str = "a tick of the stage";

    fn put(&self) -> Value {
        Value::from(self.0)
    }

    fn get(value: &Value) -> Option<Self> {
        u16::get(value).map(Tick)
    }

    fn schema() -> Value {
        Millis::schema()
    }
}

/// One thing that was said, and what the kernel answered on the small stage.
#[derive(Clone, Debug)]
pub struct Line {
    /// Had the clock jumped since what was said before?
    pub clock_jumped: bool,
    /// Who said it, how and when.
    pub context: Context<Small>,
    /// What.
    pub intent: Intent<Small>,
    /// Was it accepted?
    pub accepted: bool,
    /// The codes of the reasons.
    pub codes: BTreeSet<&'static str>,
}

/// A history that is to be told.
#[derive(Debug)]
pub struct Told<'a> {
    /// What it tells.
    pub title: &'a str,
    /// Where it is from.
    pub source: &'a str,
    /// The stage as it begins.
    pub begins: &'a State<Small>,
    /// What was said.
    pub lines: &'a [Line],
}

/// A line by the names of the file's fields.
struct Written {
    kind: &'static Kind,
    item: Option<Thing>,
    body: Map<String, Value>,
}

impl Written {
    fn of(intent: &Intent<Small>) -> Written {
        let (word, item, mut body) = write_intent_of::<Small, u16>(intent);
        if let Intent::EnterCalibre { calibre, .. } | Intent::ReceiveLot { calibre: Some(calibre), .. } = intent {
            body.insert("calibre".to_owned(), Value::from(cast::calibre_word(*calibre)));
        }
        if let Intent::RosterDuty { from, until, .. } = intent {
            body.insert("until".to_owned(), Value::from(until_on_a_set(*from, *until)));
        }
        let kind = kinds::find(word).unwrap();
        let item = item.map(|number| (kind.item.and_then(Space::of_item).unwrap(), number));
        Written { kind, item, body }
    }

    /// What its fields name.
    fn things(&self) -> impl Iterator<Item = (&'static str, Thing)> {
        self.kind.fields.iter().filter_map(|(field, schema)| {
            let number = self.body[*field].as_u64()?;
            Some((*field, (Space::of_field(field, &schema())?, u16::try_from(number).unwrap())))
        })
    }

    /// What it brings onto the register, or would.
    fn brings(&self) -> Option<Thing> {
        const NEW: [&str; 8] = [
            "add_person",
            "register_place",
            "register_gun",
            "register_lot",
            "receive_lot",
            "re_box",
            "plan_scene",
            "enrol_device",
        ];
        self.item.filter(|_| NEW.contains(&self.kind.word))
    }
}

impl Told<'_> {
    /// Everything of the register: what a file tells where nothing is left out of it.
    pub fn whole_register(&self) -> BTreeSet<Thing> {
        cast::on_the_register(self.begins)
    }

    /// The scenario file, with those things of the register.
    pub fn file(&self, register: &BTreeSet<Thing>) -> String {
        let written: Vec<Written> = self.lines.iter().map(|line| Written::of(&line.intent)).collect();
        let named = self.named(&written);
        let brought: BTreeSet<Thing> = written.iter().filter_map(Written::brings).collect();
        let steps = self.step_names(&written, &named);
        let mut text = format!("title = {}\nsource = {}\n", quoted(self.title), quoted(self.source));
        let never_made = |it: &&Thing| it.0 == Space::Step && it.1 != MEETING && !steps.contains_key(&it.1);
        let never_made: Vec<String> = named.iter().filter(never_made).map(|it| name(*it)).collect();
        if !never_made.is_empty() {
            writeln!(text, "never_made = {}", listed(never_made.iter().map(String::as_str))).unwrap();
        }
        write!(text, "\n[limits]\n{LIMITS}").unwrap();
        text.push_str(&cast::tables(self.begins, register));
        let known = self.whole_register();
        let unknown = |it: &&Thing| !known.contains(it) && !brought.contains(it) && !cast::is_a_phone(**it);
        text.push_str(&cast::on_no_register(&named.iter().filter(unknown).copied().collect()));
        let morning = morning::lines(self.begins, register);
        let mut clock = Clock { part_ms: part_ms(morning.len() + self.lines.len()), steps: 0 };
        for line in morning {
            text.push_str(&line.text(&clock.next(FIRST_TICK)));
        }
        for (line, written) in self.lines.iter().zip(&written) {
            let at = clock.next(line.context.decided_at);
            text.push_str(&step_text(line, written, &at, &steps));
        }
        text
    }

    /// Everything that is named by somebody.
    fn named(&self, written: &[Written]) -> BTreeSet<Thing> {
        let mut named = BTreeSet::new();
        for (line, written) in self.lines.iter().zip(written) {
            named.extend(written.item);
            named.extend(written.things().map(|(_, thing)| thing));
            named.extend(line.context.by.map(|by| (Space::Person, u16::from(by))));
            named.extend(line.context.device.map(|device| (Space::Device, u16::from(device))));
        }
        // Whose each device is; one that was never enrolled is the stranger's.
        let owner = |it: &Thing| (Space::Person, if cast::is_a_phone(*it) { it.1 } else { u16::from(STRANGER.0) });
        let owners: Vec<Thing> = named.iter().filter(|it| it.0 == Space::Device).map(owner).collect();
        named.extend(owners);
        named
    }

    /// The names of the steps that others name, by their acts.
    fn step_names(&self, written: &[Written], named: &BTreeSet<Thing>) -> BTreeMap<u16, String> {
        let mut names = BTreeMap::new();
        let mut taken: BTreeMap<String, u16> = BTreeMap::new();
        for (line, written) in self.lines.iter().zip(written) {
            let act = line.context.act;
            if named.contains(&(Space::Step, act)) {
                let said = what_it_is(written);
                let times = taken.entry(said.clone()).and_modify(|it| *it += 1).or_insert(1);
                names.insert(act, if *times == 1 { said } else { format!("{said} ({times})") });
            }
        }
        names
    }
}

/// A step, with the names of those that others name.
fn step_text(line: &Line, written: &Written, at: &Moment, steps: &BTreeMap<u16, String>) -> String {
    let of_a_step = |(space, act): Thing| steps.get(&act).filter(|_| space == Space::Step);
    let name = |thing: Thing| quoted(&of_a_step(thing).cloned().unwrap_or_else(|| name(thing)));
    let mut fields: Vec<(&str, String)> = Vec::new();
    if steps.contains_key(&line.context.act) {
        fields.push(("name", name((Space::Step, line.context.act))));
    }
    fields.extend(who_and_when(line, written, at));
    fields.push(("do", quoted(written.kind.word)));
    fields.extend(written.item.map(|item| ("item", name(item))));
    let things: BTreeMap<&str, Thing> = written.things().collect();
    let methods = Methods::of(&written.body);
    for (of, schema) in written.kind.fields {
        let value = match things.get(of) {
            Some(thing) => Some(name(*thing)),
            None => short(of, &schema(), &written.body[*of], methods),
        };
        fields.extend(value.map(|value| (*of, value)));
    }
    fields.extend(methods.of_the_step.map(|method| ("method", quoted(method))));
    if !line.accepted {
        fields.push(("expect", quoted("refused")));
    }
    if !line.codes.is_empty() {
        fields.push(("reasons", listed(line.codes.iter().copied())));
    }
    let fields = fields.into_iter().map(|(field, value)| format!("{field} = {value}\n"));
    format!("\n[[step]]\n{}", fields.collect::<String>())
}

/// Who said it, on which device and when, as far as it is not as the format takes it to be.
fn who_and_when(line: &Line, written: &Written, at: &Moment) -> Vec<(&'static str, String)> {
    let Context { by, device, proven, decided_at, claimed_at, .. } = line.context;
    let named = |space: Space, number: u8| quoted(&name((space, u16::from(number))));
    let mut fields = vec![("at", at.text())];
    fields.extend(by.map(|by| ("by", named(Space::Person, by))));
    let enrols = written.kind.word == "enrol_device";
    if device != by.filter(|_| !enrols) {
        fields.push(("device", named(Space::Device, device.unwrap())));
    }
    let usual = match by {
        _ if enrols => Proven::Code,
        None => Proven::Nobody,
        Some(by) if device == Some(by) => Proven::OwnDevicePin,
        Some(_) => Proven::OtherDevicePin,
    };
    if proven != usual || by.is_none() && written.kind.word != "stop" {
        fields.push(("proven", quoted(proven.word())));
    }
    if claimed_at != decided_at {
        let ago = i64::from(decided_at.0) - i64::from(claimed_at.0);
        fields.push(("claimed_at", quoted(&clock(Millis(at.at.0 - ago * TICK_MS)))));
    }
    if line.clock_jumped {
        fields.push(("clock_jumped", "true".to_owned()));
    }
    fields
}

/// A duty that is longer than the longest is longer than a day on a set as well, which no production chooses.
fn until_on_a_set(from: Tick, until: Tick) -> u64 {
    let (from, until) = (u64::from(from.0), u64::from(until.0));
    let day = Real::LONGEST_DUTY / TICK_MS.unsigned_abs();
    if until > from + Small::LONGEST_DUTY { until - Small::LONGEST_DUTY + day } else { until }
}

/// "the check of gun 1"
fn what_it_is(written: &Written) -> String {
    let what = match written.kind.word {
        "offer" => "the offer",
        "begin_check" => "the check",
        "begin_count" => "the count",
        "begin_line" => "the line",
        "hold_meeting" => "the meeting",
        "plan_shot" => "the shot",
        "invite_device" => "the invitation",
        "report_safety_request" => "the request",
        "issue_in_line" | "issue_feed_in_line" | "issue_barrels_in_line" => "the issue",
        other => return format!("{}{}", other.replace('_', " "), of_what(written)),
    };
    format!("{what}{}", of_what(written))
}

fn of_what(written: &Written) -> String {
    written.item.filter(|it| it.0 != Space::Step).map_or_else(String::new, |item| format!(" of {}", name(item)))
}

/// When a step is made.
pub struct Moment {
    at: Millis,
}

impl Moment {
    /// As a file has it.
    pub fn text(&self) -> String {
        quoted(&clock(self.at))
    }
}

/// The steps of one tick follow each other, as they do in the record.
struct Clock {
    part_ms: i64,
    steps: i64,
}

impl Clock {
    fn next(&mut self, tick: Tick) -> Moment {
        let at = BEGINS_MS + (i64::from(tick.0) - i64::from(FIRST_TICK.0)) * TICK_MS + self.steps * self.part_ms;
        self.steps += 1;
        assert!(self.steps * self.part_ms < TICK_MS / 2, "a history of so many steps is not told");
        Moment { at: Millis(at) }
    }
}

/// The longest whole part of a second by which so many steps follow each other within half a tick.
fn part_ms(steps: usize) -> i64 {
    let steps = i64::try_from(steps).unwrap();
    [1_000, 100, 10, 1].into_iter().find(|part| part * steps < TICK_MS / 2).unwrap_or(1)
}

/// How rounds were read in a step, and whether its readings can be told with one letter a chamber.
#[derive(Clone, Copy)]
struct Methods<'a> {
    of_the_step: Option<&'a str>,
    letters: bool,
}

impl<'a> Methods<'a> {
    fn of(body: &'a Map<String, Value>) -> Methods<'a> {
        let of_the_feed = body.get("feed").and_then(|feed| feed["method"].as_str());
        let readings = body.get("readings").and_then(Value::as_array);
        let rounds = || readings.into_iter().flatten().filter(|it| it["saw"] != "empty");
        let first = rounds().next().and_then(|it| it["method"].as_str());
        let of_the_step = of_the_feed.or(first);
        let alike = |it: &Value| {
            it["method"] == if it["saw"] == "empty" { "seen_at_head" } else { of_the_step.unwrap_or_default() }
        };
        let letters = readings.is_some_and(|it| !it.is_empty() && it.iter().all(alike));
        let needed = of_the_feed.is_some() || letters;
        Methods { of_the_step: of_the_step.filter(|method| needed && *method != "seen_at_head"), letters }
    }
}

/// A field as people write it; nothing where it may be left out.
fn short(name: &str, schema: &Value, value: &Value, methods: Methods) -> Option<String> {
    let of_table = |of: &Value| {
        let counted = of.as_object().unwrap().iter().filter(|(_, number)| **number != 0);
        let fields: Vec<String> = counted.map(|(kind, number)| format!("{kind} = {number}")).collect();
        if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
    };
    match (name, value) {
        (_, Value::Null) => None,
        (_, Value::Array(chambers)) if kinds::is_chambers(schema) && chambers.is_empty() => None,
        ("readings", Value::Array(readings)) if methods.letters => Some(letters(readings, "chamber", letter)),
        ("rods", Value::Array(rods)) if !rods.is_empty() && rods.iter().all(has_a_letter) => {
            Some(letters(rods, "barrel", rod_letter))
        }
        ("tally", tally) => Some(of_table(tally)),
        ("feed", feed) => Some(of_table(&feed["saw"])),
        (_, Value::Number(tick)) if kinds::is_moment(schema) => {
            let at = BEGINS_MS + (tick.as_i64().unwrap() - i64::from(FIRST_TICK.0)) * TICK_MS;
            Some(quoted(&clock(Millis(at))))
        }
        (_, value) => Some(toml::Value::try_from(value).unwrap().to_string()),
    }
}

/// One letter a chamber or barrel from the marked one, with `-` where nothing was read.
fn letters(read: &[Value], number: &str, letter: fn(&Value) -> char) -> String {
    let last = read.iter().filter_map(|it| it[number].as_u64()).max().unwrap();
    let of = |place: u64| read.iter().find(|it| it[number] == place).map_or('-', letter);
    quoted(&(1..=last).map(of).collect::<String>())
}

fn letter(reading: &Value) -> char {
    match reading["saw"].as_str().unwrap() {
        "empty" => 'E',
        "dummy" => 'D',
        "blank" => 'B',
        "live" => 'L',
        "spent" => 'S',
        "snap_cap" => 'C',
        _ => '?',
    }
}

/// Of a rod that nobody is sure of no letter tells that the barrel is primed.
fn has_a_letter(rod: &Value) -> bool {
    rod["rod"] != "not_sure" || rod["primed"] == false
}

fn rod_letter(reading: &Value) -> char {
    match (reading["rod"].as_str().unwrap(), reading["primed"].as_bool().unwrap()) {
        ("at_mark", false) => 'E',
        ("above_mark", false) => 'C',
        ("above_mark", true) => 'P',
        ("at_mark", true) => 'K',
        _ => '?',
    }
}
