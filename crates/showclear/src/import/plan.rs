//! What a list would change on the register. Nothing is removed by a list: what it does not name is only said.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Calibre, Day, LotKind, Role, Roles};
use record::words::Word;
use record::{Id, Intent};

use super::crew::CrewRow;
use super::headers::RowFault;
use super::known::{Index, Known};
use super::rental::{GunRow, LotRow, RentalRow, Thing};
use super::scenes::{SceneRow, number_in_name};
use super::text::{key, quoted};
use crate::failure::Failure;

/// Makes the ids of what is new.
pub type Ids<'a> = &'a mut dyn FnMut() -> Result<Id, Failure>;

/// One intent that a row comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The row.
    pub row: u32,
    /// What is asked.
    pub intent: Intent,
    /// Texts that stand beside the log, by path: the name, the serial number.
    pub texts: Vec<(&'static str, String)>,
}

/// What becomes of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// The row.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// What is entered or changed.
    pub what: String,
}

/// What a list would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The intents, in the order in which they are sent.
    pub steps: Vec<Step>,
    /// What is not on the register yet.
    pub new: Vec<Line>,
    /// What is on the register otherwise.
    pub changed: Vec<Line>,
    /// How many rows say what is on the register.
    pub unchanged: usize,
    /// What the list leaves to others.
    pub left: Vec<Line>,
    /// What is on the register and not in the list. Nothing is done about it.
    pub not_in_list: Vec<String>,
    /// What does not go together with the register and is settled by hand. One of these, and nothing is entered.
    pub conflicts: Vec<RowFault>,
}

impl Plan {
    fn step(&mut self, row: u32, intent: Intent, texts: Vec<(&'static str, String)>) {
        self.steps.push(Step { row, intent, texts });
    }

    fn conflict(&mut self, row: u32, sentence: String) {
        self.conflicts.push(RowFault { row, column: None, sentence });
    }

    fn said(&mut self, is_new: bool, row: u32, name: &str, what: Vec<String>) {
        let line = Line { row, name: name.to_owned(), what: what.join("; ") };
        match (is_new, line.what.is_empty()) {
            (true, _) => self.new.push(line),
            (false, false) => self.changed.push(line),
            (false, true) => self.unchanged = self.unchanged.saturating_add(1),
        }
    }
}

/// The one that is called so; a conflict where it is more than one.
fn one_called(plan: &mut Plan, index: &Index, row: u32, name: &str) -> Result<Option<Id>, ()> {
    match index.called(name) {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [_, _, ..] => {
            plan.conflict(
                row,
                format!("{} is the name of more than one on the register: name them apart", quoted(name)),
            );
            Err(())
        }
    }
}

// People.

/// What a crew list would change. `me` is who imports it: his own roles are for another to enter.
///
/// # Errors
/// Where no id can be made.
pub fn crew(rows: &[CrewRow], known: &Known, day: Day, me: Option<Id>, ids: Ids<'_>) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let index = known.index(known.state.people.keys());
    let (mut people, mut listed) = (Vec::new(), BTreeMap::new());
    for row in rows {
        let Ok(found) = one_called(&mut plan, &index, row.row, &row.name) else { continue };
        let person = match found {
            Some(person) => person,
            None => {
                let person = ids()?;
                plan.step(row.row, Intent::AddPerson { person }, vec![("name", row.name.clone())]);
                person
            }
        };
        people.push((row, person, found.is_none()));
        listed.insert(key(&row.name), person);
    }
    for (row, person, is_new) in &people {
        let superior = row.answers_to.as_deref().map(|name| superior(&mut plan, &index, &listed, row.row, name));
        match superior {
            Some(None) => {}
            Some(Some(superior)) => assign(&mut plan, known, day, me, (row, *person, *is_new), Some(superior)),
            None => assign(&mut plan, known, day, me, (row, *person, *is_new), None),
        }
    }
    let listed: BTreeSet<Id> = listed.into_values().collect();
    let others = known.state.people.keys().filter(|person| !listed.contains(person));
    plan.not_in_list = others.map(|person| known.name(*person)).collect();
    Ok(plan)
}

type Entered<'a> = (&'a CrewRow, Id, bool);

