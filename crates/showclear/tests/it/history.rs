//! The record as a table: the three views, and what is kept back.

use std::path::{Path, PathBuf};

use kernel::{Content, Intent};
use service::testkit::{Part, Stage, all};
use showclear::demo;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stderr, stdout};

fn morning() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
    set.service.close();
    drop(set);
    (folder, data)
}

/// The rows of a table, with their columns by name.
fn rows(folder: &Path, arguments: &[&str]) -> Vec<std::collections::BTreeMap<String, String>> {
    let output = showclear(&[&["history", folder.to_str().unwrap()], arguments].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.ends_with("\r\n") && !text.contains("\n\n"), "lines end as RFC 4180 has it");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let named = |row: csv::StringRecord| header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|row| named(row.unwrap())).collect()
}

#[test]
fn a_row_says_what_its_entry_says() {
    let (_folder, data) = morning();
    let rows = rows(&data, &[]);
    let verified = json(&showclear(&["verify", data.join("log.db").to_str().unwrap(), "--json"]));
    assert_eq!(rows.len() as u64, verified["entries"].as_u64().unwrap());
    let mut store = store::sqlite::SqliteStore::open_read_only(&data.join("log.db")).unwrap();
    let entries = store::Store::entries(&mut store, 0, rows.len() as u64).unwrap();
    for (place, (row, bytes)) in rows.iter().zip(&entries).enumerate() {
        assert_eq!(row["entry"], place.to_string());
        assert_eq!(row["leaf_sha256"], format!("{:?}", proof::tree::hash_leaf(bytes)));
        let at: jiff::Timestamp = row["decided_at"].parse().unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(&format!("\"decided_at\":{}", at.as_millisecond())), "{row:?}");
        assert!(row["decided_at"].ends_with('Z'));
        assert_eq!(row["outcome"] == "refused", text.contains("\"accepted\":false"), "{row:?}");
        assert_eq!(row["outcome"] == "refused", !row["reasons"].is_empty() && row["happened"].is_empty(), "{row:?}");
        assert_eq!((row["by_name"].as_str(), row["about_name"].as_str()), ("", ""), "a name nobody asked for");
    }
    assert_eq!((rows[0]["kind"].as_str(), rows[0]["outcome"].as_str()), ("genesis", "founded"));
    let taken = rows.iter().find(|row| row["kind"] == "take_out").unwrap();
    assert!(taken["about_label"].contains("-G-") && taken["by_label"].contains("-P-"), "{taken:?}");
    assert_eq!(taken["happened"].split(' ').next(), Some("gun_taken_out"));
}

/// Each correction stands in `both` and `corrected`, what it corrects in `both` and `original`.
#[test]
fn three_views_of_what_was_entered_anew() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let calibre = |number| Intent::EnterCalibre { gun: stage.revolver, calibre: kernel::Calibre(number) };
    let first = stage.accepted(Part::Armorer, calibre(12)).unwrap().index.to_string();
    let second = stage.accepted(Part::Armorer, calibre(11)).unwrap().index.to_string();
    stage.service.close();
    let of = |view: &str| {
        let rows = rows(folder.path(), &["--view", view]);
        let of_calibre = rows.into_iter().filter(|row| row["entry"] == first || row["entry"] == second);
        of_calibre.map(|row| (row["entry"].clone(), row["corrected_by"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(of("both"), [(first.clone(), second.clone()), (second.clone(), String::new())]);
    assert_eq!(of("corrected"), [(second.clone(), String::new())]);
    // The first calibre was entered when the stage was set: both are corrections.
    assert!(of("original").is_empty());
    let original = rows(folder.path(), &["--view", "original"]);
    let set = original.iter().find(|row| row["kind"] == "enter_calibre" && row["corrected_by"] == first);
    assert!(set.is_some_and(|row| row["corrects"].is_empty()), "{set:?}");
}

/// Neither the table nor any of its views tells what the first of two answered, nor whether it was taken.
#[test]
fn a_closed_answer_is_not_told_before_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Empty, 6) };
    let index = stage.accepted(Part::Armorer, answer).unwrap().index.to_string();
    stage.service.close();
    for view in ["original", "corrected", "both"] {
        let rows = rows(folder.path(), &["--view", view, "--with-names"]);
        let row = rows.iter().find(|row| row["entry"] == index).unwrap();
        assert_eq!((row["kind"].as_str(), row["outcome"].as_str()), ("answer_check", "closed"));
        for column in ["says", "reasons", "happened", "corrects", "corrected_by"] {
            assert_eq!(row[column], "", "{column}");
        }
    }
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    stage.service.close();
    let rows = rows(folder.path(), &[]);
    let row = rows.iter().find(|row| row["entry"] == index).unwrap();
    assert_eq!((row["outcome"].as_str(), row["happened"].as_str()), ("accepted", "check_answered"));
    assert!(row["says"].contains("\"saw\":\"empty\""), "{row:?}");
}

#[test]
fn names_are_told_only_where_they_are_asked_for_and_run_in_no_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let gun = stage.service.view().label(record::label::LabelKind::Gun, stage.rubber);
    stage.service.close();
    let mut office = store::office::Office::open(&folder.path().join("office.db")).unwrap();
    office.put_name(stage.rubber.to_bytes(), "=HYPERLINK(\"https://example.org\",\"GUN\")").unwrap();
    drop(office);
    let told = rows(folder.path(), &["--gun", &gun, "--with-names"]);
    let row = told.iter().find(|row| row["kind"] == "register_gun").unwrap();
    assert_eq!(row["about_name"], "'=HYPERLINK(\"https://example.org\",\"GUN\")");
    assert_eq!(row["by_name"], "the armorer");
    let silent = rows(folder.path(), &["--gun", &gun]);
    assert!(silent.iter().all(|row| row["about_name"].is_empty() && row["by_name"].is_empty()));
    assert_eq!(silent.len(), told.len());
    assert!(silent.len() < 10, "only what is about the gun: {}", silent.len());
}

#[test]
fn a_day_is_told_to_a_file_once_and_a_record_that_does_not_hold_is_not_told() {
    let (folder, data) = morning();
    let file = folder.path().join("day.csv");
    let arguments = ["history", data.to_str().unwrap(), "--day", "1", "--out", file.to_str().unwrap(), "--json"];
    let output = showclear(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = json(&output);
    assert_eq!(said["rows"], said["entries"]);
    let lines = std::fs::read_to_string(&file).unwrap().matches("\r\n").count() as u64;
    assert_eq!(said["rows"], lines - 1);
    let output = showclear(&arguments);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "file/unwritable"));
    let output = showclear(&["history", data.to_str().unwrap(), "--day", "9"]);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("EXTRACT-NOTHING"), "{}", stderr(&output));

    let log = data.join("log.db");
    let mut damaged = std::fs::read(&log).unwrap();
    let at = damaged.windows(13).rposition(|it| it == b"\"decided_at\":").unwrap();
    damaged[at + 20] ^= 1;
    std::fs::write(&log, damaged).unwrap();
    let output = showclear(&["history", data.to_str().unwrap()]);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
}
