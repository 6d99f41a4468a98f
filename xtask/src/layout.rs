//! Where files lie: one integration-test binary a crate, and every clippy.toml a superset of the root's.

use crate::files::File;
use crate::finding::Finding;

/// Checks the places of test files and the copies of clippy.toml.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = test_files(files);
    findings.extend(clippy_files(files));
    findings
}

/// Each binary under `tests/` is linked again, so a crate has one, `tests/it/main.rs`, and it names every file beside it.
fn test_files(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for File { path, .. } in files {
        let Some((folder, file)) = path.rsplit_once('/') else {
            continue;
        };
        let Some(module) = file.strip_suffix(".rs") else {
            continue;
        };
        let parent = folder.rsplit_once('/').map_or(folder, |(_, last)| last);
        if parent == "tests" && folder.starts_with("crates/") {
            findings.push(Finding::stray_test_file(path));
        } else if folder.ends_with("/tests/it") && module != "main" {
            let main = format!("{folder}/main.rs");
            let line = format!("mod {module};");
            let named = files
                .iter()
                .filter(|other| other.path == main)
                .flat_map(|other| other.text.lines())
                .any(|text| text.trim().trim_start_matches("pub ") == line);
            if !named {
                findings.push(Finding::forgotten_test_file(path, module));
            }
        }
    }
    findings
}

fn clippy_files(files: &[File]) -> Vec<Finding> {
    let Some(root) = files.iter().find(|file| file.path == "clippy.toml") else {
        return vec![Finding::file_unreadable("clippy.toml", "it is not in the repository")];
    };
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with("/clippy.toml")) {
        let own: Vec<&str> = file.text.lines().map(str::trim).collect();
        findings.extend(
            root.text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#') && !own.contains(line))
                .map(|line| Finding::clippy_line_missing(&file.path, line)),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_crate_has_one_integration_binary() {
        let files = [file("crates/a/tests/it/main.rs", ""), file("crates/a/tests/other.rs", "")];
        assert_eq!(test_files(&files), [Finding::stray_test_file("crates/a/tests/other.rs")]);
    }

    #[test]
    fn every_file_beside_main_is_named_there() {
        let main = file("crates/a/tests/it/main.rs", "mod one;\n");
        let one = file("crates/a/tests/it/one.rs", "");
        let two = file("crates/a/tests/it/two.rs", "");
        assert_eq!(test_files(&[main.clone(), one.clone()]), []);
        assert_eq!(test_files(&[main, one, two]), [Finding::forgotten_test_file("crates/a/tests/it/two.rs", "two")]);
    }

    #[test]
    fn a_copy_of_clippy_toml_keeps_every_line() {
        let root = file("clippy.toml", "# why\na = 1\nb = 2\n");
        let more = file("crates/a/clippy.toml", "a = 1\nb = 2\nc = 3\n");
        let less = file("crates/b/clippy.toml", "# why\na = 1\n");
        assert_eq!(clippy_files(&[root.clone(), more]), []);
        assert_eq!(clippy_files(&[root, less]), [Finding::clippy_line_missing("crates/b/clippy.toml", "b = 2")]);
    }

    #[test]
    fn the_root_has_a_clippy_toml() {
        assert_eq!(clippy_files(&[]).len(), 1);
    }
}
