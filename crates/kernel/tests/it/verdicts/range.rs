//! The rows of a range production.

use kernel::{Action, Code, Day, Intent, Light, LotKind, Occasion, Rod, Role, RoundKind, StopCause, Tally};

use super::{Row, row};
use crate::range::{
    LIVE, LOCKER, MEDIC, RACK, RIFLE, UNVERIFIED, declared, empty_production, live, looked_through, range,
    receives_live_into, shown_live, trains, with_the_shooter,
};
use crate::stage::{
    AMMUNITION_CASE, ANOTHER, ARMORER, CAMERA, EXTRA, FIRST_AD, GUN_1, GUN_4, HANDLER, MUSKET, PERFORMER, PISTOL,
    PRODUCER, SAFETY_OFFICER, SCENE, STAND_IN, Said, Stage, Step, VAULT, VENDOR, WITNESS, codes, stop_in,
};

fn loads() -> Said {
    ARMORER.loads(GUN_1, LIVE, &[1])
}

fn offers(to: crate::stage::Who) -> Said {
    ARMORER.offers(GUN_1, to)
}

fn medic_leaves() -> Said {
    CAMERA.reports_left(MEDIC)
}

/// A gun comes onto the register of whatever production.
fn a_gun_comes() -> Said {
    ARMORER.registers_a_gun(GUN_1, Action::SingleAction, 6)
}

fn authority(person: crate::stage::Who, given: bool) -> Said {
    PRODUCER.says(Intent::EnterAuthority { person: person.0, given })
}

/// Nobody who leads the work with guns is there any more.
fn handler_supervises_nobody() -> Said {
    PRODUCER.gives_roles(ARMORER, 1, &[Role::Handler])
}

/// By code; those of one code as they are written.
pub(super) fn range_rows() -> Vec<Row> {
    let parts = [declaring_rows(), loading_rows(), scene_rows(), attending_rows(), before_it_rows(), there_rows()];
    let mut rows = parts.concat();
    rows.sort_by_key(|row| row.of);
    rows
}

fn declaring_rows() -> Vec<Row> {
    use Code::{RangeAlready, RangeConfirmer, RangeNotDeclared};
    let answers_to = Some(ARMORER.0);
    let roles = [Role::SafetyOfficer].into_iter().collect();
    let subordinate = Intent::AssignRoles { person: SAFETY_OFFICER.0, day: Day(1), roles, answers_to };
    vec![
        row(RangeAlready, ARMORER.declares_a_range()).on(range),
        row(RangeAlready, SAFETY_OFFICER.confirms_the_range()).on(range),
        row(RangeConfirmer, FIRST_AD.confirms_the_range()).on(declared),
        row(RangeConfirmer, ARMORER.confirms_the_range()).on(declared),
        row(RangeConfirmer, PRODUCER.confirms_the_range()).on(declared).and(ARMORER.gives_roles(
            PRODUCER,
            1,
            &[Role::Producer, Role::Handler],
        )),
        // Not even where he is entered for both.
        row(RangeConfirmer, ARMORER.confirms_the_range()).on(declared).and(PRODUCER.gives_roles(
            ARMORER,
            1,
            &[Role::SafetyOfficer],
        )),
        row(RangeConfirmer, SAFETY_OFFICER.confirms_the_range()).on(declared).and(PRODUCER.says(subordinate)),
        row(RangeNotDeclared, SAFETY_OFFICER.confirms_the_range()).on(empty_production),
        row(RangeNotDeclared, SAFETY_OFFICER.says(Intent::ConfirmRange { declaration: ANOTHER })).on(declared),
    ]
}

fn loading_rows() -> Vec<Row> {
    use Code::{RangeGun, RangeInert, RangeOnlyLive};
    let out = |gun| vec![ARMORER.takes_out(gun).into()];
    let receives = |kind| row(RangeOnlyLive, ARMORER.receives(70, kind, 6)).on(range);
    vec![
        row(RangeGun, ARMORER.loads(GUN_4, LIVE, &[1])).on(range).after(looked_through(GUN_4)),
        row(RangeGun, ARMORER.loads(MUSKET, LIVE, &[1]))
            .on(range)
            .after(out(MUSKET))
            .and(ARMORER.runs_the_rod(MUSKET, Rod::AtMark)),
        row(RangeInert, receives_live_into(70, LOCKER, true)).on(range),
        row(
            RangeInert,
            ARMORER.says(Intent::RegisterLot { lot: 70, kind: LotKind::Live, inert_at_head: true, rounds: 6 }),
        )
        .on(range),
        receives(LotKind::Dummy),
        receives(LotKind::Blank),
        receives(LotKind::Dress),
        receives(LotKind::SnapCap),
        receives(LotKind::Spent),
        row(RangeOnlyLive, ARMORER.registers_a_lot(70, LotKind::Dummy)).on(range),
    ]
}

