//! Command lines, files and ports that are not as they should be; and how a server begins and ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{code, failure, showclear, stderr};

#[test]
fn a_command_line_that_is_not_understood_ends_with_2() {
    for arguments in [
        &["replay"][..],
        &["replay", "a.toml", "--without", "SHOWING-99"],
        &["reply", "a.toml"],
        &["verify"],
        &["verify", "log.db", "--key", "x"],
        &["serve"],
        &["demo", "--port", "70000"],
    ] {
        let output = showclear(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let output = showclear(&["replay", "a.toml", "--without", "SHOWING-99"]);
    assert!(stderr(&output).contains("the rules are AUTHORITY-1, BELT-1, BELT-2, BLANK-1"), "{}", stderr(&output));
}

#[test]
fn a_scenario_that_cannot_be_read_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    for (path, expected) in [
        (folder.path().join("nothing.toml").to_str().unwrap().to_owned(), "file/unreadable"),
        (folder.path().to_str().unwrap().to_owned(), "file/unreadable"),
        (file("bytes.toml", &[0xff, 0xfe, 0x00]), "file/unreadable"),
        (file("long.toml", &vec![b'#'; 1_048_577]), "file/unreadable"),
        (file("empty.toml", b""), "scenario/malformed"),
        (file("text.toml", b"the armorer has gun 1"), "scenario/malformed"),
    ] {
        let output = showclear(&["replay", &path, "--json"]);
        assert_eq!((code(&output), failure(&output).as_str()), (3, expected), "{path}");
    }
}

/// A server, which is ended when it is dropped.
pub struct Server {
    child: Child,
    listing: Value,
}

impl Server {
    /// Starts a server and reads the one line that it prints as soon as it serves.
    pub fn start(arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_showclear"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let listing = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{arguments:?} printed `{line}`"));
        Server { child, listing }
    }

    fn port(&self) -> u16 {
        self.listing["base"].as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Asks for a page, and gives the first line of the answer.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    #[cfg(unix)]
    pub fn told_to_end(mut self) -> Option<i32> {
        // The shell's own kill: a bare system has no program of that name.
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap().code()
    }

    fn input_ended(mut self) -> Option<i32> {
        drop(self.child.stdin.take());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn found(folder: &Path) -> Server {
    let folder = folder.to_str().unwrap();
    Server::start(&["serve", "--folder", folder, "--port", "0", "--found", "A test", "--pin", "2468", "--json"])
}

#[cfg(unix)]
#[test]
fn a_production_is_founded_served_ended_and_served_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = found(&data);
    assert_eq!(server.get("/api/production"), "HTTP/1.1 200 OK");
    assert!(server.listing["enrol"].as_str().unwrap().contains("/enrol#"));
    assert_eq!(server.told_to_end(), Some(0));
    let log = data.join("log.db");
    assert_eq!(code(&showclear(&["verify", log.to_str().unwrap()])), 0);
    assert_eq!(code(&showclear(&["fsck", log.to_str().unwrap()])), 0);
    let again = Server::start(&["serve", "--folder", data.to_str().unwrap(), "--port", "0", "--json"]);
    assert_eq!(again.get("/api/production"), "HTTP/1.1 200 OK");
    assert_eq!(again.input_ended(), Some(0));
    let output =
        showclear(&["serve", "--folder", data.to_str().unwrap(), "--found", "Another", "--pin", "1357", "--json"]);
    assert_eq!(code(&output), 3);
    assert_eq!(code(&showclear(&["verify", log.to_str().unwrap()])), 0);
}

#[test]
fn a_port_that_was_asked_for_and_is_in_use_ends_with_4() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    for arguments in [
        &["serve", "--folder", data, "--found", "A test", "--pin", "2468", "--json", "--port", &port][..],
        &["demo", "--folder", data, "--json", "--port", &port],
    ] {
        let output = showclear(arguments);
        assert_eq!((code(&output), failure(&output).as_str()), (4, "serve/port-in-use"), "{arguments:?}");
        assert!(!Path::new(data).join("log.db").exists(), "{arguments:?} wrote something");
    }
}

