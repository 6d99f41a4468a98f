//! A small production, gone through whole: one gun of two chambers, an armorer, a witness, a
//! performer and a first AD, four moments. Everything that these four can say, in every order, up to
//! a depth; what must always hold is held against every state and every step, and what must be
//! possible is reached.

use std::collections::BTreeSet;

use kernel::{
    Action, Content, Custody, Day, Event, Gun, GunKind, Intent, IntentKind, LastLook, Light, Limits, Look,
    Lot, LotKind, PlaceKind, Proven, Readings, Role, RoundKind, Rules, ShowingState, State, Status, Stop, StopCause,
    Context, Verdict, decide, evolve, options, shown,
};

use crate::retell::evolved;
use crate::stage::{Small, Tick, chambers, empty, rounds};

const ARMORER: u8 = 1;
const WITNESS: u8 = 2;
const PERFORMER: u8 = 3;
const FIRST_AD: u8 = 4;
const PEOPLE: [u8; 4] = [ARMORER, WITNESS, PERFORMER, FIRST_AD];

const GUN: u8 = 1;
const VAULT: u8 = 1;
const DUMMIES: u8 = 1;
const LAST_TICK: Tick = Tick(3);

/// A showing holds two ticks; an ask may be one old.
const LIMITS: Limits = Limits { showing_life: 2, identity_life: 2, ask_tolerance: 1 };

/// What differs from state to state; the register does not.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Node {
    now: Tick,
    gun: Gun<Small>,
    dummies: u32,
    out_since: [Option<Tick>; 4],
    stops: Vec<(u16, Stop<Small>)>,
}

impl Node {
    fn of(state: &State<Small>, now: Tick) -> Node {
        let out_since = PEOPLE.map(|person| state.people[&person].out_since);
        let stops = state.stops.iter().map(|(act, stop)| (*act, *stop)).collect();
        Node { now, gun: state.guns[&GUN], dummies: state.lots[&DUMMIES].rounds, out_since, stops }
    }

    fn state(&self, register: &State<Small>) -> State<Small> {
        let mut state = register.clone();
        state.guns.insert(GUN, self.gun);
        state.lots.insert(DUMMIES, Lot { rounds: self.dummies, ..register.lots[&DUMMIES] });
        for (person, since) in PEOPLE.into_iter().zip(self.out_since) {
            state.people.entry(person).or_default().out_since = since;
        }
        state.stops = self.stops.iter().copied().collect();
        state
    }
}

/// The register: it stays as it is here.
fn register() -> State<Small> {
    let mut events = vec![Event::DayOpened { day: Day(1), at: Tick(0) }];
    let roles = [Role::Armorer, Role::Witness, Role::Performer, Role::FirstAd];
    for (person, role) in PEOPLE.into_iter().zip(roles) {
        let roles = [role].into_iter().collect();
        events.push(Event::PersonAdded { person });
        events.push(Event::RolesAssigned { person, day: Day(1), roles, answers_to: None });
        events.push(Event::DeviceEnrolled { invitation: u16::from(person), device: person, person });
    }
    let (kind, action) = (GunKind::LiveCapable, Action::SingleAction);
    events.extend([
        Event::PlaceRegistered { place: VAULT, kind: PlaceKind::Vault, locks: true, for_guns: true },
        Event::GunRegistered { gun: GUN, kind, action, chambers: 2, place: VAULT, at: Tick(0) },
        Event::LotRegistered { lot: DUMMIES, kind: LotKind::Dummy, inert_at_head: false, rounds: 2 },
    ]);
    evolved(&events)
}

