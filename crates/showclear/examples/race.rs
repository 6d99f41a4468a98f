//! Sixty-four submitters, against PostgreSQL with a hash chain that a trigger makes: entries a second, durable and
//! acknowledged, in turns on the same disk.
//!
//! ```text
//! cargo run --release -p showclear --example race -- FOLDER [SECONDS] [ROUNDS]
//! ```
//!
//! It needs the programs of a PostgreSQL server (`initdb`, `pg_ctl`, `psql`, `pgbench`), which it looks for in `PG_BIN`, in
//! `PATH` and where Debian keeps them. They run in a cluster of their own in FOLDER, which must not exist yet, on a socket
//! alone; started by root, they run as the user `postgres`.
//!
//! Theirs: `pgbench` with 64 connections on prepared statements; each inserts one row and waits. A trigger takes the row
//! of the head for update, and gives the new row its number, the hash before it and its own hash over both: without that
//! lock the chain would fork. `fsync` and `synchronous_commit` are on. A row's payload is as large as one of our signed
//! intents.
//!
//! Ours: 64 threads, each with a device of its own, each submitting a signed intent to the service and waiting for the
//! receipt. On a set the intents are signed on the phones, so they are signed before the clock starts here: as many as
//! the measured time should take by the rate before. Beside it stands the rate where the same two cores, or however many
//! there are, sign as well. What the service checks, the signature of each among it, is always within the time.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kernel::{Intent, Limits};
use record::device::{SimulatedDevice, public_of};
use record::intent::Seen;
use record::{Id, Millis};
use service::{Founding, Service, Session, Standing, SystemClock, random_bytes};
// What the binary takes its memory from.
use showclear as _;

const SUBMITTERS: u8 = 64;
const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 3_600_000, ask_tolerance: 120_000 };
const PIN: &str = "2468";

const CHAIN: &str = "
CREATE TABLE head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash bytea NOT NULL);
INSERT INTO head (seq, hash) VALUES (0, sha256(''));
CREATE TABLE entry (seq bigint PRIMARY KEY, prev_hash bytea NOT NULL, payload bytea NOT NULL, hash bytea NOT NULL);
CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT seq + 1, hash INTO NEW.seq, NEW.prev_hash FROM head FOR UPDATE;
  NEW.hash := sha256(NEW.prev_hash || int8send(NEW.seq) || NEW.payload);
  UPDATE head SET seq = NEW.seq, hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION chain();
";

type Failed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: race FOLDER [SECONDS] [ROUNDS]")?);
    let seconds: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let rounds: usize = arguments.next().map_or(Ok(5), |text| text.parse())?;
    fs::create_dir(&folder)?;
    let folder = folder.canonicalize()?;
    let mut ours = Ours::begin(&folder.join("ours"))?;
    let theirs = Theirs::begin(&folder.join("theirs"), ours.note_bytes()?)?;
    let (mut ratios, mut signing) = (Vec::new(), Vec::new());
    say("        ours/s   signing too/s   theirs/s   ratio   signing too")?;
    for round in 1..=rounds {
        let both = ours.run(seconds)?;
        let (one, other) = (ours.run_signed(both, seconds)?, theirs.run(seconds)?);
        ratios.push(one / other);
        signing.push(both / other);
        say(&format!("{round:>4} {one:>9.0} {both:>15.0} {other:>10.0} {:>7.1} {:>13.1}", one / other, both / other))?;
    }
    let (middle, both) = (median(&mut ratios), median(&mut signing));
    say(&format!("ours / theirs, median of {rounds} rounds of {seconds} s each: {middle:.1}; signing too: {both:.1}"))?;
    theirs.holds()?;
    ours.service.close();
    Ok(())
}

fn median(ratios: &mut [f64]) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

fn say(line: &str) -> Result<(), Failed> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

#[allow(clippy::disallowed_methods, reason = "a benchmark takes the time of what it runs")]
fn now() -> Instant {
    Instant::now()
}

/// The service, and a device for each submitter.
struct Ours {
    service: Service,
    devices: Vec<SimulatedDevice>,
}

impl Ours {
    fn begin(folder: &Path) -> Result<Ours, Failed> {
        let founding = Founding {
            domain: "race.invalid".to_owned(),
            production_name: "Race".to_owned(),
            founder_name: "the production office".to_owned(),
            founder_public_key: public_of(secret(0))?,
            founder_pin: PIN.to_owned(),
            day: 1,
            limits: LIMITS,
        };
        let service = Service::found(folder, &founding, Arc::new(SystemClock::new()))?;
        let mut first = SimulatedDevice::new(&service.view().origin, secret(0))?;
        let mut devices = Vec::new();
        for number in 1..=SUBMITTERS {
            devices.push(enrol(&service, &mut first, number)?);
        }
        Ok(Ours { service, devices })
    }

