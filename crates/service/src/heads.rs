//! The newest head, kept where the database is not: an older copy of the database that is put back is found out, and
//! never signed on.
//!
//! A head is the checkpoint that the log signed last, byte for byte. It lies beside the database in `log.head`, and in
//! every folder that `head-media` lists, a path a line: a stick, a share, another disk. A thread of its own writes it,
//! at most once a second, so that no answer waits for a stick.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use proof::checkpoint::Checkpoint;
use proof::note::MAX_NOTE_BYTES;
use record::Origin;

use crate::archive;
use crate::error::ServiceError;
use crate::load::Loaded;
use crate::witnessed::{COSIGNED, heads_in};

/// The head beside the database.
const HEAD: &str = "log.head";

/// The list of other folders that keep the head.
const MEDIA: &str = "head-media";

/// The longest list of media.
const MAX_MEDIA_BYTES: u64 = 65_536;

/// How long a head rests before a newer one is written.
const PAUSE: Duration = Duration::from_secs(1);

/// The files that the newest head could not be written to.
pub(crate) type Failed = Arc<Mutex<Vec<PathBuf>>>;

/// Where the heads of one log are kept. The default keeps none, as for a log in memory.
#[derive(Clone, Debug, Default)]
pub struct Heads {
    own: Option<PathBuf>,
    /// The folder of heads that witnesses have countersigned: the greatest of them counts as well.
    cosigned: Option<PathBuf>,
    media: Vec<PathBuf>,
}

impl Heads {
    /// The places that a production's folder names.
    ///
    /// # Errors
    /// [`ServiceError::HeadUnreadable`] where the list of media cannot be read.
    pub(crate) fn of_folder(folder: &Path) -> Result<Heads, ServiceError> {
        Ok(Heads { own: Some(folder.join(HEAD)), cosigned: Some(folder.join(COSIGNED)), media: media(folder)? })
    }

    /// The files. On a medium they are named by the log, so that one stick serves many.
    fn files(&self, origin: &Origin) -> Vec<PathBuf> {
        let named = format!("showclear-{}-e{}.head", origin.production(), origin.epoch());
        self.own.iter().cloned().chain(self.media.iter().map(|medium| medium.join(&named))).collect()
    }

    /// Holds a record that was just read against every head that can be found. Nothing may be signed on a record that
    /// is shorter than one of them, or another.
    ///
    /// # Errors
    /// [`ServiceError::HeadMediumMissing`], [`ServiceError::HeadUnreadable`], [`ServiceError::HeadOfLaterEpoch`],
    /// [`ServiceError::HeadAhead`], [`ServiceError::HeadOther`].
    pub(crate) fn check(&self, loaded: &Loaded) -> Result<(), ServiceError> {
        if let Some(medium) = self.media.iter().find(|medium| !medium.is_dir()) {
            return Err(ServiceError::HeadMediumMissing { path: medium.clone() });
        }
        self.check_epochs(&loaded.origin)?;
        let cosigned = self.cosigned.as_deref().map_or_else(|| Ok(BTreeMap::new()), heads_in)?;
        for path in self.files(&loaded.origin).into_iter().chain(cosigned.into_values().next_back()) {
            let Some(bytes) = read(&path)? else { continue };
            check_one(&path, &bytes, loaded)?;
        }
        Ok(())
    }

    /// A medium that keeps the head of a later epoch says that this record was given up.
    fn check_epochs(&self, origin: &Origin) -> Result<(), ServiceError> {
        let begins = format!("showclear-{}-e", origin.production());
        for medium in &self.media {
            let files = std::fs::read_dir(medium).map_err(|error| unreadable(medium, error.to_string()))?;
            for path in files.filter_map(Result::ok).map(|file| file.path()) {
                let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix(&begins));
                let epoch = name.and_then(|name| name.strip_suffix(".head")).and_then(|epoch| epoch.parse().ok());
                if epoch.is_some_and(|epoch: u32| epoch > origin.epoch()) {
                    return Err(ServiceError::HeadOfLaterEpoch { path, epoch: origin.epoch() });
                }
            }
        }
        Ok(())
    }

    /// The highest head that can be found and that this record does not reach, or reaches with other entries: its size and
    /// its text. What cannot be read is passed over here: the older record is given up anyway.
    ///
    /// # Errors
    /// [`ServiceError::HeadUnreadable`] where the folder itself cannot be read.
    pub(crate) fn highest_not_reached(&self, loaded: &Loaded) -> Result<Option<(u64, String)>, ServiceError> {
        let cosigned = self.cosigned.as_deref().map_or_else(|| Ok(BTreeMap::new()), heads_in)?;
        let files = self.files(&loaded.origin).into_iter().chain(cosigned.into_values());
        let keys = [loaded.signer.verifying_key().clone()];
        let head_in = |path: PathBuf| {
            let bytes = read(&path).ok()??;
            let head = Checkpoint::open(&bytes, &loaded.origin.to_string(), &keys).ok()?;
            let reached = archive::read(&loaded.core.archive).root_at(head.size) == Some(head.root);
            if reached { None } else { Some((head.size, String::from_utf8(bytes).ok()?)) }
        };
        Ok(files.filter_map(head_in).max_by_key(|(size, _)| *size))
    }

    /// Starts the thread that keeps them. It ends when the sender is dropped, and then writes the last one at once.
    pub(crate) fn keep(
        &self,
        origin: &Origin,
        failed: &Failed,
    ) -> Result<(Sender<Vec<u8>>, JoinHandle<()>), ServiceError> {
        let (send, newest) = channel();
        let (files, failed) = (self.files(origin), Arc::clone(failed));
        let thread = std::thread::Builder::new().name("heads".to_owned());
        let thread = thread
            .spawn(move || keep(&files, &newest, &failed, PAUSE))
            .map_err(|error| ServiceError::NoThread { detail: error.to_string() })?;
        Ok((send, thread))
    }
}

