//! House work on the repository: `cargo run -p xtask -- tidy` says which house rules the tree breaks, and `cargo run -p xtask --
//! wasm` builds the verifier that goes into every bundle. `mutants` says which of the kernel's sources were tried as they are.
//!
//! The same checks run as tests (`cargo test -p xtask`), so that no other command is needed to keep them.

mod edges;
mod files;
mod finding;
mod layout;
mod mutants;
mod outside;
mod wasm;
mod words;
mod workspace;

use finding::Finding;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- tidy | wasm | mutants";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["tidy"] => tidy(&root()),
        ["wasm"] => match wasm::write(&root()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failed) => {
                eprintln!("wasm: {failed}");
                ExitCode::FAILURE
            }
        },
        ["mutants"] => match mutants::told(&root()) {
            Ok(told) => {
                print!("{told}");
                ExitCode::SUCCESS
            }
            Err(failed) => {
                eprintln!("mutants: {failed}");
                ExitCode::FAILURE
            }
        },
        ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Prints every finding and answers with success when there is none.
fn tidy(root: &Path) -> ExitCode {
    let findings = all(root);
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        eprintln!("tidy: {} to put right", findings.len());
        ExitCode::FAILURE
    }
}

/// Runs every check over the repository at `root`.
fn all(root: &Path) -> Vec<Finding> {
    let mut findings = dependencies(root);
    findings.extend(texts(root));
    findings.extend(mutants::check(root));
    findings
}

/// Checks what the crates depend on: each other, and what lies outside the workspace.
fn dependencies(root: &Path) -> Vec<Finding> {
    match workspace::read(root) {
        Ok(members) => {
            let mut findings = edges::check(root, &members);
            findings.extend(outside::check(&members));
            findings
        }
        Err(finding) => vec![finding],
    }
}

/// Checks what the files of the repository say and where they lie.
fn texts(root: &Path) -> Vec<Finding> {
    match files::read(root) {
        Ok(files) => {
            let mut findings = words::check(&files);
            findings.extend(layout::check(&files));
            findings
        }
        Err(finding) => vec![finding],
    }
}

/// Returns the folder that holds the workspace's manifest.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_none(findings: &[Finding]) {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    }

    #[test]
    fn the_crates_know_only_what_they_may() {
        assert_none(&dependencies(&root()));
    }

    #[test]
    fn the_files_keep_the_house_rules() {
        assert_none(&texts(&root()));
    }
}
