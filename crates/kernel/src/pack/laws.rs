//! The product's own laws (SAFETY.md). None of them can be switched off.

use crate::rule::Rule::*;

clauses! {
    "LAW-1" of Product:
        "What is said of a gun is a state with a time, never a word that means two things.";
        "the product", "always"; Product "is";
        "law 1", None, Own; [];
        By &[Identity1, Showing1];
    "LAW-2" of Product:
        "What is in the gun and who stands where are two things, and each lapses by itself.";
        "the product", "always"; Product "lapses";
        "law 2", None, Own; [];
        By &[Showing4, Showing5, Showing6, Showing7, Showing8, Line2, Shot1];
    "LAW-3" of Product:
        "An act is asked for before it is done; what has happened is recorded, whatever the state.";
        "everybody", "always"; Product "is";
        "law 3", None, Own; [];
        By &[Clock1];
    "LAW-4" of Product:
        "A gun is in one place, with one person, or between two who both sign; rounds have places too.";
        "everybody", "always"; Product "is";
        "law 4", None, Own; [];
        By &[Custody1, Custody3, Handover3, Lot3, Rental1, Rental3, Transit1];
    "LAW-5" of Product:
        "Only the handler hands over and takes back; what passes before the camera is declared.";
        "handler", "each handover"; Product "only";
        "law 5", None, Own; [];
        By &[Handover1, Handover2, Handover5, Handover6, Custody2, Day1, Transfer1, Issue1, Issue2];
    "LAW-6" of Product:
        "A check says what was seen in each chamber and how; the bore is looked through before each loading.";
        "checker and witness", "each check"; Product "is";
        "law 6", None, Own; [];
        By &[Showing2, Showing3, Bore1, Load2, Feed1, Feed2, Rod1, Rod2];
    "LAW-7" of Product:
        "A second, trained, independent person looks for himself, and neither knows the other's answer.";
        "witness", "each check and count"; Product "is";
        "law 7", None, Own; [];
        By &[Witness1, Witness2, Witness3, Witness4, Witness5, Witness6, Count3, Register2];
    "LAW-8" of Product:
        "The performer is shown, may look, may refuse, and is never made responsible.";
        "handler and witness", "each handover"; Product "never";
        "law 8", None, Own; [];
        By &[Handover4, Showing6, Minor1];
    "LAW-9" of Product:
        "A lot has one source and two people saw every round of it; what is worn is inert and sealed.";
        "property master, armorer", "before use"; Product "is";
        "law 9", None, Own; [];
        By &[Lot1, Lot2, Belt1, Belt2, Load1, Load3, Load4, Load5, Rounds1, Guard1, Range1, Range4, Rental2];
    "LAW-10" of Product:
        "What came in goes out again, by a count of two; what is missing has a consequence.";
        "two roles", "issue, scene end, lunch, wrap"; Product "is";
        "law 10", None, Own; [];
        By &[Count1, Count2, Count4, Count5, Fired1, Fired2, Fired3, Unit1];
    "LAW-11" of Product:
        "A precursor stops the day until an inquiry closes it; nothing closes while anything is out.";
        "named inquiry", "after a precursor; lunch, scene end, wrap"; Product "only";
        "law 11", None, Own; [];
        By &[Stop2, Day2, Day3, Personal1, Exhibit1, Exhibit2, Exhibit3, Exhibit4];
    "LAW-12" of Product:
        "Anybody stops everything, without log-in; a held gun can be taken back and locked away.";
        "everybody", "always"; Product "is";
        "law 12", None, Own; [];
        By &[Stop1, Person1];
    "LAW-13" of Product:
        "Nothing is edited and nothing is deleted.";
        "the product", "always"; Product "is";
        "law 13", None, Own; [];
        By &[Erase1, Erase2];
    "LAW-14" of Product:
        "Doubt lowers what may be said, and never raises it.";
        "the product", "always"; Product "never";
        "law 14", None, Own; [];
        By &[Clock2, Witness6];
    "LAW-15" of Product:
        "Each rule names its source; of two limits the stricter holds; opposed duties are chosen between in writing.";
        "the product, the production", "adoption"; Product "is";
        "law 15", None, Own; [];
        By &[Require1, Authority1, Contact1, Permit1, Police1, Pack1, Muzzle1, Look1];
    "LAW-16" of Product:
        "No override for a gun not shown, a person in its line inside the stand-off, or a live round.";
        "everybody", "always"; Product "no";
        "law 16", None, Own; [];
        By &[Showing1, Line2, Load1, Shot1, Minor1, Range1, Range2, Range3];
    "LAW-17" of Product:
        "It says what was entered, by whom, and never that it was so; who stands in a line was told, and may refuse.";
        "the product", "always"; Product "is";
        "law 17", None, Own; [];
        By &[Shot2, Line5, Request1];
    "LAW-18" of Product:
        "Alerts are rare and the usual path is fast.";
        "the product", "always"; Product "is";
        "law 18", None, Own; [];
        Not "It is held by the screens, and measured there.";
}
