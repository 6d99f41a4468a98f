//! Lists of scenes: breakdowns and schedules.

use std::collections::BTreeMap;

use super::headers::{Field, Mapping, RowFault, Table, Taken};
use super::sheet::{Cell, Row, Sheet};
use super::text::{is_too_long_for_a_name, key, quoted, words, yes_or_no};

/// What a list of scenes can say.
pub const TABLE: Table = Table {
    fields: &[
        Field {
            word: "scene",
            wordings: &[
                "scene",
                "sc",
                "scene number",
                "sc number",
                "scenes",
                "scene numbers",
                "sceneno",
                "scene s",
                "scene id",
                "slate",
                "number",
            ],
        },
        Field { word: "int_ext", wordings: &["int ext", "i e", "ie", "int or ext", "interior exterior", "intext"] },
        Field {
            word: "set",
            wordings: &[
                "set",
                "place",
                "location",
                "set name",
                "set location",
                "setting",
                "sets",
                "scene heading",
                "slugline",
            ],
        },
        Field {
            word: "day_night",
            wordings: &["d n", "dn", "day night", "time of day", "tod", "day or night", "lighting"],
        },
        Field {
            word: "description",
            wordings: &["description", "synopsis", "action", "what happens", "summary", "scene description", "desc"],
        },
        Field {
            word: "shoot_day",
            wordings: &[
                "shoot day",
                "shooting day",
                "day",
                "day number",
                "production day",
                "sd",
                "day of shoot",
                "prod day",
                "shoot day number",
                "scheduled day",
                "shooting day number",
            ],
        },
        Field {
            word: "guns",
            wordings: &[
                "guns",
                "gun",
                "weapons",
                "firearms",
                "weapon",
                "firearm",
                "guns on set",
                "weapons on set",
                "armorer",
                "armourer",
                "guns in scene",
            ],
        },
        Field {
            word: "blanks",
            wordings: &[
                "blanks",
                "blank",
                "blank fire",
                "blanks fired",
                "gunfire",
                "gun fire",
                "shots fired",
                "blank firing",
                "blanks y n",
                "live fire blanks",
                "firing blanks",
            ],
        },
    ],
    needed: &[&["scene"]],
    of_people: false,
};

/// A scene of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SceneRow {
    /// The row.
    pub row: u32,
    /// Its number, as [`number_of`] gives it: "12A", "14PT".
    pub number: String,
    /// What people call it: its number, and where and when it plays.
    pub name: String,
    /// The production day on which it is to be shot.
    pub day: Option<u32>,
    /// Whether guns are in it; nothing where the list does not say.
    pub guns: Option<bool>,
    /// Whether blanks are fired in it; nothing where the list does not say.
    pub blanks: Option<bool>,
}

/// Takes the rows of a list of scenes.
#[must_use]
pub fn take(sheet: &Sheet, mapping: &Mapping) -> Taken<SceneRow> {
    let (mut taken, mut seen) = (Taken::default(), BTreeMap::new());
    for row in mapping.below(sheet) {
        if let Some(fault) = mapping.swallowed(row) {
            taken.faults.push(fault);
        } else if let Some(text) = break_of_day(row) {
            taken.remark(row.number, format!("{} is no scene, and is passed over.", quoted(text)));
        } else {
            match scenes(mapping, row, &mut taken) {
                Ok(scenes) => scenes.into_iter().for_each(|scene| add(&mut taken, &mut seen, scene)),
                Err(fault) => taken.faults.push(fault),
            }
        }
    }
    taken
}

/// Schedules part their days: "END OF DAY 3 - 4 2/8 pages".
fn break_of_day(row: &Row) -> Option<&str> {
    let Some(Cell::Text(first)) = row.cells.iter().find(|cell| !cell.is_blank()) else { return None };
    let told = words(first);
    let parts = ["end of day", "end day", "day break", "total", "lunch", "company move", "end of shooting"];
    let is_break = parts.iter().any(|part| told.starts_with(part)) || (row.filled() == 1 && told.starts_with("day "));
    (row.filled() <= 2 && is_break).then_some(first)
}

fn scenes(mapping: &Mapping, row: &Row, taken: &mut Taken<SceneRow>) -> Result<Vec<SceneRow>, RowFault> {
    let Some(text) = mapping.text(row, "scene")? else {
        return Err(mapping.fault(
            row,
            "scene",
            "is blank: merged cells are parted first, and a row without a scene is removed",
        ));
    };
    let numbers = numbers_of(&text).map_err(|wrong| mapping.fault(row, "scene", &wrong))?;
    let said = [mapping.text(row, "description")?, mapping.text(row, "set")?];
    if said.iter().flatten().any(|text| matches!(words(text).as_str(), "omitted" | "omit" | "scene omitted")) {
        taken.remark(row.number, "the scene is omitted, and is passed over.");
        return Ok(Vec::new());
    }
    let day = shoot_day(mapping, row)?;
    let blanks = ticked(mapping, row, "blanks")?;
    let guns = ticked(mapping, row, "guns")?;
    if blanks == Some(true) && guns == Some(false) {
        return Err(mapping.fault(
            row,
            "blanks",
            "says that blanks are fired, and another column that there is no gun: settle which",
        ));
    }
    let mut rows = Vec::new();
    for number in numbers {
        let name = name(mapping, row, &number)?;
        rows.push(SceneRow { row: row.number, number, name, day, guns, blanks });
    }
    Ok(rows)
}

