//! Load for a service that is going to be killed: several devices report and ask as fast as they are answered, and every
//! answer is printed before the next intent is signed.
//!
//! ```text
//! cargo run -p showclear --example load -- FOLDER
//! ```
//!
//! It founds a production in an empty folder, or goes on where the folder's record ends. It prints `ready` once all
//! devices are enrolled and then, a line an answer, `intent <id> <index> <the receipt in hexadecimal>`. It runs until it
//! is killed; `tests/it/killed.rs` does that, and then holds the record against what was printed.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use kernel::{Intent, Limits};
use record::device::{SimulatedDevice, public_of};
use record::entry::Entry;
use record::intent::{Said, Seen};
use record::{Id, Millis};
use service::{EntryView, Founding, Service, Session, Standing, SystemClock, random_bytes};

/// How many devices send at once, so that a commit takes more than one intent.
const DEVICES: u8 = 8;

const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 3_600_000, ask_tolerance: 120_000 };

type Failed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let folder = std::env::args().nth(1).ok_or("usage: load FOLDER")?;
    let folder = Path::new(&folder);
    let clock = Arc::new(SystemClock::new());
    let service = if folder.join("log.db").exists() {
        Service::open(folder, clock)?
    } else {
        Service::found(folder, &founding()?, clock)?
    };
    let notes = notes_by_key(&service)?;
    let mut first = Sender::new(&service, 0, &notes)?;
    let mut senders = Vec::new();
    for number in 1..=DEVICES {
        let mut sender = Sender::new(&service, number, &notes)?;
        if !service.view().state.devices.contains_key(&sender.device.id()) {
            first.enrol(&mut sender)?;
        }
        senders.push(sender);
    }
    print_line("ready")?;
    let threads: Vec<_> = senders.into_iter().map(|sender| std::thread::spawn(|| sender.run())).collect();
    for thread in threads {
        thread.join().map_err(|_| "a sender panicked")??;
    }
    Ok(())
}

fn founding() -> Result<Founding, Failed> {
    Ok(Founding {
        domain: "load.invalid".to_owned(),
        production_name: "Load".to_owned(),
        founder_name: "the production office".to_owned(),
        founder_public_key: public_of(secret(0))?,
        founder_pin: "2468".to_owned(),
        day: 1,
        limits: LIMITS,
    })
}

/// The secret of a device: fixed, so that the next process goes on with the same devices.
const fn secret(number: u8) -> [u8; 32] {
    [number.wrapping_add(1); 32]
}

fn print_line(line: &str) -> Result<(), Failed> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

/// Every note of the record, by the key that signed it.
fn notes_by_key(service: &Service) -> Result<BTreeMap<String, Vec<Vec<u8>>>, Failed> {
    let view = service.view();
    let mut notes: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for index in 0..view.size {
        let Some(EntryView::Open { bytes }) = view.entry(index) else { continue };
        let entry = Entry::decode(&bytes, &view.origin)?;
        if let Some(intent) = entry.intent() {
            notes.entry(intent.key_name.clone()).or_default().push(intent.note.clone());
        }
    }
    Ok(notes)
}

/// A device and who holds it.
struct Sender {
    service: Service,
    device: SimulatedDevice,
    person: Id,
}

impl Sender {
    /// A device whose chain goes on where the record has it.
    fn new(service: &Service, number: u8, notes: &BTreeMap<String, Vec<Vec<u8>>>) -> Result<Sender, Failed> {
        let mut device = SimulatedDevice::new(&service.view().origin, secret(number))?;
        let name = record::device::key_name(service.production(), device.id());
        notes.get(&name).into_iter().flatten().for_each(|note| device.recorded(note));
        Ok(Sender { service: service.clone(), device, person: service.founder() })
    }

    fn said(&self, intent: record::Intent) -> Result<Said, Failed> {
        let view = self.service.view();
        let now_ms = self.service.now_ms();
        Ok(Said {
            id: Id::at(u64::try_from(now_ms)?, random_bytes()?),
            by: Some(self.person),
            claimed_at: Millis(now_ms),
            intent,
            link: Some(self.device.next_link()),
            seen: Some(Seen { size: view.size, root: view.root }),
            names: None,
            key: None,
            digests: BTreeMap::new(),
            attachments: Vec::new(),
        })
    }

    const fn session(&self, device: Id) -> Session {
        Session { person: Some(self.person), device: Some(device), viewer: false }
    }

    /// Signs, sends, prints the answer.
    fn send(&mut self, intent: record::Intent) -> Result<Id, Failed> {
        let said = self.said(intent)?;
        let note = self.device.sign(&said)?;
        let session = self.session(self.device.id());
        let answer = self.service.submit_blocking(note.clone(), Standing::Session(session))?;
        self.device.recorded(&note);
        let receipt: String = answer.receipt.iter().map(|byte| format!("{byte:02x}")).collect();
        print_line(&format!("intent {} {} {receipt}", answer.intent, answer.index))?;
        Ok(answer.intent)
    }

    /// Lets the same person enrol another device.
    fn enrol(&mut self, other: &mut Sender) -> Result<(), Failed> {
        let invitation = self.send(Intent::InviteDevice { person: self.person })?;
        let code = self.service.issue_code(&self.session(self.device.id()), invitation)?;
        let device = other.device.id();
        let mut said = other.said(Intent::EnrolDevice { invitation, device })?;
        said.key = Some(*other.device.public());
        let note = other.device.sign(&said)?;
        self.service.enrol_blocking(note.clone(), &code, "2468")?;
        other.device.recorded(&note);
        Ok(())
    }

    /// Reports, which are recorded, and asks that are refused, which are recorded all the same.
    fn run(mut self) -> Result<(), Failed> {
        loop {
            self.send(Intent::ReportBreak)?;
            let stop = Id::at(0, random_bytes()?);
            self.send(Intent::CloseInquiry { stop })?;
        }
    }
}
