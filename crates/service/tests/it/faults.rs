//! A store that fails, each way: the write is lost, or kept and not acknowledged.

use kernel::{Code, Intent, Status};
use service::testkit::{Part, Stage};
use service::{Answer, SubmitError};
use store::fault::{Fault, FaultStore};
use store::memory::MemoryStore;
use store::{Seal, Sealed, Store, StoreError};

use crate::{codes, in_memory, stores};

/// How many writes it takes to set the stage.
fn writes_of_a_stage() -> u64 {
    static WRITES: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *WRITES.get_or_init(|| in_memory().service.view().size)
}

fn failing_at(nth: u64, fault: Fault) -> (Stage, MemoryStore) {
    let memory = MemoryStore::new();
    let store = FaultStore::new(Box::new(memory.clone()), nth, fault);
    (Stage::found_in(stores(Box::new(store))).unwrap(), memory)
}

fn all_unknown(stage: &Stage) -> bool {
    let view = stage.service.view();
    let cards = view.cards(stage.service.now_ms());
    !cards.is_empty() && cards.iter().all(|card| matches!(card.status, Status::Unknown { .. }))
}

/// Sends until the service has an answer again, as a phone does.
fn send_until_answered(stage: &Stage, note: &[u8]) -> Answer {
    for _ in 0..50 {
        match stage.send(Part::Armorer, note) {
            Ok(answer) => return answer,
            Err(error) => assert_eq!(error.code(), "STORE-FAILED"),
        }
    }
    panic!("the service never came back")
}

#[test]
fn what_was_lost_is_recorded_when_it_is_sent_again() {
    let (stage, _) = failing_at(writes_of_a_stage() + 1, Fault::Lost);
    let size = stage.service.view().size;
    let note = stage.note(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let Err(error) = stage.send(Part::Armorer, &note) else { panic!("the write did not fail") };
    assert_eq!(error.code(), "STORE-FAILED");
    let answer = send_until_answered(&stage, &note);
    assert_eq!((answer.index, answer.accepted, answer.repeated), (size, true, false));
}

#[test]
fn what_was_kept_without_a_word_comes_back_when_it_is_sent_again() {
    let (stage, memory) = failing_at(writes_of_a_stage() + 1, Fault::KeptUnacknowledged);
    let size = stage.service.view().size;
    let note = stage.note(Part::Performer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    assert_eq!(stage.send(Part::Performer, &note).unwrap_err().code(), "STORE-FAILED");
    assert_eq!(memory.clone().size().unwrap(), size + 1);
    let answer = send_until_answered(&stage, &note);
    assert_eq!((answer.index, answer.accepted, answer.repeated), (size, false, true));
    assert_eq!(codes(&answer), [Code::CustodyNotHandler]);
    assert_eq!(memory.clone().size().unwrap(), size + 1, "it is recorded once");
}

#[test]
fn every_caller_of_a_failed_batch_is_told() {
    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        let (stage, _) = failing_at(writes_of_a_stage() + 1, fault);
        let parts = [Part::Armorer, Part::PropertyMaster, Part::Witness, Part::FirstAd];
        let notes = parts.map(|part| stage.note(part, Intent::ReportDoubt { gun: stage.revolver }).unwrap());
        let failed = std::thread::scope(|scope| {
            let stage = &stage;
            let threads = parts.into_iter().zip(&notes).map(|(part, note)| scope.spawn(move || stage.send(part, note)));
            let threads: Vec<_> = threads.collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).filter(Result::is_err).count()
        });
        assert!(failed >= 1, "{fault:?}");
        // Sent again, each is recorded exactly once.
        for (part, note) in parts.into_iter().zip(&notes) {
            assert!(stage.send(part, note).unwrap().accepted, "{fault:?}");
        }
        let doubts = stage.service.view().timeline(stage.revolver, 100);
        assert_eq!(doubts.iter().filter(|line| line.kind == "report_doubt").count(), 4, "{fault:?}");
    }
}

