//! The production as everybody else sees it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use kernel::{Intent, Proven};
use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::tree::root_of;
use record::intent::{IntentError, SignedIntent};
use record::keys::brought_by;
use record::{Id, Origin};
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{SealError, Store, StoreError};
use tokio::sync::{oneshot, watch};

use crate::archive;
use crate::clock::{Clock, RecordTime};
use crate::cosigned::LeftOut;
use crate::desk::Desk;
use crate::error::{CodeError, ServiceError, SubmitError};
use crate::found::{Drafted, Founding, draft, log_signer};
use crate::heads::{Failed, Heads};
use crate::key::LogKey;
use crate::load::load;
use crate::people::{Front, Standing};
use crate::pin;
use crate::second;
use crate::signers::{self, Signers};
use crate::stamping::Stamping;
use crate::view::{Answer, View};
use crate::witnessed::{WitnessFiles, Witnesses};
use crate::wrap;
use crate::writer::{Reply, Submission, Writer, view_of};

/// How many intents may wait for the writer: more than twice what one commit takes.
const QUEUE: usize = 1_024;

/// The files of a production's folder.
pub(crate) const LOG: &str = "log.db";
pub(crate) const OFFICE: &str = "office.db";
pub(crate) const KEY: &str = "log.key";

/// What a production is kept in. Whoever serves a production opens its folder; tests bring stores
/// of their own.
#[derive(Debug)]
pub struct Stores {
    /// The log.
    pub log: Box<dyn Store>,
    /// Names, PINs, sessions, codes.
    pub office: Office,
    /// The log's key.
    pub key: LogKey,
    /// Where the newest head is kept besides.
    pub heads: Heads,
    /// Where the witnesses are named and what they countersigned is kept.
    pub witnesses: WitnessFiles,
}

/// One production: its writer, its people, and everything that may be read of it.
///
/// A clone is another handle on the same production. When the last one is dropped, or at
/// [`Service::close`], the writer finishes what is queued, keeps a snapshot and lets go of the
/// folder.
#[derive(Clone, Debug)]
pub struct Service {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    origin: Origin,
    origin_text: String,
    log_key: VerifyingKey,
    founder: Id,
    time: Arc<RecordTime>,
    desk: Arc<Desk>,
    front: Arc<Front>,
    witnesses: Arc<Mutex<Witnesses>>,
    queue: Mutex<Option<SyncSender<Submission>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    head_keeper: Mutex<Option<JoinHandle<()>>>,
    heads_failed: Failed,
    wrap_signer: Mutex<Option<JoinHandle<()>>>,
    stamping: Mutex<Stamping>,
    /// Held while the files of a stamp are written, so that no two choose one name.
    keeps_a_stamp: Mutex<()>,
    signers: Signers,
}

/// What lies behind these locks is taken out or left, never half changed.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Founding, opening, closing.
impl Service {
    /// Founds a production in an empty folder, which is made where it is not there yet, and opens it.
    ///
    /// # Errors
    /// [`ServiceError::AlreadyThere`] where the folder holds a production already;
    /// [`ServiceError::BadFounding`]; [`ServiceError::Store`], [`ServiceError::KeyUnusable`] where
    /// the folder cannot be written.
    pub fn found(folder: &Path, founding: &Founding, clock: Arc<dyn Clock>) -> Result<Service, ServiceError> {
        let (log, office, key) = (folder.join(LOG), folder.join(OFFICE), folder.join(KEY));
        if let Some(path) = [&log, &office, &key].into_iter().find(|path| path.exists()) {
            return Err(ServiceError::AlreadyThere { path: path.clone() });
        }
        let fresh = LogKey::fresh()?;
        // What is wrong with the founding itself shows before a file is made.
        draft(founding, &fresh, clock.now_ms())?;
        std::fs::create_dir_all(folder)
            .map_err(|error| ServiceError::KeyUnusable { path: key.clone(), detail: error.to_string() })?;
        fresh.write(&key)?;
        second::make(folder)?;
        let office = Office::open(&office)?;
        let log = Box::new(SqliteStore::create(&log)?);
        let (heads, witnesses) = (Heads::of_folder(folder)?, WitnessFiles::of_folder(folder));
        Service::found_in(Stores { log, office, key: fresh, heads, witnesses }, founding, clock)
    }

