//! The folder: reopening, snapshots, and everything that is not opened.

use std::path::Path;
use std::sync::Arc;

use kernel::{Content, Intent, SEMANTICS};
use record::entry::Entry;
use service::testkit::{CALL_MS, ManualClock, Part, Stage, founding};
use service::{Service, ServiceError};
use store::Store;
use store::sqlite::SqliteStore;

fn open(folder: &Path) -> Result<Service, ServiceError> {
    Service::open(folder, ManualClock::at(CALL_MS + 1_000_000))
}

fn code(folder: &Path) -> &'static str {
    open(folder).map_err(|error| error.code()).unwrap_err()
}

/// A folder with a morning in it, closed.
fn closed() -> (tempfile::TempDir, Stage) {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    stage.service.close();
    (folder, stage)
}

#[test]
fn what_is_reopened_is_what_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    let token = stage.log_in(Part::Armorer).unwrap();
    let offer = stage.offer().unwrap();
    let before = stage.service.view();
    let stage = stage.reopened(folder.path()).unwrap();
    let after = stage.service.view();
    assert_eq!((&after.state, after.size, after.root), (&before.state, before.size, before.root));
    assert_eq!(after.checkpoint, before.checkpoint);
    assert_eq!(after.name(stage.revolver), "GUN 1");
    assert!(stage.service.session(&token).is_some());
    assert!(stage.take(offer).unwrap().accepted, "and it goes on from there");
}

#[test]
fn what_comes_after_closing_is_not_taken() {
    let (_folder, stage) = closed();
    let error = stage.ask(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap_err();
    assert_eq!(error.code(), "CLOSED");
}

#[test]
fn a_snapshot_leads_to_the_same_state_as_every_entry_does() {
    let (folder, stage) = closed();
    let by_snapshot = open(folder.path()).unwrap();
    assert_eq!(by_snapshot.view().state, stage.service.view().state);
    by_snapshot.close();
    // A snapshot that nobody signed is passed over, whatever it says.
    let mut log = SqliteStore::open(&folder.path().join("log.db")).unwrap();
    let kept = log.snapshots().unwrap();
    let size = log.size().unwrap();
    assert_eq!(kept[0].0, size, "one was kept at closing");
    let forged = String::from_utf8(kept[0].1.clone()).unwrap().replace("\"locks\":true", "\"locks\":false");
    assert_ne!(forged.as_bytes(), kept[0].1);
    log.put_snapshot(size, forged.as_bytes()).unwrap();
    log.put_snapshot(size - 1, b"nothing of the kind").unwrap();
    drop(log);
    let by_entries = open(folder.path()).unwrap();
    assert_eq!(by_entries.view().state, stage.service.view().state);
}

/// Everything that a day leaves open at once: whoever starts the service anew finds it so.
#[test]
fn a_snapshot_in_the_middle_of_a_day_tells_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let line = a_day_in_the_middle(&stage);
    let lot = stage.dummies;
    let count = stage.begin_count(lot, kernel::Occasion::AfterFiring).unwrap();
    let (tally, method) = (stage.expected(lot).unwrap(), kernel::Method::SeenAtHead);
    let counted = Intent::AnswerCount { lot, count, tally, method, seal: None };
    stage.accepted(Part::Witness, counted).unwrap();
    let before = stage.service.view();
    stage.service.close();
    let mut log = SqliteStore::open(&folder.path().join("log.db")).unwrap();
    assert_eq!(log.snapshots().unwrap()[0].0, before.size, "one was kept at closing");
    drop(log);
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.view().state, before.state);
    // Also what no view shows: the second answers are held against the first ones.
    stage.accepted(Part::Armorer, counted).unwrap();
    assert_eq!(stage.service.view().state.lots[&lot].count, None, "both have counted alike");
    stage.accepted(Part::Witness, Intent::MusterLine { line, guns: 0 }).unwrap();
    assert!(stage.service.view().state.lines[&line].again, "the handler had counted four");
}

