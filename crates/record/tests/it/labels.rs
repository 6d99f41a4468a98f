use record::Id;
use record::label::{LabelError, LabelKind, label, parse, production_tag};

fn id(n: u128) -> Id {
    Id::from_bytes(n.to_be_bytes())
}

#[test]
fn a_label_reads_back_and_is_short_enough_for_a_code() {
    for kind in LabelKind::ALL {
        let text = label(kind, id(7), id(8));
        assert_eq!(text.len(), 13, "at most 20 characters");
        let read = parse(&text).unwrap();
        assert_eq!((read.kind, read.production, read.text.as_str()), (kind, production_tag(id(7)), text.as_str()));
        assert_eq!(parse(&text.to_lowercase().replace('-', " ")).unwrap().text, text, "as people type it");
    }
}

#[test]
fn every_single_wrong_character_and_every_two_that_changed_places_are_found() {
    let text = label(LabelKind::Gun, id(7), id(8));
    let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY";
    for at in (0..13).filter(|at| text.as_bytes()[*at] != b'-') {
        for other in alphabet.chars().filter(|c| *c != char::from(text.as_bytes()[at])) {
            let mut wrong = text.clone();
            wrong.replace_range(at..=at, &other.to_string());
            assert!(parse(&wrong).is_err(), "{wrong}");
        }
    }
    let plain: Vec<char> = text.chars().filter(|c| *c != '-').collect();
    for at in 0..plain.len() - 1 {
        let mut swapped = plain.clone();
        swapped.swap(at, at + 1);
        if swapped != plain {
            assert!(parse(&swapped.iter().collect::<String>()).is_err(), "{swapped:?}");
        }
    }
}

#[test]
fn what_is_no_label_is_called_none() {
    for text in ["", "GUN 1", "ABCD-G", "ABCD-G-12345", "ABCD-G-1234567", "ZZZZ-G-ZZZZZZ", &"A".repeat(10_000)] {
        assert_eq!(parse(text), Err(LabelError::NotALabel), "{text:.20}");
    }
}
