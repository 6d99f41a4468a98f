//! What the board says of a gun and which acts it opens, case by case: each line is one that somebody reads before he takes
//! a gun in his hand.

use kernel::{
    ActKind, BarrelReading, BarrelReadings, Content, Doubt, Event, Method, Reading, Rod, Seen, Showing, ShowingState,
    Status, StopCause, options,
};

use crate::stage::{
    ARMORER, BLANKS, CART, GUN_1, LIMITS, MUSKET, PERFORMER, PISTOL, PRODUCER, RUBBER, SAFETY_OFFICER,
    STAND_OFF_CENTIMETRES, Stage, Step, Tick, VAULT, WITNESS, Who, empty, on, rods, seen,
};
use crate::verdicts::before::{
    being_checked, blanks_shown, checked, line_clear, loaded, looked_through, misfired, musket_charged, musket_checked,
    musket_out, musket_primed, musket_rodded, offered, one_round, out, pistol_checked, pistol_loaded,
    pistol_looked_through, pistol_offered, pistol_out, rubber_matched, shown, stopped,
};

#[test]
fn a_gun_in_a_place_that_locks_is_locked_and_in_any_other_unknown() {
    let stage = Stage::new();
    let locked = Status::Locked { place: VAULT, since: Tick(90) };
    assert_eq!(stage.status(GUN_1), locked);
    let at = Tick(100);
    let on_a_cart = Step::Happens(Event::GunPutAway { gun: GUN_1, place: CART, at });
    assert_eq!(stage.after(&[on_a_cart]).status(GUN_1), Status::Unknown { why: Doubt::NewDay, since: at });
}

#[test]
fn what_was_never_shown_is_unknown() {
    assert!(matches!(on(out()).status(GUN_1), Status::Unknown { .. }));
}

#[test]
fn a_match_of_label_and_thing_holds_for_its_time_and_no_longer() {
    let stage = on(rubber_matched());
    let (matched, again_by) = (stage.gun(RUBBER).identity, Some(Tick(100 + LIMITS.identity_life as u16)));
    assert!(matched.is_some());
    let kind = stage.gun(RUBBER).kind;
    assert_eq!(stage.status(RUBBER), Status::Copy { kind, matched, again_by });
    let last = stage.after(&[Step::Later(LIMITS.identity_life as u16 - 1)]);
    assert_eq!(last.status(RUBBER), Status::Copy { kind, matched, again_by });
    let over = last.after(&[Step::Later(1)]);
    assert_eq!(over.status(RUBBER), Status::Copy { kind, matched: None, again_by: None });
}

#[test]
fn of_a_check_the_board_says_who_looks_and_whether_again() {
    let (checker, witness, since) = (ARMORER.0, WITNESS.0, Tick(100));
    let stage = on(being_checked());
    assert_eq!(stage.status(GUN_1), Status::BeingChecked { checker, witness, since, again: false });
    let one = stage.clone().after(&[WITNESS.answers(GUN_1, empty(6)).into()]);
    assert_eq!(one.status(GUN_1), Status::BeingChecked { checker, witness, since, again: false });
    let differ = one.after(&[ARMORER.answers(GUN_1, one_round(Content::Dummy)).into()]);
    assert_eq!(differ.status(GUN_1), Status::Unknown { why: Doubt::AnswersDiffer, since });
    for first in [ARMORER, WITNESS] {
        let again = differ.clone().after(&[first.answers(GUN_1, empty(6)).into()]);
        assert_eq!(again.status(GUN_1), Status::BeingChecked { checker, witness, since, again: true }, "{first:?}");
    }
}

#[test]
fn a_gun_between_two_people_is_in_handover() {
    let (from, to, since) = (ARMORER.0, PERFORMER.0, Tick(100));
    assert_eq!(on(offered()).status(GUN_1), Status::InHandover { from, to, since });
}

#[test]
fn a_showing_is_said_with_who_and_until_when_and_lapses() {
    let stage = on(shown());
    let Status::Empty(said) = stage.status(GUN_1) else { panic!("{:?}", stage.status(GUN_1)) };
    let again_by = Tick(100 + LIMITS.showing_life as u16);
    assert_eq!((said.checker, said.witness, said.at, said.again_by), (ARMORER.0, WITNESS.0, Tick(100), again_by));
    assert_eq!(said.last_look, None);
    let last = stage.after(&[Step::Later(LIMITS.showing_life as u16 - 1)]);
    assert!(matches!(last.status(GUN_1), Status::Empty(_)));
    let lapsed = last.after(&[Step::Later(1)]);
    assert_eq!(lapsed.status(GUN_1), Status::Unknown { why: Doubt::TimeLapsed, since: again_by });
}

