//! Labels out of a production's folder.

use std::path::Path;

use record::Id;
use record::label::{LabelKind, label};
use service::testkit::{Part, Stage};

use super::{code, failure, json, showclear, stderr, stdout};

/// A small production that nobody serves, and the code of its revolver.
fn production(folder: &Path) -> String {
    let stage = Stage::found(folder).unwrap();
    let code = stage.service.view().label(LabelKind::Gun, stage.revolver);
    stage.service.close();
    code
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Every file of a folder with its bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = std::fs::read_dir(folder).unwrap().map(|file| {
        let path = file.unwrap().path();
        (text(&path).to_owned(), std::fs::read(&path).unwrap())
    });
    let mut all: Vec<_> = read.collect();
    all.sort();
    all
}

#[test]
fn the_list_names_everything_on_the_register_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gun = production(folder.path());
    let before = contents(folder.path());
    let output = showclear(&["labels", "--folder", text(folder.path())]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let list = stdout(&output);
    let of_gun = list.lines().find(|line| line.starts_with(&gun)).unwrap();
    assert!(of_gun.contains("gun") && of_gun.contains("revolver"), "{of_gun}");
    for part in [Part::Armorer, Part::Witness, Part::Performer] {
        assert!(list.contains(part.name()), "{} is missing", part.name());
    }
    let said = json(&showclear(&["labels", "--folder", text(folder.path()), "--json"]));
    let labels = said["labels"].as_array().unwrap();
    assert_eq!(labels.len(), list.lines().count());
    for kind in ["gun", "person", "lot", "place"] {
        let only = json(&showclear(&["labels", "--folder", text(folder.path()), "--json", "--kind", kind]));
        let only = only["labels"].as_array().unwrap();
        assert_eq!(only.iter().collect::<Vec<_>>(), labels.iter().filter(|it| it["kind"] == kind).collect::<Vec<_>>());
        assert!(!only.is_empty(), "{kind}");
        assert!(only.iter().all(|it| it["copies"] == if kind == "gun" { 2 } else { 1 }));
    }
    assert_eq!(contents(folder.path()), before, "the folder was changed");
}

#[test]
fn files_are_written_once_and_never_over_others() {
    let folder = tempfile::tempdir().unwrap();
    let gun = production(folder.path());
    let made = tempfile::tempdir().unwrap();
    let (html, svg) = (made.path().join("labels.html"), made.path().join("each"));
    let arguments =
        ["labels", "--folder", text(folder.path()), "--html", text(&html), "--svg", text(&svg), "--paper", "letter"];
    let output = showclear(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let listed = json(&showclear(&["labels", "--folder", text(folder.path()), "--json"]));
    let labels = listed["labels"].as_array().unwrap();
    let printed: u64 = labels.iter().map(|it| it["copies"].as_u64().unwrap()).sum();
    let said = stdout(&output);
    assert!(said.contains(&format!("{printed} labels of {} things", labels.len())), "{said}");
    assert!(said.contains(&format!("{} files", labels.len())), "{said}");
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.contains("@page{size:215.900mm 279.400mm") && !page.contains("<script"));
    assert_eq!(std::fs::read_dir(&svg).unwrap().count(), labels.len());
    let drawing = std::fs::read_to_string(svg.join(format!("{gun}.svg"))).unwrap();
    assert!(drawing.contains(&gun), "the drawing names its code");
    // What somebody made of a file stays, and nothing else is written beside it.
    std::fs::write(&html, "mine").unwrap();
    std::fs::remove_dir_all(&svg).unwrap();
    let mut again = arguments.to_vec();
    again.push("--json");
    let output = showclear(&again);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "labels/exists"));
    assert_eq!(std::fs::read_to_string(&html).unwrap(), "mine");
    assert!(!svg.exists(), "half of it was written");
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    production(folder.path());
    let made = tempfile::tempdir().unwrap();
    let html = made.path().join("labels.html");
    let file = made.path().join("file");
    std::fs::write(&file, "no directory").unwrap();
    let below = file.join("each");
    let output =
        showclear(&["labels", "--folder", text(folder.path()), "--html", text(&html), "--svg", text(&below), "--json"]);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "labels/not-written"));
    assert!(!html.exists(), "the sheets were left behind");
}

#[test]
fn only_some_and_only_of_this_production() {
    let folder = tempfile::tempdir().unwrap();
    let gun = production(folder.path());
    let ask = |only: &str| showclear(&["labels", "--folder", text(folder.path()), "--json", "--only", only]);
    let typed = gun.to_lowercase().replace('-', " ");
    let found = json(&ask(&typed));
    assert_eq!(found["labels"].as_array().unwrap().len(), 1);
    assert_eq!(found["labels"][0]["code"], gun.as_str());
    let elsewhere = label(LabelKind::Gun, Id::from_bytes([7; 16]), Id::from_bytes([8; 16]));
    let output = ask(&elsewhere);
    assert_eq!((code(&output), failure(&output).as_str()), (2, "labels/other-production"));
    let output = ask("not a label");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("not a Showclear label"), "{}", stderr(&output));
}

#[test]
fn a_folder_that_is_served_names_the_page_instead() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let output = showclear(&["labels", "--folder", text(folder.path()), "--json"]);
    assert_eq!((code(&output), failure(&output).as_str()), (4, "store/in-use"));
    assert!(json(&output)["error"]["remedy"].as_str().unwrap().contains("/labels"));
    stage.service.close();
}

#[test]
fn a_folder_without_a_production_and_a_record_that_does_not_hold_get_no_labels() {
    let folder = tempfile::tempdir().unwrap();
    let output = showclear(&["labels", "--folder", text(folder.path()), "--json"]);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "store/not-found"));
    assert_eq!(contents(folder.path()).len(), 0, "something was made");
    production(folder.path());
    let log = folder.path().join("log.db");
    let mut bytes = std::fs::read(&log).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    std::fs::write(&log, bytes).unwrap();
    let output = showclear(&["labels", "--folder", text(folder.path()), "--json"]);
    assert_ne!(code(&output), 0);
    assert!(json(&output)["labels"].is_null());
}

/// A copy of the log alone still gives labels that scan; they say what a thing is.
#[test]
fn without_names_the_labels_say_what_a_thing_is() {
    let folder = tempfile::tempdir().unwrap();
    let gun = production(folder.path());
    std::fs::remove_file(folder.path().join("office.db")).unwrap();
    let output = showclear(&["labels", "--folder", text(folder.path()), "--only", &gun, "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = json(&output);
    let name = said["labels"][0]["name"].as_str().unwrap();
    assert!(name.starts_with("gun ") && name.len() == 8, "{name}");
    assert!(!folder.path().join("office.db").exists(), "an empty office was made");
}
