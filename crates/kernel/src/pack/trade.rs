//! Trade practice: what rental houses, armorers and schools ask for. The distances differ and none
//! is everybody's: the stand-off that holds is the one of the armorer's own test, or a longer one.

use crate::rule::Rule::*;

clauses! {
    "STEM-1" of Trade:
        "The property master knows that a person can handle it before he issues it.";
        "property master", "before issue"; Practice "before";
        "Stembridge rules (S140)", None, Read; [];
        By &[Train1];
    "STEM-2" of Trade:
        "It is loaded by the property master, or by experienced people under his eyes.";
        "property master", "loading"; Practice "only";
        "Stembridge rules (S140)", None, Read; [];
        By &[Custody2];
    "STEM-3" of Trade:
        "At the end of a scene it is unloaded and checked to hold no blanks.";
        "property master", "scene end"; Practice "is";
        "Stembridge rules (S140)", None, Read; [];
        By &[Custody4, Fired1, Day2];
    "STEM-4" of Trade:
        "There is an inventory whenever guns were issued, and every day.";
        "property master", "issue, each day"; Practice "inventory";
        "Stembridge rules (S140)", None, Read; [];
        By &[Count2, Issue2, Day2];
    "STEM-5" of Trade:
        "Nothing is fired while anything clogs the barrel.";
        "everybody", "always"; Practice "no firing";
        "Stembridge rules (S140)", None, Read; [];
        By &[Bore2];
    "STEM-6" of Trade:
        "No live ammunition, and no personal firearms on set.";
        "everybody", "always"; Practice "no";
        "Stembridge rules (S140)", None, Read; [];
        By &[Load1, Register1];
    "STEM-7" of Trade:
        "Nobody modifies a gun; one that fails goes to the qualified or back to the rental house.";
        "everybody", "malfunction"; Practice "nobody";
        "Stembridge rules (S140)", None, Read; [];
        By &[Fault1];
    "STEM-8" of Trade:
        "Twenty feet from muzzle to person, for some blanks more; a small load is as much a hazard as a full one.";
        "everybody", "firing"; Practice "keep";
        "Stembridge rules (S140)", None, Read; [StandOffCentimetres 610];
        By &[Line2, Blank1];
    "AEAA-1" of Trade:
        "Twenty feet from muzzle to person for ordinary blanks.";
        "everybody", "firing"; Practice "keep";
        "AEAA (S139)", None, Read; [StandOffCentimetres 610];
        By &[Line2, Blank1];
    "JMFX-1" of Trade:
        "Twenty feet from muzzle to person.";
        "everybody", "firing"; Practice "keep";
        "JMFX rules (S141)", None, Read; [StandOffCentimetres 610];
        By &[Line2, Blank1];
    "JMFX-2" of Trade:
        "After a misfire fifteen seconds pass, muzzle where it hurts nobody, before it is cleared.";
        "handler", "misfire"; Practice "wait";
        "JMFX rules (S141)", None, Read; [MisfireWaitSeconds 15];
        By &[Fired3];
    "JMFX-3" of Trade:
        "Blanks of one gun are not used in another.";
        "handler", "loading"; Practice "do not interchange";
        "JMFX rules (S141)", None, Read; [];
        By &[Load5, Blank1];
    "SET-10FT" of Trade:
        "Ten feet from muzzle to person: the rules of one set.";
        "everybody", "firing"; Practice "keep";
        "one set's rules (S142)", None, Read; [StandOffCentimetres 305];
        By &[Line2];
    "CALARTS-1" of Trade:
        "Nobody is within an arc of twenty degrees about the line of fire.";
        "everybody", "firing"; Practice "nobody";
        "an older policy of CalArts (S143)", None, Read; [ArcDegrees 20];
        By &[Line2];
    "SPEC-1" of Trade:
        "Nobody passes or accepts a gun before the action is open and he has seen for himself that it is unloaded.";
        "giver and receiver", "each handover"; Practice "never";
        "The Specialists rules (S165)", None, Read; [];
        By &[Handover4, Look1, Showing1];
    "SPEC-2" of Trade:
        "Whoever sees unsafe behaviour acts to correct it at once.";
        "everybody", "always"; Practice "take action";
        "The Specialists rules (S165)", None, Read; [];
        By &[Stop1];
    "FILMLA-1" of Trade:
        "Prop guns are listed on the filming permit, and the police are told at least an hour before.";
        "production", "before use in public"; Practice "at least";
        "one vendor's procedure, a weak source (S113)", None, Quoted; [NoticeMinutes 60];
        By &[Police1];
    "CALL-1" of Trade:
        "A gun that comes to a set is announced to everybody there.";
        "first AD, handler", "arrival on set"; Practice "announced";
        "a casting director's account (S146)", None, Read; [];
        By &[Set1];
    "SIGHT-1" of Trade:
        "A gun that was out of sight is checked again.";
        "handler", "after any gap in sight"; Practice "because it was out of your sight";
        "a film magazine's procedure (S155)", None, Read; [];
        By &[Showing5];
}
