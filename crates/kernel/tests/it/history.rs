//! Random histories: hundreds of intents, valid ones and nonsense, by everybody, about everything,
//! on wrong devices, too late and twice. A history is a list of words; each word becomes one step on
//! the stage as it is by then, so that a history that breaks a law shrinks to a short one.

// By their paths, for whoever tells these histories elsewhere includes this file by its own.
#[path = "history/day.rs"]
mod day;
#[path = "history/exhibit.rs"]
mod exhibit;
#[path = "history/musket.rs"]
mod musket;
#[path = "history/people.rs"]
mod people;
#[path = "history/shot.rs"]
mod shot;
#[path = "history/units.rs"]
mod units;

use core::fmt::Write as _;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use kernel::{
    Action, Chambers, Content, Context, Custody, Day, Erasable, Event, FeedReading, Ground, Gun, GunKind, Intent,
    Light, Look, Lot, LotKind, Method, Notified, PlaceKind, Proven, Reading, Readings, Role, RoundKind, Rules, Seen,
    ShowingState, StopCause, Verdict,
};

use crate::stage::{
    ANOTHER, ARMORER, CAMERA, FIRST_AD, GUN_1, GUN_4, HANDLER, LATECOMER, MUSKET, OBSERVER, PEOPLE, PERFORMER, PISTOL,
    PRODUCER, RUBBER, SAFETY_OFFICER, STAND_IN, STRANGER, STUNT_PERFORMER, Said, Small, Stage, Step, THE_OPEN_ONE,
    Tick, VAULT, VENDOR, WITNESS, Who, all_as_recorded, as_recorded, empty, fed, rounds, seen, seen_empty,
};

/// What one step is made of.
pub type Word = [u8; 8];

/// One thing that was said, with the stage before and after it.
pub struct Told<'a> {
    pub before: &'a Stage,
    pub after: &'a Stage,
    pub intent: Intent<Small>,
    pub context: Context<Small>,
    pub verdict: &'a Verdict<Small>,
}

impl Told<'_> {
    pub const fn rules(&self) -> &Rules {
        &self.before.rules
    }
}

/// How many histories a law goes through: many more where everything is to be run.
pub fn cases(usual: u32) -> u32 {
    if std::env::var_os("SHOWCLEAR_FULL").is_some() { usual.saturating_mul(10) } else { usual }
}

/// Holds a law against random histories of at least 200 intents each. The same histories in every
/// run: a law that fails on one machine fails on every other.
pub fn over_histories(law: impl Fn(&Told)) {
    over_words(cases(168), &|words| play(words, &law));
}

/// The same against histories of two units, each with a scene of its own.
pub fn over_two_units(law: impl Fn(&Told)) {
    over_words(cases(84), &|words| play_on(Stage::of_two_units(), units::steps, words, &law));
}

/// The same with the words themselves.
pub fn over_words(cases: u32, law: &dyn Fn(&[Word])) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(any::<Word>(), 210..=260), |words| {
        law(&words);
        Ok(())
    });
    if let Err(TestError::Fail(why, words)) = outcome {
        let words = shortened(words, law);
        panic!("{why}\nafter:\n{}\nAs a scenario file:\n{}\n", story(&words), as_a_scenario(&words));
    }
    outcome.unwrap();
}

/// The command that writes a history as a scenario file, which is told by people in a set's words and can be replayed.
/// The kernel knows nothing of such files: the words go there as numbers.
fn as_a_scenario(words: &[Word]) -> String {
    let loud = words.iter().filter(|word| **word != Word::default());
    let numbers: Vec<String> = loud.map(|word| format!("{:016x}", u64::from_be_bytes(*word))).collect();
    let numbers = numbers.join(",");
    format!("SHOWCLEAR_WORDS={numbers} cargo test -p showclear --test it -- told_as_a_scenario::as_a_file --nocapture")
}

