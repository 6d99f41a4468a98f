//! What stands beside the entries, in words and as JSON: texts and files that are here, that are kept back, and that were
//! erased, as the entries say.

use record::bundle::Attached;
use record::erasure::{Erased, Erasure};
use record::wire::Wire as _;
use serde_json::{Value, json};

use crate::reach;
use crate::report::{Said, moment, printable};

/// How many erasures are told in words; the JSON has them all.
const TOLD: usize = 12;

/// What a file is that texts and files can be kept back from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Of {
    /// A whole record.
    Bundle,
    /// Some entries of one: what others say is not known.
    Extract,
}

impl Of {
    const fn says(self) -> &'static str {
        match self {
            Of::Bundle => "the record says",
            Of::Extract => "the entries here say",
        }
    }

    const fn does_not_say(self) -> &'static str {
        match self {
            Of::Bundle => "the record does not say",
            Of::Extract => "the entries here do not say",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Of::Bundle => "bundle",
            Of::Extract => "extract",
        }
    }
}

/// What lies beside the entries of a bundle or an extract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a> {
    pub(crate) of: Of,
    pub(crate) disclosed: u64,
    pub(crate) redacted: u64,
    pub(crate) attached: Attached,
    pub(crate) erased: &'a Erased,
}

/// How many of something there are.
fn number(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

const fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

const fn were(count: u64) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

/// How many texts and files are kept back and how many of them were erased; which were, by which entries; and which are
/// here although they were.
pub(crate) fn said_of_texts(beside: &Texts<'_>) -> Vec<Said> {
    let (said_by, its) = match beside.of {
        Of::Bundle => ("", "the record"),
        Of::Extract => (" of these entries", "its entry"),
    };
    let told = beside.disclosed;
    let sentence = format!(
        "{}{said_by} {}. {told} {} disclosed, each as {its} has it.{}",
        number(beside.redacted, "text"),
        kept_back(beside),
        are(told),
        said_of_files(beside)
    );
    let mut said = vec![Said::of("REDACTED", sentence)];
    said.extend(said_of_erasures(beside.erased));
    said.extend(still_here(beside.erased));
    said
}

fn kept_back(beside: &Texts<'_>) -> String {
    let (kept, erased) = (beside.redacted, beside.erased.texts());
    let says = beside.of.says();
    let (kept_back, not_here) = (format!("{} kept back", are(kept)), format!("{} not here", are(kept)));
    match kept.saturating_sub(erased) {
        _ if kept == 0 => kept_back,
        1 if kept == 1 => format!("{kept_back}, and {} that it was erased", beside.of.does_not_say()),
        _ if erased == 0 => format!("{kept_back}, and {says} of none that it was erased"),
        0 if kept == 1 => format!("{not_here}: {says} that it was erased"),
        0 => format!("{not_here}: {says} that all of them were erased"),
        rest => format!(
            "{not_here}: {says} that {erased} of them {} erased; the other {rest} {} kept back from this {} alone, or never \
             arrived",
            were(erased),
            are(rest),
            beside.of.file()
        ),
    }
}

/// How many of the files that the entries name are there, and how many of the others were erased.
fn said_of_files(beside: &Texts<'_>) -> String {
    let Attached { named, carried } = beside.attached;
    if named == 0 {
        return String::new();
    }
    let (missing, erased, says) = (named.saturating_sub(carried), beside.erased.files(), beside.of.says());
    let others = match missing {
        0 => String::new(),
        _ if erased == 0 => format!("; {says} of none of the others that it was erased"),
        _ if erased == missing => format!("; {says} that the other {missing} {} erased", were(erased)),
        _ => format!("; {says} that {erased} of the other {missing} {} erased", were(erased)),
    };
    format!(
        " Of {} that the entries name, {carried} {} here, each byte for byte the one that was named{others}.",
        number(named, "file"),
        are(carried)
    )
}

/// What a log without anything beside it holds the digests of.
pub(crate) fn said_of_digests(erased: &Erased) -> Vec<Said> {
    if erased.of_texts == 0 && erased.of_files == 0 {
        return Vec::new();
    }
    let of = |texts: u64, files: u64| format!("{} and {}", number(texts, "text"), number(files, "file"));
    let rest = match (erased.texts(), erased.files()) {
        (0, 0) => ", and the record says of none that it was erased".to_owned(),
        (texts, files) => format!(": the record says that {} were erased", of(texts, files)),
    };
    let sentence =
        format!("The log holds the digests of {}, which lie beside it{rest}.", of(erased.of_texts, erased.of_files));
    let mut said = vec![Said::of("REDACTED", sentence)];
    said.extend(said_of_erasures(erased));
    said
}

/// What an erasure is about.
fn what(erasure: &Erasure, count: u64) -> String {
    let kind = if erasure.is_of_texts() { "text" } else { "file" };
    format!("{} of entry {}", number(count, kind), erasure.entry)
}

/// Which entries say that something was erased, when and why.
fn said_of_erasures(erased: &Erased) -> Option<Said> {
    let count = |it: &Erasure| reach::count(it.not_here.len()).saturating_add(reach::count(it.here.len()));
    let all: Vec<&Erasure> = erased.all.iter().filter(|it| count(it) > 0).collect();
    let sentence = |it: &&Erasure| {
        let (count, at) = (count(it), moment(it.decided_at));
        format!("Entry {} at {at} says that {} {} erased: {}.", it.said_by, what(it, count), were(count), it.why())
    };
    let mut told: Vec<String> = all.iter().take(TOLD).map(sentence).collect();
    if let Some(more) = all.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(format!("{more} more entries say so of others."));
    }
    (!told.is_empty()).then(|| Said::of("ERASED", told.join(" ")))
}

