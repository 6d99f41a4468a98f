//! Guns of every action, from the check to the box again: what has to be read of each, and what a
//! reading of the chamber alone never says.

use kernel::{
    Action, Content, Event, Feed, FeedReading, GunKind, Intent, Light, Method, Reading, Seen, ShowingState, Status,
    StopCause, Tally, options,
};

use crate::stage::{
    ARMORER, BLANKS, DRESS_ROUNDS, DUMMIES, EXTRA, FIRST_AD, PERFORMER, PISTOL, STAND_OFF_CENTIMETRES, Stage, Step,
    VAULT, WITNESS, empty, fed, rods, rounds, seen, seen_empty, stop_in,
};
use crate::verdicts::before::{
    GUN_70, cut, gun_70_of, line_begun, pistol_checked, pistol_loaded, pistol_looked_through, pistol_offered,
    pistol_out, take_with,
};

const FED: [Action; 4] = [Action::Magazine, Action::Pump, Action::Bolt, Action::BeltFed];

fn checked_70(seen: Seen) -> Vec<Step> {
    vec![
        ARMORER.begins_a_check(GUN_70, WITNESS).into(),
        ARMORER.sees(GUN_70, seen).into(),
        WITNESS.sees(GUN_70, seen).into(),
    ]
}

/// Blanks in the magazine of the pistol, shown, and its line clear.
fn blanks_in_the_pistol(count: u8, seen: Seen) -> Vec<Step> {
    let loads = vec![ARMORER.loads_the_feed(PISTOL, BLANKS, count).into()];
    let clear = vec![ARMORER.finds_the_line_clear(PISTOL, STAND_OFF_CENTIMETRES).into()];
    [pistol_looked_through(), loads, pistol_checked(seen), clear].concat()
}

#[test]
fn a_gun_of_every_action_is_shown_empty_by_all_that_is_read_of_it() {
    for action in [Action::SingleAction, Action::DoubleAction, Action::MuzzleLoader].into_iter().chain(FED) {
        let seen = match action.feed() {
            Feed::Nothing if action == Action::MuzzleLoader => rods(1, &[], &[]),
            Feed::Nothing => Seen::in_chambers(empty(1)),
            Feed::Magazine | Feed::Tube | Feed::Internal | Feed::Belt => seen_empty(),
        };
        let stage = Stage::new().after(&gun_70_of(action)).after(&checked_70(seen));
        assert!(matches!(stage.status(GUN_70), Status::Empty(_)), "{action:?}");
        let stage = stage.after(&[
            ARMORER.offers(GUN_70, PERFORMER).into(),
            WITNESS.sees_last(GUN_70, seen).into(),
            PERFORMER.declines_to_look_and_takes(GUN_70).into(),
            ARMORER.takes_back(GUN_70).into(),
            ARMORER.puts_away(GUN_70, VAULT).into(),
        ]);
        assert!(matches!(stage.status(GUN_70), Status::Locked { .. }), "{action:?}");
    }
    assert!(!Action::None.can_be_checked());
}

#[test]
fn both_barrels_are_read() {
    let stage = Stage::new().after(&gun_70_of(Action::DoubleBarrel));
    assert!(matches!(stage.clone().after(&checked_70(Seen::in_chambers(empty(2)))).status(GUN_70), Status::Empty(_)));
    let begun = stage.after(&[ARMORER.begins_a_check(GUN_70, WITNESS).into()]);
    assert!(!begun.verdict(&WITNESS.answers(GUN_70, empty(1))).accepted);
}

/// A pistol is not empty by its chamber.
#[test]
fn an_empty_chamber_over_a_round_in_the_feed_is_never_shown_empty() {
    for action in FED {
        let stage = Stage::new().after(&gun_70_of(action)).after(&[
            ARMORER.begins_a_check(GUN_70, WITNESS).into(),
            ARMORER.sees(GUN_70, seen(false, 1, Content::Dummy)).into(),
        ]);
        let verdict = stage.verdict(&WITNESS.sees(GUN_70, seen(false, 1, Content::Dummy)));
        assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound), "{action:?}");
        let verdict = stage.verdict(&WITNESS.sees(GUN_70, seen_empty()));
        assert!(verdict.accepted && stop_in(&verdict.events).is_none(), "both look again");
    }
}

