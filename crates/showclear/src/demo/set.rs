//! An invented set: people with simulated devices, and what they ask and report.
//!
//! Every step is an intent that one of these devices signed with a key of its own and sent to the
//! service like any phone. Nothing goes around it.

use std::collections::BTreeMap;

use kernel::{Content, Day, Method, Reading, Readings, Role, Roles};
use proof::commit::commit;
use proof::tree::Hash;
use record::device::{SimulatedDevice, public_of};
use record::intent::{Said, Seen};
use record::{Id, Intent, Millis};
use service::{Answer, Founding, Service, Session, Standing, random_bytes};

use super::clock::MorningClock;
use crate::failure::{Exit, Failure};

/// Somebody on the set.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What people call him: a role, never a name.
    pub name: &'static str,
    /// His roles for the day.
    pub roles: &'static [Role],
    /// Whose subordinate he is.
    pub answers_to: Option<&'static str>,
    /// His PIN.
    pub pin: &'static str,
}

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
    players: BTreeMap<&'static str, Player>,
    things: BTreeMap<&'static str, Id>,
}

/// The production day of the demonstration.
pub const DAY: Day = Day(1);

fn broken(what: impl std::fmt::Display) -> Failure {
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
        let player = Player { id: service.founder(), device };
        Ok(Set { service, clock, players: BTreeMap::from([(founder.name, player)]), things: BTreeMap::new() })
    }

    /// A person's id.
    ///
    /// # Errors
    /// Where nobody has this name.
    pub fn person(&self, name: &str) -> Result<Id, Failure> {
        self.players.get(name).map(|player| player.id).ok_or_else(|| broken(format!("nobody is called {name}")))
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

    /// Registers something under a name. The log holds a commitment to the name, and no name.
    fn register(&mut self, by: &str, intent: Intent, name: &str) -> Result<(), Failure> {
        let mut said = self.said(by, intent)?;
        let salt: [u8; 16] = random_bytes().map_err(broken)?;
        said.digests = BTreeMap::from([("name".to_owned(), Hash(commit(&salt, "name", name)))]);
        let answer = self.send(by, &said)?;
        if !answer.accepted {
            return Err(broken(format!("{name} was not registered")));
        }
        self.service.disclose(answer.intent, "name", salt, name).map_err(broken)
    }

    /// Registers a thing under its name.
    ///
    /// # Errors
    /// Where it was refused.
    pub fn enter_thing(
        &mut self,
        by: &str,
        name: &'static str,
        intent: impl FnOnce(Id) -> Intent,
    ) -> Result<(), Failure> {
        let id = self.fresh()?;
        self.register(by, intent(id), name)?;
        self.things.insert(name, id);
        Ok(())
    }

    /// Enters a person with his roles, and enrols his device with a one-time code.
    ///
    /// # Errors
    /// Where a step was refused.
    pub fn enter_person(&mut self, by: &str, part: &Part) -> Result<(), Failure> {
        let person = self.fresh()?;
        self.register(by, Intent::AddPerson { person }, part.name)?;
        let answers_to = part.answers_to.map(|name| self.person(name)).transpose()?;
        let roles: Roles = part.roles.iter().copied().collect();
        self.granted(by, Intent::AssignRoles { person, day: DAY, roles, answers_to })?;
        let device = SimulatedDevice::new(&self.service.view().origin, secret()?).map_err(broken)?;
        self.players.insert(part.name, Player { id: person, device });
        let (invitation, code) = self.invite(by, part.name)?;
        let player = self.players.get(part.name).ok_or_else(|| broken(part.name))?;
        let (device, key) = (player.device.id(), *player.device.public());
        let mut said = self.said(part.name, Intent::EnrolDevice { invitation, device })?;
        said.key = Some(key);
        let player = self.players.get_mut(part.name).ok_or_else(|| broken(part.name))?;
        let note = player.device.sign(&said).map_err(broken)?;
        let answer = self.service.enrol_blocking(note.clone(), &code, part.pin).map_err(broken)?;
        player.device.recorded(&note);
        if answer.accepted { Ok(()) } else { Err(broken(format!("{} was not enrolled", part.name))) }
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
