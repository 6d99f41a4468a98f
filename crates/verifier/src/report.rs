//! What was found, in words and as JSON: the same from the command and from the page in a bundle.

use proof::checkpoint::Checkpoint;
use record::bundle::{Attached, BundleFault, BundleReport, Stamped, Witnessed};
use record::epoch::Before;
use record::erasure::Erased;
use record::verify::{Fault, OtherRules, Replayed, Report};
use record::{Limits, Millis};
use serde_json::{Value, json};

use crate::Reader;
use crate::erased::{Of, Texts, erased_json, said_of_digests, said_of_texts};
use crate::reach::Reach;
use crate::stamps::{beyond_the_stamps, said_of_stamps, stamps_json};
use crate::witnesses::{beyond_the_witnesses, said_of_witnesses, witnessed_json};

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
    /// Whether the checkpoint holds over all of them: what is wrong lies beside them.
    pub tree_holds: bool,
}

impl From<BundleReport> for Holds {
    fn from(found: BundleReport) -> Holds {
        let BundleReport { record, files, disclosed, redacted, attached, witnessed, stamped, erased } = found;
        Holds { record, bundle: Some(Beside { files, disclosed, redacted, attached, witnessed, stamped }), erased }
    }
}

impl From<BundleFault> for Broken {
    fn from(found: BundleFault) -> Broken {
        let BundleFault { file, fault, held, tree_holds } = found;
        Broken { file, fault, held, tree_holds }
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
        "That what people entered is true. A record shows what was entered, with the key of which device, and by which rules \
         it was judged."
            .to_owned(),
        word_of_the_service(),
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
    said.extend(not_compared(&holds.record).map(|which| {
        format!("That the verdicts of {which} follow from their rules: no Showclear with those rules has looked at them here.")
    }));
    said.extend((holds.record.replayed == Replayed::LeftOut).then(|| {
        "That the verdicts follow from the rules: the replay was left out on request. Verify it once more with the replay."
            .to_owned()
    }));
    if !pinned {
        said.insert(0, own_word());
    }
    said
}

/// What no device signed.
pub(crate) fn word_of_the_service() -> String {
    "When an entry was decided (decided_at), and by which PIN or code its person was proven (proven): that is the word of the \
     service that wrote the log. A device signs what was entered, and when by its own clock (claimed_at)."
        .to_owned()
}

/// The entries whose verdicts were made by rules that are not built in here.
fn not_compared(report: &Report) -> Option<String> {
    if report.replayed == Replayed::LeftOut {
        return None;
    }
    let range = |it: &OtherRules| {
        let OtherRules { from, to, lowest, highest } = it;
        let rules = if lowest == highest { format!("{lowest}") } else { format!("{lowest} to {highest}") };
        format!("entries [{from}, {to}), made by rules number {rules}")
    };
    let all: Vec<String> = report.by_other_rules.iter().map(range).collect();
    (!all.is_empty()).then(|| all.join(", and of "))
}

/// What only the record of the epoch before shows.
fn carried_over(before: &Before) -> String {
    let Checkpoint { origin, size, root } = &before.checkpoint;
    let lost = before.lost_at.map_or_else(String::new, |at| format!(" That log is known to have had {at} entries."));
    format!(
        "What was carried over from {origin}: verify that record too, up to its {size} entries with root {root}, and compare.{lost}"
    )
}

/// A moment in universal time.
pub(crate) fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| format!("{} ms", at.0), |it| it.to_string())
}

/// One level of what is proven, and what it says of this record.
#[derive(Debug, Eq, PartialEq)]
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
    let is_none = [
        "REDACTED",
        "ERASED",
        "STILL HERE",
        "NOT WITNESSED",
        "NO WITNESS",
        "WITNESS CLOCK",
        "NOT STAMPED",
        "STAMP FOUND, NOT CHECKED",
        "CLAIMED",
    ];
    let is_level = |said: &&Said| !is_none.contains(&said.level);
    said.iter().filter(is_level).map(|said| said.level).collect()
}

pub(crate) fn said_json(said: &[Said]) -> Vec<Value> {
    said.iter().map(|it| json!({"level": it.level, "sentence": it.sentence})).collect()
}

/// What was found, as a page of text.
pub(crate) fn page_of(heading: &str, said: &[Said], last: &[String], log_key: &str, not_proven: &[String]) -> String {
    let last = last.join("\n");
    let lines = said.iter().map(|Said { level, sentence }| format!("{level:<13} {sentence}\n"));
    let lines: String = lines.collect();
    let limits: String = not_proven.iter().map(|said| format!("  - {said}\n")).collect();
    format!("{heading}\n\n{lines}\n{last}\nLog key: {log_key}\n\nWhat this does not prove:\n{limits}")
}

