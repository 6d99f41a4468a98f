//! Lunch, scene end and wrap as interlocks: what is still open.

use super::Judge;
use crate::open::open_items;
use crate::reason::{Code, Reason};
use crate::rule::Rule;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    /// Nothing is out and no count is open. Each thing that is, is named.
    pub(super) fn everything_in(&mut self) {
        if self.rules.hold(Rule::Day2) {
            for reason in open_items(self.state) {
                self.refuse(reason);
            }
            if let Some((_, stop)) = self.state.held_by() {
                self.refuse(Reason::new(Code::StopHeld).at(stop.since));
            }
        }
    }
}
