use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;
use showclear_proof::checkpoint::Checkpoint;
use showclear_proof::note::{MAX_SIGNATURES, VerifyingKey};
use showclear_proof::tree::empty_root;
use showclear_proof::witness::{MAX_PROOF, MAX_REQUEST_BYTES, Refusal, Request, Row, consider};

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

/// The specification of notes asks whoever reads them to take 16 signatures, each of nearly 5 kB in bytes.
#[test]
fn a_request_with_sixteen_of_the_largest_signatures_and_a_whole_proof_is_read() {
    let hash = format!("{}=\n", "A".repeat(43));
    let line = format!("— {} {}\n", "w".repeat(255), BASE64.encode([7; 5_000]));
    let head = format!("{}\n18446744073709551615\n{hash}", "o".repeat(255));
    let bytes = format!("old 1\n{}\n{head}\n{}", hash.repeat(MAX_PROOF), line.repeat(MAX_SIGNATURES)).into_bytes();
    assert!(bytes.len() > 100_000 && bytes.len() <= MAX_REQUEST_BYTES, "{}", bytes.len());
    let request = Request::parse(&bytes).unwrap();
    assert_eq!((request.proof.len(), request.checkpoint.signatures().len()), (MAX_PROOF, MAX_SIGNATURES));
    assert_eq!(Request::parse(&vec![b'a'; MAX_REQUEST_BYTES + 1]), Err(Refusal::NotARequest));
}

/// Equal sizes with other roots are no question of where to begin: 422 and not 409 (C2SP/C2SP pull request 280).
#[test]
fn another_root_over_as_many_entries_is_refused_as_what_does_not_go_on() {
    let file = load("witness.json");
    let case = cases(&file, "refused").iter().find(|case| text(case, "name") == "from elsewhere").unwrap();
    let key: VerifyingKey = text(&file, "vkey").parse().unwrap();
    let mut request = Request::parse(text(case, "request").as_bytes()).unwrap();
    let size = Checkpoint::parse_text(request.checkpoint.text()).unwrap().size;
    (request.old_size, request.proof) = (size, Vec::new());
    let refusal = consider(&request, |_| Some((key, Row { size, root: empty_root() }))).unwrap_err();
    assert_eq!((refusal.status(), refusal.code()), (422, "witness/inconsistent"));
}
