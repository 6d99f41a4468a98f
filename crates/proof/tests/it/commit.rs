use std::collections::BTreeSet;

use showclear_proof::commit::commit;

use crate::vectors::{cases, hex, load, text};

#[test]
fn a_commitment_is_the_digest_that_a_second_implementation_computes() {
    let file = load("commit.json");
    for case in cases(&file, "commitments") {
        let digest = commit(&hex(text(case, "salt")), text(case, "path"), text(case, "value"));
        assert_eq!(digest, hex(text(case, "digest")), "{}", text(case, "name"));
    }
}

#[test]
fn no_two_fields_share_a_commitment() {
    let file = load("commit.json");
    let all = cases(&file, "commitments");
    let digests: BTreeSet<[u8; 32]> =
        all.iter().map(|case| commit(&hex(text(case, "salt")), text(case, "path"), text(case, "value"))).collect();
    assert_eq!(digests.len(), all.len());
}
