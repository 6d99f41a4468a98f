//! Who may ask what: as the kernel answers whoever has one role alone.

use kernel::{
    Action, Code, Day, Event, GunKind, Limits, LotKind, PlaceKind, Proven, Role, Roles, Rules, decide, evolve,
};
use record::wire::{self, Kind};
use record::words::Word;
use record::{Context, Id, Millis, State};
use serde_json::{Map, Value};

/// By which an ask is refused because of who asks it.
const NOT_BY_YOU: [Code; 11] = [
    Code::AuthorityNotYours,
    Code::BlankTester,
    Code::CustodyNotHandler,
    Code::HandoverFirstAd,
    Code::HandoverNotHandler,
    Code::LineOwnApproval,
    Code::RangeConfirmer,
    Code::RangeNotLeader,
    Code::RegisterNotAllowed,
    Code::RequestNotProducer,
    Code::SignNotTheHouse,
];

/// Asks that no role decides: who it is then.
const OTHERWISE: &[(&[&str], &str)] = &[
    (&["enrol_device"], "whoever has the code of the invitation"),
    (&["withdraw_offer"], "whoever offered it"),
    (&["take", "refuse_offer"], "to whom it was offered"),
    (&["look_last", "look_last_feed", "look_last_barrels"], "the witness of its showing"),
    (&["answer_check", "answer_feed_check", "answer_barrel_check", "give_up_check"], "the two of the check"),
    (&["answer_count", "give_up_count"], "the two of the count"),
    (&["muster_line"], "the two of the line"),
    (&["confirm_in_line", "confirm_feed_in_line", "confirm_barrels_in_line"], "the witness of the line"),
    (&["attend_meeting"], "whoever was there, or who led it"),
    (&["put_back"], "whoever has drawn them"),
    (&["close_inquiry", "release_exhibit"], "who was named to inquire"),
    (&["end_transit"], "who goes along with it"),
    (&["release_record"], "who asked for it, or `investigator`"),
    (&["declare_range"], "whoever leads the work with guns and has his authority in writing"),
];

/// Asks that somebody may make besides those whose role it is.
const BESIDES: &[(&[&str], &str)] =
    &[(&["revoke_device"], "whose it is"), (&["leave_person_out", "tell_person"], "the person himself")];

/// Who may make an entry of a kind, in words.
#[must_use]
pub fn by(kind: &Kind) -> String {
    let besides = find(BESIDES, kind).map_or_else(String::new, |words| format!("; {words}"));
    format!("{}{besides}", by_role(kind))
}

fn by_role(kind: &Kind) -> String {
    let alone: Vec<Role> = Role::ALL.into_iter().filter(|role| may(kind, Roles::NONE.with(*role))).collect();
    if let Some(words) = otherwise(kind) {
        return words.to_owned();
    }
    if alone.len() == Role::ALL.len() {
        let said = if may(kind, Roles::NONE) { "anybody" } else { "whoever has a role" };
        return said.to_owned();
    }
    if alone.iter().copied().eq(Role::ALL.into_iter().filter(|role| role.handles())) {
        return "handlers".to_owned();
    }
    let words: Vec<String> = alone.iter().map(|role| format!("`{}`", role.word())).collect();
    words.join(", ")
}

/// What is said of who asks it, where no role decides that.
#[must_use]
pub fn otherwise(kind: &Kind) -> Option<&'static str> {
    find(OTHERWISE, kind)
}

fn find(table: &[(&[&str], &'static str)], kind: &Kind) -> Option<&'static str> {
    table.iter().find(|(kinds, _)| kinds.contains(&kind.word)).map(|(_, words)| *words)
}

/// Is an entry of this kind not refused because of who makes it, where he has these roles?
#[must_use]
pub fn may(kind: &Kind, roles: Roles) -> bool {
    let body: Map<String, Value> =
        kind.fields.iter().map(|(name, schema)| ((*name).to_owned(), sample(&schema()))).collect();
    let Ok(intent) = wire::read_intent(kind.word, kind.item.map(|_| thing()), body) else { return false };
    let context = Context {
        act: Id::from_bytes([3; 16]),
        by: Some(somebody()),
        device: Some(somebody()),
        proven: Proven::OwnDevicePin,
        decided_at: Millis(1),
        claimed_at: Millis(1),
    };
    let limits = Limits { showing_life: 1, identity_life: 1, ask_tolerance: 1 };
    let verdict = decide(&Rules::new(limits), &set(roles), &intent, &context);
    verdict.accepted || verdict.reasons.iter().all(|reason| !NOT_BY_YOU.contains(&reason.code))
}

const fn somebody() -> Id {
    Id::from_bytes([1; 16])
}

/// A gun, a lot, a place, a scene and a person, all with one identifier.
const fn thing() -> Id {
    Id::from_bytes([2; 16])
}

/// A day on which somebody has these roles, and one of each thing is on the register.
fn set(roles: Roles) -> State {
    let (person, id, at, day) = (somebody(), thing(), Millis(0), Day(1));
    let gun =
        Event::GunRegistered { gun: id, kind: GunKind::LiveCapable, action: Action::Bolt, chambers: 1, place: id, at };
    let events = [
        Event::PersonAdded { person },
        Event::PersonAdded { person: id },
        Event::RolesAssigned { person, day, roles, answers_to: None },
        Event::DayOpened { day, at },
        Event::DeviceEnrolled { invitation: person, device: person, person },
        Event::DeviceEnrolled { invitation: id, device: id, person: id },
        Event::PlaceRegistered { place: id, kind: PlaceKind::Case, locks: true, for_guns: true },
        gun,
        Event::LotRegistered { lot: id, kind: LotKind::Blank, inert_at_head: false, rounds: 9 },
        Event::ScenePlanned { scene: id, day: None, blanks: true },
    ];
    let mut state = State::default();
    events.iter().for_each(|event| evolve(&mut state, event));
    state
}

/// Something that a field takes.
fn sample(schema: &Value) -> Value {
    if let Some(of) = schema.get("anyOf").and_then(Value::as_array) {
        return of.first().map_or(Value::Null, sample);
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.first().cloned().unwrap_or(Value::Null);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Value::Bool(true),
        Some("integer") => Value::from(1),
        Some("array") => Value::Array(Vec::new()),
        Some("object") => {
            let fields = schema.get("properties").and_then(Value::as_object);
            let of = |(name, schema): (&String, &Value)| (name.clone(), sample(schema));
            Value::Object(fields.map_or_else(Map::new, |fields| fields.iter().map(of).collect()))
        }
        Some(_) | None => Value::from(thing().to_string()),
    }
}
