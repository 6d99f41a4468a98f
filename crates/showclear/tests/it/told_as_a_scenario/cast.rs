//! What everybody and everything of the kernel's small stage is called in a scenario, and the tables that stand before
//! its first step: what its register has, as the morning left it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kernel::{Calibre, LotCustody, Source, State};
use record::words::Word;
use showclear::replay::names::{Space, phone_of};

use crate::stage::{
    ANOTHER, ARMORER, ASSISTANT, CAMERA, EXTRA, FIRST_AD, HANDLER, LATECOMER, MEETING, OBSERVER, PERFORMER, PRODUCER,
    SAFETY_OFFICER, STAND_IN, STRANGER, STUNT_PERFORMER, Small, VENDOR, WITNESS,
};

/// Something of the stage: what it is, and its number there.
pub type Thing = (Space, u16);

/// The names of the stage's people, by what they do.
const PEOPLE: [(u8, &str); 16] = [
    (ARMORER.0, "the armorer"),
    (WITNESS.0, "the witness"),
    (PERFORMER.0, "the performer"),
    (FIRST_AD.0, "the first AD"),
    (HANDLER.0, "the handler"),
    (PRODUCER.0, "the producer"),
    (ASSISTANT.0, "the assistant"),
    (OBSERVER.0, "the observer"),
    (STAND_IN.0, "the stand-in"),
    (CAMERA.0, "the camera operator"),
    (SAFETY_OFFICER.0, "the safety officer"),
    (STUNT_PERFORMER.0, "the stunt performer"),
    (VENDOR.0, "the rental house"),
    (LATECOMER.0, "the latecomer"),
    (EXTRA.0, "the extra"),
    (STRANGER.0, "the stranger"),
];

/// Those of its places, guns, lots and scenes, numbered from 1.
const PLACES: [&str; 6] = ["the vault", "the ammunition case", "the cart", "the set", "the belt", "the pocket"];
const GUNS: [&str; 5] = ["gun 1", "the rubber copy", "the pistol", "gun 4", "the musket"];
const LOTS: [&str; 8] = [
    "the dummies",
    "the blanks",
    "the dress rounds",
    "the drilled dummies",
    "the two dummies",
    "the unverified dummies",
    "the dummies of nobody",
    "the other dummies",
];
const SCENES: [&str; 2] = ["the scene", "the quiet scene"];

/// What a thing is called; a step is called by whoever tells it.
pub fn name((space, number): Thing) -> String {
    let listed = |names: &[&str], other: &str| {
        let place = usize::from(number).checked_sub(1);
        place.and_then(|place| names.get(place)).map_or_else(|| format!("{other} {number}"), |name| (*name).to_owned())
    };
    let person = PEOPLE.iter().find(|(person, _)| u16::from(*person) == number).map(|(_, name)| *name);
    match space {
        Space::Person => person.map_or_else(|| format!("newcomer {number}"), str::to_owned),
        Space::Device => person.map_or_else(|| format!("device {number}"), phone_of),
        Space::Place => listed(&PLACES, "place"),
        Space::Gun => listed(&GUNS, "gun"),
        Space::Lot => listed(&LOTS, "lot"),
        Space::Scene => listed(&SCENES, "scene"),
        Space::Step if number == MEETING => "the meeting".to_owned(),
        Space::Step => match ANOTHER.saturating_sub(number) {
            0 => "what never was".to_owned(),
            more => format!("what never was ({})", more + 1),
        },
    }
}

/// A phone comes with its person.
pub fn is_a_phone((space, number): Thing) -> bool {
    space == Space::Device && PEOPLE.iter().any(|(person, _)| u16::from(*person) == number)
}

/// A calibre of the stage is none of the record's list, but one of those that are only numbered.
pub fn calibre_word(calibre: Calibre) -> String {
    format!("other_{}", calibre.0)
}

