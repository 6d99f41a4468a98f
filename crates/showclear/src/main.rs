//! Showclear: see `showclear --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    showclear::cli::main()
}
