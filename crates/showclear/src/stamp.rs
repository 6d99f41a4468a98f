//! `showclear stamp`: an authority for time stamps says since when the record is there.

use std::path::{Path, PathBuf};

use proof::stamp::{MAX_PEM_BYTES, MAX_STAMP_BYTES};
use serde_json::json;
use service::{StampFault, TakenStamp, stamp_request, take_stamp, take_stamp_for};

use crate::bundle::write_new;
use crate::failure::{Exit, Failure, note, out};
use crate::verify::read_small;

/// Has a time-stamping authority (RFC 3161) say since when the record is there.
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
    /// Write the request for a stamp over the newest checkpoint.
    Request {
        /// The production's folder, which nobody serves.
        folder: PathBuf,
        /// The file to write; `<production>-<entries>.tsq` in the current folder unless it is given.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Take the authority's answer, and keep it beside the record.
    Take {
        /// The production's folder, which nobody serves.
        folder: PathBuf,
        /// The answer, as the authority sent it.
        answer: PathBuf,
        /// Certificates of the authority (PEM), which go along with the stamp.
        #[arg(long, value_name = "FILE")]
        chain: Option<PathBuf>,
    },
    /// Ask an authority over plain http, and take its answer.
    Send {
        /// The production's folder, which nobody serves.
        folder: PathBuf,
        /// Where the authority is asked; it begins with http://.
        url: String,
        /// Certificates of the authority (PEM), which go along with the stamp.
        #[arg(long, value_name = "FILE")]
        chain: Option<PathBuf>,
    },
}

/// Runs the command.
///
/// # Errors
/// Where the folder or a file cannot be used, or the answer is refused.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    match &args.task {
        Task::Request { folder, out } => request(folder, out.as_deref(), args.json),
        Task::Take { folder, answer, chain } => {
            let answer = read_small(answer, MAX_STAMP_BYTES)?;
            let chain = chain.as_deref().map(|path| read_small(path, MAX_PEM_BYTES)).transpose()?;
            let taken = take_stamp(folder, &answer, chain.as_deref()).map_err(|fault| failed(&fault))?;
            said(&taken, args.json);
            Ok(Exit::Fine)
        }
        Task::Send { folder, url, chain } => {
            let chain = chain.as_deref().map(|path| read_small(path, MAX_PEM_BYTES)).transpose()?;
            said(&send(folder, url, chain.as_deref())?, args.json);
            Ok(Exit::Fine)
        }
    }
}

fn failed(fault: &StampFault) -> Failure {
    let exit = match fault {
        StampFault::Store(error) if error.code() == "store/in-use" => Exit::InUse,
        StampFault::Store(_)
        | StampFault::NotFounded { .. }
        | StampFault::File { .. }
        | StampFault::Enough { .. }
        | StampFault::NotAnswered { .. }
        | StampFault::NoRandomness => Exit::NotReadOrWritten,
        StampFault::Checkpoint { .. }
        | StampFault::Answer(_)
        | StampFault::OfNoCheckpoint
        | StampFault::OtherRequest
        | StampFault::Chain { .. } => Exit::Findings,
    };
    let means = "No stamp was kept. The record itself is as it was.";
    Failure::new(exit, fault.code(), fault.to_string(), means, fault.remedy())
}

fn request(folder: &Path, file: Option<&Path>, as_json: bool) -> Result<Exit, Failure> {
    let request = stamp_request(folder).map_err(|fault| failed(&fault))?;
    let named = || PathBuf::from(format!("{}-{}.tsq", request.origin.production(), request.size));
    let file = file.map_or_else(named, Path::to_path_buf);
    write_new(&file, &request.bytes, "No request was written. The record itself is as it was.")?;
    let shown = file.display();
    out(&if as_json {
        let origin = request.origin.to_string();
        format!("{}\n", json!({"file": shown.to_string(), "origin": origin, "entries": request.size}))
    } else {
        format!(
            "{origin}\n\
             {shown} asks for a time stamp over the checkpoint of {size} entries. Any machine with a network can send it:\n\n  \
             curl -H 'Content-Type: application/timestamp-query' --data-binary '@{shown}' AUTHORITY > ANSWER.tsr\n\n\
             Then: showclear stamp take FOLDER ANSWER.tsr --chain CERTIFICATES.pem\n",
            origin = request.origin,
            size = request.size,
        )
    });
    Ok(Exit::Fine)
}

fn send(folder: &Path, url: &str, chain: Option<&[u8]>) -> Result<TakenStamp, Failure> {
    let request = stamp_request(folder).map_err(|fault| failed(&fault))?;
    note(&format!("  asking {url}"));
    let most = u64::try_from(MAX_STAMP_BYTES).unwrap_or(u64::MAX);
    let answer = web::stamp::ask(url, &request.bytes, most, web::stamp::PATIENCE).map_err(|fault| failed(&fault))?;
    take_stamp_for(&request, folder, &answer, chain).map_err(|fault| failed(&fault))
}

fn said(taken: &TakenStamp, as_json: bool) {
    let TakenStamp { origin, size, made_ms, authority, path } = taken;
    let name = authority.as_ref().map(|it| it.name.clone());
    if as_json {
        let file = path.display().to_string();
        out(&format!(
            "{}\n",
            json!({"file": file, "origin": origin.to_string(), "entries": size, "made": made_ms, "authority": name})
        ));
        return;
    }
    let when =
        jiff::Timestamp::from_millisecond(*made_ms).map_or_else(|_| format!("{made_ms} ms"), |it| it.to_string());
    let by = name.map_or_else(
        || "Its signature is of a kind that is not checked here: check it with openssl.".to_owned(),
        |name| {
            let name: String = name.chars().map(|letter| if letter.is_control() { '�' } else { letter }).collect();
            format!("It is signed by {name}.")
        },
    );
    out(&format!(
        "{origin}\nThe checkpoint of {size} entries was stamped at {when}.\n{by}\nThe stamp lies in {} and goes into every bundle.\n",
        path.display()
    ));
}
