//! Rounds that nobody vouches for, and the ways out: what a lot, a belt or a gun is after it was in doubt, from both sides.

use kernel::{
    Code, Content, Doubt, Event, Intent, LotKind, Method, Occasion, OutAt, Reading, RoundKind, Seen, ShowingState,
    StopCause, Tally,
};

use crate::retell::evolved;
use crate::stage::{
    AMMUNITION_CASE, ARMORER, BELT, BLANKS, CAMERA, DRESS_ROUNDS, DUMMIES, FIRST_AD, GUN_1, HANDLER, PISTOL, POCKET,
    PRODUCER, SAFETY_OFFICER, SET, Said, Stage, Step, Tick, UNVERIFIED_DUMMIES, VENDOR, WITNESS, codes, empty, fed, on,
    rounds, stop_in,
};
use crate::verdicts::before::{
    being_counted, belt_sealed, blanks_in_a_take, blanks_loaded, boxes_away, checked, counted, cut, dummies, lifted,
    loaded, looked_through, one_round, out, pistol_loaded, reload_declared, shown, stopped,
};

/// Whatever an older record has: that blanks show at the head that they are inert is believed nowhere.
#[test]
fn a_blank_is_inert_at_no_head() {
    let at = Tick(90);
    let old = |kind| Event::LotReceived {
        lot: BLANKS,
        kind,
        load: None,
        calibre: Some(crate::stage::CALIBRE),
        source: VENDOR.0,
        rounds: 50,
        inert_at_head: true,
        uniform: true,
        place: AMMUNITION_CASE,
        at,
    };
    for (kind, told) in [(LotKind::Blank, false), (LotKind::Dummy, true)] {
        let lot = on(vec![Step::Happens(old(kind))]).state.lots[&BLANKS];
        assert_eq!((lot.shows_inert(), lot.is_told_by(Method::SeenAtHead)), (told, told));
    }
    let mut stage = on(blanks_loaded());
    stage.state.lots.get_mut(&BLANKS).unwrap().inert_at_head = true;
    let stage = stage.after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into()]);
    let at_head = Reading { content: Content::Blank, method: Method::SeenAtHead };
    let seen = (1..=3).fold(empty(6), |seen, chamber| seen.with(chamber, at_head));
    assert_eq!(codes(&stage, &ARMORER.answers(GUN_1, seen)), [Code::ShowingMethod]);
}

/// A missing round voids what was shown, and so it stays when the round is found.
#[test]
fn a_missing_round_voids_what_was_shown() {
    let stage = on(shown()).after(&counted(DUMMIES, Occasion::Lunch, dummies(49)));
    let ShowingState::Void(doubts) = stage.gun(GUN_1).showing else { panic!("still shown") };
    assert_eq!(doubts.latest().map(|(why, _)| why), Some(Doubt::Stopped));
    let agrees = on(shown()).after(&counted(DUMMIES, Occasion::Lunch, dummies(50)));
    assert!(matches!(agrees.gun(GUN_1).showing, ShowingState::Shown(_)));
}

/// The lot may be used by its state: two people had every round in the hand, and it was counted.
fn vouched_for(stage: &Stage, lot: u8) -> bool {
    let lot = stage.state.lots[&lot];
    lot.verified.is_some() && lot.counted
}

const fn finds_in(place: u8, round: RoundKind) -> Said {
    CAMERA.says(Intent::ReportRoundFoundIn { place, round })
}

#[test]
fn whatever_lies_where_a_round_was_found_is_verified_again() {
    let away = on(boxes_away());
    for round in [RoundKind::Live, RoundKind::Blank, RoundKind::Dummy, RoundKind::NotSure] {
        let stage = away.clone().after(&[finds_in(AMMUNITION_CASE, round).into()]);
        let lot = stage.state.lots[&DUMMIES];
        assert!(lot.verified.is_none() && !lot.counted && lot.seal.is_none() && lot.opened, "{round:?}");
        let stage = stage.after(&lifted()).after(&[ARMORER.takes_the_box_out(DUMMIES).into()]);
        assert_eq!(codes(&stage, &ARMORER.draws(DUMMIES, 1)), [Code::CountNotAtIssue, Code::LotNotVerified]);
        let again = stage.after(&counted(DUMMIES, Occasion::Receipt, dummies(50)));
        assert!(again.verdict(&ARMORER.draws(DUMMIES, 1)).accepted);
    }
    let elsewhere = away.after(&[finds_in(SET, RoundKind::Live).into()]);
    assert!(vouched_for(&elsewhere, DUMMIES) && elsewhere.state.lots[&DUMMIES].seal.is_some());
    // A box that is in somebody's hands lies in no place.
    assert!(vouched_for(&on(vec![finds_in(AMMUNITION_CASE, RoundKind::Live).into()]), DUMMIES));
}

