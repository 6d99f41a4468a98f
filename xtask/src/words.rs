//! Words that may not stand in the repository: paths of one machine, registry hosts, notes to oneself, ignored tests,
//! and the two words that law 1 forbids as a state ("A state, not a word", SAFETY.md).

use crate::files::File;
use crate::finding::Finding;

/// This file names what it forbids.
const OWN: &str = "xtask/src/words.rs";

/// Paths of a developer's machine.
const MACHINE_PATHS: &[&str] = &["/work/", "/tmp/plan", "/root/"];

/// Hosts that package clients know by themselves.
const REGISTRY_HOSTS: &[&str] = &[
    "deb.debian.org",
    "files.pythonhosted.org",
    "index.crates.io",
    "pkg.dev",
    "pypi.org",
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "security.debian.org",
    "static.crates.io",
];

/// Notes to oneself.
const NOTES: &[&str] = &["TODO", "FIXME"];

/// What keeps a browser test from running.
const SKIPPED: &[&str] = &["test.skip(", "test.fixme("];

/// Words that are no state of a gun.
const STATES: &[&str] = &["safe", "cold"];

/// A line that quotes one of [`STATES`], to say that it is not used or to look for it, carries this in a comment.
const QUOTED: &str = "tidy: quoted";

/// Checks every file.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| file.path != OWN).flat_map(of_file).collect()
}

fn of_file(file: &File) -> Vec<Finding> {
    let File { path, text } = file;
    let mut findings = Vec::new();
    // A lock file is written by its tool: it has one word for where packages come from, and hashes.
    let written_by_a_tool = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
    for (number, line) in (1..).zip(text.lines()) {
        for needle in MACHINE_PATHS.iter().filter(|needle| starts_a_path(line, needle)) {
            findings.push(Finding::machine_path(path, number, needle));
        }
        for host in REGISTRY_HOSTS.iter().filter(|host| line.contains(**host)) {
            findings.push(Finding::registry_host(path, number, host));
        }
        for note in NOTES.iter().filter(|note| !written_by_a_tool && has_word(line, note)) {
            findings.push(Finding::note_to_self(path, number, note));
        }
        if path.ends_with(".rs") && (line.trim_start().starts_with("#[ignore") || line.contains("```ignore")) {
            findings.push(Finding::ignored_test(path, number));
        }
        if path.ends_with(".spec.ts") && SKIPPED.iter().any(|skipped| line.contains(skipped)) {
            findings.push(Finding::skipped_test(path, number));
        }
    }
    findings.extend(states(file));
    findings
}

/// Looks for [`STATES`] in what a person may read on a screen, in an answer or in a log: string literals of our crates
/// (markup and messages are literals there) and the client's files. Tests and quotations are left out.
fn states(file: &File) -> Vec<Finding> {
    let File { path, text } = file;
    if !path.starts_with("crates/") || path.contains("/tests/") {
        return Vec::new();
    }
    let said = match path.rsplit_once('.') {
        Some((_, "rs")) => said_in_rust(text),
        Some((_, "js" | "html" | "svg" | "webmanifest")) => said_in_client(text),
        _ => return Vec::new(),
    };
    let quoted: Vec<usize> =
        (1..).zip(text.lines()).filter(|(_, line)| line.contains(QUOTED)).map(|(n, _)| n).collect();
    let mut findings = Vec::new();
    for (number, words) in said.into_iter().filter(|(number, _)| !quoted.contains(number)) {
        let words = words.to_lowercase();
        for state in STATES.iter().filter(|state| has_word(&words, state)) {
            findings.push(Finding::word_for_a_state(path, number, state));
        }
    }
    findings
}

/// Every line of a client file that is not a comment of its own.
fn said_in_client(text: &str) -> Vec<(usize, String)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !["//", "/*", "*"].iter().any(|comment| line.trim_start().starts_with(comment)))
        .map(|(number, line)| (number, line.to_owned()))
        .collect()
}

