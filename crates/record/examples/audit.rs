//! How long a whole audit of a bundle takes, with the rules run again and without, held against the bare strict
//! verification of the signatures in it on one core, in one run; and how much faster it is on two:
//! `cargo run --release -p showclear-record --example audit`. Bare is the strictest measure: keys, texts and signatures
//! are ready in memory, and the key is read once; beside it stands what it takes to read the key for each, as a tool does
//! that is given one signature at a time. How much faster the signatures alone are on two cores is what the machine itself
//! gives. It also prints what one inclusion in a tree of 1,000,000 entries takes to verify, and how large its receipt is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    dead_code,
    reason = "a benchmark takes times, and stops at the first thing that is not as it should be; it needs a part of the tests' log alone"
)]

extern crate showclear_record as record;

#[path = "../tests/it/log.rs"]
mod log;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use ed25519_dalek::{Signature, VerifyingKey};
use kernel::PlaceKind;
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Note, Signer};
use proof::receipt::Receipt;
use proof::tree::{Tree, hash_leaf, verify_inclusion};
use record::Intent;
use record::bundle::{Parts, Trust, verify_with, write};
use record::entry::Entry;
use record::verify::Effort;

const ENTRIES: usize = 2_000;
const ROUNDS: usize = 21;
const TREE: u64 = 1_000_000;

fn main() {
    let mut log = log::Log::found();
    while log.entries.len() < ENTRIES {
        let place = log.fresh();
        assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true }));
    }
    let checkpoint = log.checkpoint();
    let parts = Parts {
        entries: &log.entries,
        checkpoint: &checkpoint,
        witnessed: None,
        policy: None,
        stamps: &[],
        disclosures: &[],
        attachments: &[],
        format_page: "",
        verify_page: "",
    };
    let bundle = write(&parts, log.signer()).unwrap();
    let signed: Vec<(String, Signature)> = log.entries.iter().filter_map(|bytes| signed(bytes)).collect();
    let key = VerifyingKey::from_bytes(log.device.public()).unwrap();
    let audit = |effort| {
        timed(|| {
            black_box(verify_with(&bundle, &Trust::default(), effort, &mut |_, _| {}).unwrap());
        })
    };
    let (mut bare, mut each) = (Vec::new(), Vec::new());
    let (mut whole, mut without) = (Vec::new(), Vec::new());
    let (mut on_two, mut without_on_two, mut bare_on_two) = (Vec::new(), Vec::new(), Vec::new());
    let one = Effort::default();
    let two = Effort { threads: NonZeroUsize::new(2).unwrap(), ..one };
    // One after the other, so that what else the machine does falls on both.
    for round in 1..=ROUNDS {
        eprintln!("  round {round} of {ROUNDS}");
        bare.push(timed(|| verify(&key, &signed)));
        bare_on_two.push(timed(|| {
            let (one, other) = signed.split_at(signed.len() / 2);
            std::thread::scope(|scope| {
                scope.spawn(|| verify(&key, one));
                verify(&key, other);
            });
        }));
        each.push(timed(|| {
            let key = || VerifyingKey::from_bytes(log.device.public()).unwrap();
            signed.iter().for_each(|(text, it)| key().verify_strict(text.as_bytes(), it).unwrap());
        }));
        whole.push(audit(one));
        without.push(audit(Effort { replay: false, ..one }));
        on_two.push(audit(two));
        without_on_two.push(audit(Effort { replay: false, ..two }));
    }
    let bytes: usize = log.entries.iter().map(Vec::len).sum();
    println!("signatures                                {}", signed.len());
    println!("bytes of an entry, on average             {}", bytes / log.entries.len());
    println!("bare strict verification, median          {:?}", median(&bare));
    println!("  and the key read for each, median       {:?}", median(&each));
    println!("audit of the bundle with replay, median   {:?}", median(&whole));
    println!("  without replay, median                  {:?}", median(&without));
    println!("Ratios, each the median of {ROUNDS} rounds:");
    println!("audit with replay / bare                  {:.2}", ratio(&whole, &bare));
    println!("audit without replay / bare               {:.2}", ratio(&without, &bare));
    println!("  without replay / bare and the key read  {:.2}", ratio(&without, &each));
    println!("bare, one core / two                      {:.2}", ratio(&bare, &bare_on_two));
    println!("with replay, one core / two               {:.2}", ratio(&whole, &on_two));
    println!("without replay, one core / two            {:.2}", ratio(&without, &without_on_two));
    inclusion();
}

/// The signatures alone, each by itself.
fn verify(key: &VerifyingKey, signed: &[(String, Signature)]) {
    signed.iter().for_each(|(text, it)| key.verify_strict(text.as_bytes(), it).unwrap());
}

/// The text and the signature of an intent.
fn signed(bytes: &[u8]) -> Option<(String, Signature)> {
    let entry = Entry::decode(bytes, &log::origin()).unwrap();
    let note = Note::parse(&entry.intent()?.note).unwrap();
    let signature = Signature::from_slice(note.signatures().first()?.signature()).unwrap();
    Some((note.text().to_owned(), signature))
}

/// One inclusion in a tree of a million entries.
fn inclusion() {
    let mut tree = Tree::default();
    (0..TREE).for_each(|entry| tree.push(hash_leaf(&entry.to_be_bytes())));
    let root = tree.root();
    let mut times = Vec::new();
    for index in (0..TREE).step_by(997) {
        let path = tree.prove_inclusion(index, TREE).unwrap();
        let leaf = hash_leaf(&index.to_be_bytes());
        times.push(timed(|| verify_inclusion(black_box(&leaf), index, TREE, &path, &root).unwrap()));
    }
    println!("inclusion among {TREE} entries, median  {:?}", median(&times));
    let origin = log::origin().to_string();
    let signer = Signer::new(KeyName::new(&origin).unwrap(), [9; 32]);
    let checkpoint = signer.sign(&Checkpoint { origin, size: TREE, root }.to_text()).unwrap().to_bytes();
    let path = tree.prove_inclusion(TREE - 1, TREE).unwrap().len().max(tree.prove_inclusion(0, TREE).unwrap().len());
    let path = vec![root; path];
    let receipt = Receipt { extra: None, index: TREE - 1, path, checkpoint }.to_bytes();
    println!("its receipt, bytes                        {}", receipt.len());
}

fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The median of the ratios of the rounds.
fn ratio(of: &[Duration], to: &[Duration]) -> f64 {
    let mut ratios: Vec<f64> = of.iter().zip(to).map(|(of, to)| of.as_secs_f64() / to.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}
