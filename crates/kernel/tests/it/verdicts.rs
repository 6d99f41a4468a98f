//! Verdict tables. Each row says what came before, what is said, and the whole answer. The rows
//! stand in the order in which the codes are declared, and every code has one.

mod asked;
pub mod before;
mod days;
mod exhibits;
mod fault;
mod packs;
mod people;
mod range;
pub mod rental;
mod returned;
pub mod shots;
mod table;
pub mod units;
mod without;

use kernel::{Code, Content, Doubt, Light, Rule, StopCause, Verdict};

use crate::stage::{
    ARMORER, CAMERA, DRILLED_DUMMIES, DUMMIES, GUN_1, HANDLER, PERFORMER, SAFETY_OFFICER, STUNT_PERFORMER, Said, Stage,
    Step, VAULT, WITNESS, empty, rounds, stop_in, voiding_in,
};
use before::{out, stopped};
pub use table::inert_at_head;
use table::rows;

/// One row.
#[derive(Clone, Debug)]
struct Row {
    of: Code,
    rule: Rule,
    day_is_open: bool,
    /// Where it begins, where that is another production than the stage's usual one.
    elsewhere: Option<fn() -> Stage>,
    before: Vec<Step>,
    said: Said,
    accepted: bool,
    answer: Vec<Code>,
    stop: Option<StopCause>,
    voids: Option<Doubt>,
}

/// The row of a code: so far nothing came before, and the answer is this code alone, a refusal.
fn row(of: Code, said: Said) -> Row {
    let (before, answer) = (Vec::new(), vec![of]);
    let (rule, elsewhere) = (of.rule(), None);
    Row { of, rule, day_is_open: true, elsewhere, before, said, accepted: false, answer, stop: None, voids: None }
}

impl Row {
    fn after(mut self, steps: impl IntoIterator<Item = Step>) -> Row {
        self.before.extend(steps);
        self
    }

    fn and(mut self, step: impl Into<Step>) -> Row {
        self.before.push(step.into());
        self
    }

    const fn before_the_day(mut self) -> Row {
        self.day_is_open = false;
        self
    }

    /// In another production.
    fn on(mut self, production: fn() -> Stage) -> Row {
        self.elsewhere = Some(production);
        self
    }

    fn first(&self) -> Stage {
        match self.elsewhere {
            Some(production) => production(),
            None if self.day_is_open => Stage::new(),
            None => Stage::before_the_day(),
        }
    }

    /// The whole answer, where it is more than the row's own code.
    fn answered(mut self, codes: &[Code]) -> Row {
        self.answer = codes.to_vec();
        self
    }

    /// It is recorded all the same; the code is a breach.
    const fn recorded(mut self) -> Row {
        self.accepted = true;
        self
    }

    /// The rule by which it is refused, where that is another than the code's own.
    const fn under(mut self, rule: Rule) -> Row {
        self.rule = rule;
        self
    }

    const fn stops(mut self, cause: StopCause) -> Row {
        self.stop = Some(cause);
        self
    }

    const fn voids(mut self, why: Doubt) -> Row {
        self.voids = Some(why);
        self
    }

    fn stage(&self) -> Stage {
        self.first().after(&self.before)
    }
}

/// The codes of an answer, each once: of one code there is a reason for each thing that is open.
fn codes(verdict: &Verdict<crate::stage::Small>) -> Vec<Code> {
    let mut codes: Vec<Code> = verdict.reasons.iter().map(|reason| reason.code).collect();
    codes.dedup();
    codes
}

