//! The count: two roles, each on his own device, each blind to the other; the second one seals.

use super::Judge;
use crate::event::{BlindSide, Event};
use crate::gun::Method;
use crate::people::{Role, Roles};
use crate::reason::{Code, Reason};
use crate::rounds::{Count, CountAnswer, Lot, MAX_ROUNDS, Occasion, Tally};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    /// Open while everything is held: a count touches no gun, and a missing round is looked for.
    pub(super) fn begin_count(&mut self, id: S::Lot, occasion: Occasion, witness: S::Person) {
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.known_person(witness);
        self.may_witness(witness);
        self.two_roles(witness);
        self.lot_is_free(id);
        let (Some(lot), Some(counter)) = (self.lot(id), self.by()) else { return };
        self.not_returned(id, &lot);
        self.not_being_counted(id, &lot);
        if occasion == Occasion::Receipt && self.state.supplier(id).is_none() {
            self.refuse(Reason::new(Code::LotNoSource).lot(id));
        }
        if occasion == Occasion::Receipt {
            self.all_of_it_is_in_its_box(id);
        }
        let (count, device, at) = (self.context.act, self.context.device, self.now());
        self.act(Event::CountBegun { lot: id, count, occasion, counter, witness, device, at });
    }

    /// Two people, one of them a handler, and the second not there in the same role as the first. That
    /// both are trained observers makes no role of two.
    pub(super) fn two_roles(&mut self, second: S::Person) {
        let (first, other) = (self.my_roles(), self.state.roles(second).without(Role::Witness));
        let one_role = other.all_among(first) && (other != Roles::NONE || first.without(Role::Witness) == Roles::NONE);
        let handled = first.handles() || other.handles();
        self.refuse_if(self.by() == Some(second) || one_role || !handled, Code::CountOneRole);
    }

    pub(super) fn answer_count(&mut self, id: S::Lot, named: S::Act, tally: &Tally, method: Method, seal: Option<u32>) {
        let Some(lot) = self.lot(id) else { return };
        self.refuse_if(tally.numbers().into_iter().any(|number| number > MAX_ROUNDS), Code::CountAbsurd);
        self.stop_if_live_in(&lot, tally);
        self.lot_is_no_exhibit(id);
        let Some(count) = self.open_count(&lot, named) else { return };
        let Some(side) = self.my_side_of_count(&count) else { return };
        self.counts_alone(&count, side);
        self.still_answers(side, [count.counter, count.witness]);
        let stops = tally.live > self.state.live_rounds_in(&lot) && self.rules.hold(Rule::Stop1);
        if count.occasion == Occasion::Receipt && !lot.is_told_by(method) && !stops {
            self.refuse(Reason::new(Code::CountMethod));
        }
        let other = match side {
            BlindSide::Checker => count.witness_answer,
            BlindSide::Witness => count.counter_answer,
        };
        // Nobody seals, or takes into the hand, where a live round lies.
        self.refuse_if(other.is_some() && count.occasion.seals() && seal.is_none() && !stops, Code::CountNoSeal);
        let (device, at) = (self.context.device, self.context.earlier());
        self.act(Event::CountAnswered { lot: id, side, tally: *tally, seal, device, at });
        if let Some(other) = other
            && tally.live <= self.state.live_rounds_in(&lot)
        {
            self.compare_counts(id, &lot, &count, &CountAnswer { tally: *tally, seal, device, at }, &other);
        }
    }

    /// A live round that is in no box by the record. The inquiry is about the two who count it.
    fn stop_if_live_in(&mut self, lot: &Lot<S>, tally: &Tally) {
        if tally.live > self.state.live_rounds_in(lot) {
            let concerned = lot.count.map_or([None, None], |count| [Some(count.counter), Some(count.witness)]);
            self.carry_stop_about(StopCause::LiveRound, concerned);
        }
    }

    fn open_count(&mut self, lot: &Lot<S>, named: S::Act) -> Option<Count<S>> {
        let open = lot.count.filter(|count| count.act == named);
        self.refuse_if(open.is_none(), Code::CountNotOpen);
        open
    }

    fn my_side_of_count(&mut self, count: &Count<S>) -> Option<BlindSide> {
        if self.by() == Some(count.counter) {
            Some(BlindSide::Checker)
        } else if self.by() == Some(count.witness) {
            Some(BlindSide::Witness)
        } else {
            self.refuse(Reason::new(Code::CountNotYours));
            None
        }
    }

    fn counts_alone(&mut self, count: &Count<S>, side: BlindSide) {
        let (mine, others, other) = match side {
            BlindSide::Checker => (count.counter_answer, count.witness_answer, count.witness),
            BlindSide::Witness => (count.witness_answer, count.counter_answer, count.counter),
        };
        self.refuse_if(mine.is_some(), Code::WitnessAnswered);
        let begun_here = side == BlindSide::Witness && count.device == self.context.device;
        self.independent(begun_here, others.map(|answer| answer.device), other);
    }

    /// The answer comes from a device on which the other has not answered and which is not his.
    pub(super) fn independent(&mut self, begun_here: bool, answered_on: Option<Option<S::Device>>, other: S::Person) {
        let shared = answered_on.is_some_and(|device| device == self.context.device);
        let theirs = self.owner_of_device() == Some(other);
        self.refuse_if(shared || begun_here || theirs, Code::WitnessDependent);
    }

    /// Both have counted. Each kind of thing that is not as recorded has its own consequence (law 10).
    fn compare_counts(
        &mut self,
        id: S::Lot,
        lot: &Lot<S>,
        count: &Count<S>,
        answer: &CountAnswer<S>,
        other: &CountAnswer<S>,
    ) {
        let (now, expected, tally) = (self.now(), lot.expected(), answer.tally);
        if tally != other.tally || tally.not_sure > 0 {
            if count.again {
                self.act_stop_about(StopCause::AnswersDifferTwice, [Some(count.counter), Some(count.witness)]);
                self.act(Event::CountGivenUp { lot: id, at: now });
            } else {
                self.act(Event::CountsDiffered { lot: id, at: now });
            }
            return;
        }
        if tally.exceeds(&expected) {
            self.act_stop_about(StopCause::UnexpectedRound, [Some(count.counter), Some(count.witness)]);
        } else {
            self.as_many_or_fewer(id, lot, count, answer, other);
        }
        self.act(Event::CountOpened { lot: id });
    }

    fn as_many_or_fewer(
        &mut self,
        id: S::Lot,
        lot: &Lot<S>,
        count: &Count<S>,
        answer: &CountAnswer<S>,
        other: &CountAnswer<S>,
    ) {
        let (now, expected, tally) = (self.now(), lot.expected(), answer.tally);
        let missing = expected.unfired().saturating_sub(tally.unfired());
        let brass = expected.spent.saturating_sub(tally.spent);
        self.act(Event::CountAgreed { lot: id, seal: answer.seal, at: now });
        if missing > 0 {
            let stands = self.state.stops.iter().find(|(_, stop)| stop.lot == Some(id)).map(|(act, _)| *act);
            let (stop, by) = (stands.unwrap_or(self.context.act), self.context.by);
            let concerned = [Some(count.counter), Some(count.witness)];
            self.act_by(Rule::Count4, Event::LotHeld { lot: id, stop, missing, by, concerned, at: now });
        } else if lot.missing > 0 {
            self.act(Event::RoundsFound { lot: id });
            let stands = self.state.stops.iter().filter(|(_, stop)| stop.lot == Some(id)).map(|(act, _)| *act);
            for stop in stands {
                self.act(Event::StopLifted { stop });
            }
        }
        if brass > 0 || lot.brass_missing > 0 {
            self.act_by(Rule::Count4, Event::BrassMissed { lot: id, brass, at: now });
        }
        if count.occasion == Occasion::Receipt && missing == 0 {
            let (counter, witness, at) = (count.counter, count.witness, answer.at.min(other.at));
            self.act(Event::LotVerified { lot: id, counter, witness, at });
        }
    }

    /// The answers stay closed: whoever counts next must not read what the last one saw.
    pub(super) fn give_up_count(&mut self, id: S::Lot, named: S::Act) {
        let Some(lot) = self.lot(id) else { return };
        let Some(count) = self.open_count(&lot, named) else { return };
        if self.my_side_of_count(&count).is_some() {
            self.act(Event::CountGivenUp { lot: id, at: self.now() });
        }
    }

    /// The first role says it, the second says the same.
    pub(super) fn declare_lost(&mut self, id: S::Lot, brass: u32, place: S::Place) {
        self.day_open();
        self.refuse_if(self.my_roles().is_empty(), Code::RegisterNotAllowed);
        self.place(place);
        let (Some(lot), Some(by)) = (self.lot(id), self.by()) else { return };
        self.refuse_if(brass == 0 || brass > lot.brass_missing, Code::CountBrassNotMissing);
        match lot.loss {
            Some(loss) if loss.by != by => {
                self.two_roles(loss.by);
                self.refuse_if((loss.brass, loss.place) != (brass, place), Code::CountLossDiffers);
                self.act(Event::BrassLost { lot: id, brass, place, first: loss.by, second: by });
            }
            Some(_) | None => self.act(Event::LossDeclared { lot: id, by, brass, place }),
        }
    }
}
