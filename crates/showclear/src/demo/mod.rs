//! `showclear demo`: plays a morning on an invented set, then serves the rest of the day.

mod clock;
mod day;
mod morning;
mod musket;
mod outside;
mod range;
mod set;

use std::path::{Path, PathBuf};

use record::label::LabelKind;
use serde_json::{Value, json};
use service::{Clock, SystemClock};
use web::stamp::Authorities;

use self::clock::MorningClock;
pub use self::day::Script;
use self::morning::{PARTS, PRODUCTION};
use self::set::Set;
use crate::failure::{Exit, Failure, note, out};
use crate::serve::{self, Bound, Ending};

/// Plays a morning on an invented set, then serves the rest of the day to your browser.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port; 8443 or, if it is taken, another one. 0 takes any.
    #[arg(long)]
    port: Option<u16>,
    /// Where the databases lie. Without it they lie in a folder that is removed at the end.
    #[arg(long, alias = "data")]
    folder: Option<PathBuf>,
    /// Do not remove the folder at the end.
    #[arg(long)]
    keep: bool,
    /// What is played before the rest of the day is served.
    #[arg(long, value_enum, default_value_t)]
    script: Script,
    /// One line of JSON when it serves; it then ends when its input does.
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// Where the folder or the port cannot be used.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let folder = Folder::of(args)?;
    let runtime = serve::runtime()?;
    let ending = Ending::listen(&runtime, args.json)?;
    let bound = runtime.block_on(Bound::bind("127.0.0.1", args.port))?;
    let (mut set, morning_ms) = played(&folder.path, args.script)?;
    let listing = Listing::make(&mut set, args.script, bound.port(), &folder.path, morning_ms)?;
    set.clock.catch_up();
    if args.json {
        out(&format!("{}\n", listing.json()));
    } else {
        out(&listing.text());
    }
    let service = set.service.clone();
    runtime.block_on(serve::until_told(&service, bound, PRODUCTION, Authorities::default(), ending))?;
    service.close();
    drop(set);
    Ok(Exit::Fine)
}

/// Founds the demonstration's production in an empty folder and plays its script, telling each
/// chapter on the standard error stream. Its clock is then still a minute behind. Gives the set and how
/// many milliseconds the morning took.
///
/// # Errors
/// Where the folder cannot be used, or a step did not go as the story has it.
pub fn played(folder: &Path, script: Script) -> Result<(Set, u64), Failure> {
    let clock = MorningClock::behind(script.minutes().saturating_mul(60_000));
    let [founder, ..] = &PARTS;
    // A folder that holds a production already is the founding's to refuse.
    let witness = outside::named(folder, clock.shared())?;
    let mut set = Set::found(folder, founder, PRODUCTION, clock)?;
    let (mut chapter, watch) = (0usize, SystemClock::new());
    let began_ms = watch.monotonic_ms();
    let chapters = script.chapters();
    let length = chapters.len();
    for (text, scene) in chapters {
        chapter = chapter.saturating_add(1);
        note(&format!("  {chapter:>2} of {length}  {text}"));
        scene(&mut set)?;
    }
    outside::countersigned(&set.service, &witness)?;
    let morning_ms = watch.monotonic_ms().saturating_sub(began_ms);
    let (size, seconds, tenths) = (set.service.view().size, morning_ms / 1_000, morning_ms % 1_000 / 100);
    note(&format!("  the record has {size} entries; they took {seconds}.{tenths} s"));
    Ok((set, morning_ms))
}

/// The folder of the databases; removed at the end unless it was asked for or is to be kept.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    remove: bool,
}

impl Folder {
    fn of(args: &Args) -> Result<Folder, Failure> {
        if let Some(path) = &args.folder {
            return Ok(Folder { path: path.clone(), remove: false });
        }
        let random: [u8; 8] = service::random_bytes().map_err(|error| unusable(&error))?;
        let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = std::env::temp_dir().join(format!("showclear-demo-{name}"));
        std::fs::create_dir(&path).map_err(|error| unusable(&error))?;
        Ok(Folder { path, remove: !args.keep })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.remove && std::fs::remove_dir_all(&self.path).is_err() {
            note(&format!("{} could not be removed.", self.path.display()));
        }
    }
}

fn unusable(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "demo/folder",
        format!("a folder for the demonstration could not be made: {error}"),
        "Nothing was played and nothing is served.",
        "Name a folder that can be written: showclear demo --folder DIR.",
    )
}

/// What is printed when the demonstration serves: an address for each role.
#[derive(Debug)]
struct Listing {
    port: u16,
    production: String,
    board: String,
    log: PathBuf,
    people: Vec<(&'static str, String, &'static str)>,
    guns: Vec<(&'static str, String, String)>,
    morning_ms: u64,
    script: Script,
}

impl Listing {
    fn make(set: &mut Set, script: Script, port: u16, folder: &Path, morning_ms: u64) -> Result<Listing, Failure> {
        let [founder, ..] = &PARTS;
        let mut people = Vec::new();
        for part in &PARTS {
            let (_, code) = set.invite(founder.name, part.name)?;
            people.push((part.name, format!("http://{}:{port}/enrol#{code}", host(part.name)), part.pin));
        }
        let view = set.service.view();
        let base = format!("http://{}:{port}", host("the armorer"));
        let mut guns = Vec::new();
        for name in script.guns() {
            let gun = set.thing(name)?;
            guns.push((name, view.label(LabelKind::Gun, gun), format!("{base}/guns/{gun}")));
        }
        let (key, _) = set.service.viewer_token().map_err(|error| unusable(&error))?;
        Ok(Listing {
            port,
            production: set.service.production().to_string(),
            board: format!("http://board.localhost:{port}/board?key={key}"),
            log: folder.join("log.db"),
            people,
            guns,
            morning_ms,
            script,
        })
    }

