//! PINs: 4 to 8 digits, kept as argon2id, locked after failures.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use thiserror::Error;

use crate::random;

/// How many wrong entries in a row are free.
const FREE_FAILURES: u32 = 5;
/// The first lock, in milliseconds; each further failure doubles it.
const FIRST_LOCK_MS: i64 = 60_000;
/// The longest lock, in milliseconds.
const LONGEST_LOCK_MS: i64 = 3_600_000;

/// Why a PIN is not accepted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Error)]
pub enum PinError {
    /// Not 4 to 8 digits.
    #[error("A PIN has 4 to 8 digits.")]
    Form,
    /// Not this person's PIN.
    #[error("That is not the PIN.")]
    Wrong,
    /// Too many wrong entries.
    #[error("The PIN was entered wrongly too often. It is locked for {wait_s} seconds more.")]
    Locked {
        /// How long, in seconds.
        wait_s: u64,
    },
    /// The person has no PIN yet.
    #[error("This person has no PIN yet.")]
    NoPin,
    /// No such person on the register.
    #[error("There is no such person on this production's register.")]
    UnknownPerson,
    /// The device is not enrolled, or its key was revoked.
    #[error("This device is not enrolled for this production, or its key was revoked.")]
    UnknownDevice,
    /// The office could not be read or written.
    #[error("PINs cannot be checked now: the office database failed.")]
    Office,
}

impl PinError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PinError::Form => "PIN-FORM",
            PinError::Wrong => "PIN-WRONG",
            PinError::Locked { .. } => "PIN-LOCKED",
            PinError::NoPin => "PIN-NONE",
            PinError::UnknownPerson => "PERSON-UNKNOWN",
            PinError::UnknownDevice => "DEVICE-NOT-ENROLLED",
            PinError::Office => "OFFICE-FAILED",
        }
    }

    /// What happened.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// What to do now.
    #[must_use]
    pub fn remedy(&self) -> String {
        let text = match self {
            PinError::Form => "Choose 4 to 8 digits.",
            PinError::Wrong => "Enter it again. After 5 wrong entries it is locked for a minute, then longer.",
            PinError::Locked { wait_s } => {
                return format!("Wait {wait_s} seconds. To stop everything you need no PIN.");
            }
            PinError::NoPin => {
                "Enrol a device with a code from the armorer or the production office; the PIN is set with it."
            }
            PinError::UnknownPerson => "Choose a name from the list, or have the person entered first.",
            PinError::UnknownDevice => "Enrol it with a code from the armorer or the production office.",
            PinError::Office => "Try again. If it happens twice, tell whoever runs the server.",
        };
        text.to_owned()
    }
}

/// Why nobody could be logged in.
pub type LoginError = PinError;

/// Is it 4 to 8 ASCII digits?
pub(crate) fn check_form(pin: &str) -> Result<(), PinError> {
    let digits = pin.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (4..=8).contains(&pin.len()) { Ok(()) } else { Err(PinError::Form) }
}

/// The hash that is kept, with a salt of its own: argon2id, version 19, 19 MiB, two passes, one
/// lane, which is the first choice of the OWASP Password Storage Cheat Sheet.
pub(crate) fn hash(pin: &str) -> Result<String, PinError> {
    let salt = random::bytes::<16>().map_err(|_| PinError::Office)?;
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password_with_salt(pin.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|_| PinError::Office)
}

/// Is it the PIN behind this hash? Takes the same time whatever digits differ.
pub(crate) fn fits(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// For how long the PIN is locked after that many failures in a row, in milliseconds.
pub(crate) fn lock_ms(failures: u32) -> Option<i64> {
    let beyond = failures.checked_sub(FREE_FAILURES)?;
    let doubled = 2i64.checked_pow(beyond).and_then(|times| FIRST_LOCK_MS.checked_mul(times));
    Some(doubled.unwrap_or(LONGEST_LOCK_MS).min(LONGEST_LOCK_MS))
}

#[cfg(test)]
mod tests {
    use super::{PinError, check_form, fits, hash, lock_ms};

    #[test]
    fn a_pin_has_four_to_eight_digits() {
        for good in ["0000", "12345678"] {
            assert_eq!(check_form(good), Ok(()), "{good}");
        }
        for bad in ["", "123", "123456789", "12a4", "１２３４", " 1234"] {
            assert_eq!(check_form(bad), Err(PinError::Form), "{bad}");
        }
    }

    #[test]
    fn a_hash_fits_its_pin_alone_and_never_looks_the_same() {
        let one = hash("2468").expect("a hash");
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, hash("2468").expect("a hash"));
        assert!(fits("2468", &one));
        assert!(!fits("2469", &one));
        assert!(!fits("2468", "no hash"));
    }

    #[test]
    fn the_lock_begins_at_the_fifth_failure_and_doubles_up_to_an_hour() {
        let locks: Vec<_> = (3..=13).map(lock_ms).collect();
        let minutes = |of: i64| Some(of * 60_000);
        assert_eq!(locks[..2], [None, None]);
        assert_eq!(locks[2..8], [minutes(1), minutes(2), minutes(4), minutes(8), minutes(16), minutes(32)]);
        assert_eq!(locks[8..], [minutes(60), minutes(60), minutes(60)]);
        assert_eq!(lock_ms(u32::MAX), minutes(60));
    }
}
