//! `showclear serve --stamp-authority`: after each wrap a local authority, which openssl makes up, is asked for a time stamp.

use std::fs;
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kernel::{Day, Intent};
use service::testkit::{Part, Stage};
use service::{Service, WrapStamps};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use web::stamp::{Authorities, Pauses};

use super::commands::Server;
use super::stamps::{Authority, request_of, text};
use super::{code, failure, json, showclear, stdout};

/// How the authority answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Answers {
    Well,
    /// It says no.
    No,
    Garbage,
    Status500,
    TooMuch,
    /// As it answered an earlier request.
    AsBefore,
    /// Over something else.
    OverAnother,
    WithAnotherSignature,
    /// Not before the patience of the one who asks ends.
    TooLate,
}

/// The least answer that says no: a status of 2, a rejection, and no stamp (RFC 3161 section 2.4.2).
const REJECTION: [u8; 7] = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];

/// An authority with an address.
struct Desk {
    address: SocketAddr,
    answers: Arc<Mutex<Answers>>,
    asked: Arc<AtomicUsize>,
    root: PathBuf,
}

impl Desk {
    fn open(at: &str) -> Desk {
        let listener = TcpListener::bind(at).unwrap();
        let address = listener.local_addr().unwrap();
        let (answers, asked) = (Arc::new(Mutex::new(Answers::Well)), Arc::new(AtomicUsize::new(0)));
        let authority = Authority::found();
        let root = authority.root();
        let (how, count) = (Arc::clone(&answers), Arc::clone(&asked));
        std::thread::spawn(move || {
            for caller in listener.incoming() {
                let how = *how.lock().unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                serve(&authority, caller.unwrap(), how);
            }
        });
        Desk { address, answers, asked, root }
    }

