//! What a check has to say: one line, made by a named constructor, so that every message stands in this file.

use std::fmt;

/// One broken house rule: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    place: String,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl Finding {
    fn at(place: impl Into<String>, message: String) -> Self {
        Self { place: place.into(), message }
    }

    fn at_line(path: &str, line: usize, message: String) -> Self {
        Self::at(format!("{path}:{line}"), message)
    }

    /// A tool that the checks need did not answer.
    pub fn tool_failed(tool: &str, why: &str) -> Self {
        Self::at(tool, format!("did not answer: {}", why.trim()))
    }

    /// A file that the checks need is missing or unreadable.
    pub fn file_unreadable(path: &str, why: &str) -> Self {
        Self::at(path, format!("cannot be read: {why}"))
    }

    /// The table of edges is not where it is looked for.
    pub fn table_missing(path: &str) -> Self {
        Self::at(path, "has no table of crates between `<!-- edges -->` and `<!-- /edges -->`".into())
    }

    /// A row of the table that is not `| crate | may know |`.
    pub fn row_unreadable(path: &str, line: usize, row: &str) -> Self {
        Self::at_line(path, line, format!("row `{row}` is not `| crate | may know |`"))
    }

    /// A crate with two rows.
    pub fn row_repeated(path: &str, line: usize, name: &str) -> Self {
        Self::at_line(path, line, format!("`{name}` has two rows; keep one"))
    }

    /// A row, or a name in a row, that is no crate of the workspace.
    pub fn row_without_crate(path: &str, name: &str) -> Self {
        Self::at(path, format!("the table names `{name}`, which is no crate of this workspace"))
    }

    /// A crate of the workspace that the table does not have.
    pub fn crate_without_row(path: &str, name: &str) -> Self {
        Self::at(path, format!("the table has no row for crate `{name}`"))
    }

    /// A dependency between two crates that the table does not allow.
    pub fn edge_not_drawn(from: &str, to: &str) -> Self {
        Self::at(
            format!("crate {from}"),
            format!("depends on `{to}`, which its row in ARCHITECTURE.md does not allow; move the code, not the wall"),
        )
    }

    /// A dependency on a third-party crate in a layer that must not see it.
    pub fn outsider(member: &str, dependency: &str, why: &str) -> Self {
        Self::at(format!("crate {member}"), format!("depends on `{dependency}`: {why}"))
    }

    /// A text that belongs to one machine.
    pub fn machine_path(path: &str, line: usize, found: &str) -> Self {
        Self::at_line(path, line, format!("`{found}` is a path of one machine; say it relative to the repository"))
    }

    /// The host name of a package registry.
    pub fn registry_host(path: &str, line: usize, found: &str) -> Self {
        Self::at_line(
            path,
            line,
            format!("`{found}` is a registry's host; name the package, the client knows the host"),
        )
    }

    /// A note to oneself.
    pub fn note_to_self(path: &str, line: usize, found: &str) -> Self {
        Self::at_line(path, line, format!("`{found}` left in the tree; do it, or file it as an issue"))
    }

    /// A test that does not run.
    pub fn ignored_test(path: &str, line: usize) -> Self {
        Self::at_line(
            path,
            line,
            "ignored test; a long one reads SHOWCLEAR_FULL and runs a shorter round without it".into(),
        )
    }

    /// A browser test that does not run at every size it is listed for: it counts as failed.
    pub fn skipped_test(path: &str, line: usize) -> Self {
        Self::at_line(
            path,
            line,
            "skipped test, which counts as failed; one for a single size has a file that its project alone lists"
                .into(),
        )
    }

    /// A state called by a word that law 1 forbids.
    pub fn word_for_a_state(path: &str, line: usize, found: &str) -> Self {
        Self::at_line(
            path,
            line,
            format!(
                "`{found}` is never a state here: name what was seen; a quotation carries `tidy: quoted` on its line"
            ),
        )
    }

    /// A crate with more than one integration-test binary.
    pub fn stray_test_file(path: &str) -> Self {
        Self::at(path, "makes one more test binary to link; make it a module of tests/it/main.rs".into())
    }

    /// A module of the integration tests that nothing names.
    pub fn forgotten_test_file(path: &str, module: &str) -> Self {
        Self::at(path, format!("never runs: tests/it/main.rs has no `mod {module};`"))
    }

    /// A crate's own clippy.toml lacks a line of the root's.
    pub fn clippy_line_missing(path: &str, line: &str) -> Self {
        Self::at(path, format!("lacks the root's line `{line}`; clippy merges nothing"))
    }

    /// A list whose rows do not stand in order, or stand twice.
    pub fn row_out_of_order(path: &str, line: usize) -> Self {
        Self::at_line(path, line, "stands out of order, or twice; sort the rows".into())
    }

    /// A row of the survivors that cannot be read.
    pub fn survivor_unreadable(path: &str, line: usize) -> Self {
        Self::at_line(path, line, "is not `FILE: CHANGE in FUNCTION | REASON`".into())
    }

    /// A survivor without a reason.
    pub fn survivor_without_reason(path: &str, line: usize) -> Self {
        Self::at_line(path, line, "gives no reason why no test sees this change; give one, or write the test".into())
    }

    /// A survivor in a function that is not there.
    pub fn survivor_gone(path: &str, line: usize, file: &str, function: &str) -> Self {
        Self::at_line(path, line, format!("`{file}` has no `{function}` any more; try it again and list what lives"))
    }

    /// A row of what was tried that cannot be read.
    pub fn tried_unreadable(path: &str, line: usize) -> Self {
        Self::at_line(path, line, "is not `SHA-256 CAUGHT ALIVE FILE`".into())
    }

    /// A source that judges, and of which no change was ever tried.
    pub fn source_never_tried(path: &str, file: &str) -> Self {
        Self::at(path, format!("`{file}` is not on it: try its changes (docs/mutants.md)"))
    }

    /// More or fewer lived than are named.
    pub fn survivors_differ(path: &str, line: usize, lived: &str, named: usize) -> Self {
        Self::at_line(path, line, format!("says that {lived} lived, and {named} are named with a reason"))
    }
}
