use std::collections::BTreeSet;

use kernel::{
    Action, BarrelReading, BarrelReadings, BlindSide, Calibre, Chambers, Choice, Choices, Code, Content, Day, Doubt,
    Erasable, Event, FeedReading, Ground, GunKind, Holds, Intent, Light, Load, Look, LotKind, Method, Notified,
    Occasion, Pack, Packs, PlaceKind, RangeException, Reading, Readings, Reason, RequestKind, Requirement, Rod, Role,
    Roles, RoundKind, ShotChange, StopCause, Tally, Thing, Topic, Topics, Toward, Unit,
};
use record::wire::{KINDS, WireError, read_event, read_intent, read_reason, write_event, write_intent, write_reason};
use record::words::Word as _;
use record::{Id, Millis};
use serde_json::{Map, Value, json};

use crate::log::id;

fn readings() -> Readings {
    let dummy = Reading { content: Content::Dummy, method: Method::RemovedSeenShaken };
    Readings::default().with(1, dummy).with(6, Reading { content: Content::Empty, method: Method::SeenAtHead })
}

fn tally() -> Tally {
    Tally { live: 1, blank: 2, dummy: 3, spent: 4, misfired: 5, not_sure: u32::MAX }
}

fn topics() -> Topics {
    [Topic::ChainOfCommand, Topic::Action].into_iter().collect()
}

/// One of each kind.
pub fn intents() -> Vec<record::Intent> {
    let mut all = intents_about_guns();
    all.extend(intents_about_rounds());
    all.extend(intents_about_the_day());
    all.extend(intents_about_feeds());
    all.extend(intents_about_barrels());
    all.extend(intents_about_shots());
    all.extend(intents_about_what_comes_and_goes());
    all.extend(intents_about_exhibits());
    all.extend(intents_about_what_stands_beside());
    all.extend(intents_about_a_range());
    all.extend(intents_about_people());
    all.extend(intents_about_packs());
    all.extend(intents_about_units());
    all
}

