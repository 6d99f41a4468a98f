//! The program as it is run from a command line: what it prints, and how it ends.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Runs it over some bytes: what it prints, and its exit code.
fn run(arguments: &[&str], input: &[u8]) -> (Value, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_showclear-verifier"));
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // What ends before it has read everything closes its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn what_is_no_bundle_is_said_to_be_none() {
    for input in [b"".as_slice(), b"PK", b"the armorer has gun 1", &[0xff; 4096]] {
        let (said, code) = run(&[], input);
        assert_eq!(code, 1, "{said}");
        assert_eq!(said["verified"], false);
        assert_eq!(said["entries_that_hold"], 0);
        assert_eq!(said["read"]["bytes"], input.len());
        assert_eq!(said["sentences"].as_array().unwrap().len(), 3);
    }
    let (said, _) = run(&[], b"");
    assert_eq!(said["read"]["sha256"], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn what_is_not_understood_is_said_and_nothing_is_verified() {
    for (arguments, code_of_it) in [
        (&["--key", "my key"][..], "verifier/key"),
        (&["--policy", "quorum everybody\n"], "verifier/policy"),
        (&["--now", "noon"], "verifier/now"),
        (&["--key"], "verifier/argument"),
        (&["--file", "x"], "verifier/argument"),
    ] {
        let (said, code) = run(arguments, b"PK");
        assert_eq!((code, &said["error"]["code"]), (2, &Value::from(code_of_it)), "{said}");
    }
}