/// Silences whatever can be silenced so that the law still breaks, larger parts first, and each word again until none
/// can be. Where a word cannot be silent, time may pass by it all the same and nothing be said.
fn shortened(mut words: Vec<Word>, law: &dyn Fn(&[Word])) -> Vec<Word> {
    // Only what this thread tries is silent: whatever else fails meanwhile is told.
    let (this, told) = (std::thread::current().id(), Arc::new(std::panic::take_hook()));
    let of_others = Arc::clone(&told);
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() != this {
            of_others(info);
        }
    }));
    let breaks = |words: &[Word]| std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| law(words))).is_err();
    let mut part = words.len() / 2;
    while part > 0 {
        let before = words.clone();
        for start in (0..words.len()).step_by(part) {
            let end = words.len().min(start + part);
            for quiet in [|_: Word| Word::default(), |word: Word| [0, 0, 0, 0, 0, 0, 0, word[7]]] {
                let mut quieter = words.clone();
                quieter[start..end].iter_mut().for_each(|word| *word = quiet(*word));
                if quieter != words && breaks(&quieter) {
                    words = quieter;
                }
            }
        }
        part = if part == 1 && words != before { 1 } else { part / 2 };
    }
    std::panic::set_hook(Box::new(move |info| told(info)));
    words
}

/// Plays a history and holds the law against each thing that is said.
pub fn play(words: &[Word], law: &dyn Fn(&Told)) {
    play_on(Stage::new(), steps, words, law);
}

fn play_on(mut stage: Stage, steps: fn(&Stage, &Word) -> Vec<Step>, words: &[Word], law: &dyn Fn(&Told)) {
    for word in words {
        for step in steps(&stage, word) {
            let before = stage.clone();
            let verdict = stage.goes_on(&step);
            if let (Step::Says(said), Some(verdict)) = (step, verdict) {
                let (intent, context) = before.meant(&said);
                law(&Told { before: &before, after: &stage, intent, context, verdict: &verdict });
            }
        }
    }
}

/// A history as it would be told.
fn story(words: &[Word]) -> String {
    let mut stage = Stage::new();
    let mut text = String::new();
    for word in words {
        for step in steps(&stage, word) {
            let now = stage.now.0;
            let line = match (step, stage.goes_on(&step)) {
                (Step::Says(said), Some(verdict)) => {
                    let (by, intent, accepted) = (said.by, said.intent, verdict.accepted);
                    let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code.as_str()).collect();
                    writeln!(text, "{now}: {by:?} {intent:?}: accepted {accepted} {codes:?}")
                }
                (Step::Later(0), _) => Ok(()),
                (step, _) => writeln!(text, "{now}: {step:?}"),
            };
            line.unwrap();
        }
    }
    text
}

/// What a word makes happen. The word of zeros is silence, which is what shrinking leads to.
pub fn steps(stage: &Stage, word: &Word) -> Vec<Step> {
    let later = match word[7] {
        0..180 => 0,
        180..245 => 1,
        245..=255 => 3,
    };
    let mut steps = vec![Step::Later(later)];
    match word[0] {
        0 => {}
        1 => steps.push(Step::Happens(Event::ClockJumped { at: stage.now })),
        2..44 => steps.push(Step::Says(somehow(arbitrary(stage, word), word))),
        44..47 if musket::may_be_played(stage) => {
            steps.extend(musket::whole(stage, word).into_iter().map(Step::Says));
        }
        44..52 => steps.push(Step::Says(next_day(stage))),
        52..54 => steps.push(Step::Says(enrolment(stage, word))),
        54 => steps.push(Step::Says(people::asks_for_something(word))),
        55 => steps.push(Step::Says(day::adoption(word))),
        56..150 if shot::may_come(stage) => steps.extend(shot::whole(stage, word).into_iter().map(Step::Says)),
        56..=255 => steps.push(Step::Says(somehow(usual(stage, word), word))),
    }
    steps
}