/// A text as TOML has it.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A list of texts as TOML has it.
pub fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// Everything that is on the stage's register as a history begins.
pub fn on_the_register(state: &State<Small>) -> BTreeSet<Thing> {
    let mut things = BTreeSet::new();
    let mut add = |space: Space, numbers: Vec<u8>| things.extend(numbers.into_iter().map(|it| (space, u16::from(it))));
    add(Space::Person, state.people.keys().copied().collect());
    add(Space::Place, state.places.keys().copied().collect());
    add(Space::Gun, state.guns.keys().copied().collect());
    add(Space::Lot, state.lots.keys().copied().collect());
    add(Space::Scene, state.scenes.keys().copied().collect());
    things
}

/// The tables of those things of the register that are to be told.
pub fn tables(state: &State<Small>, told: &BTreeSet<Thing>) -> String {
    let is_told = |space: Space, number: u8| told.contains(&(space, u16::from(number)));
    let mut text = String::new();
    for (person, _) in state.people.iter().filter(|(it, _)| is_told(Space::Person, **it)) {
        text.push_str(&of_a_person(state, *person));
    }
    for (place, it) in state.places.iter().filter(|(it, _)| is_told(Space::Place, **it)) {
        head(&mut text, "place", (Space::Place, u16::from(*place)));
        writeln!(text, "kind = \"{}\"", it.kind.word()).unwrap();
        flag(&mut text, "locks", it.locks);
        flag(&mut text, "for_guns", it.for_guns);
    }
    for (gun, _) in state.guns.iter().filter(|(it, _)| is_told(Space::Gun, **it)) {
        text.push_str(&of_a_gun(state, *gun, told));
    }
    for (lot, _) in state.lots.iter().filter(|(it, _)| is_told(Space::Lot, **it)) {
        text.push_str(&of_a_lot(state, *lot));
    }
    for (scene, _) in state.scenes.iter().filter(|(it, _)| is_told(Space::Scene, **it)) {
        text.push_str(&of_a_scene(state, *scene, told));
    }
    text
}

/// The tables of what is named and on no register.
pub fn on_no_register(named: &BTreeSet<Thing>) -> String {
    let mut text = String::new();
    for thing in named.iter().filter(|(space, _)| *space != Space::Step) {
        head(&mut text, thing.0.word(), *thing);
        let needs = match thing.0 {
            Space::Place => "kind = \"cart\"\n",
            Space::Gun => "kind = \"live_capable\"\n",
            Space::Lot => "kind = \"dummy\"\n",
            Space::Device => "of = \"the stranger\"\n",
            Space::Person | Space::Scene | Space::Step => "",
        };
        text.push_str(needs);
        text.push_str("registered = false\n");
    }
    text
}

fn head(text: &mut String, table: &str, thing: Thing) {
    writeln!(text, "\n[[{table}]]\nname = {}", quoted(&name(thing))).unwrap();
}

fn flag(text: &mut String, name: &str, is_so: bool) {
    if is_so {
        writeln!(text, "{name} = true").unwrap();
    }
}

fn quoted_name(space: Space, number: u8) -> String {
    quoted(&name((space, u16::from(number))))
}

fn of_a_person(state: &State<Small>, person: u8) -> String {
    let mut text = String::new();
    head(&mut text, "person", (Space::Person, u16::from(person)));
    let day = state.day.and_then(|day| state.people[&person].days.get(&day));
    let roles: Vec<&str> = day.into_iter().flat_map(|on| on.roles.iter()).map(Word::word).collect();
    writeln!(text, "roles = {}", listed(roles.into_iter())).unwrap();
    if let Some(superior) = day.and_then(|on| on.answers_to) {
        writeln!(text, "answers_to = {}", quoted_name(Space::Person, superior)).unwrap();
    }
    text
}

