use serde_json::Value;
use showclear_proof::note::VerifyingKey;
use showclear_proof::witness::{Refusal, Request, Row, consider};

use crate::vectors::{cases, hash, load, number, text};

fn row(case: &Value, key: &str) -> Row {
    Row { size: number(&case[key], "size"), root: hash(&case[key], "root") }
}

/// What a witness that watches one log answers.
fn answer(file: &Value, case: &Value) -> Result<Row, Refusal> {
    let key: VerifyingKey = text(file, "vkey").parse().unwrap();
    let request = Request::parse(text(case, "request").as_bytes())?;
    assert_eq!(request.to_bytes(), text(case, "request").as_bytes(), "one spelling");
    let row = row(case, "row");
    consider(&request, |origin| (origin == key.name().as_str()).then(|| (key.clone(), row)))
}

#[test]
fn a_witness_cosigns_what_extends_what_it_saw() {
    let file = load("witness.json");
    for case in cases(&file, "cosigned") {
        assert_eq!(answer(&file, case), Ok(row(case, "then")), "{}", text(case, "name"));
    }
}

#[test]
fn a_witness_refuses_with_the_status_that_the_specification_has() {
    let file = load("witness.json");
    for case in cases(&file, "refused") {
        let name = text(case, "name");
        let refusal = answer(&file, case).expect_err(name);
        assert_eq!(
            (refusal.code(), u64::from(refusal.status())),
            (text(case, "code"), number(case, "status")),
            "{name}"
        );
    }
}

#[test]
fn who_begins_elsewhere_is_told_where_to_begin() {
    let file = load("witness.json");
    let case = cases(&file, "refused").iter().find(|case| text(case, "name") == "from elsewhere").unwrap();
    assert_eq!(answer(&file, case), Err(Refusal::Conflict { size: 5 }));
}

#[test]
fn a_log_that_was_never_seen_is_the_empty_one() {
    let file = load("witness.json");
    assert_eq!(row(&cases(&file, "cosigned")[0], "row"), Row::default());
}
