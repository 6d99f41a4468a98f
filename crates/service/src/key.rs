//! The file with the log's secret key.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::ServiceError;
use crate::random;

/// The 32 secret bytes of an Ed25519 key (RFC 8032). It shows nothing of them.
#[derive(Clone)]
pub struct LogKey([u8; 32]);

impl std::fmt::Debug for LogKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LogKey").finish_non_exhaustive()
    }
}

impl LogKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`ServiceError::NoRandomness`].
    pub fn fresh() -> Result<LogKey, ServiceError> {
        Ok(LogKey(random::bytes()?))
    }

    /// The key with these secret bytes.
    #[must_use]
    pub const fn from_secret(secret: [u8; 32]) -> LogKey {
        LogKey(secret)
    }

    pub(crate) const fn secret(&self) -> [u8; 32] {
        self.0
    }

    /// Writes the key into a new file that its owner alone can read (mode 0600 on Unix).
    pub(crate) fn write(&self, path: &Path) -> Result<(), ServiceError> {
        let unusable = |error: &std::io::Error| match error.kind() == ErrorKind::AlreadyExists {
            true => ServiceError::AlreadyThere { path: path.to_owned() },
            false => ServiceError::KeyUnusable { path: path.to_owned(), detail: error.to_string() },
        };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(|e| unusable(&e))?;
        let line = format!("{}\n", STANDARD.encode(self.0));
        file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| unusable(&e))
    }

    /// Reads the key back.
    pub(crate) fn read(path: &Path) -> Result<LogKey, ServiceError> {
        let unusable = |detail: &str| ServiceError::KeyUnusable { path: path.to_owned(), detail: detail.to_owned() };
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(256).read_to_string(&mut text));
        if let Err(error) = read {
            return Err(match error.kind() == ErrorKind::NotFound {
                true => ServiceError::KeyMissing { path: path.to_owned() },
                false => unusable(&error.to_string()),
            });
        }
        let bytes = STANDARD.decode(text.trim_end()).map_err(|_| unusable("it is not base64"))?;
        let secret = bytes.try_into().map_err(|_| unusable("it does not hold 32 bytes"))?;
        Ok(LogKey(secret))
    }
}
