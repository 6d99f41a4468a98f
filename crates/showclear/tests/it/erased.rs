//! What was erased: what the reader of a bundle, of an extract and of a log is told of it.

use std::fs;
use std::path::{Path, PathBuf};

use kernel::{Erasable, Ground, Intent};
use record::Id;
use serde_json::{Value, json as value};
use service::Service;
use showclear::demo;
use tempfile::TempDir;

use super::{code, json, showclear, stderr, stdout};

/// A morning in which the name of the lead performer was erased, and the office as it was before.
struct Morning {
    folder: TempDir,
    data: PathBuf,
    person: Id,
    /// The intent that holds the name, and the place of its entry.
    intent: Id,
    entry: u64,
    /// The place of the entry that says that it was erased.
    said_by: u64,
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

impl Morning {
    fn played() -> Morning {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let told = |failure: showclear::failure::Failure| -> ! { panic!("{}", failure.happened) };
        let (mut set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| told(failure));
        set.service.close();
        fs::copy(data.join("office.db"), folder.path().join("office-before.db")).unwrap();
        set.service = Service::open(&data, set.clock.shared()).unwrap();
        let person = set.person("the lead performer").unwrap_or_else(|failure| told(failure));
        let beside = set.service.beside(person).into_iter().find(|it| it.texts).unwrap();
        let (intent, entry) = (beside.intent, beside.index);
        let erase = Intent::Erase { intent, what: Erasable::Texts, ground: Ground::PersonAsked };
        set.granted("the armorer", erase).unwrap_or_else(|failure| told(failure));
        let said_by = set.service.view().size - 1;
        set.service.close();
        drop(set);
        Morning { folder, data, person, intent, entry, said_by }
    }

    fn bundled(&self, name: &str, arguments: &[&str]) -> PathBuf {
        let file = self.folder.path().join(name);
        let output = showclear(&[&["bundle", path(&self.data), "--out", path(&file)], arguments].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        file
    }

    fn label(&self) -> String {
        let origin = record::entry::Entry::origin_of(&self.founding()).unwrap();
        record::label::label(record::label::LabelKind::Person, origin.production(), self.person)
    }

    fn founding(&self) -> Vec<u8> {
        use store::Store as _;
        let mut log = store::sqlite::SqliteStore::open_read_only(&self.data.join("log.db")).unwrap();
        log.entries(0, 1).unwrap().remove(0)
    }
}

/// What is said of a file, in words and for programs.
fn verified(file: &Path) -> (String, Value) {
    let words = stdout(&showclear(&["verify", path(file)]));
    let said = showclear(&["verify", path(file), "--json"]);
    assert_eq!(code(&said), 0, "{words}");
    (words, json(&said))
}

fn line<'a>(text: &'a str, level: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(level)).unwrap_or_else(|| panic!("{level} is not in {text}"))
}

