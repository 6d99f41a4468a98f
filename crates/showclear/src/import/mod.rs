//! `showclear import`: crew lists, rental lists and lists of scenes, as productions and rental houses send them.
//!
//! A list goes from bytes to rows ([`sheet`]), from rows to fields ([`headers`]), from fields to what it says of
//! people, guns, lots and scenes ([`crew`], [`rental`], [`scenes`]), and from there to what it would change
//! ([`plan`]). Only when all of it stands is anything sent ([`apply`]), signed by the desk device of whoever
//! imports ([`desk`]).

pub mod apply;
pub mod calibres;
pub mod crew;
mod delimited;
pub mod desk;
pub mod headers;
pub mod kinds;
pub mod known;
pub mod list;
pub mod plan;
pub mod rental;
mod report;
pub mod scenes;
pub mod sheet;
pub mod text;
pub mod titles;
mod workbook;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use record::device::{device_id, public_of};
use record::{Id, Intent};
use service::{Clock, Service, Session, SystemClock};

use self::apply::{Signer, judge, send};
use self::headers::Override;
use self::known::{Known, in_use};
use self::list::{Kind, List};
use self::plan::{Homes, Plan};
use self::report::{Outcome, Report};
use self::sheet::{NOTHING_ENTERED, Sheet, Wish};
use crate::failure::{Exit, Failure, note, out};

/// `showclear import crew|rental|scenes FILE --folder FOLDER`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// What the list is of.
    #[arg(value_enum, value_name = "KIND")]
    pub kind: Kind,
    /// The list: CSV or XLSX, whatever its name ends in.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder with the production's databases.
    #[arg(long)]
    pub folder: PathBuf,
    /// Show what would change, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The production day on which a crew list gives roles; the open one unless it is given.
    #[arg(long, value_name = "N")]
    pub day: Option<u32>,
    /// Which header is which field, where it is not found: --map "name=Crew member". More than once for more.
    #[arg(long, value_name = "FIELD=HEADER")]
    pub map: Vec<Override>,
    /// The sheet of a workbook; the first visible one that holds something unless it is given.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The encoding of a text, where it is not found out: windows-1252.
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// The place that guns are put in, by its name, for rows that name none.
    #[arg(long, value_name = "PLACE")]
    pub guns_in: Option<String>,
    /// The place that rounds are put in, by its name, for rows that name none.
    #[arg(long, value_name = "PLACE")]
    pub rounds_in: Option<String>,
    /// Who supplied the rounds, by his name on the register, for rows that name nobody.
    #[arg(long, value_name = "PERSON")]
    pub from: Option<String>,
    /// The key of this desk: a file outside the folder, readable for you alone.
    #[arg(long, value_name = "FILE", required_unless_present = "dry_run")]
    pub key: Option<PathBuf>,
    /// Enrol this desk first with a one-time code from a keeper of the register; it makes the key.
    #[arg(long, value_name = "CODE", conflicts_with = "dry_run", requires = "key")]
    pub enrol: Option<String>,
    /// A file that holds your PIN, or - for the standard input; without it the terminal is asked.
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

impl Args {
    fn homes(&self) -> Homes<'_> {
        let (guns_in, rounds_in) = (self.guns_in.as_deref(), self.rounds_in.as_deref());
        Homes { guns_in, rounds_in, from: self.from.as_deref() }
    }

    fn plan(&self, list: &List, known: &Known, me: Option<Id>, now_ms: i64) -> Result<Plan, Failure> {
        list.plan(known, self.day, self.homes(), me, &mut || desk::fresh_id(now_ms))
    }
}

/// Runs the command.
///
/// # Errors
/// Where the file, the folder, the key or the PIN cannot be used.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if let Some(key) = &args.key {
        desk::outside(key, &args.folder)?;
    }
    let wish = Wish { sheet: args.sheet.as_deref(), encoding: args.encoding.as_deref() };
    let sheet = sheet::read(&args.file, &wish)?;
    let list = List::of(args.kind, &sheet, &args.map)?;
    let known = Known::read(&args.folder)?;
    let secret = existing_key(args)?;
    let me = secret.map(|secret| owner(&known, secret)).transpose()?;
    let now_ms = SystemClock::new().now_ms();
    let plan = args.plan(&list, &known, me.map(|(person, _)| person), now_ms)?;
    let sound = list.faults.is_empty() && plan.conflicts.is_empty();
    let outcome = match (sound, args.dry_run) {
        (false, _) => Outcome::NotEntered(Vec::new()),
        (true, true) => match me {
            Some((person, device)) => {
                Outcome::DryRun(Some(judge(&plan.steps, &known, Signer { person, device, now_ms })?))
            }
            None => Outcome::DryRun(None),
        },
        (true, false) if plan.steps.is_empty() && args.enrol.is_none() => Outcome::Entered(0),
        (true, false) => return enter(args, &sheet, &list, known, secret),
    };
    Ok(say(args, &sheet, &list, &plan, &outcome))
}

