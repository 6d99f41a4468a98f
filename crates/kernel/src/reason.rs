//! Why something is refused, or what was breached: codes, plain sentences, remedies.

use crate::gun::Chambers;
use crate::pack::Pack;
use crate::rule::Rule;
use crate::scope::Scope;

/// Declares the codes once: variant, text, rule, what happened and what it means, what to do now.
macro_rules! codes {
    ($($variant:ident $text:literal by $rule:ident: $sentence:literal, $remedy:literal;)*) => {
        /// A stable code for one reason. The order of declaration is the order of the texts.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Code {
            $(#[doc = $sentence] $variant,)*
        }

        impl Code {
            /// Every code, sorted.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code as it is written in entries, scenarios and answers.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// The rule that it enforces.
            #[must_use]
            pub const fn rule(self) -> Rule {
                match self { $(Code::$variant => Rule::$rule,)* }
            }

            /// What happened, and what it means for the gun in the hand. `{who}`, `{at}`,
            /// `{chambers}`, `{what}`,
            /// `{gun}`, `{lot}`, `{place}`, `{rounds}`, `{pack}` and `{stand_off}` stand for the facts of the [`Reason`].
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Code::$variant => $sentence,)* }
            }

            /// What to do now, with the same facts.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Code::$variant => $remedy,)* }
            }
        }
    };
}

