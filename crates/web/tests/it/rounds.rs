//! Lots, counts, blanks and belts, as their pages show them.

use kernel::{Action, Chambers, Content, GunKind, Intent, Light, LotKind, Method, Occasion, OutAt, PlaceKind, Tally};
use record::Id;
use service::testkit::{Part, Stage, all};

use crate::fixture::{Set, page};

#[tokio::test]
async fn a_lots_page_says_where_it_came_from_who_verified_it_and_where_its_rounds_are() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let path = format!("/lots/{lot}");
    let before = page(&set, Part::Armorer, &path).await;
    assert!(before.contains("NOT VERIFIED") && before.contains("the vendor"), "{before}");
    assert!(!before.contains("data-kind=\"draw\""), "nothing is drawn from a lot that nobody verified");
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    stage.accepted(Part::Armorer, Intent::Draw { lot, rounds: 6 }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    for words in
        ["44 rounds", "6 rounds in the hands of the armorer", "the armorer and the witness", "with the armorer"]
    {
        assert!(html.contains(words), "{words} is missing: {html}");
    }
    for kind in ["draw", "put_back", "stow", "put_away_lot", "re_box"] {
        assert!(html.contains(&format!("data-kind=\"{kind}\"")), "{kind} is not open");
    }
    let performer = page(&set, Part::Performer, &path).await;
    assert!(!performer.contains("data-kind=\"draw\"") && performer.contains("You are not entered as a handler today."));
}

#[tokio::test]
async fn while_a_lot_is_counted_no_page_of_it_says_a_number() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let paths = ["/lots".to_owned(), "/count".to_owned(), format!("/lots/{lot}"), format!("/lots/{lot}/count")];
    assert!(page(&set, Part::Witness, &format!("/lots/{lot}")).await.contains("50 rounds"));
    stage.begin_count(lot, Occasion::Receipt).unwrap();
    for path in &paths {
        for part in [Part::Armorer, Part::Witness, Part::FirstAd] {
            let html = page(&set, part, path).await;
            let main = html.split("<main").nth(1).unwrap();
            assert!(!main.contains(">50") && !main.contains("50 rounds"), "{path}: {main}");
        }
    }
}

#[tokio::test]
async fn counter_and_witness_get_the_same_screen_and_the_second_is_asked_for_the_seal() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let count = stage.begin_count(lot, Occasion::Receipt).unwrap();
    let path = format!("/lots/{lot}/count");
    for (part, side) in [(Part::Armorer, "counter"), (Part::Witness, "witness")] {
        let html = page(&set, part, &path).await;
        assert!(html.contains(&format!("data-count=\"{count}\"")) && html.contains(&format!("data-side=\"{side}\"")));
        assert!(html.contains("data-seals=\"yes\"") && html.contains("data-other=\"no\""), "{html}");
    }
    assert!(page(&set, Part::Witness, "/").await.contains(": count it"), "it waits for him on his home page");
    assert!(page(&set, Part::Performer, &path).await.contains("Two others count it."));
    let tally = Tally { dummy: 49, ..Tally::default() };
    let first = Intent::AnswerCount { lot, count, tally, method: Method::RemovedSeenShaken, seal: None };
    stage.accepted(Part::Armorer, first).unwrap();
    assert!(page(&set, Part::Armorer, &path).await.contains("You have answered."));
    let html = page(&set, Part::Witness, &path).await;
    let main = html.split("<main").nth(1).unwrap().split("data-then").next().unwrap();
    let told = main.replace(&count.to_string(), "").replace(&lot.to_string(), "");
    assert!(told.contains("data-other=\"yes\"") && !told.contains("49"), "he is told that there is an answer: {told}");
}

#[tokio::test]
async fn two_who_differ_are_both_asked_to_count_again() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let count = stage.begin_count(lot, Occasion::Receipt).unwrap();
    let answer = |dummy| {
        let tally = Tally { dummy, ..Tally::default() };
        Intent::AnswerCount { lot, count, tally, method: Method::RemovedSeenShaken, seal: Some(4711) }
    };
    stage.accepted(Part::Armorer, answer(49)).unwrap();
    stage.accepted(Part::Witness, answer(50)).unwrap();
    for part in [Part::Armorer, Part::Witness] {
        let html = page(&set, part, &format!("/lots/{lot}/count")).await;
        assert!(html.contains("The two counts differed. Both count again"), "{html}");
    }
}

