//! Offer, take, refuse; and locking away.

use axum::extract::{Path, State};
use kernel::{Code, Custody, LastLook, ShowingState};
use maud::{Markup, html};
use record::Id;
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{Act, Choice, choices, people_who, places_where};
use crate::pages::card::card;
use crate::pages::{Page, PageProblem, gun_id, waits};
use crate::state::App;
use crate::words::Told;

/// Choose who gets it. The ask is judged when a name is pressed.
pub async fn offer(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Give", "handover");
    let (found, told) = page.gun(gun_id(&gun)?)?;
    let receivers = receivers(&page, found.gun);
    let act = Act::new("offer", told.gun, &format!("give {}", told.name));
    let then = format!("/guns/{}/handover", told.gun);
    Ok(page.render(&html! {
        div.information {
            h1.big { "Give " (told.name) ". To whom?" }
            div.one { (card(&told)) }
        }
        div.acts {
            @if receivers.is_empty() { p.notice { "Nobody is entered today who may be given a gun." } }
            (act.then("Offered. IN HANDOVER until it is taken.", &then).form(&choices("to", &receivers)))
        }
    }))
}

/// Who may be given this gun. No minor where it can fire; last, and marked, whoever was not trained on it where the
/// production asks for training: a name that is pressed for nothing costs a touch.
fn receivers(page: &Page, gun: Id) -> Vec<Choice> {
    let state = &page.moment.view.state;
    let mut receivers = people_who(page, |roles| roles.performs() || roles.handles());
    let Some(gun) = state.guns.get(&gun) else { return receivers };
    let untrained = |who: &Id| state.roles(*who).performs() && !state.is_trained_on(gun, *who);
    receivers.retain(|(who, ..)| !gun.kind.fires() || !state.is_minor(*who));
    receivers.sort_by_key(|(who, ..)| untrained(who));
    for (who, _, roles) in &mut receivers {
        if untrained(who) {
            roles.push_str(", not trained on it");
        }
    }
    receivers
}

/// A handover, as the receiver, the giver or anybody else sees it.
pub async fn handover(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Handover", "handover");
    let gun = gun_id(&gun)?;
    let (found, told) = page.gun(gun)?;
    let acts = match found.custody {
        Custody::Offered { to, offer, .. } if to == me.person => receiver(&page, &told, offer),
        Custody::Offered { from, to, offer, .. } if from == me.person => giver(&page, &told, to, offer),
        Custody::Offered { from, to, .. } => {
            let (from, to) = (page.moment.view.name(from), page.moment.view.name(to));
            html! { p.notice { (from) " hands it to " (to) "." } a.button href={ "/guns/" (gun) } { (told.name) } }
        }
        Custody::In { .. }
        | Custody::With { .. }
        | Custody::Preset { .. }
        | Custody::Missing { .. }
        | Custody::Returned { .. } => {
            html! { p.notice { "It is in no handover now." } a.button href={ "/guns/" (gun) } { (told.name) } }
        }
    };
    Ok(page.render(&html! {
        div.information {
            h1.unseen { (told.name) ": handover" }
            div.one { (card(&told)) }
        }
        div.acts #acts data-follow="" { (acts) }
    }))
}

