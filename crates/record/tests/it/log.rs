//! A small log for tests: it decides, encodes and signs as the service does, without a store.

use kernel::{Event, Limits, Proven, Role, Roles, SEMANTICS, decide, evolve};
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Signer};
use proof::tree::{Hash, Tree, hash_leaf};
use record::device::SimulatedDevice;
use record::entry::{Adopted, Body, Decision, Entry, Genesis, Notice, rules_hash};
use record::intent::{Said, Seen, SignedIntent};
use record::schema::schema_hash;
use record::{Id, Intent, Millis, Origin, State};

pub const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 12_600_000, ask_tolerance: 120_000 };

pub fn id(n: u128) -> Id {
    Id::from_bytes(n.to_be_bytes())
}

pub fn origin() -> Origin {
    Origin::new("example", id(1), 0).unwrap()
}

pub struct Log {
    pub entries: Vec<Vec<u8>>,
    pub state: State,
    pub tree: Tree,
    pub device: SimulatedDevice,
    pub founder: Id,
    pub now: i64,
    /// The rules that the entries say they were decided by.
    pub rules: Hash,
    /// The number of their semantics.
    pub semantics: u32,
    signer: Signer,
    next: u128,
}

impl Log {
    pub fn found() -> Log {
        Log::found_under(rules_hash(&LIMITS), SEMANTICS)
    }

    /// A log that says it was founded on these rules.
    pub fn found_under(rules: Hash, semantics: u32) -> Log {
        let signer = Signer::new(KeyName::new(&origin().to_string()).unwrap(), [9; 32]);
        let device = SimulatedDevice::new(&origin(), [1; 32]).unwrap();
        let founder = id(2);
        let mut log = Log {
            entries: Vec::new(),
            state: State::default(),
            tree: Tree::default(),
            founder,
            now: 1_000_000,
            rules,
            semantics,
            signer,
            next: 1000,
            device,
        };
        let day = kernel::Day(1);
        let roles = Roles::NONE.with(Role::Producer);
        let genesis = Genesis {
            production: origin().production(),
            log_key: log.signer.verifying_key().to_string(),
            limits: LIMITS,
            rules,
            semantics,
            schema: schema_hash(),
            founder_key: *log.device.public(),
            previous: None,
            events: vec![
                Event::PersonAdded { person: founder },
                Event::RolesAssigned { person: founder, day, roles, answers_to: None },
                Event::DayOpened { day, at: Millis(log.now) },
                Event::DeviceEnrolled { invitation: id(3), device: log.device.id(), person: founder },
            ],
        };
        log.append(Body::Genesis(Box::new(genesis)));
        log
    }

    pub fn fresh(&mut self) -> Id {
        self.next += 1;
        id(self.next)
    }

    pub fn said(&mut self, intent: Intent) -> Said {
        Said {
            id: self.fresh(),
            by: Some(self.founder),
            claimed_at: Millis(self.now),
            intent,
            link: Some(self.device.next_link()),
            seen: Some(Seen { size: self.tree.size(), root: self.tree.root() }),
            names: None,
            key: None,
            digests: std::collections::BTreeMap::new(),
            attachments: Vec::new(),
        }
    }

    pub fn submit(&mut self, intent: Intent) -> bool {
        let said = self.said(intent);
        self.submit_said(&said)
    }

    pub fn submit_said(&mut self, said: &Said) -> bool {
        self.record(said, false)
    }

    /// Records an intent as accepted, whatever the rules say: what a server that lies would do.
    pub fn take_whatever_comes(&mut self, intent: Intent) {
        let said = self.said(intent);
        self.record(&said, true);
    }

    /// A device of another person is enrolled, and he speaks from there on.
    pub fn hand_over_to(&mut self, person: Id, secret: [u8; 32]) {
        let invites = self.said(Intent::InviteDevice { person });
        assert!(self.submit_said(&invites));
        self.founder = person;
        self.device = SimulatedDevice::new(&origin(), secret).unwrap();
        let enrol = Intent::EnrolDevice { invitation: invites.id, device: self.device.id() };
        let mut said = self.said(enrol);
        said.key = Some(*self.device.public());
        assert!(self.submit_said(&said));
    }

