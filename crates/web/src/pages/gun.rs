//! A gun's page: its state, the open acts, why the others are not open, reports, and its timeline
//! with refusals.

use axum::extract::{Path, State};
use kernel::{ActKind, Code, Notified, OpenAct};
use maud::{Markup, html};
use record::words::Word;
use record::{Id, Real};
use serde_json::json;
use service::{Matter, TimelineEntry};

use crate::auth::Me;
use crate::pages::acts::{Act, act_title, calibre_field, hold_button};
use crate::pages::card::{card, why};
use crate::pages::erasure::erasing;
use crate::pages::exhibit::note;
use crate::pages::loading::boxes;
use crate::pages::units::of_unit;
use crate::pages::vendor::with_its_house;
use crate::pages::{Page, PageProblem, gun_id};
use crate::state::App;
use crate::words::{self, Look, Told};

/// How many entries of its timeline a gun's page shows.
const TIMELINE: usize = 20;

/// A gun's page.
pub async fn gun(State(app): State<App>, me: Me, Path(gun): Path<String>) -> Result<Markup, PageProblem> {
    let mut page = Page::mine(&app, &me, "Gun", "gun");
    let gun = gun_id(&gun)?;
    let (_, told) = page.gun(gun)?;
    page.title.clone_from(&told.name);
    let options = page.moment.view.options(&me.session, gun, page.moment.now_ms);
    let in_hand = in_your_hand(&page, me.person, &told);
    let (open, shut): (Vec<_>, Vec<_>) = options.iter().partition(|act| act.reasons.is_empty());
    Ok(page.render(&html! {
        div.information {
            h1.unseen { (told.name) }
            div #in-hand data-follow="" { @if let Some(words) = &in_hand { p.notice { b { (words) } } } }
            div.one { (card(&told)) }
            p.dim { "Label " span.mono { (told.label) } }
            (note(&page, page.moment.view.state.exhibit_of_gun(gun)))
            (fault(&page, &told))
            (loss(&page, &told))
            (of_unit(&page, page.moment.view.state.units.of_gun(gun), Some(gun)))
        }
        div.acts #open data-follow="" {
            h2.unseen { "Open acts" }
            @if open.is_empty() && in_hand.is_none() { p.notice { "Nothing is open to you with this gun now." } }
            @for act in open.iter().filter(|act| is_of_use(&page, gun, act.kind)) { (open_act(&page, &told, act.kind)) }
            @if page.roles().handles() {
                (Act::new("point_toward_people", gun, &format!("point {} toward people", told.name))
                    .then("Approved.", "").button("Ask: may it point toward people?", "small"))
            }
            @if page.roles().handles() { (beside(&page, &told)) }
            @if page.roles().handles() || page.roles().has(kernel::Role::Vendor) { (with_its_house(&page, &me, &told)) }
            (shut_acts(&page, gun, &shut))
            (erasing(&page, &me, gun))
        }
        (reports(&told))
        section.timeline #timeline data-follow="" aria-labelledby="timeline-title" {
            h2 #timeline-title { "What is on record" }
            (timeline(&page, gun))
        }
    }))
}

/// What somebody does who has a gun in his hand that he can do nothing else with: one of which nothing may be said, or
/// that is held. Nothing where he is a handler.
#[must_use]
pub fn in_your_hand(page: &Page, me: Id, told: &Told) -> Option<String> {
    let gun = page.moment.view.state.guns.get(&told.gun)?;
    let opens = match told.look {
        Look::Unknown => "",
        Look::Held => " Do not open it.",
        Look::Empty
        | Look::Dummy
        | Look::Blank
        | Look::Live
        | Look::Checking
        | Look::Handover
        | Look::Locked
        | Look::Copy
        | Look::OpenBox => return None,
    };
    if !gun.is_with(me) || page.roles().handles() {
        return None;
    }
    let call = gun.handler().map_or_else(
        || "Call the armorer: nobody answers for it.".to_owned(),
        |handler| format!("Call {}, who answers for it.", page.moment.view.name(handler)),
    );
    Some(format!("Muzzle down.{opens} Do not use it. {call}"))
}

