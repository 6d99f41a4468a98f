//! One-time codes: six characters of Crockford's base 32 and one that checks them.

use std::collections::VecDeque;

use sha2::{Digest as _, Sha256};

use crate::random::{self, NoRandomness};

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that carry the code.
const LENGTH: usize = 6;
/// The largest prime below 32: a check modulo it is always a character of the alphabet.
const MODULUS: u32 = 31;
/// How long a code is good, in milliseconds: a day.
pub(crate) const LIFE_MS: i64 = 86_400_000;
/// How many wrong codes are taken in [`WINDOW_MS`], of the whole service.
const WRONG_ALLOWED: usize = 10;
/// The window, in milliseconds.
const WINDOW_MS: u64 = 60_000;

/// A fresh code, as it is read out: `K7M2-QXW`.
pub(crate) fn fresh() -> Result<String, NoRandomness> {
    let random = random::bytes::<LENGTH>()?;
    // 256 is a multiple of 32: no character is likelier than another.
    let values = random.map(|byte| byte & 31);
    let letters: String = values.iter().chain([&check(&values)]).map(|value| letter(*value)).collect();
    let (head, tail) = letters.split_at(4);
    Ok(format!("{head}-{tail}"))
}

/// The digest under which a code is kept; nothing where the check character does not fit. Small
/// letters, spaces and hyphens do not matter, and O, I and L are read as 0 and 1.
pub(crate) fn digest(code: &str) -> Option<[u8; 32]> {
    let letters = code.chars().filter(|letter| !matches!(letter, '-' | ' '));
    let values: Vec<u8> = letters.map(value).collect::<Option<_>>()?;
    let (last, head) = values.split_last()?;
    if head.len() != LENGTH || check(head) != *last {
        return None;
    }
    let plain: String = head.iter().map(|value| letter(*value)).collect();
    Some(Sha256::digest(format!("showclear.dev/code/v1\0{plain}")).into())
}

/// Each place has a weight of its own, so that two characters in each other's place are found out.
fn check(values: &[u8]) -> u8 {
    let sum = values
        .iter()
        .zip(1u32..)
        .fold(0u32, |sum, (value, weight)| sum.saturating_add(u32::from(*value).saturating_mul(weight)));
    u8::try_from(sum.checked_rem(MODULUS).unwrap_or(0)).unwrap_or(0)
}

fn letter(value: u8) -> char {
    ALPHABET.get(usize::from(value)).map_or('0', |byte| char::from(*byte))
}

fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|byte| char::from(*byte) == letter)?;
    u8::try_from(place).ok()
}

/// So many in a minute, and no more: for wrong codes, and for stops without log-in.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// When the last ones came, by the monotonic clock.
    came: VecDeque<u64>,
}

impl Window {
    /// How long until one more may come, in seconds; nothing where it may come now.
    pub(crate) fn full_for(&mut self, now_ms: u64) -> Option<u64> {
        while self.came.front().is_some_and(|at| at.saturating_add(WINDOW_MS) <= now_ms) {
            self.came.pop_front();
        }
        if self.came.len() < WRONG_ALLOWED {
            return None;
        }
        let first = self.came.front().copied().unwrap_or(now_ms);
        Some(first.saturating_add(WINDOW_MS).saturating_sub(now_ms).div_ceil(1_000))
    }

    /// One came.
    pub(crate) fn count(&mut self, now_ms: u64) {
        self.came.push_back(now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, Window, digest, fresh};

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = fresh().expect("randomness");
        assert_eq!(code.len(), 8, "{code}");
        let kept = digest(&code).expect("a good code");
        let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(digest(&sloppy), Some(kept));
        assert_ne!(digest(&fresh().expect("randomness")), Some(kept));
    }

    #[test]
    fn a_wrong_character_is_found_out_before_the_code_is_looked_up() {
        let code = fresh().expect("randomness").replace('-', "");
        for place in 0..6 {
            let mut missed = 0;
            for letter in ALPHABET.iter().map(|byte| char::from(*byte)) {
                let mut typed: Vec<char> = code.chars().collect();
                if typed[place] == letter {
                    continue;
                }
                typed[place] = letter;
                missed += usize::from(digest(&typed.iter().collect::<String>()).is_some());
            }
            // 0 and Z are alike to a check modulo 31.
            assert!(missed <= 1, "{code} at {place}");
        }
        for wrong in ["", "ABC", "ABCDEFGHJ", "ABC!EFG"] {
            assert_eq!(digest(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ten_in_a_minute_and_no_more() {
        let mut window = Window::default();
        for at in 0..10 {
            assert_eq!(window.full_for(at * 1_000), None);
            window.count(at * 1_000);
        }
        assert_eq!(window.full_for(9_500), Some(51));
        assert_eq!(window.full_for(60_000), None);
    }
}