fn scene_rows() -> Vec<Row> {
    use Code::{RangeNoScene, RegisterUnknown};
    let unknown = [RangeNoScene, RegisterUnknown];
    let on = |said| row(RangeNoScene, said).on(range);
    vec![
        on(FIRST_AD.says(Intent::PlanScene { scene: SCENE, day: None, blanks: true })),
        on(FIRST_AD.says(Intent::OpenScene { scene: SCENE, place: RACK })).answered(&unknown),
        on(FIRST_AD.holds_a_meeting(SCENE, RACK)).answered(&unknown),
        on(FIRST_AD.says(Intent::PlanShot { scene: SCENE })).answered(&unknown),
        on(FIRST_AD.says(Intent::CallShotReady { shot: ANOTHER })).answered(&unknown),
        on(FIRST_AD.says(Intent::BeginTake { shot: None })),
        on(FIRST_AD.says(Intent::BeginTake { shot: Some(ANOTHER) })).answered(&unknown),
        on(ARMORER.calls_to_set(GUN_1)).and(ARMORER.takes_out(GUN_1)),
        on(ARMORER.begins_a_line(WITNESS)),
        on(ARMORER.declares_a_transfer(GUN_1, PERFORMER)),
    ]
}

fn attending_rows() -> Vec<Row> {
    use Code::{RangeNoMedic, RangeNoSupervisor};
    let handler_has = || {
        vec![
            HANDLER.takes_out(GUN_1).into(),
            HANDLER.looks_through_the_bore(GUN_1, Light::Seen).into(),
            handler_supervises_nobody().into(),
        ]
    };
    vec![
        row(RangeNoMedic, loads()).on(range).after(looked_through(GUN_1)).and(medic_leaves()),
        row(RangeNoMedic, ARMORER.loads_the_feed(PISTOL, LIVE, 2))
            .on(range)
            .after(looked_through(PISTOL))
            .and(medic_leaves()),
        row(RangeNoMedic, loads()).on(range).after(looked_through(GUN_1)).and(PRODUCER.rosters(
            MEDIC,
            Role::Props,
            100,
            130,
        )),
        row(RangeNoMedic, offers(PERFORMER)).on(range).after(shown_live(GUN_1, 2)).and(medic_leaves()),
        row(RangeNoMedic, PERFORMER.looks_and_takes(GUN_1))
            .on(range)
            .after(shown_live(GUN_1, 2))
            .and(offers(PERFORMER))
            .and(medic_leaves()),
        row(RangeNoMedic, offers(HANDLER)).on(range).after(shown_live(GUN_1, 2)).and(medic_leaves()),
        // He does not shoot meanwhile.
        row(RangeNoMedic, offers(PERFORMER))
            .on(range)
            .after(shown_live(GUN_1, 2))
            .and(PRODUCER.rosters(PERFORMER, Role::Medic, 100, 130))
            .and(medic_leaves()),
        row(RangeNoMedic, CAMERA.reports_fired(GUN_1, 1, 0))
            .on(range)
            .after(with_the_shooter(GUN_1, 2))
            .and(medic_leaves())
            .recorded()
            .voids(kernel::Doubt::Fired),
        row(RangeNoSupervisor, HANDLER.loads(GUN_1, LIVE, &[1])).on(range).after(handler_has()),
        row(RangeNoSupervisor, CAMERA.reports_fired(GUN_1, 1, 0))
            .on(range)
            .after(with_the_shooter(GUN_1, 2))
            .and(handler_supervises_nobody())
            .recorded()
            .voids(kernel::Doubt::Fired),
    ]
}

