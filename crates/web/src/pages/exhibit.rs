//! What an inquiry keeps: what becomes an exhibit, who has it, and its release.

use kernel::{Exhibit, ExhibitOf, Keeper, Stop, Tally};
use maud::{Markup, html};
use record::{Id, Intent, Real};
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Choice, Offered, chosen, files_field, hold_button, people_who, select};
use crate::words;

/// Everybody who may guard something, the one who looks first.
fn guards(page: &Page) -> Vec<Choice> {
    let mine = page.me.map(|me| (me, page.moment.view.name(me), "you".to_owned()));
    mine.into_iter().chain(people_who(page, |roles| !roles.is_empty())).collect()
}

/// Things in the order in which people look for them.
fn in_order(page: &Page, ids: impl Iterator<Item = Id>) -> Vec<Choice> {
    let mut named: Vec<Choice> = ids.map(|id| (id, page.moment.view.name(id), String::new())).collect();
    named.sort_by_cached_key(|(_, name, _)| words::in_order(name));
    named
}

/// For a stop that stands: what is kept for its inquiry.
pub fn keeping(page: &Page, id: Id, stop: &Stop<Real>) -> Markup {
    let state = &page.moment.view.state;
    let guns = in_order(page, state.guns.keys().copied());
    let boxes = in_order(page, state.lots.keys().copied());
    html! {
        details {
            summary { "Keep something as an exhibit" }
            p.dim { "The gun involved stays as it is and where it is. Open it only if it cannot stay as it is." }
            @if !guns.is_empty() {
                details open { summary { "A gun, as it is" } (kept(page, id, &OF_A_GUN, &guns, stop.gun)) }
            }
            @if !boxes.is_empty() {
                details { summary { "A box of rounds" } (kept(page, id, &OF_A_BOX, &boxes, stop.lot)) }
            }
            @if !guns.is_empty() {
                details {
                    summary { "Rounds out of a gun that could not stay as it was" }
                    (bagging(page, id, &guns, stop.gun))
                }
            }
        }
    }
}

/// How a thing is kept that stays as it is.
struct Kept {
    kind: &'static str,
    title: &'static str,
    field: &'static str,
    which: &'static str,
    hold: &'static str,
}

const OF_A_GUN: Kept = Kept {
    kind: "report_gun_exhibit",
    title: "keep a gun as an exhibit",
    field: "exhibit-gun",
    which: "Which gun",
    hold: "Hold: it is an exhibit",
};

const OF_A_BOX: Kept = Kept {
    kind: "report_lot_exhibit",
    title: "keep a box as an exhibit",
    field: "exhibit-lot",
    which: "Which box",
    hold: "Hold: the box is an exhibit",
};

fn kept(page: &Page, stop: Id, of: &Kept, items: &[Choice], likely: Option<Id>) -> Markup {
    let id = |what: &str| format!("{}{what}-{stop}", of.field);
    Act::of(of.kind, String::new(), of.title)
        .body(json!({ "stop": stop.to_string() }))
        .then("An exhibit. Nobody touches it until the inquiry releases it.", "")
        .form(&html! {
            (chosen(&id(""), ("item", "item"), of.which, items, likely))
            (select(&id("-guard"), "guard", "Who guards it", &guards(page)))
            (files_field(&id("-files"), "As it lies, photographed"))
            (hold_button(of.hold, ""))
        })
}

