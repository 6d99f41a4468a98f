//! The blind witness (law 7).

use kernel::{
    Answer, Card, Check, Content, Gun, Intent, Rod, Role, Seen, ShowingState, StopCause, Verdict, options, shown,
};

use super::answer_in;
use super::{TwoWorlds, over_two_worlds};
use crate::history::{Told, over_histories};
use crate::stage::{
    ARMORER, PEOPLE, PERFORMER, Said, Small, Stage, Step, Tick, VAULT, WITNESS, Who, anybody, empty, fed, rods, rounds,
    seen, seen_empty,
};

pub fn a_witness_is_another_trained_person_who_does_not_answer_to_the_checker() {
    over_histories(|told| {
        let Intent::BeginCheck { witness, .. } = told.intent else { return };
        if told.verdict.accepted {
            let (checker, state) = (told.context.by.unwrap(), &told.before.state);
            let roles = state.roles(witness);
            assert!(witness != checker && roles.has(Role::Witness));
            assert!(!roles.has(Role::Producer) && !roles.has(Role::Assistant));
            assert!(!state.answers_to(witness, checker));
            assert_ne!(state.on_day(witness).unwrap().answers_to, Some(checker));
        }
    });
}

pub fn two_answers_never_come_from_one_device_nor_from_the_others() {
    over_histories(|told| {
        for entry in told.after.state.guns.values() {
            let ShowingState::BeingChecked(check) = entry.showing else { continue };
            let owner = |answer: Option<Answer<Small>>| {
                answer.and_then(|answer| answer.device).map(|device| told.after.state.devices[&device].owner)
            };
            assert_ne!(owner(check.checker_answer), Some(check.witness));
            assert_ne!(owner(check.witness_answer), Some(check.checker));
            assert!(check.witness_answer.is_none_or(|answer| answer.device != check.device));
        }
        if let (
            Intent::AnswerCheck { gun, .. }
            | Intent::AnswerFeedCheck { gun, .. }
            | Intent::AnswerBarrelCheck { gun, .. },
            true,
        ) = (told.intent, told.verdict.accepted)
        {
            let ShowingState::BeingChecked(Check { checker_answer, witness_answer, .. }) = told.before.gun(gun).showing
            else {
                panic!("answered a check that was not open");
            };
            let earlier = checker_answer.or(witness_answer);
            assert!(earlier.is_none_or(|answer| answer.device != told.context.device));
        }
    });
}

/// What anybody outside can see of a stage: the cards at any moment, the open acts, the refusals.
fn outside(stage: &Stage, gun: u8, people: &[Who]) -> (Vec<Vec<Card<Small>>>, Vec<String>) {
    let moments = [0, 1, 4, 5, 6].map(|ticks| Tick(stage.now.0 + ticks));
    let cards = moments.iter().map(|now| shown(&stage.rules, &stage.state, *now)).collect();
    let acts = people.iter().map(|who| {
        let (_, context) = stage.meant(&who.takes_out(gun));
        format!("{:?}", options(&stage.rules, &stage.state, &context, gun))
    });
    (cards, acts.collect())
}

/// Everything that somebody could say to find out what the other has answered.
fn probes(gun: u8) -> Vec<Said> {
    let mut probes = vec![anybody(Intent::Stop { cause: StopCause::Called })];
    for (who, ..) in PEOPLE {
        probes.extend([
            who.takes_out(gun),
            who.puts_away(gun, VAULT),
            who.offers(gun, Who(3)),
            who.takes_back(gun),
            who.begins_a_check(gun, Who(2)),
            who.gives_the_check_up(gun),
            who.has(gun),
            who.loads(gun, 1, &[1]),
            who.unloads(gun, &[1]),
            who.looks_last(gun, empty(6)),
        ]);
        probes.extend(
            [seen_empty(), seen(false, 3, Content::Dummy), seen(true, 1, Content::NotSure)].map(|it| who.sees(gun, it)),
        );
        probes.extend([
            who.sees_last(gun, seen_empty()),
            who.loads_the_feed(gun, 1, 1),
            who.empties_the_feed(gun, [0, 0], &[], 1),
            who.sees(gun, rods(1, &[], &[])),
            who.sees(gun, rods(1, &[1], &[1])),
            who.sees_last(gun, rods(1, &[], &[])),
            who.runs_the_rod(gun, Rod::AtMark),
            who.primes(gun, &[1]),
            who.empties_the_barrels(gun, [&[], &[], &[1]]),
        ]);
        let seen = [empty(2), empty(6), rounds(2, &[1], Content::Dummy), rounds(6, &[1], Content::Dummy)];
        probes.extend(seen.map(|readings| who.answers(gun, readings)));
        probes.push(who.answers(gun, rounds(6, &[1], Content::NotSure)));
    }
    probes
}

