//! Job titles, in the wordings of crew lists, and the roles that they are here.
//!
//! A role lets a person do something, so a title gives one only where it says so plainly. "Assistant props" is
//! somebody who works on props, and no handler of guns; "assistant armorer" is one. Nothing is guessed from a
//! department, save what gives nobody a gun: camera, performers, extras, props.

use kernel::{Role, Roles};

use super::text::words;

/// Titles as [`words`] gives them, each with its roles.
const TITLES: &[(&[Role], &[&str])] = &[
    (
        &[Role::PropertyMaster],
        &[
            "property master",
            "prop master",
            "props master",
            "propmaster",
            "master of props",
            "property mistress",
            "props manager",
        ],
    ),
    (
        &[Role::Armorer],
        &[
            "armorer",
            "armourer",
            "weapons master",
            "weapon master",
            "weapons armorer",
            "weapons armourer",
            "set armorer",
            "set armourer",
            "film armorer",
            "film armourer",
        ],
    ),
    (
        &[Role::Assistant],
        &[
            "assistant armorer",
            "assistant armourer",
            "armorer assistant",
            "armourer assistant",
            "armorers assistant",
            "armourers assistant",
            "assistant weapons master",
            "second armorer",
            "second armourer",
            "armory assistant",
            "armoury assistant",
            "assistant property master",
            "assistant prop master",
            "assistant props master",
        ],
    ),
    (
        &[Role::Handler],
        &[
            "weapons handler",
            "weapon handler",
            "firearms handler",
            "gun handler",
            "firearms safety coordinator",
            "weapons wrangler",
            "gun wrangler",
            "weapons technician",
            "firearms technician",
            "handler",
        ],
    ),
    (
        &[Role::Witness],
        &[
            "witness",
            "trained observer",
            "safety observer",
            "firearms observer",
            "blind witness",
            "second witness",
            "observer",
        ],
    ),
    (&[Role::FirstAd], &["first ad", "first assistant director", "first ads", "1 ad", "1 assistant director"]),
    (
        &[Role::Performer],
        &[
            "performer",
            "actor",
            "actress",
            "cast",
            "principal",
            "principal cast",
            "lead performer",
            "lead actor",
            "lead actress",
            "supporting cast",
            "supporting actor",
            "day player",
            "stunt performer",
            "stunt player",
            "stunts",
            "stunt double",
            "stunt person",
            "stuntman",
            "stuntwoman",
            "stunt actor",
            "stunt driver",
            "lead cast",
            "performers",
            "lead",
        ],
    ),
    (
        &[Role::StandIn],
        &["stand in", "standin", "stand ins", "second team", "photo double", "body double", "lighting double"],
    ),
    (
        &[Role::Extra],
        &[
            "extra",
            "extras",
            "background",
            "background actor",
            "background artist",
            "background performer",
            "bg",
            "supporting artist",
            "sa",
            "atmosphere",
            "special extra",
            "featured extra",
            "featured background",
        ],
    ),
    (
        &[Role::Camera],
        &[
            "director of photography",
            "dp",
            "dop",
            "d o p",
            "d p",
            "cinematographer",
            "cameraman",
            "focus puller",
            "clapper loader",
            "film loader",
            "dit",
            "digital imaging technician",
            "data wrangler",
            "steadicam operator",
            "steadicam",
            "first ac",
            "second ac",
            "drone operator",
            "crane operator",
            "stills photographer",
            "still photographer",
            "unit still photographer",
            "video assist operator",
            "video assist",
            "vtr operator",
        ],
    ),
    (
        &[Role::SafetyOfficer],
        &[
            "safety officer",
            "set safety",
            "safety coordinator",
            "safety advisor",
            "safety adviser",
            "safety supervisor",
            "on set safety",
            "health and safety advisor",
            "health and safety adviser",
            "health and safety officer",
            "health and safety",
            "h and s",
            "h and s advisor",
            "safety consultant",
        ],
    ),
    (
        &[Role::Medic],
        &[
            "medic",
            "set medic",
            "unit medic",
            "paramedic",
            "nurse",
            "unit nurse",
            "set nurse",
            "first aid",
            "first aider",
            "emt",
            "doctor",
            "unit doctor",
        ],
    ),
    (
        &[Role::Producer],
        &[
            "producer",
            "executive producer",
            "line producer",
            "co producer",
            "associate producer",
            "supervising producer",
            "unit production manager",
            "upm",
            "production manager",
            "production office",
            "production coordinator",
            "production supervisor",
        ],
    ),
    (
        &[Role::Vendor],
        &[
            "vendor",
            "supplier",
            "rental house",
            "prop house",
            "weapons supplier",
            "weapons vendor",
            "props vendor",
            "gun rental",
        ],
    ),
    (&[Role::Investigator], &["investigator", "safety investigator"]),
    (&[Role::Minor, Role::Performer], &["child actor", "child performer", "minor performer", "young performer"]),
    (&[Role::Minor], &["minor"]),
    (
        &[Role::Props],
        &[
            "props",
            "prop",
            "property",
            "key props",
            "key props assistant",
            "assistant props",
            "props assistant",
            "prop assistant",
            "assistant prop",
            "on set props",
            "set props",
            "standby props",
            "props standby",
            "props person",
            "props buyer",
            "prop buyer",
            "prop maker",
            "props maker",
            "property assistant",
            "props trainee",
            "set prop",
            "standby propman",
            "dressing props",
            "props storeman",
            "props coordinator",
            "prop assistant trainee",
        ],
    ),
];

