//! Original, corrected and both: three views of a record in which nothing was changed.

use kernel::{Calibre, Day, GunKind, PlaceKind, Role, Roles};
use record::Intent;
use record::entry::Entry;
use record::history::{Corrections, View};

use crate::log::{Log, id, origin};

fn shown(log: &Log, view: View) -> Vec<u64> {
    let (entries, corrections) = read(log);
    entries.iter().filter(|entry| corrections.shows(view, entry)).map(|entry| entry.index).collect()
}

fn read(log: &Log) -> (Vec<Entry>, Corrections) {
    let entries: Vec<Entry> = log.entries.iter().map(|bytes| Entry::decode(bytes, &origin()).unwrap()).collect();
    let mut corrections = Corrections::default();
    entries.iter().for_each(|entry| corrections.learn(entry));
    (entries, corrections)
}

#[test]
fn what_is_entered_anew_corrects_and_the_original_stays() {
    let mut log = Log::found();
    let (person, place, gun) = (id(20), id(30), id(40));
    assert!(log.submit(Intent::AddPerson { person }));
    let roles =
        |role, day| Intent::AssignRoles { person, day: Day(day), roles: Roles::NONE.with(role), answers_to: None };
    assert!(log.submit(roles(Role::Witness, 1)));
    assert!(log.submit(roles(Role::Witness, 2)), "another day is no correction");
    assert!(log.submit(roles(Role::Handler, 1)));
    assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Vault, locks: true, for_guns: true }));
    let (kind, action) = (GunKind::LiveCapable, kernel::Action::SingleAction);
    assert!(log.submit(Intent::RegisterGun { gun, kind, action, chambers: 6, place }));
    assert!(log.submit(roles(Role::Props, 1)), "a correction of a correction");
    assert!(!log.submit(Intent::EnterCalibre { gun, calibre: Calibre(11) }) || shown(&log, View::Both).len() == 9);
    let (_, corrections) = read(&log);
    assert_eq!((corrections.corrects(4), corrections.corrected_by(4)), (Some(2), Some(7)));
    assert_eq!((corrections.corrects(3), corrections.corrected_by(3)), (None, None));
    let all: Vec<u64> = (0..log.tree.size()).collect();
    let without = |left_out: &[u64]| all.iter().copied().filter(|it| !left_out.contains(it)).collect::<Vec<_>>();
    assert_eq!(shown(&log, View::Both), all);
    assert_eq!(shown(&log, View::Original), without(&[4, 7]));
    assert_eq!(shown(&log, View::Corrected), without(&[2, 4]));
}

/// The founder's roles stand in the founding, and the founding stays, whatever of it was entered anew.
#[test]
fn the_founding_stands_in_every_view() {
    let mut log = Log::found();
    let (person, founder) = (id(20), log.founder);
    assert!(log.submit(Intent::AddPerson { person }));
    let roles = Roles::NONE.with(Role::Producer);
    assert!(log.submit(Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }));
    log.hand_over_to(person, [2; 32]);
    let size = log.tree.size();
    assert!(log.submit(Intent::AssignRoles { person: founder, day: Day(1), roles: Roles::NONE, answers_to: None }));
    let (_, corrections) = read(&log);
    assert_eq!((corrections.corrects(size), corrections.corrected_by(0)), (Some(0), Some(size)));
    for view in [View::Original, View::Corrected, View::Both] {
        assert!(shown(&log, view).contains(&0), "{view:?}");
    }
}

/// A refused entry corrects nothing, and what people saw or did is corrected by nothing.
#[test]
fn only_what_was_accepted_corrects_and_no_act_does() {
    let mut log = Log::found();
    let (place, gun) = (id(30), id(40));
    assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Vault, locks: true, for_guns: true }));
    let (kind, action) = (GunKind::LiveCapable, kernel::Action::SingleAction);
    assert!(log.submit(Intent::RegisterGun { gun, kind, action, chambers: 6, place }));
    let own = Intent::AssignRoles { person: log.founder, day: Day(1), roles: Roles::NONE, answers_to: None };
    assert!(!log.submit(own), "nobody enters roles of his own");
    assert!(log.submit(Intent::ReportDoubt { gun }));
    assert!(log.submit(Intent::ReportDoubt { gun }));
    let all: Vec<u64> = (0..log.tree.size()).collect();
    for view in [View::Original, View::Corrected, View::Both] {
        assert_eq!(shown(&log, view), all, "{view:?}");
    }
}

/// What a new epoch carried over tells much at once: none of it is left out because one part of it was entered anew.
#[test]
fn what_was_carried_over_stands_in_every_view() {
    let mut log = Log::found();
    let person = id(20);
    let told = kernel::Event::RolesAssigned { person, day: Day(1), roles: Roles::NONE, answers_to: None };
    let events = vec![kernel::Event::PersonAdded { person }, told];
    log.now += 1_000;
    let carried = record::epoch::Carried { events, ..record::epoch::Carried::default() };
    log.append(record::entry::Body::Carried(Box::new(carried)));
    let roles = Roles::NONE.with(Role::Witness);
    assert!(log.submit(Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }));
    let (_, corrections) = read(&log);
    assert_eq!((corrections.corrects(2), corrections.corrected_by(1)), (Some(1), Some(2)));
    assert_eq!(shown(&log, View::Corrected), [0, 1, 2]);
    assert_eq!(shown(&log, View::Original), [0, 1]);
}