#[test]
fn a_bundle_a_log_and_an_extract_tell_what_was_erased() {
    let morning = Morning::played();
    let Morning { entry, said_by, .. } = morning;
    let says = format!("ERASED        Entry {said_by} at 20");
    let of = format!("says that 1 text of entry {entry} was erased: the person whom it is about asked for it.");
    let (words, said) = verified(&morning.bundled("redacted.showclear", &[]));
    let rest = said["bundle"]["redacted"].as_u64().unwrap() - 1;
    let redacted = format!(
        "REDACTED      {} texts are not here: the record says that 1 of them was erased; the other {rest} are kept back \
         from this bundle alone, or never arrived. 0 are disclosed, each as the record has it.",
        rest + 1
    );
    assert_eq!(line(&words, "REDACTED"), redacted);
    assert!(line(&words, &says).ends_with(&of), "{words}");
    let erasure = &said["erased"]["erasures"][0];
    assert!(erasure["decided_at"].as_i64().unwrap() > 0);
    let expected = value!({
        "intent": morning.intent.to_string(), "entry": entry, "said_by": said_by, "decided_at": erasure["decided_at"],
        "what": "texts", "ground": "person_asked", "not_here": ["name"], "here": [],
    });
    let of_texts = rest + 1;
    let erased = value!({"of_texts": of_texts, "of_files": 0, "texts": 1, "files": 0, "erasures": [expected]});
    assert_eq!(said["erased"], erased);
    assert!(!said["levels"].as_array().unwrap().iter().any(|level| level == "ERASED"), "{said}");

    let (words, _) = verified(&morning.bundled("names.showclear", &["--with-names"]));
    let told = format!("1 text is not here: the record says that it was erased. {rest} are disclosed");
    assert!(line(&words, "REDACTED").contains(&told), "{words}");

    let (words, said) = verified(&morning.data.join("log.db"));
    let told = format!(
        "The log holds the digests of {} texts and 0 files, which lie beside it: the record says that 1 text and 0 files were erased.",
        rest + 1
    );
    assert!(line(&words, "REDACTED").ends_with(&told), "{words}");
    assert!(line(&words, &says).ends_with(&of), "{words}");
    assert_eq!(said["erased"], erased);

    // The entry that holds the name, and the one that erased it beside it.
    let case = format!("{entry}..{}", entry + 1);
    let (words, said) = verified(&morning.bundled("case.showclear", &["--case", &case]));
    let told =
        "REDACTED      1 text of these entries is not here: the entries here say that it was erased. 0 are disclosed";
    assert!(line(&words, "REDACTED").starts_with(told), "{words}");
    assert!(line(&words, &says).ends_with(&of), "{words}");
    assert_eq!(said["erased"]["erasures"], erased["erasures"]);
    assert!(!words.contains("That no more was erased"), "{words}");
    // Of another entry's text nobody here says so; an entry that is not here may.
    let (words, _) = verified(&morning.bundled("other.showclear", &["--case", "1..12"]));
    assert!(line(&words, "REDACTED").contains("the entries here say of none that it was erased"), "{words}");
    assert!(words.contains("That no more was erased of the texts and files of these entries"), "{words}");
    let (words, said) = verified(&morning.bundled("person.showclear", &["--person", &morning.label()]));
    assert!(line(&words, &says).ends_with(&of), "{words}");
    assert_eq!(said["erased"]["erasures"], erased["erasures"]);
    // With every entry here nothing is left that could say so.
    let (words, _) = verified(&morning.bundled("all.showclear", &["--case", &format!("0..{}", said_by + 1)]));
    assert!(!words.contains("That no more was erased"), "{words}");
}

/// An older copy of the office was put back: its texts go along, and it is said of which the record says that it was erased.
#[test]
fn what_is_here_although_it_was_erased_is_said_with_its_place() {
    let morning = Morning::played();
    let Morning { entry, said_by, .. } = morning;
    fs::copy(morning.folder.path().join("office-before.db"), morning.data.join("office.db")).unwrap();
    let expected = format!(
        "STILL HERE    Here all the same: the text name of entry {entry}, in disclosures.jsonl, which entry {said_by} says was \
         erased. What is here came from an older copy, or was not erased there."
    );
    let (words, said) = verified(&morning.bundled("older.showclear", &["--with-names"]));
    assert_eq!(line(&words, "STILL HERE"), expected);
    assert_eq!(said["erased"]["erasures"][0]["here"], value!(["name"]));
    assert_eq!(said["erased"]["texts"], 0);
    assert!(!said["levels"].as_array().unwrap().iter().any(|level| level == "STILL HERE"), "{said}");
    let case = format!("{entry}..{}", entry + 1);
    let (words, _) = verified(&morning.bundled("case.showclear", &["--case", &case, "--with-names"]));
    assert_eq!(line(&words, "STILL HERE"), expected);
    let (words, _) = verified(&morning.bundled("redacted.showclear", &[]));
    assert!(!words.contains("STILL HERE"), "{words}");
}
