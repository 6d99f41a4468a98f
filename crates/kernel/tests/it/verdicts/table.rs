//! The rows, in the order in which the codes are declared.

use kernel::{
    Action, Calibre, Code, Content, Day, Doubt, Event, FeedReading, Intent, Light, Look, LotKind, Method, Notified,
    Occasion, Proven, Reading, Readings, Rod, Role, RoundKind, Rule, Seen, StopCause, Tally, Topic,
};

use super::before::{
    GUN_70, being_checked, being_counted, belt_filled, belt_sealed, blanks, blanks_in_a_take, blanks_loaded,
    blanks_offered, blanks_shown, blanks_with_the_performer, boxes_away, brass_missing, checked, copy_of_a_revolver,
    counted, cut, dummies, fired, goes_before_the_camera, gun_70, gun_70_of, gun_70_without_calibre, gun_away,
    latecomer_handles, lifted, line_begun, line_clear, loaded, looked_through, misfired, musket_charged,
    musket_in_a_take, musket_out, musket_rodded, next_day, offered, one_round, other_duty, out, pistol_checked,
    pistol_loaded, pistol_looked_through, pistol_offered, pistol_out, quiet_scene, reload_declared, rubber_matched,
    scene_closed, scene_over, shown, shown_with, stopped, stopped_and_lifted, three_blanks, with_the_performer,
    without_action, wrapped,
};
use super::rental::{VEHICLE, returned, vehicle};
use super::{Row, row};
use super::{exhibits, fault, packs, people, range, rental, returned, shots, units};
use crate::stage::{
    AMMUNITION_CASE, ANOTHER, ARMORER, ASSISTANT, BELT, BLANKS, CAMERA, CART, DRESS_ROUNDS, DUMMIES, DUMMIES_OF_NOBODY,
    EXTRA, FIRST_AD, GUN_1, GUN_4, HANDLER, LATECOMER, MEETING, MUSKET, OBSERVER, OTHER_DUMMIES, PERFORMER, PISTOL,
    POCKET, PRODUCER, QUIET_SCENE, RUBBER, SAFETY_OFFICER, SCENE, SET, STAND_IN, STAND_OFF_CENTIMETRES, STRANGER, Said,
    Small, Step, THE_OPEN_ONE, TWO_DUMMIES, Tick, UNVERIFIED_DUMMIES, VAULT, VENDOR, WITNESS, Who, anybody, empty, fed,
    rods, rounds, seen_empty,
};

/// The offer of gun 1 to the performer: what most doubts are asked by.
fn offer() -> Said {
    ARMORER.offers(GUN_1, PERFORMER)
}

/// Six dummies: what is loaded by most rows that load.
fn load() -> Said {
    ARMORER.loads(GUN_1, DUMMIES, &[1])
}

pub fn rows() -> Vec<Row> {
    [rows_of_a_gun_and_its_rounds(), rows_of_its_line_and_of_people()].concat()
}

/// To the last look.
fn rows_of_a_gun_and_its_rounds() -> Vec<Row> {
    [
        people::authority_rows(),
        belt_rows(),
        blank_rows(),
        bore_and_check_rows(),
        clock_rows(),
        people::contact_rows(),
        count_rows(),
        count_answer_rows(),
        people::course_rows(),
        custody_rows(),
        day_rows(),
        device_and_duty_rows(),
        empty_rows(),
        erase_and_exhibit_rows(),
        fault::none_rows(),
        feed_rows(),
        fired_rows(),
        people::guard_rows(),
        fault::faulty_rows(),
        gun_left_and_handler_out_rows(),
        handover_rows(),
        identity_and_inquiry_rows(),
        last_look_rows(),
    ]
    .concat()
}

/// From what is issued in a line.
fn rows_of_its_line_and_of_people() -> Vec<Row> {
    [
        shots::before_line_issue_rows(),
        line_issue_rows(),
        muzzle_rows(),
        shots::before_not_approved_rows(),
        not_approved_rows(),
        shots::not_approved_rows(),
        line_rows(),
        shots::before_not_mustered_rows(),
        not_mustered_rows(),
        shots::before_pack_distance_rows(),
        packs::distance_rows(),
        shots::before_too_close_rows(),
        too_close_rows(),
        shots::too_close_rows(),
        load_rows(),
        packs::look_rows(),
        loss_rows(),
        lot_rows(),
        meeting_rows(),
        people::minor_rows(),
        misfire_rows(),
        packs::muzzle_rows(),
        packs::pack_rows(),
        people::permit_rows(),
        person_and_place_rows(),
        people::police_rows(),
        preserve_rows(),
        range::range_rows(),
        register_rows(),
        people::request_rows(),
        people::require_rows(),
        rental::return_rows(),
        returned::rounds_out_rows(),
        rod_rows(),
        rounds_rows(),
        scene_rows(),
        shots::shot_rows(),
        showing_rows(),
        showing_lapse_rows(),
        returned::sign_rows(),
        stop_rows(),
        people::train_rows(),
        transfer_rows(),
        rental::transit_rows(),
        units::unit_rows(),
        witness_and_no_witness_rows(),
    ]
    .concat()
}

fn identity_and_inquiry_rows() -> Vec<Row> {
    [identity_rows(), inquiry_rows()].concat()
}

fn witness_and_no_witness_rows() -> Vec<Row> {
    [witness_rows(), who_is_no_witness_rows()].concat()
}

fn erase_and_exhibit_rows() -> Vec<Row> {
    [erase_rows(), exhibits::exhibit_rows()].concat()
}

fn belt_rows() -> Vec<Row> {
    use Code::*;
    let drawn = || vec![ARMORER.draws(DUMMIES, 6).into()];
    vec![
        // In the handler's own hands it is no scripted reload, whatever was declared.
        row(BeltNotDeclared, ARMORER.reports_reloaded(GUN_1, BLANKS, BELT, &[4]))
            .after(reload_declared(BLANKS))
            .after(blanks_shown())
            .recorded()
            .voids(Doubt::Loaded),
        row(BeltNotDeclared, ARMORER.stows(DUMMIES, BELT, 6)).after(drawn()),
        row(BeltNotDeclared, ARMORER.stows(DUMMIES, POCKET, 6)).after(drawn()),
        // What was declared for a scene ends with it.
        row(BeltNotDeclared, ARMORER.stows(DUMMIES, BELT, 6))
            .after(drawn())
            .and(ARMORER.declares_a_reload(BELT))
            .after(scene_closed()),
        // Off a table of the set, where dummies were laid and nothing was declared.
        row(BeltNotDeclared, PERFORMER.reports_reloaded(GUN_1, DUMMIES, SET, &[1]))
            .after(drawn())
            .and(ARMORER.stows(DUMMIES, SET, 6))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::Loaded),
        // What never loads a gun was no round of that belt.
        row(BeltNotDeclared, PERFORMER.reports_reloaded(GUN_1, DRESS_ROUNDS, BELT, &[1]))
            .after(belt_filled())
            .after(with_the_performer())
            .answered(&[BeltNotDeclared, RoundsNotThere])
            .recorded()
            .stops(StopCause::UnexpectedRound),
        row(BeltNotDress, ARMORER.seals(BELT, 7)),
        row(BeltNotDress, ARMORER.seals(BELT, 7)).after(reload_declared(DUMMIES)),
        row(BeltNotSealed, ARMORER.sees_the_seal(BELT, 7)).after(belt_filled()),
        row(BeltSealDiffers, ARMORER.sees_the_seal(BELT, 8)).after(belt_sealed()),
        row(BeltSealUnseen, FIRST_AD.breaks_for_lunch())
            .after(belt_sealed())
            .after(boxes_away())
            .and(FIRST_AD.breaks_for_lunch()),
        row(BeltSealed, ARMORER.seals(BELT, 8)).after(belt_sealed()),
        row(BeltSealed, ARMORER.gathers(DRESS_ROUNDS, BELT, 1)).after(belt_sealed()),
        row(BeltSealed, ARMORER.stows(DRESS_ROUNDS, BELT, 1)).after(belt_sealed()).and(ARMORER.draws(DRESS_ROUNDS, 1)),
        row(BeltSealed, ARMORER.declares_a_reload(BELT)).after(belt_sealed()),
    ]
}

fn blank_rows() -> Vec<Row> {
    use Code::*;
    let test = |stand_off_centimetres| {
        ARMORER.says(Intent::TestBlank { gun: GUN_1, lot: BLANKS, rounds: 1, stand_off_centimetres })
    };
    let by_a_handler = vec![HANDLER.takes_out(GUN_1).into(), HANDLER.looks_through_the_bore(GUN_1, Light::Seen).into()];
    vec![
        row(BlankNotTested, ARMORER.loads(GUN_70, BLANKS, &[1])).after(gun_70()),
        // A reload before the camera asks nobody; its line is never found clear.
        row(BlankNotTested, ARMORER.finds_the_line_clear(GUN_70, 10_000))
            .after(gun_70())
            .after(reload_declared(BLANKS))
            .and(ARMORER.reports_reloaded(GUN_70, BLANKS, BELT, &[1])),
        row(BlankNotTested, ARMORER.offers(GUN_70, PERFORMER))
            .after(gun_70())
            .after(reload_declared(BLANKS))
            .and(ARMORER.reports_reloaded(GUN_70, BLANKS, BELT, &[1]))
            .answered(&[BlankNotTested, ShowingLoadedSince, ShowingNever]),
        row(BlankNotThese, ARMORER.tests(GUN_1, DUMMIES, 1)).after(looked_through()),
        row(BlankStandOff, test(0)).after(looked_through()),
        row(BlankStandOff, test(10_001)).after(looked_through()),
        row(BlankTester, HANDLER.tests(GUN_1, BLANKS, 1)).after(by_a_handler),
    ]
}

fn bore_and_check_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(BoreBlocked, ARMORER.looks_through_the_bore(GUN_1, Light::Blocked))
            .after(out())
            .stops(StopCause::BoreBlocked),
        row(BoreChambersNotEmpty, ARMORER.looks_through_the_bore(GUN_1, Light::Seen)).after(loaded()),
        // It was emptied and nobody looked through it; then blanks went in before the camera.
        row(BoreDue, PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[1]))
            .after(reload_declared(BLANKS))
            .after(fired())
            .and(ARMORER.empties(GUN_1, &[1, 2], &[], &[3]))
            .after(checked(WITNESS, empty(6)))
            .and(offer())
            .and(PERFORMER.looks_and_takes(GUN_1))
            .recorded()
            .voids(Doubt::Loaded),
        row(BoreDue, FIRST_AD.closes_the_scene())
            .after(fired())
            .and(ARMORER.empties(GUN_1, &[1, 2], &[], &[3]))
            .after(gun_away())
            .after(counted(BLANKS, Occasion::SceneEnd, blanks(46, 4, 0)))
            .after(boxes_away()),
        row(BoreDue, ARMORER.returns_to(VENDOR, GUN_1))
            .after(fired())
            .and(ARMORER.empties(GUN_1, &[1, 2], &[], &[3]))
            .after(checked(WITNESS, empty(6))),
        row(BoreLookUsed, load()).after(loaded()).and(ARMORER.unloads(GUN_1, &[1])),
        // Loaded around the look: it is not offered.
        row(BoreNotLooked, offer())
            .after(reload_declared(BLANKS))
            .after(out())
            .and(ARMORER.reports_reloaded(GUN_1, BLANKS, BELT, &[1, 2, 3]))
            .after(checked(WITNESS, three_blanks()))
            .and(ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES)),
        row(BoreNotLooked, load()).after(out()),
        // The look does not outlive other hands.
        row(BoreNotLooked, load()).after(looked_through()).and(HANDLER.has(GUN_1)).and(ARMORER.has(GUN_1)),
        row(BoreNotLooked, ARMORER.tests(GUN_1, BLANKS, 1)).after(out()),
        // A test of blanks uses the look up as a loading does.
        row(BoreNotLooked, load()).after(looked_through()).and(ARMORER.tests(GUN_1, BLANKS, 1)),
        row(ChargeNotBlank, ARMORER.loads(MUSKET, DUMMIES, &[1])).after(musket_rodded()),
        row(ChargeNotBlank, ARMORER.loads(MUSKET, DRESS_ROUNDS, &[1])).after(musket_rodded()),
        row(CheckNoProcedure, ARMORER.begins_a_check(GUN_70, WITNESS))
            .after(without_action())
            .and(ARMORER.takes_out(GUN_70)),
        row(CheckNoProcedure, ARMORER.issues_in_line(GUN_70, EXTRA, empty(0)))
            .after(line_begun())
            .after(without_action())
            .and(ARMORER.takes_out(GUN_70))
            .and(ARMORER.calls_to_set(GUN_70)),
        row(CheckNotOpen, WITNESS.answers(GUN_1, empty(6))).after(out()),
        // The check that was given up stays closed when the next one is open.
        row(CheckNotOpen, WITNESS.says(Intent::AnswerCheck { gun: GUN_1, check: 1002, readings: empty(6) }))
            .after(being_checked())
            .and(WITNESS.gives_the_check_up(GUN_1))
            .and(ARMORER.begins_a_check(GUN_1, WITNESS)),
        row(CheckNotYours, OBSERVER.answers(GUN_1, empty(6))).after(being_checked()),
        row(CheckNotYours, PERFORMER.gives_the_check_up(GUN_1)).after(being_checked()),
    ]
}

