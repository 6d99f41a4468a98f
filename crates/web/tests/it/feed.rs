//! The pages of a gun with a feed: they ask for what is in it, and send the kinds that carry it.

use kernel::{
    Action, Calibre, Chambers, Content, FeedReading, GunKind, Intent, Light, Method, OutAt, ShowingState, Tally,
};
use record::Id;
use service::testkit::{Part, all};

use crate::fixture::Set;

/// A pistol with a magazine, in the armorer's hands, of the calibre of the dummies.
fn pistol(set: &Set) -> Id {
    let (stage, gun) = (&set.stage, "019a0000-0000-7000-8000-0000000000f1".parse().unwrap());
    let calibre = stage.service.view().state.lots[&stage.dummies].calibre.unwrap_or(Calibre(1));
    let (kind, action) = (GunKind::LiveCapable, Action::Magazine);
    for intent in [
        Intent::RegisterGun { gun, kind, action, chambers: 1, place: stage.vault },
        Intent::EnterCalibre { gun, calibre },
        Intent::TakeOut { gun },
    ] {
        stage.accepted(Part::Armorer, intent).unwrap();
    }
    gun
}

/// Three dummies are in its magazine.
fn loaded(set: &Set, gun: Id) {
    let (stage, lot) = (&set.stage, set.stage.dummies);
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    stage.accepted(Part::Armorer, Intent::LookThroughBore { gun, light: Light::Seen }).unwrap();
    stage.accepted(Part::Armorer, Intent::LoadFeed { gun, lot, chambers: Chambers::NONE, rounds: 3 }).unwrap();
}

fn three_dummies() -> FeedReading {
    FeedReading { method: Method::RemovedSeenShaken, saw: Tally { dummy: 3, ..Tally::default() } }
}

async fn page(set: &Set, part: Part, path: &str) -> String {
    set.get(path, Some(&set.token(part))).await.text()
}

#[tokio::test]
async fn the_check_of_a_pistol_asks_for_its_magazine_and_of_a_revolver_does_not() {
    let set = Set::new();
    let gun = pistol(&set);
    let witness = set.stage.person(Part::Witness).unwrap();
    set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap();
    for part in [Part::Armorer, Part::Witness] {
        let html = page(&set, part, &format!("/guns/{gun}/check")).await;
        for words in [
            "data-kind=\"answer_feed_check\"",
            "data-feed=\"magazine\"",
            "data-comes-out=\"yes\"",
            "data-chambers=\"1\"",
            "Take the magazine out",
        ] {
            assert!(html.contains(words), "{words} is missing: {html}");
        }
    }
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let begun = set.stage.begin_check().unwrap();
    let html = page(&set, Part::Witness, &format!("/guns/{}/check", set.stage.revolver)).await;
    assert!(html.contains("data-kind=\"answer_check\"") && html.contains(&begun.to_string()), "{html}");
    assert!(
        !html.contains("data-feed") && !html.contains("data-comes-out") && html.contains("Find the marked chamber")
    );
}

/// Blind: the page of the second is the same whatever the first has said of chamber and magazine.
#[tokio::test]
async fn what_the_first_said_of_the_magazine_is_on_no_page_of_the_second() {
    let seen = |feed: FeedReading| async move {
        let set = Set::new();
        let gun = pistol(&set);
        let witness = set.stage.person(Part::Witness).unwrap();
        let check = set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
        let readings = all(Content::Empty, 1);
        let answer = Intent::AnswerFeedCheck { gun, check, readings, feed };
        set.stage.accepted(Part::Armorer, answer).unwrap();
        let ShowingState::BeingChecked(under_way) = set.stage.service.view().state.guns[&gun].showing else {
            panic!("no check is open");
        };
        assert!(under_way.checker_answer.is_some_and(|it| it.feed.is_none()), "the view has no reading in it");
        let check_page = page(&set, Part::Witness, &format!("/guns/{gun}/check")).await;
        let main = check_page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        let card: serde_json::Value =
            serde_json::from_str(&page(&set, Part::Witness, &format!("/api/guns/{gun}")).await).unwrap();
        (main.replace(&check.to_string(), "the check"), card["word"].clone())
    };
    let none = FeedReading { method: Method::RemovedSeen, saw: Tally::default() };
    assert_eq!(seen(none).await, seen(three_dummies()).await);
}

#[tokio::test]
async fn a_magazine_is_loaded_and_emptied_by_number() {
    let set = Set::new();
    let gun = pistol(&set);
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/load")).await;
    assert!(html.contains("data-kind=\"load_feed\"") && html.contains("went into the magazine"), "{html}");
    assert!(!html.contains("Into which chambers?"), "a round in the chamber comes out of the magazine");
    loaded(&set, gun);
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}/empty")).await;
    for words in
        ["data-kind=\"empty_feed\"", "name=\"rounds\"", "name=\"spent\"", "name=\"misfired\"", "name=\"chambers\""]
    {
        assert!(html.contains(words), "{words} is missing: {html}");
    }
    assert!(!html.contains("value=\"3\""), "what is expected stands nowhere");
    let out = Intent::EmptyFeed { gun, spent: 0, misfired: 0, chambers: Chambers::first(1), rounds: 2 };
    set.stage.accepted(Part::Armorer, out).unwrap();
    let state = set.stage.service.view().state.clone();
    let armorer = set.stage.person(Part::Armorer).unwrap();
    assert_eq!(
        (state.lots[&set.stage.dummies].rounds, state.out_at(set.stage.dummies, OutAt::Person(armorer))),
        (50, 0)
    );
}

#[tokio::test]
async fn a_card_says_how_many_are_in_the_chamber_and_how_many_in_the_feed() {
    let set = Set::new();
    let gun = pistol(&set);
    loaded(&set, gun);
    let options = page(&set, Part::Armorer, &format!("/api/guns/{gun}/options")).await;
    assert!(options.contains("\"empty_feed\"") && options.contains("\"answer_feed_check\""), "{options}");
    assert!(!options.contains("\"unload\""), "{options}");
    let witness = set.stage.person(Part::Witness).unwrap();
    let check = set.stage.accepted(Part::Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
    let answer = Intent::AnswerFeedCheck { gun, check, readings: all(Content::Empty, 1), feed: three_dummies() };
    set.stage.accepted(Part::Armorer, answer).unwrap();
    set.stage.accepted(Part::Witness, answer).unwrap();
    let html = page(&set, Part::Armorer, &format!("/guns/{gun}")).await;
    assert!(html.contains("DUMMY 3") && html.contains("0 in the chamber, 3 in what feeds it"), "{html}");
    assert!(html.contains("answered the check") && html.contains("loaded"), "the timeline has words for it: {html}");
}