/// What is here although an entry says that it was erased, and where.
fn still_here(erased: &Erased) -> Option<Said> {
    let here: Vec<&Erasure> = erased.all.iter().filter(|it| !it.here.is_empty()).collect();
    let place = |it: &Erasure, name: &String| match it.is_of_texts() {
        true => format!(
            "the text {} of entry {}, in disclosures.jsonl, which entry {}",
            printable(name),
            it.entry,
            it.said_by
        ),
        false => format!("the file attachments/{name} of entry {}, which entry {}", it.entry, it.said_by),
    };
    let each =
        |it: &&Erasure| it.here.iter().map(|name| format!("{} says was erased", place(it, name))).collect::<Vec<_>>();
    let all: Vec<String> = here.iter().flat_map(each).collect();
    let told = all.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
    let more = all.len().checked_sub(TOLD).filter(|more| *more > 0);
    let more = more.map_or_else(String::new, |more| format!("; and {more} more"));
    let sentence =
        format!("Here all the same: {told}{more}. What is here came from an older copy, or was not erased there.");
    (!all.is_empty()).then(|| Said::of("STILL HERE", sentence))
}

/// What was erased, for programs.
pub(crate) fn erased_json(erased: &Erased) -> Value {
    let erasure = |it: &Erasure| {
        json!({
            "intent": it.intent.to_string(), "entry": it.entry, "said_by": it.said_by, "decided_at": it.decided_at.0,
            "what": it.what.put(), "ground": it.ground.put(), "not_here": it.not_here, "here": it.here,
        })
    };
    json!({
        "of_texts": erased.of_texts, "of_files": erased.of_files, "texts": erased.texts(), "files": erased.files(),
        "erasures": erased.all.iter().map(erasure).collect::<Vec<Value>>(),
    })
}

#[cfg(test)]
mod tests {
    use record::Millis;

    use super::*;
    use crate::report::said_json;