/// What the histories cannot say for every kind: one round of anything that was not loaded, wherever it
/// is, and one of those that were loaded that is gone.
#[test]
fn any_other_round_in_chamber_or_feed_stops() {
    let after = |both: Seen| {
        let stage = Stage::new()
            .after(&pistol_loaded(3))
            .after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into(), ARMORER.sees(PISTOL, both).into()]);
        stop_in(&stage.verdict(&WITNESS.sees(PISTOL, both)).events)
    };
    let of = |saw| Seen::with_feed(empty(1), FeedReading { method: Method::RemovedSeenShaken, saw });
    let three = Tally { dummy: 3, ..Tally::default() };
    assert_eq!(after(of(three)), None);
    assert_eq!(after(seen(true, 2, Content::Dummy)), None, "the slide was worked");
    assert_eq!(after(seen(true, 3, Content::Dummy)), Some(StopCause::UnexpectedRound));
    assert_eq!(after(of(Tally { blank: 1, ..three })), Some(StopCause::UnexpectedRound));
    assert_eq!(after(of(Tally { misfired: 1, ..three })), Some(StopCause::UnexpectedRound));
    assert_eq!(after(of(Tally { spent: 1, dummy: 2, ..three })), Some(StopCause::UnexpectedRound));
    assert_eq!(after(of(Tally { dummy: 2, ..three })), Some(StopCause::RoundMissing));
    assert_eq!(after(of(Tally { dummy: 2, blank: 1, ..three })), Some(StopCause::UnexpectedRound));
    let snap_cap = Reading { content: Content::SnapCap, method: Method::RemovedSeen };
    let in_chamber = Seen::with_feed(empty(1).with(1, snap_cap), fed(2, Content::Dummy));
    assert_eq!(after(in_chamber), Some(StopCause::UnexpectedRound));
    let case = Seen::with_feed(rounds(1, &[1], Content::Spent), fed(2, Content::Dummy));
    assert_eq!(after(case), Some(StopCause::UnexpectedRound), "a case of a shot that nobody reported");
}

#[test]
fn one_live_round_among_blanks_in_a_feed_stops_at_once() {
    let stage = Stage::new().after(&pistol_out()).after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into()]);
    let mixed = Tally { blank: 9, live: 1, ..Tally::default() };
    let saw = Seen::with_feed(empty(1), FeedReading { method: Method::RemovedSeen, saw: mixed });
    assert_eq!(stop_in(&stage.verdict(&ARMORER.sees(PISTOL, saw)).events), Some(StopCause::LiveRound));
    let offered = Stage::new().after(&pistol_offered());
    let verdict = offered.verdict(&WITNESS.sees_last(PISTOL, saw));
    assert!(!verdict.accepted && stop_in(&verdict.events) == Some(StopCause::LiveRound));
}

#[test]
fn a_last_look_that_sees_another_feed_voids() {
    let stage = Stage::new().after(&blanks_in_the_pistol(3, seen(false, 3, Content::Blank)));
    let mut offered = stage.after(&[ARMORER.offers(PISTOL, PERFORMER).into()]);
    assert!(offered.verdict(&WITNESS.sees_last(PISTOL, seen(false, 3, Content::Blank))).accepted);
    let differs = offered.goes_on(&WITNESS.sees_last(PISTOL, seen(true, 2, Content::Blank)).into()).unwrap();
    assert!(!differs.accepted);
    assert!(matches!(offered.gun(PISTOL).showing, ShowingState::Void(_)));
}

/// The right way with blanks: tested, loaded, shown, fired, emptied, looked through, put away.
#[test]
fn what_a_pistol_fires_and_throws_out_comes_to_its_box_by_number() {
    let before = Stage::new().state.lots[&BLANKS];
    let stage = Stage::new().after(&blanks_in_the_pistol(5, seen(true, 4, Content::Blank)));
    assert!(matches!(stage.status(PISTOL), Status::Blank { count: 1, of: 1, in_feed: Some(4), line_clear: true, .. }));
    let stage = stage.after(&[ARMORER.offers(PISTOL, PERFORMER).into(), PERFORMER.looks_and_takes(PISTOL).into()]);
    let stage = stage.after(&take_with(PISTOL, 5)).after(&[
        ARMORER.reports_fired(PISTOL, 2, 1).into(),
        cut(),
        ARMORER.takes_back(PISTOL).into(),
        Step::Later(2),
        ARMORER.empties_the_feed(PISTOL, [2, 1], &[1], 1).into(),
        ARMORER.looks_through_the_bore(PISTOL, Light::Seen).into(),
        ARMORER.puts_away(PISTOL, VAULT).into(),
    ]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, lot.misfired), (before.rounds - 3, before.spent + 2, before.misfired + 1));
    assert!(!stage.gun(PISTOL).is_loaded() && !stage.gun(PISTOL).bore_due);
}

