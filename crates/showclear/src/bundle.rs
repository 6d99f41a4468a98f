//! `showclear bundle`: the record, or a part of it, as one file that a stranger verifies.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use record::bundle::digest_of;
use serde_json::{Value, json};
use service::LeftOut;
use service::bundle::{Bundled, Pages, Wish, bundle};

use crate::extract;
use crate::failure::{Exit, Failure, note, out};

/// The page that every bundle carries along, so that its reader needs nothing else.
pub(crate) const FORMAT_PAGE: &str = include_str!("../../../docs/log-format.md");

/// What it means that there is no bundle.
pub(crate) const NOTHING_WRITTEN: &str = "No bundle was written. The record itself is as it was.";

/// After how many entries progress is told.
const PROGRESS_EVERY: u64 = 8_192;

/// `showclear bundle FOLDER`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The folder with the production's databases and the log's key.
    pub folder: PathBuf,
    /// The file to write; `<production>-<entries>.showclear` in the current folder unless it is given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Disclose the names and other texts that the record holds as commitments.
    #[arg(long)]
    pub with_names: bool,
    /// Carry along the files, such as photographs, that the record holds as digests.
    #[arg(long)]
    pub with_attachments: bool,
    /// Write the bundle although a blind answer in it is not opened yet.
    #[arg(long)]
    pub with_closed_answers: bool,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
    /// What is to be extracted.
    #[command(flatten)]
    pub part: extract::Part,
}

impl Args {
    /// What goes along besides the record itself.
    #[must_use]
    pub const fn wish(&self) -> Wish {
        Wish { names: self.with_names, attachments: self.with_attachments, closed_answers: self.with_closed_answers }
    }
}

/// Writes the bundle.
///
/// # Errors
/// Where the folder cannot be read, the record does not hold, or the file cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let wish = args.wish();
    let mut told = 0u64;
    let mut progress = |done: u64, of: u64| {
        if done.saturating_sub(told) >= PROGRESS_EVERY {
            told = done;
            note(&format!("  {done} of {of} entries"));
        }
    };
    let verify_page = verifier::page();
    let pages = Pages { format: FORMAT_PAGE, verify: &verify_page };
    if let Some(question) = args.part.question() {
        return extract::write(args, &question, pages, &mut progress);
    }
    let bundled = bundle(&args.folder, wish, pages, &mut progress).map_err(|error| not_written(&error))?;
    let named = || PathBuf::from(format!("{}-{}.showclear", bundled.origin.production(), bundled.entries));
    let file = args.out.clone().unwrap_or_else(named);
    write_new(&file, &bundled.bytes, NOTHING_WRITTEN)?;
    tell_left_out(&bundled.left_out);
    let digest = digest_of(&bundled.bytes).to_hex();
    out(&if args.json {
        format!("{}\n", json_of(&bundled, &file, &digest))
    } else {
        text_of(&bundled, &file, &digest)
    });
    Ok(Exit::Fine)
}

/// Why nothing was written.
pub(crate) fn not_written(error: &service::ServiceError) -> Failure {
    let failure = Failure::service(error);
    Failure { means: NOTHING_WRITTEN.to_owned(), ..failure }
}

/// A file that is there already is never written over: it may be what somebody has a receipt of.
pub(crate) fn write_new(path: &Path, bytes: &[u8], means: &str) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| {
        let remedy = match error.kind() == ErrorKind::AlreadyExists {
            true => "Choose another name with --out, or move the file away.",
            false => "Look at the folder, at who may write there, and at the space that is left.",
        };
        Failure::new(
            Exit::NotReadOrWritten,
            "file/unwritable",
            format!("the file {} cannot be written: {error}", path.display()),
            means,
            remedy,
        )
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| failed(&error))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a bundle helps nobody; where it cannot be removed either, the failure names it.
        let _ = std::fs::remove_file(path);
        failed(&error)
    })
}

/// How many names go along.
pub(crate) fn names_text(disclosed: u64) -> String {
    if disclosed == 0 {
        return "Names and texts are redacted: commitments stand in their place.".to_owned();
    }
    format!("{disclosed} names and texts are disclosed in it: whoever has the file reads them.")
}

/// How many files that intents name go along: nothing where none does.
pub(crate) fn files_text(attached: u64) -> String {
    match attached {
        0 => String::new(),
        1 => "1 file that was attached goes along.\n".to_owned(),
        _ => format!("{attached} files that were attached go along.\n"),
    }
}

/// What to do with the file.
pub(crate) fn ending(digest: &str) -> String {
    format!(
        "SHA-256 {digest}\n\
         Write this number down outside the production, and verify the file with `showclear verify`, or by hand with the \
         README.txt in it.\n"
    )
}

fn text_of(bundled: &Bundled, file: &Path, digest: &str) -> String {
    format!(
        "{origin}\n\
         {entries} entries are in {file}, {bytes} bytes.\n\
         {names}\n\
         {files}{ending}",
        files = files_text(bundled.attached),
        origin = bundled.origin,
        entries = bundled.entries,
        file = file.display(),
        bytes = bundled.bytes.len(),
        names = names_text(bundled.disclosed),
        ending = ending(digest),
    )
}

fn json_of(bundled: &Bundled, file: &Path, digest: &str) -> Value {
    json!({
        "file": file.display().to_string(),
        "origin": bundled.origin.to_string(),
        "entries": bundled.entries,
        "disclosed": bundled.disclosed,
        "attached": bundled.attached,
        "bytes": bundled.bytes.len(),
        "left_out": left_out_json(&bundled.left_out),
        "sha256": digest,
    })
}

/// What others countersigned and is damaged, on the standard error stream: the file was written without it.
pub(crate) fn tell_left_out(left_out: &[LeftOut]) {
    for LeftOut { path, line } in left_out {
        let path = path.display();
        let what = line.map_or_else(|| format!("{path} is damaged"), |line| format!("{path}, line {line}, is damaged"));
        note(&format!(
            "{what}: it proves nothing any more, and was left out. Nothing of the record itself is missing. Look at the disk, and \
             ask that witness again."
        ));
    }
}

/// The same for programs.
pub(crate) fn left_out_json(left_out: &[LeftOut]) -> Vec<Value> {
    let of = |it: &LeftOut| json!({ "file": it.path.display().to_string(), "line": it.line });
    left_out.iter().map(of).collect()
}