    /// Entry 9 erased `count` files of entry 3, of which these are here.
    fn of_files(count: usize, here: &[&str]) -> Erased {
        let erasure = Erasure {
            intent: record::Id::from_bytes([1; 16]),
            entry: 3,
            said_by: 9,
            decided_at: Millis(0),
            what: record::wire::Wire::get_text("files").unwrap(),
            ground: record::wire::Wire::get_text("ordered").unwrap(),
            not_here: (0..count).map(|it| format!("{it:064}")).collect(),
            here: here.iter().map(|it| (*it).to_owned()).collect(),
        };
        Erased { of_texts: 0, of_files: 5, all: vec![erasure] }
    }

    /// The sentence of each level.
    fn told(of: Of, carried: u64, erased: &Erased) -> Vec<(String, String)> {
        let attached = Attached { named: erased.of_files, carried };
        let said = said_of_texts(&Texts { of, disclosed: 0, redacted: 0, attached, erased });
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        said_json(&said).iter().map(|it| (text(&it["level"]), text(&it["sentence"]))).collect()
    }

    #[test]
    fn of_the_files_that_are_not_here_it_is_said_how_many_were_erased() {
        let none = Erased { of_files: 5, ..Erased::default() };
        for (of, carried, erased, ending) in [
            (Of::Bundle, 5, &none, "5 are here, each byte for byte the one that was named."),
            (
                Of::Bundle,
                1,
                &none,
                "1 is here, each byte for byte the one that was named; the record says of none of the others that it was erased.",
            ),
            (Of::Bundle, 3, &of_files(2, &[]), "that was named; the record says that the other 2 were erased."),
            (Of::Bundle, 4, &of_files(1, &[]), "that was named; the record says that the other 1 was erased."),
            (
                Of::Extract,
                2,
                &of_files(1, &[]),
                "that was named; the entries here say that 1 of the other 3 was erased.",
            ),
        ] {
            let redacted = told(of, carried, erased).remove(0);
            assert!(redacted.0 == "REDACTED" && redacted.1.ends_with(ending), "{}\n{ending}", redacted.1);
            assert!(redacted.1.contains("Of 5 files that the entries name, "), "{}", redacted.1);
        }
        let erased = told(Of::Bundle, 3, &of_files(2, &[])).remove(1);
        let sentence = "Entry 9 at 1970-01-01T00:00:00Z says that 2 files of entry 3 were erased: a court or an authority ordered it.";
        assert_eq!(erased, ("ERASED".to_owned(), sentence.to_owned()));
    }

    #[test]
    fn a_file_that_is_here_although_it_was_erased_is_said_with_its_path() {
        let said = told(Of::Bundle, 1, &of_files(0, &["ab"]));
        let sentence = "Here all the same: the file attachments/ab of entry 3, which entry 9 says was erased. What is here came \
                        from an older copy, or was not erased there.";
        assert_eq!(said.last(), Some(&("STILL HERE".to_owned(), sentence.to_owned())));
        assert!(said[0].1.contains("the record says of none of the others that it was erased"), "{}", said[0].1);
    }

    /// A long list ends with how many more there are.
    #[test]
    fn no_more_erasures_are_told_than_can_be_read() {
        let mut many = of_files(1, &[]);
        many.all = std::iter::repeat_n(many.all.remove(0), TOLD + 2).collect();
        let sentence = told(Of::Bundle, 0, &many).remove(1).1;
        assert_eq!(sentence.matches("Entry 9 at").count(), TOLD);
        assert!(sentence.ends_with("it. 2 more entries say so of others."), "{sentence}");
        let names: Vec<String> = (0..TOLD + 3).map(|it| format!("f{it}")).collect();
        let here = of_files(0, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let sentence = told(Of::Bundle, 5, &here).remove(2).1;
        assert!(sentence.contains("; and 3 more. What is here"), "{sentence}");
        assert_eq!(erased_json(&here)["erasures"][0]["here"].as_array().unwrap().len(), TOLD + 3);
    }
}