fn clock_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(ClockAhead, ARMORER.takes_out(GUN_1).ago(-3)),
        row(ClockAskLate, ARMORER.takes_out(GUN_1).ago(3)),
        row(ClockAskLate, ARMORER.draws(DUMMIES, 1).ago(3)),
        // Old entries of a phone without signal, about what has moved since.
        row(ClockBefore, ARMORER.takes_back(GUN_1).ago(20)).after(with_the_performer()).voids(Doubt::ChangedHands),
        row(ClockBefore, ARMORER.takes_back(GUN_1).ago(20)).after(offered()).voids(Doubt::ChangedHands),
        row(ClockBefore, ARMORER.puts_away(GUN_1, VAULT).ago(20)).after(shown()).voids(Doubt::ChangedHands),
        row(ClockBefore, HANDLER.puts_the_box_away(DUMMIES).ago(20)),
        row(ClockBefore, STAND_IN.has(GUN_1).ago(20))
            .after(with_the_performer())
            .answered(&[ClockBefore, CustodyTakenAround])
            .recorded()
            .voids(Doubt::ChangedHands),
        // As the shot plan has it, and before it came to the performer at all.
        row(ClockBefore, STAND_IN.has(GUN_1).ago(20))
            .and(ARMORER.declares_a_transfer(GUN_1, STAND_IN))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::ChangedHands),
        row(ClockBefore, PERFORMER.has(GUN_1).ago(20))
            .after(with_the_performer())
            .and(ARMORER.reports_gone(GUN_1))
            .recorded()
            .voids(Doubt::ChangedHands),
        row(ClockBefore, CAMERA.reports_gone(GUN_1).ago(20))
            .after(with_the_performer())
            .recorded()
            .stops(StopCause::GunMissing)
            .voids(Doubt::ChangedHands),
        row(ClockBefore, ARMORER.says(Intent::ReportReturned { person: ARMORER.0 }).ago(20))
            .and(CAMERA.reports_left(ARMORER))
            .recorded(),
    ]
}

fn count_rows() -> Vec<Row> {
    use Code::*;
    let answers = |tally| ARMORER.counts(DUMMIES, tally);
    vec![
        row(CountAbsurd, answers(dummies(4_294_967_295))).after(being_counted()),
        row(CountAbsurd, answers(Tally { spent: 100_001, ..dummies(50) })).after(being_counted()),
        // However absurd the number is, a live round was seen.
        row(CountAbsurd, answers(Tally { live: 4_294_967_295, ..dummies(50) }))
            .after(being_counted())
            .stops(StopCause::LiveRound),
        row(CountBrassMissing, FIRST_AD.closes_the_scene()).after(brass_missing()).after(boxes_away()),
        row(CountBrassMissing, FIRST_AD.wraps()).after(scene_over()).after(brass_missing()),
        row(CountBrassNotMissing, ARMORER.says_lost(BLANKS, 1, SET)),
        row(CountBrassNotMissing, ARMORER.says_lost(BLANKS, 2, SET)).after(brass_missing()),
        row(CountBrassNotMissing, ARMORER.says_lost(BLANKS, 0, SET)).after(brass_missing()),
        // The first difference is named wherever the lot is, and holds what is asked of it.
        row(CountDiffers, ARMORER.draws(DUMMIES, 1))
            .after(counts_differed())
            .answered(&[CountDiffers, CountNotAtIssue]),
        row(CountDiffers, HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, STAND_IN)).after(counts_differed()),
        row(CountDiffers, FIRST_AD.closes_the_scene()).after(boxes_away()).after(counts_differed()),
        row(CountDue, FIRST_AD.breaks_for_lunch())
            .and(ARMORER.draws(DUMMIES, 1))
            .and(ARMORER.puts_back(DUMMIES, 1))
            .after(boxes_away()),
        // A count opens the box, and this one did not seal it.
        row(CountDue, FIRST_AD.closes_the_scene())
            .and(ARMORER.begins_a_count(DUMMIES, Occasion::Issue, WITNESS))
            .and(ARMORER.counts(DUMMIES, dummies(50)))
            .and(WITNESS.counts(DUMMIES, dummies(50)))
            .after(boxes_away()),
        // Counted, then drawn, then locked away.
        row(CountDue, FIRST_AD.wraps())
            .after(counted(DUMMIES, Occasion::Wrap, dummies(50)))
            .and(ARMORER.draws(DUMMIES, 1))
            .after(boxes_away())
            .after(scene_closed())
            .answered(&[CountDue, RoundsLeftOut]),
        row(CountLossDiffers, WITNESS.says_lost(BLANKS, 1, CART))
            .after(brass_missing())
            .and(ARMORER.says_lost(BLANKS, 1, SET)),
        row(CountLossDiffers, WITNESS.says_lost(BLANKS, 1, SET))
            .after(counted(BLANKS, Occasion::Lunch, blanks(48, 0, 0)))
            .and(ARMORER.says_lost(BLANKS, 2, SET)),
        row(CountMethod, ARMORER.says(seen(Method::SeenAtHead))).after(at_receipt()),
        row(CountMethod, ARMORER.says(seen(Method::RemovedSeen))).after(at_receipt()),
        row(CountNoSeal, WITNESS.counts(DUMMIES, dummies(50))).after(being_counted()).and(answers(dummies(50))),
        row(CountNotAtIssue, load()).after(looked_again()),
        row(CountNotAtIssue, ARMORER.draws(DUMMIES, 1)).and(FIRST_AD.reports_a_break()),
        row(CountNotAtIssue, ARMORER.tests(GUN_1, BLANKS, 1)).after(looked_again()),
        // Two counts differed, and the count was given up.
        row(CountNotAtIssue, ARMORER.draws(DUMMIES, 1))
            .after(being_counted())
            .and(ARMORER.counts(DUMMIES, dummies(50)))
            .and(WITNESS.counts_and_seals(DUMMIES, dummies(49), Some(8)))
            .and(WITNESS.gives_the_count_up(DUMMIES)),
    ]
}

/// A count of the blanks is under way.
fn blanks_counted() -> Vec<Step> {
    vec![HANDLER.begins_a_count(BLANKS, Occasion::BeforeFiring, WITNESS).into()]
}

/// A count of the dummies that nobody verified, as they came in.
fn at_receipt() -> Vec<Step> {
    vec![ARMORER.begins_a_count(UNVERIFIED_DUMMIES, Occasion::Receipt, WITNESS).into()]
}

const fn seen(method: Method) -> Intent<Small> {
    let count = THE_OPEN_ONE;
    Intent::AnswerCount { lot: UNVERIFIED_DUMMIES, count, tally: dummies(50), method, seal: None }
}

/// After a break the armorer looked through the bore of gun 1.
fn looked_again() -> Vec<Step> {
    let steps = vec![FIRST_AD.reports_a_break().into(), ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into()];
    [out(), steps].concat()
}

/// The two have counted the dummies, and not alike.
fn counts_differed() -> Vec<Step> {
    let answers = vec![
        ARMORER.counts(DUMMIES, dummies(50)).into(),
        WITNESS.counts_and_seals(DUMMIES, dummies(49), Some(8)).into(),
    ];
    [being_counted(), answers].concat()
}

fn count_answer_rows() -> Vec<Row> {
    use Code::*;
    let second_handler = || vec![PRODUCER.gives_roles(STAND_IN, 1, &[Role::Handler, Role::Witness]).into()];
    vec![
        row(CountNotOpen, WITNESS.counts(DUMMIES, dummies(50))),
        row(CountNotOpen, WITNESS.counts(DUMMIES, dummies(50)))
            .after(being_counted())
            .and(ARMORER.gives_the_count_up(DUMMIES)),
        row(CountNotOpen, WITNESS.gives_the_count_up(DUMMIES)),
        row(CountNotYours, OBSERVER.counts(DUMMIES, dummies(50))).after(being_counted()),
        row(CountNotYours, HANDLER.gives_the_count_up(DUMMIES)).after(being_counted()),
        // One person twice.
        row(CountOneRole, ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, ARMORER)).answered(&[
            CountOneRole,
            WitnessNotTrained,
            WitnessSamePerson,
        ]),
        // Two handlers.
        row(CountOneRole, HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, STAND_IN)).after(second_handler()),
        row(CountOneRole, HANDLER.says_lost(BLANKS, 1, SET))
            .after(second_handler())
            .after(brass_missing())
            .and(STAND_IN.says_lost(BLANKS, 1, SET)),
        // Two witnesses.
        row(CountOneRole, OBSERVER.says_lost(BLANKS, 1, SET))
            .after(brass_missing())
            .and(WITNESS.says_lost(BLANKS, 1, SET)),
        row(CountOpen, HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, STAND_IN)).after(being_counted()),
        row(CountOpen, ARMORER.draws(DUMMIES, 1)).after(being_counted()),
        row(CountOpen, load()).after(looked_through()).after(being_counted()),
        row(CountOpen, ARMORER.re_boxes(70, DUMMIES, 1)).after(being_counted()),
        row(CountOpen, ARMORER.puts_back(DUMMIES, 1)).and(ARMORER.draws(DUMMIES, 1)).after(being_counted()),
        row(CountOpen, ARMORER.tests(GUN_1, BLANKS, 1)).after(looked_through()).after(blanks_counted()),
        row(CountOpen, ARMORER.unloads(GUN_1, &[1])).after(loaded()).after(being_counted()),
        row(CountOpen, ARMORER.empties(GUN_1, &[1, 2], &[], &[3])).after(fired()).after(blanks_counted()),
        // Nor where the unfired ones stay in the hand.
        row(CountOpen, ARMORER.empties(GUN_1, &[1, 2], &[], &[3]))
            .after(fired())
            .and(ARMORER.draws(BLANKS, 1))
            .after(blanks_counted()),
        row(CountOpen, FIRST_AD.closes_the_scene()).after(boxes_away()).after(being_counted()),
        row(CountOpen, FIRST_AD.wraps()).after(scene_over()).after(being_counted()),
    ]
}