fn superior(plan: &mut Plan, index: &Index, listed: &BTreeMap<String, Id>, row: u32, name: &str) -> Option<Id> {
    if let Some(person) = listed.get(&key(name)) {
        return Some(*person);
    }
    match one_called(plan, index, row, name) {
        Ok(Some(person)) => Some(person),
        Ok(None) => {
            let sentence = format!("answers to {}, who is neither in this list nor on the register", quoted(name));
            plan.conflict(row, sentence);
            None
        }
        Err(()) => None,
    }
}

fn assign(
    plan: &mut Plan,
    known: &Known,
    day: Day,
    me: Option<Id>,
    (row, person, is_new): Entered<'_>,
    superior: Option<Id>,
) {
    let before = known.state.people.get(&person).and_then(|it| it.days.get(&day)).copied();
    let had = before.map_or(Roles::NONE, |it| it.roles);
    let roles = merged(row, had);
    let answers_to = if row.says_answers_to { superior } else { before.and_then(|it| it.answers_to) };
    let differs = roles != had || answers_to != before.and_then(|it| it.answers_to);
    let mut what = Vec::new();
    if differs && me == Some(person) {
        let told = "your own roles are for somebody else to enter".to_owned();
        plan.left.push(Line { row: row.row, name: row.name.clone(), what: told });
    } else if differs {
        plan.step(row.row, Intent::AssignRoles { person, day, roles, answers_to }, Vec::new());
        what.extend(difference(had, roles));
        if answers_to != before.and_then(|it| it.answers_to) {
            let to = row.answers_to.as_deref().map_or_else(|| "nobody".to_owned(), quoted);
            what.push(format!("answers to {to}"));
        }
    }
    plan.said(is_new, row.row, &row.name, what);
}

/// What the list speaks of is as the list has it; what it does not speak of stays.
fn merged(row: &CrewRow, had: Roles) -> Roles {
    let without = row.roles.without(Role::Witness);
    let mut roles = if without.is_empty() { had.without(Role::Witness) } else { without };
    if row.roles.has(Role::Witness) || (!row.says_witness && had.has(Role::Witness)) {
        roles = roles.with(Role::Witness);
    }
    roles
}

fn difference(had: Roles, roles: Roles) -> Vec<String> {
    let words = |roles: Roles| roles.iter().map(role_in_words).collect::<Vec<_>>().join(", ");
    let gone = had.iter().filter(|role| !roles.has(*role)).collect::<Roles>();
    let added = roles.iter().filter(|role| !had.has(*role)).collect::<Roles>();
    let mut said = Vec::new();
    if !added.is_empty() {
        said.push(words(added));
    }
    if !gone.is_empty() {
        said.push(format!("no longer {}", words(gone)));
    }
    said
}

fn role_in_words(role: Role) -> String {
    role.word().replace('_', " ")
}

// Guns and lots.

/// Where things go, and where rounds come from, for rows that do not say it. Names as on the register.
#[derive(Clone, Copy, Debug, Default)]
pub struct Homes<'a> {
    /// The place for guns.
    pub guns_in: Option<&'a str>,
    /// The place for rounds.
    pub rounds_in: Option<&'a str>,
    /// Who supplied the rounds.
    pub from: Option<&'a str>,
}

