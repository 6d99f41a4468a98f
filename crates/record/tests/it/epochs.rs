//! A log that goes on from another one: what it says of it, and everything that it must not say.

use kernel::{Choice, Choices, Event, Pack, Packs, PlaceKind, StopCause};
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Signer};
use proof::tree::{Hash, Tree, hash_leaf};
use record::entry::{Body, Entry, Genesis, Notice};
use record::epoch::{Carried, carry, ends_voided, open_before, origin_before};
use record::keys::Keys;
use record::verify::{Fault, Report, Verifier};
use record::{Intent, Millis, Origin, State, snapshot};

use crate::log::{LIMITS, Log, id, origin};

/// The log that goes on, as its entries.
struct Next {
    entries: Vec<Entry>,
    signer: Signer,
}

fn next_origin() -> Origin {
    Origin::new("example", id(1), 1).unwrap()
}

/// A log with people, devices, places and a gun.
fn first() -> Log {
    let mut log = Log::found();
    for _ in 0..40 {
        let (person, place) = (log.fresh(), log.fresh());
        assert!(log.submit(Intent::AddPerson { person }));
        assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true }));
        log.now += 1_000;
    }
    let second = *log.state.people.keys().last().unwrap();
    log.hand_over_to(second, [3; 32]);
    log.founder = id(2);
    log.device = record::device::SimulatedDevice::new(&origin(), [1; 32]).unwrap();
    log
}

fn keys(log: &Log) -> Keys {
    let mut keys = Keys::default();
    log.entries.iter().for_each(|bytes| keys.learn(&Entry::decode(bytes, &origin()).unwrap()));
    keys
}

fn genesis(log: &Log, signer: &Signer, previous: Option<String>) -> Genesis {
    let first = Entry::decode(&log.entries[0], &origin()).unwrap();
    let Body::Genesis(genesis) = first.body else { panic!("a founding") };
    let events = vec![Event::PersonAdded { person: id(2) }];
    Genesis { log_key: signer.verifying_key().to_string(), previous, events, limits: LIMITS, ..*genesis }
}

fn next_with(log: &Log, parts: Vec<Carried>) -> Next {
    let signer = Signer::new(KeyName::new(&next_origin().to_string()).unwrap(), [9; 32]);
    let previous = String::from_utf8(log.checkpoint()).unwrap();
    let genesis = Body::Genesis(Box::new(genesis(log, &signer, Some(previous))));
    let bodies = std::iter::once(genesis).chain(parts.into_iter().map(|part| Body::Carried(Box::new(part))));
    let entries = (0u64..).zip(bodies).map(|(index, body)| Entry {
        index,
        decided_at: Millis(log.now + 10_000 + i64::try_from(index).unwrap()),
        body,
    });
    Next { entries: entries.collect(), signer }
}

fn parts(log: &Log, lost: Option<String>) -> Vec<Carried> {
    carry(&log.state, &keys(log), lost, id(77), Millis(log.now + 9_000))
}

fn next(log: &Log) -> Next {
    next_with(log, parts(log, None))
}

impl Next {
    fn verified(&self) -> Result<(Report, State), Fault> {
        let bytes: Vec<Vec<u8>> = self.entries.iter().map(|it| it.encode(&next_origin()).unwrap()).collect();
        let mut verifier = Verifier::begin(&bytes[0])?;
        for entry in &bytes[1..] {
            verifier.entry(entry)?;
        }
        let mut tree = Tree::default();
        bytes.iter().for_each(|it| tree.push(hash_leaf(it)));
        let head = Checkpoint { origin: next_origin().to_string(), size: tree.size(), root: tree.root() };
        let state = verifier.state().clone();
        Ok((verifier.finish(&self.signer.sign(&head.to_text()).unwrap().to_bytes(), None)?, state))
    }

    fn code(&self) -> &'static str {
        self.verified().map(|_| "it holds").unwrap_or_else(|fault| fault.code)
    }

    fn part(&mut self, index: usize) -> &mut Carried {
        let Body::Carried(carried) = &mut self.entries[index].body else { panic!("entry {index} carries nothing") };
        carried
    }
}

/// What a production adopted holds in the next epoch, and who adopted it still stands there.
#[test]
fn packs_are_carried_over() {
    let mut log = first();
    let packs = Packs::LAWS.with(Pack::ActorsEquity).with(Pack::SagAftra);
    let choices = Choices::NONE.with(Choice::PerformerMayLook);
    assert!(log.submit(Intent::AdoptPacks { packs, choices }));
    let (_, state) = next(&log).verified().unwrap();
    let adopted = state.adopted.unwrap();
    assert_eq!(Some(adopted), log.state.adopted);
    assert_eq!((adopted.packs, adopted.choices, adopted.by), (packs, choices, log.founder));
    let (_, again) = snapshot::read(&snapshot::write(9, &log.state).unwrap()).unwrap();
    assert_eq!(again, log.state);
}

#[test]
fn everything_is_carried_over_and_nothing_of_it_is_shown() {
    let log = first();
    let (report, state) = next(&log).verified().unwrap();
    let before = report.before.unwrap();
    assert_eq!((before.checkpoint.size, before.checkpoint.root), (log.tree.size(), log.tree.root()));
    assert_eq!(before.lost_at, None);
    assert_eq!(state.people, log.state.people);
    assert_eq!(state.devices, log.state.devices);
    assert_eq!(state.places, log.state.places);
    assert_eq!(state.stops.values().map(|stop| stop.cause).collect::<Vec<_>>(), [StopCause::Called]);
}

