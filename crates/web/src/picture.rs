//! A text as a QR symbol on a screen, for a telephone or a scanner to read.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use maud::{Markup, html};

/// The white modules around a symbol (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The symbol of these bytes at level L, which holds 2,953 of them; nothing where they are more.
#[must_use]
pub fn picture(bytes: &[u8], title: &str) -> Option<Markup> {
    let code = QRBuilder::new(bytes).ecl(ECL::L).build().ok()?;
    let whole = code.size.saturating_add(QUIET.saturating_mul(2));
    let rows = code.data.chunks(code.size).take(code.size).enumerate();
    let path: String = rows.map(|(y, row)| dark(y, &row.iter().map(|it| it.value()).collect::<Vec<bool>>())).collect();
    Some(html! {
        svg.picture role="img" aria-label=(title) viewBox={ "0 0 " (whole) " " (whole) } shape-rendering="crispEdges" {
            rect width=(whole) height=(whole) fill="#fff" {}
            path d=(path) fill="#000" transform={ "translate(" (QUIET) " " (QUIET) ")" } {}
        }
    })
}

/// The dark runs of a row as rectangles of a path.
pub fn dark(y: usize, row: &[bool]) -> String {
    let mut path = String::new();
    let mut x = 0usize;
    for run in row.chunk_by(|left, right| left == right) {
        if run.first() == Some(&true) {
            let wide = run.len();
            path.push_str(&format!("M{x} {y}h{wide}v1h-{wide}z"));
        }
        x = x.saturating_add(run.len());
    }
    path
}