/// The string literals of Rust source before its unit tests, each line of a literal with its number.
fn said_in_rust(text: &str) -> Vec<(usize, String)> {
    let text = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    let mut scanner = Scanner::default();
    for (number, line) in (1..).zip(text.lines()) {
        scanner.line(number, line);
    }
    scanner.said
}

/// Reads Rust far enough to tell a string literal from code and comments.
#[derive(Debug, Default)]
struct Scanner {
    within: Within,
    said: Vec<(usize, String)>,
}

/// What the next character belongs to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
enum Within {
    #[default]
    Code,
    /// A block comment, and how many more are open around it.
    Comment(usize),
    /// A literal: the text that closes it, and whether a backslash escapes.
    Literal { closed_by: String, escapes: bool },
}

impl Scanner {
    fn line(&mut self, number: usize, line: &str) {
        let mut rest = line;
        while !rest.is_empty() {
            rest = match self.within.clone() {
                Within::Code => self.code(rest),
                Within::Comment(depth) => self.comment(rest, depth),
                Within::Literal { closed_by, escapes } => self.literal(number, rest, &closed_by, escapes),
            };
        }
    }

    fn code<'a>(&mut self, rest: &'a str) -> &'a str {
        if rest.starts_with("//") {
            return "";
        }
        if let Some(rest) = rest.strip_prefix("/*") {
            self.within = Within::Comment(0);
            return rest;
        }
        if let Some(rest) = rest.strip_prefix('"') {
            self.within = Within::Literal { closed_by: "\"".into(), escapes: true };
            return rest;
        }
        if let Some(raw) = rest.strip_prefix('r') {
            let text = raw.trim_start_matches('#');
            let hashes = raw.strip_suffix(text).unwrap_or_default();
            if let Some(rest) = text.strip_prefix('"') {
                self.within = Within::Literal { closed_by: format!("\"{hashes}"), escapes: false };
                return rest;
            }
        }
        // The quotation mark as a character would open a literal that never closes.
        if let Some(rest) = rest.strip_prefix("'\"'").or_else(|| rest.strip_prefix("'\\\"'")) {
            return rest;
        }
        after_first(rest)
    }

    fn comment<'a>(&mut self, rest: &'a str, depth: usize) -> &'a str {
        if let Some(rest) = rest.strip_prefix("*/") {
            self.within = depth.checked_sub(1).map_or(Within::Code, Within::Comment);
            return rest;
        }
        if let Some(rest) = rest.strip_prefix("/*") {
            self.within = Within::Comment(depth.saturating_add(1));
            return rest;
        }
        after_first(rest)
    }

    fn literal<'a>(&mut self, number: usize, rest: &'a str, closed_by: &str, escapes: bool) -> &'a str {
        let mut said = String::new();
        let mut rest = rest;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(closed_by) {
                self.within = Within::Code;
                rest = after;
                break;
            }
            if escapes && rest.starts_with('\\') {
                // What is escaped is no letter of a word.
                said.push(' ');
                rest = after_first(after_first(rest));
                continue;
            }
            said.extend(rest.chars().next());
            rest = after_first(rest);
        }
        self.said.push((number, said));
        rest
    }
}

fn after_first(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

/// Says whether `word` stands in `line` with no letter, digit or underscore on either side.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, from) = line.split_at(at);
        let after = from.strip_prefix(word).unwrap_or_default();
        !before.ends_with(part_of_a_word) && !after.starts_with(part_of_a_word)
    })
}

