//! `showclear stamp` with an authority that openssl makes up: asked, taken, bundled, verified by us and by openssl.
//!
//! `./test` installs openssl where it is missing.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proof::note::{KeyName, Signer};
use proof::stamp::{Certificate, UpTo};
use record::bundle::extent::Span;
use record::bundle::{KeptStamp, Parts, Trust};
use service::bundle::{Pages, Wish};
use service::extract::{Question, extract};
use showclear::demo;
use store::Store;
use store::sqlite::SqliteStore;
use tempfile::TempDir;

use super::{code, failure, json, showclear, stdout};

const TSA: &str = "[t]\nserial = SERIAL\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n\
                   accuracy = secs:1\ness_cert_id_alg = sha256\n";

const FOR_STAMPS: &str = "extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n";

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs openssl in a folder, and gives whether it was content and what it said.
fn openssl(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let run = Command::new("openssl").args(arguments).current_dir(folder).output();
    let run = run.expect("openssl is missing, and this test cannot run without it: ./test installs it");
    let said = [run.stdout, run.stderr].map(|it| String::from_utf8_lossy(&it).into_owned()).concat();
    (run.status.success(), said)
}

fn openssl_does(folder: &Path, arguments: &[&str]) {
    let (done, said) = openssl(folder, arguments);
    assert!(done, "{arguments:?}: {said}");
}

/// An authority with a root, and its folder.
pub struct Authority(TempDir);

impl Authority {
    pub fn found() -> Authority {
        let authority = Authority(tempfile::tempdir().unwrap());
        let folder = authority.folder();
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let root = [&["req", "-x509"], &key[..], &["-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=The root"]];
        openssl_does(folder, &root.concat());
        let own = [&["req"], &key[..], &["-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=The authority"]];
        openssl_does(folder, &own.concat());
        fs::write(folder.join("uses"), FOR_STAMPS).unwrap();
        fs::write(folder.join("serial"), "01\n").unwrap();
        fs::write(folder.join("tsa.cnf"), TSA.replace("SERIAL", text(&folder.join("serial")))).unwrap();
        let issue =
            "x509 -req -in own.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile uses -out own.pem";
        openssl_does(folder, &issue.split(' ').collect::<Vec<_>>());
        authority
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn root(&self) -> PathBuf {
        self.folder().join("root.pem")
    }

    /// From now on it signs with a certificate that was valid in 2020.
    fn is_expired(&self) {
        let folder = self.folder();
        fs::write(folder.join("index"), "").unwrap();
        fs::write(
            folder.join("ca.cnf"),
            format!(
                "[ca]\ndefault_ca = c\n[c]\nnew_certs_dir = .\ndatabase = index\nserial = ca-serial\ndefault_md = sha256\n\
                 policy = p\nx509_extensions = e\n[p]\ncommonName = supplied\n[e]\n{FOR_STAMPS}"
            ),
        )
        .unwrap();
        fs::write(folder.join("ca-serial"), "1000\n").unwrap();
        let issue = "ca -batch -config ca.cnf -cert root.pem -keyfile root.key -in own.csr -out own.pem -notext \
                     -startdate 20200101000000Z -enddate 20210101000000Z";
        openssl_does(folder, &issue.split_whitespace().collect::<Vec<_>>());
    }

    /// What it answers to a request.
    pub fn answer(&self, request: &Path, answer: &Path) {
        let folder = self.folder();
        let begin = ["ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-signer", "own.pem", "-inkey", "own.key"];
        openssl_does(folder, &[&begin[..], &["-queryfile", text(request), "-out", text(answer)]].concat());
    }
}

/// The record of a morning, closed.
struct Morning {
    folder: TempDir,
    data: PathBuf,
}

impl Morning {
    fn played() -> Morning {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let played = demo::played(&data, demo::Script::Morning);
        let (set, _) = played.unwrap_or_else(|failure| panic!("{}", failure.happened));
        set.service.close();
        Morning { folder, data }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A request for its newest checkpoint, and its answer.
    fn answered(&self, by: &Authority, name: &str) -> PathBuf {
        let (request, answer) = (self.file(&format!("{name}.tsq")), self.file(&format!("{name}.tsr")));
        let asked = showclear(&["stamp", "request", text(&self.data), "--out", text(&request)]);
        assert_eq!(code(&asked), 0, "{}", stdout(&asked));
        by.answer(&request, &answer);
        answer
    }

    fn take(&self, answer: &Path, more: &[&str]) -> std::process::Output {
        showclear(&[&["stamp", "take", text(&self.data), text(answer), "--json"], more].concat())
    }

    fn bundled(&self) -> PathBuf {
        let file = self.file("morning.showclear");
        let _ = fs::remove_file(&file);
        let made = showclear(&["bundle", text(&self.data), "--out", text(&file)]);
        assert_eq!(code(&made), 0, "{}", super::stderr(&made));
        file
    }

    fn log(&self) -> SqliteStore {
        SqliteStore::open_read_only(&self.data.join("log.db")).unwrap()
    }
}

/// The line of a level, or nothing.
fn line<'a>(text: &'a str, level: &str) -> Option<&'a str> {
    text.lines().find(|line| line.starts_with(level))
}