/// How many of the two have answered the check that is under way.
fn answers_in(gun: &Gun<Small>) -> usize {
    match gun.showing {
        ShowingState::BeingChecked(check) => {
            usize::from(check.checker_answer.is_some()) + usize::from(check.witness_answer.is_some())
        }
        ShowingState::Void(_) | ShowingState::Shown(_) => 0,
    }
}

/// What else could have been answered; of a gun with a feed also what differs in the feed alone.
fn others(chambers: u8, Seen { feed, barrels, .. }: Seen) -> Vec<Seen> {
    if barrels.is_some() {
        return vec![rods(chambers, &[], &[]), rods(chambers, &[1], &[1]), rods(chambers, &[1], &[])];
    }
    let readings =
        [empty(chambers), rounds(chambers, &[1], Content::NotSure), rounds(chambers, &[1, 2], Content::Dummy)];
    let feeds = [fed(3, Content::Dummy), fed(1, Content::NotSure)].into_iter().filter(|_| feed.is_some());
    let in_feed = feeds.map(|feed| Seen::with_feed(empty(chambers), feed));
    in_feed.chain(readings.map(|readings| Seen { readings, feed, barrels: None })).collect()
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other intents are no answers")]
const fn with_another_answer(mut intent: Intent<Small>, another: Seen) -> Intent<Small> {
    match (&mut intent, another.feed) {
        (Intent::AnswerBarrelCheck { rods, .. } | Intent::IssueBarrelsInLine { rods, .. }, _) => {
            if let Some(barrels) = another.barrels {
                *rods = barrels;
            }
        }
        (Intent::AnswerCheck { readings, .. } | Intent::IssueInLine { readings, .. }, _) => {
            *readings = another.readings
        }
        (
            Intent::AnswerFeedCheck { readings, feed, .. } | Intent::IssueFeedInLine { readings, feed, .. },
            Some(other),
        ) => (*readings, *feed) = (another.readings, other),
        _ => {}
    }
    intent
}

/// Two worlds that differ in nothing but the first of two answers.
struct Twins {
    gun: u8,
    one: Stage,
    other: Stage,
}

impl TwoWorlds for Twins {
    /// Another first answer in the same place, where `told` was a first answer.
    fn born(told: &Told) -> Option<Twins> {
        let (gun, seen) = answer_in(&told.intent)?;
        if !told.verdict.accepted || answers_in(&told.after.gun(gun)) != 1 {
            return None;
        }
        let another = others(told.before.gun(gun).chambers, seen).into_iter().find(|it| !it.agrees(&seen))?;
        let mut other = told.before.clone();
        let intent = with_another_answer(told.intent, another);
        let ago = i32::from(told.context.decided_at.0) - i32::from(told.context.claimed_at.0);
        let said = Said { by: told.context.by, device: told.context.device, proven: told.context.proven, ago, intent };
        let verdict = other.goes_on(&Step::Says(said)).unwrap();
        assert!(verdict.accepted && verdict.reasons == told.verdict.reasons);
        Some(Twins { gun, one: told.after.clone(), other })
    }

    fn one(&self) -> &Stage {
        &self.one
    }

    fn look_alike(&self) {
        let people = PEOPLE.map(|(who, ..)| who);
        assert_eq!(outside(&self.one, self.gun, &people), outside(&self.other, self.gun, &people));
        for said in probes(self.gun) {
            let (one, other) = (self.one.verdict(&said), self.other.verdict(&said));
            assert_eq!((one.accepted, &one.reasons), (other.accepted, &other.reasons), "{said:?}");
            if answer_in(&said.intent).is_none() {
                assert_eq!(one.events, other.events, "{said:?}");
            }
        }
    }

    /// Both go on alike. False once nothing is left to be told apart: the second answer was given,
    /// or the check is over and the answers are forgotten.
    fn go_on(&mut self, step: &Step) -> bool {
        let (one, other) = (self.one.goes_on(step), self.other.goes_on(step));
        let seen = |verdict: &Option<Verdict<Small>>| verdict.as_ref().map(|it| (it.accepted, it.reasons.clone()));
        assert_eq!(seen(&one), seen(&other), "{step:?}");
        let open = answers_in(&self.one.gun(self.gun)) == 1;
        let answered = matches!(step, Step::Says(said) if answer_in(&said.intent).is_some());
        if open {
            let by_hand = [ARMORER, WITNESS, PERFORMER];
            assert_eq!(outside(&self.one, self.gun, &by_hand), outside(&self.other, self.gun, &by_hand));
        } else if !answered {
            assert_eq!(self.one.state, self.other.state, "an answer outlives its check");
        }
        open
    }
}

pub fn until_both_have_answered_nothing_tells_what_the_first_one_saw() {
    assert!(over_two_worlds::<Twins>() > 150, "too few checks to say anything");
}
