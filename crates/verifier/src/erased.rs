//! What stands beside the entries, in words and as JSON: texts and files that are here, that are kept back, and that were
//! erased, as the entries say.

use record::bundle::Attached;
use record::erasure::{Erased, Erasure};
use record::wire::Wire as _;
use serde_json::{Value, json};

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

fn length(all: &[String]) -> u64 {
    u64::try_from(all.len()).unwrap_or(u64::MAX)
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
    let begin = format!("{} kept back", are(kept));
    match kept.saturating_sub(erased) {
        _ if kept == 0 => begin,
        _ if erased == 0 => format!("{begin}, and {says} of none that it was erased"),
        0 if kept == 1 => format!("{begin}: {says} that it was erased"),
        0 => format!("{begin}: {says} that all of them were erased"),
        rest => format!(
            "{begin}: {says} that {erased} of them {} erased; the other {rest} {} kept back from this {} alone, or never \
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
    let count = |it: &Erasure| length(&it.not_here).saturating_add(length(&it.here));
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
    let sentence = format!("Here all the same: {told}{more}. It came from an older copy, or was not erased there.");
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
