//! The scene and its safety meeting.

use axum::extract::State;
use kernel::{Day, Intent, Meeting, PlaceKind, Topic, Topics, Unit};
use maud::{Markup, html};
use record::words::Word;
use record::{Id, Real};
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{
    Act, Choice, Offered, chosen, hold_button, label_field, name_field, people_who, places_where,
};
use crate::pages::card::why;
use crate::state::App;
use crate::words;

/// The scene that is being shot, and those that are planned.
pub async fn scene(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Scene", "gun");
    let state = &page.moment.view.state;
    let mut offered = Offered::new(&page, &me);
    if state.scene_of(page.unit()).is_some() {
        close(&mut offered);
    } else {
        open(&page, &mut offered);
    }
    offered.also(html! { a.button href="/meeting" { "Safety meeting" } a.button href="/shots" { "Shots and takes" } });
    plan(&page, &mut offered);
    page.render(&html! {
        div.information #scene data-follow="" {
            h1.big { (open_words(&page)) }
            @if !state.scenes.is_empty() { h2 { "Planned" } (planned(&page)) }
        }
        div.acts #open data-follow="" { (offered.render("Nothing is open to you now.")) }
    })
}

/// The scene that the unit of whoever looks has open, in one line.
#[must_use]
pub fn open_words(page: &Page) -> String {
    open_words_of(page, page.unit())
}

/// The scene that a unit has open. Where there is one unit, which it is need not be said.
#[must_use]
pub fn open_words_of(page: &Page, unit: Unit) -> String {
    let (names, state) = (page.moment.names(), &page.moment.view.state);
    let words = state.scene_of(unit).map_or_else(
        || "No scene is open.".to_owned(),
        |open| format!("{}, {}, since {}", names.name(open.scene), names.name(open.place), names.minute(open.since)),
    );
    if state.units.are_several() { words::capital(&format!("{}: {words}", words::unit(unit))) } else { words }
}

/// Whether the police were told of a scene, and who may enter it: everybody.
fn police(page: &Page, scene: Id) -> Markup {
    let name = page.moment.view.name(scene);
    html! {
        @match page.moment.view.state.police_told.get(&scene) {
            Some(at) => { span.dim { "the police were told, entered " (page.moment.names().minute(*at)) } }
            None => {
                details {
                    summary { "Were the police told?" }
                    p { "Of what is seen from outside: when, where, and that there are guns in it." }
                    (Act::new("report_police_told", scene, &format!("{name}: the police were told"))
                        .then("Entered.", "").held("Hold: they were told", "small"))
                }
            }
        }
    }
}

fn planned(page: &Page) -> Markup {
    let today = page.moment.view.state.day;
    html! {
        ul.plain {
            @for (id, scene) in &page.moment.view.state.scenes {
                li.item {
                    b { (page.moment.view.name(*id)) }
                    span {
                        @match scene.day {
                            Some(day) if Some(day) == today => "today",
                            Some(day) => { "day " (day.0) }
                            None => "no day planned"
                        }
                        @if scene.blanks { ", BLANKS are fired" } @else { ", no blanks" }
                    }
                    (police(page, *id))
                }
            }
        }
    }
}

fn scenes(page: &Page) -> Vec<Choice> {
    let today = page.moment.view.state.day;
    let mut scenes: Vec<_> = page.moment.view.state.scenes.iter().collect();
    scenes.sort_by_key(|(_, scene)| scene.day != today);
    let words = |blanks: bool| if blanks { "blanks".to_owned() } else { String::new() };
    scenes.into_iter().map(|(id, scene)| (*id, page.moment.view.name(*id), words(scene.blanks))).collect()
}