/// Those that the first form of the record has. None of them ever changes.
fn intents_about_guns() -> Vec<record::Intent> {
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
        Intent::ReportFault { gun },
        Intent::ClearFault { gun },
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

fn intents_about_rounds() -> Vec<record::Intent> {
    let (gun, source, place, lot, count, from) = (id(1), id(2), id(3), id(4), id(5), id(6));
    let chambers: Chambers = [1, 3, 12].into_iter().collect();
    let spent: Chambers = [2].into_iter().collect();
    let (calibre, method) = (Calibre(11), Method::RemovedSeenShaken);
    vec![
        Intent::ReceiveLot {
            lot,
            kind: LotKind::Blank,
            load: Some(Load::Quarter),
            calibre: Some(Calibre(1099)),
            source,
            rounds: 300,
            inert_at_head: false,
            uniform: true,
            place,
        },
        Intent::EnterCalibre { gun, calibre },
        Intent::TakeOutLot { lot },
        Intent::PutAwayLot { lot, place },
        Intent::ReBox { lot, from, rounds: 20 },
        Intent::Draw { lot, rounds: 50 },
        Intent::PutBack { lot, rounds: 0 },
        Intent::Stow { lot, place, rounds: 1 },
        Intent::Gather { lot, place, rounds: u32::MAX },
        Intent::SealBelt { place, seal: 4711 },
        Intent::SeeSeal { place, seal: 4712 },
        Intent::DeclareReload { place },
        Intent::BeginCount { lot, occasion: Occasion::SceneEnd, witness: source },
        Intent::AnswerCount { lot, count, tally: tally(), method, seal: Some(7) },
        Intent::GiveUpCount { lot, count },
        Intent::DeclareLost { lot, brass: 2, place },
        Intent::TestBlank { gun, lot, rounds: 3, stand_off_centimetres: 600 },
        Intent::ClearLine { gun, nearest_centimetres: 750 },
        Intent::EmptyGun { gun, spent, misfired: Chambers::NONE, unfired: chambers },
        Intent::ReportFired { gun, shots: 3, misfires: 1 },
        Intent::ReportLineChanged { gun },
        Intent::ReportReloaded { gun, lot, place, chambers },
        Intent::ReportSealBroken { place },
        Intent::ReportRoundFoundIn { place, round: RoundKind::Live },
    ]
}

fn intents_about_the_day() -> Vec<record::Intent> {
    let (gun, person, place, scene, meeting, line) = (id(1), id(2), id(3), id(4), id(5), id(6));
    vec![
        Intent::RosterDuty { person, role: Role::Props, from: Millis(-5), until: Millis(9) },
        Intent::PlanScene { scene, day: Some(Day(3)), blanks: true },
        Intent::OpenScene { scene, place },
        Intent::CloseScene,
        Intent::CloseForLunch,
        Intent::Wrap,
        Intent::HoldMeeting { scene, place, topics: topics() },
        Intent::AttendMeeting { meeting, person },
        Intent::CallToSet { gun },
        Intent::CallOffSet { gun },
        Intent::BeginLine { witness: person },
        Intent::IssueInLine { gun, line, to: person, readings: readings() },
        Intent::ConfirmInLine { gun, issue: id(7), to: person, readings: Readings::default() },
        Intent::MusterLine { line, guns: 12 },
        Intent::DeclareTransfer { gun, to: person },
        Intent::DeclarePreset { gun, place },
        Intent::LayPreset { gun, place },
    ]
}

fn feed() -> FeedReading {
    FeedReading { method: Method::RemovedSeen, saw: tally() }
}

fn intents_about_feeds() -> Vec<record::Intent> {
    let (gun, lot, line, act, to) = (id(1), id(4), id(6), id(7), id(2));
    let chambers: Chambers = [1].into_iter().collect();
    vec![
        Intent::AnswerFeedCheck { gun, check: act, readings: readings(), feed: feed() },
        Intent::LookLastFeed { gun, offer: act, readings: readings(), feed: feed() },
        Intent::LoadFeed { gun, lot, chambers, rounds: 8 },
        Intent::EmptyFeed { gun, spent: 2, misfired: 1, chambers, rounds: u8::MAX },
        Intent::IssueFeedInLine { gun, line, to, readings: readings(), feed: feed() },
        Intent::ConfirmFeedInLine { gun, issue: act, to, readings: Readings::default(), feed: feed() },
    ]
}

fn rods() -> BarrelReadings {
    let charged = BarrelReading { rod: Rod::AboveMark, primed: true };
    BarrelReadings::default().with(1, charged).with(12, BarrelReading { rod: Rod::AtMark, primed: false })
}

fn intents_about_barrels() -> Vec<record::Intent> {
    let (gun, line, act, to) = (id(1), id(6), id(7), id(2));
    let barrels: Chambers = [1].into_iter().collect();
    vec![
        Intent::RunRod { gun, rod: Rod::AtMark },
        Intent::Prime { gun, barrels },
        Intent::AnswerBarrelCheck { gun, check: act, rods: rods() },
        Intent::LookLastBarrels { gun, offer: act, rods: rods() },
        Intent::EmptyBarrels { gun, burned: barrels, misfired: Chambers::NONE, unfired: barrels },
        Intent::IssueBarrelsInLine { gun, line, to, rods: rods() },
        Intent::ConfirmBarrelsInLine { gun, issue: act, to, rods: BarrelReadings::default() },
    ]
}

/// How a reading of rod and cap is written: it never changes.
#[test]
fn rods_have_one_form() {
    let body = |rods: Value| {
        let mut body = Map::new();
        body.insert("check".to_owned(), Value::from(id(7).to_string()));
        body.insert("rods".to_owned(), rods);
        read_intent("answer_barrel_check", Some(id(1)), body)
    };
    let one = json!({"barrel": 1, "primed": true, "rod": "above_mark"});
    let two = json!({"barrel": 2, "primed": false, "rod": "at_mark"});
    let (_, _, written) = write_intent(&body(json!([one, two])).unwrap());
    assert_eq!(written["rods"], json!([one, two]));
    for wrong in [
        json!([two, one]),
        json!([one, one]),
        json!([{"barrel": 0, "primed": true, "rod": "at_mark"}]),
        json!([{"barrel": 13, "primed": true, "rod": "at_mark"}]),
        json!([{"barrel": 1, "primed": "yes", "rod": "at_mark"}]),
        json!([{"barrel": 1, "primed": true, "rod": "blank"}]),
        json!([{"barrel": 1, "rod": "at_mark"}]),
        json!([{"barrel": 1, "primed": true, "rod": "at_mark", "sure": true}]),
        json!({"1": "at_mark"}),
    ] {
        assert!(body(wrong.clone()).is_err(), "{wrong}");
    }
    for rod in ["at_mark", "above_mark", "not_sure"] {
        assert!(reads_as("run_rod", "rod", &intents_about_barrels(), json!(rod)));
    }
    assert!(!reads_as("run_rod", "rod", &intents_about_barrels(), json!("seen")));
}

fn intents_about_what_stands_beside() -> Vec<record::Intent> {
    let (intent, preservation) = (id(7), id(8));
    vec![
        Intent::Erase { intent, what: Erasable::Texts, ground: Ground::PersonAsked },
        Intent::ReportRecordNeeded,
        Intent::ReleaseRecord { preservation },
        Intent::ReportToldOfLoss { gun: id(1), notified: Notified::LicensingAuthority },
    ]
}

/// How the kinds about what stands beside the record are written: none of them ever changes.
#[test]
fn an_erasure_is_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let all = intents_about_what_stands_beside();
    assert_eq!(
        all.iter().map(written).collect::<Vec<Value>>(),
        [
            json!(["erase", id(7).to_string(), {"ground": "person_asked", "what": "texts"}]),
            json!(["report_record_needed", null, {}]),
            json!(["release_record", id(8).to_string(), {}]),
            json!(["report_told_of_loss", id(1).to_string(), {"notified": "licensing_authority"}]),
        ]
    );
    for ground in ["person_asked", "time_over", "entered_wrongly", "ordered"] {
        assert!(reads_as("erase", "ground", &all, json!(ground)));
    }
    for notified in ["police", "licensing_authority", "rental_house", "insurer", "producer"] {
        assert!(reads_as("report_told_of_loss", "notified", &all, json!(notified)));
    }
    assert!(reads_as("erase", "what", &all, json!("files")));
    assert!(!reads_as("erase", "what", &all, json!("readings")));
    assert!(!reads_as("erase", "ground", &all, json!("embarrassing")));
}

fn events_about_what_stands_beside() -> Vec<record::Event> {
    vec![
        Event::Erased { intent: id(7), what: Erasable::Files, ground: Ground::Ordered },
        Event::RecordPreserved { preservation: id(8), by: id(2) },
        Event::RecordReleased { preservation: id(8) },
        Event::LossTold { gun: id(1), notified: Notified::Police },
    ]
}

fn intents_about_units() -> Vec<record::Intent> {
    let (gun, person, place, lot, unit) = (id(1), id(2), id(3), id(4), Unit(2));
    vec![
        Intent::EnterUnit { unit: Unit(99) },
        Intent::MovePersonToUnit { person, unit },
        Intent::MoveGunToUnit { gun, unit },
        Intent::MoveLotToUnit { lot, unit },
        Intent::MovePlaceToUnit { place, unit: Unit::FIRST },
    ]
}

