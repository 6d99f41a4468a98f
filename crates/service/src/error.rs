//! What can go wrong, in words for the person who has a gun in his hand.

use std::path::PathBuf;

use record::intent::{IntentError, MAX_INTENT_BYTES};
use store::StoreError;
use thiserror::Error;

use crate::pin::PinError;

/// Why an intent was not taken. Nothing of it was recorded, save where
/// [`SubmitError::StoreFailed`] says that nobody can tell.
#[derive(Clone, Debug, Error)]
pub enum SubmitError {
    /// The bytes are no intent note of this production.
    #[error("This cannot be read as an intent of this production: {0}. Nothing was recorded.")]
    Malformed(IntentError),
    /// More than [`MAX_INTENT_BYTES`].
    #[error("This is too long: an intent has at most {MAX_INTENT_BYTES} bytes. Nothing was recorded.")]
    TooLarge,
    /// No enrolled device has the key that is named.
    #[error("This device is not enrolled for this production. Nothing was recorded.")]
    UnknownKey,
    /// The signature does not fit the text.
    #[error(
        "The signature does not fit what was sent. It was changed on its way, or signed with another key. Nothing was recorded."
    )]
    Signature,
    /// The id was used for another intent.
    #[error("Another intent was recorded under this id. This one was not.")]
    IntentIdTaken,
    /// Intents of this device are missing before this one.
    #[error(
        "This is intent {found} of this device, but {expected} comes next: what lies between was never sent. Nothing was recorded."
    )]
    OrderGap {
        /// The number that comes next.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// Another intent of this device has this number, or comes before it.
    #[error(
        "This device has sent another intent as number {found}; {expected} comes next. Two of the same key do not agree. Nothing was recorded."
    )]
    OrderFork {
        /// The number that comes next.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// The intent has no place in the chain of its device.
    #[error("The intent says neither its number on this device nor what came before it. Nothing was recorded.")]
    OrderMissing,
    /// The device has seen a head that this record does not have.
    #[error(
        "This device has seen another record of {size} entries than this one. Nothing was recorded, and one of the two was changed."
    )]
    SeenAnother {
        /// The size of what it has seen.
        size: u64,
    },
    /// The take names another entry than that of the offer.
    #[error(
        "What you take is not what was offered: another entry is named. Nothing was recorded, and the gun stays where it is."
    )]
    NamesAnother,
    /// Nobody is logged in.
    #[error("Nobody is logged in here. Nothing was recorded.")]
    NotLoggedIn,
    /// Another person is logged in than the one in whose name it was signed.
    #[error("Another person is logged in than the one who signed. Nothing was recorded.")]
    OtherPerson,
    /// The session can only look.
    #[error("This screen can only look. Nothing was recorded.")]
    OnlyLooks,
    /// The one-time code is not accepted.
    #[error("{}", .0)]
    Code(CodeError),
    /// The PIN is not accepted.
    #[error("{}", .0)]
    Pin(PinError),
    /// The label that this id gives is that of another thing.
    #[error("Something else has the label {label} already. Nothing was registered.")]
    LabelTaken {
        /// The label.
        label: String,
    },
    /// Everything is stopped, and stops without log-in came too often.
    #[error("Everything is stopped already. This call was not recorded once more.")]
    StoppedAlready,
    /// More was sent than can be recorded at once.
    #[error("More was sent at once than can be recorded. Nothing of this was recorded.")]
    Busy,
    /// The store failed while this was written.
    #[error(
        "The record could not be written. As far as anybody can say, nothing was recorded, and every gun counts as UNKNOWN."
    )]
    StoreFailed,
    /// The service is being shut down.
    #[error("The record is being closed. Nothing of this was recorded.")]
    Closed,
}

