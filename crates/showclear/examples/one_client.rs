//! One client: a signed intent is sent, and answered once it is durable; then the next. It is signed before its clock starts, as on
//! a phone.
//!
//! ```text
//! cargo run --release -p showclear --example one_client -- FOLDER ENTRIES [raw]
//! ```
//!
//! With `raw` each of them is paired with 16 KiB that are appended to a file beside the record and synced, one after the other,
//! so that what else the machine does falls on both; the median of each and of their ratio is printed. Without it `ready` is
//! printed before the first and `done` behind the last: `tests/it/synced.rs` counts the sync calls between.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::{Intent, Limits};
use record::device::{SimulatedDevice, public_of};
use record::intent::Seen;
use record::{Id, Millis};
use service::{Founding, Service, Session, Standing, SystemClock, random_bytes};
// What the binary takes its memory from.
use showclear as _;

/// What a commit of the journal writes at least.
const RAW_BYTES: usize = 16_384;

const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 3_600_000, ask_tolerance: 120_000 };
const SECRET: [u8; 32] = [1; 32];

type Failed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: one_client FOLDER ENTRIES [raw]")?;
    let entries: u32 = arguments.next().ok_or("how many entries?")?.parse()?;
    let mut raw = arguments.next().map(|_| File::create(Path::new(&folder).with_extension("raw"))).transpose()?;
    let founding = Founding {
        domain: "load.invalid".to_owned(),
        production_name: "One client".to_owned(),
        founder_name: "the production office".to_owned(),
        founder_public_key: public_of(SECRET)?,
        founder_pin: "2468".to_owned(),
        day: 1,
        limits: LIMITS,
    };
    let service = Service::found(Path::new(&folder), &founding, Arc::new(SystemClock::new()))?;
    let mut device = SimulatedDevice::new(&service.view().origin, SECRET)?;
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    say("ready")?;
    for _ in 0..entries {
        let note = signed(&service, &device)?;
        let session = Session { person: Some(service.founder()), device: Some(device.id()), viewer: false };
        let begun = now();
        service.submit_blocking(note.clone(), Standing::Session(session))?;
        let answered = begun.elapsed();
        device.recorded(&note);
        if let Some(raw) = &mut raw {
            let begun = now();
            raw.write_all(&[7; RAW_BYTES])?;
            raw.sync_data()?;
            let appended = begun.elapsed();
            ratios.push(answered.as_secs_f64() / appended.as_secs_f64());
            theirs.push(appended);
            ours.push(answered);
        }
    }
    say("done")?;
    if raw.is_some() {
        say(&format!("one durable acknowledged entry, median   {:?}", median(ours)))?;
        say(&format!("16 KiB appended and synced, median       {:?}", median(theirs)))?;
        ratios.sort_by(f64::total_cmp);
        let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
        say(&format!("entry / raw, median of {entries} pairs         {middle:.2}"))?;
    }
    service.close();
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "a benchmark takes the time of what it runs")]
fn now() -> Instant {
    Instant::now()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn say(line: &str) -> Result<(), Failed> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

/// A report: it is never refused, and each is an entry and a commit of its own.
fn signed(service: &Service, device: &SimulatedDevice) -> Result<Vec<u8>, Failed> {
    let (view, now_ms, person) = (service.view(), service.now_ms(), service.founder());
    let id = Id::at(u64::try_from(now_ms)?, random_bytes()?);
    let said = device.says(id, person, Millis(now_ms), Intent::ReportBreak, Seen { size: view.size, root: view.root });
    Ok(device.sign(&said)?)
}