fn events_about_units() -> Vec<record::Event> {
    let (gun, person, place, lot, unit, at) = (id(1), id(2), id(3), id(4), Unit(2), Millis(-5));
    vec![
        Event::UnitEntered { unit },
        Event::PersonMovedToUnit { person, unit },
        Event::GunMovedToUnit { gun, unit },
        Event::LotMovedToUnit { lot, unit },
        Event::PlaceMovedToUnit { place, unit: Unit::FIRST },
        Event::UnitBreakBegan { unit, at },
        Event::UnitTakeBegun { unit, shot: Some(id(8)), at },
        Event::UnitTakeEnded { unit, at },
    ]
}

/// How what is said of units is written: none of it ever changes. A unit has a number from 1 to 99.
#[test]
fn units_are_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let all = intents_about_units();
    assert_eq!(
        all.iter().map(written).collect::<Vec<Value>>(),
        [
            json!(["enter_unit", null, {"unit": 99}]),
            json!(["move_person_to_unit", id(2).to_string(), {"unit": 2}]),
            json!(["move_gun_to_unit", id(1).to_string(), {"unit": 2}]),
            json!(["move_lot_to_unit", id(4).to_string(), {"unit": 2}]),
            json!(["move_place_to_unit", id(3).to_string(), {"unit": 1}]),
        ]
    );
    for unit in [json!(1), json!(99)] {
        assert!(reads_as("enter_unit", "unit", &all, unit));
    }
    for wrong in [json!(0), json!(100), json!(257), json!(-1), json!("2"), Value::Null] {
        assert!(!reads_as("enter_unit", "unit", &all, wrong.clone()), "{wrong}");
    }
    let events: Vec<Value> = events_about_units().iter().map(write_event).collect();
    let (gun, person, place, lot) = (id(1).to_string(), id(2).to_string(), id(3).to_string(), id(4).to_string());
    assert_eq!(
        events,
        [
            json!({"event": "unit_entered", "unit": 2}),
            json!({"event": "person_moved_to_unit", "person": person, "unit": 2}),
            json!({"event": "gun_moved_to_unit", "gun": gun, "unit": 2}),
            json!({"event": "lot_moved_to_unit", "lot": lot, "unit": 2}),
            json!({"event": "place_moved_to_unit", "place": place, "unit": 1}),
            json!({"event": "unit_break_began", "unit": 2, "at": -5}),
            json!({"event": "unit_take_begun", "unit": 2, "shot": id(8).to_string(), "at": -5}),
            json!({"event": "unit_take_ended", "unit": 2, "at": -5}),
        ]
    );
}

fn intents_about_a_range() -> Vec<record::Intent> {
    let exception = RangeException::ActorTraining;
    vec![Intent::DeclareRange { exception }, Intent::ConfirmRange { declaration: id(9) }]
}

fn events_about_a_range() -> Vec<record::Event> {
    let (declaration, exception, by, at) = (id(9), RangeException::ControlledFacility, id(2), Millis(-5));
    vec![Event::RangeDeclared { declaration, exception, by, at }, Event::RangeConfirmed { declaration, by, at }]
}

/// How the kinds about a range production are written: none of them ever changes.
#[test]
fn a_range_production_is_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let all = intents_about_a_range();
    assert_eq!(
        all.iter().map(written).collect::<Vec<Value>>(),
        [
            json!(["declare_range", null, {"exception": "actor_training"}]),
            json!(["confirm_range", id(9).to_string(), {}]),
        ]
    );
    assert_eq!(
        events_about_a_range().iter().map(write_event).collect::<Vec<Value>>(),
        [
            json!({"at": -5, "by": id(2).to_string(), "declaration": id(9).to_string(), "event": "range_declared",
                "exception": "controlled_facility"}),
            json!({"at": -5, "by": id(2).to_string(), "declaration": id(9).to_string(), "event": "range_confirmed"}),
        ]
    );
    let words = ["actor_training", "gunfire_sound", "documentary", "education", "subject", "controlled_facility"];
    assert_eq!(words.len(), RangeException::ALL.len());
    for word in words {
        assert!(reads_as("declare_range", "exception", &all, json!(word)), "{word}");
    }
    for wrong in [json!("training"), json!("a re-enactment"), Value::Null, json!(true)] {
        assert!(!reads_as("declare_range", "exception", &all, wrong.clone()), "{wrong}");
    }
}

fn intents_about_what_comes_and_goes() -> Vec<record::Intent> {
    let (gun, place, vendor) = (id(1), id(3), id(2));
    vec![
        Intent::ReturnToVendor { gun, vendor },
        Intent::ReceiveFromVendor { gun, vendor, place },
        Intent::BeginTransit { place },
        Intent::EndTransit { place },
        Intent::ReportUnattended { place },
        Intent::ReportPersonalWeapon { whose: Some(id(2)) },
        Intent::ReturnLotToVendor { lot: id(5), vendor },
        Intent::SignForGun { gun },
        Intent::SignForLot { lot: id(5), seal: 4711 },
        Intent::ReportFeedSwapped { gun, lot: id(5), place, rounds: 8, came_out: 250, into: id(6) },
    ]
}

