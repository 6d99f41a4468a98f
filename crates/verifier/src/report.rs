//! What was found, in words and as JSON: the same from the command and from the page in a bundle.

use proof::checkpoint::Checkpoint;
use proof::policy::Standing;
use record::Millis;
use record::bundle::{Attached, BundleFault, BundleReport, Stamped, Witnessed};
use record::epoch::Before;
use record::erasure::Erased;
use record::verify::{Fault, Replayed, Report};
use serde_json::{Value, json};

use crate::erased::{Of, Texts, erased_json, said_of_digests, said_of_texts};
use crate::reach::Reach;
use crate::stamps::{beyond_the_stamps, said_of_stamps, stamps_json};

/// What was found to hold: a record, and of a bundle what lies beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Holds {
    /// The record.
    pub record: Report,
    /// Whose bundle it is in.
    pub bundle: Option<Beside>,
    /// What of the texts and files that it has digests of was erased.
    pub erased: Erased,
}

/// What lies beside the record in a bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// How many files the manifest lists.
    pub files: u64,
    /// How many texts are disclosed.
    pub disclosed: u64,
    /// How many are redacted.
    pub redacted: u64,
    /// The files that the entries name.
    pub attached: Attached,
    /// Who outside has countersigned it.
    pub witnessed: Witnessed,
    /// Which authorities have stamped it.
    pub stamped: Stamped,
}

/// The first thing that is wrong, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Broken {
    /// The file in a bundle.
    pub file: Option<String>,
    /// What is wrong.
    pub fault: Fault,
    /// How many entries before it hold.
    pub held: u64,
}

impl From<BundleReport> for Holds {
    fn from(found: BundleReport) -> Holds {
        let BundleReport { record, files, disclosed, redacted, attached, witnessed, stamped, erased } = found;
        Holds { record, bundle: Some(Beside { files, disclosed, redacted, attached, witnessed, stamped }), erased }
    }
}

impl From<BundleFault> for Broken {
    fn from(found: BundleFault) -> Broken {
        let BundleFault { file, fault, held } = found;
        Broken { file, fault, held }
    }
}

/// What a record was found to be.
pub type Outcome = Result<Holds, Broken>;

/// What the verifier cannot know, however well the record holds.
fn not_proven(holds: &Holds, pinned: bool) -> Vec<String> {
    let mut said = vec![
        beyond_the_witnesses(holds.bundle.as_ref().map(|beside| &beside.witnessed)),
        format!(
            "That it is whole: whether entries after the {} here were cut off, only a later receipt or checkpoint in \
             other hands can show.",
            holds.record.size
        ),
        "That what people entered is true. A record shows who entered what, when, and by which rules it was judged."
            .to_owned(),
        match holds.bundle {
            Some(_) => "That a redacted text is what somebody says it is: only its disclosure shows that.",
            None => "Names, PINs and texts: they lie in the office database, which can be changed.",
        }
        .to_owned(),
    ];
    let own_second = |it: &&Beside| it.witnessed.by_log_ml_dsa_44 && !it.witnessed.by_given_policy;
    said.extend(holds.bundle.as_ref().filter(own_second).map(|_| {
        "That the ML-DSA-44 key is the log's, once somebody can forge Ed25519: until then the log's key vouches for it. An \
         earlier bundle in other hands, or a policy of your own with that key, shows it."
            .to_owned()
    }));
    said.extend(holds.bundle.iter().flat_map(|beside| beyond_the_stamps(&beside.stamped, reach_of(holds))));
    said.extend(holds.record.before.as_ref().map(carried_over));
    said.extend((holds.record.replayed == Replayed::LeftOut).then(|| {
        "That the verdicts follow from the rules: the replay was left out on request. Verify it once more with the replay."
            .to_owned()
    }));
    if !pinned {
        said.insert(0, own_word());
    }
    said
}

