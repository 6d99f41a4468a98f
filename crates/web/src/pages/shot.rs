//! The shot plan, who stands where, SHOT READY and the take.

use axum::extract::{Path, State};
use kernel::{
    Holds, Intent, PlannedGun, Role, Shot, ShotChange, Told as WasTold, Toward, Unit, blanks_stand_off,
    missing_for_shot_ready, never_at_anyone,
};
use maud::{Markup, html};
use record::{Id, Millis, Real, Reason};
use serde_json::json;

use crate::auth::Me;
use crate::pages::acts::{
    Act, Choice, Offered, chosen, distance_of_a_shot, hold_button, number, people_who, pick_one, select,
};
use crate::pages::card::{line, why};
use crate::pages::scene::open_words;
use crate::pages::{Page, PageProblem};
use crate::problem::Problem;
use crate::state::App;
use crate::words;

/// The most rounds that a gun is planned with.
const MOST_ROUNDS: u32 = 250;
const MILLIMETRES_IN_A_METRE: u32 = 1_000;

/// The shots of the open scene, and the take.
pub async fn shots(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Shots", "gun");
    let state = &page.moment.view.state;
    let mut offered = Offered::new(&page, &me);
    take(&page, &mut offered, None);
    begin_plan(&page, &mut offered);
    offered.also(html! { a.button href="/scene" { "Scene" } });
    let open = state.scene_of(page.unit()).map(|open| open.scene);
    let of_it = state.shots.iter().filter(|(_, shot)| open.is_none() || Some(shot.scene) == open);
    let of_it: Vec<(Id, Shot<Real>)> = of_it.map(|(id, shot)| (*id, *shot)).collect();
    page.render(&html! {
        div.information #shots data-follow="" {
            h1.big { "Shots" }
            p { (open_words(&page)) }
            (take_words(&page, page.unit()))
            (cut(&page))
            @if of_it.is_empty() { p.notice { "No shot plan was entered. A gun that can fire is in no take without one." } }
            ul.plain {
                @for (id, shot) in &of_it {
                    li { a.item href={ "/shots/" (id) } { b { (called(&page, *id, shot)) } span.dim { (ready_words(&page, *id, shot)) } } }
                }
            }
        }
        div.acts #open data-follow="" { (offered.render("Nothing is open to you now.")) }
    })
}

/// The take of a unit that is on.
#[must_use]
pub fn take_words(page: &Page, unit: Unit) -> Markup {
    let names = page.moment.names();
    html! {
        @if let Some(take) = page.moment.view.state.take_of(unit) {
            p.notice { b { "A take is on, since " (names.minute(take.since)) "." } " Nobody is called back in a take; STOP ends it." }
        }
    }
}

/// What a crew reads of the shots of a unit: the take that is on, and the shot for which SHOT READY stands, else the last that was planned
/// for the open scene.
#[must_use]
pub fn on_board(page: &Page, unit: Unit) -> Markup {
    let state = &page.moment.view.state;
    let Some(open) = state.scene_of(unit) else { return html! {} };
    let of_it = || state.shots.iter().filter(|(_, shot)| shot.scene == open.scene);
    let shot = of_it().find(|(_, shot)| shot.ready.is_some()).or_else(|| of_it().next_back());
    let names = page.moment.names();
    let words = shot.map(|(id, shot)| match (state.take_of(unit), standing(page, *id, shot)) {
        (Some(take), _) => format!("a take is on, since {}", names.minute(take.since)),
        (None, Some((at, by))) => {
            let none = without_guns(page, *id);
            format!("SHOT READY, called {}; call it again by {}{none}", names.minute(at), names.minute(by))
        }
        (None, None) => ready_words(page, *id, shot),
    });
    html! {
        @if let (Some((id, shot)), Some(words)) = (shot, words) { p { "Shot " (number_of(page, *id, shot)) ": " b { (words) } } }
        @else { (take_words(page, unit)) }
    }
}

