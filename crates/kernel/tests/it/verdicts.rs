//! Verdict tables. Each row says what came before, what is said, and the whole answer. The rows
//! stand in the order in which the codes are declared, and every code has one.

use kernel::{
    Action, Code, Content, Doubt, Event, Intent, Light, LotKind, Proven, Readings, Role, RoundKind, Rule, StopCause,
    Verdict,
};

use crate::stage::{
    AMMUNITION_CASE, ANOTHER, ARMORER, ASSISTANT, BLANKS, CAMERA, CART, DRESS_ROUNDS, DRILLED_DUMMIES, DUMMIES,
    FIRST_AD, GUN_1, HANDLER, OBSERVER, PERFORMER, PISTOL, PRODUCER, RUBBER, SAFETY_OFFICER, STAND_IN, STRANGER,
    STUNT_PERFORMER, Said, Stage, Step, TWO_DUMMIES, Tick, VAULT, WITNESS, Who, anybody, empty, rounds, stop_in,
    voiding_in,
};

/// One row.
#[derive(Debug)]
struct Row {
    of: Code,
    day_is_open: bool,
    before: Vec<Step>,
    said: Said,
    accepted: bool,
    answer: Vec<Code>,
    stop: Option<StopCause>,
    voids: Option<Doubt>,
}

/// The row of a code: so far nothing came before, and the answer is this code alone, a refusal.
fn row(of: Code, said: Said) -> Row {
    let (before, answer) = (Vec::new(), vec![of]);
    Row { of, day_is_open: true, before, said, accepted: false, answer, stop: None, voids: None }
}

impl Row {
    fn after(mut self, steps: impl IntoIterator<Item = Step>) -> Row {
        self.before.extend(steps);
        self
    }

    fn and(mut self, step: impl Into<Step>) -> Row {
        self.before.push(step.into());
        self
    }

    const fn before_the_day(mut self) -> Row {
        self.day_is_open = false;
        self
    }

    /// The whole answer, where it is more than the row's own code.
    fn answered(mut self, codes: &[Code]) -> Row {
        self.answer = codes.to_vec();
        self
    }

    /// It is recorded all the same; the code is a breach.
    const fn recorded(mut self) -> Row {
        self.accepted = true;
        self
    }

    const fn stops(mut self, cause: StopCause) -> Row {
        self.stop = Some(cause);
        self
    }

    const fn voids(mut self, why: Doubt) -> Row {
        self.voids = Some(why);
        self
    }

    fn stage(&self) -> Stage {
        let stage = if self.day_is_open { Stage::new() } else { Stage::before_the_day() };
        stage.after(&self.before)
    }
}

/// The armorer took gun 1 out.
fn out() -> Vec<Step> {
    vec![ARMORER.takes_out(GUN_1).into()]
}

/// The armorer began a check with the witness.
fn being_checked() -> Vec<Step> {
    [out(), vec![ARMORER.begins_a_check(GUN_1, WITNESS).into()]].concat()
}

/// Both saw gun 1 empty.
fn shown() -> Vec<Step> {
    shown_with(WITNESS)
}

fn shown_with(witness: Who) -> Vec<Step> {
    let steps = vec![
        ARMORER.begins_a_check(GUN_1, witness).into(),
        ARMORER.answers(GUN_1, empty(6)).into(),
        witness.answers(GUN_1, empty(6)).into(),
    ];
    [out(), steps].concat()
}

/// Gun 1, shown empty, is offered to the performer.
fn offered() -> Vec<Step> {
    [shown(), vec![ARMORER.offers(GUN_1, PERFORMER).into()]].concat()
}

/// The performer looked and took it.
fn with_the_performer() -> Vec<Step> {
    [offered(), vec![PERFORMER.looks_and_takes(GUN_1).into()]].concat()
}

/// A dummy is in chamber 1 of gun 1.
fn loaded() -> Vec<Step> {
    let steps =
        vec![ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(), ARMORER.loads(GUN_1, DUMMIES, &[1]).into()];
    [out(), steps].concat()
}

