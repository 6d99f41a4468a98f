//! A range production: the stage on which its tests stand, and random histories of it.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use kernel::{
    Action, Calibre, Content, Custody, Day, Event, Gun, GunKind, Intent, Light, Limits, LotKind, Method, Occasion,
    OutAt, PlaceKind, RangeException, Reading, Role, RoundKind, Seen, ShowingState, State, Tally, evolve,
};

use crate::history::{Told, Word, cases};
use crate::stage::{
    AMMUNITION_CASE, ANOTHER, ARMORER, CALIBRE, CAMERA, EXTRA, FIRST_AD, GUN_1, GUN_4, GUNS, HANDLER, MUSKET, PEOPLE,
    PERFORMER, PISTOL, PRODUCER, RUBBER, SAFETY_OFFICER, STAND_IN, STUNT_PERFORMER, Said, Small, Stage, Step, Tick,
    VAULT, VENDOR, WITNESS, Who, all_as_recorded, as_recorded, is_out, seen,
};

/// A medic, who is on the roster from the first tick of the day to the last before [`MEDIC_UNTIL`].
pub const MEDIC: Who = Who(16);
pub const MEDIC_FROM: u16 = 100;
pub const MEDIC_UNTIL: u16 = 1200;

/// A bolt-action rifle.
pub const RIFLE: u8 = 6;

/// The two guns here that are fed.
pub const PISTOL_AND_RIFLE: [u8; 2] = [PISTOL, RIFLE];

/// Where guns lie on the range.
pub const RACK: u8 = 7;
/// Where live rounds lie on the range.
pub const LOCKER: u8 = 8;

/// Live rounds, whose box the armorer has.
pub const LIVE: u8 = 20;
/// Live rounds that no two people have had in the hand; they lie in the locker.
pub const UNVERIFIED: u8 = 21;

/// How many there are of each at the beginning.
pub const ROUNDS: u32 = 40;

fn production(events: impl IntoIterator<Item = Event<Small>>) -> Stage {
    let mut stage = Stage::before_the_day();
    stage.state = State::default();
    events.into_iter().for_each(|event| evolve(&mut stage.state, &event));
    stage
}

fn people() -> Vec<Event<Small>> {
    let mut events = Vec::new();
    let medic: (Who, &[Role], Option<Who>) = (MEDIC, &[Role::Medic], None);
    for (who, roles, superior) in PEOPLE.into_iter().chain([medic]) {
        let (person, roles, answers_to) = (who.0, roles.iter().copied().collect(), superior.map(|it| it.0));
        events.push(Event::PersonAdded { person });
        events.push(Event::RolesAssigned { person, day: Day(1), roles, answers_to });
        events.push(Event::DeviceEnrolled { invitation: u16::from(person), device: person, person });
    }
    events.push(Event::DayOpened { day: Day(1), at: Tick(100) });
    events.push(Event::AuthorityEntered { person: ARMORER.0, given: true });
    events
}

/// A production in which people and places are entered, and nothing else; the armorer has his authority in writing.
pub fn empty_production() -> Stage {
    let places = [(VAULT, PlaceKind::Vault, true), (AMMUNITION_CASE, PlaceKind::Case, false)];
    let registered = |(place, kind, for_guns)| Event::PlaceRegistered { place, kind, locks: true, for_guns };
    production(people().into_iter().chain(places.map(registered)))
}

/// The same, declared by the armorer.
pub fn declared() -> Stage {
    empty_production().after(&[ARMORER.declares_a_range().into()])
}

/// A range production on its first day: its guns are in their rack on the range, the armorer has a box of live rounds that
/// was verified and counted, the medic is there, and three people are trained.
pub fn range() -> Stage {
    production(
        people().into_iter().chain(a_range()).chain(places()).chain(guns()).chain(lots()).chain(trained_and_rostered()),
    )
}

const fn a_range() -> [Event<Small>; 2] {
    let (declaration, exception, at) = (700, RangeException::ActorTraining, Tick(100));
    [
        Event::RangeDeclared { declaration, exception, by: ARMORER.0, at },
        Event::RangeConfirmed { declaration, by: SAFETY_OFFICER.0, at },
    ]
}

