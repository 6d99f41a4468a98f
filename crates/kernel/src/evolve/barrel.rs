//! What an event does to a gun that is loaded from the muzzle.

use super::rounds::with_lot;
use super::with;
use crate::barrel::Rod;
use crate::event::Event;
use crate::gun::{Answer, BoreLook, Chambers, Gun, Readings};
use crate::scope::Scope;
use crate::state::State;

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about barrels")]
pub(super) fn of_barrels<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::BarrelCheckAnswered { gun, side, rods: barrels, device, at } => {
            let (readings, feed, barrels) = (Readings::default(), None, Some(barrels));
            with(state, gun, |gun| gun.answered(side, Answer { readings, feed, barrels, device, at }));
        }
        Event::RodRun { gun, run, rod } => with(state, gun, |gun| gun.rod_run(run, rod)),
        Event::GunPrimed { gun, barrels } => with(state, gun, |gun| gun.is_primed(barrels)),
        Event::GunBarrelsEmptied { gun, burned, misfired, unfired } => {
            emptied(state, gun, burned, misfired.or(unfired));
        }
        _ => {}
    }
}

/// What burned is gone. What was drawn goes into the box, struck or not, and loads nothing again.
fn emptied<S: Scope>(state: &mut State<S>, gun: S::Gun, burned: Chambers, drawn: Chambers) {
    let mut lot = None;
    with(state, gun, |gun| {
        lot = gun.unloaded(burned.or(drawn));
        gun.is_emptied();
    });
    let Some(lot) = lot.filter(|_| !drawn.is_empty()) else { return };
    with_lot(state, lot, |lot| {
        lot.misfired = lot.misfired.saturating_add(drawn.count());
        lot.open();
    });
}

impl<S: Scope> Gun<S> {
    /// A charge that misfired and is primed again is as it was loaded: what is struck next is not struck a second time.
    fn is_primed(&mut self, barrels: Chambers) {
        self.primed = self.primed.or(barrels);
        let again = u8::try_from(barrels.count()).unwrap_or(u8::MAX);
        self.fired.misfires = self.fired.misfires.saturating_sub(again);
    }

    /// The rod fills the place of the look through the bore: one loading uses it up.
    fn rod_run(&mut self, act: S::Act, rod: Rod) {
        self.bore = (rod == Rod::AtMark).then_some(BoreLook { act, used: false });
        if rod == Rod::AtMark {
            self.bore_due = false;
        }
    }
}