/// What is proven, level by level.
fn proven(holds: &Holds, reader: Reader) -> Vec<Said> {
    let Report { signatures, size, root, .. } = &holds.record;
    let whose = whose_key(reader.pinned);
    let also = holds.bundle.as_ref().map_or("", |beside| also_signed(&beside.witnessed));
    let signed = format!("{signatures} intents, each with the key of its device; the checkpoint with {whose}{also}.");
    let included = format!("All {size} entries are in the tree that the checkpoint was signed over, root {root}.");
    let mut said = vec![Said { level: "SIGNED", sentence: signed }, Said { level: "INCLUDED", sentence: included }];
    match &holds.bundle {
        Some(beside) => said.extend(said_beside(beside, holds, reader.now)),
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
fn said_beside(beside: &Beside, holds: &Holds, now: Option<Millis>) -> Vec<Said> {
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
    let mut said = vec![Said { level: "COMPLETE", sentence: complete }];
    said.extend(said_of_witnesses(witnessed, reach, now));
    said.push(said_of_stamps(stamped, reach));
    said.extend(said_of_texts(&texts));
    said
}

const fn reach_of(holds: &Holds) -> Reach<'_> {
    Reach::of_record(holds.record.size)
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
    let sentence = match not_compared(report) {
        Some(which) if compared > 0 => format!(
            "Number {built_in} is built in here. {compared} of {all} verdicts were compared, and come out as recorded. Not \
             compared were those of {which}."
        ),
        Some(_) | None => format!(
            "The record was made by rules number {recorded}; number {built_in} is built in here. No verdict was compared."
        ),
    };
    Said { level: "NOT REPLAYED", sentence }
}

/// When the record ends.
fn last_decided(report: &Report) -> String {
    format!("The last entry was decided at {}.", moment(report.last_decided_at))
}

/// By which limits every verdict was given: the production chose them at its founding, and may have chosen long ones.
pub(crate) fn said_of_limits(limits: &Limits) -> String {
    let Limits { showing_life, identity_life, ask_tolerance } = *limits;
    format!(
        "By its founding a showing counts for {} at most, a match of what cannot fire for {}, and an ask may come {} late.",
        span(showing_life),
        span(identity_life),
        span(ask_tolerance)
    )
}

/// The same for programs.
pub(crate) fn limits_json(limits: &Limits) -> Value {
    json!({
        "showing_life_ms": limits.showing_life,
        "identity_life_ms": limits.identity_life,
        "ask_tolerance_ms": limits.ask_tolerance,
        "said": said_of_limits(limits),
    })
}

/// A span of milliseconds in hours, minutes and seconds, down to the last one that is not whole.
fn span(ms: u64) -> String {
    let parts = [(ms / 3_600_000, "h"), (ms / 60_000 % 60, "min"), (ms / 1_000 % 60, "s"), (ms % 1_000, "ms")];
    let said: Vec<String> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number} {unit}")).collect();
    if said.is_empty() { "0 s".to_owned() } else { said.join(" ") }
}