/// The acts that the state still names.
fn named_acts(node: &Node) -> BTreeSet<u16> {
    let mut named: BTreeSet<u16> = node.stops.iter().map(|(act, _)| *act).collect();
    if let Custody::Offered { offer, .. } = node.gun.custody {
        named.insert(offer);
    }
    named.extend(node.gun.bore.map(|look| look.act));
    named.extend(node.gun.loading.and_then(|loading| loading.bore));
    match node.gun.showing {
        ShowingState::Void(_) => {}
        ShowingState::BeingChecked(check) => {
            named.insert(check.act);
        }
        ShowingState::Shown(showing) => {
            named.insert(showing.check);
            named.extend(showing.bore);
            if let Some(LastLook::Witness { offer, .. }) = showing.last_look {
                named.insert(offer);
            }
        }
    }
    named
}

/// An act that the state does not name: the smallest, of numbers that go by what the intent makes,
/// so that states which differ in nothing but numbers are few.
fn fresh(named: &BTreeSet<u16>, intent: &Intent<Small>) -> u16 {
    let from = if matches!(intent, Intent::Offer { .. }) {
        100
    } else if matches!(intent, Intent::BeginCheck { .. }) {
        200
    } else if matches!(intent, Intent::LookThroughBore { .. }) {
        300
    } else {
        400
    };
    (from..).find(|act| !named.contains(act)).unwrap()
}

/// What may be seen in two chambers.
fn sights() -> [Readings; 6] {
    let (one, both) = (rounds(2, &[1], Content::Dummy), rounds(2, &[1, 2], Content::Dummy));
    let (live, unsure) = (rounds(2, &[1], Content::Live), rounds(2, &[1], Content::NotSure));
    [empty(2), one, both, live, unsure, empty(1)]
}

/// Everything that one person can say now, without when and on which device.
fn sayings(node: &Node) -> Vec<Intent<Small>> {
    let gun = GUN;
    let offer = if let Custody::Offered { offer, .. } = node.gun.custody { offer } else { 999 };
    let check = if let ShowingState::BeingChecked(check) = node.gun.showing { check.act } else { 999 };
    let mut sayings = vec![
        Intent::TakeOut { gun },
        Intent::PutAway { gun, place: VAULT },
        Intent::TakeBack { gun },
        Intent::WithdrawOffer { gun, offer },
        Intent::RefuseOffer { gun, offer },
        Intent::Take { gun, offer, look: Look::Looked },
        Intent::Take { gun, offer, look: Look::Declined },
        Intent::LookThroughBore { gun, light: Light::Seen },
        Intent::LookThroughBore { gun, light: Light::Blocked },
        Intent::Load { gun, lot: DUMMIES, chambers: chambers(&[1]) },
        Intent::Load { gun, lot: DUMMIES, chambers: chambers(&[1, 2]) },
        Intent::Unload { gun, chambers: node.gun.loaded() },
        Intent::GiveUpCheck { gun, check },
        Intent::PointTowardPeople { gun },
        // Of the reports that put one doubt upon one gun, this one stands for all.
        Intent::ReportOutOfSight { gun },
        Intent::ReportHave { gun },
        Intent::ReportGone { gun },
        Intent::ReportDischarge { gun },
        Intent::ReportRoundFound { round: RoundKind::Live },
        Intent::ReportBreak,
        Intent::ReportLeft { person: ARMORER },
        Intent::ReportReturned { person: ARMORER },
        Intent::Stop { cause: StopCause::Called },
    ];
    for person in PEOPLE {
        sayings.push(Intent::Offer { gun, to: person });
        sayings.push(Intent::BeginCheck { gun, witness: person });
    }
    for readings in sights() {
        sayings.push(Intent::AnswerCheck { gun, check, readings });
        sayings.push(Intent::LookLast { gun, offer, readings });
    }
    for (stop, _) in &node.stops {
        sayings.push(Intent::CloseInquiry { stop: *stop });
        sayings.extend(PEOPLE.map(|inquirer| Intent::NameInquiry { stop: *stop, inquirer }));
    }
    sayings
}

