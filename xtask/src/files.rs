//! The texts of the repository: what git tracks, and what it would take in at the next `git add`.

use crate::finding::Finding;
use std::path::Path;
use std::process::Command;

/// One text file of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path from the repository's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Reads every file that is not ignored. Files that are not UTF-8 text (fonts, pictures) are left out.
///
/// # Errors
///
/// A finding when git does not list the files of `root`.
pub fn read(root: &Path) -> Result<Vec<File>, Finding> {
    const TOOL: &str = "git ls-files";
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| Finding::tool_failed(TOOL, &error.to_string()))?;
    if !output.status.success() {
        return Err(Finding::tool_failed(TOOL, &String::from_utf8_lossy(&output.stderr)));
    }
    let listing = String::from_utf8_lossy(&output.stdout);
    let mut paths: Vec<&str> = listing.split('\0').filter(|path| !path.is_empty()).collect();
    paths.sort_unstable();
    paths.dedup();
    if paths.is_empty() {
        return Err(Finding::tool_failed(TOOL, "it lists no file"));
    }
    Ok(paths
        .into_iter()
        .filter_map(|path| {
            // A file that is tracked and deleted in the work tree has no text to check.
            let text = std::fs::read_to_string(root.join(path)).ok()?;
            (!text.contains('\0')).then(|| File { path: path.to_owned(), text })
        })
        .collect())
}