#[tokio::test]
async fn a_card_with_blanks_says_their_load_their_stand_off_and_whether_the_line_is_clear() {
    let set = Set::new();
    let (stage, gun, lot) = (&set.stage, set.stage.revolver, set.stage.blanks);
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
    armorer(Intent::TakeOut { gun });
    armorer(Intent::LookThroughBore { gun, light: Light::Seen });
    armorer(Intent::TestBlank { gun, lot, rounds: 2, stand_off_centimetres: 650 });
    armorer(Intent::LookThroughBore { gun, light: Light::Seen });
    armorer(Intent::Load { gun, lot, chambers: Chambers::first(6) });
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun, check, readings: all(Content::Blank, 6) };
    armorer(answer);
    stage.accepted(Part::Witness, answer).unwrap();
    let board = set.get("/board", Some(&set.viewer())).await.text();
    assert!(board.contains("BLANK 6/6"), "{board}");
    assert!(board.contains("full load, ") && board.contains("stand-off 6.5 m, LINE NOT CLEAR"), "{board}");
    let line = page(&set, Part::Armorer, &format!("/guns/{gun}/line")).await;
    assert!(line.contains("data-kind=\"clear_line\"") && line.contains("6.5 m"), "{line}");
    armorer(Intent::ClearLine { gun, nearest_centimetres: 700 });
    let board = set.get("/board", Some(&set.viewer())).await.text();
    assert!(board.contains("stand-off 6.5 m, line found clear"), "{board}");
    let shut = page(&set, Part::Performer, &format!("/guns/{gun}/line")).await;
    assert!(!shut.contains("data-kind=\"clear_line\"") && shut.contains("data-kind=\"report_line_changed\""));
}

#[tokio::test]
async fn a_gun_that_is_loaded_by_the_record_can_be_emptied_and_one_that_is_not_does_not_ask_for_it() {
    let set = Set::new();
    let path = format!("/guns/{}", set.stage.revolver);
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let link = format!("{path}/empty");
    assert!(!page(&set, Part::Armorer, &path).await.contains(&link));
    set.stage.accepted(Part::Armorer, Intent::PutAway { gun: set.stage.revolver, place: set.stage.vault }).unwrap();
    set.show_loaded();
    assert!(page(&set, Part::Armorer, &path).await.contains(&link));
    let html = page(&set, Part::Armorer, &link).await;
    assert!(html.contains("id=\"empty\"") && html.contains("data-chambers=\"6\""));
}

#[tokio::test]
async fn a_belt_is_sealed_and_its_page_gives_nobody_the_number() {
    let set = Set::new();
    let stage = &set.stage;
    let belt = stage.place(PlaceKind::Belt, false, false, "belt 1").unwrap();
    let dress = stage.receive(LotKind::Dress, 20, "DRESS").unwrap();
    stage.verify(dress).unwrap();
    stage.fetch(dress).unwrap();
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
    armorer(Intent::Draw { lot: dress, rounds: 12 });
    armorer(Intent::Stow { lot: dress, place: belt, rounds: 12 });
    assert_eq!(stage.service.view().state.out_at(dress, OutAt::Place(belt)), 12);
    let path = format!("/places/{belt}");
    let open = page(&set, Part::Armorer, &path).await;
    assert!(open.contains("data-kind=\"seal_belt\"") && open.contains("12 rounds of DRESS"), "{open}");
    armorer(Intent::SealBelt { place: belt, seal: 86_421 });
    let sealed = page(&set, Part::Armorer, &path).await;
    assert!(sealed.contains("data-kind=\"see_seal\"") && !sealed.contains("86421"), "{sealed}");
    let anybody = page(&set, Part::Performer, &path).await;
    assert!(
        anybody.contains("data-kind=\"report_seal_broken\"") && anybody.contains("data-kind=\"report_round_found_in\"")
    );
}

/// Six verified rounds in a belt or pocket that is declared for a reload.
fn six_worn_for_a_reload(stage: &Stage, lot: Id, place: Id) {
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
    armorer(Intent::Draw { lot, rounds: 6 });
    armorer(Intent::DeclareReload { place });
    armorer(Intent::Stow { lot, place, rounds: 6 });
}

