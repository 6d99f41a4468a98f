//! `showclear witness`: made, told what to watch, asked by file, and its answer counted in a bundle.

use std::fs;
use std::path::{Path, PathBuf};

use showclear::demo;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stderr, stdout};

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The record of a morning, closed.
fn morning(data: &Path) {
    let (set, _) = demo::played(data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
    set.service.close();
}

struct Scene {
    folder: TempDir,
    data: PathBuf,
    insurer: PathBuf,
    log_key: String,
}

/// A morning, and a witness that watches its log.
fn scene() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let (data, insurer) = (folder.path().join("data"), folder.path().join("insurer"));
    morning(&data);
    let log_key =
        json(&showclear(&["verify", path(&data.join("log.db")), "--json"]))["log_key"].as_str().unwrap().to_owned();
    let made = showclear(&["witness", "make", path(&insurer), "--name", "insurer.example/witness", "--json"]);
    let key = json(&made)["key"].as_str().unwrap().to_owned();
    fs::write(data.join("policy.txt"), format!("witness insurer {key}\nquorum insurer\n")).unwrap();
    Scene { folder, data, insurer, log_key }
}

/// What the production asks its witness, written to a file.
fn request(data: &Path, file: &Path) -> service::Service {
    let service = service::Service::open(data, std::sync::Arc::new(service::SystemClock::new())).unwrap();
    fs::write(file, service.witness_request("insurer").unwrap()).unwrap();
    service
}

#[test]
fn a_head_is_countersigned_by_file_and_counts_in_the_bundle() {
    let Scene { folder, data, insurer, log_key } = scene();
    let file = folder.path().join("request");
    let service = request(&data, &file);
    let unknown = showclear(&["witness", "answer", path(&insurer), path(&file), "--json"]);
    assert_eq!((code(&unknown), failure(&unknown)), (1, "witness/unknown-log".to_owned()));
    assert_eq!(code(&showclear(&["witness", "watch", path(&insurer), &log_key])), 0);
    let answer = showclear(&["witness", "answer", path(&insurer), path(&file)]);
    assert_eq!(code(&answer), 0);
    assert!(stdout(&answer).starts_with("— insurer.example/witness "));
    let size = service.take_cosignatures(&answer.stdout).unwrap().size;
    service.close();
    let shown = json(&showclear(&["witness", "show", path(&insurer), "--json"]));
    assert_eq!(shown["logs"][0]["entries"], size);
    // Once more from the beginning: it has seen that already.
    let again = showclear(&["witness", "answer", path(&insurer), path(&file), "--json"]);
    assert_eq!((code(&again), failure(&again)), (1, "witness/conflict".to_owned()));

    let bundle = folder.path().join("morning.showclear");
    assert_eq!(code(&showclear(&["bundle", path(&data), "--out", path(&bundle)])), 0);
    let text = stdout(&showclear(&["verify", path(&bundle)]));
    assert!(text.contains("\nWITNESSED     1 of 1; insurer at "), "{text}");
    assert!(text.contains("the bundle's own policy, which the production wrote"), "{text}");
    let said = json(&showclear(&["verify", path(&bundle), "--json"]));
    assert_eq!(said["levels"], serde_json::json!(["SIGNED", "INCLUDED", "COMPLETE", "WITNESSED", "REPLAYED"]));
    assert_eq!(said["bundle"]["witnessed"]["by"][0]["name"], "insurer");
    // A line that is damaged on the disk keeps nothing from being written: it is left out, and both streams say so.
    let kept = data.join("cosigned").join(size.to_string());
    let damaged =
        fs::read_to_string(&kept).unwrap().replace("— insurer.example/witness ", "— insurer.example/witness !");
    fs::write(&kept, damaged).unwrap();
    let without = folder.path().join("without.showclear");
    let output = showclear(&["bundle", path(&data), "--out", path(&without), "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let line = fs::read_to_string(&kept).unwrap().lines().position(|line| line.contains(" !")).unwrap() + 1;
    let left_out = serde_json::json!([{ "file": path(&kept), "line": line }]);
    assert_eq!(json(&output)["left_out"], left_out);
    assert!(stderr(&output).contains(&format!("line {line}, is damaged: it proves nothing any more")));
    // Whoever verifies may ask for another witness.
    let other = folder.path().join("union");
    let made = showclear(&["witness", "make", path(&other), "--name", "union.example", "--ml-dsa-44", "--json"]);
    let key = json(&made)["key"].as_str().unwrap().to_owned();
    let policy = folder.path().join("mine.txt");
    fs::write(&policy, format!("log {log_key}\nwitness union {key}\nquorum union\n")).unwrap();
    let text = stdout(&showclear(&["verify", path(&bundle), "--policy", path(&policy)]));
    assert!(text.contains("\nNOT WITNESSED 0 of 1; the policy asks for more.\n"), "{text}");
    fs::write(&policy, "quorum union\n").unwrap();
    let bad = showclear(&["verify", path(&bundle), "--policy", path(&policy), "--json"]);
    assert_eq!((code(&bad), failure(&bad)), (2, "policy/unknown-name".to_owned()));
}

#[test]
fn a_witness_is_made_once_and_its_folder_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("witness");
    let none = showclear(&["witness", "show", path(&at), "--json"]);
    assert_eq!((code(&none), failure(&none)), (3, "witness/not-made".to_owned()));
    let bad = showclear(&["witness", "make", path(&at), "--name", "the insurer", "--json"]);
    assert_eq!((code(&bad), failure(&bad)), (2, "note/key-name".to_owned()));
    assert_eq!(code(&showclear(&["witness", "make", path(&at), "--name", "insurer.example"])), 0);
    let twice = showclear(&["witness", "make", path(&at), "--name", "insurer.example", "--json"]);
    assert_eq!((code(&twice), failure(&twice)), (3, "witness/already-made".to_owned()));
    let missing = showclear(&["witness", "answer", path(&at), path(&folder.path().join("nothing")), "--json"]);
    assert_eq!((code(&missing), failure(&missing)), (3, "file/unreadable".to_owned()));
}