/// Words before a title that change nothing about what the person does.
const BEFORE: &[&str] = &[
    "key",
    "lead",
    "head",
    "senior",
    "additional",
    "daily",
    "local",
    "main unit",
    "second unit",
    "b unit",
    "a unit",
    "splinter unit",
    "co",
    "acting",
];

/// Departments that say what a person is where the title does not.
const DEPARTMENTS: &[(Role, &[&str])] = &[
    (Role::Camera, &["camera", "camera department"]),
    (Role::Performer, &["cast", "talent", "performers", "principal cast"]),
    (Role::Extra, &["extras", "background", "bg", "supporting artists", "atmosphere"]),
    (Role::Props, &["props", "property", "prop department", "props department", "property department"]),
];

/// Headings within a list: a row that says nothing but this is no person.
const HEADINGS: &[&str] = &[
    "production",
    "assistant directors",
    "ad department",
    "ads",
    "direction",
    "camera",
    "sound",
    "electric",
    "electrical",
    "lighting",
    "grip",
    "grips",
    "art",
    "art department",
    "set decoration",
    "construction",
    "property",
    "props",
    "armory",
    "armoury",
    "weapons",
    "special effects",
    "sfx",
    "visual effects",
    "vfx",
    "stunts",
    "wardrobe",
    "costume",
    "costumes",
    "hair and makeup",
    "hair and make up",
    "makeup",
    "locations",
    "transport",
    "transportation",
    "catering",
    "craft service",
    "medical",
    "safety",
    "cast",
    "background",
    "extras",
    "stand ins",
    "script",
    "accounts",
    "accounting",
    "post production",
    "editorial",
    "security",
    "vendors",
    "suppliers",
    "animals",
    "health and safety",
    "talent",
    "second team",
];

/// What the titles of a person say.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Titles {
    /// The roles.
    pub roles: Roles,
    /// Titles that are no role here.
    pub without: Vec<String>,
}

/// The roles of what stands under "job title". One cell may hold several titles.
#[must_use]
pub fn roles_of(text: &str) -> Titles {
    if let Some(roles) = roles_of_one(text) {
        return Titles { roles, without: Vec::new() };
    }
    let mut titles = Titles::default();
    for part in parts(text) {
        match roles_of_one(part) {
            Some(roles) => titles.roles = roles.iter().fold(titles.roles, Roles::with),
            None => titles.without.push(super::text::tidy(part)),
        }
    }
    titles
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let marks = text.split(['/', ',', ';', '&', '+', '|', '\n']).flat_map(|part| part.split(" and "));
    marks.flat_map(|part| part.split(" - ")).map(str::trim).filter(|part| !part.is_empty())
}

fn roles_of_one(title: &str) -> Option<Roles> {
    let title = spelled_out(&words(title));
    let listed = |title: &str| TITLES.iter().find(|(_, titles)| titles.contains(&title));
    let bare = BEFORE.iter().find_map(|before| title.strip_prefix(before)?.strip_prefix(' '));
    if let Some((roles, _)) = listed(&title).or_else(|| bare.and_then(listed)) {
        return Some(roles.iter().copied().collect());
    }
    let is_camera = title.split(' ').any(|word| matches!(word, "camera" | "cam" | "steadicam"));
    is_camera.then(|| Roles::NONE.with(Role::Camera))
}

/// Short forms written out, and what only numbers a person left out: "Extra 7", "Stunt double B".
fn spelled_out(title: &str) -> String {
    let written = title.split(' ').map(|word| match word {
        "asst" | "assist" => "assistant",
        "1st" => "first",
        "2nd" => "second",
        "3rd" => "third",
        "op" => "operator",
        "coord" => "coordinator",
        "mgr" => "manager",
        other => other,
    });
    let joined = with_letters_joined(written);
    let mut title: Vec<&str> = joined.iter().map(String::as_str).collect();
    while title.len() > 1 && title.last().is_some_and(|last| numbers_a_person(last)) {
        title.pop();
    }
    title.join(" ")
}

/// "1st A.D." is "first ad": letters that stand alone, one after another, are one word.
fn with_letters_joined<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut before_was_letter = false;
    for word in words {
        let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match joined.last_mut().filter(|_| is_letter && before_was_letter) {
            Some(before) => before.push_str(word),
            None => joined.push(word.to_owned()),
        }
        before_was_letter = is_letter;
    }
    joined
}

fn numbers_a_person(word: &str) -> bool {
    word == "number" || word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "a" | "b" | "c" | "d" | "e")
}

/// The role that a department alone gives.
#[must_use]
pub fn role_of_department(text: &str) -> Option<Role> {
    let department = words(text);
    DEPARTMENTS.iter().find(|(_, names)| names.contains(&department.as_str())).map(|(role, _)| *role)
}

/// Is it the heading of a department, and no person?
#[must_use]
pub fn is_heading(text: &str) -> bool {
    let text = words(text);
    let bare =
        ["department", "dept", "crew", "team"].iter().find_map(|after| text.strip_suffix(after)).map(str::trim_end);
    HEADINGS.contains(&text.as_str()) || bare.is_some_and(|bare| HEADINGS.contains(&bare))
}