    fn json(&self) -> Value {
        let people = self.people.iter().map(|(role, url, pin)| json!({"role": role, "url": url, "pin": pin}));
        let guns = self.guns.iter().map(|(name, label, url)| json!({"name": name, "label": label, "url": url}));
        json!({
            "base": format!("http://localhost:{}", self.port),
            "board": self.board,
            "guns": guns.collect::<Vec<_>>(),
            "log": self.log,
            "morning_ms": self.morning_ms,
            "people": people.collect::<Vec<_>>(),
            "production": self.production,
        })
    }

    fn text(&self) -> String {
        let mut text = format!(
            "\nIt is mid-day on the set. The board, for a screen that everybody sees:\n\n  {}\n\n\
             Everybody has an address and a PIN. Each address opens once, makes a key in that browser, and keeps\n\
             its own log-in, so that one browser can be several people in several windows:\n\n",
            self.board
        );
        for (role, url, pin) in &self.people {
            text.push_str(&format!("  {role:<28} PIN {pin}   {url}\n"));
        }
        text.push_str("\nTry this:\n\n");
        text.push_str(match self.script {
            Script::Morning | Script::FullDay => TRY_A_SHOWING,
            Script::Blanks => TRY_BLANKS,
            Script::Range => TRY_A_RANGE,
        });
        text.push_str(&format!(
            "  7. Report it out of sight, from any window. Hold STOP on http://localhost:{}/stop, without log-in.\n\n\
             Nobody can reach this but you: it listens on this machine alone. Ctrl-C ends it.\n",
            self.port
        ));
        text
    }
}

/// What to try of a day in which a gun is shown and handed over.
const TRY_A_SHOWING: &str = "\
\x20 1. Open the board, and the armorer's and the safety officer's addresses, in three windows.
  2. As the armorer: GUN 2, take it out of its place. Offer it to the lead performer: read why not.
  3. Check it, with the safety officer as witness. Answer in both windows: neither sees the other's.
  4. The board says EMPTY, by whom, and until when. Call it to set, offer it again; take
     it as the lead performer.
  5. As the first AD: ask for the end of the scene. It waits, and says for what, and who has it.
  6. When everything is back, counted and locked away, end it. Scene 12 is planned with blanks: hold its
     meeting and open it. Or begin there: showclear demo --script blanks.
";

/// What to try of a scene in which blanks are fired.
const TRY_BLANKS: &str = "\
\x20 1. As the armorer: Day, Safety meeting. Hold it for scene 12, in the churchyard. In the windows of the first AD, the
     lead performer, the safety officer and the camera operator: I AM HERE.
  2. As the first AD: open scene 12. Plan a shot: GUN 3, BLANK, full load, 2 rounds, stand-off 8 m, a shield. Enter the
     camera operator 9 m from its muzzle, and that he was told.
  3. As the armorer: take the box BLANKS F out, and count it before firing, with the safety officer. Take GUN 3 out, look
     through its bore, load two blanks, call it to set, and check it with the safety officer.
  4. Measure its line, set the shield, enter that ears and eyes are protected; clear its line, and hand it to the lead
     performer. As the first AD: SHOT READY, then the take.
  5. Report that it fired twice. CUT. Take it back, empty it chamber by chamber, and count the brass after firing.
  6. MUSKET 1: run the rod, load one charge of CHARGES M, call it to set, and put the cap on last; check it by rod and
     cap; hand it over, fire it, take it back, and say what became of its charge.
";

/// What to try of a production that has no gun yet.
const TRY_A_RANGE: &str = "\
\x20 1. As the armorer: Register, Live rounds: a range production. Declare it, for the training of actors. Nobody has confirmed it
     yet: no live lot is offered.
  2. As the safety officer: confirm it there. Every page says RANGE: LIVE ROUNDS from now on, and it is never taken back.
  3. As the armorer: enter a gun, GUN 1, double-action, 6 chambers, on the rack. On its page: its calibre. Receive a lot, live,
     20 rounds, into the locker.
  4. Take its box out, and count it on receipt with the safety officer, in two windows.
  5. Take GUN 1 out, look through its bore, load it, and check it with the safety officer: both say LIVE. The board says LIVE, of
     which lot and how many, with a shape and a colour of its own.
  6. Give it to the lead performer, who was trained on its action; to the second performer: read why not. Open a scene: read why not.
";

/// A host of his own for each role: own cookies, own keys.
fn host(name: &str) -> String {
    let word = name.strip_prefix("the ").unwrap_or(name).replace(' ', "-").to_lowercase();
    format!("{word}.localhost")
}
