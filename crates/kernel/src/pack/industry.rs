//! The Industry-Wide bulletins 1 and 2 of 16 April 2003, whose own text was not read: as they are
//! quoted, or as a sister text of 2010 words it. The ids are the project's own.

use crate::rule::Rule::*;

clauses! {
    "CSATF-1/A" of IndustryWide:
        "Every gun is treated as loaded; blanks can kill; live ammunition is neither used nor kept on the site.";
        "everybody", "always"; Guideline "never";
        "bulletin 1, by a sister text (S100); as applied by the state inspectors (S175)", Some("2003-04-16"), Proxy; [];
        By &[Load1, Showing1];
    "CSATF-1/B" of IndustryWide:
        "Rubber, plastic and other things of the shape of a gun count as firearms.";
        "property master", "always"; Guideline "includes";
        "bulletin 1, by a sister text (S100)", Some("2003-04-16"), Proxy; [];
        By &[Register1, Identity1];
    "CSATF-1/C" of IndustryWide:
        "One person obtains, keeps and handles them: the property master, or in his absence the weapons handler.";
        "property master", "always"; Guideline "is";
        "bulletin 1, by a sister text (S100)", Some("2003-04-16"), Proxy; [];
        By &[Custody1, Custody2];
    "CSATF-1/D" of IndustryWide:
        "Before use in rehearsal or on camera there is a meeting at the place with a walk-through: action, deviations, abort, emergency, chain of command.";
        "property master, production, handlers", "each scene and place"; Guideline "attended";
        "bulletin 1, by a sister text (S100); as applied (S175)", Some("2003-04-16"), Proxy; [];
        By &[Meeting1, Meeting2];
    "CSATF-1/E" of IndustryWide:
        "Nobody is issued a gun before he was trained in handling, use, lock and firing.";
        "property master", "before issue"; Guideline "until";
        "bulletin 1, by a sister text (S100)", Some("2003-04-16"), Proxy; [];
        By &[Train1];
    "CSATF-1/F" of IndustryWide:
        "Gun and barrel are inspected before and after each firing sequence, and every gun before each use.";
        "property master, armorer", "each sequence"; Guideline "inspect";
        "bulletin 1 as quoted by the performers' union (S101)", Some("2003-04-16"), Quoted; [];
        By &[Bore1, Bore3, Showing1];
    "CSATF-1/G" of IndustryWide:
        "Nobody points a gun at anyone; where it is required, property master or first AD are asked first.";
        "whoever holds it", "each shot"; Guideline "do not";
        "bulletin 1 as quoted (S102, S103)", Some("2003-04-16"), Quoted; [];
        By &[Line1];
    "CSATF-1/H" of IndustryWide:
        "The finger is off the trigger, it is loaded only when all are ready, and not cocked before the call.";
        "handler, performer", "each take"; Guideline "do not";
        "bulletin 1 as quoted (S103)", Some("2003-04-16"), Quoted; [];
        Not "Fingers and hammers are not entered; the time of a loading stands in the record.";
    "CSATF-1/I" of IndustryWide:
        "People who must be close have shields, and protection for ears and eyes.";
        "production", "each shot"; Guideline "use";
        "bulletin 1 as quoted (S103)", Some("2003-04-16"), Quoted; [];
        By &[Line4, Shot3];
    "CSATF-1/J" of IndustryWide:
        "Whoever is near the line of fire may watch the loading.";
        "everybody near", "before the take"; Guideline "may";
        "bulletin 1, from memory; a trade view says the same (S104)", None, Unread; [];
        Not "Who watched is not entered; the witness is.";
    "CSATF-1/K" of IndustryWide:
        "Guns and ammunition are secured and never left alone, save while filming or rehearsing.";
        "handler", "always"; Guideline "never";
        "bulletin 1, by the wording of bulletin 30 (S105)", None, Proxy; [];
        By &[Custody3, Lot3, Handover6];
    "CSATF-1/L" of IndustryWide:
        "A gun that fails is cleared by the property master or the handler alone.";
        "handler", "malfunction"; Guideline "only";
        "bulletin 1, from memory", None, Unread; [];
        By &[Fault1, Fired3];
    "CSATF-2" of IndustryWide:
        "Live ammunition is used only by special, planned need, with more controls.";
        "production", "rare"; Guideline "only";
        "bulletin 2, its title (S97)", Some("2003-04-16"), Unread; [];
        By &[Load1];
    "SAG-1" of SagAftra:
        "Checking a firearm is not the performer's responsibility.";
        "production", "each handover"; Guideline "do not make it";
        "statements of 2023 and 2024 (S101)", None, Quoted; [];
        By &[Handover4, Witness2];
    "SAG-2" of SagAftra:
        "Gun and barrel are inspected before and after each firing sequence, by the property master or armorer.";
        "property master, armorer", "each sequence"; Guideline "inspect";
        "statements of 2023 and 2024 (S101)", None, Quoted; [];
        By &[Bore1, Bore3];
    "AEA-1" of ActorsEquity:
        "The actor checks the weapon each time it comes to him, and watches the property master look through cylinder and barrel.";
        "performer", "each handover"; Guideline "check";
        "Actors' Equity leaflet as quoted (S106)", None, Quoted; [];
        By &[Handover4, Look1];
    "AEA-2" of ActorsEquity:
        "The actor asks that it be test-fired away from the stage.";
        "performer", "before use"; Guideline "ask";
        "Actors' Equity leaflet as quoted (S106)", None, Quoted; [];
        By &[Blank1];
}