#[test]
fn a_stamp_is_asked_for_taken_bundled_and_verified_by_us_and_by_openssl() {
    let (morning, authority) = (Morning::played(), Authority::found());
    let text_before = stdout(&showclear(&["verify", text(&morning.bundled())]));
    assert!(line(&text_before, "NOT STAMPED").is_some(), "{text_before}");
    let answer = morning.answered(&authority, "first");
    let taken = json(&morning.take(&answer, &[]));
    assert_eq!(taken["authority"], "The authority");
    let size = taken["entries"].as_u64().unwrap();
    assert_eq!(json(&morning.take(&answer, &[]))["file"], taken["file"], "the same answer is kept once");
    let bundle = morning.bundled();
    let (said, root) = (stdout(&showclear(&["verify", text(&bundle)])), authority.root());
    let stamped = line(&said, "STAMPED       <= 20").unwrap_or_else(|| panic!("{said}"));
    assert!(stamped.contains(&format!("entries [0, {size}) of {size}, by The authority;")), "{stamped}");
    assert!(stamped.ends_with("with the certificate that it brings along."), "{stamped}");
    assert!(said.contains("anybody can make one"), "{said}");
    let verified = showclear(&["verify", text(&bundle), "--tsa-root", text(&root)]);
    let said = stdout(&verified);
    let stamped = line(&said, "STAMPED ").unwrap_or_else(|| panic!("{said}"));
    assert!(stamped.ends_with("checked up to the certificate that you gave, The root."), "{stamped}");
    assert!(!said.contains("anybody can make one"), "{said}");
    let verified = json(&showclear(&["verify", text(&bundle), "--tsa-root", text(&root), "--json"]));
    assert!(verified["levels"].as_array().unwrap().iter().any(|level| level == "STAMPED"));
    assert_eq!(verified["bundle"]["stamps"][0]["checked_up_to"]["given"], "The root");
    // An authority that nobody gave says nothing.
    let stranger = Authority::found();
    let said = stdout(&showclear(&["verify", text(&bundle), "--tsa-root", text(&stranger.root())]));
    assert!(line(&said, "NOT STAMPED   <= ").is_some() && line(&said, "STAMPED").is_none(), "{said}");
    let wrong = showclear(&["verify", text(&bundle), "--tsa-root", text(&answer), "--json"]);
    assert_eq!((code(&wrong), failure(&wrong)), (2, "stamp/pem".to_owned()));
    // By hand, as the README in the bundle says.
    let unzipped = unzip(&bundle);
    let readme = fs::read_to_string(unzipped.path().join("README.txt")).unwrap();
    let lines = readme.lines().skip_while(|line| !line.starts_with("7. ")).take_while(|line| !line.starts_with("WHAT"));
    let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("     ")).collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    let script = |root: &Path, more: &str| {
        format!("set -e\n{}\n", commands.join("\n"))
            .replace("timestamps/...", &format!("timestamps/{size}"))
            .replace("AUTHORITY.pem", text(root))
            .replace(" -untrusted $N.pem", more)
    };
    let by_hand =
        |script: String| Command::new("sh").args(["-c", &script]).current_dir(unzipped.path()).output().unwrap();
    let now = format!(" -attime {}", taken["made"].as_i64().unwrap() / 1_000);
    for more in ["", &now] {
        let said = by_hand(script(&root, more));
        assert!(said.status.success() && stdout(&said).contains("Time stamp: "), "{}", super::stderr(&said));
    }
    assert!(!by_hand(script(&root, " -attime 1000000000")).status.success(), "there was no such certificate then");
    assert!(!by_hand(script(&stranger.root(), "")).status.success(), "another authority");
    let checkpoint = fs::read(unzipped.path().join("checkpoint")).unwrap();
    let data = fs::read(unzipped.path().join(format!("timestamps/{size}.checkpoint"))).unwrap();
    assert!(checkpoint.starts_with(&data), "it is this bundle's own");
    // The log's second key signed it as well, and a policy of one's own may name that key.
    assert!(said_by(&bundle, &[]).contains("and with the ML-DSA-44 key in the bundle's own policy, which"));
    assert!(said_by(&bundle, &[]).contains("That the ML-DSA-44 key is the log's"));
    let policy = text(&unzipped.path().join("policy.txt")).to_owned();
    let said = said_by(&bundle, &["--policy", &policy]);
    assert!(said.contains("and with the ML-DSA-44 key in the policy that you gave, which"), "{said}");
    assert!(!said.contains("That the ML-DSA-44 key is the log's"), "{said}");
    assert_eq!(verified["bundle"]["ml_dsa_44"], true);
}

