//! `showclear labels`: the labels of a production as a list, as sheets to print, or one file a label.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use kernel::evolve;
use record::bundle::Trust;
use record::entry::Entry;
use record::label::{Label, LabelKind, production_tag};
use record::{Id, State};
use serde_json::{Value, json};
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{Store, StoreError};
use web::labels::{Item, NoSymbol, Paper, document, items, sheets, svg};

use crate::failure::{Exit, Failure, note, out};
use crate::verify::verify;

/// How many entries are read at a time.
const BATCH: u64 = 512;

/// `showclear labels --folder FOLDER`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The folder with the production's databases. Nothing in it is changed.
    #[arg(long)]
    folder: PathBuf,
    /// Only labels of this kind.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only this label, as it is printed or as it was typed; more than once for more labels.
    #[arg(long, value_name = "CODE", value_parser = parse_code)]
    only: Vec<Label>,
    /// What the sheets are printed on.
    #[arg(long, value_enum, default_value = "a4")]
    paper: PaperName,
    /// Write the sheets to this file, to be printed from a browser at 100 %.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write one SVG file for each label to this directory, which is made where it is not there yet.
    #[arg(long, value_name = "DIRECTORY")]
    svg: Option<PathBuf>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// What a label is fixed to.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    Gun,
    Person,
    Lot,
    Place,
}

impl Kind {
    const fn of_label(self) -> LabelKind {
        match self {
            Kind::Gun => LabelKind::Gun,
            Kind::Person => LabelKind::Person,
            Kind::Lot => LabelKind::Lot,
            Kind::Place => LabelKind::Place,
        }
    }
}

/// What the sheets are printed on.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum PaperName {
    A4,
    Letter,
}

impl PaperName {
    const fn paper(self) -> Paper {
        match self {
            PaperName::A4 => Paper::A4,
            PaperName::Letter => Paper::Letter,
        }
    }
}

fn parse_code(text: &str) -> Result<Label, String> {
    record::label::parse(text).map_err(|error| error.to_string())
}

/// Lists or writes the labels.
///
/// # Errors
/// Where the folder cannot be read or does not verify, a label is not on its register, or a file cannot be written
/// or is there already.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let register = Register::read(&args.folder)?;
    let wanted = wanted(&register, args)?;
    let paper = args.paper.paper();
    let written = files(&wanted, args, paper, &register.title);
    write_new(&written)?;
    let sheets = args.html.as_ref().map(|_| sheets(&wanted, paper, &register.title).len());
    let said = if args.json {
        format!("{}\n", json_of(&wanted, args, paper, sheets))
    } else if written.is_empty() {
        list(&wanted)
    } else {
        summary(&wanted, args, paper, sheets)
    };
    out(&said);
    Ok(Exit::Fine)
}

/// What is on a production's register, under which names.
struct Register {
    production: Id,
    title: String,
    items: Vec<Item>,
}

impl Register {
    /// Reads the folder and changes nothing in it. What does not verify gets no labels: they would be glued to things.
    fn read(folder: &Path) -> Result<Register, Failure> {
        let log = folder.join("log.db");
        let verified = verify(&log, &Trust::default(), &mut |done, of| note(&format!("  {done} of {of} entries")));
        let record = verified.map_err(in_use)?.map(|holds| holds.record).map_err(|broken| {
            let sentence = format!("the record does not hold after {} entries: {}", broken.held, broken.fault.sentence);
            Failure::new(
                Exit::Findings,
                broken.fault.code,
                sentence,
                "What is on its register is in doubt. No label was made.",
                "Run `showclear verify` on the folder's log.db, and keep the folder as it is.",
            )
        })?;
        let production = record.origin.production();
        let failed = |error: StoreError| in_use(Failure::store(&error));
        let state = state(&log, &record.origin).map_err(failed)?;
        let names = names(&folder.join("office.db")).map_err(failed)?;
        let title = names.get(&production).cloned().unwrap_or_else(|| production_tag(production));
        let items = items(&state, production, &|id| called(&state, &names, id)).map_err(|error| no_symbol(&error))?;
        Ok(Register { production, title, items })
    }
}

/// The state as of the last entry. The record was verified before.
fn state(log: &Path, origin: &record::Origin) -> Result<State, StoreError> {
    let mut store = SqliteStore::open_read_only(log)?;
    let size = store.size()?;
    let mut state = State::default();
    let mut next = 0u64;
    while next < size {
        let entries = store.entries(next, BATCH)?;
        if entries.is_empty() {
            break;
        }
        for bytes in entries {
            next = next.saturating_add(1);
            let entry = Entry::decode(&bytes, origin)
                .map_err(|error| StoreError::Damaged { path: log.to_owned(), detail: error.to_string() })?;
            entry.events().iter().for_each(|event| evolve(&mut state, event));
        }
    }
    Ok(state)
}

/// The names of the office. The record holds without them; a copy of a log may come alone.
fn names(office: &Path) -> Result<BTreeMap<Id, String>, StoreError> {
    match Office::open_read_only(office) {
        Ok(mut office) => Ok(office.names()?.into_iter().map(|(id, name)| (Id::from_bytes(id), name)).collect()),
        Err(StoreError::NotFound { .. }) => {
            note("There is no office.db beside the record: the labels say what a thing is and not what it is called.");
            Ok(BTreeMap::new())
        }
        Err(error) => Err(error),
    }
}