/// The secret of the key that is there already. One that is enrolled now is made later; and nobody needs one to look.
fn existing_key(args: &Args) -> Result<Option<[u8; 32]>, Failure> {
    let key = args.key.as_deref().filter(|_| args.enrol.is_none());
    key.map(desk::read_key).transpose()
}

/// Whose desk it is, in this production.
fn owner(known: &Known, secret: [u8; 32]) -> Result<(Id, Id), Failure> {
    let device = public_of(secret).map(|public| device_id(&public));
    let enrolled = device.ok().and_then(|device| Some((known.state.devices.get(&device)?.owner, device)));
    enrolled.ok_or_else(|| {
        Failure::new(
            Exit::NotReadOrWritten,
            "import/key-unknown",
            "this desk is not enrolled for this production",
            NOTHING_ENTERED,
            "Ask a keeper of the register for a one-time code, and enrol it with another file: --enrol CODE --key FILE.",
        )
    })
}

/// Logs in, judges everything, and sends it where nothing is refused.
fn enter(args: &Args, sheet: &Sheet, list: &List, known: Known, secret: Option<[u8; 32]>) -> Result<Exit, Failure> {
    let key = args.key.as_deref().unwrap_or(Path::new(""));
    let pin = desk::pin(args.pin_file.as_deref())?;
    let opened = Service::open(&args.folder, Arc::new(SystemClock::new()));
    let service = opened.map_err(|error| in_use(Failure::service(&error)))?;
    let secret = match (&args.enrol, secret) {
        (Some(code), _) => desk::enrol(&service, key, code, &pin)?,
        (None, Some(secret)) => secret,
        (None, None) => desk::read_key(key)?,
    };
    let view = service.view();
    let known = Known { state: view.state.clone(), rules: view.rules, ..known };
    let (person, device) = owner(&known, secret)?;
    let (token, session) = service.log_in(device, person, &pin).map_err(|error| not_logged_in(&error))?;
    let now_ms = service.now_ms();
    let plan = args.plan(list, &known, Some(person), now_ms)?;
    let outcome = settle(&service, &plan, &known, (session, secret), now_ms);
    service.log_out(&token);
    service.close();
    Ok(say(args, sheet, list, &plan, &outcome?))
}

fn settle(
    service: &Service,
    plan: &Plan,
    known: &Known,
    (session, secret): (Session, [u8; 32]),
    now_ms: i64,
) -> Result<Outcome, Failure> {
    let (Some(person), Some(device)) = (session.person, session.device) else {
        return Ok(Outcome::NotEntered(Vec::new()));
    };
    let refused = judge(&plan.steps, known, Signer { person, device, now_ms })?;
    if !refused.is_empty() || !plan.conflicts.is_empty() {
        return Ok(Outcome::NotEntered(refused));
    }
    let mut device = desk::device(service, secret)?;
    note(&format!("  {} entries are signed and sent", plan.steps.len()));
    send(service, &mut device, session, &plan.steps)?;
    Ok(Outcome::Entered(plan.steps.len()))
}

fn not_logged_in(error: &service::PinError) -> Failure {
    Failure::new(Exit::NotReadOrWritten, error.code(), error.sentence(), NOTHING_ENTERED, error.remedy())
}

fn say(args: &Args, sheet: &Sheet, list: &List, plan: &Plan, outcome: &Outcome) -> Exit {
    let report = Report { file: &args.file, sheet, list, plan, outcome };
    out(&if args.json { format!("{}\n", report.json()) } else { report.text() });
    report.exit()
}

/// The intents that a list comes to in an empty register of these people, for whoever plays a set with devices of
/// its own: the demonstration.
///
/// # Errors
/// Where the list cannot be read, has a bad row, or does not go together with what is known.
pub fn steps(
    kind: Kind,
    bytes: &[u8],
    known: &Known,
    homes: Homes<'_>,
    ids: plan::Ids<'_>,
) -> Result<Vec<plan::Step>, Failure> {
    let sheet = sheet::from_bytes(bytes, &Wish::default())?;
    let list = List::of(kind, &sheet, &[])?;
    let plan = list.plan(known, None, homes, None, ids)?;
    match list.faults.iter().chain(&plan.conflicts).next() {
        None => Ok(plan.steps),
        Some(fault) => {
            let happened = format!("row {}: {}", fault.row, fault.sentence);
            Err(sheet::failure("row", happened, "Mend the row."))
        }
    }
}

/// The thing or person that an intent puts on the register, with its name.
#[must_use]
pub fn registered(step: &plan::Step) -> Option<(Id, &str)> {
    let (_, name) = step.texts.iter().find(|(path, _)| *path == "name")?;
    let id = if let Intent::AddPerson { person: id }
    | Intent::RegisterGun { gun: id, .. }
    | Intent::ReceiveLot { lot: id, .. }
    | Intent::PlanScene { scene: id, .. } = step.intent
    {
        id
    } else {
        return None;
    };
    Some((id, name))
}