fn custody_rows() -> Vec<Row> {
    use Code::*;
    let in_use = |row: Row| row.after(boxes_away()).and(ARMORER.takes_out(GUN_1));
    vec![
        row(CustodyAlreadyYours, ARMORER.takes_out(GUN_1)).after(out()),
        row(CustodyAlreadyYours, ARMORER.takes_back(GUN_1)).after(out()),
        row(CustodyAlreadyYours, ARMORER.receives_from(VENDOR, GUN_1, VAULT)).after(out()),
        row(CustodyGone, ARMORER.takes_back(GUN_1)).after(out()).and(ARMORER.reports_gone(GUN_1)),
        row(CustodyHeldByAnother, HANDLER.puts_away(GUN_1, VAULT)).after(out()),
        row(CustodyHeldByAnother, HANDLER.takes_out(GUN_1)).after(out()),
        row(CustodyHeldByAnother, HANDLER.receives_from(VENDOR, GUN_1, VAULT)).after(out()),
        row(CustodyHeldByAnother, HANDLER.calls_to_set(GUN_1)).after(out()),
        row(CustodyHeldByAnother, HANDLER.withdraws_the_offer_of(GUN_1)).after(offered()),
        row(CustodyInHandover, ARMORER.puts_away(GUN_1, VAULT)).after(offered()),
        row(CustodyInHandover, ARMORER.offers(GUN_1, STAND_IN)).after(offered()),
        // Between two nothing may be said of it, and no shot is ready.
        row(CustodyInHandover, shots::ready()).after(shots::lined(shots::EMPTY)).after(offered()),
        in_use(row(CustodyLeftOut, FIRST_AD.reports_a_break())).recorded().voids(Doubt::Break),
        in_use(row(CustodyLeftOut, FIRST_AD.breaks_for_lunch())),
        in_use(row(CustodyLeftOut, FIRST_AD.closes_the_scene())),
        row(CustodyLeftOut, FIRST_AD.closes_the_scene())
            .under(Rule::Day2)
            .after(offered())
            .answered(&[CustodyLeftOut, LotLeftOut]),
        row(CustodyLeftOut, FIRST_AD.wraps()).after(scene_over()).and(ARMORER.takes_out(GUN_1)),
        row(CustodyLockedAway, ARMORER.puts_away(GUN_1, VAULT)),
        row(CustodyLockedAway, ARMORER.takes_back(GUN_1)),
        // By being received it moves to no other place than the list of the house has.
        row(CustodyLockedAway, ARMORER.receives_from(VENDOR, GUN_1, VEHICLE)).and(vehicle(true)),
        row(CustodyNotHandler, PERFORMER.takes_out(GUN_1)),
        row(CustodyNotHandler, PERFORMER.puts_away(GUN_1, VAULT)).after(with_the_performer()),
        row(CustodyNotHandler, WITNESS.draws(DUMMIES, 1)),
        row(CustodyNotHandler, PERFORMER.takes_the_box_out(TWO_DUMMIES)).after(boxes_away()),
        row(CustodyReturned, ARMORER.takes_out(GUN_1)).after(returned()),
        row(CustodyReturned, ARMORER.takes_back(GUN_1)).after(returned()),
        row(CustodyReturned, ARMORER.offers(GUN_1, PERFORMER)).after(returned()).answered(&[
            CustodyReturned,
            SetNotCalled,
            ShowingChangedHands,
        ]),
        row(CustodyReturned, shots::ready()).after(shots::lined(shots::EMPTY)).after(returned()).answered(&[
            CustodyReturned,
            SetNotCalled,
            ShowingChangedHands,
        ]),
        row(CustodyTakenAround, PERFORMER.has(GUN_1)).after(returned()).recorded().voids(Doubt::ChangedHands),
        row(CustodyTakenAround, PERFORMER.has(GUN_1)).after(out()).recorded().voids(Doubt::ChangedHands),
        // A transfer is declared to one; another takes it.
        row(CustodyTakenAround, STAND_IN.has(GUN_1))
            .and(ARMORER.declares_a_transfer(GUN_1, EXTRA))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::ChangedHands),
    ]
}

fn day_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(DayNoKeeper, FIRST_AD.opens_day(2)).after(wrapped()).and(PRODUCER.gives_roles(
            PERFORMER,
            2,
            &[Role::Performer],
        )),
        row(DayNotOpen, ARMORER.takes_out(GUN_1)).before_the_day().answered(&[CustodyNotHandler, DayNotOpen]),
        row(DayNotOpen, FIRST_AD.wraps()).before_the_day().answered(&[CountDue, DayNotOpen, RegisterNotAllowed]),
        row(DayPast, PRODUCER.opens_day(1)).after(wrapped()),
        row(DayPast, ARMORER.gives_roles(WITNESS, 0, &[Role::Witness])),
        row(DayWrapped, ARMORER.takes_out(GUN_1)).after(wrapped()),
        row(DayWrapped, ARMORER.takes_the_box_out(DUMMIES)).after(wrapped()),
        row(DayWrapped, FIRST_AD.opens_the_scene(QUIET_SCENE)).after(wrapped()),
        row(DayWrapped, FIRST_AD.wraps()).after(wrapped()),
        row(DayWrapped, ARMORER.offers(RUBBER, HANDLER)).after(wrapped()).and(ARMORER.has(RUBBER)),
        row(DayWrapped, ARMORER.begins_a_check(GUN_1, WITNESS)).after(wrapped()).and(ARMORER.has(GUN_1)),
    ]
}

fn device_and_duty_rows() -> Vec<Row> {
    use Code::*;
    let rosters = |from, until| PRODUCER.rosters(ARMORER, Role::Camera, from, until);
    vec![
        row(DeviceNotEnrolled, ARMORER.takes_out(GUN_1).on_the_device_of(STRANGER)),
        row(DeviceRevoked, HANDLER.takes_out(GUN_1)).and(ARMORER.revokes_the_device_of(HANDLER)),
        row(DutyDouble, ARMORER.takes_out(GUN_1)).after(other_duty()),
        row(DutyDouble, offer()).after(shown()).after(other_duty()),
        row(DutyDouble, load()).after(looked_through()).after(other_duty()),
        row(DutyDouble, ARMORER.begins_a_check(GUN_1, WITNESS)).after(out()).after(other_duty()),
        row(DutyDouble, ARMORER.draws(DUMMIES, 1)).after(other_duty()),
        row(DutyDouble, ARMORER.begins_a_line(WITNESS)).after(other_duty()),
        row(DutyDouble, ARMORER.calls_to_set(GUN_1)).and(ARMORER.takes_out(GUN_1)).after(other_duty()),
        row(DutyDouble, ARMORER.tests(GUN_1, BLANKS, 1)).after(looked_through()).after(other_duty()),
        row(DutyDouble, HANDLER.looks_and_takes(GUN_1))
            .after(out())
            .and(ARMORER.offers(GUN_1, HANDLER))
            .and(PRODUCER.rosters(HANDLER, Role::Props, 100, 140)),
        // Rostered from the same hour on for two kinds of work, he has both.
        row(DutyDouble, ARMORER.takes_out(GUN_1)).after(other_duty()).and(PRODUCER.rosters(
            ARMORER,
            Role::Handler,
            100,
            105,
        )),
        // At its last moment, and not one later.
        row(DutyDouble, ARMORER.takes_out(GUN_1)).after(other_duty()).and(Step::Later(39)),
        row(DutyHours, rosters(120, 120)),
        row(DutyHours, rosters(120, 110)),
        row(DutyHours, rosters(120, 181)),
    ]
}

fn empty_rows() -> Vec<Row> {
    use Code::*;
    let empties = |spent: &[u8], misfired: &[u8], unfired: &[u8]| ARMORER.empties(GUN_1, spent, misfired, unfired);
    vec![
        row(EmptyChamberTwice, empties(&[1, 2], &[2], &[3])).after(fired()),
        row(EmptyChamberTwice, empties(&[1, 2], &[], &[2, 3])).after(fired()),
        row(EmptyDiffers, empties(&[1, 2], &[], &[])).after(fired()).stops(StopCause::RoundMissing),
        row(EmptyDiffers, empties(&[1, 2], &[], &[3, 4])).after(fired()).stops(StopCause::UnexpectedRound),
        // Of a pistol, by number: a round too few, one too many, a case of no shot.
        row(EmptyDiffers, ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 2))
            .after(pistol_loaded(3))
            .stops(StopCause::RoundMissing),
        row(EmptyDiffers, ARMORER.empties_the_feed(PISTOL, [0, 0], &[1], 3))
            .after(pistol_loaded(3))
            .stops(StopCause::UnexpectedRound),
        row(EmptyDiffers, ARMORER.empties_the_feed(PISTOL, [1, 0], &[], 2))
            .after(pistol_loaded(3))
            .stops(StopCause::UnexpectedRound),
        // Of a musket: a charge that is gone without a shot, one too many, a misfire that nobody reported.
        row(EmptyDiffers, ARMORER.empties_the_barrels(MUSKET, [&[1], &[], &[]]))
            .after(musket_charged())
            .stops(StopCause::RoundMissing),
        row(EmptyDiffers, ARMORER.empties_the_barrels(MUSKET, [&[], &[], &[1]]))
            .after(musket_out())
            .stops(StopCause::UnexpectedRound),
        row(EmptyDiffers, ARMORER.empties_the_barrels(MUSKET, [&[], &[1], &[]]))
            .after(musket_charged())
            .stops(StopCause::UnexpectedRound),
        // Three cases of two shots.
        row(EmptyDiffers, empties(&[1, 2, 3], &[], &[])).after(fired()).stops(StopCause::UnexpectedRound),
    ]
}

fn erase_rows() -> Vec<Row> {
    use Code::*;
    let preserved = || vec![CAMERA.preserves_the_record().into()];
    vec![
        row(EraseAlready, PRODUCER.erases_a_name()).and(ARMORER.erases_a_name()),
        row(ErasePreserved, PRODUCER.erases_a_name()).after(preserved()),
        // Who has asked for it is bound by it as well.
        row(ErasePreserved, PRODUCER.erases_a_name()).and(PRODUCER.preserves_the_record()),
        row(EraseStopStands, PRODUCER.erases_a_name()).after(stopped()),
        row(EraseStopStands, PRODUCER.erases_a_name())
            .after(stopped())
            .after(preserved())
            .answered(&[ErasePreserved, EraseStopStands]),
    ]
}

fn loss_rows() -> Vec<Row> {
    use Code::*;
    let gone = || {
        vec![
            ARMORER.says(Intent::ReportGone { gun: GUN_1 }).into(),
            PRODUCER.names_for_the_inquiry(SAFETY_OFFICER).into(),
        ]
    };
    vec![
        row(LossPoliceNotTold, SAFETY_OFFICER.closes_the_inquiry()).after(gone()),
        row(LossPoliceNotTold, SAFETY_OFFICER.closes_the_inquiry())
            .after(gone())
            .and(ARMORER.told_of_the_loss_of(GUN_1, Notified::RentalHouse)),
        // What was told before it was found says nothing of the next time that it goes.
        row(LossPoliceNotTold, SAFETY_OFFICER.closes_the_inquiry())
            .after(gone())
            .and(ARMORER.told_of_the_loss_of(GUN_1, Notified::Police))
            .and(ARMORER.has(GUN_1))
            .and(SAFETY_OFFICER.closes_the_inquiry())
            .after(gone()),
    ]
}

fn feed_rows() -> Vec<Row> {
    use Code::*;
    let checks = || ARMORER.begins_a_check(PISTOL, WITNESS);
    let chamber_alone = || Seen::in_chambers(empty(1));
    let looked_into = |feed: FeedReading| Seen::with_feed(empty(1), FeedReading { method: Method::SeenAtHead, ..feed });
    vec![
        row(FeedFixed, PERFORMER.reports_swapped(GUN_70, DUMMIES, (BELT, 2), (SET, 0)))
            .after(reload_declared(DUMMIES))
            .and(ARMORER.registers_a_gun(GUN_70, Action::Pump, 1))
            .and(ARMORER.takes_out(GUN_70))
            .and(goes_before_the_camera(GUN_70))
            .recorded()
            .stops(StopCause::UnexpectedRound),
        row(FeedMany, ARMORER.loads_the_feed(PISTOL, DUMMIES, 251))
            .after(pistol_looked_through())
            .answered(&[FeedMany, LoadLotShort]),
        // A magazine that is in the gun was not read, not even an empty one.
        row(FeedMethod, WITNESS.sees(PISTOL, looked_into(fed(0, Content::Empty)))).after(pistol_out()).and(checks()),
        row(FeedMethod, WITNESS.sees(PISTOL, looked_into(fed(3, Content::Dummy))))
            .after(pistol_loaded(3))
            .and(checks()),
        row(FeedMethod, WITNESS.sees_last(PISTOL, looked_into(fed(0, Content::Empty)))).after(pistol_offered()),
        // A tube is looked into where it is; a round in it is taken out.
        row(FeedMethod, WITNESS.sees(GUN_70, looked_into(fed(1, Content::Dummy))))
            .after(gun_70_of(Action::Pump))
            .and(ARMORER.begins_a_check(GUN_70, WITNESS)),
        row(FeedNone, WITNESS.sees(GUN_1, Seen::with_feed(empty(6), fed(0, Content::Empty)))).after(being_checked()),
        row(FeedNone, ARMORER.loads_the_feed(GUN_1, DUMMIES, 3)).after(looked_through()),
        row(FeedNone, ARMORER.empties_the_feed(GUN_1, [0, 0], &[1], 0)).after(loaded()),
        row(FeedNone, ARMORER.issues(GUN_1, EXTRA, Seen::with_feed(empty(6), fed(0, Content::Empty))))
            .after(line_begun())
            .after(out()),
        // The chamber is empty, and of the magazine nobody spoke.
        row(FeedUnread, WITNESS.sees(PISTOL, chamber_alone())).after(pistol_out()).and(checks()),
        row(FeedUnread, WITNESS.sees_last(PISTOL, chamber_alone())).after(pistol_offered()),
        row(FeedUnread, ARMORER.loads(PISTOL, DUMMIES, &[1])).after(pistol_looked_through()),
        row(FeedUnread, ARMORER.unloads(PISTOL, &[1]))
            .after(pistol_loaded(3))
            .answered(&[FeedUnread, LoadChamberNotLoaded]),
        row(FeedUnread, ARMORER.issues(PISTOL, EXTRA, chamber_alone())).after(line_begun()).after(pistol_out()),
        row(FeedUnread, WITNESS.confirms(PISTOL, EXTRA, chamber_alone()))
            .after(line_begun())
            .after(pistol_out())
            .and(ARMORER.issues(PISTOL, EXTRA, seen_empty())),
        // A live round is one, whatever else was left out.
        row(FeedUnread, WITNESS.sees(PISTOL, Seen::in_chambers(rounds(1, &[1], Content::Live))))
            .after(pistol_out())
            .and(checks())
            .stops(StopCause::LiveRound),
    ]
}

