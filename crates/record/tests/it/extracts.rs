//! Extracts: some entries of a record, each with its proof, and every change found and named.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Action, Choices, Day, GunKind, Pack, Packs, PlaceKind, Role, Roles};
use proof::note::{KeyName, Signer, VerifyingKey};
use proof::receipt::Receipt;
use proof::tree::Hash;
use record::bundle::extent::{About, Asked, Extent, ExtentError, Span};
use record::bundle::extract::{ExtractReport, is_extract, verify, write};
use record::bundle::{BundleFault, Disclosure, MANIFEST, Parts, Trust};
use record::entry::Entry;
use record::{Id, Intent, Millis};

use crate::bundle::{Files, pack, pack_signed, unpack};
use crate::log::{Log, id, origin};
use crate::older_heads;

const GUN: u128 = 40;
const OTHER_GUN: u128 = 41;
const SALT: [u8; 16] = [5; 16];

/// Three days with two guns, a second device from the first day on, and a name as a commitment.
pub fn log() -> Log {
    let mut log = Log::found();
    let person = id(20);
    let mut said = log.said(Intent::AddPerson { person });
    let digest = Hash(proof::commit::commit(&SALT, "name", "the armorer"));
    said.digests = BTreeMap::from([("name".to_owned(), digest)]);
    assert!(log.submit_said(&said));
    let place = id(30);
    assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Vault, locks: true, for_guns: true }));
    for gun in [id(GUN), id(OTHER_GUN)] {
        let (kind, action) = (GunKind::LiveCapable, Action::SingleAction);
        assert!(log.submit(Intent::RegisterGun { gun, kind, action, chambers: 6, place }));
    }
    assert!(log.submit(Intent::ReportOutOfSight { gun: id(GUN) }));
    for day in [Day(1), Day(2), Day(3)] {
        let roles = Roles::NONE.with(Role::Producer);
        assert!(log.submit(Intent::AssignRoles { person, day, roles, answers_to: None }));
    }
    log.hand_over_to(person, [2; 32]);
    assert!(log.submit(Intent::ReportDoubt { gun: id(OTHER_GUN) }));
    for day in [Day(2), Day(3)] {
        assert!(log.submit(Intent::OpenDay { day }));
        assert!(log.submit(Intent::ReportDoubt { gun: id(GUN) }));
        log.notice();
        assert!(log.submit(Intent::ReportDoubt { gun: id(OTHER_GUN) }));
        assert!(!log.submit(Intent::TakeOut { gun: id(GUN) }), "a producer takes no gun out");
    }
    let person = id(21);
    assert!(log.submit(Intent::AddPerson { person }));
    log
}

pub fn asked(span: Span) -> Asked {
    Asked { about: About::default(), span }
}

fn about_the_gun() -> About {
    About { guns: BTreeSet::from([id(GUN)]), ..About::default() }
}

pub fn extent(log: &Log, asked: &Asked) -> Extent {
    Extent::of(&log.entries, asked).unwrap()
}

fn extract_with(log: &Log, extent: &Extent, disclosures: &[Disclosure]) -> Vec<u8> {
    let checkpoint = log.checkpoint();
    let format_page = "# The bytes of the record\n";
    let parts = Parts {
        entries: &log.entries,
        checkpoint: &checkpoint,
        witnessed: None,
        policy: None,
        stamps: &[],
        disclosures,
        attachments: &[],
        format_page,
        verify_page: "",
    };
    write(&parts, extent, log.signer()).unwrap()
}

fn extract(log: &Log, asked: &Asked) -> Vec<u8> {
    extract_with(log, &extent(log, asked), &[])
}

pub fn check(bytes: &[u8]) -> Result<ExtractReport, BundleFault> {
    verify(bytes, &Trust::default())
}

/// The code of the first fault, its file and its entry.
pub fn fault(bytes: &[u8]) -> (&'static str, Option<String>, Option<u64>) {
    let found = check(bytes).expect_err("it holds");
    assert!(!found.fault.sentence.is_empty());
    (found.fault.code, found.file, found.fault.index)
}

/// Changes files and has the log's own key sign the manifest over what came of it: what a log that lies could do.
pub fn resigned(
    log: &Log,
    files: &Files,
    change: impl FnOnce(&mut Files),
) -> (&'static str, Option<String>, Option<u64>) {
    let mut files = files.clone();
    change(&mut files);
    fault(&pack_signed(files, &origin().to_string(), log.signer()))
}

pub fn read(log: &Log, index: u64) -> Entry {
    Entry::decode(&log.entries[usize::try_from(index).unwrap()], &origin()).unwrap()
}

