//! Lunch, scene end and wrap as interlocks: what is still open.

use super::Judge;
use crate::open::{open_items, open_items_of};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::unit::Unit;

impl<S: Scope> Judge<'_, S> {
    /// Of this unit, or of all of them, nothing is out and no count is open. Each thing that is, is named.
    pub(super) fn everything_in(&mut self, of: Option<Unit>) {
        if self.rules.hold(Rule::Day2) {
            let items = of.map_or_else(|| open_items(self.state), |unit| open_items_of(self.state, unit));
            for reason in items {
                self.refuse(reason);
            }
            self.held_by(of.map_or_else(|| self.state.held_by(), |unit| self.state.held_in(unit)));
        }
    }
}
