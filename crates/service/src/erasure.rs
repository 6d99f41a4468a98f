//! What the record says is erased, is erased: the texts behind an intent's commitments, with their salts, and the files
//! that it names. The entry stays as it is.
//!
//! No intent entered the founder: the founding stands for one, and the production's id for the founding, as it does for the
//! invitation of the founder's device.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{Erasable, Intent};
use proof::tree::Hash;
use record::Id;
use record::entry::{Body, founder_in};
use record::erasure::{Digests, NEVER_ERASED};
use store::StoreError;

use crate::archive;
use crate::desk::Desk;
use crate::people::{Front, registered};
use crate::service::Service;
use crate::view::View;
use crate::writer::Reply;

/// What of an entry's intent stands beside the record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Beside {
    /// Its place.
    pub index: u64,
    /// The intent; of the founding the production's id.
    pub intent: Id,
    /// Whether it committed to texts that can be erased; of the founding, whether the founder's name can be.
    pub texts: bool,
    /// Whether it names files.
    pub files: bool,
}

/// What it takes to erase, and no handle on the service: the writer's thread has one of these, and must not be what
/// keeps the service open.
struct Eraser {
    desk: Arc<Desk>,
    front: Arc<Front>,
}

impl Eraser {
    fn erase(&self, intent: Id, what: Erasable) {
        let erased = match what {
            Erasable::Texts => self.erase_texts(intent),
            Erasable::Files => self.erase_files(intent),
        };
        told(erased);
    }

    fn erase_texts(&self, intent: Id) -> Result<(), StoreError> {
        if let Some(founder) = founder_by(&self.desk.view(), intent) {
            self.front.office(|office| office.erase_name(founder.to_bytes()))?;
            self.desk.forget_name(founder);
            // A device may have given an intent this very id: what that one committed to goes as well.
        }
        let item = self.desk.view().decided(intent, |decision| decision.events.iter().find_map(registered)).flatten();
        let bytes = item.map(Id::to_bytes);
        let renamed = self.front.office(|office| office.erase_disclosures(intent.to_bytes(), &NEVER_ERASED, bytes))?;
        if let Some(item) = item.filter(|_| renamed) {
            self.desk.forget_name(item);
        }
        Ok(())
    }

    fn erase_files(&self, intent: Id) -> Result<(), StoreError> {
        let files =
            self.desk.view().decided(intent, |decision| decision.intent.said.attachments.clone()).unwrap_or_default();
        files.iter().try_for_each(|file| self.erase_file(file.sha256))
    }

    fn erase_file(&self, digest: Hash) -> Result<(), StoreError> {
        self.front.office(|office| office.erase_attachment(&digest.0))
    }
}

/// Whoever runs the server is told what could not be erased.
fn told(erased: Result<(), StoreError>) {
    if let Err(error) = erased {
        tracing::error!(code = error.code(), "what is said to be erased is not yet; the next start erases it");
    }
}

/// The files that no intent has named again since their erasure, as whoever verifies the record reads it.
fn files_said_to_be_erased(view: &View) -> BTreeSet<Hash> {
    let archive = archive::read(&view.archive);
    let mut digests = Digests::default();
    (0..view.size).filter_map(|index| archive.get(index)).for_each(|kept| digests.learn(&kept.entry));
    let erased = digests.erased(&BTreeSet::new(), &BTreeSet::new());
    let files = erased.all.iter().filter(|it| !it.is_of_texts()).flat_map(|it| &it.not_here);
    files.filter_map(|digest| Hash::from_hex(digest)).collect()
}

/// The founder, where this id stands for the founding.
fn founder_by(view: &View, intent: Id) -> Option<Id> {
    if intent != view.origin.production() {
        return None;
    }
    let archive = archive::read(&view.archive);
    founder_in(archive.get(0)?.entry.events())
}

impl Service {
    fn eraser(&self) -> Eraser {
        let (desk, front) = self.desk_and_front();
        Eraser { desk, front }
    }

    /// The reply to an intent that erases does so first: on the writer's thread, whoever still waits for it.
    pub(crate) fn erasing(&self, intent: &record::Intent, reply: Reply) -> Reply {
        let Intent::Erase { intent, what, .. } = *intent else { return reply };
        let eraser = self.eraser();
        Box::new(move |answered| {
            if answered.as_ref().is_ok_and(|answer| answer.accepted) {
                eraser.erase(intent, what);
            }
            reply(answered);
        })
    }

    /// Erases whatever the record says is erased. Where the machine stopped between the entry and the erasure, this
    /// makes up for it. A file that another intent has named since then came anew, and stays.
    pub(crate) fn erase_what_is_said_to_be(&self) {
        let eraser = self.eraser();
        let view = self.view();
        let of = |what| view.state.erased.keys().filter(move |key| key.1 == what);
        of(Erasable::Texts).for_each(|(intent, what)| eraser.erase(*intent, *what));
        if of(Erasable::Files).next().is_none() {
            return;
        }
        for file in files_said_to_be_erased(&view) {
            told(eraser.erase_file(file));
        }
    }

    /// What stands beside the record of a person or a thing, the newest first: what entered it, and whatever else is about
    /// it and has files; of the founder the founding. What is erased, and a blind answer that is closed, is not among them.
    #[must_use]
    pub fn beside(&self, thing: Id) -> Vec<Beside> {
        let view = self.view();
        let archive = archive::read(&view.archive);
        let erased = |intent: Id, what: Erasable| view.state.erased.contains_key(&(intent, what));
        let beside = |index: u64| {
            let Body::Decision(decision) = &archive.get(index)?.entry.body else { return None };
            let said = &decision.intent.said;
            let is_it = decision.events.iter().any(|event| registered(event) == Some(thing));
            let about = [said.intent.gun(), said.intent.lot()].contains(&Some(thing));
            let texts = is_it && said.digests.keys().any(|path| !NEVER_ERASED.contains(&path.as_str()));
            let files = (is_it || about) && !said.attachments.is_empty();
            let (intent, sealed) = (said.id, archive.is_sealed(index, view.size));
            let texts = texts && !erased(intent, Erasable::Texts);
            let files = files && !sealed && !erased(intent, Erasable::Files);
            (texts || files).then_some(Beside { index, intent, texts, files })
        };
        let founding = self.production();
        let is_founder = thing == self.founder() && !erased(founding, Erasable::Texts);
        let founding = Beside { index: 0, intent: founding, texts: true, files: false };
        (0..view.size).rev().filter_map(beside).chain(is_founder.then_some(founding)).collect()
    }
}
