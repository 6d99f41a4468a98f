//! A gun and the rental house that it came from: back to it, and in again.

use kernel::{Custody, Intent, Place, Role};
use maud::{Markup, html};

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, Offered, files_field, hold_button, people_who, places_where, select};
use crate::pages::house::NOBODY_OF_THE_HOUSE;
use crate::words::Told;

/// What a handler does with a gun and its rental house, folded: it is no act of every hour.
#[must_use]
pub fn with_its_house(page: &Page, me: &Me, told: &Told) -> Markup {
    let Some(gun) = page.moment.view.state.guns.get(&told.gun) else { return html! {} };
    let vendors = people_who(page, |roles| roles.has(Role::Vendor));
    let mut offered = Offered::new(page, me);
    match gun.custody {
        Custody::With { .. } => gives_back(&mut offered, told, gun.kind.fires(), &vendors),
        Custody::In { place, .. } => {
            let listed = (place, page.moment.view.name(place), String::new());
            receives(&mut offered, told, &vendors, &[listed]);
        }
        Custody::Returned { .. } => {
            let places = places_where(page, |place: &Place| place.locks && place.for_guns);
            receives(&mut offered, told, &vendors, &places);
        }
        Custody::Offered { .. } | Custody::Preset { .. } | Custody::Missing { .. } => return html! {},
    }
    html! {
        details {
            summary { "Its rental house" }
            @if vendors.is_empty() {
                p.notice { (NOBODY_OF_THE_HOUSE) }
            } @else { (offered.render("Nothing is open to you here now.")) }
            a.button.small href=(if matches!(gun.custody, Custody::With { .. }) { "/house/return" } else { "/house" }) {
                "Every gun of the house, row by row"
            }
        }
    }
}

fn gives_back(offered: &mut Offered<'_>, told: &Told, fires: bool, vendors: &[Choice]) {
    let words = if fires { "Hold: given back, EMPTY" } else { "Hold: given back, as it was matched" };
    let gun = told.gun;
    let intents: Vec<_> = vendors.iter().map(|(vendor, ..)| Intent::ReturnToVendor { gun, vendor: *vendor }).collect();
    offered.act("Give it back", &intents, || {
        Act::new("return_to_vendor", gun, &format!("{}: give it back to its rental house", told.name))
            .then("It is with its rental house, as entered.", "")
            .form(&html! {
                (select("return-to", "vendor", "Who takes it for the house", vendors))
                (files_field("return-files", "The house's receipt, photographed"))
                (hold_button(words, ""))
            })
    });
}

fn receives(offered: &mut Offered<'_>, told: &Told, vendors: &[Choice], places: &[Choice]) {
    let gun = told.gun;
    let here = |vendor: record::Id| {
        places.iter().map(move |(place, ..)| Intent::ReceiveFromVendor { gun, vendor, place: *place })
    };
    let intents: Vec<_> = vendors.iter().flat_map(|(vendor, ..)| here(*vendor)).collect();
    offered.act("Receive it", &intents, || {
        Act::new("receive_from_vendor", gun, &format!("{}: receive it from its rental house", told.name))
            .then("Received, and locked away. UNKNOWN until shown.", "")
            .form(&html! {
                p.dim { "Read the serial on the gun itself, and compare it with the list of the house." }
                (select("received-from", "vendor", "Who brought it for the house", vendors))
                (select("received-in", "place", "Locked away in", places))
                (files_field("received-files", "Its condition, photographed"))
                (hold_button("Hold: its serial is the one on the list", ""))
            })
    });
}
