//! The rules: plain sentence, source, place, strength, and whether the source's text was read.
//! The sources are those of `domain.md` 8 (S..), its rule tables (3) and the laws of `design.md` 2.

use crate::scope::Scope;

/// The number of the rules' semantics. It changes whenever a verdict could differ; replay compares
/// verdicts only where this number is the one built in.
pub const SEMANTICS: u32 = 8;

/// How binding a rule is where it comes from.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Strength {
    /// Binding in its place.
    Law,
    /// Binding if adopted, or used as evidence of a recognised hazard.
    Guideline,
    /// Trade practice.
    Practice,
    /// A law of the product (`design.md` 2).
    Product,
}

impl Strength {
    /// The strength as it is shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Strength::Law => "law",
            Strength::Guideline => "guideline",
            Strength::Practice => "trade practice",
            Strength::Product => "law of the product",
        }
    }
}

/// Whether the text behind a rule was read.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verified {
    /// The clause was read.
    Read,
    /// The clause was read as somebody else quotes it.
    Quoted,
    /// A sister text was read that is worded alike; the text itself was not.
    Proxy,
    /// The text was not read at all: from memory, or from a title.
    Unread,
    /// The product's own rule; there is no other text.
    Own,
}

impl Verified {
    /// In words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Verified::Read => "text read",
            Verified::Quoted => "text read as quoted",
            Verified::Proxy => "not verified: a sister text was read",
            Verified::Unread => "not verified: the text was not read",
            Verified::Own => "own rule",
        }
    }
}

/// Declares the rules once.
macro_rules! rules {
    ($($variant:ident $text:literal: $sentence:literal, $source:literal, $place:literal, $strength:ident, $verb:literal, $verified:ident;)*) => {
        /// A rule.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Rule {
            $(#[doc = $sentence] $variant,)*
        }

        impl Rule {
            /// Every rule, sorted.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The rule's id.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Rule::$variant => $text,)* }
            }

            /// The rule as a plain sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Rule::$variant => $sentence,)* }
            }

            /// Where it comes from.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self { $(Rule::$variant => $source,)* }
            }

            /// Where the source holds.
            #[must_use]
            pub const fn place(self) -> &'static str {
                match self { $(Rule::$variant => $place,)* }
            }

            /// How binding the source is.
            #[must_use]
            pub const fn strength(self) -> Strength {
                match self { $(Rule::$variant => Strength::$strength,)* }
            }

            /// The source's verb.
            #[must_use]
            pub const fn verb(self) -> &'static str {
                match self { $(Rule::$variant => $verb,)* }
            }

            /// Whether the source's text was read.
            #[must_use]
            pub const fn verified(self) -> Verified {
                match self { $(Rule::$variant => Verified::$verified,)* }
            }

            const fn bit(self) -> u128 {
                1u128 << (self as u128)
            }
        }
    };
}

