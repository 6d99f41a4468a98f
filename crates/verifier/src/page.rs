//! `verify.html`: the verifier as one page that needs nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("../page/verify.html");
const STYLE: &str = include_str!("../page/verify.css");
const SCRIPT: &str = include_str!("../page/verify.js");
const WORKER: &str = include_str!("../page/worker.js");

/// The verifier built for WebAssembly; `cargo run -p xtask -- wasm` builds it anew.
const WASM: &[u8] = include_bytes!("../page/verifier.wasm");

/// The page: style, scripts and the WebAssembly in it, in base64. The same sources give the same bytes.
#[must_use]
pub fn page() -> String {
    TEMPLATE
        .replacen("/*POLICY*/", &policy(), 1)
        .replacen("/*STYLE*/", STYLE, 1)
        .replacen("/*WORKER*/", WORKER, 1)
        .replacen("/*SCRIPT*/", SCRIPT, 1)
        .replacen("/*WASM*/", &STANDARD.encode(WASM), 1)
}

/// What the page may do: run the one script and the worker that it makes, look as the one style says, and nothing else.
fn policy() -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; base-uri 'none'; \
         form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}