impl SubmitError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            SubmitError::Malformed(error) => error.code(),
            SubmitError::TooLarge => "INTENT-TOO-LARGE",
            SubmitError::UnknownKey => "KEY-UNKNOWN",
            SubmitError::Signature => "SIGNATURE-WRONG",
            SubmitError::IntentIdTaken => "INTENT-ID-TAKEN",
            SubmitError::OrderGap { .. } => "ORDER-GAP",
            SubmitError::OrderFork { .. } => "ORDER-FORK",
            SubmitError::OrderMissing => "ORDER-MISSING",
            SubmitError::SeenAnother { .. } => "SEEN-ANOTHER-RECORD",
            SubmitError::NamesAnother => "NAMES-ANOTHER-ENTRY",
            SubmitError::NotLoggedIn => "NOT-LOGGED-IN",
            SubmitError::OtherPerson => "SESSION-OTHER-PERSON",
            SubmitError::OnlyLooks => "SESSION-ONLY-LOOKS",
            SubmitError::Code(error) => error.code(),
            SubmitError::Pin(error) => error.code(),
            SubmitError::LabelTaken { .. } => "LABEL-TAKEN",
            SubmitError::StoppedAlready => "STOPPED-ALREADY",
            SubmitError::Busy => "BUSY",
            SubmitError::StoreFailed => "STORE-FAILED",
            SubmitError::Closed => "CLOSED",
        }
    }

    /// What happened, and what it means for the gun in the hand.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// What to do now.
    #[must_use]
    pub fn remedy(&self) -> String {
        let text = match self {
            SubmitError::Malformed(IntentError::OtherOrigin(_)) => {
                "Look at the label and the address: they belong to another production."
            }
            SubmitError::Malformed(_) => "Load this page again, then ask once more.",
            SubmitError::Code(error) => return error.remedy(),
            SubmitError::Pin(error) => return error.remedy(),
            SubmitError::OrderGap { expected, .. } => {
                return format!(
                    "Send intent {expected} of this device first, as it was signed. Nothing can be left out."
                );
            }
            SubmitError::TooLarge => "Leave long texts out. They do not belong in an intent.",
            SubmitError::UnknownKey => {
                "Enrol the device with a code from the armorer or the production office. To stop everything you need no enrolment."
            }
            SubmitError::Signature => "Ask again on this device. If it happens twice, enrol the device anew.",
            SubmitError::IntentIdTaken => "Ask again under a new id.",
            SubmitError::OrderFork { .. } => {
                "Load this page again. If it happens twice, revoke the device's key: somebody else may have it."
            }
            SubmitError::OrderMissing => "Load this page again, then ask once more.",
            SubmitError::SeenAnother { .. } => {
                "Keep the device and its receipts: they are evidence. Tell the production office, and go by what you see."
            }
            SubmitError::NamesAnother => "Look again at who offers what, then take or refuse that.",
            SubmitError::NotLoggedIn => "Log in with your PIN. To stop everything you need no log-in.",
            SubmitError::OtherPerson => "Log in as the one who signs.",
            SubmitError::OnlyLooks => "Use a device on which you are logged in. To stop everything you need no log-in.",
            SubmitError::LabelTaken { .. } => "Register it again: it gets another id, and with it another label.",
            SubmitError::StoppedAlready => {
                "Stand still. People first. Nothing is done with a gun until an inquiry lifts the stop."
            }
            SubmitError::Busy => "Send the same again in a moment. Do nothing with the gun before you have the answer.",
            SubmitError::StoreFailed => {
                "Do nothing with the gun. Send the same again: if it was kept after all, the recorded answer comes back."
            }
            SubmitError::Closed => "Send the same again once the record is open. Until then go by what you see.",
        };
        text.to_owned()
    }
}

/// Why a one-time code is not accepted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Error)]
pub enum CodeError {
    /// There is no such code, it was used, or its day is over.
    #[error("This code is not valid: it was mistyped, used already, or is older than a day. Nothing was enrolled.")]
    Wrong,
    /// Too many wrong codes were tried.
    #[error("Too many wrong codes were tried. None is taken for the next {wait_s} seconds.")]
    TooMany {
        /// How long, in seconds.
        wait_s: u64,
    },
    /// An enrolment came without a code.
    #[error("To enrol a device takes a one-time code. Nothing was enrolled.")]
    Missing,
    /// The code belongs to another invitation or another person than what was signed.
    #[error("This code is for another person or another invitation. Nothing was enrolled.")]
    Other,
    /// The office could not be read.
    #[error("Codes cannot be read now. Nothing was enrolled.")]
    Office,
}

impl CodeError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            CodeError::Wrong => "CODE-WRONG",
            CodeError::TooMany { .. } => "CODE-TOO-MANY",
            CodeError::Missing => "CODE-MISSING",
            CodeError::Other => "CODE-OTHER",
            CodeError::Office => "OFFICE-FAILED",
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
            CodeError::Wrong => "Look at the code again, or ask whoever invited you for a new one.",
            CodeError::TooMany { wait_s } => return format!("Wait {wait_s} seconds, then enter it again."),
            CodeError::Missing => "Ask the armorer or the production office for a code.",
            CodeError::Other => "Ask for a code of your own.",
            CodeError::Office => "Try again. If it happens twice, tell whoever runs the server.",
        };
        text.to_owned()
    }
}