fn said_by(bundle: &Path, more: &[&str]) -> String {
    stdout(&showclear(&[&["verify", text(bundle)], more].concat()))
}

fn unzip(bundle: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in proof::zip::read(&fs::read(bundle).unwrap()).unwrap() {
        let path = folder.path().join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes).unwrap();
    }
    folder
}

/// Two authorities over the same checkpoint, with their certificates beside, and one over an older checkpoint.
#[test]
fn several_stamps_lie_beside_each_other_and_the_one_that_counts_is_told() {
    let (morning, one, other) = (Morning::played(), Authority::found(), Authority::found());
    let older = {
        let mut log = morning.log();
        let newest = log.size().unwrap();
        (1..newest).rev().find_map(|size| log.checkpoint_at(size).unwrap()).unwrap()
    };
    let (data, query) = (morning.file("older"), morning.file("older.tsq"));
    fs::write(&data, &older.note).unwrap();
    openssl_does(morning.folder.path(), &["ts", "-query", "-data", "older", "-sha256", "-cert", "-out", text(&query)]);
    let answer = morning.file("older.tsr");
    one.answer(&query, &answer);
    assert_eq!(json(&morning.take(&answer, &["--chain", text(&one.root())]))["entries"], older.size);
    let said = stdout(&showclear(&["verify", text(&morning.bundled())]));
    assert!(line(&said, "STAMPED").unwrap().contains(&format!("entries [0, {}) of", older.size)), "{said}");
    assert!(said.contains("no stamp covers it"), "{said}");
    for (authority, name) in [(&one, "one"), (&other, "other")] {
        let answer = morning.answered(authority, name);
        assert_eq!(code(&morning.take(&answer, &["--chain", text(&authority.root())])), 0);
    }
    let bundle = morning.bundled();
    let said = json(&showclear(&["verify", text(&bundle), "--tsa-root", text(&other.root()), "--json"]));
    let stamps = said["bundle"]["stamps"].as_array().unwrap();
    let counts: Vec<bool> = stamps.iter().map(|it| it["counts"].as_bool().unwrap()).collect();
    assert_eq!(counts.iter().filter(|it| **it).count(), 1, "{stamps:?}");
    let text = stdout(&showclear(&["verify", text(&bundle), "--tsa-root", text(&other.root())]));
    assert!(line(&text, "STAMPED").unwrap().ends_with("; 3 time stamps in all."), "{text}");
    // An extract carries those over its own checkpoint as well as the older one.
    let question = Question { labels: Vec::new(), span: Span::Whole };
    let wish = Wish { names: false, attachments: false, closed_answers: false };
    let extracted = extract(&morning.data, &question, wish, Pages::default(), &mut |_, _| {}).unwrap();
    let roots = Certificate::read_pem(&fs::read(other.root()).unwrap()).unwrap();
    let report = record::bundle::extract::verify(&extracted.bytes, &Trust { tsa_roots: &roots, ..Trust::default() });
    let stamped = report.unwrap().stamped;
    assert_eq!(stamped.all.len(), 3);
    let best = stamped.best().unwrap().authority.as_ref().unwrap();
    assert_eq!(best.up_to, UpTo::Trusted("The root".to_owned()));
}

