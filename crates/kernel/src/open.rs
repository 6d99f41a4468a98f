//! What is open, and who owns it: the list that lunch, scene end and wrap wait for.

use crate::exhibit::Exhibit;
use crate::gun::{Custody, Gun};
use crate::people::{Place, Transit};
use crate::reason::{Code, Reason};
use crate::rounds::{Count, Lot, LotCustody, LotKind, OutAt};
use crate::scope::Scope;
use crate::state::State;
use crate::unit::Unit;

/// Every gun, box and round that is not put away, and every count that is not closed, each as the
/// reason for which lunch, scene end and wrap stay open; `who` is the one who has it.
#[must_use]
pub fn open_items<S: Scope>(state: &State<S>) -> Vec<Reason<S>> {
    let guns = state.guns.iter().flat_map(|(id, gun)| of_gun(state, *id, gun));
    let lots = state.lots.iter().flat_map(|(id, lot)| of_lot(state, *id, lot));
    let rounds = state.out.iter().filter_map(|((lot, at), rounds)| of_rounds(state, *lot, *at, *rounds));
    let lines = state.lines.values().map(|line| Reason::new(Code::LineNotMustered).who(line.handler).at(line.since));
    let moved = state.transits.iter().map(|(place, it)| on_the_way(*place, it));
    let mut items: Vec<Reason<S>> =
        guns.chain(lots).chain(rounds).chain(seals(state)).chain(lines).chain(moved).collect();
    items.sort_by_key(|item| item.code);
    items
}

/// The same of one unit: what its lunch and its scene end wait for.
#[must_use]
pub fn open_items_of<S: Scope>(state: &State<S>, unit: Unit) -> Vec<Reason<S>> {
    open_items(state).into_iter().filter(|item| state.units.of_open_item(item) == unit).collect()
}

/// Is this gun locked away, and nothing about it open?
pub(crate) fn gun_is_put_away<S: Scope>(state: &State<S>, id: S::Gun, gun: &Gun<S>) -> bool {
    let here = |place| !state.transits.contains_key(&place);
    let lies = matches!(gun.custody, Custody::In { place, .. } if here(place));
    lies && of_gun(state, id, gun).is_empty()
}

/// Is this box locked away as it was counted and sealed, and all of it in there?
pub(crate) fn lot_is_put_away<S: Scope>(state: &State<S>, id: S::Lot, lot: &Lot<S>) -> bool {
    let here = |place| !state.transits.contains_key(&place);
    let lies = matches!(lot.custody, LotCustody::In { place, .. } if here(place));
    let out = state.out.keys().any(|(of, _)| *of == id);
    let loaded = state.guns.values().any(|gun| gun.loading.is_some_and(|loading| loading.lot == id));
    lies && !out && !loaded && of_lot(state, id, lot).is_empty()
}

/// Is nothing open in this place: no scene, nothing that is not locked away, and is it not on the way?
pub(crate) fn place_is_at_rest<S: Scope>(state: &State<S>, id: S::Place) -> bool {
    let shot_there = state.units.all().any(|unit| state.scene_of(unit).is_some_and(|open| open.place == id));
    let preset = |gun: &Gun<S>| matches!(gun.custody, Custody::Preset { place, .. } if place == id);
    let gun = |gun: &Gun<S>| matches!(gun.custody, Custody::In { place, .. } if place == id);
    let lot = |lot: &Lot<S>| matches!(lot.custody, LotCustody::In { place, .. } if place == id);
    let lies = state.guns.values().any(gun) || state.lots.values().any(lot);
    let out = state.guns.values().any(preset) || state.out.keys().any(|(_, at)| *at == OutAt::Place(id));
    let reload = state.places.get(&id).is_some_and(|place| place.reload);
    let moves = state.transits.contains_key(&id);
    !shot_there && !out && !reload && !moves && (locks(state, id) || !lies)
}

fn locks<S: Scope>(state: &State<S>, place: S::Place) -> bool {
    state.places.get(&place).is_some_and(|it| it.locks)
}

fn of_gun<S: Scope>(state: &State<S>, id: S::Gun, gun: &Gun<S>) -> Vec<Reason<S>> {
    if let Some(exhibit) = state.exhibit_of_gun(id) {
        let lies = matches!(gun.custody, Custody::In { place, .. } if locks(state, place));
        return left_out(&exhibit, lies).map(|item| item.gun(id)).into_iter().collect();
    }
    let mut items = Vec::new();
    let out = Reason::new(Code::CustodyLeftOut).gun(id);
    match gun.custody {
        Custody::In { place, .. } if locks(state, place) => {}
        Custody::In { place, since } => items.push(out.place(place).at(since)),
        Custody::Preset { handler, since, .. } => items.push(out.who(handler).at(since)),
        Custody::With { person, since, .. } => items.push(out.who(person).at(since)),
        Custody::Offered { from, since, .. } => items.push(out.who(from).at(since)),
        // The stop that it brought keeps the day open until its inquiry closes. Nobody can unload what is gone, or look
        // into it: whatever was in it is asked for when it is found.
        Custody::Missing { .. } => return items,
        // It is the house's again.
        Custody::Returned { .. } => {}
    }
    let owned = |code| {
        let reason = Reason::new(code).gun(id);
        gun.handler().map_or(reason, |handler| reason.who(handler))
    };
    if gun.is_loaded() {
        items.push(owned(Code::GunLeftLoaded));
    }
    if gun.bore_due {
        items.push(owned(if gun.is_muzzle_loader() { Code::RodDue } else { Code::BoreDue }));
    }
    items
}

