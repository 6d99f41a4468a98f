//! What an extract that holds proves, in words and as JSON: the same from the command and from the page.

use std::collections::BTreeSet;

use record::bundle::extent::Extent;
use record::bundle::extract::{self, ExtractReport, is_extract};
use record::bundle::{Trust, verify};
use record::label::{LabelKind, label};
use record::{Id, Origin};
use serde_json::{Value, json};

use crate::report::{
    Broken, Holds, beyond_the_witnesses, fault_json, moment, report_json, said_of_witnesses, witnessed_json,
};

/// What a bundle or an extract was found to be, for programs, and whether it holds. `progress` is told of a bundle's entries.
pub fn verdict(bytes: &[u8], trust: &Trust<'_>, progress: &mut dyn FnMut(u64, u64)) -> (Value, bool) {
    let pinned = trust.key.is_some();
    let found = if is_extract(bytes) {
        extract::verify(bytes, trust).map(|report| json(&report, pinned))
    } else {
        verify(bytes, trust, progress).map(|report| report_json(&Holds::from(report), pinned))
    };
    match found {
        Ok(said) => (said, true),
        Err(fault) => (fault_json(&Broken::from(fault)), false),
    }
}

/// An extract that holds, for people.
#[must_use]
pub fn text(report: &ExtractReport, pinned: bool) -> String {
    let lines: String =
        proven(report, pinned).iter().map(|(level, sentence)| format!("{level:<13} {sentence}\n")).collect();
    let mut text = format!(
        "{origin}\n\n\
         An extract: {what}.\n\n\
         {lines}\n\
         {last}\n\
         Log key: {key}\n\n\
         What this does not prove:\n",
        origin = report.origin,
        what = what(&report.origin, &report.extent),
        last = last_decided(report),
        key = report.log_key,
    );
    for said in not_proven(report, pinned) {
        text.push_str(&format!("  - {said}\n"));
    }
    text
}

