//! `verify` and `fsck` on the record of the demonstration's morning, whole and damaged.

use std::path::{Path, PathBuf};

use showclear::demo;
use showclear::verify::verify;
use store::Store;
use store::sqlite::SqliteStore;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stdout};

/// The record of one morning, closed.
fn morning() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
    set.service.close();
    drop(set);
    let log = data.join("log.db");
    (folder, log)
}

fn entries(log: &Path) -> Vec<Vec<u8>> {
    let mut store = SqliteStore::open_read_only(log).unwrap();
    let size = store.size().unwrap();
    store.entries(0, size).unwrap()
}

#[test]
fn a_morning_verifies_and_the_command_says_what_that_proves() {
    let (_folder, log) = morning();
    let log = log.to_str().unwrap();
    let output = showclear(&["verify", log]);
    let text = stdout(&output);
    assert_eq!(code(&output), 0, "{text}");
    let signatures = entries(Path::new(log)).len() - 1;
    for said in [
        &format!("SIGNED        {signatures} intents"),
        "INCLUDED      All ",
        "REPLAYED      The rules, run again",
        "What this does not prove:",
        "Nobody outside has countersigned this log.",
        "Give the key that was noted at the founding",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let said = json(&showclear(&["verify", log, "--json"]));
    assert_eq!(said["verified"], true);
    assert_eq!(said["levels"], serde_json::json!(["SIGNED", "INCLUDED", "REPLAYED"]));
    let key = said["log_key"].as_str().unwrap();
    let pinned = json(&showclear(&["verify", log, "--json", "--key", key]));
    assert_eq!(pinned["key_pinned"], true);
    assert_eq!(pinned["not_proven"].as_array().unwrap().len(), 4);
    let output = showclear(&["fsck", log, "--json"]);
    assert_eq!((code(&output), &json(&output)["clean"]), (0, &serde_json::json!(true)));
}

/// The key of another log is not this one's, and no text is taken for a key.
#[test]
fn another_key_than_the_pinned_one_is_found() {
    let (_one, log) = morning();
    let (_two, other) = morning();
    let other = json(&showclear(&["verify", other.to_str().unwrap(), "--json"]));
    let key = other["log_key"].as_str().unwrap();
    let output = showclear(&["verify", log.to_str().unwrap(), "--json", "--key", key]);
    assert_eq!(code(&output), 1);
    assert_eq!(json(&output)["fault"]["code"], "LOG-KEY");
    let output = showclear(&["verify", log.to_str().unwrap(), "--key", "my key"]);
    assert_eq!(code(&output), 2);
}

/// One bit of each of many entries, wherever it stands in the entry: the fault is named with the entry's place.
#[test]
fn a_flipped_bit_is_found_in_its_entry() {
    let (_folder, log) = morning();
    let whole = std::fs::read(&log).unwrap();
    let entries = entries(&log);
    let mut tried = 0;
    for (index, entry) in entries.iter().enumerate().step_by(9) {
        for part in 0..4 {
            // From there on the first bytes that stand nowhere else in the file: an entry may lie across pages.
            let begin = (entry.len() - 40) * part / 4;
            let mut insides = (begin..entry.len() - 24).step_by(8);
            let found = insides.find_map(|it| only_place(&whole, &entry[it..it + 24]).map(|at| (it, at)));
            let Some((inside, at)) = found else { continue };
            let mut damaged = whole.clone();
            damaged[at + 12] ^= 1 << (index % 7);
            std::fs::write(&log, &damaged).unwrap();
            let outcome = verify(&log, None, &mut |_, _| {}).unwrap();
            let broken = outcome.expect_err("the damage was not found");
            assert_eq!(broken.fault.index, Some(index as u64), "entry {index}, byte {inside}: {broken:?}");
            assert_eq!(broken.held, index as u64);
            tried += 1;
        }
    }
    assert!(tried >= 40, "{tried} entries were damaged");
    let output = showclear(&["verify", log.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).starts_with("Entry "), "{}", stdout(&output));
    let said = json(&showclear(&["fsck", log.to_str().unwrap(), "--json"]));
    assert_eq!(said["clean"], false);
    assert_eq!(said["findings"][0]["code"], "fsck/checkpoint-root");
}

/// The place of some bytes in a file, where they stand in it once.
fn only_place(file: &[u8], bytes: &[u8]) -> Option<usize> {
    let mut places = file.windows(bytes.len()).enumerate().filter(|(_, it)| *it == bytes).map(|(at, _)| at);
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// Cut anywhere, the file is found to be cut.
#[test]
fn a_truncated_log_is_found() {
    let (_folder, log) = morning();
    let whole = std::fs::read(&log).unwrap();
    for kept in [whole.len() / 4, whole.len() / 2, whole.len() - 5_000] {
        std::fs::write(&log, &whole[..kept]).unwrap();
        for command in ["verify", "fsck"] {
            let output = showclear(&[command, log.to_str().unwrap(), "--json"]);
            assert!([1, 3].contains(&code(&output)), "{command} of {kept} bytes: {}", code(&output));
            let said = json(&output);
            let found = said["error"]["code"] == "store/damaged"
                || said["verified"] == false
                || said["findings"].as_array().is_some_and(|it| !it.is_empty());
            assert!(found, "{command} of {kept} bytes: {said}");
        }
    }
}

#[test]
fn what_is_no_log_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "the armorer has gun 1\n".repeat(500)).unwrap();
    let nothing = folder.path().join("nothing.db");
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    for command in ["verify", "fsck"] {
        for (path, codes) in [
            (&text, ["store/damaged", "store/not-showclear"]),
            (&empty, ["store/damaged", "store/not-showclear"]),
            (&nothing, ["store/not-found", "store/not-found"]),
        ] {
            let output = showclear(&[command, path.to_str().unwrap(), "--json"]);
            assert_eq!(code(&output), 3, "{command} {}", path.display());
            let said = failure(&output);
            assert!(codes.contains(&said.as_str()), "{command} {}: {said}", path.display());
        }
    }
    assert!(!nothing.exists(), "a look made a file");
}

