//! Forms: what somebody presses becomes a signed intent in his own browser.

use kernel::ActKind;
use maud::{Markup, html};
use record::Id;
use serde_json::{Value, json};

/// A form that becomes an intent.
#[derive(Debug)]
pub struct Act<'a> {
    /// The kind of intent.
    pub kind: &'a str,
    /// The thing it is about: an id, `new`, or nothing.
    pub item: String,
    /// What it is called where it is refused.
    pub title: String,
    /// The fixed part of its body.
    pub body: Value,
    /// What is said when it is recorded.
    pub done: &'a str,
    /// Where to go then; nowhere: the page is loaded again.
    pub then: &'a str,
    /// The leaf hash of the entry that it answers.
    pub names: Option<String>,
}

impl<'a> Act<'a> {
    /// An intent about a thing, with nothing else to say.
    #[must_use]
    pub fn new(kind: &'a str, item: Id, title: &str) -> Act<'a> {
        Act::of(kind, item.to_string(), title)
    }

    /// An intent about `item`, which may be `new` or empty.
    #[must_use]
    pub fn of(kind: &'a str, item: String, title: &str) -> Act<'a> {
        let body = json!({});
        Act { kind, item, title: title.to_owned(), body, done: "Recorded.", then: "", names: None }
    }

    /// With this in its body.
    #[must_use]
    pub fn body(mut self, body: Value) -> Act<'a> {
        self.body = body;
        self
    }

    /// With these words when it is recorded, and this place to go to.
    #[must_use]
    pub fn then(mut self, done: &'a str, then: &'a str) -> Act<'a> {
        self.done = done;
        self.then = then;
        self
    }

    /// Naming the entry that it answers.
    #[must_use]
    pub fn names(mut self, leaf: Option<String>) -> Act<'a> {
        self.names = leaf;
        self
    }

    /// The form around `inner`.
    #[must_use]
    pub fn form(self, inner: &Markup) -> Markup {
        html! {
            form.act data-kind=(self.kind) data-item=(self.item) data-title=(self.title)
                data-body=(self.body.to_string()) data-done=(self.done) data-then=(self.then)
                data-names=[self.names] { (inner) }
        }
    }

    /// The form with one button.
    #[must_use]
    pub fn button(self, words: &str, class: &str) -> Markup {
        let inner = html! { button class={ "button " (class) } type="submit" { (words) } };
        self.form(&inner)
    }

    /// The form with one button that is held for a second.
    #[must_use]
    pub fn held(self, words: &str, class: &str) -> Markup {
        let inner = html! { (hold_button(words, class)) };
        self.form(&inner)
    }
}

/// A button that acts by being held for a second.
#[must_use]
pub fn hold_button(words: &str, class: &str) -> Markup {
    html! { button class={ "button " (class) } type="submit" data-hold="" { (words) } }
}

/// A list of buttons, one a choice: one touch chooses and asks.
#[must_use]
pub fn choices(name: &str, items: &[(Id, String, String)]) -> Markup {
    html! {
        @for (id, words, more) in items {
            button.button.choice type="submit" name=(name) value=(id) data-as="text" {
                (words) @if !more.is_empty() { span.more { (more) } }
            }
        }
    }
}

/// An act as the API writes it: the kind of intent that asks for it.
#[must_use]
pub const fn act_word(kind: ActKind) -> &'static str {
    match kind {
        ActKind::TakeOut => "take_out",
        ActKind::LookThroughBore => "look_through_bore",
        ActKind::Load => "load",
        ActKind::Unload => "unload",
        ActKind::BeginCheck => "begin_check",
        ActKind::AnswerCheck => "answer_check",
        ActKind::GiveUpCheck => "give_up_check",
        ActKind::MatchIdentity => "match_identity",
        ActKind::Offer => "offer",
        ActKind::WithdrawOffer => "withdraw_offer",
        ActKind::LookLast => "look_last",
        ActKind::Take => "take",
        ActKind::RefuseOffer => "refuse_offer",
        ActKind::TakeBack => "take_back",
        ActKind::PutAway => "put_away",
    }
}

/// An act as a button says it.
#[must_use]
pub const fn act_title(kind: ActKind) -> &'static str {
    match kind {
        ActKind::TakeOut => "Take it out",
        ActKind::LookThroughBore => "Look through the bore",
        ActKind::Load => "Load it",
        ActKind::Unload => "Unload it",
        ActKind::BeginCheck => "Check it",
        ActKind::AnswerCheck => "Say what you see",
        ActKind::GiveUpCheck => "Give the check up",
        ActKind::MatchIdentity => "Match its label",
        ActKind::Offer => "Give it",
        ActKind::WithdrawOffer => "Withdraw the offer",
        ActKind::LookLast => "Make the last look",
        ActKind::Take => "Take it",
        ActKind::RefuseOffer => "Refuse it",
        ActKind::TakeBack => "Take it back",
        ActKind::PutAway => "Lock it away",
    }
}

/// A field for a label, typed or read by a wedge scanner.
#[must_use]
pub fn label_field(then: &str) -> Markup {
    html! {
        form.label data-label="" data-due="gun" data-then=(then) {
            label for="label" { "Label" }
            div.row {
                input #label name="label" autocomplete="off" autocapitalize="characters" spellcheck="false"
                    placeholder="scan or type";
                button.button type="submit" { "Open" }
            }
        }
    }
}

/// A pad of digits for the field with this id.
#[must_use]
pub fn pad(field: &str) -> Markup {
    html! {
        div.pad role="group" aria-label="Digits" {
            @for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] {
                button.button type="button" data-digit=(digit) data-for=(field) { (digit) }
            }
            button.button type="button" data-digit="back" data-for=(field) aria-label="delete the last digit" { "⌫" }
            button.button type="button" data-digit="0" data-for=(field) { "0" }
        }
    }
}