#[test]
fn no_entry_is_larger_than_one_may_be_and_each_goes_to_bytes_and_back() {
    let mut log = first();
    for _ in 0..900 {
        let person = log.fresh();
        assert!(log.submit(Intent::AddPerson { person }));
    }
    let next = next(&log);
    assert!(next.entries.len() > 2, "it takes more than one part: {}", next.entries.len());
    for entry in &next.entries {
        let bytes = entry.encode(&next_origin()).unwrap();
        assert_eq!(Entry::decode(&bytes, &next_origin()).unwrap(), *entry);
    }
    let lasts: Vec<bool> = parts(&log, None).iter().map(|part| part.last).collect();
    assert_eq!(lasts.iter().filter(|last| **last).count(), 1);
    assert_eq!(lasts.last(), Some(&true));
    next.verified().unwrap();
}

#[test]
fn what_is_lost_stands_in_the_open() {
    let mut log = first();
    let older = parts(&log, None);
    let place = log.fresh();
    let checkpoint = log.checkpoint();
    assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true }));
    let lost = String::from_utf8(log.checkpoint()).unwrap();
    let mut with = next_with(&log, older);
    let Body::Genesis(genesis) = &mut with.entries[0].body else { panic!("a founding") };
    genesis.previous = Some(String::from_utf8(checkpoint).unwrap());
    with.part(1).lost = Some(lost.clone());
    let before = with.verified().unwrap().0.before.unwrap();
    assert_eq!((before.checkpoint.size, before.lost_at), (log.tree.size() - 1, Some(log.tree.size())));
    with.part(1).lost = Some(lost.replace(&log.tree.size().to_string(), "9000"));
    assert_eq!(with.code(), "CARRIED-LOST");
}

#[test]
fn what_a_new_epoch_must_not_say_is_found() {
    let log = first();
    let changed = |change: &dyn Fn(&mut Next)| {
        let mut next = next(&log);
        change(&mut next);
        next.code()
    };
    let last = next(&log).entries.len() - 1;
    assert_eq!(changed(&|_| {}), "it holds");
    // The way it begins.
    let previous = |note: Option<String>| {
        changed(&move |next| {
            let Body::Genesis(genesis) = &mut next.entries[0].body else { panic!("a founding") };
            genesis.previous = note.clone();
        })
    };
    assert_eq!(previous(None), "GENESIS-EPOCH");
    assert_eq!(previous(Some("nothing".to_owned())), "GENESIS-EPOCH");
    let stranger = Signer::new(KeyName::new(&origin().to_string()).unwrap(), [8; 32]);
    let head = Checkpoint { origin: origin().to_string(), size: 3, root: Hash([1; 32]) };
    let forged = stranger.sign(&head.to_text()).unwrap().to_bytes();
    assert_eq!(previous(Some(String::from_utf8(forged).unwrap())), "GENESIS-EPOCH");
    // The parts: whole, in their place, voided, with their keys.
    assert_eq!(changed(&|next| next.part(last).last = false), "CARRIED-PLACE", "the last is missing");
    assert_eq!(changed(&|next| next.part(last).events.truncate(1)), "CARRIED-NOT-VOIDED");
    assert_eq!(changed(&|next| next.part(1).keys.clear()), "CARRIED-KEYS");
    let notice = Notice { events: Vec::new(), adopts: None };
    let early = notice.clone();
    assert_eq!(changed(&move |next| next.entries[1].body = Body::Notice(early.clone())), "CARRIED-PLACE");
    let again = |next: &mut Next| {
        let mut entry = next.entries[last].clone();
        (entry.index, entry.decided_at) = (entry.index + 1, Millis(entry.decided_at.0 + 1));
        next.entries.push(entry);
    };
    assert_eq!(changed(&again), "CARRIED-PLACE", "behind the last nothing more is carried over");
    let lost = String::from_utf8(log.checkpoint()).unwrap();
    if last > 1 {
        assert_eq!(changed(&|next| next.part(last).lost = Some(lost.clone())), "CARRIED-LOST");
    }
    // And none of it in a first epoch.
    let mut log = log;
    log.now += 1_000;
    log.append(Body::Carried(Box::default()));
    let mut verifier = Verifier::begin(&log.entries[0]).unwrap();
    let found = log.entries[1..].iter().find_map(|entry| verifier.entry(entry).err()).unwrap();
    assert_eq!(found.code, "CARRIED-PLACE");
}

#[test]
fn an_epoch_knows_the_one_before_it() {
    assert_eq!(origin_before(&next_origin()), Some(origin()));
    assert_eq!(origin_before(&origin()), None);
    let log = first();
    let signer = Signer::new(KeyName::new(&next_origin().to_string()).unwrap(), [9; 32]);
    let head = open_before(&log.checkpoint(), &next_origin(), signer.verifying_key()).unwrap();
    assert_eq!(head.size, log.tree.size());
    let other = Signer::new(KeyName::new(&next_origin().to_string()).unwrap(), [8; 32]);
    assert_eq!(open_before(&log.checkpoint(), &next_origin(), other.verifying_key()), None);
    assert!(!ends_voided(&[]));
}
