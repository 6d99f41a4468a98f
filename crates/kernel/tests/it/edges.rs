//! At the edge: the tick, the round, the centimetre at which an answer changes, from both sides. What stands in the verdict
//! tables is far from its edge, so that a row reads as a set would speak.

use kernel::{Code, Intent};

use crate::stage::{ARMORER, DUMMIES, GUN_1, LIMITS, PERFORMER, Said, Stage, THE_OPEN_ONE, VAULT};
use crate::verdicts::before::{being_checked, being_counted, offered, out, with_the_performer};

fn codes(stage: &Stage, said: &Said) -> Vec<Code> {
    stage.verdict(said).reasons.iter().map(|reason| reason.code).collect()
}

fn on(steps: Vec<crate::stage::Step>) -> Stage {
    Stage::new().after(&steps)
}

#[test]
fn an_ask_is_as_old_as_the_tolerance_and_no_older() {
    let tolerance = LIMITS.ask_tolerance as i32;
    let of = |ago| codes(&Stage::new(), &ARMORER.takes_out(GUN_1).ago(ago));
    assert_eq!(of(tolerance), []);
    assert_eq!(of(tolerance + 1), [Code::ClockAskLate]);
    assert_eq!(of(-tolerance), []);
    assert_eq!(of(-tolerance - 1), [Code::ClockAhead]);
}

/// However wrong the clock of a phone is: what brings a gun or a box nearer to its place, or ends what is under way, waits
/// for no clock.
#[test]
fn what_only_brings_things_home_waits_for_no_clock() {
    let table: [(Vec<crate::stage::Step>, Said); 8] = [
        (with_the_performer(), ARMORER.takes_back(GUN_1)),
        (out(), ARMORER.puts_away(GUN_1, VAULT)),
        (offered(), ARMORER.withdraws_the_offer_of(GUN_1)),
        (offered(), PERFORMER.refuses(GUN_1)),
        (being_checked(), ARMORER.gives_the_check_up(GUN_1)),
        (out(), ARMORER.calls_off_set(GUN_1)),
        (vec![], ARMORER.puts_the_box_away(DUMMIES)),
        (being_counted(), ARMORER.says(Intent::GiveUpCount { lot: DUMMIES, count: THE_OPEN_ONE })),
    ];
    for (before, said) in table {
        for ago in [-50, 50] {
            let verdict = on(before.clone()).verdict(&said.ago(ago));
            assert!(verdict.accepted && verdict.reasons.is_empty(), "{said:?}: {verdict:?}");
        }
    }
}
