//! A service is killed under load, again and again: nothing that it acknowledged is lost.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use proof::note::VerifyingKey;
use proof::receipt::Receipt;
use proof::tree::hash_leaf;
use record::bundle::Trust;
use record::entry::Entry;
use showclear::verify::verify;
use store::Store;
use store::fsck::fsck;
use store::sqlite::SqliteStore;

/// How often the service is killed.
const KILLS: u64 = 50;

/// After so many kills the next production begins, so that the last verification is no longer than the first.
const KILLS_A_PRODUCTION: u64 = 10;

/// The longest wait for a line, which nothing comes near unless the machine is at a standstill.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the service acknowledged.
#[derive(Debug)]
struct Acknowledged {
    intent: String,
    index: u64,
    receipt: Vec<u8>,
}

#[test]
fn killed_under_load_50_times_nothing_acknowledged_is_lost() {
    let mut chance = Chance(0x5eed);
    let mut acknowledged_in_all = 0;
    for production in 0..KILLS / KILLS_A_PRODUCTION {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join(format!("production-{production}"));
        let mut acknowledged: Vec<Acknowledged> = Vec::new();
        for kill in 0..KILLS_A_PRODUCTION {
            let before = acknowledged.len();
            acknowledged.extend(killed_once(&data, &mut chance));
            assert!(acknowledged.len() > before, "kill {kill}: nothing was acknowledged, so nothing was tried");
            holds(&data.join("log.db"), &acknowledged);
        }
        acknowledged_in_all += acknowledged.len();
    }
    println!("{acknowledged_in_all} acknowledged, none lost");
}

/// Starts the load, kills it at some moment, and gives what it had printed until then.
fn killed_once(data: &Path, chance: &mut Chance) -> Vec<Acknowledged> {
    let mut child = Command::new(load()).arg(data).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = lines_of(&mut child);
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) if line == "ready" => break,
            Ok(line) => said.push(line),
            Err(error) => panic!("the load did not begin: {error}, {}", errors_of(&mut child)),
        }
    }
    for _ in 0..chance.below(80) + 1 {
        said.push(lines.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{error}, {}", errors_of(&mut child))));
    }
    // Somewhere between one line and the next: what is printed meanwhile is kept as well.
    if let Ok(line) = lines.recv_timeout(Duration::from_micros(chance.below(3_000))) {
        said.push(line);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    said.extend(lines.iter());
    said.iter().filter_map(|line| read_line(line)).collect()
}

/// The example `load`, which `cargo test` builds beside the binary.
fn load() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_showclear")).parent().unwrap().join("examples/load");
    assert!(path.exists(), "{} is not built: run `cargo build -p showclear --example load`", path.display());
    path
}

/// The whole lines of a child's output; half a line at the end says nothing.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        while output.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
            if sender.send(line.trim_end().to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
    receiver
}

fn errors_of(child: &mut Child) -> String {
    let _ = child.kill();
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}

fn read_line(line: &str) -> Option<Acknowledged> {
    let mut words = line.split(' ');
    let ("intent", intent, index, receipt) = (words.next()?, words.next()?, words.next()?, words.next()?) else {
        return None;
    };
    let byte = |at: usize| u8::from_str_radix(&receipt[at..at + 2], 16).unwrap();
    let receipt = (0..receipt.len()).step_by(2).map(byte).collect();
    Some(Acknowledged { intent: intent.to_owned(), index: index.parse().unwrap(), receipt })
}

/// The file is in order, the record verifies, and every intent that was acknowledged stands where its receipt says.
fn holds(log: &Path, acknowledged: &[Acknowledged]) {
    let report = fsck(log, &mut |_, _| {}).unwrap();
    assert!(report.is_clean(), "{:?}", report.findings);
    let outcome =
        verify(log, &Trust::default(), &mut |_, _| {}).unwrap_or_else(|failure| panic!("{}", failure.happened));
    let report = outcome.unwrap_or_else(|broken| panic!("{broken:?}"));
    let key: VerifyingKey = report.record.log_key.parse().unwrap();
    let mut store = SqliteStore::open_read_only(log).unwrap();
    let entries = store.entries(0, report.record.size).unwrap();
    for acknowledged in acknowledged {
        let bytes = entries.get(usize::try_from(acknowledged.index).unwrap());
        let bytes = bytes.unwrap_or_else(|| panic!("entry {} is lost", acknowledged.index));
        let entry = Entry::decode(bytes, &report.record.origin).unwrap();
        assert_eq!(entry.intent().unwrap().said.id.to_string(), acknowledged.intent);
        let receipt = Receipt::parse(&acknowledged.receipt).unwrap();
        assert_eq!(receipt.index, acknowledged.index);
        receipt.verify(&hash_leaf(bytes), &report.record.origin.to_string(), std::slice::from_ref(&key)).unwrap();
    }
}

/// The same numbers at each run (a linear congruential generator, Knuth's MMIX constants).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