fn opening(log: &Log, day: u32) -> u64 {
    let opens = |index: &u64| {
        let events = read(log, *index).events().to_vec();
        events.iter().any(|it| matches!(it, kernel::Event::DayOpened { day: it, .. } if it.0 == day))
    };
    (0..log.entries.len() as u64).find(opens).unwrap()
}

#[test]
fn a_day_holds_every_entry_of_it_and_the_one_that_opens_the_next() {
    let log = log();
    let (from, to) = (opening(&log, 2), opening(&log, 3));
    let bytes = extract(&log, &asked(Span::Day(Day(2))));
    assert_eq!(extract(&log, &asked(Span::Day(Day(2)))), bytes, "the same question gives the same bytes");
    assert!(is_extract(&bytes));
    let report = check(&bytes).unwrap();
    assert_eq!((report.extent.from, report.extent.to), (from, to));
    assert_eq!(report.extent.extracted, (from..to).collect::<Vec<_>>());
    assert!(report.extent.is_gapless() && report.extent.beside.contains(&0) && report.extent.beside.contains(&to));
    assert_eq!((report.size, report.root), (log.tree.size(), log.tree.root()));
    let files = unpack(&bytes);
    assert_eq!(report.files, files.len() as u64 - 1);
    for index in report.extent.places() {
        assert_eq!(files[&format!("entries/{index}")], log.entries[usize::try_from(index).unwrap()]);
    }
    // The last day ends with the record.
    let last = check(&extract(&log, &asked(Span::Day(Day(3))))).unwrap();
    assert_eq!((last.extent.from, last.extent.to), (to, log.tree.size()));
    let first = check(&extract(&log, &asked(Span::Day(Day(1))))).unwrap();
    assert_eq!((first.extent.from, first.extent.to), (0, from));
}

/// Every extracted entry is about the gun or about every gun, and none of those is left out.
#[test]
fn a_guns_extract_holds_what_is_about_it_and_what_is_about_every_gun() {
    let log = log();
    let report = check(&extract(&log, &Asked { about: about_the_gun(), span: Span::Whole })).unwrap();
    assert!(!report.extent.is_gapless());
    let extracted: BTreeSet<u64> = report.extent.extracted.iter().copied().collect();
    for index in 0..log.entries.len() as u64 {
        let bytes = String::from_utf8(log.entries[usize::try_from(index).unwrap()].clone()).unwrap();
        let note = read(&log, index).intent().map(|it| String::from_utf8(it.note.clone()).unwrap()).unwrap_or_default();
        let named = bytes.contains(&id(GUN).to_string()) || note.contains(&id(GUN).to_string());
        let every = ["day_opened", "clock_jumped"].iter().any(|it| bytes.contains(it));
        assert_eq!(extracted.contains(&index), named || every, "entry {index}: {bytes}");
    }
    // Of the other gun there is nothing, and the vault in which both lie is explained.
    let place =
        report.extent.places().into_iter().find(|index| {
            read(&log, *index).events().iter().any(|it| matches!(it, kernel::Event::PlaceRegistered { .. }))
        });
    assert!(place.is_some_and(|index| report.extent.beside.contains(&index)));
    let on_day_2 = check(&extract(&log, &Asked { about: about_the_gun(), span: Span::Day(Day(2)) })).unwrap();
    assert!(on_day_2.extent.extracted.iter().all(|it| (opening(&log, 2)..opening(&log, 3)).contains(it)));
    let person = About { persons: BTreeSet::from([id(21)]), ..About::default() };
    let of_the_person = |span| check(&extract(&log, &Asked { about: person.clone(), span })).unwrap().extent;
    assert_eq!(of_the_person(Span::Whole).extracted, [log.tree.size() - 1]);
    // What opens the day stands beside, where it is not about him.
    let on_day_3 = of_the_person(Span::Day(Day(3)));
    assert_eq!(on_day_3.extracted, [log.tree.size() - 1]);
    assert!(on_day_3.beside.contains(&opening(&log, 3)), "{on_day_3:?}");
}

/// An adoption leaves no line clear, of any gun.
/// Its manifest has two lines an entry, and is as long as that takes.
#[test]
fn an_extract_of_many_entries_is_signed_and_holds() {
    let mut log = log();
    while log.entries.len() < 2_000 {
        assert!(log.submit(Intent::ReportDoubt { gun: id(GUN) }));
    }
    let found = check(&extract(&log, &asked(Span::Whole))).unwrap();
    assert_eq!(found.extent.extracted.len(), 2_000);
}