fn before_it_rows() -> Vec<Row> {
    use Code::{RangeNotEmpty, RangeNotLeader};
    let declares = || row(RangeNotEmpty, ARMORER.declares_a_range()).on(empty_production);
    let plans = FIRST_AD.says(Intent::PlanScene { scene: SCENE, day: None, blanks: false });
    vec![
        row(RangeNotEmpty, ARMORER.declares_a_range()).and(authority(ARMORER, true)),
        declares().and(a_gun_comes()),
        declares().and(ARMORER.registers_a_lot(70, LotKind::Dummy)),
        declares().and(plans),
        row(RangeNotEmpty, SAFETY_OFFICER.confirms_the_range()).on(declared).and(a_gun_comes()),
        row(RangeNotLeader, PRODUCER.declares_a_range()).on(empty_production),
        row(RangeNotLeader, HANDLER.declares_a_range()).on(empty_production),
        row(RangeNotLeader, ARMORER.declares_a_range()).on(empty_production).and(authority(ARMORER, false)),
        // The authority is of whoever leads the work today.
        row(RangeNotLeader, ARMORER.declares_a_range()).on(empty_production).and(handler_supervises_nobody()),
    ]
}

fn there_rows() -> Vec<Row> {
    use Code::{RangeNotThere, RangeNotTrained};
    let gun_elsewhere = || {
        [ARMORER.takes_out(GUN_1), ARMORER.puts_away(GUN_1, VAULT), ARMORER.takes_out(GUN_1)].map(Step::from).to_vec()
    };
    let box_elsewhere = || [ARMORER.puts_the_box_away(LIVE), ARMORER.takes_the_box_out(LIVE)].map(Step::from).to_vec();
    vec![
        row(RangeNotThere, loads())
            .on(range)
            .after(gun_elsewhere())
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen)),
        row(RangeNotThere, loads()).on(range).after(box_elsewhere()).after(looked_through(GUN_1)),
        row(RangeNotThere, ARMORER.loads_the_feed(RIFLE, LIVE, 2))
            .on(range)
            .after(box_elsewhere())
            .after(looked_through(RIFLE)),
        // Empty, and away from the range.
        row(RangeNotThere, offers(PERFORMER))
            .on(range)
            .after(gun_elsewhere())
            .after(super::before::checked(WITNESS, crate::stage::empty(6))),
        row(RangeNotTrained, offers(EXTRA)).on(range).after(shown_live(GUN_1, 2)),
        row(RangeNotTrained, offers(PERFORMER)).on(range).after(shown_live(GUN_1, 2)).and(trains(
            PERFORMER,
            Action::SingleAction,
            false,
        )),
        row(RangeNotTrained, PERFORMER.looks_and_takes(GUN_1))
            .on(range)
            .after(shown_live(GUN_1, 2))
            .and(offers(PERFORMER))
            .and(trains(PERFORMER, Action::SingleAction, false)),
        row(RangeNotTrained, offers(HANDLER)).on(range).after(shown_live(GUN_1, 2)).and(trains(
            HANDLER,
            Action::SingleAction,
            false,
        )),
    ]
}

// The way it is done right.

#[test]
fn an_empty_production_becomes_a_range_by_two_and_only_when_the_second_has_confirmed() {
    let stage = declared();
    assert!(!stage.state.is_range(), "nobody has confirmed it");
    let received = stage.verdict(&receives_live_into(70, AMMUNITION_CASE, false));
    assert_eq!(stop_in(&received.events), Some(StopCause::LiveRound));
    for who in [SAFETY_OFFICER, PRODUCER] {
        let stage = declared().after(&[who.confirms_the_range().into()]);
        assert!(stage.state.is_range());
        let live = stage.verdict(&receives_live_into(70, AMMUNITION_CASE, false));
        assert!(live.accepted && stop_in(&live.events).is_none(), "{:?}", live.reasons);
    }
}

/// Of two declarations the later one stands, and only that one is confirmed.
#[test]
fn a_declaration_is_made_anew_until_it_is_confirmed() {
    let first = declared().state.range.unwrap().declaration;
    let stage = declared().after(&[ARMORER.declares_a_range().into()]);
    assert_ne!(stage.state.range.unwrap().declaration, first);
    let stale = SAFETY_OFFICER.says(Intent::ConfirmRange { declaration: first });
    assert_eq!(codes(&stage, &stale), [Code::RangeNotDeclared]);
    assert!(stage.verdict(&SAFETY_OFFICER.confirms_the_range()).accepted);
}