    /// Founds a production in stores of the caller's.
    ///
    /// # Errors
    /// As [`Service::found`].
    pub fn found_in(mut stores: Stores, founding: &Founding, clock: Arc<dyn Clock>) -> Result<Service, ServiceError> {
        let Drafted { origin, founder, bytes, pin_hash } = draft(founding, &stores.key, clock.now_ms())?;
        let (production, founder) = (origin.production().to_bytes(), founder.to_bytes());
        let names = [(production, founding.production_name.as_str()), (founder, founding.founder_name.as_str())];
        stores.office.put_founding(&names, founder, &pin_hash)?;
        let signer = log_signer(&origin, &stores.key)?;
        stores.log.append(0, &[bytes], &mut |read_back| {
            let leaves: Vec<_> = read_back.iter().map(|bytes| proof::tree::hash_leaf(bytes)).collect();
            let head = Checkpoint { origin: origin.to_string(), size: 1, root: root_of(&leaves) };
            let note = signer.sign(&head.to_text()).map_err(|error| SealError::new(error.to_string()))?;
            Ok(note.to_bytes())
        })?;
        Service::open_in(stores, clock)
    }

    /// Opens the production in a folder.
    ///
    /// # Errors
    /// [`ServiceError`]: what cannot be read, does not verify, or is in use is not served.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Service, ServiceError> {
        let office = folder.join(OFFICE);
        let log = Box::new(SqliteStore::open(&folder.join(LOG))?);
        let key = LogKey::read(&folder.join(KEY))?;
        // To open the office would make an empty one: everybody's PIN would be gone without a word.
        if !office.exists() {
            return Err(StoreError::NotFound { path: office }.into());
        }
        let office = Office::open(&office)?;
        let (heads, witnesses) = (Heads::of_folder(folder)?, WitnessFiles::of_folder(folder));
        // Without it the record is as good as it was, and its wraps and bundles carry one signature less.
        if let Err(error) = second::make(folder) {
            tracing::error!(%error, "the log's second key cannot be made");
        }
        Service::open_in(Stores { log, office, key, heads, witnesses }, clock)
    }

    /// Opens the production in stores of the caller's.
    ///
    /// # Errors
    /// As [`Service::open`].
    pub fn open_in(stores: Stores, clock: Arc<dyn Clock>) -> Result<Service, ServiceError> {
        let Stores { mut log, mut office, key, heads, witnesses } = stores;
        let loaded = load(log.as_mut(), &key)?;
        // Before anything is signed, a jump of the clock too.
        heads.check(&loaded)?;
        let log_key = loaded.signer.verifying_key().clone();
        let second = witnesses.second(&loaded.origin);
        let stamping = Stamping::of(witnesses.folder(), &loaded, &log_key);
        let witnesses = witnesses.read(&loaded.origin, &log_key)?;
        for LeftOut { path, line } in witnesses.left_out() {
            tracing::error!(path = %path.display(), line, "this countersigned head, or this line of it, is damaged");
        }
        let witnesses = Arc::new(Mutex::new(witnesses));
        let time = Arc::new(RecordTime::new(clock));
        let last = loaded.core.last_decided.0;
        let behind = time.is_behind(last);
        time.decided(last);
        let (origin, founder) = (loaded.origin.clone(), loaded.founder);
        let names: BTreeMap<Id, String> =
            office.names()?.into_iter().map(|(id, name)| (Id::from_bytes(id), name)).collect();
        let view = View { names: Arc::new(names), ..view_of(&loaded.core, &origin, &loaded.checkpoint) };
        let desk = Arc::new(Desk::new(view));
        let heads_failed = Failed::default();
        let (newest_head, head_keeper) = heads.keep(&origin, &heads_failed)?;
        let (wraps, wrap_signer) = wrap::sign_all(&witnesses, second)?;
        let mut writer = Writer::new(log, key, loaded, Arc::clone(&time), Arc::clone(&desk), newest_head, wraps);
        // Nobody can say how long it has been since the last entry: nothing that was shown holds.
        if behind && !writer.notice_jump() {
            return Err(ServiceError::DoesNotVerify { detail: "the clock's jump could not be written".to_owned() });
        }
        let (queue, submissions) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("writer".to_owned());
        let thread = thread
            .spawn(move || writer.run(&submissions))
            .map_err(|error| ServiceError::NoThread { detail: error.to_string() })?;
        let inner = Inner {
            origin_text: origin.to_string(),
            origin,
            log_key,
            founder,
            time,
            desk,
            front: Arc::new(Front::new(office)),
            witnesses,
            queue: Mutex::new(Some(queue)),
            writer: Mutex::new(Some(thread)),
            head_keeper: Mutex::new(Some(head_keeper)),
            heads_failed,
            wrap_signer: Mutex::new(Some(wrap_signer)),
            stamping: Mutex::new(stamping),
            keeps_a_stamp: Mutex::default(),
            signers: Signers::default(),
        };
        let service = Service { inner: Arc::new(inner) };
        service.erase_what_is_said_to_be();
        Ok(service)
    }

    /// Finishes what is queued, keeps a snapshot and lets go of the folder. What comes later is
    /// answered with [`SubmitError::Closed`]; nobody logs in any more.
    pub fn close(&self) {
        self.inner.close();
    }
}

