//! The crates of the workspace and what each depends on, as cargo itself reads the manifests.

use crate::finding::Finding;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// One crate of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The folder's name: the package's name without the prefix `showclear-`.
    pub name: String,
    /// Its dependencies of every kind.
    pub dependencies: Vec<Dependency>,
}

/// One line of a crate's dependency tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The name as in [`Member::name`] for a crate of this workspace, else the package's name.
    pub name: String,
    /// Which table it stands in.
    pub kind: Kind,
    /// Whether it is a crate of this repository.
    pub inside: bool,
}

/// The table that a dependency stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `[dependencies]`: part of what ships.
    Normal,
    /// `[build-dependencies]`: runs while building what ships.
    Build,
    /// `[dev-dependencies]`: tests only.
    Dev,
}

/// Asks cargo for the workspace at `root`, without resolving anything and without a network.
///
/// # Errors
///
/// A finding when cargo cannot read the workspace.
pub fn read(root: &Path) -> Result<Vec<Member>, Finding> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| Finding::tool_failed("cargo metadata", &error.to_string()))?;
    if !output.status.success() {
        return Err(Finding::tool_failed("cargo metadata", &String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| Finding::tool_failed("cargo metadata", &error.to_string()))?;
    parse(&metadata).ok_or_else(|| Finding::tool_failed("cargo metadata", "its answer has another shape"))
}

/// Takes what we need out of cargo's answer (`cargo metadata`, format version 1).
fn parse(metadata: &Value) -> Option<Vec<Member>> {
    metadata.get("packages")?.as_array()?.iter().map(member).collect()
}

fn member(package: &Value) -> Option<Member> {
    Some(Member {
        name: short(package.get("name")?.as_str()?),
        dependencies: package.get("dependencies")?.as_array()?.iter().map(dependency).collect::<Option<_>>()?,
    })
}

fn dependency(value: &Value) -> Option<Dependency> {
    let package = value.get("name")?.as_str()?;
    let inside = value.get("path").is_some_and(Value::is_string);
    Some(Dependency {
        name: if inside { short(package) } else { package.to_owned() },
        kind: match value.get("kind")?.as_str() {
            None => Kind::Normal,
            Some("build") => Kind::Build,
            Some("dev") => Kind::Dev,
            Some(_) => return None,
        },
        inside,
    })
}

fn short(package: &str) -> String {
    package.strip_prefix("showclear-").unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_the_names_kinds_and_places_of_dependencies() {
        let metadata = json!({"packages": [{"name": "showclear-record", "dependencies": [
            {"name": "showclear-kernel", "rename": "kernel", "kind": null, "path": "crates/kernel"},
            {"name": "proptest", "kind": "dev"},
            {"name": "cc", "kind": "build"},
        ]}]});
        let dependency = |name: &str, kind, inside| Dependency { name: name.into(), kind, inside };
        assert_eq!(
            parse(&metadata),
            Some(vec![Member {
                name: "record".into(),
                dependencies: vec![
                    dependency("kernel", Kind::Normal, true),
                    dependency("proptest", Kind::Dev, false),
                    dependency("cc", Kind::Build, false),
                ],
            }])
        );
    }

    #[test]
    fn refuses_an_answer_of_another_shape() {
        assert_eq!(parse(&json!({"packages": [{"name": "a"}]})), None);
        assert_eq!(parse(&json!({"packages": [{"name": "a", "dependencies": [{"name": "b", "kind": "new"}]}]})), None);
    }
}