#[test]
fn an_adoption_of_packs_stands_in_the_extract_of_every_gun() {
    let mut log = log();
    let at = log.tree.size();
    assert!(log.submit(Intent::AdoptPacks { packs: Packs::LAWS.with(Pack::Trade), choices: Choices::NONE }));
    let of_the_gun = extent(&log, &Asked { about: about_the_gun(), span: Span::Whole });
    assert!(of_the_gun.extracted.contains(&at), "{of_the_gun:?}");
}

#[test]
fn moments_and_places_give_ranges_without_gaps() {
    let log = log();
    let at = |index: u64| read(&log, index).decided_at;
    let (from, to) = (at(5), Millis(at(9).0 - 1));
    let report = check(&extract(&log, &asked(Span::Moments { from, to }))).unwrap();
    assert_eq!((report.extent.from, report.extent.to), (5, 9));
    assert!([4, 9].iter().all(|bound| report.extent.beside.contains(bound)), "{:?}", report.extent);
    let report = check(&extract(&log, &asked(Span::Entries { from: 5, to: 9 }))).unwrap();
    assert_eq!(report.extent.extracted, [5, 6, 7, 8]);
    let whole = check(&extract(&log, &asked(Span::Whole))).unwrap();
    assert_eq!(whole.extent.extracted.len(), log.entries.len());
    assert!(whole.extent.beside.is_empty());
}

#[test]
fn what_is_not_on_the_record_is_not_extracted() {
    let log = log();
    let size = log.tree.size();
    let of = |asked: &Asked| Extent::of(&log.entries, asked).unwrap_err();
    assert_eq!(of(&asked(Span::Day(Day(9)))), ExtentError::NoSuchDay(Day(9)));
    for (from, to) in [(4, 4), (5, 4), (0, size + 1)] {
        assert_eq!(of(&asked(Span::Entries { from, to })), ExtentError::NoSuchRange { from, to, size });
    }
    let late = Millis(i64::MAX - 1);
    let found = of(&asked(Span::Moments { from: late, to: Millis(i64::MAX) }));
    assert_eq!(found, ExtentError::NoSuchRange { from: size, to: size, size });
    let nobody = About { persons: BTreeSet::from([id(99)]), ..About::default() };
    assert_eq!(of(&Asked { about: nobody, span: Span::Whole }), ExtentError::Nothing);
}

/// Somebody else's code follows every proof from its entry to the signed root.
#[test]
fn another_implementation_takes_every_proof() {
    use ct_merkle::{InclusionProof, RootHash};
    let log = log();
    let files = unpack(&extract(&log, &Asked { about: about_the_gun(), span: Span::Whole }));
    let root = RootHash::<sha2::Sha256>::new(log.tree.root().0.into(), log.tree.size());
    let mut tried = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("proofs/")) {
        let receipt = Receipt::parse(bytes).unwrap();
        assert_eq!(receipt.checkpoint, files["checkpoint"], "{path}");
        let hashes: Vec<u8> = receipt.path.iter().flat_map(|hash| hash.0).collect();
        let entry = &files[&format!("entries/{}", receipt.index)];
        let proof = InclusionProof::<sha2::Sha256>::from_bytes(hashes.clone());
        assert!(root.verify_inclusion(entry, receipt.index, &proof).is_ok(), "{path}");
        assert!(root.verify_inclusion(entry, receipt.index ^ 1, &proof).is_err(), "{path}");
        tried += 1;
    }
    assert!(tried > 8, "{tried}");
}

#[test]
fn every_flipped_byte_and_every_cut_of_an_extract_is_found() {
    let log = log();
    let bytes = older_heads::extract(&log, &asked(Span::Entries { from: 2, to: 4 }), Some(5), &[]);
    assert!(unpack(&bytes).contains_key("witnessed.consistency"));
    let mut flipped = bytes.clone();
    for at in 0..bytes.len() {
        flipped[at] ^= 1 << (at % 8);
        let found = check(&flipped).expect_err("a flipped byte passes");
        assert!(!found.fault.code.is_empty() && !found.fault.sentence.is_empty(), "byte {at}");
        flipped[at] = bytes[at];
    }
    for at in 0..bytes.len() {
        assert!(check(&bytes[..at]).is_err(), "cut at {at}");
    }
}

