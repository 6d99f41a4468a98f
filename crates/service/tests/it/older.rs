//! A record that an older Showclear wrote, with other rules: it opens, it reads, and it goes on.

use kernel::{Code, Content, Custody, Intent, ShowingState};
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Signer};
use proof::tree::{Tree, hash_leaf};
use record::device::SimulatedDevice;
use record::entry::{Adopted, Body, Entry, Notice};
use record::intent::Seen;
use record::verify::{Replayed, Report, Verifier};
use record::{Id, Millis};
use service::testkit::{LIMITS, ManualClock, Part};
use service::{Answer, Service, ServiceError, Session, Standing};
use store::Store;
use store::fault::{Fault, FaultStore};
use store::memory::MemoryStore;

use crate::{codes, stores};

/// A log of `testdata/vectors/log_rules_<n>.json`, which rules number n have written.
struct Older {
    entries: Vec<Vec<u8>>,
    checkpoint: Vec<u8>,
    snapshot: (u64, Vec<u8>),
    at_ms: i64,
}

fn older() -> Older {
    written_by(1)
}

fn written_by(rules: u32) -> Older {
    let file = format!("../../testdata/vectors/log_rules_{rules}.json");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let bytes = |value: &serde_json::Value| value.as_str().unwrap().as_bytes().to_vec();
    Older {
        entries: written["entries"].as_array().unwrap().iter().map(bytes).collect(),
        checkpoint: bytes(&written["checkpoint"]),
        snapshot: (written["snapshot"]["size"].as_u64().unwrap(), bytes(&written["snapshot"]["note"])),
        at_ms: written["at_ms"].as_i64().unwrap(),
    }
}

impl Older {
    fn store(&self) -> MemoryStore {
        let mut store = MemoryStore::new();
        store.append(0, &self.entries, &mut |_| Ok(self.checkpoint.clone())).unwrap();
        store.put_snapshot(self.snapshot.0, &self.snapshot.1).unwrap();
        store
    }

    fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    fn open(&self, log: Box<dyn Store>) -> Result<Service, ServiceError> {
        Service::open_in(stores(log), ManualClock::at(self.at_ms))
    }

    /// Adds an entry as whoever has the log's key can.
    fn and(mut self, body: Body) -> Older {
        let origin = Entry::origin_of(&self.entries[0]).unwrap();
        let last = Entry::decode(self.entries.last().unwrap(), &origin).unwrap();
        let entry = Entry { index: last.index + 1, decided_at: Millis(last.decided_at.0 + 1), body };
        self.entries.push(entry.encode(&origin).unwrap());
        let mut tree = Tree::default();
        self.entries.iter().for_each(|entry| tree.push(hash_leaf(entry)));
        let head = Checkpoint { origin: origin.to_string(), size: tree.size(), root: tree.root() };
        let signer = Signer::new(KeyName::new(&origin.to_string()).unwrap(), [7; 32]);
        self.checkpoint = signer.sign(&head.to_text()).unwrap().to_bytes();
        self
    }
}

/// The device of a part, as far as the record has heard of it.
fn device_of(service: &Service, part: Part) -> (Id, SimulatedDevice) {
    let view = service.view();
    let mut device = SimulatedDevice::new(&view.origin, part.secret()).unwrap();
    for index in 0..view.size {
        let service::EntryView::Open { bytes } = view.entry(index).unwrap() else { continue };
        let entry = Entry::decode(&bytes, &view.origin).unwrap();
        let Some(intent) = entry.intent() else { continue };
        if intent.verify(device.public()).is_ok() {
            device.recorded(&intent.note);
        }
    }
    (view.state.devices[&device.id()].owner, device)
}

/// What a part's device says, and his session on it.
fn note(service: &Service, part: Part, n: u8, intent: record::Intent) -> (Vec<u8>, Standing) {
    let (person, device) = device_of(service, part);
    let view = service.view();
    let seen = Seen { size: view.size, root: view.root };
    let said = device.says(Id::from_bytes([n; 16]), person, Millis(service.now_ms()), intent, seen);
    let session = Session { person: Some(person), device: Some(device.id()), viewer: false };
    (device.sign(&said).unwrap(), Standing::Session(session))
}

fn send(service: &Service, part: Part, n: u8, intent: record::Intent) -> Answer {
    let (note, standing) = note(service, part, n, intent);
    service.submit_blocking(note, standing).unwrap()
}

