//! `showclear serve`: serves the production of a folder, and founds one.

use std::io::{ErrorKind, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{Intent, Limits};
use record::Millis;
use record::device::{SimulatedDevice, public_of};
use record::intent::Seen;
use serde_json::json;
use service::{Founding, Service, Session, Standing, SystemClock, random_bytes};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use web::stamp::{Authorities, MAX_AUTHORITIES, Pauses, is_authority};

use crate::failure::{Exit, Failure, note, out};
use crate::verify::read_certificates;

/// The limits that a production adopts unless it chooses others: a showing is due again after five
/// minutes, the match of a copy after three and a half hours; an ask may be two minutes old.
pub const LIMITS: Limits = Limits { showing_life: 300_000, identity_life: 12_600_000, ask_tolerance: 120_000 };

/// The port that is tried first.
const PORT: u16 = 8443;

/// Serves the production of a folder to the devices on the set.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder with the production's databases and key.
    #[arg(long)]
    folder: PathBuf,
    /// The address to listen on. Browsers sign only on `localhost` or behind https.
    #[arg(long, default_value = "127.0.0.1")]
    bind: String,
    /// The port; 8443 or, if it is taken, another one. 0 takes any.
    #[arg(long)]
    port: Option<u16>,
    /// Found a production with this name in the folder first.
    #[arg(long, value_name = "NAME")]
    found: Option<String>,
    /// The domain under which a founded production's log is named.
    #[arg(long, default_value = "localhost", requires = "found")]
    domain: String,
    /// The founder's PIN, 4 to 8 digits: he is the production office, and enters everybody else.
    #[arg(long, requires = "found")]
    pin: Option<String>,
    /// Keep the newest head in this folder too, from now on: a stick, a share, another disk. More than once for more.
    #[arg(long, value_name = "FOLDER")]
    head_medium: Vec<PathBuf>,
    /// Ask this authority for a time stamp after each wrap, again until there is one. Its address begins with http://.
    /// More than once for more.
    #[arg(long, value_name = "URL")]
    stamp_authority: Vec<String>,
    /// Certificates of these authorities (PEM), which go along with the stamps.
    #[arg(long, value_name = "FILE", requires = "stamp_authority")]
    stamp_chain: Option<PathBuf>,
    /// One line of JSON when it serves; it then ends when its input does.
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// Where the folder or the port cannot be used.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let authorities = authorities(args)?;
    let runtime = runtime()?;
    let ending = Ending::listen(&runtime, args.json)?;
    let bound = runtime.block_on(Bound::bind(&args.bind, args.port))?;
    for medium in &args.head_medium {
        service::add_head_medium(&args.folder, medium).map_err(|error| Failure::service(&error))?;
    }
    let (service, code) = match &args.found {
        Some(name) => found(args, name)?,
        None => (open(args)?, None),
    };
    let base = bound.base();
    let (key, _) = service.viewer_token().map_err(|error| office(&error))?;
    let board = format!("{base}/board?key={key}");
    let enrol = code.map(|code| format!("{base}/enrol#{code}"));
    if args.json {
        out(&format!(
            "{}\n",
            json!({
                "base": base, "board": board, "enrol": enrol, "log_key": service.log_key().to_string(), "origin": service.origin(),
            })
        ));
    } else {
        out(&format!("{} is served at {base}\nthe board: {board}\n", service.origin()));
        if args.found.is_some() {
            out(&format!("the log's key, which everybody outside should note on paper today: {}\n", service.log_key()));
        }
        if let Some(enrol) = enrol {
            out(&format!("the production office enrols its first browser here, once: {enrol}\n"));
        }
    }
    let title = service.view().name(service.production());
    runtime.block_on(until_told(&service, bound, &title, authorities, ending))?;
    service.close();
    Ok(Exit::Fine)
}

