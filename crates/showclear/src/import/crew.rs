//! Crew lists: who is there, and as what. How a person is reached, and where he lives, never enters.

use std::collections::BTreeMap;

use kernel::{Role, Roles};

use super::headers::{Field, Mapping, Remark, RowFault, Table, Taken};
use super::sheet::{Row, Sheet};
use super::text::{is_too_long_for_a_name, key, quoted, words, yes_or_no};
use super::titles::{is_heading, role_of_department, roles_of};

/// What a crew list can say.
pub const TABLE: Table = Table {
    fields: &[
        Field {
            word: "name",
            wordings: &[
                "name",
                "full name",
                "crew member",
                "crew name",
                "crew",
                "person",
                "name of crew member",
                "employee",
                "employee name",
                "cast member",
                "artist",
                "actor",
                "performer",
                "crew cast",
                "cast crew",
                "contact name",
                "who",
            ],
        },
        Field { word: "first_name", wordings: &["first name", "given name", "forename", "first"] },
        Field { word: "last_name", wordings: &["last name", "surname", "family name", "last"] },
        Field {
            word: "title",
            wordings: &[
                "title",
                "job title",
                "job",
                "position",
                "pos",
                "role",
                "roles",
                "job role",
                "occupation",
                "function",
                "capacity",
                "crew position",
                "credit",
                "duty",
                "responsibility",
                "position title",
                "title position",
                "role position",
            ],
        },
        Field { word: "department", wordings: &["department", "dept", "dep", "unit department", "section", "team"] },
        Field {
            word: "answers_to",
            wordings: &[
                "answers to",
                "reports to",
                "supervisor",
                "supervised by",
                "manager",
                "line manager",
                "boss",
                "superior",
                "head of department",
                "hod",
                "under",
            ],
        },
        Field {
            word: "witness",
            wordings: &[
                "witness",
                "trained observer",
                "observer",
                "trained witness",
                "safety observer",
                "witness training",
                "trained as witness",
                "firearms observer",
            ],
        },
    ],
    needed: &[&["name", "last_name"], &["title", "department", "witness"]],
    of_people: true,
};

/// A person of a crew list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CrewRow {
    /// The row.
    pub row: u32,
    /// What people call him.
    pub name: String,
    /// The roles that the list gives him; none where it speaks of none that is one here.
    pub roles: Roles,
    /// Whether the list says of him if he is a trained observer.
    pub says_witness: bool,
    /// Whose subordinate he is, as written.
    pub answers_to: Option<String>,
    /// Whether the list has a column for that.
    pub says_answers_to: bool,
}

impl CrewRow {
    /// Whether two rows say the same of a person.
    fn agrees_with(&self, other: &CrewRow) -> bool {
        let superior = |row: &CrewRow| row.answers_to.as_deref().map(key);
        self.roles == other.roles && superior(self) == superior(other)
    }
}

/// Takes the rows of a crew list.
#[must_use]
pub fn take(sheet: &Sheet, mapping: &Mapping) -> Taken<CrewRow> {
    let (mut taken, mut names) = (Taken::default(), BTreeMap::new());
    for row in mapping.below(sheet) {
        if let Some(fault) = mapping.swallowed(row) {
            taken.faults.push(fault);
        } else if let Some(remark) = heading(row) {
            taken.remarks.push(remark);
        } else {
            match person(mapping, row, &mut taken.remarks) {
                Ok(person) => add(&mut taken, &mut names, person),
                Err(faults) => taken.faults.extend(faults),
            }
        }
    }
    taken
}

/// A row that says nothing but "PROPERTY" heads those that follow.
fn heading(row: &Row) -> Option<Remark> {
    let mut texts = row.cells.iter().filter(|cell| !cell.is_blank());
    let (Some(super::sheet::Cell::Text(text)), None) = (texts.next(), texts.next()) else { return None };
    let sentence = format!("{} heads the rows that follow and is no person.", quoted(text));
    is_heading(text).then_some(Remark { row: row.number, sentence })
}

