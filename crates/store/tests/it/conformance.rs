//! One suite over every back end. A back end is a medium: something that can be opened, closed and opened again.

use store::fault::{Fault, FaultStore};
use store::memory::MemoryStore;
use store::sqlite::SqliteStore;
use store::{MAX_ENTRY_BYTES, SealError, Sealed, Store, StoreError};

use crate::{append, checkpoint_over, entry, never};

/// Opens the same bytes each time it is called; what it returned before has been dropped by then.
type Medium = Box<dyn Fn() -> Box<dyn Store>>;

#[test]
fn memory_conforms() {
    run(&memory);
}

#[test]
fn sqlite_conforms() {
    run(&sqlite);
}

#[test]
fn a_store_whose_writes_do_not_fail_conforms() {
    let wrapped = || -> Medium {
        let inner = memory();
        Box::new(move || Box::new(FaultStore::new(inner(), 0, Fault::Lost)))
    };
    run(&wrapped);
}

fn memory() -> Medium {
    let bytes = MemoryStore::new();
    Box::new(move || Box::new(bytes.clone()))
}

fn sqlite() -> Medium {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteStore::create(&folder.path().join("log.db")).unwrap());
    Box::new(move || Box::new(SqliteStore::open(&folder.path().join("log.db")).unwrap()))
}

/// The whole suite, each part over an empty medium of its own.
fn run(make: &dyn Fn() -> Medium) {
    begins_empty(&make());
    keeps_every_byte_in_order(&make());
    refuses_what_has_no_place(&make());
    refuses_what_is_too_large(&make());
    seals_what_it_reads_back(&make());
    keeps_nothing_of_what_is_not_sealed(&make());
    finds_checkpoints(&make());
    reads_ranges(&make());
    keeps_two_snapshots(&make());
    every_write_fails_in_both_ways(make);
}

fn begins_empty(medium: &Medium) {
    let mut store = medium();
    assert_eq!(store.size().unwrap(), 0);
    assert_eq!(store.entries(0, 10).unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(store.checkpoint().unwrap(), None);
    assert_eq!(store.checkpoint_at(0).unwrap(), None);
    assert_eq!(store.snapshots().unwrap(), Vec::new());
}

fn keeps_every_byte_in_order(medium: &Medium) {
    let all_values: Vec<u8> = (0..=255).collect();
    let batches = [
        vec![b"genesis".to_vec()],
        vec![Vec::new(), all_values, vec![0xff; MAX_ENTRY_BYTES]],
        (0..512).map(entry).collect(),
    ];
    let expected: Vec<Vec<u8>> = batches.concat();
    for batch in &batches {
        append(medium().as_mut(), batch).unwrap();
    }
    let mut store = medium();
    assert_eq!(store.size().unwrap(), 516);
    assert!(store.entries(0, 516).unwrap() == expected, "other bytes, or in another order");
}

fn refuses_what_has_no_place(medium: &Medium) {
    let mut store = medium();
    append(store.as_mut(), &[entry(0), entry(1)]).unwrap();
    for first in [0, 1, 3, u64::MAX] {
        let error = store.append(first, &[entry(9)], &mut never).unwrap_err();
        let StoreError::OutOfPlace { expected, found } = error else {
            panic!("{error}");
        };
        assert_eq!((expected, found), (2, first));
    }
    let error = store.append(2, &[], &mut never).unwrap_err();
    assert_eq!(error.code(), "store/empty-batch");
    assert_eq!(store.size().unwrap(), 2);
    append(store.as_mut(), &[entry(2)]).unwrap();
}

fn refuses_what_is_too_large(medium: &Medium) {
    let mut store = medium();
    let batch = [entry(0), vec![0; MAX_ENTRY_BYTES + 1], entry(2)];
    let error = store.append(0, &batch, &mut never).unwrap_err();
    let StoreError::TooLarge { index, bytes } = error else {
        panic!("{error}");
    };
    assert_eq!((index, bytes), (1, 65_536));
    assert_eq!(store.size().unwrap(), 0);
}

fn seals_what_it_reads_back(medium: &Medium) {
    let batch = [entry(0), entry(1), entry(2)];
    let mut seen = Vec::new();
    medium()
        .append(0, &batch, &mut |read_back| {
            seen.push(read_back.to_vec());
            Ok(b"signed".to_vec())
        })
        .unwrap();
    assert_eq!(seen, [batch.to_vec()]);
    assert_eq!(medium().checkpoint().unwrap(), Some(Sealed { size: 3, note: b"signed".to_vec() }));
}

fn keeps_nothing_of_what_is_not_sealed(medium: &Medium) {
    let mut store = medium();
    append(store.as_mut(), &[entry(0)]).unwrap();
    let error = store.append(1, &[entry(1), entry(2)], &mut |_| Err(SealError::new("another root"))).unwrap_err();
    assert_eq!(error.code(), "store/not-sealed");
    assert_eq!(error.to_string(), "the entries were not sealed: another root");
    for _ in ["at once", "opened again"] {
        assert_eq!(store.size().unwrap(), 1);
        assert_eq!(store.entries(0, 9).unwrap(), [entry(0)]);
        assert_eq!(store.checkpoint().unwrap().unwrap().size, 1);
        drop(store);
        store = medium();
    }
}

fn finds_checkpoints(medium: &Medium) {
    let mut store = medium();
    let all: Vec<Vec<u8>> = (0..6).map(entry).collect();
    for range in [0..1, 1..3, 3..6] {
        append(store.as_mut(), &all[range]).unwrap();
    }
    drop(store);
    let mut store = medium();
    for size in [1, 3, 6] {
        let note = checkpoint_over(&all[..size]);
        let size = size as u64;
        assert_eq!(store.checkpoint_at(size).unwrap(), Some(Sealed { size, note }));
    }
    for size in [0, 2, 4, 5, 7, u64::MAX] {
        assert_eq!(store.checkpoint_at(size).unwrap(), None);
    }
    assert_eq!(store.checkpoint().unwrap().unwrap().size, 6);
}

fn reads_ranges(medium: &Medium) {
    let mut store = medium();
    let all: Vec<Vec<u8>> = (0..10).map(entry).collect();
    append(store.as_mut(), &all).unwrap();
    for from in 0..=10 {
        for count in 0..=11 {
            let until = (from + count).min(10);
            assert_eq!(store.entries(from as u64, count as u64).unwrap(), all[from..until]);
        }
    }
    assert_eq!(store.entries(3, u64::MAX).unwrap(), all[3..]);
    assert_eq!(store.entries(u64::MAX, u64::MAX).unwrap(), Vec::<Vec<u8>>::new());
}

fn keeps_two_snapshots(medium: &Medium) {
    let mut store = medium();
    append(store.as_mut(), &(0..4).map(entry).collect::<Vec<_>>()).unwrap();
    store.put_snapshot(1, b"one").unwrap();
    store.put_snapshot(3, b"three").unwrap();
    store.put_snapshot(2, b"two").unwrap();
    drop(store);
    let mut store = medium();
    assert_eq!(store.snapshots().unwrap(), [(3, b"three".to_vec()), (2, b"two".to_vec())]);
    store.put_snapshot(3, b"three again").unwrap();
    assert_eq!(store.snapshots().unwrap(), [(3, b"three again".to_vec()), (2, b"two".to_vec())]);
    let error = store.put_snapshot(5, b"of what is not there").unwrap_err();
    assert_eq!(error.code(), "store/out-of-place");
    assert_eq!(store.snapshots().unwrap().len(), 2);
}

/// A writer appends five batches with a snapshot after each; one of its ten writes fails, each in turn and in either
/// way. It does what a writer has to: after an error it opens the store again and believes what it finds.
fn every_write_fails_in_both_ways(make: &dyn Fn() -> Medium) {
    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        for nth in 1..=10 {
            one_write_fails(&make(), nth, fault);
        }
    }
}

