//! What an inquiry keeps, as the pages offer and tell it.

use kernel::{Intent, StopCause, Tally};
use record::Id;
use service::testkit::Part;

use crate::fixture::{Set, has, page};

/// The performer stops everything.
fn stopped(set: &Set) -> Id {
    set.stage.accepted(Part::Performer, Intent::Stop { cause: StopCause::Called }).unwrap().intent
}

/// The armorer keeps the revolver as it is, and guards it.
fn kept_gun(set: &Set, stop: Id) -> Id {
    let (gun, guard) = (set.stage.revolver, set.stage.person(Part::Armorer).unwrap());
    set.stage.accepted(Part::Armorer, Intent::ReportGunExhibit { gun, stop, guard }).unwrap().intent
}

/// The first AD names the safety officer.
fn inquired_into(set: &Set, stop: Id) {
    let inquirer = set.stage.person(Part::SafetyOfficer).unwrap();
    set.stage.accepted(Part::FirstAd, Intent::NameInquiry { stop, inquirer }).unwrap();
}

/// The part of the page of stops that is one exhibit's.
async fn of(set: &Set, part: Part, exhibit: Id) -> String {
    let html = page(set, part, "/stops").await;
    let title = format!("aria-labelledby=\"exhibit-{exhibit}\"");
    let rest = html.split(&title).nth(1).unwrap_or_else(|| panic!("no exhibit {exhibit}: {html}"));
    rest.split("</section>").next().unwrap().to_owned()
}

/// The field with this name in the form of this kind.
fn field<'a>(html: &'a str, kind: &str, name: &str) -> &'a str {
    let form = html.split(&format!("data-kind=\"{kind}\"")).nth(1).unwrap_or_else(|| panic!("no {kind}: {html}"));
    let form = form.split("</form>").next().unwrap();
    let from = form.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {form}"));
    form[from..].split("</select>").next().unwrap()
}

const KEEPING: [&str; 3] = ["report_gun_exhibit", "report_lot_exhibit", "report_rounds_exhibit"];

#[tokio::test]
async fn anybody_keeps_a_gun_a_box_or_rounds_while_a_stop_stands_and_chooses_which() {
    let set = Set::new();
    let html = page(&set, Part::Witness, "/stops").await;
    assert!(html.contains("No stop stands.") && !KEEPING.iter().any(|kind| has(&html, kind)), "{html}");
    stopped(&set);
    let html = page(&set, Part::Witness, "/stops").await;
    assert!(KEEPING.iter().all(|kind| has(&html, kind)), "{html}");
    for kind in KEEPING {
        let items = field(&html, kind, "item");
        assert!(items.contains("<option value=\"\">choose</option>") && !items.contains("selected"), "{kind}: {items}");
        let guards = field(&html, kind, "guard");
        let you = guards.find("the witness (you)").unwrap();
        assert!(guards.find("the armorer").unwrap() > you, "whoever looks is the first: {guards}");
    }
    let witnesses = field(&html, "report_rounds_exhibit", "witness");
    assert!(witnesses.contains("choose") && !witnesses.contains("the witness"), "nobody bags alone: {witnesses}");
    for number in ["live", "blank", "dummy", "spent", "misfired", "not_sure"] {
        assert!(html.contains(&format!("name=\"saw.{number}\"")), "{number}: {html}");
    }
    assert_eq!(html.matches("data-as=\"part-integer\"").count(), 6);
}

#[tokio::test]
async fn the_gun_of_the_stop_is_the_one_that_is_chosen_and_who_inquires_is_not_sought_among_all() {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Witness, Intent::ReportDischarge { gun }).unwrap();
    let html = page(&set, Part::Witness, "/stops").await;
    for kind in ["report_gun_exhibit", "report_rounds_exhibit"] {
        let items = field(&html, kind, "item");
        assert!(items.contains(&format!("<option value=\"{gun}\" selected>")) && !items.contains("choose"), "{items}");
    }
    assert!(field(&html, "report_lot_exhibit", "item").contains("choose"), "{html}");
    let (first, others) = html.split_once("Somebody else").unwrap();
    let first = first.split("data-kind=\"name_inquiry\"").nth(1).unwrap();
    assert!(first.contains("the first AD") && first.contains("the safety officer"), "{first}");
    assert!(!first.contains("the performer") && others.contains("the performer"), "{html}");
    assert!(!others.contains("the producer<"), "no producer inquires: {others}");
}

