use std::collections::BTreeSet;

use kernel::{
    Action, BlindSide, Chambers, Code, Content, Day, Doubt, Event, GunKind, Intent, Light, Look, LotKind, Method,
    PlaceKind, Reading, Readings, Reason, Role, Roles, RoundKind, StopCause, Thing,
};
use record::wire::{KINDS, WireError, read_event, read_intent, read_reason, write_event, write_intent, write_reason};
use record::{Id, Millis};
use serde_json::{Map, Value, json};

use crate::log::id;

fn readings() -> Readings {
    let dummy = Reading { content: Content::Dummy, method: Method::RemovedSeenShaken };
    Readings::default().with(1, dummy).with(6, Reading { content: Content::Empty, method: Method::SeenAtHead })
}

/// One of each kind.
pub fn intents() -> Vec<record::Intent> {
    let (gun, person, place, lot, stop, offer, check) = (id(1), id(2), id(3), id(4), id(5), id(6), id(7));
    let chambers: Chambers = [1, 3, 12].into_iter().collect();
    let roles = Roles::NONE.with(Role::FirstAd).with(Role::Witness);
    vec![
        Intent::AddPerson { person },
        Intent::AssignRoles { person, day: Day(7), roles, answers_to: Some(id(9)) },
        Intent::OpenDay { day: Day(8) },
        Intent::InviteDevice { person },
        Intent::EnrolDevice { invitation: id(8), device: id(9) },
        Intent::RevokeDevice { device: id(9) },
        Intent::RegisterPlace { place, kind: PlaceKind::Belt, locks: false, for_guns: true },
        Intent::RegisterGun { gun, kind: GunKind::Rubber, action: Action::None, chambers: 0, place },
        Intent::RegisterLot { lot, kind: LotKind::Dummy, inert_at_head: true, rounds: 50 },
        Intent::TakeOut { gun },
        Intent::PutAway { gun, place },
        Intent::Offer { gun, to: person },
        Intent::WithdrawOffer { gun, offer },
        Intent::Take { gun, offer, look: Look::Declined },
        Intent::RefuseOffer { gun, offer },
        Intent::TakeBack { gun },
        Intent::LookLast { gun, offer, readings: readings() },
        Intent::LookThroughBore { gun, light: Light::Blocked },
        Intent::Load { gun, lot, chambers },
        Intent::Unload { gun, chambers },
        Intent::BeginCheck { gun, witness: person },
        Intent::AnswerCheck { gun, check, readings: readings() },
        Intent::GiveUpCheck { gun, check },
        Intent::MatchIdentity { gun },
        Intent::PointTowardPeople { gun },
        Intent::ReportHave { gun },
        Intent::ReportGone { gun },
        Intent::ReportOutOfSight { gun },
        Intent::ReportDoubt { gun },
        Intent::ReportMuzzle { gun },
        Intent::ReportDischarge { gun },
        Intent::ReportRoundFound { round: RoundKind::NotSure },
        Intent::ReportDispute { gun },
        Intent::ReportLeft { person },
        Intent::ReportReturned { person },
        Intent::ReportBreak,
        Intent::Stop { cause: StopCause::PersonHurt },
        Intent::NameInquiry { stop, inquirer: person },
        Intent::CloseInquiry { stop },
    ]
}

#[test]
fn every_kind_of_intent_reads_as_it_was_written() {
    let mut seen = BTreeSet::new();
    for intent in intents() {
        let (kind, item, body) = write_intent(&intent);
        assert_eq!(read_intent(kind, item, body.clone()).unwrap(), intent);
        assert!(seen.insert(kind), "{kind} twice");
        let row = KINDS.iter().find(|row| row.word == kind).unwrap();
        assert_eq!(row.item.is_some(), item.is_some(), "{kind}");
        assert!(row.fields.iter().map(|(name, _)| *name).eq(body.keys().map(String::as_str)), "{kind}: sorted fields");
    }
    assert_eq!(seen.len(), KINDS.len());
}

#[test]
fn a_field_too_many_too_few_or_wrong_is_named() {
    for intent in intents() {
        let (kind, item, body) = write_intent(&intent);
        let mut more = body.clone();
        more.insert("also".to_owned(), Value::Null);
        assert_eq!(read_intent(kind, item, more), Err(WireError::Unknown("also".to_owned())));
        let other = if item.is_some() { None } else { Some(id(1)) };
        assert!(read_intent(kind, other, body.clone()).is_err(), "{kind}: item");
        for name in body.keys() {
            let mut less = body.clone();
            less.remove(name);
            assert_eq!(read_intent(kind, item, less), Err(WireError::Missing(name.clone())), "{kind}");
            let mut wrong = body.clone();
            wrong.insert(name.clone(), json!({"no": "thing"}));
            assert!(matches!(read_intent(kind, item, wrong), Err(WireError::Wrong { .. })), "{kind}.{name}");
        }
    }
    assert_eq!(read_intent("shout", None, Map::new()), Err(WireError::Kind("shout".to_owned())));
}

