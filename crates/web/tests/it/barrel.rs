//! The pages of a gun that is loaded from the muzzle: they speak of barrels, rod and cap, and send the kinds that carry
//! them.

use kernel::{Action, BarrelReading, BarrelReadings, Chambers, GunKind, Intent, Rod, ShowingState};
use record::Id;
use service::testkit::Part;

use crate::fixture::Set;

/// A double-barrelled muzzle-loader in the armorer's hands.
fn shotgun(set: &Set) -> Id {
    let (stage, gun) = (&set.stage, "019a0000-0000-7000-8000-0000000000f2".parse().unwrap());
    let calibre = stage.service.view().state.lots[&stage.blanks].calibre.unwrap();
    let (kind, action) = (GunKind::BlankOnly, Action::MuzzleLoader);
    for intent in [
        Intent::RegisterGun { gun, kind, action, chambers: 2, place: stage.vault },
        Intent::EnterCalibre { gun, calibre },
        Intent::TakeOut { gun },
    ] {
        stage.accepted(Part::Armorer, intent).unwrap();
    }
    gun
}

fn rods(rod: Rod) -> BarrelReadings {
    let read = BarrelReading { rod, primed: false };
    BarrelReadings::default().with(1, read).with(2, read)
}

async fn page(set: &Set, part: Part, path: &str) -> String {
    set.get(path, Some(&set.token(part))).await.text()
}

/// Each action is opened in its own way before it is emptied.
#[tokio::test]
async fn what_is_emptied_is_opened_as_its_action_is() {
    let set = Set::new();
    let (stage, gun) = (&set.stage, "019a0000-0000-7000-8000-0000000000f3".parse().unwrap());
    let (kind, action) = (GunKind::LiveCapable, Action::DoubleBarrel);
    let broken = Intent::RegisterGun { gun, kind, action, chambers: 2, place: stage.vault };
    stage.accepted(Part::Armorer, broken).unwrap();
    for (gun, ready) in [
        (gun, "data-ready=\"It is broken open\""),
        (stage.revolver, "data-ready=\"Chamber 1 is at the gate\""),
        (shotgun(&set), "data-ready=\"The caps are off\""),
    ] {
        let html = page(&set, Part::Armorer, &format!("/guns/{gun}/empty")).await;
        assert!(html.contains(ready), "{ready}: {html}");
    }
}

#[tokio::test]
async fn its_check_asks_for_rod_and_cap_barrel_by_barrel() {
    let set = Set::new();
    let gun = shotgun(&set);
    let witness = set.stage.person(Part::Witness).unwrap();
    set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap();
    for part in [Part::Armorer, Part::Witness] {
        let html = page(&set, part, &format!("/guns/{gun}/check")).await;
        for words in [
            "id=\"barrels\"",
            "data-kind=\"answer_barrel_check\"",
            "data-barrels=\"2\"",
            "Find the marked barrel",
            "Never look into it",
        ] {
            assert!(html.contains(words), "{words} is missing: {html}");
        }
        assert!(!html.contains("id=\"check\"") && !html.contains("Break it open"), "{html}");
    }
}

/// Blind: the page of the second is the same whatever the first has said of rod and cap.
#[tokio::test]
async fn what_the_first_said_of_the_rod_is_on_no_page_of_the_second() {
    let seen = |rod: Rod| async move {
        let set = Set::new();
        let gun = shotgun(&set);
        let witness = set.stage.person(Part::Witness).unwrap();
        let check = set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
        set.stage.accepted(Part::Armorer, Intent::AnswerBarrelCheck { gun, check, rods: rods(rod) }).unwrap();
        let ShowingState::BeingChecked(under_way) = set.stage.service.view().state.guns[&gun].showing else {
            panic!("no check is open");
        };
        let answer = under_way.checker_answer.unwrap();
        assert!(answer.barrels.is_none() && answer.feed.is_none(), "the view has no reading in it");
        let html = page(&set, Part::Witness, &format!("/guns/{gun}/check")).await;
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        main.replace(&check.to_string(), "the check")
    };
    assert_eq!(seen(Rod::AtMark).await, seen(Rod::AboveMark).await);
}

#[tokio::test]
async fn it_is_rodded_loaded_primed_and_emptied_on_pages_of_barrels() {
    let set = Set::new();
    let gun = shotgun(&set);
    let options = page(&set, Part::Armorer, &format!("/api/guns/{gun}/options")).await;
    for act in ["run_rod", "load", "prime", "empty_barrels", "answer_barrel_check", "look_last_barrels"] {
        assert!(options.contains(&format!("\"{act}\"")), "{act}: {options}");
    }
    for act in ["look_through_bore", "unload", "empty_gun", "answer_check"] {
        assert!(!options.contains(&format!("\"{act}\"")), "{act}: {options}");
    }
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/bore")).await;
    assert!(html.contains("data-kind=\"run_rod\"") && html.contains("above_mark"), "{html}");
    assert!(!html.contains("look_through_bore") && html.contains("never your face over it"), "{html}");
    set.stage.accepted(Part::Armorer, Intent::RunRod { gun, rod: Rod::AtMark }).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/load")).await;
    assert!(html.contains("data-kind=\"load\"") && html.contains("Barrel 2") && html.contains("name=\"chambers\""));
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/empty")).await;
    assert!(html.contains("data-barrels=\"yes\"") && html.contains("data-chambers=\"2\""), "{html}");
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(html.contains("rod run down its barrels"), "the timeline has words for it: {html}");
}

