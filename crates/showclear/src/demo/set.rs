//! An invented set: people with simulated devices, and what they ask and report.
//!
//! Every step is an intent that one of these devices signed with a key of its own and sent to the
//! service like any phone. Nothing goes around it.

use std::collections::BTreeMap;

use kernel::{Content, Day, Look, Method, Occasion, Reading, Readings, Tally};
use proof::commit::commit;
use proof::tree::Hash;
use record::device::{SimulatedDevice, public_of};
use record::intent::{Said, Seen};
use record::{Id, Intent, Millis};
use service::{Answer, Founding, Service, Session, Standing, random_bytes};

use super::clock::MorningClock;
use crate::failure::{Exit, Failure};
use crate::import;
use crate::import::known::Known;
use crate::import::list::Kind;
use crate::import::plan::Homes;

/// Somebody who acts: he has a device, and a PIN.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What people call him: a role, never a name.
    pub name: &'static str,
    /// His PIN.
    pub pin: &'static str,
}

/// Somebody who has a device.
#[derive(Debug)]
struct Player {
    id: Id,
    device: SimulatedDevice,
}

/// The set as it is being played.
#[derive(Debug)]
pub struct Set {
    /// The service that everybody's devices talk to.
    pub service: Service,
    /// Its clock.
    pub clock: MorningClock,
    people: BTreeMap<String, Id>,
    players: BTreeMap<String, Player>,
    things: BTreeMap<String, Id>,
    seals: u32,
}

/// The production day of the demonstration.
pub const DAY: Day = Day(1);

pub(super) fn broken(what: impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "demo/broken",
        format!("the morning could not be played: {what}"),
        "Nothing is served.",
        "Start it again in an empty folder; if it happens again, it is a fault of Showclear.",
    )
}

fn secret() -> Result<[u8; 32], Failure> {
    random_bytes().map_err(broken)
}

impl Set {
    /// Founds the production: `founder` is the first person, and his device the first that signs.
    ///
    /// # Errors
    /// Where the folder cannot be used.
    pub fn found(folder: &std::path::Path, founder: &Part, name: &str, clock: MorningClock) -> Result<Set, Failure> {
        let secret = secret()?;
        let founding = Founding {
            domain: "demo.invalid".to_owned(),
            production_name: name.to_owned(),
            founder_name: founder.name.to_owned(),
            founder_public_key: public_of(secret).map_err(broken)?,
            founder_pin: founder.pin.to_owned(),
            day: DAY.0,
            limits: crate::serve::LIMITS,
        };
        let service = Service::found(folder, &founding, clock.shared()).map_err(|error| Failure::service(&error))?;
        let device = SimulatedDevice::new(&service.view().origin, secret).map_err(broken)?;
        let (name, id) = (founder.name.to_owned(), service.founder());
        let people = BTreeMap::from([(name.clone(), id)]);
        let players = BTreeMap::from([(name, Player { id, device })]);
        Ok(Set { service, clock, people, players, things: BTreeMap::new(), seals: 1100 })
    }

    /// A person's id.
    ///
    /// # Errors
    /// Where nobody has this name.
    pub fn person(&self, name: &str) -> Result<Id, Failure> {
        self.people.get(name).copied().ok_or_else(|| broken(format!("nobody is called {name}")))
    }

    /// A thing's id.
    ///
    /// # Errors
    /// Where nothing has this name.
    pub fn thing(&self, name: &str) -> Result<Id, Failure> {
        self.things.get(name).copied().ok_or_else(|| broken(format!("nothing is called {name}")))
    }

    /// The session of a person at his own simulated device.
    ///
    /// # Errors
    /// Where nobody has this name.
    pub fn session(&self, name: &str) -> Result<Session, Failure> {
        let player = self.players.get(name).ok_or_else(|| broken(format!("nobody is called {name}")))?;
        Ok(Session { person: Some(player.id), device: Some(player.device.id()), viewer: false })
    }

    /// A new identifier.
    ///
    /// # Errors
    /// Where the machine gives no randomness.
    pub fn fresh(&self) -> Result<Id, Failure> {
        Ok(Id::at(u64::try_from(self.service.now_ms()).unwrap_or(0), random_bytes().map_err(broken)?))
    }

