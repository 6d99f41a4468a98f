//! `showclear new-epoch`: goes on, in the open, where a record cannot be gone on with.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;
use service::{Begun, Clock, SystemClock, begin_epoch};

use crate::failure::{Exit, Failure, out};

/// `showclear new-epoch FOLDER`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The folder with the production's databases and the log's key.
    pub folder: PathBuf,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// Begins the epoch.
///
/// # Errors
/// Where the folder cannot be used. It is then as it was.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let begun = begin_epoch(&args.folder, &clock).map_err(|error| {
        let failure = Failure::service(&error);
        Failure { means: "No new epoch was begun. The record is as it was.".to_owned(), ..failure }
    })?;
    out(&if args.json { format!("{}\n", json_of(&begun)) } else { text_of(&begun) });
    Ok(Exit::Fine)
}

fn json_of(begun: &Begun) -> serde_json::Value {
    json!({
        "origin": begun.origin.to_string(), "log_key": begun.log_key, "entries": begun.entries,
        "before": {"entries": begun.before, "lost_at": begun.lost_at, "kept": begun.kept},
    })
}

fn text_of(begun: &Begun) -> String {
    let Begun { origin, log_key, before, lost_at, kept, entries } = begun;
    let lost = lost_at.map_or_else(
        || "No head was found that it does not reach: nothing is known to be lost.".to_owned(),
        |at| format!("It is known to have had {at}. What is missing is lost, and the new record says so."),
    );
    format!(
        "{origin} begins with {entries} entries.\n\
         The record before has {before} entries and lies in {}, as it was. {lost}\n\
         EVERYTHING IS HELD and every gun is UNKNOWN until a named inquiry closes the stop: find each gun and every round, and \
         check them by hand first.\n\
         The log's key under its new name, which everybody outside should note on paper today: {log_key}\n\
         Witnesses watch it anew with that key. Phones go on by themselves.\n",
        kept.display()
    )
}
