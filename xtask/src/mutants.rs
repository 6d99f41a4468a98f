//! What `cargo mutants` left alive in the kernel: `testdata/mutants/survivors.txt` names each survivor with its reason, and
//! `testdata/mutants/tried.txt` says which sources were tried, as they were then. docs/mutants.md has the commands.

use crate::finding::Finding;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Each line: where, then what was changed, then why no test can or need see it.
const SURVIVORS: &str = "testdata/mutants/survivors.txt";
/// Each line: SHA-256, how many were caught or do not compile, how many lived, the file.
const TRIED: &str = "testdata/mutants/tried.txt";
/// The sources that judge: what is decided, what follows, what may be said, and which acts are open.
const JUDGES: [&str; 2] = ["crates/kernel/src/decide", "crates/kernel/src/evolve"];
const BESIDE_THEM: [&str; 2] = ["crates/kernel/src/act.rs", "crates/kernel/src/board.rs"];
/// A reason says more than that there is none.
const LEAST_REASON: usize = 20;

/// Compares both lists with the sources.
pub fn check(root: &Path) -> Vec<Finding> {
    match (read(root, SURVIVORS), read(root, TRIED)) {
        (Ok(survivors), Ok(tried)) => {
            let source = |path: &str| std::fs::read_to_string(root.join(path)).ok();
            let mut findings = of_both(&survivors, &tried, &source);
            findings.extend(never_tried(&tried, &that_judge(root)));
            findings
        }
        (survivors, tried) => [survivors.err(), tried.err()].into_iter().flatten().collect(),
    }
}

fn read(root: &Path, path: &str) -> Result<String, Finding> {
    std::fs::read_to_string(root.join(path)).map_err(|error| Finding::file_unreadable(path, &error.to_string()))
}

/// A survivor as its line has it.
struct Survivor<'a> {
    file: &'a str,
    function: &'a str,
    reason: &'a str,
}

/// `FILE: CHANGE in FUNCTION | REASON`, as `cargo mutants` says it without its numbers.
fn survivor(row: &str) -> Option<Survivor<'_>> {
    let (what, reason) = row.split_once(" | ")?;
    let (file, change) = what.split_once(": ")?;
    let function = match change.rsplit_once(" in ") {
        Some((_, function)) => function,
        None => change.strip_prefix("replace ")?.split(" -> ").next()?.split(" with ").next()?,
    };
    let function = function.rsplit("::").next()?;
    Some(Survivor { file, function, reason })
}

fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(at, row)| (at.saturating_add(1), row));
    numbered.filter(|(_, row)| !row.is_empty() && !row.starts_with('#'))
}

fn of_both(survivors: &str, tried: &str, source: &dyn Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before = "";
    for (line, row) in rows(survivors) {
        if row <= before {
            findings.push(Finding::row_out_of_order(SURVIVORS, line));
        }
        before = row;
        let Some(Survivor { file, function, reason }) = survivor(row) else {
            findings.push(Finding::survivor_unreadable(SURVIVORS, line));
            continue;
        };
        if reason.len() < LEAST_REASON {
            findings.push(Finding::survivor_without_reason(SURVIVORS, line));
        }
        if !source(file).is_some_and(|text| text.contains(&format!("fn {function}"))) {
            findings.push(Finding::survivor_gone(SURVIVORS, line, file, function));
        }
    }
    findings.extend(of_tried(survivors, tried, source));
    findings
}

/// The sources that judge, as they lie there.
fn that_judge(root: &Path) -> Vec<String> {
    let in_folder = |folder: &&str| {
        let files = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let name = |file: std::fs::DirEntry| Some(format!("{folder}/{}", file.file_name().to_str()?));
        files.filter_map(name).collect::<Vec<_>>()
    };
    let mut all: Vec<String> = JUDGES.iter().flat_map(in_folder).collect();
    all.extend(BESIDE_THEM.map(str::to_owned));
    all.sort();
    all
}

/// Each of them was tried once at least. Whether it changed since, `cargo run -p xtask -- mutants` says.
fn never_tried(tried: &str, sources: &[String]) -> Vec<Finding> {
    let listed = |file: &str| rows(tried).any(|(_, row)| row.ends_with(&format!(" {file}")));
    let missing = sources.iter().filter(|file| !listed(file));
    missing.map(|file| Finding::source_never_tried(TRIED, file)).collect()
}

