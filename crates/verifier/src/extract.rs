//! What an extract that holds proves, in words and as JSON.

use std::collections::BTreeSet;

use record::bundle::extent::Extent;
use record::bundle::extract::ExtractReport;
use record::label::{LabelKind, label};
use record::{Id, Origin};
use serde_json::{Value, json};

use crate::Reader;
use crate::erased::{Of, Texts, erased_json, said_of_texts};
use crate::reach::Reach;
use crate::report::{
    Said, attachments_json, levels, limits_json, moment, own_word, page_of, said_json, said_of_limits, whose_key,
    word_of_the_service,
};
use crate::stamps::{beyond_the_stamps, said_of_stamps, stamps_json};
use crate::witnesses::{beyond_the_witnesses, said_of_witnesses, witnessed_json};

/// The levels of an extract that holds.
fn proven(report: &ExtractReport, reader: Reader) -> Vec<Said> {
    let ExtractReport { extent, signatures, size, root, .. } = report;
    let whose = whose_key(reader.pinned);
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
    ];
    said.extend(said_of_witnesses(&report.witnessed, reach, reader.now));
    said.push(said_of_stamps(&report.stamped, reach));
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
pub fn text(report: &ExtractReport, reader: Reader) -> String {
    let heading = format!("{}\n\nAn extract: {}.", report.origin, what(report));
    let not_proven = not_proven(report, reader.pinned);
    let last = [last_decided(report), said_of_limits(&report.limits)];
    page_of(&heading, &proven(report, reader), &last, &report.log_key, &not_proven)
}

fn last_decided(report: &ExtractReport) -> String {
    format!("The last of these entries was decided at {}.", moment(report.last_decided_at))
}

/// What was asked for.
fn what(report: &ExtractReport) -> String {
    let ExtractReport { origin, extent, .. } = report;
    let named: Vec<String> = about(origin, extent).into_iter().flat_map(|(_, labels)| labels).collect();
    let out_of = match (extent.day, extent.moments) {
        (Some(day), _) => format!("production day {}", day.0),
        (None, Some((from, _))) if ends_the_log(report) => {
            format!(
                "what was decided from {} on, up to the last entry of the log{}",
                moment(from),
                when_it_ends(report)
            )
        }
        (None, Some((from, to))) => format!("what was decided from {} on and before {}", moment(from), moment(to)),
        (None, None) => format!("entries [{}, {})", extent.from, extent.to),
    };
    if named.is_empty() { out_of } else { format!("what is about {}, of {out_of}", named.join(", ")) }
}

/// Does the range end with the log? Then no entry behind it shows that it reaches as far as was asked for.
const fn ends_the_log(report: &ExtractReport) -> bool {
    report.extent.moments.is_some() && report.extent.to == report.size
}

/// When the last entry of the log was decided, where it is at hand.
fn when_it_ends(report: &ExtractReport) -> String {
    let last = report.size.checked_sub(1);
    let is_here = last.is_some_and(|last| report.extent.extracted.last() == Some(&last));
    if is_here { format!(" at {}", moment(report.last_decided_at)) } else { String::new() }
}

/// What was asked for and lies behind the end of the log.
fn behind_the_end(report: &ExtractReport) -> Option<String> {
    let (_, to) = report.extent.moments.filter(|_| ends_the_log(report))?;
    Some(format!(
        "What was decided between the last entry of the log and {}: it was asked for up to then, and the log ends before.",
        moment(to)
    ))
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
    said.extend(behind_the_end(report));
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
        "That the verdicts follow from the rules, and that what people entered is true. An entry shows what was entered, with \
         the key of which device, and what was answered."
            .to_owned(),
    );
    said.push(word_of_the_service());
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
pub fn json(report: &ExtractReport, reader: Reader) -> Value {
    let said = proven(report, reader);
    let mut extract = extent_json(&report.origin, &report.extent);
    if let Some(fields) = extract.as_object_mut() {
        let more = [("files", report.files), ("disclosed", report.disclosed), ("redacted", report.redacted)];
        fields.extend(more.map(|(name, number)| (name.to_owned(), json!(number))));
        fields.insert("what".to_owned(), json!(what(report)));
        fields.insert("attachments".to_owned(), attachments_json(report.attached));
        let witnessed = witnessed_json(&report.witnessed, reach_of(report), reader.now);
        fields.insert("witnessed".to_owned(), witnessed);
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
        "limits": limits_json(&report.limits),
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": reader.pinned,
        "not_proven": not_proven(report, reader.pinned),
    })
}

#[cfg(test)]
mod tests {
    use proof::checkpoint::Checkpoint;
    use proof::policy::Standing;
    use record::bundle::{Attached, Stamped, Witnessed};
    use record::erasure::Erased;
    use record::{Limits, Millis};

    use super::*;

    /// Entries 3 to 7 of a log of eight, asked for by two moments.
    fn report(to: u64, size: u64) -> ExtractReport {
        let origin = Origin::new("example", Id::from_bytes([1; 16]), 0).unwrap();
        let root = proof::tree::empty_root();
        let checkpoint = Checkpoint { origin: origin.to_string(), size, root };
        let standing = Standing {
            checkpoint,
            seen_by: Vec::new(),
            witnesses: 0,
            not_apart: Vec::new(),
            quorum_met: true,
            by_log_ml_dsa_44: false,
        };
        let witnessed = Witnessed { standing, by_given_policy: false, by_log_ml_dsa_44: false, last_covered: None };
        let moments = Some((Millis(1_000), Millis(9_007_199_254_740_991)));
        let (about, extracted) = (record::bundle::extent::About::default(), (3..to).collect());
        ExtractReport {
            origin,
            log_key: String::new(),
            size,
            root,
            extent: Extent { about, day: None, moments, from: 3, to, extracted, beside: vec![0] },
            signatures: 5,
            limits: Limits { showing_life: 1, identity_life: 1, ask_tolerance: 1 },
            last_decided_at: Millis(9_000),
            files: 20,
            disclosed: 0,
            redacted: 0,
            attached: Attached::default(),
            witnessed,
            stamped: Stamped { all: Vec::new(), by_given_roots: false },
            erased: Erased::default(),
        }
    }

    /// What is asked for up to a moment behind the end of the log is not there up to that moment.
    #[test]
    fn an_extract_of_moments_reaches_as_far_as_the_log() {
        let at_the_end = text(&report(8, 8), Reader::default());
        let heading =
            "what was decided from 1970-01-01T00:00:01Z on, up to the last entry of the log at 1970-01-01T00:00:09Z.\n";
        assert!(at_the_end.contains(heading), "{at_the_end}");
        assert!(
            at_the_end
                .contains("  - What was decided between the last entry of the log and 9007199254740991 ms: it was")
        );
        let within = text(&report(7, 8), Reader::default());
        assert!(
            within.contains("what was decided from 1970-01-01T00:00:01Z on and before 9007199254740991 ms.\n"),
            "{within}"
        );
        assert!(!within.contains("between the last entry"), "an entry behind the range shows that it is whole");
    }
}
