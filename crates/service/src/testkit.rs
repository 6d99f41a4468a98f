//! Test support: a small production with simulated devices and a clock that is set by hand.
//!
//! [`Stage::found`] founds a production as people would: the producer enters the others, invites
//! their devices, and each enrols with a code; then places, two guns and two lots are registered, a
//! scene is planned and opened, and everybody is at its safety meeting. The lots are received and not
//! verified, and no gun is on the set: [`Stage::verify`], [`Stage::fetch`] and [`Stage::call_to_set`]
//! do that. Nothing here goes around the service: every step is an intent that a device signed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::{
    Action, Calibre, Content, Day, GunKind, Intent, Limits, Load, Look, LotCustody, LotKind, Method, Occasion,
    PlaceKind, Reading, Readings, Role, Roles, Tally, Topic,
};
use proof::commit::commit;
use proof::tree::Hash;
use record::device::{SimulatedDevice, device_id, public_of};
use record::intent::{Said, Seen};
use record::{Id, Millis, Origin};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::clock::Clock;
use crate::error::{CodeError, DiscloseError, ServiceError, SubmitError};
use crate::found::Founding;
use crate::people::{Session, Standing};
use crate::pin::PinError;
use crate::service::{Service, Stores};
use crate::view::Answer;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock {
    wall_ms: AtomicI64,
    monotonic_ms: AtomicU64,
}

impl ManualClock {
    /// A clock that says this moment, in Unix milliseconds.
    #[must_use]
    pub fn at(unix_ms: i64) -> Arc<ManualClock> {
        Arc::new(ManualClock { wall_ms: AtomicI64::new(unix_ms), monotonic_ms: AtomicU64::new(0) })
    }

    /// Time passes, in milliseconds.
    pub fn advance(&self, ms: u64) {
        self.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
        self.jump(i64::try_from(ms).unwrap_or(i64::MAX));
    }

    /// Somebody sets the clock on the wall by so many milliseconds; no time passes.
    pub fn jump(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.wall_ms.load(Ordering::SeqCst)
    }

    fn monotonic_ms(&self) -> u64 {
        self.monotonic_ms.load(Ordering::SeqCst)
    }
}

/// The people of the stage, each with a device of his own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The producer, who founds the production.
    Producer,
    /// The property master.
    PropertyMaster,
    /// The armorer.
    Armorer,
    /// The trained observer.
    Witness,
    /// The performer.
    Performer,
    /// The first AD.
    FirstAd,
    /// The safety officer.
    SafetyOfficer,
    /// A handler besides the armorer and the property master, by number. Nobody of these is on the
    /// stage before [`Stage::enter`].
    Handler(u8),
}

impl Part {
    /// Everybody who is on the stage from the beginning, in the order they are entered.
    pub const ALL: [Part; 7] = [
        Part::Producer,
        Part::PropertyMaster,
        Part::Armorer,
        Part::Witness,
        Part::Performer,
        Part::FirstAd,
        Part::SafetyOfficer,
    ];

    /// His role on every day.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Part::Producer => Role::Producer,
            Part::PropertyMaster => Role::PropertyMaster,
            Part::Armorer => Role::Armorer,
            Part::Witness => Role::Witness,
            Part::Performer => Role::Performer,
            Part::FirstAd => Role::FirstAd,
            Part::SafetyOfficer => Role::SafetyOfficer,
            Part::Handler(_) => Role::Handler,
        }
    }

    /// The name under which he is disclosed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Part::Producer => "the producer",
            Part::PropertyMaster => "the property master",
            Part::Armorer => "the armorer",
            Part::Witness => "the witness",
            Part::Performer => "the performer",
            Part::FirstAd => "the first AD",
            Part::SafetyOfficer => "the safety officer",
            Part::Handler(_) => "a handler",
        }
    }

    /// His PIN.
    #[must_use]
    pub const fn pin(self) -> &'static str {
        match self {
            Part::Producer => "1001",
            Part::PropertyMaster => "1002",
            Part::Armorer => "1003",
            Part::Witness => "1004",
            Part::Performer => "1005",
            Part::FirstAd => "1006",
            Part::SafetyOfficer => "1007",
            Part::Handler(_) => "1008",
        }
    }

    /// The secret bytes of his simulated device's key.
    #[must_use]
    pub fn secret(self) -> [u8; 32] {
        let mut digest = Sha256::new_with_prefix(self.name());
        if let Part::Handler(number) = self {
            digest.update([number]);
        }
        digest.finalize().into()
    }
}

