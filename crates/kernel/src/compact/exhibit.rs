//! Exhibits told again.

use crate::event::Event;
use crate::exhibit::{Exhibit, ExhibitOf, Keeper};
use crate::scope::Scope;
use crate::state::State;

/// Before any gun and any box that is counted: that something became an exhibit would void what is told of it later.
pub(super) fn exhibits<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (exhibit, it) in &state.exhibits {
        let stands = state.stops.contains_key(&it.stop);
        told.extend((!stands).then(|| pulled(it)));
        told.push(became(*exhibit, it));
        if !stands {
            let named = |inquirer| Event::InquiryNamed { stop: it.stop, inquirer, by: it.guard };
            told.extend(it.inquirer.map(named));
            told.push(Event::StopLifted { stop: it.stop });
        }
        told.extend(went(*exhibit, it));
    }
}

/// The stop of an exhibit that outlived it.
const fn pulled<S: Scope>(it: &Exhibit<S>) -> Event<S> {
    Event::StopPulled { stop: it.stop, cause: it.cause, by: None, gun: None, concerned: [None, None], at: it.since }
}

const fn became<S: Scope>(exhibit: S::Act, it: &Exhibit<S>) -> Event<S> {
    let (stop, guard, at) = (it.stop, it.guard, it.since);
    match it.of {
        ExhibitOf::Gun(gun) => Event::GunExhibited { exhibit, gun, stop, guard, at },
        ExhibitOf::Lot(lot) => Event::LotExhibited { exhibit, lot, stop, guard, at },
        ExhibitOf::Rounds(bag) => {
            let (gun, lot, rounds, saw) = (bag.gun, bag.lot, bag.rounds, bag.saw);
            Event::RoundsBagged { exhibit, gun, lot, rounds, saw, stop, guard, at }
        }
    }
}

const fn went<S: Scope>(exhibit: S::Act, it: &Exhibit<S>) -> Option<Event<S>> {
    match it.keeper {
        Keeper::Guard { person, since } => Some(Event::ExhibitTaken { exhibit, by: person, at: since }),
        Keeper::Given { from, to, since } => Some(Event::ExhibitGiven { exhibit, from, to, at: since }),
        Keeper::Police { since } => Some(Event::ExhibitToPolice { exhibit, at: since }),
    }
}