    /// How large a signed intent is.
    fn note_bytes(&self) -> Result<usize, Failed> {
        let device = self.devices.first().ok_or("no device")?;
        Ok(signed(&self.service, device, Intent::ReportBreak, None)?.1.len())
    }

    /// Entries a second, of intents that were signed before: so many that they should last `seconds` at `rate` a second.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate is no larger than a count")]
    fn run_signed(&mut self, rate: f64, seconds: u64) -> Result<f64, Failed> {
        let share = rate * f64::from(u32::try_from(seconds)?) / f64::from(SUBMITTERS);
        let each = (share as usize).saturating_add(1);
        let service = &self.service;
        let mut notes = Vec::new();
        for device in &mut self.devices {
            let session = session(service, device);
            let sign = |_| {
                let (_, note) = signed(service, device, Intent::ReportBreak, None)?;
                device.recorded(&note);
                Ok::<_, Failed>(note)
            };
            notes.push((session, (0..each).map(sign).collect::<Result<Vec<_>, _>>()?));
        }
        let begun = now();
        std::thread::scope(|scope| {
            let submit = |(session, notes): (Session, Vec<Vec<u8>>)| {
                notes.into_iter().try_for_each(|note| {
                    service.submit_blocking(note, Standing::Session(session)).map(drop).map_err(Failed::from)
                })
            };
            let threads: Vec<_> = notes.into_iter().map(|it| scope.spawn(move || submit(it))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a submitter panicked")?)
        })?;
        let done = each.saturating_mul(self.devices.len());
        Ok(f64::from(u32::try_from(done)?) / begun.elapsed().as_secs_f64())
    }

    /// Entries a second, where the submitters sign as they go.
    fn run(&mut self, seconds: u64) -> Result<f64, Failed> {
        let (service, stop, done) = (&self.service, &AtomicBool::new(false), &AtomicU64::new(0));
        let begun = now();
        std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .devices
                .iter_mut()
                .map(|device| {
                    scope.spawn(move || {
                        while !stop.load(Ordering::Relaxed) {
                            send(service, device, Intent::ReportBreak)?;
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                        Ok::<(), Failed>(())
                    })
                })
                .collect();
            while begun.elapsed() < Duration::from_secs(seconds) {
                std::thread::park_timeout(Duration::from_millis(20));
            }
            stop.store(true, Ordering::Relaxed);
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a submitter panicked")?)
        })?;
        Ok(f64::from(u32::try_from(done.load(Ordering::Relaxed))?) / begun.elapsed().as_secs_f64())
    }
}

const fn secret(number: u8) -> [u8; 32] {
    [number.wrapping_add(1); 32]
}

/// What a device says next, and its note. A device that is not enrolled yet brings its key.
fn signed(
    service: &Service,
    device: &SimulatedDevice,
    intent: record::Intent,
    key: Option<[u8; 32]>,
) -> Result<(Id, Vec<u8>), Failed> {
    let (view, now_ms) = (service.view(), service.now_ms());
    let id = Id::at(u64::try_from(now_ms)?, random_bytes()?);
    let seen = Seen { size: view.size, root: view.root };
    let mut said = device.says(id, service.founder(), Millis(now_ms), intent, seen);
    said.key = key;
    Ok((id, device.sign(&said)?))
}

fn session(service: &Service, device: &SimulatedDevice) -> Session {
    Session { person: Some(service.founder()), device: Some(device.id()), viewer: false }
}

/// Signs, submits, and waits for the receipt.
fn send(service: &Service, device: &mut SimulatedDevice, intent: record::Intent) -> Result<Id, Failed> {
    let (id, note) = signed(service, device, intent, None)?;
    service.submit_blocking(note.clone(), Standing::Session(session(service, device)))?;
    device.recorded(&note);
    Ok(id)
}

/// Another device of the same person.
fn enrol(service: &Service, first: &mut SimulatedDevice, number: u8) -> Result<SimulatedDevice, Failed> {
    let mut device = SimulatedDevice::new(&service.view().origin, secret(number))?;
    let invitation = send(service, first, Intent::InviteDevice { person: service.founder() })?;
    let code = service.issue_code(&session(service, first), invitation)?;
    let intent = Intent::EnrolDevice { invitation, device: device.id() };
    let (_, note) = signed(service, &device, intent, Some(*device.public()))?;
    service.enrol_blocking(note.clone(), &code, PIN)?;
    device.recorded(&note);
    Ok(device)
}

/// PostgreSQL with the chain, stopped when it is dropped.
struct Theirs {
    programs: PathBuf,
    cluster: PathBuf,
    script: PathBuf,
}