/// The name, or what the thing is with the last four digits of its id, as the pages say it.
fn called(state: &State, names: &BTreeMap<Id, String>, id: Id) -> String {
    names.get(&id).cloned().unwrap_or_else(|| {
        let what = if state.people.contains_key(&id) {
            LabelKind::Person
        } else if state.guns.contains_key(&id) {
            LabelKind::Gun
        } else if state.lots.contains_key(&id) {
            LabelKind::Lot
        } else {
            LabelKind::Place
        };
        let text = id.to_string();
        let (_, tail) = text.split_at(text.len().saturating_sub(4));
        format!("{} {tail}", what.word())
    })
}

/// A folder that is served has a page for the same.
fn in_use(failure: Failure) -> Failure {
    if failure.exit != Exit::InUse {
        return failure;
    }
    Failure {
        means: "The production is being served or checked. No label was made.".to_owned(),
        remedy: "Print the labels from its page /labels in a browser, or end what uses the folder and run this again."
            .to_owned(),
        ..failure
    }
}

fn no_symbol(error: &NoSymbol) -> Failure {
    Failure::new(
        Exit::Findings,
        "labels/no-symbol",
        format!("the code {} cannot be made into a symbol", error.code),
        "No label was made.",
        "Report this with the version of Showclear: no record should lead here.",
    )
}

/// What was asked for, in the register's order.
fn wanted(register: &Register, args: &Args) -> Result<Vec<Item>, Failure> {
    for label in &args.only {
        check_asked(register, label)?;
    }
    let kind = args.kind.map(Kind::of_label);
    let asked = |item: &&Item| args.only.is_empty() || args.only.iter().any(|label| label.text == item.code);
    let items = register.items.iter().filter(|item| kind.is_none_or(|kind| item.kind == kind)).filter(asked);
    Ok(items.cloned().collect())
}

fn check_asked(register: &Register, label: &Label) -> Result<(), Failure> {
    if register.items.iter().any(|item| item.code == label.text) {
        return Ok(());
    }
    let own = production_tag(register.production);
    let happened = if label.production == own {
        format!("nothing on the register has the label {}", label.text)
    } else {
        format!("{} is a label of another production: those of this one begin with {own}", label.text)
    };
    Err(Failure::new(
        Exit::Usage,
        if label.production == own { "labels/unknown" } else { "labels/other-production" },
        happened,
        "No label was made.",
        "Look at the code again; `showclear labels --folder FOLDER` lists every one.",
    ))
}

/// What is to be written, and where.
fn files(items: &[Item], args: &Args, paper: Paper, title: &str) -> Vec<(PathBuf, String)> {
    let html = args.html.iter().map(|path| (path.clone(), document(items, paper, title)));
    let drawings = args
        .svg
        .iter()
        .flat_map(|directory| items.iter().map(move |item| (directory.join(format!("{}.svg", item.code)), svg(item))));
    html.chain(drawings).collect()
}

/// Writes every file or none: what is there already stays as it is, and what was begun is taken away again.
fn write_new(files: &[(PathBuf, String)]) -> Result<(), Failure> {
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(there_already(path));
    }
    let mut written: Vec<&Path> = Vec::new();
    for (path, text) in files {
        if let Err(error) = write_one(path, text, &mut written) {
            for begun in written {
                let _ = std::fs::remove_file(begun);
            }
            return Err(not_written(path, &error));
        }
    }
    Ok(())
}

fn write_one<'a>(path: &'a Path, text: &str, written: &mut Vec<&'a Path>) -> std::io::Result<()> {
    if let Some(directory) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(directory)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    written.push(path);
    file.write_all(text.as_bytes())
}

fn there_already(path: &Path) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "labels/exists",
        format!("{} is there already", path.display()),
        "Nothing was written, and the file is as it was.",
        "Give another name, or take the old file away first.",
    )
}

fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::AlreadyExists {
        return there_already(path);
    }
    Failure::new(
        Exit::NotReadOrWritten,
        "labels/not-written",
        format!("{} cannot be written: {error}", path.display()),
        "No label was left behind.",
        "Look at the directory, at who may write to it, and at the space that is left.",
    )
}

fn list(items: &[Item]) -> String {
    if items.is_empty() {
        note("Nothing of this is on the register.");
    }
    let line = |item: &Item| {
        let what = if item.what.is_empty() { String::new() } else { format!(" ({})", item.what) };
        format!("{}  {:<6}  {}{what}\n", item.code, item.kind.word(), item.name)
    };
    items.iter().map(line).collect()
}

fn summary(items: &[Item], args: &Args, paper: Paper, sheets: Option<usize>) -> String {
    let counted = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let things = counted(items.len(), "thing");
    let mut text = String::new();
    if let (Some(path), Some(sheets)) = (&args.html, sheets) {
        let labels = counted(printed(items), "label");
        let sheets = counted(sheets, "sheet");
        let paper = paper.name();
        text.push_str(&format!("{labels} of {things} on {sheets} of {paper}: {}. ", path.display()));
        text.push_str("Print it from a browser at 100 %, without headers and footers.\n");
    }
    if let Some(directory) = &args.svg {
        let files = counted(items.len(), "file");
        text.push_str(&format!("{files}, one for each label of {things}: {}.\n", directory.display()));
    }
    text
}

/// How many labels the sheets have.
fn printed(items: &[Item]) -> usize {
    items.iter().map(Item::copies).sum()
}

fn json_of(items: &[Item], args: &Args, paper: Paper, sheets: Option<usize>) -> Value {
    let labels = items.iter().map(|item| {
        json!({
            "code": item.code, "kind": item.kind.word(), "name": item.name, "what": item.what,
            "copies": item.copies(),
        })
    });
    json!({
        "labels": labels.collect::<Vec<_>>(),
        "html": args.html.as_ref().map(|path| path.display().to_string()),
        "svg": args.svg.as_ref().map(|path| path.display().to_string()),
        "paper": paper.word(),
        "sheets": sheets,
    })
}