/// A shot has no name: it is the first, second … that was planned for its scene.
fn called(page: &Page, id: Id, shot: &Shot<Real>) -> String {
    format!("Shot {} of {}", number_of(page, id, shot), page.moment.view.name(shot.scene))
}

fn number_of(page: &Page, id: Id, shot: &Shot<Real>) -> usize {
    let of_its_scene = page.moment.view.state.shots.iter().filter(|(_, other)| other.scene == shot.scene);
    of_its_scene.take_while(|(other, _)| **other != id).count().saturating_add(1)
}

fn missing(page: &Page, id: Id) -> Vec<Reason> {
    let (view, now) = (&page.moment.view, Millis(page.moment.now_ms));
    missing_for_shot_ready(&view.rules, &view.state, id, now)
}

/// When SHOT READY was called and when it is due again, where it stands.
fn standing(page: &Page, id: Id, shot: &Shot<Real>) -> Option<(Millis, Millis)> {
    let again = shot.ready.map(|at| (at, page.moment.view.rules.show_again_by::<Real>(at)));
    again.filter(|(_, by)| page.moment.now_ms < by.0 && missing(page, id).is_empty())
}

/// Said of an empty plan, also where SHOT READY was called for it.
fn without_guns(page: &Page, id: Id) -> &'static str {
    if has_guns(page, id) { "" } else { "; no gun is in its plan" }
}

fn has_guns(page: &Page, id: Id) -> bool {
    page.moment.view.state.planned_guns.keys().any(|(shot, _)| *shot == id)
}

/// When SHOT READY was called and when it is due again; never how long it holds.
fn ready_words(page: &Page, id: Id, shot: &Shot<Real>) -> String {
    let names = page.moment.names();
    let missing = missing(page, id).len();
    match standing(page, id, shot) {
        Some((at, by)) => {
            format!(
                "SHOT READY called {}; call it again by {}, or when anything changes{}",
                names.clock(at),
                names.clock(by),
                without_guns(page, id)
            )
        }
        _ if !has_guns(page, id) => "no gun is in its plan; SHOT READY was not called".to_owned(),
        _ if missing == 0 => "nothing is missing; SHOT READY was not called".to_owned(),
        _ if missing == 1 => "not ready: one thing is missing".to_owned(),
        _ => format!("not ready: {missing} things are missing"),
    }
}

/// One shot: its plan, what is missing, and the take.
pub async fn shot(State(app): State<App>, me: Me, Path(shot): Path<String>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Shot", "gun");
    let id = crate::api::id(&shot, "shot")?;
    let shot = page.moment.view.state.shots.get(&id).copied().ok_or_else(|| Problem::unknown("shot"))?;
    let mut offered = Offered::new(&page, &me);
    call_ready(&mut offered, id);
    take(&page, &mut offered, Some(id));
    guns(&page, &mut offered, id);
    people(&page, me.person, &mut offered, id);
    changed(&mut offered, id);
    offered.also(html! { a.button.small href="/shots" { "Shots" } });
    Ok(page.render(&html! {
        div.information #shot data-follow="" {
            h1.big { (called(&page, id, &shot)) }
            (take_words(&page, page.moment.view.state.unit_of_shot(id)))
            (cut(&page))
            p.stands { b { (ready_words(&page, id, &shot)) } }
            (what_is_missing(&page, id))
            h2 { "Guns" }
            (planned_guns(&page, id))
            h2 { "Who stands in a line" }
            (who_stands(&page, id))
        }
        div.acts #open data-follow="" { (offered.render("Nothing is open to you now.")) }
    }))
}

