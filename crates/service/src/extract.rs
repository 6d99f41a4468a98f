//! Some entries of a production's folder as one file for a stranger: `record::bundle::extract`, signed with the log's key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proof::note::Note;
use record::bundle::extent::{About, Asked, Extent, ExtentError, Span};
use record::bundle::extract;
use record::bundle::{Parts, Trust};
use record::entry::Entry;
use record::label::{Label, LabelKind, label};
use record::{Id, Origin};

use crate::bundle::{Folder, Pages, Told, Wish, counts};
use crate::cosigned::LeftOut;
use crate::error::ServiceError;
use crate::load::labelled;
use crate::second;
use crate::stamps::kept_stamps;
use crate::witnessed::WitnessFiles;

/// What is to be extracted.
#[derive(Clone, Debug)]
pub struct Question {
    /// Guns, lots and persons by their labels; none, and every entry of the span is.
    pub labels: Vec<Label>,
    /// Out of which part of the record.
    pub span: Span,
}

/// An extract that was written.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The log's name.
    pub origin: Origin,
    /// How many entries the whole record has.
    pub size: u64,
    /// What is in it.
    pub extent: Extent,
    /// How many texts it discloses.
    pub disclosed: u64,
    /// How many files that intents name it carries along.
    pub attached: u64,
    /// What others countersigned and is damaged: it is not in it.
    pub left_out: Vec<LeftOut>,
}

/// Extracts from the production of a folder that nobody serves. `pages` and `progress` as in
/// [`crate::bundle::bundle`]. It writes nothing.
///
/// # Errors
/// As [`crate::bundle::bundle`], and [`ServiceError::NotOnRegister`] and [`ServiceError::NothingToExtract`].
pub fn extract(
    folder: &Path,
    question: &Question,
    wish: Wish,
    pages: Pages<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Extracted, ServiceError> {
    let read = Folder::read(folder, progress)?;
    let broken = |detail: String| ServiceError::NotBundled { detail };
    let asked = Asked { about: about(&read, &question.labels)?, span: question.span };
    let extent = Extent::of(&read.entries, &asked).map_err(|error| not_extracted(&error))?;
    let places = extent.places();
    let Told { disclosures, attachments } = read.told(wish, |index| places.contains(&index))?;
    let signer = read.signer()?;
    let witnesses = WitnessFiles::of_folder(folder).read(&read.origin, signer.verifying_key())?;
    let (whole, older) = witnesses.for_bundle(read.head.size);
    let stamps = kept_stamps(folder, &read.origin, signer.verifying_key());
    // Its line counts where a policy names the key. None is added here: each proof carries the checkpoint once more.
    let second = second::read(folder, &read.origin)?.filter(|second| {
        let note = whole.as_deref().and_then(|bytes| Note::parse(bytes).ok());
        note.is_some_and(|note| second::is_signed(&note, second))
    });
    let own_policy = witnesses.policy_text();
    let policy = second.as_ref().map(|second| second::policy(own_policy, signer.verifying_key(), second));
    let parts = Parts {
        entries: &read.entries,
        checkpoint: whole.as_deref().unwrap_or(&read.head.note),
        witnessed: older.as_deref(),
        policy: policy.as_deref().or(own_policy),
        stamps: &stamps,
        disclosures: &disclosures,
        attachments: &attachments,
        format_page: pages.format,
        verify_page: pages.verify,
    };
    let bytes = extract::write(&parts, &extent, &signer).map_err(|error| broken(error.to_string()))?;
    // What is handed to a stranger was read back as he will read it.
    let trust = Trust { key: Some(signer.verifying_key()), policy: None, ..Trust::default() };
    extract::verify(&bytes, &trust).map_err(|found| broken(found.fault.sentence))?;
    let [disclosed, attached] = counts(&disclosures, &attachments);
    let left_out = witnesses.left_out().to_vec();
    Ok(Extracted { bytes, origin: read.origin, size: read.head.size, extent, disclosed, attached, left_out })
}

/// Why nothing answers.
pub(crate) fn not_extracted(error: &ExtentError) -> ServiceError {
    let detail = error.to_string();
    match error {
        ExtentError::Entry { .. } => ServiceError::NotBundled { detail },
        ExtentError::NoSuchDay(_)
        | ExtentError::NoSuchRange { .. }
        | ExtentError::TooMany(_)
        | ExtentError::Nothing => ServiceError::NothingToExtract { detail },
    }
}

/// Whose labels these are.
pub(crate) fn about(read: &Folder<'_>, labels: &[Label]) -> Result<About, ServiceError> {
    let mut about = About::default();
    if labels.is_empty() {
        return Ok(about);
    }
    let register = register(read)?;
    for wanted in labels {
        let unknown = || ServiceError::NotOnRegister { label: wanted.text.clone() };
        let id = *register.get(&wanted.text).ok_or_else(unknown)?;
        let ids: &mut BTreeSet<Id> = match wanted.kind {
            LabelKind::Gun => &mut about.guns,
            LabelKind::Lot => &mut about.lots,
            LabelKind::Person => &mut about.persons,
            LabelKind::Place => return Err(unknown()),
        };
        ids.insert(id);
    }
    Ok(about)
}

/// What is on the register, by its label.
fn register(read: &Folder<'_>) -> Result<BTreeMap<String, Id>, ServiceError> {
    let production = read.origin.production();
    let mut register = BTreeMap::new();
    for (index, bytes) in (0u64..).zip(&read.entries) {
        let broken = |error| ServiceError::NotBundled { detail: format!("entry {index} cannot be read: {error}") };
        let entry = Entry::decode(bytes, &read.origin).map_err(broken)?;
        let entered = entry.events().iter().filter_map(labelled);
        register.extend(entered.map(|(kind, id)| (label(kind, production, id), id)));
    }
    Ok(register)
}
