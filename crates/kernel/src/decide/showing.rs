//! The check: two people, each on his own device, each blind to the other.

use super::Judge;
use crate::event::{BlindSide, Event};
use crate::feed::Seen;
use crate::gun::{Answer, Chambers, Check, Content, Doubt, Gun, Method, ShowingState};
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::rounds::Lot;
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn begin_check(&mut self, id: S::Gun, witness: S::Person) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.known_person(witness);
        self.may_witness(witness);
        self.gun_is_free(id);
        let (Some(gun), Some(checker)) = (self.gun(id), self.by()) else { return };
        self.holds(&gun);
        self.completed_the_course(Some(witness));
        self.refuse_if(!gun.action.can_be_checked(), Code::CheckNoProcedure);
        self.not_being_checked(&gun);
        self.misfire_is_over(&gun);
        let (check, device, at) = (self.context.act, self.context.device, self.now());
        self.act(Event::CheckBegun { gun: id, check, checker, witness, device, at });
    }

    /// A trained observer, another person of the same unit, no producer, and not the checker's subordinate.
    pub(super) fn may_witness(&mut self, witness: S::Person) {
        self.witnesses_for(self.by(), witness);
        self.person_of_my_unit(witness);
    }

    /// Judged when he is named, and again when he answers.
    pub(super) fn witnesses_for(&mut self, checker: Option<S::Person>, witness: S::Person) {
        for code in self.against_the_witness(checker, witness).into_iter().flatten() {
            self.refuse(Reason::new(code));
        }
        self.in_the_room(Some(witness));
    }

    /// What speaks against somebody as the witness of this checker, wherever he is.
    pub(super) fn against_the_witness(&self, checker: Option<S::Person>, witness: S::Person) -> [Option<Code>; 4] {
        let roles = self.state.roles(witness);
        let answers_to_him = checker.is_some_and(|checker| self.state.answers_to(witness, checker));
        [
            (checker == Some(witness)).then_some(Code::WitnessSamePerson),
            (!roles.has(Role::Witness)).then_some(Code::WitnessNotTrained),
            roles.has(Role::Producer).then_some(Code::WitnessProducer),
            (roles.has(Role::Assistant) || answers_to_him).then_some(Code::WitnessSubordinate),
        ]
    }

    /// Whoever answers is still who he was when he was named: a handler, or a witness.
    pub(super) fn still_answers(&mut self, side: BlindSide, [checker, witness]: [S::Person; 2]) {
        match side {
            BlindSide::Checker => {
                self.is_handler(Code::CustodyNotHandler);
                self.in_the_room(Some(checker));
            }
            BlindSide::Witness => self.witnesses_for(Some(checker), witness),
        }
    }

    pub(super) fn answer_check(&mut self, id: S::Gun, named: S::Act, seen: &Seen) {
        self.not_held();
        let Some(gun) = self.gun(id) else { return };
        self.stop_if_live(id, seen);
        self.complete(&gun, seen);
        let Some(check) = self.open_check(&gun, named) else { return };
        let Some(side) = self.my_side(&check) else { return };
        self.answers_alone(&check, side);
        self.still_answers(side, [check.checker, check.witness]);
        let other = match side {
            BlindSide::Checker => check.witness_answer,
            BlindSide::Witness => check.checker_answer,
        };
        self.act(self.answer_of(id, side, seen));
        if let Some(other) = other
            && !self.state.has_live_out_of_place(id, seen)
        {
            self.compare(id, &gun, &check, seen, &other);
        }
    }

    /// The witness answers after the checker; gives whether the gun is shown by it.
    pub(super) fn answered_alike(&mut self, id: S::Gun, gun: &Gun<S>, check: &Check<S>, seen: &Seen) -> bool {
        self.act(self.answer_of(id, BlindSide::Witness, seen));
        let Some(other) = check.checker_answer.filter(|_| !self.state.has_live_out_of_place(id, seen)) else {
            return false;
        };
        self.compare(id, gun, check, seen, &other);
        self.acts.iter().any(|event| matches!(event, Event::GunShown { .. }))
    }

    fn open_check(&mut self, gun: &Gun<S>, named: S::Act) -> Option<Check<S>> {
        match gun.showing {
            ShowingState::BeingChecked(check) if check.act == named => Some(check),
            ShowingState::BeingChecked(_) | ShowingState::Void(_) | ShowingState::Shown(_) => {
                self.refuse(Reason::new(Code::CheckNotOpen));
                None
            }
        }
    }

    fn my_side(&mut self, check: &Check<S>) -> Option<BlindSide> {
        if self.by() == Some(check.checker) {
            Some(BlindSide::Checker)
        } else if self.by() == Some(check.witness) {
            Some(BlindSide::Witness)
        } else {
            self.refuse(Reason::new(Code::CheckNotYours));
            None
        }
    }

    /// Once each, and not on a device of the other.
    pub(super) fn answers_alone(&mut self, check: &Check<S>, side: BlindSide) {
        let (mine, others, other) = match side {
            BlindSide::Checker => (check.checker_answer, check.witness_answer, check.witness),
            BlindSide::Witness => (check.witness_answer, check.checker_answer, check.checker),
        };
        self.refuse_if(mine.is_some(), Code::WitnessAnswered);
        let begun_here = side == BlindSide::Witness && check.device == self.context.device;
        self.independent(begun_here, others.map(|answer| answer.device), other);
    }

    /// Every chamber was read and what feeds them, and every round that could be taken for another was
    /// taken out; or every barrel was.
    ///
    /// Whoever has seen a live round where none may be looks no further, takes nothing out and loads nothing: what he saw so
    /// far is his whole answer, and it stops everything.
    pub(super) fn complete(&mut self, gun: &Gun<S>, seen: &Seen) {
        if self.state.is_live_out_of_place(gun, seen) && self.rules.hold(Rule::Stop1) {
            self.speaks_of_the_feed(gun, seen.feed.is_some());
            self.speaks_of_barrels(gun, seen.barrels.is_some());
            return;
        }
        self.feed_was_read(gun, seen.feed);
        self.speaks_of_barrels(gun, seen.barrels.is_some());
        if let Some(barrels) = seen.barrels {
            self.each_was_read(gun, barrels.read());
            return;
        }
        let readings = &seen.readings;
        self.each_was_read(gun, readings.read());
        let lot = gun.loading.and_then(|loading| self.state.lots.get(&loading.lot));
        if !lot.is_some_and(Lot::shows_inert) {
            let left_in = readings.chambers_where(|it| is_round(it.content) && it.method == Method::SeenAtHead);
            if !left_in.is_empty() {
                self.refuse(Reason::new(Code::ShowingMethod).chambers(left_in));
            }
        }
    }

    /// Every chamber or barrel that the gun has, and none that it has not.
    fn each_was_read(&mut self, gun: &Gun<S>, read: Chambers) {
        let missing = gun.cylinder().minus(read);
        if !missing.is_empty() {
            self.refuse(Reason::new(Code::ShowingChambersMissing).chambers(missing));
        }
        self.none_outside(gun, read);
    }

    /// Both have answered: alike and as recorded, it is shown; else both look again, or all stops.
    fn compare(&mut self, id: S::Gun, gun: &Gun<S>, check: &Check<S>, seen: &Seen, other: &Answer<S>) {
        if seen.is_unsure() || !seen.agrees(&other.seen()) {
            if check.again {
                self.act_stop(StopCause::AnswersDifferTwice, Some(id));
            } else {
                self.act(Event::AnswersDiffered { gun: id, at: self.now() });
            }
        } else if let Some(cause) = self.differs_from_record(gun, seen) {
            self.act_stop(cause, Some(id));
            let loaded = gun.is_fed() || seen.readings.of(Content::Spent).minus(gun.loaded()).is_empty();
            let shots = self.shots_nobody_reported(id, gun, seen.count(Content::Spent)).filter(|_| loaded);
            shots.into_iter().for_each(|event| self.act_by(Rule::Fired1, event));
        } else {
            self.act(Event::GunShown { gun: id, at: self.context.earlier().min(other.at) });
            self.act(Event::AnswersOpened { gun: id });
        }
    }

    /// A round that nobody loaded, a case of a shot that nobody reported, or none where one was loaded.
    fn differs_from_record(&self, gun: &Gun<S>, seen: &Seen) -> Option<StopCause> {
        let lot = gun.loading.and_then(|loading| self.state.lots.get(&loading.lot));
        if let Some(barrels) = seen.barrels {
            return Self::barrels_differ_from_record(gun, lot, &barrels);
        }
        if gun.is_fed() {
            return Self::feed_differs_from_record(gun, lot, seen);
        }
        let (loaded, readings) = (gun.loaded(), &seen.readings);
        let expected = lot.and_then(|lot| lot.kind.in_chamber());
        let rounds = readings.chambers_where(|it| is_round(it.content));
        let as_loaded = readings.chambers_where(|it| Some(it.content) == expected).and(loaded);
        let spent = readings.of(Content::Spent).and(loaded);
        let as_fired = if spent.count() > u32::from(gun.fired.shots) { Chambers::NONE } else { spent };
        if !rounds.minus(as_loaded).minus(as_fired).is_empty() {
            Some(StopCause::UnexpectedRound)
        } else if !loaded.minus(rounds).is_empty() {
            Some(StopCause::RoundMissing)
        } else {
            None
        }
    }

    pub(super) fn give_up_check(&mut self, id: S::Gun, named: S::Act) {
        let Some(gun) = self.gun(id) else { return };
        let Some(check) = self.open_check(&gun, named) else { return };
        if self.my_side(&check).is_some() {
            self.act(Event::ShowingVoided { gun: id, why: Doubt::CheckGivenUp, at: self.now() });
        }
    }

    pub(super) fn void_by(&mut self, rule: Rule, gun: S::Gun, why: Doubt) {
        self.act_by(rule, Event::ShowingVoided { gun, why, at: self.context.earlier() });
    }
}

const fn is_round(content: Content) -> bool {
    match content {
        Content::Empty | Content::NotSure => false,
        Content::Dummy | Content::Blank | Content::Live | Content::Spent | Content::SnapCap => true,
    }
}