#[test]
fn a_record_that_is_in_use_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
    let log = data.join("log.db");
    for command in ["verify", "fsck"] {
        let output = showclear(&[command, log.to_str().unwrap(), "--json"]);
        assert_eq!((code(&output), failure(&output).as_str()), (4, "store/in-use"), "{command}");
    }
    let output = showclear(&["serve", "--folder", data.to_str().unwrap(), "--port", "0", "--json"]);
    assert_eq!((code(&output), failure(&output).as_str()), (4, "store/in-use"));
    drop(set);
}

/// The scripted day is left as its last scene has it: what is out is what the browser then brings in, and nothing else.
#[test]
fn the_scripted_day_ends_shortly_before_wrap() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (set, played_ms) = demo::played(&data, demo::Script::FullDay).unwrap_or_else(|it| panic!("{}", it.happened));
    let view = set.service.view();
    assert!((840..=900).contains(&view.size), "{} entries", view.size);
    assert!(played_ms < 60_000, "{played_ms} ms");
    assert_eq!((view.state.guns.len(), view.state.people.len()), (12, 40));
    assert!(view.state.stops.is_empty() && view.state.lines.is_empty() && view.state.scene.is_some());
    let open: Vec<(&str, String)> = kernel::open_items(&view.state)
        .iter()
        .map(|it| (it.code.as_str(), it.gun.or(it.lot).map(|id| view.name(id)).unwrap_or_default()))
        .collect();
    let expected = [
        ("COUNT-DUE", "DUMMIES A"),
        ("CUSTODY-LEFT-OUT", "GUN 1"),
        ("CUSTODY-LEFT-OUT", "GUN 4"),
        ("CUSTODY-LEFT-OUT", "GUN 11"),
        ("CUSTODY-LEFT-OUT", "GUN 12"),
        ("GUN-LEFT-LOADED", "GUN 1"),
        ("LOT-LEFT-OUT", "DUMMIES A"),
    ];
    let mut open: Vec<(&str, &str)> = open.iter().map(|(code, name)| (*code, name.as_str())).collect();
    let mut expected = expected.to_vec();
    open.sort_unstable();
    expected.sort_unstable();
    assert_eq!(open, expected);
    set.service.close();
}