fn entry(store: &MemoryStore, index: u64) -> Entry {
    let bytes = store.clone().entries(index, 1).unwrap().remove(0);
    Entry::decode(&bytes, &Entry::origin_of(&bytes).unwrap()).unwrap()
}

fn adopted(store: &MemoryStore, index: u64) -> Option<Adopted> {
    match entry(store, index).body {
        Body::Notice(notice) => notice.adopts,
        Body::Genesis(_) | Body::Carried(_) | Body::Decision(_) => None,
    }
}

fn verified(store: &MemoryStore) -> Report {
    let mut store = store.clone();
    let entries = store.entries(0, u64::MAX).unwrap();
    let mut verifier = Verifier::begin(&entries[0]).unwrap();
    entries[1..].iter().for_each(|entry| drop(verifier.entry(entry).unwrap()));
    verifier.finish(&store.checkpoint().unwrap().unwrap().note, None).unwrap()
}

fn the_gun(service: &Service) -> (Id, kernel::Gun<record::Real>) {
    let view = service.view();
    let (id, gun) = view.state.guns.iter().find(|(_, gun)| gun.kind.fires()).unwrap();
    (*id, *gun)
}

#[test]
fn an_older_record_is_read_as_it_was_written() {
    let older = older();
    let store = older.store();
    let service = older.open(Box::new(store.clone())).unwrap();
    let (_, gun) = the_gun(&service);
    let armorer = device_of(&service, Part::Armorer).0;
    assert!(matches!(gun.custody, Custody::With { person, .. } if person == armorer), "{gun:?}");
    assert_eq!(gun.loaded().count(), 6);
    let ShowingState::Shown(showing) = gun.showing else { panic!("{gun:?}") };
    assert_eq!(showing.readings.of(Content::Dummy).count(), 6);
    let view = service.view();
    assert!(view.state.lots.values().all(|lot| lot.verified.is_none() && !lot.counted), "nobody counted them");
    assert_eq!(view.state.lots.values().map(|lot| lot.rounds).sum::<u32>(), 94);
    assert!(view.journal(1_000).iter().all(|line| matches!(line.matter, service::Matter::Open { .. })));
    service.close();
    assert_eq!(store.clone().size().unwrap(), older.size(), "to read it writes nothing");
    let not = Replayed::NotReplayed { recorded: 1, built_in: kernel::SEMANTICS };
    let report = verified(&store);
    assert_eq!((report.replayed, report.compared, report.size), (not, 0, older.size()));
}

#[test]
fn an_older_record_goes_on_and_says_by_which_rules() {
    let older = older();
    let store = older.store();
    let service = older.open(Box::new(store.clone())).unwrap();
    let (gun, loaded) = the_gun(&service);
    let lot = loaded.loading.unwrap().lot;
    let doubted = send(&service, Part::Armorer, 1, Intent::ReportDoubt { gun });
    assert_eq!((doubted.accepted, doubted.index), (true, older.size() + 1), "the notice stands before it");
    let view = service.view();
    let person = view.state.people.keys().next().copied().unwrap();
    let offered = send(&service, Part::Armorer, 2, Intent::Offer { gun, to: device_of(&service, Part::Performer).0 });
    assert!(codes(&offered).contains(&Code::SceneNotOpen), "by the rules of now");
    let drawn = send(&service, Part::Armorer, 3, Intent::Draw { lot, rounds: 1 });
    assert!(codes(&drawn).contains(&Code::LotNoSource), "a lot of then has no source: {drawn:?}");
    assert!(send(&service, Part::Producer, 4, Intent::ReportReturned { person }).accepted);
    assert_eq!(adopted(&store, older.size()), Some(Adopted::built_in(&LIMITS)));
    service.close();
    // It is said once, whoever opens the record again.
    let service = older.open(Box::new(store.clone())).unwrap();
    let again = send(&service, Part::FirstAd, 5, Intent::ReportBreak);
    assert_eq!(again.index, older.size() + 5);
    let said = (0..store.clone().size().unwrap()).filter(|index| adopted(&store, *index).is_some()).count();
    assert_eq!(said, 1);
    let report = verified(&store);
    let not = Replayed::NotReplayed { recorded: 1, built_in: kernel::SEMANTICS };
    assert_eq!((report.replayed, report.compared), (not, 5), "what the rules of now decided is compared");
}

