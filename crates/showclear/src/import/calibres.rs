//! Calibres, as rental houses write them.

use kernel::Calibre;
use record::words::calibre_from_word;

use super::text::words;

/// Wordings without marks and spaces, each with the word of the record's list. What is not among them is no
/// calibre here: a gun and a lot without one never come together.
const WORDINGS: &[(&str, &[&str])] = &[
    ("22_long_rifle", &["22", "22lr", "22longrifle"]),
    ("32_acp", &["32acp", "32auto", "765browning", "765mmbrowning"]),
    ("380_acp", &["380", "380acp", "380auto", "9x17", "9x17mm", "9mmshort", "9mmkurz"]),
    ("38_special", &["38", "38special", "38spl", "38spc", "38sp"]),
    ("357_magnum", &["357", "357magnum", "357mag"]),
    ("40_s_and_w", &["40", "40sandw", "40sw", "40smithandwesson"]),
    ("10_mm_auto", &["10mm", "10mmauto"]),
    ("44_40", &["4440", "4440winchester", "4440win", "4440wcf", "44wcf"]),
    ("44_magnum", &["44magnum", "44mag"]),
    ("45_acp", &["45acp", "45auto"]),
    ("45_colt", &["45colt", "45lc", "45longcolt"]),
    ("45_70", &["4570", "4570government", "4570govt"]),
    ("30_30", &["3030", "3030winchester", "3030win"]),
    ("30_06", &["3006", "3006springfield"]),
    ("303_british", &["303", "303british", "303brit"]),
    ("308_winchester", &["308", "308winchester", "308win", "762x51", "762x51mm", "762nato"]),
    ("5_45_by_39", &["545x39", "545x39mm"]),
    ("5_56_by_45", &["556", "556mm", "556x45", "556x45mm", "556nato", "223", "223rem", "223remington"]),
    ("7_62_by_39", &["762x39", "762x39mm"]),
    ("7_62_by_54_r", &["762x54r", "762x54mmr", "762x54"]),
    ("7_92_by_57", &["792x57", "792x57mm", "8mmmauser", "8x57", "8x57mm"]),
    ("8_mm_blank", &["8mmblank", "8mmk", "8mmpak"]),
    ("9_by_19", &["9mm", "9x19", "9x19mm", "9mmpara", "9mmparabellum", "9mmluger", "9para", "9mmnato"]),
    ("9_mm_blank", &["9mmblank", "9mmpak"]),
    ("12_gauge", &["12gauge", "12ga", "12g", "12bore"]),
    ("20_gauge", &["20gauge", "20ga", "20g", "20bore"]),
    ("410_bore", &["410", "410bore", "410gauge"]),
    ("50_browning", &["50bmg", "50browning", "50cal"]),
    ("36_percussion", &["36percussion", "36capandball"]),
    ("44_percussion", &["44percussion", "44capandball"]),
    ("58_percussion", &["58percussion"]),
    ("69_flintlock", &["69flintlock"]),
    ("75_flintlock", &["75flintlock"]),
];

/// The calibre that a text names; nothing where it is none of the record's list.
#[must_use]
pub fn calibre_of(text: &str) -> Option<Calibre> {
    let text = text.trim();
    if let Some(calibre) = calibre_from_word(text) {
        return Some(calibre);
    }
    let words = words(&text.replace('×', "x"));
    let told = |text: &str| WORDINGS.iter().find(|(_, wordings)| wordings.contains(&text)).map(|(word, _)| *word);
    let whole: String = words.split(' ').collect();
    let bare: String = words.split(' ').filter(|it| !matches!(*it, "cal" | "calibre" | "caliber")).collect();
    told(&whole).or_else(|| told(&bare)).and_then(calibre_from_word)
}