    pub const fn signer(&self) -> &Signer {
        &self.signer
    }

    fn record(&mut self, said: &Said, whatever_comes: bool) -> bool {
        let note = self.device.sign(said).unwrap();
        self.device.recorded(&note);
        let intent = SignedIntent::parse(&note, &origin()).unwrap();
        self.now += 1000;
        let mut decision = Decision {
            device: said.key.is_none().then(|| self.device.id()),
            proven: if said.key.is_none() { Proven::OwnDevicePin } else { Proven::Code },
            rules: self.rules,
            semantics: self.semantics,
            accepted: false,
            reasons: Vec::new(),
            events: Vec::new(),
            intent,
        };
        let context = decision.context(Millis(self.now));
        let verdict = decide(&kernel::Rules::new(LIMITS), &self.state, &decision.intent.said.intent, &context);
        (decision.accepted, decision.reasons, decision.events) = (verdict.accepted, verdict.reasons, verdict.events);
        if whatever_comes {
            (decision.accepted, decision.reasons, decision.events) = (true, Vec::new(), Vec::new());
        }
        let accepted = decision.accepted;
        self.append(Body::Decision(Box::new(decision)));
        accepted
    }

    /// Puts a note into the log as it is, signed or not: what a server that lies would do.
    pub fn append_note(&mut self, note: &[u8], device: Option<Id>, proven: Proven) {
        let intent = SignedIntent::parse(note, &origin()).unwrap();
        self.now += 1000;
        let decision = Decision {
            device,
            proven,
            rules: self.rules,
            semantics: self.semantics,
            accepted: true,
            reasons: Vec::new(),
            events: Vec::new(),
            intent,
        };
        self.append(Body::Decision(Box::new(decision)));
    }

    pub fn notice(&mut self) {
        self.now += 1000;
        let events = vec![Event::ClockJumped { at: Millis(self.now) }];
        self.append(Body::Notice(Notice { events, adopts: None }));
    }

    /// From here on these rules are in force.
    pub fn adopt(&mut self, adopted: Adopted) {
        self.now += 1000;
        (self.rules, self.semantics) = (adopted.rules, adopted.semantics);
        self.append(Body::Notice(Notice { events: Vec::new(), adopts: Some(adopted) }));
    }

    pub fn append(&mut self, body: Body) {
        let entry = Entry { index: self.tree.size(), decided_at: Millis(self.now), body };
        entry.events().iter().for_each(|event| evolve(&mut self.state, event));
        let bytes = entry.encode(&origin()).unwrap();
        assert_eq!(Entry::decode(&bytes, &origin()).unwrap(), entry, "what is written reads as it was");
        self.tree.push(hash_leaf(&bytes));
        self.entries.push(bytes);
    }

    pub fn checkpoint(&self) -> Vec<u8> {
        self.checkpoint_of(self.tree.size(), self.tree.root())
    }

    pub fn checkpoint_of(&self, size: u64, root: Hash) -> Vec<u8> {
        let head = Checkpoint { origin: origin().to_string(), size, root };
        self.signer.sign(&head.to_text()).unwrap().to_bytes()
    }
}

/// A log with a few entries of each sort.
pub fn some_log() -> Log {
    use kernel::Intent as I;
    let mut log = Log::found();
    let (armorer, place, gun) = (id(20), id(30), id(40));
    assert!(log.submit(I::AddPerson { person: armorer }));
    let day = kernel::Day(1);
    let roles = Roles::NONE.with(Role::Armorer);
    assert!(log.submit(I::AssignRoles { person: armorer, day, roles, answers_to: None }));
    assert!(log.submit(I::RegisterPlace { place, kind: kernel::PlaceKind::Vault, locks: true, for_guns: true }));
    let (kind, action) = (kernel::GunKind::LiveCapable, kernel::Action::SingleAction);
    assert!(log.submit(I::RegisterGun { gun, kind, action, chambers: 6, place }));
    assert!(!log.submit(I::TakeOut { gun }), "a producer takes no gun out");
    log.notice();
    assert!(log.submit(I::ReportOutOfSight { gun }));
    assert!(log.submit(I::Stop { cause: kernel::StopCause::Called }));
    log
}
