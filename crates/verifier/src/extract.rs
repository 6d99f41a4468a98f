//! What an extract that holds proves, in words and as JSON.

use std::collections::BTreeSet;

use record::bundle::extent::Extent;
use record::bundle::extract::ExtractReport;
use record::label::{LabelKind, label};
use record::{Id, Origin};
use serde_json::{Value, json};

use crate::erased::{Of, Texts, erased_json, said_of_texts};
use crate::reach::Reach;
use crate::report::{
    Said, attachments_json, beyond_the_witnesses, levels, moment, own_word, page_of, said_json, said_of_witnesses,
    whose_key, witnessed_json,
};
use crate::stamps::{beyond_the_stamps, said_of_stamps, stamps_json};

/// The levels of an extract that holds.
fn proven(report: &ExtractReport, pinned: bool) -> Vec<Said> {
    let ExtractReport { extent, signatures, size, root, .. } = report;
    let whose = whose_key(pinned);
    let (extracted, beside) = (extent.extracted.len(), extent.beside.len());
    let (reach, texts) = (reach_of(report), texts_of(report));
    let mut said = vec![
        Said::of(
            "SIGNED",
            format!(
                "{signatures} intents, each with the key of its device, whose enrolment is here; the checkpoint with {whose}."
            ),
        ),
        Said::of(
            "INCLUDED",
            format!(
                "{extracted} entries and {beside} beside them, each by a proof of its own, are in the tree of {size} entries \
                 that the checkpoint was signed over, root {root}."
            ),
        ),
        complete(extent, report.files),
        said_of_witnesses(&report.witnessed, reach),
        said_of_stamps(&report.stamped, reach),
    ];
    said.extend(said_of_texts(&texts));
    said.push(Said::of(
        "NOT REPLAYED",
        "A verdict rests on every entry before it, and an extract has only some: the whole record can be replayed."
            .to_owned(),
    ));
    said
}

const fn reach_of(report: &ExtractReport) -> Reach<'_> {
    Reach::of_extract(report.size, &report.extent)
}

const fn texts_of(report: &ExtractReport) -> Texts<'_> {
    let ExtractReport { disclosed, redacted, attached, erased, .. } = report;
    Texts { of: Of::Extract, disclosed: *disclosed, redacted: *redacted, attached: *attached, erased }
}

/// An extract that holds, for people.
#[must_use]
pub fn text(report: &ExtractReport, pinned: bool) -> String {
    let heading = format!("{}\n\nAn extract: {}.", report.origin, what(&report.origin, &report.extent));
    page_of(&heading, &proven(report, pinned), &last_decided(report), &report.log_key, &not_proven(report, pinned))
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
fn complete(extent: &Extent, files: u64) -> Said {
    let Extent { from, to, .. } = extent;
    if extent.is_gapless() {
        let sentence = format!(
            "[{from}, {to}): no entry of this range is missing, and all {files} files are those that the log's key signed for."
        );
        return Said::of("COMPLETE", sentence);
    }
    let sentence = format!(
        "[{from}, {to}): by signing the list the log's key says that no entry about them is left out. That cannot be seen \
         here; the whole record shows it. All {files} files are those that it signed for."
    );
    Said::of("CLAIMED", sentence)
}

/// What the verifier cannot know, however well the extract holds.
fn not_proven(report: &ExtractReport, pinned: bool) -> Vec<String> {
    let mut said = Vec::new();
    said.extend((!pinned).then(own_word));
    said.push(beyond_the_witnesses(Some(&report.witnessed)));
    said.extend(beyond_the_stamps(&report.stamped, reach_of(report)));
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
    said.extend((!all_are_here(report) && more_could_be_erased(report)).then(|| {
        "That no more was erased of the texts and files of these entries: an entry that is not here may say so."
            .to_owned()
    }));
    said.push("That a redacted text is what somebody says it is: only its disclosure shows that.".to_owned());
    said
}

/// Is every entry of the record in the extract?
fn all_are_here(report: &ExtractReport) -> bool {
    u64::try_from(report.extent.places().len()) == Ok(report.size)
}

/// Is a text or a file not here of which no entry here says that it was erased?
fn more_could_be_erased(report: &ExtractReport) -> bool {
    let missing = report.attached.named.saturating_sub(report.attached.carried);
    report.redacted > report.erased.texts() || missing > report.erased.files()
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
    let said = proven(report, pinned);
    let mut extract = extent_json(&report.origin, &report.extent);
    if let Some(fields) = extract.as_object_mut() {
        let more = [("files", report.files), ("disclosed", report.disclosed), ("redacted", report.redacted)];
        fields.extend(more.map(|(name, number)| (name.to_owned(), json!(number))));
        fields.insert("what".to_owned(), json!(what(&report.origin, &report.extent)));
        fields.insert("attachments".to_owned(), attachments_json(report.attached));
        fields.insert("witnessed".to_owned(), witnessed_json(&report.witnessed, reach_of(report)));
        fields.insert("stamps".to_owned(), stamps_json(&report.stamped, reach_of(report)));
    }
    json!({
        "verified": true,
        "levels": levels(&said),
        "said": said_json(&said),
        "extract": extract,
        "erased": erased_json(&report.erased),
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided": last_decided(report),
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(report, pinned),
    })
}