/// What somebody said of it that keeps it from being used.
fn fault(page: &Page, told: &Told) -> Markup {
    let names = page.moment.names();
    let gun = page.moment.view.state.guns.get(&told.gun);
    let said = gun.and_then(|gun| kernel::does_not_work(told.gun, gun));
    let said = said.map(|reason| names.reason_about(Some(told.gun), &reason));
    html! { div #fault data-follow="" { @if let Some(said) = said { (why(&said)) } } }
}

/// Who was told that a gun is gone, and who may still be entered as told.
fn loss(page: &Page, told: &Told) -> Markup {
    let state = &page.moment.view.state;
    let is_gone = state.guns.get(&told.gun).is_some_and(|gun| matches!(gun.custody, kernel::Custody::Missing { .. }));
    let knows = |notified: Notified| state.losses_told.contains(&(told.gun, notified));
    let told_so_far: Vec<&str> =
        Notified::WORDS.iter().filter(|(who, _)| knows(*who)).map(|(who, _)| words::notified(*who)).collect();
    html! {
        @if is_gone {
            section.reports aria-labelledby="loss" {
                h2 #loss { "Who was told that it is gone" }
                p { @if told_so_far.is_empty() { "Nobody, as far as entered." } @else { (told_so_far.join(", ")) "." } }
                div.grid { @for (who, word) in Notified::WORDS { @if !knows(*who) {
                    (Act::new("report_told_of_loss", told.gun, &format!("{}: {} was told", told.name, words::notified(*who)))
                        .body(json!({ "notified": word })).button(&format!("Told: {}", words::notified(*who)), "small"))
                } } }
            }
        }
    }
}

/// Emptying is offered where something was loaded or fired by the record; what else is found in a gun is
/// said by a check. A cap is offered where one is not on yet by the record, or has misfired. Of being called to the set
/// and off it, what changes something.
fn is_of_use(page: &Page, gun: Id, kind: ActKind) -> bool {
    let Some(gun) = page.moment.view.state.guns.get(&gun) else { return true };
    if kind == ActKind::EmptyGun {
        return gun.is_loaded() || gun.fired.struck() > 0;
    }
    if kind == ActKind::CallToSet {
        return !gun.on_set;
    }
    kind != ActKind::Prime || !gun.loaded().minus(gun.primed).is_empty() || gun.fired.misfires > 0
}

/// What a handler does with a gun besides: each is judged on its own page.
fn beside(page: &Page, told: &Told) -> Markup {
    let fires = page.moment.view.state.guns.get(&told.gun).is_some_and(|gun| gun.kind.fires());
    let link = |to: &str, words: &str| html! { a.button.small href={ "/guns/" (told.gun) "/" (to) } { (words) } };
    html! {
        details {
            summary { "More with this gun" }
            (link("plan", "Shot plan: transfers and presets"))
            @if fires {
                (link("line", "Its line, and the stand-off"))
                (link("test", "Enter a test of blanks"))
                @if page.roles().keeps_the_register() { (calibre_form(page, told)) }
            }
        }
    }
}

fn calibre_form(page: &Page, told: &Told) -> Markup {
    let takes = page.moment.view.state.guns.get(&told.gun).and_then(|gun| gun.calibre);
    Act::new("enter_calibre", told.gun, &format!("{}: its calibre", told.name)).form(&html! {
        (calibre_field("calibre", "What it takes", takes))
        button.button.small type="submit" { "Enter the calibre" }
    })
}

/// Which barrels got a cap, or powder in the pan: last of all, on the set.
fn prime_form(page: &Page, told: &Told) -> Markup {
    let gun = page.moment.view.state.guns.get(&told.gun);
    let charged = gun.map_or(kernel::Chambers::NONE, kernel::Gun::loaded);
    let bare = gun.map_or(charged, |gun| charged.minus(gun.primed));
    // After a misfire the caps that were on are struck.
    let ticked = if bare.is_empty() { charged } else { bare };
    Act::new("prime", told.gun, &format!("{}: prime it", told.name)).then("Primed. UNKNOWN until shown.", "").form(
        &html! {
            (boxes("barrels", "A cap on, or powder in the pan: of which barrels?", "Barrel", charged, ticked))
            (hold_button("Hold: it is primed", ""))
        },
    )
}

fn open_act(page: &Page, told: &Told, kind: ActKind) -> Markup {
    let title = act_title(kind);
    let link = |to: &str, class: &str| {
        html! { a class={ "button " (class) } href={ "/guns/" (told.gun) "/" (to) } { (title) } }
    };
    let simple = |intent| Act::new(intent, told.gun, &format!("{}: {title}", told.name));
    let (offer, check) = open_ids(page, told.gun);
    match kind {
        ActKind::TakeOut => simple("take_out").then("In your hands. UNKNOWN until shown.", "").button(title, ""),
        ActKind::TakeBack => simple("take_back").then("Yours. UNKNOWN until shown.", "").button(title, ""),
        ActKind::MatchIdentity => simple("match_identity").held("Hold: it is the thing on its label", ""),
        ActKind::GiveUpCheck => simple("give_up_check").body(serde_json::json!({ "check": check })).button(title, ""),
        ActKind::WithdrawOffer => {
            simple("withdraw_offer").body(serde_json::json!({ "offer": offer })).button(title, "")
        }
        ActKind::BeginCheck | ActKind::AnswerCheck | ActKind::LookLast => link("check", "primary"),
        ActKind::Offer => link("offer", ""),
        ActKind::Take => link("handover", "primary"),
        // Taking and refusing stand on one page: whoever takes sees that he may refuse.
        ActKind::RefuseOffer => html! {},
        ActKind::PutAway => link("put-away", ""),
        ActKind::LookThroughBore | ActKind::RunRod => link("bore", ""),
        ActKind::Prime => prime_form(page, told),
        ActKind::Load => link("load", ""),
        ActKind::Unload => link("unload", ""),
        ActKind::EmptyGun => link("empty", ""),
        ActKind::ClearFault => simple("clear_fault")
            .then("Cleared. UNKNOWN until shown.", "")
            .held("Hold: I looked at it, and it works", ""),
        ActKind::ClearLine => link("line", "primary"),
        ActKind::CallToSet => simple("call_to_set").then("Called to set.", "").button(title, ""),
        ActKind::CallOffSet => simple("call_off_set").then("Called off the set.", "").button(title, ""),
    }
}

/// The open offer and the open check of a gun.
#[must_use]
pub fn open_ids(page: &Page, gun: Id) -> (Option<String>, Option<String>) {
    let gun = page.moment.view.state.guns.get(&gun);
    let offer = gun.and_then(|gun| match gun.custody {
        kernel::Custody::Offered { offer, .. } => Some(offer.to_string()),
        kernel::Custody::In { .. }
        | kernel::Custody::With { .. }
        | kernel::Custody::Preset { .. }
        | kernel::Custody::Missing { .. }
        | kernel::Custody::Returned { .. } => None,
    });
    let check = gun.and_then(|gun| match gun.showing {
        kernel::ShowingState::BeingChecked(check) => Some(check.act.to_string()),
        kernel::ShowingState::Void(_) | kernel::ShowingState::Shown(_) => None,
    });
    (offer, check)
}

fn shut_acts(page: &Page, gun: Id, shut: &[&OpenAct<Real>]) -> Markup {
    let names = page.moment.names();
    let shut: Vec<_> = shut.iter().filter(|act| bears(act)).collect();
    html! {
        @if !shut.is_empty() {
            details {
                summary { "Not open now, and why" }
                @for act in shut {
                    h3 { (act_title(act.kind)) }
                    @for reason in &act.reasons { (why(&names.reason_about(Some(gun), reason))) }
                }
            }
        }
    }
}

/// Whether an act bears on the gun as it is: taking what nobody offers is no act that is refused.
fn bears(act: &OpenAct<Real>) -> bool {
    if act.kind == ActKind::EmptyGun || act.kind == ActKind::CallOffSet {
        return false;
    }
    let beside =
        [Code::CheckNotOpen, Code::HandoverNoOffer, Code::IdentityFires, Code::CheckNoProcedure, Code::LineNotBlanks];
    !act.reasons.iter().any(|reason| beside.contains(&reason.code) || reason.code == Code::CheckNotYours)
}

fn reports(told: &Told) -> Markup {
    let report = |kind: &'static str, words: &str| {
        Act::new(kind, told.gun, &format!("{}: {words}", told.name)).button(words, "small")
    };
    html! {
        section.reports aria-labelledby="reports" {
            h2 #reports { "Report what has happened" }
            p.dim { "A report is never refused. It is entered as yours, with the time." }
            div.grid {
                (report("report_out_of_sight", "It was out of sight"))
                (Act::new("report_have", told.gun, &format!("{}: I have it", told.name))
                    .held("Hold: I have it. UNKNOWN, unless planned", "small"))
                (report("report_doubt", "I doubt it"))
                (report("report_fault", "It does not work"))
                (report("report_dispute", "It was taken from me"))
                (report("report_muzzle", "Muzzle toward people"))
                (Act::new("report_gone", told.gun, &format!("{}: it is gone", told.name))
                    .then("Everything is held.", "/stop").held("Hold: it is gone. Stops everything", "small danger"))
                a.button.small href={ "/guns/" (told.gun) "/fired" } { "It fired, as planned" }
                (Act::new("report_discharge", told.gun, &format!("{}: it fired", told.name))
                    .then("Everything is held.", "/stop").held("Hold: it fired, unplanned", "small danger"))
            }
        }
    }
}

