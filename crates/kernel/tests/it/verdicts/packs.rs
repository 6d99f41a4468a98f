//! The rows of the packs, and of what a production asks for by those that it adopted.

use kernel::{Choice, Choices, Code, Holds, Intent, Opposed, Pack, Packs, Status, Toward, shown as board};

use super::before::{blanks_shown, line_begun, line_clear, offered, out, rubber_matched, scene_closed, shown, stopped};
use super::shots::{BLANKS, EMPTY, Plan, begun, called, lined, planned, ready, wears};
use super::{Row, codes, row};
use crate::stage::{
    ARMORER, CAMERA, EXTRA, FIRST_AD, GUN_1, HANDLER, PERFORMER, PRODUCER, RUBBER, SAFETY_OFFICER, STAND_IN,
    STAND_OFF_CENTIMETRES, Said, Stage, Step, THE_OPEN_ONE, WITNESS, Who, empty,
};

const SHOT: u16 = THE_OPEN_ONE;

/// What the trade asks for: ten centimetres more than the test found.
const TRADE_CENTIMETRES: u32 = 610;

fn with(packs: &[Pack]) -> Packs {
    packs.iter().copied().fold(Packs::LAWS, Packs::with)
}

fn adopts(packs: &[Pack], choices: &[Choice]) -> Said {
    ARMORER.adopts(with(packs), choices.iter().copied().collect())
}

fn adopted(packs: &[Pack]) -> Vec<Step> {
    vec![adopts(packs, &[]).into()]
}

/// Both unions, whose duties are opposed.
const UNIONS: [Pack; 2] = [Pack::SagAftra, Pack::ActorsEquity];

fn measures(nearest_millimetres: u32) -> Said {
    SAFETY_OFFICER.says(Intent::MeasureStandOff { gun: GUN_1, shot: SHOT, nearest_millimetres })
}

fn places(who: Who, distance_millimetres: u32) -> Said {
    FIRST_AD.says(Intent::PlacePerson { person: who.0, shot: SHOT, gun: GUN_1, distance_millimetres })
}

fn plans(plan: Plan) -> Said {
    FIRST_AD.says(plan.of(GUN_1))
}

/// Blanks toward nobody, planned before the trade's distance was adopted, with whoever stands in their line.
fn blanks_planned(people: &[(Who, u32)]) -> Vec<Step> {
    let tells = |who: Who| FIRST_AD.says(Intent::TellPerson { person: who.0, shot: SHOT });
    let placed = people.iter().flat_map(|(who, distance)| [places(*who, *distance), tells(*who)]);
    [begun(), vec![plans(BLANKS).into()], placed.chain([wears()]).map(Step::from).collect()].concat()
}

pub(super) fn distance_rows() -> Vec<Row> {
    use Code::*;
    let trade = || adopted(&[Pack::Trade]);
    let clears = |centimetres| ARMORER.finds_the_line_clear(GUN_1, centimetres);
    vec![
        row(LinePackDistance, clears(TRADE_CENTIMETRES - 1)).after(trade()).after(blanks_shown()),
        row(LinePackDistance, plans(Plan { stand_off_millimetres: 6_099, ..BLANKS })).after(trade()).after(begun()),
        row(LinePackDistance, places(CAMERA, 6_099)).after(blanks_planned(&[])).after(trade()),
        row(LinePackDistance, measures(6_099)).after(blanks_planned(&[])).after(trade()),
        // What was measured before, and who was placed before.
        row(LinePackDistance, ready())
            .after(blanks_planned(&[]))
            .and(measures(6_099))
            .after(blanks_shown())
            .after(trade()),
        row(LinePackDistance, ready())
            .after(blanks_planned(&[(CAMERA, 6_099)]))
            .and(measures(6_100))
            .after(blanks_shown())
            .after(trade()),
    ]
}

pub(super) fn look_rows() -> Vec<Row> {
    use Code::*;
    let looks_each_time = || adopted(&[Pack::Australia]);
    let issues = |to| ARMORER.issues_in_line(GUN_1, to, empty(6));
    vec![
        row(LookNotAsked, issues(PERFORMER)).after(looks_each_time()).after(line_begun()).after(out()),
        row(LookNotAsked, issues(STAND_IN)).after(looks_each_time()).after(line_begun()).after(out()),
        // A copy comes to him too, and could be one that fires.
        row(LookNotAsked, ARMORER.issues_in_line(RUBBER, PERFORMER, empty(0)))
            .after(looks_each_time())
            .after(line_begun())
            .after(rubber_matched()),
        row(LookNotAsked, WITNESS.confirms_in_line(GUN_1, PERFORMER, empty(6)))
            .after(line_begun())
            .after(out())
            .and(issues(PERFORMER))
            .after(looks_each_time()),
        row(LookNotAsked, issues(PERFORMER))
            .and(adopts(&UNIONS, &[Choice::PerformerLooksEachTime]))
            .after(line_begun())
            .after(out()),
    ]
}

