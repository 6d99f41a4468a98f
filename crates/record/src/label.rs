//! Labels: `TTTT-K-CCCCCX`, at most 13 characters, all upper case.
//!
//! `TTTT` names the production, `K` what the thing is, `CCCCC` the thing, `X` checks all of it.
//! The alphabet has 31 characters, none of which is easily taken for another; 31 is prime, so the
//! check finds every single wrong character and every two that changed places.

use sha2::{Digest, Sha256};

use crate::Id;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKMNPQRSTVWXY";

/// What a label is fixed to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum LabelKind {
    /// A gun: `G`.
    Gun,
    /// A person's wristband or badge: `P`.
    Person,
    /// A lot of rounds: `R`.
    Lot,
    /// A place: `W`, for where.
    Place,
}

impl LabelKind {
    /// Every kind.
    pub const ALL: [LabelKind; 4] = [LabelKind::Gun, LabelKind::Person, LabelKind::Lot, LabelKind::Place];

    const fn letter(self) -> char {
        match self {
            LabelKind::Gun => 'G',
            LabelKind::Person => 'P',
            LabelKind::Lot => 'R',
            LabelKind::Place => 'W',
        }
    }

    /// In words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            LabelKind::Gun => "gun",
            LabelKind::Person => "person",
            LabelKind::Lot => "lot",
            LabelKind::Place => "place",
        }
    }
}

/// A label that reads right. Whose it is, the register knows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Label {
    /// The production's four characters.
    pub production: String,
    /// What it is fixed to.
    pub kind: LabelKind,
    /// The whole label as it is printed.
    pub text: String,
}

/// Why text is no label.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum LabelError {
    /// Not in the form of a label.
    #[error("this is not a Showclear label")]
    NotALabel,
    /// The check character does not fit: a character was misread or mistyped.
    #[error("a character of this label was misread or mistyped")]
    Misread,
}

/// The four characters of a production.
#[must_use]
pub fn production_tag(production: Id) -> String {
    characters(b"production", production, 4)
}

/// The label of a thing.
#[must_use]
pub fn label(kind: LabelKind, production: Id, item: Id) -> String {
    let body =
        format!("{}-{}-{}", production_tag(production), kind.letter(), characters(kind.word().as_bytes(), item, 5));
    let check = check_character(&body);
    format!("{body}{check}")
}

/// Reads a label as people type it: small letters, spaces for hyphens, O for 0, I and L for 1.
///
/// # Errors
/// Where it is none, or was misread.
pub fn parse(text: &str) -> Result<Label, LabelError> {
    let plain: String = text.chars().take(64).filter(|c| !c.is_whitespace() && *c != '-').map(read_as).collect();
    let (Some(production), Some(kind), Some(code), None) =
        (plain.get(0..4), plain.get(4..5), plain.get(5..11), plain.get(11..12))
    else {
        return Err(LabelError::NotALabel);
    };
    if plain.bytes().any(|byte| !ALPHABET.contains(&byte)) {
        return Err(LabelError::NotALabel);
    }
    let text = format!("{production}-{kind}-{code}");
    let (body, check) = text.split_at(text.len().saturating_sub(1));
    if check_character(body).to_string() != check {
        return Err(LabelError::Misread);
    }
    let kind = LabelKind::ALL.into_iter().find(|it| it.letter().to_string() == kind).ok_or(LabelError::NotALabel)?;
    Ok(Label { production: production.to_owned(), kind, text })
}

fn read_as(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

fn characters(domain: &[u8], id: Id, count: usize) -> String {
    let mut hasher = Sha256::new();
    hasher.update(domain);
    hasher.update(id.to_bytes());
    let digest = hasher.finalize();
    digest.iter().take(count).map(|byte| character(u32::from(*byte))).collect()
}

fn character(value: u32) -> char {
    let place = value.checked_rem(31).and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
    ALPHABET.get(place).map_or('0', |byte| char::from(*byte))
}

fn check_character(body: &str) -> char {
    let values = body.bytes().filter_map(|byte| ALPHABET.iter().position(|it| *it == byte));
    let weighted = values.zip(1u32..).map(|(value, weight)| weight.saturating_mul(u32::try_from(value).unwrap_or(0)));
    character(weighted.fold(0, u32::saturating_add))
}