#[test]
fn a_live_round_in_a_sealed_belt_breaks_its_seal() {
    let stage = on(belt_sealed());
    let found = stage.clone().after(&[finds_in(BELT, RoundKind::Live).into()]);
    assert_eq!(found.state.places[&BELT].seal, None);
    assert!(!vouched_for(&found, DRESS_ROUNDS));
    let at_the_end = found.after(&lifted()).after(&boxes_away());
    assert_eq!(codes(&at_the_end, &FIRST_AD.closes_the_scene()), [Code::RoundsLeftOut]);
    let other = stage.after(&[finds_in(POCKET, RoundKind::Live).into()]);
    assert!(other.state.places[&BELT].seal.is_some() && vouched_for(&other, DRESS_ROUNDS));
}

/// Both saw a blank where dummies went in: the others of their lot are in question.
#[test]
fn a_round_of_another_kind_in_a_gun_puts_its_lot_in_question() {
    let stage = on(loaded()).after(&checked(WITNESS, one_round(Content::Blank)));
    assert!(stage.state.held_by().is_some() && !vouched_for(&stage, DUMMIES));
    assert!(vouched_for(&on(loaded()).after(&checked(WITNESS, one_round(Content::Dummy))), DUMMIES));
    // That one is not there says nothing of the others.
    let missing = on(loaded()).after(&checked(WITNESS, empty(6)));
    assert!(missing.state.held_by().is_some() && vouched_for(&missing, DUMMIES));
}

/// While rounds of it are about, nobody has every round of a lot in the hand.
#[test]
fn a_lot_is_verified_when_all_of_it_is_in_its_box() {
    let receipt = ARMORER.begins_a_count(DUMMIES, Occasion::Receipt, WITNESS);
    let drawn = on(vec![ARMORER.draws(DUMMIES, 2).into()]);
    assert_eq!(codes(&drawn, &receipt), [Code::RoundsLeftOut]);
    assert_eq!(codes(&drawn, &ARMORER.begins_a_count(DUMMIES, Occasion::Issue, WITNESS)), []);
    assert_eq!(codes(&drawn.after(&[ARMORER.puts_back(DUMMIES, 2).into()]), &receipt), []);
    let loaded = on(loaded());
    assert_eq!(codes(&loaded, &receipt), [Code::RoundsLeftOut]);
    // Of a gun that an inquiry keeps nobody takes them out.
    let kept = loaded.after(&stopped()).after(&[HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA).into()]).after(&lifted());
    assert_eq!(codes(&kept, &receipt), []);
    let back = kept.after(&[SAFETY_OFFICER.releases_the_exhibit().into()]);
    assert!(!vouched_for(&back, DUMMIES), "it was in other hands with what is in it");
    // A seal carries the count of dress rounds.
    assert_eq!(codes(&on(belt_sealed()), &ARMORER.begins_a_count(DRESS_ROUNDS, Occasion::Receipt, WITNESS)), []);
}