/// From now on the head of the production in `folder` is kept in `medium` as well: another disk, a stick, a share.
///
/// # Errors
/// [`ServiceError::HeadMediumMissing`] where `medium` is no folder, [`ServiceError::HeadUnreadable`] where the list in
/// `folder` cannot be read or written.
pub fn add_head_medium(folder: &Path, medium: &Path) -> Result<(), ServiceError> {
    let missing = |_| ServiceError::HeadMediumMissing { path: medium.to_owned() };
    let medium = medium.canonicalize().map_err(missing)?;
    if !medium.is_dir() {
        return Err(ServiceError::HeadMediumMissing { path: medium });
    }
    let list = folder.join(MEDIA);
    let mut all = media(folder)?;
    if all.contains(&medium) {
        return Ok(());
    }
    all.push(medium);
    let text: String = all.iter().map(|it| format!("{}\n", it.display())).collect();
    std::fs::create_dir_all(folder)
        .and_then(|()| write(&list, text.as_bytes()))
        .map_err(|error| unreadable(&list, error.to_string()))
}

fn media(folder: &Path) -> Result<Vec<PathBuf>, ServiceError> {
    let list = folder.join(MEDIA);
    let Some(bytes) = read_up_to(&list, MAX_MEDIA_BYTES)? else { return Ok(Vec::new()) };
    let text = String::from_utf8(bytes).map_err(|_| unreadable(&list, "it is not text".to_owned()))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(PathBuf::from).collect())
}

fn check_one(path: &Path, bytes: &[u8], loaded: &Loaded) -> Result<(), ServiceError> {
    let keys = [loaded.signer.verifying_key().clone()];
    let head = Checkpoint::open(bytes, &loaded.origin.to_string(), &keys)
        .map_err(|error| unreadable(path, error.to_string()))?;
    let size = loaded.core.size();
    if head.size > size {
        return Err(ServiceError::HeadAhead { path: path.to_owned(), head: head.size, size });
    }
    if archive::read(&loaded.core.archive).root_at(head.size) != Some(head.root) {
        return Err(ServiceError::HeadOther { path: path.to_owned(), head: head.size });
    }
    Ok(())
}

fn unreadable(path: &Path, detail: String) -> ServiceError {
    ServiceError::HeadUnreadable { path: path.to_owned(), detail }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, ServiceError> {
    read_up_to(path, u64::try_from(MAX_NOTE_BYTES).unwrap_or(u64::MAX))
}

/// The file's bytes, one more than `most` where it is longer: what reads them then refuses them.
pub(crate) fn read_up_to(path: &Path, most: u64) -> Result<Option<Vec<u8>>, ServiceError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, error.to_string())),
    }
}

/// Replaces the file whole: a power cut leaves the older one or the newer one.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

/// Whoever closes lets go of the sender, and then wakes this thread: it does not sleep out its pause, nor begin another one behind
/// the last head.
fn keep(files: &[PathBuf], newest: &Receiver<Vec<u8>>, failed: &Failed, pause: Duration) {
    let mut next = newest.recv();
    while let Ok(first) = next {
        let head = newest.try_iter().last().unwrap_or(first);
        *failed.lock().unwrap_or_else(PoisonError::into_inner) = write_all(files, &head);
        let newer = match newest.try_recv() {
            Err(TryRecvError::Disconnected) => return,
            newer => newer,
        };
        std::thread::park_timeout(pause);
        next = newer.or_else(|_| newest.recv());
    }
}

/// A head that cannot be written does not stop the set: the record itself is durable. It is told to whoever runs the
/// server, and on the board.
fn write_all(files: &[PathBuf], head: &[u8]) -> Vec<PathBuf> {
    let mut failed = Vec::new();
    for path in files {
        if let Err(error) = write(path, head) {
            tracing::error!(path = %path.display(), %error, "the head cannot be kept here");
            failed.push(path.clone());
        }
    }
    failed
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::{Failed, keep};

    const LONGER_THAN_ANY_TEST: Duration = Duration::from_secs(36_000);

    /// Whoever closes a production does not wait for a pause that nobody needs any more, and finds the last head there.
    #[test]
    fn closing_writes_the_last_head_at_once_and_sleeps_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.head");
        let (files, (send, newest), (ended, has_ended)) = (vec![file.clone()], channel(), channel());
        let keeper = std::thread::spawn(move || {
            keep(&files, &newest, &Failed::default(), LONGER_THAN_ANY_TEST);
            ended.send(()).unwrap();
        });
        send.send(b"first".to_vec()).unwrap();
        while std::fs::read(&file).ok().as_deref() != Some(b"first") {
            std::thread::yield_now();
        }
        send.send(b"last".to_vec()).unwrap();
        drop(send);
        keeper.thread().unpark();
        assert_eq!(has_ended.recv_timeout(Duration::from_secs(60)), Ok(()), "it sleeps");
        assert_eq!(std::fs::read(&file).unwrap(), b"last");
    }
}
