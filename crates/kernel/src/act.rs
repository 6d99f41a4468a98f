//! Which acts are open to a person for a gun, and why the others are not.

use crate::barrel::{BarrelReading, BarrelReadings, Rod};
use crate::decide::decide;
use crate::feed::FeedReading;
use crate::gun::{Chambers, Content, Custody, Gun, Light, Method, Reading, Readings, Showing, ShowingState};
use crate::intent::{Context, Intent, Look};
use crate::reason::Reason;
use crate::rounds::Tally;
use crate::rule::Rules;
use crate::scope::Scope;
use crate::state::State;

/// An act with one gun.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ActKind {
    /// Take it out of its place.
    TakeOut,
    /// Look through the bore.
    LookThroughBore,
    /// Run a rod down a muzzle-loader.
    RunRod,
    /// Load it.
    Load,
    /// Unload it.
    Unload,
    /// Prime a muzzle-loader.
    Prime,
    /// Empty it after it fired.
    EmptyGun,
    /// Begin a check.
    BeginCheck,
    /// Answer the check.
    AnswerCheck,
    /// Give the check up.
    GiveUpCheck,
    /// Match it with its label.
    MatchIdentity,
    /// Call it to set.
    CallToSet,
    /// Call it off the set.
    CallOffSet,
    /// Clear what does not work.
    ClearFault,
    /// Find its line clear.
    ClearLine,
    /// Offer it.
    Offer,
    /// Withdraw the offer.
    WithdrawOffer,
    /// Make the last look.
    LookLast,
    /// Take it.
    Take,
    /// Refuse it.
    RefuseOffer,
    /// Take it back.
    TakeBack,
    /// Put it away.
    PutAway,
}

/// One act: open where there is no reason against it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct OpenAct<S: Scope> {
    /// Which.
    pub kind: ActKind,
    /// Why it is not open, by the same rules that would refuse it.
    pub reasons: Vec<Reason<S>>,
}

/// The acts with `gun` for the person, device and moment of `context`. Where an act needs another
/// party (a receiver, a witness, a place, a lot), the one with the fewest reasons against it counts.
#[must_use]
pub fn options<S: Scope>(rules: &Rules, state: &State<S>, context: &Context<S>, gun: S::Gun) -> Vec<OpenAct<S>> {
    let Some(entry) = state.guns.get(&gun) else { return Vec::new() };
    let best = |kind, candidates: Vec<Intent<S>>| {
        let reasons = candidates.iter().map(|intent| decide(rules, state, intent, context).reasons);
        let codes = |reasons: &Vec<Reason<S>>| reasons.iter().map(|reason| reason.code).collect::<Vec<_>>();
        let least = reasons.min_by_key(|reasons| (reasons.len(), codes(reasons)));
        least.map(|reasons| OpenAct { kind, reasons })
    };
    candidates(state, context, gun, entry).into_iter().filter_map(|(kind, intents)| best(kind, intents)).collect()
}

fn candidates<S: Scope>(
    state: &State<S>,
    context: &Context<S>,
    gun: S::Gun,
    entry: &Gun<S>,
) -> Vec<(ActKind, Vec<Intent<S>>)> {
    let readings = unremarkable(entry);
    let (check, offer) = (open_check(entry, context), open_offer(entry, context));
    let others = || state.people.keys().copied().filter(|person| Some(*person) != context.by);
    let lots = state.lots.keys().map(|lot| loaded_with_one(gun, entry, *lot));
    let places = state.places.keys().map(|place| Intent::PutAway { gun, place: *place });
    vec![
        (ActKind::TakeOut, vec![Intent::TakeOut { gun }]),
        (ActKind::LookThroughBore, looked_through(gun, entry)),
        (ActKind::RunRod, rod_run(gun, entry)),
        (ActKind::Load, lots.collect()),
        (ActKind::Unload, unloaded(gun, entry)),
        (ActKind::Prime, primed(gun, entry)),
        (ActKind::EmptyGun, vec![emptied(gun, entry)]),
        (ActKind::BeginCheck, others().map(|witness| Intent::BeginCheck { gun, witness }).collect()),
        (ActKind::AnswerCheck, vec![answered(gun, entry, check, readings)]),
        (ActKind::GiveUpCheck, vec![Intent::GiveUpCheck { gun, check }]),
        (ActKind::MatchIdentity, vec![Intent::MatchIdentity { gun }]),
        (ActKind::CallToSet, vec![Intent::CallToSet { gun }]),
        (ActKind::CallOffSet, vec![Intent::CallOffSet { gun }]),
        (ActKind::ClearFault, entry.faulty_since.map(|_| Intent::ClearFault { gun }).into_iter().collect()),
        (ActKind::ClearLine, vec![Intent::ClearLine { gun, nearest_centimetres: u32::MAX }]),
        (ActKind::Offer, others().map(|to| Intent::Offer { gun, to }).collect()),
        (ActKind::WithdrawOffer, vec![Intent::WithdrawOffer { gun, offer }]),
        (ActKind::LookLast, vec![looked_last(gun, entry, offer, readings)]),
        (ActKind::Take, vec![Intent::Take { gun, offer, look: Look::Looked }]),
        (ActKind::RefuseOffer, vec![Intent::RefuseOffer { gun, offer }]),
        (ActKind::TakeBack, vec![Intent::TakeBack { gun }]),
        (ActKind::PutAway, places.collect()),
    ]
}

fn open_check<S: Scope>(gun: &Gun<S>, context: &Context<S>) -> S::Act {
    match gun.showing {
        ShowingState::BeingChecked(check) => check.act,
        ShowingState::Void(_) | ShowingState::Shown(_) => context.act,
    }
}