/// Why the stage could not be set, or a step was not taken.
#[derive(Debug, Error)]
pub enum KitError {
    /// The service took no intent.
    #[error("{code}: {0}", code = .0.code())]
    Submit(#[from] SubmitError),
    /// The service did not open.
    #[error("{code}: {0}", code = .0.code())]
    Service(#[from] ServiceError),
    /// A code was not issued.
    #[error("{code}: {0}", code = .0.code())]
    Code(#[from] CodeError),
    /// A text was not kept.
    #[error("{code}: {0}", code = .0.code())]
    Disclose(#[from] DiscloseError),
    /// Nobody was logged in.
    #[error("{code}: {0}", code = .0.code())]
    Pin(#[from] PinError),
    /// A step that sets the stage was refused.
    #[error("the stage could not be set: {0}")]
    Refused(String),
    /// A note could not be signed.
    #[error("a note could not be signed: {0}")]
    Sign(String),
    /// There is no such person on the stage yet.
    #[error("{0:?} is not on the stage")]
    NoPart(Part),
    /// There is no such lot on the register.
    #[error("there is no lot {0}")]
    NoLot(Id),
}

impl KitError {
    /// The stable code of what the service said; empty for the kit's own.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            KitError::Submit(error) => error.code(),
            KitError::Service(error) => error.code(),
            KitError::Code(error) => error.code(),
            KitError::Disclose(error) => error.code(),
            KitError::Pin(error) => error.code(),
            KitError::Refused(_) | KitError::Sign(_) | KitError::NoPart(_) | KitError::NoLot(_) => "",
        }
    }
}

/// A person with his device.
#[derive(Debug)]
struct Player {
    person: Id,
    device: Mutex<SimulatedDevice>,
}

/// The moment at which every stage begins: 2026-05-04 08:00 UTC, in Unix milliseconds.
pub const CALL_MS: i64 = 1_777_881_600_000;

/// The limits of the stage: a showing holds for 5 minutes, a match for an hour, and an ask may be a
/// minute old.
pub const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 3_600_000, ask_tolerance: 60_000 };

/// What every gun and every lot of the stage takes or is.
pub const CALIBRE: Calibre = Calibre(11);

/// A founded production: seven people with devices, a vendor without, a vault, a case for rounds, a
/// revolver with six chambers, a rubber copy, a lot of dummies, a lot of blanks, and an open scene.
#[derive(Debug)]
pub struct Stage {
    /// The service.
    pub service: Service,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// A revolver with six chambers that can fire, locked in the vault.
    pub revolver: Id,
    /// A rubber copy, locked in the vault.
    pub rubber: Id,
    /// A vault for guns.
    pub vault: Id,
    /// A locked case for rounds.
    pub case: Id,
    /// 50 dummies that show at the head that they are inert; in the case, not verified.
    pub dummies: Id,
    /// 50 blanks with a full load; in the case, not verified.
    pub blanks: Id,
    /// Who supplied the lots: a person on the register, without a device.
    pub vendor: Id,
    /// The set.
    pub set: Id,
    /// The scene that is open on the set, planned with blanks.
    pub scene: Id,
    /// The safety meeting for it, with everybody.
    pub meeting: Id,
    players: BTreeMap<Part, Player>,
    minted: AtomicU64,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The founding of every stage.
///
/// # Errors
/// [`KitError::Sign`] where the founder's key cannot be made.
pub fn founding() -> Result<Founding, KitError> {
    Ok(Founding {
        domain: "example.org".to_owned(),
        production_name: "A test production".to_owned(),
        founder_name: Part::Producer.name().to_owned(),
        founder_public_key: public_of(Part::Producer.secret()).map_err(|error| KitError::Sign(error.to_string()))?,
        founder_pin: Part::Producer.pin().to_owned(),
        day: 1,
        limits: LIMITS,
    })
}

/// The same content in every chamber of a cylinder, every round taken out and shaken.
#[must_use]
pub fn all(content: Content, chambers: u8) -> Readings {
    let method = if content == Content::Empty { Method::SeenAtHead } else { Method::RemovedSeenShaken };
    (1..=chambers).fold(Readings::default(), |readings, chamber| readings.with(chamber, Reading { content, method }))
}

/// Setting the stage.
impl Stage {
    /// Founds and sets a production in an empty folder.
    ///
    /// # Errors
    /// [`KitError`].
    pub fn found(folder: &Path) -> Result<Stage, KitError> {
        let clock = ManualClock::at(CALL_MS);
        let service = Service::found(folder, &founding()?, clock.clone())?;
        Stage::set(service, clock)
    }

    /// Founds and sets a production in the caller's stores.
    ///
    /// # Errors
    /// [`KitError`].
    pub fn found_in(stores: Stores) -> Result<Stage, KitError> {
        let clock = ManualClock::at(CALL_MS);
        let service = Service::found_in(stores, &founding()?, clock.clone())?;
        Stage::set(service, clock)
    }

    /// Founds a production in which people alone are entered: no place, no gun, no lot and no scene.
    ///
    /// # Errors
    /// [`KitError`].
    pub fn found_empty(folder: &Path) -> Result<Stage, KitError> {
        let clock = ManualClock::at(CALL_MS);
        let service = Service::found(folder, &founding()?, clock.clone())?;
        Stage::people(service, clock)
    }

    /// Sets a production that was founded with [`founding`] and holds nothing else yet.
    ///
    /// # Errors
    /// [`KitError`].
    pub fn set(service: Service, clock: Arc<ManualClock>) -> Result<Stage, KitError> {
        let mut stage = Stage::people(service, clock)?;
        stage.fit_out()?;
        stage.scene = stage.plans("SCENE 1", true)?;
        stage.accepted(Part::FirstAd, Intent::OpenScene { scene: stage.scene, place: stage.set })?;
        stage.meeting = stage.meet(stage.scene)?;
        Ok(stage)
    }

    fn people(service: Service, clock: Arc<ManualClock>) -> Result<Stage, KitError> {
        let nothing = Id::from_bytes([0; 16]);
        let producer = player(&service, Part::Producer, service.founder())?;
        let mut stage = Stage {
            service,
            clock,
            revolver: nothing,
            rubber: nothing,
            vault: nothing,
            case: nothing,
            dummies: nothing,
            blanks: nothing,
            vendor: nothing,
            set: nothing,
            scene: nothing,
            meeting: nothing,
            players: BTreeMap::from([(Part::Producer, producer)]),
            minted: AtomicU64::new(0),
        };
        for part in Part::ALL.into_iter().skip(1) {
            stage.enter(part)?;
        }
        Ok(stage)
    }

    /// The producer enters a person, gives him his role, and invites his device, which is enrolled.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn enter(&mut self, part: Part) -> Result<(), KitError> {
        let person = self.fresh_id();
        self.register(Part::Producer, Intent::AddPerson { person }, part.name())?;
        let roles = Roles::NONE.with(part.role());
        let assign = Intent::AssignRoles { person, day: Day(1), roles, answers_to: None };
        self.accepted(Part::Producer, assign)?;
        let invited = self.accepted(Part::Producer, Intent::InviteDevice { person })?;
        let code = self.service.issue_code(&self.session(Part::Producer)?, invited.intent)?;
        self.players.insert(part, player(&self.service, part, person)?);
        let (note, _) = self.enrolment(part, invited.intent)?;
        let answer = self.service.enrol_blocking(note.clone(), &code, part.pin())?;
        self.recorded(part, &note)?;
        refused_is_an_error(answer).map(drop)
    }

    /// The note with which a part's device asks to be enrolled, and the device's id.
    ///
    /// # Errors
    /// [`KitError::Sign`], [`KitError::NoPart`].
    pub fn enrolment(&self, part: Part, invitation: Id) -> Result<(Vec<u8>, Id), KitError> {
        let device = self.device(part)?;
        let mut said = self.said(part, Intent::EnrolDevice { invitation, device })?;
        said.key = Some(*held(&self.player(part)?.device).public());
        Ok((self.sign(part, &said)?, device))
    }

    fn fit_out(&mut self) -> Result<(), KitError> {
        let by = Part::Armorer;
        self.vendor = self.fresh_id();
        self.register(by, Intent::AddPerson { person: self.vendor }, "the vendor")?;
        self.vault = self.place(PlaceKind::Vault, true, true, "the vault")?;
        self.case = self.place(PlaceKind::Case, true, false, "the round case")?;
        self.set = self.place(PlaceKind::Set, false, false, "the set")?;
        (self.revolver, self.rubber) = (self.fresh_id(), self.fresh_id());
        let place = self.vault;
        let gun = |gun, kind, action, chambers| Intent::RegisterGun { gun, kind, action, chambers, place };
        self.register(by, gun(self.revolver, GunKind::LiveCapable, Action::SingleAction, 6), "GUN 1")?;
        self.register(by, gun(self.rubber, GunKind::Rubber, Action::None, 0), "GUN 2 RUBBER")?;
        self.accepted(by, Intent::EnterCalibre { gun: self.revolver, calibre: CALIBRE })?;
        self.dummies = self.receive(LotKind::Dummy, 50, "DUMMIES A")?;
        self.blanks = self.receive(LotKind::Blank, 50, "BLANKS A")?;
        Ok(())
    }

    /// Opens the production of a stage again, with the same people and devices.
    ///
    /// # Errors
    /// [`KitError::Service`].
    pub fn reopened(self, folder: &Path) -> Result<Stage, KitError> {
        let clock = Arc::clone(&self.clock);
        self.service.close();
        let service = Service::open(folder, clock)?;
        Ok(Stage { service, ..self })
    }

    /// As [`Stage::reopened`] in a new epoch: the devices keep their keys, and each begins its chain anew.
    ///
    /// # Errors
    /// [`KitError::Service`], [`KitError::Sign`].
    pub fn in_next_epoch(self, folder: &Path) -> Result<Stage, KitError> {
        let mut stage = self.reopened(folder)?;
        let people: Vec<(Part, Id)> = stage.players.iter().map(|(part, player)| (*part, player.person)).collect();
        for (part, person) in people {
            let anew = player(&stage.service, part, person)?;
            stage.players.insert(part, anew);
        }
        Ok(stage)
    }
}

fn player(service: &Service, part: Part, person: Id) -> Result<Player, KitError> {
    let origin: Origin = service.view().origin.clone();
    let device = SimulatedDevice::new(&origin, part.secret()).map_err(|error| KitError::Sign(error.to_string()))?;
    Ok(Player { person, device: Mutex::new(device) })
}

fn refused_is_an_error(answer: Answer) -> Result<Answer, KitError> {
    if answer.accepted {
        return Ok(answer);
    }
    let codes: Vec<&str> = answer.reasons.iter().map(|reason| reason.code.as_str()).collect();
    Err(KitError::Refused(codes.join(", ")))
}

/// Who and what.
impl Stage {
    fn player(&self, part: Part) -> Result<&Player, KitError> {
        self.players.get(&part).ok_or(KitError::NoPart(part))
    }

    /// A part's person.
    ///
    /// # Errors
    /// [`KitError::NoPart`] while the stage is being set.
    pub fn person(&self, part: Part) -> Result<Id, KitError> {
        Ok(self.player(part)?.person)
    }

    /// A part's own device.
    ///
    /// # Errors
    /// As [`Stage::person`].
    pub fn device(&self, part: Part) -> Result<Id, KitError> {
        let public = public_of(part.secret()).map_err(|error| KitError::Sign(error.to_string()))?;
        Ok(device_id(&public))
    }

    /// The session that a part has on his own device, without the log-in.
    ///
    /// # Errors
    /// As [`Stage::person`].
    pub fn session(&self, part: Part) -> Result<Session, KitError> {
        Ok(Session { person: Some(self.person(part)?), device: Some(self.device(part)?), viewer: false })
    }

    /// Logs a part in on his own device and gives the token.
    ///
    /// # Errors
    /// [`KitError::Pin`].
    pub fn log_in(&self, part: Part) -> Result<String, KitError> {
        let (token, _) = self.service.log_in(self.device(part)?, self.person(part)?, part.pin())?;
        Ok(token)
    }

    /// An id that was not used before on this stage.
    pub fn fresh_id(&self) -> Id {
        let [a, b, c, d, e, f, g, h] = self.minted.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        Id::at(u64::try_from(CALL_MS).unwrap_or(0), [0, 0, a, b, c, d, e, f, g, h])
    }
}

/// Asking and reporting.
impl Stage {
    /// What a part's device would say now: claimed now, next in its chain, with the head it has
    /// seen, and naming the offer where it is a take.
    ///
    /// # Errors
    /// [`KitError::NoPart`].
    pub fn said(&self, part: Part, intent: record::Intent) -> Result<Said, KitError> {
        let view = self.service.view();
        let player = self.player(part)?;
        let (claimed_at, seen) = (Millis(self.clock.now_ms()), Seen { size: view.size, root: view.root });
        let mut said = held(&player.device).says(self.fresh_id(), player.person, claimed_at, intent, seen);
        if let Intent::Take { offer, .. } = intent {
            said.names = view.leaf_hash(offer);
        }
        Ok(said)
    }

    /// Signs with a part's device.
    ///
    /// # Errors
    /// [`KitError::Sign`].
    pub fn sign(&self, part: Part, said: &Said) -> Result<Vec<u8>, KitError> {
        held(&self.player(part)?.device).sign(said).map_err(|error| KitError::Sign(error.to_string()))
    }

    /// The signed note of what a part asks or reports now. Whoever sends it another way calls
    /// [`Stage::recorded`] once it is recorded.
    ///
    /// # Errors
    /// [`KitError::Sign`].
    pub fn note(&self, part: Part, intent: record::Intent) -> Result<Vec<u8>, KitError> {
        self.sign(part, &self.said(part, intent)?)
    }

    /// The service has recorded this note of a part's device.
    ///
    /// # Errors
    /// [`KitError::NoPart`].
    pub fn recorded(&self, part: Part, note: &[u8]) -> Result<(), KitError> {
        held(&self.player(part)?.device).recorded(note);
        Ok(())
    }

    /// Sends a note with a part's session.
    ///
    /// # Errors
    /// [`KitError::Submit`].
    pub fn send(&self, part: Part, note: &[u8]) -> Result<Answer, KitError> {
        let standing = Standing::Session(self.session(part)?);
        Ok(self.service.submit_blocking(note.to_vec(), standing)?)
    }

    /// A part asks or reports. A refusal is an answer.
    ///
    /// # Errors
    /// [`KitError::Submit`].
    pub fn ask(&self, part: Part, intent: record::Intent) -> Result<Answer, KitError> {
        let note = self.note(part, intent)?;
        let answer = self.send(part, &note)?;
        self.recorded(part, &note)?;
        Ok(answer)
    }

    /// As [`Stage::ask`], where a refusal is an error.
    ///
    /// # Errors
    /// [`KitError::Submit`], [`KitError::Refused`].
    pub fn accepted(&self, part: Part, intent: record::Intent) -> Result<Answer, KitError> {
        refused_is_an_error(self.ask(part, intent)?)
    }

    /// Registers something under a name: the intent commits to it, and it is disclosed.
    ///
    /// # Errors
    /// As [`Stage::accepted`], and [`KitError::Disclose`].
    pub fn register(&self, part: Part, intent: record::Intent, name: &str) -> Result<(), KitError> {
        let mut said = self.said(part, intent)?;
        let salt = said.id.to_bytes();
        said.digests = BTreeMap::from([("name".to_owned(), Hash(commit(&salt, "name", name)))]);
        let note = self.sign(part, &said)?;
        let answer = refused_is_an_error(self.send(part, &note)?)?;
        self.recorded(part, &note)?;
        Ok(self.service.disclose(answer.intent, "name", salt, name)?)
    }
}

/// What is entered before a day, and as it goes.
impl Stage {
    /// The armorer registers a place.
    ///
    /// # Errors
    /// As [`Stage::register`].
    pub fn place(&self, kind: PlaceKind, locks: bool, for_guns: bool, name: &str) -> Result<Id, KitError> {
        let place = self.fresh_id();
        self.register(Part::Armorer, Intent::RegisterPlace { place, kind, locks, for_guns }, name)?;
        Ok(place)
    }

    /// The armorer receives a lot of [`CALIBRE`] from the vendor into the case: blanks with a full load,
    /// inert rounds that show it at the head. It is not verified.
    ///
    /// # Errors
    /// As [`Stage::register`].
    pub fn receive(&self, kind: LotKind, rounds: u32, name: &str) -> Result<Id, KitError> {
        let lot = self.fresh_id();
        let received = Intent::ReceiveLot {
            lot,
            kind,
            load: (kind == LotKind::Blank).then_some(Load::Full),
            calibre: Some(CALIBRE),
            source: self.vendor,
            rounds,
            inert_at_head: matches!(kind, LotKind::Dummy | LotKind::Dress),
            uniform: true,
            place: self.case,
        };
        self.register(Part::Armorer, received, name)?;
        Ok(lot)
    }

    /// The armorer begins a count of a lot with the witness. Gives the intent that began it.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn begin_count(&self, lot: Id, occasion: Occasion) -> Result<Id, KitError> {
        let begin = Intent::BeginCount { lot, occasion, witness: self.person(Part::Witness)? };
        Ok(self.accepted(Part::Armorer, begin)?.intent)
    }

    /// What a count of a lot finds where all is as it is recorded.
    ///
    /// # Errors
    /// [`KitError::NoLot`].
    pub fn expected(&self, lot: Id) -> Result<Tally, KitError> {
        let view = self.service.view();
        view.state.lots.get(&lot).map(kernel::Lot::expected).ok_or(KitError::NoLot(lot))
    }

    /// The armorer and the witness count a lot, find it as it is recorded, and seal its box.
    ///
    /// # Errors
    /// As [`Stage::accepted`], and [`KitError::NoLot`].
    pub fn count(&self, lot: Id, occasion: Occasion) -> Result<Id, KitError> {
        let (tally, method) = (self.expected(lot)?, Method::RemovedSeenShaken);
        let count = self.begin_count(lot, occasion)?;
        let answer = Intent::AnswerCount { lot, count, tally, method, seal: Some(1001) };
        self.accepted(Part::Armorer, answer)?;
        self.accepted(Part::Witness, answer)?;
        Ok(count)
    }

    /// The armorer and the witness verify every round of a lot: a count on receipt.
    ///
    /// # Errors
    /// As [`Stage::count`].
    pub fn verify(&self, lot: Id) -> Result<Id, KitError> {
        self.count(lot, Occasion::Receipt)
    }

    /// The armorer takes the box of a lot out of its place.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn fetch(&self, lot: Id) -> Result<(), KitError> {
        self.accepted(Part::Armorer, Intent::TakeOutLot { lot }).map(drop)
    }

