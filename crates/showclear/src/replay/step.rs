//! The steps of a scenario: names for identifiers, short forms for readings and chambers.

use std::collections::BTreeMap;

use kernel::{Code, Doubt, Proven};
use record::wire::{self, Kind, Wire};
use record::words::Word;
use record::{Context, Id, Millis};
use serde_json::{Map, Value, json};

use super::file::{After, Expected, Step, unknown};
use super::kinds;
use super::lined::{Item, Lined, Mistakes, Section};
use super::names::{Names, Space, parse_clock, phone_of};
use super::play::CARD_WORDS;

/// A step whose own fields are read and whose names are not yet looked up.
#[derive(Debug)]
struct Draft {
    section: Section,
    at: Millis,
    kind: &'static Kind,
    name: Option<String>,
    item: Option<(usize, String)>,
}

/// Reads all steps. Names may be used before the step that brings them: what is not there yet, the
/// kernel says.
pub fn read_all(
    sections: Vec<Section>,
    names: &mut Names,
    owners: &BTreeMap<Id, Id>,
    mistakes: &mut Mistakes,
) -> Vec<Step> {
    let mut owners = owners.clone();
    let mut drafts = Vec::new();
    let mut last = None;
    for section in sections {
        if let Some(draft) = Draft::read(section, &mut last, mistakes) {
            draft.declare(names, &mut owners, mistakes);
            drafts.push(draft);
        }
    }
    drafts.into_iter().filter_map(|draft| draft.resolve(names, &owners, mistakes)).collect()
}

impl Draft {
    fn read(mut section: Section, last: &mut Option<Millis>, mistakes: &mut Mistakes) -> Option<Draft> {
        let (line, text) = section.need_text("at", "the time of day, as `13:04` or `13:04:30`", mistakes);
        let at = parse_clock(&text);
        match at {
            Some(at) if last.is_some_and(|last| at <= last) => {
                let sentence = format!("`at` is {text}, and the step before it is not earlier");
                mistakes.add(line, &section.part, sentence);
            }
            None if !text.is_empty() => {
                let sentence = format!("`at` should be a time of day such as `13:04` or `13:04:30`, and is `{text}`");
                mistakes.add(line, &section.part, sentence);
            }
            Some(_) | None => {}
        }
        *last = at.or(*last);
        let (line, word) = section.need_text("do", "what is asked or reported", mistakes);
        let kind = kinds::find(&word);
        if kind.is_none() && !word.is_empty() {
            let sentence = format!("there is no `do = \"{word}\"`; there is {}", kinds::listed());
            mistakes.add(line, &section.part, sentence);
        }
        let name = section.text("name", mistakes).map(|(_, name)| name);
        let item = section.text("item", mistakes);
        Some(Draft { section, at: at.unwrap_or(Millis(0)), kind: kind?, name, item })
    }

    /// Enters the step's own name, and the name of what it brings onto the register.
    fn declare(&self, names: &mut Names, owners: &mut BTreeMap<Id, Id>, mistakes: &mut Mistakes) {
        if let Some(name) = &self.name
            && !names.declare(Space::Step, name)
        {
            mistakes.add(self.section.line, &self.section.part, format!("another step is called `{name}`"));
        }
        let Some((_, item)) = &self.item else { return };
        match self.kind.word {
            "add_person" => {
                names.declare(Space::Person, item);
                names.declare(Space::Device, &phone_of(item));
                owners.insert(Space::Device.id(&phone_of(item)), Space::Person.id(item));
            }
            "register_place" => drop(names.declare(Space::Place, item)),
            "register_gun" => drop(names.declare(Space::Gun, item)),
            "register_lot" => drop(names.declare(Space::Lot, item)),
            "enrol_device" => drop(names.declare(Space::Device, item)),
            _ => {}
        }
    }