/// Why a text could not be disclosed.
#[derive(Clone, Debug, Error)]
pub enum DiscloseError {
    /// No such intent is recorded.
    #[error("No intent is recorded under this id. The text was not kept.")]
    UnknownIntent,
    /// The intent commits to no text there.
    #[error("The intent commits to no such text. It was not kept.")]
    NoCommitment,
    /// It was erased.
    #[error("This text was erased, and an entry says why. It was not kept.")]
    Erased,
    /// The text is not the one that was committed to.
    #[error("This is not the text that the intent commits to. It was not kept.")]
    Differs,
    /// The text is too long or holds characters that nobody sees.
    #[error("A name has 1 to {MAX_NAME_CHARS} visible characters. It was not kept.")]
    Text,
    /// The office could not be written.
    #[error("The text could not be kept: the office database failed.")]
    Office,
}

/// The longest name, in characters.
pub const MAX_NAME_CHARS: usize = 120;

impl DiscloseError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            DiscloseError::UnknownIntent => "INTENT-UNKNOWN",
            DiscloseError::NoCommitment => "DISCLOSE-NO-COMMITMENT",
            DiscloseError::Erased => "DISCLOSE-ERASED",
            DiscloseError::Differs => "DISCLOSE-DIFFERS",
            DiscloseError::Text => "DISCLOSE-TEXT",
            DiscloseError::Office => "OFFICE-FAILED",
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
            DiscloseError::UnknownIntent => "Send the intent first, then its texts.",
            DiscloseError::NoCommitment | DiscloseError::Differs => {
                "Send salt and text exactly as they were when the intent was signed."
            }
            DiscloseError::Erased => "Nothing. Who needs it under the record again enters it anew.",
            DiscloseError::Text => "Enter a shorter name.",
            DiscloseError::Office => "Try again. If it happens twice, tell whoever runs the server.",
        };
        text.to_owned()
    }
}

/// Why a witness could not be asked, or its answer not be taken.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum WitnessError {
    /// No policy names a witness.
    #[error("This production has named no witnesses.")]
    NoPolicy,
    /// The policy names another one.
    #[error("The policy of this production names no such witness.")]
    Unknown,
    /// There is no head that could be offered.
    #[error("The record is in doubt, and no head of it is offered to anybody.")]
    NothingOffered,
    /// The witness has seen more than there is.
    #[error(
        "The witness has seen {size} entries of this log, and there are not so many here. This may be an older copy."
    )]
    Ahead {
        /// How many it has seen.
        size: u64,
    },
    /// The bytes are no cosignatures.
    #[error("This is no answer of a witness: each line of one begins with a dash and a name. Nothing was kept.")]
    Malformed,
    /// No line is by a named witness and over an offered head.
    #[error("No line of this is by a witness of the policy and over a head that was offered. Nothing was kept.")]
    OfNoHead,
    /// The lines could not be kept.
    #[error("The cosignature is good and could not be kept: {detail}.")]
    NotKept {
        /// What the machine said.
        detail: String,
    },
}

impl WitnessError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            WitnessError::NoPolicy => "WITNESS-NO-POLICY",
            WitnessError::Unknown => "WITNESS-UNKNOWN",
            WitnessError::NothingOffered => "WITNESS-NOTHING-OFFERED",
            WitnessError::Ahead { .. } => "WITNESS-AHEAD",
            WitnessError::Malformed => "COSIGNATURE-MALFORMED",
            WitnessError::OfNoHead => "COSIGNATURE-OF-NO-HEAD",
            WitnessError::NotKept { .. } => "COSIGNATURE-NOT-KEPT",
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
            WitnessError::NoPolicy => "Name them in the file policy.txt of the production's folder, then start again.",
            WitnessError::Unknown => "Look at the name in policy.txt.",
            WitnessError::NothingOffered => "Every gun is UNKNOWN until the record is believed again.",
            WitnessError::Ahead { .. } => {
                "Ask the witness to keep what it has. End the server, copy the folder, and look for the newer record before anything is added to this one."
            }
            WitnessError::Malformed => "Take the answer again, whole and from the beginning of its first line.",
            WitnessError::OfNoHead => "Make a new request and give that one to the witness.",
            WitnessError::NotKept { .. } => "Look at the space on the disk, then give the answer again.",
        };
        text.to_owned()
    }
}

