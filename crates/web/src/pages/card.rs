//! The card of a gun: the same on the board, on a phone and in the stream.

use maud::{Markup, html};
use record::Id;

use crate::words::{Look, Told, Why};

/// A state with more letters is set smaller on the board, so that it stays on one line.
const LONG_WORD: usize = 10;

/// The id of a gun's card in a page.
#[must_use]
pub fn card_id(gun: Id) -> String {
    format!("card-{gun}")
}

/// One of the shapes that [`sprite`] brings.
#[must_use]
pub fn shape(name: &str) -> Markup {
    html! { svg.shape aria-hidden="true" focusable="false" { use href={ "#i-" (name) } {} } }
}

/// A card: the state largest, with who, since when and until when.
#[must_use]
pub fn card(told: &Told) -> Markup {
    card_for(told, true)
}

/// The same without a link, for a screen on which nobody is logged in: its page would not open there.
#[must_use]
pub fn card_for(told: &Told, leads_on: bool) -> Markup {
    let name_id = format!("name-{}", told.gun);
    html! {
        article.card id=(card_id(told.gun)) data-state=(told.look.as_str()) data-name=(told.name)
            data-left-ms=[told.until.left_ms] aria-labelledby=(name_id) {
            div.top {
                h2 id=(name_id) { @if leads_on { a href={ "/guns/" (told.gun) } { (told.name) } } @else { (told.name) } }
                p.kind { (told.kind) }
            }
            p.state.long[told.word.len() > LONG_WORD] { (shape(told.look.as_str())) strong.word { (told.word) } }
            p.who { (told.who) }
            p.until {
                (told.until.before) " " b { (told.until.strong) } (told.until.after)
                @if told.until.left_ms.is_some() { " " span.left aria-hidden="true" {} }
            }
        }
    }
}

/// A gun in one line, for lists.
#[must_use]
pub fn line(told: &Told) -> Markup {
    html! {
        span.line data-state=(told.look.as_str()) {
            b.name { (told.name) }
            span.state { (shape(told.look.as_str())) (told.word) }
            span.dim { (told.who) }
        }
    }
}

/// Why something is not open, in three sentences.
#[must_use]
pub fn why(why: &Why) -> Markup {
    html! {
        div.why {
            p.what { (why.sentence) }
            p { (why.remedy) }
            p.cite { (why.code.as_str()) " · " (why.cite) }
        }
    }
}

/// The shapes. Each state has one of its own, so that none is told by colour alone; there is no
/// tick among them.
#[must_use]
pub fn sprite() -> Markup {
    let looks = [
        Look::Unknown,
        Look::Empty,
        Look::Dummy,
        Look::Blank,
        Look::Live,
        Look::Checking,
        Look::Handover,
        Look::Locked,
        Look::Held,
        Look::Copy,
        Look::OpenBox,
    ];
    html! {
        svg.sprite aria-hidden="true" width="0" height="0" {
            defs { @for look in looks { symbol id={ "i-" (look.as_str()) } viewBox="0 0 54 54" { (drawing(look)) } } }
        }
    }
}

fn drawing(look: Look) -> Markup {
    match look {
        Look::Unknown => html! {
            path d="M27 5 51 49H3Z" fill="none" stroke="currentColor" stroke-width="6" stroke-linejoin="round" {}
            path d="M27 20v14" stroke="currentColor" stroke-width="6" {}
            circle cx="27" cy="41" r="3.6" fill="currentColor" {}
        },
        Look::Checking => html! {
            path d="M27 5 51 49H3Z" fill="none" stroke="currentColor" stroke-width="6" stroke-linejoin="round" {}
            circle cx="18" cy="40" r="3.6" fill="currentColor" {}
            circle cx="27" cy="40" r="3.6" fill="currentColor" {}
            circle cx="36" cy="40" r="3.6" fill="currentColor" {}
        },
        Look::Empty => html! {
            circle cx="27" cy="27" r="22" fill="none" stroke="currentColor" stroke-width="7" {}
        },
        Look::Dummy => html! {
            rect x="4" y="4" width="46" height="46" rx="4" fill="none" stroke="currentColor" stroke-width="7" {}
            rect x="12" y="23" width="30" height="8" fill="currentColor" {}
        },
        Look::Blank => html! { path d="M27 2 52 27 27 52 2 27Z" fill="currentColor" {} },
        Look::Live => html! {
            circle cx="27" cy="27" r="23" fill="none" stroke="currentColor" stroke-width="5" {}
            path d="M27 9 31 23 45 27 31 31 27 45 23 31 9 27 23 23Z" fill="currentColor" {}
        },
        Look::Handover => html! {
            path d="M4 17h36M30 6l12 11-12 11M50 38H14M24 27 12 38l12 11" fill="none" stroke="currentColor"
                stroke-width="6" stroke-linejoin="round" {}
        },
        Look::Locked => html! {
            rect x="8" y="24" width="38" height="27" rx="4" fill="currentColor" {}
            path d="M15 25v-8a12 12 0 0 1 24 0v8" fill="none" stroke="currentColor" stroke-width="6" {}
        },
        Look::Held => html! {
            path d="M17 2h20l15 15v20L37 52H17L2 37V17Z" fill="currentColor" {}
            rect.octagon-bar x="12" y="23" width="30" height="8" {}
        },
        Look::OpenBox => html! {
            path d="M6 22v28h42V22M6 22 2 8M48 22 52 8" fill="none" stroke="currentColor" stroke-width="6"
                stroke-linejoin="round" {}
        },
        Look::Copy => html! {
            path d="M16 14V4h34v34H40" fill="none" stroke="currentColor" stroke-width="6" stroke-linejoin="round" {}
            rect x="4" y="16" width="34" height="34" rx="2" fill="none" stroke="currentColor" stroke-width="6" {}
        },
    }
}