    fn resolve(mut self, names: &Names, owners: &BTreeMap<Id, Id>, mistakes: &mut Mistakes) -> Option<Step> {
        let before = mistakes.len();
        let context = self.context(names, owners, mistakes);
        let item = self.item_id(names, mistakes);
        let mut body = Map::new();
        for (field, schema) in self.kind.fields {
            if let Some(value) = self.field(field, &schema(), names, mistakes) {
                body.insert((*field).to_owned(), value);
            }
        }
        let section = &mut self.section;
        let says = section.text("says", mistakes).map(|(_, says)| says);
        let note = section.text("note", mistakes).map(|(_, note)| note);
        let decisive = section.truth("decisive", false, mistakes);
        let expected = read_expected(section, Some(true), names, mistakes);
        let (line, part) = (section.line, section.part.clone());
        self.section.finish(mistakes);
        match wire::read_intent(self.kind.word, item, body) {
            Ok(intent) => Some(Step { line, name: self.name, context, intent, says, note, decisive, expected }),
            Err(error) => {
                // Where a field was wrong that is the mistake, and not that nothing stands in its place.
                if mistakes.len() == before {
                    mistakes.add(line, &part, kinds::explain(self.kind, &error));
                }
                None
            }
        }
    }

    fn context(&mut self, names: &Names, owners: &BTreeMap<Id, Id>, mistakes: &mut Mistakes) -> Context {
        let section = &mut self.section;
        let find = |space: Space, said: Option<(usize, String)>, part: &str, mistakes: &mut Mistakes| {
            let (line, name) = said?;
            let id = names.find(space, &name);
            if id.is_none() {
                mistakes.add(line, part, unknown(names, space, &name));
            }
            id
        };
        let said_by = section.text("by", mistakes);
        if said_by.is_none() && self.kind.word != "stop" {
            mistakes.add(section.line, &section.part, "`by` is missing: only a stop needs no person");
        }
        let phone = said_by.as_ref().map(|(line, name)| (*line, phone_of(name)));
        let by = find(Space::Person, said_by, &section.part, mistakes);
        let said_device = section.text("device", mistakes);
        let device = match said_device {
            Some(_) => find(Space::Device, said_device, &section.part, mistakes),
            None if self.kind.word == "enrol_device" => None,
            None => phone.and_then(|(_, name)| names.find(Space::Device, &name)),
        };
        let proven = match section.text("proven", mistakes) {
            Some((line, word)) => Proven::from_word(&word).unwrap_or_else(|| {
                let sentence = format!("`proven` should be {}", kinds::one_of::<Proven>());
                mistakes.add(line, &section.part, sentence);
                Proven::Nobody
            }),
            None if self.kind.word == "enrol_device" => Proven::Code,
            None if by.is_none() => Proven::Nobody,
            None if device.and_then(|it| owners.get(&it)).copied() == by => Proven::OwnDevicePin,
            None => Proven::OtherDevicePin,
        };
        let claimed_at = section.text("claimed_at", mistakes).map(|(line, text)| {
            parse_clock(&text).unwrap_or_else(|| {
                let sentence = "`claimed_at` should be a time of day such as `13:04` or `13:04:30`";
                mistakes.add(line, &section.part, sentence);
                self.at
            })
        });
        let act = self.name.clone().unwrap_or_else(|| format!("{}, line {}", section.part, section.line));
        let (act, decided_at) = (Space::Step.id(&act), self.at);
        Context { act, by, device, proven, decided_at, claimed_at: claimed_at.unwrap_or(decided_at) }
    }

    fn item_id(&self, names: &Names, mistakes: &mut Mistakes) -> Option<Id> {
        let (section, kind) = (&self.section, self.kind);
        match (kind.item.and_then(Space::of_item), &self.item) {
            (None, None) => None,
            (None, Some((line, _))) => {
                mistakes.add(*line, &section.part, format!("`{}` is about no `item`", kind.word));
                None
            }
            (Some(_), None) => {
                mistakes.add(section.line, &section.part, kinds::missing_item(kind));
                None
            }
            (Some(space), Some((line, name))) => {
                let id = names.find(space, name);
                if id.is_none() {
                    mistakes.add(*line, &section.part, unknown(names, space, name));
                }
                // An identifier that is not there keeps the second mistake, "item is missing", away.
                Some(id.unwrap_or_else(|| space.id(name)))
            }
        }
    }