/// The newest entries about a gun or a lot, with refusals.
#[must_use]
pub fn timeline(page: &Page, thing: Id) -> Markup {
    let entries = page.moment.view.timeline(thing, TIMELINE);
    html! {
        @if entries.is_empty() { p.dim { "Nothing yet." } }
        ol.plain reversed { @for entry in &entries { (timeline_entry(page, thing, entry)) } }
    }
}

fn timeline_entry(page: &Page, thing: Id, entry: &TimelineEntry) -> Markup {
    let names = page.moment.names();
    let who = entry.by.map_or_else(|| "somebody without log-in".to_owned(), |by| names.name(by));
    let what = intent_words(entry.kind);
    let (accepted, words, reasons) = match &entry.matter {
        Matter::Sealed => (true, format!("{what} (closed until both have answered)"), [].as_slice()),
        Matter::Open { accepted: true, reasons, .. } => (true, what.to_owned(), reasons.as_slice()),
        Matter::Open { accepted: false, reasons, .. } => (false, format!("Refused: {what}"), reasons.as_slice()),
    };
    html! {
        li.entry data-accepted=(if accepted { "yes" } else { "no" }) {
            p.head { span { (names.clock(record::Millis(entry.decided_at_ms))) } " " b { (words) } }
            p.dim { "entered by " (who) ", entry " (entry.index) }
            (attached(page, entry))
            @for reason in reasons { (why(&names.reason_about(Some(thing), reason))) }
        }
    }
}

