//! What was found, in words and as JSON: the same from the command and from the page in a bundle.

use proof::policy::Standing;
use proof::stamp::{Authority, UpTo};
use record::Millis;
use record::bundle::{BundleFault, BundleReport, StampFound, Stamped, Witnessed};
use record::verify::{Fault, Replayed, Report};
use serde_json::{Value, json};

/// What was found to hold: a record, and of a bundle what lies beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Holds {
    /// The record.
    pub record: Report,
    /// Whose bundle it is in.
    pub bundle: Option<Beside>,
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
        let BundleReport { record, files, disclosed, redacted, witnessed, stamped } = found;
        Holds { record, bundle: Some(Beside { files, disclosed, redacted, witnessed, stamped }) }
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
        beyond_the_witnesses(holds),
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
    said.extend(holds.bundle.iter().flat_map(|beside| beyond_the_stamps(&beside.stamped, holds.record.size)));
    if !pinned {
        said.insert(
            0,
            "That this is the log's key: the log itself says so. Give the key that was noted at the founding."
                .to_owned(),
        );
    }
    said
}

/// What nobody outside has seen.
fn beyond_the_witnesses(holds: &Holds) -> String {
    let witnessed = holds.bundle.as_ref().map(|beside| &beside.witnessed);
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
        false => "the bundle's own policy, which the production wrote",
    };
    format!(
        "That the witnesses stand apart from the production: {whose} says who they are. Ask them for their keys. What \
         came after entry {} no witness has seen.",
        witnessed.standing.checkpoint.size.saturating_sub(1)
    )
}

/// What a time stamp rests on.
fn beyond_the_stamps(stamped: &Stamped, size: u64) -> Vec<String> {
    let best = stamped.best().filter(|best| best.counts());
    let Some((best, authority)) = best.and_then(|best| Some((best, best.authority.as_ref()?))) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if authority.up_to == UpTo::Itself {
        said.push(
            "That the time stamp is by an authority that stands apart from the production: its signature was checked with \
             the certificate that it brings along, and anybody can make one. Take the authority's own certificate from the \
             authority, and give it with --tsa-root."
                .to_owned(),
        );
    }
    said.push(format!(
        "That the certificate of the stamping authority was never revoked, and that nobody came by its key later: it ends at \
         {}. A newer stamp before then holds for longer.",
        moment(Millis(authority.valid_until_ms))
    ));
    if best.size < size {
        said.push(format!(
            "Since when what came after entry {} is there: no stamp covers it.",
            best.size.saturating_sub(1)
        ));
    }
    said
}

/// A moment in universal time.
fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| format!("{} ms", at.0), |it| it.to_string())
}

/// One level of what is proven, and what it says of this record.
struct Said {
    level: &'static str,
    sentence: String,
}

/// What is proven, level by level.
fn proven(holds: &Holds, pinned: bool) -> Vec<Said> {
    let Report { signatures, size, root, .. } = &holds.record;
    let whose = if pinned { "the key that you gave" } else { "the key that the log names" };
    let signed = format!("{signatures} intents, each with the key of its device; the checkpoint with {whose}.");
    let included = format!("All {size} entries are in the tree that the checkpoint was signed over, root {root}.");
    let mut said = vec![Said { level: "SIGNED", sentence: signed }, Said { level: "INCLUDED", sentence: included }];
    said.extend(holds.bundle.iter().flat_map(|beside| said_beside(beside, *size)));
    said.push(said_of_replay(&holds.record));
    said
}

/// What a bundle proves beside what the record in it does.
fn said_beside(beside: &Beside, size: u64) -> [Said; 4] {
    let Beside { files, disclosed, redacted, witnessed, stamped } = beside;
    let complete = format!(
        "[0, {size}): no entry up to the checkpoint is missing, and all {files} files are those that the log's key signed for."
    );
    let texts = format!("{redacted} texts are kept back; {disclosed} are disclosed, each as the record has it.");
    let level = if witnessed.holds() { "WITNESSED" } else { "NOT WITNESSED" };
    [
        Said { level: "COMPLETE", sentence: complete },
        Said { level, sentence: said_of_witnesses(witnessed, size) },
        said_of_stamps(stamped, size),
        Said { level: "REDACTED", sentence: texts },
    ]
}