/// What is missing, gun after gun where there are several, and then what is of no gun.
fn what_is_missing(page: &Page, shot: Id) -> Markup {
    let names = page.moment.names();
    let missing = missing(page, shot);
    let mut guns: Vec<Option<Id>> = missing.iter().map(|reason| reason.gun).collect();
    guns.sort_by_cached_key(|gun| (gun.is_none(), gun.map(|gun| words::in_order(&names.name(gun)))));
    guns.dedup();
    let several = guns.len() > 1 || of_it(page, shot).len() > 1;
    html! {
        @for gun in &guns {
            @if several { h3 { (gun.map_or_else(|| "The people and the shot".to_owned(), |gun| names.name(gun))) } }
            @for reason in missing.iter().filter(|reason| reason.gun == *gun) {
                (why(&names.reason_about(gun.filter(|_| several), reason)))
            }
        }
    }
}

fn of_it(page: &Page, shot: Id) -> Vec<(Id, PlannedGun<Real>)> {
    let all = page.moment.view.state.planned_guns.iter();
    let mut guns: Vec<_> = all.filter(|((of, _), _)| *of == shot).map(|((_, gun), planned)| (*gun, *planned)).collect();
    guns.sort_by_cached_key(|(gun, _)| words::in_order(&page.moment.view.name(*gun)));
    guns
}

fn metres(millimetres: u32) -> String {
    let (whole, rest) = (millimetres / MILLIMETRES_IN_A_METRE, millimetres % MILLIMETRES_IN_A_METRE);
    let rest = format!("{rest:03}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole} m") } else { format!("{whole}.{rest} m") }
}

fn load_words(planned: &PlannedGun<Real>) -> String {
    let load = planned.load.map_or_else(String::new, |load| format!(", {}", words::load(load)));
    match planned.holds {
        Holds::Empty => "EMPTY".to_owned(),
        Holds::Dummy => format!("DUMMY, {} rounds", planned.rounds),
        Holds::Blank => format!("BLANK{load}, {} rounds", planned.rounds),
    }
}

fn planned_guns(page: &Page, shot: Id) -> Markup {
    let names = page.moment.names();
    let (guns, told) = (of_it(page, shot), page.told());
    html! {
        @if guns.is_empty() { p.notice { "No gun is in this plan." } }
        ul.plain {
            @for (gun, planned) in &guns {
                li.item {
                    // What the plan has is no state: the gun's own stands first, as on its card.
                    @if let Some((_, told)) = told.iter().find(|(card, _)| card.gun == *gun) { (line(told)) }
                    b { "planned: " (load_words(planned)) }
                    span { (words::toward(planned.toward)) ", stand-off " (metres(planned.stand_off_millimetres)) }
                    @if planned.barrier { span { @if planned.barrier_stands { "a shield stands" } @else { "a shield will stand: not entered yet that it does" } } }
                    @if planned.holds == Holds::Blank { span {
                        @if planned.protection_worn { "ears and eyes are protected" } @else { "ears and eyes are to be protected" }
                    } }
                    span.dim {
                        "planned by " (names.name(planned.by))
                        @if let Some(by) = planned.approved_by { ", approved by " (names.name(by)) }
                        @if let Some(nearest) = planned.nearest_millimetres { ", nearest measured at " (metres(nearest)) }
                    }
                }
            }
        }
    }
}

fn who_stands(page: &Page, shot: Id) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let placed: Vec<_> = state.placed.iter().filter(|((of, ..), _)| *of == shot).collect();
    html! {
        @if placed.is_empty() { p.dim { "Nobody was entered." } }
        ul.plain {
            @for ((_, gun, person), distance) in placed {
                li.item {
                    b { (names.name(*person)) }
                    span { (metres(*distance)) " from the muzzle of " (names.name(*gun)) }
                    span.dim {
                        @match state.told.get(&(shot, *person)) {
                            Some(WasTold::Told) => "was told, may refuse",
                            Some(WasTold::Refused) => "refused",
                            None => "was not told, as far as entered",
                        }
                    }
                }
            }
        }
    }
}