#[tokio::test]
async fn the_line_says_who_guards_it_and_the_pages_of_gun_board_home_and_day_lead_there() {
    let set = Set::new();
    let (stage, stop) = (&set.stage, stopped(&set));
    let (gun, lot) = (stage.revolver, stage.dummies);
    let exhibit = kept_gun(&set, stop);
    let guard = stage.person(Part::PropertyMaster).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportLotExhibit { lot, stop, guard }).unwrap();
    let html = of(&set, Part::Witness, exhibit).await;
    assert!(html.contains("An exhibit since 08:00:00: stop called. The armorer guards it, since 08:00:00."), "{html}");
    assert!(html.contains("Inquiry: not named yet."), "{html}");
    for (path, guard) in [(format!("/guns/{gun}"), "The armorer"), (format!("/lots/{lot}"), "The property master")] {
        let html = page(&set, Part::Witness, &path).await;
        let notice = html.split("An exhibit since").nth(1).unwrap_or_else(|| panic!("{path}: {html}"));
        let notice = notice.split("</p>").next().unwrap();
        assert!(notice.contains(&format!("{guard} guards it")) && notice.contains("href=\"/stops\""), "{notice}");
    }
    let home = page(&set, Part::Armorer, "/").await;
    assert!(
        home.contains("You guard for the inquiry") && home.contains(&format!("/stops#exhibit-{exhibit}")),
        "{home}"
    );
    assert!(!page(&set, Part::Witness, "/").await.contains("You guard for the inquiry"));
    inquired_into(&set, stop);
    stage.accepted(Part::SafetyOfficer, Intent::CloseInquiry { stop }).unwrap();
    let board = page(&set, Part::Performer, "/board").await;
    let card = board.split(&format!("id=\"card-{gun}\"")).nth(1).unwrap().split("</article>").next().unwrap();
    assert!(card.contains("HELD") && card.contains("an exhibit; stop called"), "it outlives its stop: {card}");
    assert!(!board.contains("EVERYTHING IS HELD"), "{board}");
    assert!(page(&set, Part::Performer, "/day").await.contains("Exhibits: 2"));
    assert!(page(&set, Part::Performer, "/stops").await.contains("No stop stands."));
}

#[tokio::test]
async fn who_has_it_gives_it_and_who_gets_it_is_waited_for_on_his_own_page() {
    let set = Set::new();
    let stage = &set.stage;
    let exhibit = kept_gun(&set, stopped(&set));
    let armorer = of(&set, Part::Armorer, exhibit).await;
    assert!(has(&armorer, "report_exhibit_given") && !has(&armorer, "report_exhibit_taken"), "{armorer}");
    assert!(field(&armorer, "report_exhibit_given", "to").contains("choose"), "{armorer}");
    let other = of(&set, Part::Performer, exhibit).await;
    assert!(!has(&other, "report_exhibit_given") && has(&other, "report_exhibit_taken"), "{other}");
    assert!(!other.contains("button primary"), "it was not given to him: {other}");
    let to = stage.person(Part::PropertyMaster).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportExhibitGiven { exhibit, to }).unwrap();
    let html = of(&set, Part::PropertyMaster, exhibit).await;
    assert!(html.contains("The armorer gave it to the property master at 08:00:00"), "{html}");
    assert!(html.contains("the property master has not entered yet that he has it"), "{html}");
    assert!(html.contains("button primary") && has(&html, "report_exhibit_taken"), "{html}");
    let home = page(&set, Part::PropertyMaster, "/").await;
    assert!(home.contains("GUN 1: say that you have it") && home.contains("from the armorer"), "{home}");
    assert!(!page(&set, Part::Armorer, "/").await.contains("You guard for the inquiry"), "it is on its way");
    stage.accepted(Part::PropertyMaster, Intent::ReportExhibitTaken { exhibit }).unwrap();
    assert!(of(&set, Part::Witness, exhibit).await.contains("The property master guards it"));
    let home = page(&set, Part::PropertyMaster, "/").await;
    assert!(home.contains("You guard for the inquiry") && !home.contains("say that you have it"), "{home}");
}

