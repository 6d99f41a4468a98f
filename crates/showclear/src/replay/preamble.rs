//! What stands before the first step: people, devices, places, guns, lots, scenes and duties.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Limits, Tally};
use record::wire::Wire;
use record::words::Word;
use record::{Id, Millis, State};
use serde_json::{Value, json};

use super::before::{Before, Entered};
use super::file::unknown;
use super::kinds;
use super::lined::{Mistakes, Section};
use super::names::{Names, Space, parse_clock, phone_of};
use super::step;

/// Who keeps the register before the first step.
pub const OFFICE: &str = "the production office";

/// Everything before the first step, as the file has it.
#[derive(Debug)]
pub struct Preamble {
    /// Every name of the preamble.
    pub names: Names,
    /// Whose each device is.
    pub owners: BTreeMap<Id, Id>,
    day: u32,
    also_on: Vec<u32>,
    office: Value,
    entered: Vec<Entered>,
    devices: Vec<(Id, Id)>,
    /// The things in whose tables a mistake is: what rests on them is not tried.
    failed: BTreeSet<Id>,
}

/// What is done with a lot once everything is on the register.
#[derive(Debug)]
struct LotBefore {
    section: Section,
    lot: Id,
    /// What a count of its box finds.
    expected: Tally,
}

/// A test of blanks in a gun, made before the first step.
#[derive(Debug)]
struct TestBefore {
    section: Section,
    gun: Id,
    /// A charge of a muzzle-loader leaves no case.
    leaves_cases: bool,
}

impl Preamble {
    /// Reads it out of the file.
    pub fn read(file: &mut Section, day: u32, also_on: Vec<u32>, mistakes: &mut Mistakes) -> Preamble {
        let mut preamble = Preamble {
            names: Names::default(),
            owners: BTreeMap::new(),
            day,
            also_on,
            office: json!(["producer"]),
            entered: Vec::new(),
            devices: Vec::new(),
            failed: BTreeSet::new(),
        };
        preamble.person(OFFICE);
        preamble.people(file.sections("person", "person", mistakes), mistakes);
        preamble.more_devices(file.sections("device", "device", mistakes), mistakes);
        preamble.places(file.sections("place", "place", mistakes), mistakes);
        let tested = preamble.guns(file.sections("gun", "gun", mistakes), mistakes);
        let lots = preamble.lots(file.sections("lot", "lot", mistakes), mistakes);
        let lots = preamble.blanks_were_tested(tested, lots, mistakes);
        preamble.lots_were_counted(lots, mistakes);
        preamble.scenes(file.sections("scene", "scene", mistakes), mistakes);
        preamble.duties(file.sections("duty", "duty", mistakes), mistakes);
        preamble
    }

    /// The state before the first step.
    pub fn state(&self, limits: &Limits, begins: Millis, mistakes: &mut Mistakes) -> State {
        let roles = kernel::Roles::get(&self.office).unwrap_or_default();
        let days: Vec<kernel::Day> =
            std::iter::once(&self.day).chain(&self.also_on).copied().map(kernel::Day).collect();
        let mut before = Before::found((&days, roles), &self.devices, &self.names, *limits, begins);
        before.enter(&self.entered, self.failed.clone(), mistakes);
        before.state
    }

    /// What is not tried any more where a mistake was met since.
    fn fails(&mut self, id: Id, since: usize, mistakes: &Mistakes) {
        if mistakes.len() > since {
            self.failed.insert(id);
        }
    }

    fn person(&mut self, name: &str) {
        let phone = phone_of(name);
        self.names.declare(Space::Person, name);
        self.names.declare(Space::Device, &phone);
        self.owners.insert(Space::Device.id(&phone), Space::Person.id(name));
    }

    /// The name of a thing, which must be new, and whether it is on the register. Where it is not new, what its table
    /// says goes for a thing of another name, so that the first is as it was.
    fn named(&mut self, section: &mut Section, space: Space, mistakes: &mut Mistakes) -> (String, bool) {
        let (line, name) = section.need_text("name", "what it is called in the steps", mistakes);
        let registered = section.truth("registered", true, mistakes);
        let is_office = space == Space::Person && name == OFFICE && !self.entered.iter().any(|it| it.part == OFFICE);
        if !self.names.declare(space, &name) && !is_office {
            mistakes.add(line, &section.part, format!("there is another {} called `{name}`", space.word()));
            return (format!("{name} (line {line})"), registered);
        }
        (name, registered)
    }