/// "12A, INT. the church, DAY".
fn name(mapping: &Mapping, row: &Row, number: &str) -> Result<String, RowFault> {
    let inside = mapping.text(row, "int_ext")?;
    let set = mapping.text(row, "set")?;
    let inside = inside.map(|text| if text.ends_with('.') || text.contains('/') { text } else { format!("{text}.") });
    let place: Vec<String> = [inside, set].into_iter().flatten().collect();
    let place = (!place.is_empty()).then(|| place.join(" "));
    let parts = [Some(number.to_owned()), place, mapping.text(row, "day_night")?];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if is_too_long_for_a_name(&name) {
        return Err(mapping.fault(row, "set", "is too long: the scene's name has at most 120 characters"));
    }
    Ok(name)
}

/// The numbers of the scenes that a cell names.
fn numbers_of(text: &str) -> Result<Vec<String>, String> {
    let parted = text.replace([';', '&', '+', '/', '\n'], ",").replace(" and ", ",");
    let parts: Vec<&str> = parted.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut numbers: Vec<String> = Vec::new();
    for part in parts {
        let number = number_of(part).ok_or_else(|| wrong_number(part))?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.is_empty() { Err("names no scene".to_owned()) } else { Ok(numbers) }
}

fn wrong_number(part: &str) -> String {
    let part_said = quoted(part);
    if part.contains('-') || part.contains('–') {
        format!("says {part_said}: write each scene by its own number, parted by commas")
    } else {
        format!("says {part_said}, which is no number of a scene, such as 12A or 14pt")
    }
}

/// The number of a scene in one form: "Sc. 12 a" is "12A", "14 pt." is "14PT". Nothing where it is none.
#[must_use]
pub fn number_of(text: &str) -> Option<String> {
    let text = key(text);
    let bare = ["scene", "sc.", "sc"].iter().find_map(|before| text.strip_prefix(before)).unwrap_or(&text);
    let bare: String = bare.chars().filter(|it| !it.is_whitespace() && *it != '.').collect();
    let (before, rest) = bare.split_at(bare.find(|it: char| it.is_ascii_digit())?);
    let (digits, after) = rest.split_at(rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len()));
    let letters = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (revision, part) = after.split_once("pt").map_or((after, None), |(revision, part)| (revision, Some(part)));
    let part_fits = part.is_none_or(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    (letters(before) && letters(revision) && digits.len() <= 4 && part_fits).then(|| bare.to_uppercase())
}

/// The number of the scene that a name on the register begins with: "scene 12A, INT. the church" is "12A".
#[must_use]
pub fn number_in_name(name: &str) -> Option<String> {
    let first = name.split([',', ':', '–', '—']).next()?.trim();
    number_of(first)
}

fn shoot_day(mapping: &Mapping, row: &Row) -> Result<Option<u32>, RowFault> {
    let Some(text) = mapping.text(row, "shoot_day")? else { return Ok(None) };
    let told = words(&text);
    let bare = ["shoot day", "shooting day", "day", "sd", "d"].iter().find_map(|before| told.strip_prefix(before));
    let number = bare.unwrap_or(&told).trim().split(" of ").next().unwrap_or_default();
    let day = number.parse::<u32>().ok().filter(|day| (1..=9_999).contains(day));
    let wrong = || {
        let text = quoted(&text);
        let wrong = format!(
            "says {text}, which is no number of a production day; is it another column? --map \"shoot_day=Header\""
        );
        mapping.fault(row, "shoot_day", &wrong)
    };
    day.map(Some).ok_or_else(wrong)
}

/// A tick, or how many: "yes", "x", "4", "full load".
fn ticked(mapping: &Mapping, row: &Row, field: &str) -> Result<Option<bool>, RowFault> {
    let Some(text) = mapping.text(row, field)? else {
        // Whoever keeps such a column ticks it where it is so.
        return Ok(mapping.has(field).then_some(false));
    };
    if let Some(said) = yes_or_no(&text) {
        return Ok(Some(said));
    }
    let told = words(&text);
    let first = told.split(' ').next().unwrap_or_default();
    if let Ok(number) = first.parse::<u32>() {
        return Ok(Some(number > 0));
    }
    // Elsewhere people write what it is: "revolver, rifle", "full load". Anything but a no is a yes.
    Ok(Some(!told.starts_with("no ") && !told.is_empty()))
}

/// One row a scene. What is shot on two days is written in parts.
fn add(taken: &mut Taken<SceneRow>, seen: &mut BTreeMap<String, usize>, scene: SceneRow) {
    let place = *seen.entry(scene.number.clone()).or_insert(taken.rows.len());
    let same = taken.rows.get(place);
    match same.map(|other| (other.row, SceneRow { row: scene.row, ..other.clone() } == scene)) {
        None => taken.rows.push(scene),
        Some((other, true)) => taken.remark(scene.row, format!("says the same as row {other}, and is passed over.")),
        Some((other, false)) => {
            let number = &scene.number;
            taken.fault(scene.row, format!("scene {number} stands in row {other} too, and otherwise: one row for one scene, and parts as {number}pt1"));
        }
    }
}
