//! Tables that the tests work out and the repository keeps.

use std::path::PathBuf;

/// Compares what was made with the file that is committed, named from the repository's root. `UPDATE_TABLES=1` writes it
/// anew.
pub fn as_committed(file: &str, made: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), made, "UPDATE_TABLES=1 writes it anew");
}