/// How many of the witnesses have countersigned, who, when, and up to where.
fn said_of_witnesses(witnessed: &Witnessed, size: u64) -> String {
    let Standing { checkpoint, seen_by, witnesses, quorum_met } = &witnessed.standing;
    if *witnesses == 0 {
        return "0 of 0: no witness is named.".to_owned();
    }
    let mut text = format!("{} of {witnesses}", seen_by.len());
    for seen in seen_by {
        let at = i64::try_from(seen.seconds).unwrap_or(i64::MAX).saturating_mul(1_000);
        text.push_str(&format!("; {} at {}", printable(&seen.name), moment(Millis(at))));
    }
    if !seen_by.is_empty() {
        text.push_str(&format!(", entries [0, {}) of {size}", checkpoint.size));
    }
    if !quorum_met {
        text.push_str("; the policy asks for more");
    }
    text.push('.');
    text
}

/// By when the record was there, as an authority for time stamps says.
fn said_of_stamps(stamped: &Stamped, size: u64) -> Said {
    let count = stamped.all.len();
    let Some(best) = stamped.best() else {
        return Said { level: "NOT STAMPED", sentence: "no time stamp lies in it.".to_owned() };
    };
    let StampFound { size: covered, not_after_ms, authority } = best;
    let when = format!("<= {}, entries [0, {covered}) of {size}", moment(Millis(*not_after_ms)));
    let of_all = if count == 1 { String::new() } else { format!("; {count} time stamps in all") };
    let Some(Authority { name, up_to, .. }) = authority else {
        let sentence = format!(
            "{when}: it is over that checkpoint, and signed in a way that is not checked here{of_all}. README.txt says how to \
             check it with openssl."
        );
        return Said { level: "STAMP FOUND, NOT CHECKED", sentence };
    };
    let name = printable(name);
    let checked = match up_to {
        UpTo::Trusted(root) => format!("checked up to the certificate that you gave, {}", printable(root)),
        UpTo::Itself => "checked with the certificate that it brings along".to_owned(),
        UpTo::Elsewhere => {
            let sentence = format!("{when}, by {name}, which does not lead to a certificate that you gave{of_all}.");
            return Said { level: "NOT STAMPED", sentence };
        }
    };
    Said { level: "STAMPED", sentence: format!("{when}, by {name}; {checked}{of_all}.") }
}

