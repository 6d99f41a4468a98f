//! The pages of people: what somebody was trained on, and what the production asks for.

use kernel::{Action, Day, Intent, Occasion, RequestKind, Requirement};
use service::testkit::Part;

use crate::fixture::{Set, has, page};

#[tokio::test]
async fn training_stands_at_each_person_and_is_entered_by_another_who_handles() {
    let set = Set::new();
    let stage = &set.stage;
    let person = stage.person(Part::Performer).unwrap();
    let path = format!("/people/{person}");
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("Trained on no action, as far as entered.") && has(&html, "enter_training"), "{html}");
    assert!(has(&html, "enter_course") && html.contains("Has not completed the safety course, as far as entered."));
    let own = page(&set, Part::Performer, &path).await;
    assert!(!has(&own, "enter_training") && !has(&own, "enter_course"), "{own}");
    let producer = page(&set, Part::Producer, &path).await;
    assert!(!has(&producer, "enter_training") && has(&producer, "enter_course"), "{producer}");
    let trained = Intent::EnterTraining { person, action: Action::SingleAction, passed: true };
    stage.accepted(Part::Armorer, trained).unwrap();
    stage.accepted(Part::Armorer, Intent::EnterCourse { person, until: Some(Day(3)) }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("Trained and assessed on: single-action revolver."), "{html}");
    assert!(html.contains("Completed the safety course, which holds until day 3."), "{html}");
}

#[tokio::test]
async fn what_is_asked_for_is_said_to_everybody_and_stands_at_each_person() {
    let set = Set::new();
    let stage = &set.stage;
    let html = page(&set, Part::Producer, "/people").await;
    assert!(has(&html, "require") && !html.contains("The production asks for:"), "{html}");
    assert!(!has(&page(&set, Part::Witness, "/people").await, "require"));
    stage.accepted(Part::Producer, Intent::Require { what: Requirement::Training, required: true }).unwrap();
    let html = page(&set, Part::Witness, "/people").await;
    assert!(html.contains("The production asks for: training on the action of a gun"), "{html}");
    assert!(page(&set, Part::Producer, "/people").await.contains("REQUIRE-RUNNING-DAY"));
    let person = stage.person(Part::Performer).unwrap();
    let html = page(&set, Part::Armorer, &format!("/people/{person}")).await;
    assert!(html.contains("Trained on no action, as far as entered, and the production asks for it."), "{html}");
}

#[tokio::test]
async fn a_request_stands_on_the_days_page_until_it_is_granted_and_a_producer_answers() {
    let set = Set::new();
    let stage = &set.stage;
    let day = page(&set, Part::Performer, "/day").await;
    assert!(has(&day, "report_safety_request") && !day.contains("Safety requests"), "{day}");
    stage.accepted(Part::Armorer, Intent::ReportSafetyRequest { kind: RequestKind::MoreTraining }).unwrap();
    let day = page(&set, Part::Performer, "/day").await;
    assert!(day.contains("more training: asked for by the armorer at") && day.contains("nobody has answered"), "{day}");
    assert!(!has(&day, "answer_request") && has(&page(&set, Part::Producer, "/day").await, "answer_request"));
    let request = *stage.service.view().state.requests.keys().next().unwrap();
    stage.accepted(Part::Producer, Intent::AnswerRequest { request, granted: false }).unwrap();
    assert!(page(&set, Part::Witness, "/day").await.contains("refused by the producer"));
    // It keeps no day open, and stands on the certificate.
    for lot in [stage.dummies, stage.blanks] {
        if stage.service.view().state.lots[&lot].opened {
            stage.count(lot, Occasion::Receipt).unwrap();
        }
        stage.accepted(Part::Armorer, Intent::PutAwayLot { lot, place: stage.case }).unwrap();
    }
    stage.accepted(Part::FirstAd, Intent::CloseScene).unwrap();
    stage.accepted(Part::FirstAd, Intent::Wrap).unwrap();
    let certificate = page(&set, Part::Witness, "/wrap/1").await;
    assert!(certificate.contains("Safety requests that were not granted"), "{certificate}");
    stage.accepted(Part::Producer, Intent::AnswerRequest { request, granted: true }).unwrap();
    assert!(!page(&set, Part::Witness, "/day").await.contains("Safety requests that"));
    assert!(page(&set, Part::Witness, "/wrap/1").await.contains("refused by the producer"), "as it was at wrap");
}

