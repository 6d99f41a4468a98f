//! The verifier as WebAssembly: built by one recipe, committed, and never older than its sources.
//!
//! `crates/verifier/page/verifier.wasm` goes into every bundle. Beside it `verifier.built` says with which compiler it was built
//! and from which sources. Whoever has that compiler and its target `wasm32-wasip1` builds the same bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::files;

/// The platform it is built for: a program that reads its standard input and writes to its standard output.
const TARGET: &str = "wasm32-wasip1";

const WASM: &str = "crates/verifier/page/verifier.wasm";
const BUILT: &str = "crates/verifier/page/verifier.built";

/// The crates that it is built from.
const CRATES: &[&str] = &["crates/kernel/", "crates/proof/", "crates/record/", "crates/verifier/"];

/// What is in the way of a build.
type Failed = String;

/// What was built, and from what.
#[derive(Debug, Eq, PartialEq)]
pub struct Built {
    /// What `rustc --version` says.
    pub compiler: String,
    /// The hash of the sources, in hex.
    pub sources: String,
}

impl Built {
    /// As it is written beside the bytes.
    fn to_text(&self) -> String {
        format!("compiler {}\nsources {}\n", self.compiler, self.sources)
    }

    /// What a build would be made with and from now.
    pub fn now(root: &Path) -> Result<Built, Failed> {
        Ok(Built { compiler: compiler()?, sources: sources(root)? })
    }
}

fn compiler() -> Result<String, Failed> {
    let said = Command::new(rustc()).arg("--version").output().map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&said.stdout).trim_end().to_owned())
}

fn rustc() -> String {
    std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned())
}

/// The hash of everything that the bytes are made from: the sources of the crates, their manifests, the workspace's, and the
/// versions of all others.
fn sources(root: &Path) -> Result<String, Failed> {
    let all = files::read(root).map_err(|finding| finding.to_string())?;
    let mut hash = Sha256::new();
    for file in all.iter().filter(|file| is_source(&file.path)) {
        hash.update(format!("{} {}\n", file.path, file.text.len()));
        hash.update(&file.text);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn is_source(path: &str) -> bool {
    let of_a_crate = CRATES.iter().filter_map(|name| path.strip_prefix(name));
    let mut of_a_crate = of_a_crate.map(|rest| rest == "Cargo.toml" || rest.starts_with("src/"));
    matches!(path, "Cargo.toml" | "Cargo.lock") || of_a_crate.any(|is| is)
}

/// Builds the bytes.
fn build(root: &Path) -> Result<Vec<u8>, Failed> {
    let folder = root.join("target").join("wasm");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    // A profile of the person's own would give other bytes.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PROFILE_")) {
        command.env_remove(name);
    }
    let done = command
        .args([
            "build",
            "--quiet",
            "--locked",
            "--profile",
            "wasm",
            "--target",
            TARGET,
            "--package",
            "showclear-verifier",
        ])
        .arg("--target-dir")
        .arg(&folder)
        .current_dir(root)
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", flags(root))
        .status()
        .map_err(|error| error.to_string())?;
    if !done.success() {
        return Err(format!("the build failed; the target is had by: rustup target add {TARGET}"));
    }
    std::fs::read(folder.join(TARGET).join("wasm").join("showclear-verifier.wasm")).map_err(|error| error.to_string())
}

/// No path of the machine that builds is in the bytes.
fn flags(root: &Path) -> String {
    let home = std::env::var("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|_| std::env::var("HOME").map(|home| Path::new(&home).join(".cargo")));
    let registries = home.map(|home| home.join("registry").join("src")).ok();
    let registries = registries.and_then(|path| std::fs::read_dir(path).ok()).into_iter().flatten().flatten();
    let mut from: Vec<(PathBuf, &str)> = registries.map(|registry| (registry.path(), "/registry")).collect();
    from.sort();
    from.push((root.to_owned(), "/showclear"));
    let flags = from.iter().map(|(path, to)| format!("--remap-path-prefix={}={to}", path.display()));
    flags.collect::<Vec<String>>().join("\u{1f}")
}

/// Builds the bytes and writes them where they are committed.
pub fn write(root: &Path) -> Result<(), Failed> {
    let bytes = build(root)?;
    std::fs::write(root.join(WASM), bytes).map_err(|error| error.to_string())?;
    std::fs::write(root.join(BUILT), Built::now(root)?.to_text()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is recorded beside the committed bytes.
    fn recorded(root: &Path) -> Option<Built> {
        let text = std::fs::read_to_string(root.join(BUILT)).ok()?;
        let (compiler, sources) = text.strip_prefix("compiler ")?.split_once("\nsources ")?;
        Some(Built { compiler: compiler.to_owned(), sources: sources.trim_end().to_owned() })
    }

    /// Whether the compiler has the target.
    fn has_target() -> bool {
        let said = Command::new(rustc()).args(["--print", "target-libdir", "--target", TARGET]).output();
        said.is_ok_and(|said| Path::new(String::from_utf8_lossy(&said.stdout).trim_end()).is_dir())
    }

    const REMEDY: &str = "build it anew: rustup target add wasm32-wasip1, then cargo run -p xtask -- wasm";

    #[test]
    fn the_committed_verifier_is_built_from_the_sources_that_are_here() {
        let recorded = recorded(&crate::root()).expect("verifier.built");
        assert_eq!(
            recorded.sources,
            sources(&crate::root()).unwrap(),
            "verifier.wasm is older than its sources: {REMEDY}"
        );
    }

    /// With the same compiler anybody gets the same bytes. On a machine without the target only the sources are compared.
    #[test]
    fn whoever_builds_the_verifier_with_the_same_compiler_gets_the_same_bytes() {
        let root = crate::root();
        let (recorded, now) = (recorded(&root).expect("verifier.built"), Built::now(&root).unwrap());
        if recorded.compiler != now.compiler || !has_target() {
            eprintln!("not built: {} or its target {TARGET} is not here", recorded.compiler);
            return;
        }
        let committed = std::fs::read(root.join(WASM)).unwrap();
        assert!(build(&root).unwrap() == committed, "the bytes differ from the committed ones: {REMEDY}");
    }

    #[test]
    fn what_the_bytes_are_made_from_is_told_from_what_lies_beside() {
        for (path, is) in [
            ("Cargo.lock", true),
            ("crates/kernel/src/decide/mod.rs", true),
            ("crates/record/Cargo.toml", true),
            ("crates/record/src/bundle/readme.txt", true),
            ("crates/verifier/page/verify.js", false),
            ("crates/record/tests/it/main.rs", false),
            ("crates/web/src/lib.rs", false),
        ] {
            assert_eq!(is_source(path), is, "{path}");
        }
    }
}