/// A gun that cannot stay as it is is opened by two, and its rounds go into a bag of their own.
fn bagging(page: &Page, stop: Id, guns: &[Choice], likely: Option<Id>) -> Markup {
    let others = people_who(page, |roles| !roles.is_empty());
    let id = |what: &str| format!("{what}-{stop}");
    Act::of("report_rounds_exhibit", String::new(), "bag the rounds of a gun")
        .body(json!({ "stop": stop.to_string() }))
        .then("In a bag of their own, as entered. By the record nothing is in the gun.", "")
        .form(&html! {
            p.dim { "Two people open it, and photograph what they see before anything is moved. One bag a gun." }
            (chosen(&id("exhibit-bag"), ("item", "item"), "Out of which gun", guns, likely))
            (chosen(&id("exhibit-witness"), ("witness", "text"), "Who opened it with you", &others, None))
            fieldset {
                legend { "What came out" }
                @for (field, words) in SAW {
                    label for=(id(field)) { (words) }
                    input id=(id(field)) name={ "saw." (field) } type="number" inputmode="numeric" min="0" max="250" value="0"
                        required data-as="part-integer" autocomplete="off";
                }
            }
            (select(&id("exhibit-bag-guard"), "guard", "Who guards the bag", &guards(page)))
            (files_field(&id("exhibit-bag-files"), "The gun open, and each round, photographed"))
            (hold_button("Hold: bagged, by two", ""))
        })
}

/// What may come out of a gun, as a tally names it.
const SAW: [(&str, &str); 6] = [
    ("live", "Live rounds"),
    ("blank", "Blanks, not fired"),
    ("dummy", "Dummies"),
    ("spent", "Fired cases"),
    ("misfired", "Struck and not fired"),
    ("not_sure", "Not sure what"),
];

/// Every exhibit, with what may be done about it.
pub fn exhibits(page: &Page, me: &Me) -> Markup {
    let exhibits: Vec<_> = page.moment.view.state.exhibits.iter().collect();
    html! {
        @if !exhibits.is_empty() {
            section.stop #exhibits aria-labelledby="exhibits-title" {
                h2 #exhibits-title { "Exhibits" }
                p.dim { "Nobody opens, unloads, counts or discards one. It can be locked away as it is. \
                         Only the one who inquires releases it." }
                @for (id, exhibit) in exhibits { (one(page, me, *id, exhibit)) }
            }
        }
    }
}

fn one(page: &Page, me: &Me, id: Id, exhibit: &Exhibit<Real>) -> Markup {
    let what = what(page, exhibit);
    let mut offered = Offered::new(page, me);
    offered.also(html! { p { (keeper_line(page, exhibit)) } });
    if exhibit.answers_for_it() == page.me {
        offered.also(gives(page, id, &what));
    }
    if !matches!(exhibit.keeper, Keeper::Guard { person, .. } if Some(person) == page.me) {
        let given_to_me = matches!(exhibit.keeper, Keeper::Given { to, .. } if Some(to) == page.me);
        let class = if given_to_me { "primary" } else { "small" };
        offered.also(
            Act::new("report_exhibit_taken", id, &format!("{what}: I have it"))
                .then("You guard it now, as entered.", "")
                .held("Hold: I have it, and guard it", class),
        );
    }
    if exhibit.with_police().is_none() {
        offered.also(to_the_police(id, &what));
    }
    offered.act("Release it", &[Intent::ReleaseExhibit { exhibit: id }], || {
        Act::new("release_exhibit", id, &format!("{what}: release it"))
            .then("Released. A gun is shown again, a box verified again, round by round.", "")
            .held("Hold: release it from the inquiry", "")
    });
    let title = format!("exhibit-{id}");
    html! {
        section.stop.exhibit aria-labelledby=(title) {
            h3 id=(title) { (what) }
            @if let ExhibitOf::Rounds(bag) = exhibit.of { p { "In the bag, as two entered it: " (saw(&bag.saw)) "." } }
            (offered.render(""))
        }
    }
}

fn gives(page: &Page, id: Id, what: &str) -> Markup {
    let others = people_who(page, |roles| !roles.is_empty());
    html! {
        details {
            summary { "Give it to another" }
            (Act::new("report_exhibit_given", id, &format!("{what}: give it to another"))
                .then("Given, as entered. It is his when he says that he has it.", "").form(&html! {
                    (chosen(&format!("exhibit-to-{id}"), ("to", "text"), "Who gets it", &others, None))
                    (hold_button("Hold: given", ""))
                }))
        }
    }
}