#[test]
fn rounds_that_are_about_through_a_break_are_verified_again() {
    let breaks = |steps: Vec<Step>| on(steps).after(&[FIRST_AD.reports_a_break().into()]);
    let verified = |stage: &Stage, lot: u8| stage.state.lots[&lot].verified.is_some();
    // In the hand; then back in the box, which nobody has sealed since; on the set; in a belt.
    let drawn = || vec![ARMORER.draws(DUMMIES, 6).into()];
    assert!(!verified(&breaks(drawn()), DUMMIES));
    let away = || [drawn(), boxes_away()].concat();
    assert!(!verified(&breaks(away()), DUMMIES));
    assert!(!verified(&breaks([drawn(), vec![ARMORER.puts_back(DUMMIES, 6).into()]].concat()), DUMMIES));
    let on_the_set = [drawn(), vec![ARMORER.stows(DUMMIES, SET, 6).into()], boxes_away()].concat();
    assert!(!verified(&breaks(on_the_set), DUMMIES));
    assert!(!verified(&breaks([reload_declared(BLANKS), boxes_away()].concat()), BLANKS));
    // Sealed, in whoever's hands; locked away; dress rounds in a sealed belt.
    assert!(verified(&breaks(vec![]), DUMMIES));
    let locked = [drawn(), vec![ARMORER.puts_back(DUMMIES, 6).into()], boxes_away()].concat();
    assert!(verified(&breaks(locked), DUMMIES));
    assert!(verified(&breaks([belt_sealed(), boxes_away()].concat()), DRESS_ROUNDS));
    // What is loaded is read again, round by round, by two.
    assert!(verified(&breaks([loaded(), boxes_away()].concat()), DUMMIES));
}

/// They are put back, and two people have every round in the hand: then they load again.
#[test]
fn what_was_in_the_hand_over_lunch_loads_nothing_before_it_is_verified() {
    let stage = on(vec![ARMORER.draws(DUMMIES, 6).into(), FIRST_AD.reports_a_break().into()])
        .after(&counted(DUMMIES, Occasion::Issue, dummies(44)))
        .after(&looked_through());
    let loads = ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3, 4, 5, 6]);
    assert_eq!(codes(&stage, &loads), [Code::LotNotVerified]);
    let verified =
        stage.after(&[ARMORER.puts_back(DUMMIES, 6).into()]).after(&counted(DUMMIES, Occasion::Receipt, dummies(50)));
    assert!(verified.verdict(&loads).accepted);
}

#[test]
fn what_was_left_alone_is_verified_again() {
    let away = on(boxes_away());
    let alone = |place| away.clone().after(&[CAMERA.reports_unattended(place).into()]);
    assert!(!vouched_for(&alone(AMMUNITION_CASE), DUMMIES));
    assert!(vouched_for(&alone(SET), DUMMIES));
    let loose = [Step::from(ARMORER.draws(DUMMIES, 2)), ARMORER.stows(DUMMIES, SET, 2).into()];
    assert!(!vouched_for(&on(loose.to_vec()).after(&[CAMERA.reports_unattended(SET).into()]), DUMMIES));
    let belt = on(belt_sealed()).after(&[CAMERA.reports_unattended(BELT).into()]);
    assert!(vouched_for(&belt, DRESS_ROUNDS), "its seal carries the count");
}

#[test]
fn whoever_leaves_with_an_open_box_or_with_rounds_leaves_them_in_question() {
    let leaves = |steps: &[Step]| {
        let stage = on(steps.to_vec());
        let named = codes(&stage, &CAMERA.reports_left(ARMORER));
        (named, vouched_for(&stage.after(&[CAMERA.reports_left(ARMORER).into()]), DUMMIES))
    };
    assert_eq!(leaves(&[]), (vec![], true), "every box is sealed");
    let drawn = Step::from(ARMORER.draws(DUMMIES, 2));
    assert_eq!(leaves(&[drawn]), (vec![Code::LotLeftOut, Code::RoundsLeftOut], false));
    let away = ARMORER.puts_the_box_away(DUMMIES).into();
    assert_eq!(leaves(&[drawn, away]), (vec![Code::RoundsLeftOut], false));
    let back = ARMORER.puts_back(DUMMIES, 2).into();
    assert_eq!(leaves(&[drawn, back]), (vec![Code::LotLeftOut], false));
    assert_eq!(leaves(&[drawn, back, away]), (vec![], true));
}

