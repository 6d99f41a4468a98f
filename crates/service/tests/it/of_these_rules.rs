//! The log of a short day under the rules that are built in. When they change, it is kept as what an older Showclear
//! wrote: `SHOWCLEAR_WRITE_OLDER=1 cargo test -p showclear-service --test it of_these_rules`, run before the change.

use std::path::Path;

use kernel::{Content, Intent, SEMANTICS};
use serde_json::{Value, json};
use service::Service;
use service::testkit::{Part, Stage, all};
use store::Store;
use store::memory::MemoryStore;

use crate::stores;

const ABOUT: &str = "entry by entry, with its newest checkpoint and its snapshot. The secret key of the log and of its \
    people's devices are those of the test support. It must open, verify and go on for ever.";

/// A revolver is loaded with dummies and shown, a copy is matched, leaves sight, and its line changes.
fn a_short_day(store: &MemoryStore) -> i64 {
    let stage = Stage::found_in(stores(Box::new(store.clone()))).unwrap();
    let (by, gun, copy, lot) = (Part::Armorer, stage.revolver, stage.rubber, stage.dummies);
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    stage.accepted(by, Intent::TakeOut { gun: copy }).unwrap();
    stage.call_to_set(copy).unwrap();
    stage.accepted(by, Intent::MatchIdentity { gun: copy }).unwrap();
    stage.accepted(Part::Witness, Intent::ReportOutOfSight { gun: copy }).unwrap();
    stage.accepted(Part::FirstAd, Intent::ReportLineChanged { gun: copy }).unwrap();
    stage.accepted(by, Intent::TakeOut { gun }).unwrap();
    stage.accepted(by, Intent::LookThroughBore { gun, light: kernel::Light::Seen }).unwrap();
    stage.accepted(by, Intent::Load { gun, lot, chambers: kernel::Chambers::first(6) }).unwrap();
    let check = stage.begin_check().unwrap();
    for part in [by, Part::Witness] {
        stage.accepted(part, Intent::AnswerCheck { gun, check, readings: all(Content::Dummy, 6) }).unwrap();
    }
    assert!(!stage.ask(by, Intent::PointTowardPeople { gun }).unwrap().accepted);
    stage.service.close();
    service::Clock::now_ms(&*stage.clock)
}

fn written(store: &MemoryStore, at_ms: i64) -> Value {
    let mut store = store.clone();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let entries: Vec<String> = store.entries(0, u64::MAX).unwrap().into_iter().map(text).collect();
    let (size, snapshot) = store.snapshots().unwrap().remove(0);
    json!({
        "about": format!("A log as Showclear wrote it under rules number {SEMANTICS}, {ABOUT}"),
        "at_ms": at_ms,
        "checkpoint": text(store.checkpoint().unwrap().unwrap().note),
        "entries": entries,
        "log_secret_hex": "07".repeat(32),
        "snapshot": {"note": text(snapshot), "size": size},
    })
}

#[test]
fn a_short_day_can_be_kept_for_later_rules() {
    let store = MemoryStore::new();
    let at_ms = a_short_day(&store);
    let kept = written(&store, at_ms);
    assert_eq!(kept["snapshot"]["size"].as_u64(), Some(store.clone().size().unwrap()));
    let clock = service::testkit::ManualClock::at(at_ms);
    assert!(Service::open_in(stores(Box::new(store)), clock).is_ok());
    if std::env::var_os("SHOWCLEAR_WRITE_OLDER").is_some() {
        let file = format!("../../testdata/vectors/log_rules_{SEMANTICS}.json");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        std::fs::write(path, format!("{kept:#}\n")).unwrap();
    }
}
