//! What the page for strangers says, held to the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The words in capitals that stand between quotation marks in a source.
fn codes(source: &str) -> BTreeSet<String> {
    let is_code = |text: &&str| {
        let words = || text.split('-');
        text.len() > 5 && words().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    source.split('"').filter(is_code).map(str::to_owned).collect()
}

/// Codes of other people's formats that no file under verification brings about: writers of it, and readers of single hashes, do.
const OF_OTHERS: [&str; 3] = ["proof/not-a-hash", "proof/shrunk", "tile/too-long"];

/// The codes with a slash that stand between quotation marks in a source.
fn slashed(source: &str) -> BTreeSet<String> {
    let small = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_code = |text: &&str| text.split_once('/').is_some_and(|(family, what)| small(family) && small(what));
    source.split('"').filter(is_code).map(str::to_owned).collect()
}

#[test]
fn the_page_has_every_code_of_the_formats_of_others() {
    let proof = root().join("../../proof/src");
    let sources =
        ["zip.rs", "tiles.rs", "receipt.rs", "tree.rs"].map(|file| fs::read_to_string(proof.join(file)).unwrap());
    let named: BTreeSet<String> = sources.iter().flat_map(|source| slashed(source)).collect();
    assert!(named.len() > 15, "{named:?}");
    let page = fs::read_to_string(root().join("../../../docs/log-format.md")).unwrap();
    let missing: Vec<&str> =
        named.iter().map(String::as_str).filter(|code| !page.contains(&format!("`{code}`"))).collect();
    assert_eq!(missing, OF_OTHERS);
}

/// Whoever reads a code that the verifier prints finds it on the page, and no code there is made up.
#[test]
fn the_page_has_every_code_that_a_verifier_names() {
    let bundle = fs::read_dir(root().join("bundle")).unwrap().map(|file| file.unwrap().path());
    let sources = bundle.chain([root().join("verify.rs")]).filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let named: BTreeSet<String> = sources.flat_map(|path| codes(&fs::read_to_string(path).unwrap())).collect();
    assert!(named.len() > 50, "{named:?}");
    let page = fs::read_to_string(root().join("../../../docs/log-format.md")).unwrap();
    let words: BTreeSet<&str> = page.split(|char: char| !(char.is_ascii_uppercase() || char == '-')).collect();
    let missing: Vec<&String> = named.iter().filter(|code| !words.contains(code.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let said = |family: &str| words.iter().filter(|word| word.starts_with(family)).copied().collect::<Vec<&str>>();
    for family in ["TILE-", "EXTRACT-", "STAMP-", "CARRIED-", "CONSISTENCY-", "WITNESSED-", "MANIFEST-", "FILE-"] {
        let made_up: Vec<&str> = said(family).into_iter().filter(|word| !named.contains(*word)).collect();
        assert_eq!(made_up, Vec::<&str>::new());
    }
}