/// The rubber copy is out and matched.
fn rubber_matched() -> Vec<Step> {
    vec![ARMORER.takes_out(RUBBER).into(), ARMORER.matches_the_label_of(RUBBER).into()]
}

/// Somebody called a stop.
fn stopped() -> Vec<Step> {
    vec![CAMERA.stops().into()]
}

/// The stop was called and the safety officer lifted it.
fn stopped_and_lifted() -> Vec<Step> {
    vec![
        CAMERA.stops().into(),
        ARMORER.names_for_the_inquiry(SAFETY_OFFICER).into(),
        SAFETY_OFFICER.closes_the_inquiry().into(),
    ]
}

/// The night is over; roles were entered for day 2.
fn next_day() -> Vec<Step> {
    vec![
        PRODUCER.gives_roles(ARMORER, 2, &[Role::Armorer]).into(),
        PRODUCER.gives_roles(PERFORMER, 2, &[Role::Performer]).into(),
        FIRST_AD.opens_day(2).into(),
    ]
}

/// A round of `content` in chamber 1 of six, taken out, seen and shaken.
fn one_round(content: Content) -> Readings {
    rounds(6, &[1], content)
}

/// The offer of gun 1 to the performer: what most doubts are asked by.
fn offer() -> Said {
    ARMORER.offers(GUN_1, PERFORMER)
}

fn rows() -> Vec<Row> {
    [
        bore_and_check_rows(),
        clock_and_custody_rows(),
        day_and_device_rows(),
        handover_rows(),
        identity_and_inquiry_rows(),
        last_look_and_line_rows(),
        load_rows(),
        person_place_and_register_rows(),
        showing_rows(),
        showing_lapse_rows(),
        stop_rows(),
        witness_rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn bore_and_check_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(BoreBlocked, ARMORER.looks_through_the_bore(GUN_1, Light::Blocked))
            .after(out())
            .stops(StopCause::BoreBlocked),
        row(BoreChambersNotEmpty, ARMORER.looks_through_the_bore(GUN_1, Light::Seen)).after(loaded()),
        row(BoreLookUsed, ARMORER.loads(GUN_1, DUMMIES, &[1])).after(loaded()).and(ARMORER.unloads(GUN_1, &[1])),
        row(BoreNotLooked, ARMORER.loads(GUN_1, DUMMIES, &[1])).after(out()),
        // The look does not outlive other hands.
        row(BoreNotLooked, ARMORER.loads(GUN_1, DUMMIES, &[1]))
            .after(out())
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen))
            .and(HANDLER.has(GUN_1))
            .and(ARMORER.has(GUN_1)),
        row(CheckNoProcedure, ARMORER.begins_a_check(PISTOL, WITNESS)).and(ARMORER.takes_out(PISTOL)),
        row(CheckNotOpen, WITNESS.answers(GUN_1, empty(6))).after(out()),
        // The check that was given up stays closed when the next one is open.
        row(CheckNotOpen, WITNESS.says(Intent::AnswerCheck { gun: GUN_1, check: 1001, readings: empty(6) }))
            .after(being_checked())
            .and(WITNESS.gives_the_check_up(GUN_1))
            .and(ARMORER.begins_a_check(GUN_1, WITNESS)),
        row(CheckNotYours, OBSERVER.answers(GUN_1, empty(6))).after(being_checked()),
        row(CheckNotYours, PERFORMER.gives_the_check_up(GUN_1)).after(being_checked()),
    ]
}