/// Whoever mends container and manifest as well, but has not the log's key, is found by the signature; and where he
/// has it, by the proofs.
#[test]
fn a_changed_entry_or_proof_is_found_and_named_even_under_the_logs_own_signature() {
    let log = log();
    let files = unpack(&extract(&log, &asked(Span::Entries { from: 2, to: 4 })));
    let stranger = Signer::new(KeyName::new(&origin().to_string()).unwrap(), [7; 32]);
    for path in files.keys().filter(|path| path.starts_with("entries/") || path.starts_with("proofs/")) {
        let content = &files[path];
        for at in (0..content.len()).step_by(content.len().div_ceil(40)) {
            let mut changed = files.clone();
            changed.get_mut(path).unwrap()[at] ^= 1;
            assert_eq!(fault(&pack(&changed)).1.as_ref(), Some(path), "byte {at}");
            let by_a_stranger = fault(&pack_signed(changed.clone(), &origin().to_string(), &stranger)).0;
            assert!(path == "entries/0" || by_a_stranger == "MANIFEST-SIGNATURE", "{path}, byte {at}: {by_a_stranger}");
            let (code, file, index) = fault(&pack_signed(changed, &origin().to_string(), log.signer()));
            let number: String = path.chars().filter(char::is_ascii_digit).collect();
            let named = file.is_some_and(|it| it == *path || it == format!("proofs/{number}.tlog-proof"));
            let of_the_founding = path == "entries/0" && ["MANIFEST-SIGNATURE", "MANIFEST-ORIGIN"].contains(&code);
            assert!(
                of_the_founding || (named && index.is_some_and(|it| it.to_string() == number)),
                "{path}, {at}: {code}"
            );
        }
    }
}

#[test]
fn proofs_and_entries_that_changed_places_are_named() {
    let log = log();
    let files = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    let (one, two) = (opening(&log, 2), opening(&log, 2) + 1);
    let swap = |files: &mut Files, first: String, second: String| {
        let (a, b) = (files[&first].clone(), files[&second].clone());
        files.insert(first, b);
        files.insert(second, a);
    };
    let proof = |index: u64| format!("proofs/{index}.tlog-proof");
    let entry = |index: u64| format!("entries/{index}");
    let found = resigned(&log, &files, |files| swap(files, proof(one), proof(two)));
    assert_eq!(found, ("PROOF-OTHER", Some(proof(one)), Some(one)));
    let found = resigned(&log, &files, |files| swap(files, entry(one), entry(two)));
    assert_eq!(found, ("ENTRY-PLACE", Some(entry(one)), Some(one)));
    // An entry that says the right place and is another than the one in the tree.
    let found = resigned(&log, &files, |files| {
        let text = String::from_utf8(files[&entry(one)].clone()).unwrap();
        let at = read(&log, one).decided_at.0;
        let later = text.replacen(&format!("\"decided_at\":{at}"), &format!("\"decided_at\":{}", at + 1), 1);
        assert_ne!(later, text);
        files.insert(entry(one), later.into_bytes());
    });
    assert_eq!(found, ("proof/wrong-root", Some(proof(one)), Some(one)));
    let found = resigned(&log, &files, |files| {
        let mut receipt = Receipt::parse(&files[&proof(one)]).unwrap();
        receipt.path.pop();
        files.insert(proof(one), receipt.to_bytes());
    });
    assert_eq!(found, ("proof/wrong-length", Some(proof(one)), Some(one)));
}

#[test]
fn a_proof_for_another_checkpoint_is_refused_although_the_log_signed_that_one_too() {
    let mut log = log();
    let earlier = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    assert!(log.submit(Intent::ReportDoubt { gun: id(GUN) }));
    let files = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    let path = format!("proofs/{}.tlog-proof", opening(&log, 2));
    let found = resigned(&log, &files, |files| {
        files.insert(path.clone(), earlier[&path].clone());
    });
    assert_eq!(found, ("PROOF-CHECKPOINT", Some(path.clone()), Some(opening(&log, 2))));
    let found = resigned(&log, &files, |files| {
        files.insert("checkpoint".to_owned(), earlier["checkpoint"].clone());
    });
    assert_eq!(found.0, "CHECKPOINT-SIZE");
    // Opaque data beside a proof is authenticated by nobody.
    let found = resigned(&log, &files, |files| {
        let mut receipt = Receipt::parse(&files[&path]).unwrap();
        receipt.extra = Some(b"believe me".to_vec());
        files.insert(path.clone(), receipt.to_bytes());
    });
    assert_eq!(found.0, "PROOF-OTHER");
}

fn with_extent(log: &Log, files: &Files, from: &str, to: &str) -> (&'static str, Option<String>, Option<u64>) {
    let text = String::from_utf8(files["extract.json"].clone()).unwrap();
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "{from}");
    resigned(log, files, |files| {
        files.insert("extract.json".to_owned(), changed.into_bytes());
    })
}