    fn said(&self, by: &str, intent: Intent) -> Result<Said, Failure> {
        let view = self.service.view();
        let player = self.players.get(by).ok_or_else(|| broken(format!("nobody is called {by}")))?;
        let (claimed_at, seen) = (Millis(self.service.now_ms()), Seen { size: view.size, root: view.root });
        let mut said = player.device.says(self.fresh()?, player.id, claimed_at, intent, seen);
        if let kernel::Intent::Take { offer, .. } = intent {
            said.names = view.leaf_hash(offer);
        }
        Ok(said)
    }

    fn send(&mut self, by: &str, said: &Said) -> Result<Answer, Failure> {
        let session = self.session(by)?;
        let player = self.players.get_mut(by).ok_or_else(|| broken(by))?;
        let note = player.device.sign(said).map_err(broken)?;
        let answer = self.service.submit_blocking(note.clone(), Standing::Session(session));
        let answer = answer.map_err(|error| broken(format!("{}: {error}", error.code())))?;
        player.device.recorded(&note);
        Ok(answer)
    }

    /// Somebody asks or reports. A refusal is an answer like any other, and stands in the record.
    ///
    /// # Errors
    /// Where the service took no intent.
    pub fn ask(&mut self, by: &str, intent: Intent) -> Result<Answer, Failure> {
        let said = self.said(by, intent)?;
        self.send(by, &said)
    }

    /// As [`Set::ask`], where the story needs it to be granted.
    ///
    /// # Errors
    /// Where it was refused.
    pub fn granted(&mut self, by: &str, intent: Intent) -> Result<Id, Failure> {
        let answer = self.ask(by, intent)?;
        let codes: Vec<&str> = answer.reasons.iter().map(|reason| reason.code.as_str()).collect();
        if answer.accepted { Ok(answer.intent) } else { Err(broken(format!("{by} was refused: {}", codes.join(", ")))) }
    }

    /// As [`Set::ask`], where the story needs it to be refused, for this reason among others.
    ///
    /// # Errors
    /// Where it was granted, or refused for other reasons.
    pub fn refused(&mut self, by: &str, intent: Intent, code: kernel::Code) -> Result<(), Failure> {
        let answer = self.ask(by, intent)?;
        let named = answer.reasons.iter().any(|reason| reason.code == code);
        if !answer.accepted && named { Ok(()) } else { Err(broken(format!("{} did not refuse", code.as_str()))) }
    }