/// What a rental list would change.
///
/// # Errors
/// Where no id can be made.
pub fn rental(rows: &[RentalRow], known: &Known, homes: Homes<'_>, ids: Ids<'_>) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut listed = BTreeSet::new();
    let there = There::of(known, homes);
    for row in rows {
        match &row.thing {
            Thing::Gun(gun) => {
                let Ok(found) = gun_on_register(&mut plan, &there, row.row, gun) else { continue };
                match found {
                    Some(id) => {
                        listed.insert(id);
                        same_gun(&mut plan, known, row.row, id, gun);
                    }
                    None => new_gun(&mut plan, &there, (row, gun), ids)?,
                }
            }
            Thing::Lot(lot) => {
                let Ok(found) = one_called(&mut plan, &there.lots, row.row, &lot.name) else { continue };
                match found {
                    Some(id) => {
                        listed.insert(id);
                        same_lot(&mut plan, &there, (row, lot), id);
                    }
                    None => new_lot(&mut plan, &there, (row, lot), ids)?,
                }
            }
        }
    }
    let things = known.state.guns.keys().chain(known.state.lots.keys());
    plan.not_in_list = things.filter(|id| !listed.contains(id)).map(|id| known.name(*id)).collect();
    Ok(plan)
}

/// What a rental list is held against.
struct There<'a> {
    known: &'a Known,
    homes: Homes<'a>,
    people: Index,
    places: Index,
    guns: Index,
    lots: Index,
    serials: BTreeMap<String, Id>,
}

impl<'a> There<'a> {
    fn of(known: &'a Known, homes: Homes<'a>) -> There<'a> {
        let state = &known.state;
        There {
            known,
            homes,
            people: known.index(state.people.keys()),
            places: known.index(state.places.keys()),
            guns: known.index(state.guns.keys()),
            lots: known.index(state.lots.keys()),
            serials: known.serials.iter().map(|(gun, serial)| (key(serial), *gun)).collect(),
        }
    }
}

/// A gun is known by its serial number, and by its name where one of the two has none.
fn gun_on_register(plan: &mut Plan, there: &There<'_>, row: u32, gun: &GunRow) -> Result<Option<Id>, ()> {
    let by_serial = gun.serial.as_deref().and_then(|serial| there.serials.get(&key(serial)));
    if let Some(id) = by_serial {
        return Ok(Some(*id));
    }
    let found = one_called(plan, &there.guns, row, &gun.name)?;
    if let (Some(id), Some(serial)) = (found, gun.serial.as_deref())
        && let Some(other) = there.known.serials.get(&id)
    {
        let name = quoted(&gun.name);
        let (serial, other) = (quoted(serial), quoted(other));
        plan.conflict(row, format!("{name} has serial number {serial} here and {other} on the register: two guns, or a slip; settle it by hand"));
        return Err(());
    }
    Ok(found)
}

fn new_gun(plan: &mut Plan, there: &There<'_>, (row, it): (&RentalRow, &GunRow), ids: Ids<'_>) -> Result<(), Failure> {
    let wanted = row.place.as_deref().or(there.homes.guns_in);
    let Some(place) = place(plan, there, row.row, wanted, "--guns-in") else { return Ok(()) };
    let gun = ids()?;
    let (kind, action, chambers) = (it.kind, it.action, it.chambers);
    let mut texts = vec![("name", it.name.clone())];
    texts.extend(it.serial.clone().map(|serial| ("serial", serial)));
    texts.extend(it.description.clone().map(|description| ("description", description)));
    plan.step(row.row, Intent::RegisterGun { gun, kind, action, chambers, place }, texts);
    let mut what = vec![words_of_gun(it), format!("in {}", there.known.name(place))];
    if let Some(calibre) = it.calibre {
        plan.step(row.row, Intent::EnterCalibre { gun, calibre }, Vec::new());
        what.push(words_of_calibre(calibre));
    }
    plan.said(true, row.row, &it.name, what);
    Ok(())
}

fn words_of_gun(gun: &GunRow) -> String {
    let kind = gun.kind.word().replace('_', " ");
    match gun.chambers {
        0 => kind,
        chambers => format!("{kind}, {}, chambers: {chambers}", gun.action.word().replace('_', " ")),
    }
}

