//! What the record says was erased of the texts and files beside it, and what is here all the same.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Erasable, Ground};
use proof::tree::Hash;
use record::bundle::extent::{Asked, Extent, Span};
use record::bundle::extract::{self, ExtractReport};
use record::bundle::{Attached, BundleReport, Disclosure, Parts, Trust, digest_of};
use record::entry::Entry;
use record::erasure::{Digests, Erased, Erasure};
use record::intent::Attachment;
use record::{Id, Intent, Millis};

use crate::extracts::{asked, extent, fault};
use crate::log::{Log, id, origin};

const SALT: [u8; 16] = [5; 16];
const PHOTOGRAPH: &[u8] = b"a photograph";
const LETTER: &[u8] = b"a letter";

/// Enters a person with a name and a serial, and with these files; gives the intent.
fn enter(log: &mut Log, person: u128, files: &[&[u8]]) -> Id {
    let mut said = log.said(Intent::AddPerson { person: id(person) });
    let digest = |path: &str| Hash(proof::commit::commit(&SALT, path, "a value"));
    said.digests = BTreeMap::from(["name", "serial"].map(|path| (path.to_owned(), digest(path))));
    let named = |bytes: &&[u8]| {
        let len = u32::try_from(bytes.len()).unwrap();
        Attachment { sha256: digest_of(bytes), len, media_type: "image/jpeg".to_owned() }
    };
    said.attachments = files.iter().map(named).collect();
    assert!(log.submit_said(&said));
    said.id
}

fn erase(log: &mut Log, intent: Id, what: Erasable) {
    assert!(log.submit(Intent::Erase { intent, what, ground: Ground::PersonAsked }));
}

fn told(intent: Id, path: &str) -> Disclosure {
    Disclosure { intent, path: path.to_owned(), salt: SALT, value: "a value".to_owned() }
}

fn parts<'a>(
    log: &'a Log,
    checkpoint: &'a [u8],
    disclosures: &'a [Disclosure],
    attachments: &'a [Vec<u8>],
) -> Parts<'a> {
    Parts {
        entries: &log.entries,
        checkpoint,
        witnessed: None,
        policy: None,
        stamps: &[],
        disclosures,
        attachments,
        format_page: "",
        verify_page: "",
    }
}

fn bundled(log: &Log, disclosures: &[Disclosure], attachments: &[Vec<u8>]) -> BundleReport {
    let checkpoint = log.checkpoint();
    let bytes = record::bundle::write(&parts(log, &checkpoint, disclosures, attachments), log.signer()).unwrap();
    record::bundle::verify(&bytes, &Trust::default(), &mut |_, _| {}).unwrap()
}

fn extracted(log: &Log, extent: &Extent) -> Vec<u8> {
    extract::write(&parts(log, &log.checkpoint(), &[], &[]), extent, log.signer()).unwrap()
}

fn verified(bytes: &[u8]) -> ExtractReport {
    extract::verify(bytes, &Trust::default()).unwrap()
}