/// Everything that can be said now: by each of the four on his own device; a stop by nobody; an
/// answer also a tick ago, and also on the armorer's device.
fn said(node: &Node) -> Vec<(Intent<Small>, Context<Small>)> {
    let named = named_acts(node);
    let mut said = Vec::new();
    for intent in sayings(node) {
        let act = fresh(&named, &intent);
        for person in PEOPLE {
            let (by, device) = (Some(person), Some(person));
            let (decided_at, claimed_at) = (node.now, node.now);
            let context = Context { act, by, device, proven: Proven::OwnDevicePin, decided_at, claimed_at };
            said.push((intent, context));
            if matches!(intent, Intent::AnswerCheck { .. }) {
                let proven = Proven::OtherDevicePin;
                said.push((intent, Context { claimed_at: Tick(node.now.0.saturating_sub(1)), ..context }));
                said.push((intent, Context { device: Some(ARMORER), proven, ..context }));
            }
            if matches!(intent, Intent::Stop { .. }) {
                said.push((intent, Context { by: None, device: None, proven: Proven::Nobody, ..context }));
            }
        }
    }
    said
}

/// What was found.
struct Found {
    /// Distinct states, by the number of steps to the first way there.
    states: Vec<usize>,
    /// What was possible somewhere.
    reached: BTreeSet<&'static str>,
}

/// Goes through everything up to `depth` steps.
#[allow(clippy::disallowed_types, reason = "states are looked up, and nothing hangs on their order")]
fn explore(depth: usize) -> Found {
    let (register, rules) = (register(), Rules::new(LIMITS));
    let first = Node::of(&register, Tick(0));
    assert_eq!(first.state(&register), register);
    let mut seen = std::collections::HashSet::from([first.clone()]);
    let mut frontier = vec![first];
    let mut found = Found { states: vec![1], reached: BTreeSet::new() };
    for _ in 0..depth {
        let mut next = Vec::new();
        for node in &frontier {
            let mut arrive = |node: Node| {
                if !seen.contains(&node) {
                    seen.insert(node.clone());
                    next.push(node);
                }
            };
            if node.now < LAST_TICK {
                arrive(Node { now: Tick(node.now.0 + 1), ..node.clone() });
            }
            let state = node.state(&register);
            for (intent, context) in said(node) {
                let verdict = decide(&rules, &state, &intent, &context);
                every_step(&rules, &state, &intent, &context, &verdict);
                if !verdict.events.is_empty() {
                    let mut after = state.clone();
                    verdict.events.iter().for_each(|event| evolve(&mut after, event));
                    every_change(&state, &after, &intent, &verdict);
                    arrive(Node::of(&after, node.now));
                }
            }
        }
        for node in &next {
            let state = node.state(&register);
            every_state(&rules, node, &state);
            possible(&rules, &state, node.now, &mut found.reached);
        }
        found.states.push(next.len());
        frontier = next;
    }
    found
}

/// What holds of every verdict.
fn every_step(
    rules: &Rules,
    state: &State<Small>,
    intent: &Intent<Small>,
    context: &Context<Small>,
    verdict: &Verdict<Small>,
) {
    assert!(verdict.reasons.is_sorted_by_key(|reason| reason.code));
    if intent.kind() == IntentKind::Report {
        assert!(verdict.accepted, "a report is refused: {intent:?}");
    }
    if !verdict.accepted {
        assert!(!verdict.reasons.is_empty());
        let falls = |event: &Event<Small>| matches!(event, Event::StopPulled { .. } | Event::ShowingVoided { .. });
        assert!(verdict.events.iter().all(falls), "a refusal carries an act: {intent:?}");
        return;
    }
    let receiver = match intent {
        Intent::Offer { to, .. } => Some(*to),
        Intent::Take { .. } => context.by,
        Intent::PointTowardPeople { .. } => panic!("a muzzle toward people"),
        _ => None,
    };
    if let Some(receiver) = receiver {
        assert_ne!(receiver, FIRST_AD);
        let ShowingState::Shown(showing) = state.guns[&GUN].showing else { panic!("not shown: {intent:?}") };
        assert!(context.decided_at < rules.show_again_by::<Small>(showing.at));
        assert!(state.stops.is_empty() && receiver == PERFORMER);
        assert!(showing.checker != receiver && showing.witness != receiver);
    }
}

