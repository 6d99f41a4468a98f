//! The walls towards third-party crates: which layer may see which. `deny.toml` says the same about what comes in
//! through others; this check needs no tool that is not here and reads what each manifest asks for itself.

use crate::finding::Finding;
use crate::workspace::{Kind, Member};

/// One wall: the crates outside, who alone may depend on them, and why.
struct Wall {
    outside: &'static [&'static str],
    only_in: &'static [&'static str],
    why: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        outside: &["axum", "hyper", "maud", "tower", "tower-http", "ureq", "utoipa", "utoipa-axum"],
        only_in: &["web"],
        why: "only web speaks HTTP and HTML",
    },
    Wall { outside: &["libsqlite3-sys", "rusqlite"], only_in: &["store"], why: "only store knows where bytes lie" },
    Wall {
        outside: &["tokio", "tokio-stream"],
        only_in: &["service", "web", "showclear"],
        why: "nothing left of service can wait",
    },
    Wall {
        outside: &["argon2", "getrandom"],
        only_in: &["service"],
        why: "secrets and randomness have one place, the service",
    },
    Wall {
        outside: &["ed25519-dalek", "ml-dsa", "p256", "p384", "rsa", "sha1"],
        only_in: &["proof"],
        why: "signatures are made and checked in one place, proof",
    },
    Wall {
        outside: &["serde"],
        only_in: &["record", "service", "web", "showclear"],
        why: "a derived form is a promise to everybody; one module of record turns intents into bytes",
    },
    Wall { outside: &["anyhow"], only_in: &["showclear"], why: "a library names its errors" },
];

/// Crates of ours that stand on the standard library alone.
const ALONE: &[&str] = &["kernel"];

/// Compares what the crates ask for with the walls. Tests may use what they like.
pub fn check(members: &[Member]) -> Vec<Finding> {
    members.iter().flat_map(of_member).collect()
}

fn of_member(member: &Member) -> Vec<Finding> {
    let mut findings = Vec::new();
    for dependency in &member.dependencies {
        if dependency.inside || dependency.kind == Kind::Dev {
            continue;
        }
        let name = dependency.name.as_str();
        if ALONE.contains(&member.name.as_str()) {
            let why = "this crate decides, and stands on the standard library alone";
            findings.push(Finding::outsider(&member.name, name, why));
        }
        findings.extend(
            WALLS
                .iter()
                .filter(|wall| wall.outside.contains(&name))
                .filter(|wall| !wall.only_in.contains(&member.name.as_str()))
                .map(|wall| Finding::outsider(&member.name, name, wall.why)),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Dependency;

    fn found(member: &str, outside: &str, kind: Kind) -> usize {
        let dependency = Dependency { name: outside.into(), kind, inside: false };
        check(&[Member { name: member.into(), dependencies: vec![dependency] }]).len()
    }

    #[test]
    fn every_wall_stands_on_both_sides() {
        // Rows: a member, a crate outside, how many walls it breaks.
        for (member, outside, findings) in [
            ("kernel", "thiserror", 1),
            ("kernel", "serde", 2),
            ("proof", "serde", 1),
            ("proof", "tokio", 1),
            ("record", "tokio", 1),
            ("store", "tokio", 1),
            ("service", "tokio", 0),
            ("service", "axum", 1),
            ("service", "ureq", 1),
            ("web", "ureq", 0),
            ("service", "rusqlite", 1),
            ("service", "ed25519-dalek", 1),
            ("service", "ml-dsa", 1),
            ("proof", "ml-dsa", 0),
            ("proof", "rsa", 0),
            ("record", "p256", 1),
            ("service", "sha1", 1),
            ("store", "rusqlite", 0),
            ("web", "axum", 0),
            ("web", "maud", 0),
            ("web", "rusqlite", 1),
            ("web", "getrandom", 1),
            ("showclear", "maud", 1),
            ("showclear", "anyhow", 0),
            ("record", "anyhow", 1),
        ] {
            assert_eq!(found(member, outside, Kind::Normal), findings, "{member} -> {outside}");
        }
    }

    #[test]
    fn a_build_script_counts_and_a_test_does_not() {
        assert_eq!(found("kernel", "cc", Kind::Build), 1);
        assert_eq!(found("kernel", "proptest", Kind::Dev), 0);
    }
}
