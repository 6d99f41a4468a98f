//! A gun or the box of a lot, and the rental house that it came from: back to it, and a gun in again.

use kernel::{Custody, Intent, Lot, Place, Returned, Role};
use maud::{Markup, html};
use record::{Id, Real};

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, Offered, files_field, hold_button, number, people_who, places_where, select};
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
        Custody::Returned { signed_by, .. } => {
            if signed_by.is_none() {
                signs_for_gun(&mut offered, told);
            }
            let places = places_where(page, |place: &Place| place.locks && place.for_guns);
            receives(&mut offered, told, &vendors, &places);
        }
        Custody::Offered { .. } | Custody::Preset { .. } | Custody::Missing { .. } => return html! {},
    }
    html! {
        details {
            summary { "Its rental house" }
            @if vendors.is_empty() && !page.roles().has(Role::Vendor) {
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

/// The box of a lot goes back to its rental house, sealed and counted, with all that is left of the lot.
pub fn gives_back_box(page: &Page, offered: &mut Offered<'_>, id: Id, lot: &Lot<Real>, name: &str) {
    if lot.holder().is_none() {
        return;
    }
    let vendors = people_who(page, |roles| roles.has(Role::Vendor));
    let intents: Vec<_> =
        vendors.iter().map(|(vendor, ..)| Intent::ReturnLotToVendor { lot: id, vendor: *vendor }).collect();
    offered.folded("Give its box back to the rental house", &intents, || {
        Act::new("return_lot_to_vendor", id, &format!("{name}: give its box back to its rental house"))
            .then("It is with its rental house, as entered.", "")
            .form(&html! {
                p.dim { "All that is left of the lot, in one sealed box. What comes again is another lot, not verified." }
                (select("box-return-to", "vendor", "Who takes it for the house", &vendors))
                (files_field("box-return-files", "The house's receipt, photographed"))
                (hold_button("Hold: given back, sealed", ""))
            })
    });
}

/// The house signs for a gun that it has.
fn signs_for_gun(offered: &mut Offered<'_>, told: &Told) {
    let gun = told.gun;
    offered.act("Sign for the house", &[Intent::SignForGun { gun }], || {
        Act::new("sign_for_gun", gun, &format!("{}: sign for the rental house", told.name))
            .then("Signed for by the house.", "")
            .form(&html! {
                p.dim { "For the house, on its own device: read the serial on the gun itself." }
                (files_field("sign-files", "The gun and its serial, photographed"))
                (hold_button("Hold: the house has it, its serial was read", ""))
            })
    });
}

/// The house signs for the box of a lot that it has, by the number of its seal.
pub fn signs_for_box(offered: &mut Offered<'_>, id: Id, lot: &Lot<Real>, name: &str) {
    if !lot.custody.returned().is_some_and(waits_for_a_signature) {
        return;
    }
    // Whether one may sign is asked with the number that is on it; whether it is that one is judged when it is entered.
    let asks = lot.seal.map(|seal| Intent::SignForLot { lot: id, seal });
    offered.act("Sign for the house", asks.as_slice(), || {
        Act::new("sign_for_lot", id, &format!("{name}: sign for the rental house"))
            .then("Signed for by the house.", "")
            .form(&html! {
                p.dim { "For the house, on its own device: read the number of the seal on the box itself." }
                (number("sign-seal", "seal", "The seal's number", 0, u32::MAX))
                (files_field("sign-box-files", "The box and its seal, photographed"))
                (hold_button("Hold: the house has it, under this seal", ""))
            })
    });
}

/// Whether the house has not signed for what went back.
const fn waits_for_a_signature(back: Returned<Real>) -> bool {
    back.signed_by.is_none()
}

/// What went back and the house has not signed for: address, and name.
#[must_use]
pub fn not_signed_for(page: &Page) -> Vec<(String, String)> {
    let view = &page.moment.view;
    let guns = view.state.guns.iter().filter(|(_, gun)| gun.custody.returned().is_some_and(waits_for_a_signature));
    let lots = view.state.lots.iter().filter(|(_, lot)| lot.custody.returned().is_some_and(waits_for_a_signature));
    let guns = guns.map(|(id, _)| (format!("/guns/{id}"), view.name(*id)));
    guns.chain(lots.map(|(id, _)| (format!("/lots/{id}"), view.name(*id)))).collect()
}
