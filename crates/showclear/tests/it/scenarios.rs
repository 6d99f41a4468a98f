//! The scenarios of the repository: each is as it expects, and each rule and entry of it is worth something.

use std::path::PathBuf;

use kernel::{Rule, StopCause};
use showclear::replay::file::Scenario;
use showclear::replay::play::play;
use showclear::replay::table::{Left, differences, rows};
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
        let rows = rows(&scenario);
        for rule in scenario.rules() {
            let row = rows.iter().find(|row| row.left == Left::Rule(rule)).unwrap();
            assert!(!row.changes.is_empty(), "{}: {}", path.display(), rule.as_str());
        }
    }
}

#[test]
fn a_scenario_that_refuses_for_the_wrong_reason_fails() {
    let path = repository().join("scenarios/rust-2021.toml");
    let scenario = scenario("rust-2021.toml");
    let rows = rows(&scenario);
    for rule in scenario.rules() {
        let output = showclear(&["replay", path.to_str().unwrap(), "--json", "--without", rule.as_str()]);
        let said = json(&output);
        let unmet = said["unmet"].as_array().unwrap();
        let alone = rows.iter().any(|row| row.left == Left::Rule(rule) && row.beside.is_none());
        if !alone {
            continue;
        }
        assert_eq!(code(&output), 1, "{}: {unmet:?}", rule.as_str());
        assert!(!unmet.is_empty() && said["as_expected"] == false, "{}", rule.as_str());
        assert_eq!(said["without"][0], rule.as_str());
    }
}

/// The links of the chain of 21 October 2021 and the code by which each is refused, named or voided.
#[test]
fn each_link_of_the_chain_breaks_by_its_own_rule() {
    let scenario = scenario("rust-2021.toml");
    let run = play(&scenario, &scenario.whole_rules(), None);
    for (step, expected) in [
        ("her own check", "COUNT-ONE-ROLE"),
        ("a second source into one box", "REGISTER-ALREADY"),
        ("after the first discharge", "STOP-HELD"),
        ("the second discharge", "FIRED-UNPLANNED"),
        ("no inquiry", "INQUIRY-NOT-NAMED"),
        ("out for the day", "DUTY-DOUBLE"),
        ("called without a meeting", "MEETING-NOT-HELD"),
        ("out of sight", "SHOWING-OUT-OF-SIGHT"),
        ("the box on the cart", "PLACE-NOT-LOCKED"),
        ("may lunch begin", "LOT-LEFT-OUT"),
        ("lunch", "LOT-LEFT-OUT"),
        ("the armorer has it", "CUSTODY-TAKEN-AROUND"),
        ("as it comes from lunch", "SHOWING-NEVER"),
        ("from the white box", "LOT-NOT-VERIFIED"),
        ("without a count", "COUNT-NOT-AT-ISSUE"),
        ("checked alone", "WITNESS-SAME-PERSON"),
        ("shown to the first AD", "WITNESS-NOT-TRAINED"),
        ("three of six", "SHOWING-CHAMBERS-MISSING"),
        ("most of the time", "SHOWING-METHOD"),
        ("set out on the cart", "PLACE-NOT-FOR-GUNS"),
        ("handed to the first AD", "HANDOVER-FIRST-AD"),
        ("the first AD has it", "HANDOVER-FIRST-AD"),
        ("the armorer leaves", "HANDLER-OUT-OF-ROOM"),
        ("the first AD hands it on", "HANDOVER-NOT-HANDLER"),
        ("may it point at them", "LINE-NOT-APPROVED"),
        ("a copy that nobody matched", "IDENTITY-NOT-MATCHED"),
        ("it points at them", "LINE-MUZZLE-TOWARD-PEOPLE"),
        ("picked up", "CUSTODY-TAKEN-AROUND"),
        ("opened", "STOP-HELD"),
        ("two other guns are unloaded", "STOP-HELD"),
    ] {
        let place = scenario.steps.iter().position(|it| it.name.as_deref() == Some(step)).unwrap();
        let kind = scenario.steps[place].intent.kind();
        let breaks: Vec<&str> = run.answer(place).unwrap().breaks(kind).iter().map(|code| code.as_str()).collect();
        assert!(breaks.contains(&expected), "{step}: {breaks:?}");
    }
}

/// What nobody asks and somebody only reports holds everything.
#[test]
fn each_precursor_of_the_chain_holds_everything() {
    let scenario = scenario("rust-2021.toml");
    let run = play(&scenario, &scenario.whole_rules(), None);
    for (step, cause) in [
        ("the first discharge", StopCause::Discharge),
        ("the second discharge", StopCause::Discharge),
        ("told to management", StopCause::Discharge),
        ("the photographs", StopCause::LiveRound),
        ("the letter of the day before", StopCause::Called),
        ("the shot", StopCause::Discharge),
        ("a person is hurt", StopCause::PersonHurt),
        ("found in the trash can", StopCause::UnexpectedRound),
        ("found in the belt", StopCause::LiveRound),
        ("one of them is live", StopCause::LiveRound),
    ] {
        let place = scenario.steps.iter().position(|it| it.name.as_deref() == Some(step)).unwrap();
        assert_eq!(run.answer(place).unwrap().stops.pulled, [cause], "{step}");
    }
}