fn clock_and_custody_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(ClockAhead, ARMORER.takes_out(GUN_1).ago(-3)),
        row(ClockAskLate, ARMORER.takes_out(GUN_1).ago(3)),
        row(CustodyAlreadyYours, ARMORER.takes_out(GUN_1)).after(out()),
        row(CustodyAlreadyYours, ARMORER.takes_back(GUN_1)).after(out()),
        row(CustodyGone, ARMORER.takes_back(GUN_1)).after(out()).and(ARMORER.reports_gone(GUN_1)),
        row(CustodyHeldByAnother, HANDLER.puts_away(GUN_1, VAULT)).after(out()),
        row(CustodyHeldByAnother, HANDLER.takes_out(GUN_1)).after(out()),
        row(CustodyHeldByAnother, HANDLER.withdraws_the_offer_of(GUN_1)).after(offered()),
        row(CustodyInHandover, ARMORER.puts_away(GUN_1, VAULT)).after(offered()),
        row(CustodyInHandover, ARMORER.offers(GUN_1, STAND_IN)).after(offered()),
        row(CustodyLeftOut, FIRST_AD.reports_a_break()).after(out()).recorded().voids(Doubt::Break),
        row(CustodyLockedAway, ARMORER.puts_away(GUN_1, VAULT)),
        row(CustodyLockedAway, ARMORER.takes_back(GUN_1)),
        row(CustodyNotHandler, PERFORMER.takes_out(GUN_1)),
        row(CustodyNotHandler, PERFORMER.puts_away(GUN_1, VAULT)).after(with_the_performer()),
        row(CustodyTakenAround, PERFORMER.has(GUN_1)).after(out()).recorded().voids(Doubt::ChangedHands),
    ]
}

fn day_and_device_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(DayNoKeeper, FIRST_AD.opens_day(2)).and(PRODUCER.gives_roles(PERFORMER, 2, &[Role::Performer])),
        row(DayNotOpen, ARMORER.takes_out(GUN_1)).before_the_day().answered(&[CustodyNotHandler, DayNotOpen]),
        row(DayPast, PRODUCER.opens_day(1)),
        row(DayPast, ARMORER.gives_roles(WITNESS, 0, &[Role::Witness])),
        row(DeviceNotEnrolled, ARMORER.takes_out(GUN_1).on_the_device_of(STRANGER)),
        row(DeviceRevoked, HANDLER.takes_out(GUN_1)).and(ARMORER.revokes_the_device_of(HANDLER)),
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
    ]
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
        row(HandoverNoLastLook, PERFORMER.declines_to_look_and_takes(GUN_1)).after(offered()),
        row(HandoverNoOffer, PERFORMER.looks_and_takes(GUN_1)).after(shown()),
        row(HandoverNotHandler, PERFORMER.offers(GUN_1, STAND_IN)).after(with_the_performer()),
        row(HandoverNotHandler, PERFORMER.takes_back(GUN_1)).after(offered()),
        row(HandoverNotNeeded, HANDLER.takes_back(GUN_1)).after(out()),
        row(
            HandoverOfferStale,
            PERFORMER.says(Intent::Take { gun: GUN_1, offer: ANOTHER, look: kernel::Look::Looked }),
        )
        .after(offered()),
        row(HandoverOtherReceiver, STAND_IN.looks_and_takes(GUN_1)).after(offered()),
        row(HandoverOtherReceiver, STAND_IN.refuses(GUN_1)).after(offered()),
        row(HandoverReceiverRole, ARMORER.offers(GUN_1, CAMERA)).after(shown()),
        row(HandoverReceiverRole, CAMERA.has(GUN_1))
            .recorded()
            .voids(Doubt::ChangedHands)
            .answered(&[CustodyTakenAround, HandoverReceiverRole]),
        row(HandoverToSelf, ARMORER.offers(GUN_1, ARMORER)).after(out()),
    ]
}