/// What is proven, level by level, and what is not.
fn proven(report: &ExtractReport, pinned: bool) -> [(&'static str, String); 6] {
    let ExtractReport { extent, size, root, signatures, disclosed, redacted, witnessed, .. } = report;
    let whose = if pinned { "the key that you gave" } else { "the key that the log names" };
    let signed = format!(
        "{signatures} intents, each with the key of its device, whose enrolment is here; the checkpoint with {whose}."
    );
    let included = format!(
        "{} entries and {} beside them, each by a proof of its own, are in the tree of {size} entries that the checkpoint was \
         signed over, root {root}.",
        extent.extracted.len(),
        extent.beside.len()
    );
    let level = if witnessed.holds() { "WITNESSED" } else { "NOT WITNESSED" };
    let texts = format!(
        "{redacted} texts of these entries are kept back; {disclosed} are disclosed, each as its entry has it."
    );
    let replay =
        "A verdict rests on every entry before it, and an extract has only some: the whole record can be replayed.";
    [
        ("SIGNED", signed),
        ("INCLUDED", included),
        complete(extent, report.files),
        (level, said_of_witnesses(witnessed, *size)),
        ("REDACTED", texts),
        ("NOT REPLAYED", replay.to_owned()),
    ]
}

fn last_decided(report: &ExtractReport) -> String {
    format!("The last of these entries was decided at {}.", moment(report.last_decided_at))
}

/// What was asked for.
fn what(origin: &Origin, extent: &Extent) -> String {
    let named: Vec<String> = about(origin, extent).into_iter().flat_map(|(_, labels)| labels).collect();
    let out_of = match (extent.day, extent.moments) {
        (Some(day), _) => format!("production day {}", day.0),
        (None, Some((from, to))) => format!("what was decided from {} on and before {}", moment(from), moment(to)),
        (None, None) => format!("entries [{}, {})", extent.from, extent.to),
    };
    if named.is_empty() { out_of } else { format!("what is about {}, of {out_of}", named.join(", ")) }
}

/// The labels of what it is about, by their kind.
fn about(origin: &Origin, extent: &Extent) -> [(&'static str, Vec<String>); 3] {
    let labels = |kind: LabelKind, ids: &BTreeSet<Id>| {
        ids.iter().map(|id| label(kind, origin.production(), *id)).collect::<Vec<_>>()
    };
    let about = &extent.about;
    [
        ("guns", labels(LabelKind::Gun, &about.guns)),
        ("lots", labels(LabelKind::Lot, &about.lots)),
        ("persons", labels(LabelKind::Person, &about.persons)),
    ]
}

/// What is complete by proof, and what by the log's word alone.
fn complete(extent: &Extent, files: u64) -> (&'static str, String) {
    let Extent { from, to, .. } = extent;
    if extent.is_gapless() {
        let sentence = format!(
            "[{from}, {to}): no entry of this range is missing, and all {files} files are those that the log's key signed for."
        );
        return ("COMPLETE", sentence);
    }
    let sentence = format!(
        "[{from}, {to}): by signing the list the log's key says that no entry about them is left out. That cannot be seen here; \
         the whole record shows it. All {files} files are those that it signed for."
    );
    ("CLAIMED", sentence)
}

/// What the verifier cannot know, however well the extract holds.
fn not_proven(report: &ExtractReport, pinned: bool) -> Vec<String> {
    let mut said = Vec::new();
    if !pinned {
        said.push(
            "That this is the log's key: the log itself says so. Give the key that was noted at the founding."
                .to_owned(),
        );
    }
    said.push(beyond_the_witnesses(Some(&report.witnessed)));
    if !report.extent.is_gapless() {
        said.push(
            "That these are all the entries about them: ask for the whole record, or for the days in question."
                .to_owned(),
        );
    }
    said.push(format!(
        "What stands in the other entries of the {}, such as that a device's key was revoked; and whether any came after \
         them.",
        report.size
    ));
    said.push(
        "That the verdicts follow from the rules, and that what people entered is true. An entry shows who entered what, \
         when, and what was answered."
            .to_owned(),
    );
    said.push("That a redacted text is what somebody says it is: only its disclosure shows that.".to_owned());
    said
}

/// What an extract holds, as JSON.
#[must_use]
pub fn extent_json(origin: &Origin, extent: &Extent) -> Value {
    let about: serde_json::Map<String, Value> =
        about(origin, extent).into_iter().map(|(kind, labels)| (kind.to_owned(), json!(labels))).collect();
    let range = [extent.from, extent.to];
    json!({
        "about": about,
        "day": extent.day.map(|day| day.0),
        "moments": extent.moments.map(|(from, to)| [from.0, to.0]),
        "extracted": extent.extracted.len(),
        "beside": extent.beside.len(),
        "complete": extent.is_gapless().then_some(range),
        "claimed": (!extent.is_gapless()).then_some(range),
    })
}

/// An extract that holds, for programs.
#[must_use]
pub fn json(report: &ExtractReport, pinned: bool) -> Value {
    let proven = proven(report, pinned);
    // What the log only claims, what is redacted and what nobody witnessed are no levels of proof.
    let is_level = |level: &&str| !matches!(*level, "CLAIMED" | "REDACTED" | "NOT WITNESSED");
    let levels: Vec<&str> = proven.iter().map(|(level, _)| *level).filter(is_level).collect();
    let said: Vec<Value> =
        proven.iter().map(|(level, sentence)| json!({"level": level, "sentence": sentence})).collect();
    let mut extract = extent_json(&report.origin, &report.extent);
    if let Some(fields) = extract.as_object_mut() {
        let more = [("files", report.files), ("disclosed", report.disclosed), ("redacted", report.redacted)];
        fields.extend(more.map(|(name, number)| (name.to_owned(), json!(number))));
        fields.insert("witnessed".to_owned(), witnessed_json(&report.witnessed));
    }
    json!({
        "verified": true,
        "levels": levels,
        "said": said,
        "extract": extract,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "last_decided": last_decided(report),
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(report, pinned),
    })
}