/// Whether the rules gave the recorded verdicts when they were run again.
fn said_of_replay(report: &Report) -> Said {
    let Replayed::NotReplayed { recorded, built_in } = report.replayed else {
        let sentence = "The rules, run again, gave every verdict as it is recorded.".to_owned();
        return Said { level: "REPLAYED", sentence };
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

/// A record that holds, for people.
#[must_use]
pub fn report_text(holds: &Holds, pinned: bool) -> String {
    let report = &holds.record;
    let lines = proven(holds, pinned).into_iter().map(|Said { level, sentence }| format!("{level:<13} {sentence}\n"));
    let lines: String = lines.collect();
    let mut text = format!(
        "{origin}\n\n\
         {lines}\n\
         The last entry was decided at {last}.\n\
         Log key: {key}\n\n\
         What this does not prove:\n",
        origin = report.origin,
        last = moment(report.last_decided_at),
        key = report.log_key,
    );
    for said in not_proven(holds, pinned) {
        text.push_str(&format!("  - {said}\n"));
    }
    text
}

/// A name out of a policy, which may hold anything, without what a terminal obeys.
fn printable(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { '�' } else { letter }).collect()
}

/// A record that holds, for programs.
#[must_use]
pub fn report_json(holds: &Holds, pinned: bool) -> Value {
    let report = &holds.record;
    let beside = holds.bundle.as_ref();
    let said = proven(holds, pinned);
    // What is redacted is no level but a fact beside them, and what is not witnessed is none at all.
    let is_level =
        |said: &&Said| !matches!(said.level, "REDACTED" | "NOT WITNESSED" | "NOT STAMPED" | "STAMP FOUND, NOT CHECKED");
    let levels: Vec<&str> = said.iter().filter(is_level).map(|said| said.level).collect();
    let said: Vec<Value> = said.iter().map(|it| json!({"level": it.level, "sentence": it.sentence})).collect();
    let bundle = beside.map(|it| {
        json!({
            "files": it.files, "complete": [0, report.size], "witnessed": witnessed_json(&it.witnessed),
            "stamps": stamps_json(&it.stamped), "disclosed": it.disclosed, "redacted": it.redacted,
        })
    });
    let rules = match report.replayed {
        Replayed::Replayed => Value::Null,
        Replayed::NotReplayed { recorded, built_in } => json!({"recorded": recorded, "built_in": built_in}),
    };
    json!({
        "verified": true,
        "levels": levels,
        "said": said,
        "bundle": bundle,
        "rules": rules,
        "compared": report.compared,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(holds, pinned),
    })
}

fn witnessed_json(witnessed: &Witnessed) -> Value {
    let Standing { checkpoint, seen_by, witnesses, quorum_met } = &witnessed.standing;
    let seen_by: Vec<Value> = seen_by.iter().map(|seen| json!({"name": seen.name, "seconds": seen.seconds})).collect();
    json!({
        "by": seen_by, "of": witnesses, "quorum_met": quorum_met, "entries": checkpoint.size,
        "by_given_policy": witnessed.by_given_policy,
    })
}

fn stamps_json(stamped: &Stamped) -> Value {
    let of = |it: &StampFound| {
        let authority = it.authority.as_ref();
        let up_to = authority.map(|it| match &it.up_to {
            UpTo::Trusted(root) => json!({"given": root}),
            UpTo::Itself => json!("itself"),
            UpTo::Elsewhere => json!("elsewhere"),
        });
        json!({
            "entries": it.size, "not_after": it.not_after_ms, "authority": authority.map(|it| &it.name),
            "certificate_until": authority.map(|it| it.valid_until_ms), "checked_up_to": up_to, "counts": it.counts(),
        })
    };
    Value::Array(stamped.all.iter().map(of).collect())
}

fn place(broken: &Broken) -> String {
    match (broken.fault.index, &broken.file) {
        (Some(index), None) => format!("Entry {index}"),
        (Some(index), Some(file)) => format!("Entry {index}, in {file},"),
        (None, Some(file)) => format!("The file {file} in the bundle"),
        (None, None) => "The record".to_owned(),
    }
}

/// A record that does not hold, for people.
#[must_use]
pub fn fault_text(broken: &Broken) -> String {
    let before = if broken.held == 0 {
        "Nothing before it was verified.".to_owned()
    } else {
        format!("The {} entries before it hold.", broken.held)
    };
    format!(
        "{} does not hold [{}]: {}.\n\
         {before} From there on the record proves nothing, and every gun counts as UNKNOWN.\n\
         Keep the file as it is, with everything beside it, and verify a copy from elsewhere.\n",
        place(broken),
        broken.fault.code,
        broken.fault.sentence
    )
}

/// A record that does not hold, for programs.
#[must_use]
pub fn fault_json(broken: &Broken) -> Value {
    let Fault { code, index, sentence } = &broken.fault;
    json!({
        "verified": false,
        "fault": {"code": code, "entry": index, "file": broken.file, "sentence": sentence},
        "entries_that_hold": broken.held,
    })
}