rules! {
    Authority1 "AUTHORITY-1":
        "Where the production asks for it, no gun that can fire comes to a set before the armorer has his authority in writing.",
        "domain.md 1.1, E03 (S19, S29); design.md 4", "Anywhere", Product, "is", Own;
    Belt1 "BELT-1":
        "Rounds that load a gun are not worn, save for a scripted reload; what is worn is permanently inert.",
        "law 9; domain.md 1.2", "Anywhere", Product, "never", Own;
    Belt2 "BELT-2":
        "The intact seal of a belt carries its count, and is looked at.",
        "law 9", "Anywhere", Product, "is", Own;
    Blank1 "BLANK-1":
        "The armorer tests blanks in each gun and knows how far they reach.",
        "AU-SS.3 (S135); domain.md 3.8", "Australia", Guideline, "tests", Read;
    Bore1 "BORE-1":
        "A gun is loaded only after a look through its bore, action open and every chamber empty; each look serves one loading.",
        "CSATF-1/F as quoted by SAG-AFTRA (S101); law 6", "Anywhere", Guideline, "inspect", Quoted;
    Bore2 "BORE-2":
        "A gun with something in its bore is neither loaded nor fired.",
        "Stembridge rules (S140); domain.md 2, row 3", "Anywhere", Practice, "no firing", Read;
    Bore3 "BORE-3":
        "The bore is looked through after firing.",
        "CSATF-1/F as quoted by SAG-AFTRA (S101)", "Anywhere", Guideline, "inspect", Quoted;
    Clock1 "CLOCK-1":
        "An ask is judged when it is made; what comes late is a report.",
        "law 3", "Anywhere", Product, "is", Own;
    Clock2 "CLOCK-2":
        "A clock that jumps voids every showing.",
        "law 14", "Anywhere", Product, "is", Own;
    Contact1 "CONTACT-1":
        "Where the production asks for it, somebody is named whom everybody can ask before a gun that can fire comes to a set.",
        "California Labor Code 9153(a)(5) (S90)", "California", Law, "shall", Read;
    Count1 "COUNT-1":
        "A count takes two people of two roles, neither of whom answers to the other.",
        "law 10; domain.md 5, written scripts (S159)", "Anywhere", Product, "two", Own;
    Count2 "COUNT-2":
        "A lot is counted before it is issued and after it was opened.",
        "Stembridge rules (S140); law 10", "Anywhere", Practice, "inventory", Read;
    Count3 "COUNT-3":
        "A count is blind, and each of the two answers once.",
        "law 7", "Anywhere", Product, "is", Own;
    Count4 "COUNT-4":
        "What a count misses is searched for, held, or said to be lost by two roles.",
        "law 10; UK-NOS-SKSAR5 (S126)", "Anywhere", Product, "is", Own;
    Count5 "COUNT-5":
        "The second count seals the box.",
        "law 10; hazard.md 3.4", "Anywhere", Product, "is", Own;
    Custody1 "CUSTODY-1":
        "Every gun is in one place, or with one person, or in a handover between two.",
        "UK-ETIS20-a as quoted (S124); CSATF-1/C by proxy (S100); law 4",
        "United Kingdom", Guideline, "at all times", Quoted;
    Custody2 "CUSTODY-2":
        "A gun is in custody of a qualified property master, armorer or assistant.",
        "California Labor Code 9153(a)(1) (S90)", "California", Law, "shall", Read;
    Custody3 "CUSTODY-3":
        "A gun that is not in use is locked in a place for guns alone.",
        "UK-ETIS20-c as quoted (S124); law 4", "United Kingdom", Guideline, "locked", Quoted;
    Custody4 "CUSTODY-4":
        "A gun that is not in use is unloaded.",
        "MB-22.A4 (S132); Stembridge rules (S140)", "Manitoba", Guideline, "unloaded", Read;
    Day1 "DAY-1":
        "Roles hold for a production day; without an open day nobody has one.",
        "design.md 4", "Anywhere", Product, "is", Own;
    Day2 "DAY-2":
        "Lunch, scene end and wrap do not close while anything is out or any count is open.",
        "law 11; UK-NOS-SKSAR5 (S126)", "Anywhere", Product, "is", Own;
    Day3 "DAY-3":
        "Nothing is issued after wrap.",
        "law 11", "Anywhere", Product, "is", Own;
    Duty1 "DUTY-1":
        "Whoever handles guns has no other duty while he does.",
        "California Labor Code 9153(a)(3) (S90); AU-SS.5 (S135); MB-22.A1 (S132)",
        "California", Law, "no other duties", Read;
    Erase1 "ERASE-1":
        "What stands beside the record is erased by whoever keeps the register, with its ground on record, and once; no entry changes.",
        "law 13; log.md 1.12", "Anywhere", Product, "is", Own;
    Erase2 "ERASE-2":
        "A stop, or whoever has asked for the record to be preserved, comes before erasure; he or an investigator releases it.",
        "law 13; log.md 1.12", "Anywhere", Product, "beats", Own;
    Exhibit1 "EXHIBIT-1":
        "What is kept as an exhibit is touched by nobody: it is not opened, loaded, unloaded, checked, counted, handed out or given back. It can be locked away as it is.",
        "design.md 4, the freeze; domain.md 1.1, E24 (S15, S24)", "Anywhere", Product, "never", Own;
    Exhibit2 "EXHIBIT-2":
        "A named person guards an exhibit, whom the inquiry is not about; it goes on by two entries, and lies locked or with the police when the day ends.",
        "design.md 4, the freeze; law 4", "Anywhere", Product, "is", Own;
    Exhibit3 "EXHIBIT-3":
        "A gun that has to be opened after an incident is opened by two people, and its rounds are bagged by gun.",
        "design.md 4, the freeze", "Anywhere", Product, "two", Own;
    Exhibit4 "EXHIBIT-4":
        "Only the one who inquires releases an exhibit.",
        "design.md 4, the freeze; law 11", "Anywhere", Product, "only", Own;
    Fault1 "FAULT-1":
        "A gun that does not work as it should is neither loaded nor used before a handler has cleared it.",
        "Stembridge rules (S140); bulletin 1, from memory", "Anywhere", Practice, "only", Read;
    Feed1 "FEED-1":
        "What feeds a gun is read, loaded and emptied with its chambers.",
        "PROVE, Canadian firearms training, as quoted (S133): verify the feed path; law 6", "Canada", Practice, "verify", Quoted;
    Feed2 "FEED-2":
        "A magazine or a belt is taken out of the gun to be read, and every round in the hand.",
        "PROVE, Canadian firearms training, as quoted (S133): remove ammunition; law 6", "Canada", Practice, "remove", Quoted;
    Fired1 "FIRED-1":
        "What went into a gun comes out of it, fired or not, chamber by chamber.",
        "law 5 of design.md 1; law 10", "Anywhere", Product, "is", Own;
    Fired2 "FIRED-2":
        "A shot that was not planned stops everything.",
        "law 10; law 11; UK-NOS-SKSAR8 (S127)", "Anywhere", Product, "is", Own;
    Fired3 "FIRED-3":
        "After a misfire the handler waits 15 seconds, muzzle where it hurts nobody.",
        "JMFX rules (S141); domain.md 3.8", "Anywhere", Practice, "wait", Read;
    Guard1 "GUARD-1":
        "A declared armed guard stands outside the perimeter and has no part inside; one who comes in holds everything.",
        "law 9; law 11", "Anywhere", Product, "outside", Own;
    Handover1 "HANDOVER-1":
        "Only the handler hands a gun to a performer, and only he collects it.",
        "California Labor Code 9153(a)(2) (S90)", "California", Law, "only", Read;
    Handover2 "HANDOVER-2":
        "A first AD is never a link in custody.",
        "California Labor Code 9153(a)(2) (S90); law 5", "California", Law, "only", Read;
    Handover3 "HANDOVER-3":
        "A handover is an offer and a take that names it.",
        "law 4", "Anywhere", Product, "is", Own;
    Handover4 "HANDOVER-4":
        "The last look is part of the handover: the receiver's, or the witness's where he declines; he may refuse.",
        "law 8; The Specialists rules (S165)", "Anywhere", Practice, "never", Read;
    Handover5 "HANDOVER-5":
        "A gun goes to a performer, a stand-in, an extra or a handler, and to nobody else.",
        "law 5; California Labor Code 9153(a)(2) (S90) names performers and stand-ins",
        "Anywhere", Product, "only", Own;
    Handover6 "HANDOVER-6":
        "The handler stays with the gun that he answers for.",
        "law 5; domain.md 1.1, E19; California Labor Code 9153(a)(1) and (3) (S90) ask for custody and for no other duties",
        "Anywhere", Product, "stays", Own;
    Identity1 "IDENTITY-1":
        "A thing that cannot fire is matched with its label before it is used.",
        "CSATF-1/B by proxy (S100); domain.md 2, row 19; law 1", "Anywhere", Guideline, "includes", Proxy;
    Issue1 "ISSUE-1":
        "In a line, handler and witness each read the gun and the wristband.",
        "law 5", "Anywhere", Product, "each", Own;
    Issue2 "ISSUE-2":
        "The guns of a line are counted at the cut, by both.",
        "law 5; Stembridge rules (S140)", "Anywhere", Practice, "inventory", Read;
    Line1 "LINE-1":
        "A muzzle is never toward people without a named approval.",
        "CSATF-1/G (S102, S103); AU-SS.7 (S135)", "Anywhere", Guideline, "do not", Quoted;
    Line2 "LINE-2":
        "Nobody is in a gun's line inside the stand-off of its blanks.",
        "trade distances (S139, S140, S141); laws 6 and 16", "Anywhere", Practice, "never", Read;
    Line3 "LINE-3":
        "Where a muzzle is to point toward people, a thing that cannot fire is asked for first.",
        "ON-39.0 (S130); domain.md 1.1, E20 (S42)", "Ontario", Guideline, "first", Read;
    Line4 "LINE-4":
        "Where blanks are fired toward a camera, a shield stands in the line; what the plan asks for stands.",
        "CSATF-1/I as quoted (S103); ON-39.x from a summary (S131)", "Anywhere", Guideline, "shields", Quoted;
    Line5 "LINE-5":
        "Whoever stands in the line of a gun that can fire is entered for the day.",
        "domain.md 2, rows 4 and 13, barrier B11; law 17", "Anywhere", Product, "is", Own;
    Load1 "LOAD-1":
        "Live ammunition is not permitted, but in a range production.",
        "California Labor Code 9155(a) (S85); CSATF-1/A by proxy (S100)", "California", Law, "not permitted", Read;
    Load2 "LOAD-2":
        "Dummies and blanks are never together in one gun.",
        "law 6; hazard.md 3.4, hole 4", "Anywhere", Product, "never", Own;
    Load3 "LOAD-3":
        "Only rounds made for it load a gun: never dress rounds, never fired cases.",
        "law 9", "Anywhere", Product, "never", Own;
    Load4 "LOAD-4":
        "Rounds are drawn from a lot that has them, into chambers that are there.",
        "law 9", "Anywhere", Product, "is", Own;
    Load5 "LOAD-5":
        "Only rounds of its calibre load a gun.",
        "Stembridge rules (S140); JMFX rules (S141)", "Anywhere", Practice, "do not interchange", Read;
    Look1 "LOOK-1":
        "Where the production chose so, a performer is asked to look each time a gun comes to him; he may decline.",
        "Actors' Equity leaflet as quoted (S106); The Specialists rules (S165); laws 8 and 15", "Anywhere", Practice, "check", Quoted;
    Loss1 "LOSS-1":
        "While a gun that can fire is gone, its inquiry is not closed before the police were told.",
        "UK-NOS-SKSAR5 (S126): report missing; law 11", "Anywhere", Product, "told", Own;
    Lot1 "LOT-1":
        "A lot has one source.",
        "law 9; domain.md 1.1, E02", "Anywhere", Product, "one", Own;
    Lot2 "LOT-2":
        "Two people have every round of a lot in the hand before it is used.",
        "law 9; AU-SS.2 (S135)", "Australia", Guideline, "capable of being demonstrated", Read;
    Lot3 "LOT-3":
        "Ammunition that no handler attends is locked away, apart from guns.",
        "AU-SS.4 (S135); law 4; domain.md 1.1, E12", "Australia", Guideline, "secured", Read;
    Meeting1 "MEETING-1":
        "A safety meeting on five topics is held where a gun is used, before it is.",
        "CSATF-1/D by proxy (S100) and as applied (S175); California Labor Code 9153(a)(4) (S90)",
        "California", Law, "shall", Read;
    Meeting2 "MEETING-2":
        "Whoever hands over a gun, receives it or stands in its line was at the meeting.",
        "CSATF-1/D by proxy (S100); domain.md 2, rows 4 and 13", "Anywhere", Guideline, "attended", Proxy;
    Minor1 "MINOR-1":
        "A minor is handed nothing that can fire, stands in no line of it, and is neither handler, checker nor witness.",
        "laws 8 and 16; domain.md 1.1, E08", "Anywhere", Product, "never", Own;
    Muzzle1 "MUZZLE-1":
        "Where an adopted pack says so, no gun that can fire is pointed at anyone, whoever approves it.",
        "ON-39.1-4 (S130); law 15", "Ontario", Guideline, "never", Read;
    Pack1 "PACK-1":
        "Packs are adopted in writing, the product's own laws among them; of two opposed duties one is chosen in writing.",
        "law 15", "Anywhere", Product, "in writing", Own;
    Permit1 "PERMIT-1":
        "Where the production asks for it, whoever takes out, receives, loads or hands over a gun that can fire holds a permit or licence in date.",
        "California Labor Code 9153(b)(1) (S90); Penal Code 29500 (S93); MB-22.A1 (S132); AU-SS.5 (S135)",
        "California", Law, "shall", Read;
    Person1 "PERSON-1":
        "Behind every intent stands a person who was proven on an enrolled device; a stop needs neither.",
        "design.md 3; law 12", "Anywhere", Product, "is", Own;
    Personal1 "PERSONAL-1":
        "Nobody has a gun or rounds of his own where guns are used; what no register has holds everything.",
        "MB-22.A3 (S132); Stembridge rules (S140); law 11", "Manitoba", Guideline, "no", Read;
    Police1 "POLICE-1":
        "Where the production asks for it, the police were told of a scene before a gun that can fire comes to its set.",
        "ETIS20 as quoted (S125); one vendor's procedure (S113)", "United Kingdom", Guideline, "told", Quoted;
    Range1 "RANGE-1":
        "Live rounds are only in a range production: declared for one named kind of work while it was empty, and confirmed by a second role; it stays one.",
        "California Labor Code 9155(a)(1) to (3) (S85); laws 9 and 16", "California", Law, "except", Read;
    Range2 "RANGE-2":
        "Live rounds load only a gun that fires them, on a range, while a medic and whoever supervises are there.",
        "California Labor Code 9155(b) (S85)", "California", Law, "shall", Read;
    Range3 "RANGE-3":
        "In a range production a gun that can fire goes to nobody who was not trained on its action.",
        "CSATF-1/E by proxy (S100); AU-SS.6 (S135); law 16", "Anywhere", Guideline, "until", Proxy;
    Range4 "RANGE-4":
        "A range production has live rounds and no others, and no scene, no shot and no take.",
        "law 9; domain.md 2, row 20", "Anywhere", Product, "never", Own;
    Register1 "REGISTER-1":
        "Every gun-shaped thing, person, place and lot is on the register, once.",
        "CSATF-1/B by proxy (S100); MB-22.A3 (S132)", "Anywhere", Guideline, "all", Proxy;
    Register2 "REGISTER-2":
        "The register is kept by the property master, the armorer or the production office; nobody enters his own roles.",
        "law 7; design.md 4", "Anywhere", Product, "is", Own;
    Rental1 "RENTAL-1":
        "What goes back to a rental house goes to nobody else, and is shown EMPTY first; what comes from it has its serial read.",
        "UK-ETIS20-a as quoted (S124): return; UK-NOS-SKSAR5 (S126); domain.md 5, 06:00", "Anywhere", Product, "is", Own;
    Rental2 "RENTAL-2":
        "Rounds go back to the house in one sealed and counted box, with all that is left of the lot; what comes again is another lot.",
        "law 9; law 10; domain.md 6: serials back, unmixed ammunition", "Anywhere", Product, "is", Own;
    Rental3 "RENTAL-3":
        "The house signs for what went back to it, on a device of its own: it read the serial, or the seal. Until then it is not signed for.",
        "law 4; UK-ETIS20-a as quoted (S124): return", "Anywhere", Product, "is", Own;
    Request1 "REQUEST-1":
        "Whoever holds the budget answers a safety request, never the one who made it; what is not granted is named at wrap.",
        "design.md 4; domain.md 1.1, E03, E08 and E09 (S11, S18, S19)", "Anywhere", Product, "answers", Own;
    Require1 "REQUIRE-1":
        "What a production asks for beyond the laws is not taken back on a running day.",
        "law 15; domain.md 1, a pack that was adopted is what one is judged by", "Anywhere", Product, "not", Own;
    Rod1 "ROD-1":
        "What is in a muzzle-loader is said by a rod that goes down to its mark, and by a look at its nipple or pan.",
        "law 6", "Anywhere", Product, "is", Own;
    Rod2 "ROD-2":
        "A muzzle-loader is loaded with a measured blank charge a barrel, and with nothing else.",
        "law 6; domain.md 4, full load", "Anywhere", Product, "is", Own;
    Rounds1 "ROUNDS-1":
        "Rounds move from where they are by the record, in numbers that there are.",
        "law 9; design.md 6", "Anywhere", Product, "is", Own;
    Scene1 "SCENE-1":
        "A gun comes to a set for a scene, with what the scene is planned with.",
        "California Labor Code 9153(a) (S90)", "California", Law, "only", Read;
    Set1 "SET-1":
        "A gun that comes to a set is announced.",
        "domain.md 4, gun on set (S146)", "Anywhere", Practice, "announced", Read;
    Shot1 "SHOT-1":
        "A take waits for SHOT READY: every gun shown as planned, everybody where he was said to stand.",
        "law 2; law 16", "Anywhere", Product, "waits", Own;
    Shot2 "SHOT-2":
        "Whoever stands in a gun's line was told of the shot, and may refuse.",
        "law 17; ON-39.x from a summary (S131): the crew is warned before firing", "Anywhere", Product, "may", Own;
    Shot3 "SHOT-3":
        "Where blanks are fired, whoever is close by has ears and eyes protected before SHOT READY.",
        "CSATF-1/I as quoted (S103)", "Anywhere", Guideline, "protection", Quoted;
    Showing1 "SHOWING-1":
        "A gun that can fire is shown before it is handed over.",
        "domain.md 7.1; AFTRS practice (S136); law 2", "Anywhere", Practice, "shown", Read;
    Showing2 "SHOWING-2":
        "Every chamber is read, indexed from the marked one.",
        "law 6; domain.md 1.1, E15", "Anywhere", Product, "every", Own;
    Showing3 "SHOWING-3":
        "A round whose lot does not show at the head that it is inert is taken out to be read.",
        "AU-SS.2 (S135); law 6", "Australia", Guideline, "distinguishable", Read;
    Showing4 "SHOWING-4":
        "A showing lapses with time.",
        "law 2", "Anywhere", Product, "is", Own;
    Showing5 "SHOWING-5":
        "A showing lapses when the gun leaves sight.",
        "domain.md 5, 10:45 (S155); law 2", "Anywhere", Practice, "because it was out of your sight", Read;
    Showing6 "SHOWING-6":
        "A showing lapses when the gun changes hands; only the last look carries it over.",
        "law 2; law 8", "Anywhere", Product, "is", Own;
    Showing7 "SHOWING-7":
        "A showing lapses with a break and with the day.",
        "domain.md 5, 14:00; law 2", "Anywhere", Practice, "full check", Read;
    Showing8 "SHOWING-8":
        "A showing lapses when the gun is loaded or unloaded.",
        "law 2", "Anywhere", Product, "is", Own;
    Stop1 "STOP-1":
        "A stop holds everything; a held gun can always be taken back and locked away.",
        "law 12; domain.md 7.9", "Anywhere", Product, "is", Own;
    Stop2 "STOP-2":
        "Only a named inquiry lifts a stop: not the person it concerns, and no producer alone.",
        "law 11; domain.md 1.1, E07", "Anywhere", Product, "only", Own;
    Train1 "TRAIN-1":
        "Where the production asks for it, nobody uses a gun before the camera who was not trained on its action.",
        "CSATF-1/E by proxy (S100); AU-SS.6 (S135); Stembridge rules (S140)", "Anywhere", Guideline, "until", Proxy;
    Train2 "TRAIN-2":
        "Where the production asks for it, whoever handles a gun, witnesses its check or stands in its line has completed the safety course.",
        "California Labor Code 9156 (S92)", "California", Law, "shall", Read;
    Transfer1 "TRANSFER-1":
        "A gun passes or lies before the camera only as the shot plan has it.",
        "law 5", "Anywhere", Product, "declared", Own;
    Transit1 "TRANSIT-1":
        "Whoever answers for guns or rounds goes along when they are moved, and leaves them at no time.",
        "UK-ETIS20-a and b as quoted (S124); law 4", "United Kingdom", Guideline, "accompanies", Quoted;
    Unit1 "UNIT-1":
        "Nothing is loaded, handed over, witnessed, counted or planned across units; what moves to another unit was put away before.",
        "law 10: a missing round holds its lot and its unit", "Anywhere", Product, "holds", Own;
    Witness1 "WITNESS-1":
        "A witness is a second person and a trained observer.",
        "law 7", "Anywhere", Product, "is", Own;
    Witness2 "WITNESS-2":
        "The receiver neither checks nor witnesses.",
        "domain.md 7.6; law 7", "Anywhere", Product, "never", Own;
    Witness3 "WITNESS-3":
        "The witness is neither a producer nor the checker's subordinate.",
        "law 7; domain.md 1.1, E08", "Anywhere", Product, "never", Own;
    Witness4 "WITNESS-4":
        "The witness answers on a device of his own.",
        "law 7; hazard.md 2.3", "Anywhere", Product, "is", Own;
    Witness5 "WITNESS-5":
        "Checker and witness answer a check once each, and nobody else does.",
        "law 7", "Anywhere", Product, "once", Own;
    Witness6 "WITNESS-6":
        "Until both have answered alike, nothing may be said of the gun.",
        "law 7", "Anywhere", Product, "never", Own;
}