#[tokio::test]
async fn its_card_says_empty_by_the_rod() {
    let set = Set::new();
    let gun = shotgun(&set);
    let witness = set.stage.person(Part::Witness).unwrap();
    let check = set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
    let answer = Intent::AnswerBarrelCheck { gun, check, rods: rods(Rod::AtMark) };
    set.stage.accepted(Part::Armorer, answer).unwrap();
    set.stage.accepted(Part::Witness, answer).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(html.contains("EMPTY") && html.contains("answered the check"), "{html}");
}

/// Charged, and primed on the set: the card says so, and that the cap is on.
#[tokio::test]
async fn a_card_says_how_many_barrels_are_charged_and_how_many_primed() {
    let set = Set::new();
    let (gun, lot) = (shotgun(&set), set.stage.blanks);
    set.stage.verify(lot).unwrap();
    set.stage.fetch(lot).unwrap();
    let chambers = Chambers::first(2);
    for intent in [
        Intent::CallToSet { gun },
        Intent::RunRod { gun, rod: Rod::AtMark },
        Intent::TestBlank { gun, lot, rounds: 1, stand_off_centimetres: 600 },
        Intent::RunRod { gun, rod: Rod::AtMark },
        Intent::Load { gun, lot, chambers },
    ] {
        set.stage.accepted(Part::Armorer, intent).unwrap();
    }
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(html.contains("data-kind=\"prime\"") && html.contains("name=\"barrels\""), "{html}");
    set.stage.accepted(Part::Armorer, Intent::Prime { gun, barrels: Chambers::first(1) }).unwrap();
    let witness = set.stage.person(Part::Witness).unwrap();
    let check = set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
    let rods = rods(Rod::AboveMark).with(1, BarrelReading { rod: Rod::AboveMark, primed: true });
    set.stage.accepted(Part::Armorer, Intent::AnswerBarrelCheck { gun, check, rods }).unwrap();
    set.stage.accepted(Part::Witness, Intent::AnswerBarrelCheck { gun, check, rods }).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(html.contains("BLANK 2/2") && html.contains("PRIMED 1"), "{html}");
    // The cap that is still missing is offered, and ticked; with both on, none is.
    let boxes: Vec<bool> = html.split("name=\"barrels\"").skip(1).map(|it| it[..60].contains("checked")).collect();
    assert_eq!(boxes, [false, true], "{html}");
    set.stage.accepted(Part::Armorer, Intent::Prime { gun, barrels: Chambers::NONE.with(2) }).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(!html.contains("data-kind=\"prime\""), "{html}");
}

/// What the rules say of chambers is said of its barrels, on its page, in its record, and in the answer to whoever asks.
#[tokio::test]
async fn why_something_is_not_open_is_said_of_its_barrels() {
    let set = Set::new();
    let gun = shotgun(&set);
    let to = set.stage.person(Part::Performer).unwrap();
    let refused = set.stage.ask(Part::Armorer, Intent::Offer { gun, to }).unwrap();
    assert!(!refused.accepted);
    let of_gun = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    let main = of_gun.split("<main").nth(1).unwrap();
    assert!(main.contains("Show all barrels") && !main.contains("hambers, with a witness"), "{main}");
    let options = page(&set, Part::Armorer, &format!("/api/guns/{gun}/options")).await;
    assert!(options.contains("there is nothing in barrel 1") && !options.contains("in chamber 1"), "{options}");
    for path in [format!("/api/intents/{}", refused.intent), "/record".to_owned()] {
        let said = page(&set, Part::Armorer, &path).await;
        assert!(said.contains("barrels, with a witness"), "{path}: {said}");
        assert!(!said.contains("hambers, with a witness"), "{path}: {said}");
    }
    // Of every other gun it is said of chambers still.
    let other = page(&set, Part::Armorer, &format!("/api/guns/{}/options", set.stage.revolver)).await;
    assert!(other.contains("there is nothing in chamber 1") && !other.contains("barrel"), "{other}");
}

/// Before the hold it is said that everything may be held, what is sent or not; what is expected is not said.
#[tokio::test]
async fn the_page_of_emptying_says_that_it_can_hold_everything() {
    let set = Set::new();
    let gun = shotgun(&set);
    let of_barrels = page(&set, Part::Armorer, &format!("/guns/{gun}/empty")).await;
    let of_chambers = page(&set, Part::Armorer, &format!("/guns/{}/empty", set.stage.revolver)).await;
    for said in [&of_barrels, &of_chambers] {
        assert!(said.contains("everything is held until that is looked into"), "{said}");
        assert!(said.contains("It is held so in any case"), "{said}");
    }
    assert!(of_barrels.contains("one charge more or one less") && !of_chambers.contains("one charge more"));
    assert!(of_chambers.contains("one round more or one less"));
}
