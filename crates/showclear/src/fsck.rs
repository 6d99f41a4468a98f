//! `showclear fsck`: is the file of a log in order? It checks no signature and no verdict; `verify` does.

use std::path::PathBuf;

use serde_json::{Value, json};
use store::fsck::{FsckReport, fsck};

use crate::failure::{Exit, Failure, note, out};

/// `showclear fsck FILE`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The log of a production: `log.db` of its folder, or a copy of it.
    pub file: PathBuf,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// Looks the file over.
///
/// # Errors
/// Where nothing could be checked.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut told = 0u64;
    let report = fsck(&args.file, &mut |done, of| {
        if done.saturating_sub(told) >= 8_192 {
            told = done;
            note(&format!("  {done} of {of} entries"));
        }
    });
    let report = report.map_err(|error| Failure::store(&error))?;
    out(&if args.json { format!("{}\n", json_of(&report)) } else { text_of(&report) });
    Ok(if report.is_clean() { Exit::Fine } else { Exit::Findings })
}

fn text_of(report: &FsckReport) -> String {
    let mut text = format!(
        "{} entries read, {} checkpoints compared with them, root {}.\n",
        report.entries,
        report.checkpoints,
        report.root.map_or_else(|| "none".to_owned(), |root| root.to_string())
    );
    if report.is_clean() {
        text.push_str(
            "The file is in order. Signatures and verdicts were not looked at: `showclear verify` does that.\n",
        );
        return text;
    }
    for finding in &report.findings {
        text.push_str(&format!("{finding}.\n"));
    }
    if report.omitted > 0 {
        text.push_str(&format!("{} findings more are not listed.\n", report.omitted));
    }
    text.push_str(
        "The file is not as Showclear wrote it: what stands in it may not be what was recorded. Do not write to it; copy \
         it with everything beside it, and begin a new epoch from the last good copy.\n",
    );
    text
}

fn json_of(report: &FsckReport) -> Value {
    let findings = report
        .findings
        .iter()
        .map(|finding| json!({"code": finding.code.as_str(), "place": finding.place, "sentence": finding.sentence}));
    json!({
        "clean": report.is_clean(),
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "root": report.root.map(|root| root.to_string()),
        "findings": findings.collect::<Vec<_>>(),
        "omitted": report.omitted,
    })
}