codes! {
    AuthorityNotArmorer "AUTHORITY-NOT-ARMORER" by Authority1:
        "That person is entered neither as armorer nor as property master today. The authority is of whoever leads the work with guns.",
        "Name the armorer or the property master of the day.";
    AuthorityNotEntered "AUTHORITY-NOT-ENTERED" by Authority1:
        "Nobody entered that the armorer has his authority in writing. The production asks for it before a gun that can fire comes to a set.",
        "A producer gives it in writing, and enters that he did. Until then use a copy that cannot fire.";
    AuthorityNotYours "AUTHORITY-NOT-YOURS" by Authority1:
        "Only a producer gives the armorer his authority, and nobody gives it to himself.",
        "Ask a producer to give it in writing and to enter it.";
    BeltNotDeclared "BELT-NOT-DECLARED" by Belt1:
        "Rounds that load a gun are not worn. Only permanently inert dress rounds are, save for a scripted reload.",
        "Put dress rounds in it, or declare the scripted reload of the open scene first.";
    BeltNotDress "BELT-NOT-DRESS" by Belt1:
        "There are other rounds in it than dress rounds, or none. A seal would vouch for them.",
        "Take them out. Seal it when it holds dress rounds alone.";
    BeltNotSealed "BELT-NOT-SEALED" by Belt2:
        "This place has no seal. What is in it is counted round by round.",
        "Seal it, or empty it before the break.";
    BeltSealDiffers "BELT-SEAL-DIFFERS" by Belt2:
        "This is not the seal that was put on it. Nobody knows what is in it.",
        "Take every round out and look at each. If one is live, touch nothing more and stop.";
    BeltSealUnseen "BELT-SEAL-UNSEEN" by Belt2:
        "Nobody has looked at the seal of {place} since the last break.",
        "Look at its seal and enter its number.";
    BeltSealed "BELT-SEALED" by Belt2:
        "It is sealed. The intact seal carries the count.",
        "Leave it closed; or report the seal broken, and everything in it is counted again.";
    BlankNotTested "BLANK-NOT-TESTED" by Blank1:
        "Nobody has tested these blanks in this gun. How far they reach is not known.",
        "The armorer tests them in this gun, away from people, and enters the stand-off.";
    BlankNotThese "BLANK-NOT-THESE" by Blank1:
        "There are no blanks in this lot. Only blanks are tested for their stand-off.",
        "Name the lot of blanks.";
    BlankStandOff "BLANK-STAND-OFF" by Blank1:
        "No blank needs a stand-off of nothing, or of more than 100 metres.",
        "Measure it again and enter it in centimetres.";
    BlankTester "BLANK-TESTER" by Blank1:
        "Only the armorer or the property master tests blanks.",
        "Ask the armorer.";
    BoreBlocked "BORE-BLOCKED" by Bore2:
        "Something is in the bore. A blank behind it would drive it out.",
        "Do not load it and do not fire it. Lock it away as it is.";
    BoreChambersNotEmpty "BORE-CHAMBERS-NOT-EMPTY" by Bore1:
        "By the record there are rounds in it. The bore is looked through only with the action open and every chamber empty.",
        "Unload it, then look through the bore.";
    BoreDue "BORE-DUE" by Bore3:
        "Gun {gun} fired, and nobody has looked through its bore since.",
        "Empty it and look through the bore.";
    BoreLookUsed "BORE-LOOK-USED" by Bore1:
        "The last look through the bore was used up by the loading that followed it.",
        "Look through the bore again before you load.";
    BoreNotLooked "BORE-NOT-LOOKED" by Bore1:
        "Nobody has looked through the bore since it last changed hands or left sight.",
        "Open the action, see every chamber empty, look through the bore, then load.";
    ChargeNotBlank "CHARGE-NOT-BLANK" by Rod2:
        "Only a blank charge loads a muzzle-loader. Of a dummy in a barrel a rod says as much as of a ball.",
        "Put it back. Load one measured blank charge a barrel, or play it empty.";
    CheckNoProcedure "CHECK-NO-PROCEDURE" by Showing2:
        "By the register it has no action, and there is no procedure for checking such a gun. Nothing may be said of what is in it.",
        "Lock it away, and use another gun or a copy that cannot fire.";
    CheckNotOpen "CHECK-NOT-OPEN" by Witness5:
        "This check is not open any more. Nothing was recorded of what you saw.",
        "Begin a new check.";
    CheckNotYours "CHECK-NOT-YOURS" by Witness5:
        "You are neither the checker nor the witness of this check.",
        "The checker or the named witness answers, each on a device of his own.";
    ClockAhead "CLOCK-AHEAD" by Clock1:
        "This device's clock is ahead of the record's. Nothing was decided.",
        "Set the device's clock, then ask again. If it has already happened, report it.";
    ClockAskLate "CLOCK-ASK-LATE" by Clock1:
        "This was asked too long ago, or the device's clock is behind. Nothing was decided.",
        "Set the device's clock and ask again. If it has already happened, report it.";
    ClockBefore "CLOCK-BEFORE" by Clock1:
        "This was entered before {at}, and since then it is otherwise by the record. It moved nothing; of a gun that it speaks of nothing may be said.",
        "See who has it now, and where it is, and enter that. If it is so now, the device's clock is behind: set it, and enter it again.";
    ContactNotNamed "CONTACT-NOT-NAMED" by Contact1:
        "Nobody is named whom everybody can ask. The production asks for it before a gun that can fire comes to a set.",
        "Whoever keeps the register names somebody, and says it to everybody. Until then use a copy that cannot fire.";
    CountAbsurd "COUNT-ABSURD" by Rounds1:
        "No box holds so many rounds. Nothing was entered.",
        "Count again and enter the number that you counted.";
    CountBrassMissing "COUNT-BRASS-MISSING" by Count4:
        "Of lot {lot}, fired cases are missing: {rounds}.",
        "Search. If they stay lost, two roles enter how many, and where.";
    CountBrassNotMissing "COUNT-BRASS-NOT-MISSING" by Count4:
        "The count has not missed so many cases. Nothing was entered.",
        "Enter as many as the count missed, or fewer.";
    CountDiffers "COUNT-DIFFERS" by Count3:
        "Two counts of lot {lot} differed. Nobody is told which. Nothing of it is used, and the next two that differ hold everything.",
        "Both count its box again, each for himself and blind.";
    CountDue "COUNT-DUE" by Count2:
        "Lot {lot} was opened since it was last counted and sealed.",
        "Count its box with a second role. The second one seals it.";
    CountLossDiffers "COUNT-LOSS-DIFFERS" by Count4:
        "Another role entered a different number, or another place.",
        "Speak with each other, search again, and enter the same.";
    CountMethod "COUNT-METHOD" by Lot2:
        "Seen so, these rounds cannot be told from live ones.",
        "Take every round into the hand: look at all of it, shake a dummy, and count again.";
    CountNoSeal "COUNT-NO-SEAL" by Count5:
        "The second one to count seals the box, and no seal was entered. What is counted and left open can be taken.",
        "Seal the box and enter the seal's number with your count.";
    CountNotAtIssue "COUNT-NOT-AT-ISSUE" by Count2:
        "Lot {lot} was not counted since the day or the last break began.",
        "Count its box with a second role before anything of it is issued.";
    CountNotOpen "COUNT-NOT-OPEN" by Count3:
        "This count is not open any more. Nothing was recorded of what you counted.",
        "Begin a new count.";
    CountNotYours "COUNT-NOT-YOURS" by Count3:
        "You are neither of the two who count.",
        "The counter and the named witness answer, each on a device of his own.";
    CountOneRole "COUNT-ONE-ROLE" by Count1:
        "Both are one person, or of one role, or neither is a handler. A count takes two roles, one of them a handler's.",
        "Choose a second person of another role.";
    CountOpen "COUNT-OPEN" by Count3:
        "A count of lot {lot} is open, since {at}.",
        "Let both answer, or give it up.";
    CourseNotCompleted "COURSE-NOT-COMPLETED" by Train2:
        "{who} has not completed the safety course, as far as entered, or it holds no longer. The production asks for it.",
        "{who} completes the course, and somebody else enters it; or another person does the work.";
    CustodyAlreadyYours "CUSTODY-ALREADY-YOURS" by Custody1:
        "You have this gun already, since {at}. Nothing was changed.",
        "Keep it in your hands, offer it, or lock it away.";
    CustodyGone "CUSTODY-GONE" by Custody1:
        "The gun is reported gone. Nobody has it, as far as entered.",
        "Whoever has it reports: I have it.";
    CustodyHeldByAnother "CUSTODY-HELD-BY-ANOTHER" by Custody1:
        "{who} has the gun, since {at}. You do not.",
        "Go to {who}. Nothing is done with a gun but by the one who has it.";
    CustodyInHandover "CUSTODY-IN-HANDOVER" by Custody1:
        "The gun is in a handover, since {at}. Until it is taken, nothing may be said of it.",
        "The receiver takes or refuses it, or the giver withdraws the offer.";
    CustodyLeftOut "CUSTODY-LEFT-OUT" by Custody3:
        "Gun {gun} is out of its place, since {at}. No break, scene or day ends with a gun out.",
        "Lock it away now, and show it again before it is used.";
    CustodyLockedAway "CUSTODY-LOCKED-AWAY" by Custody1:
        "The gun is in its place. Nobody holds it.",
        "A handler takes it out first.";
    CustodyNotHandler "CUSTODY-NOT-HANDLER" by Custody2:
        "You are not entered as a handler today. Only a handler keeps a gun, takes it out or puts it away.",
        "Leave it where it is, and call the armorer.";
    CustodyReturned "CUSTODY-RETURNED" by Custody1:
        "The gun went back to its rental house, to {who}, at {at}. Nobody here has it, as far as entered.",
        "When it comes again, a handler receives it. Whoever has it here reports: I have it.";
    CustodyTakenAround "CUSTODY-TAKEN-AROUND" by Custody1:
        "The gun changed hands without an offer and a take. Nothing may be said of it.",
        "A handler takes it back and shows it again.";
    DayNoKeeper "DAY-NO-KEEPER" by Day1:
        "Nobody is entered for that day who keeps the register. On it nobody could be entered, and no gun taken back.",
        "Enter the day's roles first: a property master, an armorer or a producer among them.";
    DayNotOpen "DAY-NOT-OPEN" by Day1:
        "No production day is open, so nobody has a role. Nothing that can fire is issued.",
        "Open the day first.";
    DayPast "DAY-PAST" by Day1:
        "That production day is past, or it is the one that is open. Nothing was changed.",
        "Enter a later day.";
    DayWrapped "DAY-WRAPPED" by Day3:
        "The day is wrapped, since {at}. Nothing is issued after wrap.",
        "Open the next day.";
    DeviceNotEnrolled "DEVICE-NOT-ENROLLED" by Person1:
        "This device is not enrolled for this production. Nothing was recorded in your name.",
        "Enrol it with a code from the armorer or the production office. To stop everything you need no enrolment.";
    DeviceRevoked "DEVICE-REVOKED" by Person1:
        "This device's key was revoked. Nothing was recorded in your name.",
        "Use another device, or have this one enrolled again.";
    DutyDouble "DUTY-DOUBLE" by Duty1:
        "{who} is rostered for other work until {at}. Whoever handles guns does nothing else.",
        "Another handler does it, or the roster is changed first.";
    DutyHours "DUTY-HOURS" by Duty1:
        "A duty ends after it begins, and lasts a day at most.",
        "Enter its hours again.";
    EmptyChamberTwice "EMPTY-CHAMBER-TWICE" by Fired1:
        "Chamber {chambers} was named twice. One thing comes out of a chamber.",
        "Say of each chamber what came out of it.";
    EmptyDiffers "EMPTY-DIFFERS" by Fired1:
        "What came out of it is not what went in: a round that nobody loaded, one that is gone, or a shot that nobody reported. Everything is held.",
        "Leave the rounds where they lie. Say what you saw to the one who inquires. When the inquiry is closed, enter it again as it is: what is not there is written off; a round too many is bagged by two people.";
    EraseAlready "ERASE-ALREADY" by Erase1:
        "This is erased already. The record has its digest, and nothing else of it is left.",
        "Nothing.";
    ErasePreserved "ERASE-PRESERVED" by Erase2:
        "{who} has asked that nothing be erased. A hold for an investigation comes before erasure.",
        "Ask {who}, or the investigator, to release the record first.";
    EraseStopStands "ERASE-STOP-STANDS" by Erase2:
        "A stop stands since {at}. Whatever stands beside the record may be what its inquiry needs.",
        "Close the inquiry first. Whoever needs the record longer preserves it.";
    ExhibitAlone "EXHIBIT-ALONE" by Exhibit3:
        "One person alone opened it. Nobody else saw what came out of it.",
        "Leave what came out as it lies, photograph it, and let another look at it before anything is bagged.";
    ExhibitConcerned "EXHIBIT-CONCERNED" by Exhibit2:
        "The inquiry would be about {who}, and {who} guards an exhibit of it.",
        "Give it to another at once, and enter that: {who} touches nothing of it.";
    ExhibitKept "EXHIBIT-KEPT" by Exhibit1:
        "It is an exhibit since {at}, and {who} guards it. Do not open, do not unload, do not count, do not discard.",
        "Leave it as it is. It can be locked away as it is. Only the one who inquires releases it.";
    ExhibitLeftOut "EXHIBIT-LEFT-OUT" by Exhibit2:
        "An exhibit lies where nothing locks. {who} guards it, and cannot guard it for ever.",
        "Lock it away as it is, or give it to the police, and enter that.";
    ExhibitNoInquiry "EXHIBIT-NO-INQUIRY" by Exhibit4:
        "Nobody was named to inquire into the stop that it is kept for. It stays an exhibit.",
        "Name who inquires. Where that stop was lifted without an inquiry, enter it as an exhibit anew: that stops everything, and whoever then inquires releases it.";
    ExhibitNotKeeper "EXHIBIT-NOT-KEEPER" by Exhibit2:
        "By the record {who} has this exhibit. Nobody can say whose hands it went through.",
        "{who} says in writing to whom he gave it, and when. Say the same to the one who inquires.";
    ExhibitNotYours "EXHIBIT-NOT-YOURS" by Exhibit4:
        "Another person inquires: {who}. It stays an exhibit.",
        "{who} releases it.";
    ExhibitWithPolice "EXHIBIT-WITH-POLICE" by Exhibit1:
        "The police have it since {at}. Nobody here touches it, and nobody here releases it.",
        "When they give it back, whoever gets it enters that he has it. Then the one who inquires may release it.";
    FaultNone "FAULT-NONE" by Fault1:
        "Nobody said that gun {gun} does not work as it should.",
        "If it does not, say so first, and clear it when it does.";
    FeedFixed "FEED-FIXED" by Feed1:
        "What feeds this gun does not come out of it: a tube, or a magazine under the bolt. None was swapped for another.",
        "Look at its label again. Until somebody has looked into it, nobody knows what is in it.";
    FeedMany "FEED-MANY" by Feed1:
        "That is more than 250 rounds in one loading. Its shots could not be counted against them one by one.",
        "Load a shorter belt or a smaller magazine.";
    FeedMethod "FEED-METHOD" by Feed2:
        "What feeds it was looked at where it is. Under the top round nobody sees another, and behind a magazine nobody sees the well.",
        "Take the magazine or belt out and every round into the hand, look into the empty well, and answer again.";
    FeedNone "FEED-NONE" by Feed1:
        "Nothing feeds this gun but its chambers. What was said of a magazine, tube or belt is of another gun.",
        "Look at its label again, and speak of its chambers alone.";
    FeedUnread "FEED-UNREAD" by Feed1:
        "Nothing was said of what feeds it, its magazine, tube or belt. An empty chamber is not an empty gun.",
        "Say what is in its feed as well, round by round, with the chamber.";
    FiredNotEmptied "FIRED-NOT-EMPTIED" by Fired1:
        "It was fired since it was loaded. Its rounds and cases are not all alike any more.",
        "Empty it, and say what came out of each chamber.";
    FiredUnplanned "FIRED-UNPLANNED" by Fired2:
        "It fired, and by the record that is no shot of a take: none was on with it, or what it fired then was entered already, or it was not planned for it, looked through, loaded with blanks and shown. Everything is held.",
        "People first. Leave the gun as it is, and guard it.";
    GuardHasRole "GUARD-HAS-ROLE" by Guard1:
        "{who} would be an armed guard and have a role today. An armed guard stands outside the perimeter, and has no part inside.",
        "Let another one guard, or take the other role away first.";
    GuardInside "GUARD-INSIDE" by Guard1:
        "{who} guards with a real gun, loaded, and came inside the perimeter at {at}. Everything is held.",
        "People first. He goes out as he is; nobody takes his gun from him and nobody opens it.";
    GunFaulty "GUN-FAULTY" by Fault1:
        "Somebody said at {at} that gun {gun} does not work as it should. Nobody loads it, and nobody uses it before the camera.",
        "Empty it and lock it away. A handler looks at it and clears it, or it goes back to its house.";
    GunLeftLoaded "GUN-LEFT-LOADED" by Custody4:
        "By the record there are rounds in gun {gun}. What is not needed is unloaded and locked.",
        "Unload it or empty it, and lock it away.";
    HandlerOutOfRoom "HANDLER-OUT-OF-ROOM" by Handover6:
        "{who} is out of the room, since {at}. Whoever is out answers for no gun, and takes, checks, looks at and counts nothing.",
        "If {who} is back, enter that first. Else another does it, and another handler takes back what {who} answers for.";
    HandoverFirstAd "HANDOVER-FIRST-AD" by Handover2:
        "A first AD is never a link in custody. He is shown the gun, and holds or releases the take.",
        "The handler hands it to the performer, and collects it.";
    HandoverNoLastLook "HANDOVER-NO-LAST-LOOK" by Handover4:
        "The receiver declined to look, and the witness has not made the last look of this handover.",
        "The witness looks into every chamber now; then take it.";
    HandoverNoOffer "HANDOVER-NO-OFFER" by Handover3:
        "Nobody has offered this gun. It stays where it is.",
        "The handler offers it to you, then you take it.";
    HandoverNotHandler "HANDOVER-NOT-HANDLER" by Handover1:
        "You are not entered as a handler today. Only a handler hands a gun over and collects it.",
        "Do not pass it on. The handler takes it. Where none is entered today, whoever keeps the register enters one.";
    HandoverNotNeeded "HANDOVER-NOT-NEEDED" by Handover1:
        "{who} is a handler. A gun is taken back from those who are not; a handler offers it.",
        "Ask {who} to offer it to you.";
    HandoverOfferStale "HANDOVER-OFFER-STALE" by Handover3:
        "That offer is not open any more. Another one is, or none.",
        "Look again at who offers what, then take or refuse that.";
    HandoverOtherReceiver "HANDOVER-OTHER-RECEIVER" by Handover3:
        "The gun is offered to {who}, not to you.",
        "Leave it with the giver.";
    HandoverReceiverRole "HANDOVER-RECEIVER-ROLE" by Handover5:
        "The receiver is neither performer, stand-in, extra nor handler today.",
        "Hand it to nobody else. A handler keeps it or locks it away.";
    HandoverToSelf "HANDOVER-TO-SELF" by Handover3:
        "The giver and the receiver are one person.",
        "Offer it to somebody else, or keep it.";
    IdentityFires "IDENTITY-FIRES" by Identity1:
        "This one can fire. Matching its label says nothing of what is in it.",
        "Check it, chamber by chamber, with a witness.";
    IdentityLapsed "IDENTITY-LAPSED" by Identity1:
        "Its label was last matched at {at}. It is time to match it again.",
        "Hold it beside its photo and match it, so that nobody takes a gun that fires for a copy.";
    IdentityNotMatched "IDENTITY-NOT-MATCHED" by Identity1:
        "Nobody has matched this thing with its label. It could be taken for one that fires, or be one.",
        "Hold it beside its photo and match it.";
    InquiryConcerned "INQUIRY-CONCERNED" by Stop2:
        "The inquiry is about this person. He neither leads it nor names who does.",
        "Name somebody whom it is not about.";
    InquiryMinor "INQUIRY-MINOR" by Minor1:
        "{who} is a minor. A minor inquires into no stop and lifts none. Everything stays held.",
        "Name an adult whom it is not about.";
    InquiryNotNamed "INQUIRY-NOT-NAMED" by Stop2:
        "Nobody was named to inquire into this stop. Everything stays held.",
        "Name who inquires.";
    InquiryNotYours "INQUIRY-NOT-YOURS" by Stop2:
        "Another person was named to inquire: {who}. Everything stays held.",
        "{who} closes it.";
    InquiryProducer "INQUIRY-PRODUCER" by Stop2:
        "A producer alone does not inquire. Everything stays held.",
        "Name a safety officer or another person who holds no budget.";
    InquirySelfNamed "INQUIRY-SELF-NAMED" by Stop2:
        "Nobody names himself. Everything stays held.",
        "Another person names who inquires.";
    InquirySubordinate "INQUIRY-SUBORDINATE" by Stop2:
        "{who} answers to one whom the inquiry is about. Everything stays held.",
        "Name somebody who answers to none of them.";
    LastLookDiffers "LAST-LOOK-DIFFERS" by Handover4:
        "The last look saw something else than the check. Nothing may be said of the gun.",
        "Take it back and check it again, both of you.";
    LastLookNotWitness "LAST-LOOK-NOT-WITNESS" by Handover4:
        "Only the witness of the check makes the last look in the receiver's place.",
        "The witness looks, or the receiver looks himself.";
    LineBarrierMissing "LINE-BARRIER-MISSING" by Line4:
        "The plan has a shield in the line of gun {gun}, and nobody entered that it stands.",
        "Set the shield, see that it stands, and enter it.";
    LineBlanksAtPeople "LINE-BLANKS-AT-PEOPLE" by Line1:
        "Blanks are not planned toward a person's place, at whatever distance. There is no override.",
        "Cheat the shot: plan the muzzle to one side of everybody.";
    LineCopyFirst "LINE-COPY-FIRST" by Line3:
        "A gun that can fire is to point toward people, and nobody says that a copy was asked for first.",
        "Use a copy that cannot fire. Where it will not do, say so with the plan.";
    LineIssueOther "LINE-ISSUE-OTHER" by Issue1:
        "That was read off another wristband, or of another gun, than the handler read.",
        "Read the wristband and the label again, both of you.";
    LineIssueWalker "LINE-ISSUE-WALKER" by Issue1:
        "You are neither the handler nor the witness who walk this line.",
        "Those two walk it, or begin a line of your own.";
    LineMusterAnswered "LINE-MUSTER-ANSWERED" by Issue2:
        "You have counted this line already. Each counts once.",
        "Wait for the other count.";
    LineMuzzleTowardPeople "LINE-MUZZLE-TOWARD-PEOPLE" by Line1:
        "The muzzle was toward people. Treat every gun as loaded.",
        "Point it away. The handler takes it back and shows it again.";
    LineNoBarrier "LINE-NO-BARRIER" by Line4:
        "Blanks are to be fired toward the camera, and the plan has no shield.",
        "Plan a shield in the line, or cheat the shot.";
    LineNoRole "LINE-NO-ROLE" by Line5:
        "{who} is entered with no role today. Whoever steps in from nowhere stands in no line of a gun that can fire.",
        "Enter {who} for the day and go through the meeting with him; or leave him out.";
    LineNobodyPlaced "LINE-NOBODY-PLACED" by Shot2:
        "Gun {gun} points toward people by the plan, and nobody entered who stands there.",
        "Enter everybody who stands in its line, and how far from the muzzle.";
    LineNotApproved "LINE-NOT-APPROVED" by Line1:
        "No approved shot plan lets this muzzle point toward people. There is no override.",
        "Cheat the shot, clear the line, use a barrier, or use a copy that cannot fire.";
    LineNotBlanks "LINE-NOT-BLANKS" by Line2:
        "There are no blanks in it by the record. No line is found clear for it.",
        "Load it first, or point it at nobody.";
    LineNotCleared "LINE-NOT-CLEARED" by Line2:
        "There are blanks in it, and nobody found its line clear out to the stand-off since something last changed, or that is too long ago.",
        "Measure to the nearest person in its line and enter it, then hand it over.";
    LineNotMeasured "LINE-NOT-MEASURED" by Line2:
        "Nobody has measured the line of gun {gun} since something last changed.",
        "Measure on the set from the muzzle to the nearest person, and enter it.";
    LineNotMustered "LINE-NOT-MUSTERED" by Issue2:
        "The guns of a line were not counted at the cut.",
        "Handler and witness count the guns of the line. If one of them is gone, enter that he left: then another handler, or another trained observer, counts in his place, on a device of his own.";
    LineOwnApproval "LINE-OWN-APPROVAL" by Line1:
        "A first AD, an armorer or a property master approves where this muzzle points, and one who did not plan it. You are none, or you planned it.",
        "Ask one of them who did not plan it.";
    LinePackDistance "LINE-PACK-DISTANCE" by Line2:
        "{pack} is adopted and asks for {stand_off} from the muzzle of blanks to a person. This is closer. There is no override.",
        "Move the people or the muzzle, plan as long a stand-off, or use a copy that cannot fire.";
    LineStandOff "LINE-STAND-OFF" by Line2:
        "No gun that can fire is planned with a stand-off of nothing, or of more than 100 metres.",
        "Enter the stand-off in millimetres.";
    LineTooClose "LINE-TOO-CLOSE" by Line2:
        "Somebody is closer in its line than the stand-off. A longer distance that was entered before counts no more. There is no override.",
        "Move the people or the muzzle, and measure again; or use a barrier, a smaller load, or a copy that cannot fire.";
    LoadCalibre "LOAD-CALIBRE" by Load5:
        "These rounds are of another calibre than the gun.",
        "Put them back. Look at the label of the box and at the mark on the barrel.";
    LoadCalibreUnknown "LOAD-CALIBRE-UNKNOWN" by Load5:
        "Nobody entered what this gun takes, or what these rounds fit.",
        "Enter the calibre of the gun, and receive the lot with its calibre.";
    LoadChamberNone "LOAD-CHAMBER-NONE" by Load4:
        "The gun has no such chamber: {chambers}.",
        "Look at the cylinder again and name the chambers that it has.";
    LoadChamberNotLoaded "LOAD-CHAMBER-NOT-LOADED" by Load4:
        "By the record there is nothing in chamber {chambers}.",
        "Check the gun: what is in it differs from the record.";
    LoadCopy "LOAD-COPY" by Load3:
        "By the register this thing cannot fire. Nothing loads it: with a round in it, it would be taken for a copy and be a gun.",
        "Take every round away from it. What fires is entered as what it is, checked and shown.";
    LoadKind "LOAD-KIND" by Load3:
        "Rounds of this kind never load a gun.",
        "Put them back. Load from a lot of dummies or blanks.";
    LoadLive "LOAD-LIVE" by Load1:
        "This is live ammunition. It is not permitted here, and everything is held.",
        "Touch nothing. Say where it lies. Everything is held until an inquiry closes it. Live rounds are for a range production alone, with a store of its own.";
    LoadLotShort "LOAD-LOT-SHORT" by Load4:
        "The lot has fewer rounds left than that. Nothing was drawn.",
        "Count the box, and draw no more than it holds.";
    LoadMixed "LOAD-MIXED" by Load2:
        "There are rounds of a lot in it already. Dummies and blanks are never together, and one loading follows one look.",
        "Unload it, look through the bore, then load from one lot.";
    LoadNothing "LOAD-NOTHING" by Load4:
        "No chamber was named. Nothing was done.",
        "Say which chambers, from the marked one.";
    LookNotAsked "LOOK-NOT-ASKED" by Look1:
        "In a line nobody asks {who} for a look. Here a performer is asked each time a gun comes to him.",
        "Offer it to {who}, who looks, declines or refuses. Where the look is declined the witness looks.";
    LossPoliceNotTold "LOSS-POLICE-NOT-TOLD" by Loss1:
        "{gun} can fire, it is gone, and nobody has entered that the police were told. Whoever has it is not warned of.",
        "Tell the police and enter that they were told, or enter that it was found. Then close the inquiry.";
    LotLeftOut "LOT-LEFT-OUT" by Lot3:
        "Lot {lot} is not locked away.",
        "Lock its box away in a compartment for ammunition.";
    LotNeverInert "LOT-NEVER-INERT" by Lot2:
        "Rounds that are not inert were said to show at the case head that they are. A blank read so would never be taken out of the gun. Nothing was entered.",
        "Look at the rounds, and at what the label says they are. Enter them without it: each is taken out to be read.";
    LotNoSource "LOT-NO-SOURCE" by Lot1:
        "Nobody entered where lot {lot} came from.",
        "Use it for nothing. If its source is known, receive it as a new lot.";
    LotNotOut "LOT-NOT-OUT" by Lot3:
        "The box of lot {lot} is with nobody: it is locked away, or nobody entered where it is.",
        "A handler takes it out first.";
    LotNotVerified "LOT-NOT-VERIFIED" by Lot2:
        "No two people have had every round of lot {lot} in the hand, or not since it was in doubt: left open or alone, worn, or beside a round that should not be there. What the box says does not stand in for it.",
        "Put every round of it back into its box, then count it at receipt, every round, with a second role.";
    LotReturned "LOT-RETURNED" by Rental2:
        "Lot {lot} went back to its rental house, to {who}, at {at}. What was put into that box since, or taken out of it, nobody here knows.",
        "When rounds of it come again, receive them as a new lot. It is not verified, and loads nothing before two people have every round in the hand.";
    LotWithAnother "LOT-WITH-ANOTHER" by Lot3:
        "{who} has the box, since {at}.",
        "Go to {who}. He puts it away, or draws for you.";
    MeetingNotHeld "MEETING-NOT-HELD" by Meeting1:
        "No safety meeting was entered for this scene in this place today.",
        "Hold it where the guns are used, on all five topics, and enter who was there.";
    MeetingNotThere "MEETING-NOT-THERE" by Meeting2:
        "{who} was not at the safety meeting for this scene, as far as entered.",
        "Go through it with him, and enter that he was there.";
    MeetingNotYours "MEETING-NOT-YOURS" by Meeting2:
        "Only the one who led the meeting enters others; everybody may enter himself.",
        "Enter yourself, or let the leader do it.";
    MeetingTopics "MEETING-TOPICS" by Meeting1:
        "A topic was left out. A meeting covers the action, deviations, how it is aborted, emergencies and the chain of command.",
        "Go through what is missing, then enter the meeting.";
    MinorDuty "MINOR-DUTY" by Minor1:
        "A minor has guns in nobody's custody but his handler's, checks none and witnesses none.",
        "Give that work to an adult, and enter the minor's other roles.";
    MinorInLine "MINOR-IN-LINE" by Minor1:
        "{who} is a minor, and gun {gun} can fire. A minor stands in no line of it, at whatever distance. There is no override.",
        "Cheat the shot, let an adult double stand there, or use a copy that cannot fire.";
    MinorNoGun "MINOR-NO-GUN" by Minor1:
        "{who} is a minor. A gun that can fire goes to no minor, whatever is in it. There is no override.",
        "Use a copy that cannot fire, or an adult double.";
    MisfireWait "MISFIRE-WAIT" by Fired3:
        "It misfired at {at}. The round can still fire.",
        "Keep the muzzle where it hurts nobody, wait 15 seconds, then the handler opens it.";
    MuzzleNever "MUZZLE-NEVER" by Muzzle1:
        "{pack} is adopted: no gun that can fire is pointed at anyone, or at a camera behind which somebody may stand, whoever approves it.",
        "Cheat the shot: plan the muzzle toward nobody, or use a copy that cannot fire.";
    PackChoiceNotOpen "PACK-CHOICE-NOT-OPEN" by Pack1:
        "A choice answers duties that these packs do not oppose to each other. Nothing was adopted.",
        "Leave the choice out, or adopt the pack that opens it.";
    PackChosenTwice "PACK-CHOSEN-TWICE" by Pack1:
        "Both of two opposed duties were chosen. Nobody can follow both, and nothing was adopted.",
        "Choose one of the two.";
    PackLawsLeftOut "PACK-LAWS-LEFT-OUT" by Pack1:
        "The product's own laws were left out. They hold whatever is adopted, and nothing was adopted.",
        "Adopt them with the others.";
    PackLooserInScene "PACK-LOOSER-IN-SCENE" by Pack1:
        "A scene is open, and something that holds in it would hold no more. Nothing was changed.",
        "Close the scene first. A pack may be added at any time.";
    PackNotChosen "PACK-NOT-CHOSEN" by Pack1:
        "Two of these packs ask for opposed duties, and neither was chosen. Nothing was adopted.",
        "Choose one of the two in writing, with the packs.";
    PermitNotInDate "PERMIT-NOT-IN-DATE" by Permit1:
        "{who} holds no permit or licence in date for guns that fire, as far as entered. The production asks for it.",
        "Another handler does it, who holds one; or {who} shows a permit in date, and somebody else enters it.";
    PermitOwn "PERMIT-OWN" by Permit1:
        "Nobody enters his own permit. Nothing was changed.",
        "Show it to the safety officer, or to another who keeps the register; he looks at its date and enters it.";
    PersonNotProven "PERSON-NOT-PROVEN" by Person1:
        "Nobody was proven to stand behind this. Nothing was recorded in your name.",
        "Enter your PIN on an enrolled device. To stop everything you need none.";
    PersonalGun "PERSONAL-GUN" by Personal1:
        "A gun or rounds that no register has are here. Nobody has checked or counted them. Everything is held.",
        "People first. Its owner leaves it as it is, and nobody else touches it. Say whose it is to the one who inquires.";
    PlaceNotForGuns "PLACE-NOT-FOR-GUNS" by Custody3:
        "This place is no compartment for guns. Guns and ammunition each have their own.",
        "Lock the gun in a compartment for guns.";
    PlaceNotForRounds "PLACE-NOT-FOR-ROUNDS" by Lot3:
        "This is a compartment for guns. Ammunition has its own.",
        "Put the box into a compartment for ammunition.";
    PlaceNotLocked "PLACE-NOT-LOCKED" by Custody3:
        "This place does not lock. A gun that nobody holds is locked away.",
        "Choose a place that locks, or keep the gun in your hands.";
    PoliceNotTold "POLICE-NOT-TOLD" by Police1:
        "Nobody entered that the police were told of this scene. Who sees a gun in the street may call them, and they come armed.",
        "Call them, say where, when and with what, and enter it. Until then use no gun that can be seen.";
    PreserveNotStanding "PRESERVE-NOT-STANDING" by Erase2:
        "No such request to preserve the record stands. Nothing was released.",
        "Look at the list of what stands.";
    PreserveNotYours "PRESERVE-NOT-YOURS" by Erase2:
        "{who} has asked for the record to be preserved. Another may not release it.",
        "Ask {who}, or the investigator, to release it.";
    RangeAlready "RANGE-ALREADY" by Range1:
        "This is a range production already, and it stays one. It never becomes the production of a set.",
        "For other work open another production, with another store.";
    RangeConfirmer "RANGE-CONFIRMER" by Range1:
        "A range production is confirmed by a safety officer or a producer who has no part in the work with guns, not by who declared it and not by his subordinate.",
        "Ask the safety officer or the producer to confirm it in writing, and to enter it himself.";
    RangeGun "RANGE-GUN" by Range2:
        "This gun does not fire live rounds: it fires blanks alone, fires nothing, or is loaded from the muzzle. Nothing was loaded.",
        "Put the rounds back. Load only a gun that is made for live rounds.";
    RangeInert "RANGE-INERT" by Range4:
        "A lot of live rounds was said to show at the head that it is inert. One of the two is wrong, and nothing was entered.",
        "Look at every round. Live rounds are never inert; inert rounds are not received here.";
    RangeNoMedic "RANGE-NO-MEDIC" by Range2:
        "No medic is on the roster of this hour, or the one who is has left. With live rounds one is there.",
        "Roster a medic for these hours, and wait until he is there. Until then load nothing and hand over nothing that is loaded.";
    RangeNoScene "RANGE-NO-SCENE" by Range4:
        "This is a range production: live rounds are here. No scene is planned or opened in it, no shot and no take.",
        "Film scenes in a production of their own, with a store of its own, where no live round is.";
    RangeNoSupervisor "RANGE-NO-SUPERVISOR" by Range2:
        "Neither an armorer nor a property master is entered for today and there. With live rounds one supervises.",
        "Enter who supervises today, and wait until he is there. Until then load nothing and hand over nothing that is loaded.";
    RangeNotDeclared "RANGE-NOT-DECLARED" by Range1:
        "Nobody has declared this a range production by that intent, or it was declared anew since. There is nothing to confirm.",
        "Read the declaration that stands, and confirm that one.";
    RangeNotEmpty "RANGE-NOT-EMPTY" by Range1:
        "A gun, a lot or a scene was entered here before. A production that has one never becomes a range production.",
        "Open another production for the work with live rounds, with another store, and declare it there first.";
    RangeNotLeader "RANGE-NOT-LEADER" by Range1:
        "Only the armorer or the property master of the day who has his authority in writing declares a range production.",
        "A producer gives the authority in writing and enters it. Then whoever leads the work with guns declares it.";
    RangeNotThere "RANGE-NOT-THERE" by Range2:
        "By the record the gun or the rounds were last put away elsewhere than on a range. Live rounds load a gun on a range alone.",
        "Lock gun and rounds away in their places on the range, and take them out there.";
    RangeNotTrained "RANGE-NOT-TRAINED" by Range3:
        "Nobody entered that {who} was trained on guns of this action. Here no gun that can fire goes to anybody who was not.",
        "Train and assess {who} first, and enter it. Until then the gun stays with its handler.";
    RangeOnlyLive "RANGE-ONLY-LIVE" by Range4:
        "This is a range production: live rounds are here. No dummies, blanks or other rounds are received in it, for nobody could tell them apart.",
        "Send them back to their own production. Touch none of them here.";
    RegisterAlready "REGISTER-ALREADY" by Register1:
        "This is on the register already. Nothing was changed.",
        "Use the entry that is there.";
    RegisterChambers "REGISTER-CHAMBERS" by Register1:
        "A revolver or a muzzle-loader has 1 to 12 chambers, a double barrel has two, every other action one; a thing without action has none.",
        "Count the chambers and enter it again.";
    RegisterNotAllowed "REGISTER-NOT-ALLOWED" by Register2:
        "Your roles today do not include this entry.",
        "Ask the property master, the armorer or the production office.";
    RegisterOwnRoles "REGISTER-OWN-ROLES" by Register2:
        "Nobody gives himself a role. Nothing was changed.",
        "Somebody else enters your roles.";
    RegisterUnknown "REGISTER-UNKNOWN" by Register1:
        "There is no such {what} on this production's register, so the record can say nothing of it.",
        "Check the label: it may belong to another production. Register what is new before it is used. Where a gun is here that no register has, touch nothing and hold STOP.";
    RequestNotProducer "REQUEST-NOT-PRODUCER" by Request1:
        "Whoever holds the budget answers a safety request. It stands as it was made.",
        "A producer answers it. To stop everything you need nobody's answer.";
    RequestOpen "REQUEST-OPEN" by Request1:
        "{who} asked for something that the work needs, at {at}, and nobody has answered.",
        "A producer answers it.";
    RequestOwn "REQUEST-OWN" by Request1:
        "You made this request yourself. Nobody answers his own.",
        "Another producer answers it.";
    RequestRefused "REQUEST-REFUSED" by Request1:
        "{who} asked for something that the work needs, at {at}, and it was refused.",
        "Do it another way or leave it. Whoever refused may still grant it.";
    RequireRunningDay "REQUIRE-RUNNING-DAY" by Require1:
        "The day is running, and people work by what the production asks for. Nothing was taken back.",
        "Keep to it today. After wrap it may be taken back.";
    ReturnNotEmpty "RETURN-NOT-EMPTY" by Rental1:
        "It was not shown EMPTY. Nothing goes to a rental house of which nobody has shown that.",
        "Empty it, check it with a witness, and return it within the time of the showing.";
    ReturnNotVendor "RETURN-NOT-VENDOR" by Rental1:
        "{who} is not entered as a vendor today. Such a gun comes from its rental house and goes back to it, and to nobody else.",
        "Enter whoever comes for the house as vendor for today. Until then keep it, or lock it away.";
    ReturnRoundsOut "RETURN-ROUNDS-OUT" by Rental2:
        "Of lot {lot}, {rounds} are out of their box, in hands, in a place or in a gun. The house gets back all that is left of a lot, in one box.",
        "Put them back into their box, count it with a second role, and seal it.";
    RodAboveMark "ROD-ABOVE-MARK" by Rod1:
        "The rod stands above its mark, and by the record no charge is in it. Something is in a barrel that nobody loaded. Everything is held.",
        "Draw nothing and fire nothing. Keep its muzzle where it hurts nobody, and lock it away as it is.";
    RodCharged "ROD-CHARGED" by Rod1:
        "By the record there is a charge in it. Before a loading the rod is run down empty barrels alone.",
        "Empty it, and say what became of each charge; then run the rod.";
    RodDue "ROD-DUE" by Bore3:
        "Gun {gun} fired, and nobody has run a rod down to its mark since.",
        "Empty it and run the rod down every barrel.";
    RodNone "ROD-NONE" by Rod1:
        "This gun is not loaded from the muzzle. What was said of a rod or a cap is of another gun.",
        "Look at its label again, open its action, and speak of its chambers.";
    RodNotRun "ROD-NOT-RUN" by Rod1:
        "Nobody has seen a rod go down every barrel to its mark since the gun last changed hands or left sight.",
        "Cap off or pan open, muzzle where it hurts nobody: run the rod down to its mark in every barrel, then load.";
    RodUnread "ROD-UNREAD" by Rod1:
        "This gun is loaded from the muzzle. Nobody looks into a muzzle, and nothing was said of a rod and of the cap.",
        "Say barrel by barrel whether the rod goes to its mark, and whether a cap is on.";
    RodUsed "ROD-USED" by Rod1:
        "The last rod that went to its mark was used up by the loading that followed it.",
        "Run the rod down every barrel again before you load.";
    RoundsLeftOut "ROUNDS-LEFT-OUT" by Lot3:
        "Of lot {lot}, {rounds} are out of their box.",
        "Unload them, and put them back into their box; seal the belt if they are dress rounds. What somebody who is away had in his hands another handler puts back. If an inquiry keeps the box, lock them up beside it.";
    RoundsNotInHand "ROUNDS-NOT-IN-HAND" by Rounds1:
        "You have not drawn so many rounds of this lot. Nothing was moved.",
        "Count what you have in your hands.";
    RoundsNotThere "ROUNDS-NOT-THERE" by Rounds1:
        "By the record there are not so many rounds of this lot in that place. Nothing was moved.",
        "Count what is there. If it is more than the record has, stop.";
    RoundsNumber "ROUNDS-NUMBER" by Rounds1:
        "That is no number of rounds. Nothing was done.",
        "Enter at least 1, and no more than 100,000.";
    SceneNoBlanks "SCENE-NO-BLANKS" by Scene1:
        "No blanks are planned for the open scene, or no scene is open.",
        "Open the scene for which they are planned, or change its plan with the first AD.";
    SceneNotOpen "SCENE-NOT-OPEN" by Scene1:
        "No scene is open. Guns come to a set for a scene.",
        "The first AD opens the scene.";
    SceneOpen "SCENE-OPEN" by Scene1:
        "A scene is open, since {at}.",
        "Close it first: everything in, everything counted.";
    SetNotCalled "SET-NOT-CALLED" by Set1:
        "This gun was not called to the set of the open scene.",
        "Call it to set, so that everybody hears that there is a gun.";
    ShotGunUnplanned "SHOT-GUN-UNPLANNED" by Shot1:
        "Gun {gun} is in no plan of this shot. Nobody said what it holds and where it points.",
        "Enter it into the plan, or take it off the set.";
    ShotLapsed "SHOT-LAPSED" by Shot1:
        "SHOT READY was called at {at}. The time to look again at who stands where has come.",
        "Look at every line again, then call SHOT READY.";
    ShotLoad "SHOT-LOAD" by Shot1:
        "That is no load of this gun. A plan says EMPTY, or how many dummies or blanks, and of blanks the load.",
        "Enter the exact load, as many rounds as the gun has chambers at most.";
    ShotLoadDiffers "SHOT-LOAD-DIFFERS" by Shot1:
        "Gun {gun} was shown with something else than the plan of this shot has.",
        "Load it as planned and show it again, or change the plan and tell everybody.";
    ShotNoProtection "SHOT-NO-PROTECTION" by Shot3:
        "Gun {gun} is to fire blanks, and nobody entered that whoever is close by has ears and eyes protected.",
        "Hand out what protects ears and eyes, see that it is worn, and enter it.";
    ShotNotReady "SHOT-NOT-READY" by Shot1:
        "SHOT READY does not stand for this shot: nobody called it, or something changed since.",
        "Look at every line, then call SHOT READY.";
    ShotNotTold "SHOT-NOT-TOLD" by Shot2:
        "{who} stands in a line, and nobody entered that {who} was told of the shot as it is now planned.",
        "Say what is fired, from where, and that everybody may refuse. Then enter it.";
    ShotOtherScene "SHOT-OTHER-SCENE" by Shot1:
        "This shot is of another scene than the one that is open.",
        "Open its scene, or name a shot of the open one.";
    ShotRefused "SHOT-REFUSED" by Shot2:
        "{who} refused to stand there. A refusal needs no reason, and nobody else takes it back.",
        "Leave {who} out of the shot, or change the shot.";
    ShotTakeOn "SHOT-TAKE-ON" by Shot1:
        "A take is on, since {at}.",
        "Enter the cut first. Nobody is called back in a take; STOP ends it at any time.";
    ShowingAnswersDiffer "SHOWING-ANSWERS-DIFFER" by Witness6:
        "The two answers differed at {at}. Nobody is told which. Nothing may be said of the gun.",
        "Both look again at every chamber and answer the same check again, or one of them gives it up.";
    ShowingBeingChecked "SHOWING-BEING-CHECKED" by Witness6:
        "The gun is being checked, since {at}. Until both have answered, nothing may be said of it.",
        "Let both answer, or give the check up.";
    ShowingBreak "SHOWING-BREAK" by Showing7:
        "There was a break, since {at}. What was shown before it holds no more.",
        "Show all chambers again, with a witness.";
    ShowingChambersMissing "SHOWING-CHAMBERS-MISSING" by Showing2:
        "Not every chamber was read. Missing: {chambers}. A part is not a check.",
        "Read chamber {chambers} and answer again.";
    ShowingChangedHands "SHOWING-CHANGED-HANDS" by Showing6:
        "It changed hands at {at}. That was entered after it was last shown, and what was shown holds no more.",
        "Show all chambers again, with a witness.";
    ShowingCheckGivenUp "SHOWING-CHECK-GIVEN-UP" by Witness6:
        "Its check was given up at {at}. Nothing may be said of it.",
        "Show all chambers, with a witness.";
    ShowingClockJumped "SHOWING-CLOCK-JUMPED" by Clock2:
        "The record's clock jumped at {at}. How old a showing is, nobody can say.",
        "Show all chambers again, with a witness.";
    ShowingDoubted "SHOWING-DOUBTED" by Showing1:
        "Somebody entered a doubt about it at {at}. Every doubt leads to UNKNOWN.",
        "Show all chambers again, with a witness.";
    ShowingFaulty "SHOWING-FAULTY" by Fault1:
        "It did not work as it should, or was mended, at {at}. Nobody has shown it since.",
        "Show all chambers again, with a witness.";
    ShowingFired "SHOWING-FIRED" by Fired1:
        "It fired at {at}. What was shown before holds no more.",
        "Take it back, empty it, look through the bore.";
    ShowingHandlerLeft "SHOWING-HANDLER-LEFT" by Handover6:
        "The handler who answers for it left the room at {at}.",
        "The handler comes back and shows it again.";
    ShowingLoadedSince "SHOWING-LOADED-SINCE" by Showing8:
        "It was loaded or unloaded at {at}, after it was last shown.",
        "Show all chambers, with a witness.";
    ShowingMethod "SHOWING-METHOD" by Showing3:
        "In chamber {chambers} a round was seen and not taken out. Nothing at the case heads of its lot tells it from a live one.",
        "Take each round out and look at all of it, shake a dummy, put it back, and answer again. If one is live, leave it and answer with what you saw: that stops everything.";
    ShowingMuzzle "SHOWING-MUZZLE" by Line1:
        "Its muzzle was toward people at {at}. That was entered after it was last shown, and what was shown holds no more.",
        "The handler takes it back and shows it again.";
    ShowingNever "SHOWING-NEVER" by Showing1:
        "It was never shown since it was taken out. A word does not stand in for it.",
        "Show all chambers, with a witness.";
    ShowingNewDay "SHOWING-NEW-DAY" by Showing7:
        "A new production day began. What was shown before holds no more.",
        "Show all chambers again, with a witness.";
    ShowingOutOfSight "SHOWING-OUT-OF-SIGHT" by Showing5:
        "It was out of sight at {at}. That was entered after it was last shown, and what was shown holds no more.",
        "Show all chambers again, with a witness.";
    ShowingRefused "SHOWING-REFUSED" by Handover4:
        "The receiver refused it at {at}. He need not say why.",
        "Show all chambers again before it is offered to anybody.";
    ShowingStopped "SHOWING-STOPPED" by Stop1:
        "A stop was pulled at {at}. What was shown before holds no more.",
        "Show all chambers again, with a witness.";
    ShowingTimeLapsed "SHOWING-TIME-LAPSED" by Showing4:
        "It was last shown at {at}. The time to show it again has come.",
        "Show all chambers again, with a witness.";
    SignAlready "SIGN-ALREADY" by Rental3:
        "{who} has signed for it. What went back at {at} is signed for once.",
        "Nothing.";
    SignNotReturned "SIGN-NOT-RETURNED" by Rental3:
        "It did not go back to the house, as far as entered. There is nothing to sign for.",
        "Whoever gives it back enters that first. If you have it all the same, tell the armorer.";
    SignNotTheHouse "SIGN-NOT-THE-HOUSE" by Rental3:
        "You are not entered as a vendor today, or you handle guns here as well. The house signs for what it has, and nobody for what he gave.",
        "Somebody of the house signs who is entered as vendor and as nothing that handles guns; or keep the photograph of its receipt.";
    SignOtherDevice "SIGN-OTHER-DEVICE" by Rental3:
        "This is another's device. What is signed on it is no signature of the house apart from whoever gave it.",
        "Sign on a device of your own; or keep the photograph of the receipt.";
    SignSealDiffers "SIGN-SEAL-DIFFERS" by Rental3:
        "This is not the number of the seal that its box went back under. It is another box, or it was opened. Nothing was signed.",
        "Read the number again. If it stays another, leave the box closed, and tell the armorer and the house.";
    StopHeld "STOP-HELD" by Stop1:
        "Everything is held, since {at}. Do not open, do not unload, do not discard.",
        "People first. The handler takes guns back as they are and locks them away. Only a named inquiry lifts the stop.";
    StopNotStanding "STOP-NOT-STANDING" by Stop2:
        "There is no such stop, or it was lifted.",
        "Look at the board.";
    StopUnitHeld "STOP-UNIT-HELD" by Stop1:
        "This unit is held, since {at}: unfired rounds of lot {lot} are missing. Do not open, do not unload, do not discard.",
        "Count the box again, and look for the rounds. The handler takes guns back as they are and locks them away. The other units go on.";
    TrainNoAction "TRAIN-NO-ACTION" by Train1:
        "A thing without action cannot fire. There is nothing to be trained on.",
        "Name the action of the gun that is to be used.";
    TrainNotTrained "TRAIN-NOT-TRAINED" by Train1:
        "{who} was not trained on guns that work like this one, as far as entered. The production asks for it.",
        "Train and assess {who}, and enter it; or use a copy that cannot fire, or another performer.";
    TrainOwn "TRAIN-OWN" by Train1:
        "Nobody enters his own training, and nobody his own course. Nothing was changed.",
        "Another one enters it: a handler the training, a handler or whoever keeps the register the course.";
    TransferNotDeclared "TRANSFER-NOT-DECLARED" by Transfer1:
        "The shot plan does not let this gun lie there.",
        "Declare the place first, or keep the gun in your hands.";
    TransferPlace "TRANSFER-PLACE" by Transfer1:
        "A gun is laid only in a place of the set, before the camera.",
        "Name a place of the set, or lock the gun away.";
    TransitNotCarrier "TRANSIT-NOT-CARRIER" by Transit1:
        "That place does not travel. Guns and rounds are moved in a locked vehicle or a locked case.",
        "Lock them into a vehicle or a case, and go along with that.";
    TransitNotOn "TRANSIT-NOT-ON" by Transit1:
        "That place is not on the way, as far as entered. Nothing was changed.",
        "Look at the place again.";
    TransitNotYours "TRANSIT-NOT-YOURS" by Transit1:
        "{who} goes along with it, and you do not. You cannot say that it was never left alone.",
        "{who} enters that it has arrived. If it was left alone, report that. If {who} is gone, enter that he left: then the armorer or the property master enters that it has arrived.";
    TransitOn "TRANSIT-ON" by Transit1:
        "{place} is on the way with {who}, since {at}. Nothing is taken out of it or put into it.",
        "{who} enters that it has arrived. If {who} is gone, enter that he left: then the armorer or the property master enters it.";
    TransitUnattended "TRANSIT-UNATTENDED" by Transit1:
        "{place} was left alone on the way, at {at}. Nobody can say what happened to what is in it.",
        "Go back to it. Count every box in it again, and check every gun, before anything is issued.";
    UnitNotPutAway "UNIT-NOT-PUT-AWAY" by Unit1:
        "It is not locked away, or something about it is still open: a gun that is out, loaded, or not looked through; a box that is out or not counted and sealed; a place that is in use or on the way.",
        "Unload it, count it and lock it away first. Then move it to the other unit.";
    UnitOther "UNIT-OTHER" by Unit1:
        "This {what} is of another unit than you. Nothing is loaded, drawn, handed over, witnessed, counted or planned across units.",
        "Use what is of your own unit. Or lock it away, and whoever leads the work with guns moves it to your unit; people are moved by whoever enters the roster.";
    UnitPersonBusy "UNIT-PERSON-BUSY" by Unit1:
        "{who} has a gun, a box or rounds, or is in a handover, a check, a count, a line or a transport. He would take that along to another unit.",
        "Let {who} finish it or give it back first. Then move {who} to the other unit.";
    UnitSceneOpen "UNIT-SCENE-OPEN" by Unit1:
        "Another unit shoots this scene, since {at}. What is closed or planned for it would be of both.",
        "Plan a scene of its own for what this unit shoots.";
    WitnessAnswered "WITNESS-ANSWERED" by Witness5:
        "You have answered already. Each has one attempt, so that nobody looks twice at one answer.",
        "Wait for the other answer.";
    WitnessDependent "WITNESS-DEPENDENT" by Witness4:
        "This answer comes from the other one's device. A witness on the checker's device is dependent and does not count.",
        "Answer on a device of your own.";
    WitnessIsReceiver "WITNESS-IS-RECEIVER" by Witness2:
        "The receiver checked or witnessed this gun himself. The one who is shown is not the one who shows.",
        "Another checker or witness shows it, or it goes to another receiver.";
    WitnessNotTrained "WITNESS-NOT-TRAINED" by Witness1:
        "The witness is not entered as a trained observer today.",
        "Choose a witness who is.";
    WitnessProducer "WITNESS-PRODUCER" by Witness3:
        "A producer does not witness.",
        "Choose a witness who holds no budget.";
    WitnessSamePerson "WITNESS-SAME-PERSON" by Witness1:
        "The checker and the witness are one person.",
        "Choose another person as witness.";
    WitnessSubordinate "WITNESS-SUBORDINATE" by Witness3:
        "The witness is the checker's subordinate.",
        "Choose a witness who does not answer to the checker.";
}