/// Law 9: out of a belt a gun is loaded before the camera, as it was declared, and not by hand.
#[test]
fn what_was_worn_loads_no_gun_by_hand() {
    let stage = on(reload_declared(DUMMIES)).after(&looked_through());
    let gathered = stage.after(&[ARMORER.gathers(DUMMIES, BELT, 6).into()]);
    let loads = ARMORER.loads(GUN_1, DUMMIES, &[1, 2]);
    assert_eq!(codes(&gathered, &loads), [Code::LotNotVerified]);
    assert_eq!(codes(&gathered, &ARMORER.draws(DUMMIES, 1)), [Code::LotNotVerified]);
    // Laid on the set in between they are what they were; in the belt again as well.
    let laid = gathered.clone().after(&[ARMORER.stows(DUMMIES, SET, 6).into()]);
    assert_eq!(codes(&laid, &loads), [Code::LotNotVerified]);
    let part = gathered.clone().after(&[ARMORER.stows(DUMMIES, BELT, 5).into()]);
    assert_eq!(codes(&part, &loads), [Code::LotNotVerified, Code::RoundsNotInHand]);
    let worn_again = gathered.clone().after(&[ARMORER.stows(DUMMIES, BELT, 6).into()]);
    assert!(worn_again.verdict(&loads).accepted, "of those in the box nothing is in doubt");
    // In the box two people have every round in the hand.
    let back = gathered.after(&[ARMORER.puts_back(DUMMIES, 6).into()]);
    assert_eq!(codes(&back, &loads), [Code::LotNotVerified]);
    assert_eq!((back.state.lots[&DUMMIES].verified, back.state.lots[&DUMMIES].worn), (None, false));
    let verified = back.after(&counted(DUMMIES, Occasion::Receipt, dummies(50)));
    assert!(verified.verdict(&loads).accepted && !verified.state.lots[&DUMMIES].worn);
    // What never loads a gun is worn, and what lay elsewhere was not.
    let dress = on(belt_sealed()).after(&[CAMERA.says(Intent::ReportSealBroken { place: BELT }).into()]);
    assert!(!dress.after(&[ARMORER.gathers(DRESS_ROUNDS, BELT, 20).into()]).state.lots[&DRESS_ROUNDS].worn);
    let table = [Step::from(ARMORER.draws(DUMMIES, 2)), ARMORER.stows(DUMMIES, SET, 2).into()];
    let table = on(table.to_vec()).after(&[ARMORER.gathers(DUMMIES, SET, 2).into()]).after(&looked_through());
    assert!(table.verdict(&loads).accepted);
}

/// The rounds that are left in the belt stay what they were: the reload goes on.
#[test]
fn a_round_that_comes_back_out_of_a_belt_stops_no_reload() {
    let stage = on(reload_declared(DUMMIES))
        .after(&[ARMORER.gathers(DUMMIES, BELT, 1).into()])
        .after(&crate::verdicts::before::with_the_performer());
    let verdict = stage.verdict(&crate::stage::PERFORMER.reports_reloaded(GUN_1, DUMMIES, BELT, &[1, 2, 3, 4, 5]));
    assert_eq!((verdict.reasons.len(), stop_in(&verdict.events)), (0, None));
}

/// What is locked away is counted by nobody: the count is given up, and a difference stays one.
#[test]
fn a_box_that_is_locked_away_is_not_being_counted() {
    let away = on(being_counted()).after(&[ARMORER.puts_the_box_away(DUMMIES).into()]);
    assert_eq!((away.state.lots[&DUMMIES].count, away.state.lots[&DUMMIES].seal), (None, None));
    assert_eq!(codes(&away, &WITNESS.counts(DUMMIES, dummies(50))), [Code::CountNotOpen]);
    let both = |mine, theirs| {
        let second = WITNESS.counts_and_seals(DUMMIES, dummies(theirs), Some(8));
        vec![ARMORER.counts(DUMMIES, dummies(mine)).into(), second.into()]
    };
    let differed = on(being_counted()).after(&both(50, 49)).after(&boxes_away());
    assert_eq!(codes(&differed, &FIRST_AD.closes_the_scene()), [Code::CountDiffers]);
    // The next two answers that differ hold everything; two that agree close it.
    let again = differed.after(&being_counted());
    assert!(again.clone().after(&both(50, 49)).state.held_by().is_some());
    let agreed = again.after(&both(50, 50));
    assert_eq!(codes(&agreed, &FIRST_AD.closes_the_scene()), []);
}