    /// The identifier of a name that stands in a field, where it is there and known.
    fn find(&self, space: Space, said: Option<(usize, String)>, part: &str, mistakes: &mut Mistakes) -> Option<Id> {
        let (line, name) = said?;
        let found = self.names.find(space, &name);
        if found.is_none() && !name.is_empty() {
            mistakes.add(line, part, unknown(&self.names, space, &name));
        }
        found
    }

    fn field(&self, section: &mut Section, name: &'static str, space: Space, mistakes: &mut Mistakes) -> Option<Id> {
        let said = section.text(name, mistakes);
        self.find(space, said, &section.part, mistakes)
    }

    fn need(
        &self,
        section: &mut Section,
        (name, what): (&'static str, &str),
        space: Space,
        mistakes: &mut Mistakes,
    ) -> Option<Id> {
        let said = section.need_text(name, what, mistakes);
        self.find(space, Some(said), &section.part, mistakes)
    }

    /// One entry of the production office.
    fn enter(&mut self, section: &Section, kind: &'static str, item: Id, body: Value) {
        self.enter_by(section, Space::Person.id(OFFICE), None, (kind, Some(item), body));
    }

    /// One entry of whoever it is, as an act of this name where others refer to it.
    fn enter_by(
        &mut self,
        section: &Section,
        by: Id,
        act: Option<Id>,
        (kind, item, body): (&'static str, Option<Id>, Value),
    ) -> Id {
        let number = self.entered.len();
        let act = act.unwrap_or_else(|| Space::Step.id(&format!("entry {number} before the first step")));
        let body = body.as_object().cloned().unwrap_or_default();
        let device = self.names.known(by).map(|name| Space::Device.id(&phone_of(name)));
        let (line, part) = (section.line, section.part.clone());
        self.entered.push(Entered { line, part, act, by, device, kind, item, body });
        act
    }

    fn people(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        let mut roles = Vec::new();
        for mut section in sections {
            let since = mistakes.len();
            let (name, registered) = self.named(&mut section, Space::Person, mistakes);
            let (id, line) = (Space::Person.id(&name), section.line);
            if mistakes.len() == since {
                self.person(&name);
            }
            let given = step::read_roles(section.texts("roles", mistakes), &section.part, mistakes);
            let answers_to = section.text("answers_to", mistakes);
            if name == OFFICE {
                self.office = given;
            } else if registered {
                self.enter(&section, "add_person", id, json!({}));
                self.devices.push((Space::Device.id(&phone_of(&name)), id));
                roles.push((line, section.part.clone(), id, given, answers_to));
            }
            section.finish(mistakes);
            self.fails(id, since, mistakes);
        }
        for (line, part, id, roles, answers_to) in roles {
            let superior = answers_to.and_then(|(line, name)| {
                let found = self.names.find(Space::Person, &name);
                if found.is_none() {
                    mistakes.add(line, &part, unknown(&self.names, Space::Person, &name));
                }
                found
            });
            let section = Section::called(part, line);
            for day in std::iter::once(self.day).chain(self.also_on.clone()) {
                let body = json!({"answers_to": superior.put(), "day": day, "roles": roles});
                self.enter(&section, "assign_roles", id, body);
            }
        }
    }

    fn more_devices(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let (name, registered) = self.named(&mut section, Space::Device, mistakes);
            let (line, owner) = section.need_text("of", "whose device it is", mistakes);
            let device = Space::Device.id(&name);
            match self.names.find(Space::Person, &owner) {
                Some(person) if registered => {
                    self.owners.insert(device, person);
                    self.devices.push((device, person));
                }
                Some(person) => {
                    self.owners.insert(device, person);
                }
                None => mistakes.add(line, &section.part, unknown(&self.names, Space::Person, &owner)),
            }
            section.finish(mistakes);
        }
    }

    fn places(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let since = mistakes.len();
            let (name, registered) = self.named(&mut section, Space::Place, mistakes);
            let kind = word::<kernel::PlaceKind>(&mut section, "kind", mistakes);
            let (locks, for_guns) =
                (section.truth("locks", false, mistakes), section.truth("for_guns", false, mistakes));
            if registered {
                let body = json!({"for_guns": for_guns, "kind": kind, "locks": locks});
                self.enter(&section, "register_place", Space::Place.id(&name), body);
            }
            section.finish(mistakes);
            self.fails(Space::Place.id(&name), since, mistakes);
        }
    }