/// What would usually come next with the guns, the rounds or the scene.
fn usual(stage: &Stage, word: &Word) -> Said {
    if !stage.state.stops.is_empty() && word[3] < 16 {
        return exhibit::kept(stage, word);
    }
    if !stage.state.exhibits.is_empty() && word[3] < 120 {
        return exhibit::goes_on(stage, word);
    }
    if !stage.state.stops.is_empty() && word[2] < 200 {
        return inquiry(stage);
    }
    if stage.state.wrapped.is_some() && word[2] < 230 {
        return next_day(stage);
    }
    if !stage.state.transits.is_empty() && word[2] < 100 {
        return day::on_the_way(stage, word);
    }
    // Of every fifty ticks the last fourteen: everything is put away then, for lunch or for good.
    if stage.now.0 % 50 >= 36 {
        return day::toward_the_end(stage, word);
    }
    match word[0] {
        0..85 => day::with_rounds(stage, word),
        85..112 => day::with_the_scene(stage, word),
        112..118 => shot::usual(stage, word),
        118..121 => day::on_the_way(stage, word),
        121..=255 => fitting(stage, word),
    }
}

/// Mostly on the own device and at once.
fn somehow(said: Said, word: &Word) -> Said {
    let other = one_of(&PEOPLE, word[4]).0;
    let said = match word[5] {
        0..8 => said.on_the_device_of(other),
        8..11 => said.on_the_device_of(other).proven_by(Proven::OwnDevicePin),
        11..14 => said.on_the_device_of(STRANGER),
        14 => Said { by: None, ..said },
        15 => said.proven_by(Proven::Nobody),
        16..=255 => said,
    };
    match word[6] {
        0..40 => said.ago(i32::from(word[6] % 4)),
        40..48 => said.ago(-i32::from(word[6] % 5)),
        48..=255 => said,
    }
}

fn one_of<T: Copy>(choice: &[T], by: u8) -> T {
    choice[usize::from(by) % choice.len()]
}

/// What would usually come next with one of the guns.
fn fitting(stage: &Stage, word: &Word) -> Said {
    let usual = [GUN_1, PISTOL, GUN_1, PISTOL, GUN_4, GUN_4, GUN_1, RUBBER, PISTOL, GUN_1, GUN_1];
    let gun = if word[4] < 11 { MUSKET } else { one_of(&usual, word[1]) };
    let entry = stage.gun(gun);
    let handler = one_of(&[ARMORER, ARMORER, ARMORER, HANDLER], word[3]);
    if let Some(shown) = people::permit(stage, handler).filter(|_| word[2] < 200) {
        return shown;
    }
    match entry.custody {
        Custody::In { .. } => handler.takes_out(gun),
        Custody::Missing { .. } => handler.has(gun),
        Custody::Returned { signed_by: None, .. } if word[2] < 128 => VENDOR.signs_for(gun),
        Custody::Returned { .. } => handler.receives_from(VENDOR, gun, VAULT),
        Custody::Offered { to, .. } => in_handover(stage, gun, Who(to), word),
        Custody::With { person, .. } if stage.state.out_since(person).is_some() => {
            FIRST_AD.says(Intent::ReportReturned { person })
        }
        Custody::With { person, .. } if stage.state.roles(person).handles() => in_hand(stage, gun, Who(person), word),
        Custody::With { person, .. } if word[2] < 24 => Who(person).offers(gun, one_of(&[STAND_IN, HANDLER], word[4])),
        Custody::With { person, .. } if word[2] < 40 => FIRST_AD.reports_left(Who(person)),
        Custody::With { .. } | Custody::Preset { .. } if word[2] < 170 => day::before_the_camera(stage, gun, word),
        Custody::With { .. } | Custody::Preset { .. } => handler.takes_back(gun),
    }
}

fn inquiry(stage: &Stage) -> Said {
    match stage.state.held_by() {
        Some((_, stop)) => match stop.inquiry {
            Some(inquiry) => Who(inquiry.inquirer).closes_the_inquiry(),
            None => PRODUCER.names_for_the_inquiry(SAFETY_OFFICER),
        },
        None => CAMERA.stops(),
    }
}

fn in_handover(stage: &Stage, gun: u8, to: Who, word: &Word) -> Said {
    let entry = stage.gun(gun);
    let witness = if let ShowingState::Shown(showing) = entry.showing { Who(showing.witness) } else { WITNESS };
    match word[2] {
        0..130 => to.looks_and_takes(gun),
        130..170 => witness.sees_last(gun, sight(stage, &entry, word[4])),
        170..215 => to.declines_to_look_and_takes(gun),
        215..230 => to.refuses(gun),
        230..240 => Who(entry.handler().unwrap_or(ARMORER.0)).withdraws_the_offer_of(gun),
        240..=255 => HANDLER.takes_back(gun),
    }
}

