//! A sixth small production, with a stop: a gun of one chamber, a box of one dummy, the armorer, a witness who guards and
//! inquires, a producer who names him, and no clock. Whatever can be kept is kept, given, taken, and released.

use kernel::{
    Action, Context, Event, Exhibit, ExhibitOf, Gun, GunKind, Intent, IntentKind, Keeper, Light, Lot, LotKind,
    PlaceKind, Proven, Role, Roles, Rules, State, Status, Stop, StopCause, Tally, decide, evolve, shown,
};

use super::{ARMORER, CASE, GUN, LIMITS, VAULT, WITNESS, armorer_and_witness, bare, explored};
use crate::retell::evolved;
use crate::stage::{CALIBRE, Small, Tick, chambers};

const NOW: Tick = Tick(0);
const PRODUCER: u8 = 3;
const DUMMY: u8 = 1;

/// What differs from state to state and counts.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Key {
    gun: Gun<Small>,
    lot: Lot<Small>,
    exhibits: Vec<(u16, Exhibit<Small>)>,
    stops: Vec<(u16, Stop<Small>)>,
}

fn key(state: &State<Small>) -> Key {
    let state = bare(state);
    Key {
        gun: state.guns[&GUN],
        lot: state.lots[&DUMMY],
        exhibits: state.exhibits.into_iter().collect(),
        stops: state.stops.into_iter().collect(),
    }
}

/// The gun is locked away, and the armorer has the box, which was verified and counted.
fn register() -> State<Small> {
    let at = NOW;
    let mut events = armorer_and_witness(at);
    let roles = Roles::NONE.with(Role::Producer);
    let (kind, action) = (GunKind::LiveCapable, Action::SingleAction);
    events.extend([
        Event::PersonAdded { person: PRODUCER },
        Event::RolesAssigned { person: PRODUCER, day: kernel::Day(1), roles, answers_to: None },
        Event::DeviceEnrolled { invitation: u16::from(PRODUCER), device: PRODUCER, person: PRODUCER },
        Event::PlaceRegistered { place: VAULT, kind: PlaceKind::Vault, locks: true, for_guns: true },
        Event::PlaceRegistered { place: CASE, kind: PlaceKind::Case, locks: true, for_guns: false },
        Event::GunRegistered { gun: GUN, kind, action, chambers: 1, place: VAULT, at },
        Event::CalibreEntered { gun: GUN, calibre: CALIBRE },
        Event::LotReceived {
            lot: DUMMY,
            kind: LotKind::Dummy,
            load: None,
            calibre: Some(CALIBRE),
            source: WITNESS,
            rounds: 1,
            inert_at_head: false,
            uniform: true,
            place: CASE,
            at,
        },
        Event::LotVerified { lot: DUMMY, counter: ARMORER, witness: WITNESS, at },
        Event::CountAgreed { lot: DUMMY, seal: None, at },
        Event::LotTakenOut { lot: DUMMY, person: ARMORER, at },
    ]);
    evolved(&events)
}

/// Each with the number of the act that it makes: the same for the same thing, so that the states are few.
fn sayings(state: &State<Small>) -> Vec<(u8, u16, Intent<Small>)> {
    let (gun, lot, one) = (GUN, DUMMY, chambers(&[1]));
    let mut said = vec![
        (ARMORER, 100, Intent::TakeOut { gun }),
        (ARMORER, 100, Intent::PutAway { gun, place: VAULT }),
        (ARMORER, 100, Intent::LookThroughBore { gun, light: Light::Seen }),
        (ARMORER, 100, Intent::Load { gun, lot, chambers: one }),
        (ARMORER, 100, Intent::Unload { gun, chambers: one }),
        (ARMORER, 100, Intent::TakeOutLot { lot }),
        (ARMORER, 100, Intent::PutAwayLot { lot, place: CASE }),
    ];
    // No stop has the number of one that something is still kept for.
    let names = |stop: &u16| state.exhibits.values().any(|it| it.stop == *stop);
    let fresh = [300, 301].into_iter().find(|stop| !names(stop));
    said.extend(fresh.map(|stop| (WITNESS, stop, Intent::Stop { cause: StopCause::Called })));
    // Without a stop, keeping something would stop everything by itself: that is looked at elsewhere.
    for stop in state.stops.keys().copied() {
        let saw = Tally { dummy: 1, ..Tally::default() };
        said.extend([
            (PRODUCER, 100, Intent::NameInquiry { stop, inquirer: WITNESS }),
            (WITNESS, 100, Intent::CloseInquiry { stop }),
            (WITNESS, 400, Intent::ReportGunExhibit { gun, stop, guard: WITNESS }),
            (WITNESS, 401, Intent::ReportLotExhibit { lot, stop, guard: WITNESS }),
        ]);
        if state.guns[&gun].is_loaded() {
            let bagged = Intent::ReportRoundsExhibit { gun, stop, witness: ARMORER, saw, guard: WITNESS };
            said.push((WITNESS, 402, bagged));
        }
    }
    for exhibit in state.exhibits.keys().copied() {
        said.extend([
            (WITNESS, 100, Intent::ReportExhibitGiven { exhibit, to: PRODUCER }),
            (PRODUCER, 100, Intent::ReportExhibitTaken { exhibit }),
            (WITNESS, 100, Intent::ReportExhibitTaken { exhibit }),
            (PRODUCER, 100, Intent::ReportExhibitToPolice { exhibit }),
            (WITNESS, 100, Intent::ReleaseExhibit { exhibit }),
            (ARMORER, 100, Intent::ReleaseExhibit { exhibit }),
        ]);
    }
    said
}

