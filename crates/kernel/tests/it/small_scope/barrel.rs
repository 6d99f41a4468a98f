//! A fourth small production, for a gun that is loaded from the muzzle: a musket, a lot of two blank charges, an armorer
//! and a witness, and no clock. Beside the record there is the musket itself: something can be rammed down it, its charge
//! can be drawn, and a cap can be put on or fall off, and nobody enters any of it. Both people say what rod and cap say, or
//! what they would say of a chamber.

use kernel::{
    Action, Context, Event, Gun, GunKind, Intent, IntentKind, Light, Load, Lot, LotKind, PlaceKind, Proven, Rod, Rule,
    Rules, Seen, ShowingState, State, Stop, decide, evolve,
};

use super::{ARMORER, CASE, GUN, LIMITS, SET, VAULT, WITNESS, armorer_and_witness, bare, explored, scene};
use crate::retell::evolved;
use crate::stage::{CALIBRE, Small, Tick, chambers, empty, is_out, rods};

const NOW: Tick = Tick(0);
const CHARGES: u8 = 1;

/// The record, and the musket itself.
#[derive(Clone, Debug)]
struct Node {
    state: State<Small>,
    itself: Itself,
}

/// What nobody entered.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
struct Itself {
    rammed_down: bool,
    drawn: bool,
    capped: bool,
}

/// What differs from state to state and counts.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Key {
    gun: Gun<Small>,
    lot: Lot<Small>,
    stops: Vec<(u16, Stop<Small>)>,
    itself: Itself,
}

impl Node {
    fn key(&self) -> Key {
        let state = bare(&self.state);
        let stops = state.stops.iter().map(|(act, stop)| (*act, *stop)).collect();
        Key { gun: state.guns[&GUN], lot: state.lots[&CHARGES], stops, itself: self.itself }
    }

    fn gun(&self) -> Gun<Small> {
        self.state.guns[&GUN]
    }

    /// Is something in its barrel?
    fn holds(&self) -> bool {
        self.itself.rammed_down || self.gun().is_loaded() && !self.itself.drawn
    }

    /// What whoever looks sees.
    fn sight(&self) -> Seen {
        let barrel = |is: bool| if is { &[1_u8][..] } else { &[] };
        rods(1, barrel(self.holds()), barrel(self.itself.capped))
    }
}

/// The box is verified, counted and out, its charges were tested; the scene is open.
fn register() -> State<Small> {
    let at = NOW;
    let mut events = armorer_and_witness(at);
    let place = |place, kind, locks, for_guns| Event::PlaceRegistered { place, kind, locks, for_guns };
    let (kind, action) = (GunKind::LiveCapable, Action::MuzzleLoader);
    events.extend([
        place(VAULT, PlaceKind::Vault, true, true),
        place(CASE, PlaceKind::Case, true, false),
        place(SET, PlaceKind::Set, false, false),
        Event::GunRegistered { gun: GUN, kind, action, chambers: 1, place: VAULT, at },
        Event::CalibreEntered { gun: GUN, calibre: CALIBRE },
        Event::LotReceived {
            lot: CHARGES,
            kind: LotKind::Blank,
            load: Some(Load::Half),
            calibre: Some(CALIBRE),
            source: WITNESS,
            rounds: 2,
            inert_at_head: false,
            uniform: true,
            place: CASE,
            at,
        },
        Event::LotVerified { lot: CHARGES, counter: ARMORER, witness: WITNESS, at },
        Event::CountAgreed { lot: CHARGES, seal: None, at },
        Event::LotTakenOut { lot: CHARGES, person: ARMORER, at },
        Event::BlankTested { gun: GUN, lot: CHARGES, rounds: 0, stand_off_centimetres: 600 },
    ]);
    events.extend(scene());
    let mut state = evolved(&events);
    // Blanks are planned for it.
    state.scenes.values_mut().for_each(|scene| scene.blanks = true);
    state
}

/// Everything that one of the two can say now; of what is in the musket nothing but what he sees.
fn sayings(node: &Node) -> Vec<Intent<Small>> {
    let (gun, lot) = (GUN, CHARGES);
    let check = if let ShowingState::BeingChecked(check) = node.gun().showing { check.act } else { 999 };
    let rods = node.sight().barrels.unwrap();
    let rod = if node.holds() { Rod::AboveMark } else { Rod::AtMark };
    let (none, one) = (chambers(&[]), chambers(&[1]));
    let (burned, unfired) = if node.holds() { (none, one) } else { (one, none) };
    vec![
        Intent::TakeOut { gun },
        Intent::PutAway { gun, place: VAULT },
        Intent::CallToSet { gun },
        Intent::LookThroughBore { gun, light: Light::Seen },
        Intent::RunRod { gun, rod },
        Intent::Load { gun, lot, chambers: one },
        Intent::Unload { gun, chambers: one },
        Intent::Prime { gun, barrels: one },
        Intent::EmptyBarrels { gun, burned, misfired: none, unfired },
        Intent::BeginCheck { gun, witness: WITNESS },
        Intent::GiveUpCheck { gun, check },
        Intent::AnswerCheck { gun, check, readings: empty(1) },
        Intent::AnswerBarrelCheck { gun, check, rods },
        Intent::ReportOutOfSight { gun },
    ]
}

