//! What stands beside the record and can be erased, and who asks that it be kept.

use kernel::{Erasable, Ground, Intent};
use maud::{Markup, html};
use record::Id;
use record::erasure::why;
use record::words::Word;
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Offered, hold_button};
use crate::words;

/// The acts that erase what stands beside the entries of a person or a thing; nothing for who does not keep the register.
#[must_use]
pub fn erasing(page: &Page, me: &Me, thing: Id) -> Markup {
    let beside = if page.roles().keeps_the_register() { page.moment.beside(thing) } else { Vec::new() };
    let mut offered = Offered::new(page, me);
    for entry in &beside {
        for what in [Erasable::Texts, Erasable::Files] {
            let is_there = if what == Erasable::Texts { entry.texts } else { entry.files };
            if is_there {
                let title = format!("Erase the {} of entry {}", words::erasable(what), entry.index);
                let asked = Intent::Erase { intent: entry.intent, what, ground: Ground::PersonAsked };
                offered.act(&title, &[asked], || form(entry.intent, what, &title));
            }
        }
    }
    html! {
        @if !beside.is_empty() {
            details {
                summary { "Erase a name or a file" }
                p.dim { "Gone for good: the value, not the entry. The record keeps its digest, who erased it, and \
                    why. Bundles that were handed out before keep what is in them." }
                (offered.render("Nothing can be erased now."))
            }
        }
    }
}

fn form(intent: Id, what: Erasable, title: &str) -> Markup {
    let id = format!("ground-{}-{intent}", what.word());
    Act::new("erase", intent, title).body(json!({ "what": what.word() })).then("Erased.", "").form(&html! {
        label for=(id) { "Why" }
        select id=(id) name="ground" data-as="text" {
            @for (ground, word) in Ground::WORDS { option value=(word) { (why(*ground)) } }
        }
        (hold_button(&format!("Hold: {}", title.to_lowercase()), "small danger"))
    })
}

/// Who has asked for the record to be preserved, and the acts that ask and release.
#[must_use]
pub fn preserving(page: &Page, me: &Me) -> Markup {
    let names = page.moment.names();
    let held = &page.moment.view.state.preservations;
    let mut offered = Offered::new(page, me);
    for (preservation, by) in held {
        let title = format!("Release it for {}", names.name(*by));
        let release = Intent::ReleaseRecord { preservation: *preservation };
        offered.act(&title, &[release], || {
            Act::new("release_record", *preservation, &title)
                .then("Released.", "")
                .held(&format!("Hold: {title}"), "small")
        });
    }
    html! {
        section.reports #preserving aria-labelledby="preserving-title" {
            h2 #preserving-title { "The record is needed" }
            @if held.is_empty() { p.dim { "While a stop stands nothing is erased. Whoever needs names and photographs \
                longer says so here." } }
            @for by in held.values() { p { (names.name(*by)) " has asked that nothing be erased." } }
            @if !held.values().any(|by| *by == me.person) {
                (Act::of("report_record_needed", String::new(), "the record is needed")
                    .then("Nothing is erased until you release it.", "").button("I need it: erase nothing", "small"))
            }
            @if !held.is_empty() { (offered.render("Only who asked for it, or an investigator, releases it.")) }
        }
    }
}