fn in_hand(stage: &Stage, gun: u8, holder: Who, word: &Word) -> Said {
    let entry = stage.gun(gun);
    let to = one_of(&[PERFORMER, PERFORMER, STAND_IN, STUNT_PERFORMER, HANDLER, FIRST_AD, LATECOMER], word[3]);
    if !entry.on_set && stage.state.scene.is_some() && word[1] / 4 < 40 {
        return people::asked_for_the_set(stage).unwrap_or_else(|| holder.calls_to_set(gun));
    }
    if entry.faulty_since.is_some() && !entry.is_loaded() && word[1] / 4 < 50 {
        return holder.clears_the_fault_of(gun);
    }
    if word[1] / 4 == 62 && word[2] < 100 {
        return holder.says_it_does_not_work(gun);
    }
    if !entry.kind.fires() {
        return one_of(
            &[holder.matches_the_label_of(gun), holder.offers(gun, to), holder.puts_away(gun, VAULT)],
            word[2],
        );
    }
    match entry.showing {
        ShowingState::Void(_) if entry.is_muzzle_loader() => musket::before_the_check(&entry, gun, holder, word),
        ShowingState::Void(_) => before_the_check(stage, &entry, gun, holder, word),
        ShowingState::BeingChecked(check) => {
            let answer = sight(stage, &entry, word[4]);
            let sides = [Who(check.checker), Who(check.witness)];
            let missing = match (check.checker_answer, check.witness_answer) {
                (Some(_), None) => sides[1],
                (None, Some(_)) => sides[0],
                (Some(_), Some(_)) | (None, None) => one_of(&sides, word[3]),
            };
            if word[2] < 12 { missing.gives_the_check_up(gun) } else { missing.sees(gun, answer) }
        }
        ShowingState::Shown(showing) if stage.now.0 >= showing.at.0 + 5 => holder.begins_a_check(gun, WITNESS),
        ShowingState::Shown(_) if has_blanks(stage, &entry) && entry.line_clear.is_none() && word[2] < 230 => {
            holder.finds_the_line_clear(gun, one_of(&[600, 700, 600, 9000, 800, 599], word[3]))
        }
        ShowingState::Shown(_) if entry.line_clear.is_some() && word[2] < 220 => {
            holder.offers(gun, one_of(&[PERFORMER, PERFORMER, STUNT_PERFORMER, STAND_IN], word[3]))
        }
        ShowingState::Shown(_) => match word[2] {
            0..200 => holder.offers(gun, to),
            200..215 => holder.looks_through_the_bore(gun, Light::Seen),
            215..230 => holder.returns_to(VENDOR, gun),
            230..=255 => holder.puts_away(gun, VAULT),
        },
    }
}

fn has_blanks(stage: &Stage, gun: &Gun<Small>) -> bool {
    gun.loading.is_some_and(|loading| stage.state.lots[&loading.lot].kind == LotKind::Blank)
}

