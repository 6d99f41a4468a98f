//! What stands before the first step: people, devices, places, guns and lots.

use std::collections::BTreeMap;

use kernel::{Limits, Proven, Rules, decide, evolve};
use record::wire::{self, Wire};
use record::words::{Word, sentences};
use record::{Context, Event, Id, Millis, State};
use serde_json::{Map, Value, json};

use super::file::unknown;
use super::kinds;
use super::lined::{Mistakes, Section};
use super::names::{Names, Space, phone_of};
use super::step;

/// Who keeps the register before the first step.
pub const OFFICE: &str = "the production office";

/// One entry of the register, as the preamble has it.
#[derive(Debug)]
struct Entered {
    line: usize,
    part: String,
    kind: &'static str,
    item: Id,
    body: Map<String, Value>,
}

/// The people, places, guns and lots before the first step.
#[derive(Debug)]
pub struct Preamble {
    /// Every name of the preamble.
    pub names: Names,
    /// Whose each device is.
    pub owners: BTreeMap<Id, Id>,
    day: i64,
    office: Value,
    entered: Vec<Entered>,
    devices: Vec<(Id, Id)>,
}

impl Preamble {
    /// Reads it out of the file.
    pub fn read(file: &mut Section, day: i64, mistakes: &mut Mistakes) -> Preamble {
        let mut preamble = Preamble {
            names: Names::default(),
            owners: BTreeMap::new(),
            day,
            office: json!(["producer"]),
            entered: Vec::new(),
            devices: Vec::new(),
        };
        preamble.person(OFFICE);
        preamble.people(file.sections("person", "person", mistakes), mistakes);
        preamble.more_devices(file.sections("device", "device", mistakes), mistakes);
        preamble.places(file.sections("place", "place", mistakes), mistakes);
        preamble.guns(file.sections("gun", "gun", mistakes), mistakes);
        preamble.lots(file.sections("lot", "lot", mistakes), mistakes);
        preamble
    }

    fn person(&mut self, name: &str) {
        let phone = phone_of(name);
        self.names.declare(Space::Person, name);
        self.names.declare(Space::Device, &phone);
        self.owners.insert(Space::Device.id(&phone), Space::Person.id(name));
    }

    /// The name of a thing, which must be new, and whether it is on the register.
    fn named(&mut self, section: &mut Section, space: Space, mistakes: &mut Mistakes) -> (String, bool) {
        let (line, name) = section.need_text("name", "what it is called in the steps", mistakes);
        let registered = section.truth("registered", true, mistakes);
        let is_office = space == Space::Person && name == OFFICE && !self.entered.iter().any(|it| it.part == OFFICE);
        if !self.names.declare(space, &name) && !is_office {
            mistakes.add(line, &section.part, format!("there is another {} called `{name}`", space.word()));
        }
        (name, registered)
    }

    fn enter(&mut self, section: &Section, kind: &'static str, item: Id, body: Value) {
        let body = body.as_object().cloned().unwrap_or_default();
        self.entered.push(Entered { line: section.line, part: section.part.clone(), kind, item, body });
    }

    fn people(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        let mut roles = Vec::new();
        for mut section in sections {
            let (name, registered) = self.named(&mut section, Space::Person, mistakes);
            let (id, line) = (Space::Person.id(&name), section.line);
            self.person(&name);
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
        }
        for (line, part, id, roles, answers_to) in roles {
            let superior = answers_to.and_then(|(line, name)| {
                let found = self.names.find(Space::Person, &name);
                if found.is_none() {
                    mistakes.add(line, &part, unknown(&self.names, Space::Person, &name));
                }
                found
            });
            let body = json!({"answers_to": superior.put(), "day": self.day, "roles": roles});
            let body = body.as_object().cloned().unwrap_or_default();
            self.entered.push(Entered { line, part, kind: "assign_roles", item: id, body });
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
            let (name, registered) = self.named(&mut section, Space::Place, mistakes);
            let (_, kind) = section.need_text("kind", &kinds::one_of::<kernel::PlaceKind>(), mistakes);
            let (locks, for_guns) =
                (section.truth("locks", false, mistakes), section.truth("for_guns", false, mistakes));
            if registered {
                let body = json!({"for_guns": for_guns, "kind": kind, "locks": locks});
                self.enter(&section, "register_place", Space::Place.id(&name), body);
            }
            section.finish(mistakes);
        }
    }