/// The authorities that are asked after each wrap. What is wrong with them is said before anything is served.
fn authorities(args: &Args) -> Result<Authorities, Failure> {
    let unusable = |happened: String| {
        let remedy = "Give at most 4 addresses that begin with http://, without a name or password in them; for https use \
                      `showclear stamp request` and curl.";
        Failure::new(Exit::Usage, "serve/stamp-authority", happened, "Nothing is served.", remedy)
    };
    let urls = args.stamp_authority.clone();
    if urls.len() > MAX_AUTHORITIES {
        return Err(unusable(format!("{} authorities for time stamps are too many", urls.len())));
    }
    for (at, url) in urls.iter().enumerate() {
        if !is_authority(url) {
            return Err(unusable("an address of an authority for time stamps cannot be used".to_owned()));
        }
        if urls.iter().take(at).any(|before| before == url) {
            return Err(unusable("an authority for time stamps is named twice".to_owned()));
        }
    }
    let chain = args.stamp_chain.as_deref().map(read_chain).transpose()?;
    Ok(Authorities { urls, chain, pauses: Pauses::default() })
}

fn read_chain(path: &Path) -> Result<Vec<u8>, Failure> {
    let remedy = "Take the authorities' certificates from the authorities, as PEM, or leave --stamp-chain out.";
    Ok(read_certificates(path, "Nothing is served.", remedy)?.0)
}

fn open(args: &Args) -> Result<Service, Failure> {
    Service::open(&args.folder, Arc::new(SystemClock::new())).map_err(|error| Failure::service(&error))
}

/// Founds a production. The founding device lives for this one invitation: it lets the founder's own
/// browser in and is forgotten, so that no key of a person stays on the server.
fn found(args: &Args, name: &str) -> Result<(Service, Option<String>), Failure> {
    let secret: [u8; 32] = random_bytes().map_err(|error| office(&error))?;
    let founding = Founding {
        domain: args.domain.clone(),
        production_name: name.to_owned(),
        founder_name: "the production office".to_owned(),
        founder_public_key: public_of(secret).map_err(|error| office(&error))?,
        founder_pin: args.pin.clone().ok_or_else(no_pin)?,
        day: 1,
        limits: LIMITS,
    };
    let clock = Arc::new(SystemClock::new());
    let service = Service::found(&args.folder, &founding, clock).map_err(|error| Failure::service(&error))?;
    let view = service.view();
    let device = SimulatedDevice::new(&view.origin, secret).map_err(|error| office(&error))?;
    let person = service.founder();
    let now_ms = service.now_ms();
    let random = random_bytes().map_err(|error| office(&error))?;
    let id = record::Id::at(u64::try_from(now_ms).unwrap_or(0), random);
    let seen = Seen { size: view.size, root: view.root };
    let said = device.says(id, person, Millis(now_ms), Intent::InviteDevice { person }, seen);
    let session = Session { person: Some(person), device: Some(device.id()), viewer: false };
    let note = device.sign(&said).map_err(|error| office(&error))?;
    let answer = service.submit_blocking(note, Standing::Session(session)).map_err(|error| office(&error))?;
    let code = service.issue_code(&session, answer.intent).map_err(|error| office(&error))?;
    Ok((service, Some(code)))
}

fn no_pin() -> Failure {
    Failure::new(
        Exit::Usage,
        "serve/pin-missing",
        "a founder needs a PIN",
        "Nothing was founded.",
        "Give one of 4 to 8 digits: --pin 2468.",
    )
}

fn office(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "serve/office",
        format!("the production could not be made ready: {error}"),
        "Nothing is served.",
        "Look at the folder and at the space that is left, then start again.",
    )
}

/// The runtime that serves.
///
/// # Errors
/// Where the machine gives no threads.
pub fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| office(&error))
}

/// A port that is ours.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