fn before_the_check(stage: &Stage, entry: &Gun<Small>, gun: u8, holder: Who, word: &Word) -> Said {
    let some: Vec<u8> = entry.cylinder().and(some_chambers(word[4])).iter().collect();
    let loaded: Vec<u8> = entry.loaded().iter().collect();
    let is_loaded = entry.is_loaded();
    // Of the boxes that came later a box of blanks that is out.
    let blanks = |it: &Lot<Small>| it.kind == LotKind::Blank && it.counted && it.holder().is_some();
    let later = stage.state.lots.iter().find(|(lot, it)| **lot > 8 && blanks(it)).map_or(40, |it| *it.0);
    let lot = one_of(&[2, 2, 2, 2, 2, 2, 1, 4, 2, 5, later, 3, 2, 6, later, later, 1, later], word[3]);
    let unused = entry.bore.is_some_and(|look| !look.used);
    let witness = one_of(&[WITNESS, STAND_IN, WITNESS, STAND_IN, WITNESS, STAND_IN, WITNESS, OBSERVER], word[3]);
    match word[2] {
        60..=255 if is_loaded && entry.fired.struck() > 0 => day::emptied(entry, gun, holder, word),
        0..20 if is_loaded && entry.is_fed() => day::emptied(entry, gun, holder, word),
        0..20 if is_loaded => holder.unloads(gun, &loaded),
        0..25 if unused => holder.tests(gun, one_of(&[2, 2, 35], word[4]), 1 + u32::from(word[4] % 2)),
        0..190 if unused && entry.is_fed() && word[2].is_multiple_of(8) => {
            holder.says(Intent::LoadFeed { gun, lot, chambers: entry.cylinder(), rounds: word[4] % 4 })
        }
        0..190 if unused && entry.is_fed() => holder.loads_the_feed(gun, lot, 1 + word[4] % 5),
        0..190 if unused => holder.loads(gun, lot, &some),
        0..120 if !is_loaded => holder.looks_through_the_bore(gun, Light::Seen),
        _ => holder.begins_a_check(gun, witness),
    }
}

/// Mostly what is there by the record.
fn readings(stage: &Stage, entry: &Gun<Small>, by: u8) -> Readings {
    let fired = entry.loaded().iter().take(usize::from(entry.fired.shots));
    let case = Reading { content: Content::Spent, method: Method::RemovedSeenShaken };
    let recorded = fired.fold(as_recorded(&stage.state, entry), |seen, chamber| seen.with(chamber, case));
    match by {
        0..212 => recorded,
        212..222 => empty(entry.chambers),
        222..232 => empty(entry.chambers / 2),
        232..239 => rounds(entry.chambers, &[1], Content::Dummy),
        239..246 => rounds(entry.chambers, &[2], Content::Blank),
        246..250 => rounds(entry.chambers, &[1], Content::NotSure),
        250..254 => rounds(entry.chambers, &[1, 2], Content::Spent),
        254..=255 => rounds(entry.chambers, &[1], Content::Live),
    }
}

/// The same of what feeds it: mostly what is there by the record.
fn sight(stage: &Stage, entry: &Gun<Small>, by: u8) -> Seen {
    if entry.is_muzzle_loader() {
        return musket::sight(stage, entry, by);
    }
    if !entry.is_fed() {
        return Seen::in_chambers(readings(stage, entry, by));
    }
    let recorded = all_as_recorded(&stage.state, entry);
    match by {
        0..212 => recorded,
        212..222 => seen_empty(),
        222..226 => Seen::in_chambers(recorded.readings),
        226..232 => {
            let looked_into = |feed| FeedReading { method: Method::SeenAtHead, ..feed };
            Seen { feed: recorded.feed.map(looked_into), ..recorded }
        }
        232..239 => seen(false, 1, Content::Dummy),
        239..246 => seen(true, 2, Content::Blank),
        246..250 => seen(false, 1, Content::NotSure),
        250..254 => seen(true, 0, Content::Spent),
        254..=255 => seen(false, 1, Content::Live),
    }
}

/// Roles for the next day, person by person, and then the day itself.
fn next_day(stage: &Stage) -> Said {
    let next = Day(stage.state.day.map_or(1, |day| day.0 + 1));
    let missing = PEOPLE.iter().find(|(who, ..)| !stage.state.people[&who.0].days.contains_key(&next));
    match missing {
        None => FIRST_AD.says(Intent::OpenDay { day: next }),
        Some((who, roles, superior)) => {
            let by = if *who == PRODUCER { ARMORER } else { PRODUCER };
            let (roles, answers_to) = (roles.iter().copied().collect(), superior.map(|it| it.0));
            by.says(Intent::AssignRoles { person: who.0, day: next, roles, answers_to })
        }
    }
}