    fn url(&self) -> String {
        format!("http://{}/stamps?key=nobody-is-shown-this", self.address)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn serve(authority: &Authority, mut caller: TcpStream, how: Answers) {
    let (_, mut body) = request_of(&mut caller);
    let (query, answer) = (authority.folder().join("query.tsq"), authority.folder().join("answer.tsr"));
    if how == Answers::OverAnother {
        // The imprint stands behind the name of its algorithm, in an octet string of 32 bytes.
        let at = body.windows(2).position(|it| it == [0x04, 0x20]).unwrap();
        body[at + 2] ^= 1;
    }
    if how != Answers::AsBefore {
        fs::write(&query, body).unwrap();
        authority.answer(&query, &answer);
    }
    let mut bytes = fs::read(&answer).unwrap();
    let mut status = 200;
    match how {
        Answers::No => bytes = REJECTION.to_vec(),
        Answers::Garbage => bytes = b"<html>Welcome to this network</html>".to_vec(),
        Answers::Status500 => status = 500,
        Answers::TooMuch => bytes = vec![0x30; 1_000_000],
        Answers::WithAnotherSignature => *bytes.last_mut().unwrap() ^= 1,
        Answers::TooLate => {
            // It ends when the other side has had enough.
            let _ = caller.set_read_timeout(Some(Duration::from_secs(20)));
            let _ = std::io::Read::read(&mut caller, &mut [0; 1]);
        }
        Answers::Well | Answers::AsBefore | Answers::OverAnother => {}
    }
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", bytes.len());
    // Whoever wants no more of it hangs up.
    let _ = caller.write_all(head.as_bytes()).and_then(|()| caller.write_all(&bytes));
}

/// Looks again and again, for half a minute.
fn found<T>(look: impl Fn() -> Option<T>) -> Option<T> {
    let (_open, nothing) = channel::<()>();
    let again = || {
        let found = look();
        if found.is_none() {
            let _ = nothing.recv_timeout(Duration::from_millis(10));
        }
        found
    };
    std::iter::repeat_with(again).take(3_000).find_map(|found| found)
}

const SHORT: Pauses = Pauses {
    at_start: Duration::from_millis(1),
    first: Duration::from_millis(20),
    longest: Duration::from_millis(20),
    patience: Duration::from_millis(400),
};

/// A production that is served, with the task that asks.
struct Served {
    stage: Stage,
    folder: TempDir,
    runtime: Runtime,
    end: Option<watch::Sender<bool>>,
}

impl Served {
    fn new() -> Served {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::found(folder.path()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Served { stage, folder, runtime, end: None }
    }

    fn service(&self) -> &Service {
        &self.stage.service
    }

    fn asks(&mut self, urls: &[String], chain: Option<Vec<u8>>, pauses: Pauses) {
        let (end, ended) = watch::channel(false);
        let authorities = Authorities { urls: urls.to_vec(), chain, pauses };
        self.runtime.spawn(web::stamp::hold(self.service().clone(), authorities, ended));
        self.end = Some(end);
    }

    fn stands(&self) -> WrapStamps {
        self.service().wrap_stamps().unwrap()
    }

    /// Waits until the authorities have come so far.
    fn until(&self, what: impl Fn(&WrapStamps) -> bool) -> WrapStamps {
        found(|| self.service().wrap_stamps().filter(&what))
            .unwrap_or_else(|| panic!("{:?}", self.service().wrap_stamps()))
    }

    fn until_told(&self, wanted: &str) {
        self.until(|stands| stands.waiting.iter().any(|it| it.tried.is_some_and(|(_, code)| code == wanted)));
    }

    fn kept(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path().join("timestamps"));
        let mut kept: Vec<String> =
            files.map_or(Vec::new(), |it| it.map(|it| it.unwrap().file_name().into_string().unwrap()).collect());
        kept.sort();
        kept
    }

    /// The board as a browser gets it.
    fn board(&self) -> String {
        let listener = self.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let options = web::Options { zone: jiff::tz::TimeZone::UTC, ..web::Options::default() };
        let service = self.service().clone();
        let served = self
            .runtime
            .spawn(async move { web::serve(listener, web::router(service, options), std::future::pending()).await });
        let token = self.service().viewer_token().unwrap().0;
        let mut stream = TcpStream::connect(address).unwrap();
        let cookie = web::auth::COOKIE_NAME;
        let asked =
            format!("GET /board HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}={token}\r\nConnection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).unwrap();
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
        served.abort();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        answer
    }

    /// Ends it, and gives what verifying its bundle prints, with the root that is given.
    fn bundled(mut self, root: &std::path::Path) -> serde_json::Value {
        self.end.take();
        self.service().close();
        let file = self.folder.path().join("day.showclear");
        let made = showclear(&["bundle", text(self.folder.path()), "--out", text(&file)]);
        assert_eq!(code(&made), 0, "{}", super::stderr(&made));
        json(&showclear(&["verify", text(&file), "--tsa-root", text(root), "--json"]))
    }
}

#[test]
fn a_day_that_is_wrapped_while_it_is_served_is_stamped_and_signed_twice_in_the_next_bundle() {
    let (desk, mut served) = (Desk::open("127.0.0.1:0"), Served::new());
    served.asks(&[desk.url()], Some(fs::read(&desk.root).unwrap()), SHORT);
    assert_eq!(served.service().wrap_stamps(), None, "nothing was wrapped");
    assert!(!served.board().contains("Wrap of"));
    let size = served.stage.wrap().unwrap().index + 1;
    let stands = served.until(|stands| stands.waiting.is_empty());
    assert_eq!(stands.stamps.len(), 1);
    assert_eq!(stands.stamps[0].authority.as_deref(), Some("The authority"));
    let kept = ["checkpoint", "pem", "tsr", "url"].map(|ending| format!("{size}.{ending}"));
    assert_eq!(served.kept(), kept, "as `stamp take` keeps it, and where it came from");
    assert_eq!(
        fs::read(served.folder.path().join("timestamps").join(&kept[0])).unwrap(),
        served.service().view().checkpoint
    );
    let board = served.board();
    assert!(board.contains("Wrap of") && board.contains(" by The authority"), "{board}");
    assert!(!board.contains("nobody-is-shown-this") && !board.contains("not stamped"), "{board}");
    // Whatever is recorded afterwards, the wrap is stamped once, and so it is after the next start.
    served.stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: served.stage.revolver }).unwrap();
    let Served { stage, folder, runtime, end } = served;
    drop(end);
    let stage = stage.reopened(folder.path()).unwrap();
    let mut served = Served { stage, folder, runtime, end: None };
    served.asks(&[desk.url()], None, SHORT);
    assert!(served.until(|stands| stands.waiting.is_empty()).stamps.len() == 1);
    assert_eq!(desk.asked(), 1, "nobody is asked twice");
    // The next wrap is a new one to stamp.
    served.stage.open_day(Day(2)).unwrap();
    served.stage.wrap().unwrap();
    served.until(|stands| stands.waiting.is_empty());
    assert_eq!((served.kept().len(), desk.asked()), (7, 2));
    let verified = served.bundled(&desk.root);
    assert!(verified["levels"].as_array().unwrap().iter().any(|level| level == "STAMPED"), "{verified}");
    assert_eq!(verified["bundle"]["stamps"][0]["checked_up_to"]["given"], "The root");
    assert_eq!(verified["bundle"]["ml_dsa_44"], true);
}

#[test]
fn each_bad_answer_is_kept_out_told_by_its_code_and_asked_for_again() {
    let (desk, mut served) = (Desk::open("127.0.0.1:0"), Served::new());
    *desk.answers.lock().unwrap() = Answers::Garbage;
    served.stage.wrap().unwrap();
    served.asks(&[desk.url()], Some(fs::read(&desk.root).unwrap()), SHORT);
    for (answers, told) in [
        (Answers::Garbage, "stamp/form"),
        (Answers::No, "stamp/refused"),
        (Answers::Status500, "stamp/not-answered"),
        (Answers::TooMuch, "stamp/too-large"),
        (Answers::OverAnother, "stamp/of-no-checkpoint"),
        (Answers::WithAnotherSignature, "stamp/signature"),
        (Answers::AsBefore, "stamp/other-request"),
        (Answers::TooLate, "stamp/not-answered"),
    ] {
        *desk.answers.lock().unwrap() = answers;
        served.until_told(told);
        assert_eq!(served.kept(), Vec::<String>::new(), "{answers:?}");
        let board = served.board();
        assert!(board.contains("not stamped by 127.0.0.1") && board.contains(", stamp/"), "{answers:?}: {board}");
        assert!(!board.contains("nobody-is-shown-this") && !board.contains("Welcome"), "{board}");
    }
    *desk.answers.lock().unwrap() = Answers::Well;
    assert_eq!(served.until(|stands| stands.waiting.is_empty()).stamps.len(), 1);
}

/// The certificates that were given are those of another authority.
#[test]
fn an_authority_that_leads_to_no_given_certificate_stamps_nothing() {
    let (desk, other, mut served) = (Desk::open("127.0.0.1:0"), Authority::found(), Served::new());
    served.stage.wrap().unwrap();
    served.asks(&[desk.url()], Some(fs::read(other.root()).unwrap()), SHORT);
    served.until_told("stamp/chain");
    assert_eq!(served.kept(), Vec::<String>::new());
}

#[test]
fn an_authority_that_was_away_is_asked_about_the_newest_wrap_alone_once_it_is_back() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut served = Served::new();
    let first = served.stage.wrap().unwrap().index + 1;
    served.asks(&[format!("http://{address}/")], None, SHORT);
    served.until_told("stamp/not-answered");
    served.stage.open_day(Day(2)).unwrap();
    let second = served.stage.wrap().unwrap().index + 1;
    served.until_told("stamp/not-answered");
    let desk = Desk::open(&address);
    assert_eq!(served.until(|stands| stands.waiting.is_empty()).stamps.len(), 1);
    let kept = ["checkpoint", "tsr", "url"].map(|ending| format!("{second}.{ending}"));
    assert_eq!((served.kept(), first < second), (kept.to_vec(), true));
    assert_eq!(desk.asked(), 1);
}