fn open(page: &Page, offered: &mut Offered<'_>) {
    let (scenes, places) = (scenes(page), places_of_my_unit(page));
    // Where there is none yet, any place asks for the rest.
    let any = || page.moment.view.state.places.keys().next().copied();
    let first = places.first().map(|(place, ..)| *place).or_else(any);
    let intents: Vec<Intent<Real>> =
        scenes.iter().filter_map(|(scene, ..)| first.map(|place| Intent::OpenScene { scene: *scene, place })).collect();
    offered.act("Open a scene", &intents, || {
        Act::of("open_scene", String::new(), "open a scene").then("The scene is open.", "/meeting").form(&html! {
            (chosen("open-scene", ("item", "item"), "Which scene", &scenes, None))
            @if places.is_empty() { p.notice { "No set is entered. " a href="/register#place" { "Enter the place first" } "." } }
            (chosen("open-place", ("place", "text"), "Where it is shot", &places, None))
            button.button.primary type="submit" { "Open the scene" }
        })
    });
}

/// Where the unit of whoever looks may shoot, sets first: nobody shoots in a case or in a belt.
fn places_of_my_unit(page: &Page) -> Vec<Choice> {
    let state = &page.moment.view.state;
    let places = places_where(page, |place| is_shot_in(place.kind));
    let mut places: Vec<Choice> =
        places.into_iter().filter(|(place, ..)| state.units.of_place(*place) == page.unit()).collect();
    let is_set = |place: &Id| state.places.get(place).is_some_and(|place| place.kind == PlaceKind::Set);
    places.sort_by_cached_key(|(place, name, _)| (!is_set(place), words::in_order(name)));
    places
}

const fn is_shot_in(kind: PlaceKind) -> bool {
    match kind {
        PlaceKind::Set | PlaceKind::Range | PlaceKind::Vehicle => true,
        PlaceKind::Vault
        | PlaceKind::Case
        | PlaceKind::Cart
        | PlaceKind::Belt
        | PlaceKind::Pocket
        | PlaceKind::Bin
        | PlaceKind::Transit => false,
    }
}

fn close(offered: &mut Offered<'_>) {
    offered.act("Close the scene", &[Intent::CloseScene], || {
        Act::of("close_scene", String::new(), "close the scene")
            .then("The scene is closed.", "/day")
            .held("Hold: SCENE END", "primary")
    });
}

fn plan(page: &Page, offered: &mut Offered<'_>) {
    let today = page.moment.view.state.day.unwrap_or(Day(1)).0;
    let sample = Intent::PlanScene { scene: Id::from_bytes([0; 16]), day: None, blanks: false };
    offered.folded("Plan a scene", &[sample], || {
        Act::of("plan_scene", "new".to_owned(), "plan a scene").then("Planned.", "").form(&html! {
            (name_field("scene-name"))
            label for="scene-day" { "On which day; empty: not planned yet" }
            input #scene-day name="day" type="number" inputmode="numeric" min="1" max="1000" value=(today)
                data-as="maybe-integer" autocomplete="off";
            label.pick { input type="checkbox" name="blanks" value="yes" data-as="yes"; span { "Blanks are fired in it" } }
            button.button type="submit" { "Plan it" }
        })
    });
}

/// The safety meetings of today.
pub async fn meeting(State(app): State<App>, me: Me) -> Markup {
    let page = Page::mine(&app, &me, "Meeting", "gun");
    let meetings: Vec<(Id, Meeting<Real>)> =
        page.moment.view.state.meetings.iter().rev().map(|(id, meeting)| (*id, *meeting)).collect();
    page.render(&html! {
        div.information #meetings data-follow="" {
            h1.big { "Safety meeting" }
            p.dim { "In person, for each scene, where it is shot. Who was not there is given no gun that fires." }
            @if meetings.is_empty() { p.notice { "No meeting was held today." } }
            @for (id, meeting) in &meetings { (held(&page, me.person, *id, meeting)) }
        }
        div.acts {
            @if let Some((id, meeting)) = meetings.iter().find(|(_, meeting)| meeting.led_by == me.person) {
                (who_was_there(&page, *id, meeting))
            }
            @if page.roles().leads_meetings() { (hold_form(&page, &me)) }
        }
    })
}