fn places() -> [Event<Small>; 4] {
    [
        (VAULT, PlaceKind::Vault, true),
        (AMMUNITION_CASE, PlaceKind::Case, false),
        (RACK, PlaceKind::Range, true),
        (LOCKER, PlaceKind::Range, false),
    ]
    .map(|(place, kind, for_guns)| Event::PlaceRegistered { place, kind, locks: true, for_guns })
}

fn guns() -> Vec<Event<Small>> {
    let registered = |(gun, kind, action, chambers): (u8, GunKind, Action, u8)| {
        let gun_itself = Event::GunRegistered { gun, kind, action, chambers, place: RACK, at: Tick(100) };
        [gun_itself, Event::CalibreEntered { gun, calibre: CALIBRE }]
    };
    let rifle = (RIFLE, GunKind::LiveCapable, Action::Bolt, 1);
    GUNS.into_iter().chain([rifle]).flat_map(registered).collect()
}

fn lots() -> Vec<Event<Small>> {
    let (at, person) = (Tick(100), ARMORER.0);
    let received = |lot| Event::LotReceived {
        lot,
        kind: LotKind::Live,
        load: None,
        calibre: Some(CALIBRE),
        source: VENDOR.0,
        rounds: ROUNDS,
        inert_at_head: false,
        uniform: true,
        place: LOCKER,
        at,
    };
    vec![
        received(LIVE),
        received(UNVERIFIED),
        Event::LotVerified { lot: LIVE, counter: ARMORER.0, witness: WITNESS.0, at },
        Event::CountAgreed { lot: LIVE, seal: Some(1), at },
        Event::CountAgreed { lot: UNVERIFIED, seal: Some(2), at },
        Event::LotTakenOut { lot: LIVE, person, at },
    ]
}

fn trained_and_rostered() -> Vec<Event<Small>> {
    let actions = [Action::SingleAction, Action::Magazine, Action::Bolt];
    let trained = |person: Who| actions.map(|action| Event::TrainingEntered { person: person.0, action, passed: true });
    let mut events: Vec<_> = [PERFORMER, STUNT_PERFORMER, HANDLER].into_iter().flat_map(trained).collect();
    let (from, until) = (Tick(MEDIC_FROM), Tick(MEDIC_UNTIL));
    events.push(Event::DutyRostered { person: MEDIC.0, role: Role::Medic, from, until });
    events
}

// Short stories that many tests begin with.

/// The gun is out, and its bore was looked through.
pub fn looked_through(gun: u8) -> Vec<Step> {
    vec![ARMORER.takes_out(gun).into(), ARMORER.looks_through_the_bore(gun, Light::Seen).into()]
}

/// How a gun is loaded with so many live rounds.
pub fn loads(gun: u8, rounds: u8) -> Said {
    if gun == GUN_1 {
        let chambers: Vec<u8> = (1..=rounds).collect();
        return ARMORER.loads(gun, LIVE, &chambers);
    }
    ARMORER.loads_the_feed(gun, LIVE, rounds)
}

/// What whoever looks sees in a gun that was loaded with so many live rounds.
pub fn live(gun: u8, rounds: u8) -> Seen {
    if gun == GUN_1 {
        let chambers: Vec<u8> = (1..=rounds).collect();
        return Seen::in_chambers(crate::stage::rounds(6, &chambers, Content::Live));
    }
    seen(false, u32::from(rounds), Content::Live)
}

/// The gun was loaded with live rounds and shown so.
pub fn shown_live(gun: u8, rounds: u8) -> Vec<Step> {
    let saw = live(gun, rounds);
    let said =
        [loads(gun, rounds), ARMORER.begins_a_check(gun, WITNESS), WITNESS.sees(gun, saw), ARMORER.sees(gun, saw)];
    [looked_through(gun), said.map(Step::from).to_vec()].concat()
}

/// The performer looked and has it.
pub fn with_the_shooter(gun: u8, rounds: u8) -> Vec<Step> {
    let handed = [ARMORER.offers(gun, PERFORMER), PERFORMER.looks_and_takes(gun)];
    [shown_live(gun, rounds), handed.map(Step::from).to_vec()].concat()
}

