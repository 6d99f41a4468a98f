//! What a thing of a rental list is, how it works, and how large a load is, in the wordings of the trade.

use kernel::{Action, GunKind, Load, LotKind};

use super::text::words;

/// What a row says that its thing is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Said {
    /// A gun-shaped thing.
    Gun(GunKind),
    /// Rounds.
    Rounds(LotKind),
    /// Nothing that is known.
    Nothing,
}

/// Wordings of what is live, wherever they stand. They are looked for before anything else.
const LIVE: &[&str] = &[
    "live ammunition",
    "live ammo",
    "live round",
    "live rounds",
    "live cartridge",
    "live cartridges",
    "fmj",
    "full metal jacket",
    "ball ammunition",
    "ball ammo",
    "hollow point",
    "jhp",
    "soft point",
    "wadcutter",
    "wadcutters",
    "buckshot",
    "birdshot",
    "slug",
    "slugs",
];

const GUNS: &[(GunKind, &[&str])] = &[
    (
        GunKind::NonGun,
        &["non gun", "nongun", "non guns", "electric gun", "electronic gun", "simulated gun", "flash gun", "laser gun"],
    ),
    (
        GunKind::Rubber,
        &["rubber", "resin", "urethane", "foam", "soft gun", "stunt gun", "cast copy", "rubber gun", "rubber copy"],
    ),
    (
        GunKind::Replica,
        &[
            "replica",
            "imitation",
            "non firing",
            "nonfiring",
            "deactivated",
            "deac",
            "deact",
            "dummy gun",
            "non firing replica",
            "inert gun",
            "inert replica",
        ],
    ),
    (
        GunKind::BlankOnly,
        &[
            "blank only",
            "blank firing only",
            "blank fire only",
            "blanks only",
            "blank firing",
            "blank firer",
            "blank fire",
            "blank gun",
            "blank pistol",
            "blank revolver",
            "theatrical firearm",
            "starter pistol",
        ],
    ),
    (
        GunKind::LiveCapable,
        &[
            "live capable",
            "live firing",
            "live fire",
            "real",
            "real gun",
            "real firearm",
            "firearm",
            "practical",
            "functional",
            "firing",
            "original",
            "live gun",
            "live firearm",
            "converted",
            "blank converted",
            "blank adapted",
            "working",
        ],
    ),
];

const ROUNDS: &[(LotKind, &[&str])] = &[
    (LotKind::SnapCap, &["snap cap", "snap caps", "snapcap", "snapcaps", "drill round", "drill rounds"]),
    (
        LotKind::Dress,
        &[
            "dress",
            "dress round",
            "dress rounds",
            "belt rounds",
            "bandolier rounds",
            "costume rounds",
            "dressing rounds",
        ],
    ),
    (
        LotKind::Dummy,
        &[
            "dummy",
            "dummies",
            "dummy round",
            "dummy rounds",
            "dummy ammunition",
            "dummy ammo",
            "inert round",
            "inert rounds",
            "inert ammunition",
        ],
    ),
    (
        LotKind::Blank,
        &[
            "blank",
            "blanks",
            "blank round",
            "blank rounds",
            "blank ammunition",
            "blank ammo",
            "blank cartridges",
            "full load",
            "half load",
            "quarter load",
            "five in one",
            "5 in 1",
        ],
    ),
];

/// What a row says that its thing is: by its kind, and, where that says nothing, by its description.
/// `is_like_a_gun` says that it has a serial number or an action.
#[must_use]
pub fn said_of(kind: Option<&str>, description: Option<&str>, is_like_a_gun: bool) -> Said {
    let kind = words(kind.unwrap_or_default());
    let description = words(description.unwrap_or_default());
    if LIVE.iter().any(|live| has(&kind, live) || (has(&description, live) && !is_like_a_gun)) {
        return Said::Rounds(LotKind::Live);
    }
    if kind == "live" {
        return if is_like_a_gun { Said::Gun(GunKind::LiveCapable) } else { Said::Rounds(LotKind::Live) };
    }
    [kind, description].iter().map(|text| told(text)).find(|said| *said != Said::Nothing).unwrap_or(Said::Nothing)
}

/// A gun's wording is looked for first: "dummy gun" and "blank firing" hold the words of rounds.
fn told(text: &str) -> Said {
    let gun = GUNS.iter().find(|(_, wordings)| wordings.iter().any(|wording| has(text, wording)));
    let rounds = ROUNDS.iter().find(|(_, wordings)| wordings.iter().any(|wording| has(text, wording)));
    match (gun, rounds) {
        (Some((kind, _)), _) => Said::Gun(*kind),
        (None, Some((kind, _))) => Said::Rounds(*kind),
        (None, None) => Said::Nothing,
    }
}

/// Are the words of `wording` in the text, whole and in a row?
fn has(text: &str, wording: &str) -> bool {
    format!(" {text} ").contains(&format!(" {wording} "))
}

const ACTIONS: &[(Action, &[&str])] = &[
    (
        Action::SingleAction,
        &["single action", "sa", "saa", "single action revolver", "single action army", "sa revolver"],
    ),
    (Action::DoubleAction, &["double action", "da", "da sa", "double action revolver", "da revolver", "dao"]),
    (
        Action::DoubleBarrel,
        &[
            "double barrel",
            "double barreled",
            "double barrelled",
            "side by side",
            "sxs",
            "over under",
            "over and under",
            "o u",
            "coach gun",
        ],
    ),
    (Action::Pump, &["pump", "pump action", "slide action"]),
    (Action::Bolt, &["bolt", "bolt action"]),
    (Action::BeltFed, &["belt", "belt fed", "beltfed"]),
    (
        Action::MuzzleLoader,
        &[
            "muzzle loader",
            "muzzleloader",
            "muzzle loading",
            "flintlock",
            "percussion",
            "black powder",
            "cap and ball",
            "musket",
        ],
    ),
    (
        Action::Magazine,
        &[
            "magazine",
            "semi auto",
            "semi automatic",
            "semiauto",
            "automatic",
            "auto",
            "full auto",
            "select fire",
            "lever",
            "lever action",
            "pistol",
            "submachine gun",
            "smg",
            "mag fed",
            "box magazine",
        ],
    ),
    (Action::None, &["none", "no action"]),
];

/// How a thing works. "Revolver" alone does not say it.
#[must_use]
pub fn action_of(text: &str) -> Option<Action> {
    let text = words(text);
    let of = |(action, wordings): &(Action, &[&str])| wordings.iter().any(|it| has(&text, it)).then_some(*action);
    ACTIONS.iter().find_map(of)
}

/// How large a load is.
#[must_use]
pub fn load_of(text: &str) -> Option<Load> {
    let text = words(text);
    let said = |wordings: &[&str], whole: &str| text == whole || wordings.iter().any(|wording| has(&text, wording));
    if said(&["quarter", "1 4"], "25") {
        Some(Load::Quarter)
    } else if said(&["half", "1 2"], "50") {
        Some(Load::Half)
    } else if said(&["full"], "100") {
        Some(Load::Full)
    } else {
        None
    }
}
