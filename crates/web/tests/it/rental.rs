//! What goes back to a rental house, what is on the way, and what no register has: as the pages offer it.

use kernel::{Content, Day, Holds, Intent, Occasion, PlaceKind, Role, Roles, Toward};
use record::Id;
use service::testkit::{Part, all};

use crate::fixture::{Set, has, page};

/// The safety officer comes for the house today.
fn with_a_vendor(set: &Set) -> Id {
    let person = set.stage.person(Part::SafetyOfficer).unwrap();
    let roles = Roles::NONE.with(Role::Vendor);
    set.stage.accepted(Part::Producer, Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }).unwrap();
    person
}

#[tokio::test]
async fn a_gun_goes_back_to_its_house_when_it_was_shown_empty_and_comes_in_unknown() {
    let set = Set::new();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    let path = format!("/guns/{gun}");
    assert!(page(&set, Part::Armorer, &path).await.contains("Nobody is entered as a vendor today."));
    let vendor = with_a_vendor(&set);
    assert!(has(&page(&set, Part::Armorer, &path).await, "receive_from_vendor"), "as it comes for the first time");
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(!has(&html, "return_to_vendor") && html.contains("RETURN-NOT-EMPTY"), "{html}");
    assert!(!page(&set, Part::Performer, &path).await.contains("Its rental house"));
    let answer = Intent::AnswerCheck { gun, check: stage.begin_check().unwrap(), readings: all(Content::Empty, 6) };
    stage.accepted(Part::Armorer, answer).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(has(&html, "return_to_vendor") && html.contains("receipt, photographed"), "{html}");
    stage.accepted(Part::Armorer, Intent::ReturnToVendor { gun, vendor }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("back with its rental house, taken by") && html.contains("UNKNOWN"), "{html}");
    assert!(has(&html, "receive_from_vendor") && !has(&html, "take_out"), "{html}");
    let board = page(&set, Part::Armorer, "/board").await;
    assert!(board.contains("Back at the rental house") && board.contains("<b>0 of 1</b>"), "{board}");
    assert!(html.contains("returned, not signed for by the house") && !has(&html, "sign_for_gun"), "{html}");
    assert!(board.contains("Not signed for by the house"), "{board}");
    let day = page(&set, Part::FirstAd, "/day").await;
    assert!(day.contains("not signed for by the house: 1</h2>") && day.contains("Guns out: 0 of"), "{day}");
    // The house's own person finds it on his own page.
    assert!(page(&set, Part::SafetyOfficer, "/").await.contains("sign for the house"));
    let html = page(&set, Part::SafetyOfficer, &path).await;
    assert!(has(&html, "sign_for_gun"), "{html}");
    stage.accepted(Part::SafetyOfficer, Intent::SignForGun { gun }).unwrap();
    let html = page(&set, Part::SafetyOfficer, &path).await;
    assert!(html.contains("signed for it") && html.contains("signed for by its rental house"), "{html}");
    assert!(!has(&html, "sign_for_gun") && !html.contains("not signed for"), "{html}");
    assert!(!page(&set, Part::SafetyOfficer, "/").await.contains("sign for the house"));
    assert!(!page(&set, Part::FirstAd, "/day").await.contains("not signed for"));
    stage.accepted(Part::Armorer, Intent::ReceiveFromVendor { gun, vendor, place: stage.vault }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("LOCKED") && has(&html, "take_out"), "{html}");
    assert!(
        html.contains("given back to its rental house") && html.contains("received from its rental house"),
        "{html}"
    );
}