/// Why a folder cannot be opened, or a production not be founded there.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// A database of the folder cannot be used.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// There is no key of the log.
    #[error("There is no log key at {}. Without it nothing can be added to the record.", path.display())]
    KeyMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The key of the log cannot be read or written.
    #[error("The log key at {} cannot be used: {detail}.", path.display())]
    KeyUnusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The folder holds a production, or a part of one.
    #[error("{} lies there already. Nothing was founded and nothing overwritten.", path.display())]
    AlreadyThere {
        /// What lies there.
        path: PathBuf,
    },
    /// The record holds no founding entry.
    #[error("This record has no founding entry: its founding was cut off.")]
    NotFounded,
    /// An entry, the tree or the checkpoint does not verify.
    #[error("This record does not verify: {detail}. Nothing is served from it.")]
    DoesNotVerify {
        /// What does not hold.
        detail: String,
    },
    /// The record is shorter than a head that it has signed: it is an older copy, or its end was cut off.
    #[error(
        "This record has {size} entries, and {} says that it had {head}. It is an older copy, or its end was cut off. Nothing was written to it.",
        path.display()
    )]
    HeadAhead {
        /// The file with the head.
        path: PathBuf,
        /// The size in the head.
        head: u64,
        /// The size of the record.
        size: u64,
    },
    /// The record's first entries are not those of a head that this key has signed.
    #[error(
        "The first {head} entries of this record are not those of the head in {}. The log's key has signed two histories. Nothing was written to either.",
        path.display()
    )]
    HeadOther {
        /// The file with the head.
        path: PathBuf,
        /// The size in the head.
        head: u64,
    },
    /// The production went on in a later epoch.
    #[error("{} is the head of a later epoch than this record's, {epoch}. This is an older copy. Nothing was written to it.", path.display())]
    HeadOfLaterEpoch {
        /// The file with the head.
        path: PathBuf,
        /// The record's own epoch.
        epoch: u32,
    },
    /// A new epoch could not be begun.
    #[error("A new epoch could not be begun: {} cannot be used: {detail}.", path.display())]
    EpochNotBegun {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A head, or the list of places for heads, cannot be read.
    #[error("{} cannot be read: {detail}. Nobody can say whether the record is the newest.", path.display())]
    HeadUnreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A place where the head is kept is not there.
    #[error("{} is not there, and the newest head is kept on it. Nobody can say whether the record is the newest.", path.display())]
    HeadMediumMissing {
        /// The folder.
        path: PathBuf,
    },
    /// The file that names the witnesses cannot be used.
    #[error("{} cannot be used: {detail}. Nobody can say which witnesses count.", path.display())]
    PolicyUnusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The record was made under rules with another meaning.
    #[error("This record was made under rules of semantics {recorded}; semantics {built_in} is built in here.")]
    OtherSemantics {
        /// The number in the record.
        recorded: u32,
        /// The number that is built in.
        built_in: u32,
    },
    /// The rules that are built in are not those of the record.
    #[error("The rules built in here are not those that the record was founded on.")]
    OtherRules,
    /// What was given for the founding cannot be used.
    #[error("The production cannot be founded: {detail}.")]
    BadFounding {
        /// What is wrong.
        detail: String,
    },
    /// A blind answer is still closed: in a bundle the other of the two would read it.
    #[error("Entry {index} is a blind answer that nobody has opened yet. In a bundle the other could read it.")]
    AnswerClosed {
        /// Its place, the first one's.
        index: u64,
    },
    /// A label that nothing on the register has, of a gun, a lot or a person.
    #[error("No gun, lot or person on this register has the label {label}.")]
    NotOnRegister {
        /// The label.
        label: String,
    },
    /// No entry answers what was asked for.
    #[error("Nothing can be extracted: {detail}.")]
    NothingToExtract {
        /// Why not.
        detail: String,
    },
    /// The record cannot be bundled.
    #[error("This record cannot be bundled: {detail}.")]
    NotBundled {
        /// What is wrong with it.
        detail: String,
    },
    /// No randomness.
    #[error("This machine gives no random numbers. Nothing was founded.")]
    NoRandomness,
    /// No thread could be started.
    #[error("The machine starts no thread for the writer: {detail}.")]
    NoThread {
        /// What the operating system said.
        detail: String,
    },
}

