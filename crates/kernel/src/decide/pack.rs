//! The packs that a production adopts (law 15), and what its judgement asks for by them.

use super::Judge;
use crate::event::Event;
use crate::pack::{Choice, Choices, Opposed, Pack, Packs, blanks_stand_off, never_at_anyone};
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::scope::Scope;
use crate::state::State;

pub(super) const MILLIMETRES_IN_A_CENTIMETRE: u32 = 10;

impl<S: Scope> Judge<'_, S> {
    /// In writing: whoever keeps the register signs the whole set anew. What holds now is not taken from those who work
    /// by it, while a scene is open or everything is held.
    pub(super) fn adopt_packs(&mut self, packs: Packs, choices: Choices) {
        self.keeps_the_register();
        self.refuse_if(!packs.has(Pack::Product), Code::PackLawsLeftOut);
        for opposed in Opposed::ALL {
            let answers = choices.iter().filter(|choice| choice.answers() == opposed).count();
            let open = opposed.is_open(packs);
            self.refuse_if(open && answers == 0, Code::PackNotChosen);
            self.refuse_if(answers > 1, Code::PackChosenTwice);
            self.refuse_if(!open && answers > 0, Code::PackChoiceNotOpen);
        }
        if self.state.adopted.is_some_and(|adopted| adopted.is_loosened_by(packs, choices)) {
            self.held_by(self.state.held_by());
            let shoots = self.state.units.all().any(|unit| self.state.scene_of(unit).is_some());
            self.refuse_if(shoots, Code::PackLooserInScene);
        }
        if let Some(by) = self.by() {
            self.act(Event::PacksAdopted { packs, choices, by, at: self.now() });
        }
    }

    /// Nobody asks the receiver for a look in a line: where a performer is asked each time, he gets it by an offer.
    pub(super) fn need_not_be_asked_to_look(&mut self, to: S::Person) {
        let roles = self.state.roles(to);
        let asked = roles.has(Role::Performer) || roles.has(Role::StandIn);
        if asked && self.state.chosen(Opposed::PerformerChecks) == Some(Choice::PerformerLooksEachTime) {
            self.refuse(Reason::new(Code::LookNotAsked).who(to));
        }
    }

    /// A gun that can fire is to point at anyone, and an adopted pack says never.
    pub(super) fn may_point_at_anyone(&mut self) {
        if let Some(reason) = points_at_anyone(self.state) {
            self.refuse(reason);
        }
    }
}

/// Why no gun that can fire is pointed at anyone here, where an adopted pack says so.
pub(super) fn points_at_anyone<S: Scope>(state: &State<S>) -> Option<Reason<S>> {
    never_at_anyone(state.packs()).map(|clause| Reason::new(Code::MuzzleNever).pack(clause.pack))
}

/// Why so many millimetres from the muzzle of blanks are too close, where an adopted pack asks for more.
pub(super) fn inside_a_pack<S: Scope>(state: &State<S>, millimetres: u32) -> Option<Reason<S>> {
    let (centimetres, pack) = blanks_stand_off(state.packs())?;
    let asked = centimetres.saturating_mul(MILLIMETRES_IN_A_CENTIMETRE);
    (millimetres < asked).then(|| Reason::new(Code::LinePackDistance).pack(pack))
}
