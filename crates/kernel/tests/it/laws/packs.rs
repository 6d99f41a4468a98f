//! What is adopted only ever asks for more (law 15).

use core::cell::RefCell;

use kernel::{
    Adoption, Choice, Choices, Code, Intent, IntentKind, Opposed, Pack, Packs, State, Verdict, decide, limit,
    never_at_anyone, strictest,
};

use super::codes;
use crate::history::{Told, over_histories};
use crate::stage::{ARMORER, Small, Tick};

/// All packs, each side chosen, and one pack after another alone.
fn adoptions(step: usize) -> [(Packs, Choices); 3] {
    let all: Packs = Pack::ALL.into_iter().collect();
    let one = Packs::LAWS.with(Pack::ALL[step % Pack::ALL.len()]);
    let [may, each_time] = Choice::ALL.map(|choice| Choices::NONE.with(choice));
    [(all, may), (all, each_time), (one, Choices::NONE)]
}

fn judged(told: &Told, adopted: Option<(Packs, Choices)>) -> Verdict<Small> {
    let at = Tick(0);
    let adopted = adopted.map(|(packs, choices)| Adoption { packs, choices, by: ARMORER.0, at });
    let state: State<Small> = State { adopted, ..told.before.state.clone() };
    decide(&told.before.rules, &state, &told.intent, &told.context)
}

pub fn whatever_is_adopted_lets_nothing_through_that_was_refused_without_it() {
    let (steps, tightened) = (RefCell::new(0_usize), RefCell::new(0_usize));
    over_histories(|told| {
        let step = steps.replace_with(|steps| *steps + 1);
        let without = judged(told, None);
        for adopted in adoptions(step) {
            let with = judged(told, Some(adopted));
            assert!(without.accepted || !with.accepted, "{:?} is let through by {adopted:?}", told.intent);
            assert!(codes(&without).iter().all(|code| codes(&with).contains(code)), "{:?} {adopted:?}", told.intent);
            if told.intent.kind() == IntentKind::Report {
                assert_eq!(with, without, "a report is recorded whatever is adopted");
            }
            *tightened.borrow_mut() += usize::from(without.accepted && !with.accepted);
        }
    });
    let tightened = tightened.into_inner();
    assert!(tightened > 200, "too few to say anything: {tightened}");
}

pub fn the_products_laws_hold_and_what_is_opposed_is_chosen_whatever_was_adopted() {
    let adopted = RefCell::new(0_usize);
    over_histories(|told| {
        let state = &told.after.state;
        assert!(state.packs().has(Pack::Product));
        for opposed in Opposed::ALL {
            let brought = opposed.sides().into_iter().any(|(choice, _)| state.chosen(opposed) == Some(choice));
            assert!(brought || !opposed.is_open(state.packs()));
        }
        if let (Intent::AdoptPacks { packs, choices }, true) = (told.intent, told.verdict.accepted) {
            let now = state.adopted.unwrap();
            assert_eq!((now.packs, now.choices, Some(now.by)), (packs, choices, told.context.by));
            *adopted.borrow_mut() += 1;
        }
    });
    let adopted = adopted.into_inner();
    assert!(adopted > 20, "too few to say anything: {adopted}");
}

/// While a scene is open what holds in it is not taken away.
pub fn nothing_that_holds_in_an_open_scene_is_left_out() {
    over_histories(|told| {
        let (before, after) = (&told.before.state, &told.after.state);
        if before.scene.is_some() && after.scene == before.scene {
            assert!(before.packs().iter().all(|pack| after.packs().has(pack)), "{:?}", told.intent);
            let held = before.chosen(Opposed::PerformerChecks);
            assert!(held.is_none() || after.chosen(Opposed::PerformerChecks) == held, "{:?}", told.intent);
        }
    });
}

pub fn the_order_in_which_packs_are_named_decides_nothing() {
    for one in Pack::ALL {
        for other in Pack::ALL {
            let (packs, turned) = ([one, other], [other, one]);
            let [packs, turned] = [packs, turned].map(|packs| packs.into_iter().collect::<Packs>());
            assert_eq!(packs, turned);
            for measure in kernel::Measure::ALL {
                assert_eq!(strictest(packs, measure), strictest(turned, measure));
                let alone = [one, other].map(|pack| limit(Packs::NONE.with(pack), measure));
                let stricter = alone.into_iter().flatten().reduce(|one, other| measure.stricter(one, other));
                assert_eq!(limit(packs, measure), stricter, "{one:?} {other:?} {measure:?}");
            }
            let alone = [one, other].map(|pack| never_at_anyone(Packs::NONE.with(pack)).is_some());
            assert_eq!(never_at_anyone(packs).is_some(), alone.contains(&true));
        }
    }
}

/// A gun goes to a performer with an answer of his own wherever he is asked each time.
pub fn where_he_is_asked_each_time_a_performer_gets_no_gun_in_a_line() {
    over_histories(|told| {
        if let (
            Intent::ConfirmInLine { to, .. }
            | Intent::ConfirmFeedInLine { to, .. }
            | Intent::ConfirmBarrelsInLine { to, .. },
            true,
        ) = (told.intent, told.verdict.accepted)
        {
            let state = &told.before.state;
            let roles = state.roles(to);
            let is_asked = roles.has(kernel::Role::Performer) || roles.has(kernel::Role::StandIn);
            let each_time = state.chosen(Opposed::PerformerChecks) == Some(Choice::PerformerLooksEachTime);
            assert!(!is_asked || !each_time, "{:?}", told.intent);
        }
    });
}

/// Every code that a pack brings names the pack, so that whoever is refused can read its clause.
pub fn what_a_pack_asks_for_says_which_pack() {
    over_histories(|told| {
        let of_a_pack = |code| matches!(code, Code::MuzzleNever | Code::LinePackDistance);
        for reason in &told.verdict.reasons {
            assert_eq!(reason.pack.is_some(), of_a_pack(reason.code), "{reason:?}");
            assert!(reason.pack.is_none_or(|pack| told.before.state.packs().has(pack)), "{reason:?}");
        }
    });
}
