//! People at their devices: PINs, sessions, one-time codes, names. All of it lives in the office
//! database, none of it in the log.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Erasable, Event};
use record::{Id, State};
use sha2::{Digest as _, Sha256};
use store::StoreError;
use store::office::{Invitation, Office};

use crate::code::{self, Window};
use crate::error::{CodeError, DiscloseError, MAX_NAME_CHARS};
use crate::pin::{self, LoginError, PinError};
use crate::random;
use crate::service::Service;

/// How long a session lasts, in milliseconds: a long shooting day of 14 hours.
pub const SESSION_LIFE_MS: i64 = 50_400_000;

/// Who is logged in at a screen.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Session {
    /// The person; nobody on a board.
    pub person: Option<Id>,
    /// The device that he logged in on.
    pub device: Option<Id>,
    /// Whether it can only look.
    pub viewer: bool,
}

/// What stands behind an intent besides its signature.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// A session.
    Session(Session),
    /// A one-time code, for enrolling a device.
    Code(String),
    /// Nothing: enough for a stop.
    Nobody,
}

/// The office and what guards its doors.
#[derive(Debug)]
pub(crate) struct Front {
    /// Nothing once the service is closed.
    office: Mutex<Option<Office>>,
    /// One PIN is tried at a time, so that guesses at once are counted one after another.
    one_try: Mutex<()>,
    wrong_codes: Mutex<Window>,
}

impl Front {
    pub(crate) fn new(office: Office) -> Front {
        let office = Mutex::new(Some(office));
        Front { office, one_try: Mutex::new(()), wrong_codes: Mutex::new(Window::default()) }
    }

    /// Does something in the office, unless it is closed.
    pub(crate) fn office<T>(&self, verb: impl FnOnce(&mut Office) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let closed = || StoreError::Failed { path: PathBuf::from("the office"), detail: "it is closed".to_owned() };
        verb(held(&self.office).as_mut().ok_or_else(closed)?)
    }

    /// Lets go of the office.
    pub(crate) fn close(&self) {
        held(&self.office).take();
    }
}

/// Each verb behind these locks is one transaction or one number: nothing is left half done.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// PINs, sessions.
impl Service {
    /// Logs a person in at an enrolled device, his own or the one at hand, and gives the session's
    /// token, of which only a digest is kept.
    ///
    /// It takes about 50 ms of processor time: call it from a thread that may wait.
    ///
    /// # Errors
    /// [`PinError`] says why nobody is logged in; after 5 wrong PINs in a row it is locked for a
    /// minute, doubled with each further failure up to an hour.
    pub fn log_in(&self, device: Id, person: Id, pin: &str) -> Result<(String, Session), LoginError> {
        let view = self.view();
        if view.state.devices.get(&device).is_none_or(|it| it.revoked) {
            return Err(PinError::UnknownDevice);
        }
        self.check_pin(&view.state, person, pin)?;
        self.begin(Session { person: Some(person), device: Some(device), viewer: false })
    }

    /// A session that can only look, for a board.
    ///
    /// # Errors
    /// [`PinError::Office`] where it cannot be kept.
    pub fn viewer_token(&self) -> Result<(String, Session), LoginError> {
        self.begin(Session { person: None, device: None, viewer: true })
    }

    fn begin(&self, session: Session) -> Result<(String, Session), LoginError> {
        let token = URL_SAFE_NO_PAD.encode(random::bytes::<32>().map_err(|_| PinError::Office)?);
        let now_ms = self.now_ms();
        let kept = store::office::Session {
            token_hash: token_digest(&token),
            person: session.person.map(Id::to_bytes),
            device: session.device.map(Id::to_bytes),
            created_ms: now_ms,
            expires_ms: now_ms.saturating_add(SESSION_LIFE_MS),
        };
        let done = self.front().office(|office| {
            office.purge_sessions(now_ms)?;
            office.put_session(&kept)
        });
        done.map_err(|error| failed(&error))?;
        Ok((token, session))
    }

    /// The session with this token, if it is not over and its device's key was not revoked.
    #[must_use]
    pub fn session(&self, token: &str) -> Option<Session> {
        let now_ms = self.now_ms();
        let kept = self.front().office(|office| office.session(&token_digest(token), now_ms));
        let kept = kept.map_err(|error| failed(&error)).ok().flatten()?;
        let (person, device) = (kept.person.map(Id::from_bytes), kept.device.map(Id::from_bytes));
        let view = self.view();
        let revoked = |device: Id| view.state.devices.get(&device).is_none_or(|it| it.revoked);
        if device.is_some_and(revoked) {
            return None;
        }
        Some(Session { person, device, viewer: person.is_none() })
    }