/// An entry of a range without gaps is missing, whoever left it out and whatever he mended.
#[test]
fn a_gap_in_a_range_is_named() {
    let log = log();
    let files = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    let (first, inner) = (opening(&log, 2), opening(&log, 2) + 2);
    for path in [format!("entries/{inner}"), format!("proofs/{inner}.tlog-proof")] {
        let mut less = files.clone();
        less.remove(&path);
        assert_eq!(fault(&pack(&less)), ("FILE-MISSING", Some(path.clone()), None));
        let found = resigned(&log, &files, |files| {
            files.remove(&path);
        });
        assert_eq!(found, ("EXTRACT-MISSING", Some(path), None));
    }
    let found = with_extent(&log, &files, &format!(",{inner},"), ",");
    assert_eq!(found, ("EXTRACT-GAP", Some("extract.json".to_owned()), Some(inner)));
    // The first and the last entry of the range are in the list as well.
    let last = opening(&log, 3) - 1;
    let found = with_extent(&log, &files, &format!(",{last}]"), "]");
    assert_eq!(found, ("EXTRACT-GAP", Some("extract.json".to_owned()), Some(last)));
    let found = with_extent(&log, &files, &format!("[{first},"), "[");
    assert_eq!(found, ("EXTRACT-GAP", Some("extract.json".to_owned()), Some(first)));
    // Nor is one added that nothing names.
    let found = resigned(&log, &files, |files| {
        files.insert("entries/1000".to_owned(), files["entries/0"].clone());
    });
    assert_eq!(found, ("EXTRACT-UNKNOWN", Some("entries/1000".to_owned()), None));
}

/// A day that is cut short, or begins late, does not pass for the day.
#[test]
fn a_day_and_a_span_of_moments_are_held_to_their_ends() {
    let log = log();
    let (from, to) = (opening(&log, 2), opening(&log, 3));
    let day = |extent: Extent| fault(&extract_with(&log, &extent, &[]));
    let whole = extent(&log, &asked(Span::Day(Day(2))));
    let cut = Extent { to: to - 1, extracted: (from..to - 1).collect(), ..whole.clone() };
    assert_eq!(day(cut), ("EXTRACT-BOUND", Some("extract.json".to_owned()), Some(to - 1)));
    let mut cut = Extent { to: to - 1, extracted: (from..to - 1).collect(), ..whole.clone() };
    cut.beside.push(to - 1);
    cut.beside.sort_unstable();
    assert_eq!(day(cut), ("EXTRACT-BOUND", Some("extract.json".to_owned()), Some(to - 1)));
    let late = Extent { from: from + 1, extracted: (from + 1..to).collect(), ..whole.clone() };
    assert_eq!(day(late), ("EXTRACT-BOUND", Some("extract.json".to_owned()), Some(from + 1)));
    let other = Extent { day: Some(Day(3)), ..whole.clone() };
    assert_eq!(day(other).0, "EXTRACT-BOUND");
    let mut unbounded = whole.clone();
    unbounded.beside.retain(|index| *index != to);
    assert_eq!(day(unbounded), ("EXTRACT-BOUND", Some("extract.json".to_owned()), Some(to)));
    let longer = extent(&log, &asked(Span::Entries { from, to: to + 1 }));
    assert_eq!(day(Extent { day: Some(Day(2)), ..longer }).0, "EXTRACT-BOUND", "two days are not one");

    let at = |index: u64| read(&log, index).decided_at;
    let moments = extent(&log, &asked(Span::Moments { from: at(5), to: at(9) }));
    assert!(check(&extract_with(&log, &moments, &[])).is_ok());
    for (earlier, later) in [(at(4), at(9)), (at(5), Millis(at(9).0 + 1)), (Millis(at(5).0 + 1), at(9)), (at(5), at(8))]
    {
        let wider = Extent { moments: Some((earlier, later)), ..moments.clone() };
        assert_eq!(day(wider).0, "EXTRACT-BOUND", "{earlier:?} to {later:?}");
    }
    let mut unbounded = moments.clone();
    unbounded.beside.retain(|index| *index != 4);
    assert_eq!(day(unbounded), ("EXTRACT-BOUND", Some("extract.json".to_owned()), Some(4)));
}

