//! A range production on the pages: declared, confirmed, and said in words on every page from then on.

use kernel::{
    Action, Calibre, Chambers, Content, GunKind, Intent, Light, LotKind, Occasion, PlaceKind, RangeException, Role,
};
use record::{Id, Millis};
use service::testkit::{Part, all};

use crate::fixture::{Set, has, page};

const BANNER: &str = "RANGE: LIVE ROUNDS";
const LIVE_OPTION: &str = "<option value=\"live\">";

/// The armorer has his authority, declares it, and the safety officer confirms it.
fn a_range() -> Set {
    let set = Set::empty();
    let stage = &set.stage;
    let person = stage.person(Part::Armorer).unwrap();
    stage.accepted(Part::Producer, Intent::EnterAuthority { person, given: true }).unwrap();
    let exception = RangeException::ActorTraining;
    let declaration = stage.accepted(Part::Armorer, Intent::DeclareRange { exception }).unwrap().intent;
    stage.accepted(Part::SafetyOfficer, Intent::ConfirmRange { declaration }).unwrap();
    set
}

#[tokio::test]
async fn it_is_declared_by_the_armorer_and_confirmed_by_another_while_nothing_is_entered() {
    let set = Set::empty();
    let stage = &set.stage;
    let html = page(&set, Part::Armorer, "/register").await;
    assert!(html.contains("RANGE-NOT-LEADER") && !has(&html, "declare_range"), "he has no authority yet: {html}");
    let person = stage.person(Part::Armorer).unwrap();
    stage.accepted(Part::Producer, Intent::EnterAuthority { person, given: true }).unwrap();
    let html = page(&set, Part::Armorer, "/register").await;
    assert!(has(&html, "declare_range") && !has(&html, "confirm_range") && !html.contains(LIVE_OPTION), "{html}");
    assert!(!has(&page(&set, Part::Performer, "/register").await, "declare_range"));
    let exception = RangeException::Education;
    let declaration = stage.accepted(Part::Armorer, Intent::DeclareRange { exception }).unwrap().intent;
    let html = page(&set, Part::SafetyOfficer, "/register").await;
    assert!(has(&html, "confirm_range") && html.contains("Nobody has confirmed it."), "{html}");
    assert!(!has(&page(&set, Part::Armorer, "/register").await, "confirm_range"), "nobody confirms his own");
    assert!(!page(&set, Part::Armorer, "/board").await.contains(BANNER), "it is none yet");
    let waits = async |part| page(&set, part, "/").await.contains("A range production: confirm it");
    assert!(waits(Part::SafetyOfficer).await && !waits(Part::Armorer).await && !waits(Part::Performer).await);
    stage.accepted(Part::SafetyOfficer, Intent::ConfirmRange { declaration }).unwrap();
    let html = page(&set, Part::Armorer, "/register").await;
    assert!(!waits(Part::SafetyOfficer).await);
    assert!(html.contains("Confirmed by the safety officer") && html.contains("education on a range"), "{html}");
    assert!(!has(&html, "declare_range") && !has(&html, "confirm_range"), "it stays one");
    assert!(html.contains(LIVE_OPTION) && !html.contains("<option value=\"dummy\">"), "{html}");
    for path in ["/", "/board", "/day", "/guns", "/lots"] {
        let html = page(&set, Part::Armorer, path).await;
        assert!(html.contains(BANNER) && html.contains("data-range=\"yes\""), "{path}: {html}");
    }
}

#[tokio::test]
async fn a_set_offers_no_live_lot_and_no_declaration() {
    let set = Set::new();
    let person = set.stage.person(Part::Armorer).unwrap();
    set.stage.accepted(Part::Producer, Intent::EnterAuthority { person, given: true }).unwrap();
    let html = page(&set, Part::Armorer, "/register").await;
    assert!(html.contains("No live round is in it") && !html.contains(LIVE_OPTION), "{html}");
    assert!(!has(&html, "declare_range") && !html.contains(BANNER) && !html.contains("data-range"));
}

#[tokio::test]
async fn live_is_a_word_with_its_lot_and_a_shape_of_its_own() {
    let set = a_range();
    let (gun, lot, stage) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]), &set.stage);
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
    let rack = stage.place(PlaceKind::Range, true, true, "THE RACK").unwrap();
    let locker = stage.place(PlaceKind::Range, true, false, "THE LOCKER").unwrap();
    let (kind, action) = (GunKind::LiveCapable, Action::DoubleAction);
    stage
        .register(Part::Armorer, Intent::RegisterGun { gun, kind, action, chambers: 6, place: rack }, "GUN 1")
        .unwrap();
    armorer(Intent::EnterCalibre { gun, calibre: Calibre(11) });
    let received = Intent::ReceiveLot {
        lot,
        kind: LotKind::Live,
        load: None,
        calibre: Some(Calibre(11)),
        source: stage.person(Part::Producer).unwrap(),
        rounds: 50,
        inert_at_head: false,
        uniform: true,
        place: locker,
    };
    stage.register(Part::Armorer, received, "BOX 7").unwrap();
    stage.count(lot, Occasion::Receipt).unwrap();
    let person = stage.person(Part::FirstAd).unwrap();
    let (from, until) = (Millis(0), Millis(3_600_000));
    let now = service::testkit::CALL_MS;
    let (from, until) = (Millis(now.saturating_add(from.0)), Millis(now.saturating_add(until.0)));
    stage.accepted(Part::Producer, Intent::RosterDuty { person, role: Role::Medic, from, until }).unwrap();
    armorer(Intent::TakeOut { gun });
    armorer(Intent::TakeOutLot { lot });
    armorer(Intent::LookThroughBore { gun, light: Light::Seen });
    armorer(Intent::Load { gun, lot, chambers: Chambers::first(6) });
    let check = armorer(Intent::BeginCheck { gun, witness: stage.person(Part::Witness).unwrap() }).intent;
    let answer = Intent::AnswerCheck { gun, check, readings: all(Content::Live, 6) };
    stage.accepted(Part::Witness, answer).unwrap();
    armorer(answer);
    let html = page(&set, Part::Witness, "/board").await;
    assert!(html.contains("LIVE (BOX 7, 6/6)") && html.contains("data-state=\"live\""), "{html}");
    assert!(html.contains("#i-live") && !html.contains("EVERYTHING IS HELD"), "{html}");
}