impl ServiceError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ServiceError::Store(error) => error.code(),
            ServiceError::KeyMissing { .. } => "KEY-MISSING",
            ServiceError::KeyUnusable { .. } => "KEY-UNUSABLE",
            ServiceError::AlreadyThere { .. } => "FOUNDING-ALREADY",
            ServiceError::NotFounded => "RECORD-NOT-FOUNDED",
            ServiceError::DoesNotVerify { .. } => "RECORD-DOES-NOT-VERIFY",
            ServiceError::PolicyUnusable { .. } => "POLICY-UNUSABLE",
            ServiceError::HeadAhead { .. } => "HEAD-AHEAD",
            ServiceError::HeadOther { .. } => "HEAD-OTHER",
            ServiceError::HeadOfLaterEpoch { .. } => "HEAD-OF-LATER-EPOCH",
            ServiceError::EpochNotBegun { .. } => "EPOCH-NOT-BEGUN",
            ServiceError::HeadUnreadable { .. } => "HEAD-UNREADABLE",
            ServiceError::HeadMediumMissing { .. } => "HEAD-MEDIUM-MISSING",
            ServiceError::OtherSemantics { .. } => "RULES-OTHER-SEMANTICS",
            ServiceError::OtherRules => "RULES-OTHER",
            ServiceError::BadFounding { .. } => "FOUNDING-BAD",
            ServiceError::AnswerClosed { .. } => "BUNDLE-ANSWER-CLOSED",
            ServiceError::NotOnRegister { .. } => "EXTRACT-UNKNOWN-LABEL",
            ServiceError::NothingToExtract { .. } => "EXTRACT-NOTHING",
            ServiceError::NotBundled { .. } => "BUNDLE-NOT-WRITTEN",
            ServiceError::NoRandomness => "RANDOMNESS-MISSING",
            ServiceError::NoThread { .. } => "THREAD-MISSING",
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
            ServiceError::Store(error) => error.remedy(),
            ServiceError::KeyMissing { .. } => {
                "Put the key back from where it is kept. If it is lost, begin a new epoch; the record can still be verified."
            }
            ServiceError::KeyUnusable { .. } => {
                "Put back the key as it was written at the founding, readable for you alone."
            }
            ServiceError::AlreadyThere { .. } => "Open what is there, or choose an empty folder.",
            ServiceError::NotFounded => "Move these files away and found the production again.",
            ServiceError::DoesNotVerify { .. } => {
                "Write nothing to it. Copy the folder, run `showclear fsck` and `showclear verify` on the copy, and begin a new epoch from the last good copy. Until then every gun is UNKNOWN."
            }
            ServiceError::PolicyUnusable { .. } => {
                "Mend the line, or take the file away: then no witness is asked, and the record says so."
            }
            ServiceError::HeadAhead { .. } | ServiceError::HeadOther { .. } => {
                "Every gun is UNKNOWN: check and lock away by hand. Put the newer log.db back if it exists anywhere. If not, do not delete the head to get on: go on in a new epoch, which says openly what was lost: showclear new-epoch FOLDER."
            }
            ServiceError::HeadOfLaterEpoch { .. } => {
                "Put the folder of the later epoch back. Nothing may be added to this one."
            }
            ServiceError::EpochNotBegun { .. } => {
                "Look at the folder: the older record may lie there as log-e0.db, and is whole. Give it its name back, mend what is in the way, and try again."
            }
            ServiceError::HeadUnreadable { .. } => {
                "Keep the file: it may be evidence. Compare it with the newest receipt on a phone. If it is damaged and no head is missing, move it away, and it is written anew."
            }
            ServiceError::HeadMediumMissing { .. } => {
                "Plug it in and start again. If it is lost, take its line out of the file head-media in the production's folder; write down who did so."
            }
            ServiceError::OtherSemantics { .. } | ServiceError::OtherRules => {
                "Open it with the Showclear that it was made with, or begin a new epoch with this one."
            }
            ServiceError::BadFounding { .. } => "Mend that, then found it again.",
            ServiceError::AnswerClosed { .. } => {
                "Let both answer, or show the gun or count the box again. If an investigator must have the record as it is, say --with-closed-answers."
            }
            ServiceError::NotOnRegister { .. } => {
                "Look at the label again; `showclear labels --folder FOLDER` lists every one. A place is no label to extract by."
            }
            ServiceError::NothingToExtract { .. } => {
                "Look at the day or the range again, or leave it out: `showclear bundle FOLDER` writes the whole record."
            }
            ServiceError::NotBundled { .. } => {
                "Write nothing to the folder. Copy it, run `showclear fsck` and `showclear verify` on the copy, and hand the folder itself to whoever asked for the bundle."
            }
            ServiceError::NoRandomness | ServiceError::NoThread { .. } => {
                "Start the machine again, then try once more."
            }
        };
        text.to_owned()
    }
}

impl From<crate::random::NoRandomness> for ServiceError {
    fn from(_: crate::random::NoRandomness) -> Self {
        ServiceError::NoRandomness
    }
}