/// Every row of domain.md 1.1 from E01 to E25 is a note of a step, or is said to be beyond what could be entered.
#[test]
fn every_link_of_the_chain_is_there_or_said_to_be_beyond_the_record() {
    let text = std::fs::read_to_string(repository().join("scenarios/rust-2021.toml")).unwrap();
    let scenario = scenario("rust-2021.toml");
    for number in 1..=25 {
        let row = format!("E{number:02}");
        let noted = scenario.steps.iter().any(|it| it.note.as_deref().is_some_and(|note| note.contains(&row)));
        let beyond = text.split("title =").next().unwrap().contains(&format!("#   {row}  "));
        assert!(noted != beyond, "{row}: noted {noted}, beyond {beyond}");
    }
}

/// Each scenario has a twin that goes as it should: every step is accepted, and nothing is named.
#[test]
fn the_same_scene_done_right_is_never_refused() {
    let name = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let names: Vec<String> = scenarios().iter().map(|(path, _)| name(path)).collect();
    for (path, scenario) in scenarios() {
        if !name(&path).ends_with("-right") {
            assert!(names.contains(&format!("{}-right", name(&path))), "{} has no twin", path.display());
            continue;
        }
        let run = play(&scenario, &scenario.whole_rules(), None);
        for (place, (step, answer)) in scenario.steps.iter().zip(&run.answers).enumerate() {
            let (answer, at) = (answer.as_ref().unwrap(), format!("{}, step {}", path.display(), place + 1));
            assert!(answer.verdict.accepted && answer.codes().is_empty(), "{at}: {:?}", answer.codes());
            let breaks = answer.breaks(step.intent.kind());
            assert!(breaks.is_empty(), "{at}: {breaks:?}");
        }
    }
    let output = showclear(&["replay", repository().join("scenarios/rust-2021-right.toml").to_str().unwrap()]);
    assert!(stdout(&output).contains("The chain does not break"), "{}", stdout(&output));
}

/// Every decisive entry is left out once, and each time the play says what is in the way then.
#[test]
fn every_decisive_entry_is_left_out() {
    let scenario = scenario("rust-2021.toml");
    let whole = play(&scenario, &scenario.whole_rules(), None);
    let decisive: Vec<usize> = (0..scenario.steps.len()).filter(|place| scenario.steps[*place].decisive).collect();
    assert!(decisive.len() >= 30, "{decisive:?}");
    for place in decisive {
        let without = play(&scenario, &scenario.whole_rules(), Some(place));
        assert!(without.answer(place).is_none());
        let changes = differences(&whole, &without, &scenario.names);
        assert!(changes.iter().any(|change| !change.how.is_silent()), "step {}: nothing is in the way", place + 1);
    }
}

#[test]
fn the_table_says_what_each_rule_and_each_entry_is_worth() {
    let path = repository().join("scenarios/rust-2021.toml");
    let path = path.to_str().unwrap();
    let output = showclear(&["replay", path, "--table"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let scenario = scenario("rust-2021.toml");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    for rule in scenario.rules() {
        assert!(text.contains(&format!("\n{}: ", rule.as_str())), "{}", rule.as_str());
    }
    for (place, step) in scenario.steps.iter().enumerate().filter(|(_, step)| step.decisive) {
        let begins = format!("\n{} \"", place + 1);
        assert!(text.contains(&begins), "{begins}: {:?}", step.name);
    }
    let row = |of: &str| text.split(&format!("\n{of}")).nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    assert!(
        row("11 \"the first discharge\"").contains("12 passes in silence."),
        "{}",
        row("11 \"the first discharge\"")
    );
    assert!(row("WITNESS-6: ").contains("73 passes in silence."), "{}", row("WITNESS-6: "));
    let said = json(&showclear(&["replay", path, "--table", "--json"]));
    let rows = said["table"].as_array().unwrap();
    let decisive = scenario.steps.iter().filter(|step| step.decisive).count();
    assert_eq!(rows.iter().filter(|row| row["entry"].is_number()).count(), decisive);
    for rule in scenario.rules() {
        let row = rows.iter().find(|row| row["rule"] == rule.as_str()).unwrap();
        assert!(row["stops"]["step"].is_number(), "{row}");
    }
    // A step that only finds gone what it refers to is not called an obstacle.
    let of_meeting = rows.iter().find(|row| row["entry"] == 41).unwrap();
    assert_eq!(of_meeting["in_the_way"]["codes"][0], "MEETING-NOT-HELD");
}

#[test]
fn a_step_says_rule_source_and_remedy() {
    let path = repository().join("scenarios/rust-2021.toml");
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
    let steps = said["steps"].as_array().unwrap();
    let reason = &steps.iter().find(|step| step["name"] == "handed to the first AD").unwrap()["reasons"][0];
    assert_eq!(reason["code"], "HANDOVER-FIRST-AD");
    assert_eq!(reason["rule"], Rule::Handover2.as_str());
    assert_eq!(reason["source"], Rule::Handover2.source());
    assert_eq!(said["breaks"][0]["step"], 5);
    let first = &steps[0]["lots"][0];
    assert!(steps[0]["lots"].as_array().unwrap().len() == 2 && first["says"].is_string(), "{first}");
    assert_eq!(steps[10]["stops"]["pulled"][0], "discharge");
}

/// People are called by what they did, and one file always gives the same record.
#[test]
fn the_same_file_gives_the_same_answers() {
    let path = repository().join("scenarios/rust-2021.toml");
    let play = || stdout(&showclear(&["replay", path.to_str().unwrap(), "--json"]));
    assert_eq!(play(), play());
}