    /// Asks for something, with texts that stand beside the log: the log holds a commitment to each, and no text.
    fn with_texts(&mut self, by: &str, intent: Intent, texts: &[(&'static str, String)]) -> Result<(), Failure> {
        let mut said = self.said(by, intent)?;
        let mut salts = Vec::new();
        for (path, text) in texts {
            let salt: [u8; 16] = random_bytes().map_err(broken)?;
            said.digests.insert((*path).to_owned(), Hash(commit(&salt, path, text)));
            salts.push(salt);
        }
        let answer = self.send(by, &said)?;
        if !answer.accepted {
            let codes: Vec<&str> = answer.reasons.iter().map(|reason| reason.code.as_str()).collect();
            return Err(broken(format!("{texts:?} was refused: {}", codes.join(", "))));
        }
        for ((path, text), salt) in texts.iter().zip(salts) {
            self.service.disclose(answer.intent, path, salt, text).map_err(broken)?;
        }
        Ok(())
    }

    /// Enters a whole list, as `showclear import` reads it.
    ///
    /// # Errors
    /// Where the list cannot be read, or an entry of it was refused.
    pub fn import(&mut self, by: &str, kind: Kind, list: &[u8], homes: Homes<'_>) -> Result<(), Failure> {
        let (known, now_ms) = (Known::of_view(&self.service.view()), self.service.now_ms());
        let mut ids = || Ok(Id::at(u64::try_from(now_ms).unwrap_or(0), random_bytes().map_err(broken)?));
        for step in import::steps(kind, list, &known, homes, &mut ids)? {
            self.with_texts(by, step.intent, &step.texts)?;
            if let Some((id, name)) = import::registered(&step) {
                let called = if kind == Kind::Crew { &mut self.people } else { &mut self.things };
                called.insert(name.to_owned(), id);
            }
        }
        Ok(())
    }

    /// Registers a thing under its name.
    ///
    /// # Errors
    /// Where it was refused.
    pub fn enter_thing(&mut self, by: &str, name: &str, intent: impl FnOnce(Id) -> Intent) -> Result<Id, Failure> {
        let id = self.fresh()?;
        self.with_texts(by, intent(id), &[("name", name.to_owned())])?;
        self.things.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Somebody who is on the register enrols his device with a one-time code.
    ///
    /// # Errors
    /// Where a step was refused.
    pub fn enrol(&mut self, by: &str, part: &Part) -> Result<(), Failure> {
        let Part { name, pin } = *part;
        let device = SimulatedDevice::new(&self.service.view().origin, secret()?).map_err(broken)?;
        self.players.insert(name.to_owned(), Player { id: self.person(name)?, device });
        let (invitation, code) = self.invite(by, name)?;
        let player = self.players.get(name).ok_or_else(|| broken(name))?;
        let (device, key) = (player.device.id(), *player.device.public());
        let mut said = self.said(name, Intent::EnrolDevice { invitation, device })?;
        said.key = Some(key);
        let player = self.players.get_mut(name).ok_or_else(|| broken(name))?;
        let note = player.device.sign(&said).map_err(broken)?;
        let answer = self.service.enrol_blocking(note.clone(), &code, pin).map_err(broken)?;
        player.device.recorded(&note);
        if answer.accepted { Ok(()) } else { Err(broken(format!("{name} was not enrolled"))) }
    }

    /// Lets a person enrol one more device: gives the invitation and its one-time code.
    ///
    /// # Errors
    /// Where it was refused.
    pub fn invite(&mut self, by: &str, name: &str) -> Result<(Id, String), Failure> {
        let person = self.person(name)?;
        let invitation = self.granted(by, Intent::InviteDevice { person })?;
        let code = self.service.issue_code(&self.session(by)?, invitation).map_err(broken)?;
        Ok((invitation, code))
    }
}

/// What a set does many times a day.
impl Set {
    /// Both see every chamber with this content, each on his own device.
    ///
    /// # Errors
    /// Where a step was refused.
    pub fn show(&mut self, gun: &str, checker: &str, witness: &str, content: Content) -> Result<(), Failure> {
        let gun = self.thing(gun)?;
        let check = self.granted(checker, Intent::BeginCheck { gun, witness: self.person(witness)? })?;
        let answer = Intent::AnswerCheck { gun, check, readings: all(content, 6) };
        self.granted(checker, answer)?;
        self.granted(witness, answer)?;
        Ok(())
    }

    /// Both count the box of a lot, each on his own device, and find what is recorded; the second one
    /// seals it, where the occasion asks for a seal.
    ///
    /// # Errors
    /// Where a step was refused.
    pub fn count(&mut self, lot: &str, counter: &str, witness: &str, occasion: Occasion) -> Result<(), Failure> {
        let id = self.thing(lot)?;
        let tally = self.service.view().state.lots.get(&id).map_or_else(Tally::default, kernel::Lot::expected);
        let count = self.granted(counter, Intent::BeginCount { lot: id, occasion, witness: self.person(witness)? })?;
        let method = Method::RemovedSeenShaken;
        let answer = |seal| Intent::AnswerCount { lot: id, count, tally, method, seal };
        self.granted(counter, answer(None))?;
        self.seals = self.seals.saturating_add(1);
        self.granted(witness, answer(occasion.seals().then_some(self.seals)))?;
        Ok(())
    }

    /// The handler offers, the receiver looks and takes.
    ///
    /// # Errors
    /// Where a step was refused.
    pub fn hand_over(&mut self, giver: &str, gun: &str, receiver: &str) -> Result<(), Failure> {
        let (gun, to) = (self.thing(gun)?, self.person(receiver)?);
        let offer = self.granted(giver, Intent::Offer { gun, to })?;
        self.granted(receiver, Intent::Take { gun, offer, look: Look::Looked })?;
        Ok(())
    }
}

/// The same in every chamber: an empty one seen from behind, a round taken out, seen and shaken.
#[must_use]
pub fn all(content: Content, chambers: u8) -> Readings {
    (1..=chambers).fold(Readings::default(), |readings, chamber| readings.with(chamber, read(content)))
}

/// One reading.
#[must_use]
pub fn read(content: Content) -> Reading {
    let method = if content == Content::Empty { Method::SeenAtHead } else { Method::RemovedSeenShaken };
    Reading { content, method }
}