/// What only the record of the epoch before shows.
fn carried_over(before: &Before) -> String {
    let Checkpoint { origin, size, root } = &before.checkpoint;
    let lost = before.lost_at.map_or_else(String::new, |at| format!(" That log is known to have had {at} entries."));
    format!(
        "What was carried over from {origin}: verify that record too, up to its {size} entries with root {root}, and compare.{lost}"
    )
}

/// What nobody outside has seen.
pub(crate) fn beyond_the_witnesses(witnessed: Option<&Witnessed>) -> String {
    let Some(witnessed) = witnessed.filter(|it| it.holds()) else {
        let some = witnessed.is_some_and(|it| !it.standing.seen_by.is_empty());
        let who = if some { "Too few people outside have" } else { "Nobody outside has" };
        return format!(
            "{who} countersigned this log. Whoever has all its keys could have written it anew, save what others hold a \
             receipt or a checkpoint of: compare those with it."
        );
    };
    let whose = match witnessed.by_given_policy {
        true => "the policy that you gave",
        false => "the bundle's own policy, which the production wrote,",
    };
    format!(
        "That the witnesses stand apart from the production: {whose} says who they are. Ask them for their keys. What \
         came after entry {} no witness has seen.",
        witnessed.standing.checkpoint.size.saturating_sub(1)
    )
}

/// A moment in universal time.
pub(crate) fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| format!("{} ms", at.0), |it| it.to_string())
}

/// One level of what is proven, and what it says of this record.
pub(crate) struct Said {
    level: &'static str,
    sentence: String,
}

impl Said {
    pub(crate) const fn of(level: &'static str, sentence: String) -> Said {
        Said { level, sentence }
    }
}

/// Whose word the log's key is.
pub(crate) const fn whose_key(pinned: bool) -> &'static str {
    if pinned { "the key that you gave" } else { "the key that the log names" }
}

/// What nobody can know who was given no key.
pub(crate) fn own_word() -> String {
    "That this is the log's key: the log itself says so. Give the key that was noted at the founding.".to_owned()
}

/// The words of the levels. What is redacted or erased is no level but a fact beside them, and what is not witnessed, not stamped or only
/// claimed is none at all.
pub(crate) fn levels(said: &[Said]) -> Vec<&'static str> {
    let is_none =
        ["REDACTED", "ERASED", "STILL HERE", "NOT WITNESSED", "NOT STAMPED", "STAMP FOUND, NOT CHECKED", "CLAIMED"];
    let is_level = |said: &&Said| !is_none.contains(&said.level);
    said.iter().filter(is_level).map(|said| said.level).collect()
}

pub(crate) fn said_json(said: &[Said]) -> Vec<Value> {
    said.iter().map(|it| json!({"level": it.level, "sentence": it.sentence})).collect()
}

/// What was found, as a page of text.
pub(crate) fn page_of(heading: &str, said: &[Said], last: &str, log_key: &str, not_proven: &[String]) -> String {
    let lines = said.iter().map(|Said { level, sentence }| format!("{level:<13} {sentence}\n"));
    let lines: String = lines.collect();
    let limits: String = not_proven.iter().map(|said| format!("  - {said}\n")).collect();
    format!("{heading}\n\n{lines}\n{last}\nLog key: {log_key}\n\nWhat this does not prove:\n{limits}")
}

/// What is proven, level by level.
fn proven(holds: &Holds, pinned: bool) -> Vec<Said> {
    let Report { signatures, size, root, .. } = &holds.record;
    let whose = whose_key(pinned);
    let also = holds.bundle.as_ref().map_or("", |beside| also_signed(&beside.witnessed));
    let signed = format!("{signatures} intents, each with the key of its device; the checkpoint with {whose}{also}.");
    let included = format!("All {size} entries are in the tree that the checkpoint was signed over, root {root}.");
    let mut said = vec![Said { level: "SIGNED", sentence: signed }, Said { level: "INCLUDED", sentence: included }];
    match &holds.bundle {
        Some(beside) => said.extend(said_beside(beside, holds)),
        None => said.extend(said_of_digests(&holds.erased)),
    }
    said.push(said_of_replay(&holds.record));
    said
}