#[tokio::test]
async fn authority_is_given_by_a_producer_and_whoever_guards_has_no_role() {
    let set = Set::new();
    let stage = &set.stage;
    let armorer = format!("/people/{}", stage.person(Part::Armorer).unwrap());
    assert!(has(&page(&set, Part::Producer, &armorer).await, "enter_authority"));
    assert!(!has(&page(&set, Part::FirstAd, &armorer).await, "enter_authority"));
    assert!(!has(&page(&set, Part::FirstAd, &armorer).await, "declare_guard"));
    let person = stage.person(Part::Armorer).unwrap();
    stage.accepted(Part::Producer, Intent::EnterAuthority { person, given: true }).unwrap();
    assert!(page(&set, Part::Witness, &armorer).await.contains("authority in writing"));
    let guard = stage.person(Part::SafetyOfficer).unwrap();
    let path = format!("/people/{guard}");
    let roles = kernel::Roles::NONE;
    stage
        .accepted(Part::Producer, Intent::AssignRoles { person: guard, day: Day(1), roles, answers_to: None })
        .unwrap();
    assert!(has(&page(&set, Part::FirstAd, &path).await, "declare_guard"));
    stage.accepted(Part::FirstAd, Intent::DeclareGuard { person: guard, outside: true }).unwrap();
    let html = page(&set, Part::Performer, &path).await;
    assert!(
        html.contains("Stands outside the perimeter today as an armed guard.") && has(&html, "report_guard_inside")
    );
    stage.accepted(Part::Performer, Intent::ReportGuardInside { person: guard }).unwrap();
    assert!(page(&set, Part::FirstAd, "/day").await.contains("an armed guard came inside"));
}

#[tokio::test]
async fn who_is_offered_a_gun_is_no_minor_and_says_whether_he_was_trained() {
    let set = Set::new();
    let stage = &set.stage;
    let (gun, copy, person) = (stage.revolver, stage.rubber, stage.person(Part::Performer).unwrap());
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    stage.accepted(Part::Producer, Intent::Require { what: Requirement::Training, required: true }).unwrap();
    let offer = format!("/guns/{gun}/offer");
    assert!(page(&set, Part::Armorer, &offer).await.contains("performer, not trained on it"));
    let trained = Intent::EnterTraining { person, action: Action::SingleAction, passed: true };
    stage.accepted(Part::Armorer, trained).unwrap();
    assert!(!page(&set, Part::Armorer, &offer).await.contains("not trained on it"));
    let roles = kernel::Roles::NONE.with(kernel::Role::Performer).with(kernel::Role::Minor);
    stage.accepted(Part::Producer, Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }).unwrap();
    let chosen = format!("value=\"{person}\"");
    assert!(!page(&set, Part::Armorer, &offer).await.contains(&chosen), "he is a minor");
    assert!(page(&set, Part::Armorer, &format!("/guns/{copy}/offer")).await.contains(&chosen), "a copy may be his");
}