fn to_the_police(id: Id, what: &str) -> Markup {
    html! {
        details {
            summary { "The police have it" }
            (Act::new("report_exhibit_to_police", id, &format!("{what}: the police have it"))
                .then("With the police, as entered.", "").form(&html! {
                    (files_field(&format!("exhibit-receipt-{id}"), "Their receipt, photographed"))
                    (hold_button("Hold: the police have it", ""))
                }))
        }
    }
}

fn what(page: &Page, exhibit: &Exhibit<Real>) -> String {
    let name = |id| page.moment.view.name(id);
    match exhibit.of {
        ExhibitOf::Gun(gun) => name(gun),
        ExhibitOf::Lot(lot) => format!("Box of {}", name(lot)),
        ExhibitOf::Rounds(bag) => format!("Rounds out of {}", name(bag.gun)),
    }
}

/// Why and since when it is kept, and who has it.
#[must_use]
pub fn keeper_line(page: &Page, exhibit: &Exhibit<Real>) -> String {
    let names = page.moment.names();
    let kept = format!("An exhibit since {}: {}.", names.clock(exhibit.since), words::stop_cause(exhibit.cause));
    let inquiry = exhibit.inquirer.map_or_else(|| "not named yet".to_owned(), |it| names.name(it));
    let has = match exhibit.keeper {
        Keeper::Guard { person, since } => format!("{} guards it, since {}.", names.name(person), names.clock(since)),
        Keeper::Given { from, to, since } => {
            let (from, to) = (names.name(from), names.name(to));
            format!("{from} gave it to {to} at {}, and {to} has not entered yet that he has it.", names.clock(since))
        }
        Keeper::Police { since } => format!("The police have it, since {}.", names.clock(since)),
    };
    format!("{kept} {} Inquiry: {inquiry}.", words::capital(&has))
}

/// What is in a bag, without what is not.
fn saw(tally: &Tally) -> String {
    let parts = tally.numbers().into_iter().zip([
        "live",
        "blanks",
        "dummies",
        "fired cases",
        "struck and not fired",
        "not sure",
    ]);
    let parts: Vec<String> =
        parts.filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    parts.join(", ")
}

/// What this person guards: address, what, since when.
#[must_use]
pub fn guarded_by(page: &Page, me: Id) -> Vec<(String, String, String)> {
    let names = page.moment.names();
    let exhibits = page.moment.view.state.exhibits.iter();
    let mine = exhibits.filter_map(|(id, exhibit)| match exhibit.keeper {
        Keeper::Guard { person, since } => (person == me).then(|| {
            let more = format!("an exhibit, guarded by you since {}", names.clock(since));
            (format!("/stops#exhibit-{id}"), what(page, exhibit), more)
        }),
        Keeper::Given { .. } | Keeper::Police { .. } => None,
    });
    mine.collect()
}

/// What was given to this person, who has not entered yet that he has it: address, what, from whom.
#[must_use]
pub fn given_to(page: &Page, me: Id) -> Vec<(String, String, String)> {
    let names = page.moment.names();
    let exhibits = page.moment.view.state.exhibits.iter();
    let given = exhibits.filter_map(|(id, exhibit)| match exhibit.keeper {
        Keeper::Given { from, to, since } => (to == me).then(|| {
            let more = format!("an exhibit, from {}, since {}", names.name(from), names.clock(since));
            (format!("/stops#exhibit-{id}"), format!("{}: say that you have it", what(page, exhibit)), more)
        }),
        Keeper::Guard { .. } | Keeper::Police { .. } => None,
    });
    given.collect()
}

/// On the page of a gun or a lot: that it is an exhibit, and where more of it stands.
#[must_use]
pub fn note(page: &Page, exhibit: Option<Exhibit<Real>>) -> Markup {
    html! {
        @if let Some(exhibit) = exhibit {
            p.notice { (keeper_line(page, &exhibit)) " " a href="/stops" { "Exhibits" } }
        }
    }
}