/// Says whether `needle` begins a path in `line`, and is not the middle of a longer one.
fn starts_a_path(line: &str, needle: &str) -> bool {
    let part_of_a_path = |c: char| c.is_alphanumeric() || "_-.$}~*".contains(c);
    line.match_indices(needle).any(|(at, _)| !line.split_at(at).0.ends_with(part_of_a_path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<Finding> {
        of_file(&File { path: path.into(), text: text.into() })
    }

    #[test]
    fn forbidden_words_are_found_where_they_stand() {
        for (path, text, expected) in [
            ("README.md", "a\ncd /work/main", Finding::machine_path("README.md", 2, "/work/")),
            ("test", "see /tmp/plan/x", Finding::machine_path("test", 1, "/tmp/plan")),
            ("a.sh", "x=\"/root/.cargo\"", Finding::machine_path("a.sh", 1, "/root/")),
            (
                "e2e/package-lock.json",
                "\"https://registry.npmjs.org/x\"",
                Finding::registry_host("e2e/package-lock.json", 1, "registry.npmjs.org"),
            ),
            ("a.rs", "// TODO: later", Finding::note_to_self("a.rs", 1, "TODO")),
            ("a.js", "/* FIXME */", Finding::note_to_self("a.js", 1, "FIXME")),
            ("a.rs", "    #[ignore = \"slow\"]", Finding::ignored_test("a.rs", 1)),
            ("a.rs", "/// ```ignore", Finding::ignored_test("a.rs", 1)),
            ("a.spec.ts", "  test.skip(small, 'once')", Finding::skipped_test("a.spec.ts", 1)),
            ("a.spec.ts", "test.fixme('x', f);", Finding::skipped_test("a.spec.ts", 1)),
        ] {
            assert_eq!(findings(path, text), [expected], "{text}");
        }
    }

    #[test]
    fn words_that_only_look_alike_pass() {
        for (path, text) in [
            ("README.md", "docs/work/plan and $HOME/root/x"),
            ("Cargo.lock", "source = \"registry+crates.io-index\" # TODO"),
            ("a.rs", "let todo = METHODOLOGY;"),
            ("docs/a.md", "they called it cold, and safe"),
            ("scenarios/a.toml", "said = \"cold gun\""),
        ] {
            assert_eq!(findings(path, text), [], "{text}");
        }
    }

    #[test]
    fn a_state_is_never_called_by_a_word() {
        let rs = "crates/web/src/a.rs";
        let js = "crates/web/assets/js/a.js";
        for (path, text, line, word) in [
            (rs, "\nlet x = \"The gun is SAFE.\";", 2, "safe"),
            (rs, "html! { span { \"cold\" } }", 1, "cold"),
            (rs, "let x = r#\"say \"cold\" now\"#;", 1, "cold"),
            (rs, "let x = \"one \\\n  cold gun\";", 2, "cold"),
            (rs, "let x = \"say \\\"cold\\\" now\";", 1, "cold"),
            (rs, "let q = '\"'; let x = \"cold\";", 1, "cold"),
            (js, "badge.textContent = 'Safe';", 1, "safe"),
        ] {
            assert_eq!(findings(path, text), [Finding::word_for_a_state(path, line, word)], "{text}");
        }
    }

    #[test]
    fn comments_code_tests_and_quotations_may_use_the_word() {
        let rs = "crates/web/src/a.rs";
        for (path, text) in [
            (rs, "// never called \"safe\""),
            (rs, "/* /* \"cold\" */ \"cold\" */ fn f() {}"),
            (rs, "let safe = 'c'; let x: &'static str = \"clear\";"),
            (rs, "let x = \"thread-unsafe, scolded, colder\";"),
            (rs, "const NEVER: &str = \"cold\"; // tidy: quoted"),
            (rs, "fn f() {}\n#[cfg(test)]\nmod tests { const X: &str = \"cold\"; }"),
            ("xtask/src/a.rs", "const WORD: &str = \"cold\";"),
            ("crates/web/tests/it/main.rs", "assert!(!page.contains(\"safe\"))"),
            ("crates/web/assets/js/a.js", "// never safe\nconst isSafeInteger = 1;"),
        ] {
            assert_eq!(findings(path, text), [], "{text}");
        }
    }
}