impl Theirs {
    fn begin(folder: &Path, payload: usize) -> Result<Theirs, Failed> {
        fs::create_dir(folder)?;
        let theirs =
            Theirs { programs: programs()?, cluster: folder.join("cluster"), script: folder.join("insert.sql") };
        fs::write(&theirs.script, format!("INSERT INTO entry (payload) VALUES ('\\x{}');\n", "5a".repeat(payload)))?;
        if is_root()? {
            run(Command::new("chown").args(["-R", "postgres"]).arg(folder))?;
        }
        let cluster = theirs.cluster.to_str().ok_or("the folder's name is not text")?;
        let socket = folder.to_str().ok_or("the folder's name is not text")?;
        run(&mut theirs.program("initdb", &["--auth=trust", "--username=postgres", "-D", cluster])?)?;
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{socket}' -c max_connections=100");
        let log = folder.join("server.log");
        let log = log.to_str().ok_or("the folder's name is not text")?;
        run(&mut theirs.program("pg_ctl", &["-w", "-D", cluster, "-l", log, "-o", &options, "start"])?)?;
        theirs.ask(CHAIN)?;
        say(&format!("PostgreSQL: {}", theirs.ask("SHOW server_version")?))?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            say(&format!("  {setting} {}", theirs.ask(&format!("SHOW {setting}"))?))?;
        }
        say(&format!("a payload of {payload} bytes, {SUBMITTERS} submitters"))?;
        Ok(theirs)
    }

    /// Rows a second.
    fn run(&self, seconds: u64) -> Result<f64, Failed> {
        let (clients, seconds) = (SUBMITTERS.to_string(), seconds.to_string());
        let script = self.script.to_str().ok_or("the folder's name is not text")?;
        let mut arguments = self.address()?;
        arguments.extend(["-n", "-M", "prepared", "-c", &clients, "-j", "2", "-T", &seconds, "-f", script, "postgres"]);
        let said = run(&mut self.program("pgbench", &arguments)?)?;
        let line = said.lines().find_map(|line| line.strip_prefix("tps = ")).ok_or("pgbench says no rate")?;
        Ok(line.split(' ').next().unwrap_or_default().parse()?)
    }

    /// Every row has the hash of the one before it: the chain did not fork.
    fn holds(&self) -> Result<(), Failed> {
        let broken = "SELECT count(*) FROM entry a JOIN entry b ON b.seq = a.seq + 1 WHERE b.prev_hash <> a.hash";
        match self.ask(broken)?.as_str() {
            "0" => Ok(()),
            forks => Err(format!("the chain of PostgreSQL is broken in {forks} places").into()),
        }
    }

    fn ask(&self, sql: &str) -> Result<String, Failed> {
        let mut arguments = self.address()?;
        arguments.extend(["-v", "ON_ERROR_STOP=1", "-q", "-A", "-t", "-d", "postgres", "-c", sql]);
        Ok(run(&mut self.program("psql", &arguments)?)?.trim().to_owned())
    }

    fn address(&self) -> Result<Vec<&str>, Failed> {
        let socket = self.cluster.parent().and_then(Path::to_str).ok_or("the folder's name is not text")?;
        Ok(vec!["-h", socket, "-U", "postgres"])
    }

    /// One of the programs, as a user under whom the server starts.
    fn program(&self, name: &str, arguments: &[&str]) -> Result<Command, Failed> {
        let path = self.programs.join(name);
        let mut command = if is_root()? {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.args(arguments).current_dir("/");
        Ok(command)
    }
}

impl Drop for Theirs {
    fn drop(&mut self) {
        let cluster = self.cluster.to_string_lossy().into_owned();
        let stopped =
            self.program("pg_ctl", &["-D", &cluster, "-m", "fast", "-w", "stop"]).and_then(|mut it| run(&mut it));
        if let Err(error) = stopped {
            let _ = say(&format!("PostgreSQL in {cluster} was not stopped: {error}"));
        }
    }
}

/// Where all of the programs lie.
fn programs() -> Result<PathBuf, Failed> {
    let mut places: Vec<PathBuf> = std::env::var_os("PG_BIN").into_iter().map(PathBuf::from).collect();
    places.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    places.extend(versions.map(|version| version.path().join("bin")));
    let all = ["initdb", "pg_ctl", "psql", "pgbench"];
    let found = places.into_iter().find(|place| all.iter().all(|name| place.join(name).exists()));
    Ok(found.ok_or("no PostgreSQL: install a server, or say in PG_BIN where its programs are")?)
}

fn is_root() -> Result<bool, Failed> {
    Ok(run(Command::new("id").arg("-u"))?.trim() == "0")
}

/// What a program says that ends well.
fn run(command: &mut Command) -> Result<String, Failed> {
    // A server that goes on would keep a pipe open: its words go to its log.
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}