fn rod_rows() -> Vec<Row> {
    use Code::*;
    let (checks, nothing) = (|| ARMORER.begins_a_check(MUSKET, WITNESS), || rods(1, &[], &[]));
    let in_chambers = || Seen::in_chambers(empty(1));
    let fired = [
        ARMORER.reports_fired(MUSKET, 1, 0),
        ARMORER.takes_back(MUSKET),
        ARMORER.empties_the_barrels(MUSKET, [&[1], &[], &[]]),
        ARMORER.puts_away(MUSKET, VAULT),
    ];
    vec![
        row(RodAboveMark, ARMORER.runs_the_rod(MUSKET, Rod::AboveMark))
            .after(musket_out())
            .stops(StopCause::UnexpectedRound),
        row(RodCharged, ARMORER.runs_the_rod(MUSKET, Rod::AtMark)).after(musket_charged()),
        row(RodCharged, ARMORER.runs_the_rod(MUSKET, Rod::AboveMark)).after(musket_charged()),
        row(RodDue, FIRST_AD.breaks_for_lunch())
            .after(musket_in_a_take())
            .after(fired.map(Step::from))
            .after(counted(BLANKS, Occasion::SceneEnd, blanks(47, 2, 0)))
            .after(boxes_away()),
        row(RodDue, ARMORER.returns_to(VENDOR, MUSKET))
            .after(musket_in_a_take())
            .after(fired.into_iter().take(3).map(Step::from))
            .and(checks())
            .and(ARMORER.sees(MUSKET, nothing()))
            .and(WITNESS.sees(MUSKET, nothing())),
        row(RodNone, ARMORER.runs_the_rod(GUN_1, Rod::AtMark)).after(out()),
        row(RodNone, ARMORER.runs_the_rod(GUN_1, Rod::AboveMark)).after(out()),
        row(RodNone, ARMORER.primes(GUN_1, &[1])).after(loaded()),
        row(RodNone, WITNESS.sees(GUN_1, rods(6, &[], &[]))).after(being_checked()),
        row(RodNotRun, ARMORER.loads(MUSKET, BLANKS, &[1])).after(musket_out()),
        row(RodNotRun, ARMORER.runs_the_rod(MUSKET, Rod::NotSure)).after(musket_out()),
        // The rod does not outlive other hands, nor a test.
        row(RodNotRun, ARMORER.loads(MUSKET, BLANKS, &[1]))
            .after(musket_rodded())
            .and(HANDLER.has(MUSKET))
            .and(ARMORER.has(MUSKET)),
        row(RodNotRun, ARMORER.tests(MUSKET, BLANKS, 1)).after(musket_out()),
        row(RodUnread, ARMORER.looks_through_the_bore(MUSKET, Light::Seen)).after(musket_out()),
        row(RodUnread, WITNESS.sees(MUSKET, in_chambers())).after(musket_out()).and(checks()),
        row(RodUnread, ARMORER.unloads(MUSKET, &[1])).after(musket_charged()),
        row(RodUnread, ARMORER.empties(MUSKET, &[], &[], &[1])).after(musket_charged()),
        row(RodUnread, ARMORER.issues(MUSKET, EXTRA, in_chambers())).after(line_begun()).after(musket_out()),
        row(RodUnread, WITNESS.confirms(MUSKET, EXTRA, in_chambers()))
            .after(line_begun())
            .after(musket_out())
            .and(ARMORER.issues(MUSKET, EXTRA, nothing())),
        row(RodUsed, ARMORER.loads(MUSKET, BLANKS, &[1]))
            .after(musket_charged())
            .and(ARMORER.empties_the_barrels(MUSKET, [&[], &[], &[1]])),
    ]
}

fn fired_rows() -> Vec<Row> {
    use Code::*;
    let shot = |shots| ARMORER.reports_fired(GUN_1, shots, 0);
    let unplanned = |row: Row| row.recorded().voids(Doubt::Fired).stops(StopCause::Discharge);
    vec![
        row(FiredNotEmptied, ARMORER.unloads(GUN_1, &[1, 2, 3])).after(fired()),
        // Cases and a blank were shown; that is no state in which it goes out again.
        row(FiredNotEmptied, offer())
            .after(fired())
            .after(checked(WITNESS, two_spent()))
            .and(ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES)),
        row(FiredNotEmptied, ARMORER.lays_the_preset(GUN_1, SET))
            .and(ARMORER.declares_a_preset(GUN_1, SET))
            .after(fired())
            .after(checked(WITNESS, two_spent()))
            .and(ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES)),
        // Dummies, more shots than rounds, a gun that no performer had since it was shown, one that is not on
        // the set, one that was put away, one without rounds.
        unplanned(row(FiredUnplanned, shot(1)))
            .after(loaded())
            .after(checked(WITNESS, one_dummy()))
            .and(offer())
            .and(PERFORMER.looks_and_takes(GUN_1)),
        unplanned(row(FiredUnplanned, shot(4))).after(blanks_in_a_take()),
        // No take was on with it: before one began, in the delay after the cut of one whose shots were entered, or of another shot.
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_with_the_performer()),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_in_a_take()).and(shot(1)).and(cut()).and(Step::Later(1)),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_in_a_take()).and(cut()).and(Step::Later(1)).and(shot(1)),
        unplanned(row(FiredUnplanned, shot(2))).after(fired()),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_loaded()),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_shown()).and(ARMORER.calls_off_set(GUN_1)),
        unplanned(row(FiredUnplanned, shot(1))).after(line_clear()),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_offered()),
        // What was fired may be entered after the take-back, once; a shot after that was in the armorer's hands.
        unplanned(row(FiredUnplanned, shot(1)))
            .after(blanks_in_a_take())
            .and(cut())
            .and(Step::Later(1))
            .and(ARMORER.takes_back(GUN_1))
            .and(shot(1)),
        unplanned(row(FiredUnplanned, shot(1)))
            .after(blanks_in_a_take())
            .and(cut())
            .and(ARMORER.takes_back(GUN_1))
            .after(checked(WITNESS, three_blanks())),
        unplanned(row(FiredUnplanned, shot(1))).after(blanks_loaded()).after(gun_away()),
        unplanned(row(FiredUnplanned, ARMORER.reports_fired(GUN_1, 0, 1))).after(out()),
    ]
}

/// The one round of a pistol was struck, did not fire and was thrown out; then both saw it empty.
fn misfired_and_shown_empty() -> Vec<Step> {
    let struck = Event::GunFired { gun: PISTOL, shots: 0, misfires: 1, at: Tick(100) };
    [pistol_loaded(1), vec![Step::Happens(struck), Step::Later(2)], pistol_checked(seen_empty())].concat()
}

fn gun_left_and_handler_out_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(GunLeftLoaded, FIRST_AD.closes_the_scene())
            .after(loaded())
            .after(gun_away())
            .after(counted(DUMMIES, Occasion::SceneEnd, dummies(49)))
            .after(boxes_away()),
        // What misfired was thrown out of it, and nobody entered where it went.
        row(GunLeftLoaded, ARMORER.returns_to(VENDOR, PISTOL)).after(misfired_and_shown_empty()),
        // What is in it went in by the mark that stands there.
        row(GunLeftLoaded, ARMORER.says(Intent::EnterCalibre { gun: GUN_1, calibre: Calibre(9) })).after(loaded()),
        row(GunLeftLoaded, FIRST_AD.wraps())
            .after(loaded())
            .after(gun_away())
            .after(counted(DUMMIES, Occasion::SceneEnd, dummies(49)))
            .after(boxes_away())
            .after(scene_closed()),
        // Loaded by the record it does not go on the road.
        row(GunLeftLoaded, ARMORER.moves(VEHICLE))
            .and(vehicle(true))
            .after(loaded())
            .and(ARMORER.puts_away(GUN_1, VEHICLE)),
        row(HandlerOutOfRoom, ARMORER.begins_a_check(GUN_1, WITNESS)).after(out()).and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, WITNESS.answers(GUN_1, empty(6)))
            .after(being_checked())
            .and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, WITNESS.looks_last(GUN_1, empty(6))).after(offered()).and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, PERFORMER.looks_and_takes(GUN_1)).after(offered()).and(CAMERA.reports_left(PERFORMER)),
        row(HandlerOutOfRoom, WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, WITNESS.musters(0)).after(line_begun()).and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, WITNESS))
            .and(CAMERA.reports_left(HANDLER)),
        row(HandlerOutOfRoom, ARMORER.counts(DUMMIES, dummies(50)))
            .after(being_counted())
            .and(CAMERA.reports_left(ARMORER)),
        row(HandlerOutOfRoom, WITNESS.counts(DUMMIES, dummies(50)))
            .after(being_counted())
            .and(CAMERA.reports_left(WITNESS)),
        row(HandlerOutOfRoom, offer())
            .after(shown())
            .and(FIRST_AD.reports_left(ARMORER))
            .answered(&[HandlerOutOfRoom, ShowingHandlerLeft]),
        row(HandlerOutOfRoom, PERFORMER.looks_and_takes(GUN_1))
            .after(offered())
            .and(FIRST_AD.reports_left(ARMORER))
            .answered(&[HandlerOutOfRoom, ShowingHandlerLeft]),
        row(HandlerOutOfRoom, FIRST_AD.reports_left(ARMORER))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::HandlerLeft),
        row(HandlerOutOfRoom, ARMORER.draws(DUMMIES, 1)).and(FIRST_AD.reports_left(ARMORER)),
    ]
}

fn one_dummy() -> Readings {
    one_round(Content::Dummy)
}

/// Two of the three blanks were fired.
fn two_spent() -> Readings {
    let spent = Reading { content: Content::Spent, method: Method::RemovedSeen };
    three_blanks().with(1, spent).with(2, spent)
}

