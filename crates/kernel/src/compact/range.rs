//! A range production told again.

use crate::event::Event;
use crate::scope::Scope;
use crate::state::State;

pub(super) fn range<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let Some(range) = state.range else { return };
    let declaration = range.declaration;
    told.push(Event::RangeDeclared { declaration, exception: range.exception, by: range.by, at: range.at });
    told.extend(range.confirmed.map(|it| Event::RangeConfirmed { declaration, by: it.by, at: it.at }));
}