/// However often the record goes on meanwhile: between two requests lies the pause.
#[test]
fn an_authority_that_says_no_is_left_alone_for_the_pause() {
    let (desk, mut served) = (Desk::open("127.0.0.1:0"), Served::new());
    *desk.answers.lock().unwrap() = Answers::No;
    served.stage.wrap().unwrap();
    served.asks(
        &[desk.url()],
        None,
        Pauses { first: Duration::from_mins(1), longest: Duration::from_hours(1), ..SHORT },
    );
    served.until_told("stamp/refused");
    for _ in 0..5 {
        served.stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: served.stage.revolver }).unwrap();
    }
    assert_eq!(desk.asked(), 1);
    // A newer wrap is asked about at once.
    served.stage.open_day(Day(2)).unwrap();
    served.stage.wrap().unwrap();
    served.until_told("stamp/refused");
    assert_eq!(desk.asked(), 2);
}

#[test]
fn two_authorities_stamp_beside_each_other_and_one_that_is_away_keeps_the_other_from_nothing() {
    let (one, other, mut served) = (Desk::open("127.0.0.1:0"), Desk::open("127.0.0.1:0"), Served::new());
    *other.answers.lock().unwrap() = Answers::TooLate;
    let size = served.stage.wrap().unwrap().index + 1;
    served.asks(&[other.url(), one.url()], None, SHORT);
    let stands = served.until(|stands| stands.stamps.len() == 1);
    assert_eq!(stands.waiting[0].host, other.address.to_string());
    *other.answers.lock().unwrap() = Answers::Well;
    served.until(|stands| stands.waiting.is_empty());
    assert_eq!(served.stands().stamps.len(), 2);
    let kept = served.kept();
    assert!(kept.contains(&format!("{size}.tsr")) && kept.contains(&format!("{size}-2.tsr")), "{kept:?}");
}