    fn guns(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let (name, registered) = self.named(&mut section, Space::Gun, mistakes);
            let (_, kind) = section.need_text("kind", &kinds::one_of::<kernel::GunKind>(), mistakes);
            let fires = kernel::GunKind::from_word(&kind).is_none_or(kernel::GunKind::fires);
            let action = section.text("action", mistakes).map(|(_, action)| action);
            let action = action.unwrap_or_else(|| if fires { "single_action" } else { "none" }.to_owned());
            let chambers = section.whole("chambers", mistakes).map_or(if action == "none" { 0 } else { 6 }, |it| it.1);
            if registered {
                let (line, place) = section.need_text("place", "where it lies before the first step", mistakes);
                let home = self.names.find(Space::Place, &place);
                if home.is_none() && !place.is_empty() {
                    mistakes.add(line, &section.part, unknown(&self.names, Space::Place, &place));
                }
                let body = json!({"action": action, "chambers": chambers, "kind": kind, "place": home.put()});
                if home.is_some() {
                    self.enter(&section, "register_gun", Space::Gun.id(&name), body);
                }
            }
            section.finish(mistakes);
        }
    }

    fn lots(&mut self, sections: Vec<Section>, mistakes: &mut Mistakes) {
        for mut section in sections {
            let (name, registered) = self.named(&mut section, Space::Lot, mistakes);
            let (_, kind) = section.need_text("kind", &kinds::one_of::<kernel::LotKind>(), mistakes);
            let rounds = section.whole("rounds", mistakes).map_or(0, |(_, rounds)| rounds);
            let inert_at_head = section.truth("inert_at_head", false, mistakes);
            if registered {
                let body = json!({"inert_at_head": inert_at_head, "kind": kind, "rounds": rounds});
                self.enter(&section, "register_lot", Space::Lot.id(&name), body);
            }
            section.finish(mistakes);
        }
    }

    /// The state before the first step: everything is entered as the production office would, one
    /// minute before it. What the kernel refuses is a mistake in the file.
    pub fn state(&self, limits: &Limits, begins: Millis, mistakes: &mut Mistakes) -> State {
        let mut state = State::default();
        let (office, phone) = (Space::Person.id(OFFICE), Space::Device.id(&phone_of(OFFICE)));
        let mut clock = begins.0.saturating_sub(60_000);
        let day = kernel::Day(u32::try_from(self.day).unwrap_or_default());
        let roles = kernel::Roles::get(&self.office).unwrap_or_default();
        for event in [
            Event::PersonAdded { person: office },
            Event::RolesAssigned { person: office, day, roles, answers_to: None },
            Event::DayOpened { day, at: Millis(clock) },
            Event::DeviceEnrolled { invitation: office, device: phone, person: office },
        ] {
            evolve(&mut state, &event);
        }
        for entered in &self.entered {
            clock = clock.saturating_add(1);
            let intent = match wire::read_intent(entered.kind, Some(entered.item), entered.body.clone()) {
                Ok(intent) => intent,
                Err(error) => {
                    let said = kinds::find(entered.kind).map(|kind| kinds::explain(kind, &error));
                    mistakes.add(entered.line, &entered.part, said.unwrap_or_else(|| error.to_string()));
                    continue;
                }
            };
            let at = Millis(clock);
            let context = Context {
                act: Space::Step.id(&format!("the register, line {}, {}", entered.line, entered.kind)),
                by: Some(office),
                device: Some(phone),
                proven: Proven::OwnDevicePin,
                decided_at: at,
                claimed_at: at,
            };
            let verdict = decide(&Rules::new(*limits), &state, &intent, &context);
            for reason in verdict.reasons {
                let said = sentences(&reason, &self.names);
                let sentence = format!("the register refuses it: {}: {}", reason.code.as_str(), said.sentence);
                mistakes.add(entered.line, &entered.part, sentence);
            }
            verdict.events.iter().for_each(|event| evolve(&mut state, event));
        }
        for (device, person) in &self.devices {
            let event = Event::DeviceEnrolled { invitation: *device, device: *device, person: *person };
            evolve(&mut state, &event);
        }
        state
    }
}