fn begin_plan(page: &Page, offered: &mut Offered<'_>) {
    let state = &page.moment.view.state;
    let open = state.scene_of(page.unit()).map(|open| open.scene);
    let mut scenes: Vec<Choice> =
        state.scenes.keys().map(|scene| (*scene, page.moment.view.name(*scene), String::new())).collect();
    scenes.sort_by_key(|(scene, ..)| Some(*scene) != open);
    let intents: Vec<Intent<Real>> = scenes.iter().map(|(scene, ..)| Intent::PlanShot { scene: *scene }).collect();
    offered.folded("Plan a shot", &intents, || {
        Act::of("plan_shot", String::new(), "plan a shot").then("Begun. Now enter its guns.", "/shots/{intent}").form(
            &html! {
                label for="shot-scene" { "Of which scene" }
                select #shot-scene name="item" data-as="item" required {
                    @for (scene, called, _) in &scenes { option value=(scene) { (called) } }
                }
                button.button type="submit" { "Begin the plan" }
            },
        )
    });
}

fn call_ready(offered: &mut Offered<'_>, shot: Id) {
    offered.act("SHOT READY", &[Intent::CallShotReady { shot }], || {
        Act::new("call_shot_ready", shot, "call SHOT READY")
            .then("Called. Any change takes it back.", "")
            .held("Hold: SHOT READY", "primary")
    });
}

/// CUT, while a take of the unit of whoever looks is on: above all else that a page says.
#[must_use]
pub fn cut(page: &Page) -> Markup {
    html! {
        @if page.moment.view.state.take_of(page.unit()).is_some() {
            (Act::of("report_cut", String::new(), "report the cut").then("Cut.", "").button("CUT", "primary"))
        }
    }
}

fn take(page: &Page, offered: &mut Offered<'_>, shot: Option<Id>) {
    if page.moment.view.state.take_of(page.unit()).is_some() {
        return;
    }
    let words = if shot.is_some() { "Hold: begin the take" } else { "Hold: a take without guns that fire" };
    offered.act("Begin the take", &[Intent::BeginTake { shot }], || {
        Act::of("begin_take", String::new(), "begin the take")
            .body(json!({ "shot": shot.map(|shot| shot.to_string()) }))
            .then("The take is on.", "")
            .held(words, "")
    });
}

// The guns.

fn guns(page: &Page, offered: &mut Offered<'_>, shot: Id) {
    plan_gun(page, offered, shot);
    for (gun, planned) in of_it(page, shot) {
        let name = page.moment.view.name(gun);
        let body = json!({ "shot": shot.to_string() });
        if planned.toward != Toward::Nobody && planned.approved_by.is_none() {
            let title = format!("{name}: approve where it points");
            offered.act(&title, &[Intent::ApproveMuzzle { gun, shot }], || {
                Act::new("approve_muzzle", gun, &title)
                    .body(body.clone())
                    .then("Approved, in your name.", "")
                    .held(&format!("Hold: I approve where {name} points"), "")
            });
        }
        if planned.barrier && !planned.barrier_stands {
            let title = format!("{name}: its shield stands");
            offered.act(&title, &[Intent::SetBarrier { gun, shot }], || {
                Act::new("set_barrier", gun, &title)
                    .body(body.clone())
                    .then("Entered.", "")
                    .held(&format!("Hold: the shield before {name} stands"), "")
            });
        }
        if planned.holds == Holds::Blank && !planned.protection_worn {
            let title = format!("{name}: ears and eyes are protected");
            offered.act(&title, &[Intent::EnterProtection { gun, shot }], || {
                Act::new("enter_protection", gun, &title)
                    .body(body.clone())
                    .then("Entered.", "")
                    .held(&format!("Hold: everybody close to {name} has ears and eyes protected"), "")
            });
        }
        let title = format!("{name}: measure its line");
        let nearest_millimetres = u32::MAX;
        offered.folded(&title, &[Intent::MeasureStandOff { gun, shot, nearest_millimetres }], || {
            let id = format!("measure-{gun}");
            let question = "How far is the nearest person in its line?";
            Act::new("measure_stand_off", gun, &title).body(body).then("Measured.", "").form(&html! {
                (distance_of_a_shot(&id, "nearest_millimetres", question, "0.001"))
                (hold_button("Hold: measured", ""))
            })
        });
    }
}