#[test]
fn a_jump_that_was_not_written_is_written_with_the_next_batch() {
    let (stage, _) = failing_at(writes_of_a_stage() + 1, Fault::Lost);
    let size = stage.service.view().size;
    stage.clock.jump(10_800_000);
    let note = stage.note(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    assert_eq!(stage.send(Part::Armorer, &note).unwrap_err().code(), "STORE-FAILED");
    let answer = send_until_answered(&stage, &note);
    assert_eq!(answer.index, size + 1, "the notice stands before it");
}

/// A store that can be told to fail in everything, and to come back.
#[derive(Debug)]
struct Switched {
    inner: Box<dyn Store>,
    broken: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Switched {
    fn inner(&mut self) -> Result<&mut Box<dyn Store>, StoreError> {
        if self.broken.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(StoreError::Failed { path: "the disk".into(), detail: "it was pulled out".to_owned() });
        }
        Ok(&mut self.inner)
    }
}

impl Store for Switched {
    fn size(&mut self) -> Result<u64, StoreError> {
        self.inner()?.size()
    }
    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        self.inner()?.append(first, entries, seal)
    }
    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner()?.entries(from, count)
    }
    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.inner()?.checkpoint()
    }
    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        self.inner()?.checkpoint_at(size)
    }
    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner()?.put_snapshot(size, bytes)
    }
    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.inner()?.snapshots()
    }
}

#[test]
fn while_the_disk_is_gone_every_gun_is_unknown_and_when_it_is_back_all_is_as_it_was() {
    let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let inner = Box::new(MemoryStore::new());
    let stage = Stage::found_in(stores(Box::new(Switched { inner, broken: broken.clone() }))).unwrap();
    stage.show(kernel::Content::Empty).unwrap();
    let before = stage.service.view();
    assert!(!all_unknown(&stage) && before.doubt.is_none());
    broken.store(true, std::sync::atomic::Ordering::SeqCst);
    let note =
        stage.note(Part::Producer, Intent::ReportReturned { person: stage.person(Part::Witness).unwrap() }).unwrap();
    let mut head = stage.service.subscribe();
    head.borrow_and_update();
    for _ in 0..3 {
        assert_eq!(stage.send(Part::Producer, &note).unwrap_err().code(), SubmitError::StoreFailed.code());
        assert!(all_unknown(&stage));
        assert!(stage.service.view().doubt.is_some());
    }
    assert!(head.has_changed().unwrap(), "the board is told");
    broken.store(false, std::sync::atomic::Ordering::SeqCst);
    let answer = stage.send(Part::Producer, &note).unwrap();
    assert_eq!((answer.index, answer.repeated), (before.size, false));
    assert_eq!(stage.service.view().doubt, None);
    assert_eq!(stage.service.view().state, before.state);
    assert!(!all_unknown(&stage));
}

/// The disk comes back as another one: with the log as it was before the last entry, or with another
/// entry in its place, signed by the same key.
#[test]
fn a_store_that_loses_what_was_acknowledged_is_never_believed_again() {
    for forked in [false, true] {
        let memory = MemoryStore::new();
        let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let older = std::sync::Arc::new(std::sync::Mutex::new(None));
        let rewound = Rewound { inner: Box::new(memory.clone()), broken: broken.clone(), older: older.clone() };
        let stage = Stage::found_in(stores(Box::new(rewound))).unwrap();
        let mut copy = MemoryStore::new();
        copy_log(&mut memory.clone(), &mut copy);
        if forked {
            let other = service::Service::open_in(stores(Box::new(copy.clone())), stage.clock.clone()).unwrap();
            let note = stage.note(Part::PropertyMaster, Intent::TakeOut { gun: stage.revolver }).unwrap();
            let standing = service::Standing::Session(stage.session(Part::PropertyMaster).unwrap());
            assert!(other.submit_blocking(note, standing).unwrap().accepted);
        }
        stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
        *older.lock().unwrap() = Some(copy);
        broken.store(true, std::sync::atomic::Ordering::SeqCst);
        for _ in 0..3 {
            let note = stage.note(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
            assert_eq!(stage.send(Part::Armorer, &note).unwrap_err().code(), "STORE-FAILED");
            broken.store(false, std::sync::atomic::Ordering::SeqCst);
            assert!(stage.service.view().doubt.is_some(), "forked: {forked}");
        }
    }
}

/// A disk that gives back something else than it was given, from the `nth` write on.
#[derive(Debug)]
struct Garbling {
    inner: MemoryStore,
    nth: u64,
    garble: fn(&mut Vec<Vec<u8>>),
}

impl Store for Garbling {
    fn size(&mut self) -> Result<u64, StoreError> {
        self.inner.size()
    }
    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        let (garble, garbles) = (self.garble, first + 1 >= self.nth);
        self.inner.append(first, entries, &mut |read_back| {
            let mut read_back = read_back.to_vec();
            if garbles {
                garble(&mut read_back);
            }
            seal(&read_back)
        })
    }
    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.entries(from, count)
    }
    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint()
    }
    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint_at(size)
    }
    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.put_snapshot(size, bytes)
    }
    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.inner.snapshots()
    }
}