impl Inner {
    fn close(&self) {
        held(&self.queue).take();
        let writer = held(&self.writer).take();
        if writer.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writer did not end well");
        }
        if let Some(keeper) = held(&self.head_keeper).take() {
            keeper.thread().unpark();
            if keeper.join().is_err() {
                tracing::error!("the newest head was not kept");
            }
        }
        if held(&self.wrap_signer).take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the head over the wrap was not signed a second time");
        }
        self.front.close();
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// What may be read.
impl Service {
    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.inner.origin_text
    }

    /// The log's public key: whoever notes it on paper at the founding can hold every later record against it.
    #[must_use]
    pub fn log_key(&self) -> &VerifyingKey {
        &self.inner.log_key
    }

    /// The production.
    #[must_use]
    pub fn production(&self) -> Id {
        self.inner.origin.production()
    }

    /// Who founded it.
    #[must_use]
    pub fn founder(&self) -> Id {
        self.inner.founder
    }

    /// Everything that may be read, as of the head.
    #[must_use]
    pub fn view(&self) -> Arc<View> {
        self.inner.desk.view()
    }

    /// The head's size; it changes after every commit, and is announced again when a name becomes
    /// known or the record falls into doubt.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.inner.desk.subscribe()
    }

    /// Now, in Unix milliseconds of the record: the wall's clock, never before the last decision and
    /// never slower than the monotonic clock since.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.inner.time.now_ms()
    }

    pub(crate) fn time(&self) -> &RecordTime {
        &self.inner.time
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.inner.desk
    }

    /// The files, beside the database and on other media, that the newest head could not be written to when that was
    /// last tried. While there is one, an older copy of the database that is put back is not found out there.
    #[must_use]
    pub fn heads_not_kept(&self) -> Vec<PathBuf> {
        held(&self.inner.heads_failed).clone()
    }

    pub(crate) fn desk_and_front(&self) -> (Arc<Desk>, Arc<Front>) {
        (Arc::clone(&self.inner.desk), Arc::clone(&self.inner.front))
    }

    pub(crate) fn front(&self) -> &Front {
        &self.inner.front
    }

    pub(crate) fn witnesses(&self) -> MutexGuard<'_, Witnesses> {
        held(&self.inner.witnesses)
    }

    pub(crate) fn stamping(&self) -> MutexGuard<'_, Stamping> {
        held(&self.inner.stamping)
    }

    pub(crate) fn keeps_a_stamp(&self) -> MutexGuard<'_, ()> {
        held(&self.inner.keeps_a_stamp)
    }
}