fn handover_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(HandoverFirstAd, ARMORER.offers(GUN_1, FIRST_AD)).after(shown()),
        row(HandoverFirstAd, FIRST_AD.takes_out(GUN_1)).answered(&[CustodyNotHandler, HandoverFirstAd]),
        row(HandoverFirstAd, FIRST_AD.takes_back(GUN_1))
            .after(with_the_performer())
            .answered(&[HandoverFirstAd, HandoverNotHandler]),
        row(HandoverFirstAd, FIRST_AD.looks_and_takes(GUN_1))
            .after(offered())
            .answered(&[HandoverFirstAd, HandoverOtherReceiver]),
        row(HandoverFirstAd, FIRST_AD.has(GUN_1))
            .after(out())
            .recorded()
            .voids(Doubt::ChangedHands)
            .answered(&[CustodyTakenAround, HandoverFirstAd]),
        row(HandoverFirstAd, ARMORER.declares_a_transfer(GUN_1, FIRST_AD)),
        row(HandoverNoLastLook, PERFORMER.declines_to_look_and_takes(GUN_1)).after(offered()),
        row(HandoverNoOffer, PERFORMER.looks_and_takes(GUN_1)).after(shown()),
        row(HandoverNotHandler, PERFORMER.offers(GUN_1, STAND_IN)).after(with_the_performer()),
        row(HandoverNotHandler, PERFORMER.takes_back(GUN_1)).after(offered()),
        row(HandoverNotHandler, WITNESS.begins_a_line(STAND_IN)),
        row(HandoverNotHandler, PERFORMER.declares_a_preset(GUN_1, SET)),
        row(HandoverNotNeeded, HANDLER.takes_back(GUN_1)).after(out()),
        row(HandoverOfferStale, PERFORMER.says(Intent::Take { gun: GUN_1, offer: ANOTHER, look: Look::Looked }))
            .after(offered()),
        row(HandoverOtherReceiver, STAND_IN.looks_and_takes(GUN_1)).after(offered()),
        row(HandoverOtherReceiver, STAND_IN.refuses(GUN_1)).after(offered()),
        row(HandoverReceiverRole, ARMORER.offers(GUN_1, CAMERA)).after(shown()),
        row(HandoverReceiverRole, CAMERA.has(GUN_1))
            .recorded()
            .voids(Doubt::ChangedHands)
            .answered(&[CustodyTakenAround, HandoverReceiverRole]),
        row(HandoverReceiverRole, ARMORER.issues_in_line(GUN_1, CAMERA, empty(6))).after(line_begun()).after(out()),
        row(HandoverToSelf, ARMORER.offers(GUN_1, ARMORER)).after(out()),
    ]
}

fn identity_rows() -> Vec<Row> {
    use Code::*;
    let offers_the_copy = ARMORER.offers(RUBBER, PERFORMER);
    vec![
        row(IdentityFires, ARMORER.matches_the_label_of(GUN_1)).after(out()),
        row(IdentityLapsed, offers_the_copy).after(rubber_matched()).and(Step::Later(20)),
        row(IdentityNotMatched, ARMORER.returns_to(VENDOR, RUBBER)).and(ARMORER.takes_out(RUBBER)),
        row(IdentityNotMatched, offers_the_copy).and(ARMORER.takes_out(RUBBER)),
        // A doubt about a copy has it matched again.
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(CAMERA.says(Intent::ReportDoubt { gun: RUBBER })),
        // And whoever lost sight of it, left the room, refused it or went to a break.
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(CAMERA.says(Intent::ReportOutOfSight { gun: RUBBER })),
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(CAMERA.says(Intent::ReportLineChanged { gun: RUBBER })),
        row(IdentityNotMatched, PERFORMER.asks_to_point_toward_people(RUBBER))
            .after(rubber_matched())
            .and(FIRST_AD.reports_left(ARMORER)),
        row(IdentityNotMatched, PERFORMER.asks_to_point_toward_people(RUBBER))
            .after(rubber_matched())
            .and(FIRST_AD.says(Intent::ReportBreak)),
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(ARMORER.offers(RUBBER, PERFORMER))
            .and(PERFORMER.refuses(RUBBER)),
        // Taken around a handover, nobody saw whether it is still the copy that was matched.
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(PERFORMER.has(RUBBER))
            .and(ARMORER.takes_back(RUBBER)),
        row(IdentityNotMatched, PERFORMER.asks_to_point_toward_people(RUBBER)).and(ARMORER.takes_out(RUBBER)),
        row(IdentityNotMatched, ARMORER.issues_in_line(RUBBER, EXTRA, empty(0)))
            .after(line_begun())
            .and(ARMORER.takes_out(RUBBER)),
    ]
}

fn inquiry_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(InquiryConcerned, PRODUCER.names_for_the_inquiry(ARMORER))
            .after(with_the_performer())
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 })),
        row(InquiryConcerned, PERFORMER.names_for_the_inquiry(SAFETY_OFFICER))
            .after(with_the_performer())
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 })),
        // Both who looked are concerned by what they saw.
        row(InquiryConcerned, PRODUCER.names_for_the_inquiry(WITNESS))
            .after(being_checked())
            .and(WITNESS.answers(GUN_1, one_round(Content::Live))),
        // And both who counted.
        row(InquiryConcerned, PRODUCER.names_for_the_inquiry(WITNESS)).after(counted(
            DUMMIES,
            Occasion::Lunch,
            dummies(49),
        )),
        row(InquiryConcerned, PRODUCER.names_for_the_inquiry(ARMORER))
            .after(being_counted())
            .and(WITNESS.counts(DUMMIES, Tally { live: 1, ..dummies(49) })),
        // Whoever locked it away before the shot was entered is whom it is about.
        row(InquiryConcerned, PRODUCER.names_for_the_inquiry(ARMORER))
            .after(out())
            .and(ARMORER.puts_away(GUN_1, VAULT))
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 })),
        row(InquiryMinor, PRODUCER.names_for_the_inquiry(EXTRA)).after(stopped()).and(ARMORER.gives_roles(
            EXTRA,
            1,
            &[Role::Extra, Role::Minor],
        )),
        row(InquiryNotNamed, SAFETY_OFFICER.closes_the_inquiry()).after(stopped()),
        row(InquiryNotYours, FIRST_AD.closes_the_inquiry())
            .after(stopped())
            .and(ARMORER.names_for_the_inquiry(SAFETY_OFFICER)),
        row(InquiryProducer, ARMORER.names_for_the_inquiry(PRODUCER)).after(stopped()),
        row(InquirySelfNamed, SAFETY_OFFICER.names_for_the_inquiry(SAFETY_OFFICER)).after(stopped()),
        row(InquirySubordinate, PRODUCER.names_for_the_inquiry(CAMERA))
            .after(with_the_performer())
            .and(ARMORER.puts_under(CAMERA, ARMORER))
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 })),
        // At whatever remove.
        row(InquirySubordinate, PRODUCER.names_for_the_inquiry(CAMERA))
            .after(with_the_performer())
            .and(ARMORER.puts_under(CAMERA, WITNESS))
            .and(ARMORER.puts_under(WITNESS, ARMORER))
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 })),
        // Also where he comes under one of them after he was named.
        row(InquirySubordinate, CAMERA.closes_the_inquiry())
            .after(with_the_performer())
            .and(FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 }))
            .and(PRODUCER.names_for_the_inquiry(CAMERA))
            .and(ARMORER.puts_under(CAMERA, ARMORER)),
    ]
}

fn last_look_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(LastLookDiffers, WITNESS.looks_last(GUN_1, one_round(Content::Dummy)))
            .after(offered())
            .voids(Doubt::AnswersDiffer),
        row(LastLookDiffers, WITNESS.looks_last(GUN_1, one_round(Content::Live)))
            .after(offered())
            .voids(Doubt::AnswersDiffer)
            .stops(StopCause::LiveRound),
        row(LastLookNotWitness, HANDLER.looks_last(GUN_1, empty(6))).after(offered()),
    ]
}

fn line_issue_rows() -> Vec<Row> {
    use Code::*;
    let issued = || vec![ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into()];
    let confirms = |to| WITNESS.confirms_in_line(GUN_1, to, empty(6));
    vec![
        // Another wristband, another issue, a gun that nobody read, one that was put away since.
        row(LineIssueOther, confirms(STAND_IN)).after(line_begun()).after(out()).after(issued()),
        row(
            LineIssueOther,
            WITNESS.says(Intent::ConfirmInLine { gun: GUN_1, issue: ANOTHER, to: EXTRA.0, readings: empty(6) }),
        )
        .after(line_begun())
        .after(out())
        .after(issued()),
        row(LineIssueOther, confirms(EXTRA)).after(line_begun()).after(out()),
        row(LineIssueOther, confirms(EXTRA)).after(line_begun()).after(out()).after(issued()).after(gun_away()),
        row(LineIssueWalker, HANDLER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .and(HANDLER.takes_out(GUN_1))
            .and(HANDLER.calls_to_set(GUN_1)),
        row(LineIssueWalker, ARMORER.confirms_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .after(issued())
            .answered(&[LineIssueWalker, WitnessDependent]),
        row(LineIssueWalker, HANDLER.musters(0)).after(line_begun()),
        row(LineMusterAnswered, ARMORER.musters(0)).after(line_begun()).and(ARMORER.musters(1)),
    ]
}

fn muzzle_rows() -> Vec<Row> {
    vec![
        row(Code::LineMuzzleTowardPeople, CAMERA.says(Intent::ReportMuzzle { gun: GUN_1 }))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::MuzzleTowardPeople),
    ]
}

fn not_approved_rows() -> Vec<Row> {
    vec![row(Code::LineNotApproved, PERFORMER.asks_to_point_toward_people(GUN_1)).after(with_the_performer())]
}

fn line_rows() -> Vec<Row> {
    use Code::*;
    let changed = || vec![CAMERA.says(Intent::ReportLineChanged { gun: GUN_1 }).into()];
    vec![
        row(LineNotBlanks, ARMORER.finds_the_line_clear(GUN_1, 10_000)).after(out()),
        row(LineNotBlanks, ARMORER.finds_the_line_clear(GUN_1, 10_000)).after(loaded()),
        row(LineNotCleared, offer()).after(blanks_shown()),
        row(LineNotCleared, offer()).after(line_clear()).after(changed()),
        // Found clear once, and shown again later than a showing holds.
        row(LineNotCleared, offer()).after(line_clear()).and(Step::Later(5)).after(checked(WITNESS, three_blanks())),
        row(LineNotCleared, PERFORMER.looks_and_takes(GUN_1)).after(blanks_offered()).after(changed()),
        // What changed in its shot changed in its line.
        row(LineNotCleared, offer())
            .after(shots::planned(shots::BLANKS))
            .after(line_clear())
            .and(CAMERA.says(Intent::ReportShotChanged { shot: THE_OPEN_ONE, change: kernel::ShotChange::People })),
        // What was clear before a doubt is measured again after it.
        row(LineNotCleared, offer())
            .after(line_clear())
            .and(CAMERA.says(Intent::ReportDoubt { gun: GUN_1 }))
            .after(checked(WITNESS, three_blanks())),
        row(LineNotCleared, ARMORER.issues_in_line(GUN_1, EXTRA, three_blanks()))
            .after(line_begun())
            .after(blanks_loaded()),
        row(LineNotCleared, WITNESS.confirms_in_line(GUN_1, EXTRA, three_blanks()))
            .after(line_begun())
            .after(line_clear())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, three_blanks()))
            .after(changed()),
        row(LineNotCleared, ARMORER.lays_the_preset(GUN_1, SET))
            .and(ARMORER.declares_a_preset(GUN_1, SET))
            .after(blanks_shown()),
    ]
}

fn not_mustered_rows() -> Vec<Row> {
    vec![row(Code::LineNotMustered, FIRST_AD.closes_the_scene()).after(line_begun()).after(boxes_away())]
}

fn too_close_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(LineTooClose, ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES - 1)).after(blanks_shown()),
        // Of two tests the larger stand-off holds.
        row(LineTooClose, ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES))
            .after(looked_through())
            .and(ARMORER.says(Intent::TestBlank { gun: GUN_1, lot: BLANKS, rounds: 2, stand_off_centimetres: 700 }))
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen))
            .and(ARMORER.loads(GUN_1, BLANKS, &[1])),
    ]
}

