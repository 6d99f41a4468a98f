//! Another implementation of the C2SP formats as a judge of ours, over files: it verifies `testdata/vectors/for_others.json`, which
//! our tests write, and compares `testdata/vectors/metamorphic.json`, which our tests read, with what it writes today.
//! `cargo run --manifest-path oracles/metamorphic/Cargo.toml` from the root of the repository; with `write` it writes the latter.
//! Exit code 0: both agree.

use std::collections::BTreeMap;
use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use metamorphic_log::checkpoint::Checkpoint;
use metamorphic_log::merkle::MerkleTree;
use metamorphic_log::note::{
    SignedNote, VerifierKey, sign_cosignature_ed25519, sign_cosignature_mldsa44, sign_ed25519,
};
use metamorphic_log::proof::{verify_consistency, verify_inclusion};
use metamorphic_log::tile::{Tile, recompute_root, tiles_for_size};
use serde_json::{Value, json};

type Failed = Box<dyn std::error::Error>;

const GIVEN: &str = "testdata/vectors/for_others.json";
const OURS: &str = "testdata/vectors/metamorphic.json";
const WITNESS: &str = "witness.example/insurer";
const TIME: u64 = 1_795_000_000;

fn main() -> ExitCode {
    match judge(std::env::args().nth(1).as_deref() == Some("write")) {
        Ok(judged) => {
            println!("{judged} judgements, all alike");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn judge(write: bool) -> Result<usize, Failed> {
    let given: Value = serde_json::from_str(&std::fs::read_to_string(GIVEN)?)?;
    let origin = text(&given, "origin")?;
    let made = made(&origin)?;
    if write {
        std::fs::write(OURS, format!("{made:#}\n"))?;
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(OURS)?)?;
    // A signature of type 06 is made with randomness.
    let same = |mut value: Value| {
        value["cosigned"][1]["note"] = Value::Null;
        value
    };
    if same(kept) != same(made) {
        return Err(format!("{OURS} is not what is made today").into());
    }
    Ok(proofs(&given)? + tiles(&given)? + notes(&given)?)
}

fn tree(size: u64) -> MerkleTree {
    let mut tree = MerkleTree::new();
    for index in 0..size {
        tree.push(format!("entry {index}").as_bytes());
    }
    tree
}

fn made(origin: &str) -> Result<Value, Failed> {
    let tree = tree(700);
    let path = |path: Vec<[u8; 32]>| -> Vec<String> { path.iter().map(|hash| STANDARD.encode(hash)).collect() };
    let inclusion = [0, 1, 255, 256, 511, 699].map(|index| json!({"index": index, "path": path(tree.inclusion_proof(index, 700))}));
    let consistency =
        [1, 2, 255, 256, 300, 512, 699, 700].map(|old| json!({"old": old, "path": path(tree.consistency_proof(old, 700))}));
    let body = Checkpoint::new(origin, 300, tree.root_at(300))?.marshal();
    let checkpoint = SignedNote::new(body.clone(), vec![sign_ed25519(&body, origin, &[7; 32])?])?.marshal();
    let mut cosigned = Vec::new();
    for (case, line) in [
        (0, sign_cosignature_ed25519(&body, WITNESS, &[9; 32], TIME)?),
        (1, sign_cosignature_mldsa44(&body, WITNESS, &[9; 32], TIME)?),
    ] {
        let given: Value = serde_json::from_str(&std::fs::read_to_string(GIVEN)?)?;
        let vkey = text(&given["cosigned"][case], "vkey")?;
        let note = SignedNote::new(body.clone(), vec![line])?;
        if note.verify(&[VerifierKey::parse(&vkey)?])?.len() != 1 {
            return Err("its own cosignature does not verify".into());
        }
        cosigned.push(json!({"vkey": vkey, "note": note.marshal()}));
    }
    Ok(json!({
        "about": "What metamorphic-log 0.5 writes, by oracles/metamorphic, for showclear-proof to read.",
        "inclusion": inclusion, "consistency": consistency, "checkpoint": checkpoint, "cosigned": cosigned,
    }))
}

fn proofs(given: &Value) -> Result<usize, Failed> {
    let (size, root) = (number(given, "size")?, hash(given, "root")?);
    for case in list(given, "inclusion")? {
        verify_inclusion(number(case, "index")?, size, &hash(case, "leaf")?, &hashes(case)?, &root)?;
    }
    for case in list(given, "consistency")? {
        verify_consistency(number(case, "old")?, size, &hashes(case)?, &hash(case, "root")?, &root)?;
    }
    Ok(list(given, "inclusion")?.len() + list(given, "consistency")?.len())
}

/// Which tiles a log has, what their files are called, and that the root follows from the lowest ones.
fn tiles(given: &Value) -> Result<usize, Failed> {
    for case in list(given, "paths")? {
        let size = number(case, "size")?;
        let tiles = tiles_for_size(size);
        let mut paths: Vec<String> = tiles.iter().map(Tile::path).collect();
        paths.extend(tiles.iter().filter(|tile| tile.level() == 0).map(Tile::entries_path));
        paths.sort();
        if Some(&paths) != serde_json::from_value(case["paths"].clone()).ok().as_ref() {
            return Err(format!("a log of {size} entries has other tiles").into());
        }
    }
    let files = given["tiles"].as_object().ok_or("tiles")?;
    let mut leaves = BTreeMap::new();
    for (path, bytes) in files {
        let tile = Tile::parse_path(path)?;
        let held = tile.hashes(&unhex(bytes.as_str().ok_or("hex")?)?)?;
        if tile.level() == 0 {
            leaves.insert(tile.index(), held);
        }
    }
    let leaves: Vec<[u8; 32]> = leaves.into_values().flatten().collect();
    if recompute_root(&leaves).to_vec() != hash(given, "root")? {
        return Err("the root does not follow from the tiles".into());
    }
    Ok(list(given, "paths")?.len() + files.len())
}

fn notes(given: &Value) -> Result<usize, Failed> {
    let log = VerifierKey::parse(&text(given, "log_vkey")?)?;
    for case in list(given, "cosigned")? {
        let (note, vkey) = (text(case, "note")?, text(case, "vkey")?);
        let keys = [log.clone(), VerifierKey::parse(&vkey)?];
        if SignedNote::parse(&note)?.verify(&keys)?.len() != 2 {
            return Err(format!("a note does not hold for {vkey}").into());
        }
        let head = Checkpoint::from_signed_note(&note, &keys)?;
        if head.root_hash().to_vec() != tree(head.size()).root().to_vec() {
            return Err("a checkpoint has another root".into());
        }
        let moved = note.replacen("\n300\n", "\n301\n", 1);
        if SignedNote::parse(&moved)?.verify(&keys).is_ok() {
            return Err("a note that was changed holds".into());
        }
    }
    Ok(list(given, "cosigned")?.len())
}

fn text(value: &Value, name: &str) -> Result<String, Failed> {
    Ok(value[name].as_str().ok_or_else(|| format!("{name} is missing"))?.to_owned())
}

fn number(value: &Value, name: &str) -> Result<u64, Failed> {
    Ok(value[name].as_u64().ok_or_else(|| format!("{name} is missing"))?)
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>, Failed> {
    Ok(value[name].as_array().ok_or_else(|| format!("{name} is missing"))?)
}

fn hash(value: &Value, name: &str) -> Result<Vec<u8>, Failed> {
    Ok(STANDARD.decode(text(value, name)?)?)
}

fn hashes(case: &Value) -> Result<Vec<Vec<u8>>, Failed> {
    list(case, "path")?.iter().map(|hash| Ok(STANDARD.decode(hash.as_str().ok_or("base64")?)?)).collect()
}

fn unhex(text: &str) -> Result<Vec<u8>, Failed> {
    (0..text.len()).step_by(2).map(|at| Ok(u8::from_str_radix(text.get(at..at + 2).ok_or("hex")?, 16)?)).collect()
}