/// A record that holds, for people.
#[must_use]
pub fn report_text(holds: &Holds, reader: Reader) -> String {
    let report = &holds.record;
    let origin = report.origin.to_string();
    let not_proven = not_proven(holds, reader.pinned);
    let last = [last_decided(report), said_of_limits(&report.limits)];
    page_of(&origin, &proven(holds, reader), &last, &report.log_key, &not_proven)
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
pub fn report_json(holds: &Holds, reader: Reader) -> Value {
    let report = &holds.record;
    let beside = holds.bundle.as_ref();
    let said = proven(holds, reader);
    let bundle = beside.map(|it| {
        json!({
            "files": it.files, "complete": [0, report.size], "witnessed": witnessed_json(&it.witnessed, reach_of(holds), reader.now),
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
        "not_compared": report.by_other_rules.iter().map(|it| [it.from, it.to]).collect::<Vec<_>>(),
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
        "limits": limits_json(&report.limits),
        "log_key": report.log_key,
        "key_pinned": reader.pinned,
        "not_proven": not_proven(holds, reader.pinned),
    })
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
    let held = broken.held;
    let before = match (held, broken.tree_holds) {
        (0, _) => "Nothing before it was verified. From there on the record proves nothing".to_owned(),
        (_, true) => format!(
            "The {held} entries here and the checkpoint over them hold. What lies beside them does not: the file as a whole proves \
             nothing"
        ),
        (1, false) => "The entry before it holds. From there on the record proves nothing".to_owned(),
        (_, false) => format!("The {held} entries before it hold. From there on the record proves nothing"),
    };
    let Fault { code, sentence, .. } = &broken.fault;
    [
        format!("{} does not hold [{code}]: {sentence}.", place(broken)),
        format!("{before}, and every gun counts as UNKNOWN."),
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
        "checkpoint_holds": broken.tree_holds,
    })
}

#[cfg(test)]
mod tests {
    use record::Origin;
    use record::verify::OtherRules;

    use super::*;

    fn broken(code: &'static str, held: u64, tree_holds: bool) -> String {
        let fault = Fault { code, index: None, sentence: "it is wrong".to_owned() };
        fault_text(&Broken { file: Some("policy.txt".to_owned()), fault, held, tree_holds })
    }

    /// A production may choose long limits at its founding: whoever reads the report sees them.
    #[test]
    fn limits_are_said_in_hours_minutes_and_seconds() {
        let said =
            |showing_life| said_of_limits(&Limits { showing_life, identity_life: 12_600_000, ask_tolerance: 61_001 });
        let beside = "at most, a match of what cannot fire for 3 h 30 min, and an ask may come 1 min 1 s 1 ms late.";
        assert_eq!(said(300_000), format!("By its founding a showing counts for 5 min {beside}"));
        assert_eq!(said(0), format!("By its founding a showing counts for 0 s {beside}"));
        assert_eq!(said(31_536_000_000), format!("By its founding a showing counts for 8760 h {beside}"));
    }

    #[test]
    fn how_much_holds_is_said_with_every_fault() {
        assert!(
            broken("TREE-ROOT", 0, false)
                .contains("\nNothing before it was verified. From there on the record proves nothing, and")
        );
        assert!(
            broken("REPLAY", 8, false)
                .contains("\nThe 8 entries before it hold. From there on the record proves nothing, and")
        );
        assert!(broken("REPLAY", 1, false).contains("\nThe entry before it holds. From there on"));
        let beside = broken("POLICY", 8, true);
        assert!(
            beside.contains(
                "\nThe 8 entries here and the checkpoint over them hold. What lies beside them does not: the"
            ),
            "{beside}"
        );
        assert!(!beside.contains("Nothing before") && beside.contains("every gun counts as UNKNOWN"), "{beside}");
    }

    fn holds(compared: u64, by_other_rules: Vec<OtherRules>) -> Holds {
        let record = Report {
            origin: Origin::new("example", record::Id::from_bytes([1; 16]), 0).unwrap(),
            log_key: String::new(),
            size: 239,
            root: proof::tree::empty_root(),
            signatures: 237,
            replayed: Replayed::NotReplayed { recorded: 9, built_in: 8 },
            compared,
            by_other_rules,
            limits: Limits { showing_life: 1, identity_life: 1, ask_tolerance: 1 },
            last_decided_at: Millis(0),
            before: None,
        };
        Holds { record, bundle: None, erased: Erased::default() }
    }

    /// Newer rules at the end are not the ones at the beginning.
    #[test]
    fn which_verdicts_were_not_compared_is_said_and_stands_in_what_is_not_proven() {
        let newer = OtherRules { from: 237, to: 239, lowest: 9, highest: 9 };
        let older = OtherRules { from: 0, to: 12, lowest: 1, highest: 7 };
        let text = report_text(&holds(236, vec![newer]), Reader::default());
        let said = "NOT REPLAYED  Number 8 is built in here. 236 of 237 verdicts were compared, and come out as recorded. Not \
                    compared were those of entries [237, 239), made by rules number 9.\n";
        assert!(text.contains(said), "{text}");
        assert!(
            text.contains("  - That the verdicts of entries [237, 239), made by rules number 9 follow from"),
            "{text}"
        );
        let both = report_text(&holds(220, vec![older, newer]), Reader::default());
        let of_both = "entries [0, 12), made by rules number 1 to 7, and of entries [237, 239), made by rules number 9";
        assert_eq!(both.matches(of_both).count(), 2, "{both}");
        let json = report_json(&holds(220, vec![older, newer]), Reader::default());
        assert_eq!(json["not_compared"], json!([[0, 12], [237, 239]]));
    }

    /// No device signs when it was decided and how the person was proven.
    #[test]
    fn what_is_the_word_of_the_service_stands_in_what_is_not_proven() {
        let text = report_text(&holds(237, Vec::new()), Reader::default());
        let (_, not_proven) = text.split_once("What this does not prove:").unwrap();
        assert!(not_proven.contains("(decided_at)") && not_proven.contains("(proven)"), "{not_proven}");
        assert!(!not_proven.contains("who entered what"), "{not_proven}");
    }
}