fn of_lot<S: Scope>(state: &State<S>, id: S::Lot, lot: &Lot<S>) -> Vec<Reason<S>> {
    if let Some(exhibit) = state.exhibit_of_lot(id) {
        let lies = matches!(lot.custody, LotCustody::In { place, .. } if locks(state, place));
        return left_out(&exhibit, lies).map(|item| item.lot(id)).into_iter().collect();
    }
    let mut items = Vec::new();
    let reason = |code| Reason::new(code).lot(id);
    match lot.custody {
        LotCustody::In { .. } if is_locked_away(state, lot) => {}
        LotCustody::In { place, since } => items.push(reason(Code::LotLeftOut).place(place).at(since)),
        LotCustody::With { person, since } => items.push(reason(Code::LotLeftOut).who(person).at(since)),
        LotCustody::Unknown => items.push(reason(Code::LotLeftOut)),
        // It is the house's again, and was counted when it went.
        LotCustody::Returned { .. } => return items,
    }
    if let Some(count) = lot.count {
        items.push(under_way(id, &count));
    } else if lot.opened {
        let due = reason(if lot.differed { Code::CountDiffers } else { Code::CountDue });
        items.push(lot.holder().map_or(due, |holder| due.who(holder)));
    }
    if lot.brass_missing > 0 {
        items.push(reason(Code::CountBrassMissing).rounds(lot.brass_missing));
    }
    items
}

/// A count that waits for answers: the first ones, or the second ones where the first differed.
pub(crate) fn under_way<S: Scope>(lot: S::Lot, count: &Count<S>) -> Reason<S> {
    let code = if count.again { Code::CountDiffers } else { Code::CountOpen };
    Reason::new(code).lot(lot).who(count.counter).at(count.since)
}

/// An exhibit stays as it is, so that nothing else of it is asked for: locked away, or with the police.
fn left_out<S: Scope>(exhibit: &Exhibit<S>, lies: bool) -> Option<Reason<S>> {
    let who = exhibit.answers_for_it().filter(|_| !lies)?;
    Some(Reason::new(Code::ExhibitLeftOut).who(who).at(exhibit.since))
}

/// Rounds that are in no box: all but the dress rounds of a sealed belt.
fn of_rounds<S: Scope>(state: &State<S>, lot: S::Lot, at: OutAt<S>, rounds: u32) -> Option<Reason<S>> {
    let reason = Reason::new(Code::RoundsLeftOut).lot(lot).rounds(rounds);
    let left_out = is_left_out(state, lot, at);
    left_out.then(|| match at {
        OutAt::Person(person) => reason.who(person),
        OutAt::Place(place) => reason.place(place),
    })
}

/// Are rounds that lie here to be put away? Not the dress rounds of a sealed belt; and not those of which an inquiry keeps
/// the box, where they are locked up until it is released.
pub(crate) fn is_left_out<S: Scope>(state: &State<S>, lot: S::Lot, at: OutAt<S>) -> bool {
    let OutAt::Place(place) = at else { return true };
    let dress = state.lots.get(&lot).is_some_and(|it| it.kind == LotKind::Dress);
    let sealed = state.places.get(&place).is_some_and(|it| it.seal.is_some());
    let kept = state.exhibit_of_lot(lot).is_some() && state.places.get(&place).is_some_and(Place::keeps_rounds);
    !(kept || dress && sealed)
}

/// Is the box of this lot in a place that locks?
pub(crate) fn is_locked_away<S: Scope>(state: &State<S>, lot: &Lot<S>) -> bool {
    matches!(lot.custody, LotCustody::In { place, .. } if locks(state, place))
}

/// A place that is on the way, with the one who goes along.
pub(crate) const fn on_the_way<S: Scope>(place: S::Place, it: &Transit<S>) -> Reason<S> {
    Reason::new(Code::TransitOn).place(place).who(it.attendant).at(it.since)
}

fn seals<S: Scope>(state: &State<S>) -> impl Iterator<Item = Reason<S>> + '_ {
    let unseen = state.places.iter().filter(|(_, place)| place.seal.is_some() && !place.seal_seen);
    unseen.map(|(place, _)| Reason::new(Code::BeltSealUnseen).place(*place))
}