/// Where it was declared and nobody confirmed it, a set goes on as it was, and then stays one.
#[test]
fn what_was_declared_and_not_confirmed_changes_nothing() {
    let plans = FIRST_AD.says(Intent::PlanScene { scene: SCENE, day: None, blanks: false });
    let stage = declared().after(&[ARMORER.receives(70, LotKind::Dummy, 6).into(), plans.into()]);
    assert_eq!(codes(&stage, &SAFETY_OFFICER.confirms_the_range()), [Code::RangeNotEmpty]);
}

#[test]
fn revolver_magazine_and_bolt_go_the_whole_way_with_live_rounds() {
    for gun in [GUN_1, PISTOL, RIFLE] {
        let stage = range()
            .after(&with_the_shooter(gun, 2))
            .after(&[ARMORER.reports_fired(gun, 1, 0).into(), ARMORER.takes_back(gun).into()]);
        assert!(stage.state.stops.is_empty(), "a shot of the range stops nothing");
        let out = if gun == GUN_1 {
            ARMORER.empties(gun, &[1], &[], &[2])
        } else {
            ARMORER.empties_the_feed(gun, [1, 0], &[], 1)
        };
        let stage = stage.after(&[out.into(), ARMORER.looks_through_the_bore(gun, Light::Seen).into()]);
        let lot = stage.state.lots[&LIVE];
        assert_eq!((lot.rounds, lot.spent), (39, 1));
        let left = Tally { live: 39, spent: 1, ..Tally::default() };
        let stage = stage.after(&[ARMORER.puts_away(gun, RACK).into()]).after(&crate::range::counted_and_sealed(left));
        let wrapped = stage.after(&[FIRST_AD.wraps().into()]);
        assert!(wrapped.state.wrapped.is_some());
    }
}

/// What an ordinary day's end asks for it asks for here: each of it alone keeps the day open.
#[test]
fn the_day_stays_open_over_a_live_round_a_bore_and_a_box() {
    let wrap = |steps: &[Step]| codes(&range().after(steps), &FIRST_AD.wraps());
    let left = Tally { live: 40, ..Tally::default() };
    assert_eq!(wrap(&crate::range::counted_and_sealed(left)), []);
    assert_eq!(wrap(&[]), [Code::LotLeftOut]);
    let loaded = [looked_through(GUN_1), vec![loads().into(), ARMORER.puts_away(GUN_1, RACK).into()]].concat();
    let left = Tally { live: 39, ..Tally::default() };
    let sealed = crate::range::counted_and_sealed(left);
    assert_eq!(wrap(&[loaded.clone(), sealed].concat()), [Code::GunLeftLoaded]);
    let away = vec![ARMORER.says(Intent::PutAwayLot { lot: LIVE, place: LOCKER }).into()];
    assert_eq!(wrap(&[loaded, away].concat()), [Code::CountDue, Code::GunLeftLoaded]);
    let fired = [
        with_the_shooter(GUN_1, 1),
        vec![
            ARMORER.reports_fired(GUN_1, 1, 0).into(),
            ARMORER.takes_back(GUN_1).into(),
            ARMORER.empties(GUN_1, &[1], &[], &[]).into(),
            ARMORER.puts_away(GUN_1, RACK).into(),
        ],
        crate::range::counted_and_sealed(Tally { live: 39, spent: 1, ..Tally::default() }),
    ];
    assert_eq!(wrap(&fired.concat()), [Code::BoreDue]);
}

#[test]
fn a_live_round_somewhere_else_stops_everything_on_a_range_too() {
    let stops = |stage: &Stage, said: &Said| stop_in(&stage.verdict(said).events);
    let checked = range().after(&[
        ARMORER.takes_out(GUN_1).into(),
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        loads().into(),
        ARMORER.begins_a_check(GUN_1, WITNESS).into(),
    ]);
    assert_eq!(stops(&checked, &WITNESS.sees(GUN_1, live(GUN_1, 1))), None, "as it was loaded");
    assert_eq!(stops(&checked, &WITNESS.sees(GUN_1, live(GUN_1, 2))), Some(StopCause::LiveRound), "one more");
    let found = CAMERA.finds(RoundKind::Live);
    assert_eq!(stops(&range(), &found), Some(StopCause::LiveRound));
    let in_a_pocket = WITNESS.says(Intent::ReportRoundFoundIn { place: RACK, round: RoundKind::Live });
    assert_eq!(stops(&range(), &in_a_pocket), Some(StopCause::LiveRound));
}

