//! The words of the record: how kernel values are written, and how a reason reads to a person.

use kernel::{
    Action, BlindSide, Content, Doubt, GunKind, Light, Look, LotKind, Method, PlaceKind, Proven, Role, RoundKind,
    StopCause, Thing,
};

use crate::{Id, Millis, Reason};

/// A kernel value that is written as one word.
pub trait Word: Copy + Sized + 'static {
    /// Every value with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// The word.
    fn word(self) -> &'static str;

    /// The value with this word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, text)| *text == word).map(|(value, _)| *value)
    }
}

macro_rules! words {
    ($($of:ident { $($variant:ident $word:literal),+ $(,)? })+) => {
        $(impl Word for $of {
            const WORDS: &'static [(Self, &'static str)] = &[$(($of::$variant, $word)),+];

            fn word(self) -> &'static str {
                match self { $($of::$variant => $word),+ }
            }
        })+
    };
}

words! {
    Role {
        PropertyMaster "property_master", Armorer "armorer", Assistant "assistant", Handler "handler",
        Witness "witness", FirstAd "first_ad", Performer "performer", StandIn "stand_in", Extra "extra",
        Camera "camera", SafetyOfficer "safety_officer", Medic "medic", Producer "producer", Vendor "vendor",
        Investigator "investigator", Minor "minor",
    }
    PlaceKind {
        Vault "vault", Case "case", Cart "cart", Belt "belt", Pocket "pocket", Bin "bin", Set "set", Range "range",
        Vehicle "vehicle",
    }
    GunKind {
        LiveCapable "live_capable", BlankOnly "blank_only", NonGun "non_gun", Replica "replica", Rubber "rubber",
    }
    Action {
        SingleAction "single_action", DoubleAction "double_action", Magazine "magazine", Pump "pump",
        DoubleBarrel "double_barrel", Bolt "bolt", BeltFed "belt_fed", MuzzleLoader "muzzle_loader", None "none",
    }
    LotKind { Live "live", Blank "blank", Dummy "dummy", Dress "dress", SnapCap "snap_cap", Spent "spent" }
    Content {
        Empty "empty", Dummy "dummy", Blank "blank", Live "live", Spent "spent", SnapCap "snap_cap",
        NotSure "not_sure",
    }
    Method { SeenAtHead "seen_at_head", RemovedSeen "removed_seen", RemovedSeenShaken "removed_seen_shaken" }
    Look { Looked "looked", Declined "declined" }
    Light { Seen "seen", Blocked "blocked" }
    RoundKind { Live "live", Blank "blank", Dummy "dummy", NotSure "not_sure" }
    BlindSide { Checker "checker", Witness "witness" }
    Proven {
        OwnDevicePin "own_device_pin", OtherDevicePin "other_device_pin", Code "code", Nobody "nobody",
    }
    StopCause {
        Called "called", PersonHurt "person_hurt", Discharge "discharge", LiveRound "live_round",
        UnexpectedRound "unexpected_round", RoundMissing "round_missing", AnswersDifferTwice "answers_differ_twice",
        BoreBlocked "bore_blocked", GunMissing "gun_missing",
    }
    Doubt {
        NeverShown "never_shown", AnswersDiffer "answers_differ", Break "break", ChangedHands "changed_hands",
        CheckGivenUp "check_given_up", ClockJumped "clock_jumped", Doubted "doubted", HandlerLeft "handler_left",
        Loaded "loaded", MuzzleTowardPeople "muzzle_toward_people", NewDay "new_day", OutOfSight "out_of_sight",
        Refused "refused", Stopped "stopped", TimeLapsed "time_lapsed",
    }
    Thing {
        Person "person", Device "device", Place "place", Gun "gun", Lot "lot", Invitation "invitation",
    }
}

/// How facts of a reason are said to a person: names and clock times are the caller's to know.
pub trait Facts {
    /// The person's name or role.
    fn person(&self, person: Id) -> String;
    /// The moment as people read it.
    fn moment(&self, at: Millis) -> String;
}

/// A reason as a person reads it: what happened and what it means, then what to do now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sentences {
    /// What happened, and what it means for the gun in the hand.
    pub sentence: String,
    /// What to do now.
    pub remedy: String,
}

/// Fills the facts of a reason into its sentences.
#[must_use]
pub fn sentences(reason: &Reason, facts: &dyn Facts) -> Sentences {
    let who = reason.who.map_or_else(|| "Another person".to_owned(), |person| facts.person(person));
    let at = reason.at.map_or_else(|| "an unknown time".to_owned(), |at| facts.moment(at));
    let chambers = listed(reason.chambers.iter().map(|chamber| chamber.to_string()).collect());
    let what = reason.what.map_or("thing", Word::word);
    let fill = |text: &str| {
        let text = text.replace("{who}", &who).replace("{at}", &at);
        capital(&text.replace("{chambers}", &chambers).replace("{what}", what))
    };
    Sentences { sentence: fill(reason.code.sentence()), remedy: fill(reason.code.remedy()) }
}

/// "4, 5 and 6".
fn listed(items: Vec<String>) -> String {
    match items.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