/// What holds wherever something changes.
fn every_change(before: &State<Small>, after: &State<Small>, intent: &Intent<Small>, verdict: &Verdict<Small>) {
    let lifted = before.stops.keys().filter(|act| !after.stops.contains_key(act)).count();
    assert_eq!(lifted, usize::from(verdict.accepted && matches!(intent, Intent::CloseInquiry { .. })));
    let (earlier, later) = (before.guns[&GUN], after.guns[&GUN]);
    let has = |gun: &Gun<Small>| matches!(gun.custody, Custody::With { person: FIRST_AD, .. });
    if has(&later) && !has(&earlier) {
        assert_eq!(intent.kind(), IntentKind::Report, "a first AD got it by an ask");
    }
    let says = |gun: &Gun<Small>| matches!(gun.showing, ShowingState::Shown(_));
    if says(&later) && !says(&earlier) {
        assert!(matches!(intent, Intent::AnswerCheck { .. }));
    }
    if !before.stops.is_empty() {
        let moved = earlier.loading != later.loading || (earlier.custody != later.custody);
        let by_ask = intent.kind() == IntentKind::Ask;
        let home = matches!(
            intent,
            Intent::TakeBack { .. } | Intent::PutAway { .. } | Intent::RefuseOffer { .. } | Intent::WithdrawOffer { .. }
        );
        assert!(!moved || !by_ask || home, "moved while held: {intent:?}");
    }
}

/// What holds in every state.
fn every_state(rules: &Rules, node: &Node, state: &State<Small>) {
    let gun = &node.gun;
    assert_eq!(&evolved(&kernel::retell(state)), state, "told again it is another state");
    assert_eq!(node.dummies + gun.loaded().count(), 2, "a round came or went");
    let card = shown(rules, state, node.now)[0];
    assert_eq!(matches!(card.status, Status::Held { .. }), !node.stops.is_empty());
    if matches!(gun.custody, Custody::Offered { .. }) {
        assert!(matches!(card.status, Status::InHandover { .. } | Status::Held { .. }));
    }
    if let ShowingState::Shown(showing) = gun.showing {
        assert_eq!((showing.checker, showing.witness), (ARMORER, WITNESS));
        assert_eq!(showing.readings.read(), gun.cylinder());
        assert_eq!(showing.readings.of(Content::Dummy), gun.loaded());
        assert_eq!(showing.readings.of(Content::Empty), gun.cylinder().minus(gun.loaded()));
        assert_eq!(gun.loaded().is_empty(), showing.bore.is_none());
        assert!(showing.at <= node.now && node.stops.is_empty());
        let with_performer = matches!(gun.custody, Custody::With { person: PERFORMER, .. });
        assert!(!with_performer || showing.last_look.is_some(), "nobody looked last");
    }
    if let Status::Empty(said) | Status::Dummy { shown: said, .. } = card.status {
        assert!(matches!(gun.showing, ShowingState::Shown(_)));
        assert!(node.now < said.again_by && matches!(gun.custody, Custody::With { .. }));
    }
    if !node.stops.is_empty() {
        can_be_locked_away(rules, node, state);
    }
    one_answer_tells_nothing(rules, node, state);
}