/// The files that an entry names: pictures as such, others as links, and what has not arrived said to be so.
#[must_use]
pub fn attached(page: &Page, entry: &TimelineEntry) -> Markup {
    let files = page.moment.attached(entry.index);
    html! {
        @if !files.is_empty() {
            ul.plain.attached { @for file in &files { li {
                @let digest = file.file.sha256.to_hex();
                @let address = format!("/api/attachments/{}/{digest}", entry.intent);
                @if let Some(by) = file.erased {
                    p.dim { "A file that is named here " (words::erased_by(&page.moment.names(), by)) "." }
                }
                @else if !file.here { p.dim { "A file is named here that has not arrived." } }
                @else if file.file.media_type.starts_with("image/") {
                    a href=(address) { img src=(address) loading="lazy" alt={ "attached to entry " (entry.index) }; }
                }
                @else { a href=(address) { "Attached: a PDF" } }
                p.dim.mono.digest { "SHA-256 " (digest) }
            } } }
        }
    }
}

/// A kind of intent as the timeline says it.
#[must_use]
pub fn intent_words(kind: &str) -> &str {
    match kind {
        "register_gun" => "entered on the register",
        "take_out" => "taken out of its place",
        "put_away" => "locked away",
        "offer" => "offered",
        "withdraw_offer" => "offer withdrawn",
        "take" => "taken",
        "refuse_offer" => "refused by the receiver",
        "take_back" => "taken back",
        "look_last" | "look_last_feed" | "look_last_barrels" => "last look made",
        "look_through_bore" => "bore looked through",
        "run_rod" => "rod run down its barrels",
        "prime" => "primed",
        "load" | "load_feed" => "loaded",
        "unload" => "unloaded",
        "begin_check" => "check begun",
        "answer_check" | "answer_feed_check" | "answer_barrel_check" => "answered the check",
        "give_up_check" => "check given up",
        "match_identity" => "matched with its label",
        "point_toward_people" => "may the muzzle point toward people",
        "report_have" => "reported: I have it",
        "report_gone" => "reported: it is gone",
        "report_told_of_loss" => "reported: somebody was told that it is gone",
        "report_out_of_sight" => "reported: out of sight",
        "report_doubt" => "reported: a doubt",
        "report_fault" => "reported: it does not work as it should",
        "clear_fault" => "looked at: it works as it should",
        "name_contact" => "named as whom everybody can ask",
        "report_police_told" => "reported: the police were told",
        "report_dispute" => "reported: taken from me",
        "report_muzzle" => "reported: muzzle toward people",
        "report_discharge" => "reported: it fired",
        "return_to_vendor" | "return_lot_to_vendor" => "given back to its rental house",
        "sign_for_gun" | "sign_for_lot" => "signed for by its rental house",
        "receive_from_vendor" => "received from its rental house",
        "begin_transit" => "on the way, with its attendant",
        "end_transit" => "arrived",
        "report_unattended" => "reported: it was left alone",
        "report_personal_weapon" => "reported: a gun or rounds that no register has",
        "stop" => "everything stopped",
        "register_lot" | "receive_lot" => "received",
        "enter_calibre" => "its calibre was entered",
        "take_out_lot" => "box taken out",
        "put_away_lot" => "box locked away",
        "re_box" => "re-boxed",
        "draw" => "rounds drawn",
        "put_back" => "rounds put back",
        "stow" => "rounds put into a place",
        "gather" => "rounds gathered out of a place",
        "begin_count" => "count begun",
        "answer_count" => "answered the count",
        "give_up_count" => "count given up",
        "declare_lost" => "brass declared lost",
        "test_blank" => "blanks tested",
        "clear_line" => "line found clear",
        "empty_gun" | "empty_feed" | "empty_barrels" => "emptied",
        "call_to_set" => "called to set",
        "call_off_set" => "called off the set",
        "issue_in_line" | "issue_feed_in_line" | "issue_barrels_in_line" => "issued in a line",
        "confirm_in_line" | "confirm_feed_in_line" | "confirm_barrels_in_line" => "read by the witness in a line",
        "declare_transfer" => "a transfer was declared",
        "declare_preset" => "a preset was declared",
        "lay_preset" => "laid where the plan has it",
        "report_fired" => "reported: it fired as planned",
        "report_line_changed" => "reported: its line changed",
        "report_feed_swapped" => "reported: its magazine or belt was swapped before the camera",
        "report_reloaded" => "reported: reloaded before the camera",
        other => exhibit_words(other),
    }
}