#[tokio::test]
async fn a_declared_reload_can_be_reported_from_the_shot_plan() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let belt = stage.place(PlaceKind::Belt, false, false, "belt 1").unwrap();
    let path = format!("/guns/{}/plan", stage.revolver);
    assert!(!page(&set, Part::Armorer, &path).await.contains("data-kind=\"report_reloaded\""));
    six_worn_for_a_reload(stage, lot, belt);
    let html = page(&set, Part::Armorer, &path).await;
    let form = html.split("data-kind=\"report_reloaded\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains(&belt.to_string()) && form.contains(&lot.to_string()), "{form}");
    assert_eq!(form.matches("name=\"chambers\"").count(), 6);
}

#[tokio::test]
async fn a_swap_is_reported_of_a_gun_whose_magazine_comes_out() {
    let set = Set::new();
    let (stage, lot) = (&set.stage, set.stage.dummies);
    let [pistol, pump] = [stage.fresh_id(), stage.fresh_id()];
    for (gun, action, name) in [(pistol, Action::Magazine, "the pistol"), (pump, Action::Pump, "the pump")] {
        let (kind, chambers, place) = (GunKind::LiveCapable, 1, stage.vault);
        stage.register(Part::PropertyMaster, Intent::RegisterGun { gun, kind, action, chambers, place }, name).unwrap();
    }
    let belt = stage.place(PlaceKind::Pocket, false, false, "a pouch").unwrap();
    let path = format!("/guns/{pistol}/plan");
    assert!(!page(&set, Part::Armorer, &path).await.contains("data-kind=\"report_feed_swapped\""));
    six_worn_for_a_reload(stage, lot, belt);
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: pistol }).unwrap();
    let html = page(&set, Part::Performer, &path).await;
    let form = html.split("data-kind=\"report_feed_swapped\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains(&belt.to_string()) && form.contains(&lot.to_string()), "{form}");
    for field in ["rounds", "came_out", "into"] {
        assert!(form.contains(&format!("name=\"{field}\"")), "{field}: {form}");
    }
    // A tube is filled in the gun, and swapped for nothing.
    let tube = page(&set, Part::Performer, &format!("/guns/{pump}/plan")).await;
    assert!(!tube.contains("data-kind=\"report_feed_swapped\""), "{tube}");
    let swap = Intent::ReportFeedSwapped { gun: pistol, lot, place: belt, rounds: 6, came_out: 0, into: belt };
    stage.accepted(Part::Performer, swap).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{pistol}")).await;
    assert!(html.contains("its magazine or belt was swapped before the camera") && html.contains("UNKNOWN"), "{html}");
}

#[tokio::test]
async fn what_is_received_has_a_source_a_calibre_and_a_place_and_is_never_live() {
    let set = Set::new();
    let html = page(&set, Part::PropertyMaster, "/register").await;
    let form = html.split("data-kind=\"receive_lot\"").nth(1).unwrap().split("</form>").next().unwrap();
    for field in ["source", "calibre", "load", "place", "rounds", "uniform", "inert_at_head", "kind"] {
        assert!(form.contains(&format!("name=\"{field}\"")), "{field}: {form}");
    }
    assert!(form.contains("value=\"dummy\"") && !form.contains("value=\"live\""), "{form}");
    assert!(form.contains(".45 Colt") && form.contains("the vendor"), "{form}");
    assert!(!page(&set, Part::Performer, "/register").await.contains("data-kind=\"receive_lot\""));
}

#[tokio::test]
async fn boxes_that_would_not_load_are_told_with_why_and_not_offered() {
    let set = Set::new();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    stage.verify(stage.dummies).unwrap();
    stage.fetch(stage.dummies).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    stage.accepted(Part::Armorer, Intent::LookThroughBore { gun, light: Light::Seen }).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/load")).await;
    let offered = |lot: Id| html.contains(&format!("name=\"lot\" value=\"{lot}\""));
    assert!(offered(stage.dummies) && !offered(stage.blanks), "{html}");
    let others = html.split("Not out of these now, and why").nth(1).unwrap();
    assert!(others.contains("LOT-NOT-VERIFIED"), "{others}");
}