impl Rule {
    /// The rule with this id, if there is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.as_str() == text)
    }
}

/// The limits that a production adopts, in the scope's units of time.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Limits {
    /// How long a showing holds.
    pub showing_life: u64,
    /// How long the match of a thing that cannot fire holds.
    pub identity_life: u64,
    /// How old an ask may be, and how far a device's clock may be ahead.
    pub ask_tolerance: u64,
}

/// The rules as a production adopted them. All of them hold, save in a study.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Rules {
    limits: Limits,
    dropped: u128,
}

impl Rules {
    /// All rules, with these limits.
    #[must_use]
    pub const fn new(limits: Limits) -> Rules {
        Rules { limits, dropped: 0 }
    }

    /// The limits.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// All of these rules but one: for studies, to show what the rule buys. A service refuses to
    /// run on such rules ([`Rules::is_whole`]).
    #[must_use]
    pub const fn without(self, rule: Rule) -> Rules {
        Rules { limits: self.limits, dropped: self.dropped | rule.bit() }
    }

    /// Does every rule hold?
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.dropped == 0
    }

    /// Does this rule hold?
    #[must_use]
    pub const fn hold(&self, rule: Rule) -> bool {
        self.dropped & rule.bit() == 0
    }

    /// When a showing of that moment is due again.
    #[must_use]
    pub fn show_again_by<S: Scope>(&self, shown_at: S::Time) -> S::Time {
        use crate::scope::Moment;
        shown_at.later_by(self.limits.showing_life)
    }

    /// When a match of that moment is due again.
    #[must_use]
    pub fn match_again_by<S: Scope>(&self, matched_at: S::Time) -> S::Time {
        use crate::scope::Moment;
        matched_at.later_by(self.limits.identity_life)
    }
}