/// D3: what an inquiry has closed is entered as it was seen, once, and what is not there is written off.
#[test]
fn after_the_inquiry_what_came_out_is_entered_as_it_is() {
    let of_five = || {
        let loads = ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3, 4, 5, 6]);
        on(looked_through())
            .after(&[loads.into()])
            .after(&checked(WITNESS, rounds(6, &[1, 2, 3, 4, 5], Content::Dummy)))
    };
    let five = ARMORER.empties(GUN_1, &[], &[], &[1, 2, 3, 4, 5]);
    assert_eq!(of_five().state.held_by().map(|(_, stop)| stop.cause), Some(StopCause::RoundMissing));
    let closed = of_five().after(&lifted());
    assert!(closed.gun(GUN_1).inquired);
    assert_eq!(evolved(&kernel::retell(&closed.state)), closed.state);
    // A round that nobody loaded stops as it did.
    let four = ARMORER.empties(GUN_1, &[], &[], &[1, 2, 3, 4]);
    assert!(closed.verdict(&four).accepted);
    let emptied = closed.clone().after(&[five.into()]);
    let gun = emptied.gun(GUN_1);
    assert_eq!((gun.loading, gun.inquired, emptied.state.lots[&DUMMIES].rounds), (None, false, 49));
    assert_eq!(stop_in(&emptied.verdict(&five).events), Some(StopCause::UnexpectedRound), "once");
    // One after the other it comes to the same.
    let unloaded = closed.after(&[ARMORER.unloads(GUN_1, &[1, 2, 3, 4, 5]).into()]);
    let nothing = ARMORER.empties(GUN_1, &[], &[], &[]);
    assert_eq!(unloaded.clone().after(&[nothing.into()]).state.lots[&DUMMIES].rounds, 49);
    assert_eq!(codes(&on(loaded()), &nothing), [Code::EmptyDiffers, Code::LoadNothing]);
    // Told by the one who opens it alone, the first time stops.
    let stage = on(loaded());
    assert_eq!(
        stop_in(&stage.verdict(&ARMORER.empties(GUN_1, &[], &[], &[2])).events),
        Some(StopCause::UnexpectedRound)
    );
}

/// What was shown as it is recorded once more, or loaded anew, is under no inquiry.
#[test]
fn an_inquiry_speaks_of_what_was_in_the_gun_then() {
    let closed =
        || on(loaded()).after(&[FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 }).into()]).after(&lifted());
    assert!(closed().gun(GUN_1).inquired);
    let shown = closed().after(&checked(WITNESS, one_round(Content::Dummy)));
    assert!(!shown.gun(GUN_1).inquired);
    assert!(!shown.verdict(&ARMORER.empties(GUN_1, &[], &[], &[])).accepted);
    let empty = on(out()).after(&[FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 }).into()]).after(&lifted());
    assert!(!empty.gun(GUN_1).inquired);
    // A shot that nobody had reported is entered as a case.
    let fired = closed().after(&[ARMORER.empties(GUN_1, &[1], &[], &[]).into()]);
    assert_eq!((fired.state.lots[&DUMMIES].spent, fired.state.lots[&DUMMIES].rounds), (1, 49));
}

/// What was never inquired into is not, however much of it came out; what was is, until the last round is out.
#[test]
fn an_inquiry_ends_with_the_last_round_and_begins_with_none() {
    let two = || on(looked_through()).after(&[ARMORER.loads(GUN_1, DUMMIES, &[1, 2]).into()]);
    let unloads = |chambers: &[u8]| Step::from(ARMORER.unloads(GUN_1, chambers));
    assert!(!two().after(&[unloads(&[1])]).gun(GUN_1).inquired);
    let one_missing = two().after(&checked(WITNESS, rounds(6, &[1], Content::Dummy))).after(&lifted());
    let one_left = one_missing.after(&[unloads(&[1])]);
    assert!(one_left.gun(GUN_1).inquired);
    assert!(!one_left.after(&[unloads(&[2])]).gun(GUN_1).inquired);
}