fn same_gun(plan: &mut Plan, known: &Known, row: u32, id: Id, gun: &GunRow) {
    let Some(there) = known.state.guns.get(&id) else { return };
    if (there.kind, there.action, there.chambers) != (gun.kind, gun.action, gun.chambers) {
        let name = known.name(id);
        let here = words_of_gun(gun);
        let recorded = GunRow { kind: there.kind, action: there.action, chambers: there.chambers, ..gun.clone() };
        let there = words_of_gun(&recorded);
        let sentence = format!(
            "{} is {here} here and {there} on the register: look at the gun, and settle it by hand",
            quoted(&name)
        );
        return plan.conflict(row, sentence);
    }
    let mut what = Vec::new();
    if let Some(calibre) = gun.calibre.filter(|calibre| there.calibre != Some(*calibre)) {
        plan.step(row, Intent::EnterCalibre { gun: id, calibre }, Vec::new());
        let before = there.calibre.map_or_else(|| "none".to_owned(), words_of_calibre);
        what.push(format!("calibre {before}, now {}", words_of_calibre(calibre)));
    }
    plan.said(false, row, &known.name(id), what);
}

fn place(plan: &mut Plan, there: &There<'_>, row: u32, wanted: Option<&str>, option: &str) -> Option<Id> {
    let Some(wanted) = wanted else {
        plan.conflict(row, format!("nothing says where it is put: give the column of a place, or {option} \"NAME\""));
        return None;
    };
    let found = one_called(plan, &there.places, row, wanted).ok()?;
    if found.is_none() {
        let known = there.known;
        let places: Vec<String> = known.state.places.keys().map(|id| quoted(&known.name(*id))).collect();
        let places = if places.is_empty() { "none".to_owned() } else { places.join(", ") };
        plan.conflict(row, format!("no place on the register is called {}; there are: {places}", quoted(wanted)));
    }
    found
}

fn source(plan: &mut Plan, there: &There<'_>, row: u32, wanted: Option<&str>) -> Option<Id> {
    let Some(wanted) = wanted else {
        let sentence = "nothing says who supplied these rounds: give the column of a supplier, or --from \"NAME\"";
        plan.conflict(row, sentence.to_owned());
        return None;
    };
    let found = one_called(plan, &there.people, row, wanted).ok()?;
    if found.is_none() {
        let sentence = format!("nobody on the register is called {}: enter the supplier first", quoted(wanted));
        plan.conflict(row, sentence);
    }
    found
}

fn new_lot(plan: &mut Plan, there: &There<'_>, (row, it): (&RentalRow, &LotRow), ids: Ids<'_>) -> Result<(), Failure> {
    let place = place(plan, there, row.row, row.place.as_deref().or(there.homes.rounds_in), "--rounds-in");
    let source = source(plan, there, row.row, it.source.as_deref().or(there.homes.from));
    let (Some(place), Some(source)) = (place, source) else { return Ok(()) };
    let lot = ids()?;
    let LotRow { kind, load, calibre, rounds, inert_at_head, uniform, .. } = *it;
    let mut texts = vec![("name", it.name.clone())];
    texts.extend(it.batch.clone().map(|batch| ("batch", batch)));
    let intent = Intent::ReceiveLot { lot, kind, load, calibre, source, rounds, inert_at_head, uniform, place };
    plan.step(row.row, intent, texts);
    let mut what = vec![format!("{rounds} rounds, {}", words_of_rounds(it.kind))];
    what.extend(calibre.map(words_of_calibre));
    what.push(format!("from {}, in {}", there.known.name(source), there.known.name(place)));
    plan.said(true, row.row, &it.name, what);
    Ok(())
}

fn words_of_calibre(calibre: Calibre) -> String {
    record::words::calibre_word(calibre).replace('_', " ")
}

fn words_of_rounds(kind: LotKind) -> String {
    kind.word().replace('_', " ")
}