fn load_rows() -> Vec<Row> {
    use Code::*;
    let other_out = || vec![ARMORER.takes_the_box_out(OTHER_DUMMIES).into()];
    let receives_live = ARMORER.receives(70, LotKind::Live, 6);
    vec![
        row(LoadCalibre, ARMORER.loads(GUN_1, OTHER_DUMMIES, &[1])).after(other_out()).after(looked_through()),
        row(LoadCalibre, ARMORER.tests(GUN_1, BLANKS, 1))
            .and(ARMORER.says(Intent::EnterCalibre { gun: GUN_1, calibre: Calibre(22) }))
            .after(looked_through()),
        row(LoadCalibreUnknown, ARMORER.loads(GUN_70, DUMMIES, &[1])).after(gun_70_without_calibre()),
        row(LoadCalibreUnknown, ARMORER.tests(GUN_70, BLANKS, 1)).after(gun_70_without_calibre()),
        row(LoadChamberNone, ARMORER.loads(GUN_1, DUMMIES, &[6, 7])).after(looked_through()),
        row(LoadChamberNone, ARMORER.answers(GUN_1, empty(7))).after(being_checked()),
        row(LoadChamberNone, ARMORER.empties(GUN_4, &[], &[], &[1, 2, 3]))
            .and(ARMORER.takes_out(GUN_4))
            .and(ARMORER.looks_through_the_bore(GUN_4, Light::Seen))
            .and(ARMORER.loads(GUN_4, DUMMIES, &[1, 2])),
        row(LoadChamberNotLoaded, ARMORER.unloads(GUN_1, &[1, 2])).after(loaded()),
        row(LoadCopy, ARMORER.loads(GUN_70, DUMMIES, &[1])).after(copy_of_a_revolver()),
        row(LoadCopy, ARMORER.tests(GUN_70, BLANKS, 1)).after(copy_of_a_revolver()),
        row(LoadCopy, PERFORMER.reports_reloaded(GUN_70, BLANKS, BELT, &[1]))
            .after(reload_declared(BLANKS))
            .after(copy_of_a_revolver())
            .and(PERFORMER.has(GUN_70))
            .answered(&[BlankNotTested, BoreNotLooked, LoadCopy])
            .recorded()
            .stops(StopCause::UnexpectedRound),
        row(LoadKind, ARMORER.loads(GUN_1, DRESS_ROUNDS, &[1])).after(looked_through()),
        row(LoadKind, ARMORER.loads(GUN_1, DRESS_ROUNDS, &[1]))
            .after(looked_through())
            .and(ARMORER.draws(DRESS_ROUNDS, 1)),
        row(LoadLive, ARMORER.registers_a_lot(70, LotKind::Live)).stops(StopCause::LiveRound),
        row(LoadLive, receives_live).stops(StopCause::LiveRound),
        row(LoadLotShort, ARMORER.loads(GUN_1, TWO_DUMMIES, &[1, 2, 3])).after(looked_through()),
        row(LoadLotShort, ARMORER.draws(TWO_DUMMIES, 3)),
        row(LoadLotShort, ARMORER.re_boxes(70, TWO_DUMMIES, 3)),
        row(LoadLotShort, ARMORER.tests(GUN_1, BLANKS, 2))
            .after(looked_through())
            .and(ARMORER.re_boxes(70, BLANKS, 47)),
        row(LoadMixed, ARMORER.loads(GUN_1, BLANKS, &[2])).after(loaded()).answered(&[BoreLookUsed, LoadMixed]),
        row(LoadMixed, ARMORER.tests(GUN_1, BLANKS, 1)).after(loaded()).answered(&[BoreLookUsed, LoadMixed]),
        // Nor are they together in a belt.
        row(LoadMixed, ARMORER.stows(BLANKS, BELT, 1)).after(reload_declared(DUMMIES)).and(ARMORER.draws(BLANKS, 1)),
        row(LoadMixed, ARMORER.stows(DUMMIES, BELT, 1))
            .after(belt_filled())
            .and(ARMORER.draws(DUMMIES, 1))
            .and(ARMORER.declares_a_reload(BELT)),
        row(LoadNothing, ARMORER.loads(GUN_1, DUMMIES, &[])).after(looked_through()),
        row(LoadNothing, ARMORER.empties(GUN_1, &[], &[], &[])).after(out()),
    ]
}

/// Five rounds of a kind, which are said to show at the head that they are inert.
pub fn inert_at_head(kind: LotKind) -> Intent<Small> {
    Intent::ReceiveLot {
        lot: 70,
        kind,
        load: None,
        calibre: None,
        source: VENDOR.0,
        rounds: 5,
        inert_at_head: true,
        uniform: true,
        place: AMMUNITION_CASE,
    }
}

fn lot_rows() -> Vec<Row> {
    use Code::*;
    let is_out = |lot| vec![ARMORER.takes_the_box_out(lot).into()];
    vec![
        row(LotLeftOut, FIRST_AD.breaks_for_lunch()),
        row(LotLeftOut, FIRST_AD.reports_a_break()).recorded().voids(Doubt::Break),
        // A day that was not wrapped does not keep the next one shut; what it left open is named.
        row(LotLeftOut, FIRST_AD.opens_day(2))
            .and(PRODUCER.gives_roles(ARMORER, 2, &[Role::Armorer]))
            .recorded()
            .voids(Doubt::NewDay),
        row(LotLeftOut, FIRST_AD.closes_the_scene()).under(Rule::Day2),
        row(LotLeftOut, FIRST_AD.wraps()).after(scene_over()).and(ARMORER.takes_the_box_out(DUMMIES)),
        // In a place that does not lock.
        row(LotLeftOut, FIRST_AD.closes_the_scene())
            .after(boxes_away())
            .and(ARMORER.says(received_in(SET)))
            .after(counted(70, Occasion::Receipt, dummies(5))),
        // A drilled head says nothing of a blank.
        row(LotNeverInert, ARMORER.says(inert_at_head(LotKind::Blank))),
        row(LotNeverInert, ARMORER.says(inert_at_head(LotKind::Spent))),
        row(
            LotNeverInert,
            ARMORER.says(Intent::RegisterLot { lot: 70, kind: LotKind::Blank, inert_at_head: true, rounds: 5 }),
        ),
        row(LotNoSource, ARMORER.draws(DUMMIES_OF_NOBODY, 1))
            .after(is_out(DUMMIES_OF_NOBODY))
            .answered(&[LotNoSource, LotNotVerified]),
        row(LotNoSource, ARMORER.loads(GUN_1, DUMMIES_OF_NOBODY, &[1]))
            .after(is_out(DUMMIES_OF_NOBODY))
            .after(looked_through())
            .answered(&[LoadCalibreUnknown, LotNoSource, LotNotVerified]),
        row(LotNoSource, ARMORER.begins_a_count(DUMMIES_OF_NOBODY, Occasion::Receipt, WITNESS)),
        row(LotNotOut, ARMORER.draws(DUMMIES, 1)).after(boxes_away()),
        row(LotNotOut, load()).after(looked_through()).after(boxes_away()),
        row(LotNotOut, ARMORER.re_boxes(70, DUMMIES, 1)).after(boxes_away()),
        row(LotNotOut, ARMORER.puts_back(DUMMIES, 1)).and(ARMORER.draws(DUMMIES, 1)).after(boxes_away()),
        row(LotNotOut, ARMORER.tests(GUN_1, BLANKS, 1)).after(looked_through()).after(boxes_away()),
        row(LotNotOut, ARMORER.unloads(GUN_1, &[1])).after(loaded()).after(boxes_away()),
        row(LotNotOut, ARMORER.empties(GUN_1, &[1, 2], &[], &[3])).after(fired()).after(boxes_away()),
        row(LotNotVerified, ARMORER.draws(UNVERIFIED_DUMMIES, 1)).after(is_out(UNVERIFIED_DUMMIES)),
        row(LotNotVerified, ARMORER.loads(GUN_1, UNVERIFIED_DUMMIES, &[1]))
            .after(is_out(UNVERIFIED_DUMMIES))
            .after(looked_through()),
        // What is put into another box is verified again.
        row(LotNotVerified, ARMORER.draws(70, 1)).and(ARMORER.re_boxes(70, DUMMIES, 10)).after(counted(
            70,
            Occasion::Issue,
            dummies(10),
        )),
        // In which somebody saw a live round, or of which there were more than the record has.
        row(LotNotVerified, ARMORER.draws(DUMMIES, 1))
            .after(being_counted())
            .and(WITNESS.counts(DUMMIES, Tally { live: 1, ..dummies(49) }))
            .after(lifted())
            .and(ARMORER.gives_the_count_up(DUMMIES))
            .answered(&[CountNotAtIssue, LotNotVerified]),
        row(LotNotVerified, ARMORER.draws(DUMMIES, 1))
            .after(counted(DUMMIES, Occasion::Lunch, dummies(51)))
            .after(lifted())
            .answered(&[CountNotAtIssue, LotNotVerified]),
        row(LotReturned, ARMORER.takes_the_box_out(TWO_DUMMIES)).after(returned::box_returned()),
        row(LotReturned, ARMORER.puts_the_box_away(TWO_DUMMIES)).after(returned::box_returned()),
        row(LotReturned, ARMORER.draws(TWO_DUMMIES, 1)).after(returned::box_returned()),
        row(LotReturned, ARMORER.re_boxes(70, TWO_DUMMIES, 1)).after(returned::box_returned()),
        row(LotReturned, ARMORER.loads(GUN_1, TWO_DUMMIES, &[1]))
            .after(returned::box_returned())
            .after(looked_through()),
        row(LotReturned, ARMORER.begins_a_count(TWO_DUMMIES, Occasion::Wrap, WITNESS)).after(returned::box_returned()),
        row(LotReturned, ARMORER.returns_the_box_to(VENDOR, TWO_DUMMIES)).after(returned::box_returned()),
        row(LotWithAnother, HANDLER.takes_the_box_out(DUMMIES)),
        row(LotWithAnother, HANDLER.returns_the_box_to(VENDOR, DUMMIES)),
    ]
}

/// Five dummies come in and are put into that place.
const fn received_in(place: u8) -> Intent<Small> {
    Intent::ReceiveLot {
        lot: 70,
        kind: LotKind::Dummy,
        load: None,
        calibre: None,
        source: VENDOR.0,
        rounds: 5,
        inert_at_head: false,
        uniform: false,
        place,
    }
}

fn meeting_rows() -> Vec<Row> {
    use Code::*;
    let four_topics = [Topic::Action, Topic::Deviations, Topic::Abort, Topic::Emergency].into_iter().collect();
    let holds = |topics| FIRST_AD.says(Intent::HoldMeeting { scene: SCENE, place: SET, topics });
    vec![
        row(MeetingNotHeld, ARMORER.calls_to_set(GUN_1)).and(ARMORER.takes_out(GUN_1)).after(quiet_scene()),
        row(MeetingNotHeld, ARMORER.begins_a_line(WITNESS)).after(quiet_scene()),
        row(MeetingNotHeld, ARMORER.declares_a_transfer(GUN_1, PERFORMER)).after(quiet_scene()),
        row(MeetingNotHeld, ARMORER.declares_a_preset(GUN_1, SET)).after(quiet_scene()),
        // A meeting in another place, or for another scene.
        row(MeetingNotHeld, ARMORER.begins_a_line(WITNESS))
            .after(quiet_scene())
            .and(FIRST_AD.holds_a_meeting(QUIET_SCENE, CART)),
        row(MeetingNotHeld, ARMORER.begins_a_line(WITNESS))
            .after(quiet_scene())
            .and(FIRST_AD.holds_a_meeting(SCENE, SET)),
        // The receiver.
        row(MeetingNotThere, ARMORER.offers(GUN_1, LATECOMER)).after(shown()),
        row(MeetingNotThere, ARMORER.issues_in_line(GUN_1, LATECOMER, empty(6))).after(line_begun()).after(out()),
        row(MeetingNotThere, ARMORER.declares_a_transfer(GUN_1, LATECOMER)),
        // Whoever is to stand in a line.
        row(MeetingNotThere, shots::places(LATECOMER, 3_000)).after(shots::planned(shots::EMPTY)),
        row(MeetingNotThere, shots::ready())
            .after(scene_closed())
            .after(shots::planned(shots::EMPTY))
            .and(shots::places(LATECOMER, 3_000))
            .after(shots::scene_again())
            .after(shots::entered_of_the_line())
            .and(FIRST_AD.says(Intent::TellPerson { person: LATECOMER.0, shot: THE_OPEN_ONE }))
            .after(shown()),
        // The giver.
        row(MeetingNotThere, LATECOMER.calls_to_set(GUN_1)).after(latecomer_handles()).and(LATECOMER.takes_out(GUN_1)),
        row(MeetingNotThere, LATECOMER.begins_a_line(WITNESS)).after(latecomer_handles()),
        row(MeetingNotThere, LATECOMER.declares_a_preset(GUN_1, SET)).after(latecomer_handles()),
        row(MeetingNotThere, LATECOMER.offers(GUN_1, PERFORMER))
            .after(latecomer_handles())
            .after(out())
            .and(ARMORER.offers(GUN_1, LATECOMER))
            .and(LATECOMER.looks_and_takes(GUN_1))
            .and(LATECOMER.begins_a_check(GUN_1, WITNESS))
            .and(LATECOMER.answers(GUN_1, empty(6)))
            .and(WITNESS.answers(GUN_1, empty(6))),
        row(MeetingNotYours, CAMERA.enters_at_the_meeting(LATECOMER)),
        row(MeetingTopics, holds(four_topics)),
    ]
}

