//! The command of the rules, and the tables that it and SAFETY.md stand on.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Code, HAZARDS, Held, Pack, Rule, clauses};
use showclear::demo;
use showclear::replay::read;

use super::{code, json, repository, showclear, stderr, stdout};

/// A line each rule: the scenarios that expect it to refuse, to name a breach or to void.
fn table() -> String {
    let mut paths: Vec<_> =
        std::fs::read_dir(repository().join("scenarios")).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    paths.sort();
    let mut met: BTreeMap<Rule, Vec<String>> = BTreeMap::new();
    for path in paths {
        let scenario = read(&path).unwrap_or_else(|failure| panic!("{}", failure.happened));
        for rule in scenario.rules() {
            met.entry(rule).or_default().push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    let line =
        |rule: &Rule| format!("{} {}\n", rule.as_str(), met.get(rule).map(|it| it.join(" ")).unwrap_or_default());
    Rule::ALL.iter().map(line).collect()
}

/// `UPDATE_TABLES=1` writes it anew; the binary has to be built again then, because it holds the table.
#[test]
fn the_table_of_scenarios_is_as_it_is_committed() {
    let path = repository().join("testdata/rules/scenarios.txt");
    let made = table();
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), made, "UPDATE_TABLES=1 writes it anew");
}

#[test]
fn no_rule_is_without_a_test_and_no_code_without_a_rule() {
    let without_a_test: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| web::rules::rows(*rule) == 0).collect();
    assert_eq!(without_a_test, []);
    let asked: BTreeSet<Rule> = clauses().flat_map(|clause| clause.rules()).copied().collect();
    let without_a_rule: Vec<Code> = Code::ALL.iter().copied().filter(|code| !asked.contains(&code.rule())).collect();
    assert_eq!(without_a_rule, []);
}

#[test]
fn every_clause_is_printed_with_its_source_and_what_enforces_it() {
    let output = showclear(&["rules"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let printed = stdout(&output);
    for clause in clauses() {
        let of_clause = printed.split(&format!("\n{}: ", clause.id)).nth(1).unwrap_or_else(|| panic!("{}", clause.id));
        let of_clause = of_clause.split("\n\n").next().unwrap();
        for part in [clause.sentence, clause.source, clause.verified.as_str()] {
            assert!(of_clause.contains(part), "{}: {part}", clause.id);
        }
        match clause.held {
            Held::By(rules) => {
                assert!(
                    rules.iter().all(|rule| of_clause.contains(&format!("  {}: ", rule.as_str()))),
                    "{}",
                    clause.id
                );
            }
            Held::Not(why) => assert!(of_clause.contains(&format!("not enforced: {why}")), "{}", clause.id),
        }
    }
}

#[test]
fn one_pack_is_printed_alone() {
    let said = json(&showclear(&["rules", "--pack", "california", "--json"]));
    assert_eq!(said["packs"].as_array().unwrap().len(), 1);
    assert_eq!(said["packs"][0]["clauses"].as_array().unwrap().len(), Pack::California.clauses().count());
    assert_eq!(said["opposed"].as_array().unwrap().len(), 0);
    assert_eq!(said["limits"]["age_years"], 21);
    let load = said["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "LOAD-1").unwrap();
    assert_eq!(load["codes"][0], "LOAD-LIVE");
    assert!(load["scenarios"].as_array().unwrap().iter().any(|it| it == "bullet-in-the-bore"), "{load}");
    assert!(load["tests"].as_array().unwrap().iter().any(|it| it["rows_of"] == "LOAD-LIVE"), "{load}");
}

#[test]
fn opposed_duties_of_two_packs_are_to_be_chosen_between() {
    let said = json(&showclear(&["rules", "--pack", "sag_aftra", "--pack", "trade", "--json"]));
    assert_eq!(said["opposed"][0]["sides"][0]["choice"], "performer_may_look");
    assert_eq!(said["limits"]["stand_off_centimetres"], 610);
}

/// What the demonstration adopts, read out of its record.
#[test]
fn the_packs_of_a_production_are_marked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let (set, _) = demo::played(&data, demo::Script::Morning).unwrap_or_else(|failure| panic!("{}", failure.happened));
    set.service.close();
    let path = data.to_str().unwrap();
    let said = json(&showclear(&["rules", "--of", path, "--json"]));
    assert_eq!(
        said["adopted"]["packs"],
        serde_json::json!(["product", "california", "industry_wide", "sag_aftra", "trade"])
    );
    assert_eq!(said["adopted"]["choices"], serde_json::json!(["performer_may_look"]));
    let printed = stdout(&showclear(&["rules", "--of", path]));
    for pack in Pack::ALL {
        let heading = printed.lines().find(|line| line.starts_with(&format!("{}: ", pack.as_str()))).unwrap();
        let adopted = said["adopted"]["packs"].as_array().unwrap().iter().any(|it| it == pack.as_str());
        assert!(heading.ends_with(if adopted { ": adopted" } else { ": not adopted" }), "{heading}");
    }
    let built_in = json(&showclear(&["rules", "--json"]));
    assert!(built_in.get("adopted").is_none(), "it reads no production unless one is named");
    assert_eq!(code(&showclear(&["rules", "--of", "/nowhere/at/all"])), 3);
}

#[test]
fn a_pack_that_is_not_there_is_told_with_those_that_are() {
    let output = showclear(&["rules", "--pack", "atlantis"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("california"), "{}", stderr(&output));
}

/// A row each hazard and law: the rules, each with how many rows of the verdict tables change without it,
/// and the scenarios in which they speak.
fn hazards() -> String {
    let mut table = String::from(
        "| hazard | law | rules, and how many rows of the verdict tables change without each | scenarios |\n|---|---|---|---|\n",
    );
    for hazard in HAZARDS {
        for id in hazard.laws {
            let law = Pack::Product.clauses().find(|clause| clause.id == *id).unwrap();
            let rules: Vec<String> =
                law.rules().iter().map(|rule| format!("`{}` {}", rule.as_str(), web::rules::rows(*rule))).collect();
            let met: BTreeSet<&str> = law.rules().iter().flat_map(|rule| web::rules::scenarios(*rule)).collect();
            let held = match law.held {
                Held::By(_) => rules.join(", "),
                Held::Not(why) => why.to_owned(),
            };
            let met =
                if met.is_empty() { "\u{2013}".to_owned() } else { met.into_iter().collect::<Vec<_>>().join(", ") };
            table.push_str(&format!("| {} | {id}: {} | {held} | {met} |\n", hazard.sentence, law.sentence));
        }
    }
    table
}

/// `UPDATE_TABLES=1` writes it anew.
#[test]
fn the_table_of_hazards_laws_rules_and_tests_is_as_it_is_committed() {
    const FROM: &str = "<!-- generated -->\n";
    const TO: &str = "<!-- /generated -->";
    let path = repository().join("SAFETY.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(FROM).unwrap();
    let (table, after) = rest.split_once(TO).unwrap();
    let made = hazards();
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(&path, format!("{before}{FROM}{made}{TO}{after}")).unwrap();
    } else {
        assert_eq!(table, made, "UPDATE_TABLES=1 writes it anew");
    }
}