impl Bound {
    /// Takes the port that was asked for, or the usual one, or, where that is taken and none was
    /// asked for, any.
    ///
    /// # Errors
    /// Where the port that was asked for is in use, or the address cannot be listened on.
    pub async fn bind(host: &str, asked: Option<u16>) -> Result<Bound, Failure> {
        let port = asked.unwrap_or(PORT);
        let listener = match TcpListener::bind((host, port)).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse && asked.is_none() => {
                note(&format!("Port {port} is in use; another one is taken."));
                TcpListener::bind((host, 0)).await
            }
            tried => tried,
        };
        let listener = listener.map_err(|error| not_bound(host, port, &error))?;
        let address = listener.local_addr().map_err(|error| not_bound(host, port, &error))?;
        Ok(Bound { listener, address })
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address that a browser opens.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the process is told to end.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn serve(self, router: web::Router, ending: Ending) -> Result<(), Failure> {
        web::serve(self.listener, router, ending.told()).await.map_err(|error| office(&error))
    }
}

fn not_bound(host: &str, port: u16, error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::AddrInUse {
        return Failure::new(
            Exit::InUse,
            "serve/port-in-use",
            format!("port {port} is in use"),
            "Nothing is served, and nothing was written.",
            "Leave --port away and one is chosen, or end what uses it.",
        );
    }
    Failure::new(
        Exit::NotReadOrWritten,
        "serve/address",
        format!("{host} port {port} cannot be listened on: {error}"),
        "Nothing is served, and nothing was written.",
        "Look at the address; 127.0.0.1 is this machine alone, 0.0.0.0 every network it is on.",
    )
}

/// How the process learns that it is to end. It listens from when it is made, so that a signal which
/// comes the moment after an address was printed ends it as any other.
#[derive(Debug)]
pub struct Ending {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
    input: Option<tokio::sync::oneshot::Receiver<()>>,
}

impl Ending {
    /// Listens for the signals to end, and for the end of the input where that is asked for.
    ///
    /// # Errors
    /// Where the signals cannot be listened for.
    pub fn listen(runtime: &Runtime, when_input_ends: bool) -> Result<Ending, Failure> {
        let input = when_input_ends.then(end_of_input);
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let _entered = runtime.enter();
            let listen = |kind| signal(kind).map_err(|error| office(&error));
            Ok(Ending { signals: [listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?], input })
        }
        #[cfg(not(unix))]
        {
            let _ = runtime;
            Ok(Ending { input })
        }
    }

    async fn told(self) {
        let input = async {
            match self.input {
                Some(input) => {
                    let _ = input.await;
                }
                None => std::future::pending().await,
            }
        };
        #[cfg(unix)]
        {
            let [mut terminate, mut interrupt] = self.signals;
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                () = input => {}
            }
        }
        #[cfg(not(unix))]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = input => {}
        }
    }
}

/// A thread of its own reads the input: reading cannot be given up, and the process does not wait for it.
fn end_of_input() -> tokio::sync::oneshot::Receiver<()> {
    let (ended, input) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut nothing = [0u8; 256];
        let mut stdin = std::io::stdin().lock();
        while stdin.read(&mut nothing).is_ok_and(|read| read > 0) {}
        let _ = ended.send(());
    });
    input
}

/// Serves until the process is told to end. Meanwhile it offers the record to its witnesses, and asks the authorities for
/// time stamps over wraps.
///
/// # Errors
/// Where the listener fails.
pub async fn until_told(
    service: &Service,
    bound: Bound,
    title: &str,
    authorities: Authorities,
    ending: Ending,
) -> Result<(), Failure> {
    let options = web::Options { title: title.to_owned(), ..web::Options::default() };
    let router = web::router(service.clone(), options);
    let (end_rounds, ended) = tokio::sync::watch::channel(false);
    let stamps = tokio::spawn(web::stamp::hold(service.clone(), authorities, ended.clone()));
    let rounds = tokio::spawn(web::rounds::hold(service.clone(), ended));
    let served = bound.serve(router, ending).await;
    drop(end_rounds);
    let _ended = rounds.await;
    let _ended = stamps.await;
    served
}