    /// Gives the tests of blanks that were made before the first step.
    fn guns(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) -> Vec<TestBefore> {
        let mut tested = Vec::new();
        for mut section in sections {
            let since = mistakes.len();
            let (name, registered) = self.named(&mut section, Space::Gun, mistakes);
            let gun = Space::Gun.id(&name);
            let kind = word::<kernel::GunKind>(&mut section, "kind", mistakes);
            let fires = kernel::GunKind::from_word(&kind).is_none_or(kernel::GunKind::fires);
            let action = section.has("action").then(|| word::<kernel::Action>(&mut section, "action", mistakes));
            let action = action.unwrap_or_else(|| if fires { "single_action" } else { "none" }.to_owned());
            let chambers = section.whole("chambers", u8::MAX.into(), mistakes);
            let chambers = chambers.map_or(if action == "none" { 0 } else { 6 }, |(_, chambers)| chambers);
            let calibre = calibre(&mut section, mistakes);
            let leaves_cases = action != kernel::Action::MuzzleLoader.word();
            let of_gun = |section| TestBefore { section, gun, leaves_cases };
            tested.extend(section.tables("stand_off", mistakes).into_iter().map(of_gun));
            if registered {
                let what = ("place", "where it lies before the first step");
                if let Some(place) = self.need(&mut section, what, Space::Place, mistakes) {
                    let body = json!({"action": action, "chambers": chambers, "kind": kind, "place": place.put()});
                    self.enter(&section, "register_gun", gun, body);
                    if let Some(calibre) = calibre {
                        self.enter(&section, "enter_calibre", gun, json!({"calibre": calibre}));
                    }
                }
            }
            section.finish(mistakes);
            self.fails(gun, since, mistakes);
        }
        tested
    }

    /// Gives what is done with each lot once the tests stand.
    fn lots(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) -> Vec<LotBefore> {
        let mut lots = Vec::new();
        for mut section in sections {
            let since = mistakes.len();
            let (name, registered) = self.named(&mut section, Space::Lot, mistakes);
            let kind = word::<kernel::LotKind>(&mut section, "kind", mistakes);
            if registered && !section.has("rounds") {
                mistakes.add(section.line, &section.part, "`rounds` is missing: how many they are");
            }
            let rounds = section.whole("rounds", u32::MAX, mistakes).map_or(0, |(_, rounds)| rounds);
            let inert_at_head = section.truth("inert_at_head", false, mistakes);
            let received = section.has("source");
            let source = self.field(&mut section, "source", Space::Person, mistakes);
            let lot = Space::Lot.id(&name);
            if !received {
                self.nothing_of_a_delivery(&mut section, mistakes);
            }
            if registered && !received {
                let body = json!({"inert_at_head": inert_at_head, "kind": kind, "rounds": rounds});
                self.enter(&section, "register_lot", lot, body);
            }
            if received {
                let mut body = json!({"inert_at_head": inert_at_head, "kind": kind, "rounds": rounds});
                let came = self.receive(&mut section, (&mut body, source), mistakes);
                if registered && came {
                    self.enter(&section, "receive_lot", lot, body);
                }
            }
            let expected = expected(&kind, rounds);
            self.fails(lot, since, mistakes);
            lots.push(LotBefore { section, lot, expected });
        }
        lots
    }

    /// These are said of a lot when it is received, and a lot without a source never was.
    fn nothing_of_a_delivery(&self, section: &mut Section, mistakes: &mut Mistakes) {
        for name in ["calibre", "load", "place", "uniform"] {
            if let Some(lined) = section.take(name) {
                let sentence = format!("`{name}` is entered when a lot is received: it needs a `source`");
                mistakes.add(lined.line, &section.part, sentence);
            }
        }
    }

    /// Reads what is said of a lot when it is received. Gives false where it cannot be entered.
    fn receive(
        &self,
        section: &mut Section,
        (body, source): (&mut Value, Option<Id>),
        mistakes: &mut Mistakes,
    ) -> bool {
        let load = section.has("load").then(|| word::<kernel::Load>(section, "load", mistakes));
        let what = ("place", "where its box lies, as it has a source");
        let place = self.need(section, what, Space::Place, mistakes);
        if let Some(fields) = body.as_object_mut() {
            fields.insert("calibre".to_owned(), calibre(section, mistakes).into());
            fields.insert("load".to_owned(), load.into());
            fields.insert("place".to_owned(), place.put());
            fields.insert("source".to_owned(), source.put());
            fields.insert("uniform".to_owned(), Value::Bool(section.truth("uniform", false, mistakes)));
        }
        place.is_some() && source.is_some()
    }

