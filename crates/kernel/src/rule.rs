//! The rules: plain sentence, source, place, strength, and whether the source's text was read.
//! The sources are those of `domain.md` 8 (S..), its rule tables (3) and the laws of `design.md` 2.

use crate::scope::Scope;

/// The number of the rules' semantics. It changes whenever a verdict could differ; replay compares
/// verdicts only where this number is the one built in.
pub const SEMANTICS: u32 = 1;

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

            const fn bit(self) -> u64 {
                1u64 << (self as u64)
            }
        }
    };
}

rules! {
    Bore1 "BORE-1":
        "A gun is loaded only after a look through its bore, action open and every chamber empty; each look serves one loading.",
        "CSATF-1/F as quoted by SAG-AFTRA (S101); law 6", "Anywhere", Guideline, "inspect", Quoted;
    Bore2 "BORE-2":
        "A gun with something in its bore is neither loaded nor fired.",
        "Stembridge rules (S140); domain.md 2, row 3", "Anywhere", Practice, "no firing", Read;
    Clock1 "CLOCK-1":
        "An ask is judged when it is made; what comes late is a report.",
        "law 3", "Anywhere", Product, "is", Own;
    Clock2 "CLOCK-2":
        "A clock that jumps voids every showing.",
        "law 14", "Anywhere", Product, "is", Own;
    Custody1 "CUSTODY-1":
        "Every gun is in one place, or with one person, or in a handover between two.",
        "UK-ETIS20-a as quoted (S124); CSATF-1/C by proxy (S100); law 4", "United Kingdom", Guideline, "at all times", Quoted;
    Custody2 "CUSTODY-2":
        "A gun is in custody of a qualified property master, armorer or assistant.",
        "California Labor Code 9153(a)(1) (S90)", "California", Law, "shall", Read;
    Custody3 "CUSTODY-3":
        "A gun that is not in use is locked in a place for guns alone.",
        "UK-ETIS20-c as quoted (S124); law 4", "United Kingdom", Guideline, "locked", Quoted;
    Day1 "DAY-1":
        "Roles hold for a production day; without an open day nobody has one.",
        "design.md 4", "Anywhere", Product, "is", Own;
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
        "law 5; California Labor Code 9153(a)(2) (S90) names performers and stand-ins", "Anywhere", Product, "only", Own;
    Handover6 "HANDOVER-6":
        "The handler stays with the gun that he answers for.",
        "law 5; domain.md 1.1, E19; California Labor Code 9153(a)(1) and (3) (S90) ask for custody and for no other duties",
        "Anywhere", Product, "stays", Own;
    Identity1 "IDENTITY-1":
        "A thing that cannot fire is matched with its label before it is used.",
        "CSATF-1/B by proxy (S100); domain.md 2, row 19; law 1", "Anywhere", Guideline, "includes", Proxy;
    Line1 "LINE-1":
        "A muzzle is never toward people without a named approval.",
        "CSATF-1/G (S102, S103); AU-SS.7 (S135)", "Anywhere", Guideline, "do not", Quoted;
    Load1 "LOAD-1":
        "Live ammunition is not permitted.",
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
    Person1 "PERSON-1":
        "Behind every intent stands a person who was proven on an enrolled device; a stop needs neither.",
        "design.md 3; law 12", "Anywhere", Product, "is", Own;
    Register1 "REGISTER-1":
        "Every gun-shaped thing, person, place and lot is on the register, once.",
        "CSATF-1/B by proxy (S100); MB-22.A3 (S132)", "Anywhere", Guideline, "all", Proxy;
    Register2 "REGISTER-2":
        "The register is kept by the property master, the armorer or the production office; nobody enters his own roles.",
        "law 7; design.md 4", "Anywhere", Product, "is", Own;
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
    dropped: u64,
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
