//! `verify.html`: the verifier as one page that needs nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

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
        .replacen("/*STYLE*/", STYLE, 1)
        .replacen("/*WORKER*/", WORKER, 1)
        .replacen("/*SCRIPT*/", SCRIPT, 1)
        .replacen("/*WASM*/", &STANDARD.encode(WASM), 1)
}
