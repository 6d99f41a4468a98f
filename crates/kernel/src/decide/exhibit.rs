//! Exhibits: what nobody touches until the inquiry releases it, and who has it.

use super::Judge;
use crate::event::Event;
use crate::exhibit::{Exhibit, Keeper};
use crate::gun::Gun;
use crate::open::open_items;
use crate::reason::{Code, Reason, Thing};
use crate::rounds::Tally;
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    // Nobody touches it.

    /// It is of the unit of whoever asks, and no exhibit.
    pub(super) fn gun_is_free(&mut self, gun: S::Gun) {
        self.gun_of_my_unit(gun);
        self.gun_is_no_exhibit(gun);
    }

    /// The same of the box of a lot.
    pub(super) fn lot_is_free(&mut self, lot: S::Lot) {
        self.lot_of_my_unit(lot);
        self.lot_is_no_exhibit(lot);
    }

    pub(super) fn gun_is_no_exhibit(&mut self, gun: S::Gun) {
        if let Some(exhibit) = self.state.exhibit_of_gun(gun) {
            self.refuse(why_kept(&exhibit).gun(gun));
        }
    }

    pub(super) fn lot_is_no_exhibit(&mut self, lot: S::Lot) {
        if let Some(exhibit) = self.state.exhibit_of_lot(lot) {
            self.refuse(why_kept(&exhibit).lot(lot));
        }
    }

    /// Somebody did with it what nobody may do.
    pub(super) fn gun_was_an_exhibit(&mut self, gun: S::Gun) {
        if let Some(exhibit) = self.state.exhibit_of_gun(gun) {
            self.breach(why_kept(&exhibit).gun(gun));
        }
    }

    /// What the police have is locked away by nobody here, and taken back from nobody.
    pub(super) fn gun_is_not_with_the_police(&mut self, gun: S::Gun) {
        if let Some(exhibit) = self.state.exhibit_of_gun(gun).filter(|it| it.with_police().is_some()) {
            self.refuse(why_kept(&exhibit).gun(gun));
        }
    }

    pub(super) fn lot_is_not_with_the_police(&mut self, lot: S::Lot) {
        if let Some(exhibit) = self.state.exhibit_of_lot(lot).filter(|it| it.with_police().is_some()) {
            self.refuse(why_kept(&exhibit).lot(lot));
        }
    }

    // What becomes one.

    /// It stays as it is, wherever it is: only that nobody touches it is new.
    pub(super) fn report_gun_exhibit(&mut self, id: S::Gun, stop: S::Act, guard: S::Person) {
        self.known_person(guard);
        if self.gun(id).is_none() {
            return;
        }
        let (stop, concerned) = self.kept_for(stop, Some(id));
        self.is_guarded_by(guard, concerned);
        if let Some(kept) = self.state.exhibit_of_gun(id).filter(|kept| self.is_kept_already(kept, stop)) {
            self.breach(why_kept(&kept).gun(id));
            return;
        }
        let (exhibit, at) = (self.context.act, self.context.earlier());
        self.act(Event::GunExhibited { exhibit, gun: id, stop, guard, at });
    }

    pub(super) fn report_lot_exhibit(&mut self, id: S::Lot, stop: S::Act, guard: S::Person) {
        self.known_person(guard);
        if self.lot(id).is_none() {
            return;
        }
        let (stop, concerned) = self.kept_for(stop, None);
        self.is_guarded_by(guard, concerned);
        if let Some(kept) = self.state.exhibit_of_lot(id).filter(|kept| self.is_kept_already(kept, stop)) {
            self.breach(why_kept(&kept).lot(id));
            return;
        }
        let (exhibit, at) = (self.context.act, self.context.earlier());
        self.act(Event::LotExhibited { exhibit, lot: id, stop, guard, at });
    }

    /// One inquiry keeps it until it releases it, whoever pulls another stop: only what nobody can release any more is
    /// kept for another. For its own stop another guard may be entered, while it is here.
    fn is_kept_already(&self, kept: &Exhibit<S>, stop: S::Act) -> bool {
        let inquired = kept.inquirer.is_some() || self.state.stops.contains_key(&kept.stop);
        kept.with_police().is_some() || (kept.stop != stop && inquired)
    }

    /// A gun that could not stay as it was was opened by two people, and what was in it is in a bag of its own.
    pub(super) fn report_rounds_exhibit(
        &mut self,
        id: S::Gun,
        stop: S::Act,
        [witness, guard]: [S::Person; 2],
        saw: &Tally,
    ) {
        self.known_person(witness);
        self.known_person(guard);
        self.a_number_of_rounds(saw.all());
        let Some(gun) = self.gun(id) else { return };
        if self.by() == Some(witness) {
            self.breach(Reason::new(Code::ExhibitAlone).who(witness));
        }
        let (stop, concerned) = self.kept_for(stop, Some(id));
        self.is_guarded_by(guard, concerned);
        self.misfire_was_over(&gun);
        self.bag_is_as_recorded(id, &gun, saw);
        let (lot, rounds) = (gun.loading.map(|loading| loading.lot), gun.rounds_loaded());
        let (exhibit, saw, at) = (self.context.act, *saw, self.context.earlier());
        self.act(Event::RoundsBagged { exhibit, gun: id, lot, rounds, saw, stop, guard, at });
    }

    /// The stop that it is kept for, and whom its inquiry would be about. Where the named one does not stand, whoever keeps
    /// something as an exhibit stops everything.
    fn kept_for(&mut self, named: S::Act, gun: Option<S::Gun>) -> (S::Act, [Option<S::Person>; 2]) {
        if let Some(stop) = self.state.stops.get(&named) {
            return (named, stop.concerned);
        }
        self.breach(Reason::new(Code::StopNotStanding));
        self.act_stop(StopCause::Called, gun);
        (self.context.act, gun.map_or([None, None], |gun| self.concerned(gun)))
    }

    /// One whom the inquiry would be about does not guard what it looks into.
    fn is_guarded_by(&mut self, guard: S::Person, concerned: [Option<S::Person>; 2]) {
        if concerned.contains(&Some(guard)) {
            self.breach(Reason::new(Code::ExhibitConcerned).who(guard));
        }
    }

    /// Whom the inquiry of the stop would be about that an exhibit is kept for; nobody once it is lifted.
    fn concerned_by(&self, exhibit: &Exhibit<S>) -> [Option<S::Person>; 2] {
        self.state.stops.get(&exhibit.stop).map_or([None, None], |stop| stop.concerned)
    }

    /// What came out of it is what went in. What burned in a muzzle-loader is in no bag.
    fn bag_is_as_recorded(&mut self, id: S::Gun, gun: &Gun<S>, saw: &Tally) {
        if saw.live > self.live_rounds_in_gun(gun) {
            self.carry_stop(StopCause::LiveRound, Some(id));
            return;
        }
        let lot = gun.loading.and_then(|loading| self.state.lots.get(&loading.lot));
        let as_loaded = lot.and_then(|lot| lot.kind.in_chamber()).map_or(0, |content| saw.of(content));
        let (struck, loaded) = (saw.spent.saturating_add(saw.misfired), gun.rounds_loaded());
        let fitting = as_loaded.saturating_add(struck);
        let more = saw.all() > fitting || fitting > loaded || gun.fired.does_not_explain(saw.spent, struck);
        let fewer = fitting < loaded && !gun.is_muzzle_loader();
        // What an inquiry about this gun looks into already, or did, brings no other.
        let inquired = gun.inquired || self.state.stops.values().any(|stop| stop.gun == Some(id));
        if inquired {
            return;
        }
        if (more || fewer) && self.rules.hold(Rule::Fired1) {
            self.breach(Reason::new(Code::EmptyDiffers));
            let cause = if more { StopCause::UnexpectedRound } else { StopCause::RoundMissing };
            self.carry_stop(cause, Some(id));
        }
    }

    fn live_rounds_in_gun(&self, gun: &Gun<S>) -> u32 {
        self.state.live_lot_in(gun).map_or(0, |_| gun.rounds_loaded())
    }

    // Who has it.

    /// Whoever guards an exhibit that nothing locks away has left it.
    pub(super) fn exhibits_of(&mut self, person: S::Person) {
        let left = |item: &Reason<S>| item.code == Code::ExhibitLeftOut && item.who == Some(person);
        open_items(self.state).into_iter().filter(left).for_each(|item| self.breach(item));
    }

    fn exhibit(&mut self, named: S::Act) -> Option<Exhibit<S>> {
        let exhibit = self.state.exhibits.get(&named).copied();
        self.known(exhibit.is_some(), Thing::Exhibit);
        exhibit
    }

    /// By the record he has it, or it was given to him; of what was done around him the record says so.
    fn has_it_by_the_record(&mut self, exhibit: &Exhibit<S>) {
        if exhibit.with_police().is_some() {
            self.breach(why_kept(exhibit));
        } else if let Some(who) = exhibit.answers_for_it().filter(|who| Some(*who) != self.by()) {
            self.breach(Reason::new(Code::ExhibitNotKeeper).who(who));
        }
    }

    pub(super) fn report_exhibit_given(&mut self, named: S::Act, to: S::Person) {
        self.known_person(to);
        let (Some(exhibit), Some(from)) = (self.exhibit(named), self.by()) else { return };
        self.has_it_by_the_record(&exhibit);
        self.is_guarded_by(to, self.concerned_by(&exhibit));
        self.act(Event::ExhibitGiven { exhibit: named, from, to, at: self.context.earlier() });
    }

    /// Also what the police have given back.
    pub(super) fn report_exhibit_taken(&mut self, named: S::Act) {
        let (Some(exhibit), Some(by)) = (self.exhibit(named), self.by()) else { return };
        match exhibit.keeper {
            Keeper::Guard { person, .. } if person == by => return,
            Keeper::Given { to, .. } if to == by => {}
            Keeper::Police { .. } => {}
            Keeper::Guard { .. } | Keeper::Given { .. } => self.has_it_by_the_record(&exhibit),
        }
        self.is_guarded_by(by, self.concerned_by(&exhibit));
        self.act(Event::ExhibitTaken { exhibit: named, by, at: self.context.earlier() });
    }

    pub(super) fn report_exhibit_to_police(&mut self, named: S::Act) {
        let Some(exhibit) = self.exhibit(named).filter(|it| it.with_police().is_none()) else { return };
        self.has_it_by_the_record(&exhibit);
        self.act(Event::ExhibitToPolice { exhibit: named, at: self.context.earlier() });
    }

    /// By the one who inquires or did, and while it is here.
    pub(super) fn release_exhibit(&mut self, named: S::Act) {
        let Some(exhibit) = self.exhibit(named) else { return };
        match exhibit.inquirer {
            None => self.refuse(Reason::new(Code::ExhibitNoInquiry)),
            Some(who) if Some(who) != self.by() => self.refuse(Reason::new(Code::ExhibitNotYours).who(who)),
            Some(_) => {}
        }
        if let Some(since) = exhibit.with_police() {
            self.refuse(Reason::new(Code::ExhibitWithPolice).at(since));
        }
        self.act(Event::ExhibitReleased { exhibit: named, at: self.now() });
    }
}

/// Why nobody touches it.
fn why_kept<S: Scope>(exhibit: &Exhibit<S>) -> Reason<S> {
    match exhibit.keeper {
        Keeper::Police { since } => Reason::new(Code::ExhibitWithPolice).at(since),
        Keeper::Guard { person: who, .. } | Keeper::Given { from: who, .. } => {
            Reason::new(Code::ExhibitKept).who(who).at(exhibit.since)
        }
    }
}