fn plan_gun(page: &Page, offered: &mut Offered<'_>, shot: Id) {
    let told = page.told();
    let all: Vec<Choice> = told.iter().map(|(_, told)| (told.gun, told.name.clone(), String::new())).collect();
    let ask = |gun: Id| Intent::PlanGun {
        gun,
        shot,
        holds: Holds::Empty,
        load: None,
        rounds: 0,
        toward: Toward::Nobody,
        stand_off_millimetres: MILLIMETRES_IN_A_METRE,
        barrier: false,
        copy_will_not_do: false,
    };
    let intents: Vec<Intent<Real>> = all.iter().map(|(gun, ..)| ask(*gun)).collect();
    offered.folded("Enter a gun, or change it", &intents, || {
        Act::of("plan_gun", String::new(), "enter a gun into the plan").body(json!({ "shot": shot.to_string() }))
            .then("Entered. Everybody in its line is told anew.", "").form(&html! {
                (chosen("plan-gun", ("item", "item"), "Which gun", &all, None))
                p.dim { "Where it points at people: is there a copy that cannot fire?" }
                (pick_one::<Holds>("plan-holds", "holds", "It holds", words::holds))
                (number("plan-rounds", "rounds", "How many rounds; 0 where EMPTY", 0, MOST_ROUNDS))
                label for="plan-load" { "Load of the blanks" }
                select #plan-load name="load" data-as="maybe" {
                    option value="" { "no blanks" }
                    option value="full" { "full load" }
                    option value="half" { "half load" }
                    option value="quarter" { "quarter load" }
                }
                (pick_one::<Toward>("plan-toward", "toward", "The muzzle points", words::toward))
                @if let Some((centimetres, pack)) = blanks_stand_off(page.moment.view.state.packs()) {
                    p.dim { (pack.name()) ", as adopted, asks for a stand-off of " (words::metres(centimetres)) " at least where blanks are fired." }
                }
                @if let Some(clause) = never_at_anyone(page.moment.view.state.packs()) {
                    p.dim { (clause.pack.name()) ", as adopted, lets no gun that can fire point at a camera or at people." }
                }
                (distance_of_a_shot("plan-stand-off", "stand_off_millimetres", "Stand-off: nobody closer than", "0"))
                label.pick { input type="checkbox" name="barrier" value="yes" data-as="yes"; span { "A shield will stand in its line" } }
                label.pick {
                    input type="checkbox" name="copy_will_not_do" value="yes" data-as="yes";
                    span { "A copy that cannot fire was asked for, and will not do" }
                }
                (hold_button("Hold: enter it", ""))
            })
    });
}

// The people.

fn people(page: &Page, me: Id, offered: &mut Offered<'_>, shot: Id) {
    let state = &page.moment.view.state;
    let stands = |person: &Id| state.placed.keys().any(|(of, _, who)| (*of, *who) == (shot, *person));
    if stands(&me) {
        of_myself(state.told.get(&(shot, me)).copied(), me, offered, shot);
    }
    place(page, offered, shot);
    let placed: Vec<Choice> =
        people_who(page, |_| true).into_iter().filter(|(who, ..)| stands(who) && *who != me).collect();
    let body = json!({ "shot": shot.to_string() });
    let untold: Vec<Choice> =
        placed.iter().filter(|(who, ..)| !state.told.contains_key(&(shot, *who))).cloned().collect();
    let asks: Vec<Intent<Real>> =
        untold.iter().map(|(person, ..)| Intent::TellPerson { person: *person, shot }).collect();
    offered
        .folded("Enter who was told", &asks, || by_person("tell_person", &body, &untold, "Was told, and may refuse."));
    if !placed.is_empty() {
        offered.also(html! {
            details {
                summary { "Somebody refused" }
                (by_person("report_refused_shot", &body, &placed, "Recorded. A refusal needs no reason."))
            }
        });
    }
    let asks: Vec<Intent<Real>> =
        placed.iter().map(|(person, ..)| Intent::LeavePersonOut { person: *person, shot }).collect();
    offered.folded("Leave somebody out", &asks, || by_person("leave_person_out", &body, &placed, "Left out."));
}

