//! The commands as people run them, and the scenarios as they stand in the repository.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod commands;
mod documents;
mod erased;
mod extracts;
mod history;
mod import;
mod killed;
mod labels;
#[path = "../../../kernel/tests/it/plan.rs"]
#[allow(dead_code, reason = "the kernel's own tests use the rest of it")]
mod plan;
mod records;
mod rules;
mod scenarios;
#[path = "../../../kernel/tests/it/stage.rs"]
#[allow(dead_code, reason = "the kernel's own tests use the rest of it")]
mod stage;
mod stamps;
mod synced;
mod told_as_a_scenario;
mod witness;
mod wrapped;
mod written;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the command and waits for its end.
fn showclear(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_showclear")).args(arguments).output().unwrap()
}

/// How it ended.
fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The one line of JSON on the standard output.
fn json(output: &Output) -> Value {
    let text = stdout(output);
    assert_eq!(text.lines().count(), 1, "one line was expected: {text}");
    serde_json::from_str(&text).unwrap()
}

/// The code of the failure, and that it was said in three sentences.
fn failure(output: &Output) -> String {
    let error = &json(output)["error"];
    for part in ["happened", "means", "remedy"] {
        let said = error[part].as_str().unwrap();
        assert!(said.ends_with(['.', '?']) || said.contains('\n'), "{part}: {said}");
        assert!(stderr(output).contains(said), "{part} is not on the standard error stream");
    }
    error["code"].as_str().unwrap().to_owned()
}