#[test]
fn readings_and_chambers_have_one_form() {
    let body = |readings: Value| {
        let mut body = Map::new();
        body.insert("check".to_owned(), Value::from(id(7).to_string()));
        body.insert("readings".to_owned(), readings);
        read_intent("answer_check", Some(id(1)), body)
    };
    let one = json!({"chamber": 1, "method": "seen_at_head", "saw": "empty"});
    let two = json!({"chamber": 2, "method": "seen_at_head", "saw": "empty"});
    assert!(body(json!([one, two])).is_ok());
    for wrong in [
        json!([two, one]),
        json!([one, one]),
        json!([{"chamber": 0, "method": "seen_at_head", "saw": "empty"}]),
        json!([{"chamber": 13, "method": "seen_at_head", "saw": "empty"}]),
        json!([{"chamber": 1, "method": "from_the_muzzle", "saw": "empty"}]),
        json!([{"chamber": 1, "method": "seen_at_head", "saw": "fine"}]),
        json!([{"chamber": 1, "method": "seen_at_head"}]),
        json!([{"chamber": 1, "method": "seen_at_head", "saw": "empty", "sure": true}]),
        json!({"1": "empty"}),
    ] {
        assert!(body(wrong.clone()).is_err(), "{wrong}");
    }
    for wrong in [json!([2, 1]), json!([1, 1]), json!([0]), json!([13]), json!(["1"]), json!(3)] {
        let mut body = Map::new();
        body.insert("chambers".to_owned(), wrong.clone());
        assert!(read_intent("unload", Some(id(1)), body).is_err(), "{wrong}");
    }
}

fn events() -> Vec<record::Event> {
    let (gun, person, at, act) = (id(1), id(2), Millis(-5), id(5));
    let chambers: Chambers = [2].into_iter().collect();
    let (place, lot, device) = (id(3), id(4), id(6));
    vec![
        Event::PersonAdded { person },
        Event::RolesAssigned { person, day: Day(1), roles: Roles::NONE, answers_to: None },
        Event::DayOpened { day: Day(1), at },
        Event::DeviceInvited { invitation: act, person },
        Event::DeviceEnrolled { invitation: act, device, person },
        Event::DeviceRevoked { device },
        Event::PlaceRegistered { place, kind: PlaceKind::Vehicle, locks: true, for_guns: false },
        Event::GunRegistered { gun, kind: GunKind::NonGun, action: Action::Bolt, chambers: 1, place, at },
        Event::LotRegistered { lot, kind: LotKind::SnapCap, inert_at_head: false, rounds: u32::MAX },
        Event::GunTakenOut { gun, person, at },
        Event::GunPutAway { gun, place, at },
        Event::GunOffered { gun, offer: act, from: person, to: id(9), at },
        Event::OfferWithdrawn { gun, from: person, at },
        Event::OfferRefused { gun, from: person, at },
        Event::LastLookMade { gun, offer: act, witness: person },
        Event::GunTaken { gun, person, handler: id(9), look: Look::Looked, at },
        Event::GunTakenBack { gun, person, at },
        Event::GunReportedWith { gun, person, handler: None, at },
        Event::GunReportedGone { gun, at },
        Event::BoreLooked { gun, look: act, light: Light::Seen },
        Event::GunLoaded { gun, lot, chambers },
        Event::GunUnloaded { gun, chambers },
        Event::CheckBegun { gun, check: act, checker: person, witness: id(9), device: Some(device), at },
        Event::CheckAnswered { gun, side: BlindSide::Witness, readings: readings(), device: None, at },
        Event::AnswersDiffered { gun, at },
        Event::GunShown { gun, at },
        Event::AnswersOpened { gun },
        Event::IdentityMatched { gun, by: person, at },
        Event::ShowingVoided { gun, why: Doubt::OutOfSight, at },
        Event::BreakBegan { at },
        Event::PersonLeft { person, at },
        Event::PersonReturned { person },
        Event::ClockJumped { at },
        Event::StopPulled {
            stop: act,
            cause: StopCause::Discharge,
            by: None,
            gun: Some(gun),
            concerned: [Some(person), None],
            at,
        },
        Event::InquiryNamed { stop: act, inquirer: person, by: id(9) },
        Event::StopLifted { stop: act },
    ]
}

#[test]
fn every_event_reads_as_it_was_written() {
    let mut seen = BTreeSet::new();
    for event in events() {
        let value = write_event(&event);
        assert_eq!(read_event(&value).unwrap(), event);
        assert!(seen.insert(value["event"].as_str().unwrap().to_owned()));
        let mut more = value.as_object().unwrap().clone();
        more.insert("also".to_owned(), Value::Null);
        assert!(read_event(&Value::Object(more)).is_err());
    }
    assert_eq!(seen.len(), 36, "one of each");
    assert!(read_event(&json!({"event": "made_safe"})).is_err());
    assert!(read_event(&json!(7)).is_err());
}

#[test]
fn every_reason_reads_as_it_was_written() {
    for code in Code::ALL {
        let bare = Reason::new(*code);
        let full = bare.at(Millis(5)).who(id(2)).chambers([1, 2].into_iter().collect()).what(Thing::Lot);
        for reason in [bare, full] {
            assert_eq!(read_reason(&write_reason(&reason)).unwrap(), reason);
        }
    }
    assert!(read_reason(&json!({"code": "NO-SUCH"})).is_err());
}

#[test]
fn an_identifier_has_one_text() {
    let text = "0123abcd-0000-7000-8000-00000000000f";
    assert_eq!(text.parse::<Id>().unwrap().to_string(), text);
    let upper = text.to_uppercase();
    for wrong in
        [upper.as_str(), "0123abcd00007000800000000000000f", "{0123abcd-0000-7000-8000-00000000000f}", "gun 1", ""]
    {
        assert!(wrong.parse::<Id>().is_err(), "{wrong}");
    }
}