/// Whoever has drawn of the lot loads out of his hands and gets the unfired ones back into them.
#[test]
fn a_magazine_is_loaded_out_of_the_hand_that_drew() {
    let stage = Stage::new().after(&[ARMORER.draws(DUMMIES, 6).into()]).after(&pistol_loaded(4));
    let hand = |stage: &Stage| stage.state.out_at(DUMMIES, kernel::OutAt::Person(ARMORER.0));
    assert_eq!((hand(&stage), stage.state.lots[&DUMMIES].rounds), (2, 44));
    let emptied = stage.after(&[ARMORER.empties_the_feed(PISTOL, [0, 0], &[1], 3).into()]);
    assert_eq!((hand(&emptied), emptied.state.lots[&DUMMIES].rounds), (6, 44));
    let too_many = Stage::new()
        .after(&[ARMORER.draws(DUMMIES, 6).into()])
        .after(&pistol_looked_through())
        .verdict(&ARMORER.loads_the_feed(PISTOL, DUMMIES, 7));
    assert_eq!(too_many.reasons.len(), 1, "{:?}", too_many.reasons);
}

/// A round in the feed loads a gun like one in a chamber: for the bore, for the next loading, at lunch.
#[test]
fn a_round_in_the_feed_loads_a_gun() {
    use kernel::Code;
    let stage = Stage::new().after(&pistol_loaded(1));
    let codes = |said| stage.verdict(&said).reasons.iter().map(|reason| reason.code).collect::<Vec<_>>();
    assert_eq!(codes(ARMORER.looks_through_the_bore(PISTOL, Light::Seen)), [Code::BoreChambersNotEmpty]);
    let again = codes(ARMORER.loads_the_feed(PISTOL, DUMMIES, 1));
    assert_eq!(again, [Code::BoreLookUsed, Code::LoadMixed]);
    assert!(codes(ARMORER.tests(PISTOL, BLANKS, 1)).contains(&Code::LoadMixed));
    assert!(codes(FIRST_AD.breaks_for_lunch()).contains(&Code::GunLeftLoaded));
}

/// A belt of dress rounds that cannot be loaded is sealed and worn; it loads no gun, and no gun that is
/// fed by a belt either.
#[test]
fn a_belt_of_dress_rounds_never_feeds_a_gun() {
    use kernel::Code;
    let looks = vec![ARMORER.looks_through_the_bore(GUN_70, Light::Seen).into()];
    let stage = Stage::new().after(&gun_70_of(Action::BeltFed)).after(&looks);
    let dress = stage.verdict(&ARMORER.loads_the_feed(GUN_70, DRESS_ROUNDS, 20));
    assert_eq!(dress.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>(), [Code::LoadKind]);
    let links = stage.after(&[ARMORER.loads_the_feed(GUN_70, DUMMIES, 20).into()]);
    let counted = links.after(&checked_70(seen(false, 20, Content::Dummy)));
    assert!(matches!(counted.status(GUN_70), Status::Dummy { count: 0, in_feed: Some(20), .. }));
}

#[test]
fn a_pistol_goes_along_a_line_on_two_readings_of_chamber_and_feed() {
    let walked = Stage::new().after(&line_begun()).after(&pistol_out());
    let issued = walked.after(&[ARMORER.issues(PISTOL, EXTRA, seen_empty()).into()]);
    let differs = issued.verdict(&WITNESS.confirms(PISTOL, EXTRA, seen(false, 1, Content::Dummy)));
    assert!(!differs.events.iter().any(|event| matches!(event, kernel::Event::GunIssuedInLine { .. })));
    let confirmed = issued.after(&[WITNESS.confirms(PISTOL, EXTRA, seen_empty()).into()]);
    assert!(matches!(confirmed.status(PISTOL), Status::Empty(_)));
    assert!(confirmed.gun(PISTOL).is_with(EXTRA.0));
}

