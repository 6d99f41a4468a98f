//! Other states, the United Kingdom, Canada, Australia, as far as read.

use crate::rule::Rule::*;

clauses! {
    "NM-1" of NewMexico:
        "There is no standard for firearms in film; a recognised hazard, and the production's own adopted procedures, are what it is judged by.";
        "production", "always"; Law "general duty";
        "the state inspectors as quoted (S2)", None, Quoted; [];
        Not "It names no act. What a production adopts stands in its record, in writing (PACK-1).";
    "NM-2" of NewMexico:
        "Bills of 2022 and 2023 would have asked for trained handlers; none became law as far as was found.";
        "production", "none"; Guideline "would";
        "SB 188, HB 338, SB 225 (S107, S108, S109)", None, Quoted; [];
        Not "It is no law.";
    "NYC-1" of UnitedStates:
        "Whoever picks up, signs for and carries blank-firing replicas has a theatrical permit of the police.";
        "carrier", "pickup and transport"; Law "need";
        "an account of 2010 (S110)", None, Quoted; [];
        Not "A permit stands at the person who handles guns (PERMIT-1); one for a pickup alone is not entered.";
    "HI-134-2.5" of UnitedStates:
        "The permit for props and blanks names the people who will use them.";
        "production", "before use"; Law "names";
        "Hawaii Revised Statutes 134-2.5 (S111)", None, Read; [];
        Not "A permit stands at the person who handles guns (PERMIT-1); one of the production, and whom it names, is not entered.";
    "TX-1" of UnitedStates:
        "There are a medic and a safety policy before prop weapons are used, and a certified handler for any that fires.";
        "production", "before use"; Guideline "when";
        "state film office (S112)", None, Read; [];
        By &[Custody2];
    "ATF-2016-1" of UnitedStates:
        "A correction is a new entry; the original stays, and original, corrected and both can be shown.";
        "licensee", "always"; Law "shall";
        "ATF ruling 2016-1 as described (S117, S118, S119, S120)", None, Quoted; [];
        Not "The record only grows (law 13); it is no bound book and replaces none.";
    "UK-ETIS20-a" of UnitedKingdom:
        "A named person, for that alone, is responsible for the weapon at all times, in store, transport and return as well.";
        "named person", "always"; Guideline "at all times";
        "ETIS20 as quoted (S124)", None, Quoted; [];
        By &[Custody1, Duty1, Rental1, Transit1];
    "UK-ETIS20-b" of UnitedKingdom:
        "He goes along when it is moved; a courier does not collect it for the production.";
        "named person", "transport"; Guideline "accompanies";
        "ETIS20 as quoted (S124)", None, Quoted; [];
        By &[Transit1, Rental1];
    "UK-ETIS20-c" of UnitedKingdom:
        "What is not in use lies in a locked case in a locked room to which few have access.";
        "named person", "not in use"; Guideline "locked";
        "ETIS20 as quoted (S124)", None, Quoted; [];
        By &[Custody3];
    "UK-ETIS20-d" of UnitedKingdom:
        "Blank-firers are firearms; a weapon is used only under the armourer; the police are told.";
        "armourer, production", "use"; Guideline "only";
        "ETIS20 as quoted (S125)", None, Quoted; [];
        By &[Custody2, Handover6, Police1];
    "UK-SKSAR5" of UnitedKingdom:
        "Issue and return are documented, everything is recovered at the end, nobody takes a weapon off the set, what is missing is reported.";
        "armourer", "issue to return"; Guideline "verify";
        "National Occupational Standard SKSAR5, in Welsh (S126)", None, Read; [];
        By &[Day2, Count4, Handover3, Loss1, Rental1];
    "UK-SKSAR8" of UnitedKingdom:
        "After a misfire or a discharge, used and unused rounds are recovered, the reason is logged, the first AD is told.";
        "armourer", "after"; Guideline "log";
        "National Occupational Standard SKSAR8 (S127)", None, Read; [];
        By &[Fired1, Fired2, Fired3];
    "UK-BBC-1" of UnitedKingdom:
        "A real or blank-firing weapon takes a vetted armourer with a licence for it in date; a replica is preferred.";
        "production", "plan"; Guideline "prefer";
        "BBC guidance (S128, S129)", None, Quoted; [];
        By &[Permit1, Line3];
    "ON-39.0" of Ontario:
        "Alternatives to firearms are considered first.";
        "production", "plan"; Guideline "should";
        "guideline 39 (S130)", None, Read; [];
        By &[Line3];
    "ON-39.1-4" of Ontario:
        "It is always taken for loaded, never holds live ammunition, and is never pointed at anyone, the user included, even with blanks.";
        "everybody", "always"; Guideline "never";
        "guideline 39, items 1 to 4 (S130)", None, Read; [];
        By &[Load1, Line1, Muzzle1, Showing1];
    "ON-39.5" of Ontario:
        "Nobody smokes where ammunition or powder lies, and signs say so.";
        "everybody", "store"; Guideline "should";
        "guideline 39, item 5 (S130)", None, Read; [];
        Not "Smoking and signs are not entered.";
    "ON-39.6" of Ontario:
        "One licensed weapons handler.";
        "production", "always"; Guideline "should";
        "guideline 39, item 6 (S130)", None, Read; [];
        By &[Custody2, Permit1];
    "ON-39.x" of Ontario:
        "Only theatrical blanks; the crew is warned before firing; shields where the gun fires at the camera or cases fly.";
        "handler", "firing"; Guideline "should";
        "guideline 39 from a summary (S131)", None, Quoted; [];
        By &[Line4, Set1, Shot2];
    "MB-22.A1" of Manitoba:
        "One coordinator with a licence, who has no other duty while firearms are in use.";
        "coordinator", "in use"; Guideline "no other duties";
        "guideline 22, A.1 (S132)", None, Read; [];
        By &[Duty1, Permit1];
    "MB-22.A2" of Manitoba:
        "It is checked before and after each use; there is an inventory and a briefing.";
        "coordinator", "each use"; Guideline "check";
        "guideline 22, A.2 (S132)", None, Read; [];
        By &[Showing1, Bore3, Count2, Meeting1];
    "MB-22.A3" of Manitoba:
        "All guns are on the coordinator's register; no personal firearms or ammunition.";
        "everybody", "always"; Guideline "all";
        "guideline 22, A.3 (S132)", None, Read; [];
        By &[Register1, Lot1, Personal1];
    "MB-22.A4" of Manitoba:
        "What is not needed at once is unloaded and locked.";
        "coordinator", "not in use"; Guideline "unloaded";
        "guideline 22, A.4 (S132)", None, Read; [];
        By &[Custody3, Custody4];
    "BC-SHAPE" of BritishColumbia:
        "A bulletin of 2010 whose duties are those that stand as CSATF-1/A to E.";
        "everybody", "always"; Guideline "never";
        "SHAPE bulletin (S100)", Some("2010"), Read; [];
        By &[Load1, Register1, Custody1, Meeting1];
    "CA-PROVE" of BritishColumbia:
        "Muzzle where it hurts nobody, ammunition out, chamber seen, feed path verified, bore looked through.";
        "handler", "each check"; Practice "verify";
        "Canadian course habits (S133)", None, Read; [];
        By &[Bore1, Showing2, Feed1, Feed2];
    "AU-SS.1" of Australia:
        "Live ammunition is never on a set.";
        "everybody", "always"; Guideline "never";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Load1];
    "AU-SS.2" of Australia:
        "Every dummy can be told from a live round, and that can be demonstrated.";
        "armourer", "before use"; Guideline "capable of being demonstrated";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Lot2, Showing3];
    "AU-SS.3" of Australia:
        "The armourer tests the blanks in preparation and knows how far they reach.";
        "armourer", "preparation"; Guideline "tests";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Blank1];
    "AU-SS.4" of Australia:
        "Blanks, dummies and guns that the armourer does not supervise are secured.";
        "armourer", "always"; Guideline "secured";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Lot3, Custody3];
    "AU-SS.5" of Australia:
        "The armourer is licensed and has one role only.";
        "armourer", "always"; Guideline "only one";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Duty1, Permit1];
    "AU-SS.6" of Australia:
        "The performer is trained and assessed for what the action asks of him.";
        "performer", "before use"; Guideline "assessed";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Train1];
    "AU-SS.7" of Australia:
        "What sends out a projectile or a blast is not discharged straight at anyone.";
        "everybody", "firing"; Guideline "not";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        By &[Line1, Line2];
    "AU-SS.8" of Australia:
        "The armourer writes a risk assessment and a working procedure.";
        "armourer", "preparation"; Guideline "is";
        "Screen Safety, high-risk activities (S135)", None, Read; [];
        Not "A risk assessment is a document outside the record.";
    "AU-AD" of Australia:
        "Each day first AD and armourer talk through use and storage; the first AD satisfies himself that there is no live ammunition.";
        "first AD, armourer", "each day"; Practice "satisfied";
        "a film school's teacher (S136)", None, Read; [];
        By &[Meeting1, Load1];
    "AU-CALL" of Australia:
        "At each handover the breech is opened and presented, and both say that it is clear; on return again.";
        "handler, performer", "each handover"; Practice "present";
        "a film school's teacher (S136); the wording from a scrambled copy (S137)", None, Quoted; [];
        By &[Handover4, Look1];
    "AU-QLD" of Australia:
        "A coroner asked in 2022 for a code of practice, a test of qualification, and no operable guns in theatrical use.";
        "the state", "none"; Guideline "recommended";
        "coroner's findings as reported (S75, S76)", Some("2022-01"), Quoted; [];
        Not "It is a recommendation to the state.";
}