#[test]
fn what_is_read_back_as_something_else_is_never_signed() {
    let garbles: [fn(&mut Vec<Vec<u8>>); 4] = [
        |entries| entries[0][200] ^= 1,
        |entries| entries.clear(),
        |entries| entries.push(entries[0].clone()),
        // A whole entry of its own, and not the one that was meant.
        |entries| {
            let other =
                String::from_utf8(entries[0].clone()).unwrap().replace("\"accepted\":true", "\"accepted\":false");
            entries[0] = other.into_bytes();
        },
    ];
    for (which, garble) in garbles.into_iter().enumerate() {
        let inner = MemoryStore::new();
        let store = Garbling { inner: inner.clone(), nth: writes_of_a_stage() + 1, garble };
        let stage = Stage::found_in(stores(Box::new(store))).unwrap();
        let before = inner.clone().checkpoint().unwrap();
        let note = stage.note(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
        assert_eq!(stage.send(Part::Armorer, &note).unwrap_err().code(), "STORE-FAILED", "{which}");
        assert_eq!(inner.clone().checkpoint().unwrap(), before, "{which}: nothing was signed");
    }
}

fn copy_log(from: &mut MemoryStore, to: &mut MemoryStore) {
    let entries = from.entries(0, u64::MAX).unwrap();
    let note = from.checkpoint().unwrap().unwrap().note;
    to.append(0, &entries, &mut |_| Ok(note.clone())).unwrap();
}

/// A store that fails once, and from then on is an older copy of itself.
#[derive(Debug)]
struct Rewound {
    inner: Box<dyn Store>,
    broken: std::sync::Arc<std::sync::atomic::AtomicBool>,
    older: std::sync::Arc<std::sync::Mutex<Option<MemoryStore>>>,
}

impl Store for Rewound {
    fn size(&mut self) -> Result<u64, StoreError> {
        self.inner.size()
    }
    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        if self.broken.load(std::sync::atomic::Ordering::SeqCst) {
            if let Some(older) = self.older.lock().unwrap().take() {
                self.inner = Box::new(older);
            }
            return Err(StoreError::Failed { path: "the disk".into(), detail: "it was swapped".to_owned() });
        }
        self.inner.append(first, entries, seal)
    }
    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.entries(from, count)
    }
    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint()
    }
    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint_at(size)
    }
    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.put_snapshot(size, bytes)
    }
    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.inner.snapshots()
    }
}

/// A disk that takes its time: each write waits until it is let through.
#[derive(Debug)]
struct Slow {
    inner: MemoryStore,
    gate: std::sync::Arc<std::sync::Mutex<()>>,
}

impl Store for Slow {
    fn size(&mut self) -> Result<u64, StoreError> {
        self.inner.size()
    }
    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        let _through = self.gate.lock().unwrap();
        self.inner.append(first, entries, seal)
    }
    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.entries(from, count)
    }
    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint()
    }
    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint_at(size)
    }
    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.put_snapshot(size, bytes)
    }
    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.inner.snapshots()
    }
}

#[test]
fn when_the_queue_is_full_the_caller_is_told_at_once() {
    let gate = std::sync::Arc::new(std::sync::Mutex::new(()));
    let inner = MemoryStore::new();
    let stage = Stage::found_in(stores(Box::new(Slow { inner, gate: gate.clone() }))).unwrap();
    let note = stage.note(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    let standing = service::Standing::Session(stage.session(Part::Armorer).unwrap());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let held = gate.lock().unwrap();
    let mut waiting = Vec::new();
    let told = loop {
        let mut submission = Box::pin(stage.service.submit(note.clone(), standing.clone()));
        match submission.as_mut().poll(&mut context) {
            std::task::Poll::Pending => waiting.push(submission),
            std::task::Poll::Ready(answered) => break answered.unwrap_err(),
        }
        assert!(waiting.len() < 5_000, "the queue has no end");
    };
    assert_eq!(told.code(), "BUSY");
    drop(held);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answers: Vec<Answer> = waiting.into_iter().map(|one| runtime.block_on(one).unwrap()).collect();
    assert!(answers.len() >= 1_024);
    assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1, "and all who waited are answered");
}
