//! The register of guns, places and lots.

use axum::extract::State;
use maud::{Markup, html};
use record::Id;
use record::label::{LabelKind, label};
use record::words::Word;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::Act;
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
            h2 { "Guns" }
            ul.plain { @for (id, gun) in &state.guns {
                li { a.item href={ "/guns/" (id) } { b { (name(*id)) } span { (words::gun_line(gun)) }
                    span.mono.dim { (tag(LabelKind::Gun, *id)) } } }
            } }
            h2 { "Places" }
            ul.plain { @for (id, place) in &state.places {
                li.item { b { (name(*id)) } span { (words::place_kind(place.kind))
                    @if place.locks { ", locks" } @else { ", does not lock" } @if place.for_guns { ", for guns" } }
                    span.mono.dim { (tag(LabelKind::Place, *id)) } }
            } }
            h2 { "Lots" }
            ul.plain { @for (id, lot) in &state.lots {
                li.item { b { (name(*id)) } span { (words::lot_kind(lot.kind)) ", " (lot.rounds) " in the box"
                    @if lot.inert_at_head { ", inert shows at the head" } }
                    span.mono.dim { (tag(LabelKind::Lot, *id)) } }
            } }
        }
        div.acts {
            @if page.roles().keeps_the_register() { (forms(&page)) }
            @else { p.notice { "Your roles today do not include entering things." } }
        }
    })
}

fn forms(page: &Page) -> Markup {
    html! {
        details { summary { "Enter a gun" } (gun_form(page)) }
        details { summary { "Enter a place" } (place_form()) }
        details { summary { "Enter a lot" } (lot_form()) }
    }
}

fn name_field(id: &str) -> Markup {
    html! {
        label for=(id) { "Name" }
        input id=(id) name="name" data-as="secret" required maxlength="120" autocomplete="off";
    }
}

fn pick<T: Word>(id: &str, field: &str, words: &str, say: fn(T) -> &'static str) -> Markup {
    html! {
        label for=(id) { (words) }
        select id=(id) name=(field) data-as="text" {
            @for (value, word) in T::WORDS { option value=(word) { (say(*value)) } }
        }
    }
}

fn tick(field: &str, words: &str) -> Markup {
    html! { label.pick { input type="checkbox" name=(field) value="yes" data-as="yes"; span { (words) } } }
}

fn number(id: &str, field: &str, words: &str, most: u32) -> Markup {
    html! {
        label for=(id) { (words) }
        input id=(id) name=(field) type="number" inputmode="numeric" min="0" max=(most) required data-as="integer";
    }
}

fn gun_form(page: &Page) -> Markup {
    let places = page.moment.view.state.places.iter().filter(|(_, place)| place.for_guns);
    let inner = html! {
        (name_field("gun-name"))
        (pick::<kernel::GunKind>("gun-kind", "kind", "What it is", words::gun_kind))
        (pick::<kernel::Action>("gun-action", "action", "How it works", words::action))
        (number("gun-chambers", "chambers", "Chambers; 0 for a thing without action", 12))
        label for="gun-place" { "Where it lies" }
        select #gun-place name="place" data-as="text" required {
            @for (id, _) in places { option value=(id) { (page.moment.view.name(*id)) } }
        }
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

fn lot_form() -> Markup {
    let inner = html! {
        (name_field("lot-name"))
        (pick::<kernel::LotKind>("lot-kind", "kind", "What its rounds are", words::lot_kind))
        (number("lot-rounds", "rounds", "How many rounds", 1_000_000))
        (tick("inert_at_head", "\u{201c}Inert\u{201d} shows at the case head"))
        button.button type="submit" { "Enter the lot" }
    };
    Act::of("register_lot", "new".to_owned(), "enter a lot").form(&inner)
}