/// What nobody asked for does not travel along.
#[test]
fn an_entry_that_has_no_cause_to_be_there_is_named() {
    let log = log();
    let size = log.tree.size();
    let gun = extent(&log, &Asked { about: about_the_gun(), span: Span::Whole });
    let last = size - 1;
    let mut more = gun.clone();
    more.extracted.push(last);
    let found = fault(&extract_with(&log, &more, &[]));
    assert_eq!(found, ("EXTRACT-OTHER", Some(format!("entries/{last}")), Some(last)));
    let mut more = gun;
    more.beside.push(last);
    let found = fault(&extract_with(&log, &more, &[]));
    assert_eq!(found, ("EXTRACT-OTHER", Some(format!("entries/{last}")), Some(last)));
}

/// Nobody has to be believed about a device's key: without its enrolment a signature proves nothing.
#[test]
fn a_signature_whose_device_is_not_enrolled_in_the_extract_does_not_hold() {
    let log = log();
    let mut day = extent(&log, &asked(Span::Day(Day(2))));
    let enrols = |index: &u64| read(&log, *index).intent().is_some_and(|it| it.said.key.is_some());
    let enrolment = day.beside.iter().copied().find(enrols).unwrap();
    day.beside.retain(|index| *index != enrolment);
    let (code, _, index) = fault(&extract_with(&log, &day, &[]));
    assert_eq!((code, index), ("DEVICE-UNKNOWN", Some(opening(&log, 2))));
    let mut founding = extent(&log, &asked(Span::Day(Day(2))));
    founding.beside.retain(|index| *index != 0);
    assert_eq!(fault(&extract_with(&log, &founding, &[])).0, "GENESIS-MISSING");
}

/// What is found in the last entry of a log that signed this tree.
fn forged(change: &dyn Fn(&mut Log)) -> &'static str {
    let mut log = log();
    change(&mut log);
    let size = log.tree.size();
    let (code, _, index) = fault(&extract(&log, &asked(Span::Entries { from: size - 2, to: size })));
    assert_eq!(index, Some(size - 1), "{code}");
    code
}

/// A report that says something else than its device would.
fn again(log: &mut Log, change: &dyn Fn(&mut record::intent::Said)) {
    let mut said = log.said(Intent::ReportDoubt { gun: id(GUN) });
    change(&mut said);
    log.submit_said(&said);
}

/// The log signs a tree over an entry whose intent no device signed: the device's signature is looked at all the same.
#[test]
fn a_forged_intent_and_a_forked_chain_are_found_in_a_tree_that_the_log_signed() {
    let wrong_key = |log: &mut Log| {
        let said = log.said(Intent::ReportDoubt { gun: id(GUN) });
        let device = log.device.id();
        let mut note = String::from_utf8(log.device.sign(&said).unwrap()).unwrap();
        let place = note.rfind(' ').unwrap() + 20;
        let old = note.as_bytes()[place];
        note.replace_range(place..=place, if old == b'A' { "B" } else { "A" });
        log.append_note(note.as_bytes(), Some(device), kernel::Proven::OwnDevicePin);
    };
    assert_eq!(forged(&wrong_key), "SIGNATURE");
    let other_before = |log: &mut Log| {
        again(log, &|said| {
            said.link = said.link.map(|link| record::intent::Link { prev: Some(Hash([1; 32])), ..link })
        });
    };
    assert_eq!(forged(&other_before), "DEVICE-CHAIN");
    let same_number = |log: &mut Log| {
        again(log, &|said| said.link = said.link.map(|it| record::intent::Link { dseq: it.dseq - 1, ..it }));
    };
    assert_eq!(forged(&same_number), "DEVICE-CHAIN");
    let no_link = |log: &mut Log| again(log, &|said| said.link = None);
    assert_eq!(forged(&no_link), "DEVICE-CHAIN");
    let ahead = |log: &mut Log| {
        let seen = record::intent::Seen { size: log.tree.size() + 5, root: log.tree.root() };
        again(log, &|said| said.seen = Some(seen));
    };
    assert_eq!(forged(&ahead), "SEEN-OTHER");
    let twice = |log: &mut Log| {
        let before = read(log, log.tree.size() - 1).intent().unwrap().said.id;
        again(log, &|said| said.id = before);
    };
    assert_eq!(forged(&twice), "INTENT-TWICE");
    let names_another = |log: &mut Log| {
        let offer = read(log, log.tree.size() - 1).intent().unwrap().said.id;
        let mut said = log.said(Intent::Take { gun: id(GUN), offer, look: kernel::Look::Looked });
        said.names = Some(Hash([1; 32]));
        log.submit_said(&said);
    };
    assert_eq!(forged(&names_another), "NAMES-OTHER");
}