#[tokio::test]
async fn a_box_goes_back_sealed_and_is_counted_by_nobody_here_any_more() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let path = format!("/lots/{lot}");
    let vendor = with_a_vendor(&set);
    let locked = page(&set, Part::Armorer, &path).await;
    assert!(!has(&locked, "return_lot_to_vendor") && !locked.contains("Give its box back"), "{locked}");
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    stage.accepted(Part::Armorer, Intent::Draw { lot, rounds: 1 }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(!has(&html, "return_lot_to_vendor") && html.contains("RETURN-ROUNDS-OUT"), "{html}");
    stage.accepted(Part::Armorer, Intent::PutBack { lot, rounds: 1 }).unwrap();
    stage.count(lot, Occasion::Wrap).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(has(&html, "return_lot_to_vendor") && html.contains("receipt, photographed"), "{html}");
    let day = page(&set, Part::FirstAd, "/day").await;
    let lots = set.stage.service.view().state.lots.len();
    assert!(day.contains(&format!("of {lots}</h2>")), "{day}");
    stage.accepted(Part::Armorer, Intent::ReturnLotToVendor { lot, vendor }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("RETURNED") && html.contains("back with its rental house, taken by"), "{html}");
    assert!(
        html.contains("what comes again is another lot") && html.contains("given back to its rental house"),
        "{html}"
    );
    for kind in ["take_out_lot", "draw", "put_away_lot", "re_box", "return_lot_to_vendor"] {
        assert!(!has(&html, kind), "{kind} is open: {html}");
    }
    assert!(html.contains("LOT-RETURNED") && !html.contains("Count it"), "{html}");
    assert!(html.contains("returned, not signed for by the house") && !has(&html, "sign_for_lot"), "{html}");
    assert!(has(&page(&set, Part::SafetyOfficer, &path).await, "sign_for_lot"), "the house signs");
    let unsigned = page(&set, Part::FirstAd, "/day").await;
    assert!(unsigned.contains("not signed for by the house: 1</h2>"), "{unsigned}");
    let seal = stage.service.view().state.lots[&lot].seal.unwrap();
    stage.accepted(Part::SafetyOfficer, Intent::SignForLot { lot, seal }).unwrap();
    let signed = page(&set, Part::SafetyOfficer, &path).await;
    assert!(!has(&signed, "sign_for_lot") && signed.contains("signed for it"), "{signed}");
    let row = format!("href=\"/lots/{lot}");
    assert!(page(&set, Part::Armorer, "/lots").await.contains("RETURNED"));
    assert!(!page(&set, Part::Armorer, "/count").await.contains(&row), "the count lists what is here");
    let day = page(&set, Part::FirstAd, "/day").await;
    assert!(!day.contains(&row) && day.contains(&format!("of {}</h2>", lots - 1)), "{day}");
}

#[tokio::test]
async fn a_vehicle_goes_with_a_handler_and_a_vault_goes_nowhere() {
    let set = Set::new();
    let stage = &set.stage;
    let van = stage.place(PlaceKind::Vehicle, true, true, "the van").unwrap();
    let (path, vault) = (format!("/places/{van}"), format!("/places/{}", stage.vault));
    assert!(!has(&page(&set, Part::Armorer, &vault).await, "begin_transit"));
    let html = page(&set, Part::Performer, &path).await;
    assert!(!has(&html, "begin_transit") && has(&html, "report_unattended"), "anybody may report it: {html}");
    assert!(has(&page(&set, Part::Armorer, &path).await, "begin_transit"));
    stage.accepted(Part::Armorer, Intent::BeginTransit { place: van }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("On the way with") && has(&html, "end_transit") && !has(&html, "begin_transit"), "{html}");
    let other = page(&set, Part::PropertyMaster, &path).await;
    assert!(!has(&other, "end_transit") && other.contains("TRANSIT-NOT-YOURS"), "{other}");
    assert!(page(&set, Part::FirstAd, "/day").await.contains("is on the way with the armorer"), "the day waits for it");
    stage.accepted(Part::Armorer, Intent::EndTransit { place: van }).unwrap();
    assert!(!page(&set, Part::Armorer, &path).await.contains("On the way with"));
}