fn open_offer<S: Scope>(gun: &Gun<S>, context: &Context<S>) -> S::Act {
    match gun.custody {
        Custody::Offered { offer, .. } => offer,
        Custody::In { .. }
        | Custody::With { .. }
        | Custody::Preset { .. }
        | Custody::Missing { .. }
        | Custody::Returned { .. } => context.act,
    }
}

fn loaded_or_first<S: Scope>(gun: &Gun<S>) -> Chambers {
    if gun.loaded().is_empty() { Chambers::first(1) } else { gun.loaded() }
}

/// Nobody looks through the bore of a muzzle-loader, and no rod goes down any other.
fn looked_through<S: Scope>(gun: S::Gun, entry: &Gun<S>) -> Vec<Intent<S>> {
    if entry.is_muzzle_loader() { Vec::new() } else { vec![Intent::LookThroughBore { gun, light: Light::Seen }] }
}

fn rod_run<S: Scope>(gun: S::Gun, entry: &Gun<S>) -> Vec<Intent<S>> {
    if entry.is_muzzle_loader() { vec![Intent::RunRod { gun, rod: Rod::AtMark }] } else { Vec::new() }
}

fn primed<S: Scope>(gun: S::Gun, entry: &Gun<S>) -> Vec<Intent<S>> {
    if entry.is_muzzle_loader() { vec![Intent::Prime { gun, barrels: loaded_or_first(entry) }] } else { Vec::new() }
}

/// What is fed, or loaded from the muzzle, is emptied, whether it fired or not.
fn unloaded<S: Scope>(gun: S::Gun, entry: &Gun<S>) -> Vec<Intent<S>> {
    if entry.is_fed() || entry.is_muzzle_loader() {
        Vec::new()
    } else {
        vec![Intent::Unload { gun, chambers: loaded_or_first(entry) }]
    }
}

/// As if nothing of it had fired: only whether it may be emptied is asked here.
fn emptied<S: Scope>(gun: S::Gun, entry: &Gun<S>) -> Intent<S> {
    if entry.is_fed() {
        let rounds = entry.loading.map_or(0, |loading| loading.feed);
        return Intent::EmptyFeed { gun, spent: 0, misfired: 0, chambers: entry.loaded(), rounds };
    }
    if entry.is_muzzle_loader() {
        let (burned, misfired) = (Chambers::NONE, Chambers::NONE);
        return Intent::EmptyBarrels { gun, burned, misfired, unfired: entry.loaded() };
    }
    let (spent, misfired) = (Chambers::NONE, Chambers::NONE);
    Intent::EmptyGun { gun, spent, misfired, unfired: entry.loaded() }
}

/// A complete answer that reads nothing of what is in the gun: only whether one may be given is
/// asked here, and the reasons must not say more.
fn unremarkable<S: Scope>(gun: &Gun<S>) -> Readings {
    let read = match gun.showing {
        ShowingState::Shown(showing) => return showing.readings,
        ShowingState::Void(_) | ShowingState::BeingChecked(_) => {
            Reading { content: Content::Empty, method: Method::SeenAtHead }
        }
    };
    gun.cylinder().iter().fold(Readings::default(), |readings, chamber| readings.with(chamber, read))
}

fn loaded_with_one<S: Scope>(gun: S::Gun, entry: &Gun<S>, lot: S::Lot) -> Intent<S> {
    if entry.is_fed() {
        Intent::LoadFeed { gun, lot, chambers: Chambers::NONE, rounds: 1 }
    } else {
        Intent::Load { gun, lot, chambers: Chambers::first(1) }
    }
}

fn answered<S: Scope>(gun: S::Gun, entry: &Gun<S>, check: S::Act, readings: Readings) -> Intent<S> {
    if entry.is_muzzle_loader() {
        return Intent::AnswerBarrelCheck { gun, check, rods: unremarkable_barrels(entry) };
    }
    match unremarkable_feed(entry) {
        None => Intent::AnswerCheck { gun, check, readings },
        Some(feed) => Intent::AnswerFeedCheck { gun, check, readings, feed },
    }
}

fn looked_last<S: Scope>(gun: S::Gun, entry: &Gun<S>, offer: S::Act, readings: Readings) -> Intent<S> {
    if entry.is_muzzle_loader() {
        return Intent::LookLastBarrels { gun, offer, rods: unremarkable_barrels(entry) };
    }
    match unremarkable_feed(entry) {
        None => Intent::LookLast { gun, offer, readings },
        Some(feed) => Intent::LookLastFeed { gun, offer, readings, feed },
    }
}

/// As [`unremarkable`], for what feeds it.
fn unremarkable_feed<S: Scope>(gun: &Gun<S>) -> Option<FeedReading> {
    match gun.showing {
        ShowingState::Shown(Showing { feed: Some(feed), .. }) => Some(feed),
        ShowingState::Shown(_) | ShowingState::Void(_) | ShowingState::BeingChecked(_) => {
            gun.is_fed().then(|| FeedReading { method: Method::RemovedSeen, saw: Tally::default() })
        }
    }
}

/// As [`unremarkable`], for the barrels of a muzzle-loader.
fn unremarkable_barrels<S: Scope>(gun: &Gun<S>) -> BarrelReadings {
    match gun.showing {
        ShowingState::Shown(Showing { barrels: Some(readings), .. }) => readings,
        ShowingState::Shown(_) | ShowingState::Void(_) | ShowingState::BeingChecked(_) => {
            let read = BarrelReading { rod: Rod::AtMark, primed: false };
            gun.cylinder().iter().fold(BarrelReadings::default(), |readings, barrel| readings.with(barrel, read))
        }
    }
}
