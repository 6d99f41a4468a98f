//! The walls between our crates: `Cargo.toml` against the table in ARCHITECTURE.md, so that code and drawing cannot part.

use crate::finding::Finding;
use crate::workspace::{Kind, Member};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PATH: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- edges -->";
const END: &str = "<!-- /edges -->";

type Table = BTreeMap<String, BTreeSet<String>>;

/// Compares the crates with the table of the repository at `root`.
pub fn check(root: &Path, members: &[Member]) -> Vec<Finding> {
    match std::fs::read_to_string(root.join(PATH)) {
        Ok(text) => compare(&text, members),
        Err(error) => vec![Finding::file_unreadable(PATH, &error.to_string())],
    }
}

fn compare(architecture: &str, members: &[Member]) -> Vec<Finding> {
    let table = match parse(architecture) {
        Ok(table) => table,
        Err(findings) => return findings,
    };
    let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut findings: Vec<Finding> = table
        .iter()
        .flat_map(|(name, known)| std::iter::once(name).chain(known))
        .filter(|name| !names.contains(name.as_str()))
        .map(|name| Finding::row_without_crate(PATH, name))
        .collect();
    findings.sort();
    findings.dedup();
    for member in members {
        let Some(known) = table.get(&member.name) else {
            findings.push(Finding::crate_without_row(PATH, &member.name));
            continue;
        };
        // Tests may look over a wall (a conformance suite, a simulator); what ships may not.
        findings.extend(
            member
                .dependencies
                .iter()
                .filter(|dependency| dependency.inside && dependency.kind != Kind::Dev)
                .filter(|dependency| !known.contains(&dependency.name))
                .map(|dependency| Finding::edge_not_drawn(&member.name, &dependency.name)),
        );
    }
    findings
}

/// Reads the Markdown table between the markers: a header, a rule, then one row a crate.
fn parse(architecture: &str) -> Result<Table, Vec<Finding>> {
    let rows: Vec<(usize, &str)> = (1..)
        .zip(architecture.lines().map(str::trim))
        .skip_while(|(_, line)| *line != BEGIN)
        .skip(1)
        .take_while(|(_, line)| *line != END)
        .filter(|(_, line)| !line.is_empty())
        .collect();
    if !architecture.lines().any(|line| line.trim() == END) || rows.len() < 3 {
        return Err(vec![Finding::table_missing(PATH)]);
    }
    let mut table = Table::new();
    let mut findings = Vec::new();
    for (line, row) in rows.into_iter().skip(2) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, known] = cells.as_slice() else {
            findings.push(Finding::row_unreadable(PATH, line, row));
            continue;
        };
        if table.insert(bare(name), names(known)).is_some() {
            findings.push(Finding::row_repeated(PATH, line, &bare(name)));
        }
    }
    if findings.is_empty() { Ok(table) } else { Err(findings) }
}

/// Reads a comma-separated list; a dash says "none".
fn names(cell: &str) -> BTreeSet<String> {
    cell.split(',').map(bare).filter(|name| !matches!(name.as_str(), "" | "-" | "–" | "—")).collect()
}

fn bare(name: &str) -> String {
    name.trim().trim_matches('`').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Dependency;

    const TABLE: &str = "# A\n<!-- edges -->\n| crate | may know |\n|---|---|\n| `kernel` | – |\n| proof | |\n| record | kernel, `proof` |\n<!-- /edges -->\nafter\n";

    fn member(name: &str, known: &[(&str, Kind)]) -> Member {
        Member {
            name: name.into(),
            dependencies: known
                .iter()
                .map(|(name, kind)| Dependency { name: (*name).into(), kind: *kind, inside: true })
                .collect(),
        }
    }

    fn three(record: &[(&str, Kind)]) -> Vec<Member> {
        vec![member("kernel", &[]), member("proof", &[]), member("record", record)]
    }

    #[test]
    fn accepts_what_the_table_allows_and_less() {
        assert_eq!(compare(TABLE, &three(&[("kernel", Kind::Normal), ("proof", Kind::Normal)])), []);
        assert_eq!(compare(TABLE, &three(&[])), []);
    }

    #[test]
    fn names_an_edge_that_is_not_drawn() {
        for kind in [Kind::Normal, Kind::Build] {
            let members = vec![member("kernel", &[("proof", kind)]), member("proof", &[]), member("record", &[])];
            assert_eq!(compare(TABLE, &members), [Finding::edge_not_drawn("kernel", "proof")]);
        }
    }

    #[test]
    fn lets_tests_look_over_a_wall() {
        let members = vec![member("kernel", &[("proof", Kind::Dev)]), member("proof", &[]), member("record", &[])];
        assert_eq!(compare(TABLE, &members), []);
    }

    #[test]
    fn names_a_crate_without_a_row() {
        let mut members = three(&[]);
        members.push(member("sim", &[]));
        assert_eq!(compare(TABLE, &members), [Finding::crate_without_row(PATH, "sim")]);
    }

    #[test]
    fn names_a_row_without_a_crate() {
        assert_eq!(
            compare(TABLE, &[member("kernel", &[]), member("record", &[])]),
            [Finding::row_without_crate(PATH, "proof")]
        );
    }

    #[test]
    fn refuses_a_document_without_the_table() {
        for text in ["", "<!-- edges -->\n<!-- /edges -->", TABLE.trim_end_matches("<!-- /edges -->\nafter\n")] {
            assert_eq!(compare(text, &three(&[])), [Finding::table_missing(PATH)]);
        }
    }

    #[test]
    fn refuses_rows_that_it_cannot_read() {
        let twice = TABLE.replace("| proof | |", "| kernel | |");
        assert_eq!(compare(&twice, &three(&[])), [Finding::row_repeated(PATH, 6, "kernel")]);
        let wide = TABLE.replace("| proof | |", "| proof | | |");
        assert_eq!(compare(&wide, &three(&[])), [Finding::row_unreadable(PATH, 6, "| proof | | |")]);
    }
}
