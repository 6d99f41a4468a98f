//! `showclear-verifier [--key VKEY] [--policy TEXT] [--tsa-root PEM] [--now MS] < FILE.showclear`: one line of JSON on the standard output, as
//! `showclear verify --json` prints it, and of the file how long it is and its SHA-256; how far it is on the standard error stream,
//! `done of`. It ends with 0 where the bundle holds, with 1
//! where it does not, and with 2 where the arguments are not understood. It opens no file and knows no network.

use std::io::{Read, Write};
use std::process::ExitCode;

use proof::note::VerifyingKey;
use proof::policy::Policy;
use proof::stamp::Certificate;
use record::Millis;
use record::bundle::{Trust, digest_of};
use record::verify::Effort;
use serde_json::{Value, json};
use showclear_verifier::report::fault_json;
use showclear_verifier::{Reader, found};

/// The largest bundle that is read: 1 GiB.
const MAX_BYTES: u64 = 1_073_741_824;

/// What was asked for on the command line.
#[derive(Debug, Default)]
struct Asked {
    key: Option<VerifyingKey>,
    policy: Option<Policy>,
    tsa_roots: Vec<Certificate>,
    /// The time, in Unix milliseconds, where whoever asks has a clock and this program none.
    now: Option<Millis>,
}

impl Asked {
    fn reader(&self) -> Reader {
        let reader = Reader::now(self.key.is_some());
        Reader { now: self.now.or(reader.now), ..reader }
    }
}

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)) {
        Ok(asked) => run(&asked),
        Err(error) => {
            say(&error);
            ExitCode::from(2)
        }
    }
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Asked, Value> {
    let mut asked = Asked::default();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| not_understood("argument", &format!("{name} says nothing")))?;
        match name.as_str() {
            "--key" => {
                asked.key =
                    Some(value.trim().parse().map_err(|error| not_understood("key", &format!("the key: {error}")))?);
            }
            "--policy" => {
                let policy =
                    Policy::parse(value.as_bytes()).map_err(|error| not_understood("policy", &error.to_string()))?;
                asked.policy = Some(policy);
            }
            "--tsa-root" => {
                let roots = Certificate::read_pem(value.as_bytes());
                asked.tsa_roots = roots.map_err(|error| not_understood("tsa-root", &error.to_string()))?;
            }
            "--now" => {
                let now = value.parse().map_err(|_| not_understood("now", "the time is no number of milliseconds"))?;
                asked.now = Some(Millis(now));
            }
            _ => return Err(not_understood("argument", &format!("{name} is not known"))),
        }
    }
    Ok(asked)
}

fn not_understood(what: &str, sentence: &str) -> Value {
    json!({"error": {"code": format!("verifier/{what}"), "happened": sentence}})
}

fn run(asked: &Asked) -> ExitCode {
    let bytes = match read(std::io::stdin().lock()) {
        Ok(bytes) => bytes,
        Err(sentence) => {
            say(&not_understood("input", &sentence));
            return ExitCode::from(2);
        }
    };
    let trust = Trust { key: asked.key.as_ref(), policy: asked.policy.as_ref(), tsa_roots: &asked.tsa_roots };
    let (mut said, code) = match found(&bytes, &trust, Effort::default(), &mut |done, of| progress(done, of)) {
        Ok(held) => (held.json(asked.reader()), ExitCode::SUCCESS),
        Err(broken) => (fault_json(&broken), ExitCode::from(1)),
    };
    if let Some(fields) = said.as_object_mut() {
        fields.insert("read".to_owned(), json!({"bytes": bytes.len(), "sha256": digest_of(&bytes).to_hex()}));
    }
    say(&said);
    code
}

/// The whole input: a part of a bundle would be said to be damaged.
fn read(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES) {
        Ok(bytes)
    } else {
        Err(format!("the file is larger than the {MAX_BYTES} bytes that are read here"))
    }
}

/// Whoever closed the output does not want the rest.
fn say(value: &Value) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}

fn progress(done: u64, of: u64) {
    let _ = writeln!(std::io::stderr().lock(), "{done} {of}");
}