    /// A field of the intent as the API has it.
    fn field(&mut self, name: &'static str, schema: &Value, names: &Names, mistakes: &mut Mistakes) -> Option<Value> {
        let method = if name == "readings" { self.method(mistakes) } else { "" };
        let Some(Lined { line, item }) = self.section.take(name) else {
            // Nobody need be named as the person whom another answers to.
            return (name == "answers_to").then_some(Value::Null);
        };
        let part = self.section.part.clone();
        let mut wrong = |sentence: String| {
            mistakes.add(line, &part, sentence);
            None
        };
        match (name, item) {
            (_, Item::Text(text)) if Space::of_field(name).is_some() => {
                let space = Space::of_field(name).unwrap_or(Space::Step);
                match names.find(space, &text) {
                    Some(id) => Some(id.put()),
                    None => {
                        wrong(unknown(names, space, &text));
                        Some(space.id(&text).put())
                    }
                }
            }
            ("readings", Item::Text(text)) => match short_readings(&text, method) {
                Some(readings) => Some(readings),
                None => wrong(format!("`readings` should be {READINGS}, and is `{text}`")),
            },
            ("chambers", Item::Text(text)) => match short_chambers(&text) {
                Some(chambers) => Some(chambers),
                None => wrong(format!("`chambers` should be such as `1-6` or `1, 3-4`, and is `{text}`")),
            },
            ("roles", Item::List(items)) => {
                let texts = items.into_iter().filter_map(|it| match it.item {
                    Item::Text(text) => Some((it.line, text)),
                    Item::Whole(_) | Item::Truth(_) | Item::List(_) | Item::Table(_) | Item::Other(_) => None,
                });
                Some(read_roles(texts.collect(), &part, mistakes))
            }
            (_, item) => {
                let value = json_of(&item);
                let words = schema.get("enum").and_then(Value::as_array);
                if words.is_some_and(|words| !words.contains(&value)) {
                    return wrong(format!("`{name}` should be {}, and is {value}", kinds::describe(name, schema)));
                }
                Some(value)
            }
        }
    }

    fn method(&mut self, mistakes: &mut Mistakes) -> &'static str {
        let Some((line, text)) = self.section.text("method", mistakes) else { return "seen_at_head" };
        match kernel::Method::from_word(&text) {
            Some(method) => method.word(),
            None => {
                let sentence = format!("`method` should be {}", kinds::one_of::<kernel::Method>());
                mistakes.add(line, &self.section.part, sentence);
                "seen_at_head"
            }
        }
    }
}

/// What the short form of readings is.
const READINGS: &str = "one letter a chamber from the marked one (E empty, D dummy, B blank, L live, S spent, \
                        C snap cap, ? not sure, - not looked at) or a list";

/// `DDD---`: one letter a chamber. The method is that of the rounds; an empty chamber is seen.
fn short_readings(text: &str, method: &str) -> Option<Value> {
    let mut readings = Vec::new();
    if text.is_empty() || text.chars().count() > kernel::MAX_CHAMBERS {
        return None;
    }
    for (chamber, letter) in (1u8..).zip(text.chars()) {
        let saw = match letter {
            'E' => "empty",
            'D' => "dummy",
            'B' => "blank",
            'L' => "live",
            'S' => "spent",
            'C' => "snap_cap",
            '?' => "not_sure",
            '-' => continue,
            _ => return None,
        };
        let method = if saw == "empty" { "seen_at_head" } else { method };
        readings.push(json!({"chamber": chamber, "method": method, "saw": saw}));
    }
    Some(Value::Array(readings))
}

/// `1-6` or `1, 3-4`: chambers and spans of chambers.
fn short_chambers(text: &str) -> Option<Value> {
    let mut chambers = kernel::Chambers::NONE;
    for part in text.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u8, u8) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first == 0 || last < first || usize::from(last) > kernel::MAX_CHAMBERS {
            return None;
        }
        chambers = (first..=last).fold(chambers, kernel::Chambers::with);
    }
    Some(chambers.put())
}