/// The command itself, on a folder that was wrapped before: at each start it is tried again.
#[test]
fn a_server_that_is_started_with_an_authority_has_the_last_wrap_stamped() {
    let (desk, served) = (Desk::open("127.0.0.1:0"), Served::new());
    let size = served.stage.wrap().unwrap().index + 1;
    served.service().close();
    let (folder, root) = (text(served.folder.path()), text(&desk.root));
    let begin = ["serve", "--folder", folder, "--port", "0", "--json", "--stamp-authority", &desk.url()];
    let server = Server::start(&[&begin[..], &["--stamp-chain", root]].concat());
    let file = served.folder.path().join(format!("timestamps/{size}.tsr"));
    assert!(found(|| file.exists().then_some(())).is_some(), "nothing was stamped");
    assert_eq!(server.told_to_end(), Some(0));
    let verified = served.bundled(&desk.root);
    assert_eq!(verified["bundle"]["stamps"][0]["checked_up_to"]["given"], "The root");
}

#[test]
fn an_authority_that_cannot_be_asked_is_said_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let serve = |more: &[&str]| {
        let found = ["serve", "--folder", text(&data), "--found", "A test", "--pin", "2468", "--port", "0", "--json"];
        let output = showclear(&[&found[..], more].concat());
        assert!(!data.exists(), "something was founded");
        (code(&output), failure(&output))
    };
    let refused = (2, "serve/stamp-authority".to_owned());
    for url in
        ["https://tsa.invalid", "tsa.invalid", "http://", "http://name:word@tsa.invalid/", "http://tsa.invalid/ x"]
    {
        assert_eq!(serve(&["--stamp-authority", url]), refused, "{url}");
    }
    let twice = ["--stamp-authority", "http://tsa.invalid", "--stamp-authority", "http://tsa.invalid"];
    assert_eq!(serve(&twice), refused);
    let urls: Vec<String> = (0..5).map(|number| format!("http://{number}.invalid")).collect();
    let many: Vec<&str> = urls.iter().flat_map(|url| ["--stamp-authority", url]).collect();
    assert_eq!(serve(&many), refused);
    let file = folder.path().join("no.pem");
    fs::write(&file, "nothing").unwrap();
    assert_eq!(
        serve(&["--stamp-authority", "http://tsa.invalid", "--stamp-chain", text(&file)]),
        (2, "stamp/pem".to_owned())
    );
    let alone = showclear(&["serve", "--folder", text(&data), "--stamp-chain", text(&file)]);
    assert_eq!((code(&alone), stdout(&alone)), (2, String::new()), "certificates of nobody");
}