    /// Ends a session; nothing happens if there is none.
    pub fn log_out(&self, token: &str) {
        if let Err(error) = self.front().office(|office| office.end_session(&token_digest(token))) {
            tracing::warn!(code = error.code(), "a session could not be ended");
        }
    }

    /// Sets a person's PIN, without asking for an earlier one, and ends his sessions. For whoever
    /// runs the server; people set theirs when they enrol.
    ///
    /// # Errors
    /// [`PinError::Form`], [`PinError::UnknownPerson`], [`PinError::Office`].
    pub fn set_pin(&self, person: Id, pin: &str) -> Result<(), PinError> {
        pin::check_form(pin)?;
        if !self.view().state.people.contains_key(&person) {
            return Err(PinError::UnknownPerson);
        }
        let hash = pin::hash(pin)?;
        let done = self.front().office(|office| {
            office.set_pin_hash(person.to_bytes(), &hash)?;
            office.end_sessions_of(person.to_bytes())
        });
        done.map_err(|error| failed(&error))
    }

    /// Has the person a PIN?
    #[must_use]
    pub fn has_pin(&self, person: Id) -> bool {
        self.front().office(|office| office.pin(person.to_bytes())).is_ok_and(|pin| pin.is_some())
    }

    pub(crate) fn check_pin(&self, state: &State, person: Id, pin: &str) -> Result<(), PinError> {
        if !state.people.contains_key(&person) {
            return Err(PinError::UnknownPerson);
        }
        let _one_try = held(&self.front().one_try);
        let id = person.to_bytes();
        let kept = self.front().office(|office| office.pin(id)).map_err(|error| failed(&error))?;
        let kept = kept.ok_or(PinError::NoPin)?;
        let now_ms = self.now_ms();
        let left_ms = kept.locked_until_ms.saturating_sub(now_ms);
        if let Ok(left_ms @ 1..) = u64::try_from(left_ms) {
            return Err(PinError::Locked { wait_s: left_ms.div_ceil(1_000) });
        }
        if pin::check_form(pin).is_ok() && pin::fits(pin, &kept.hash) {
            return self.front().office(|office| office.reset_pin_failures(id)).map_err(|error| failed(&error));
        }
        let lock_ms = pin::lock_ms(kept.failures.saturating_add(1));
        let until = lock_ms.map(|lock_ms| now_ms.saturating_add(lock_ms));
        let counted = self.front().office(|office| office.record_pin_failure(id, until));
        counted.map_err(|error| failed(&error))?;
        let wait_s = lock_ms.and_then(|lock_ms| u64::try_from(lock_ms).ok()).map(|ms| ms.div_ceil(1_000));
        Err(wait_s.map_or(PinError::Wrong, |wait_s| PinError::Locked { wait_s }))
    }
}

/// One-time codes.
impl Service {
    /// A one-time code for an accepted invitation that was not used yet, good for a day. Whoever
    /// signed the invitation gets it, and nobody else: with it the invited person's device is
    /// enrolled and his PIN set.
    ///
    /// # Errors
    /// [`CodeError::Other`] for another session's person, [`CodeError::Wrong`] where there is no
    /// such invitation, [`CodeError::Office`].
    pub fn issue_code(&self, session: &Session, invitation: Id) -> Result<String, CodeError> {
        let view = self.view();
        let person = view.state.invitations.get(&invitation).copied().ok_or(CodeError::Wrong)?;
        let signer = view.decided(invitation, |decision| decision.intent.said.by).flatten();
        if session.viewer || session.person.is_none() || session.person != signer {
            return Err(CodeError::Other);
        }
        let code = code::fresh().map_err(|_| CodeError::Office)?;
        let kept = Invitation {
            code_hash: code::digest(&code).ok_or(CodeError::Office)?,
            invitation: invitation.to_bytes(),
            person: person.to_bytes(),
            expires_ms: self.now_ms().saturating_add(code::LIFE_MS),
        };
        self.front().office(|office| office.put_invitation(&kept)).map_err(|error| code_failed(&error))?;
        Ok(code)
    }

