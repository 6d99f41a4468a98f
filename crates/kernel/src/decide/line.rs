//! A line of people without phones: handler and witness walk it, one reading each; one count at the
//! cut.

use super::Judge;
use crate::board::not_shown;
use crate::event::{BlindSide, Event};
use crate::feed::Seen;
use crate::gun::{Check, Doubt, Gun, InLine, ShowingState};
use crate::people::Role;
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scene::{Line, Muster};
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn begin_line(&mut self, witness: S::Person) {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.in_the_room(self.by());
        self.known_person(witness);
        self.may_witness(witness);
        self.completed_the_course(Some(witness));
        self.was_at_the_meeting(self.by());
        self.holds_a_permit(self.by());
        let Some(handler) = self.by() else { return };
        self.act(Event::LineBegun { line: self.context.act, handler, witness, at: self.now() });
    }

    fn line(&mut self, line: S::Act) -> Option<Line<S>> {
        let found = self.state.lines.get(&line).copied();
        self.known(found.is_some(), Thing::Line);
        found
    }

    /// The handler reads the gun and the wristband. The reading stays closed until the witness's is in.
    pub(super) fn issue_in_line(&mut self, id: S::Gun, line_id: S::Act, to: S::Person, seen: &Seen) {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.in_the_room(self.by());
        self.known_person(to);
        self.may_receive(to);
        self.person_of_my_unit(to);
        self.gun_is_free(id);
        let Some(line) = self.line(line_id) else { return };
        self.refuse_if(self.by() != Some(line.handler), Code::LineIssueWalker);
        self.refuse_if(to == line.handler || to == line.witness, Code::WitnessIsReceiver);
        self.need_not_be_asked_to_look(to);
        self.independent(false, None, line.witness);
        let Some(gun) = self.gun(id) else { return };
        self.holds(&gun);
        self.not_being_checked(&gun);
        self.misfire_is_over(&gun);
        self.works(id, &gun);
        self.ready_for_the_scene(id, &gun, to);
        let issue = self.context.act;
        if gun.kind.fires() {
            self.refuse_if(!gun.action.can_be_checked(), Code::CheckNoProcedure);
            self.complete(&gun, seen);
            self.stop_if_live(id, seen);
            self.begin_check_in_line(id, &line, seen);
        } else {
            self.complete(&gun, seen);
            self.matched(&gun);
        }
        self.act(Event::LineIssueBegun { gun: id, line: line_id, issue, to });
    }

    fn begin_check_in_line(&mut self, gun: S::Gun, line: &Line<S>, seen: &Seen) {
        let (check, device, at) = (self.context.act, self.context.device, self.now());
        let (checker, witness) = (line.handler, line.witness);
        self.act(Event::CheckBegun { gun, check, checker, witness, device, at });
        self.act(self.answer_of(gun, BlindSide::Checker, seen));
    }

    /// The witness reads both as well. Where the two saw the same, the gun is issued by it.
    pub(super) fn confirm_in_line(&mut self, id: S::Gun, issue: S::Act, to: S::Person, seen: &Seen) {
        self.not_held();
        let Some(gun) = self.gun(id) else { return };
        self.stop_if_live(id, seen);
        let Some((at, line)) = self.issued(&gun, issue) else { return };
        if self.by() == Some(line.witness) {
            self.witnesses_for(Some(line.handler), line.witness);
        } else {
            self.refuse(Reason::new(Code::LineIssueWalker));
        }
        self.refuse_if(at.to != to, Code::LineIssueOther);
        self.need_not_be_asked_to_look(at.to);
        self.works(id, &gun);
        self.ready_for_the_scene(id, &gun, at.to);
        let now = self.now();
        let issued = Event::GunIssuedInLine { gun: id, person: at.to, handler: line.handler, at: now };
        self.complete(&gun, seen);
        if let ShowingState::BeingChecked(check) = gun.showing {
            // One that was begun since the issue, with another, is not answered along the line.
            self.refuse_if(check.witness != line.witness, Code::CheckNotYours);
            self.answers_alone(&check, BlindSide::Witness);
            self.still_fresh(&check);
            if self.answered_alike(id, &gun, &check, seen) {
                self.act(issued);
            }
        } else {
            self.shown_or_matched(&gun);
            self.was_shown_by_others(&gun, at.to);
            self.as_it_was_shown(id, &gun, line.witness, seen);
            self.independent(false, None, line.handler);
            self.act(issued);
        }
    }

    /// A showing runs from the earlier of both answers: it has not lapsed before it began.
    fn still_fresh(&mut self, check: &Check<S>) {
        if let Some(first) = check.checker_answer
            && let earlier = first.at.min(self.context.earlier())
            && self.now() >= self.rules.show_again_by::<S>(earlier)
        {
            self.refuse(Reason::new(Code::ShowingTimeLapsed).at(earlier));
        }
    }

    /// No check is open any more: the gun was shown since, or it is a copy that was matched.
    fn shown_or_matched(&mut self, gun: &Gun<S>) {
        if !gun.kind.fires() {
            self.matched(gun);
            return;
        }
        for reason in not_shown(self.rules, gun, self.now()) {
            self.refuse(reason);
        }
    }

    /// It was shown by another answer of the witness: what he reads now is what was shown, or nothing is.
    fn as_it_was_shown(&mut self, id: S::Gun, gun: &Gun<S>, witness: S::Person, seen: &Seen) {
        if let ShowingState::Shown(showing) = gun.showing
            && self.by() == Some(witness)
            && !showing.seen().agrees(seen)
        {
            self.refuse(Reason::new(Code::LastLookDiffers));
            let why = Doubt::AnswersDiffer;
            self.carry_by(Rule::Handover4, Event::ShowingVoided { gun: id, why, at: self.now() });
        }
    }

    /// The gun was read under this name, for a line that stands, and the handler still has it.
    fn issued(&mut self, gun: &Gun<S>, issue: S::Act) -> Option<(InLine<S>, Line<S>)> {
        let at = gun.in_line.filter(|it| it.issue == issue);
        let still = gun.handler();
        let line = at.and_then(|it| self.state.lines.get(&it.line).copied());
        let found = at.zip(line).filter(|(_, line)| still == Some(line.handler) && gun.is_with(line.handler));
        self.refuse_if(found.is_none(), Code::LineIssueOther);
        found
    }

    /// Those two count. In the place of one who is gone it is another of the same work, on a device of his own from which
    /// the other count did not come.
    fn side_of_muster(&self, line: &Line<S>) -> Option<BlindSide> {
        let by = self.by()?;
        if by == line.handler {
            return Some(BlindSide::Checker);
        }
        if by == line.witness {
            return Some(BlindSide::Witness);
        }
        let roles = self.state.roles(by);
        let on_his_own = self.owner_of_device() == Some(by);
        let counted_on_his = |muster: Option<Muster<S>>| {
            let device = muster.and_then(|muster| muster.device);
            device.and_then(|device| self.state.devices.get(&device)).is_some_and(|it| it.owner == by)
        };
        let witness_is_gone =
            self.state.out_since(line.witness).is_some() || !self.state.roles(line.witness).has(Role::Witness);
        if !on_his_own {
            None
        } else if roles.handles() && self.state.handles_no_more(line.handler) && !counted_on_his(line.witness_counted) {
            Some(BlindSide::Checker)
        } else if self.against_the_witness(Some(line.handler), by) == [None; 4]
            && witness_is_gone
            && !counted_on_his(line.handler_counted)
        {
            Some(BlindSide::Witness)
        } else {
            None
        }
    }

    pub(super) fn muster_line(&mut self, id: S::Act, guns: u32) {
        let Some(line) = self.line(id) else { return };
        let Some(side) = self.side_of_muster(&line) else {
            self.refuse(Reason::new(Code::LineIssueWalker));
            return;
        };
        let (mine, others, other) = match side {
            BlindSide::Checker => (line.handler_counted, line.witness_counted, line.witness),
            BlindSide::Witness => (line.witness_counted, line.handler_counted, line.handler),
        };
        self.in_the_room(self.by());
        self.refuse_if(mine.is_some(), Code::LineMusterAnswered);
        self.independent(false, others.map(|muster| muster.device), other);
        let (device, at) = (self.context.device, self.now());
        self.act(Event::MusterAnswered { line: id, side, guns, device, at });
        let Some(others) = others else { return };
        if guns == others.guns && guns == self.state.guns_in_line(id) {
            self.act(Event::LineMustered { line: id, at });
            self.act(Event::MusterOpened { line: id });
        } else if line.again {
            self.act_stop_about(StopCause::GunMissing, [Some(line.handler), Some(line.witness)]);
            self.act(Event::MusterOpened { line: id });
        } else {
            self.act(Event::MustersDiffered { line: id, at });
        }
    }
}