/// Boxes out, rounds in a hand and in a sealed belt, a gun with the performer that fired, a line that
/// one of two has counted. Gives the line.
fn a_day_in_the_middle(stage: &Stage) -> record::Id {
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap().intent;
    let (gun, lot, to) = (stage.revolver, stage.blanks, stage.person(Part::Performer).unwrap());
    let dress = stage.receive(kernel::LotKind::Dress, 30, "DRESS ROUNDS").unwrap();
    for lot in [stage.dummies, lot, dress] {
        stage.verify(lot).unwrap();
        stage.fetch(lot).unwrap();
    }
    let belt = stage.place(kernel::PlaceKind::Belt, false, false, "belt 1").unwrap();
    armorer(Intent::Draw { lot: dress, rounds: 20 });
    armorer(Intent::Stow { lot: dress, place: belt, rounds: 12 });
    armorer(Intent::SealBelt { place: belt, seal: 12 });
    armorer(Intent::ReBox { lot: stage.fresh_id(), from: stage.dummies, rounds: 5 });
    armorer(Intent::TakeOut { gun });
    armorer(Intent::LookThroughBore { gun, light: kernel::Light::Seen });
    armorer(Intent::TestBlank { gun, lot, rounds: 2, stand_off_centimetres: 600 });
    armorer(Intent::LookThroughBore { gun, light: kernel::Light::Seen });
    armorer(Intent::Load { gun, lot, chambers: (1..=6).collect() });
    let check = stage.begin_check().unwrap();
    let seen = Intent::AnswerCheck { gun, check, readings: service::testkit::all(Content::Blank, 6) };
    armorer(seen);
    stage.accepted(Part::Witness, seen).unwrap();
    stage.call_to_set(gun).unwrap();
    armorer(Intent::ClearLine { gun, nearest_centimetres: 700 });
    armorer(Intent::DeclareTransfer { gun, to });
    armorer(Intent::DeclarePreset { gun, place: stage.set });
    assert!(stage.take(stage.offer().unwrap()).unwrap().accepted);
    let shot = armorer(Intent::PlanShot { scene: stage.scene });
    armorer(Intent::PlanGun {
        gun,
        shot,
        holds: kernel::Holds::Blank,
        load: Some(kernel::Load::Full),
        rounds: 6,
        toward: kernel::Toward::Nobody,
        stand_off_millimetres: 6_000,
        barrier: false,
        copy_will_not_do: false,
    });
    armorer(Intent::MeasureStandOff { gun, shot, nearest_millimetres: 7_000 });
    armorer(Intent::EnterProtection { gun, shot });
    stage.accepted(Part::FirstAd, Intent::CallShotReady { shot }).unwrap();
    stage.accepted(Part::FirstAd, Intent::BeginTake { shot: Some(shot) }).unwrap();
    stage.accepted(Part::Performer, Intent::ReportFired { gun, shots: 3, misfires: 1 }).unwrap();
    let (from, until) = (record::Millis(CALL_MS), record::Millis(CALL_MS + 3_600_000));
    let duty = Intent::RosterDuty { person: to, role: kernel::Role::Props, from, until };
    stage.accepted(Part::Producer, duty).unwrap();
    let line = armorer(Intent::BeginLine { witness: stage.person(Part::Witness).unwrap() });
    armorer(Intent::MusterLine { line, guns: 4 });
    line
}

#[test]
fn a_snapshot_of_another_size_does_not_pass_for_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    stage.service.close();
    let mut log = SqliteStore::open(&folder.path().join("log.db")).unwrap();
    let kept = log.snapshots().unwrap();
    let [(newer, _), (_, older)] = kept.as_slice() else { panic!("two are kept") };
    log.put_snapshot(*newer, older).unwrap();
    drop(log);
    assert_eq!(open(folder.path()).unwrap().view().state, stage.service.view().state);
}

#[test]
fn a_snapshot_of_what_is_not_there_any_more_is_passed_over() {
    let memory = store::memory::MemoryStore::new();
    let stage = Stage::found_in(crate::stores(Box::new(memory.clone()))).unwrap();
    let before = stage.service.view();
    stage.show(Content::Empty).unwrap();
    stage.service.close();
    // The log goes back to before the morning; the snapshot of after it stays.
    let mut older = store::memory::MemoryStore::new();
    let entries = memory.clone().entries(0, before.size).unwrap();
    older.append(0, &entries, &mut |_| Ok(before.checkpoint.clone())).unwrap();
    let (_, newest) = memory.clone().snapshots().unwrap().remove(0);
    older.put_snapshot(before.size, &newest).unwrap();
    let opened = Service::open_in(crate::stores(Box::new(older)), stage.clock.clone()).unwrap();
    assert_eq!(opened.view().state, before.state);
}

#[test]
fn a_thousand_entries_make_a_snapshot_on_the_way() {
    let memory = store::memory::MemoryStore::new();
    let stage = Stage::found_in(crate::stores(Box::new(memory.clone()))).unwrap();
    for _ in 0..1_000 {
        stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    }
    let kept = memory.clone().snapshots().unwrap();
    assert_eq!(kept.iter().map(|(size, _)| *size).collect::<Vec<_>>(), [1_000]);
    let state = stage.service.view().state.clone();
    let opened = Service::open_in(crate::stores(Box::new(memory)), stage.clock.clone()).unwrap();
    assert_eq!(opened.view().state, state);
}