/// A shot of the handler's, one off the range, and one more than was loaded are not planned there either.
#[test]
fn only_the_shooters_shot_on_the_range_is_planned() {
    let stops = |stage: &Stage, shots| stop_in(&stage.verdict(&CAMERA.reports_fired(GUN_1, shots, 0)).events);
    let with_shooter = range().after(&with_the_shooter(GUN_1, 2));
    assert_eq!([2, 3].map(|shots| stops(&with_shooter, shots)), [None, Some(StopCause::Discharge)]);
    let with_handler = range().after(&shown_live(GUN_1, 2));
    assert_eq!(stops(&with_handler, 1), Some(StopCause::Discharge));
    let mut off_the_range = with_shooter;
    off_the_range.state.guns.get_mut(&GUN_1).unwrap().at_range = false;
    assert_eq!(stops(&off_the_range, 1), Some(StopCause::Discharge));
}

/// Neither a copy nor what came home empty from an untrained hand asks for a medic.
#[test]
fn an_empty_gun_and_a_copy_need_no_medic() {
    let empty_shown = [vec![ARMORER.takes_out(GUN_1).into()], super::before::checked(WITNESS, crate::stage::empty(6))];
    let stage = range().after(&empty_shown.concat()).after(&[medic_leaves().into()]);
    assert_eq!(codes(&stage, &offers(PERFORMER)), []);
    assert_eq!(codes(&stage, &offers(EXTRA)), [Code::RangeNotTrained]);
    // A handler takes an empty gun as it is.
    let untrained = stage.after(&[trains(HANDLER, Action::SingleAction, false).into()]);
    assert_eq!(codes(&untrained, &offers(HANDLER)), []);
}

#[test]
fn no_minor_gets_a_gun_on_a_range() {
    let minor = PRODUCER.gives_roles(PERFORMER, 1, &[Role::Performer, Role::Minor]);
    let stage = range().after(&shown_live(GUN_1, 2)).after(&[minor.into()]);
    assert_eq!(codes(&stage, &offers(PERFORMER)), [Code::MinorNoGun]);
}

/// Live lots are verified and counted like others before anything of them is used.
#[test]
fn a_live_lot_is_verified_by_two_before_it_loads() {
    let out = ARMORER.takes_the_box_out(UNVERIFIED);
    let stage = range().after(&looked_through(GUN_1)).after(&[out.into()]);
    let loads = ARMORER.loads(GUN_1, UNVERIFIED, &[1]);
    assert_eq!(codes(&stage, &loads), [Code::LotNotVerified]);
    let counted = Tally { live: 40, ..Tally::default() };
    let stage = stage.after(&[
        ARMORER.begins_a_count(UNVERIFIED, Occasion::Receipt, WITNESS).into(),
        ARMORER.counts(UNVERIFIED, counted).into(),
        WITNESS.counts_and_seals(UNVERIFIED, counted, Some(3)).into(),
    ]);
    assert!(stage.state.stops.is_empty());
    assert_eq!(codes(&stage, &loads), []);
}

/// No reload out of a pocket is there where live rounds are.
#[test]
fn a_reload_that_is_reported_stops() {
    let stage = range()
        .after(&with_the_shooter(GUN_1, 1))
        .after(&[ARMORER.draws(LIVE, 2).into(), ARMORER.stows(LIVE, LOCKER, 2).into()]);
    let reloaded = STAND_IN.reports_reloaded(GUN_1, LIVE, LOCKER, &[2]);
    let verdict = stage.verdict(&reloaded);
    assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound));
}

/// What comes from a range comes like from another house: UNKNOWN; and the rounds do not come at all.
#[test]
fn what_comes_from_a_range_to_a_set_is_unknown_and_its_rounds_are_refused() {
    let stage = Stage::new().after(&[
        ARMORER
            .says(Intent::RegisterGun {
                gun: 71,
                kind: kernel::GunKind::LiveCapable,
                action: Action::Bolt,
                chambers: 1,
                place: VAULT,
            })
            .into(),
        ARMORER.receives_from(VENDOR, 71, VAULT).into(),
        ARMORER.takes_out(71).into(),
    ]);
    assert!(matches!(stage.status(71), kernel::Status::Unknown { .. }));
    let verdict = stage.verdict(&receives_live_into(72, AMMUNITION_CASE, false));
    assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound));
    assert!(Code::LoadLive.remedy().contains("range production"));
}