fn read(log: &Log, index: u64) -> Entry {
    Entry::decode(&log.entries[usize::try_from(index).unwrap()], &origin()).unwrap()
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

/// A person entered by entry 1, whose texts entry 2 erases and whose files entry 3 does.
fn erased_log() -> (Log, Id) {
    let mut log = Log::found();
    let intent = enter(&mut log, 20, &[PHOTOGRAPH, LETTER]);
    erase(&mut log, intent, Erasable::Texts);
    erase(&mut log, intent, Erasable::Files);
    (log, intent)
}

#[test]
fn a_bundle_tells_what_was_erased_by_which_entry_when_and_why() {
    let (mut log, intent) = erased_log();
    let other = enter(&mut log, 21, &[]);
    let report = bundled(&log, &[], &[]);
    let decided_at = |index| read(&log, index).decided_at;
    let erasure = |said_by, what, not_here| {
        let decided_at: Millis = decided_at(said_by);
        Erasure { intent, entry: 1, said_by, decided_at, what, ground: Ground::PersonAsked, not_here, here: Vec::new() }
    };
    let files = [PHOTOGRAPH, LETTER].map(|it| digest_of(it).to_hex()).to_vec();
    let all = vec![erasure(2, Erasable::Texts, names(&["name"])), erasure(3, Erasable::Files, files)];
    assert_eq!(report.erased, Erased { of_texts: 4, of_files: 2, all });
    assert_eq!((report.redacted, report.erased.texts(), report.erased.files()), (4, 1, 2), "a serial is never erased");
    let told = bundled(&log, &[told(intent, "serial"), told(other, "name")], &[]);
    assert_eq!((told.disclosed, told.redacted, told.erased.texts()), (2, 2, 1));
    assert_eq!(told.erased.all[0].here, names(&[]));
}

/// An older copy of the office disclosed it: no fault, and it is said where.
#[test]
fn what_is_here_although_it_was_erased_is_told() {
    let (log, intent) = erased_log();
    let report = bundled(&log, &[told(intent, "name")], &[LETTER.to_vec()]);
    let [texts, files] = report.erased.all.as_slice() else { panic!("{:?}", report.erased) };
    assert_eq!((&texts.here, &texts.not_here), (&names(&["name"]), &names(&[])));
    assert_eq!(files.here, names(&[&digest_of(LETTER).to_hex()]));
    assert_eq!(files.not_here, names(&[&digest_of(PHOTOGRAPH).to_hex()]));
    assert_eq!((report.erased.texts(), report.erased.files()), (0, 1));
    assert_eq!(report.attached, Attached { named: 2, carried: 1 });
}

/// Two intents name one photograph. It is one file, erased once it is erased for either, unless it is named anew.
#[test]
fn a_file_that_several_entries_name_is_counted_once() {
    let mut log = Log::found();
    let one = enter(&mut log, 20, &[PHOTOGRAPH]);
    let two = enter(&mut log, 21, &[PHOTOGRAPH]);
    erase(&mut log, one, Erasable::Files);
    assert_eq!(bundled(&log, &[], &[]).erased.files(), 1);
    erase(&mut log, two, Erasable::Files);
    let erased = bundled(&log, &[], &[]).erased;
    assert_eq!((erased.all.len(), erased.files(), erased.of_files), (2, 1, 1));
    enter(&mut log, 22, &[PHOTOGRAPH]);
    let erased = bundled(&log, &[], &[PHOTOGRAPH.to_vec()]).erased;
    assert_eq!((erased.files(), erased.of_files), (0, 1), "it came anew");
    assert!(erased.all.iter().all(|it| it.here.is_empty()), "{erased:?}");
}

/// What a refused intent says, and what erases an intent that is not recorded, erases nothing.
#[test]
fn only_what_an_accepted_erasure_says_of_a_recorded_intent_counts() {
    let mut log = Log::found();
    erase(&mut log, id(999), Erasable::Texts);
    // The intent that is entered next will have this id: it was not erased before it was there.
    erase(&mut log, id(1003), Erasable::Texts);
    let intent = enter(&mut log, 20, &[PHOTOGRAPH]);
    assert_eq!(intent, id(1003));
    assert!(log.submit(Intent::ReportRecordNeeded));
    assert!(!log.submit(Intent::Erase { intent, what: Erasable::Texts, ground: Ground::TimeOver }));
    let erased = bundled(&log, &[], &[]).erased;
    assert_eq!(erased, Erased { of_texts: 2, of_files: 1, all: Vec::new() });
}

/// A log alone, with nothing beside it.
#[test]
fn a_log_tells_of_its_erasures_as_its_bundle_does() {
    let (log, _) = erased_log();
    let mut digests = Digests::default();
    (0..log.tree.size()).for_each(|index| digests.learn(&read(&log, index)));
    assert_eq!(digests.erased(&BTreeSet::new(), &BTreeSet::new()), bundled(&log, &[], &[]).erased);
}

/// What erased the texts of an entry in an extract stands beside it, and who signed that is enrolled there.
#[test]
fn an_extract_brings_along_what_erased_the_texts_of_its_entries() {
    let mut log = Log::found();
    let intent = enter(&mut log, 20, &[PHOTOGRAPH]);
    let unrelated = enter(&mut log, 21, &[LETTER]);
    let producer = kernel::Roles::NONE.with(kernel::Role::Producer);
    let day = kernel::Day(1);
    assert!(log.submit(Intent::AssignRoles { person: id(20), day, roles: producer, answers_to: None }));
    log.hand_over_to(id(20), [2; 32]);
    let enrolment = log.tree.size() - 1;
    erase(&mut log, intent, Erasable::Texts);
    let erasing = log.tree.size() - 1;
    erase(&mut log, unrelated, Erasable::Files);
    let asked = |to| asked(Span::Entries { from: 1, to });
    let extent_of = |asked: &Asked| extent(&log, asked);
    let one = extent_of(&asked(2));
    assert_eq!(one.beside, [0, enrolment, erasing]);
    let report = verified(&extracted(&log, &one));
    assert_eq!((report.redacted, report.erased.texts(), report.erased.all[0].said_by), (2, 1, erasing));
    assert_eq!(extent_of(&asked(3)).beside, [0, enrolment, erasing, erasing + 1]);
    // One that was written before there were such entries beside holds: what is not in it is not known.
    let before = Extent { beside: vec![0], ..one.clone() };
    assert_eq!(verified(&extracted(&log, &before)).erased.all, []);
    // An erasure of something else has no cause to be there.
    let mut more = one;
    more.beside.push(erasing + 1);
    let found = fault(&extracted(&log, &more));
    assert_eq!(found, ("EXTRACT-OTHER", Some(format!("entries/{}", erasing + 1)), Some(erasing + 1)));
}