/// A stamp over an older checkpoint says how many of the extracted entries it reaches.
#[test]
fn an_extract_tells_which_of_its_entries_a_stamp_reaches() {
    let (morning, authority) = (Morning::played(), Authority::found());
    let (older, newest) = {
        let mut log = morning.log();
        let newest = log.size().unwrap();
        ((1..newest / 2).rev().find_map(|size| log.checkpoint_at(size).unwrap()).unwrap(), newest)
    };
    fs::write(morning.file("older"), &older.note).unwrap();
    let query = ["ts", "-query", "-data", "older", "-sha256", "-cert", "-out", "older.tsq"];
    openssl_does(morning.folder.path(), &query);
    authority.answer(&morning.file("older.tsq"), &morning.file("older.tsr"));
    assert_eq!(code(&morning.take(&morning.file("older.tsr"), &[])), 0);
    let extracted = |name: &str, from: u64, to: u64| {
        let (file, case) = (morning.file(name), format!("{from}..{to}"));
        let made = showclear(&["bundle", text(&morning.data), "--case", &case, "--out", text(&file)]);
        assert_eq!(code(&made), 0, "{}", super::stderr(&made));
        file
    };
    let of_root = |file: &Path| said_by(file, &["--tsa-root", text(&authority.root())]);
    let size = older.size;
    let within =
        |of_these: &str| format!("entries [0, {size}) of {newest} ({of_these}), by The authority; checked up to");
    // It reaches all, some and none of what was extracted.
    let said = of_root(&extracted("all", 3, 5));
    assert!(line(&said, "STAMPED").unwrap().contains(&within("each of the 2 extracted is among them")), "{said}");
    assert!(!said.contains("no stamp covers"), "{said}");
    let said = of_root(&extracted("some", size - 1, size + 2));
    let some = within(&format!("1 of the 3 extracted is among them; those from entry {size} on are not"));
    assert!(line(&said, "STAMPED").unwrap().contains(&some), "{said}");
    let since = format!("Since when the extracted entries from entry {size} on are there: no stamp covers them.");
    assert!(said.contains(&since), "{said}");
    let none = extracted("none", size, size + 2);
    let said = of_root(&none);
    assert!(line(&said, "NOT STAMPED").unwrap().contains(&within("none of the 2 extracted is among them")), "{said}");
    assert!(!said.contains("stamping authority"), "{said}");
    let told = json(&showclear(&["verify", text(&none), "--json"]));
    assert!(!told["levels"].as_array().unwrap().contains(&"STAMPED".into()), "{told}");
    assert_eq!(told["extract"]["stamps"][0]["extracted"], 0);
    // Of two that reach every extracted entry the earlier is told; the later one where it reaches more of them.
    let answer = morning.answered(&authority, "newest");
    assert_eq!(code(&morning.take(&answer, &[])), 0);
    let both = extracted("both", 3, 5);
    let said = of_root(&both);
    let stamped = line(&said, "STAMPED").unwrap();
    assert!(stamped.contains(&within("each of the 2 extracted is among them")), "{said}");
    assert!(stamped.ends_with("; 2 time stamps in all."), "{said}");
    let said = of_root(&extracted("both-some", size - 1, size + 2));
    let newest = format!("entries [0, {newest}) of {newest} (each of the 3 extracted is among them)");
    assert!(line(&said, "STAMPED").unwrap().contains(&newest), "{said}");
    // The proof of the older one, whose manifest the log's key did not sign for, is named.
    let bytes = fs::read(&both).unwrap();
    let mut files = proof::zip::read(&bytes).unwrap();
    let path = format!("timestamps/{size}.consistency");
    files.retain(|file| file.path != path);
    let file = morning.file("less.showclear");
    fs::write(&file, proof::zip::write(files).unwrap()).unwrap();
    let fault = json(&showclear(&["verify", text(&file), "--json"]));
    assert_eq!((&fault["fault"]["code"], &fault["fault"]["file"]), (&"FILE-MISSING".into(), &path.into()));
}