/// The shots of cases that nobody reported are kept with the stop, and only where each round is accounted for.
#[test]
fn a_case_of_a_shot_that_nobody_reported_is_a_shot_and_nothing_else_is() {
    let shots = |stage: &Stage, said: &Said| {
        let verdict = stage.verdict(said);
        assert!(stop_in(&verdict.events).is_some(), "{said:?}");
        let shots = verdict.events.iter().filter_map(|event| {
            if let Event::GunFired { shots, misfires, .. } = event { Some((*shots, *misfires)) } else { None }
        });
        shots.collect::<Vec<_>>()
    };
    let two = on(looked_through()).after(&[ARMORER.loads(GUN_1, DUMMIES, &[1, 2]).into()]);
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[1], &[], &[2])), [(1, 0)]);
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[1, 2], &[], &[])), [(2, 0)]);
    // A misfire that nobody reported is no shot; where a round is missing or too many, nobody knows what it is.
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[], &[1], &[2])), []);
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[1], &[], &[])), []);
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[1], &[], &[2, 3])), []);
    assert_eq!(shots(&two, &ARMORER.empties(GUN_1, &[3], &[], &[1])), []);
    let pistol = on(pistol_loaded(2));
    assert_eq!(shots(&pistol, &ARMORER.empties_the_feed(PISTOL, [1, 0], &[], 1)), [(1, 0)]);
    assert_eq!(shots(&pistol, &ARMORER.empties_the_feed(PISTOL, [0, 1], &[], 1)), []);
    assert_eq!(shots(&pistol, &ARMORER.empties_the_feed(PISTOL, [1, 0], &[], 0)), []);
    assert_eq!(shots(&pistol, &ARMORER.empties_the_feed(PISTOL, [1, 0], &[], 2)), []);
    // The shot that was reported is not reported again.
    let one_heard = on(blanks_in_a_take()).after(&[ARMORER.reports_fired(GUN_1, 1, 0).into(), cut()]);
    let back = one_heard.after(&[ARMORER.takes_back(GUN_1).into()]);
    assert_eq!(shots(&back, &ARMORER.empties(GUN_1, &[1, 2], &[], &[3])), [(1, 0)]);
    assert_eq!(shots(&back, &ARMORER.empties(GUN_1, &[1], &[2], &[3])), []);
}

/// Two looked, and saw the case of a shot that nobody reported where a round was loaded; or where none was.
#[test]
fn a_case_that_both_saw_is_a_shot_where_a_round_was_loaded() {
    let shots = |readings| {
        let stage = on(blanks_loaded())
            .after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into(), ARMORER.answers(GUN_1, readings).into()]);
        let verdict = stage.verdict(&WITNESS.answers(GUN_1, readings));
        assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound));
        verdict.events.iter().any(|event| matches!(event, Event::GunFired { shots: 1, .. }))
    };
    let case = rounds(1, &[1], Content::Spent).get(1).unwrap();
    let blanks = rounds(6, &[1, 2, 3], Content::Blank);
    assert!(shots(blanks.with(1, case)));
    assert!(!shots(blanks.with(4, case)));
    // Of a pistol only the number is known: a case in its chamber is one of what it threw out.
    let pistol = on(pistol_loaded(2)).after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into()]);
    let seen = Seen { readings: rounds(1, &[1], Content::Spent), ..crate::stage::seen(false, 2, Content::Dummy) };
    let verdict = pistol.after(&[ARMORER.sees(PISTOL, seen).into()]).verdict(&WITNESS.sees(PISTOL, seen));
    assert!(stop_in(&verdict.events).is_some());
    assert!(verdict.events.iter().any(|event| matches!(event, Event::GunFired { shots: 1, .. })));
}

/// The same of a pistol; a round too many stops as before.
#[test]
fn after_the_inquiry_a_pistol_is_emptied_of_what_is_in_it() {
    let missing = ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 2);
    let mut stage = on(pistol_loaded(3));
    assert_eq!(stop_in(&stage.goes_on(&missing.into()).unwrap().events), Some(StopCause::RoundMissing));
    let closed = stage.after(&lifted());
    let more = closed.verdict(&ARMORER.empties_the_feed(PISTOL, [0, 0], &[1], 3));
    assert_eq!((more.accepted, stop_in(&more.events)), (false, Some(StopCause::UnexpectedRound)));
    let emptied = closed.after(&[missing.into()]);
    assert_eq!((emptied.gun(PISTOL).loading, emptied.state.lots[&DUMMIES].rounds), (None, 49));
}

