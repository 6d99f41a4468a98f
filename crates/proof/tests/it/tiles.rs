use showclear_proof::tiles::{
    Content, TILE_WIDTH, Tile, TileError, entry_bundle, hash_tile, read_entry_bundle, tiles_of,
};
use showclear_proof::tree::{Hash, Tree, hash_leaf, root_of};

fn paths(size: u64) -> Vec<String> {
    tiles_of(size).iter().map(Tile::path).collect()
}

/// The example of the specification: a log of 70,000 entries.
#[test]
fn a_log_of_70_000_entries_has_the_files_of_the_specification() {
    let paths = paths(70_000);
    let hashes = |level: &str| paths.iter().filter(|path| path.starts_with(level)).count();
    assert_eq!((hashes("tile/0/"), hashes("tile/1/"), hashes("tile/2/"), hashes("tile/3/")), (274, 2, 1, 0));
    for path in ["tile/0/000", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"] {
        assert!(paths.iter().any(|found| found == path), "{path}");
    }
    assert_eq!(hashes("tile/entries/"), 274);
    assert!(paths.contains(&"tile/entries/273.p/112".to_owned()));
}

#[test]
fn a_number_is_written_in_elements_of_three_digits() {
    let tile = |index| Tile { content: Content::Hashes { level: 0 }, index, width: TILE_WIDTH }.path();
    assert_eq!(tile(1_234_067), "tile/0/x001/x234/067");
    assert_eq!(tile(5), "tile/0/005");
    assert_eq!(tile(1_000), "tile/0/x001/000");
    assert_eq!(tile(999), "tile/0/999");
}

#[test]
fn an_empty_log_has_no_file() {
    assert_eq!(paths(0), Vec::<String>::new());
}

/// From the hashes of the tiles anybody computes the root: that of a level is the root over the level below.
#[test]
fn tiles_hold_the_roots_of_perfect_subtrees() {
    let leaves: Vec<Hash> = (0u64..66_000).map(|leaf| hash_leaf(&leaf.to_be_bytes())).collect();
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    for tile in tiles_of(66_000) {
        let Content::Hashes { level } = tile.content else { continue };
        let bytes = hash_tile(&tree, level, &tile).unwrap();
        assert_eq!(bytes.len() as u64, tile.width * 32, "{}", tile.path());
        let leaves_each = 256usize.pow(u32::from(level));
        let last = usize::try_from(tile.first() + tile.width - 1).unwrap();
        let under = &leaves[last * leaves_each..(last + 1) * leaves_each];
        assert_eq!(&bytes[bytes.len() - 32..], root_of(under).0, "{}", tile.path());
    }
}

#[test]
fn a_tile_of_what_is_not_there_is_none() {
    let mut tree = Tree::default();
    tree.push(hash_leaf(b"one"));
    let wider = Tile { content: Content::Hashes { level: 0 }, index: 0, width: 2 };
    assert_eq!(hash_tile(&tree, 0, &wider), None);
    assert_eq!(hash_tile(&tree, 1, &Tile { width: 1, ..wider }), None);
}

#[test]
fn a_bundle_of_entries_reads_back_and_refuses_every_cut() {
    let entries: [&[u8]; 3] = [b"first", b"", &[7; 65_535]];
    let bytes = entry_bundle(entries).unwrap();
    assert_eq!(&bytes[..7], b"\x00\x05first");
    assert_eq!(read_entry_bundle(&bytes, 3).unwrap(), entries);
    assert_eq!(read_entry_bundle(&bytes, 2), Err(TileError::Trailing));
    assert_eq!(read_entry_bundle(&bytes, 4), Err(TileError::CutOff { entry: 3 }));
    for length in 0..bytes.len() {
        assert!(read_entry_bundle(&bytes[..length], 3).is_err(), "{length}");
    }
    assert_eq!(entry_bundle([&[0u8; 65_536][..]]), Err(TileError::TooLong { bytes: 65_536 }));
}