#[test]
fn every_row_has_its_whole_answer() {
    let mut other = Vec::new();
    for row in rows() {
        let verdict = row.stage().verdict(&row.said);
        let whole = (row.answer.clone(), row.accepted, row.stop, row.voids);
        let given = (codes(&verdict), verdict.accepted, stop_in(&verdict.events), voiding_in(&verdict.events));
        if given != whole {
            other.push(format!("{given:?}\nand not {whole:?}:\n{row:?}\n"));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

#[test]
fn every_code_has_a_row_and_the_rows_stand_in_the_codes_order() {
    let rows = rows();
    let mut of: Vec<Code> = rows.iter().map(|row| row.of).collect();
    assert!(of.is_sorted(), "the rows stand in another order than the codes");
    of.dedup();
    assert_eq!(of, Code::ALL, "a code has no row");
    for row in rows {
        assert!(row.answer.contains(&row.of), "{row:?}");
    }
}

/// What dropping a rule buys or costs is visible: its code goes from the answer, and where the rule
/// is what happens and not what is refused, from the whole story as well.
#[test]
fn without_its_rule_a_code_is_in_no_answer() {
    let mut dead = Vec::new();
    for row in rows() {
        let rule = row.rule;
        let mut stage = row.stage();
        stage.rules = stage.rules.without(rule);
        let verdict = stage.verdict(&row.said);
        assert!(!codes(&verdict).contains(&row.of), "{rule:?} is dropped and still refuses: {row:?}");
        let others = codes(&verdict).iter().all(|code| row.answer.contains(code));
        assert!(others, "dropping {rule:?} brings other reasons: {row:?}");
        dead.push(rule);
    }
    let lifeless: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| !dead.contains(rule)).collect();
    assert_eq!(lifeless, [], "no row shows what these rules do");
}

#[test]
fn a_story_told_without_a_rule_never_names_it() {
    for row in rows() {
        let rule = row.rule;
        let mut stage = row.first();
        stage.rules = stage.rules.without(rule);
        let mut verdicts: Vec<_> = row.before.iter().filter_map(|step| stage.goes_on(step)).collect();
        verdicts.push(stage.verdict(&row.said));
        for reason in verdicts.iter().flat_map(|verdict| &verdict.reasons) {
            assert_ne!(reason.code.rule(), rule, "{row:?}");
        }
    }
}

#[test]
fn the_same_scene_done_right_is_never_refused() {
    let dummies = rounds(6, &[1, 2, 3, 4, 5, 6], Content::Dummy);
    let stage = Stage::new().after(&[
        ARMORER.takes_out(GUN_1).into(),
        ARMORER.calls_to_set(GUN_1).into(),
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3, 4, 5, 6]).into(),
        ARMORER.begins_a_check(GUN_1, WITNESS).into(),
        WITNESS.answers(GUN_1, dummies).into(),
        ARMORER.answers(GUN_1, dummies).into(),
        Step::Later(2),
        ARMORER.offers(GUN_1, PERFORMER).into(),
        WITNESS.looks_last(GUN_1, dummies).into(),
        PERFORMER.declines_to_look_and_takes(GUN_1).into(),
        Step::Later(2),
        ARMORER.takes_back(GUN_1).into(),
        ARMORER.unloads(GUN_1, &[1, 2, 3, 4, 5, 6]).into(),
        ARMORER.puts_away(GUN_1, VAULT).into(),
    ]);
    assert_eq!(stage.state.lots[&DUMMIES].rounds, 50);
}

/// What shows at the head that it is inert need not be taken out.
#[test]
fn a_drilled_dummy_may_be_read_at_the_head() {
    let read = kernel::Reading { content: Content::Dummy, method: kernel::Method::SeenAtHead };
    let stage = Stage::new().after(&out()).after(&[
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        ARMORER.loads(GUN_1, DRILLED_DUMMIES, &[1]).into(),
        ARMORER.begins_a_check(GUN_1, WITNESS).into(),
    ]);
    assert!(stage.verdict(&WITNESS.answers(GUN_1, empty(6).with(1, read))).accepted);
}

/// Whoever is both performer and handler receives as a performer: he is shown, and does not show.
#[test]
fn a_performer_who_also_handles_receives_as_a_performer() {
    let refused = Stage::new().after(&out()).verdict(&ARMORER.offers(GUN_1, STUNT_PERFORMER));
    assert_eq!(codes(&refused), [Code::ShowingNever]);
    let to_a_handler = Stage::new().after(&out()).verdict(&ARMORER.offers(GUN_1, HANDLER));
    assert!(to_a_handler.accepted);
}

/// Who calls while somebody inquires into the call before has seen something else.
#[test]
fn a_call_while_another_is_inquired_into_is_a_stop_of_its_own() {
    let again = Stage::new().after(&stopped()).verdict(&CAMERA.stops());
    assert_eq!((again.accepted, stop_in(&again.events)), (true, None), "one inquiry serves both");
    let inquired = [stopped(), vec![ARMORER.names_for_the_inquiry(SAFETY_OFFICER).into()]].concat();
    let anew = Stage::new().after(&inquired).verdict(&CAMERA.stops());
    assert_eq!((anew.accepted, stop_in(&anew.events)), (true, Some(StopCause::Called)));
}

/// From another handler a gun is offered; it is taken back where he performs with it, where he is out, and while everything is held.
#[test]
fn from_a_handler_a_gun_is_taken_back_only_where_he_performs_is_out_or_all_is_held() {
    let takes_back = |steps: &[Step]| Stage::new().after(steps).verdict(&ARMORER.takes_back(GUN_1)).accepted;
    let with_the_handler = [Step::from(ARMORER.takes_out(GUN_1)), HANDLER.has(GUN_1).into()];
    assert!(!takes_back(&with_the_handler));
    assert!(takes_back(&[ARMORER.takes_out(GUN_1).into(), STUNT_PERFORMER.has(GUN_1).into()]));
    let then = |step: Said| [with_the_handler.to_vec(), vec![step.into()]].concat();
    assert!(takes_back(&then(CAMERA.reports_left(HANDLER))));
    assert!(takes_back(&then(CAMERA.stops())));
}