/// In the same inquiry the bag of a gun brings no stop of its own.
#[test]
fn a_bag_of_what_the_inquiry_is_about_brings_no_other_stop() {
    let saw = Tally { dummy: 0, ..Tally::default() };
    let one = Tally { dummy: 1, ..saw };
    let bags = |saw| ARMORER.bags(GUN_1, WITNESS, saw, SAFETY_OFFICER);
    let two = Tally { dummy: 2, ..saw };
    let missing = on(loaded()).after(&checked(WITNESS, empty(6)));
    assert_eq!(stop_in(&missing.verdict(&bags(two)).events), None);
    let called = on(loaded()).after(&stopped());
    assert_eq!(stop_in(&called.verdict(&bags(two)).events), Some(StopCause::UnexpectedRound));
    assert_eq!(stop_in(&called.verdict(&bags(one)).events), None);
}

// Ways out.

/// The box is kept by an inquiry: what is out of it is locked up beside it, and what a gun holds goes into the hands first.
#[test]
fn rounds_of_a_box_that_an_inquiry_keeps_are_locked_up_beside_it() {
    let kept = [stopped(), vec![HANDLER.keeps_the_box_as_an_exhibit(DUMMIES, CAMERA).into()], lifted()].concat();
    let stage = on(loaded()).after(&kept);
    let in_hand = stage.after(&[ARMORER.unloads(GUN_1, &[1]).into()]);
    assert_eq!(in_hand.state.out_at(DUMMIES, OutAt::Person(ARMORER.0)), 1);
    let others = boxes_away().into_iter().chain([ARMORER.puts_away(GUN_1, crate::stage::VAULT).into()]);
    let others: Vec<Step> = others.collect();
    let at_the_end = in_hand.clone().after(&others);
    assert_eq!(codes(&at_the_end, &FIRST_AD.closes_the_scene()), [Code::RoundsLeftOut]);
    let locked = at_the_end.after(&[ARMORER.stows(DUMMIES, AMMUNITION_CASE, 1).into()]);
    assert_eq!(codes(&locked, &FIRST_AD.closes_the_scene()), []);
    // Released, they are put back into their box.
    let released = locked.after(&[SAFETY_OFFICER.releases_the_exhibit().into()]);
    assert!(codes(&released, &FIRST_AD.closes_the_scene()).contains(&Code::RoundsLeftOut));
    let back = released.after(&[
        ARMORER.takes_the_box_out(DUMMIES).into(),
        ARMORER.gathers(DUMMIES, AMMUNITION_CASE, 1).into(),
        ARMORER.puts_back(DUMMIES, 1).into(),
    ]);
    assert_eq!((back.state.lots[&DUMMIES].rounds, vouched_for(&back, DUMMIES)), (50, false));
}

/// Of one who is away another handler puts them back; of one who is there he does so himself.
#[test]
fn the_rounds_of_one_who_is_away_are_put_back_by_another_handler() {
    let drawn = on(vec![HANDLER.draws(DUMMIES, 6).into()]);
    let puts_back = |who: crate::stage::Who, rounds| who.puts_back(DUMMIES, rounds);
    assert_eq!(codes(&drawn, &puts_back(ARMORER, 6)), [Code::RoundsNotInHand]);
    let away = drawn.clone().after(&[CAMERA.reports_left(HANDLER).into()]);
    assert_eq!(codes(&away, &puts_back(CAMERA, 6)), [Code::RoundsNotInHand], "no handler");
    assert_eq!(codes(&away, &puts_back(ARMORER, 7)), [Code::RoundsNotInHand]);
    let back = away.after(&[puts_back(ARMORER, 6).into()]);
    assert!(back.state.out.is_empty() && back.state.lots[&DUMMIES].rounds == 50 && !vouched_for(&back, DUMMIES));
    // Nor on another day, on which he has no role.
    let roles = PRODUCER.gives_roles(ARMORER, 2, &[kernel::Role::Armorer]);
    let other_day = drawn.after(&[roles.into(), FIRST_AD.opens_day(2).into()]);
    assert!(other_day.verdict(&puts_back(ARMORER, 6)).accepted);
}