#[tokio::test]
async fn anybody_says_that_a_gun_is_on_no_register_and_whose_it_is() {
    let set = Set::new();
    let person = set.stage.person(Part::Performer).unwrap();
    assert!(has(&page(&set, Part::Witness, "/guns").await, "report_personal_weapon"));
    let html = page(&set, Part::Witness, &format!("/people/{person}")).await;
    assert!(html.contains("Has a gun or rounds of his own here") && has(&html, "report_personal_weapon"), "{html}");
    set.stage.accepted(Part::Witness, Intent::ReportPersonalWeapon { whose: Some(person) }).unwrap();
    assert!(page(&set, Part::FirstAd, "/day").await.contains("a gun or rounds that no register has"));
}

#[tokio::test]
async fn blanks_wait_for_ears_and_eyes() {
    let set = Set::new();
    let (stage, gun, shot) = (&set.stage, set.stage.revolver, set.planned_shot());
    let path = format!("/shots/{shot}");
    assert!(!has(&page(&set, Part::Armorer, &path).await, "enter_protection"), "nothing is fired");
    stage
        .accepted(
            Part::FirstAd,
            Intent::PlanGun {
                gun,
                shot,
                holds: Holds::Blank,
                load: Some(kernel::Load::Full),
                rounds: 2,
                toward: Toward::Nobody,
                stand_off_millimetres: 2_500,
                barrier: false,
                copy_will_not_do: false,
            },
        )
        .unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(has(&html, "enter_protection") && html.contains("ears and eyes are to be protected"), "{html}");
    assert!(page(&set, Part::FirstAd, &path).await.contains("SHOT-NO-PROTECTION"));
    assert!(!has(&page(&set, Part::Performer, &path).await, "enter_protection"));
    stage.accepted(Part::SafetyOfficer, Intent::EnterProtection { gun, shot }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(!has(&html, "enter_protection") && html.contains("ears and eyes are protected"), "{html}");
}

/// The part of a page that is a gun's row.
fn row(html: &str, gun: Id) -> String {
    let rest = html.split(&format!("id=\"row-{gun}\"")).nth(1).unwrap_or_else(|| panic!("no row of {gun}: {html}"));
    rest.split("</article>").next().unwrap().to_owned()
}

/// A delivery: who has no house here asks for none; each gun is a row with its own act; what was refused says why in its row,
/// and what was done says so.
#[tokio::test]
async fn a_delivery_is_received_row_by_row() {
    let set = Set::new();
    let (stage, gun, copy) = (&set.stage, set.stage.revolver, set.stage.rubber);
    let html = page(&set, Part::Armorer, "/house").await;
    assert!(html.contains("Nobody is entered as a vendor today.") && !has(&html, "receive_from_vendor"), "{html}");
    let vendor = with_a_vendor(&set);
    let html = page(&set, Part::Armorer, "/house").await;
    assert!(html.contains("On the list, not received yet: 2"), "{html}");
    for (gun, words) in [(gun, "LOCKED"), (copy, "LOCKED")] {
        let row = row(&html, gun);
        assert!(row.contains(words) && has(&row, "receive_from_vendor") && row.contains("data-done=\"no\""), "{row}");
        assert!(row.contains(&vendor.to_string()) && row.contains(&stage.vault.to_string()), "whom and where: {row}");
        assert!(row.contains("name=\"files\"") && row.contains("its serial is the one on the list"), "{row}");
    }
    // Who does not handle guns sees the rows, and why none is open.
    let html = page(&set, Part::Performer, "/house").await;
    assert!(!has(&html, "receive_from_vendor") && row(&html, gun).contains("CUSTODY-NOT-HANDLER"), "{html}");
    // A refusal stays in its row, and in no other.
    let refused = Intent::ReceiveFromVendor { gun, vendor: stage.person(Part::FirstAd).unwrap(), place: stage.vault };
    assert!(!stage.ask(Part::Armorer, refused).unwrap().accepted);
    let html = page(&set, Part::Armorer, "/house").await;
    let of_gun = row(&html, gun);
    assert!(of_gun.contains("Refused ") && of_gun.contains("RETURN-NOT-VENDOR"), "{of_gun}");
    assert!(has(&of_gun, "receive_from_vendor"), "it can be asked again, for another: {of_gun}");
    assert!(!row(&html, copy).contains("Refused "), "{html}");
    // What is done shows done.
    stage.accepted(Part::Armorer, Intent::ReceiveFromVendor { gun, vendor, place: stage.vault }).unwrap();
    let html = page(&set, Part::Armorer, "/house").await;
    let of_gun = row(&html, gun);
    assert!(of_gun.contains("data-done=\"yes\"") && of_gun.contains("<b>Received ") && !of_gun.contains("Refused "));
    assert!(!has(&of_gun, "receive_from_vendor") && of_gun.contains("entered by the armorer"), "{of_gun}");
    assert!(html.contains("not received yet: 1") && html.contains("Received: 1"), "{html}");
    // Once it is taken out it is no part of the delivery any more.
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let html = page(&set, Part::Armorer, "/house").await;
    assert!(!html.contains(&format!("row-{gun}")) && html.contains(&format!("row-{copy}")), "{html}");
}

/// Back: what is in one's hands is asked for in its row, what is back stands by whoever took it, and comes in from there.
#[tokio::test]
async fn a_delivery_goes_back_row_by_row() {
    let set = Set::new();
    let (stage, gun, copy) = (&set.stage, set.stage.revolver, set.stage.rubber);
    let vendor = with_a_vendor(&set);
    let html = page(&set, Part::Armorer, "/house/return").await;
    assert!(html.contains("You hold no gun.") && html.contains("Still here, not in your hands: 2"), "{html}");
    for gun in [gun, copy] {
        stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    }
    stage.accepted(Part::Armorer, Intent::MatchIdentity { gun: copy }).unwrap();
    let html = page(&set, Part::Armorer, "/house/return").await;
    let (of_gun, of_copy) = (row(&html, gun), row(&html, copy));
    assert!(!has(&of_gun, "return_to_vendor") && of_gun.contains("RETURN-NOT-EMPTY"), "{of_gun}");
    assert!(has(&of_copy, "return_to_vendor") && of_copy.contains("as it was matched"), "{of_copy}");
    assert!(of_copy.contains("name=\"files\"") && of_copy.contains(&vendor.to_string()), "{of_copy}");
    assert!(!stage.ask(Part::Armorer, Intent::ReturnToVendor { gun, vendor }).unwrap().accepted);
    let html = page(&set, Part::Armorer, "/house/return").await;
    assert!(row(&html, gun).contains("Refused ") && row(&html, gun).contains("RETURN-NOT-EMPTY"), "{html}");
    stage.accepted(Part::Armorer, Intent::ReturnToVendor { gun: copy, vendor }).unwrap();
    let html = page(&set, Part::Armorer, "/house/return").await;
    let of_copy = row(&html, copy);
    assert!(of_copy.contains("<b>Given back ") && !has(&of_copy, "return_to_vendor"), "{of_copy}");
    // It can come in again, from whoever took it, into the place that is chosen.
    let van = stage.place(PlaceKind::Vehicle, true, true, "the van").unwrap();
    let html = page(&set, Part::Armorer, &format!("/house?place={van}")).await;
    assert!(html.contains("Back with the safety officer"), "{html}");
    let of_copy = row(&html, copy);
    assert!(has(&of_copy, "receive_from_vendor") && of_copy.contains(&van.to_string()), "{of_copy}");
    assert!(!html.contains(&format!("row-{gun}")), "what is in somebody's hands is no delivery: {html}");
    // What no place is chosen by is left as it was: a made-up one is not taken over.
    let html = page(&set, Part::Armorer, "/house?place=nowhere&vendor=nobody").await;
    assert!(row(&html, copy).contains(&stage.vault.to_string()), "{html}");
}
