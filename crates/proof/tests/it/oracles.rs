//! Other people's implementations of the same specifications, as judges: what we write they read, what they write we read, and
//! what one refuses the other refuses too.
//!
//! `tlog_tiles` and `signed_note` are those of a certificate log; `tlog_tiles` writes the paths of another specification, so only its
//! tree is asked. `metamorphic-log` wants another version of a crate that signs time stamps, and cannot be linked here: a program of
//! its own, in `oracles/metamorphic`, reads what [`for_others`] writes, and wrote `metamorphic.json`.

use proptest::prelude::*;
use serde_json::{Value, json};
use showclear_proof::checkpoint::Checkpoint;
use showclear_proof::cosignature::{Cosigner, CosignerKey};
use showclear_proof::note::{KeyName, Note, Signer, VerifyingKey};
use showclear_proof::tiles::{Content, Tile, hash_tile, tiles_of};
use showclear_proof::tree::{Hash, Tree, hash_leaf, verify_consistency, verify_inclusion};
use signed_note::{StandardVerifier, VerifierList};
use tlog_tiles::tlog;

use crate::vectors::{cases, load, number, text, texts};

const ORIGIN: &str = "showclear.example/p/019a0000-0000-7000-8000-000000000001/e0";
const WITNESS: &str = "witness.example/insurer";
const TIME: u64 = 1_795_000_000;

fn tree(size: u64) -> Tree {
    let mut tree = Tree::default();
    (0..size).for_each(|index| tree.push(leaf(index)));
    tree
}

fn leaf(index: u64) -> Hash {
    hash_leaf(format!("entry {index}").as_bytes())
}

fn theirs(path: &[Hash]) -> Vec<tlog::Hash> {
    path.iter().map(|hash| tlog::Hash(hash.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn proofs_of_ours_hold_for_them(
        size in 1u64..700, at in any::<prop::sample::Index>(), old in any::<prop::sample::Index>(),
    ) {
        let our = tree(size);
        let index = at.index(usize::try_from(size).unwrap()) as u64;
        let old = old.index(usize::try_from(size).unwrap()) as u64 + 1;
        let (inclusion, consistency) = (our.prove_inclusion(index, size).unwrap(), our.prove_consistency(old, size).unwrap());
        let [root, leaf, older] = [our.root(), leaf(index), our.root_at(old).unwrap()].map(|hash| tlog::Hash(hash.0));
        prop_assert!(tlog::check_record(&theirs(&inclusion), size, root, index, leaf).is_ok());
        prop_assert!(tlog::check_tree(&theirs(&consistency), size, root, old, older).is_ok());
    }

    /// A proof with one hash more, one less, one changed, turned round, or for another place: both say the same of it.
    #[test]
    fn what_is_refused_is_refused_by_both(
        size in 1u64..300, at in any::<prop::sample::Index>(), old in any::<prop::sample::Index>(), how in 0usize..5,
    ) {
        let our = tree(size);
        let index = at.index(usize::try_from(size).unwrap()) as u64;
        let old = old.index(usize::try_from(size).unwrap()) as u64 + 1;
        let (mut asked, mut inclusion) = (index, our.prove_inclusion(index, size).unwrap());
        let mut consistency = our.prove_consistency(old, size).unwrap();
        for path in [&mut inclusion, &mut consistency] {
            match how {
                0 => path.push(Hash([7; 32])),
                1 => drop(path.pop()),
                2 => path.iter_mut().for_each(|hash| hash.0[0] ^= 1),
                3 => path.reverse(),
                _ => asked = (index + 1) % size,
            }
        }
        let (leaf, root, older) = (leaf(index), our.root(), our.root_at(old).unwrap());
        let [their_root, their_leaf, their_older] = [root, leaf, older].map(|hash| tlog::Hash(hash.0));
        let ours = verify_inclusion(&leaf, asked, size, &inclusion, &root).is_ok();
        prop_assert_eq!(tlog::check_record(&theirs(&inclusion), size, their_root, asked, their_leaf).is_ok(), ours);
        let ours = verify_consistency(old, &older, size, &root, &consistency).is_ok();
        prop_assert_eq!(tlog::check_tree(&theirs(&consistency), size, their_root, old, their_older).is_ok(), ours);
    }
}

fn head(size: u64) -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size, root: tree(size).root() }
}

fn log() -> Signer {
    Signer::new(KeyName::new(ORIGIN).unwrap(), [7; 32])
}

fn cosigners() -> [Cosigner; 2] {
    let name = KeyName::new(WITNESS).unwrap();
    [Cosigner::ed25519(name.clone(), [9; 32]), Cosigner::ml_dsa_44(name, [9; 32])]
}