fn one_write_fails(medium: &Medium, nth: u64, fault: Fault) {
    let batches: Vec<Vec<Vec<u8>>> = (0..5).map(|b| (b * 3..b * 3 + 3).map(entry).collect()).collect();
    let mut store: Box<dyn Store> = Box::new(FaultStore::new(medium(), nth, fault));
    let mut acknowledged = Vec::new();
    let mut errors = 0;
    for batch in &batches {
        let before = acknowledged.len() as u64;
        if let Err(error) = append(store.as_mut(), batch) {
            assert_eq!(error.code(), "store/failed");
            errors += 1;
            // The faulty store is gone with its error; what comes now is the medium itself.
            drop(store);
            store = medium();
            let kept = store.size().unwrap() - before;
            assert_eq!(kept, if fault == Fault::Lost { 0 } else { 3 }, "{fault:?} at {nth}");
            if kept == 0 {
                append(store.as_mut(), batch).unwrap();
            }
        }
        acknowledged.extend_from_slice(batch);
        let size = acknowledged.len() as u64;
        if store.put_snapshot(size, b"state").is_err() {
            errors += 1;
            drop(store);
            store = medium();
            let kept = store.snapshots().unwrap().iter().any(|(of, _)| *of == size);
            assert_eq!(kept, fault == Fault::KeptUnacknowledged, "{fault:?} at {nth}");
        }
        assert_eq!(store.entries(0, 99).unwrap(), acknowledged);
    }
    assert_eq!(errors, 1, "{fault:?} at {nth}");
    drop(store);
    let mut store = medium();
    assert_eq!(store.entries(0, 99).unwrap(), batches.concat());
    for batches in 1..=5 {
        let size = batches * 3;
        let note = checkpoint_over(&acknowledged[..size]);
        assert_eq!(store.checkpoint_at(size as u64).unwrap().unwrap().note, note);
    }
}

#[test]
fn a_lost_batch_was_signed_and_a_refused_one_is_refused_for_its_own_reason() {
    let mut store = FaultStore::new(Box::new(MemoryStore::new()), 1, Fault::Lost);
    let mut signed = 0;
    let outcome = store.append(0, &[entry(0)], &mut |_| {
        signed += 1;
        Ok(Vec::new())
    });
    assert_eq!(outcome.unwrap_err().code(), "store/failed");
    assert_eq!((signed, store.size().unwrap(), store.writes()), (1, 0, 1));

    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        let mut store = FaultStore::new(Box::new(MemoryStore::new()), 1, fault);
        let outcome = store.append(7, &[entry(0)], &mut never);
        assert_eq!(outcome.unwrap_err().code(), "store/out-of-place");
    }
}

#[test]
fn a_write_fails_once() {
    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        let mut store = FaultStore::new(Box::new(MemoryStore::new()), 2, fault);
        append(&mut store, &[entry(0)]).unwrap();
        assert_eq!(append(&mut store, &[entry(1)]).unwrap_err().code(), "store/failed");
        append(&mut store, &[entry(2)]).unwrap();
        assert_eq!(store.writes(), 3);
        assert_eq!(store.size().unwrap(), if fault == Fault::Lost { 2 } else { 3 });
    }
}