fn can_be_locked_away(rules: &Rules, node: &Node, state: &State<Small>) {
    let (by, device, now) = (Some(ARMORER), Some(ARMORER), node.now);
    let proven = Proven::OwnDevicePin;
    let context = Context { act: 900, by, device, proven, decided_at: now, claimed_at: Tick(0) };
    let mut state = state.clone();
    let mut does = |intent| {
        let verdict = decide(rules, &state, &intent, &context);
        assert!(verdict.accepted, "{intent:?}: {:?}", verdict.reasons);
        verdict.events.iter().for_each(|event| evolve(&mut state, event));
    };
    match node.gun.custody {
        Custody::In { .. } | Custody::Missing { .. } => return,
        Custody::With { person: ARMORER, .. } => {}
        Custody::With { .. } | Custody::Offered { .. } => does(Intent::TakeBack { gun: GUN }),
    }
    does(Intent::PutAway { gun: GUN, place: VAULT });
}

/// Where one of the two has answered, whatever he saw: everything that anybody can see and say
/// comes out as if he had seen the gun empty. Only the second answer itself may be judged by it, and
/// not in what is told to the one who gives it.
fn one_answer_tells_nothing(rules: &Rules, node: &Node, state: &State<Small>) {
    let mut twin = state.clone();
    let gun = twin.guns.entry(GUN).or_insert(node.gun);
    let ShowingState::BeingChecked(check) = &mut gun.showing else { return };
    let ((None, Some(answer)) | (Some(answer), None)) =
        (&mut check.checker_answer, &mut check.witness_answer) else {
        return;
    };
    if answer.readings == empty(2) {
        return;
    }
    answer.readings = empty(2);
    for later in 0..4 {
        let now = Tick(node.now.0 + later);
        assert_eq!(shown(rules, state, now), shown(rules, &twin, now));
    }
    for (intent, context) in said(node) {
        let (one, other) = (decide(rules, state, &intent, &context), decide(rules, &twin, &intent, &context));
        assert_eq!((one.accepted, &one.reasons), (other.accepted, &other.reasons), "{intent:?}");
        assert!(matches!(intent, Intent::AnswerCheck { .. }) || one.events == other.events, "{intent:?}");
        if matches!(intent, Intent::TakeOut { .. }) {
            assert_eq!(options(rules, state, &context, GUN), options(rules, &twin, &context, GUN));
        }
    }
}

/// What must be possible, or the rules are safe only because nothing can be done.
fn possible(rules: &Rules, state: &State<Small>, now: Tick, reached: &mut BTreeSet<&'static str>) {
    let card = shown(rules, state, now)[0];
    let with_performer = matches!(card.custody, Custody::With { person: PERFORMER, handler: Some(ARMORER), .. });
    let mut reach = |what, happened| {
        if happened {
            reached.insert(what);
        }
    };
    reach("shown empty", matches!(card.status, Status::Empty(_)));
    reach("shown with one dummy of two", matches!(card.status, Status::Dummy { count: 1, of: 2, .. }));
    reach("shown with two dummies of two", matches!(card.status, Status::Dummy { count: 2, of: 2, .. }));
    reach("empty with the performer", with_performer && matches!(card.status, Status::Empty(_)));
    reach("dummies with the performer", with_performer && matches!(card.status, Status::Dummy { .. }));
    reach("in a handover", matches!(card.status, Status::InHandover { .. }));
    reach("held", matches!(card.status, Status::Held { .. }));
    let lapsed = matches!(card.status, Status::Unknown { why: kernel::Doubt::TimeLapsed, .. });
    reach("unknown after lapse", lapsed);
    reach("unknown with the performer after lapse", with_performer && lapsed);
    reach("locked away with dummies in it", {
        matches!(card.status, Status::Locked { .. }) && !state.guns[&GUN].loaded().is_empty()
    });
}

#[test]
fn a_small_production_gone_through_whole() {
    let depth = std::env::var("D").map_or(4, |d| d.parse().unwrap());
    let start = std::time::SystemTime::now();
    let found = explore(depth);
    eprintln!("{:?} {:?} {:?}", found.states, found.reached, start.elapsed());
    assert_eq!(found.states, [1]);
    assert_eq!(found.reached.len(), 0, "{:?}", found.reached);
}
