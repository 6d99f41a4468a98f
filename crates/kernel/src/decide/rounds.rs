//! Rounds: where they come from, and where they go.

use super::Judge;
use super::report::found;
use crate::event::Event;
use crate::gun::{Chambers, Custody, Doubt, Gun};
use crate::intent::RoundKind;
use crate::open::{is_left_out, under_way};
use crate::people::PlaceKind;
use crate::reason::{Code, Reason, Thing};
use crate::rounds::{Calibre, Load, Lot, LotCustody, LotKind, MAX_ROUNDS, OutAt};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;
use crate::unit::Unit;

/// What is said of a lot when it comes in.
pub(super) struct Delivery<S: Scope> {
    pub(super) kind: LotKind,
    pub(super) load: Option<Load>,
    pub(super) calibre: Option<Calibre>,
    pub(super) source: S::Person,
    pub(super) rounds: u32,
    pub(super) inert_at_head: bool,
    pub(super) uniform: bool,
    pub(super) place: S::Place,
}

/// Can rounds of this kind go into a gun before the camera? No reload is declared where live rounds are: one that is reported
/// stops everything.
pub(super) fn reloads(kind: LotKind) -> bool {
    kind != LotKind::Live && kind.in_chamber().is_some()
}

impl<S: Scope> Judge<'_, S> {
    pub(super) fn lot(&mut self, lot: S::Lot) -> Option<Lot<S>> {
        let found = self.state.lots.get(&lot).copied();
        self.known(found.is_some(), Thing::Lot);
        found
    }

    pub(super) fn a_number_of_rounds(&mut self, rounds: u32) {
        self.refuse_if(rounds == 0 || rounds > MAX_ROUNDS, Code::RoundsNumber);
    }

    /// Whoever enters live ammunition says that there is some: that stops everything, but in a range production (law 9).
    pub(super) fn nothing_live(&mut self, kind: LotKind) {
        if kind == LotKind::Live && !self.state.is_range() && self.rules.hold(Rule::Load1) {
            self.refuse(Reason::new(Code::LoadLive));
            self.carry_stop(StopCause::LiveRound, None);
        }
    }

    /// Nothing shows at the head of a round that can fire that it cannot. Of live rounds on a range RANGE-4 says so.
    pub(super) fn inert_only_where_it_is(&mut self, kind: LotKind, inert_at_head: bool) {
        let of_the_range = self.state.is_range() && kind == LotKind::Live;
        self.refuse_if(inert_at_head && !kind.is_inert() && !of_the_range, Code::LotNeverInert);
    }

    pub(super) fn receive_lot(&mut self, lot: S::Lot, came: &Delivery<S>) {
        self.keeps_the_register();
        self.new_on_register(self.state.lots.contains_key(&lot));
        self.known_person(came.source);
        self.a_number_of_rounds(came.rounds);
        self.for_ammunition(came.place, false);
        self.nothing_live(came.kind);
        self.only_live_on_a_range(came.kind, came.inert_at_head);
        self.inert_only_where_it_is(came.kind, came.inert_at_head);
        let Delivery { kind, load, calibre, source, rounds, inert_at_head, uniform, place } = *came;
        let at = self.now();
        self.act(Event::LotReceived { lot, kind, load, calibre, source, rounds, inert_at_head, uniform, place, at });
    }

    pub(super) fn enter_calibre(&mut self, id: S::Gun, calibre: Calibre) {
        self.keeps_the_register();
        let Some(gun) = self.gun(id) else { return };
        // What is in it went in by the mark that stands there.
        if gun.is_loaded() && gun.calibre.is_some_and(|entered| entered != calibre) {
            self.refuse(Reason::new(Code::GunLeftLoaded).gun(id));
        }
        self.act(Event::CalibreEntered { gun: id, calibre });
    }

    /// The place is there, is no compartment for guns, and locks where it has to.
    fn for_ammunition(&mut self, place: S::Place, locked: bool) {
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        self.refuse_if(found.is_some_and(|it| it.for_guns), Code::PlaceNotForRounds);
        self.refuse_if(locked && found.is_some_and(|it| !it.locks), Code::PlaceNotLocked);
    }

    /// A handler of rounds, who may issue something now.
    fn handles_rounds(&mut self) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
    }

    pub(super) fn take_out_lot(&mut self, id: S::Lot) {
        self.handles_rounds();
        self.lot_is_free(id);
        let (Some(lot), Some(by)) = (self.lot(id), self.by()) else { return };
        if let LotCustody::With { person, since } = lot.custody {
            self.refuse(Reason::new(Code::LotWithAnother).who(person).at(since));
        }
        if let LotCustody::In { place, .. } = lot.custody {
            self.not_on_the_way(place);
        }
        self.not_returned(id, &lot);
        self.act(Event::LotTakenOut { lot: id, person: by, at: self.now() });
    }

    /// Always open to a handler, whoever had the box, also while everything is held; and to whoever has it. A count that is
    /// under way is given up by it: what is locked away is counted by nobody.
    pub(super) fn put_away_lot(&mut self, id: S::Lot, place: S::Place) {
        self.is_handler_or_answers_for(self.state.lots.get(&id).and_then(Lot::holder), Code::CustodyNotHandler);
        self.for_ammunition(place, true);
        self.is_not_away(place);
        if let Some(lot) = self.lot(id) {
            self.not_returned(id, &lot);
            self.lot_is_not_with_the_police(id);
            if lot.count.is_some() {
                self.act(Event::CountGivenUp { lot: id, at: self.now() });
            }
            self.act(Event::LotPutAway { lot: id, place, at: self.now() });
        }
    }

    /// A lot may be used: somebody has its box out, its source and its rounds are known, and it was
    /// counted since the day or the last break began.
    pub(super) fn may_be_used(&mut self, id: S::Lot, lot: &Lot<S>) {
        self.nothing_live(lot.kind);
        self.lot_is_free(id);
        if self.state.supplier(id).is_none() {
            self.refuse(Reason::new(Code::LotNoSource).lot(id));
        }
        if lot.verified.is_none() || lot.worn {
            self.refuse(Reason::new(Code::LotNotVerified).lot(id));
        }
        if !lot.counted {
            self.refuse(Reason::new(Code::CountNotAtIssue).lot(id));
        }
        self.not_being_counted(id, lot);
    }

    pub(super) fn box_is_out(&mut self, id: S::Lot, lot: &Lot<S>) {
        match lot.custody {
            LotCustody::With { .. } => {}
            LotCustody::In { .. } | LotCustody::Unknown => self.refuse(Reason::new(Code::LotNotOut).lot(id)),
            LotCustody::Returned { .. } => self.not_returned(id, lot),
        }
    }

    pub(super) fn not_being_counted(&mut self, id: S::Lot, lot: &Lot<S>) {
        if let Some(count) = lot.count {
            self.refuse(under_way(id, &count));
        }
    }

    pub(super) fn re_box(&mut self, id: S::Lot, from: S::Lot, rounds: u32) {
        self.handles_rounds();
        self.new_on_register(self.state.lots.contains_key(&id));
        self.a_number_of_rounds(rounds);
        self.lot_is_free(from);
        let (Some(lot), Some(person)) = (self.lot(from), self.by()) else { return };
        self.box_is_out(from, &lot);
        self.not_being_counted(from, &lot);
        self.refuse_if(lot.rounds < rounds, Code::LoadLotShort);
        self.act(Event::LotReboxed { lot: id, from, rounds, person, at: self.now() });
    }

    pub(super) fn draw(&mut self, id: S::Lot, rounds: u32) {
        self.handles_rounds();
        self.a_number_of_rounds(rounds);
        let (Some(lot), Some(person)) = (self.lot(id), self.by()) else { return };
        self.may_be_used(id, &lot);
        self.box_is_out(id, &lot);
        self.refuse_if(lot.rounds < rounds, Code::LoadLotShort);
        self.act(Event::RoundsDrawn { lot: id, person, rounds });
    }

    /// Whose hands they go back out of: one's own; or of one who is away, where only one who is has so many. Whoever was
    /// away with them left their lot in question, so that two people have every round in the hand before it is used.
    fn hand_that_puts_back(&mut self, id: S::Lot, rounds: u32) -> Option<S::Person> {
        let by = self.by()?;
        if self.state.out_at(id, OutAt::Person(by)) >= rounds || !self.my_roles().handles() {
            return Some(by);
        }
        let away = |person: S::Person| self.state.out_since(person).is_some() || self.state.roles(person).is_empty();
        let mut others = self
            .state
            .people
            .keys()
            .copied()
            .filter(|person| away(*person) && self.state.out_at(id, OutAt::Person(*person)) >= rounds);
        let one = others.next().filter(|_| others.next().is_none());
        Some(one.unwrap_or(by))
    }

    pub(super) fn in_hand(&mut self, id: S::Lot, rounds: u32) {
        let there = self.by().map_or(0, |by| self.state.out_at(id, OutAt::Person(by)));
        self.refuse_if(there < rounds, Code::RoundsNotInHand);
    }

    /// Nothing is issued by it, so it is open after wrap, and to one who handles no guns any more: the
    /// box is with a handler.
    pub(super) fn put_back(&mut self, id: S::Lot, rounds: u32) {
        self.not_held();
        self.day_open();
        self.a_number_of_rounds(rounds);
        let (Some(_), Some(person)) = (self.lot(id), self.hand_that_puts_back(id, rounds)) else { return };
        self.box_takes_back(id);
        if Some(person) == self.by() {
            self.in_hand(id, rounds);
        }
        self.act(Event::RoundsPutBack { lot: id, person, rounds });
    }

    /// Only what can never be loaded is worn, save for a scripted reload (law 9).
    pub(super) fn stow(&mut self, id: S::Lot, place: S::Place, rounds: u32) {
        self.handles_rounds();
        self.a_number_of_rounds(rounds);
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        self.place_of_my_unit(place);
        self.lot_of_my_unit(id);
        // Of a box that an inquiry keeps they cannot go back into it: they are locked up beside it.
        if !found.is_some_and(|it| it.keeps_rounds()) {
            self.lot_is_no_exhibit(id);
        }
        let (Some(lot), Some(person)) = (self.lot(id), self.by()) else { return };
        self.in_hand(id, rounds);
        if let Some(found) = found {
            self.refuse_if(found.for_guns, Code::PlaceNotForRounds);
            self.refuse_if(found.seal.is_some(), Code::BeltSealed);
            let may_be_worn = lot.kind == LotKind::Dress || found.reload;
            self.refuse_if(found.kind.is_worn() && !may_be_worn, Code::BeltNotDeclared);
            self.refuse_if(found.kind.is_worn() && self.would_mix(id, &lot, place), Code::LoadMixed);
            let blanks = found.kind.is_worn() && lot.kind == LotKind::Blank;
            self.refuse_if(blanks && !self.scene_has_blanks(), Code::SceneNoBlanks);
        }
        self.act(Event::RoundsStowed { lot: id, person, place, rounds });
    }

    /// Rounds that load a gun are in a belt or pocket alone: nobody tells them apart by touch.
    pub(super) fn would_mix(&self, id: S::Lot, lot: &Lot<S>, place: S::Place) -> bool {
        let loads = |lot: &Lot<S>| lot.kind.in_chamber().is_some();
        let mut others = self.state.out.keys().filter(|(other, at)| *other != id && *at == OutAt::Place(place));
        others.any(|(other, _)| loads(lot) || self.state.lots.get(other).is_some_and(loads))
    }

    /// Rounds go back into a box only where it stands open before a handler.
    pub(super) fn box_takes_back(&mut self, id: S::Lot) {
        if let Some(lot) = self.state.lots.get(&id).copied() {
            self.lot_is_no_exhibit(id);
            self.box_is_out(id, &lot);
            self.not_being_counted(id, &lot);
        }
    }

    pub(super) fn gather(&mut self, id: S::Lot, place: S::Place, rounds: u32) {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.a_number_of_rounds(rounds);
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        self.lot_is_free(id);
        let (Some(_), Some(person)) = (self.lot(id), self.by()) else { return };
        self.refuse_if(found.is_some_and(|it| it.seal.is_some()), Code::BeltSealed);
        self.refuse_if(self.state.out_at(id, OutAt::Place(place)) < rounds, Code::RoundsNotThere);
        self.act(Event::RoundsGathered { lot: id, person, place, rounds });
    }

    // Belts.

    pub(super) fn seal_belt(&mut self, place: S::Place, seal: u32) {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.place_of_my_unit(place);
        let Some(found) = self.place(place) else { return };
        self.refuse_if(found.seal.is_some(), Code::BeltSealed);
        let mut within = self.state.out.keys().filter(|(_, at)| *at == OutAt::Place(place)).map(|(lot, _)| lot);
        let is_dress = |lot: &S::Lot| self.state.lots.get(lot).is_some_and(|it| it.kind == LotKind::Dress);
        let dress_alone = within.clone().next().is_some() && within.all(is_dress);
        self.refuse_if(!dress_alone, Code::BeltNotDress);
        self.act(Event::BeltSealed { place, seal });
    }

    /// A seal of another number is no seal.
    pub(super) fn see_seal(&mut self, place: S::Place, seal: u32) {
        self.is_handler(Code::CustodyNotHandler);
        let Some(found) = self.place(place) else { return };
        match found.seal {
            None => self.refuse(Reason::new(Code::BeltNotSealed)),
            Some(number) if number != seal => {
                self.refuse(Reason::new(Code::BeltSealDiffers));
                self.carry_by(Rule::Belt2, Event::SealBroken { place });
            }
            Some(_) => {}
        }
        self.act(Event::SealSeen { place });
    }

    pub(super) fn report_seal_broken(&mut self, place: S::Place) {
        if self.place(place).is_some() {
            self.act_by(Rule::Belt2, Event::SealBroken { place });
        }
    }

    pub(super) fn declare_reload(&mut self, place: S::Place) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.scene_open();
        self.place_of_my_unit(place);
        let Some(found) = self.place(place) else { return };
        self.refuse_if(!found.kind.is_worn(), Code::TransferPlace);
        self.refuse_if(found.seal.is_some(), Code::BeltSealed);
        self.act(Event::ReloadDeclared { place });
    }

    /// Before the camera a gun was loaded out of a belt: what is in it is UNKNOWN from then on. What cannot have been so by the
    /// record stops everything, as where a magazine is swapped.
    pub(super) fn report_reloaded(&mut self, id: S::Gun, lot: S::Lot, place: S::Place, chambers: Chambers) {
        let (from, rounds) = (self.place(place), self.lot(lot));
        let Some(gun) = self.gun(id) else { return };
        let (Some(from), Some(rounds)) = (from, rounds) else {
            self.loaded_out_of_nowhere(id);
            return;
        };
        if !from.is_declared_for_a_reload() || is_in_its_handlers_hands(&gun) {
            self.breach(Reason::new(Code::BeltNotDeclared));
        }
        if rounds.kind == LotKind::Blank {
            self.blanks_were_planned(id, &gun, lot);
        }
        self.misfire_was_over(&gun);
        // No reload of a muzzle-loader rests on a rod, and its charges leave no case that would show it.
        if gun.is_muzzle_loader() {
            self.breach(Reason::new(Code::RodUnread));
        }
        let there = self.state.out_at(lot, OutAt::Place(place)) >= chambers.count();
        let adds_up = there && reloads(rounds.kind) && gun.may_be_reloaded() && fits(&gun, chambers, lot);
        if !adds_up {
            self.breach(Reason::new(Code::RoundsNotThere));
        }
        let goes_in = self.goes_in(id, &gun, lot, &rounds) && !gun.is_muzzle_loader();
        if adds_up && goes_in {
            self.act(Event::GunReloaded { gun: id, lot, place, chambers, at: self.context.earlier() });
            self.void_by(Rule::Showing8, id, Doubt::Loaded);
        } else {
            self.act_stop(StopCause::UnexpectedRound, Some(id));
        }
    }

    /// What went into it is on no register: it is UNKNOWN and everything stops, though the report itself names nothing that is
    /// there.
    pub(super) fn loaded_out_of_nowhere(&mut self, id: S::Gun) {
        self.carry_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
        self.carry_stop(StopCause::UnexpectedRound, Some(id));
    }

    /// For the scene, tested in this gun, and behind a bore that somebody looked through: before the loading that the reload
    /// follows, or before this one.
    pub(super) fn blanks_were_planned(&mut self, gun: S::Gun, it: &Gun<S>, lot: S::Lot) {
        let looked = it.bore.is_some_and(|look| !look.used);
        if !looked && it.loading.is_none_or(|loading| loading.bore.is_none()) {
            let (unseen, due) = if it.is_muzzle_loader() {
                (Code::RodNotRun, Code::RodDue)
            } else {
                (Code::BoreNotLooked, Code::BoreDue)
            };
            self.breach(if it.bore_due { Reason::new(due).gun(gun) } else { Reason::new(unseen) });
        }
        if !self.has_blanks(self.state.units.of_gun(gun)) {
            self.breach(Reason::new(Code::SceneNoBlanks));
        }
        if !self.state.stand_off_centimetres.contains_key(&(gun, lot)) {
            self.breach(Reason::new(Code::BlankNotTested));
        }
    }

    pub(super) fn scene_has_blanks(&self) -> bool {
        self.has_blanks(self.my_unit())
    }

    fn has_blanks(&self, unit: Unit) -> bool {
        let scene = self.state.scene_of(unit).and_then(|open| self.state.scenes.get(&open.scene));
        scene.is_some_and(|it| it.blanks)
    }

    /// Open boxes and rounds that are with somebody who left the room.
    pub(super) fn name_rounds_with(&mut self, person: S::Person, at: S::Time) {
        for (id, lot) in &self.state.lots {
            if lot.opened && lot.holder() == Some(person) {
                self.breach(Reason::new(Code::LotLeftOut).lot(*id).who(person).at(at));
            }
            let loose = self.state.out_at(*id, OutAt::Person(person));
            if loose > 0 {
                self.breach(Reason::new(Code::RoundsLeftOut).lot(*id).who(person).rounds(loose));
            }
        }
    }

    /// Every round of it that is not in an exhibit can be had in the hand: none is in hands, in a place or in a gun.
    pub(super) fn all_of_it_is_in_its_box(&mut self, id: S::Lot) {
        let loose = self.state.out.iter().filter(|((lot, at), _)| *lot == id && is_left_out(self.state, id, *at));
        let loose = loose.fold(0_u32, |sum, (_, rounds)| sum.saturating_add(*rounds));
        let within_reach = |(gun, it): &(&S::Gun, &Gun<S>)| {
            let here = !matches!(it.custody, Custody::Missing { .. } | Custody::Returned { .. });
            here && self.state.exhibit_of_gun(**gun).is_none() && it.loading.is_some_and(|it| it.lot == id)
        };
        let loaded = self.state.guns.iter().filter(within_reach);
        let out = loaded.fold(loose, |sum, (_, gun)| sum.saturating_add(gun.rounds_loaded()));
        if out > 0 {
            self.refuse(Reason::new(Code::RoundsLeftOut).lot(id).rounds(out));
        }
    }

    /// It stops wherever it was, also in a place that nobody registered.
    pub(super) fn report_round_found_in(&mut self, place: S::Place, round: RoundKind) {
        if self.place(place).is_some() {
            self.report_round_found(round);
            self.act_by(Rule::Lot2, Event::PlaceQuestioned { place, at: self.context.earlier() });
        } else {
            self.carry_stop(found(round), None);
        }
    }
}

/// Has its handler it himself? A reload is scripted while somebody else has it before the camera: what is loaded in the handler's
/// hands is loaded on a look through the bore, and is no reload.
pub(super) fn is_in_its_handlers_hands<S: Scope>(gun: &Gun<S>) -> bool {
    matches!(gun.custody, Custody::With { person, handler, .. } if handler == Some(person))
}

/// Can these chambers of the gun have been loaded from that lot, by the record?
fn fits<S: Scope>(gun: &Gun<S>, chambers: Chambers, lot: S::Lot) -> bool {
    let one_lot = gun.loading.is_none_or(|loading| loading.lot == lot);
    // Into chambers whose rounds were fired: the cases made room.
    let free = chambers.and(gun.loaded()).count() <= u32::from(gun.fired.shots);
    let free = free && chambers.minus(gun.cylinder()).is_empty();
    one_lot && free && !chambers.is_empty()
}

/// Where a gun may be laid before the camera.
pub(super) const fn is_of_the_set(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Set)
}
