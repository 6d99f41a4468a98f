//! The register of guns, places and lots.

use axum::extract::State;
use kernel::{Load, LotKind, MAX_ROUNDS, Role};
use maud::{Markup, html};
use record::Id;
use record::label::{LabelKind, label};
use record::words::Word;
use serde_json::json;

use crate::auth::Me;
use crate::lot_words::lot_line;
use crate::pages::Page;
use crate::pages::acts::{Act, calibre_field, files_field, name_field, number, people_who, pick, places_where, select};
use crate::pages::lots::is_received;
use crate::pages::places::place_line;
use crate::pages::range;
use crate::state::App;
use crate::words;

/// What is on the register, and forms for what is new.
pub async fn register(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Register", "register");
    let state = &page.moment.view.state;
    let name = |id: Id| page.moment.view.name(id);
    let tag = |kind, id| label(kind, page.moment.production, id);
    page.render(&html! {
        div.information #list data-follow="" {
            h1.big { "Register" }
            (range::kind(&page))
            h2 { "Guns" }
            ul.plain { @for (id, gun) in &state.guns {
                li { a.item href={ "/guns/" (id) } { b { (name(*id)) } span { (words::gun_line(gun)) }
                    span.mono.dim { (tag(LabelKind::Gun, *id)) } } }
            } }
            h2 { "Places" }
            ul.plain { @for (id, place) in &state.places {
                li { a.item href={ "/places/" (id) } { b { (name(*id)) } span { (place_line(place)) }
                    span.mono.dim { (tag(LabelKind::Place, *id)) } } }
            } }
            h2 { "Lots" }
            ul.plain { @for (id, lot) in &state.lots {
                li { a.item href={ "/lots/" (id) } { b { (name(*id)) } span { (lot_line(lot)) }
                    span.mono.dim { (tag(LabelKind::Lot, *id)) } } }
            } }
        }
        div.acts {
            (range::acts(&page, &me))
            @if page.roles().keeps_the_register() { (forms(&page)) }
            @else { p.notice { "Your roles today do not include entering things." } }
        }
    })
}

fn forms(page: &Page) -> Markup {
    html! {
        // A link to one of them opens it.
        details { summary { "Enter a gun" } div #gun { (gun_form(page)) } }
        details { summary { "Enter a place" } div #place { (place_form()) } }
        details { summary { "Receive a lot" } div #receive { (receive_form(page)) } }
        a.button.small href="/units" { "Units that shoot at the same hour" }
        a.button.small href="/labels" { "Labels to print" }
    }
}

fn tick(field: &str, words: &str) -> Markup {
    html! { label.pick { input type="checkbox" name=(field) value="yes" data-as="yes"; span { (words) } } }
}

fn gun_form(page: &Page) -> Markup {
    let places: Vec<_> = page.moment.view.state.places.iter().filter(|(_, place)| place.for_guns).collect();
    if places.is_empty() {
        return html! {
            p.notice { "A gun lies somewhere from its first entry on, and no place for guns is entered. "
                a href="/register#place" { "Enter the place first" } ": one that locks, and is a compartment for guns." }
        };
    }
    let inner = html! {
        (name_field("gun-name"))
        (pick::<kernel::GunKind>("gun-kind", "kind", "What it is", words::gun_kind))
        (pick::<kernel::Action>("gun-action", "action", "How it works", words::action))
        (number("gun-chambers", "chambers", "Chambers, or barrels of a muzzle-loader; 0 for a thing without action", 0, 12))
        label for="gun-place" { "Where it lies" }
        select #gun-place name="place" data-as="text" required {
            @for (id, _) in places { option value=(id) { (page.moment.view.name(*id)) } }
        }
        (files_field("gun-files", "Photographs of it, if you have any"))
        button.button type="submit" { "Enter the gun" }
    };
    Act::of("register_gun", "new".to_owned(), "enter a gun").form(&inner)
}

fn place_form() -> Markup {
    let inner = html! {
        (name_field("place-name"))
        (pick::<kernel::PlaceKind>("place-kind", "kind", "What kind", words::place_kind))
        (tick("locks", "It locks"))
        (tick("for_guns", "It is a compartment for guns"))
        button.button type="submit" { "Enter the place" }
    };
    Act::of("register_place", "new".to_owned(), "enter a place").form(&inner)
}

fn receive_form(page: &Page) -> Markup {
    let mut sources = people_who(page, |_| true);
    sources.sort_by_key(|(person, ..)| !page.moment.view.state.roles(*person).has(Role::Vendor));
    let places = places_where(page, |place| !place.for_guns);
    let live = page.moment.view.state.is_range();
    let kinds = LotKind::WORDS.iter().filter(|(kind, _)| is_received(*kind, live));
    let inner = html! {
        @if live { p.dim { "One source, live rounds and no others. Whoever finds other rounds here reports it, and everything stops." } }
        @else { p.dim { "One kind, one source. Live ammunition is not received: whoever finds some reports it, and everything stops." } }
        (name_field("lot-name"))
        label for="lot-kind" { "What its rounds are" }
        select #lot-kind name="kind" data-as="text" {
            @for (kind, word) in kinds { option value=(word) { (words::lot_kind(*kind)) } }
        }
        @if !live {
            label for="lot-load" { "The load of blanks" }
            select #lot-load name="load" data-as="maybe" {
                option value="" { "they are no blanks" }
                @for (load, word) in Load::WORDS { option value=(word) { (words::load(*load)) } }
            }
        }
        (calibre_field("lot-calibre", "What they fit", None))
        (select("lot-source", "source", "Who supplied them", &sources))
        (number("lot-rounds", "rounds", "How many, as the supplier says", 1, MAX_ROUNDS))
        @if !live { (tick("inert_at_head", "\u{201c}Inert\u{201d} shows at the case head")) }
        (tick("uniform", "Every round bears the same marks"))
        (select("lot-place", "place", "Where its box is put", &places))
        (files_field("lot-files", "Photographs of the case heads"))
        button.button type="submit" { "Receive the lot" }
    };
    // Of live rounds there is no load to choose, and none of them is inert.
    let body = if live { json!({ "load": null, "inert_at_head": false }) } else { json!({}) };
    Act::of("receive_lot", "new".to_owned(), "receive a lot")
        .body(body)
        .then("Received. Count it on receipt before anything of it is used.", "/lots/{item}")
        .form(&inner)
}
