//! The scenarios of the repository: each is as it expects, and each rule and entry of it is worth something.

use std::path::PathBuf;

use kernel::Rule;
use showclear::replay::file::Scenario;
use showclear::replay::play::play;
use showclear::replay::table::{by_rule, differences};
use showclear::replay::{Outcome, read};

use super::{code, json, repository, showclear, stderr, stdout};

fn scenarios() -> Vec<(PathBuf, Scenario)> {
    let folder = repository().join("scenarios");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    paths.sort();
    assert!(paths.len() >= 2, "the scenarios are not where they should be");
    let read = |path: &PathBuf| read(path).unwrap_or_else(|failure| panic!("{}", failure.happened));
    paths.iter().map(|path| (path.clone(), read(path))).collect()
}

fn scenario(name: &str) -> Scenario {
    scenarios().into_iter().find(|(path, _)| path.ends_with(name)).unwrap().1
}

#[test]
fn every_scenario_is_as_it_expects_with_and_without_each_entry() {
    for (path, scenario) in scenarios() {
        let outcome = Outcome::of(&scenario, &scenario.whole_rules());
        assert_eq!(outcome.unmet(), [""; 0], "{}", path.display());
        let output = showclear(&["replay", path.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}: {}", path.display(), stdout(&output));
    }
}

#[test]
fn without_a_rule_its_codes_vanish() {
    let mut tried = 0;
    for (path, scenario) in scenarios() {
        for rule in scenario.rules() {
            let without = play(&scenario, &scenario.whole_rules().without(rule), None);
            for (place, answer) in without.answers.iter().enumerate() {
                let answer = answer.as_ref().unwrap();
                let left = answer.codes().into_iter().find(|code| code.rule() == rule);
                assert_eq!(left, None, "{}, step {}: {} is gone", path.display(), place + 1, rule.as_str());
            }
            tried += 1;
        }
    }
    assert!(tried >= 12, "{tried} rules were tried");
}

/// A rule that changes nothing would not be seen to be missing.
#[test]
fn without_a_rule_something_changes() {
    for (path, scenario) in scenarios() {
        for (rule, changes) in by_rule(&scenario) {
            assert!(!changes.is_empty(), "{}: {}", path.display(), rule.as_str());
        }
    }
}

#[test]
fn a_scenario_that_refuses_for_the_wrong_reason_fails() {
    let path = repository().join("scenarios/rust-2021-custody.toml");
    for rule in scenario("rust-2021-custody.toml").rules() {
        let output = showclear(&["replay", path.to_str().unwrap(), "--json", "--without", rule.as_str()]);
        let said = json(&output);
        let unmet = said["unmet"].as_array().unwrap();
        assert_eq!(code(&output), 1, "{}: {unmet:?}", rule.as_str());
        assert!(!unmet.is_empty() && said["as_expected"] == false, "{}", rule.as_str());
        assert_eq!(said["without"][0], rule.as_str());
    }
}

/// The links of the chain of 21 October 2021 and the code by which each is refused, named or voided.
#[test]
fn each_link_of_the_chain_breaks_by_its_own_rule() {
    let scenario = scenario("rust-2021-custody.toml");
    let run = play(&scenario, &scenario.whole_rules(), None);
    for (step, expected) in [
        ("out of sight", "SHOWING-OUT-OF-SIGHT"),
        ("the armorer has it", "CUSTODY-TAKEN-AROUND"),
        ("as it comes from lunch", "SHOWING-NEVER"),
        ("checked alone", "WITNESS-SAME-PERSON"),
        ("shown to the first AD", "WITNESS-NOT-TRAINED"),
        ("three of six", "SHOWING-CHAMBERS-MISSING"),
        ("most of the time", "SHOWING-METHOD"),
        ("handed to the first AD", "HANDOVER-FIRST-AD"),
        ("the first AD has it", "HANDOVER-FIRST-AD"),
        ("the armorer leaves", "HANDLER-OUT-OF-ROOM"),
        ("the first AD hands it on", "HANDOVER-NOT-HANDLER"),
        ("may it point at them", "LINE-NOT-APPROVED"),
        ("it points at them", "LINE-MUZZLE-TOWARD-PEOPLE"),
    ] {
        let place = scenario.steps.iter().position(|it| it.name.as_deref() == Some(step)).unwrap();
        let kind = scenario.steps[place].intent.kind();
        let breaks: Vec<&str> = run.answer(place).unwrap().breaks(kind).iter().map(|code| code.as_str()).collect();
        assert!(breaks.contains(&expected), "{step}: {breaks:?}");
    }
}

#[test]
fn the_same_scene_done_right_is_never_refused() {
    let scenario = scenario("rust-2021-custody-right.toml");
    let run = play(&scenario, &scenario.whole_rules(), None);
    for (place, (step, answer)) in scenario.steps.iter().zip(&run.answers).enumerate() {
        let answer = answer.as_ref().unwrap();
        assert!(answer.verdict.accepted && answer.codes().is_empty(), "step {}: {:?}", place + 1, answer.codes());
        assert!(answer.breaks(step.intent.kind()).is_empty(), "step {}", place + 1);
    }
    let output = showclear(&["replay", repository().join("scenarios/rust-2021-custody-right.toml").to_str().unwrap()]);
    assert!(stdout(&output).contains("The chain does not break"), "{}", stdout(&output));
}

/// Every decisive entry is left out once, and each time the play says what is in the way then.
#[test]
fn every_decisive_entry_is_left_out() {
    let scenario = scenario("rust-2021-custody.toml");
    let whole = play(&scenario, &scenario.whole_rules(), None);
    let decisive: Vec<usize> = (0..scenario.steps.len()).filter(|place| scenario.steps[*place].decisive).collect();
    assert!(decisive.len() >= 10, "{decisive:?}");
    for place in decisive {
        let without = play(&scenario, &scenario.whole_rules(), Some(place));
        assert!(without.answer(place).is_none());
        let changes = differences(&whole, &without, &scenario.names);
        assert!(changes.iter().any(|change| !change.how.is_silent()), "step {}: nothing is in the way", place + 1);
    }
}

#[test]
fn the_table_says_what_each_rule_and_each_entry_is_worth() {
    let path = repository().join("scenarios/rust-2021-custody.toml");
    let path = path.to_str().unwrap();
    let output = showclear(&["replay", path, "--table"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let scenario = scenario("rust-2021-custody.toml");
    for rule in scenario.rules() {
        assert!(text.contains(&format!("\n{}: {}", rule.as_str(), rule.sentence())), "{}", rule.as_str());
    }
    let of_bore = text.split("BORE-1: ").nth(1).unwrap().split("\n\n").next().unwrap();
    assert!(of_bore.contains("accepted; before, BORE-NOT-LOOKED stood in the way"), "{of_bore}");
    assert!(text.contains("Passes in silence:\n    step 6, \"on the strength of the morning\""), "{text}");
    let said = json(&showclear(&["replay", path, "--table", "--json"]));
    assert_eq!(said["without_one_rule"].as_array().unwrap().len(), scenario.rules().len());
}

#[test]
fn a_step_says_rule_source_and_remedy() {
    let path = repository().join("scenarios/rust-2021-custody.toml");
    let output = showclear(&["replay", path.to_str().unwrap()]);
    let text = stdout(&output);
    for line in [
        "HANDOVER-FIRST-AD: A first AD is never a link in custody.",
        "What to do: The handler hands it to the performer, and collects it.",
        "By HANDOVER-2, law: California Labor Code 9153(a)(2) (S90); law 5",
        "Where the chain breaks:",
        "Missing: 4, 5 and 6.",
    ] {
        assert!(text.contains(line), "{line}");
    }
    let said = json(&showclear(&["replay", path.to_str().unwrap(), "--json"]));
    let reason = &said["steps"][21]["reasons"][0];
    assert_eq!(reason["code"], "HANDOVER-FIRST-AD");
    assert_eq!(reason["rule"], Rule::Handover2.as_str());
    assert_eq!(reason["source"], Rule::Handover2.source());
    assert_eq!(said["breaks"][0]["step"], 5);
}

/// People are called by what they did, and one file always gives the same record.
#[test]
fn the_same_file_gives_the_same_answers() {
    let path = repository().join("scenarios/rust-2021-custody.toml");
    let play = || stdout(&showclear(&["replay", path.to_str().unwrap(), "--json"]));
    assert_eq!(play(), play());
}
