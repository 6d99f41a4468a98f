//! Which rows of the verdict tables change when a rule is dropped: `testdata/rules/tests.txt`, which the
//! command and the page of the rules show.

use std::collections::BTreeMap;

use kernel::{Code, Rule};

use super::table::rows;
use crate::committed::as_committed;

/// A line each rule: the codes whose rows change without it, with how many rows of each.
fn table() -> String {
    let mut changed: BTreeMap<Rule, BTreeMap<Code, usize>> = BTreeMap::new();
    for row in rows() {
        let mut stage = row.stage();
        let whole = stage.rules;
        let verdict = stage.verdict(&row.said);
        for rule in Rule::ALL {
            stage.rules = whole.without(*rule);
            if stage.verdict(&row.said) != verdict {
                *changed.entry(*rule).or_default().entry(row.of).or_default() += 1;
            }
        }
    }
    let line = |rule: &Rule| {
        let rows = changed.get(rule).into_iter().flatten();
        let rows: Vec<String> = rows.map(|(code, rows)| format!("{}*{rows}", code.as_str())).collect();
        format!("{} {}\n", rule.as_str(), rows.join(" "))
    };
    Rule::ALL.iter().map(line).collect()
}

#[test]
fn the_table_of_tests_that_die_without_a_rule_is_as_it_is_committed() {
    let made = table();
    as_committed("testdata/rules/tests.txt", &made);
    let without_a_test: Vec<&str> = made.lines().filter(|line| line.ends_with(' ')).collect();
    assert_eq!(without_a_test, [""; 0], "no row of the verdict tables changes without these rules");
}
