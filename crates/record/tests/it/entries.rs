use record::Origin;
use record::entry::{Entry, MAX_ENTRY_BYTES};

use crate::log::{id, origin, some_log};

#[test]
fn a_cut_or_changed_entry_never_reads_as_the_same() {
    let log = some_log();
    for bytes in &log.entries {
        let entry = Entry::decode(bytes, &origin()).unwrap();
        for cut in (0..bytes.len()).step_by(17) {
            assert!(Entry::decode(&bytes[..cut], &origin()).is_err());
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            if let Ok(other) = Entry::decode(&changed, &origin()) {
                assert_ne!(other, entry, "byte {at} means nothing");
            }
        }
        assert_eq!(entry.encode(&origin()).unwrap(), *bytes);
    }
}

#[test]
fn an_entry_of_another_log_or_too_large_is_refused() {
    let log = some_log();
    let elsewhere = Origin::new("example", id(99), 0).unwrap();
    assert!(Entry::decode(&log.entries[1], &elsewhere).unwrap_err().to_string().contains("another log"));
    assert!(Entry::decode(&vec![b'a'; MAX_ENTRY_BYTES + 1], &origin()).is_err());
}
