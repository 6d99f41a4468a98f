//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::{Exit, Failure};
use crate::{bundle, demo, fsck, history, import, labels, new_epoch, replay, rules, serve, stamp, verify, witness};

/// What `--help` says of the end of every command.
const EXIT_CODES: &str = "Exit codes:
  0  all is as it should be
  1  something was found: a verdict that was not expected, an entry that does not verify, a damaged file
  2  the command line is not one that is understood
  3  something could not be read or written
  4  a folder or a port is in use";

/// Do not say that the gun is empty: show it.
#[derive(Debug, Parser)]
#[command(name = "showclear", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a morning on an invented set, then serve the rest of the day to your browser.
    Demo(demo::Args),
    /// Enter a crew list, a rental list or a list of scenes: CSV or XLSX, as it was sent.
    Import(import::Args),
    /// Serve the production of a folder to the devices on the set.
    Serve(serve::Args),
    /// Labels that scan: as a list, as sheets to print, or as one SVG file each.
    Labels(labels::Args),
    /// Play a scenario and see what is refused, by which rule, and where the chain breaks.
    Replay(replay::Args),
    /// Print the rules: source, what enforces each, the scenarios it meets, the tests that change without it.
    Rules(rules::Args),
    /// Verify a record or a bundle: signatures, tree, and every verdict by the rules run again.
    Verify(verify::Args),
    /// Write the record, or what concerns a gun, a day or a case, as one file that a stranger verifies without us.
    Bundle(bundle::Args),
    /// Print the record as a table: as first entered, as it holds, or both.
    History(history::Args),
    /// Countersign other people's records, apart from whoever keeps them.
    Witness(witness::Args),
    /// Go on, in the open, where a record cannot be gone on with: after an old copy was put back.
    NewEpoch(new_epoch::Args),
    /// Have a time-stamping authority say since when the record is there.
    Stamp(stamp::Args),
    /// Look over the file of a log: tables, order, checkpoints.
    Fsck(fsck::Args),
}

/// Does what the command line asks for.
#[must_use]
pub fn main() -> ExitCode {
    let command = Cli::parse();
    listen_to_the_service();
    let (json, done) = match command.command {
        Command::Demo(args) => (args.json, demo::run(&args)),
        Command::Import(args) => (args.json, import::run(&args)),
        Command::Serve(args) => (args.json, serve::run(&args)),
        Command::Labels(args) => (args.json, labels::run(&args)),
        Command::Replay(args) => (args.json, replay::run(&args)),
        Command::Rules(args) => (args.json, rules::run(&args)),
        Command::Verify(args) => (args.json, verify::run(&args)),
        Command::Bundle(args) => (args.json, bundle::run(&args)),
        Command::History(args) => (args.json, history::run(&args)),
        Command::Witness(args) => (args.json, witness::run(&args)),
        Command::NewEpoch(args) => (args.json, new_epoch::run(&args)),
        Command::Stamp(args) => (args.json, stamp::run(&args)),
        Command::Fsck(args) => (args.json, fsck::run(&args)),
    };
    end(json, done).into()
}

/// What the service has to say goes to the standard error stream: what went wrong unless SHOWCLEAR_LOG
/// asks for more. No name, no text that a person wrote and no secret is ever among it.
fn listen_to_the_service() {
    let wanted = tracing_subscriber::EnvFilter::try_from_env("SHOWCLEAR_LOG");
    let filter = wanted.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let listening = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    if listening.is_err() {
        crate::failure::note("The service's messages are not shown: something else listens to them.");
    }
}

fn end(json: bool, done: Result<Exit, Failure>) -> Exit {
    done.unwrap_or_else(|failure| {
        failure.say(json);
        failure.exit
    })
}