/// How the kinds of what comes, goes and is on the way are written: none of them ever changes.
#[test]
fn what_comes_and_goes_is_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let (gun, place, vendor) = (id(1).to_string(), id(3).to_string(), id(2).to_string());
    let all = intents_about_what_comes_and_goes();
    assert_eq!(
        all.iter().map(written).collect::<Vec<Value>>(),
        [
            json!(["return_to_vendor", gun, {"vendor": vendor}]),
            json!(["receive_from_vendor", gun, {"place": place, "vendor": vendor}]),
            json!(["begin_transit", place, {}]),
            json!(["end_transit", place, {}]),
            json!(["report_unattended", place, {}]),
            json!(["report_personal_weapon", null, {"whose": vendor}]),
            json!(["return_lot_to_vendor", id(5).to_string(), {"vendor": vendor}]),
            json!(["sign_for_gun", gun, {}]),
            json!(["sign_for_lot", id(5).to_string(), {"seal": 4711}]),
            json!(["report_feed_swapped", gun, {
                "came_out": 250, "into": id(6).to_string(), "lot": id(5).to_string(), "place": place, "rounds": 8,
            }]),
        ]
    );
    assert!(reads_as("report_personal_weapon", "whose", &all, Value::Null));
    assert!(!reads_as("report_personal_weapon", "whose", &all, json!("the actor")));
    assert!(!reads_as("return_to_vendor", "vendor", &all, Value::Null));
    assert!(!reads_as("report_feed_swapped", "came_out", &all, json!(256)));
    assert!(!reads_as("report_feed_swapped", "into", &all, Value::Null));
}

fn events_about_what_comes_and_goes() -> Vec<record::Event> {
    let (gun, place, person, at) = (id(1), id(3), id(2), Millis(-5));
    vec![
        Event::GunReturned { gun, vendor: person, at },
        Event::GunReceived { gun, vendor: person, place, at },
        Event::TransitBegun { place, attendant: person, at },
        Event::TransitEnded { place },
        Event::LeftUnattended { place, at },
        Event::FaultReported { gun, at },
        Event::FaultCleared { gun, by: person, at },
        Event::PlaceQuestioned { place, at },
        Event::LotReturned { lot: id(5), vendor: person, at },
        Event::GunSignedFor { gun, by: person, at },
        Event::LotSignedFor { lot: id(5), by: person, at },
        Event::GunFeedSwapped { gun, lot: id(5), place, rounds: 8, came_out: 250, into: id(6), at },
    ]
}

const IN_THE_BAG: Tally = Tally { live: 1, blank: 2, dummy: 3, spent: 4, misfired: 5, not_sure: 6 };

fn intents_about_exhibits() -> Vec<record::Intent> {
    let (gun, lot, guard, stop, exhibit) = (id(1), id(5), id(2), id(8), id(9));
    vec![
        Intent::ReportGunExhibit { gun, stop, guard },
        Intent::ReportLotExhibit { lot, stop, guard },
        Intent::ReportRoundsExhibit { gun, stop, witness: id(3), saw: IN_THE_BAG, guard },
        Intent::ReportExhibitGiven { exhibit, to: id(3) },
        Intent::ReportExhibitTaken { exhibit },
        Intent::ReportExhibitToPolice { exhibit },
        Intent::ReleaseExhibit { exhibit },
    ]
}

/// How the kinds of what an inquiry keeps are written: none of them ever changes.
#[test]
fn what_an_inquiry_keeps_is_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let (gun, lot, guard) = (id(1).to_string(), id(5).to_string(), id(2).to_string());
    let (stop, exhibit, other) = (id(8).to_string(), id(9).to_string(), id(3).to_string());
    let saw = json!({"live": 1, "blank": 2, "dummy": 3, "spent": 4, "misfired": 5, "not_sure": 6});
    let all = intents_about_exhibits();
    assert_eq!(
        all.iter().map(written).collect::<Vec<Value>>(),
        [
            json!(["report_gun_exhibit", gun, {"guard": guard, "stop": stop}]),
            json!(["report_lot_exhibit", lot, {"guard": guard, "stop": stop}]),
            json!(["report_rounds_exhibit", gun, {"guard": guard, "saw": saw, "stop": stop, "witness": other}]),
            json!(["report_exhibit_given", exhibit, {"to": other}]),
            json!(["report_exhibit_taken", exhibit, {}]),
            json!(["report_exhibit_to_police", exhibit, {}]),
            json!(["release_exhibit", exhibit, {}]),
        ]
    );
    assert!(!reads_as("report_gun_exhibit", "guard", &all, Value::Null));
    assert!(!reads_as("report_rounds_exhibit", "saw", &all, json!({"dummy": 1})));
    assert!(!reads_as("report_rounds_exhibit", "witness", &all, Value::Null));
}

fn events_about_exhibits() -> Vec<record::Event> {
    let (gun, lot, guard, stop, exhibit, at) = (id(1), id(5), id(2), id(8), id(9), Millis(-5));
    vec![
        Event::GunExhibited { exhibit, gun, stop, guard, at },
        Event::LotExhibited { exhibit, lot, stop, guard, at },
        Event::RoundsBagged { exhibit, gun, lot: Some(lot), rounds: 6, saw: IN_THE_BAG, stop, guard, at },
        Event::ExhibitGiven { exhibit, from: guard, to: id(3), at },
        Event::ExhibitTaken { exhibit, by: id(3), at },
        Event::ExhibitToPolice { exhibit, at },
        Event::ExhibitReleased { exhibit, at },
    ]
}

fn intents_about_shots() -> Vec<record::Intent> {
    let (gun, person, scene, shot) = (id(1), id(2), id(4), id(8));
    vec![
        Intent::PlanShot { scene },
        Intent::PlanGun {
            gun,
            shot,
            holds: Holds::Blank,
            load: Some(Load::Half),
            rounds: 3,
            toward: Toward::Camera,
            stand_off_millimetres: 6_100,
            barrier: true,
            copy_will_not_do: true,
        },
        Intent::PlacePerson { person, shot, gun, distance_millimetres: 7_500 },
        Intent::LeavePersonOut { person, shot },
        Intent::TellPerson { person, shot },
        Intent::ReportRefusedShot { person, shot },
        Intent::ApproveMuzzle { gun, shot },
        Intent::MeasureStandOff { gun, shot, nearest_millimetres: u32::MAX },
        Intent::SetBarrier { gun, shot },
        Intent::EnterProtection { gun, shot },
        Intent::CallShotReady { shot },
        Intent::BeginTake { shot: Some(shot) },
        Intent::ReportCut,
        Intent::ReportShotChanged { shot, change: ShotChange::Action },
    ]
}