/// What is said where the log has signed with its second key too.
fn also_signed(witnessed: &Witnessed) -> &'static str {
    match (witnessed.by_log_ml_dsa_44, witnessed.by_given_policy) {
        (false, _) => "",
        (true, true) => {
            ", and with the ML-DSA-44 key in the policy that you gave, which quantum computers cannot forge either"
        }
        (true, false) => {
            ", and with the ML-DSA-44 key in the bundle's own policy, which quantum computers cannot forge either"
        }
    }
}

/// What a bundle proves beside what the record in it does.
fn said_beside(beside: &Beside, holds: &Holds) -> Vec<Said> {
    let Beside { files, disclosed, redacted, attached, witnessed, stamped } = beside;
    let (size, reach) = (holds.record.size, reach_of(holds));
    let complete = format!(
        "[0, {size}): no entry up to the checkpoint is missing, and all {files} files are those that the log's key signed for."
    );
    let texts = Texts {
        of: Of::Bundle,
        disclosed: *disclosed,
        redacted: *redacted,
        attached: *attached,
        erased: &holds.erased,
    };
    let mut said = vec![
        Said { level: "COMPLETE", sentence: complete },
        said_of_witnesses(witnessed, reach),
        said_of_stamps(stamped, reach),
    ];
    said.extend(said_of_texts(&texts));
    said
}

const fn reach_of(holds: &Holds) -> Reach<'_> {
    Reach::of_record(holds.record.size)
}

/// How many of the witnesses have countersigned, who, when, and up to where.
pub(crate) fn said_of_witnesses(witnessed: &Witnessed, reach: Reach<'_>) -> Said {
    let Standing { checkpoint, seen_by, witnesses, quorum_met, .. } = &witnessed.standing;
    if *witnesses == 0 {
        return Said::of("NOT WITNESSED", "0 of 0: no witness is named.".to_owned());
    }
    let mut text = format!("{} of {witnesses}", seen_by.len());
    for seen in seen_by {
        let at = i64::try_from(seen.seconds).unwrap_or(i64::MAX).saturating_mul(1_000);
        text.push_str(&format!("; {} at {}", printable(&seen.name), moment(Millis(at))));
    }
    if !seen_by.is_empty() {
        text.push_str(&format!(", {}", reach.words(checkpoint.size)));
    }
    if !quorum_met {
        text.push_str("; the policy asks for more");
    }
    text.push('.');
    let reaches = witnessed.holds() && reach.within(checkpoint.size) > 0;
    Said::of(if reaches { "WITNESSED" } else { "NOT WITNESSED" }, text)
}

/// Whether the rules gave the recorded verdicts when they were run again.
fn said_of_replay(report: &Report) -> Said {
    let (recorded, built_in) = match report.replayed {
        Replayed::Replayed => {
            let sentence = "The rules, run again, gave every verdict as it is recorded.".to_owned();
            return Said { level: "REPLAYED", sentence };
        }
        Replayed::LeftOut => {
            let sentence = "Left out on request. No verdict was compared with what the rules give.".to_owned();
            return Said { level: "NOT REPLAYED", sentence };
        }
        Replayed::NotReplayed { recorded, built_in } => (recorded, built_in),
    };
    let (compared, all) = (report.compared, report.signatures);
    let sentence = if compared == 0 {
        format!(
            "The record was made by rules number {recorded}; number {built_in} is built in here. No verdict was compared."
        )
    } else {
        format!(
            "A part of the record was made by rules number {recorded}; number {built_in} is built in here. {compared} of \
             {all} verdicts were compared: those since the record went over to number {built_in}."
        )
    };
    Said { level: "NOT REPLAYED", sentence }
}

/// When the record ends.
fn last_decided(report: &Report) -> String {
    format!("The last entry was decided at {}.", moment(report.last_decided_at))
}

/// A record that holds, for people.
#[must_use]
pub fn report_text(holds: &Holds, pinned: bool) -> String {
    let report = &holds.record;
    let origin = report.origin.to_string();
    page_of(&origin, &proven(holds, pinned), &last_decided(report), &report.log_key, &not_proven(holds, pinned))
}