pub(super) fn muzzle_rows() -> Vec<Row> {
    use Code::*;
    let ontario = || adopted(&[Pack::Ontario]);
    let at_people = Plan { toward: Toward::People, ..EMPTY };
    let take = FIRST_AD.says(Intent::BeginTake { shot: Some(SHOT) });
    let points = PERFORMER.asks_to_point_toward_people(GUN_1);
    vec![
        row(MuzzleNever, plans(EMPTY)).after(ontario()).after(begun()),
        row(MuzzleNever, plans(at_people)).after(ontario()).after(begun()),
        // With a pack that lets it be approved the stricter holds.
        row(MuzzleNever, plans(EMPTY)).after(adopted(&[Pack::Ontario, Pack::IndustryWide])).after(begun()),
        row(MuzzleNever, ARMORER.says(Intent::ApproveMuzzle { gun: GUN_1, shot: SHOT }))
            .after(planned(EMPTY))
            .after(ontario()),
        // What was planned and approved before.
        row(MuzzleNever, ready()).after(lined(EMPTY)).after(shown()).after(ontario()),
        row(MuzzleNever, take).after(called()).after(ontario()).answered(&[MuzzleNever, ShotNotReady]),
        row(MuzzleNever, points).after(called()).after(ontario()).answered(&[MuzzleNever, ShotNotReady]),
        row(MuzzleNever, points).after(ontario()).after(out()).answered(&[LineNotApproved, MuzzleNever]),
    ]
}

pub(super) fn pack_rows() -> Vec<Row> {
    use Code::*;
    let (may, each_time) = (Choice::PerformerMayLook, Choice::PerformerLooksEachTime);
    let california_alone = Packs::NONE.with(Pack::California);
    vec![
        row(PackChoiceNotOpen, adopts(&[], &[may])),
        row(PackChoiceNotOpen, adopts(&[Pack::Australia], &[each_time])),
        row(PackChosenTwice, adopts(&UNIONS, &[may, each_time])),
        row(PackLawsLeftOut, ARMORER.adopts(california_alone, Choices::NONE)),
        row(PackLawsLeftOut, ARMORER.adopts(Packs::NONE, Choices::NONE)),
        row(PackLooserInScene, adopts(&[], &[])).after(adopted(&[Pack::Ontario])),
        row(PackLooserInScene, adopts(&[Pack::California], &[])).after(adopted(&[Pack::Ontario])),
        row(PackLooserInScene, adopts(&UNIONS, &[may])).and(adopts(&UNIONS, &[each_time])),
        // The other side was adopted alone, and is chosen against now.
        row(PackLooserInScene, adopts(&UNIONS, &[may])).after(adopted(&[Pack::ActorsEquity])),
        row(PackLooserInScene, adopts(&[], &[]))
            .after(adopted(&[Pack::Ontario]))
            .after(stopped())
            .answered(&[PackLooserInScene, StopHeld]),
        row(PackNotChosen, adopts(&UNIONS, &[])),
    ]
}

#[test]
fn inside_the_armorers_test_it_is_too_close_by_that_alone() {
    let stage = Stage::new().after(&adopted(&[Pack::Trade])).after(&blanks_shown());
    let clears = |centimetres| stage.verdict(&ARMORER.finds_the_line_clear(GUN_1, centimetres));
    assert_eq!(codes(&clears(STAND_OFF_CENTIMETRES - 1)), [Code::LineTooClose]);
    let refused = clears(TRADE_CENTIMETRES - 1);
    assert_eq!(refused.reasons[0].pack, Some(Pack::Trade), "it says whose distance it is");
    assert!(clears(TRADE_CENTIMETRES).accepted);
}

#[test]
fn at_the_adopted_distance_blanks_are_planned_measured_and_ready() {
    let far = Plan { stand_off_millimetres: 6_100, ..BLANKS };
    let stage = Stage::new().after(&adopted(&[Pack::Trade])).after(&begun()).after(&[
        plans(far).into(),
        places(CAMERA, 6_100).into(),
        FIRST_AD.says(Intent::TellPerson { person: CAMERA.0, shot: SHOT }).into(),
        measures(6_100).into(),
        wears().into(),
    ]);
    assert!(stage.after(&blanks_shown()).verdict(&ready()).accepted);
}

/// The distance is that of blanks: an empty gun is planned as close as its plan says.
#[test]
fn without_blanks_no_pack_asks_for_a_distance() {
    let stage = Stage::new().after(&adopted(&[Pack::Trade])).after(&lined(EMPTY)).after(&shown());
    assert!(stage.verdict(&ready()).accepted);
    let dummies = Plan { holds: Holds::Dummy, load: None, ..BLANKS };
    assert!(stage.verdict(&plans(dummies)).accepted);
}

#[test]
fn the_board_shows_the_stand_off_that_holds() {
    let stand_off = |stage: &Stage| {
        let card = board(&stage.rules, &stage.state, stage.now)[0];
        let Status::Blank { stand_off_centimetres, .. } = card.status else { panic!("{card:?}") };
        stand_off_centimetres
    };
    let stage = Stage::new().after(&blanks_shown());
    assert_eq!(stand_off(&stage), Some(STAND_OFF_CENTIMETRES));
    assert_eq!(stand_off(&stage.after(&adopted(&[Pack::Trade]))), Some(TRADE_CENTIMETRES));
}

