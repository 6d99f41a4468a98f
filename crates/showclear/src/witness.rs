//! `showclear witness`: countersigns other people's records, apart from whoever keeps them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proof::note::VerifyingKey;
use serde_json::{Value, json};
use service::SystemClock;
use service::witness::{Signs, Watched, Witness, WitnessFault};

use crate::failure::{Exit, Failure, out};
use crate::serve::{Bound, Ending, runtime};

/// The most bytes of a request that are read.
const MAX_REQUEST_BYTES: u64 = 65_536;

/// Countersigns records: only if nothing that this witness saw before was changed or taken away.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
    /// Print one line of JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum Task {
    /// Make a witness with a key of its own, and print the line for a production's policy.txt.
    Make {
        /// The folder of the witness.
        folder: PathBuf,
        /// The name of the key: who it is, as an address without a scheme, such as insurer.example/witness.
        #[arg(long)]
        name: String,
        /// Sign with ML-DSA-44, which holds against quantum computers and fits no picture.
        #[arg(long)]
        ml_dsa_44: bool,
    },
    /// Print the key, and what is watched.
    Show {
        /// The folder of the witness.
        folder: PathBuf,
    },
    /// Watch a log from now on. Its key should come from the production itself, in person.
    Watch {
        /// The folder of the witness.
        folder: PathBuf,
        /// The log's key, as it was noted at the founding.
        #[arg(value_name = "VKEY", value_parser = parse_key)]
        key: VerifyingKey,
    },
    /// Look at one request, out of a file or the standard input, and print the answer.
    Answer {
        /// The folder of the witness.
        folder: PathBuf,
        /// The request; `-` for the standard input.
        request: PathBuf,
    },
    /// Answer requests on the set's own network, and serve a page to do so by hand.
    Serve {
        /// The folder of the witness.
        folder: PathBuf,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1")]
        bind: String,
        /// The port; 8443 or, if it is taken, another one. 0 takes any.
        #[arg(long)]
        port: Option<u16>,
    },
}

fn parse_key(text: &str) -> Result<VerifyingKey, String> {
    text.parse().map_err(|error| format!("this is not a verifier key such as `name+1a2b3c4d+AbCd…`: {error}"))
}

/// Runs the command.
///
/// # Errors
/// Where the folder, the request or the port cannot be used. A refused request is no error but exit code 1.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    match &args.task {
        Task::Make { folder, name, ml_dsa_44 } => {
            let signs = if *ml_dsa_44 { Signs::MlDsa44 } else { Signs::Ed25519 };
            let witness = Witness::make(folder, name, signs, clock()).map_err(|fault| failed(&fault))?;
            show(&witness, args.json)
        }
        Task::Show { folder } => show(&open(folder)?, args.json),
        Task::Watch { folder, key } => {
            let witness = open(folder)?;
            witness.watch(key).map_err(|fault| failed(&fault))?;
            show(&witness, args.json)
        }
        Task::Answer { folder, request } => answer(&open(folder)?, request, args.json),
        Task::Serve { folder, bind, port } => serve(open(folder)?, bind, *port, args.json),
    }
}

fn clock() -> Arc<SystemClock> {
    Arc::new(SystemClock::new())
}

fn open(folder: &Path) -> Result<Witness, Failure> {
    Witness::open(folder, clock()).map_err(|fault| failed(&fault))
}

fn failed(fault: &WitnessFault) -> Failure {
    let exit = match fault {
        WitnessFault::Refused(_) => Exit::Findings,
        WitnessFault::InUse { .. } => Exit::InUse,
        WitnessFault::Name(_) => Exit::Usage,
        WitnessFault::File { .. }
        | WitnessFault::NotMade { .. }
        | WitnessFault::AlreadyMade { .. }
        | WitnessFault::OtherKey { .. }
        | WitnessFault::NoRandomness
        | WitnessFault::NotSigned(_) => Exit::NotReadOrWritten,
    };
    Failure::new(exit, fault.code(), fault.to_string(), "Nothing was countersigned.", fault.remedy())
}

fn show(witness: &Witness, as_json: bool) -> Result<Exit, Failure> {
    let logs = witness.logs().map_err(|fault| failed(&fault))?;
    let key = witness.key();
    if as_json {
        let logs: Vec<Value> = logs.iter().map(log_json).collect();
        out(&format!("{}\n", json!({"key": key, "logs": logs})));
        return Ok(Exit::Fine);
    }
    let mut text = format!(
        "The line for a production's policy.txt; the word after `witness` is yours to choose:\n\nwitness NAME {key}\n\n"
    );
    if logs.is_empty() {
        text.push_str("It watches nothing yet: showclear witness watch FOLDER VKEY.\n");
    }
    for log in &logs {
        text.push_str(&format!("It watches {}: {} entries seen.\n", log.key.name(), log.row.size));
    }
    out(&text);
    Ok(Exit::Fine)
}

fn log_json(log: &Watched) -> Value {
    json!({"log": log.key.name().as_str(), "key": log.key.to_string(), "entries": log.row.size, "root": log.row.root.to_string()})
}

fn answer(witness: &Witness, request: &Path, as_json: bool) -> Result<Exit, Failure> {
    let bytes = read(request).map_err(|error| Failure::unreadable(request, &error))?;
    let lines = witness.answer(&bytes).map_err(|fault| failed(&fault))?;
    let lines = String::from_utf8_lossy(&lines);
    out(&if as_json { format!("{}\n", json!({"answer": lines})) } else { lines.into_owned() });
    Ok(Exit::Fine)
}

fn read(request: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if request.as_os_str() == "-" {
        std::io::stdin().lock().take(MAX_REQUEST_BYTES).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(request)?.take(MAX_REQUEST_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn serve(witness: Witness, bind: &str, port: Option<u16>, as_json: bool) -> Result<Exit, Failure> {
    let runtime = runtime()?;
    let ending = Ending::listen(&runtime, as_json)?;
    let bound = runtime.block_on(Bound::bind(bind, port))?;
    let (base, key) = (bound.base(), witness.key());
    out(&if as_json {
        format!("{}\n", json!({"base": base, "key": key}))
    } else {
        format!(
            "This witness answers at {base}\nThe line for a production's policy.txt:\n\nwitness NAME {key} {base}\n"
        )
    });
    runtime.block_on(bound.serve(web::witness::router(witness), ending))?;
    Ok(Exit::Fine)
}