#[test]
fn a_checkpoint_that_we_sign_is_one_for_them() {
    let note = log().sign(&head(300).to_text()).unwrap();
    let vkey = log().verifying_key().to_string();
    let verifiers = VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())]);
    let read = signed_note::Note::from_bytes(&note.to_bytes()).unwrap();
    assert_eq!(read.verify(&verifiers).unwrap().0.len(), 1);
    let read = tlog_tiles::Checkpoint::from_bytes(note.text().as_bytes()).unwrap();
    assert_eq!((read.origin(), read.size(), read.hash().0), (ORIGIN, 300, head(300).root.0));
}

/// What the program beside this workspace is given to judge: `SHOWCLEAR_WRITE_VECTORS=1` writes it anew.
fn for_others() -> Value {
    let our = tree(700);
    let path = |path: Option<Vec<Hash>>| -> Vec<String> { path.unwrap().iter().map(Hash::to_string).collect() };
    let inclusion = [0, 1, 255, 256, 511, 699].map(
        |index| json!({"index": index, "leaf": leaf(index).to_string(), "path": path(our.prove_inclusion(index, 700))}),
    );
    let consistency = [1, 2, 255, 256, 300, 512, 699, 700].map(|old| {
        json!({"old": old, "root": our.root_at(old).unwrap().to_string(), "path": path(our.prove_consistency(old, 700))})
    });
    let paths = [0, 1, 255, 256, 257, 700, 65_535, 65_536, 65_537].map(|size| {
        let mut paths: Vec<String> = tiles_of(size).iter().map(Tile::path).collect();
        paths.sort();
        json!({"size": size, "paths": paths})
    });
    let hashes = |tile: &Tile| {
        Some((
            tile.path(),
            hash_tile(
                &our,
                match tile.content {
                    Content::Hashes { level } => level,
                    Content::Entries => return None,
                },
                tile,
            )?,
        ))
    };
    let tiles: serde_json::Map<String, Value> = tiles_of(700)
        .iter()
        .filter_map(hashes)
        .map(|(path, bytes)| (path, bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()))
        .collect();
    let notes = cosigners().map(|cosigner| {
        let mut note = log().sign(&head(300).to_text()).unwrap();
        note.add(cosigner.cosign(&note, TIME).unwrap()).unwrap();
        json!({"vkey": cosigner.key().to_string(), "note": String::from_utf8(note.to_bytes()).unwrap()})
    });
    json!({
        "about": "What showclear-proof writes, for oracles/metamorphic to judge.",
        "size": 700, "root": our.root().to_string(), "inclusion": inclusion, "consistency": consistency,
        "paths": paths, "tiles": tiles, "origin": ORIGIN, "log_vkey": log().verifying_key().to_string(), "cosigned": notes,
    })
}

#[test]
fn what_others_are_given_to_judge_is_what_is_written_today() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/vectors/for_others.json");
    if std::env::var_os("SHOWCLEAR_WRITE_VECTORS").is_some() {
        std::fs::write(file, format!("{:#}\n", for_others())).unwrap();
    }
    // A signature of type 06 may be made with randomness: of those the keys are compared.
    let same = |mut value: Value| {
        value["cosigned"][1]["note"] = Value::Null;
        value
    };
    assert_eq!(same(load("for_others.json")), same(for_others()));
}

#[test]
fn notes_that_they_sign_hold_here() {
    let file = load("metamorphic.json");
    let key: VerifyingKey = log().verifying_key().clone();
    let signed = text(&file, "checkpoint");
    // Ed25519 signs the same text in one way.
    assert_eq!(signed.as_bytes(), log().sign(&head(300).to_text()).unwrap().to_bytes());
    assert_eq!(Checkpoint::open(signed.as_bytes(), ORIGIN, &[key]), Ok(head(300)));
    let cosigned = cases(&file, "cosigned");
    assert_eq!(cosigned.len(), 2);
    for (case, cosigner) in cosigned.iter().zip(cosigners()) {
        assert_eq!(text(case, "vkey"), cosigner.key().to_string());
        let key: CosignerKey = text(case, "vkey").parse().unwrap();
        assert_eq!(key.time_of(&Note::parse(text(case, "note").as_bytes()).unwrap()), Ok(Some(TIME)));
        let moved = text(case, "note").replacen("\n300\n", "\n301\n", 1);
        assert!(key.time_of(&Note::parse(moved.as_bytes()).unwrap()).is_err());
    }
}

#[test]
fn proofs_that_they_make_are_those_that_are_made_here() {
    let file = load("metamorphic.json");
    let our = tree(700);
    let written = |path: Option<Vec<Hash>>| -> Vec<String> { path.unwrap().iter().map(Hash::to_string).collect() };
    for case in cases(&file, "inclusion") {
        assert_eq!(texts(case, "path"), written(our.prove_inclusion(number(case, "index"), 700)));
    }
    for case in cases(&file, "consistency") {
        assert_eq!(texts(case, "path"), written(our.prove_consistency(number(case, "old"), 700)));
    }
}