/// Anything at all, by anybody.
fn arbitrary(stage: &Stage, word: &Word) -> Said {
    let who = if word[2] == 0 { STRANGER } else { one_of(&PEOPLE, word[2]).0 };
    let intent = match word[1] {
        0..84 => about_a_gun(stage, word),
        84..136 => day::about_rounds(stage, word),
        136..164 => day::about_the_day(stage, word),
        164..184 => shot::about_a_shot(stage, word),
        184..=255 => about_the_rest(stage, word),
    };
    if let Intent::EnrolDevice { invitation, .. } = intent {
        let invited = stage.state.invitations.get(&invitation).copied();
        return Who(invited.unwrap_or(who.0)).says(intent).proven_by(Proven::Code);
    }
    who.says(intent)
}

fn about_a_gun(stage: &Stage, word: &Word) -> Intent<Small> {
    let gun = one_of(&[1, 1, 1, 2, 2, 3, 4, 4, 77, 3, 5], word[3]);
    let other = one_of(&PEOPLE, word[4]).0.0;
    let act = if word[4] < 230 { THE_OPEN_ONE } else { ANOTHER };
    let seen = stage.state.guns.get(&gun).map_or_else(|| empty(6), |entry| readings(stage, entry, word[4]));
    let chambers = some_chambers(word[4]);
    let light = if word[4] < 8 { Light::Blocked } else { Light::Seen };
    let look = one_of(&[Look::Looked, Look::Declined], word[4]);
    let fed = if word[3] < 200 { fed(u32::from(word[3] % 4), Content::Dummy) } else { fed(1, Content::Live) };
    match word[1] % 34 {
        0 => Intent::TakeOut { gun },
        1 => Intent::PutAway { gun, place: 1 + word[4] % 4 },
        2..4 => Intent::Offer { gun, to: other },
        4 => Intent::WithdrawOffer { gun, offer: act },
        5..7 => Intent::Take { gun, offer: act, look },
        7 => Intent::RefuseOffer { gun, offer: act },
        8..10 => Intent::TakeBack { gun },
        10 => Intent::LookLast { gun, offer: act, readings: seen },
        11 => Intent::LookThroughBore { gun, light },
        12 => Intent::Load { gun, lot: 1 + word[4] % 6, chambers },
        13 => Intent::Unload { gun, chambers },
        14 => Intent::BeginCheck { gun, witness: other },
        15..17 => Intent::AnswerCheck { gun, check: act, readings: seen },
        17 => Intent::GiveUpCheck { gun, check: act },
        18 => Intent::MatchIdentity { gun },
        19 => Intent::PointTowardPeople { gun },
        20..22 => Intent::ReportHave { gun },
        22 if word[4] < 40 => Intent::ReportGone { gun },
        22 | 23 => Intent::ReportOutOfSight { gun },
        24 if word[4] < 110 => Intent::ReportFault { gun },
        24 if word[4] < 120 => Intent::ClearFault { gun },
        24 => Intent::ReportDoubt { gun },
        25 => Intent::ReportMuzzle { gun },
        26 if word[4] < 40 => Intent::ReportDischarge { gun },
        27 => Intent::AnswerFeedCheck { gun, check: act, readings: seen, feed: fed },
        28 => Intent::LookLastFeed { gun, offer: act, readings: seen, feed: fed },
        29 => {
            Intent::LoadFeed { gun, lot: 1 + word[4] % 6, chambers: chambers.and(Chambers::first(1)), rounds: word[3] }
        }
        32 => Intent::ReturnToVendor { gun, vendor: if word[4] < 200 { VENDOR.0 } else { other } },
        33 if word[4] < 60 => Intent::SignForGun { gun },
        33 => Intent::ReceiveFromVendor { gun, vendor: VENDOR.0, place: 1 + word[4] % 4 },
        30 => Intent::EmptyFeed { gun, spent: word[4] % 3, misfired: word[3] % 2, chambers, rounds: word[4] % 6 },
        31 if word[2] < 200 => musket::about_it(gun, act, word),
        _ => Intent::ReportDispute { gun },
    }
}

/// Of the first eight chambers those whose bit is set.
fn some_chambers(bits: u8) -> Chambers {
    (1..=8).filter(|chamber| bits >> (chamber - 1) & 1 == 1).collect()
}