/// Says what makes one person a medic or another, trained or not.
pub const fn trains(person: Who, action: Action, passed: bool) -> Said {
    ARMORER.says(Intent::EnterTraining { person: person.0, action, passed })
}

/// The live rounds counted and sealed by two, for the day's end.
pub fn counted_and_sealed(left: Tally) -> Vec<Step> {
    vec![
        ARMORER.begins_a_count(LIVE, Occasion::Wrap, WITNESS).into(),
        ARMORER.counts(LIVE, left).into(),
        WITNESS.counts_and_seals(LIVE, left, Some(9)).into(),
        ARMORER.says(Intent::PutAwayLot { lot: LIVE, place: LOCKER }).into(),
    ]
}

pub const fn receives_live(lot: u8) -> Said {
    receives_live_into(lot, LOCKER, false)
}

pub const fn receives_live_into(lot: u8, place: u8, inert_at_head: bool) -> Said {
    ARMORER.says(Intent::ReceiveLot {
        lot,
        kind: LotKind::Live,
        load: None,
        calibre: Some(Calibre(CALIBRE.0)),
        source: VENDOR.0,
        rounds: 6,
        inert_at_head,
        uniform: true,
        place,
    })
}

/// A showing that outlives what a test does in it.
pub const LONG: Limits = Limits { showing_life: 5000, identity_life: 5000, ask_tolerance: 2 };

// Histories.

/// Holds a law against random histories of a range production; the same in every run.
pub fn over_range_histories(law: impl Fn(&Told)) {
    over_range_words(&|words| play(words, &law));
}

pub fn over_range_words(law: &dyn Fn(&[Word])) {
    let config = Config { cases: cases(48), failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(any::<Word>(), 210..=260), |words| {
        law(&words);
        Ok(())
    });
    if let Err(TestError::Fail(why, _)) = outcome {
        panic!("{why}");
    }
    outcome.unwrap();
}

pub fn play(words: &[Word], law: &dyn Fn(&Told)) {
    let mut stage = range();
    for word in words {
        let later = Step::Later(u16::from(word[7] > 210));
        for step in [later, Step::Says(said(&stage, word))] {
            let before = stage.clone();
            let verdict = stage.goes_on(&step);
            if let (Step::Says(said), Some(verdict)) = (step, verdict) {
                let (intent, context) = before.meant(&said);
                law(&Told { before: &before, after: &stage, intent, context, verdict: &verdict });
            }
        }
    }
}

fn one_of<T: Copy>(choice: &[T], by: u8) -> T {
    choice[usize::from(by) % choice.len()]
}

/// What a word makes somebody say on a range.
fn said(stage: &Stage, word: &Word) -> Said {
    if let Some((_, stop)) = stage.state.held_by()
        && word[0] < 200
    {
        return match stop.inquiry {
            Some(inquiry) => Who(inquiry.inquirer).closes_the_inquiry(),
            None => FIRST_AD.names_for_the_inquiry(one_of(&[SAFETY_OFFICER, CAMERA], word[1])),
        };
    }
    if stage.state.wrapped.is_some() && word[0] < 230 {
        return next_day(stage);
    }
    if stage.now.0 % 60 >= 44 && word[0] < 220 {
        return toward_the_end(stage, word);
    }
    match word[0] {
        0..40 => about_anything(stage, word),
        40..80 => with_rounds(stage, word),
        80..=255 => with_a_gun(stage, word),
    }
}

/// Everybody's roles again, the medic's duty, and then the day.
fn next_day(stage: &Stage) -> Said {
    let next = Day(stage.state.day.map_or(1, |day| day.0 + 1));
    let everybody = PEOPLE.map(|(who, roles, _)| (who, roles)).into_iter().chain([(MEDIC, &[Role::Medic][..])]);
    let missing = everybody.into_iter().find(|(who, _)| !stage.state.people[&who.0].days.contains_key(&next));
    match missing {
        None => FIRST_AD.says(Intent::OpenDay { day: next }),
        Some((who, roles)) => {
            let by = if who == PRODUCER { ARMORER } else { PRODUCER };
            by.gives_roles(who, next.0, roles)
        }
    }
}