#[test]
fn dummies_are_counted_and_blanks_have_their_lot_and_line() {
    let dummy = on([loaded(), checked(WITNESS, one_round(Content::Dummy))].concat());
    assert!(matches!(dummy.status(GUN_1), Status::Dummy { count: 1, of: 6, in_feed: None, .. }));
    let in_magazine = on([pistol_loaded(3), pistol_checked(seen(true, 2, Content::Dummy))].concat());
    assert!(matches!(in_magazine.status(PISTOL), Status::Dummy { count: 1, of: 1, in_feed: Some(2), .. }));
    let blank = |line| {
        let stage = if line { on(line_clear()) } else { on(blanks_shown()) };
        let Status::Blank { count, of, in_feed, primed, lot, stand_off_centimetres, line_clear, .. } =
            stage.status(GUN_1)
        else {
            panic!("{:?}", stage.status(GUN_1))
        };
        assert_eq!((count, of, in_feed, primed), (3, 6, None, None));
        assert_eq!((lot, stand_off_centimetres), (Some(BLANKS), Some(STAND_OFF_CENTIMETRES)));
        line_clear
    };
    assert!(blank(true) && !blank(false));
}

#[test]
fn a_charge_is_a_blank_whether_or_not_its_cap_is_on() {
    for (steps, primed) in [(musket_charged(), &[][..]), (musket_primed(), &[1][..])] {
        let stage = on([steps, musket_checked(rods(1, &[1], primed))].concat());
        let caps = Some(primed.len() as u32);
        let status = stage.status(MUSKET);
        assert!(matches!(status, Status::Blank { count: 1, primed, .. } if primed == caps), "{status:?}");
    }
}

/// A showing that says something else than is here: no check ends like this, and an old record may hold anything.
pub fn shown_as(gun: u8, seen: Seen) -> Stage {
    let Seen { readings, feed, barrels } = seen;
    let (checker, witness, at) = (ARMORER.0, WITNESS.0, Tick(100));
    let showing = Showing { check: 1, readings, feed, barrels, checker, witness, at, bore: None, last_look: None };
    let mut stage = on(vec![ARMORER.takes_out(gun).into()]);
    stage.state.guns.get_mut(&gun).unwrap().showing = ShowingState::Shown(showing);
    stage
}

#[test]
fn what_does_not_fit_together_is_never_given_a_name() {
    let doubted = Status::Unknown { why: Doubt::Doubted, since: Tick(100) };
    let cap_alone =
        Seen::in_barrels(BarrelReadings::default().with(1, BarrelReading { rod: Rod::AtMark, primed: true }));
    assert_eq!(shown_as(MUSKET, cap_alone).status(MUSKET), doubted, "a cap on a barrel without a charge");
    let blank = Reading { content: Content::Blank, method: Method::RemovedSeenShaken };
    let mixed = Seen::in_chambers(one_round(Content::Dummy).with(2, blank));
    assert_eq!(shown_as(GUN_1, mixed).status(GUN_1), doubted, "a dummy and a blank");
    assert_eq!(shown_as(PISTOL, Seen::in_chambers(empty(1))).status(PISTOL), doubted, "its feed was not read");
    assert_eq!(shown_as(GUN_1, seen(false, 0, Content::Empty)).status(GUN_1), doubted, "it has no feed");
    assert_eq!(shown_as(MUSKET, Seen::in_chambers(empty(1))).status(MUSKET), doubted, "no rod was run");
    assert_eq!(shown_as(GUN_1, rods(6, &[], &[])).status(GUN_1), doubted, "it is no muzzle-loader");
    assert!(matches!(shown_as(GUN_1, Seen::in_chambers(empty(6))).status(GUN_1), Status::Empty(_)));
}

#[test]
fn a_stop_stands_on_every_card_with_its_cause_and_inquirer() {
    let held = |inquirer| Status::Held { cause: StopCause::Called, since: Tick(100), inquirer };
    let stage = on([shown(), stopped()].concat());
    assert_eq!((stage.status(GUN_1), stage.status(RUBBER)), (held(None), held(None)));
    let named = stage.after(&[PRODUCER.names_for_the_inquiry(SAFETY_OFFICER).into()]);
    assert_eq!(named.status(GUN_1), held(Some(SAFETY_OFFICER.0)));
}

// Which acts are open.

/// The acts that a page offers `who` for the gun: of each whether nothing is against it.
fn acts(stage: &Stage, who: Who, gun: u8) -> Vec<(ActKind, bool)> {
    let (_, context) = stage.meant(&who.takes_out(gun));
    let acts = options(&stage.rules, &stage.state, &context, gun);
    acts.into_iter().map(|act| (act.kind, act.reasons.is_empty())).collect()
}

fn open(stage: &Stage, who: Who, gun: u8) -> Vec<ActKind> {
    acts(stage, who, gun).into_iter().filter_map(|(kind, open)| open.then_some(kind)).collect()
}

