//! What stands beside the record and may be erased there: texts and files of which an entry holds the digest alone
//! (law 13; `log.md` 1.12).

/// What of an intent is erased.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Erasable {
    /// The texts behind its commitments, such as a name, with the salts that open them.
    Texts,
    /// The files that it names.
    Files,
}

/// Why it is erased.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Ground {
    /// The person whom it is about asked for it.
    PersonAsked,
    /// Nobody has to keep it any longer.
    TimeOver,
    /// It should never have been entered.
    EnteredWrongly,
    /// A court or an authority ordered it.
    Ordered,
}