fn of_a_gun(state: &State<Small>, gun: u8, told: &BTreeSet<Thing>) -> String {
    let it = &state.guns[&gun];
    let kernel::Custody::In { place, .. } = it.custody else { panic!("gun {gun} is out as the history begins") };
    let mut text = String::new();
    head(&mut text, "gun", (Space::Gun, u16::from(gun)));
    writeln!(text, "kind = \"{}\"\naction = \"{}\"", it.kind.word(), it.action.word()).unwrap();
    writeln!(text, "chambers = {}\nplace = {}", it.chambers, quoted_name(Space::Place, place)).unwrap();
    if let Some(calibre) = it.calibre {
        writeln!(text, "calibre = \"{}\"", calibre_word(calibre)).unwrap();
    }
    for ((_, lot), centimetres) in state.stand_off_centimetres.iter().filter(|((of, _), _)| *of == gun) {
        // The state does not say in which gun which rounds were fired: the first that is told stands for all.
        let with = |(other, of): &(u8, u8)| of == lot && told.contains(&(Space::Gun, u16::from(*other)));
        let is_first = state.stand_off_centimetres.keys().find(|it| with(it)).is_some_and(|(first, _)| *first == gun);
        let fired = if is_first { state.lots[lot].spent } else { 0 };
        let rounds = if fired > 0 { format!(", rounds = {fired}") } else { String::new() };
        let lot = quoted_name(Space::Lot, *lot);
        writeln!(text, "stand_off = {{ lot = {lot}, centimetres = {centimetres}{rounds} }}").unwrap();
    }
    text
}

fn of_a_lot(state: &State<Small>, lot: u8) -> String {
    let it = &state.lots[&lot];
    let mut text = String::new();
    head(&mut text, "lot", (Space::Lot, u16::from(lot)));
    writeln!(text, "kind = \"{}\"\nrounds = {}", it.kind.word(), it.rounds + it.spent).unwrap();
    flag(&mut text, "inert_at_head", it.inert_at_head);
    if let Source::Supplier(source) = it.source {
        writeln!(text, "source = {}", quoted_name(Space::Person, source)).unwrap();
        writeln!(text, "place = {}", quoted_name(Space::Place, crate::stage::AMMUNITION_CASE)).unwrap();
        if let Some(calibre) = it.calibre {
            writeln!(text, "calibre = \"{}\"", calibre_word(calibre)).unwrap();
        }
        if let Some(load) = it.load {
            writeln!(text, "load = \"{}\"", load.word()).unwrap();
        }
        flag(&mut text, "uniform", it.uniform);
    }
    if let Some(by) = it.verified {
        let names = [by.counter, by.witness].map(|person| name((Space::Person, u16::from(person))));
        writeln!(text, "verified_by = {}", listed(names.iter().map(String::as_str))).unwrap();
    }
    if let LotCustody::With { person, .. } = it.custody {
        writeln!(text, "out_with = {}", quoted_name(Space::Person, person)).unwrap();
    }
    text
}

fn of_a_scene(state: &State<Small>, scene: u8, told: &BTreeSet<Thing>) -> String {
    let it = &state.scenes[&scene];
    let mut text = String::new();
    head(&mut text, "scene", (Space::Scene, u16::from(scene)));
    flag(&mut text, "blanks", it.blanks);
    if let Some(day) = it.day {
        writeln!(text, "day = {}", day.0).unwrap();
    }
    let Some(open) = state.scene.filter(|open| open.scene == scene) else { return text };
    writeln!(text, "open_at = {}", quoted_name(Space::Place, open.place)).unwrap();
    for (act, meeting) in &state.meetings {
        let there = state.present.iter().filter(|(of, who)| of == act && *who != meeting.led_by);
        let there = there.map(|(_, who)| (Space::Person, u16::from(*who))).filter(|who| told.contains(who));
        let there: Vec<String> = there.map(name).collect();
        let (named, led_by) = (quoted(&name((Space::Step, *act))), quoted_name(Space::Person, meeting.led_by));
        let there = listed(there.iter().map(String::as_str));
        writeln!(text, "meeting = {{ name = {named}, led_by = {led_by}, present = {there} }}").unwrap();
    }
    text
}