fn toward_the_end(stage: &Stage, word: &Word) -> Said {
    for (id, gun) in &stage.state.guns {
        match gun.custody {
            Custody::In { .. } if gun.bore_due || gun.is_loaded() => return ARMORER.takes_out(*id),
            Custody::In { .. } | Custody::Returned { .. } | Custody::Preset { .. } => {}
            Custody::Missing { .. } => return ARMORER.has(*id),
            Custody::With { person, .. } if person == ARMORER.0 => return home(gun, *id),
            Custody::With { person, .. } if stage.state.roles(person).handles() && person != STUNT_PERFORMER.0 => {
                return if gun.is_loaded() {
                    Who(person).offers(*id, ARMORER)
                } else {
                    Who(person).puts_away(*id, RACK)
                };
            }
            Custody::Offered { to, .. } if to == ARMORER.0 => return ARMORER.looks_and_takes(*id),
            Custody::With { .. } | Custody::Offered { .. } => return ARMORER.takes_back(*id),
        }
    }
    if let Some(((lot, at), rounds)) = stage.state.out.iter().next() {
        return match *at {
            OutAt::Person(person) if stage.state.lots[lot].holder().is_some() => Who(person).puts_back(*lot, *rounds),
            OutAt::Person(_) => ARMORER.takes_the_box_out(*lot),
            OutAt::Place(place) => ARMORER.gathers(*lot, place, *rounds),
        };
    }
    for (id, lot) in &stage.state.lots {
        if let Some(count) = lot.count {
            let by = if count.counter_answer.is_some() { count.witness } else { count.counter };
            return Who(by).counts_and_seals(*id, lot.expected(), Some(7));
        }
        if lot.opened {
            return ARMORER.begins_a_count(*id, Occasion::Wrap, WITNESS);
        }
        if lot.holder().is_some() {
            return ARMORER.says(Intent::PutAwayLot { lot: *id, place: LOCKER });
        }
    }
    one_of(&[FIRST_AD.wraps(), FIRST_AD.breaks_for_lunch(), FIRST_AD.wraps()], word[3])
}

/// Emptied, looked through and put into its rack.
fn home(gun: &Gun<Small>, id: u8) -> Said {
    if gun.is_loaded() {
        return emptied(gun, id, ARMORER);
    }
    if gun.bore_due { ARMORER.looks_through_the_bore(id, Light::Seen) } else { ARMORER.puts_away(id, RACK) }
}

fn emptied(gun: &Gun<Small>, id: u8, by: Who) -> Said {
    let (shots, misfires) = (gun.fired.shots, gun.fired.misfires);
    if gun.is_fed() {
        let left = u8::try_from(gun.rounds_loaded()).unwrap().saturating_sub(shots + misfires);
        return by.empties_the_feed(id, [shots, misfires], &[], left);
    }
    let loaded: Vec<u8> = gun.loaded().iter().collect();
    let (spent, rest) = loaded.split_at(usize::from(shots).min(loaded.len()));
    let (misfired, unfired) = rest.split_at(usize::from(misfires).min(rest.len()));
    by.empties(id, spent, misfired, unfired)
}