fn identity_and_inquiry_rows() -> Vec<Row> {
    use Code::*;
    let offers_the_copy = ARMORER.offers(RUBBER, PERFORMER);
    vec![
        row(IdentityFires, ARMORER.matches_the_label_of(GUN_1)).after(out()),
        row(IdentityLapsed, offers_the_copy).after(rubber_matched()).and(Step::Later(20)),
        row(IdentityNotMatched, offers_the_copy).and(ARMORER.takes_out(RUBBER)),
        // A doubt about a copy has it matched again.
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(CAMERA.says(Intent::ReportDoubt { gun: RUBBER })),
        // Taken around a handover, nobody saw whether it is still the copy that was matched.
        row(IdentityNotMatched, offers_the_copy)
            .after(rubber_matched())
            .and(PERFORMER.has(RUBBER))
            .and(ARMORER.takes_back(RUBBER)),
        row(IdentityNotMatched, PERFORMER.asks_to_point_toward_people(RUBBER)).and(ARMORER.takes_out(RUBBER)),
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
        row(InquiryNotNamed, SAFETY_OFFICER.closes_the_inquiry()).after(stopped()),
        row(InquiryNotYours, FIRST_AD.closes_the_inquiry())
            .after(stopped())
            .and(ARMORER.names_for_the_inquiry(SAFETY_OFFICER)),
        row(InquiryProducer, ARMORER.names_for_the_inquiry(PRODUCER)).after(stopped()),
        row(InquirySelfNamed, SAFETY_OFFICER.names_for_the_inquiry(SAFETY_OFFICER)).after(stopped()),
    ]
}

fn last_look_and_line_rows() -> Vec<Row> {
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
        row(LineMuzzleTowardPeople, CAMERA.says(Intent::ReportMuzzle { gun: GUN_1 }))
            .after(with_the_performer())
            .recorded()
            .voids(Doubt::MuzzleTowardPeople),
        row(LineNotApproved, PERFORMER.asks_to_point_toward_people(GUN_1)).after(with_the_performer()),
    ]
}

fn load_rows() -> Vec<Row> {
    use Code::*;
    let looked_through = || [out(), vec![ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into()]].concat();
    vec![
        row(LoadChamberNone, ARMORER.loads(GUN_1, DUMMIES, &[6, 7])).after(looked_through()),
        row(LoadChamberNone, ARMORER.answers(GUN_1, empty(7))).after(being_checked()),
        row(LoadChamberNotLoaded, ARMORER.unloads(GUN_1, &[1, 2])).after(loaded()),
        row(LoadKind, ARMORER.loads(GUN_1, DRESS_ROUNDS, &[1])).after(looked_through()),
        row(LoadLive, ARMORER.registers_a_lot(70, LotKind::Live)).stops(StopCause::LiveRound),
        row(LoadLotShort, ARMORER.loads(GUN_1, TWO_DUMMIES, &[1, 2, 3])).after(looked_through()),
        row(LoadMixed, ARMORER.loads(GUN_1, BLANKS, &[2])).after(loaded()).answered(&[BoreLookUsed, LoadMixed]),
        row(LoadNothing, ARMORER.loads(GUN_1, DUMMIES, &[])).after(looked_through()),
    ]
}

fn person_place_and_register_rows() -> Vec<Row> {
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
        row(PlaceNotForGuns, ARMORER.puts_away(GUN_1, AMMUNITION_CASE)).after(out()),
        row(PlaceNotLocked, ARMORER.puts_away(GUN_1, CART)).after(out()),
        row(RegisterAlready, ARMORER.adds(WITNESS)),
        row(RegisterAlready, ARMORER.registers_a_gun(GUN_1, Action::SingleAction, 6)),
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::SingleAction, 13)),
        row(RegisterChambers, ARMORER.registers_a_gun(70, Action::None, 0)),
        row(RegisterNotAllowed, PERFORMER.adds(STRANGER)),
        row(RegisterNotAllowed, PERFORMER.invites(WITNESS)),
        row(RegisterOwnRoles, ARMORER.gives_roles(ARMORER, 1, &[Role::Armorer, Role::Witness])),
        row(RegisterUnknown, ARMORER.takes_out(77)),
        row(RegisterUnknown, STRANGER.has(GUN_1).on_the_device_of(ARMORER)).answered(&[
            CustodyTakenAround,
            HandoverReceiverRole,
            RegisterUnknown,
        ]),
    ]
}