#[tokio::test]
async fn a_permit_is_entered_by_another_and_asked_for_before_a_gun_is_taken_out() {
    let set = Set::new();
    let (stage, gun, person) = (&set.stage, set.stage.revolver, set.stage.person(Part::Armorer).unwrap());
    let armorer = format!("/people/{person}");
    assert!(
        !page(&set, Part::FirstAd, &armorer).await.contains("permit or licence for guns that fire"),
        "not asked for"
    );
    stage.accepted(Part::Producer, Intent::Require { what: Requirement::Permit, required: true }).unwrap();
    let html = page(&set, Part::Producer, &armorer).await;
    assert!(
        html.contains(
            "Holds no permit or licence for guns that fire, as far as entered, and the production asks for it."
        )
    );
    assert!(has(&html, "enter_permit") && !html.contains("holds the permit no more"), "{html}");
    assert!(!has(&page(&set, Part::Armorer, &armorer).await, "enter_permit"), "nobody enters his own");
    let gun_page = format!("/guns/{gun}");
    assert!(page(&set, Part::Armorer, &gun_page).await.contains("PERMIT-NOT-IN-DATE"));
    stage.accepted(Part::SafetyOfficer, Intent::EnterPermit { person, held: true, until: Some(Day(4)) }).unwrap();
    let html = page(&set, Part::Producer, &armorer).await;
    assert!(html.contains("in date until day 4, as entered") && html.contains("holds the permit no more"), "{html}");
    assert!(has(&page(&set, Part::Armorer, &gun_page).await, "take_out"));
    assert!(page(&set, Part::Witness, "/people").await.contains("a permit or licence in date"));
}

#[tokio::test]
async fn whom_everybody_can_ask_stands_on_everybodys_home() {
    let set = Set::new();
    let (stage, person) = (&set.stage, set.stage.person(Part::SafetyOfficer).unwrap());
    let officer = format!("/people/{person}");
    assert!(!page(&set, Part::Performer, "/").await.contains("asks <b>"), "nobody is named yet");
    assert!(!has(&page(&set, Part::Performer, &officer).await, "name_contact"));
    assert!(has(&page(&set, Part::Producer, &officer).await, "name_contact"));
    stage.accepted(Part::Producer, Intent::NameContact { person }).unwrap();
    assert!(page(&set, Part::Performer, "/").await.contains("as it should be asks <b>the safety officer</b>."));
    let html = page(&set, Part::Producer, &officer).await;
    assert!(html.contains("Is the one whom everybody can ask.") && !has(&html, "name_contact"), "{html}");
}

#[tokio::test]
async fn that_the_police_were_told_of_a_scene_is_entered_by_anybody_where_the_scene_stands() {
    let set = Set::new();
    let stage = &set.stage;
    let html = page(&set, Part::Performer, "/scene").await;
    assert!(has(&html, "report_police_told"), "{html}");
    stage.accepted(Part::Producer, Intent::Require { what: Requirement::Police, required: true }).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let gun = format!("/guns/{}", stage.revolver);
    assert!(page(&set, Part::Armorer, &gun).await.contains("POLICE-NOT-TOLD"));
    let scene = *stage.service.view().state.scenes.keys().next().unwrap();
    stage.accepted(Part::Performer, Intent::ReportPoliceTold { scene }).unwrap();
    let html = page(&set, Part::Performer, "/scene").await;
    assert!(html.contains("the police were told, entered 08:0") && !has(&html, "report_police_told"), "{html}");
    assert!(has(&page(&set, Part::Armorer, &gun).await, "call_to_set"));
}

#[tokio::test]
async fn people_stand_by_name_and_among_many_one_is_found() {
    let mut set = Set::new();
    let html = page(&set, Part::Producer, "/people").await;
    let at = |html: &str, name: &str| html.find(&format!("<b>{name}</b>")).unwrap_or_else(|| panic!("{name}: {html}"));
    let names = ["the armorer", "the first AD", "the performer", "the producer", "the property master"];
    assert!(names.windows(2).all(|two| at(&html, two[0]) < at(&html, two[1])), "{html}");
    for number in 1..=3 {
        set.stage.enter(Part::Handler(number)).unwrap();
    }
    let html = page(&set, Part::Producer, "/people").await;
    assert!(html.contains("Find by name or role"), "{html}");
    let html = page(&set, Part::Producer, "/people?named=PERFORM").await;
    assert!(html.contains("<b>the performer</b>") && !html.contains("<b>the armorer</b>"), "{html}");
    assert!(page(&set, Part::Producer, "/people?named=nobody%20here").await.contains("Nobody is called so"));
}
