//! Arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    medclust::cli::run(std::env::args_os())
}