fn events_about_shots() -> Vec<record::Event> {
    let (gun, person, scene, shot, at) = (id(1), id(2), id(4), id(8), Millis(-5));
    vec![
        Event::ShotPlanned { shot, scene },
        Event::GunPlanned {
            shot,
            gun,
            holds: Holds::Dummy,
            load: None,
            rounds: 6,
            toward: Toward::People,
            stand_off_millimetres: 3_000,
            barrier: false,
            by: person,
        },
        Event::PersonPlaced { shot, gun, person, distance_millimetres: 3_000 },
        Event::PersonLeftOut { shot, person },
        Event::PersonTold { shot, person },
        Event::ShotRefused { shot, person },
        Event::MuzzleApproved { shot, gun, by: person },
        Event::StandOffMeasured { shot, gun, nearest_millimetres: 3_001 },
        Event::BarrierSet { shot, gun },
        Event::ProtectionEntered { shot, gun },
        Event::ShotReadyCalled { shot, at },
        Event::ShotChanged { shot, change: ShotChange::People, at },
        Event::TakeBegun { shot: None, at },
        Event::TakeEnded { at },
    ]
}

/// How the kinds of a shot are written: none of them ever changes.
#[test]
fn a_shot_is_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let (gun, person, scene, shot) = (id(1).to_string(), id(2).to_string(), id(4).to_string(), id(8).to_string());
    let all: Vec<Value> = intents_about_shots().iter().map(written).collect();
    assert_eq!(
        all,
        [
            json!(["plan_shot", scene, {}]),
            json!(["plan_gun", gun, {
                "barrier": true, "copy_will_not_do": true, "holds": "blank", "load": "half", "rounds": 3, "shot": shot,
                "stand_off_millimetres": 6_100, "toward": "camera",
            }]),
            json!(["place_person", person, {"distance_millimetres": 7_500, "gun": gun, "shot": shot}]),
            json!(["leave_person_out", person, {"shot": shot}]),
            json!(["tell_person", person, {"shot": shot}]),
            json!(["report_refused_shot", person, {"shot": shot}]),
            json!(["approve_muzzle", gun, {"shot": shot}]),
            json!(["measure_stand_off", gun, {"nearest_millimetres": u32::MAX, "shot": shot}]),
            json!(["set_barrier", gun, {"shot": shot}]),
            json!(["enter_protection", gun, {"shot": shot}]),
            json!(["call_shot_ready", shot, {}]),
            json!(["begin_take", null, {"shot": shot}]),
            json!(["report_cut", null, {}]),
            json!(["report_shot_changed", shot, {"change": "action"}]),
        ]
    );
    let shots = intents_about_shots();
    for (kind, field, wrong) in [
        ("plan_gun", "holds", json!("live")),
        ("plan_gun", "toward", json!("actor")),
        ("plan_gun", "rounds", json!(256)),
        ("plan_gun", "stand_off_millimetres", json!(0.5)),
        ("plan_gun", "load", json!("double")),
        ("place_person", "distance_millimetres", json!(-1)),
        ("report_shot_changed", "change", json!("weather")),
    ] {
        assert!(!reads_as(kind, field, &shots, wrong.clone()), "{kind}.{field} {wrong}");
    }
    assert!(reads_as("plan_gun", "load", &shots, Value::Null) && reads_as("begin_take", "shot", &shots, Value::Null));
}

fn intents_about_people() -> Vec<record::Intent> {
    let person = id(2);
    vec![
        Intent::Require { what: Requirement::Training, required: true },
        Intent::EnterTraining { person, action: Action::Pump, passed: false },
        Intent::EnterCourse { person, until: Some(Day(40)) },
        Intent::EnterPermit { person, held: true, until: Some(Day(365)) },
        Intent::EnterAuthority { person, given: true },
        Intent::NameContact { person },
        Intent::ReportPoliceTold { scene: id(7) },
        Intent::ReportSafetyRequest { kind: RequestKind::AnotherHandler },
        Intent::AnswerRequest { request: id(8), granted: false },
        Intent::DeclareGuard { person, outside: true },
        Intent::ReportGuardInside { person },
    ]
}

fn events_about_people() -> Vec<record::Event> {
    let person = id(2);
    vec![
        Event::RequirementSet { what: Requirement::Course, required: false },
        Event::TrainingEntered { person, action: Action::BeltFed, passed: true },
        Event::CourseEntered { person, until: None },
        Event::PermitEntered { person, held: false, until: None },
        Event::AuthorityEntered { person, given: false },
        Event::ContactNamed { person },
        Event::PoliceTold { scene: id(7), at: Millis(-5) },
        Event::SafetyRequested { request: id(8), kind: RequestKind::MoreTime, by: person, at: Millis(-5) },
        Event::RequestAnswered { request: id(8), granted: true, by: person },
        Event::GuardDeclared { person, outside: false },
    ]
}