fn misfire_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(MisfireWait, PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[1]))
            .after(reload_declared(BLANKS))
            .after(blanks_in_a_take())
            .and(ARMORER.reports_fired(GUN_1, 1, 1))
            .recorded()
            .voids(Doubt::Loaded),
        row(MisfireWait, ARMORER.empties(GUN_1, &[1], &[2], &[3])).after(misfired()),
        row(MisfireWait, ARMORER.empties(GUN_1, &[1], &[2], &[3])).after(misfired()).and(Step::Later(1)),
        row(MisfireWait, ARMORER.begins_a_check(GUN_1, WITNESS)).after(misfired()),
        row(MisfireWait, ARMORER.unloads(GUN_1, &[3])).after(misfired()).answered(&[FiredNotEmptied, MisfireWait]),
        row(MisfireWait, ARMORER.issues_in_line(GUN_1, EXTRA, three_blanks()))
            .after(line_begun())
            .after(misfired())
            .and(ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES))
            .answered(&[FiredNotEmptied, MisfireWait]),
    ]
}

fn person_and_place_rows() -> Vec<Row> {
    use Code::*;
    let takes_out = ARMORER.takes_out(GUN_1);
    vec![
        row(PersonNotProven, takes_out.on_the_device_of(HANDLER).proven_by(Proven::OwnDevicePin)),
        row(PersonNotProven, takes_out.proven_by(Proven::Code)),
        row(PersonNotProven, anybody(takes_out.intent)).answered(&[
            CustodyNotHandler,
            DeviceNotEnrolled,
            PersonNotProven,
        ]),
        row(PersonalGun, CAMERA.sees_a_personal_weapon_of(Some(PERFORMER.0)))
            .recorded()
            .stops(StopCause::PersonalWeapon),
        row(PersonalGun, CAMERA.sees_a_personal_weapon_of(None)).recorded().stops(StopCause::PersonalWeapon),
        row(PlaceNotForGuns, ARMORER.receives_from(VENDOR, GUN_1, AMMUNITION_CASE)).after(returned()),
        row(PlaceNotForGuns, ARMORER.puts_away(GUN_1, AMMUNITION_CASE)).after(out()),
        row(PlaceNotForRounds, ARMORER.says(Intent::PutAwayLot { lot: DUMMIES, place: VAULT })),
        row(PlaceNotForRounds, ARMORER.stows(DUMMIES, CART, 1)).and(ARMORER.draws(DUMMIES, 1)),
        row(PlaceNotForRounds, ARMORER.says(received_in(VAULT))),
        row(PlaceNotLocked, ARMORER.puts_away(GUN_1, CART)).after(out()),
        row(PlaceNotLocked, ARMORER.receives_from(VENDOR, GUN_1, CART)).after(returned()),
        row(PlaceNotLocked, ARMORER.moves(VEHICLE)).and(vehicle(false)),
        row(PlaceNotLocked, ARMORER.says(Intent::PutAwayLot { lot: DUMMIES, place: SET })),
    ]
}

fn preserve_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(PreserveNotStanding, CAMERA.releases_the_record()),
        row(PreserveNotStanding, CAMERA.releases_the_record())
            .and(CAMERA.preserves_the_record())
            .and(CAMERA.releases_the_record()),
        row(PreserveNotYours, PRODUCER.releases_the_record()).and(CAMERA.preserves_the_record()),
    ]
}

fn register_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(RegisterAlready, ARMORER.adds(WITNESS)),
        row(RegisterAlready, ARMORER.registers_a_gun(GUN_1, Action::SingleAction, 6)),
        row(RegisterAlready, ARMORER.receives(DUMMIES, LotKind::Dummy, 6)),
        row(RegisterAlready, ARMORER.re_boxes(BLANKS, DUMMIES, 6)),
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::SingleAction, 13)),
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::None, 0)),
        // What is in the magazine is no chamber.
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::Magazine, 8)),
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::DoubleBarrel, 1)),
        row(RegisterNotAllowed, PERFORMER.adds(STRANGER)),
        row(RegisterNotAllowed, PERFORMER.invites(WITNESS)),
        row(RegisterNotAllowed, HANDLER.receives(70, LotKind::Dummy, 6)),
        row(RegisterNotAllowed, HANDLER.rosters(ARMORER, Role::Camera, 100, 110)),
        row(RegisterNotAllowed, HANDLER.says(Intent::EnterCalibre { gun: GUN_1, calibre: Calibre(1) })),
        row(RegisterNotAllowed, HANDLER.closes_the_scene()).after(boxes_away()),
        row(RegisterNotAllowed, PERFORMER.holds_a_meeting(SCENE, SET)),
        row(RegisterOwnRoles, ARMORER.gives_roles(ARMORER, 1, &[Role::Armorer, Role::Witness])),
        // Nor does anybody roster himself out of another duty.
        row(RegisterOwnRoles, ARMORER.rosters(ARMORER, Role::Armorer, 100, 110)),
        row(RegisterUnknown, ARMORER.takes_out(77)),
        row(RegisterUnknown, STRANGER.has(GUN_1).on_the_device_of(ARMORER)).answered(&[
            CustodyTakenAround,
            HandoverReceiverRole,
            RegisterUnknown,
        ]),
        row(RegisterUnknown, ARMORER.draws(77, 1)),
        row(RegisterUnknown, ARMORER.stows(DUMMIES, 77, 1)).and(ARMORER.draws(DUMMIES, 1)),
        row(RegisterUnknown, FIRST_AD.opens_the_scene(77)).after(scene_closed()),
        row(RegisterUnknown, CAMERA.says(Intent::AttendMeeting { meeting: MEETING + 1, person: CAMERA.0 })),
        row(RegisterUnknown, ARMORER.musters(1)),
    ]
}

fn rounds_rows() -> Vec<Row> {
    use Code::*;
    let drawn = || vec![ARMORER.draws(DUMMIES, 2).into()];
    let tests = |rounds| ARMORER.tests(GUN_1, BLANKS, rounds);
    vec![
        row(RoundsLeftOut, FIRST_AD.closes_the_scene())
            .after(drawn())
            .after(counted(DUMMIES, Occasion::SceneEnd, dummies(48)))
            .after(boxes_away()),
        row(RoundsLeftOut, FIRST_AD.closes_the_scene()).after(belt_filled()).after(boxes_away()),
        row(RoundsLeftOut, FIRST_AD.wraps()).after(belt_filled()).after(boxes_away()).after(scene_closed()),
        // A seal vouches for dress rounds alone.
        row(RoundsLeftOut, FIRST_AD.closes_the_scene())
            .after(reload_declared(DUMMIES))
            .after(counted(DUMMIES, Occasion::SceneEnd, dummies(44)))
            .after(boxes_away()),
        row(RoundsNotInHand, ARMORER.puts_back(DUMMIES, 3)).after(drawn()),
        row(RoundsNotInHand, ARMORER.stows(DUMMIES, SET, 3)).after(drawn()),
        row(RoundsNotInHand, HANDLER.puts_back(DUMMIES, 1)).after(drawn()),
        row(RoundsNotInHand, ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3])).after(looked_through()).after(drawn()),
        row(RoundsNotThere, ARMORER.gathers(DRESS_ROUNDS, BELT, 21)).after(belt_filled()),
        row(RoundsNotThere, ARMORER.gathers(DUMMIES, BELT, 1)).after(belt_filled()),
        row(RoundsNotThere, PERFORMER.reports_reloaded(GUN_1, DUMMIES, BELT, &[1, 2, 3, 4, 5, 6]))
            .after(reload_declared(DUMMIES))
            .and(ARMORER.gathers(DUMMIES, BELT, 1))
            .after(with_the_performer())
            .recorded()
            .stops(StopCause::UnexpectedRound),
        // Into a chamber that is loaded, or with rounds of another lot in it.
        row(RoundsNotThere, PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[2]))
            .after(reload_declared(BLANKS))
            .after(loaded())
            .and(goes_before_the_camera(GUN_1))
            .recorded()
            .stops(StopCause::UnexpectedRound),
        row(RoundsNumber, ARMORER.draws(DUMMIES, 0)),
        row(RoundsNumber, ARMORER.draws(DUMMIES, 100_001)).answered(&[LoadLotShort, RoundsNumber]),
        row(RoundsNumber, ARMORER.draws(DUMMIES, 4_294_967_295)).answered(&[LoadLotShort, RoundsNumber]),
        row(RoundsNumber, ARMORER.re_boxes(70, DUMMIES, 0)),
        row(RoundsNumber, ARMORER.receives(70, LotKind::Dummy, 0)),
        row(RoundsNumber, ARMORER.receives(70, LotKind::Dummy, 4_294_967_295)),
        row(RoundsNumber, ARMORER.puts_back(DUMMIES, 0)).after(drawn()),
        row(RoundsNumber, ARMORER.stows(DUMMIES, SET, 0)).after(drawn()),
        row(RoundsNumber, ARMORER.gathers(DUMMIES, SET, 0)),
        row(RoundsNumber, ARMORER.registers_of(70, 0)),
        row(RoundsNumber, ARMORER.registers_of(70, 4_294_967_295)),
        row(RoundsNumber, tests(0)).after(looked_through()),
        row(RoundsNumber, tests(21)).after(looked_through()),
    ]
}