/// The witness answers the check of a line by itself, and reads something else when he confirms it.
#[test]
fn what_the_witness_of_a_line_reads_at_last_is_what_was_shown() {
    let walked = Stage::new().after(&line_begun()).after(&pistol_out());
    let mut shown =
        walked.after(&[ARMORER.issues(PISTOL, EXTRA, seen_empty()).into(), WITNESS.sees(PISTOL, seen_empty()).into()]);
    assert!(shown.verdict(&WITNESS.confirms(PISTOL, EXTRA, seen_empty())).accepted);
    let live = shown.verdict(&WITNESS.confirms(PISTOL, EXTRA, seen(false, 1, Content::Live)));
    assert!(!live.accepted && stop_in(&live.events) == Some(StopCause::LiveRound));
    let differs = shown.goes_on(&WITNESS.confirms(PISTOL, EXTRA, seen(false, 1, Content::Dummy)).into()).unwrap();
    assert_eq!(differs.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>(), [kernel::Code::LastLookDiffers]);
    assert!(matches!(shown.gun(PISTOL).showing, ShowingState::Void(_)));
}

/// A tube and a magazine under a bolt are looked into where they are; what comes out comes out.
#[test]
fn what_stays_in_the_gun_is_looked_into() {
    let looked_into = FeedReading { method: Method::SeenAtHead, saw: Tally::default() };
    for action in FED {
        let stage = Stage::new().after(&gun_70_of(action)).after(&[ARMORER.begins_a_check(GUN_70, WITNESS).into()]);
        let answer = WITNESS.sees(GUN_70, Seen::with_feed(empty(1), looked_into));
        assert_eq!(stage.verdict(&answer).accepted, !action.feed().comes_out(), "{action:?}");
    }
}

/// What a page offers for a pistol is judged by the kinds that a pistol takes.
#[test]
fn the_open_acts_of_a_gun_with_a_feed_are_those_of_its_feed() {
    use kernel::ActKind;
    let open = |stage: &Stage, kind| {
        let (_, context) = stage.meant(&ARMORER.takes_out(PISTOL));
        let acts = options(&stage.rules, &stage.state, &context, PISTOL);
        acts.into_iter().find(|act| act.kind == kind).map(|act| act.reasons.is_empty())
    };
    let looked = Stage::new().after(&pistol_looked_through());
    assert_eq!(open(&looked, ActKind::Load), Some(true));
    let loaded = Stage::new().after(&pistol_loaded(2));
    assert_eq!((open(&loaded, ActKind::EmptyGun), open(&loaded, ActKind::Unload)), (Some(true), None));
    let checked = loaded.after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into()]);
    assert_eq!(open(&checked, ActKind::AnswerCheck), Some(true));
}

/// A copy of a pistol holds no cartridge, whatever its action is called: it is matched, and not read.
#[test]
fn of_a_copy_with_a_magazine_no_feed_is_asked() {
    let (gun, kind, action) = (GUN_70, GunKind::Replica, Action::Magazine);
    let line = Stage::new().after(&line_begun()).after(&[
        ARMORER.says(Intent::RegisterGun { gun, kind, action, chambers: 1, place: VAULT }).into(),
        ARMORER.takes_out(gun).into(),
        ARMORER.matches_the_label_of(gun).into(),
    ]);
    assert!(line.verdict(&ARMORER.issues(gun, EXTRA, Seen::in_chambers(empty(1)))).accepted);
}

/// An old record is read without rules: what did not come out is still in.
#[test]
fn what_did_not_come_out_stays_in_the_record() {
    let out = Event::GunFeedEmptied { gun: PISTOL, spent: 0, misfired: 0, unfired: 2, to: None };
    let stage = Stage::new().after(&pistol_loaded(3)).after(&[Step::Happens(out)]);
    assert_eq!((stage.gun(PISTOL).rounds_loaded(), stage.state.lots[&DUMMIES].rounds), (1, 49));
}