#[tokio::test]
async fn the_one_who_inquires_releases_it_and_whoever_does_not_reads_why() {
    let set = Set::new();
    let (stage, stop) = (&set.stage, stopped(&set));
    let exhibit = kept_gun(&set, stop);
    let html = of(&set, Part::SafetyOfficer, exhibit).await;
    assert!(!has(&html, "release_exhibit") && html.contains("EXHIBIT-NO-INQUIRY"), "{html}");
    inquired_into(&set, stop);
    let html = of(&set, Part::Armorer, exhibit).await;
    assert!(!has(&html, "release_exhibit") && html.contains("EXHIBIT-NOT-YOURS"), "{html}");
    assert!(html.contains("Another person inquires: the safety officer."), "{html}");
    assert!(has(&of(&set, Part::SafetyOfficer, exhibit).await, "release_exhibit"));
    stage.accepted(Part::Armorer, Intent::ReportExhibitToPolice { exhibit }).unwrap();
    let html = of(&set, Part::SafetyOfficer, exhibit).await;
    assert!(html.contains("The police have it, since 08:00:00.") && html.contains("EXHIBIT-WITH-POLICE"), "{html}");
    assert!(!has(&html, "release_exhibit") && !has(&html, "report_exhibit_to_police"), "{html}");
    assert!(has(&html, "report_exhibit_taken") && !has(&html, "report_exhibit_given"), "they give it back: {html}");
    stage.accepted(Part::SafetyOfficer, Intent::ReportExhibitTaken { exhibit }).unwrap();
    stage.accepted(Part::SafetyOfficer, Intent::ReleaseExhibit { exhibit }).unwrap();
    let html = page(&set, Part::SafetyOfficer, "/stops").await;
    assert!(!html.contains("id=\"exhibits\""), "{html}");
    let gun = page(&set, Part::Armorer, &format!("/guns/{}", stage.revolver)).await;
    assert!(!gun.contains("An exhibit since"), "{gun}");
    // Its way from hand to hand is on the page of the gun, though the entries name the exhibit alone.
    let told = [
        "reported: kept as an exhibit",
        "reported: the police have an exhibit",
        "reported: I have an exhibit",
        "an exhibit was released",
    ];
    assert!(told.iter().all(|words| gun.contains(words)), "{gun}");
}

#[tokio::test]
async fn a_bag_says_what_two_saw_and_its_way_stands_by_the_gun_and_the_lot() {
    let set = Set::new();
    set.show_loaded();
    let (stage, stop) = (&set.stage, stopped(&set));
    let (gun, guard) = (stage.revolver, stage.person(Part::Armorer).unwrap());
    let witness = stage.person(Part::Witness).unwrap();
    let saw = Tally { dummy: 6, ..Tally::default() };
    let exhibit =
        stage.accepted(Part::Armorer, Intent::ReportRoundsExhibit { gun, stop, witness, saw, guard }).unwrap().intent;
    let html = of(&set, Part::Witness, exhibit).await;
    assert!(html.contains("Rounds out of GUN 1") && html.contains("as two entered it: 6 dummies."), "{html}");
    assert!(!page(&set, Part::Armorer, &format!("/guns/{gun}")).await.contains("An exhibit since"), "the gun is none");
    inquired_into(&set, stop);
    stage.accepted(Part::SafetyOfficer, Intent::ReleaseExhibit { exhibit }).unwrap();
    for path in [format!("/guns/{gun}"), format!("/lots/{}", stage.dummies)] {
        let html = page(&set, Part::Armorer, &path).await;
        assert!(html.contains("its rounds bagged as an exhibit"), "{path}: {html}");
        assert!(html.contains("an exhibit was released"), "{path}: {html}");
    }
}