impl Code {
    /// The code that is written so, if there is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

/// What kind of thing a reason speaks of.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Thing {
    /// A person.
    Person,
    /// A device.
    Device,
    /// A place.
    Place,
    /// A gun.
    Gun,
    /// A lot.
    Lot,
    /// An invitation.
    Invitation,
    /// A scene.
    Scene,
    /// A safety meeting.
    Meeting,
    /// A line in which guns are handed out.
    Line,
    /// The plan of a shot.
    Shot,
    /// A safety request.
    Request,
    /// A unit.
    Unit,
    /// An exhibit.
    Exhibit,
}

/// One rule that is not met, with the facts that its sentence needs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Reason<S: Scope> {
    /// Which.
    pub code: Code,
    /// Since when, or when.
    pub at: Option<S::Time>,
    /// Whom it is about.
    pub who: Option<S::Person>,
    /// Which chambers.
    pub chambers: Chambers,
    /// Which thing is unknown.
    pub what: Option<Thing>,
    /// Which gun, where it is not the one that was asked about.
    pub gun: Option<S::Gun>,
    /// Which lot.
    pub lot: Option<S::Lot>,
    /// Which place.
    pub place: Option<S::Place>,
    /// How many rounds or cases.
    pub rounds: Option<u32>,
    /// The adopted pack that asks for it.
    pub pack: Option<Pack>,
}

