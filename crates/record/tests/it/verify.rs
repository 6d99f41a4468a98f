use base64::Engine;
use kernel::Proven;
use proof::note::{KeyName, Signer};
use proof::tree::{Tree, hash_leaf};
use record::device::{device_id, key_name, public_of};
use record::entry::{Adopted, Body, Entry};
use record::intent::Said;
use record::verify::{Effort, Fault, OtherRules, Replayed, Report, Verifier};

use record::Millis;

use crate::log::{LIMITS, Log, id, origin, some_log};

fn verify(entries: &[Vec<u8>], checkpoint: &[u8]) -> Result<Report, Fault> {
    verify_with(Effort::default(), entries, checkpoint)
}

fn verify_with(effort: Effort, entries: &[Vec<u8>], checkpoint: &[u8]) -> Result<Report, Fault> {
    let mut verifier = Verifier::begin(entries.first().map_or(&[][..], Vec::as_slice))?.with(effort);
    for entry in &entries[1..] {
        verifier.entry(entry)?;
    }
    verifier.finish(checkpoint, None)
}

/// The checkpoint that a forger with the log's key would sign over changed entries.
fn forged(log: &Log, entries: &[Vec<u8>]) -> Vec<u8> {
    let mut tree = Tree::default();
    entries.iter().for_each(|entry| tree.push(hash_leaf(entry)));
    log.checkpoint_of(tree.size(), tree.root())
}

#[test]
fn a_record_that_holds_is_found_to_hold() {
    let log = some_log();
    let report = verify(&log.entries, &log.checkpoint()).unwrap();
    assert_eq!((report.size, report.signatures), (log.entries.len() as u64, log.entries.len() as u64 - 2));
    assert_eq!((report.replayed, report.compared), (Replayed::Replayed, report.signatures));
    assert_eq!(report.root, log.tree.root());
}

#[test]
fn a_changed_byte_of_any_entry_is_caught() {
    let log = some_log();
    for index in 0..log.entries.len() {
        for at in (index..log.entries[index].len()).step_by(61) {
            let mut entries = log.entries.clone();
            entries[index][at] ^= 1;
            assert!(verify(&entries, &log.checkpoint()).is_err(), "entry {index}, byte {at}");
        }
    }
}

#[test]
fn entries_left_out_doubled_or_reordered_are_caught_even_with_the_logs_key() {
    let log = some_log();
    for index in 1..log.entries.len() - 1 {
        let mut without = log.entries.clone();
        without.remove(index);
        assert_eq!(verify(&without, &forged(&log, &without)).unwrap_err().code, "ENTRY-PLACE");
        let mut doubled = log.entries.clone();
        doubled.insert(index, log.entries[index].clone());
        assert_eq!(verify(&doubled, &forged(&log, &doubled)).unwrap_err().code, "ENTRY-PLACE");
        let mut swapped = log.entries.clone();
        swapped.swap(index, index + 1);
        assert_eq!(verify(&swapped, &forged(&log, &swapped)).unwrap_err().code, "ENTRY-PLACE");
    }
    let cut = &log.entries[..4];
    assert_eq!(verify(cut, &log.checkpoint()).unwrap_err().code, "CHECKPOINT-SIZE");
}