#[test]
fn a_folder_without_a_production_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let output = showclear(&["serve", "--folder", folder.path().to_str().unwrap(), "--port", "0", "--json"]);
    assert_eq!(code(&output), 3);
    assert_eq!(failure(&output), "store/not-found");
    assert_eq!(
        std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|it| { it.as_ref().is_ok_and(|it| it.file_name() == "log.db") })
            .count(),
        0
    );
}

#[test]
fn a_founding_without_a_pin_or_with_a_bad_one_founds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    for pin in [&[][..], &["--pin", "12"], &["--pin", "no digits"]] {
        let mut arguments = vec!["serve", "--folder", data, "--port", "0", "--found", "A test", "--json"];
        arguments.extend(pin);
        let output = showclear(&arguments);
        assert!([2, 3].contains(&code(&output)), "{pin:?}: {}", stderr(&output));
        assert!(!failure(&output).is_empty());
        assert!(!Path::new(data).join("log.db").exists(), "{pin:?}");
    }
}

/// To root everything can be written, so the command runs as somebody else where the tests run as root.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said_in_plain_words() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = found(&data);
    assert_eq!(server.told_to_end(), Some(0));
    let program = folder.path().join("showclear");
    std::fs::copy(env!("CARGO_BIN_EXE_showclear"), &program).unwrap();
    let allow = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    for file in std::fs::read_dir(&data).unwrap() {
        allow(&file.unwrap().path(), 0o444);
    }
    for (path, mode) in [(data.as_path(), 0o555), (program.as_path(), 0o555), (folder.path(), 0o755)] {
        allow(path, mode);
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null());
        if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    };
    let served = run(&["serve", "--folder", data.to_str().unwrap(), "--port", "0", "--json"]);
    assert_eq!((code(&served), failure(&served).as_str()), (3, "store/read-only"));
    let new = data.join("new");
    let founded =
        run(&["serve", "--folder", new.to_str().unwrap(), "--port", "0", "--found", "A", "--pin", "2468", "--json"]);
    assert_eq!(code(&founded), 3, "{}", stderr(&founded));
    let demo = run(&["demo", "--folder", new.to_str().unwrap(), "--port", "0", "--json"]);
    assert_eq!(code(&demo), 3, "{}", stderr(&demo));
    let log = data.join("log.db");
    for command in ["verify", "fsck"] {
        let output = run(&[command, log.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{command} must not need to write: {}", stderr(&output));
    }
    allow(&data, 0o755);
}

/// The demonstration serves, prints what it promised, leaves a record that verifies, and ends with its input.
#[test]
fn the_demonstration_serves_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&["demo", "--folder", data.to_str().unwrap(), "--port", "0", "--json"]);
    let listing = server.listing.clone();
    assert_eq!(listing["people"].as_array().unwrap().len(), 14);
    assert_eq!(listing["guns"].as_array().unwrap().len(), 12);
    let morning_ms = listing["morning_ms"].as_u64().unwrap();
    assert!((1..10_000).contains(&morning_ms), "the morning took {morning_ms} ms");
    assert_eq!(server.get("/api/production"), "HTTP/1.1 200 OK");
    let board = listing["board"].as_str().unwrap();
    let key = board.split_once("/board?").unwrap().1;
    // The key becomes a cookie, and the address that is shown on the board's screen has none.
    assert_eq!(server.get(&format!("/board?{key}")), "HTTP/1.1 303 See Other");
    assert_eq!(server.input_ended(), Some(0));
    let log = data.join("log.db");
    assert_eq!(listing["log"], log.to_str().unwrap());
    assert_eq!(code(&showclear(&["verify", log.to_str().unwrap()])), 0);
}