    /// The invitation and the person that a code opens. It is not used up by this.
    ///
    /// # Errors
    /// [`CodeError`]; after 10 wrong codes in a minute, of the whole service, none is looked at.
    pub fn redeem_code(&self, code: &str) -> Result<(Id, Id), CodeError> {
        let now = self.time().monotonic_ms();
        let mut wrong_codes = held(&self.front().wrong_codes);
        if let Some(wait_s) = wrong_codes.full_for(now) {
            return Err(CodeError::TooMany { wait_s });
        }
        let found = match code::digest(code) {
            Some(digest) => {
                let now_ms = self.now_ms();
                self.front().office(|office| office.invitation(&digest, now_ms))
            }
            None => Ok(None),
        };
        match found.map_err(|error| code_failed(&error))? {
            Some(kept) => Ok((Id::from_bytes(kept.invitation), Id::from_bytes(kept.person))),
            None => {
                wrong_codes.count(now);
                Err(CodeError::Wrong)
            }
        }
    }

    /// Uses a code up; true for the first time.
    pub(crate) fn use_code(&self, code: &str) -> bool {
        let used = code::digest(code).map(|digest| self.front().office(|office| office.use_invitation(&digest)));
        match used {
            Some(Ok(first)) => first,
            Some(Err(error)) => {
                // The log itself takes no invitation twice; this only leaves a code lying about.
                tracing::warn!(code = error.code(), "a one-time code could not be marked as used");
                false
            }
            None => false,
        }
    }
}

/// Names and other texts that the log only commits to.
impl Service {
    /// Keeps a text whose digest a recorded intent holds. The text at the path `name` of an
    /// accepted registration becomes the name of what was registered.
    ///
    /// # Errors
    /// [`DiscloseError`].
    pub fn disclose(&self, intent: Id, path: &str, salt: [u8; 16], value: &str) -> Result<(), DiscloseError> {
        let chars = value.chars().count();
        if chars == 0 || chars > MAX_NAME_CHARS || value.chars().any(char::is_control) || value.trim() != value {
            return Err(DiscloseError::Text);
        }
        let named = self.named_by(intent, path, salt, value)?;
        let kept = self.front().office(|office| {
            office.put_disclosure(intent.to_bytes(), path, &salt, value)?;
            named.map_or(Ok(()), |item| office.put_name(item.to_bytes(), value))
        });
        kept.map_err(|error| {
            tracing::error!(code = error.code(), "a text could not be kept");
            DiscloseError::Office
        })?;
        if let Some(item) = named {
            self.desk().rename(item, value);
        }
        Ok(())
    }

    /// What was written beside an intent at the path `note`, if it was given and not erased since.
    #[must_use]
    pub fn note_of(&self, intent: Id) -> Option<String> {
        let kept = self.front().office(|office| office.disclosures(intent.to_bytes()));
        let kept = kept.inspect_err(|error| tracing::error!(code = error.code(), "a text could not be read"));
        kept.ok()?.into_iter().find(|it| it.path == "note").map(|it| it.value)
    }

    /// Checks the text against its digest, and says what it is the name of, if of anything.
    fn named_by(&self, intent: Id, path: &str, salt: [u8; 16], value: &str) -> Result<Option<Id>, DiscloseError> {
        let view = self.view();
        let named = view.decided(intent, |decision| {
            let digest = decision.intent.said.digests.get(path).ok_or(DiscloseError::NoCommitment)?;
            if view.state.erased.contains_key(&(intent, Erasable::Texts)) {
                return Err(DiscloseError::Erased);
            }
            if digest.0 != proof::commit::commit(&salt, path, value) {
                return Err(DiscloseError::Differs);
            }
            Ok(if path == "name" { decision.events.iter().find_map(registered) } else { None })
        });
        named.unwrap_or(Err(DiscloseError::UnknownIntent))
    }
}

/// What an event put on the register, or planned.
pub(crate) fn registered(event: &Event<record::Real>) -> Option<Id> {
    if let Event::PersonAdded { person: item }
    | Event::PlaceRegistered { place: item, .. }
    | Event::GunRegistered { gun: item, .. }
    | Event::LotRegistered { lot: item, .. }
    | Event::LotReceived { lot: item, .. }
    | Event::LotReboxed { lot: item, .. }
    | Event::ScenePlanned { scene: item, .. } = event
    {
        Some(*item)
    } else {
        None
    }
}

fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// The office's own error goes to whoever runs the server, the plain one to the person.
fn failed(error: &store::StoreError) -> PinError {
    tracing::error!(code = error.code(), "the office database failed");
    PinError::Office
}

fn code_failed(error: &store::StoreError) -> CodeError {
    tracing::error!(code = error.code(), "the office database failed");
    CodeError::Office
}
