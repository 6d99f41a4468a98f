//! The name of a log: `showclear.<domain>/p/<production>/e<epoch>`.

use core::fmt;
use core::str::FromStr;

use crate::id::Id;

/// The origin of one production's log in one epoch.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Origin {
    domain: String,
    production: Id,
    epoch: u32,
    /// The whole of it, as it is written.
    text: String,
}

/// Text that is no origin.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{0}` is no origin of a Showclear log: it must read showclear.<domain>/p/<production>/e<epoch>")]
pub struct BadOrigin(pub String);

impl Origin {
    /// The origin of an epoch of a production under a domain.
    ///
    /// # Errors
    /// Where the domain has other characters than lower-case letters, digits, dots and hyphens.
    pub fn new(domain: &str, production: Id, epoch: u32) -> Result<Origin, BadOrigin> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
        if domain.is_empty() || domain.len() > 200 || !domain.chars().all(plain) {
            return Err(BadOrigin(domain.chars().take(64).collect()));
        }
        let text = format!("showclear.{domain}/p/{production}/e{epoch}");
        Ok(Origin { domain: domain.to_owned(), production, epoch, text })
    }

    /// The production.
    #[must_use]
    pub const fn production(&self) -> Id {
        self.production
    }

    /// The domain.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The epoch: 0 until a log had to begin anew in the open.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for Origin {
    type Err = BadOrigin;

    fn from_str(text: &str) -> Result<Origin, BadOrigin> {
        let refused = || BadOrigin(text.chars().take(128).collect());
        let rest = text.strip_prefix("showclear.").ok_or_else(refused)?;
        let (domain, rest) = rest.split_once("/p/").ok_or_else(refused)?;
        let (production, epoch) = rest.split_once("/e").ok_or_else(refused)?;
        let production = production.parse().map_err(|_| refused())?;
        let epoch = epoch.parse().map_err(|_| refused())?;
        let origin = Origin::new(domain, production, epoch)?;
        if origin.to_string() == text { Ok(origin) } else { Err(refused()) }
    }
}