    /// The rounds of these tests were fired before: those that are named are not in the box any more, but their cases.
    fn blanks_were_tested(
        &mut self,
        tested: Vec<TestBefore>,
        mut lots: Vec<LotBefore>,
        mistakes: &mut Mistakes,
    ) -> Vec<LotBefore> {
        for TestBefore { mut section, gun, leaves_cases } in tested {
            let lot = self.need(&mut section, ("lot", "the blanks of the test"), Space::Lot, mistakes);
            let (line, fired) = section.whole("rounds", u32::MAX, mistakes).unwrap_or((section.line, 0));
            if let Some(of) = lots.iter_mut().find(|it| Some(it.lot) == lot)
                && !fire(&mut of.expected, fired, leaves_cases)
            {
                let sentence = format!(
                    "`rounds` should be how many of the lot were fired in the test, at most as many as it had, and is \
                     `{fired}`"
                );
                mistakes.add(line, &section.part, sentence);
            }
            let missing = !section.has("centimetres");
            let centimetres = section.whole("centimetres", u32::MAX, mistakes);
            if missing {
                let sentence = "`centimetres` is missing: the least of stand-off that the test found";
                mistakes.add(section.line, &section.part, sentence);
            }
            if let (Some(lot), Some((_, centimetres))) = (lot, centimetres) {
                let body = json!({"lot": lot.put(), "rounds": fired, "stand_off_centimetres": centimetres});
                self.enter(&section, "test_blank", gun, body);
            }
            section.finish(mistakes);
        }
        lots
    }

    /// The two who had every round in the hand count each lot; then its box is with whoever has it out.
    fn lots_were_counted(&mut self, lots: Vec<LotBefore>, mistakes: &mut Mistakes) {
        for LotBefore { mut section, lot, expected } in lots {
            let (since, part) = (mistakes.len(), section.part.clone());
            let verified_by = section.texts("verified_by", mistakes);
            let line = section.line_of("verified_by");
            let found: Vec<Option<Id>> =
                verified_by.into_iter().map(|said| self.find(Space::Person, Some(said), &part, mistakes)).collect();
            match found.as_slice() {
                [] => {}
                [Some(counter), Some(witness)] => self.count_at_receipt(&section, lot, [*counter, *witness], expected),
                [_, _] => {}
                _ => mistakes.add(line, &part, "`verified_by` should name two people: the handler, then the witness"),
            }
            if let Some(person) = self.field(&mut section, "out_with", Space::Person, mistakes) {
                self.enter_by(&section, person, None, ("take_out_lot", Some(lot), json!({})));
            }
            section.finish(mistakes);
            self.fails(lot, since, mistakes);
        }
    }

    fn count_at_receipt(&mut self, section: &Section, lot: Id, [counter, witness]: [Id; 2], expected: Tally) {
        let begin = json!({"occasion": "receipt", "witness": witness.put()});
        let count = self.enter_by(section, counter, None, ("begin_count", Some(lot), begin));
        for by in [counter, witness] {
            let body =
                json!({"count": count.put(), "method": "removed_seen_shaken", "seal": 1, "tally": expected.put()});
            self.enter_by(section, by, None, ("answer_count", Some(lot), body));
        }
    }