/// What is not among them is no act for that gun at all: nobody looks through the bore of a musket, and nobody unloads what
/// has a magazine chamber by chamber.
#[test]
fn a_gun_of_each_kind_has_its_own_acts() {
    let of = |gun| acts(&Stage::new(), ARMORER, gun).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    let revolver = of(GUN_1);
    let without = |none: &[ActKind]| revolver.iter().copied().filter(|kind| !none.contains(kind)).collect::<Vec<_>>();
    assert!(!revolver.contains(&ActKind::RunRod) && !revolver.contains(&ActKind::Prime));
    assert_eq!(revolver.len(), 19);
    assert_eq!(of(RUBBER), revolver);
    assert_eq!(of(PISTOL), without(&[ActKind::Unload]));
    let of_a_musket = of(MUSKET);
    let but = without(&[ActKind::Unload, ActKind::LookThroughBore]);
    assert!(but.iter().all(|kind| of_a_musket.contains(kind)));
    let own: Vec<ActKind> = of_a_musket.into_iter().filter(|kind| !but.contains(kind)).collect();
    assert_eq!(own, [ActKind::RunRod, ActKind::Prime]);
    assert_eq!(of(99), [], "a gun that nobody entered");
}

/// Where a gun is in its handler's hands, these are open besides, whatever is in it.
const IN_HAND: [ActKind; 5] =
    [ActKind::BeginCheck, ActKind::CallToSet, ActKind::CallOffSet, ActKind::Offer, ActKind::PutAway];

/// Only of a gun of which somebody said so.
#[test]
fn what_does_not_work_is_cleared_and_not_called_to_set() {
    let works = on(vec![ARMORER.takes_out(GUN_1).into()]);
    let fails = on(vec![ARMORER.takes_out(GUN_1).into(), ARMORER.says_it_does_not_work(GUN_1).into()]);
    let cleared = |stage: &Stage| open(stage, ARMORER, GUN_1).contains(&ActKind::ClearFault);
    let called = |stage: &Stage| open(stage, ARMORER, GUN_1).contains(&ActKind::CallToSet);
    assert_eq!([cleared(&works), cleared(&fails)], [false, true]);
    assert_eq!([called(&works), called(&fails)], [true, false]);
}

#[test]
fn of_a_gun_in_the_armorers_hands_those_acts_are_open_that_would_be_granted() {
    use ActKind::{ClearLine, EmptyGun, Load, LookThroughBore, Prime, RunRod, TakeOut, Unload};
    let table: [(Vec<Step>, u8, &[ActKind]); 10] = [
        (out(), GUN_1, &[LookThroughBore]),
        (looked_through(), GUN_1, &[LookThroughBore, Load]),
        (loaded(), GUN_1, &[Unload, EmptyGun]),
        (line_clear(), GUN_1, &[Unload, EmptyGun, ClearLine]),
        (pistol_out(), PISTOL, &[LookThroughBore]),
        (pistol_looked_through(), PISTOL, &[LookThroughBore, Load]),
        (pistol_loaded(2), PISTOL, &[EmptyGun]),
        (musket_out(), MUSKET, &[RunRod]),
        (musket_rodded(), MUSKET, &[RunRod, Load]),
        (musket_charged(), MUSKET, &[Prime, EmptyGun, ClearLine]),
    ];
    for (steps, gun, besides) in table {
        let stage = on(steps);
        let found: Vec<ActKind> =
            open(&stage, ARMORER, gun).into_iter().filter(|kind| !IN_HAND.contains(kind)).collect();
        assert_eq!(found, besides, "{stage:?}");
        assert_eq!(open(&stage, ARMORER, gun).len(), besides.len() + IN_HAND.len());
        assert_eq!(open(&stage, PERFORMER, gun), []);
        let other = if gun == GUN_1 { PISTOL } else { GUN_1 };
        assert_eq!(open(&stage, ARMORER, other), [TakeOut]);
    }
    let waits: Vec<ActKind> =
        open(&on(misfired()), ARMORER, GUN_1).into_iter().filter(|kind| !IN_HAND.contains(kind)).collect();
    assert!(!waits.contains(&EmptyGun), "after a misfire it is not opened yet");
}

#[test]
fn a_check_and_a_handover_are_open_to_those_they_name() {
    use ActKind::{AnswerCheck, GiveUpCheck, LookLast, RefuseOffer, Take, TakeBack, WithdrawOffer};
    for (gun, checks, offer) in [
        (GUN_1, being_checked(), offered()),
        (PISTOL, [pistol_out(), vec![ARMORER.begins_a_check(PISTOL, WITNESS).into()]].concat(), pistol_offered()),
    ] {
        let stage = on(checks);
        let of = |who| open(&stage, who, gun);
        assert!(of(ARMORER).contains(&AnswerCheck) && of(ARMORER).contains(&GiveUpCheck));
        assert_eq!((of(WITNESS), of(PERFORMER)), (vec![AnswerCheck, GiveUpCheck], vec![]));
        let stage = on(offer);
        let of = |who| open(&stage, who, gun);
        assert_eq!(of(ARMORER), [WithdrawOffer, TakeBack]);
        assert_eq!((of(WITNESS), of(PERFORMER)), (vec![LookLast], vec![Take, RefuseOffer]));
    }
}