/// Roles in the order in which the record writes them.
pub fn read_roles(texts: Vec<(usize, String)>, part: &str, mistakes: &mut Mistakes) -> Value {
    let mut roles = kernel::Roles::NONE;
    for (line, text) in texts {
        match kernel::Role::from_word(&text) {
            Some(role) => roles = roles.with(role),
            None => {
                let sentence = format!("there is no role `{text}`; it should be {}", kinds::one_of::<kernel::Role>());
                mistakes.add(line, part, sentence);
            }
        }
    }
    roles.put()
}

/// What is expected of an answer. Where nothing is said, `default` is; where there is none, it must be said.
pub fn read_expected(section: &mut Section, default: Option<bool>, names: &Names, mistakes: &mut Mistakes) -> Expected {
    let accepted = match section.text("expect", mistakes) {
        Some((_, word)) if word == "accepted" => Some(true),
        Some((_, word)) if word == "refused" => Some(false),
        Some((line, word)) => {
            let sentence = format!("`expect` should be `accepted` or `refused`, and is `{word}`");
            mistakes.add(line, &section.part, sentence);
            None
        }
        None if default.is_none() => {
            mistakes.add(section.line, &section.part, "`expect` is missing: `accepted` or `refused`");
            None
        }
        None => default,
    };
    let mut reasons = Vec::new();
    for (line, text) in section.texts("reasons", mistakes) {
        match Code::parse(&text) {
            Some(code) => reasons.push(code),
            None => {
                mistakes.add(line, &section.part, format!("there is no reason code `{text}`; see docs/scenarios.md"))
            }
        }
    }
    let after = section.table("after", mistakes);
    let read = |(gun, said): (String, Lined)| read_after(&gun, &said, &section.part, names, mistakes);
    let after = after.into_iter().filter_map(read).collect();
    Expected { accepted, reasons, after }
}

fn read_after(gun: &str, said: &Lined, part: &str, names: &Names, mistakes: &mut Mistakes) -> Option<After> {
    let Some(id) = names.find(Space::Gun, gun) else {
        mistakes.add(said.line, part, unknown(names, Space::Gun, gun));
        return None;
    };
    let Item::Text(text) = &said.item else {
        mistakes.add(said.line, part, format!("`after` of `{gun}` should be a text such as `UNKNOWN: SHOWING-BREAK`"));
        return None;
    };
    let (word, doubt) = text.split_once(": ").map_or((text.as_str(), None), |(word, code)| (word, Some(code)));
    if !CARD_WORDS.contains(&word) {
        let sentence = format!("`after` should begin with one of `{}`, and is `{text}`", CARD_WORDS.join("`, `"));
        mistakes.add(said.line, part, sentence);
        return None;
    }
    let code = doubt.and_then(|text| Doubt::ALL.into_iter().map(Doubt::code).find(|code| code.as_str() == text));
    if doubt.is_some() && code.is_none() {
        let codes: Vec<&str> = Doubt::ALL.iter().map(|doubt| doubt.code().as_str()).collect();
        let sentence = format!("`after` should name a doubt, one of `{}`, and is `{text}`", codes.join("`, `"));
        mistakes.add(said.line, part, sentence);
        return None;
    }
    Some(After { gun: id, word: word.to_owned(), doubt: code })
}

fn json_of(item: &Item) -> Value {
    match item {
        Item::Text(text) => Value::from(text.as_str()),
        Item::Whole(whole) => Value::from(*whole),
        Item::Truth(truth) => Value::from(*truth),
        Item::List(items) => Value::Array(items.iter().map(|it| json_of(&it.item)).collect()),
        Item::Table(fields) => {
            Value::Object(fields.iter().map(|(name, it)| (name.clone(), json_of(&it.item))).collect())
        }
        Item::Other(_) => Value::Null,
    }
}