#[test]
fn the_verifier_finds_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    stage.take(stage.offer().unwrap()).unwrap();
    stage.clock.jump(10_000_000);
    stage.ask(Part::Performer, Intent::TakeBack { gun: stage.revolver }).unwrap();
    let stop = stage.stop_of_a_stranger([9; 32]).unwrap();
    stage.service.submit_blocking(stop, service::Standing::Nobody).unwrap();
    stage.ask(Part::Armorer, Intent::TakeBack { gun: stage.revolver }).unwrap();
    let device = stage.device(Part::Witness).unwrap();
    stage.accepted(Part::Producer, Intent::RevokeDevice { device }).unwrap();
    stage.service.close();
    let view = stage.service.view();
    let mut log = SqliteStore::open_read_only(&folder.path().join("log.db")).unwrap();
    let entries = log.entries(0, u64::MAX).unwrap();
    let mut verifier = record::verify::Verifier::begin(&entries[0]).unwrap();
    for bytes in &entries[1..] {
        verifier.entry(bytes).unwrap();
    }
    assert_eq!(verifier.state(), &view.state);
    let report = verifier.finish(&log.checkpoint().unwrap().unwrap().note, None).unwrap();
    assert_eq!((report.size, report.root), (view.size, view.root));
    assert_eq!(report.replayed, record::verify::Replayed::Replayed);
}

#[test]
fn a_folder_is_founded_once() {
    let (folder, stage) = closed();
    let again = Service::found(folder.path(), &founding().unwrap(), Arc::new(service::SystemClock::new()));
    assert_eq!(again.unwrap_err().code(), "FOUNDING-ALREADY");
    assert_eq!(open(folder.path()).unwrap().view().size, stage.service.view().size);
}

#[test]
fn a_founding_that_cannot_stand_leaves_nothing_behind() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new");
    let good = founding().unwrap();
    let bad = [
        service::Founding { domain: "Not A Domain".to_owned(), ..good.clone() },
        service::Founding { founder_pin: "12".to_owned(), ..good.clone() },
        service::Founding { founder_name: " ".to_owned(), ..good.clone() },
        service::Founding { founder_public_key: [0; 32], ..good.clone() },
    ];
    for founding in bad {
        let error = Service::found(&folder, &founding, ManualClock::at(CALL_MS)).unwrap_err();
        assert_eq!(error.code(), "FOUNDING-BAD", "{error}");
        assert!(!folder.exists());
    }
    assert!(Service::found(&folder, &good, ManualClock::at(CALL_MS)).is_ok());
}

#[cfg(unix)]
#[test]
fn the_key_is_readable_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = closed();
    for name in ["log.key", "office.db"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_second_opener_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    assert_eq!(code(folder.path()), "store/in-use");
    drop(stage);
    assert!(open(folder.path()).is_ok(), "and let in once the first is gone");
}

#[test]
fn what_is_missing_is_named() {
    for (name, expected) in
        [("log.db", "store/not-found"), ("office.db", "store/not-found"), ("log.key", "KEY-MISSING")]
    {
        let (folder, _) = closed();
        std::fs::remove_file(folder.path().join(name)).unwrap();
        assert_eq!(code(folder.path()), expected, "{name}");
        assert!(!folder.path().join(name).exists(), "{name} was made anew");
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(code(empty.path()), "store/not-found");
}

#[test]
fn a_key_that_is_not_this_logs_opens_nothing() {
    let (folder, _) = closed();
    let key = folder.path().join("log.key");
    for (text, expected) in [
        ("not base64!", "KEY-UNUSABLE"),
        ("AAAA", "KEY-UNUSABLE"),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "RECORD-DOES-NOT-VERIFY"),
    ] {
        std::fs::write(&key, text).unwrap();
        assert_eq!(code(folder.path()), expected, "{text}");
    }
}

#[test]
fn a_truncated_log_is_not_served() {
    let (folder, _) = closed();
    let log = folder.path().join("log.db");
    let whole = std::fs::read(&log).unwrap();
    for part in [0, 50, whole.len() / 2, whole.len() - 4_096] {
        std::fs::write(&log, &whole[..part]).unwrap();
        assert_eq!(code(folder.path()), "store/damaged", "cut at {part} of {}", whole.len());
    }
    std::fs::write(&log, &whole).unwrap();
    assert!(open(folder.path()).is_ok());
}

