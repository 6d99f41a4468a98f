//! A range production: the only one in which live rounds are, for work that the law names. It is another production
//! with another store (law 9), from its first entry to its last.

use crate::feed::Seen;
use crate::gun::{Content, Gun, GunKind};
use crate::people::{PlaceKind, Role};
use crate::rounds::{Lot, LotKind};
use crate::scope::Scope;
use crate::state::State;

/// The work for which the law lets live rounds in: California Labor Code 9155(a)(1) to (3) (S85).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RangeException {
    /// On a range, actors are trained.
    ActorTraining,
    /// On a range, gunfire is recorded.
    GunfireSound,
    /// On a range, a documentary is made that re-enacts nothing.
    Documentary,
    /// On a range, people are taught.
    Education,
    /// Live rounds are the subject itself: a competition, a documentary, lessons with firearms.
    Subject,
    /// Trained military or police are filmed in the facility that they control.
    ControlledFacility,
}

impl RangeException {
    /// Every one, in the order they are declared.
    pub const ALL: [RangeException; 6] = [
        RangeException::ActorTraining,
        RangeException::GunfireSound,
        RangeException::Documentary,
        RangeException::Education,
        RangeException::Subject,
        RangeException::ControlledFacility,
    ];
}

/// That this was declared a range production. It is one when a second role has confirmed it, and stays one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct RangeProduction<S: Scope> {
    /// The intent that declared it, which the confirmation names.
    pub declaration: S::Act,
    /// For which work.
    pub exception: RangeException,
    /// Who declared it.
    pub by: S::Person,
    /// When.
    pub at: S::Time,
    /// Who confirmed it; nobody yet, and then no live round is let in.
    pub confirmed: Option<RangeConfirmed<S>>,
}

/// Who confirmed that this is a range production.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct RangeConfirmed<S: Scope> {
    /// Who.
    pub by: S::Person,
    /// When.
    pub at: S::Time,
}

impl<S: Scope> State<S> {
    /// Is it a range production: declared, and confirmed by a second role?
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.range.is_some_and(|range| range.confirmed.is_some())
    }

    /// Has nothing been entered yet that live rounds could be mixed with? Guns, lots and scenes stay on the register for
    /// good, so that what was entered once is seen here for ever.
    #[must_use]
    pub fn is_empty_of_guns(&self) -> bool {
        self.guns.is_empty() && self.lots.is_empty() && self.scenes.is_empty()
    }

    /// Is this place on a range?
    #[must_use]
    pub fn is_on_a_range(&self, place: S::Place) -> bool {
        self.places.get(&place).is_some_and(|it| it.kind == PlaceKind::Range)
    }

    /// Is somebody else than the shooter on the roster of this hour as a medic, whom nobody saw leave?
    #[must_use]
    pub fn medic_is_there(&self, now: S::Time, shooter: Option<S::Person>) -> bool {
        let on_duty = |person| self.other_duty(person, now).is_some_and(|duty| duty.role == Role::Medic);
        self.people.keys().any(|person| Some(*person) != shooter && on_duty(*person) && self.is_there(*person))
    }

    /// Is an armorer or a property master of the day there, who supervises, and is he not the shooter?
    #[must_use]
    pub fn is_supervised(&self, shooter: Option<S::Person>) -> bool {
        let supervises = |person| Some(person) != shooter && self.may_have_authority(person) && self.is_there(person);
        self.people.keys().any(|person| supervises(*person))
    }

    fn is_there(&self, person: S::Person) -> bool {
        self.out_since(person).is_none()
    }

    /// The live lot of which rounds are in this gun by the record; none but in a range production.
    #[must_use]
    pub fn live_lot_in(&self, gun: &Gun<S>) -> Option<S::Lot> {
        let lot = gun.loading?.lot;
        let live = self.lots.get(&lot).is_some_and(|it| it.kind == LotKind::Live);
        (live && self.is_range()).then_some(lot)
    }

    /// How many live rounds are in the box of this lot by the record; none but in a range production.
    #[must_use]
    pub fn live_rounds_in(&self, lot: &Lot<S>) -> u32 {
        if self.is_range() { lot.expected().live } else { 0 }
    }

    /// Was a live round seen in the gun where, by the record, none is? Whatever is live in a chamber, a magazine or a
    /// barrel that was not loaded with it stops everything.
    #[must_use]
    pub fn has_live_out_of_place(&self, gun: S::Gun, seen: &Seen) -> bool {
        let known = self.guns.get(&gun);
        known.map_or_else(|| seen.has_live(), |gun| self.is_live_out_of_place(gun, seen))
    }

    /// The same of a gun that is at hand.
    #[must_use]
    pub fn is_live_out_of_place(&self, gun: &Gun<S>, seen: &Seen) -> bool {
        seen.has_live() && !(self.live_lot_in(gun).is_some() && gun.may_hold_live(seen))
    }
}

impl<S: Scope> Gun<S> {
    /// Does it fire live rounds? What is loaded from the muzzle has no live round here, but a charge that nobody counts.
    #[must_use]
    pub fn fires_live(&self) -> bool {
        self.kind == GunKind::LiveCapable && !self.is_muzzle_loader()
    }

    /// Are there no more live rounds in it than were loaded, and none in a chamber that was not? Of a gun with a feed
    /// only the sum is known.
    fn may_hold_live(&self, seen: &Seen) -> bool {
        let elsewhere = seen.readings.of(Content::Live).minus(self.loaded());
        let in_chambers = elsewhere.is_empty() && seen.feed.is_none();
        (self.is_fed() || in_chambers) && seen.count(Content::Live) <= self.rounds_loaded()
    }
}
