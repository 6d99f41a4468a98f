//! What an extract that holds proves, in words and as JSON.

use std::collections::BTreeSet;

use record::bundle::extent::Extent;
use record::bundle::extract::ExtractReport;
use record::label::{LabelKind, label};
use record::{Id, Millis, Origin};
use serde_json::{Value, json};

/// The report for a person.
#[must_use]
pub fn text(report: &ExtractReport, pinned: bool) -> String {
    let extent = &report.extent;
    let whose = if pinned { "the key that you gave" } else { "the key that the log names" };
    let mut text = format!(
        "{origin}\n\n\
         An extract: {what}.\n\n\
         SIGNED        {signatures} intents, each with the key of its device, whose enrolment is here; the checkpoint with \
         {whose}.\n\
         INCLUDED      {extracted} entries and {beside} beside them, each by a proof of its own, are in the tree of {size} \
         entries that the checkpoint was signed over, root {root}.\n\
         {complete}\
         WITNESSED     0 of 0: the extract names no witness.\n\
         REDACTED      {redacted} texts of these entries are kept back; {disclosed} are disclosed, each as its entry has it.\n\
         NOT REPLAYED  A verdict rests on every entry before it, and an extract has only some: the whole record can be \
         replayed.\n\n\
         The last of these entries was decided at {last}.\n\
         Log key: {key}\n\n\
         What this does not prove:\n",
        origin = report.origin,
        what = what(&report.origin, extent),
        signatures = report.signatures,
        extracted = extent.extracted.len(),
        beside = extent.beside.len(),
        size = report.size,
        root = report.root,
        complete = complete(extent, report.files),
        redacted = report.redacted,
        disclosed = report.disclosed,
        last = moment(report.last_decided_at),
        key = report.log_key,
    );
    for said in not_proven(report, pinned) {
        text.push_str(&format!("  - {said}\n"));
    }
    text
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
fn complete(extent: &Extent, files: u64) -> String {
    let Extent { from, to, .. } = extent;
    if extent.is_gapless() {
        return format!(
            "COMPLETE      [{from}, {to}): no entry of this range is missing, and all {files} files are those that the log's \
             key signed for.\n"
        );
    }
    format!(
        "CLAIMED       [{from}, {to}): by signing the list the log's key says that no entry about them is left out. That \
         cannot be seen here; the whole record shows it. All {files} files are those that it signed for.\n"
    )
}

/// What the verifier cannot know, however well the extract holds.
fn not_proven(report: &ExtractReport, pinned: bool) -> Vec<String> {
    let mut said = Vec::new();
    if !pinned {
        said.push(
            "That this is the log's key: the log itself says so. Give the key that was noted at the founding with --key."
                .to_owned(),
        );
    }
    said.push(
        "Nobody outside has countersigned this log. Whoever has all its keys could have written it anew, save what others \
         hold a receipt or a checkpoint of: compare those with it."
            .to_owned(),
    );
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

/// A moment in universal time.
fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| format!("{} ms", at.0), |it| it.to_string())
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

/// The report as JSON.
#[must_use]
pub fn json(report: &ExtractReport, pinned: bool) -> Value {
    let mut levels = vec!["SIGNED", "INCLUDED"];
    levels.extend(report.extent.is_gapless().then_some("COMPLETE"));
    levels.push("NOT REPLAYED");
    let mut extract = extent_json(&report.origin, &report.extent);
    if let Some(fields) = extract.as_object_mut() {
        let more = [("files", report.files), ("disclosed", report.disclosed), ("redacted", report.redacted)];
        fields.extend(more.map(|(name, number)| (name.to_owned(), json!(number))));
        fields.insert("witnesses".to_owned(), json!(0));
    }
    json!({
        "verified": true,
        "levels": levels,
        "extract": extract,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(report, pinned),
    })
}
