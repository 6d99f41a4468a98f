//! The words of the record: how kernel values are written, and how a reason reads to a person.

use kernel::{
    Action, BlindSide, Calibre, Choice, Content, Doubt, Erasable, Ground, GunKind, Holds, Light, Load, Look, LotKind,
    Measure, Method, Notified, Occasion, Pack, Packs, PlaceKind, Proven, RangeException, RequestKind, Requirement, Rod,
    Role, RoundKind, ShotChange, StopCause, Thing, Topic, Toward, limit,
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
        Investigator "investigator", Minor "minor", Props "props",
    }
    PlaceKind {
        Vault "vault", Case "case", Cart "cart", Belt "belt", Pocket "pocket", Bin "bin", Set "set", Range "range",
        Vehicle "vehicle", Transit "transit",
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
    Rod { AtMark "at_mark", AboveMark "above_mark", NotSure "not_sure" }
    RoundKind { Live "live", Blank "blank", Dummy "dummy", NotSure "not_sure" }
    BlindSide { Checker "checker", Witness "witness" }
    Proven {
        OwnDevicePin "own_device_pin", OtherDevicePin "other_device_pin", Code "code", Nobody "nobody",
    }
    StopCause {
        Called "called", PersonHurt "person_hurt", Discharge "discharge", LiveRound "live_round",
        UnexpectedRound "unexpected_round", RoundMissing "round_missing", AnswersDifferTwice "answers_differ_twice",
        BoreBlocked "bore_blocked", GunMissing "gun_missing", GuardInside "guard_inside",
        PersonalWeapon "personal_weapon",
    }
    Doubt {
        NeverShown "never_shown", AnswersDiffer "answers_differ", Break "break", ChangedHands "changed_hands",
        CheckGivenUp "check_given_up", ClockJumped "clock_jumped", Doubted "doubted", Faulty "faulty", Fired "fired", HandlerLeft "handler_left",
        Loaded "loaded", MuzzleTowardPeople "muzzle_toward_people", NewDay "new_day", OutOfSight "out_of_sight",
        Refused "refused", Stopped "stopped", TimeLapsed "time_lapsed",
    }
    Thing {
        Person "person", Device "device", Place "place", Gun "gun", Lot "lot", Invitation "invitation",
        Scene "scene", Meeting "meeting", Line "line", Shot "shot", Request "request", Unit "unit",
        Exhibit "exhibit",
    }
    Requirement { Training "training", Course "course", Authority "authority", Permit "permit", Contact "contact", Police "police" }
    RequestKind {
        MoreTime "more_time", MoreTraining "more_training", AnotherHandler "another_handler", Substitute "substitute",
        Meeting "meeting", Barrier "barrier", Other "other",
    }
    Holds { Empty "empty", Dummy "dummy", Blank "blank" }
    Toward { Nobody "nobody", Camera "camera", People "people" }
    ShotChange { People "people", Camera "camera", Place "place", Action "action" }
    Notified {
        Police "police", LicensingAuthority "licensing_authority", RentalHouse "rental_house", Insurer "insurer",
        Producer "producer",
    }
    Erasable { Texts "texts", Files "files" }
    RangeException {
        ActorTraining "actor_training", GunfireSound "gunfire_sound", Documentary "documentary",
        Education "education", Subject "subject", ControlledFacility "controlled_facility",
    }
    Ground {
        PersonAsked "person_asked", TimeOver "time_over", EnteredWrongly "entered_wrongly", Ordered "ordered",
    }
    Pack {
        Product "product", California "california", IndustryWide "industry_wide", SagAftra "sag_aftra",
        ActorsEquity "actors_equity", NewMexico "new_mexico", UnitedStates "united_states",
        UnitedKingdom "united_kingdom", Ontario "ontario", Manitoba "manitoba", BritishColumbia "british_columbia",
        Australia "australia", Trade "trade",
    }
    Choice { PerformerMayLook "performer_may_look", PerformerLooksEachTime "performer_looks_each_time" }
    Load { Full "full", Half "half", Quarter "quarter" }
    Occasion {
        Receipt "receipt", Issue "issue", BeforeFiring "before_firing", AfterFiring "after_firing", Lunch "lunch",
        SceneEnd "scene_end", Wrap "wrap",
    }
    Topic {
        Action "action", Deviations "deviations", Abort "abort", Emergency "emergency",
        ChainOfCommand "chain_of_command",
    }
}

