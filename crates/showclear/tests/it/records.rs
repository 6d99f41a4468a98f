//! `verify` and `fsck` on the record of the demonstration's morning, whole and damaged.

use std::path::{Path, PathBuf};

use record::bundle::Trust;
use showclear::demo;
use showclear::verify::verify;
use store::Store;
use store::sqlite::SqliteStore;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stderr, stdout};

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
    assert_eq!(pinned["not_proven"].as_array().unwrap().len(), 5);
    let output = showclear(&["fsck", log, "--json"]);
    assert_eq!((code(&output), &json(&output)["clean"]), (0, &serde_json::json!(true)));
}

/// What was left out on request is said, never that it was replayed; the exit code is that of a record that holds.
#[test]
fn without_replay_the_command_says_what_was_left_out() {
    let (_folder, log) = morning();
    let log = log.to_str().unwrap();
    let output = showclear(&["verify", log, "--without-replay"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 0, "{text}");
    assert!(text.contains("NOT REPLAYED  Left out on request."), "{text}");
    assert!(text.contains("That the verdicts follow from the rules: the replay was left out on request."), "{text}");
    assert!(!text.contains("\nREPLAYED"), "{text}");
    let said = json(&showclear(&["verify", log, "--without-replay", "--json"]));
    assert_eq!(
        (&said["verified"], &said["replay_left_out"], &said["compared"]),
        (&true.into(), &true.into(), &0.into())
    );
    assert_eq!(said["levels"], serde_json::json!(["SIGNED", "INCLUDED", "NOT REPLAYED"]));
    assert_eq!(json(&showclear(&["verify", log, "--json"]))["replay_left_out"], false);
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
            let outcome = verify(&log, &Trust::default(), &mut |_, _| {}).unwrap();
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
    assert!((900..=990).contains(&view.size), "{} entries", view.size);
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

/// The script of a range ends before its declaration: nothing that live rounds could be mixed with was entered, and everybody who has
/// to be there is.
#[test]
fn the_scripted_range_waits_to_be_declared_and_its_record_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (mut set, _) = demo::played(&data, demo::Script::Range).unwrap_or_else(|it| panic!("{}", it.happened));
    assert!(demo::Script::Range.guns().is_empty());
    let state = set.service.view().state.clone();
    assert!(state.range.is_none() && state.is_empty_of_guns() && state.scene.is_none());
    assert_eq!((state.people.len(), state.places.len()), (40, 2));
    assert!(state.places.keys().all(|place| state.is_on_a_range(*place)));
    let mut granted = |by: &str, intent| set.granted(by, intent).unwrap_or_else(|it| panic!("{}", it.happened));
    let exception = kernel::RangeException::ActorTraining;
    let declaration = granted("the armorer", kernel::Intent::DeclareRange { exception });
    granted("the safety officer", kernel::Intent::ConfirmRange { declaration });
    let view = set.service.view();
    let now = record::Millis(set.service.now_ms());
    assert!(view.state.is_range() && view.state.medic_is_there(now, None) && view.state.is_supervised(None));
    set.service.close();
    let output = showclear(&["verify", data.join("log.db").to_str().unwrap(), "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

/// The bundle of a morning, in a folder of its own.
fn bundled(arguments: &[&str]) -> (TempDir, PathBuf, std::process::Output) {
    let (folder, log) = morning();
    let file = folder.path().join("morning.showclear");
    let data = log.parent().unwrap().to_str().unwrap();
    let output = showclear(&[&["bundle", data, "--out", file.to_str().unwrap()], arguments].concat());
    (folder, file, output)
}

#[test]
fn a_bundle_of_a_morning_verifies_and_the_command_says_what_that_proves() {
    let (folder, file, output) = bundled(&["--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let written = json(&output);
    assert_eq!(written["disclosed"], 0);
    let file = file.to_str().unwrap();
    let text = stdout(&showclear(&["verify", file]));
    for said in [
        "SIGNED  ",
        "INCLUDED  ",
        "COMPLETE      [0, ",
        "WITNESSED     1 of 1; insurer at ",
        "REDACTED      ",
        "REPLAYED  ",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let said = json(&showclear(&["verify", file, "--json"]));
    assert_eq!(said["levels"], serde_json::json!(["SIGNED", "INCLUDED", "COMPLETE", "WITNESSED", "REPLAYED"]));
    assert_eq!((&said["entries"], &said["bundle"]["disclosed"]), (&written["entries"], &serde_json::json!(0)));
    // The same record gives the same bytes, and what is there is not written over.
    let again = folder.path().join("again.showclear");
    let data = folder.path().join("data");
    let output = showclear(&["bundle", data.to_str().unwrap(), "--out", again.to_str().unwrap(), "--json"]);
    assert_eq!(json(&output)["sha256"], written["sha256"]);
    let output = showclear(&["bundle", data.to_str().unwrap(), "--out", again.to_str().unwrap(), "--json"]);
    assert_eq!((code(&output), failure(&output)), (3, "file/unwritable".to_owned()));
}

#[test]
fn names_are_disclosed_only_where_that_is_asked_for() {
    let (_folder, file, output) = bundled(&["--with-names", "--json"]);
    let disclosed = json(&output)["disclosed"].as_u64().unwrap();
    assert!(disclosed > 40, "{disclosed}");
    let said = json(&showclear(&["verify", file.to_str().unwrap(), "--json"]));
    assert_eq!(said["bundle"]["disclosed"], disclosed);
    assert_eq!(said["bundle"]["redacted"], 0);
    let (_folder, file, _) = bundled(&[]);
    let bytes = std::fs::read(file).unwrap();
    let role = b"armorer's assistant".as_slice();
    assert!(!bytes.windows(b"disclosures.jsonl".len()).any(|it| it == b"disclosures.jsonl\n"));
    assert!(!bytes.windows(role.len()).any(|it| it.eq_ignore_ascii_case(role)), "a name is in the bundle");
}

#[test]
fn a_damaged_bundle_is_named_and_the_command_ends_with_1() {
    let (_folder, file, _) = bundled(&[]);
    let whole = std::fs::read(&file).unwrap();
    for at in [0, 40, whole.len() / 2, whole.len() - 3] {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        std::fs::write(&file, &damaged).unwrap();
        let output = showclear(&["verify", file.to_str().unwrap(), "--json"]);
        assert_eq!(code(&output), 1, "byte {at}");
        assert_eq!(json(&output)["verified"], false);
    }
    std::fs::write(&file, &whole[..whole.len() / 3]).unwrap();
    let output = showclear(&["verify", file.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    assert!(text.contains("does not hold [zip/cut-off]: the file is cut off at byte "), "{text}");
    assert!(text.contains("every gun counts as UNKNOWN"), "{text}");
}

/// Whoever has openssl, sha256sum and unzip verifies by the README in the bundle; its commands are run as they stand.
#[test]
fn the_readme_in_the_bundle_can_be_followed_by_hand() {
    let (folder, file, _) = bundled(&[]);
    let place = folder.path().join("unzipped");
    std::fs::create_dir(&place).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    archive.extract(&place).unwrap();
    let readme = std::fs::read_to_string(place.join("README.txt")).unwrap();
    // Whoever has a stamp goes on with step 7: the tests of stamps do.
    let lines = readme.lines().skip_while(|line| *line != "BY HAND, with unzip, openssl 3 and sha256sum");
    let lines = lines.take_while(|line| !line.starts_with("7. "));
    let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("     ")).collect();
    assert!(commands.len() == 12, "{commands:?}");
    let scratch = folder.path().to_str().unwrap();
    let script = |signed: &str| {
        format!("set -e\n{}\n", commands.join("\n"))
            .replace("/tmp/", &format!("{scratch}/"))
            .replace("FILE=manifest", &format!("FILE={signed}"))
    };
    let run = |signed: &str| {
        std::process::Command::new("sh").arg("-c").arg(script(signed)).current_dir(&place).output().unwrap()
    };
    for signed in ["manifest", "checkpoint"] {
        let output = run(signed);
        assert!(output.status.success(), "{signed}: {}", stderr(&output));
        assert!(stdout(&output).contains("Signature Verified Successfully"), "{}", stdout(&output));
    }
    assert!(stdout(&run("manifest")).contains("no file more, and none less"));
    // The log's line is found by its name and key, wherever it stands.
    let checkpoint = std::fs::read_to_string(place.join("checkpoint")).unwrap();
    let witness = format!("\n\n— insurer.example/w {}\n", "A".repeat(92));
    let origin = checkpoint.lines().next().unwrap();
    let other_key = format!("{witness}— {origin} {}\n", "A".repeat(92));
    std::fs::create_dir(place.join("../aside")).unwrap();
    std::fs::write(place.join("../aside/checkpoint"), checkpoint.replacen("\n\n", &other_key, 1)).unwrap();
    let output = run("../aside/checkpoint");
    assert!(stdout(&output).contains("Signature Verified Successfully"), "{}{}", stdout(&output), stderr(&output));
    std::fs::write(place.join("read-me-too"), "nobody signed for this").unwrap();
    assert!(!stdout(&run("manifest")).contains("no file more"), "a file that is not listed passes");
    std::fs::remove_file(place.join("read-me-too")).unwrap();
    let manifest = std::fs::read_to_string(place.join("manifest")).unwrap();
    std::fs::write(place.join("manifest"), manifest.replacen("size ", "size 1", 1)).unwrap();
    assert!(!run("manifest").status.success(), "a changed manifest passes");
}
