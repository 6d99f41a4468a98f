//! A gun that is gone, and who outside was told of it (`design.md` 4).

/// Who was told that a gun is gone (`domain.md` 3.4, 3.5).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Notified {
    /// The police.
    Police,
    /// Whoever licenses the gun or the one who keeps it.
    LicensingAuthority,
    /// The rental house that it belongs to.
    RentalHouse,
    /// The insurer.
    Insurer,
    /// The producer.
    Producer,
}