impl<S: Scope> Reason<S> {
    /// A reason without facts.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        let (at, who, what, gun, lot, place, rounds, pack) = (None, None, None, None, None, None, None, None);
        Reason { code, at, who, chambers: Chambers::NONE, what, gun, lot, place, rounds, pack }
    }

    /// With the moment.
    #[must_use]
    pub const fn at(mut self, at: S::Time) -> Self {
        self.at = Some(at);
        self
    }

    /// With the person.
    #[must_use]
    pub const fn who(mut self, who: S::Person) -> Self {
        self.who = Some(who);
        self
    }

    /// With the chambers.
    #[must_use]
    pub const fn chambers(mut self, chambers: Chambers) -> Self {
        self.chambers = chambers;
        self
    }

    /// With the kind of thing.
    #[must_use]
    pub const fn what(mut self, what: Thing) -> Self {
        self.what = Some(what);
        self
    }

    /// With the gun.
    #[must_use]
    pub const fn gun(mut self, gun: S::Gun) -> Self {
        self.gun = Some(gun);
        self
    }

    /// With the lot.
    #[must_use]
    pub const fn lot(mut self, lot: S::Lot) -> Self {
        self.lot = Some(lot);
        self
    }

    /// With the place.
    #[must_use]
    pub const fn place(mut self, place: S::Place) -> Self {
        self.place = Some(place);
        self
    }

    /// With how many rounds or cases.
    #[must_use]
    pub const fn rounds(mut self, rounds: u32) -> Self {
        self.rounds = Some(rounds);
        self
    }

    /// With the adopted pack.
    #[must_use]
    pub const fn pack(mut self, pack: Pack) -> Self {
        self.pack = Some(pack);
        self
    }
}