/// Copies a log with one thing changed, as somebody would who has the file and not the key.
fn rewritten(folder: &Path, change: impl Fn(&mut Vec<Vec<u8>>, &mut Vec<u8>)) -> ServiceError {
    let log = folder.join("log.db");
    let mut old = SqliteStore::open(&log).unwrap();
    let mut entries = old.entries(0, u64::MAX).unwrap();
    let mut note = old.checkpoint().unwrap().unwrap().note;
    drop(old);
    std::fs::remove_file(&log).unwrap();
    change(&mut entries, &mut note);
    let mut new = SqliteStore::create(&log).unwrap();
    if !entries.is_empty() {
        new.append(0, &entries, &mut |_| Ok(note.clone())).unwrap();
    }
    drop(new);
    open(folder).unwrap_err()
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    *bytes = text.replace(from, to).into_bytes();
}

#[test]
fn a_record_that_was_changed_is_not_served() {
    type Change = fn(&mut Vec<Vec<u8>>, &mut Vec<u8>);
    let changes: [(&str, Change, &str); 6] = [
        ("the last entry dropped", |entries, _| drop(entries.pop()), "RECORD-DOES-NOT-VERIFY"),
        ("two swapped", |entries, _| entries.swap(3, 4), "RECORD-DOES-NOT-VERIFY"),
        (
            "a verdict turned",
            |entries, _| replace(&mut entries[3], "\"accepted\":true", "\"accepted\":false"),
            "RECORD-DOES-NOT-VERIFY",
        ),
        ("a checkpoint turned", |_, note| replace(note, "/e0\n", "/e1\n"), "RECORD-DOES-NOT-VERIFY"),
        ("nothing left", |entries, _| entries.clear(), "RECORD-NOT-FOUNDED"),
        (
            "other rules",
            |entries, _| {
                let number = |semantics: u32| format!("\"semantics\":{semantics}");
                replace(&mut entries[0], &number(SEMANTICS), &number(SEMANTICS + 1));
            },
            "RULES-OTHER-SEMANTICS",
        ),
    ];
    for (what, change, expected) in changes {
        let (folder, _) = closed();
        let error = rewritten(folder.path(), change);
        assert_eq!(error.code(), expected, "{what}");
        if what == "the last entry dropped" {
            assert!(error.sentence().contains("its newest checkpoint is over"), "{error}");
        }
    }
    let (folder, _) = closed();
    assert!(matches!(rewritten_is_fine(folder.path()), Ok(())), "the copy itself is not what is refused");
}

fn rewritten_is_fine(folder: &Path) -> Result<(), ServiceError> {
    let log = folder.join("log.db");
    let mut old = SqliteStore::open(&log)?;
    let (entries, note) = (old.entries(0, u64::MAX)?, old.checkpoint()?.unwrap().note);
    drop(old);
    std::fs::remove_file(&log).unwrap();
    SqliteStore::create(&log)?.append(0, &entries, &mut |_| Ok(note.clone()))?;
    open(folder).map(drop)
}

#[test]
fn rules_with_other_limits_are_other_rules() {
    let (folder, _) = closed();
    let change = |entries: &mut Vec<Vec<u8>>, _: &mut Vec<u8>| {
        replace(&mut entries[0], "\"showing_life_ms\":300000", "\"showing_life_ms\":900000");
        assert!(Entry::origin_of(&entries[0]).is_ok());
    };
    assert_eq!(rewritten(folder.path(), change).code(), "RULES-OTHER");
}

/// To root everything can be written, so this runs once more as somebody else where the tests run as root.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    const FOLDER: &str = "SHOWCLEAR_TEST_READ_ONLY_FOLDER";
    const NAME: &str = "folder::a_folder_that_cannot_be_written_is_refused";
    if let Some(folder) = std::env::var_os(FOLDER) {
        assert_eq!(code(&Path::new(&folder).join("closed")), "store/read-only");
        return;
    }
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("closed");
    drop(Stage::found(&folder).unwrap());
    let program = parent.path().join("tests");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let allow = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    for (path, mode) in [(folder.as_path(), 0o555), (program.as_path(), 0o555), (parent.path(), 0o755)] {
        allow(path, mode);
    }
    let mut command = std::process::Command::new(&program);
    command.args(["--exact", NAME]).env(FOLDER, parent.path()).current_dir(parent.path());
    if std::fs::metadata(parent.path()).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    allow(&folder, 0o755);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