#[test]
fn what_is_no_stamp_over_a_checkpoint_of_this_log_is_not_taken() {
    let (morning, other, authority) = (Morning::played(), Morning::played(), Authority::found());
    let refused = |answer: &Path, more: &[&str]| {
        let output = morning.take(answer, more);
        assert_eq!(code(&output), 1);
        assert!(!morning.data.join("timestamps").exists(), "something was kept");
        failure(&output)
    };
    let theirs = other.answered(&authority, "theirs");
    assert_eq!(refused(&theirs, &[]), "stamp/of-no-checkpoint", "a stamp over a checkpoint of another log");
    let answer = morning.answered(&authority, "answer");
    let stranger = Authority::found();
    assert_eq!(refused(&answer, &["--chain", text(&stranger.root())]), "stamp/chain");
    assert_eq!(refused(&answer, &["--chain", text(&answer)]), "stamp/pem");
    let whole = fs::read(&answer).unwrap();
    let changed = morning.file("changed.tsr");
    fs::write(&changed, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(refused(&changed, &[]), "stamp/form", "cut off");
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(&changed, &flipped).unwrap();
    assert_eq!(refused(&changed, &[]), "stamp/signature");
    fs::write(&changed, "<html>404</html>").unwrap();
    assert_eq!(refused(&changed, &[]), "stamp/form");
    // The authority knows no such policy.
    let query = morning.file("policy.tsq");
    let asks = ["ts", "-query", "-data", "answer.tsq", "-sha256", "-tspolicy", "1.2.3.9", "-out", "policy.tsq"];
    openssl_does(morning.folder.path(), &asks);
    authority.answer(&query, &changed);
    assert_eq!(refused(&changed, &[]), "stamp/refused");
    authority.is_expired();
    let late = morning.answered(&authority, "late");
    assert_eq!(refused(&late, &[]), "stamp/certificate", "it was valid in 2020");
}

#[test]
fn a_folder_that_is_served_or_is_none_is_not_stamped() {
    let morning = Morning::played();
    let service = service::Service::open(&morning.data, std::sync::Arc::new(service::SystemClock::new())).unwrap();
    let output = showclear(&["stamp", "request", text(&morning.data), "--out", "never.tsq", "--json"]);
    assert_eq!((code(&output), failure(&output)), (4, "store/in-use".to_owned()));
    service.close();
    let output = showclear(&["stamp", "request", text(morning.folder.path()), "--out", "never.tsq", "--json"]);
    assert_eq!((code(&output), failure(&output)), (3, "store/not-found".to_owned()));
    let file = morning.file("there.tsq");
    fs::write(&file, "").unwrap();
    let output = showclear(&["stamp", "request", text(&morning.data), "--out", text(&file), "--json"]);
    assert_eq!((code(&output), failure(&output)), (3, "file/unwritable".to_owned()));
}

/// A stamp that the production changed after it was taken: the log's key signs for the file, and the stamp does not hold.
#[test]
fn a_stamp_that_does_not_hold_is_a_fault_of_the_bundle_and_is_not_bundled() {
    let (morning, authority) = (Morning::played(), Authority::found());
    let answer = morning.answered(&authority, "answer");
    let taken = json(&morning.take(&answer, &[]));
    let mut flipped = fs::read(&answer).unwrap();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(taken["file"].as_str().unwrap(), &flipped).unwrap();
    let said = stdout(&showclear(&["verify", text(&morning.bundled())]));
    assert!(line(&said, "NOT STAMPED").is_some(), "it is left out: {said}");
    let mut log = morning.log();
    let head = log.checkpoint().unwrap().unwrap();
    let entries = log.entries(0, head.size).unwrap();
    let origin = record::entry::Entry::origin_of(&entries[0]).unwrap().to_string();
    let secret = STANDARD.decode(fs::read_to_string(morning.data.join("log.key")).unwrap().trim_end()).unwrap();
    let signer = Signer::new(KeyName::new(&origin).unwrap(), secret.try_into().unwrap());
    let stamps =
        [KeptStamp { name: head.size.to_string(), answer: flipped, checkpoint: head.note.clone(), chain: None }];
    let parts = Parts {
        entries: &entries,
        checkpoint: &head.note,
        witnessed: None,
        policy: None,
        stamps: &stamps,
        disclosures: &[],
        attachments: &[],
        format_page: "",
        verify_page: "",
    };
    let file = morning.file("forged.showclear");
    fs::write(&file, record::bundle::write(&parts, &signer).unwrap()).unwrap();
    let found = showclear(&["verify", text(&file), "--json"]);
    assert_eq!(code(&found), 1);
    assert_eq!(json(&found)["fault"]["code"], "STAMP-SIGNATURE");
    assert_eq!(json(&found)["fault"]["file"], format!("timestamps/{}.tsr", head.size));
}

#[test]
fn an_authority_on_the_network_is_asked_over_plain_http() {
    let (morning, authority) = (Morning::played(), Authority::found());
    let desk = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/stamps", desk.local_addr().unwrap());
    let (query, answer) = (morning.file("sent.tsq"), morning.file("sent.tsr"));
    std::thread::scope(|scope| {
        let answers = scope.spawn(|| {
            // The second time it answers with what it said before.
            for again in [false, true] {
                let (mut caller, _) = desk.accept().unwrap();
                let (head, body) = request_of(&mut caller);
                assert!(head.contains("content-type: application/timestamp-query"), "{head}");
                if !again {
                    fs::write(&query, body).unwrap();
                    authority.answer(&query, &answer);
                }
                let body = fs::read(&answer).unwrap();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                caller.write_all(head.as_bytes()).and_then(|()| caller.write_all(&body)).unwrap();
            }
        });
        let sent = json(&showclear(&["stamp", "send", text(&morning.data), &url, "--json"]));
        assert_eq!(sent["authority"], "The authority");
        let again = showclear(&["stamp", "send", text(&morning.data), &url, "--json"]);
        assert_eq!((code(&again), failure(&again)), (1, "stamp/other-request".to_owned()));
        answers.join().unwrap();
    });
    let nobody = showclear(&["stamp", "send", text(&morning.data), "https://tsa.invalid", "--json"]);
    assert_eq!((code(&nobody), failure(&nobody)), (3, "stamp/not-answered".to_owned()));
}

/// The head and the body of a request.
pub fn request_of(caller: &mut impl Read) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        let mut more = [0; 1_024];
        let read = caller.read(&mut more).unwrap();
        bytes.extend(&more[..read]);
        let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let body = end + 4;
        if bytes.len() >= body + length.parse::<usize>().unwrap() {
            return (head, bytes[body..].to_vec());
        }
    }
}