/// What may be asked and reported.
impl Service {
    /// Takes a signed intent, and gives the recorded verdict once it is durable. The same intent
    /// again gives the same verdict. It never blocks the runtime: the wait is in the queue.
    ///
    /// # Errors
    /// [`SubmitError`]. A refusal is no error: it is recorded and comes back as an [`Answer`].
    pub async fn submit(&self, note: Vec<u8>, standing: Standing) -> Result<Answer, SubmitError> {
        let (reply, answer) = oneshot::channel();
        let reply: Reply = Box::new(move |answered| {
            // A caller who is gone asks again and gets the recorded verdict.
            let _gone = reply.send(answered);
        });
        let submission = self.check(note, &standing, reply)?;
        let queue = self.queue()?;
        queue.try_send(submission).map_err(|error| match error {
            TrySendError::Full(_) => SubmitError::Busy,
            TrySendError::Disconnected(_) => SubmitError::StoreFailed,
        })?;
        drop(queue);
        answer.await.unwrap_or(Err(SubmitError::StoreFailed))
    }

    /// As [`Service::submit`], for threads that may wait; it waits for a place in the queue too.
    ///
    /// # Errors
    /// As [`Service::submit`].
    pub fn submit_blocking(&self, note: Vec<u8>, standing: Standing) -> Result<Answer, SubmitError> {
        let (reply, answer) = sync_channel(1);
        let reply: Reply = Box::new(move |answered| {
            let _gone = reply.send(answered);
        });
        let submission = self.check(note, &standing, reply)?;
        let queue = self.queue()?;
        queue.send(submission).map_err(|_| SubmitError::StoreFailed)?;
        drop(queue);
        answer.recv().unwrap_or(Err(SubmitError::StoreFailed))
    }

    /// Enrols a device with a one-time code, and sets the person's PIN. Who has a PIN already gives
    /// that one, so that no code takes a person's name over from him.
    ///
    /// # Errors
    /// [`SubmitError`]; nothing is enrolled where the PIN is not accepted.
    pub fn enrol_blocking(&self, note: Vec<u8>, code: &str, pin: &str) -> Result<Answer, SubmitError> {
        pin::check_form(pin).map_err(SubmitError::Pin)?;
        let (intent, _) = self.parse(note.clone())?;
        let has_pin = intent.said.by.is_some_and(|person| self.has_pin(person));
        if let Some(person) = intent.said.by.filter(|_| has_pin) {
            self.check_pin(&self.view().state, person, pin).map_err(SubmitError::Pin)?;
        }
        let answer = self.submit_blocking(note, Standing::Code(code.to_owned()))?;
        if answer.accepted
            && let Some(person) = intent.said.by
            && !self.has_pin(person)
            && self.opens(code, &intent).is_ok()
        {
            self.set_pin(person, pin).map_err(SubmitError::Pin)?;
        }
        if answer.accepted {
            self.use_code(code);
        }
        Ok(answer)
    }

    /// As [`Service::enrol_blocking`], on a thread that may wait. Only within a tokio runtime.
    ///
    /// # Errors
    /// As [`Service::enrol_blocking`].
    pub async fn enrol(&self, note: Vec<u8>, code: String, pin: String) -> Result<Answer, SubmitError> {
        let service = self.clone();
        let done = tokio::task::spawn_blocking(move || service.enrol_blocking(note, &code, &pin));
        done.await.unwrap_or(Err(SubmitError::StoreFailed))
    }

    fn queue(&self) -> Result<SyncSender<Submission>, SubmitError> {
        held(&self.inner.queue).clone().ok_or(SubmitError::Closed)
    }