fn scene_rows() -> Vec<Row> {
    use Code::*;
    let plans = |scene| FIRST_AD.says(Intent::PlanScene { scene, day: None, blanks: false });
    vec![
        row(SceneNoBlanks, ARMORER.loads(GUN_1, BLANKS, &[1])).after(looked_through()).after(quiet_scene()),
        row(SceneNoBlanks, ARMORER.loads(GUN_1, BLANKS, &[1])).after(looked_through()).after(scene_closed()),
        row(SceneNoBlanks, ARMORER.stows(BLANKS, BELT, 6))
            .after(quiet_scene())
            .and(ARMORER.draws(BLANKS, 6))
            .and(ARMORER.declares_a_reload(BELT)),
        row(SceneNotOpen, FIRST_AD.closes_the_scene()).after(scene_closed()).after(boxes_away()),
        row(SceneNotOpen, ARMORER.calls_to_set(GUN_1)).and(ARMORER.takes_out(GUN_1)).after(scene_closed()),
        row(SceneNotOpen, ARMORER.begins_a_line(WITNESS)).after(scene_closed()),
        row(SceneNotOpen, ARMORER.declares_a_reload(BELT)).after(scene_closed()),
        row(SceneNotOpen, ARMORER.declares_a_transfer(GUN_1, PERFORMER)).after(scene_closed()),
        row(SceneNotOpen, ARMORER.declares_a_preset(GUN_1, SET)).after(scene_closed()),
        row(SceneOpen, FIRST_AD.opens_the_scene(QUIET_SCENE)),
        row(SceneOpen, plans(SCENE)),
        row(SceneOpen, FIRST_AD.wraps()).after(boxes_away()),
        row(SetNotCalled, offer()).and(ARMORER.takes_out(GUN_1)).after(checked(WITNESS, empty(6))),
        row(SetNotCalled, offer()).after(shown()).and(ARMORER.calls_off_set(GUN_1)),
        row(SetNotCalled, PERFORMER.looks_and_takes(GUN_1)).after(offered()).after(next_day()).answered(&[
            SceneNotOpen,
            SetNotCalled,
            ShowingNewDay,
        ]),
        row(SetNotCalled, ARMORER.calls_off_set(GUN_1)).and(ARMORER.takes_out(GUN_1)),
        row(SetNotCalled, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .and(ARMORER.takes_out(GUN_1)),
        row(SetNotCalled, ARMORER.lays_the_preset(GUN_1, SET))
            .and(ARMORER.declares_a_preset(GUN_1, SET))
            .after(shown())
            .and(ARMORER.calls_off_set(GUN_1)),
    ]
}

fn showing_rows() -> Vec<Row> {
    use Code::*;
    let seen_at_head = empty(6).with(1, Reading { content: Content::Dummy, method: Method::SeenAtHead });
    vec![
        row(ShowingAnswersDiffer, offer())
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, empty(6)))
            .and(WITNESS.answers(GUN_1, one_round(Content::Dummy))),
        row(ShowingBeingChecked, offer()).after(being_checked()),
        row(ShowingBeingChecked, ARMORER.offers(GUN_1, HANDLER)).after(being_checked()),
        row(ShowingBeingChecked, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(being_checked()),
        row(ShowingBreak, offer()).after(shown()).and(FIRST_AD.reports_a_break()),
        // Three of six chambers.
        row(ShowingChambersMissing, ARMORER.answers(GUN_1, empty(3))).after(being_checked()),
        row(ShowingChambersMissing, ARMORER.issues_in_line(GUN_1, EXTRA, empty(3))).after(line_begun()).after(out()),
        row(ShowingChangedHands, offer()).after(offered()).and(ARMORER.withdraws_the_offer_of(GUN_1)),
        row(ShowingChangedHands, offer()).after(with_the_performer()).and(ARMORER.takes_back(GUN_1)),
        row(ShowingCheckGivenUp, offer()).after(being_checked()).and(WITNESS.gives_the_check_up(GUN_1)),
        row(ShowingClockJumped, offer()).after(shown()).and(Step::Happens(Event::ClockJumped { at: Tick(100) })),
        row(ShowingDoubted, offer()).after(shown()).and(PERFORMER.says(Intent::ReportDoubt { gun: GUN_1 })),
        row(ShowingDoubted, offer())
            .after(shown())
            .and(PERFORMER.says(Intent::ReportDispute { gun: GUN_1 }))
            .and(FIRST_AD.reports_a_break())
            .answered(&[ShowingBreak, ShowingDoubted]),
        row(ShowingFaulty, offer())
            .after(shown())
            .and(PERFORMER.says_it_does_not_work(GUN_1))
            .and(ARMORER.clears_the_fault_of(GUN_1)),
        row(ShowingFired, offer()).after(fired()).answered(&[
            FiredNotEmptied,
            LineNotCleared,
            ShowingChangedHands,
            ShowingFired,
        ]),
        row(ShowingHandlerLeft, offer())
            .after(shown())
            .and(FIRST_AD.reports_left(ARMORER))
            .and(FIRST_AD.says(Intent::ReportReturned { person: ARMORER.0 })),
        row(ShowingLoadedSince, offer())
            .after(shown())
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen))
            .and(load()),
        row(ShowingMethod, ARMORER.answers(GUN_1, seen_at_head))
            .after(loaded())
            .and(ARMORER.begins_a_check(GUN_1, WITNESS)),
    ]
}

fn showing_lapse_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(ShowingMuzzle, offer()).after(shown()).and(CAMERA.says(Intent::ReportMuzzle { gun: GUN_1 })),
        row(ShowingNever, offer()).after(out()),
        row(ShowingNewDay, offer()).after(shown()).after(next_day()).answered(&[
            SceneNotOpen,
            SetNotCalled,
            ShowingNewDay,
        ]),
        row(ShowingOutOfSight, offer()).after(shown()).and(ARMORER.says(Intent::ReportOutOfSight { gun: GUN_1 })),
        // It went out of the handler's sight with the one who holds it.
        row(ShowingOutOfSight, offer())
            .after(with_the_performer())
            .and(FIRST_AD.reports_left(PERFORMER))
            .answered(&[CustodyHeldByAnother, ShowingOutOfSight]),
        row(ShowingRefused, offer()).after(offered()).and(PERFORMER.refuses(GUN_1)),
        row(ShowingStopped, offer()).after(shown()).after(stopped_and_lifted()),
        row(ShowingTimeLapsed, offer()).after(shown()).and(Step::Later(5)),
        row(ShowingTimeLapsed, PERFORMER.looks_and_takes(GUN_1)).after(offered()).and(Step::Later(5)),
        // In a line the showing runs from the handler's reading.
        row(ShowingTimeLapsed, WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .and(Step::Later(5)),
        // An answer that came with an earlier time shortens the showing's life.
        row(ShowingTimeLapsed, offer())
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, empty(6)).ago(2))
            .and(WITNESS.answers(GUN_1, empty(6)))
            .and(Step::Later(3)),
    ]
}

fn stop_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(StopHeld, ARMORER.takes_out(GUN_1)).after(stopped()),
        row(StopHeld, offer()).after(shown()).after(stopped()).answered(&[ShowingStopped, StopHeld]),
        row(StopHeld, PERFORMER.looks_and_takes(GUN_1))
            .after(offered())
            .and(CAMERA.finds(RoundKind::Live))
            .answered(&[ShowingStopped, StopHeld]),
        row(StopHeld, ARMORER.unloads(GUN_1, &[1])).after(loaded()).after(stopped()),
        row(StopHeld, ARMORER.empties(GUN_1, &[1, 2], &[], &[3])).after(fired()).after(stopped()),
        row(StopHeld, ARMORER.draws(DUMMIES, 1)).after(stopped()),
        row(StopHeld, ARMORER.puts_back(DUMMIES, 1)).and(ARMORER.draws(DUMMIES, 1)).after(stopped()),
        row(StopHeld, FIRST_AD.closes_the_scene()).after(boxes_away()).after(stopped()),
        // A gun is missing; that it was not loaded changes nothing.
        row(StopHeld, FIRST_AD.wraps())
            .after(scene_over())
            .and(ARMORER.takes_out(GUN_1))
            .and(ARMORER.reports_gone(GUN_1)),
        row(StopHeld, FIRST_AD.breaks_for_lunch()).after(boxes_away()).after(stopped()).under(Rule::Day2),
        // A blank or a dummy that a count misses.
        row(StopHeld, ARMORER.draws(BLANKS, 1)).after(counted(DUMMIES, Occasion::Lunch, dummies(49))),
        row(StopNotStanding, SAFETY_OFFICER.closes_the_inquiry()),
        row(StopNotStanding, ARMORER.names_for_the_inquiry(SAFETY_OFFICER)).after(stopped_and_lifted()),
        // The same count where there is another unit: this one alone is held.
        row(StopUnitHeld, ARMORER.draws(BLANKS, 1)).after(units::second()).after(counted(
            DUMMIES,
            Occasion::Lunch,
            dummies(49),
        )),
    ]
}

fn transfer_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(TransferNotDeclared, ARMORER.lays_the_preset(GUN_1, SET)).after(shown()),
        row(TransferPlace, ARMORER.declares_a_preset(GUN_1, CART)),
        row(TransferPlace, ARMORER.declares_a_reload(CART)),
    ]
}

fn witness_rows() -> Vec<Row> {
    use Code::*;
    let counts = WITNESS.counts(DUMMIES, dummies(50));
    vec![
        row(WitnessAnswered, ARMORER.answers(GUN_1, empty(6)))
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, one_round(Content::Dummy))),
        row(WitnessAnswered, counts).after(being_counted()).and(counts),
        row(WitnessDependent, WITNESS.answers(GUN_1, empty(6)).on_the_device_of(ARMORER)).after(being_checked()),
        // Nor both on a third person's device.
        row(WitnessDependent, WITNESS.answers(GUN_1, empty(6)).on_the_device_of(CAMERA))
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, empty(6)).on_the_device_of(CAMERA)),
        // Nor the checker on the witness's.
        row(WitnessDependent, ARMORER.answers(GUN_1, empty(6)).on_the_device_of(WITNESS)).after(being_checked()),
        // Nor where the check was begun on it.
        row(WitnessDependent, WITNESS.answers(GUN_1, empty(6)).on_the_device_of(CAMERA))
            .after(out())
            .and(ARMORER.begins_a_check(GUN_1, WITNESS).on_the_device_of(CAMERA)),
        row(WitnessDependent, WITNESS.looks_last(GUN_1, empty(6)).on_the_device_of(ARMORER)).after(offered()),
        row(WitnessDependent, counts.on_the_device_of(ARMORER)).after(being_counted()),
        row(WitnessDependent, WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)).on_the_device_of(ARMORER))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, empty(6))),
        // Nor is the handler's reading in a line entered on the witness's.
        row(WitnessDependent, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).on_the_device_of(WITNESS))
            .after(line_begun())
            .after(out()),
        row(WitnessDependent, WITNESS.musters(0).on_the_device_of(ARMORER)).after(line_begun()),
        row(WitnessIsReceiver, ARMORER.offers(GUN_1, STAND_IN)).after(shown_with(STAND_IN)),
        row(WitnessIsReceiver, ARMORER.issues_in_line(GUN_1, STAND_IN, empty(6)))
            .and(ARMORER.begins_a_line(STAND_IN))
            .after(out()),
        // The check of the line was given up, and the receiver witnessed another.
        row(WitnessIsReceiver, WITNESS.confirms_in_line(GUN_1, STAND_IN, empty(6)))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, STAND_IN, empty(6)))
            .and(ARMORER.gives_the_check_up(GUN_1))
            .after(checked(STAND_IN, empty(6))),
    ]
}

fn who_is_no_witness_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(WitnessNotTrained, ARMORER.begins_a_check(GUN_1, CAMERA)).after(out()),
        // What he is entered as is judged again when he answers.
        row(WitnessNotTrained, WITNESS.answers(GUN_1, empty(6))).after(being_checked()).and(PRODUCER.gives_roles(
            WITNESS,
            1,
            &[Role::Camera],
        )),
        row(WitnessNotTrained, WITNESS.counts(DUMMIES, dummies(50))).after(being_counted()).and(PRODUCER.gives_roles(
            WITNESS,
            1,
            &[Role::Camera],
        )),
        row(WitnessNotTrained, ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, CAMERA)),
        row(WitnessProducer, ARMORER.begins_a_check(GUN_1, PRODUCER))
            .after(out())
            .answered(&[WitnessNotTrained, WitnessProducer]),
        row(WitnessProducer, WITNESS.answers(GUN_1, empty(6))).after(being_checked()).and(produces()),
        row(WitnessProducer, WITNESS.looks_last(GUN_1, empty(6))).after(offered()).and(produces()),
        row(WitnessProducer, WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .and(produces()),
        row(WitnessSamePerson, ARMORER.begins_a_check(GUN_1, ARMORER))
            .after(out())
            .answered(&[WitnessNotTrained, WitnessSamePerson]),
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, OBSERVER)).after(out()),
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, ASSISTANT)).after(out()),
        row(WitnessSubordinate, ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, OBSERVER)),
        // Through another whom he answers to, and where that goes round.
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, WITNESS)).after(out()).after(answers_up_to_the_armorer()),
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, WITNESS))
            .after(out())
            .after(answers_up_to_the_armorer())
            .and(answers_to(ARMORER, &[Role::Armorer], WITNESS)),
        row(WitnessSubordinate, WITNESS.answers(GUN_1, empty(6)))
            .after(being_checked())
            .after(answers_up_to_the_armorer()),
    ]
}

/// The witness is entered as a producer too.
fn produces() -> Said {
    PRODUCER.gives_roles(WITNESS, 1, &[Role::Witness, Role::Producer])
}

fn answers_to(who: Who, roles: &[Role], superior: Who) -> Said {
    let (person, roles, answers_to) = (who.0, roles.iter().copied().collect(), Some(superior.0));
    PRODUCER.says(Intent::AssignRoles { person, day: Day(1), roles, answers_to })
}

/// The witness answers to the camera, and the camera to the armorer.
fn answers_up_to_the_armorer() -> Vec<Step> {
    let (witness, camera) = (&[Role::Witness], &[Role::Camera]);
    vec![answers_to(WITNESS, witness, CAMERA).into(), answers_to(CAMERA, camera, ARMORER).into()]
}
