//! What a command says when it could not do its work: what happened, what it means, what to do.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

/// How a command ends. docs/commands.md lists the same.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// All is as it should be.
    Fine,
    /// Something was found that is not as it should be.
    Findings,
    /// The command line is not one that is understood.
    Usage,
    /// Something could not be read or written.
    NotReadOrWritten,
    /// Something is in use: a folder, or a port.
    InUse,
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::NotReadOrWritten => 3,
            Exit::InUse => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.number())
    }
}

/// Why a command could not do its work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// How it ends.
    pub exit: Exit,
    /// The stable code.
    pub code: String,
    /// What happened.
    pub happened: String,
    /// What it means.
    pub means: String,
    /// What to do.
    pub remedy: String,
}

impl Failure {
    /// A failure with its three sentences.
    pub fn new(
        exit: Exit,
        code: impl Into<String>,
        happened: impl Into<String>,
        means: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Failure {
        let happened = sentence(&happened.into());
        Failure { exit, code: code.into(), happened, means: means.into(), remedy: remedy.into() }
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Failure {
        Failure::new(
            Exit::NotReadOrWritten,
            "file/unreadable",
            format!("the file {} cannot be read: {error}", path.display()),
            "Nothing was played or checked.",
            "Look at the name and at who may read the file.",
        )
    }

    /// A production that cannot be served.
    #[must_use]
    pub fn service(error: &service::ServiceError) -> Failure {
        let exit = if error.code() == "store/in-use" { Exit::InUse } else { Exit::NotReadOrWritten };
        Failure::new(exit, error.code(), error.sentence(), "Nothing is served.", error.remedy())
    }

    /// A database that cannot be used.
    #[must_use]
    pub fn store(error: &store::StoreError) -> Failure {
        let exit = if error.code() == "store/in-use" { Exit::InUse } else { Exit::NotReadOrWritten };
        Failure::new(exit, error.code(), error.to_string(), error.meaning(), error.remedy())
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({"error": {
            "code": self.code, "happened": self.happened, "means": self.means, "remedy": self.remedy,
        }})
    }

    /// Says it: three sentences on the standard error stream, and with `as_json` one line of JSON on the standard
    /// output.
    pub fn say(&self, as_json: bool) {
        if as_json {
            out(&format!("{}\n", self.json()));
        }
        note(&format!("{} [{}]\n{}\n{}", self.happened, self.code, self.means, self.remedy));
    }
}

/// The text with a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut text: String =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

/// Writes data to the standard output. Whoever closed it does not want the rest.
pub fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Writes a line to the standard error stream: progress, and what went wrong.
pub fn note(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}