fn person(mapping: &Mapping, row: &Row, remarks: &mut Vec<Remark>) -> Result<CrewRow, Vec<RowFault>> {
    let name = name(mapping, row);
    let roles = roles(mapping, row);
    let answers_to = mapping.text(row, "answers_to").map_err(|fault| vec![fault]);
    let (name, (roles, remark), answers_to) = match (name, roles, answers_to) {
        (Ok(name), Ok(roles), Ok(answers_to)) => (name, roles, answers_to),
        (name, roles, answers_to) => {
            let faults = [name.err(), roles.err(), answers_to.err()].into_iter().flatten().flatten();
            return Err(faults.collect());
        }
    };
    if answers_to.as_deref().is_some_and(|superior| key(superior) == key(&name)) {
        return Err(vec![mapping.fault(row, "answers_to", "names the person himself")]);
    }
    remarks.extend(remark.map(|sentence| Remark { row: row.number, sentence }));
    let (says_witness, says_answers_to) = (mapping.has("witness"), mapping.has("answers_to"));
    Ok(CrewRow { row: row.number, name, roles, says_witness, answers_to, says_answers_to })
}

fn name(mapping: &Mapping, row: &Row) -> Result<String, Vec<RowFault>> {
    let whole = mapping.text(row, "name").map_err(|fault| vec![fault])?;
    let name = match whole {
        Some(name) => name,
        None => {
            let first = mapping.text(row, "first_name").map_err(|fault| vec![fault])?;
            let last = mapping.text(row, "last_name").map_err(|fault| vec![fault])?;
            [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    let field = if mapping.has("name") { "name" } else { "last_name" };
    if name.is_empty() {
        let wrong = "is blank: merged cells are parted first, and a row without a person is removed";
        return Err(vec![mapping.fault(row, field, wrong)]);
    }
    if is_too_long_for_a_name(&name) {
        return Err(vec![mapping.fault(row, field, "is longer than 120 characters")]);
    }
    Ok(name)
}

type WithRemark = (Roles, Option<String>);

fn roles(mapping: &Mapping, row: &Row) -> Result<WithRemark, Vec<RowFault>> {
    let title = mapping.text(row, "title").map_err(|fault| vec![fault])?;
    let department = mapping.text(row, "department").map_err(|fault| vec![fault])?;
    let witness = witness(mapping, row).map_err(|fault| vec![fault])?;
    let titles = title.as_deref().map(roles_of).unwrap_or_default();
    let mut roles = titles.roles;
    if roles.is_empty()
        && let Some(role) = department.as_deref().and_then(role_of_department)
    {
        roles = roles.with(role);
    }
    if witness == Some(true) {
        roles = roles.with(Role::Witness);
    }
    let unknown: Vec<String> = titles.without.iter().map(|title| quoted(title)).collect();
    let remark = match (unknown.is_empty(), roles.is_empty()) {
        (false, true) => Some(format!("{} is no role here: the person is entered without one.", unknown.join(", "))),
        (false, false) if titles.roles.is_empty() => None,
        (false, false) => Some(format!("{} is no role here, and is passed over.", unknown.join(", "))),
        (true, true) => Some("the list gives no title: the person is entered without a role.".to_owned()),
        (true, false) => None,
    };
    Ok((roles, remark))
}

fn witness(mapping: &Mapping, row: &Row) -> Result<Option<bool>, RowFault> {
    let Some(text) = mapping.text(row, "witness")? else { return Ok(Some(false).filter(|_| mapping.has("witness"))) };
    let said = yes_or_no(&text).or_else(|| matches!(words(&text).as_str(), "trained" | "witness").then_some(true));
    let wrong = || mapping.fault(row, "witness", &format!("says {}, which is neither yes nor no", quoted(&text)));
    said.map(Some).ok_or_else(wrong)
}

/// Two rows may say the same of one person; two that differ may be two people of one name.
fn add(taken: &mut Taken<CrewRow>, names: &mut BTreeMap<String, usize>, person: CrewRow) {
    let place = *names.entry(key(&person.name)).or_insert(taken.rows.len());
    let same = taken.rows.get(place);
    match same.map(|other| (other.row, other.agrees_with(&person))) {
        None => taken.rows.push(person),
        Some((other, true)) => taken.remark(person.row, format!("says the same as row {other}, and is passed over.")),
        Some((other, false)) => {
            let name = quoted(&person.name);
            taken.fault(person.row, format!("{name} stands in row {other} too, with another title: write one row for one person, or tell two people apart by their names"));
        }
    }
}