/// A lot that came is never changed: what differs is another delivery, or a slip.
fn same_lot(plan: &mut Plan, there: &There<'_>, (row, it): (&RentalRow, &LotRow), id: Id) {
    let wanted = it.source.as_deref().or(there.homes.from);
    let from = wanted.and_then(|name| there.people.called(name).first()).copied();
    let same = match there.known.lots.get(&id) {
        Some(Intent::ReceiveLot { kind, load, calibre, source, rounds, .. }) => {
            (*kind, *rounds) == (it.kind, it.rounds)
                && (*load == it.load || it.load.is_none())
                && (*calibre == it.calibre || it.calibre.is_none())
                && from.is_none_or(|from| from == *source)
        }
        Some(Intent::RegisterLot { kind, rounds, .. }) => (*kind, *rounds) == (it.kind, it.rounds),
        Some(_) | None => there.known.state.lots.get(&id).is_some_and(|lot| lot.kind == it.kind),
    };
    if same {
        return plan.said(false, row.row, &it.name, Vec::new());
    }
    let name = quoted(&it.name);
    plan.conflict(row.row, format!("{name} is on the register with other rounds, another number of them or another source: another delivery is a lot of its own, with a name of its own"));
}

// Scenes.

/// What a list of scenes would change.
///
/// # Errors
/// Where no id can be made.
pub fn scenes(rows: &[SceneRow], known: &Known, ids: Ids<'_>) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let numbered: Vec<(Id, String)> =
        known.state.scenes.keys().filter_map(|id| Some((*id, number_in_name(known.names.get(id)?)?))).collect();
    for row in rows {
        let mut found = numbered.iter().filter(|(_, number)| *number == row.number).map(|(id, _)| *id);
        match (found.next(), found.next()) {
            (_, Some(_)) => {
                plan.conflict(row.row, format!("more than one scene on the register is numbered {}", row.number));
            }
            (Some(scene), None) => same_scene(&mut plan, known, row, scene),
            (None, None) => {
                let (scene, day, blanks) = (ids()?, row.day.map(Day), row.blanks.unwrap_or(false));
                plan.step(row.row, Intent::PlanScene { scene, day, blanks }, vec![("name", row.name.clone())]);
                plan.said(true, row.row, &row.name, vec![words_of_plan(day, blanks)]);
            }
        }
    }
    let listed = |number: &String| rows.iter().any(|row| row.number == *number);
    let others =
        known.state.scenes.keys().filter(|id| !numbered.iter().any(|(it, number)| it == *id && listed(number)));
    plan.not_in_list = others.map(|id| known.name(*id)).collect();
    Ok(plan)
}

fn words_of_plan(day: Option<Day>, blanks: bool) -> String {
    let day = day.map_or_else(|| "no day yet".to_owned(), |day| format!("day {}", day.0));
    format!("{day}, {}", if blanks { "with blanks" } else { "no blanks" })
}

/// What the list does not speak of stays as it was planned.
fn same_scene(plan: &mut Plan, known: &Known, row: &SceneRow, scene: Id) {
    let Some(before) = known.state.scenes.get(&scene) else { return };
    let (day, blanks) = (row.day.map(Day).or(before.day), row.blanks.unwrap_or(before.blanks));
    let called = known.name(scene);
    // A list that knows no more than the number does not shorten the name.
    let name = if row.name == row.number { called.clone() } else { row.name.clone() };
    let mut what = Vec::new();
    if (day, blanks) != (before.day, before.blanks) {
        what.push(format!("{}, now {}", words_of_plan(before.day, before.blanks), words_of_plan(day, blanks)));
    }
    if name != called {
        what.push(format!("called {}", quoted(&name)));
    }
    if !what.is_empty() {
        plan.step(row.row, Intent::PlanScene { scene, day, blanks }, vec![("name", name)]);
    }
    plan.said(false, row.row, &called, what);
}
