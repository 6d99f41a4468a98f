//! A range production: declared by whoever leads the work with guns while it is empty, confirmed by a second role, and said in
//! words on every page from then on.

use kernel::{Intent, RangeException};
use maud::{Markup, html};
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Offered, hold_button, pick};
use crate::words;

/// At the top of every page, so that nobody takes the board of a range for the board of a set.
pub fn banner(page: &Page) -> Markup {
    let state = &page.moment.view.state;
    html! {
        @if let Some(range) = state.range.filter(|_| state.is_range()) {
            section.range aria-label="This is a range production" {
                strong { "RANGE: LIVE ROUNDS" }
                span { (words::range_exception(range.exception)) }
            }
        }
    }
}

/// What kind of production this is: a set's, declared a range, or a range.
pub fn kind(page: &Page) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    html! {
        section aria-labelledby="production-kind" {
            h2 #production-kind { "This production" }
            @match state.range {
                Some(range) => {
                    p {
                        "Declared a range production by " (names.name(range.by)) ", " (names.dated(range.at)) ": "
                        (words::range_exception(range.exception)) ". "
                        @match range.confirmed {
                            Some(confirmed) => {
                                "Confirmed by " (names.name(confirmed.by)) ", " (names.dated(confirmed.at)) ". It stays one: "
                                "no scene is opened in it, and no round comes into it but live ones."
                            },
                            None => { b { "Nobody has confirmed it." } " Until then no live round is received." },
                        }
                    }
                },
                None => { p { "For scenes. No live round is in it: whoever enters one stops everything." } },
            }
        }
    }
}

/// A declaration that waits for this person's confirmation: address, what, from whom.
pub fn waiting(page: &Page, me: &Me) -> Option<(String, String, String)> {
    let (view, names) = (&page.moment.view, page.moment.names());
    let range = view.state.range?;
    let confirm = Intent::ConfirmRange { declaration: range.declaration };
    let open = view.against(&me.session, &confirm, page.moment.now_ms).is_empty();
    open.then(|| {
        let more = format!("declared by {}, {}", names.name(range.by), names.dated(range.at));
        ("/register".to_owned(), "A range production: confirm it".to_owned(), more)
    })
}

/// To declare it and to confirm it, while nothing was entered yet that live rounds could be mixed with.
pub fn acts(page: &Page, me: &Me) -> Markup {
    let state = &page.moment.view.state;
    if state.is_range() || !state.is_empty_of_guns() {
        return html! {};
    }
    let mut offered = Offered::new(page, me);
    let declares: Vec<Intent<record::Real>> =
        RangeException::ALL.into_iter().map(|exception| Intent::DeclareRange { exception }).collect();
    offered.folded("Declare a range production", &declares, || {
        Act::of("declare_range", String::new(), "declare a range production")
            .then("Declared. A safety officer or a producer confirms it.", "/register")
            .form(&html! {
                p.dim {
                    "Live rounds are let in for one of these kinds of work, and for no other. Once it is confirmed it is never "
                    "taken back: this production has no scenes then."
                }
                (pick::<RangeException>("exception", "exception", "For which work", words::range_exception))
                label for="range-letter" { "The written declaration: its date, or where it lies" }
                input #range-letter name="note" data-as="secret" maxlength="120" autocomplete="off";
                (hold_button("Hold: declare it", ""))
            })
    });
    if let Some(range) = state.range {
        let declaration = range.declaration;
        let title = "Confirm the range production";
        offered.act(title, &[Intent::ConfirmRange { declaration }], || {
            Act::new("confirm_range", declaration, "confirm the range production")
                .body(json!({}))
                .then("Confirmed. This is a range production.", "/register")
                .form(&html! {
                    p.dim { "It is for good: live rounds come in, and no scene is opened here." }
                    label for="confirmation-letter" { "The written confirmation: its date, or where it lies" }
                    input #confirmation-letter name="note" data-as="secret" maxlength="120" autocomplete="off";
                    (hold_button("Hold: confirm it", "danger"))
                })
        });
    }
    html! { details open[state.range.is_some()] { summary { "Live rounds: a range production" } (offered.render("It is for others to do.")) } }
}