fn with_rounds(stage: &Stage, word: &Word) -> Said {
    let lot = one_of(&[LIVE, LIVE, LIVE, UNVERIFIED], word[1]);
    let it = stage.state.lots[&lot];
    if let Some(count) = it.count {
        let by = if count.counter_answer.is_some() { count.witness } else { count.counter };
        let more = Tally { live: it.expected().live + u32::from(word[2] < 12), ..it.expected() };
        // Now and then one is gone, and both see it.
        let gone = u32::from(count.act.is_multiple_of(9));
        let fewer = Tally { live: more.live.saturating_sub(gone), ..more };
        return Who(by).counts_and_seals(lot, fewer, Some(u32::from(word[3])));
    }
    let in_hand = stage.state.out_at(lot, OutAt::Person(ARMORER.0));
    match word[2] {
        0..90 if it.holder().is_none() => ARMORER.takes_the_box_out(lot),
        0..60 if !it.counted || it.verified.is_none() => {
            let occasion = if it.verified.is_none() { Occasion::Receipt } else { Occasion::Issue };
            ARMORER.begins_a_count(lot, occasion, WITNESS)
        }
        0..120 => ARMORER.begins_a_count(lot, one_of(&[Occasion::AfterFiring, Occasion::Receipt], word[3]), WITNESS),
        120..170 if in_hand > 0 => ARMORER.puts_back(lot, 1 + u32::from(word[3] % 3)),
        120..190 => ARMORER.draws(lot, 1 + u32::from(word[3] % 4)),
        190..200 => ARMORER.says(Intent::PutAwayLot { lot, place: AMMUNITION_CASE }),
        200..210 => ARMORER.re_boxes(30 + word[3] % 4, lot, 2),
        _ => ARMORER.says(Intent::PutAwayLot { lot, place: LOCKER }),
    }
}

fn with_a_gun(stage: &Stage, word: &Word) -> Said {
    // Mostly the one that is out already.
    let out = stage.state.guns.iter().find(|(_, gun)| is_out(gun)).map_or(GUN_1, |(id, _)| *id);
    let id = one_of(&[GUN_1, PISTOL, RIFLE, out, out, out, out, out, out, out, GUN_4, MUSKET], word[1]);
    let gun = stage.gun(id);
    match gun.custody {
        Custody::In { .. } => one_of(&[ARMORER, ARMORER, HANDLER], word[3]).takes_out(id),
        Custody::Missing { .. } => ARMORER.has(id),
        Custody::Returned { .. } => ARMORER.receives_from(VENDOR, id, RACK),
        Custody::Preset { .. } => ARMORER.takes_back(id),
        Custody::Offered { to, .. } => match word[2] {
            0..190 => Who(to).looks_and_takes(id),
            190..220 => WITNESS.sees_last(id, sight(stage, &gun, word[4])),
            220..240 => Who(to).declines_to_look_and_takes(id),
            240..=255 => Who(to).refuses(id),
        },
        Custody::With { person, .. } if stage.state.roles(person).performs() => match word[2] {
            0..120 => ARMORER.reports_fired(id, 1 + word[3] % 2, u8::from(word[3] > 230)),
            120..=255 => ARMORER.takes_back(id),
        },
        Custody::With { person, .. } => in_hand(stage, &gun, id, Who(person), word),
    }
}

fn in_hand(stage: &Stage, gun: &Gun<Small>, id: u8, by: Who, word: &Word) -> Said {
    let to = one_of(&[PERFORMER, PERFORMER, PERFORMER, STUNT_PERFORMER, STAND_IN, EXTRA, HANDLER, ARMORER], word[3]);
    let unused = gun.bore.is_some_and(|look| !look.used);
    match gun.showing {
        ShowingState::BeingChecked(check) => {
            let by = if check.checker_answer.is_some() { check.witness } else { check.checker };
            Who(by).sees(id, sight(stage, gun, word[4]))
        }
        ShowingState::Shown(_) if word[2] < 210 => by.offers(id, to),
        ShowingState::Shown(_) => by.puts_away(id, one_of(&[RACK, RACK, VAULT], word[4])),
        ShowingState::Void(_) if gun.fired.struck() > 0 && word[2] < 200 => emptied(gun, id, by),
        ShowingState::Void(_) if gun.is_loaded() && word[2] < 200 => by.begins_a_check(id, WITNESS),
        ShowingState::Void(_) if gun.is_loaded() => emptied(gun, id, by),
        ShowingState::Void(_) if unused && gun.is_fed() => by.loads_the_feed(id, LIVE, 1 + word[4] % 4),
        ShowingState::Void(_) if unused => {
            let chambers: Vec<u8> = gun.cylinder().iter().filter(|chamber| word[4] >> chamber & 1 == 1).collect();
            by.loads(id, if word[5] < 20 { UNVERIFIED } else { LIVE }, &chambers)
        }
        ShowingState::Void(_) if word[2] < 200 && gun.is_muzzle_loader() => by.runs_the_rod(id, kernel::Rod::AtMark),
        ShowingState::Void(_) if word[2] < 200 => by.looks_through_the_bore(id, Light::Seen),
        ShowingState::Void(_) if word[2] < 235 => by.begins_a_check(id, WITNESS),
        ShowingState::Void(_) => by.puts_away(id, one_of(&[RACK, VAULT], word[4])),
    }
}