    fn parse(&self, note: Vec<u8>) -> Result<(SignedIntent, Note), SubmitError> {
        SignedIntent::read(note, &self.inner.origin).map_err(|error| match error {
            IntentError::TooLarge => SubmitError::TooLarge,
            IntentError::Signature => SubmitError::Signature,
            IntentError::Note(_)
            | IntentError::Shape
            | IntentError::OtherOrigin(_)
            | IntentError::Form(_)
            | IntentError::Wire(_) => SubmitError::Malformed(error),
        })
    }

    /// Everything that can be found out before the queue: form, signature, who stands behind it.
    fn check(&self, note: Vec<u8>, standing: &Standing, reply: Reply) -> Result<Submission, SubmitError> {
        let (intent, note) = self.parse(note)?;
        let view = self.view();
        let (device, signer) = self.verified(&view, &intent, &note)?;
        let proven = if view.index_of(intent.said.id).is_some() {
            // It was recorded: whatever stands behind it now, the recorded verdict comes back.
            Err(SubmitError::NotLoggedIn)
        } else {
            self.proven(&view, &intent, device, standing)
        };
        let reply = self.erasing(&intent.said.intent, reply);
        Ok(Submission { intent, device, signer, proven, reply })
    }

    /// The enrolled device that signed, if one did, and the id of the key. A key that the log does
    /// not have is taken for a stop and for an enrolment alone.
    fn verified(&self, view: &View, intent: &SignedIntent, note: &Note) -> Result<(Option<Id>, Id), SubmitError> {
        let said = &intent.said;
        let (device, signer, key) = if said.key.is_some() {
            let (made, key) = brought_by(intent, self.production()).ok_or(SubmitError::UnknownKey)?;
            (None, made, signers::decode(&intent.key_name, key).map(Arc::new))
        } else {
            let archive = archive::read(&view.archive);
            let named = archive.keys().named(self.production(), &intent.key_name);
            let (device, key) = named.ok_or(SubmitError::UnknownKey)?;
            (Some(device), device, self.inner.signers.enrolled(&intent.key_name, key))
        };
        let has_signed = key.is_some_and(|key| note.is_signed_by(&key));
        if has_signed { Ok((device, signer)) } else { Err(SubmitError::Signature) }
    }

    /// How the person who signs is proven. A stop needs no proof: whose name it bears stays a claim,
    /// and the entry says that nobody was proven.
    fn proven(
        &self,
        view: &View,
        intent: &SignedIntent,
        device: Option<Id>,
        standing: &Standing,
    ) -> Result<Proven, SubmitError> {
        let said = &intent.said;
        if matches!(said.intent, Intent::Stop { .. }) {
            let proven = match standing {
                Standing::Session(session) => view.proven(session, device, said.by),
                Standing::Code(_) | Standing::Nobody => None,
            };
            return Ok(proven.unwrap_or(Proven::Nobody));
        }
        if matches!(said.intent, Intent::EnrolDevice { .. }) {
            return match standing {
                Standing::Code(code) => self.opens(code, intent).map(|()| Proven::Code).map_err(SubmitError::Code),
                Standing::Session(_) | Standing::Nobody => Err(SubmitError::Code(CodeError::Missing)),
            };
        }
        match standing {
            Standing::Session(session) if session.viewer => Err(SubmitError::OnlyLooks),
            Standing::Session(session) => view.proven(session, device, said.by).ok_or(SubmitError::OtherPerson),
            Standing::Code(_) | Standing::Nobody => Err(SubmitError::NotLoggedIn),
        }
    }

    /// Does the code open the invitation that this enrolment names, for the person who signs?
    fn opens(&self, code: &str, intent: &SignedIntent) -> Result<(), CodeError> {
        let (invited, person) = self.redeem_code(code)?;
        let Intent::EnrolDevice { invitation, .. } = intent.said.intent else { return Err(CodeError::Other) };
        let fits = invited == invitation && intent.said.by == Some(person);
        if fits { Ok(()) } else { Err(CodeError::Other) }
    }
}
