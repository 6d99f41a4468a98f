//! How often the disk is made to sync for one acknowledged entry: the operating system is asked, not a clock.

use std::path::Path;
use std::process::Command;

/// So many that the head's own file, which is written at most once a second, is not what is measured.
const ENTRIES: u64 = 400;

/// The most sync calls that founding and closing take: each of the two keys, the two databases and their folder, their
/// journals, and at the end what lies in these; and the newest head, which a thread of its own writes when it comes to it.
const AROUND: u64 = 24;

fn one_client() -> std::path::PathBuf {
    Path::new(env!("CARGO_BIN_EXE_showclear")).parent().unwrap().join("examples/one_client")
}

/// Whether calls can be traced here: the program is there, and the machine lets it.
fn can_trace() -> bool {
    Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|output| output.status.success())
}

/// The lines of the trace in which a file of this name was synced.
fn syncs(trace: &str, is: impl Fn(&str) -> bool) -> u64 {
    let calls = trace.lines().filter(|line| line.contains("fsync(") || line.contains("fdatasync("));
    calls.filter(|line| !line.contains("resumed>") && is(line)).count() as u64
}

#[test]
fn one_entry_takes_one_sync_of_the_record() {
    if !can_trace() {
        eprintln!("not counted: strace is not here, or may not trace");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let output = Command::new("strace")
        .args(["-f", "-y", "-e", "trace=fsync,fdatasync,write", "-e", "write=none", "-o"])
        .arg(&trace)
        .arg(one_client())
        .arg(folder.path().join("data"))
        .arg(ENTRIES.to_string())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let trace = std::fs::read_to_string(trace).unwrap();
    let (founding, rest) = trace.split_once("\"ready").unwrap();
    let (entries, closing) = rest.rsplit_once("\"done").unwrap();
    let record = syncs(entries, |line| line.contains("/log.db"));
    let all = syncs(entries, |_| true);
    let (founding, closing) = (syncs(founding, |_| true), syncs(closing, |_| true));
    println!(
        "{ENTRIES} entries: {record} syncs of the record, {all} of all files; founding {founding}, closing {closing}"
    );
    // Every acknowledged entry was synced, and hardly any twice, whatever file it is.
    assert!(record >= ENTRIES, "an entry was acknowledged without a sync: {record}");
    assert!(all * 100 <= ENTRIES * 105, "{all} syncs for {ENTRIES} entries");
    assert!(founding + closing <= AROUND, "founding took {founding} syncs, closing {closing}");
}