fn about_the_rest(stage: &Stage, word: &Word) -> Intent<Small> {
    let person = one_of(&PEOPLE, word[3]).0.0;
    let fresh = 60 + word[4] % 8;
    let day = Day(stage.state.day.map_or(1, |day| day.0) + u32::from(word[4] % 3) - u32::from(word[4] == 0));
    let role = |bit: u8| one_of(&Role::ALL, word[4].rotate_left(u32::from(bit)));
    let round = one_of(&[RoundKind::Live, RoundKind::Blank, RoundKind::Dummy, RoundKind::NotSure], word[4]);
    let cause = one_of(&[StopCause::Called, StopCause::PersonHurt, StopCause::LiveRound], word[4]);
    let ground = one_of(&[Ground::PersonAsked, Ground::TimeOver, Ground::EnteredWrongly, Ground::Ordered], word[4]);
    let kind = one_of(&[LotKind::Dummy, LotKind::Blank, LotKind::Dress, LotKind::Spent, LotKind::Live], word[4] / 16);
    let (gun_kind, action) = one_of(&[(GunKind::Replica, Action::None), (GunKind::LiveCapable, Action::Pump)], word[4]);
    match word[1] % 34 {
        0 => Intent::AddPerson { person: if word[4] < 128 { fresh } else { person } },
        1 => Intent::AssignRoles { person, day, roles: [role(0), role(3)].into_iter().collect(), answers_to: None },
        2 => Intent::OpenDay { day },
        3 if stage.state.invitations.is_empty() => Intent::InviteDevice { person },
        3..7 => Intent::EnrolDevice { invitation: any_invitation(stage), device: fresh },
        7 if word[4] < 30 => Intent::RevokeDevice { device: person },
        7 if word[4] < 120 => Intent::RevokeDevice { device: fresh },
        7 => Intent::RegisterPlace { place: fresh, kind: PlaceKind::Cart, locks: word[4] < 128, for_guns: true },
        8 => Intent::RegisterGun { gun: fresh, kind: gun_kind, action, chambers: word[4] % 3, place: VAULT },
        9 => Intent::RegisterLot { lot: fresh, kind, inert_at_head: true, rounds: 10 },
        10..13 => Intent::ReportLeft { person },
        13..16 => Intent::ReportReturned { person },
        16 => Intent::ReportBreak,
        17 => Intent::ReportRoundFound { round },
        18 => Intent::Stop { cause },
        19..24 => Intent::NameInquiry { stop: THE_OPEN_ONE, inquirer: person },
        24..28 => Intent::CloseInquiry { stop: THE_OPEN_ONE },
        28 if word[4] < 70 => units::about_units(word),
        28 if word[4] < 110 => exhibit::about_exhibits(word),
        28 => Intent::CloseInquiry { stop: ANOTHER },
        29 if word[4] < 50 => Intent::ReportToldOfLoss { gun: GUN_1, notified: Notified::Police },
        29 if word[4] < 90 => Intent::ReportRecordNeeded,
        29 if word[4] > 200 => units::about_units(word),
        29 if word[4] < 170 => Intent::ReleaseRecord { preservation: THE_OPEN_ONE },
        29 => Intent::Erase { intent: ANOTHER - u16::from(word[4] % 3), what: Erasable::Texts, ground },
        _ => people::about_people(stage, word),
    }
}

/// Somebody is invited, and enrols a device.
fn enrolment(stage: &Stage, word: &Word) -> Said {
    match stage.state.invitations.iter().next() {
        None => PRODUCER.invites(one_of(&PEOPLE, word[3]).0),
        Some((invitation, person)) => {
            let device = 60 + word[4] % 100;
            Who(*person).says(Intent::EnrolDevice { invitation: *invitation, device }).proven_by(Proven::Code)
        }
    }
}

fn any_invitation(stage: &Stage) -> u16 {
    stage.state.invitations.keys().next().copied().unwrap_or(ANOTHER)
}

/// A moment that is later than everything so far.
pub fn much_later(now: Tick) -> Tick {
    Tick(now.0 + 1000)
}