/// What was found clear, and called ready, was found so by other limits.
#[test]
fn after_an_adoption_no_line_is_clear_and_no_shot_is_ready() {
    let clear = Stage::new().after(&line_clear());
    assert!(clear.state.guns[&GUN_1].line_clear.is_some());
    assert!(clear.after(&adopted(&[Pack::California])).state.guns[&GUN_1].line_clear.is_none());
    let called = Stage::new().after(&called()).after(&adopted(&[Pack::California]));
    assert!(called.state.shots.values().all(|shot| shot.ready.is_none()));
    let matched = Stage::new().after(&rubber_matched()).after(&adopted(&[Pack::California]));
    assert!(matched.state.guns[&RUBBER].identity.is_some(), "a copy is still the copy that was matched");
}

#[test]
fn a_copy_is_pointed_where_no_gun_that_can_fire_is() {
    let stage = Stage::new().after(&adopted(&[Pack::Ontario])).after(&begun()).after(&rubber_matched());
    let at_people = Plan { toward: Toward::People, ..EMPTY };
    assert!(stage.verdict(&FIRST_AD.says(at_people.of(RUBBER))).accepted);
    let stage = stage.after(&[FIRST_AD.says(at_people.of(RUBBER)).into()]);
    assert!(stage.verdict(&ARMORER.says(Intent::ApproveMuzzle { gun: RUBBER, shot: SHOT })).accepted);
    assert!(stage.verdict(&PERFORMER.asks_to_point_toward_people(RUBBER)).accepted);
    assert!(stage.verdict(&plans(Plan { toward: Toward::Nobody, ..EMPTY })).accepted);
    let stage = stage.after(&[plans(Plan { toward: Toward::Nobody, ..EMPTY }).into()]);
    let approves = ARMORER.says(Intent::ApproveMuzzle { gun: GUN_1, shot: SHOT });
    assert!(stage.verdict(&approves).accepted, "what points toward nobody may be approved");
}

/// In a line nobody answers for himself; by an offer he looks or declines, and a line of extras is as it was.
#[test]
fn where_a_performer_is_asked_each_time_he_gets_it_by_an_offer() {
    let asked = adopted(&[Pack::Australia]);
    let by_offer = Stage::new().after(&asked).after(&offered());
    assert!(by_offer.verdict(&PERFORMER.looks_and_takes(GUN_1)).accepted);
    let declined = by_offer.verdict(&PERFORMER.declines_to_look_and_takes(GUN_1));
    assert_eq!(codes(&declined), [Code::HandoverNoLastLook], "he may decline, and the witness looks");
    let line = Stage::new().after(&asked).after(&line_begun()).after(&out());
    assert!(line.verdict(&ARMORER.issues_in_line(GUN_1, EXTRA, empty(6))).accepted);
    let may_look = Stage::new().after(&[adopts(&UNIONS, &[Choice::PerformerMayLook]).into()]);
    let line = may_look.after(&line_begun()).after(&out());
    assert!(line.verdict(&ARMORER.issues_in_line(GUN_1, PERFORMER, empty(6))).accepted);
}

#[test]
fn a_pack_is_left_out_when_the_scene_is_closed_and_added_at_any_time() {
    let stage = Stage::new().after(&adopted(&[Pack::Ontario]));
    assert!(stage.verdict(&adopts(&[Pack::Ontario, Pack::Trade], &[])).accepted);
    let closed = stage.clone().after(&scene_closed()).after(&adopted(&[]));
    assert_eq!(closed.state.packs(), Packs::LAWS);
    assert!(closed.verdict(&adopts(&[Pack::Manitoba], &[])).accepted);
    let held = stage.after(&stopped());
    assert!(held.verdict(&adopts(&[Pack::Ontario, Pack::Trade], &[])).accepted, "while everything is held as well");
}

#[test]
fn the_register_is_kept_and_so_are_the_packs() {
    let packs = |who: Who| Stage::new().verdict(&who.adopts(with(&[Pack::California]), Choices::NONE));
    for who in [ARMORER, PRODUCER] {
        let verdict = packs(who);
        assert!(verdict.accepted, "{who:?}");
        let stage = Stage::new().after(&[who.adopts(with(&[Pack::California]), Choices::NONE).into()]);
        let adopted = stage.state.adopted.unwrap();
        assert_eq!((adopted.by, adopted.at, adopted.packs), (who.0, stage.now, with(&[Pack::California])));
    }
    for who in [HANDLER, FIRST_AD, SAFETY_OFFICER] {
        assert_eq!(codes(&packs(who)), [Code::RegisterNotAllowed], "{who:?}");
    }
}

#[test]
fn where_nothing_is_adopted_the_laws_hold_and_nothing_is_chosen() {
    let state = Stage::new().state;
    assert_eq!((state.adopted, state.packs()), (None, Packs::LAWS));
    assert_eq!(state.chosen(Opposed::PerformerChecks), None);
}