/// Whoever stands in a line says for himself that he was told, or refuses.
fn of_myself(told: Option<WasTold>, me: Id, offered: &mut Offered<'_>, shot: Id) {
    let body = json!({ "shot": shot.to_string() });
    if told != Some(WasTold::Told) {
        offered.also(
            Act::new("tell_person", me, "say that you were told")
                .body(body.clone())
                .then("You were told, and may refuse.", "")
                .held("Hold: I was told, and may refuse", ""),
        );
    }
    if told != Some(WasTold::Refused) {
        offered.also(
            Act::new("report_refused_shot", me, "refuse")
                .body(body)
                .then("You refused. The shot is not ready.", "")
                .button("I REFUSE to stand there", ""),
        );
    }
}

/// A button each: one touch chooses and asks.
fn by_person(kind: &str, body: &serde_json::Value, people: &[Choice], done: &str) -> Markup {
    html! {
        @for (person, name, roles) in people {
            (Act::new(kind, *person, name).body(body.clone()).then(done, "").form(&html! {
                button.button.small type="submit" { (name) @if !roles.is_empty() { span.more { (roles) } } }
            }))
        }
    }
}

fn place(page: &Page, offered: &mut Offered<'_>, shot: Id) {
    let mut people = people_who(page, |roles| !roles.is_empty() && !roles.has(Role::Vendor));
    // Whoever was not at the meeting stands in no line of a gun that can fire: first those who were.
    let state = &page.moment.view.state;
    let unit = page.unit();
    let was_there = |person: &Id| state.meetings_of(unit).next().is_none() || state.was_at_a_meeting_of(unit, *person);
    people.sort_by_key(|(person, ..)| !was_there(person));
    for (person, _, roles) in &mut people {
        if !was_there(person) {
            roles.push_str(", not at the meeting");
        }
    }
    let name = |gun: Id| (gun, page.moment.view.name(gun), String::new());
    let guns: Vec<Choice> = of_it(page, shot).into_iter().map(|(gun, _)| name(gun)).collect();
    let first = people.first().zip(guns.first()).map(|((person, ..), (gun, ..))| (*person, *gun));
    let distance_millimetres = u32::MAX;
    let asks: Vec<Intent<Real>> = first
        .map(|(person, gun)| Intent::PlacePerson { person, shot, gun, distance_millimetres })
        .into_iter()
        .collect();
    offered.folded("Enter who stands in a line", &asks, || {
        Act::of("place_person", String::new(), "enter who stands in a line")
            .body(json!({ "shot": shot.to_string() }))
            .then("Entered. Now tell them.", "")
            .form(&html! {
                label for="place-person" { "Who" }
                select #place-person name="item" data-as="item" required {
                    @for (person, called, roles) in &people { option value=(person) { (called) " (" (roles) ")" } }
                }
                (select("place-gun", "gun", "In the line of which gun", &guns))
                (distance_of_a_shot("place-distance", "distance_millimetres", "How far from the muzzle", "0.001"))
                button.button type="submit" { "Enter" }
            })
    });
}

/// A report of anybody: who stands where has changed.
fn changed(offered: &mut Offered<'_>, shot: Id) {
    let changes: Vec<(ShotChange, &str)> = vec![
        (ShotChange::People, "people"),
        (ShotChange::Camera, "camera"),
        (ShotChange::Place, "place"),
        (ShotChange::Action, "action"),
    ];
    offered.also(html! {
        section.reports aria-labelledby="shot-changed" {
            h2 #shot-changed { "Something changed" }
            @for (change, word) in changes {
                (Act::new("report_shot_changed", shot, "report a change").body(json!({ "change": word }))
                    .then("Recorded. SHOT READY is void.", "").button(words::shot_change(change), "small"))
            }
        }
    });
}