/// How what is said of people is written: none of it ever changes.
#[test]
fn training_and_what_is_asked_for_are_written_so() {
    let written = |intent: &record::Intent| {
        let (kind, item, body) = write_intent(intent);
        json!([kind, item.map(|item| item.to_string()), body])
    };
    let (person, request) = (id(2).to_string(), id(8).to_string());
    let people = intents_about_people();
    let all: Vec<Value> = people.iter().map(written).collect();
    assert_eq!(
        all,
        [
            json!(["require", null, {"required": true, "what": "training"}]),
            json!(["enter_training", person, {"action": "pump", "passed": false}]),
            json!(["enter_course", person, {"until": 40}]),
            json!(["enter_permit", person, {"held": true, "until": 365}]),
            json!(["enter_authority", person, {"given": true}]),
            json!(["name_contact", person, {}]),
            json!(["report_police_told", id(7).to_string(), {}]),
            json!(["report_safety_request", null, {"kind": "another_handler"}]),
            json!(["answer_request", request, {"granted": false}]),
            json!(["declare_guard", person, {"outside": true}]),
            json!(["report_guard_inside", person, {}]),
        ]
    );
    let events: Vec<Value> = events_about_people().iter().map(write_event).collect();
    assert_eq!(
        events,
        [
            json!({"event": "requirement_set", "what": "course", "required": false}),
            json!({"event": "training_entered", "person": person, "action": "belt_fed", "passed": true}),
            json!({"event": "course_entered", "person": person, "until": null}),
            json!({"event": "permit_entered", "person": person, "held": false, "until": null}),
            json!({"event": "authority_entered", "person": person, "given": false}),
            json!({"event": "contact_named", "person": person}),
            json!({"event": "police_told", "scene": id(7).to_string(), "at": -5}),
            json!({"event": "safety_requested", "request": request, "kind": "more_time", "by": person, "at": -5}),
            json!({"event": "request_answered", "request": request, "granted": true, "by": person}),
            json!({"event": "guard_declared", "person": person, "outside": false}),
        ]
    );
    assert!(!reads_as("require", "what", &people, json!("luck")));
    assert!(!reads_as("report_safety_request", "kind", &people, json!("a stop")));
    assert!(reads_as("enter_course", "until", &people, Value::Null));
}

fn packs() -> Packs {
    [Pack::SagAftra, Pack::Trade, Pack::Product].into_iter().collect()
}

fn intents_about_packs() -> Vec<record::Intent> {
    vec![Intent::AdoptPacks { packs: packs(), choices: Choices::NONE.with(Choice::PerformerLooksEachTime) }]
}

fn events_about_packs() -> Vec<record::Event> {
    vec![Event::PacksAdopted { packs: packs(), choices: Choices::NONE, by: id(2), at: Millis(-5) }]
}

/// How packs are written: in the order of the packs, each by the word that the rules have for it.
#[test]
fn an_adoption_is_written_so() {
    let adoption = intents_about_packs();
    let (kind, item, body) = write_intent(&adoption[0]);
    assert_eq!((kind, item), ("adopt_packs", None));
    let packs = json!(["product", "sag_aftra", "trade"]);
    assert_eq!(Value::Object(body), json!({"choices": ["performer_looks_each_time"], "packs": packs}));
    let event = json!({"event": "packs_adopted", "packs": packs, "choices": [], "by": id(2).to_string(), "at": -5});
    assert_eq!(write_event(&events_about_packs()[0]), event);
    for (field, wrong) in [
        ("packs", json!(["trade", "product"])),
        ("packs", json!(["product", "product"])),
        ("packs", json!(["texas"])),
        ("packs", json!("product")),
        ("packs", json!([1])),
        ("choices", json!(["performer_looks_each_time", "performer_may_look"])),
        ("choices", json!(["nobody_looks"])),
        ("choices", Value::Null),
    ] {
        assert!(!reads_as("adopt_packs", field, &adoption, wrong.clone()), "{field} {wrong}");
    }
    let both = json!(["performer_may_look", "performer_looks_each_time"]);
    assert!(reads_as("adopt_packs", "choices", &adoption, both));
    assert!(reads_as("adopt_packs", "packs", &adoption, json!([])));
    Pack::ALL.into_iter().for_each(|pack| assert_eq!(pack.word(), pack.as_str()));
    Choice::ALL.into_iter().for_each(|choice| assert_eq!(choice.word(), choice.as_str()));
}

fn events_about_feeds() -> Vec<record::Event> {
    let (gun, lot, person, at) = (id(1), id(4), id(2), Millis(-5));
    let (side, device) = (BlindSide::Checker, Some(id(6)));
    vec![
        Event::FeedCheckAnswered { gun, side, readings: readings(), feed: feed(), device, at },
        Event::GunFeedLoaded { gun, lot, chambers: Chambers::NONE, rounds: 8, from: None },
        Event::GunFeedEmptied { gun, spent: 2, misfired: 1, unfired: 5, to: Some(person) },
    ]
}

fn events_about_barrels() -> Vec<record::Event> {
    let (gun, barrels) = (id(1), Chambers::NONE.with(2));
    let (side, device, at) = (BlindSide::Witness, None, Millis(-5));
    vec![
        Event::RodRun { gun, run: id(7), rod: Rod::AboveMark },
        Event::GunPrimed { gun, barrels },
        Event::BarrelCheckAnswered { gun, side, rods: rods(), device, at },
        Event::GunBarrelsEmptied { gun, burned: barrels, misfired: Chambers::NONE, unfired: Chambers::NONE },
    ]
}

/// A kind that the record has once said is never taken out of it, nor one added without a sample.
#[test]
fn every_kind_of_intent_has_its_sample() {
    assert_eq!((intents_about_guns().len(), KINDS.len()), (41, 149));
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
    let mut all = events_about_guns();
    all.extend(events_about_rounds());
    all.extend(events_about_the_day());
    all.extend(events_about_feeds());
    all.extend(events_about_barrels());
    all.extend(events_about_shots());
    all.extend(events_about_what_comes_and_goes());
    all.extend(events_about_exhibits());
    all.extend(events_about_what_stands_beside());
    all.extend(events_about_a_range());
    all.extend(events_about_people());
    all.extend(events_about_packs());
    all.extend(events_about_units());
    all
}

