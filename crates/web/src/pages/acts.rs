//! Forms: what somebody presses becomes a signed intent in his own browser.

use kernel::{ActKind, Calibre, Code, Gun, Place, Roles};
use maud::{Markup, html};
use record::words::{CALIBRES, Word};
use record::{Id, Intent, Real, Reason};
use serde_json::{Value, json};

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::card::why;
use crate::words;

/// A choice: what is chosen, how it is called, and what else is said of it.
pub type Choice = (Id, String, String);

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
    /// The one code for which it may come back as an answer and no refusal, and what is said then.
    pub unless: Option<(Code, &'a str)>,
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
        Act { kind, item, title: title.to_owned(), body, done: "Recorded.", then: "", names: None, unless: None }
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

    /// An answer that stands as it was given although the act waits for this alone: what is said of it.
    #[must_use]
    pub fn unless(mut self, code: Code, words: &'a str) -> Act<'a> {
        self.unless = Some((code, words));
        self
    }

    /// The form around `inner`.
    #[must_use]
    pub fn form(self, inner: &Markup) -> Markup {
        html! {
            form.act data-kind=(self.kind) data-item=(self.item) data-title=(self.title)
                data-body=(self.body.to_string()) data-done=(self.done) data-then=(self.then)
                data-names=[self.names] data-unless=[self.unless.map(|(code, _)| code.as_str())]
                data-unless-words=[self.unless.map(|(_, words)| words)] { (inner) }
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
pub fn choices(name: &str, items: &[Choice]) -> Markup {
    html! {
        @for (id, words, more) in items {
            button.button.choice type="submit" name=(name) value=(id) data-as="text" {
                (words) @if !more.is_empty() { span.more { (more) } }
            }
        }
    }
}

/// By which words a gun is read, loaded and emptied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReadBy {
    /// Its chambers alone.
    Chambers,
    /// Its chambers, and what feeds them.
    Feed,
    /// A rod in each barrel.
    Barrels,
}

impl ReadBy {
    /// Those of this gun.
    #[must_use]
    pub fn of(gun: &Gun<Real>) -> ReadBy {
        if gun.is_muzzle_loader() {
            ReadBy::Barrels
        } else if gun.is_fed() {
            ReadBy::Feed
        } else {
            ReadBy::Chambers
        }
    }
}

/// An act as the API writes it: the kind of intent that asks for it. A gun with a feed has kinds of its own, and so has
/// one that is loaded from the muzzle.
#[must_use]
pub const fn act_word(kind: ActKind, by: ReadBy) -> &'static str {
    match (kind, by) {
        (ActKind::Load, ReadBy::Feed) => "load_feed",
        (ActKind::EmptyGun, ReadBy::Feed) => "empty_feed",
        (ActKind::AnswerCheck, ReadBy::Feed) => "answer_feed_check",
        (ActKind::LookLast, ReadBy::Feed) => "look_last_feed",
        (ActKind::EmptyGun, ReadBy::Barrels) => "empty_barrels",
        (ActKind::AnswerCheck, ReadBy::Barrels) => "answer_barrel_check",
        (ActKind::LookLast, ReadBy::Barrels) => "look_last_barrels",
        (kind, ReadBy::Chambers | ReadBy::Feed | ReadBy::Barrels) => plain_act_word(kind),
    }
}

const fn plain_act_word(kind: ActKind) -> &'static str {
    match kind {
        ActKind::TakeOut => "take_out",
        ActKind::LookThroughBore => "look_through_bore",
        ActKind::RunRod => "run_rod",
        ActKind::Prime => "prime",
        ActKind::Load => "load",
        ActKind::Unload => "unload",
        ActKind::EmptyGun => "empty_gun",
        ActKind::CallToSet => "call_to_set",
        ActKind::CallOffSet => "call_off_set",
        ActKind::ClearFault => "clear_fault",
        ActKind::ClearLine => "clear_line",
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
        ActKind::RunRod => "Run the rod",
        ActKind::Prime => "Prime it",
        ActKind::Load => "Load it",
        ActKind::Unload => "Unload it",
        ActKind::EmptyGun => "Empty it: say what came out",
        ActKind::CallToSet => "Call it to set",
        ActKind::CallOffSet => "Call it off the set",
        ActKind::ClearFault => "It works as it should",
        ActKind::ClearLine => "Clear its line",
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

/// People of whom something holds, without the one who looks, with their roles.
#[must_use]
pub fn people_who(page: &Page, is: impl Fn(Roles) -> bool) -> Vec<Choice> {
    let state = &page.moment.view.state;
    let others = state.people.keys().filter(|person| Some(**person) != page.me && is(state.roles(**person)));
    let mut choices: Vec<Choice> = others
        .map(|person| {
            let mut roles: Vec<String> = state.roles(*person).iter().map(|role| words::role(role).to_owned()).collect();
            let unit = state.units.of_person(*person);
            roles.extend((unit != page.unit()).then(|| words::unit(unit)));
            (*person, page.moment.view.name(*person), roles.join(", "))
        })
        .collect();
    choices.sort_by_cached_key(|(_, name, _)| words::in_order(name));
    choices
}

/// Places of which something holds, with what kind they are.
#[must_use]
pub fn places_where(page: &Page, is: impl Fn(&Place) -> bool) -> Vec<Choice> {
    let fit = page.moment.view.state.places.iter().filter(|(_, place)| is(place));
    fit.map(|(id, place)| {
        let locks = if place.locks { ", locks" } else { "" };
        (*id, page.moment.view.name(*id), format!("{}{locks}", words::place_kind(place.kind)))
    })
    .collect()
}

/// A field that chooses one of these.
#[must_use]
pub fn select(id: &str, name: &str, words: &str, items: &[Choice]) -> Markup {
    html! {
        label for=(id) { (words) }
        select id=(id) name=(name) data-as="text" required {
            (options(items, None))
        }
    }
}

/// A field that chooses one of these. Nothing is chosen before somebody has looked, unless one is the likely one.
#[must_use]
pub fn chosen(id: &str, (name, kind): (&str, &str), words: &str, items: &[Choice], likely: Option<Id>) -> Markup {
    let likely = likely.filter(|it| items.iter().any(|(item, _, _)| item == it));
    html! {
        label for=(id) { (words) }
        select id=(id) name=(name) data-as=(kind) required {
            @if likely.is_none() { option value="" { "choose" } }
            (options(items, likely))
        }
    }
}

/// What there is to choose, each with what else is said of it.
#[must_use]
pub fn options(items: &[Choice], likely: Option<Id>) -> Markup {
    html! {
        @for (item, called, more) in items {
            option value=(item) selected[likely == Some(*item)] { (called) @if !more.is_empty() { " (" (more) ")" } }
        }
    }
}

/// A field that chooses one word of a kind.
#[must_use]
pub fn pick<T: Word>(id: &str, field: &str, words: &str, say: impl Fn(T) -> &'static str) -> Markup {
    html! {
        label for=(id) { (words) }
        select id=(id) name=(field) data-as="text" {
            @for (value, word) in T::WORDS { option value=(word) { (say(*value)) } }
        }
    }
}

/// As [`pick`], where nothing is the likely one: nothing is chosen before somebody has thought.
#[must_use]
pub fn pick_one<T: Word>(id: &str, field: &str, words: &str, say: impl Fn(T) -> &'static str) -> Markup {
    html! {
        label for=(id) { (words) }
        select id=(id) name=(field) data-as="text" required {
            option value="" { "choose" }
            @for (value, word) in T::WORDS { option value=(word) { (say(*value)) } }
        }
    }
}

/// A field for a whole number from `least` to `most`.
#[must_use]
pub fn number(id: &str, field: &str, words: &str, least: u32, most: u32) -> Markup {
    html! {
        label for=(id) { (words) }
        input id=(id) name=(field) type="number" inputmode="numeric" min=(least) max=(most) required
            data-as="integer" autocomplete="off";
    }
}

/// A field for a distance, entered in metres and recorded in centimetres.
#[must_use]
pub fn distance(id: &str, field: &str, words: &str) -> Markup {
    html! {
        label for=(id) { (words) }
        input id=(id) name=(field) type="number" inputmode="decimal" min="0.01" max="100" step="0.01" required
            data-as="centimetres" autocomplete="off" aria-describedby={ (id) "-unit" };
        p.dim id={ (id) "-unit" } { "In metres: 4.5 is four metres and a half." }
    }
}

/// The same, recorded in millimetres; `least` in metres.
#[must_use]
pub fn distance_of_a_shot(id: &str, field: &str, words: &str, least: &str) -> Markup {
    html! {
        label for=(id) { (words) }
        input id=(id) name=(field) type="number" inputmode="decimal" min=(least) max="100" step="0.001" required
            data-as="millimetres" autocomplete="off" aria-describedby={ (id) "-unit" };
        p.dim id={ (id) "-unit" } { "In metres: 4.5 is four metres and a half." }
    }
}

/// A field for a calibre of the record's list.
#[must_use]
pub fn calibre_field(id: &str, words: &str, now: Option<Calibre>) -> Markup {
    html! {
        label for=(id) { (words) }
        select id=(id) name="calibre" data-as="text" required {
            @if now.is_none() { option value="" { "choose" } }
            @for (calibre, word) in CALIBRES {
                option value=(word) selected[now == Some(*calibre)] { (words::calibre(*calibre)) }
            }
        }
    }
}

/// A field for a name, which stands beside the record.
#[must_use]
pub fn name_field(id: &str) -> Markup {
    html! {
        label for=(id) { "Name" }
        input id=(id) name="name" data-as="secret" required maxlength="120" autocomplete="off";
    }
}

/// A field for photographs, or a PDF, that belong to what is entered: the record has their digests.
#[must_use]
pub fn files_field(id: &str, words: &str) -> Markup {
    html! {
        label for=(id) { (words) }
        input id=(id) type="file" name="files" data-as="files" multiple accept="image/jpeg,image/png,application/pdf"
            aria-describedby={ (id) "-kinds" };
        p.dim id={ (id) "-kinds" } { "Photographs (JPEG or PNG) or a PDF, 4 at most, each 8 MiB at most. What a camera \
            writes into a photograph, such as the place, is kept with it." }
    }
}

/// The acts of a page: those that are open to the one who looks, and why the others are not. It asks
/// by the same rules that would refuse them.
#[derive(Debug)]
pub struct Offered<'a> {
    page: &'a Page,
    me: &'a Me,
    open: Vec<Markup>,
    shut: Vec<(String, Option<Id>, Vec<Reason>)>,
}

impl<'a> Offered<'a> {
    /// No act yet.
    #[must_use]
    pub const fn new(page: &'a Page, me: &'a Me) -> Offered<'a> {
        Offered { page, me, open: Vec::new(), shut: Vec::new() }
    }

    /// One act: open where one of `intents`, which differ in what he has yet to choose, would be granted.
    pub fn act(&mut self, title: &str, intents: &[Intent], form: impl FnOnce() -> Markup) {
        let (view, now_ms) = (&self.page.moment.view, self.page.moment.now_ms);
        let against = intents.iter().map(|intent| view.against(&self.me.session, intent, now_ms));
        match against.min_by_key(Vec::len) {
            None => {}
            Some(reasons) if reasons.is_empty() => self.open.push(form()),
            Some(reasons) => {
                let about = intents.first().and_then(Intent::gun);
                self.shut.push((title.to_owned(), about, reasons));
            }
        }
    }

    /// As [`Offered::act`], for one that needs more than a button: it is folded under its title.
    pub fn folded(&mut self, title: &str, intents: &[Intent], form: impl FnOnce() -> Markup) {
        self.act(title, intents, || html! { details { summary { (title) } (form()) } });
    }

    /// Something that is no act: a link, a notice.
    pub fn also(&mut self, markup: Markup) {
        self.open.push(markup);
    }

    /// Open ones first, then why the others are not.
    #[must_use]
    pub fn render(&self, nothing: &str) -> Markup {
        let names = self.page.moment.names();
        html! {
            @if self.open.is_empty() { p.notice { (nothing) } }
            @for act in &self.open { (act) }
            @if !self.shut.is_empty() {
                details {
                    summary { "Not open now, and why" }
                    @for (title, about, reasons) in &self.shut {
                        h3 { (title) }
                        @for reason in reasons { (why(&names.reason_about(*about, reason))) }
                    }
                }
            }
        }
    }
}

/// A field for a label of a `due` thing, typed or read by a wedge scanner, which leads to `then`.
#[must_use]
pub fn label_field(due: &str, then: &str) -> Markup {
    html! {
        form.label data-label="" data-due=(due) data-then=(then) {
            label for="label" { "Label of the " (due) }
            div.row {
                input #label name="label" autocomplete="off" autocapitalize="characters" spellcheck="false"
                    placeholder="scan or type";
                button.button type="submit" { @if then.is_empty() { "Enter" } @else { "Open" } }
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