/// Every number of rules before the one that is built in has a log here, and each opens, is read, and goes on.
#[test]
fn a_record_of_every_older_number_opens_and_goes_on() {
    for rules in 1..kernel::SEMANTICS {
        let older = written_by(rules);
        let store = older.store();
        let service = older.open(Box::new(store.clone())).unwrap();
        let (gun, loaded) = the_gun(&service);
        assert_eq!(loaded.loaded().count(), 6, "rules {rules}");
        let said = send(&service, Part::Armorer, 1, Intent::ReportDoubt { gun });
        assert_eq!((said.accepted, said.index), (true, older.size() + 1), "rules {rules}");
        assert_eq!(adopted(&store, older.size()), Some(Adopted::built_in(&LIMITS)), "rules {rules}");
        service.close();
        let not = Replayed::NotReplayed { recorded: rules, built_in: kernel::SEMANTICS };
        let report = verified(&store);
        assert_eq!((report.replayed, report.compared, report.size), (not, 1, older.size() + 2), "rules {rules}");
    }
}

/// Older rules let a copy stay matched out of sight. Their record is read by what is known now: doubt lowers.
#[test]
fn a_copy_that_left_sight_under_older_rules_is_matched_again() {
    for rules in 2..=3 {
        let older = written_by(rules);
        let service = older.open(Box::new(older.store())).unwrap();
        let view = service.view();
        let copies: Vec<_> = view.state.guns.values().filter(|gun| !gun.kind.fires()).collect();
        assert!(copies.len() == 1 && copies[0].identity.is_none() && copies[0].on_set, "rules {rules}: {copies:?}");
    }
}

#[test]
fn rules_that_were_not_written_are_written_with_the_next_verdict() {
    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        let older = older();
        let store = older.store();
        let service = older.open(Box::new(FaultStore::new(Box::new(store.clone()), 1, fault))).unwrap();
        let (note, standing) = note(&service, Part::FirstAd, 1, Intent::ReportBreak);
        let failed = service.submit_blocking(note.clone(), standing.clone()).unwrap_err();
        assert_eq!(failed.code(), "STORE-FAILED", "{fault:?}");
        let answer = loop {
            match service.submit_blocking(note.clone(), standing.clone()) {
                Ok(answer) => break answer,
                Err(error) => assert_eq!(error.code(), "STORE-FAILED", "{fault:?}"),
            }
        };
        assert_eq!(answer.index, older.size() + 1, "{fault:?}");
        assert!(adopted(&store, older.size()).is_some(), "{fault:?}");
        let report = verified(&store);
        assert_eq!((report.size, report.compared), (older.size() + 2, 1), "{fault:?}");
    }
}

#[test]
fn a_record_that_went_on_with_rules_not_known_here_is_not_served() {
    let built_in = Adopted::built_in(&LIMITS);
    let notice = |adopted| Body::Notice(Notice { events: Vec::new(), adopts: Some(adopted) });
    let newer = Adopted { semantics: kernel::SEMANTICS + 1, ..built_in };
    for (adopted, code) in [
        (built_in, None),
        (newer, Some("RULES-OTHER-SEMANTICS")),
        (Adopted { semantics: 1, ..built_in }, Some("RULES-OTHER")),
        (Adopted { rules: built_in.schema, ..built_in }, Some("RULES-OTHER")),
        (Adopted { schema: built_in.rules, ..built_in }, Some("RULES-OTHER")),
    ] {
        let older = older().and(notice(adopted));
        let opened = older.open(Box::new(older.store()));
        assert_eq!(opened.err().map(|error| error.code()), code, "{adopted:?}");
    }
}

/// The snapshot of an older Showclear tells a state that the events do not make any more.
#[test]
fn a_snapshot_of_older_rules_is_passed_over() {
    let older = older();
    let with = older.open(Box::new(older.store())).unwrap();
    let mut bare = MemoryStore::new();
    bare.append(0, &older.entries, &mut |_| Ok(older.checkpoint.clone())).unwrap();
    let without = older.open(Box::new(bare)).unwrap();
    assert_eq!(with.view().state, without.view().state);
    let text = String::from_utf8(older.snapshot.1.clone()).unwrap();
    assert!(text.starts_with("showclear.dev/snapshot/v1 "), "{text:.80}");
}