/// What an inquiry lets go out of a bag is somewhere, and closes nothing before it is in its box again.
#[test]
fn rounds_of_a_bag_that_is_released_are_in_the_hands_of_whoever_kept_it() {
    let bagged = |saw| {
        let bags = HANDLER.bags(GUN_1, WITNESS, saw, SAFETY_OFFICER);
        let released = SAFETY_OFFICER.releases_the_exhibit();
        on(blanks_loaded()).after(&stopped()).after(&[bags.into()]).after(&lifted()).after(&[released.into()])
    };
    let three = Tally { blank: 3, ..Tally::default() };
    let stage = bagged(three);
    assert_eq!(stage.state.out_at(BLANKS, OutAt::Person(SAFETY_OFFICER.0)), 3);
    assert!(!vouched_for(&stage, BLANKS));
    let put_back = stage.after(&[SAFETY_OFFICER.puts_back(BLANKS, 3).into()]);
    assert_eq!(put_back.state.lots[&BLANKS].rounds, 48, "as many as before it was loaded");
    // Not sure of one: nothing comes back as what it may not be.
    let mut unsure = on(blanks_loaded()).after(&stopped());
    let bags = HANDLER.bags(GUN_1, WITNESS, Tally { blank: 2, not_sure: 1, ..Tally::default() }, SAFETY_OFFICER);
    unsure.goes_on(&bags.into());
    let kept = *unsure.state.exhibits.values().next().unwrap();
    let kernel::ExhibitOf::Rounds(bag) = kept.of else { panic!("no bag") };
    assert_eq!(bag.unfired_of(Some(LotKind::Blank)), 0);
}

// What is said where a live round was seen.

/// Whoever sees a live round takes nothing out: no reason asks him to, and everything stops.
#[test]
fn whoever_sees_a_live_round_is_not_told_to_take_it_out() {
    let at_head = |content| Reading { content, method: Method::SeenAtHead };
    let stage = on(loaded()).after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into()]);
    let seen = |content| empty(6).with(1, at_head(content));
    let live = stage.verdict(&ARMORER.answers(GUN_1, seen(Content::Live)));
    assert_eq!((live.accepted, live.reasons.len(), stop_in(&live.events)), (true, 0, Some(StopCause::LiveRound)));
    assert_eq!(codes(&stage, &ARMORER.answers(GUN_1, seen(Content::Dummy))), [Code::ShowingMethod]);
    // He looked no further.
    let one = kernel::Readings::default().with(1, at_head(Content::Live));
    assert!(stage.verdict(&ARMORER.answers(GUN_1, one)).accepted);
    let in_the_feed =
        Seen::with_feed(empty(1), kernel::FeedReading { method: Method::SeenAtHead, ..fed(1, Content::Live) });
    let pistol = on(pistol_loaded(1)).after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into()]);
    assert!(pistol.verdict(&ARMORER.sees(PISTOL, in_the_feed)).accepted);
    // Of a box alike, with and without a seal.
    let counts = |live, dummy| {
        let tally = Tally { live, dummy, ..Tally::default() };
        let (lot, count, method, seal) = (UNVERIFIED_DUMMIES, crate::stage::THE_OPEN_ONE, Method::SeenAtHead, None);
        ARMORER.says(Intent::AnswerCount { lot, count, tally, method, seal })
    };
    let receipt = on(vec![ARMORER.begins_a_count(UNVERIFIED_DUMMIES, Occasion::Receipt, WITNESS).into()]);
    let verdict = receipt.verdict(&counts(1, 49));
    assert_eq!((verdict.accepted, stop_in(&verdict.events)), (true, Some(StopCause::LiveRound)));
    assert_eq!(codes(&receipt, &counts(0, 50)), [Code::CountMethod]);
}

#[test]
fn the_calibre_of_a_gun_is_mended_while_nothing_is_in_it() {
    let enters = |calibre| ARMORER.says(Intent::EnterCalibre { gun: GUN_1, calibre: kernel::Calibre(calibre) });
    assert_eq!(codes(&on(loaded()), &enters(9)), [Code::GunLeftLoaded]);
    assert_eq!(codes(&on(loaded()), &enters(crate::stage::CALIBRE.0)), []);
    assert_eq!(codes(&on(out()), &enters(9)), []);
}