fn held(page: &Page, me: Id, id: Id, meeting: &Meeting<Real>) -> Markup {
    let (state, names) = (&page.moment.view.state, page.moment.names());
    let present: Vec<String> =
        state.present.iter().filter(|(at, _)| *at == id).map(|(_, person)| names.name(*person)).collect();
    let there = state.present.contains(&(id, me));
    html! {
        section.meeting {
            h2 { (names.name(meeting.scene)) ", " (names.name(meeting.place)) }
            p.dim { "held " (names.minute(meeting.at)) " by " (names.name(meeting.led_by)) ", five topics" }
            p { b { (present.len()) } " there: " (present.join(", ")) }
            @if there { p { "You were there." } } @else {
                (Act::new("attend_meeting", id, "say that you are here").body(json!({ "person": me.to_string() }))
                    .then("You were there.", "").button("I AM HERE, in person", "primary"))
            }
        }
    }
}

/// The leader enters those who carry no phone: wristband after wristband, or by name.
fn who_was_there(page: &Page, id: Id, meeting: &Meeting<Real>) -> Markup {
    let state = &page.moment.view.state;
    let absent: Vec<Choice> = people_who(page, |roles| !roles.is_empty())
        .into_iter()
        .filter(|(person, ..)| !state.present.contains(&(id, *person)))
        .collect();
    html! {
        section #row data-kind="attend_meeting" data-item=(id) data-field="person" data-due="person"
            data-title="enter who is here:" data-done="is here" data-left="not entered" {
            h2 { "Who is here, at " (page.moment.view.name(meeting.scene)) "?" }
            (label_field("person", ""))
            ol.plain.row-lines aria-label="Who was entered" {}
        }
        div #list data-follow="" {
            details {
                summary { "By name" }
                @for (person, name, roles) in &absent {
                    button.button.small type="button" data-scan=(person) data-name=(name) {
                        (name) span.more { (roles) }
                    }
                }
            }
        }
    }
}

fn hold_form(page: &Page, me: &Me) -> Markup {
    let (scenes, names) = (meeting_scenes(page), page.moment.names());
    let places = meeting_places(page);
    let ask = |scene: Id, place: Id| Intent::HoldMeeting { scene, place, topics: Topics::from_iter(Topic::ALL) };
    let first = scenes.first().zip(places.first()).map(|((scene, ..), (place, ..))| ask(*scene, *place));
    let open = page.moment.view.state.scene_of(page.unit());
    let against = first.map_or_else(Vec::new, |it| page.moment.view.against(&me.session, &it, page.moment.now_ms));
    html! {
        @for reason in &against { (why(&names.reason(reason))) }
        @if first.is_none() { p.notice { "Plan a scene and enter its place first." } } @else {
            details open[page.moment.view.state.meetings.is_empty()] {
                summary { "Hold a meeting" }
                (Act::of("hold_meeting", String::new(), "enter the meeting").body(json!({ "topics": [] }))
                    .then("Held. Now enter who is here.", "/meeting").form(&html! {
                        (chosen("meeting-scene", ("item", "item"), "For which scene", &scenes, open.map(|it| it.scene)))
                        (chosen("meeting-place", ("place", "text"), "Where you stand now", &places, open.map(|it| it.place)))
                        fieldset {
                            legend { "Tick each when it was gone through" }
                            @for topic in Topic::ALL {
                                label.pick {
                                    input type="checkbox" name="topics" value=(topic.word()) data-as="texts" required;
                                    span { (words::topic(topic)) }
                                }
                            }
                        }
                        (hold_button("Hold: the meeting was held", "primary"))
                    }))
            }
        }
    }
}

/// The open scene comes first.
fn meeting_scenes(page: &Page) -> Vec<Choice> {
    let open = page.moment.view.state.scene_of(page.unit()).map(|open| open.scene);
    let mut scenes = scenes(page);
    scenes.sort_by_key(|(scene, ..)| Some(*scene) != open);
    scenes
}

fn meeting_places(page: &Page) -> Vec<Choice> {
    let open = page.moment.view.state.scene_of(page.unit()).map(|open| open.place);
    let mut places = places_of_my_unit(page);
    places.sort_by_key(|(place, ..)| Some(*place) != open);
    places
}