    fn scenes(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let since = mistakes.len();
            let (name, registered) = self.named(&mut section, Space::Scene, mistakes);
            let scene = Space::Scene.id(&name);
            let blanks = section.truth("blanks", false, mistakes);
            let day = section.whole("day", u32::MAX, mistakes).map(|(_, day)| day);
            let opened = section.has("open_at");
            let open_at = self.field(&mut section, "open_at", Space::Place, mistakes);
            if registered {
                self.enter(&section, "plan_scene", scene, json!({"blanks": blanks, "day": day}));
            }
            for meeting in section.tables("meeting", mistakes) {
                self.meeting(meeting, (scene, &name), opened.then_some(open_at), mistakes);
            }
            if let Some(place) = open_at {
                self.enter(&section, "open_scene", scene, json!({"place": place.put()}));
            }
            section.finish(mistakes);
            self.fails(scene, since, mistakes);
        }
    }

    /// A meeting on all five topics. The leader enters who was there. A place where the scene is open may be one that
    /// nobody knows: that is said where it stands.
    fn meeting(
        &mut self,
        mut section: Section,
        (scene, of): (Id, &str),
        open_at: Option<Option<Id>>,
        mistakes: &mut Mistakes,
    ) {
        let name = section.text("name", mistakes).map_or_else(|| format!("the meeting for {of}"), |(_, name)| name);
        self.names.declare(Space::Step, &name);
        let led_by = self.need(&mut section, ("led_by", "who led the meeting"), Space::Person, mistakes);
        let missing = !section.has("place") && open_at.is_none();
        let place = self.field(&mut section, "place", Space::Place, mistakes).or(open_at.flatten());
        if missing {
            mistakes.add(section.line, &section.part, "`place` is missing: where the meeting was held");
        }
        let part = section.part.clone();
        let present = section.texts("present", mistakes);
        let present: Vec<Id> =
            present.into_iter().filter_map(|said| self.find(Space::Person, Some(said), &part, mistakes)).collect();
        if let (Some(led_by), Some(place)) = (led_by, place) {
            let topics: kernel::Topics = kernel::Topic::ALL.into_iter().collect();
            let body = json!({"place": place.put(), "topics": topics.put()});
            let meeting =
                self.enter_by(&section, led_by, Some(Space::Step.id(&name)), ("hold_meeting", Some(scene), body));
            for person in present {
                let body = json!({"person": person.put()});
                self.enter_by(&section, led_by, None, ("attend_meeting", Some(meeting), body));
            }
        }
        section.finish(mistakes);
    }

    fn duties(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let person = self.need(&mut section, ("person", "who is rostered"), Space::Person, mistakes);
            let since = mistakes.len();
            let role = word::<kernel::Role>(&mut section, "role", mistakes);
            let mut moment = |name: &'static str, mistakes: &mut Mistakes| {
                let (line, text) = section.need_text(name, "a time of day such as `13:04`", mistakes);
                let at = parse_clock(&text);
                if at.is_none() && !text.is_empty() {
                    let sentence = format!("`{name}` should be a time of day such as `13:04`, and is `{text}`");
                    mistakes.add(line, &section.part, sentence);
                }
                at
            };
            let (from, until) = (moment("from", mistakes), moment("until", mistakes));
            if let (Some(person), Some(from), Some(until), true) = (person, from, until, mistakes.len() == since) {
                self.enter(&section, "roster_duty", person, json!({"from": from.0, "role": role, "until": until.0}));
            }
            section.finish(mistakes);
        }
    }
}

/// A word of a field that must be there; what is none is a mistake with the words that there are.
fn word<T: Word>(section: &mut Section, name: &'static str, mistakes: &mut Mistakes) -> String {
    let (line, text) = section.need_text(name, &kinds::one_of::<T>(""), mistakes);
    if T::from_word(&text).is_none() && !text.is_empty() {
        let sentence = format!("`{name}` should be {}, and is `{text}`", kinds::one_of::<T>(&text));
        mistakes.add(line, &section.part, sentence);
    }
    text
}

/// A calibre, where it is there and one.
fn calibre(section: &mut Section, mistakes: &mut Mistakes) -> Option<String> {
    let (line, text) = section.text("calibre", mistakes)?;
    if kernel::Calibre::get_text(&text).is_some() {
        return Some(text);
    }
    let expected = kinds::expected("calibre", &kernel::Calibre::schema(), &text);
    mistakes.add(line, &section.part, format!("`calibre` should be {expected}, and is `{text}`"));
    None
}

/// What a count of a whole box finds.
fn expected(kind: &str, rounds: u32) -> Tally {
    let kind = kernel::LotKind::from_word(kind);
    kind.map(|kind| kernel::Lot::<record::Real>::of(kind, false, rounds).expected()).unwrap_or_default()
}

/// So many blanks of a box were fired. Gives false where there are not so many.
fn fire(expected: &mut Tally, fired: u32, leaves_cases: bool) -> bool {
    let Some(left) = expected.blank.checked_sub(fired) else { return false };
    expected.blank = left;
    if leaves_cases {
        expected.spent = expected.spent.saturating_add(fired);
    }
    true
}