/// The calibres that a set meets, by their number. A number is never given twice and never changes
/// its meaning; what is not among them is `other_1` to `other_99`, as a production numbers them.
pub const CALIBRES: &[(Calibre, &str)] = &[
    (Calibre(1), "22_long_rifle"),
    (Calibre(2), "32_acp"),
    (Calibre(3), "380_acp"),
    (Calibre(4), "38_special"),
    (Calibre(5), "357_magnum"),
    (Calibre(6), "40_s_and_w"),
    (Calibre(7), "10_mm_auto"),
    (Calibre(8), "44_40"),
    (Calibre(9), "44_magnum"),
    (Calibre(10), "45_acp"),
    (Calibre(11), "45_colt"),
    (Calibre(12), "45_70"),
    (Calibre(13), "30_30"),
    (Calibre(14), "30_06"),
    (Calibre(15), "303_british"),
    (Calibre(16), "308_winchester"),
    (Calibre(17), "5_45_by_39"),
    (Calibre(18), "5_56_by_45"),
    (Calibre(19), "7_62_by_39"),
    (Calibre(20), "7_62_by_54_r"),
    (Calibre(21), "7_92_by_57"),
    (Calibre(22), "8_mm_blank"),
    (Calibre(23), "9_by_19"),
    (Calibre(24), "9_mm_blank"),
    (Calibre(25), "12_gauge"),
    (Calibre(26), "20_gauge"),
    (Calibre(27), "410_bore"),
    (Calibre(28), "50_browning"),
    (Calibre(29), "36_percussion"),
    (Calibre(30), "44_percussion"),
    (Calibre(31), "58_percussion"),
    (Calibre(32), "69_flintlock"),
    (Calibre(33), "75_flintlock"),
];

/// The number of `other_1`, less one.
const OTHERS_FROM: u16 = 1000;
const MOST_OTHERS: u16 = 99;

/// The word of a calibre.
#[must_use]
pub fn calibre_word(calibre: Calibre) -> String {
    let listed = CALIBRES.iter().find(|(number, _)| *number == calibre).map(|(_, word)| (*word).to_owned());
    listed.unwrap_or_else(|| format!("other_{}", calibre.0.saturating_sub(OTHERS_FROM)))
}

/// The calibre of a word.
#[must_use]
pub fn calibre_from_word(word: &str) -> Option<Calibre> {
    if let Some((calibre, _)) = CALIBRES.iter().find(|(_, listed)| *listed == word) {
        return Some(*calibre);
    }
    let digits = word.strip_prefix("other_").filter(|digits| !digits.starts_with(['0', '+']))?;
    let number = digits.parse::<u16>().ok().filter(|number| (1..=MOST_OTHERS).contains(number))?;
    OTHERS_FROM.checked_add(number).map(Calibre)
}

/// How facts of a reason are said to a person: names and clock times are the caller's to know.
pub trait Facts {
    /// The person's name or role.
    fn person(&self, person: Id) -> String;
    /// The name of a gun, a lot or a place.
    fn thing(&self, thing: Id) -> String;
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

/// What holds the rounds of a gun.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoadedInto {
    /// Chambers.
    Chambers,
    /// Barrels: it is loaded from the muzzle.
    Barrels,
}

/// Fills the facts of a reason into its sentences.
#[must_use]
pub fn sentences(reason: &Reason, facts: &dyn Facts) -> Sentences {
    sentences_about(LoadedInto::Chambers, reason, facts)
}

/// As [`sentences`], about such a gun: what the rules say of chambers they say of the barrels of a muzzle-loader.
#[must_use]
pub fn sentences_about(loaded: LoadedInto, reason: &Reason, facts: &dyn Facts) -> Sentences {
    let who = reason.who.map_or_else(|| "Another person".to_owned(), |person| facts.person(person));
    let at = reason.at.map_or_else(|| "an unknown time".to_owned(), |at| facts.moment(at));
    let chambers = listed(reason.chambers.iter().map(|chamber| chamber.to_string()).collect());
    let what = reason.what.map_or("thing", Word::word);
    let thing = |thing: Option<Id>| thing.map_or_else(String::new, |thing| facts.thing(thing));
    let (gun, lot, place) = (thing(reason.gun), thing(reason.lot), thing(reason.place));
    let rounds = reason.rounds.map_or_else(|| "some".to_owned(), |rounds| rounds.to_string());
    let pack = reason.pack.map_or("A pack", Pack::name);
    let stand_off = stand_off(reason.pack);
    let fill = |text: &str| {
        // Before anybody's name stands in it.
        let text = text.replace("{chambers}", &chambers);
        let text = match loaded {
            LoadedInto::Chambers => text,
            LoadedInto::Barrels => text.replace("chamber", "barrel").replace("Chamber", "Barrel"),
        };
        let text = text.replace("{who}", &who).replace("{at}", &at).replace("{gun}", &gun).replace("{lot}", &lot);
        let text = text.replace("{place}", &place).replace("{rounds}", &rounds);
        let text = text.replace("{pack}", pack).replace("{stand_off}", &stand_off);
        capital(&text.replace("{what}", what))
    };
    Sentences { sentence: fill(reason.code.sentence()), remedy: fill(reason.code.remedy()) }
}

/// The distance from the muzzle of blanks that a pack asks for, in metres.
fn stand_off(pack: Option<Pack>) -> String {
    let asked = pack.and_then(|pack| limit(Packs::NONE.with(pack), Measure::StandOffCentimetres));
    asked.map_or_else(|| "more".to_owned(), metres)
}

/// "6.10 metres".
fn metres(centimetres: u32) -> String {
    const IN_A_METRE: u32 = 100;
    format!("{}.{:02} metres", centimetres / IN_A_METRE, centimetres % IN_A_METRE)
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