/// Rewrites the verdict line of an entry.
fn rewritten(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_verdict_that_the_rules_do_not_give_is_caught_even_with_the_logs_key() {
    let log = some_log();
    let refused = 5;
    let mut entries = log.entries.clone();
    entries[refused] = rewritten(&entries[refused], "\"accepted\":false", "\"accepted\":true");
    let fault = verify(&entries, &forged(&log, &entries)).unwrap_err();
    assert_eq!((fault.code, fault.index), ("REPLAY", Some(5)));
    let mut entries = log.entries.clone();
    entries[refused] = rewritten(&entries[refused], "own_device_pin", "nobody");
    assert_eq!(verify(&entries, &forged(&log, &entries)).unwrap_err().code, "REPLAY");
    let mut entries = log.entries.clone();
    entries[6] = rewritten(&entries[6], "clock_jumped", "break_began");
    assert_eq!(verify(&entries, &forged(&log, &entries)).unwrap_err().code, "NOTICE-ACTS");
}

/// Left out on request, the replay finds nothing, and the report says that it was left out; all else is found as before.
#[test]
fn without_replay_a_wrong_verdict_passes_and_the_report_says_what_was_left_out() {
    let without = Effort { replay: false, ..Effort::default() };
    let log = some_log();
    let report = verify_with(without, &log.entries, &log.checkpoint()).unwrap();
    let whole = verify(&log.entries, &log.checkpoint()).unwrap();
    assert_eq!(report, Report { replayed: Replayed::LeftOut, compared: 0, ..whole });
    // The last one: no device has seen the log behind it.
    let mut entries = log.entries.clone();
    let last = entries.len() - 1;
    entries[last] = rewritten(&entries[last], "\"accepted\":true", "\"accepted\":false");
    let checkpoint = forged(&log, &entries);
    assert_eq!(verify(&entries, &checkpoint).unwrap_err().code, "REPLAY");
    assert_eq!(verify_with(without, &entries, &checkpoint).unwrap().replayed, Replayed::LeftOut);
    assert_eq!(verify_with(without, &entries, &log.checkpoint()).unwrap_err().code, "TREE-ROOT");
    let older = log_of_the_first_rules();
    let report = verify_with(without, &older.entries, &older.checkpoint()).unwrap();
    assert_eq!((report.replayed, report.compared), (Replayed::LeftOut, 0));
    for (from, to, code) in [("notice", "decision", "ENTRY-MALFORMED"), ("clock_jumped", "break_began", "NOTICE-ACTS")]
    {
        let mut entries = log.entries.clone();
        entries[6] = rewritten(&entries[6], from, to);
        assert_eq!(verify_with(without, &entries, &forged(&log, &entries)).unwrap_err().code, code);
    }
    let mut log = some_log();
    let mut said = log.said(kernel::Intent::ReportBreak);
    said.link = None;
    log.submit_said(&said);
    assert_eq!(verify_with(without, &log.entries, &log.checkpoint()).unwrap_err().code, "DEVICE-CHAIN");
}

#[test]
fn an_intent_that_its_device_did_not_sign_is_caught_even_with_the_logs_key() {
    let log = some_log();
    let base64 = base64::engine::general_purpose::STANDARD;
    let text = String::from_utf8(log.entries[7].clone()).unwrap();
    let note = text.lines().nth(2).unwrap();
    let said = String::from_utf8(base64.decode(note).unwrap()).unwrap();
    let changed = base64.encode(said.replace(&id(40).to_string(), &id(41).to_string()));
    let mut entries = log.entries.clone();
    entries[7] = rewritten(&entries[7], note, &changed);
    let fault = verify(&entries, &forged(&log, &entries)).unwrap_err();
    assert_eq!((fault.code, fault.index), ("SIGNATURE", Some(7)));
}

#[test]
fn a_gap_or_a_fork_in_a_devices_chain_is_caught() {
    use kernel::Intent as I;
    for (change, code) in [(1, "DEVICE-CHAIN"), (2, "DEVICE-CHAIN"), (3, "SEEN-OTHER"), (4, "DEVICE-CHAIN")] {
        let mut log = some_log();
        let mut said = log.said(I::ReportBreak);
        let link = said.link.as_mut().unwrap();
        match change {
            1 => link.dseq += 1,
            2 => link.prev = Some(hash_leaf(b"other")),
            3 => said.seen.as_mut().unwrap().root = hash_leaf(b"other"),
            _ => said.link = None,
        }
        log.submit_said(&said);
        assert_eq!(verify(&log.entries, &log.checkpoint()).unwrap_err().code, code, "{change}");
    }
}

#[test]
fn the_same_intent_twice_is_caught() {
    let mut log = some_log();
    let said = log.said(kernel::Intent::ReportBreak);
    log.submit_said(&said);
    let mut again = log.said(kernel::Intent::ReportBreak);
    again.id = said.id;
    log.submit_said(&again);
    assert_eq!(verify(&log.entries, &log.checkpoint()).unwrap_err().code, "INTENT-TWICE");
}

#[test]
fn another_key_or_another_tree_is_caught() {
    let log = some_log();
    let other = log.checkpoint_of(log.tree.size(), hash_leaf(b"other"));
    assert_eq!(verify(&log.entries, &other).unwrap_err().code, "TREE-ROOT");
    let mut broken = log.checkpoint();
    let last = broken.len() - 10;
    broken[last] = if broken[last] == b'A' { b'B' } else { b'A' };
    assert_eq!(verify(&log.entries, &broken).unwrap_err().code, "CHECKPOINT");
    let mut verifier = Verifier::begin(&log.entries[0]).unwrap();
    for entry in &log.entries[1..] {
        verifier.entry(entry).unwrap();
    }
    let name = proof::note::KeyName::new("other").unwrap();
    let pinned = proof::note::Signer::new(name, [3; 32]).verifying_key().clone();
    assert_eq!(verifier.finish(&log.checkpoint(), Some(&pinned)).unwrap_err().code, "LOG-KEY");
    assert_eq!(Verifier::begin(&log.entries[1]).unwrap_err().code, "GENESIS-MISSING");
    assert_eq!(Verifier::begin(b"").unwrap_err().code, "ENTRY-MALFORMED");
}

/// A log that was founded on the first rules, with two entries that say they were decided by them.
fn log_of_the_first_rules() -> Log {
    let mut log = Log::found_under(hash_leaf(b"the first rules"), 1);
    log.submit(kernel::Intent::AddPerson { person: id(20) });
    log.submit(kernel::Intent::ReportBreak);
    log
}

#[test]
fn a_log_of_older_rules_holds_and_is_not_replayed() {
    let log = log_of_the_first_rules();
    let mut entries = log.entries.clone();
    let report = verify(&entries, &log.checkpoint()).unwrap();
    let not = Replayed::NotReplayed { recorded: 1, built_in: kernel::SEMANTICS };
    assert_eq!((report.replayed, report.compared, report.signatures), (not, 0, 2));
    assert_eq!(report.by_other_rules, [OtherRules { from: 0, to: 3, lowest: 1, highest: 1 }]);
    // What is not replayed is believed as it is recorded: that is what the report says.
    entries[2] = rewritten(&entries[2], "\"accepted\":true", "\"accepted\":false");
    assert!(verify(&entries, &forged(&log, &entries)).is_ok());
}

#[test]
fn from_where_a_log_goes_on_with_the_rules_built_in_it_is_replayed() {
    let mut log = log_of_the_first_rules();
    log.adopt(Adopted::built_in(&LIMITS));
    log.submit(kernel::Intent::AddPerson { person: id(21) });
    let report = verify(&log.entries, &log.checkpoint()).unwrap();
    let not = Replayed::NotReplayed { recorded: 1, built_in: kernel::SEMANTICS };
    assert_eq!((report.replayed, report.compared, report.signatures), (not, 1, 3));
    assert_eq!(report.by_other_rules, [OtherRules { from: 0, to: 3, lowest: 1, highest: 1 }]);
    let mut entries = log.entries.clone();
    entries[4] = rewritten(&entries[4], "\"accepted\":true", "\"accepted\":false");
    assert_eq!(verify(&entries, &forged(&log, &entries)).unwrap_err().code, "REPLAY");
}

#[test]
fn what_was_decided_by_other_rules_than_the_log_names_is_caught() {
    let mut log = log_of_the_first_rules();
    (log.rules, log.semantics) = (Adopted::built_in(&LIMITS).rules, kernel::SEMANTICS);
    log.submit(kernel::Intent::AddPerson { person: id(21) });
    let fault = verify(&log.entries, &log.checkpoint()).unwrap_err();
    assert_eq!((fault.code, fault.index), ("RULES-OTHER", Some(3)), "newer rules without a word");
    let built_in = Adopted::built_in(&LIMITS);
    for wrong in [
        Adopted { semantics: 1, ..built_in },
        Adopted { semantics: 0, ..built_in },
        Adopted { rules: hash_leaf(b"others"), ..built_in },
        Adopted { schema: hash_leaf(b"others"), ..built_in },
    ] {
        let mut log = log_of_the_first_rules();
        log.adopt(wrong);
        let fault = verify(&log.entries, &log.checkpoint()).unwrap_err();
        assert_eq!((fault.code, fault.index), ("RULES-OTHER", Some(3)), "{wrong:?}");
    }
    let mut log = some_log();
    log.adopt(built_in);
    assert_eq!(verify(&log.entries, &log.checkpoint()).unwrap_err().code, "RULES-OTHER", "adopted twice");
}

#[test]
fn rules_that_are_not_built_in_yet_are_named() {
    let mut log = some_log();
    let newer = kernel::SEMANTICS + 1;
    let compared = log.entries.len() as u64 - 2;
    log.adopt(Adopted { semantics: newer, rules: hash_leaf(b"newer"), schema: hash_leaf(b"newer") });
    log.submit(kernel::Intent::ReportBreak);
    let report = verify(&log.entries, &log.checkpoint()).unwrap();
    let not = Replayed::NotReplayed { recorded: newer, built_in: kernel::SEMANTICS };
    assert_eq!((report.replayed, report.compared, report.signatures), (not, compared, compared + 1));
    let (from, to) = (log.entries.len() as u64 - 2, log.entries.len() as u64);
    assert_eq!(report.by_other_rules, [OtherRules { from, to, lowest: newer, highest: newer }]);
}

/// Rules before those built in, those, and rules after them: what was not compared is named on both sides.
#[test]
fn entries_before_and_after_the_rules_built_in_are_named() {
    let mut log = log_of_the_first_rules();
    let adopted = |semantics| Adopted { semantics, rules: hash_leaf(b"others"), schema: hash_leaf(b"others") };
    log.adopt(adopted(2));
    log.adopt(Adopted::built_in(&LIMITS));
    log.submit(kernel::Intent::AddPerson { person: id(21) });
    let newer = kernel::SEMANTICS + 1;
    log.adopt(adopted(newer));
    log.submit(kernel::Intent::ReportBreak);
    let report = verify(&log.entries, &log.checkpoint()).unwrap();
    let before = OtherRules { from: 0, to: 4, lowest: 1, highest: 2 };
    let after = OtherRules { from: 6, to: 8, lowest: newer, highest: newer };
    assert_eq!((report.by_other_rules, report.compared), (vec![before, after], 1));
    assert_eq!(verify(&some_log().entries, &some_log().checkpoint()).unwrap().by_other_rules, []);
}

/// A stop is taken whoever stands behind it, so that the rules do not look at how he was proven.
#[test]
fn a_stop_by_a_person_who_was_proven_on_a_device_that_is_not_his_is_caught() {
    let mut log = some_log();
    let stop = kernel::Intent::Stop { cause: kernel::StopCause::Called };
    assert!(log.submit(stop));
    assert!(verify(&log.entries, &log.checkpoint()).is_ok(), "the device is his");
    log.founder = id(20);
    assert!(log.submit(stop));
    for effort in [Effort::default(), Effort { replay: false, ..Effort::default() }] {
        let fault = verify_with(effort, &log.entries, &log.checkpoint()).unwrap_err();
        assert_eq!((fault.code, fault.index), ("PROVEN-OTHER", Some(log.entries.len() as u64 - 1)));
    }
}

/// A key that the log does not have is brought by a stop or an enrolment alone, under the name that it has.
#[test]
fn a_key_that_an_intent_may_not_bring_is_caught_even_with_the_logs_key() {
    let without = Effort { replay: false, ..Effort::default() };
    let stop = kernel::Intent::Stop { cause: kernel::StopCause::Called };
    let stranger = [7; 32];
    let public = public_of(stranger).unwrap();
    let own_name = key_name(origin().production(), device_id(&public));
    let other_name = key_name(origin().production(), id(5));
    let cases = [
        (stop, &own_name, Ok(())),
        (stop, &other_name, Err("DEVICE-UNKNOWN")),
        (kernel::Intent::ReportBreak, &own_name, Err("DEVICE-UNKNOWN")),
        (kernel::Intent::EnrolDevice { invitation: id(3), device: id(5) }, &own_name, Err("DEVICE-UNKNOWN")),
    ];
    for (intent, name, expected) in cases {
        let mut log = some_log();
        let said = Said { by: None, link: None, key: Some(public), ..log.said(intent) };
        let note = Signer::new(KeyName::new(name).unwrap(), stranger).sign(&said.text(&origin()).unwrap()).unwrap();
        log.append_note(&note.to_bytes(), None, Proven::Nobody);
        let found = verify_with(without, &log.entries, &log.checkpoint()).map(|_| ()).map_err(|fault| fault.code);
        assert_eq!(found, expected, "{intent:?} under {name}");
    }
}

/// No device signs the founding: it can enter the founder, and nothing else.
#[test]
fn a_founding_that_enters_more_than_its_founder_is_caught() {
    use kernel::{Day, Event, Role, Roles};
    let log = Log::found();
    let Body::Genesis(genesis) = Entry::decode(&log.entries[0], &origin()).unwrap().body else { panic!("no founding") };
    let founded = |change: &dyn Fn(&mut Vec<record::Event>)| {
        let mut genesis = genesis.clone();
        change(&mut genesis.events);
        let entry = Entry { index: 0, decided_at: Millis(1), body: Body::Genesis(genesis) };
        Verifier::begin(&entry.encode(&origin()).unwrap()).map(|_| ()).map_err(|fault| (fault.code, fault.index))
    };
    assert_eq!(founded(&|_| ()), Ok(()));
    let (day, armorer) = (Day(1), Roles::NONE.with(Role::Armorer));
    let (kind, locks, place) = (kernel::PlaceKind::Vault, true, id(30));
    let more = [
        Event::PersonAdded { person: id(20) },
        Event::RolesAssigned { person: log.founder, day, roles: armorer, answers_to: None },
        Event::RolesAssigned { person: id(20), day, roles: Roles::NONE.with(Role::Producer), answers_to: None },
        Event::DeviceEnrolled { invitation: id(3), device: id(5), person: log.founder },
        Event::DeviceEnrolled { invitation: id(3), device: log.device.id(), person: id(20) },
        Event::PlaceRegistered { place, kind, locks, for_guns: true },
        Event::ClockJumped { at: Millis(1) },
    ];
    for event in more {
        assert_eq!(founded(&|events| events.push(event)), Err(("GENESIS-ACTS", Some(0))), "{event:?}");
    }
    assert_eq!(founded(&|events| events.clear()), Err(("GENESIS-ACTS", Some(0))), "nobody founds it");
}