#[test]
fn an_entry_that_may_not_stand_there_is_found_in_a_tree_that_the_log_signed() {
    let earlier = |log: &mut Log| {
        log.now -= 5_000;
        again(log, &|_| {});
    };
    assert_eq!(forged(&earlier), "TIME-BACKWARD");
    let acts = |log: &mut Log| {
        log.now += 1_000;
        let events = vec![kernel::Event::PersonAdded { person: id(77) }];
        log.append(record::entry::Body::Notice(record::entry::Notice { events, adopts: None }));
    };
    assert_eq!(forged(&acts), "NOTICE-ACTS");
    let founded_again = |log: &mut Log| {
        log.now += 1_000;
        let genesis = read(log, 0).body;
        log.append(genesis);
    };
    assert_eq!(forged(&founded_again), "GENESIS-AGAIN");
    let carried = |log: &mut Log| {
        log.now += 1_000;
        log.append(record::entry::Body::Carried(Box::default()));
    };
    assert_eq!(forged(&carried), "CARRIED-PLACE");
}

#[test]
fn only_texts_of_entries_within_are_disclosed_and_each_is_held_to_its_commitment() {
    let log = log();
    let intent = read(&log, 1).intent().unwrap().said.id;
    let told = Disclosure { intent, path: "name".to_owned(), salt: SALT, value: "the armorer".to_owned() };
    let around = extent(&log, &asked(Span::Entries { from: 0, to: 3 }));
    let report = check(&extract_with(&log, &around, std::slice::from_ref(&told))).unwrap();
    assert_eq!((report.disclosed, report.redacted), (1, 0));
    assert_eq!(check(&extract_with(&log, &around, &[])).unwrap().redacted, 1);
    let elsewhere = extent(&log, &asked(Span::Entries { from: 3, to: 5 }));
    let found = fault(&extract_with(&log, &elsewhere, std::slice::from_ref(&told)));
    assert_eq!((found.0, found.1.as_deref()), ("DISCLOSURE", Some("disclosures.jsonl")));
    for other in [Disclosure { salt: [6; 16], ..told.clone() }, Disclosure { value: "somebody".to_owned(), ..told }] {
        let found = fault(&extract_with(&log, &around, std::slice::from_ref(&other)));
        assert_eq!((found.0, found.1.as_deref()), ("DISCLOSURE", Some("disclosures.jsonl")));
    }
}

#[test]
fn an_extract_of_another_log_a_newer_one_and_a_bundle_are_told_apart() {
    let log = log();
    let files = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    let other = origin().to_string().replacen("/e0", "/e1", 1);
    let signer = Signer::new(KeyName::new(&other).unwrap(), [9; 32]);
    assert_eq!(fault(&pack_signed(files.clone(), &other, &signer)).0, "CHECKPOINT-ORIGIN");
    let mut moved = files.clone();
    let checkpoint = String::from_utf8(files["checkpoint"].clone()).unwrap().replacen("/e0", "/e1", 1);
    moved.insert("checkpoint".to_owned(), checkpoint.into_bytes());
    assert_eq!(fault(&pack_signed(moved, &other, &signer)).0, "MANIFEST-ORIGIN");

    let good = String::from_utf8(files[MANIFEST].clone()).unwrap();
    let with = |text: String| {
        let mut changed = files.clone();
        changed.insert(MANIFEST.to_owned(), text.into_bytes());
        pack(&changed)
    };
    let newer = with(good.replacen("extract/v1 ", "extract/v2 ", 1));
    assert_eq!((fault(&newer).0, is_extract(&newer)), ("BUNDLE-VERSION", true));
    assert_eq!(fault(&with(good.replacen("showclear.dev/extract", "showclear.dev/extracts", 1))).0, "MANIFEST");
    assert_eq!(fault(&with(good.replacen("  entries/0", "  ../entries/0", 1))).0, "MANIFEST");
    let bundle = with(good.replacen("extract/v1 ", "bundle/v1 ", 1));
    assert_eq!((fault(&bundle).0, is_extract(&bundle)), ("BUNDLE-KIND", false));
    let whole = record::bundle::verify(&pack(&files), &Trust::default(), &mut |_, _| {}).unwrap_err();
    assert_eq!(whole.fault.code, "BUNDLE-KIND");
    assert!(!is_extract(b"PK") && !is_extract(b""));
}