/// Those that the first form of the record has.
fn events_about_guns() -> Vec<record::Event> {
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

fn events_about_rounds() -> Vec<record::Event> {
    let (gun, person, place, lot, act, other, at) = (id(1), id(2), id(3), id(4), id(5), id(6), Millis(-5));
    let chambers: Chambers = [2].into_iter().collect();
    let rounds = 50;
    let concerned = [None, Some(other)];
    vec![
        Event::LotReceived {
            lot,
            kind: LotKind::Dress,
            load: None,
            calibre: None,
            source: person,
            rounds,
            inert_at_head: true,
            uniform: false,
            place,
            at,
        },
        Event::CalibreEntered { gun, calibre: Calibre(1001) },
        Event::LotTakenOut { lot, person, at },
        Event::LotPutAway { lot, place, at },
        Event::LotReboxed { lot, from: other, rounds, person, at },
        Event::RoundsDrawn { lot, person, rounds },
        Event::RoundsPutBack { lot, person, rounds },
        Event::RoundsStowed { lot, person, place, rounds },
        Event::RoundsGathered { lot, person, place, rounds },
        Event::BeltSealed { place, seal: 1 },
        Event::SealSeen { place },
        Event::SealBroken { place },
        Event::ReloadDeclared { place },
        Event::CountBegun {
            lot,
            count: act,
            occasion: Occasion::BeforeFiring,
            counter: person,
            witness: other,
            device: None,
            at,
        },
        Event::CountAnswered { lot, side: BlindSide::Checker, tally: tally(), seal: None, device: Some(other), at },
        Event::CountsDiffered { lot, at },
        Event::CountAgreed { lot, seal: Some(u32::MAX), at },
        Event::LotVerified { lot, counter: person, witness: other, at },
        Event::LotHeld { lot, stop: act, missing: 1, by: Some(person), concerned, at },
        Event::RoundsFound { lot },
        Event::BrassMissed { lot, brass: 2, at },
        Event::CountGivenUp { lot, at },
        Event::CountOpened { lot },
        Event::LossDeclared { lot, by: person, brass: 2, place },
        Event::BrassLost { lot, brass: 2, place, first: person, second: other },
        Event::BlankTested { gun, lot, rounds: 3, stand_off_centimetres: 600 },
        Event::LineCleared { gun, nearest_centimetres: 750, by: person, at },
        Event::LineChanged { gun, at },
        Event::GunFired { gun, shots: 3, misfires: u8::MAX, at },
        Event::GunEmptied { gun, spent: chambers, misfired: Chambers::NONE, unfired: chambers, to: Some(person) },
        Event::GunLoadedFromHand { gun, lot, chambers, person },
        Event::GunUnloadedToHand { gun, chambers, person },
        Event::GunReloaded { gun, lot, place, chambers, at },
    ]
}

fn events_about_the_day() -> Vec<record::Event> {
    let (gun, person, place, scene, act, other, at) = (id(1), id(2), id(3), id(4), id(5), id(6), Millis(-5));
    vec![
        Event::DutyRostered { person, role: Role::Props, from: at, until: Millis(5) },
        Event::ScenePlanned { scene, day: None, blanks: true },
        Event::SceneOpened { scene, place, at },
        Event::SceneClosed { scene, at },
        Event::MeetingHeld { meeting: act, scene, place, topics: topics(), led_by: person, at },
        Event::MeetingAttended { meeting: act, person },
        Event::GunCalledToSet { gun, scene, at },
        Event::GunCalledOffSet { gun, at },
        Event::DayWrapped { day: Day(2), at },
        Event::LineBegun { line: act, handler: person, witness: other, at },
        Event::LineIssueBegun { gun, line: act, issue: other, to: person },
        Event::GunIssuedInLine { gun, person, handler: other, at },
        Event::MusterAnswered { line: act, side: BlindSide::Witness, guns: 12, device: Some(other), at },
        Event::MustersDiffered { line: act, at },
        Event::LineMustered { line: act, at },
        Event::MusterOpened { line: act },
        Event::TransferDeclared { gun, to: person },
        Event::PresetDeclared { gun, place },
        Event::GunPreset { gun, place, handler: person, at },
        Event::GunTransferred { gun, person, handler: other, at },
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
    assert_eq!((events_about_guns().len(), seen.len()), (36, 154), "one of each");
    assert!(read_event(&json!({"event": "made_safe"})).is_err());
    assert!(read_event(&json!(7)).is_err());
}

#[test]
fn every_reason_reads_as_it_was_written() {
    for code in Code::ALL {
        let bare = Reason::new(*code);
        let old = bare.at(Millis(5)).who(id(2)).chambers([1, 2].into_iter().collect()).what(Thing::Lot);
        let full = old.gun(id(3)).lot(id(4)).place(id(5)).rounds(0).pack(Pack::Ontario);
        for reason in [bare, old, full] {
            assert_eq!(read_reason(&write_reason(&reason)).unwrap(), reason);
        }
        for reason in [bare.gun(id(3)), bare.lot(id(3)), bare.place(id(3)), bare.rounds(3), bare.pack(Pack::Trade)] {
            let written = write_reason(&reason);
            assert_eq!((read_reason(&written).unwrap(), written.as_object().unwrap().len()), (reason, 2), "{written}");
        }
    }
    assert!(read_reason(&json!({"code": "NO-SUCH"})).is_err());
    for (field, wrong) in [
        ("gun", json!("gun 1")),
        ("lot", json!(4)),
        ("place", json!(null)),
        ("rounds", json!(-1)),
        ("pack", json!("texas")),
    ] {
        let written = json!({"code": "LOT-LEFT-OUT", field: wrong});
        assert!(read_reason(&written).is_err(), "{written}");
    }
    let more = json!({"code": "LOT-LEFT-OUT", "scene": id(4).to_string()});
    assert_eq!(read_reason(&more), Err(WireError::Unknown("scene".to_owned())));
}

#[test]
fn a_calibre_has_one_word() {
    use record::words::{CALIBRES, calibre_from_word, calibre_word};
    let others = (1..=99).map(|number| (Calibre(1000 + number), format!("other_{number}")));
    let listed = CALIBRES.iter().map(|(calibre, word)| (*calibre, (*word).to_owned()));
    let all: Vec<(Calibre, String)> = listed.chain(others).collect();
    for (calibre, word) in &all {
        assert_eq!((calibre_word(*calibre).as_str(), calibre_from_word(word)), (word.as_str(), Some(*calibre)));
    }
    let numbers: BTreeSet<_> = all.iter().map(|(calibre, _)| calibre).collect();
    let words: BTreeSet<_> = all.iter().map(|(_, word)| word).collect();
    assert_eq!((numbers.len(), words.len()), (CALIBRES.len() + 99, CALIBRES.len() + 99));
    for wrong in [
        "",
        "45 colt",
        "45_COLT",
        "other",
        "other_",
        "other_0",
        "other_01",
        "other_100",
        "other_+1",
        "other_-1",
        "other_1 ",
        "other_65536",
        "Other_1",
        "11",
    ] {
        assert_eq!(calibre_from_word(wrong), None, "{wrong}");
    }
}

fn reads_as(kind: &str, field: &str, sample: &[record::Intent], value: Value) -> bool {
    let written = sample.iter().map(write_intent).find(|(word, ..)| *word == kind);
    let (_, item, mut body) = written.unwrap();
    body.insert(field.to_owned(), value);
    read_intent(kind, item, body).is_ok()
}

#[test]
fn a_tally_says_all_six_numbers_and_no_absurd_one() {
    let rounds = intents_about_rounds();
    let good = json!({"live": 0, "blank": 2, "dummy": 3, "spent": 4, "misfired": 5, "not_sure": 6});
    assert!(reads_as("answer_count", "tally", &rounds, good.clone()));
    for name in ["live", "blank", "dummy", "spent", "misfired", "not_sure"] {
        for wrong in [json!(-1), json!(1.5), json!("2"), Value::Null, json!(4_294_967_296_u64)] {
            let mut tally = good.clone();
            tally[name] = wrong;
            assert!(!reads_as("answer_count", "tally", &rounds, tally.clone()), "{tally}");
        }
        let mut less = good.clone();
        less.as_object_mut().unwrap().remove(name);
        assert!(!reads_as("answer_count", "tally", &rounds, less.clone()), "{less}");
    }
    let mut more = good;
    more["snap_cap"] = json!(1);
    assert!(!reads_as("answer_count", "tally", &rounds, more));
    for (kind, field) in
        [("draw", "rounds"), ("receive_lot", "rounds"), ("see_seal", "seal"), ("declare_lost", "brass")]
    {
        for wrong in [json!(-50), json!(0.5), json!("50"), json!(4_294_967_296_u64), json!(1e3)] {
            assert!(!reads_as(kind, field, &rounds, wrong.clone()), "{kind}.{field} {wrong}");
        }
    }
    for wrong in [json!(-1), json!(256), json!("3")] {
        assert!(!reads_as("report_fired", "shots", &rounds, wrong.clone()), "{wrong}");
    }
}

#[test]
fn topics_and_words_have_one_form() {
    let day = intents_about_the_day();
    let held = |topics: Value| reads_as("hold_meeting", "topics", &day, topics);
    let all = json!(["action", "deviations", "abort", "emergency", "chain_of_command"]);
    assert!(held(all) && held(json!([])) && held(json!(["action", "abort"])));
    for wrong in [
        json!(["abort", "action"]),
        json!(["action", "action"]),
        json!(["weather"]),
        json!([1]),
        json!("action"),
        Value::Null,
    ] {
        assert!(!held(wrong.clone()), "{wrong}");
    }
    let rounds = intents_about_rounds();
    for (kind, field, wrong) in [
        ("receive_lot", "calibre", json!("other_0")),
        ("receive_lot", "load", json!("double")),
        ("receive_lot", "kind", json!("practice")),
        ("enter_calibre", "calibre", Value::Null),
        ("begin_count", "occasion", json!("dinner")),
        ("answer_count", "method", json!("weighed")),
        ("report_round_found_in", "round", json!("spent")),
    ] {
        assert!(!reads_as(kind, field, &rounds, wrong.clone()), "{kind}.{field} {wrong}");
    }
    assert!(
        reads_as("receive_lot", "calibre", &rounds, Value::Null)
            && reads_as("receive_lot", "load", &rounds, Value::Null)
    );
    assert!(reads_as("answer_count", "seal", &rounds, Value::Null));
    assert!(!reads_as("roster_duty", "role", &day, json!("driver")));
}

/// Every word reads as the value that it was written for, and no word stands for two.
#[test]
fn words_and_values_are_one_to_one() {
    fn one_to_one<T: record::words::Word + PartialEq + std::fmt::Debug>() {
        let words: BTreeSet<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
        assert_eq!(words.len(), T::WORDS.len());
        for (value, word) in T::WORDS {
            assert_eq!((value.word(), T::from_word(word)), (*word, Some(*value)));
        }
    }
    one_to_one::<Role>();
    one_to_one::<PlaceKind>();
    one_to_one::<LotKind>();
    one_to_one::<Load>();
    one_to_one::<Rod>();
    one_to_one::<Holds>();
    one_to_one::<Toward>();
    one_to_one::<ShotChange>();
    one_to_one::<Occasion>();
    one_to_one::<Topic>();
    one_to_one::<Thing>();
    one_to_one::<RangeException>();
    one_to_one::<StopCause>();
    one_to_one::<Doubt>();
    assert_eq!(Role::ALL.map(record::words::Word::word).len(), <Role as record::words::Word>::WORDS.len());
    assert_eq!(Topic::ALL.map(record::words::Word::word).len(), <Topic as record::words::Word>::WORDS.len());
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