/// Mostly what is there by the record, now and then a live round more.
fn sight(stage: &Stage, gun: &Gun<Small>, by: u8) -> Seen {
    if gun.is_fed() {
        let there = all_as_recorded(&stage.state, gun);
        return if by < 6 { seen(true, gun.rounds_loaded(), Content::Live) } else { there };
    }
    if gun.is_muzzle_loader() {
        return all_as_recorded(&stage.state, gun);
    }
    let taken_out = |content| Reading { content, method: Method::RemovedSeenShaken };
    let fired = gun.loaded().iter().take(usize::from(gun.fired.shots));
    let there = fired.fold(as_recorded(&stage.state, gun), |it, chamber| it.with(chamber, taken_out(Content::Spent)));
    Seen::in_chambers(match by {
        0..6 => there.with(1 + by % gun.chambers, taken_out(Content::Live)),
        6..12 => there.with(1, taken_out(Content::Dummy)),
        12..=255 => there,
    })
}

/// Things that are refused, people who come and go, and what happens now and then.
fn about_anything(stage: &Stage, word: &Word) -> Said {
    let gun = one_of(&[GUN_1, PISTOL, RIFLE, RUBBER], word[3]);
    let who = one_of(&[PERFORMER, STAND_IN, HANDLER, EXTRA], word[3]);
    let until = stage.now.0 + 20 + u16::from(word[4] % 40);
    match word[1] % 28 {
        0 => ARMORER.receives(50 + word[3] % 8, one_of(&[LotKind::Dummy, LotKind::Blank, LotKind::Dress], word[4]), 6),
        1 => receives_live(50 + word[3] % 8),
        2 => FIRST_AD.says(Intent::PlanScene { scene: 1, day: None, blanks: true }),
        3 => FIRST_AD.opens_the_scene(1),
        4 => FIRST_AD.says(Intent::BeginTake { shot: None }),
        5 => ARMORER.declares_a_range(),
        6 => SAFETY_OFFICER.confirms_the_range(),
        7..10 => CAMERA.reports_left(one_of(&[MEDIC, MEDIC, ARMORER], word[3])),
        10..15 => {
            let out = PEOPLE.map(|(who, ..)| who).into_iter().chain([MEDIC]);
            let gone = out.into_iter().find(|who| stage.state.out_since(who.0).is_some()).unwrap_or(MEDIC);
            CAMERA.says(Intent::ReportReturned { person: gone.0 })
        }
        15..20 => PRODUCER.rosters(one_of(&[MEDIC, MEDIC, MEDIC, CAMERA], word[4]), Role::Medic, stage.now.0, until),
        20 => PRODUCER.rosters(MEDIC, one_of(&[Role::Props, Role::Medic], word[4]), stage.now.0 + 1, until),
        21 => trains(who, one_of(&[Action::SingleAction, Action::Magazine, Action::Bolt], word[4]), word[5] < 170),
        22 => PRODUCER.gives_roles(who, stage.state.day.map_or(1, |day| day.0), &[Role::Performer, Role::Minor]),
        23 if word[4] < 60 => CAMERA.finds(one_of(&[RoundKind::Live, RoundKind::Blank], word[3])),
        23 if word[4] < 120 => CAMERA.stops(),
        24 if word[4] < 80 => CAMERA.reports_gone(gun),
        25 => one_of(&[STAND_IN, HANDLER, PERFORMER], word[4]).has(gun),
        26 => ARMORER.calls_to_set(gun),
        27 => SAFETY_OFFICER.says(Intent::ConfirmRange { declaration: ANOTHER }),
        _ => CAMERA.says(Intent::ReportOutOfSight { gun }),
    }
}
