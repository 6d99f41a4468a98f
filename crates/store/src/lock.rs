//! Keeps two programs from one thing, by a lock on a file beside it.
//!
//! The operating system lets go of the lock when the process dies. The file itself stays: who removes a lock file may
//! remove the one that somebody else has just locked.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Locks the file, which is made where it is not there, against everybody else.
    ///
    /// # Errors
    /// [`TryLockError::WouldBlock`] where somebody has it, and what the file system says.
    pub fn exclusive(path: &Path) -> Result<Self, TryLockError> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(Self { file })
    }

    /// Locks the file against those who want it for themselves alone.
    ///
    /// # Errors
    /// As [`Lock::exclusive`]; and the file is not made.
    pub fn shared(path: &Path) -> Result<Self, TryLockError> {
        let file = File::open(path).map_err(TryLockError::Error)?;
        file.try_lock_shared()?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    /// Lets go by saying so. Closing the file is not enough: a program that is just being started has what its parent
    /// had open until it runs, and until then whoever opens anew would be told that it is in use.
    fn drop(&mut self) {
        // Where it fails, the last handle that is closed lets go; there is nobody here who could do more.
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_let_go_can_be_locked_while_another_program_is_being_started() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db.lock");
        for first in [Lock::exclusive, Lock::shared] {
            drop(Lock::exclusive(&path).unwrap());
            let lock = first(&path).unwrap();
            // A second handle on the same opening, as a program has that was started and does not run yet.
            let inherited = lock.file.try_clone().unwrap();
            assert!(matches!(Lock::exclusive(&path), Err(TryLockError::WouldBlock)));
            drop(lock);
            assert!(Lock::exclusive(&path).is_ok());
            drop(inherited);
        }
    }

    #[test]
    fn many_may_share_and_one_alone_may_have() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db.lock");
        assert!(matches!(Lock::shared(&path), Err(TryLockError::Error(_))));
        assert!(!path.exists());
        let alone = Lock::exclusive(&path).unwrap();
        assert!(matches!(Lock::shared(&path), Err(TryLockError::WouldBlock)));
        drop(alone);
        let readers = [Lock::shared(&path).unwrap(), Lock::shared(&path).unwrap()];
        assert!(matches!(Lock::exclusive(&path), Err(TryLockError::WouldBlock)));
        drop(readers);
        assert!(Lock::exclusive(&path).is_ok());
    }
}
