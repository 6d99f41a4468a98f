//! Extracts of the demonstration's morning, by the command line: what is in them, and what their reader is told.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json as value};
use showclear::demo;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stderr, stdout};

/// The record of one morning, closed, and the labels on its register.
struct Morning {
    folder: TempDir,
    data: PathBuf,
    labels: Value,
}

impl Morning {
    fn played() -> Morning {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let (set, _) =
            demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
        set.service.close();
        drop(set);
        let labels = json(&showclear(&["labels", "--folder", data.to_str().unwrap(), "--json"]));
        Morning { folder, data, labels }
    }

    fn label(&self, kind: &str, at: usize) -> String {
        let labels = self.labels["labels"].as_array().unwrap();
        let mut of_kind = labels.iter().filter(|it| it["kind"] == kind);
        of_kind.nth(at).unwrap()["code"].as_str().unwrap().to_owned()
    }

    /// The label of the gun that the morning is about.
    fn gun_1(&self) -> String {
        let labels = self.labels["labels"].as_array().unwrap();
        let gun = labels.iter().find(|it| it["kind"] == "gun" && it["name"] == "GUN 1").unwrap();
        gun["code"].as_str().unwrap().to_owned()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn extract(&self, name: &str, arguments: &[&str]) -> (PathBuf, Output) {
        let file = self.file(name);
        let fixed = ["bundle", self.data.to_str().unwrap(), "--out", file.to_str().unwrap(), "--json"];
        let output = showclear(&[&fixed, arguments].concat());
        (file, output)
    }
}

fn verified(file: &Path) -> Value {
    let output = showclear(&["verify", file.to_str().unwrap(), "--json"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    json(&output)
}

fn text(file: &Path) -> String {
    stdout(&showclear(&["verify", file.to_str().unwrap()]))
}

#[test]
fn a_day_is_complete_and_a_gun_is_what_the_log_says_is_about_it() {
    let morning = Morning::played();
    let (day, output) = morning.extract("day.showclear", &["--day", "1"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let written = json(&output);
    let said = verified(&day);
    assert_eq!(said["levels"], value!(["SIGNED", "INCLUDED", "COMPLETE", "WITNESSED", "NOT REPLAYED"]));
    assert_eq!(
        (&said["extract"]["complete"], &said["entries"]),
        (&written["extract"]["complete"], &written["entries"])
    );
    assert_eq!(said["extract"]["claimed"], Value::Null);
    let words = text(&day);
    for expected in [
        "An extract: production day 1.",
        "COMPLETE      [0, ",
        "NOT REPLAYED  A verdict rests",
        "WITNESSED     1 of 1; insurer at ",
    ] {
        assert!(words.contains(expected), "{expected}\n{words}");
    }

    let gun = morning.gun_1();
    let (file, output) = morning.extract("gun.showclear", &["--gun", &gun]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = verified(&file);
    assert_eq!(said["levels"], value!(["SIGNED", "INCLUDED", "WITNESSED", "NOT REPLAYED"]));
    assert_eq!(said["extract"]["about"]["guns"], value!([gun]));
    assert_eq!(
        (&said["extract"]["complete"], &said["extract"]["claimed"]),
        (&Value::Null, &value!([0, said["entries"]]))
    );
    let extracted = said["extract"]["extracted"].as_u64().unwrap();
    assert!(extracted > 10 && extracted < said["entries"].as_u64().unwrap() / 2, "{extracted}");
    let words = text(&file);
    for expected in [format!("An extract: what is about {gun}, of entries [0, "), "CLAIMED       [0, ".to_owned()] {
        assert!(words.contains(&expected), "{expected}\n{words}");
    }
    assert!(!words.contains("COMPLETE"), "{words}");
    assert!(words.contains("That these are all the entries about them"), "{words}");

    // As it was typed: small letters; and with a lot and a person.
    let (lot, person) = (morning.label("lot", 0), morning.label("person", 2));
    let both = ["--gun", &gun.to_lowercase(), "--lot", &lot, "--person", &person, "--case", "0..60"];
    let (case, output) = morning.extract("case.showclear", &both);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = verified(&case);
    assert_eq!(said["extract"]["about"], value!({"guns": [gun], "lots": [lot], "persons": [person]}));
    assert_eq!(said["extract"]["claimed"], value!([0, 60]));
}

#[test]
fn a_case_is_a_range_of_entries_or_of_moments() {
    let morning = Morning::played();
    let (file, output) = morning.extract("entries.showclear", &["--case", "30..50"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = verified(&file);
    assert_eq!(said["extract"]["complete"], value!([30, 50]));
    let last = said["last_decided_at"].as_i64().unwrap();
    let moment = |ms: i64| jiff::Timestamp::from_millisecond(ms).unwrap().to_string();
    let (file, output) =
        morning.extract("moments.showclear", &["--case", &format!("{}..{}", moment(last - 60_000), moment(last + 1))]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = verified(&file);
    assert_eq!(said["extract"]["complete"][1], 50);
    assert_eq!(said["extract"]["moments"], value!([last - 60_000, last + 1]));
    let own = said["log_key"].as_str().unwrap();
    let output = showclear(&["verify", file.to_str().unwrap(), "--key", own, "--json"]);
    assert_eq!((code(&output), &json(&output)["key_pinned"]), (0, &value!(true)));
    let other = Morning::played();
    let (other, _) = other.extract("entries.showclear", &["--case", "30..50"]);
    let key = verified(&other)["log_key"].as_str().unwrap().to_owned();
    let output = showclear(&["verify", file.to_str().unwrap(), "--key", &key, "--json"]);
    assert_eq!((code(&output), &json(&output)["fault"]["code"]), (1, &value!("LOG-KEY")));
}

#[test]
fn what_cannot_be_extracted_is_said_and_no_file_is_left() {
    let morning = Morning::played();
    let gun = morning.gun_1();
    for (arguments, expected, exit) in [
        (["--day", "9"], "EXTRACT-NOTHING", 3),
        (["--case", "5..5"], "EXTRACT-NOTHING", 3),
        (["--case", "5..100000"], "EXTRACT-NOTHING", 3),
    ] {
        let (file, output) = morning.extract("none.showclear", &arguments);
        assert_eq!((code(&output), failure(&output).as_str()), (exit, expected), "{arguments:?}");
        assert!(!file.exists());
    }
    let stranger = record::label::label(
        record::label::LabelKind::Gun,
        record::Id::from_bytes([1; 16]),
        record::Id::from_bytes([2; 16]),
    );
    let (_, output) = morning.extract("none.showclear", &["--gun", &stranger]);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "EXTRACT-UNKNOWN-LABEL"));
    for wrong in [
        ["--gun", &morning.label("person", 0)].as_slice(),
        &["--gun", "GUN 1"],
        &["--person", &gun],
        &["--case", "yesterday"],
        &["--case", "5..2026-05-04T13:00:00Z"],
        &["--case", "2026-05-04T13:00:00..2026-05-04T14:00:00"],
        &["--day", "1", "--case", "1..2"],
    ] {
        let (file, output) = morning.extract("none.showclear", wrong);
        assert_eq!(code(&output), 2, "{wrong:?}");
        assert!(!file.exists());
    }
}

#[test]
fn names_go_along_only_for_what_is_in_the_extract() {
    let morning = Morning::played();
    let gun = morning.gun_1();
    let (file, _) = morning.extract("redacted.showclear", &["--gun", &gun]);
    let redacted = verified(&file);
    assert_eq!(redacted["extract"]["disclosed"], 0);
    let (file, _) = morning.extract("names.showclear", &["--gun", &gun, "--with-names"]);
    let told = verified(&file);
    assert_eq!(
        (&told["extract"]["disclosed"], &told["extract"]["redacted"]),
        (&redacted["extract"]["redacted"], &value!(0))
    );
    let (whole, _) = morning.extract("whole.showclear", &["--with-names"]);
    let all = verified(&whole)["bundle"]["disclosed"].as_u64().unwrap();
    let some = told["extract"]["disclosed"].as_u64().unwrap();
    assert!(some > 3 && some < all, "{some} of {all}");
}

#[test]
fn a_damaged_extract_is_named_and_the_command_ends_with_1() {
    let morning = Morning::played();
    let (file, _) = morning.extract("day.showclear", &["--case", "30..40"]);
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
    assert!(stdout(&output).contains("[zip/cut-off]"), "{}", stdout(&output));
    // Mended but for its manifest: the fault is named with its file.
    let mut archive = proof::zip::read(&whole).unwrap();
    let path = "entries/35";
    let changed: Vec<u8> = archive.iter().find(|it| it.path == path).unwrap().bytes.iter().rev().copied().collect();
    archive.iter_mut().filter(|it| it.path == path).for_each(|it| it.bytes = &changed);
    std::fs::write(&file, proof::zip::write(archive).unwrap()).unwrap();
    let output = showclear(&["verify", file.to_str().unwrap(), "--json"]);
    let fault = &json(&output)["fault"];
    assert_eq!((code(&output), &fault["code"], &fault["file"]), (1, &value!("FILE-CHANGED"), &value!(path)));
}

impl Morning {
    /// As [`Morning::played`], and the record went on after the insurer's witness had countersigned it: this many entries.
    fn gone_on() -> (Morning, u64) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let told = |failure: showclear::failure::Failure| -> ! { panic!("{}", failure.happened) };
        let (mut set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| told(failure));
        let seen = set.service.view().size;
        let gun = set.thing("GUN 2").unwrap_or_else(|failure| told(failure));
        for _ in 0..3 {
            set.granted("the armorer", kernel::Intent::ReportDoubt { gun }).unwrap_or_else(|failure| told(failure));
        }
        set.service.close();
        drop(set);
        (Morning { folder, data, labels: Value::Null }, seen)
    }
}

fn line<'a>(text: &'a str, level: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(level)).unwrap_or_else(|| panic!("{level} is not in {text}"))
}

/// The newest head was seen by nobody outside: an older one that was counts for the entries below it, and for no others.
#[test]
fn an_older_head_that_was_countersigned_is_said_with_the_entries_that_it_reaches() {
    let (morning, seen) = Morning::gone_on();
    let size = seen + 3;
    let cases = [
        (30, 40, "WITNESSED     ", "each of the 10 extracted is among them", 10),
        (
            seen - 1,
            seen + 2,
            "WITNESSED     ",
            "1 of the 3 extracted is among them; those from entry SEEN on are not",
            1,
        ),
        (seen - 1, seen, "WITNESSED     ", "the one extracted is among them", 1),
        (seen, seen + 1, "NOT WITNESSED ", "the one extracted is not among them", 0),
        (seen, seen + 3, "NOT WITNESSED ", "none of the 3 extracted is among them", 0),
    ];
    for (from, to, level, of_these, reached) in cases {
        let (file, output) = morning.extract(&format!("{from}-{to}.showclear"), &["--case", &format!("{from}..{to}")]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let words = text(&file);
        let of_these = of_these.replace("SEEN", &seen.to_string());
        let expected = format!(", entries [0, {seen}) of {size} ({of_these}).");
        let told = line(&words, level);
        assert!(told.starts_with(&format!("{level}1 of 1; insurer at ")) && told.ends_with(&expected), "{told}");
        assert!(words.contains(&format!("What came after entry {} no witness has seen.", seen - 1)), "{words}");
        let said = verified(&file);
        let witnessed = &said["extract"]["witnessed"];
        assert_eq!((&witnessed["entries"], &witnessed["extracted"]), (&value!(seen), &value!(reached)));
        assert_eq!(said["levels"].as_array().unwrap().contains(&value!("WITNESSED")), reached > 0, "{said}");
    }
    let (whole, output) = morning.extract("whole.showclear", &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(line(&text(&whole), "WITNESSED").ends_with(&format!(", entries [0, {seen}) of {size}.")));
    assert_eq!(verified(&whole)["bundle"]["witnessed"].get("extracted"), None);
}

/// Whoever has openssl follows the proof from the older head by the README, as it stands, from any number of entries.
#[test]
fn the_proof_from_an_older_head_can_be_followed_by_hand() {
    let (morning, seen) = Morning::gone_on();
    let (file, _) = morning.extract("case.showclear", &["--case", "30..40"]);
    let place = morning.file("unzipped");
    std::fs::create_dir(&place).unwrap();
    zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap().extract(&place).unwrap();
    let readme = std::fs::read_to_string(place.join("README.txt")).unwrap();
    let rest = readme.split("\n9. ").nth(1).unwrap();
    let lines = rest.lines().skip_while(|line| !line.starts_with("     ")).take_while(|line| line.starts_with("     "));
    let commands =
        lines.collect::<Vec<_>>().join("\n").replace("/tmp/", &format!("{}/", morning.folder.path().display()));
    let run = |script: &str| {
        let script = format!("set -e\n{script}\n");
        std::process::Command::new("sh").arg("-c").arg(script).current_dir(&place).output().unwrap()
    };
    let output = run(&commands);
    assert_eq!(stdout(&output), format!("the log goes on from its first {seen} entries\n"), "{}", stderr(&output));
    let good = std::fs::read_to_string(place.join("witnessed.consistency")).unwrap();
    let first = good.lines().nth(1).unwrap();
    let changed = good.replacen(first, &format!("A{}", &first[1..]), 1);
    std::fs::write(
        place.join("witnessed.consistency"),
        if changed == good { good.replacen(first, &format!("B{}", &first[1..]), 1) } else { changed },
    )
    .unwrap();
    assert!(!run(&commands).status.success(), "a changed proof passes");
    // From other sizes, a power of two and the last but one among them, over a small tree.
    let leaves: Vec<_> = (0..11u8).map(|it| proof::tree::hash_leaf(&[it])).collect();
    let head = |size: usize| format!("log\n{size}\n{}\n\n", proof::tree::root_of(&leaves[..size]));
    std::fs::write(place.join("checkpoint"), head(11)).unwrap();
    for old in 1..11usize {
        let proof = proof::tree::prove_consistency(&leaves, old as u64, 11).unwrap();
        let lines: String = proof.iter().map(|hash| format!("{hash}\n")).collect();
        std::fs::write(place.join("witnessed"), head(old)).unwrap();
        std::fs::write(place.join("witnessed.consistency"), format!("old {old}\n{lines}\n{}", head(11))).unwrap();
        let output = run(&commands);
        assert_eq!(stdout(&output), format!("the log goes on from its first {old} entries\n"), "{}", stderr(&output));
    }
}

/// Whoever has openssl, sha256sum and unzip verifies by the README in the extract; its commands are run as they stand.
#[test]
fn the_readme_in_the_extract_can_be_followed_by_hand() {
    let morning = Morning::played();
    let gun = morning.gun_1();
    let (file, _) = morning.extract("gun.showclear", &["--gun", &gun]);
    let place = morning.file("unzipped");
    std::fs::create_dir(&place).unwrap();
    zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap().extract(&place).unwrap();
    let readme = std::fs::read_to_string(place.join("README.txt")).unwrap();
    let scratch = morning.folder.path().to_str().unwrap();
    // The commands of a step are the indented lines below its number.
    let step = |number: &str| {
        let rest = readme.split(&format!("\n{number}. ")).nth(1).unwrap();
        let lines = rest.lines().skip(1).take_while(|line| line.is_empty() || line.starts_with("  "));
        let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("     ")).collect();
        assert!(!commands.is_empty(), "step {number}");
        commands.join("\n").replace("/tmp/", &format!("{scratch}/"))
    };
    let run = |script: &str| {
        let script = format!("set -e\n{script}\n");
        std::process::Command::new("sh").arg("-c").arg(script).current_dir(&place).output().unwrap()
    };
    let holds = |script: &str| {
        let output = run(script);
        assert!(output.status.success(), "{script}\n{}{}", stdout(&output), stderr(&output));
        stdout(&output)
    };
    holds(&step("2"));
    assert!(holds(&step("3")).contains("Signature Verified Successfully"));
    assert!(holds(&step("3").replace("FILE=manifest", "FILE=checkpoint")).contains("Signature Verified Successfully"));
    // As it stands step 7 is about an entry that somebody signed.
    assert!(holds(&step("7")).contains("Signature Verified Successfully"));
    let its_own = step("7").lines().filter(|line| !line.starts_with("N=")).collect::<Vec<_>>().join("\n");
    let mut signed = 0;
    for entry in std::fs::read_dir(place.join("entries")).unwrap() {
        let number = entry.unwrap().file_name().into_string().unwrap();
        let climb = step("6").replace("N=0;", &format!("N={number};"));
        assert_eq!(holds(&climb), format!("entry {number} is in the log\n"));
        let bytes = std::fs::read_to_string(place.join("entries").join(&number)).unwrap();
        // Whoever brings his own key along, as an enrolment does, has it enrolled by that; a stranger's stop has none.
        if bytes.lines().nth(2) != Some("-") {
            let verify = format!("N={number}\n{its_own}");
            assert!(holds(&verify).contains("Signature Verified Successfully"), "entry {number}");
            signed += 1;
        }
    }
    assert!(signed > 10, "{signed}");
    let first = place.join("entries/0");
    let changed = std::fs::read_to_string(&first).unwrap().replacen("\"index\":0", "\"index\":1", 1);
    std::fs::write(&first, changed).unwrap();
    assert!(!run(&step("6")).status.success(), "a changed entry passes");
    assert!(!run(&step("2")).status.success(), "a changed file passes");
}

/// The page in an extract runs this: what it says is what the command says.
#[test]
fn the_verifier_that_goes_along_reads_extracts_and_bundles_alike() {
    let morning = Morning::played();
    let (extract, _) = morning.extract("case.showclear", &["--case", "30..40"]);
    let (whole, _) = morning.extract("whole.showclear", &[]);
    let found = |bytes: &[u8]| {
        verifier::found(bytes, &record::bundle::Trust::default(), record::verify::Effort::default(), &mut |_, _| {})
    };
    for file in [extract, whole] {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(found(&bytes).unwrap().json(verifier::Reader::now(false)), verified(&file));
        assert!(bytes.windows(11).any(|it| it == b"verify.html"));
        let mut damaged = bytes;
        let at = damaged.len() / 3;
        damaged[at] ^= 1;
        assert!(found(&damaged).is_err());
    }
}