/// What was counted as alive is named, source by source.
fn of_tried(survivors: &str, tried: &str, source: &dyn Fn(&str) -> Option<String>) -> Vec<Finding> {
    let named = |file: &str| rows(survivors).filter(|(_, row)| row.starts_with(&format!("{file}: "))).count();
    let mut findings = Vec::new();
    for (line, row) in rows(tried) {
        let parts: Vec<&str> = row.split(' ').collect();
        let &[_, _, lived, file] = parts.as_slice() else {
            findings.push(Finding::tried_unreadable(TRIED, line));
            continue;
        };
        if source(file).is_none() {
            findings.push(Finding::survivor_gone(TRIED, line, file, "anything"));
        } else if lived.parse() != Ok(named(file)) {
            findings.push(Finding::survivors_differ(TRIED, line, lived, named(file)));
        }
    }
    findings
}

/// Which of the kernel's sources were tried as they are now, which changed since, and which never were.
pub fn told(root: &Path) -> Result<String, String> {
    let tried = std::fs::read_to_string(root.join(TRIED)).map_err(|error| format!("{TRIED}: {error}"))?;
    let mut text = String::new();
    for (_, row) in rows(&tried) {
        let parts: Vec<&str> = row.split(' ').collect();
        let &[digest, caught, lived, file] = parts.as_slice() else { return Err(format!("{TRIED}: `{row}`")) };
        let now = std::fs::read(root.join(file)).map_err(|error| format!("{file}: {error}"))?;
        let as_it_is = if hexadecimal(&Sha256::digest(now)) == digest { "as it is" } else { "CHANGED SINCE" };
        text.push_str(&format!("{file}: {caught} caught or not compiled, {lived} alive, {as_it_is}\n"));
    }
    Ok(text)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "fn one() {}\nfn two() {}\n";
    const ROW: &str = "a.rs: replace || with && in two | Both sides are the same where this is asked.\n";

    fn of(survivors: &str, tried: &str) -> Vec<Finding> {
        of_both(survivors, tried, &|path| (path == "a.rs").then(|| SOURCE.to_owned()))
    }

    #[test]
    fn the_committed_lists_fit_the_sources() {
        assert_eq!(check(&crate::root()), []);
    }

    #[test]
    fn a_survivor_has_a_function_and_a_reason() {
        assert_eq!(of(ROW, "0a 3 1 a.rs\n"), []);
        assert_eq!(
            of("a.rs: replace || with && in two | none\n", "")[0],
            Finding::survivor_without_reason(SURVIVORS, 1)
        );
        let gone = "a.rs: replace three -> bool with true | Nobody asks for this any more here.\n";
        assert_eq!(of(gone, "")[0], Finding::survivor_gone(SURVIVORS, 1, "a.rs", "three"));
        assert_eq!(of("something else\n", "")[0], Finding::survivor_unreadable(SURVIVORS, 1));
        assert_eq!(of(&format!("{ROW}{ROW}"), "")[0], Finding::row_out_of_order(SURVIVORS, 2));
    }

    #[test]
    fn every_source_that_judges_was_tried() {
        let sources = ["a.rs".to_owned(), "b.rs".to_owned()];
        assert_eq!(never_tried("0a 3 0 a.rs\n", &sources), [Finding::source_never_tried(TRIED, "b.rs")]);
        let judges = that_judge(&crate::root());
        assert!(judges.len() > 30 && judges.iter().any(|it| it == "crates/kernel/src/decide/mod.rs"));
    }

    #[test]
    fn what_lived_is_named() {
        assert_eq!(of(ROW, "0a 3 2 a.rs\n"), [Finding::survivors_differ(TRIED, 1, "2", 1)]);
        assert_eq!(of("", "0a 3 0 b.rs\n"), [Finding::survivor_gone(TRIED, 1, "b.rs", "anything")]);
        assert_eq!(of("", "0a 3\n"), [Finding::tried_unreadable(TRIED, 1)]);
    }
}