/// A path that leads out of the folder is refused before anything is read.
#[test]
fn a_path_that_leads_elsewhere_is_refused() {
    let bytes = extract(&log(), &asked(Span::Day(Day(2))));
    let from = b"entries/0".as_slice();
    // In the header of the file itself: the path stands 30 bytes behind the first of it.
    let header = |it: &[u8]| it.starts_with(b"PK\x03\x04") && it[30..].starts_with(from);
    let at = bytes.windows(30 + from.len()).position(header).unwrap() + 30;
    for to in [b"../ntries".as_slice(), b"/ntries/0", b"entries//", b"entries\\0", b"entries/."] {
        let mut changed = bytes.clone();
        changed[at..at + from.len()].copy_from_slice(to);
        assert_eq!(fault(&changed).0, "zip/path", "{}", String::from_utf8_lossy(to));
    }
}

#[test]
fn an_extent_has_one_form() {
    let log = log();
    let files = unpack(&extract(&log, &asked(Span::Day(Day(2)))));
    let (from, to) = (opening(&log, 2), opening(&log, 3));
    let size = log.tree.size();
    for (old, new) in [
        ("\"lots\":[],", "\"lots\":[], "),
        ("\"lots\":[],", ""),
        ("{\"about\"", "{\"a\":1,\"about\""),
        ("\"day\":2", "\"day\":null,\"day\":2"),
        ("\"guns\":[]", "\"guns\":[\"x\"]"),
        ("\"moments\":null", "\"moments\":[1]"),
        ("\"moments\":null", "\"moments\":[1,2]"),
        (&format!("\"to\":{to}"), &format!("\"to\":{}", size + 1)),
        (&format!("\"to\":{to}"), &format!("\"to\":{from}")),
        (&format!("\"extracted\":[{from},"), &format!("\"extracted\":[{from},{from},")),
        (&format!("\"extracted\":[{from},"), &format!("\"extracted\":[0,{from},")),
        ("\"beside\":[0,", &format!("\"beside\":[0,{from},")),
        ("}\n", "}"),
        ("}\n", "}\n\n"),
    ] {
        assert_eq!(with_extent(&log, &files, old, new).0, "EXTRACT-FORM", "{old} to {new}");
    }
}

#[test]
fn a_pinned_key_and_what_follows_from_the_entries_are_checked() {
    let log = log();
    let bytes = extract(&log, &asked(Span::Day(Day(2))));
    let own = log.signer().verifying_key().clone();
    assert!(verify(&bytes, &Trust { key: Some(&own), policy: None, ..Trust::default() }).is_ok());
    let stranger = *Signer::new(own.name().clone(), [7; 32]).verifying_key().public();
    let other = VerifyingKey::new(own.name().clone(), stranger).unwrap();
    assert_eq!(
        verify(&bytes, &Trust { key: Some(&other), policy: None, ..Trust::default() }).unwrap_err().fault.code,
        "LOG-KEY"
    );
    let files = unpack(&bytes);
    for path in ["keys/devices.vkeys", "keys/log.pem", "keys/log.vkey"] {
        let found = resigned(&log, &files, |files| files.get_mut(path).unwrap().clear());
        assert_eq!((found.0, found.1.as_deref()), ("FILE-OTHER", Some(path)));
    }
    let found = resigned(&log, &files, |files| files.get_mut("policy.txt").unwrap().clear());
    assert_eq!((found.0, found.1.as_deref()), ("POLICY", Some("policy.txt")));
    // A checkpoint that the log's key did not sign.
    let found = resigned(&log, &files, |files| {
        let stranger = Signer::new(own.name().clone(), [7; 32]);
        let text = String::from_utf8(files["checkpoint"].clone()).unwrap();
        let text = text.split_once("\n\n").unwrap().0.to_owned() + "\n";
        files.insert("checkpoint".to_owned(), stranger.sign(&text).unwrap().to_bytes());
    });
    assert_eq!((found.0, found.1.as_deref()), ("CHECKPOINT", Some("checkpoint")));
}

/// Nobody is named who is not asked for: an identifier stands in the entries that name it and in no list of others.
#[test]
fn an_identifier_that_is_asked_for_twice_stands_once() {
    let about = About { guns: BTreeSet::from([id(GUN), id(OTHER_GUN), id(GUN)]), ..About::default() };
    let log = log();
    let bytes = unpack(&extract(&log, &Asked { about, span: Span::Whole }))["extract.json"].clone();
    let text = String::from_utf8(bytes).unwrap();
    let ids: Vec<Id> = vec![id(GUN), id(OTHER_GUN)];
    assert!(text.starts_with(&format!("{{\"about\":{{\"guns\":[\"{}\",\"{}\"]", ids[0], ids[1])), "{text}");
}