    /// The first AD plans a scene for the open day.
    ///
    /// # Errors
    /// As [`Stage::register`].
    pub fn plans(&self, name: &str, blanks: bool) -> Result<Id, KitError> {
        let scene = self.fresh_id();
        self.register(Part::FirstAd, Intent::PlanScene { scene, day: self.service.view().state.day, blanks }, name)?;
        Ok(scene)
    }

    /// The first AD holds a safety meeting for a scene on the set, with all topics and everybody who
    /// is on the stage. Gives the meeting.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn meet(&self, scene: Id) -> Result<Id, KitError> {
        let topics = Topic::ALL.into_iter().collect();
        let meeting = self.accepted(Part::FirstAd, Intent::HoldMeeting { scene, place: self.set, topics })?.intent;
        for (part, player) in &self.players {
            if *part != Part::FirstAd {
                self.accepted(Part::FirstAd, Intent::AttendMeeting { meeting, person: player.person })?;
            }
        }
        Ok(meeting)
    }

    /// The armorer, who has the gun, calls it to the set of the open scene.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn call_to_set(&self, gun: Id) -> Result<(), KitError> {
        self.accepted(Part::Armorer, Intent::CallToSet { gun }).map(drop)
    }
}

/// What a set does every day.
impl Stage {
    /// The armorer takes the revolver out and both see every chamber with this content, each on his
    /// own device. Gives the intent that began the check.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn show(&self, content: Content) -> Result<Id, KitError> {
        let gun = self.revolver;
        self.accepted(Part::Armorer, Intent::TakeOut { gun })?;
        let check = self.begin_check()?;
        let answer = Intent::AnswerCheck { gun, check, readings: all(content, 6) };
        self.accepted(Part::Armorer, answer)?;
        self.accepted(Part::Witness, answer)?;
        Ok(check)
    }

    /// The armorer, who has the revolver, begins a check with the witness.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn begin_check(&self) -> Result<Id, KitError> {
        let begin = Intent::BeginCheck { gun: self.revolver, witness: self.person(Part::Witness)? };
        Ok(self.accepted(Part::Armorer, begin)?.intent)
    }

    /// The armorer offers the revolver to the performer, and calls it to the set before where it is not
    /// there yet. Gives the offer.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn offer(&self) -> Result<Id, KitError> {
        if !self.service.view().state.guns.get(&self.revolver).is_some_and(|gun| gun.on_set) {
            self.call_to_set(self.revolver)?;
        }
        let offer = Intent::Offer { gun: self.revolver, to: self.person(Part::Performer)? };
        Ok(self.accepted(Part::Armorer, offer)?.intent)
    }

    /// The performer looks and takes what was offered.
    ///
    /// # Errors
    /// [`KitError::Submit`].
    pub fn take(&self, offer: Id) -> Result<Answer, KitError> {
        self.ask(Part::Performer, Intent::Take { gun: self.revolver, offer, look: Look::Looked })
    }

    /// The armorer and the witness count every lot that was opened, the armorer puts the lots away, and the first AD ends
    /// the scene and wraps the day. The guns are in the vault by then.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn wrap(&self) -> Result<Answer, KitError> {
        let state = self.service.view().state.clone();
        for (lot, before) in &state.lots {
            if before.opened {
                self.count(*lot, Occasion::Wrap)?;
            }
            let now = self.service.view().state.lots.get(lot).map(|it| it.custody);
            if !matches!(now, Some(LotCustody::In { .. })) {
                self.accepted(Part::Armorer, Intent::PutAwayLot { lot: *lot, place: self.case })?;
            }
        }
        if state.scene.is_some() {
            self.accepted(Part::FirstAd, Intent::CloseScene)?;
        }
        self.accepted(Part::FirstAd, Intent::Wrap)
    }

    /// The first AD opens the next day. He and the armorer have their roles on it too.
    ///
    /// # Errors
    /// As [`Stage::accepted`].
    pub fn open_day(&self, day: Day) -> Result<Answer, KitError> {
        for part in [Part::FirstAd, Part::Armorer] {
            let (person, roles) = (self.person(part)?, Roles::NONE.with(part.role()));
            self.accepted(Part::Producer, Intent::AssignRoles { person, day, roles, answers_to: None })?;
        }
        self.accepted(Part::FirstAd, Intent::OpenDay { day })
    }

    /// The note of a stop from a phone that nobody enrolled, with a key of its own.
    ///
    /// # Errors
    /// [`KitError::Sign`].
    pub fn stop_of_a_stranger(&self, secret: [u8; 32]) -> Result<Vec<u8>, KitError> {
        let sign = |error: String| KitError::Sign(error);
        let device = SimulatedDevice::new(&self.service.view().origin, secret).map_err(|e| sign(e.to_string()))?;
        let said = Said {
            id: self.fresh_id(),
            by: None,
            claimed_at: Millis(self.clock.now_ms()),
            intent: Intent::Stop { cause: kernel::StopCause::Called },
            link: None,
            seen: None,
            names: None,
            key: Some(*device.public()),
            digests: BTreeMap::new(),
            attachments: Vec::new(),
        };
        device.sign(&said).map_err(|e| sign(e.to_string()))
    }
}