fn showing_rows() -> Vec<Row> {
    use Code::*;
    let seen_at_head = {
        let read = kernel::Reading { content: Content::Dummy, method: kernel::Method::SeenAtHead };
        empty(6).with(1, read)
    };
    vec![
        row(ShowingAnswersDiffer, offer())
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, empty(6)))
            .and(WITNESS.answers(GUN_1, one_round(Content::Dummy))),
        row(ShowingBeingChecked, offer()).after(being_checked()),
        row(ShowingBeingChecked, ARMORER.offers(GUN_1, HANDLER)).after(being_checked()),
        row(ShowingBreak, offer()).after(shown()).and(FIRST_AD.reports_a_break()),
        // Three of six chambers.
        row(ShowingChambersMissing, ARMORER.answers(GUN_1, empty(3))).after(being_checked()),
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
        row(ShowingHandlerLeft, offer())
            .after(shown())
            .and(FIRST_AD.reports_left(ARMORER))
            .and(FIRST_AD.says(Intent::ReportReturned { person: ARMORER.0 })),
        row(ShowingLoadedSince, offer())
            .after(shown())
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen))
            .and(ARMORER.loads(GUN_1, DUMMIES, &[1])),
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
        row(ShowingNewDay, offer()).after(shown()).after(next_day()),
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
        row(StopNotStanding, SAFETY_OFFICER.closes_the_inquiry()),
        row(StopNotStanding, ARMORER.names_for_the_inquiry(SAFETY_OFFICER)).after(stopped_and_lifted()),
    ]
}

fn witness_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(WitnessAnswered, ARMORER.answers(GUN_1, empty(6)))
            .after(being_checked())
            .and(ARMORER.answers(GUN_1, one_round(Content::Dummy))),
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
        row(WitnessIsReceiver, ARMORER.offers(GUN_1, STAND_IN)).after(shown_with(STAND_IN)),
        row(WitnessNotTrained, ARMORER.begins_a_check(GUN_1, CAMERA)).after(out()),
        row(WitnessProducer, ARMORER.begins_a_check(GUN_1, PRODUCER))
            .after(out())
            .answered(&[WitnessNotTrained, WitnessProducer]),
        row(WitnessSamePerson, ARMORER.begins_a_check(GUN_1, ARMORER))
            .after(out())
            .answered(&[WitnessNotTrained, WitnessSamePerson]),
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, OBSERVER)).after(out()),
        row(WitnessSubordinate, ARMORER.begins_a_check(GUN_1, ASSISTANT)).after(out()),
    ]
}

fn codes(verdict: &Verdict<crate::stage::Small>) -> Vec<Code> {
    verdict.reasons.iter().map(|reason| reason.code).collect()
}

#[test]
fn every_row_has_its_whole_answer() {
    for row in rows() {
        let verdict = row.stage().verdict(&row.said);
        assert_eq!(codes(&verdict), row.answer, "{row:?}");
        assert_eq!(verdict.accepted, row.accepted, "{row:?}");
        assert_eq!(stop_in(&verdict.events), row.stop, "{row:?}");
        assert_eq!(voiding_in(&verdict.events), row.voids, "{row:?}");
    }
}

#[test]
fn every_code_has_a_row_and_the_rows_stand_in_the_codes_order() {
    let rows = rows();
    let mut of: Vec<Code> = rows.iter().map(|row| row.of).collect();
    assert!(of.is_sorted(), "the rows stand in another order than the codes");
    of.dedup();
    assert_eq!(of, Code::ALL, "a code has no row");
    for row in rows {
        assert!(row.answer.contains(&row.of), "{row:?}");
    }
}