/// A name out of a policy, which may hold anything, without what a terminal obeys.
pub(crate) fn printable(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { '�' } else { letter }).collect()
}

/// The files that the entries name, for programs.
pub(crate) fn attachments_json(attached: Attached) -> Value {
    json!({"named": attached.named, "carried": attached.carried})
}

/// A record that holds, for programs.
#[must_use]
pub fn report_json(holds: &Holds, pinned: bool) -> Value {
    let report = &holds.record;
    let beside = holds.bundle.as_ref();
    let said = proven(holds, pinned);
    let bundle = beside.map(|it| {
        json!({
            "files": it.files, "complete": [0, report.size], "witnessed": witnessed_json(&it.witnessed, reach_of(holds)),
            "stamps": stamps_json(&it.stamped, reach_of(holds)), "ml_dsa_44": it.witnessed.by_log_ml_dsa_44,
            "disclosed": it.disclosed, "redacted": it.redacted, "attachments": attachments_json(it.attached),
        })
    });
    let rules = match report.replayed {
        Replayed::Replayed | Replayed::LeftOut => Value::Null,
        Replayed::NotReplayed { recorded, built_in } => json!({"recorded": recorded, "built_in": built_in}),
    };
    json!({
        "verified": true,
        "levels": levels(&said),
        "said": said_json(&said),
        "bundle": bundle,
        "erased": erased_json(&holds.erased),
        "rules": rules,
        "replay_left_out": report.replayed == Replayed::LeftOut,
        "compared": report.compared,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "before": report.before.as_ref().map(|it| json!({
            "origin": it.checkpoint.origin, "entries": it.checkpoint.size, "root": it.checkpoint.root.to_string(),
            "lost_at": it.lost_at,
        })),
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "last_decided": last_decided(report),
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(holds, pinned),
    })
}

pub(crate) fn witnessed_json(witnessed: &Witnessed, reach: Reach<'_>) -> Value {
    let Standing { checkpoint, seen_by, witnesses, quorum_met, .. } = &witnessed.standing;
    let seen_by: Vec<Value> = seen_by.iter().map(|seen| json!({"name": seen.name, "seconds": seen.seconds})).collect();
    let mut told = json!({
        "by": seen_by, "of": witnesses, "quorum_met": quorum_met, "entries": checkpoint.size,
        "by_given_policy": witnessed.by_given_policy,
    });
    reach.add_to(&mut told, checkpoint.size);
    told
}

fn place(broken: &Broken) -> String {
    match (broken.fault.index, &broken.file) {
        (Some(index), None) => format!("Entry {index}"),
        (Some(index), Some(file)) => format!("Entry {index}, in {file},"),
        (None, Some(file)) => format!("The file {file} in the bundle"),
        (None, None) => "The record".to_owned(),
    }
}

/// What is wrong, what that means, and what to do.
fn fault_sentences(broken: &Broken) -> [String; 3] {
    let before = if broken.held == 0 {
        "Nothing before it was verified.".to_owned()
    } else {
        format!("The {} entries before it hold.", broken.held)
    };
    let Fault { code, sentence, .. } = &broken.fault;
    [
        format!("{} does not hold [{code}]: {sentence}.", place(broken)),
        format!("{before} From there on the record proves nothing, and every gun counts as UNKNOWN."),
        "Keep the file as it is, with everything beside it, and verify a copy from elsewhere.".to_owned(),
    ]
}

/// A record that does not hold, for people.
#[must_use]
pub fn fault_text(broken: &Broken) -> String {
    fault_sentences(broken).map(|sentence| format!("{sentence}\n")).concat()
}

/// A record that does not hold, for programs.
#[must_use]
pub fn fault_json(broken: &Broken) -> Value {
    let Fault { code, index, sentence } = &broken.fault;
    json!({
        "verified": false,
        "fault": {"code": code, "entry": index, "file": broken.file, "sentence": sentence},
        "sentences": fault_sentences(broken),
        "entries_that_hold": broken.held,
    })
}
