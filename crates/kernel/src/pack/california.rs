//! California: Labor Code 9150 to 9161 (SB 132, 2023) and two sections of the Penal Code, as far as
//! a stored copy shows them. Sections 9154 and 9157 to 9160 were not seen, nor 9153(b) after its
//! first clause.

use crate::rule::Rule::*;

clauses! {
    "CA-9151" of California:
        "Ammunition has a projectile and a blank has none; a dummy is neither of the two under this text.";
        "everybody", "always"; Law "means";
        "California Labor Code 9151 (S89)", Some("2025-01-01"), Read; [];
        By &[Load1, Load3];
    "CA-9152" of California:
        "A production of the tax-credit pilot has a dedicated safety advisor from preparation on, and a risk assessment that is revised when activity or location changes.";
        "production", "from preparation on"; Law "shall";
        "California Labor Code 9152 (S87, S88)", Some("2025-07-01"), Read; [];
        Not "A risk assessment is a document outside the record; whether one exists is not entered.";
    "CA-9153a" of California:
        "A firearm or blank is on set for rehearsal, training, filming or other making of content alone.";
        "production", "always"; Law "only";
        "California Labor Code 9153(a) (S90)", Some("2025-01-01"), Read; [];
        By &[Scene1];
    "CA-9153a1" of California:
        "It is in the custody and control of a qualified property master, armorer or assistant.";
        "handler", "always"; Law "shall";
        "California Labor Code 9153(a)(1) (S90)", Some("2025-01-01"), Read; [];
        By &[Custody2, Handover6];
    "CA-9153a2" of California:
        "Nobody else hands it to a performer or a stand-in, and nobody else collects it.";
        "handler", "each handover"; Law "only";
        "California Labor Code 9153(a)(2) (S90)", Some("2025-01-01"), Read; [];
        By &[Handover1, Handover2, Handover5];
    "CA-9153a3" of California:
        "The handler has no other duty while he prepares it and while the performer has it, until it is locked away.";
        "handler", "from lockup to lockup"; Law "no other duties";
        "California Labor Code 9153(a)(3) (S90)", Some("2025-01-01"), Read; [];
        By &[Duty1];
    "CA-9153a4" of California:
        "A safety meeting is held when firearms are in a scene.";
        "production", "before use"; Law "shall";
        "California Labor Code 9153(a)(4) (S90)", Some("2025-01-01"), Read; [];
        By &[Meeting1, Meeting2];
    "CA-9153a5" of California:
        "Performers, crew, unions and the state are given a named contact for questions of compliance.";
        "production", "before use"; Law "shall";
        "California Labor Code 9153(a)(5) (S90)", Some("2025-01-01"), Read; [];
        By &[Contact1];
    "CA-9153a6" of California:
        "There are enough qualified handlers; the law gives no ratio.";
        "production", "each day"; Law "shall";
        "California Labor Code 9153(a)(6) (S90)", Some("2025-01-01"), Read; [];
        Not "Without a ratio nothing can be judged; a gun has one handler who answers for it (HANDOVER-6).";
    "CA-9153b1" of California:
        "The handler holds a permit of the state's Department of Justice for such firearms or weapons, in date.";
        "handler", "at issue"; Law "shall";
        "California Labor Code 9153(b)(1) (S90)", Some("2025-01-01"), Read; [];
        By &[Permit1];
    "CA-9153b2" of California:
        "The handler holds the federal document for possession and custody, and is trained in protocols and law.";
        "handler", "at issue"; Law "shall";
        "California Labor Code 9153(b), the rest, from a summary (S91)", Some("2025-01-01"), Quoted; [];
        Not "A permit is entered with its date (PERMIT-1); the federal document and the training in law are not.";
    "CA-9155a" of California:
        "Live ammunition is not permitted, but for three named kinds of work.";
        "production", "always"; Law "not permitted";
        "California Labor Code 9155(a) (S85)", Some("2025-01-01"), Read; [];
        By &[Load1, Range1];
    "CA-9155b" of California:
        "Where an exception holds, range rules and the bulletins apply, a handler supervises, and medical staff are there.";
        "production", "during the exception"; Law "shall";
        "California Labor Code 9155(b) (S85)", Some("2025-01-01"), Read; [];
        By &[Range2, Range3];
    "CA-9156" of California:
        "Whoever handles firearms, or is near them, completes the industry's firearms course or its equal, at the employer's cost.";
        "everybody near", "before"; Law "shall";
        "California Labor Code 9156 (S86, S92)", Some("2025-01-01"), Read; [];
        By &[Train2];
    "CA-PC-29500" of California:
        "The entertainment firearms permit is for people of 21 or more, for firearms lent as props, and is renewed each year.";
        "permit holder", "credential"; Law "shall";
        "California Penal Code 29500 to 29535 (S93)", None, Read; [AgeYears 21, PermitMonths 12];
        By &[Permit1];
    "CA-PC-27805" of California:
        "A dealer lends a firearm unloaded, to a permit holder, as a prop alone, and keeps a copy of the permit.";
        "dealer, property master", "receipt"; Law "shall";
        "California Penal Code 27805 (S94)", None, Read; [];
        Not "What a dealer keeps lies outside the record.";
}