/// What happens to the musket itself, wherever it is out.
fn unentered(node: &Node) -> Vec<Node> {
    let it = node.itself;
    let others = [
        Itself { rammed_down: true, ..it },
        Itself { drawn: node.gun().is_loaded(), rammed_down: false, ..it },
        Itself { capped: true, ..it },
        Itself { capped: false, ..it },
    ];
    let others = others.into_iter().filter(|other| is_out(&node.gun()) && *other != it);
    others.map(|itself| Node { state: node.state.clone(), itself }).collect()
}

/// Where one more step leads.
fn steps(rules: &Rules, node: &Node, shown: &mut dyn FnMut(&Node, &Node)) -> Vec<Node> {
    let mut arrived = unentered(node);
    for intent in sayings(node) {
        for person in [ARMORER, WITNESS] {
            let act = if matches!(intent, Intent::RunRod { .. }) { 300 } else { 200 };
            let (by, device) = (Some(person), Some(person));
            let proven = Proven::OwnDevicePin;
            let context = Context { act, by, device, proven, decided_at: NOW, claimed_at: NOW };
            let verdict = decide(rules, &node.state, &intent, &context);
            assert!(intent.kind() == IntentKind::Ask || verdict.accepted, "a report is refused: {intent:?}");
            let mut state = node.state.clone();
            verdict.events.iter().for_each(|event| evolve(&mut state, event));
            if verdict.events.is_empty() || state.stops.len() > 1 {
                continue;
            }
            let mut itself = node.itself;
            if verdict.accepted && matches!(intent, Intent::EmptyBarrels { .. }) {
                itself = Itself::default();
            }
            itself.capped |= verdict.accepted && matches!(intent, Intent::Prime { .. });
            let next = Node { state, itself };
            if verdict.events.iter().any(|event| matches!(event, Event::GunShown { .. })) {
                shown(node, &next);
            }
            arrived.push(next);
        }
    }
    arrived
}

fn every_state(node: &Node) {
    let (state, gun, lot) = (&node.state, node.gun(), node.state.lots[&CHARGES]);
    assert_eq!(&evolved(&kernel::retell(state)), state, "told again it is another state");
    assert_eq!(lot.rounds + lot.misfired + gun.rounds_loaded(), 2, "a charge came or went");
    assert_eq!(lot.spent, 0, "a charge left a case");
    assert!(gun.primed.minus(gun.loaded()).is_empty(), "a cap on no charge");
}

/// How often it was shown, and over what that nobody entered.
#[derive(Debug, Default)]
struct Shown {
    at_all: usize,
    /// With something in an empty barrel, or with its charge gone.
    otherwise: usize,
    /// With a cap that nobody put on.
    capped: usize,
    /// With something else in the place of its charge, or upon it: no rod tells it from the charge.
    not_told: usize,
}

/// How many states there are by the number of steps, and what was shown.
fn explore(rules: &Rules, depth: usize) -> (Vec<usize>, Shown) {
    let first = Node { state: register(), itself: Itself::default() };
    let mut shown = Shown::default();
    let mut count = |before: &Node, node: &Node| {
        let it = node.itself;
        shown.at_all += 1;
        shown.otherwise += usize::from(node.holds() != node.gun().is_loaded());
        shown.capped += usize::from(it.capped && before.gun().primed.is_empty());
        shown.not_told += usize::from(it.rammed_down && node.gun().is_loaded());
    };
    let states = explored(first, depth, Node::key, |node| steps(rules, node, &mut count), every_state);
    (states, shown)
}

const RULES: Rules = Rules::new(LIMITS);

/// How many states there are in all. A change of the rules changes this number; say in the commit why.
const STATES: usize = 4742;

#[test]
fn what_nobody_entered_is_never_shown_away_by_two_who_run_the_rod() {
    let (states, shown) = explore(&RULES, 60);
    assert_eq!((states.last(), states.iter().sum::<usize>()), (Some(&0), STATES));
    assert!(shown.at_all > 0, "nothing is ever shown");
    assert_eq!((shown.otherwise, shown.capped), (0, 0), "{shown:?}");
    // A rod says that something is there, and never what.
    assert!(shown.not_told > 0);
}

/// That this search sees it is shown by dropping the rule: who speaks of a chamber shows it over whatever is in it.
#[test]
fn without_the_rod_a_charge_is_shown_away() {
    let (_, shown) = explore(&RULES.without(Rule::Rod1), 9);
    assert!(shown.otherwise > 0);
}