/// What dropping a rule buys or costs is visible: its code goes from the answer, and where the rule
/// is what happens and not what is refused, from the whole story as well.
#[test]
fn without_its_rule_a_code_is_in_no_answer() {
    let mut dead = Vec::new();
    for row in rows() {
        let rule = row.of.rule();
        let mut stage = row.stage();
        stage.rules = stage.rules.without(rule);
        let verdict = stage.verdict(&row.said);
        assert!(!codes(&verdict).contains(&row.of), "{rule:?} is dropped and still refuses: {row:?}");
        let others = codes(&verdict).iter().all(|code| row.answer.contains(code));
        assert!(others, "dropping {rule:?} brings other reasons: {row:?}");
        dead.push(rule);
    }
    let lifeless: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| !dead.contains(rule)).collect();
    assert_eq!(lifeless, [], "no row shows what these rules do");
}

#[test]
fn a_story_told_without_a_rule_never_names_it() {
    for row in rows() {
        let rule = row.of.rule();
        let mut stage = if row.day_is_open { Stage::new() } else { Stage::before_the_day() };
        stage.rules = stage.rules.without(rule);
        let mut verdicts: Vec<_> = row.before.iter().filter_map(|step| stage.goes_on(step)).collect();
        verdicts.push(stage.verdict(&row.said));
        for reason in verdicts.iter().flat_map(|verdict| &verdict.reasons) {
            assert_ne!(reason.code.rule(), rule, "{row:?}");
        }
    }
}

#[test]
fn the_same_scene_done_right_is_never_refused() {
    let dummies = rounds(6, &[1, 2, 3, 4, 5, 6], Content::Dummy);
    let stage = Stage::new().after(&[
        ARMORER.takes_out(GUN_1).into(),
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3, 4, 5, 6]).into(),
        ARMORER.begins_a_check(GUN_1, WITNESS).into(),
        WITNESS.answers(GUN_1, dummies).into(),
        ARMORER.answers(GUN_1, dummies).into(),
        Step::Later(2),
        ARMORER.offers(GUN_1, PERFORMER).into(),
        WITNESS.looks_last(GUN_1, dummies).into(),
        PERFORMER.declines_to_look_and_takes(GUN_1).into(),
        Step::Later(2),
        ARMORER.takes_back(GUN_1).into(),
        ARMORER.unloads(GUN_1, &[1, 2, 3, 4, 5, 6]).into(),
        ARMORER.puts_away(GUN_1, VAULT).into(),
    ]);
    assert_eq!(stage.state.lots[&DUMMIES].rounds, 50);
}

/// What shows at the head that it is inert need not be taken out.
#[test]
fn a_drilled_dummy_may_be_read_at_the_head() {
    let read = kernel::Reading { content: Content::Dummy, method: kernel::Method::SeenAtHead };
    let stage = Stage::new().after(&out()).after(&[
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        ARMORER.loads(GUN_1, DRILLED_DUMMIES, &[1]).into(),
        ARMORER.begins_a_check(GUN_1, WITNESS).into(),
    ]);
    assert!(stage.verdict(&WITNESS.answers(GUN_1, empty(6).with(1, read))).accepted);
}

/// Whoever is both performer and handler receives as a performer: he is shown, and does not show.
#[test]
fn a_performer_who_also_handles_receives_as_a_performer() {
    let refused = Stage::new().after(&out()).verdict(&ARMORER.offers(GUN_1, STUNT_PERFORMER));
    assert_eq!(codes(&refused), [Code::ShowingNever]);
    let to_a_handler = Stage::new().after(&out()).verdict(&ARMORER.offers(GUN_1, HANDLER));
    assert!(to_a_handler.accepted);
}

/// Who calls while somebody inquires into the call before has seen something else.
#[test]
fn a_call_while_another_is_inquired_into_is_a_stop_of_its_own() {
    let again = Stage::new().after(&stopped()).verdict(&CAMERA.stops());
    assert_eq!((again.accepted, stop_in(&again.events)), (true, None), "one inquiry serves both");
    let inquired = [stopped(), vec![ARMORER.names_for_the_inquiry(SAFETY_OFFICER).into()]].concat();
    let anew = Stage::new().after(&inquired).verdict(&CAMERA.stops());
    assert_eq!((anew.accepted, stop_in(&anew.events)), (true, Some(StopCause::Called)));
}