fn receiver(page: &Page, told: &Told, offer: Id) -> Markup {
    let leaf = page.moment.view.leaf_hash(offer).map(|hash| hash.to_string());
    let take = |look: &str| {
        Act::new("take", told.gun, &format!("take {}", told.name))
            .body(json!({"look": look, "offer": offer.to_string()}))
            .names(leaf.clone())
            .then("It is with you.", "/")
    };
    let refuse = Act::new("refuse_offer", told.gun, &format!("refuse {}", told.name))
        .body(json!({ "offer": offer.to_string() }))
        .then("Refused. It stays where it is.", "/");
    let gun = page.moment.view.state.guns.get(&told.gun);
    let shown = gun.map(|gun| gun.showing);
    let shown_to_you = match gun {
        Some(gun) if gun.is_muzzle_loader() => "Of every barrel you are shown where the rod stands, and its cap.",
        Some(gun) if gun.kind.fires() => "Every chamber is shown to you.",
        Some(_) | None => "Its label is shown to you.",
    };
    html! {
        (declined_words(page, told.gun, page.me, shown, offer))
        p.brief { (shown_to_you) " Look, leave it to the witness, or refuse." }
        (take("looked").button("I LOOKED. I take it", ""))
        (take("declined").unless(Code::HandoverNoLastLook, "You do not look. The witness looks for you.").form(&html! {
            button.button type="submit" {
                "I DO NOT LOOK"
                @if let Some(ShowingState::Shown(showing)) = shown {
                    span.more { (last_look(page, showing.witness, showing.last_look, offer)) }
                }
            }
        }))
        (refuse.form(&html! {
            button.button type="submit" { "I REFUSE IT" span.more { "Nobody asks why." } }
        }))
    }
}

/// That the receiver does not look stands as his answer, until the witness has made the last look for him.
fn declined_words(
    page: &Page,
    gun: Id,
    receiver: Option<Id>,
    shown: Option<ShowingState<record::Real>>,
    offer: Id,
) -> Markup {
    let names = page.moment.names();
    let (Some(at), Some(ShowingState::Shown(showing))) = (waits::declined(page, gun, offer), shown) else {
        return html! {};
    };
    let looked = matches!(showing.last_look, Some(LastLook::Witness { offer: of, .. }) if of == offer);
    let (mine, witness) = (receiver == page.me, names.name(showing.witness));
    let who = receiver.map_or_else(String::new, |it| names.name(it));
    html! {
        p.notice {
            @if mine { "You do not look" } @else { (who) " does not look" } ", as entered " (names.clock(at)) ". "
            @if looked { (witness) " has made the last look." @if mine { " Now it is yours to take, or to refuse." } }
            @else { (witness) " makes the last look now; then it is taken." }
        }
    }
}

fn last_look(page: &Page, witness: Id, last: Option<LastLook<record::Real>>, named: Id) -> String {
    let witness = page.moment.view.name(witness);
    match last {
        Some(LastLook::Witness { offer, .. }) if offer == named => {
            format!("{witness}, the witness, has made the last look of this handover.")
        }
        Some(LastLook::Witness { .. } | LastLook::Receiver) | None => {
            format!("{witness}, the witness, has not made the last look of this handover.")
        }
    }
}

fn giver(page: &Page, told: &Told, to: Id, offer: Id) -> Markup {
    let withdraw = Act::new("withdraw_offer", told.gun, &format!("withdraw {}", told.name))
        .body(json!({ "offer": offer.to_string() }))
        .then("Withdrawn. UNKNOWN until shown again.", "/");
    let shown = page.moment.view.state.guns.get(&told.gun).map(|gun| gun.showing);
    html! {
        p.notice { "Waiting for " (page.moment.view.name(to)) " to take it. Until then nothing may be said of it." }
        (declined_words(page, told.gun, Some(to), shown, offer))
        @if let Some(ShowingState::Shown(showing)) = shown {
            p.dim { (last_look(page, showing.witness, showing.last_look, offer)) }
        }
        (withdraw.button("Withdraw the offer", ""))
    }
}

/// Choose the place. Those that lock and are for guns come first; the record judges.
pub async fn put_away(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Lock away", "handover");
    let (_, told) = page.gun(gun_id(&gun)?)?;
    let places = places_where(&page, |place| place.locks && place.for_guns);
    let act = Act::new("put_away", told.gun, &format!("lock {} away", told.name)).then("Locked away.", "/");
    Ok(page.render(&html! {
        div.information {
            h1.big { "Lock " (told.name) " away. Where?" }
            div.one { (card(&told)) }
        }
        div.acts {
            @if places.is_empty() { p.notice { "No place on the register locks and is for guns." } }
            (act.form(&choices("place", &places)))
        }
    }))
}