fn rounds(state: &State<Small>) -> u32 {
    let bagged = state.exhibits.values().filter_map(|it| match it.of {
        ExhibitOf::Rounds(bag) => Some(bag.rounds),
        ExhibitOf::Gun(_) | ExhibitOf::Lot(_) => None,
    });
    let out: u32 = state.out.values().sum();
    state.lots[&DUMMY].rounds + state.guns[&GUN].rounds_loaded() + out + bagged.sum::<u32>()
}

fn every_state(rules: &Rules, state: &State<Small>) {
    assert_eq!(&evolved(&kernel::retell(state)), state, "told again it is another state");
    let kept = state.exhibit_of_gun(GUN).is_some();
    let held = matches!(shown(rules, state, NOW)[0].status, Status::Held { .. });
    assert_eq!(held, kept || !state.stops.is_empty(), "what is kept is held, and so is everything while a stop stands");
}

fn every_step(before: &State<Small>, (by, intent): (u8, Intent<Small>), after: &State<Small>) {
    let released = matches!(intent, Intent::ReleaseExhibit { .. });
    let bag_gone = rounds(before) != rounds(after);
    assert!(!bag_gone || released, "a round is lost by {intent:?}");
    for (act, exhibit) in &before.exhibits {
        let (gun, lot) = (before.guns[&GUN], before.lots[&DUMMY]);
        let is_ask = intent.kind() == IntentKind::Ask;
        match exhibit.of {
            ExhibitOf::Gun(_) if is_ask => assert_eq!(gun.loading, after.guns[&GUN].loading, "touched by {intent:?}"),
            ExhibitOf::Lot(_) if !released => {
                let kept = |lot: &Lot<Small>| (lot.rounds, lot.verified, lot.seal);
                assert_eq!(kept(&lot), kept(&after.lots[&DUMMY]), "touched by {intent:?}");
            }
            ExhibitOf::Gun(_) | ExhibitOf::Lot(_) | ExhibitOf::Rounds(_) => {}
        }
        if !after.exhibits.contains_key(act) {
            assert_eq!((released, exhibit.inquirer), (true, Some(by)), "released by {intent:?}");
            assert!(!matches!(exhibit.keeper, Keeper::Police { .. }), "touched behind the back of the police");
        }
    }
}

/// How many states there are by the number of steps, and how often something was released.
fn explore(rules: &Rules, depth: usize) -> (usize, usize) {
    let mut released = 0;
    let lead_on = |state: &State<Small>| {
        let mut arrived = Vec::new();
        for (by, act, intent) in sayings(state) {
            let proven = Proven::OwnDevicePin;
            let context = Context { act, by: Some(by), device: Some(by), proven, decided_at: NOW, claimed_at: NOW };
            let verdict = decide(rules, state, &intent, &context);
            let mut next = state.clone();
            verdict.events.iter().for_each(|event| evolve(&mut next, event));
            every_step(state, (by, intent), &next);
            released += usize::from(matches!(intent, Intent::ReleaseExhibit { .. }) && verdict.accepted);
            arrived.push(next);
        }
        arrived
    };
    let states = explored(register(), depth, key, lead_on, |state| every_state(rules, state));
    (states.into_iter().sum(), released)
}

const RULES: Rules = Rules::new(LIMITS);

/// How many states there are within nine steps. A change of the rules changes this number; say in the commit why.
const STATES: usize = 3262;

#[test]
fn what_is_kept_is_touched_by_nobody_and_released_by_the_inquiry_alone() {
    let (states, released) = explore(&RULES, 9);
    assert_eq!(states, STATES);
    assert!(released > 0, "nothing is ever released");
}

/// That this search sees it is shown by dropping a rule.
#[test]
#[should_panic(expected = "touched")]
fn without_the_first_rule_of_exhibits_one_is_touched() {
    explore(&RULES.without(kernel::Rule::Exhibit1), 9);
}

#[test]
#[should_panic(expected = "released by")]
fn without_the_last_rule_of_exhibits_anybody_releases_one() {
    explore(&RULES.without(kernel::Rule::Exhibit4), 9);
}