/// A kind of intent about what an inquiry keeps, as the timeline says it.
fn exhibit_words(kind: &str) -> &str {
    match kind {
        "report_gun_exhibit" | "report_lot_exhibit" => "reported: kept as an exhibit",
        "report_rounds_exhibit" => "reported: opened by two, its rounds bagged as an exhibit",
        "report_exhibit_given" => "reported: an exhibit was given to another",
        "report_exhibit_taken" => "reported: I have an exhibit",
        "report_exhibit_to_police" => "reported: the police have an exhibit",
        "release_exhibit" => "an exhibit was released",
        other => day_words(other),
    }
}

/// A kind of intent about the day, the production or its record as the timeline says it.
fn day_words(kind: &str) -> &str {
    match kind {
        "open_day" => "a production day began",
        "report_break" => "a break began",
        "close_for_lunch" => "lunch",
        "open_scene" => "a scene was opened",
        "close_scene" => "the scene was closed",
        "wrap" => "the day was wrapped",
        "enter_unit" => "a unit was entered",
        "move_gun_to_unit" | "move_lot_to_unit" | "move_place_to_unit" | "move_person_to_unit" => "moved to a unit",
        "erase" => "what stood beside an entry was erased",
        "report_record_needed" => "reported: the record is needed",
        "release_record" => "the record was released",
        "declare_range" => "this was declared a range production",
        "confirm_range" => "that it is a range production was confirmed",
        other => shot_words(other),
    }
}

/// A kind of intent about a shot as the timeline says it.
fn shot_words(kind: &str) -> &str {
    match kind {
        "plan_shot" => "a shot plan was begun",
        "leave_person_out" => "somebody was left out of a shot",
        "tell_person" => "somebody was told of a shot",
        "report_refused_shot" => "reported: somebody refused a shot",
        "call_shot_ready" => "SHOT READY",
        "begin_take" => "a take began",
        "report_cut" => "reported: cut",
        "report_shot_changed" => "reported: people, camera, place or action changed",
        "plan_gun" => "entered into a shot plan",
        "place_person" => "somebody stands in its line by the plan",
        "approve_muzzle" => "its muzzle was approved for a shot",
        "measure_stand_off" => "its line was measured",
        "set_barrier" => "the shield in its line stands",
        "enter_protection" => "ears and eyes of those close by are protected",
        other => other,
    }
}
