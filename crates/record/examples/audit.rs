//! How long a whole audit of a bundle takes, held against the bare strict verification of the signatures in it, in one
//! run and on one core: `cargo run --release -p showclear-record --example audit`. It also prints what one inclusion in a
//! tree of 1,000,000 entries takes to verify, and how large its receipt is.
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
use std::time::{Duration, Instant};

use kernel::PlaceKind;
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Signer};
use proof::receipt::Receipt;
use proof::tree::{Tree, hash_leaf, verify_inclusion};
use record::Intent;
use record::bundle::{Parts, Trust, verify, write};
use record::entry::Entry;
use record::intent::SignedIntent;

const ENTRIES: usize = 4_000;
const ROUNDS: usize = 9;
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
    let intents: Vec<SignedIntent> = log.entries.iter().filter_map(|bytes| intent(bytes)).collect();
    let public = *log.device.public();
    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    // One after the other, so that what else the machine does falls on both.
    for round in 1..=ROUNDS {
        eprintln!("  round {round} of {ROUNDS}");
        bare.push(timed(|| intents.iter().for_each(|intent| intent.verify(&public).unwrap())));
        whole.push(timed(|| {
            black_box(verify(&bundle, &Trust::default(), &mut |_, _| {}).unwrap());
        }));
    }
    let ratios: Vec<f64> =
        whole.iter().zip(&bare).map(|(whole, bare)| whole.as_secs_f64() / bare.as_secs_f64()).collect();
    println!("signatures                                {}", intents.len());
    println!("bare strict verification, median          {:?}", median(bare));
    println!("audit of the bundle with replay, median   {:?}", median(whole));
    println!("audit / bare, median of {ROUNDS} rounds          {:.2}", middle(ratios));
    inclusion();
}

fn intent(bytes: &[u8]) -> Option<SignedIntent> {
    Entry::decode(bytes, &log::origin()).unwrap().intent().cloned()
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
    println!("inclusion among {TREE} entries, median  {:?}", median(times));
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

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn middle(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}
