//! Reasons in words.

use kernel::{Chambers, Code};
use record::words::{Facts, LoadedInto, sentences, sentences_about};
use record::{Id, Millis, Reason};

struct Names;

impl Facts for Names {
    fn person(&self, _: Id) -> String {
        "the chamberlain".to_owned()
    }

    fn thing(&self, _: Id) -> String {
        "the bedchamber set".to_owned()
    }

    fn moment(&self, _: Millis) -> String {
        "10:00".to_owned()
    }
}

/// What a rule says of chambers it says of barrels; what people call a person or a place stays as it is.
#[test]
fn of_a_muzzle_loader_a_reason_speaks_of_barrels_and_leaves_names_alone() {
    let said = |reason: &Reason| sentences_about(LoadedInto::Barrels, reason, &Names);
    let twice = Reason::new(Code::EmptyChamberTwice).chambers(Chambers::first(2));
    let two = said(&twice);
    assert_eq!(two.sentence, "Barrel 1 and 2 was named twice. One thing comes out of a barrel.");
    assert_eq!(two.remedy, "Say of each barrel what came out of it.");
    assert_eq!(sentences(&twice, &Names), sentences_about(LoadedInto::Chambers, &twice, &Names));
    assert!(sentences(&twice, &Names).sentence.starts_with("Chamber 1 and 2"));
    let mut named = 0;
    for code in Code::ALL {
        let reason = Reason::new(*code).who(Id::from_bytes([1; 16])).place(Id::from_bytes([2; 16]));
        let of_barrels = said(&reason);
        for text in [&of_barrels.sentence, &of_barrels.remedy] {
            named += text.matches("the chamberlain").count() + text.matches("the bedchamber set").count();
            let without = text.to_lowercase().replace("the chamberlain", "").replace("the bedchamber set", "");
            assert!(!without.contains("chamber"), "{}: {text}", code.as_str());
        }
    }
    assert!(named > 10, "{named} names stand in reasons");
}
