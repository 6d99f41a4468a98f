//! Lists as they are sent: good ones, bad ones, and what they do to a register.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use kernel::{Action, Day, GunKind, Load, LotKind, PlaceKind, Role, Roles};
use record::device::{SimulatedDevice, public_of};
use record::intent::Seen;
use record::{Id, Intent, Millis};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;
use service::{Founding, Service, Session, Standing, SystemClock, random_bytes};
use showclear::failure::Failure;
use showclear::import::calibres::calibre_of;
use showclear::import::headers::Override;
use showclear::import::list::{Kind, List, Rows};
use showclear::import::rental::{GunRow, LotRow, Thing};
use showclear::import::sheet::{Cell, Sheet, Wish, column_letters, from_bytes};
use showclear::import::{kinds, scenes, text, titles};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{code, failure, json, repository, showclear, stderr, stdout};

fn testdata(name: &str) -> PathBuf {
    repository().join("testdata/import").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(testdata(name)).unwrap()
}

fn sheet(bytes: &[u8]) -> Sheet {
    from_bytes(bytes, &Wish::default()).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn list_of(kind: Kind, bytes: &[u8]) -> List {
    List::of(kind, &sheet(bytes), &[]).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn refused(bytes: &[u8]) -> Failure {
    from_bytes(bytes, &Wish::default()).unwrap_err()
}

/// Names and roles of a crew list.
fn people(list: &List) -> Vec<(u32, &str, Roles)> {
    let Rows::Crew(rows) = &list.rows else { panic!("no crew list") };
    rows.iter().map(|row| (row.row, row.name.as_str(), row.roles)).collect()
}

fn roles(roles: &[Role]) -> Roles {
    roles.iter().copied().collect()
}

fn things(list: &List) -> Vec<&Thing> {
    let Rows::Rental(rows) = &list.rows else { panic!("no rental list") };
    rows.iter().map(|row| &row.thing).collect()
}

fn faults(list: &List) -> Vec<(u32, Option<&str>, &str)> {
    list.faults.iter().map(|fault| (fault.row, fault.column.as_deref(), fault.sentence.as_str())).collect()
}

// Bytes to rows.

#[test]
fn a_text_is_read_in_whatever_encoding_it_was_saved() {
    for (file, encoding, second) in [
        ("windows-1252.csv", "windows-1252", "le maître d’armes"),
        ("bom.csv", "UTF-8", "l’armurière"),
        ("utf-16.csv", "UTF-16LE", "l’armurière"),
        ("utf-16-big-end.csv", "UTF-16BE", "l’armurière"),
    ] {
        let bytes = bytes(file);
        assert!(sheet(&bytes).read_as.contains(&format!("text in {encoding},")), "{file}: {}", sheet(&bytes).read_as);
        let list = list_of(Kind::Crew, &bytes);
        assert_eq!(people(&list)[0].1, "the armorer", "{file}");
        assert_eq!(people(&list)[1].1, second, "{file}");
        assert!(list.faults.is_empty(), "{file}: {:?}", list.faults);
    }
    let unmarked: Vec<u8> =
        "Name\tPosition\nthe armorer\tArmorer\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(people(&list_of(Kind::Crew, &unmarked)).len(), 1, "UTF-16 without a mark");
}

#[test]
fn an_encoding_that_is_named_is_taken() {
    let wish = Wish { encoding: Some("windows-1252"), ..Wish::default() };
    let sheet = from_bytes("Name,Position\nthe armorer – a,Armorer\n".as_bytes(), &wish).unwrap();
    assert_eq!(sheet.rows[1].cells[0], Cell::Text("the armorer â€“ a".to_owned()), "as it was asked for, though wrong");
    let wish = Wish { encoding: Some("morse"), ..Wish::default() };
    assert_eq!(from_bytes(b"Name,Position\n", &wish).unwrap_err().code, "import/encoding");
    let wish = Wish { encoding: Some("utf-8"), ..Wish::default() };
    assert_eq!(from_bytes(b"Name,Position\n\xFF,Armorer\n", &wish).unwrap_err().code, "import/not-text");
}

#[test]
fn separators_are_found_out() {
    for (text, called) in [
        ("Name,Position\nthe armorer,Armorer\n", "commas"),
        ("Name;Position\nthe armorer;Armorer\n", "semicolons"),
        ("Name\tPosition\nthe armorer\tArmorer, key\n", "tabs"),
        ("Name|Position\nthe armorer|Armorer\n", "bars"),
        ("CREW LIST, DAY 12, WHITE\n\nName;Position;Notes\na, b;Armorer;c\nd;Medic;e\n", "semicolons"),
    ] {
        let sheet = sheet(text.as_bytes());
        assert!(sheet.read_as.ends_with(called), "{text}: {}", sheet.read_as);
    }
    let list = list_of(Kind::Crew, &bytes("semicolons.csv"));
    let expected = [
        (2, "the stand-in; second unit", roles(&[Role::StandIn])),
        (3, "the production manager", roles(&[Role::Producer])),
    ];
    assert_eq!(people(&list), expected);
}

/// A row has the number that a spreadsheet shows, with blank rows and with line ends within cells.
#[test]
fn rows_have_the_numbers_of_a_spreadsheet() {
    for ends in ["\n", "\r\n", "\r"] {
        let text = String::from_utf8(bytes("gaps.csv")).unwrap().replace('\n', ends);
        let list = list_of(Kind::Crew, text.as_bytes());
        assert_eq!(list.mapping.row, 4, "{ends:?}");
        let expected = [(6, "the armorer", roles(&[Role::Armorer])), (8, "the medic", roles(&[Role::Medic]))];
        assert_eq!(people(&list), expected, "{ends:?}");
        let [(10, Some("A"), sentence)] = faults(&list)[..] else { panic!("{ends:?}: {:?}", list.faults) };
        assert!(sentence.contains("blank"), "{sentence}");
    }
    // The last line without an end, behind blank ones.
    let list = list_of(Kind::Crew, b"Name,Position\n\n\nthe medic,Medic");
    assert_eq!(people(&list), [(4, "the medic", roles(&[Role::Medic]))]);
}

#[test]
fn columns_have_the_letters_of_a_spreadsheet() {
    let letters = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (199, "GR"), (701, "ZZ"), (702, "AAA")];
    for (column, expected) in letters {
        assert_eq!(column_letters(column), expected);
    }
}

/// What a file is, its content says.
#[test]
fn a_file_that_is_something_else_is_called_by_its_kind() {
    let ods = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")]);
    let xlsb = zipped(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.bin", b"a")]);
    let docx = zipped(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]);
    for (bytes, said) in [
        (bytes("renamed-zip.xlsx"), "a ZIP archive and no workbook"),
        (bytes("renamed-pdf.csv"), "a PDF"),
        (bytes("renamed-xls.csv"), "before 2007"),
        (ods, "OpenDocument"),
        (xlsb, "XLSB"),
        (docx, "word processor"),
        (b"<html><table><tr><td>Name</td></tr></table></html>".to_vec(), "a web page"),
        (b"\xEF\xBB\xBF<?xml version=\"1.0\"?><Workbook/>".to_vec(), "a web page or an XML document"),
        (b"\x89PNG\r\n\x1A\n".to_vec(), "a picture"),
        (b"\x1F\x8B\x08\x00".to_vec(), "a compressed file"),
        (b"SQLite format 3\0".to_vec(), "a database"),
        (b"{\\rtf1 Name}".to_vec(), "word processor"),
    ] {
        let failure = refused(&bytes);
        assert_eq!(failure.code, "import/other-kind", "{failure:?}");
        assert!(failure.happened.contains(said), "{}", failure.happened);
    }
}

#[test]
fn nothing_is_a_failure_of_its_own() {
    let blank = b",,\n , \n\n".to_vec();
    let mut book = Workbook::new();
    book.add_worksheet();
    for bytes in [Vec::new(), b" \r\n\t\n".to_vec(), b"\xEF\xBB\xBF".to_vec(), blank, book.save_to_buffer().unwrap()] {
        assert_eq!(refused(&bytes).code, "import/empty", "{bytes:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert_eq!(refused(b"Name,Position\nthe armorer\0,Armorer\n").code, "import/not-text");
    let noise: Vec<u8> = (0..4_096u32).map(|it| u8::try_from((it * 7_919 + it * it) % 256).unwrap()).collect();
    assert!(["import/not-text", "import/too-many-columns"].contains(&refused(&noise).code.as_str()));
    for half in [&b"PK\x03\x04"[..], b"PK", b"PK\x05\x06"] {
        assert_eq!(refused(half).code, "import/damaged");
    }
}

#[test]
fn a_hundred_thousand_rows_are_refused_as_a_whole() {
    let mut text = "Name,Position\n".to_owned();
    for row in 0..100_000 {
        text.push_str(&format!("extra {row},Extra\n"));
    }
    let failure = refused(text.as_bytes());
    assert_eq!(failure.code, "import/too-many-rows");
    assert!(failure.happened.contains("20000") || failure.happened.contains("20,000"), "{}", failure.happened);
    let text: String = text.lines().take(20_000).collect::<Vec<_>>().join("\n");
    assert_eq!(people(&list_of(Kind::Crew, text.as_bytes())).len(), 19_999);
}

#[test]
fn limits_hold() {
    assert_eq!(refused(&vec![b'a'; 16_777_217]).code, "import/too-large");
    let wide = vec!["a"; 201].join(",");
    assert_eq!(refused(wide.as_bytes()).code, "import/too-many-columns");
    // A cell of ten million characters, and an open quotation mark that swallows the rows behind it.
    for column in ["Name", "Notes"] {
        let open = format!(
            "Position,Name,Notes\nArmorer,the armorer,\nMedic,{}",
            match column {
                "Name" => format!("\"{}", "the medic,\n".repeat(900_000)),
                _ => format!("the medic,\"{}", "a\n".repeat(5_000_000)),
            }
        );
        let list = list_of(Kind::Crew, open.as_bytes());
        let [(3, Some(_), sentence)] = faults(&list)[..] else { panic!("{column}: {:?}", list.faults) };
        assert!(sentence.contains("quotation mark"), "{sentence}");
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 70 * 1_048_576];
    let parts: [(&str, &[u8]); 3] =
        [("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>"), ("xl/a.xml", &zeros)];
    let honest = zipped(&parts);
    assert!(honest.len() < 200_000, "it is small: {}", honest.len());
    assert_eq!(refused(&honest).code, "import/too-large");
    // The same, with a declared size of ten bytes in both headers.
    let mut lying = honest.clone();
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == size).collect();
    assert!(places.len() >= 2, "declared in its own header and in the directory: {places:?}");
    for at in places {
        lying[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    assert!(["import/too-large", "import/damaged"].contains(&refused(&lying).code.as_str()));
}

/// One cell far out would make a table of seventeen thousand million cells.
#[test]
fn a_cell_far_out_is_refused() {
    for (row, column, expected) in [(1_048_575, 0, "import/too-many-rows"), (3, 16_383, "import/too-many-columns")] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").unwrap().write(0, 1, "Position").unwrap().write(row, column, "x").unwrap();
        assert_eq!(refused(&book.save_to_buffer().unwrap()).code, expected);
    }
    // What is only formatted holds nothing.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Name").unwrap().write(0, 1, "Position").unwrap();
    sheet.write(1, 0, "the medic").unwrap().write(1, 1, "Medic").unwrap();
    sheet.write_blank(1_048_575, 16_383, &Format::new().set_bold()).unwrap();
    assert_eq!(people(&list_of(Kind::Crew, &book.save_to_buffer().unwrap())).len(), 1);
}

#[test]
fn a_workbook_says_the_same_as_the_text() {
    for (kind, text, book) in [(Kind::Crew, "crew.csv", "crew.xlsx"), (Kind::Rental, "rental.csv", "rental.xlsx")] {
        let (text, book) = (list_of(kind, &bytes(text)), list_of(kind, &bytes(book)));
        assert_eq!(text, book);
        assert!(text.faults.is_empty());
    }
    assert_eq!(sheet(&bytes("crew.xlsx")).others, ["Notes"]);
    let wish = Wish { sheet: Some("Notes"), ..Wish::default() };
    assert_eq!(from_bytes(&bytes("crew.xlsx"), &wish).unwrap().rows.len(), 1);
    let wish = Wish { sheet: Some("Crew of another film"), ..Wish::default() };
    let failure = from_bytes(&bytes("crew.xlsx"), &wish).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.exit.number()), ("import/no-sheet", 2));
    assert!(failure.happened.contains("CREW, Notes"), "{}", failure.happened);
}

/// Formulas, dates, errors, hidden sheets and numbers, as spreadsheets leave them.
#[test]
fn cells_of_a_workbook_are_taken_for_what_they_are() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Old").unwrap().set_hidden(true).write(0, 0, "Name").unwrap();
    book.add_worksheet().set_name("Cover").unwrap();
    let sheet = book.add_worksheet().set_name("Guns").unwrap().set_active(true);
    let headers = ["Item", "Description", "Type", "Action", "Chambers", "Calibre", "S/N"];
    for (column, header) in (0u16..).zip(headers) {
        sheet.write(0, column, header).unwrap();
    }
    let row = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, item: &str| {
        sheet.write(row, 0, item).unwrap().write(row, 1, "Revolver").unwrap().write(row, 2, "Live-capable").unwrap();
        sheet.write(row, 3, "Single action").unwrap().write(row, 4, 6).unwrap();
    };
    row(sheet, 1, "GUN 1");
    sheet.write(1, 5, ".45 Colt").unwrap().write(1, 6, 1_002_100_774.0).unwrap();
    row(sheet, 2, "GUN 2");
    let day = Format::new().set_num_format("d-mmm");
    sheet.write_with_format(2, 5, 14_702.0, &day).unwrap();
    row(sheet, 3, "GUN 3");
    sheet.write_formula(3, 6, "=\"RH-\"&10047").unwrap();
    row(sheet, 4, "GUN 4");
    sheet.write_formula(4, 0, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let list = list_of(Kind::Rental, &book.save_to_buffer().unwrap());
    let [Thing::Gun(GunRow { serial: Some(serial), chambers: 6, .. })] = things(&list)[..] else {
        panic!("{:?}", things(&list))
    };
    assert_eq!(serial, "1002100774");
    let said = faults(&list);
    let [(3, Some("F"), date), (4, Some("G"), formula), (5, Some("A"), again)] = said[..] else { panic!("{said:?}") };
    assert!(date.contains("date"), "{date}");
    assert!(formula.contains("formula") && again.contains("formula"), "{formula} {again}");
}

/// Whatever a workbook was damaged to, it is answered, and never ends the program.
#[test]
fn a_damaged_workbook_is_answered() {
    let whole = bytes("crew.xlsx");
    for cut in (0..whole.len()).step_by(97) {
        let _ = from_bytes(&whole[..cut], &Wish::default());
    }
    let mut parts = Vec::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(&whole)).unwrap();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        parts.push((part.name().unwrap().to_string(), bytes));
    }
    // Bytes changed within each part, packed again with right sums: they reach the reader.
    for hurt in 0..parts.len() {
        for (step, with) in [(13usize, b'9'), (29, b'<'), (53, 0xFF)] {
            let mut parts = parts.clone();
            parts[hurt].1.iter_mut().skip(step).step_by(step * 7).for_each(|byte| *byte = with);
            let parts: Vec<(&str, &[u8])> =
                parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            if let Ok(sheet) = from_bytes(&zipped(&parts), &Wish::default()) {
                let _ = List::of(Kind::Crew, &sheet, &[]);
            }
        }
    }
}

// Headers.

#[test]
fn headers_are_found_in_any_order_and_wording() {
    for header in [
        "Name,Position",
        "Position,Name",
        "Crew Member;Job title",
        "FULL NAME\tPOS.",
        "Last name,First name,Dept.,Title",
        "Crew member (legal),Role(s)",
        "  name  ,  JOB   TITLE ",
        "Name:,Position:",
    ] {
        let separator = header.chars().find(|it| [',', ';', '\t'].contains(it)).unwrap();
        let row = header.split(separator).map(|it| format!("a{it}")).collect::<Vec<_>>().join(&separator.to_string());
        let list = list_of(Kind::Crew, format!("{header}\n{row}\n").as_bytes());
        assert_eq!(list.mapping.row, 1, "{header}");
        assert_eq!(list.rows.count(), 1, "{header}: {:?}", list.faults);
    }
    let list = list_of(Kind::Crew, b"Last name,First name,Title\nArmorer,The,Key armorer\n");
    assert_eq!(people(&list), [(2, "The Armorer", roles(&[Role::Armorer]))]);
}

#[test]
fn a_header_that_is_not_known_is_mapped_by_hand() {
    let text = b"Who is it,Position,What he does\nthe armorer,Somewhere,Armorer\n";
    let map = |text: &str| text.parse::<Override>().unwrap();
    let both = [map("name=Who is it"), map("title=what HE does")];
    let list = List::of(Kind::Crew, &sheet(text), &both).unwrap();
    assert_eq!(people(&list), [(2, "the armorer", roles(&[Role::Armorer]))]);
    assert_eq!(list.mapping.ignored[0].header, "Position", "what was mapped by hand is not found elsewhere");
    let failed = |map: &[Override]| List::of(Kind::Crew, &sheet(text), map).unwrap_err();
    assert_eq!(failed(&[]).code, "import/headers-missing");
    assert_eq!(failed(&[map("nickname=Who is it")]).code, "import/map-field");
    assert!(failed(&[map("nickname=Who is it")]).remedy.contains("answers_to"));
    let gone = failed(&[map("name=Nobody"), both[1].clone()]);
    assert_eq!(gone.code, "import/map-header");
    assert!(gone.remedy.contains("`Who is it`"), "{}", gone.remedy);
    for wrong in ["name", "=Name", "name=", ""] {
        assert!(wrong.parse::<Override>().is_err(), "{wrong}");
    }
}

#[test]
fn a_list_without_headers_or_with_two_of_a_kind_is_refused() {
    let failed = |name: &str| List::of(Kind::Crew, &sheet(&bytes(name)), &[]).unwrap_err();
    assert_eq!(failed("no-header.csv").code, "import/headers-missing");
    let twice = failed("twice.csv");
    assert_eq!(twice.code, "import/header-twice");
    assert!(twice.happened.contains("columns B and C"), "{}", twice.happened);
    let mapped = ["title=Position".parse().unwrap()];
    assert!(List::of(Kind::Crew, &sheet(&bytes("twice.csv")), &mapped).is_ok());
    let list = list_of(Kind::Crew, &bytes("header-only.csv"));
    assert_eq!((list.rows.count(), list.faults.len()), (0, 0));
    // Headers below the first twenty rows are not looked for.
    let low = format!("{}Name,Position\nthe armorer,Armorer\n", "a line of a letter\n".repeat(20));
    assert_eq!(List::of(Kind::Crew, &sheet(low.as_bytes()), &[]).unwrap_err().code, "import/headers-missing");
}

#[test]
fn headers_that_a_page_repeats_are_no_person() {
    let list = list_of(Kind::Crew, b"Name,Position\nthe armorer,Armorer\nNAME,POSITION\nthe medic,Medic\n");
    assert_eq!(people(&list).len(), 2);
}

/// How a person is reached is said not to be entered; the values are nowhere.
#[test]
fn personal_columns_are_named_and_never_taken() {
    let list = list_of(Kind::Crew, &bytes("crew.csv"));
    let personal: Vec<&str> =
        list.mapping.ignored.iter().filter(|it| it.personal).map(|it| it.header.as_str()).collect();
    assert_eq!(personal, ["Mobile", "E-mail"]);
    assert!(!format!("{list:?}").contains("555") && !format!("{list:?}").contains("office@"));
}

// Crew lists.

#[test]
fn the_crew_list_of_the_demonstration_is_read() {
    let list = list_of(Kind::Crew, &bytes("crew.csv"));
    assert_eq!((list.rows.count(), list.faults.len()), (40, 0), "{:?}", list.faults);
    let found = |name: &str| people(&list).into_iter().find(|it| it.1 == name).unwrap().2;
    for (name, expected) in [
        ("the production office", &[Role::Producer][..]),
        ("the property master", &[Role::PropertyMaster]),
        ("the armorer", &[Role::Armorer]),
        ("the assistant", &[Role::Assistant]),
        ("the key props assistant", &[Role::Props]),
        ("the first AD", &[Role::FirstAd]),
        ("the second AD", &[]),
        ("the stunt coordinator", &[]),
        ("the safety officer", &[Role::SafetyOfficer, Role::Witness]),
        ("the second witness", &[Role::Witness]),
        ("the rental house", &[Role::Vendor]),
        ("camera operator B", &[Role::Camera]),
        ("extra 8", &[Role::Extra]),
    ] {
        assert_eq!(found(name), roles(expected), "{name}");
    }
    let Rows::Crew(rows) = &list.rows else { panic!() };
    let assistant = rows.iter().find(|row| row.name == "the assistant").unwrap();
    assert_eq!(assistant.answers_to.as_deref(), Some("the armorer"));
    let said = list.remarks.iter().find(|remark| remark.row == 11).unwrap();
    assert!(said.sentence.contains("`2nd AD` is no role here"), "{}", said.sentence);
}

#[test]
fn job_titles_are_told_by_the_wordings_of_the_trade() {
    for (title, expected) in [
        ("Armourer", &[Role::Armorer][..]),
        ("Key armorer", &[Role::Armorer]),
        ("HEAD ARMOURER", &[Role::Armorer]),
        ("Weapons Master", &[Role::Armorer]),
        ("Prop master", &[Role::PropertyMaster]),
        ("Props Master", &[Role::PropertyMaster]),
        ("Asst. Armorer", &[Role::Assistant]),
        ("Assistant Property Master", &[Role::Assistant]),
        ("Armorer's assistant", &[Role::Assistant]),
        ("Weapons handler", &[Role::Handler]),
        ("1st AD", &[Role::FirstAd]),
        ("First Assistant Director", &[Role::FirstAd]),
        ("1st A.D.", &[Role::FirstAd]),
        ("2nd unit 1st AD", &[Role::FirstAd]),
        ("Stunt performer", &[Role::Performer]),
        ("Stunt double B", &[Role::Performer]),
        ("Camera op", &[Role::Camera]),
        ("A-Cam 1st AC", &[Role::Camera]),
        ("DIT", &[Role::Camera]),
        ("D.O.P.", &[Role::Camera]),
        ("Stand-In #2", &[Role::StandIn]),
        ("Background 12", &[Role::Extra]),
        ("Set medic", &[Role::Medic]),
        ("H&S advisor", &[Role::SafetyOfficer]),
        ("UPM", &[Role::Producer]),
        ("Child actor", &[Role::Performer, Role::Minor]),
        ("Prop master / Armorer", &[Role::PropertyMaster, Role::Armorer]),
        ("Armorer & key props assistant", &[Role::Armorer, Role::Props]),
        ("Producer, Performer", &[Role::Producer, Role::Performer]),
    ] {
        let told = titles::roles_of(title);
        assert_eq!((told.roles, told.without.len()), (roles(expected), 0), "{title}: {:?}", told.without);
    }
}

/// Who may do something with a gun, a title says plainly or not at all.
#[test]
fn no_title_is_guessed_into_a_role_that_hands_out_guns() {
    for title in [
        "Asst. props",
        "Props trainee",
        "Key props",
        "2nd AD",
        "Key 2nd AD",
        "Director",
        "Gaffer",
        "Armorer trainee",
        "Production assistant",
        "Assistant to the armorer's producer",
        "PM",
        "Master",
        "Property",
        "Stunt coordinator",
        "Assistant director",
        "Producer's assistant",
        "Script supervisor",
        "Observer's driver",
        "",
    ] {
        let told = titles::roles_of(title).roles;
        let strong = [
            Role::PropertyMaster,
            Role::Armorer,
            Role::Assistant,
            Role::Handler,
            Role::FirstAd,
            Role::Producer,
            Role::Witness,
        ];
        assert!(strong.into_iter().all(|role| !told.has(role)), "{title}: {told:?}");
    }
    for department in ["Armory", "Weapons", "Production", "Assistant directors", "Safety", "Stunts"] {
        assert_eq!(titles::role_of_department(department), None, "{department}");
    }
}

#[test]
fn each_bad_row_of_a_crew_list_is_named() {
    let list = list_of(Kind::Crew, &bytes("formula.csv"));
    assert_eq!(
        faults(&list).iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(),
        [(3, Some("A")), (4, Some("A")), (5, Some("A")), (6, Some("A"))]
    );
    assert!(list.faults.iter().all(|fault| fault.sentence.contains("formula")), "{:?}", list.faults);
    let list = list_of(Kind::Crew, &bytes("duplicates.csv"));
    assert_eq!(people(&list).len(), 2);
    assert_eq!(list.remarks.iter().map(|it| it.row).collect::<Vec<_>>(), [3]);
    assert_eq!(list.faults.iter().map(|it| it.row).collect::<Vec<_>>(), [5]);
    let long = "a".repeat(121);
    for (row, said) in [
        ("the armorer,Armorer,perhaps,".to_owned(), "neither yes nor no"),
        ("the armorer,Armorer,,the ARMORER".to_owned(), "the person himself"),
        (format!("{long},Armorer,,"), "120"),
        ("the\u{202E}armorer,Armorer,,".to_owned(), "nobody sees"),
        ("the\u{1B}[2Jarmorer,Armorer,,".to_owned(), "nobody sees"),
        (",Armorer,,".to_owned(), "blank"),
        ("-,Armorer,,".to_owned(), "blank"),
    ] {
        let list = list_of(Kind::Crew, format!("Name,Position,Witness,Answers to\n{row}\n").as_bytes());
        let [(2, Some(_), sentence)] = faults(&list)[..] else { panic!("{row}: {:?}", list.faults) };
        assert!(sentence.contains(said), "{row}: {sentence}");
    }
}

#[test]
fn names_are_one_under_whatever_capitals_spaces_and_accents() {
    for (one, two) in [
        ("l\u{2019}armurie\u{300}re", "L\u{2019}ARMURIÈRE"),
        ("  the\u{A0} armorer ", "The Armorer"),
        ("der Waffenmeister der Straße", "DER WAFFENMEISTER DER STRASSE"),
        ("the\u{FEFF} medic", "the medic"),
    ] {
        assert_eq!(text::key(one), text::key(two));
    }
    assert_ne!(text::key("extra 1"), text::key("extra 11"));
}

// Rental lists.

#[test]
fn the_rental_list_of_the_demonstration_is_read() {
    let list = list_of(Kind::Rental, &bytes("rental.csv"));
    assert_eq!(list.faults, []);
    let things = things(&list);
    let guns: Vec<&GunRow> =
        things.iter().filter_map(|it| if let Thing::Gun(gun) = it { Some(gun) } else { None }).collect();
    let lots: Vec<&LotRow> =
        things.iter().filter_map(|it| if let Thing::Lot(lot) = it { Some(lot) } else { None }).collect();
    assert_eq!((guns.len(), lots.len()), (12, 6));
    let gun =
        |name: &str| guns.iter().find(|gun| gun.name == name).map(|gun| (gun.kind, gun.action, gun.chambers)).unwrap();
    assert_eq!(gun("GUN 1"), (GunKind::LiveCapable, Action::SingleAction, 6));
    assert_eq!(gun("GUN 4"), (GunKind::Rubber, Action::None, 0));
    assert_eq!(gun("GUN 5"), (GunKind::LiveCapable, Action::DoubleAction, 6));
    assert_eq!(gun("GUN 6"), (GunKind::BlankOnly, Action::Magazine, 1));
    assert_eq!(gun("GUN 8"), (GunKind::LiveCapable, Action::DoubleBarrel, 2));
    assert_eq!(gun("GUN 9"), (GunKind::Replica, Action::None, 0));
    assert_eq!(gun("GUN 10"), (GunKind::NonGun, Action::None, 0));
    let calibre = |name: &str| guns.iter().find(|gun| gun.name == name).unwrap().calibre;
    assert_eq!(calibre("GUN 1"), calibre_of("45_colt"));
    assert_eq!(calibre("GUN 2"), calibre("GUN 3"));
    let lot = |name: &str| lots.iter().find(|lot| lot.name == name).unwrap();
    assert_eq!(
        (lot("DUMMIES A").kind, lot("DUMMIES A").rounds, lot("DUMMIES A").inert_at_head),
        (LotKind::Dummy, 60, false)
    );
    assert_eq!((lot("BLANKS F").load, lot("BLANKS Q").load), (Some(Load::Full), Some(Load::Quarter)));
    assert_eq!((lot("BLANKS Q").rounds, lot("DUMMIES B").rounds), (100, 50));
    assert!(lot("DUMMIES B").inert_at_head);
    assert_eq!((lot("DRESS 1").kind, lot("SNAP CAPS").kind), (LotKind::Dress, LotKind::SnapCap));
}

#[test]
fn each_bad_row_of_a_rental_list_is_named() {
    let list = list_of(Kind::Rental, &bytes("rental-bad.csv"));
    let said: Vec<(u32, Option<&str>)> = faults(&list).iter().map(|it| (it.0, it.1)).collect();
    let expected = [
        (2, Some("D")),
        (3, Some("E")),
        (4, Some("E")),
        (5, Some("G")),
        (6, Some("H")),
        (7, Some("C")),
        (8, Some("C")),
        (9, Some("C")),
        (10, Some("H")),
        (11, Some("H")),
        (12, Some("H")),
        (13, Some("H")),
        (14, Some("I")),
        (15, Some("J")),
        (18, None),
    ];
    assert_eq!(said, expected, "{:#?}", list.faults);
    for row in [8, 9] {
        let fault = list.faults.iter().find(|it| it.row == row).unwrap();
        assert!(fault.sentence.contains("live ammunition, which is not permitted"), "{}", fault.sentence);
    }
    let left: Vec<&str> = things(&list).iter().map(|it| it.name()).collect();
    assert_eq!(left, ["GUN 7", "dummies 2"]);
    // A word for rounds on something with a serial number or an action may be either.
    let list =
        list_of(Kind::Rental, b"Item,Type,Action,S/N,Qty\n1,Blank,Single action,,6\n2,Dummy,,RH-1,1\n3,Dummy,,,10\n");
    assert_eq!(faults(&list).iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(), [(2, Some("B")), (3, Some("B"))]);
    assert_eq!(things(&list)[0].name(), "LOT 3");
    // The serial number of a row that is bad already is not held against another; that of a good one is.
    let twice = b"Item,Type,Action,S/N\nGUN 1,Live-capable,Bolt,rh-1\nGUN 2,Live-capable,Bolt,RH-1\n";
    let list = list_of(Kind::Rental, twice);
    assert_eq!(list.faults.len(), 1);
    assert!(list.faults[0].sentence.contains("serial number of row 2"), "{:?}", list.faults);
}

#[test]
fn what_a_thing_is_is_told_by_the_wordings_of_the_trade() {
    use kinds::Said::{Gun, Nothing, Rounds};
    for (kind, description, is_like_a_gun, expected) in [
        ("Live-capable", "", true, Gun(GunKind::LiveCapable)),
        ("Blank-firing only", "", true, Gun(GunKind::BlankOnly)),
        ("Dummy gun", "", false, Gun(GunKind::Replica)),
        ("Non-gun", "", false, Gun(GunKind::NonGun)),
        ("", "Resin copy of a revolver", false, Gun(GunKind::Rubber)),
        ("Dummies", "", false, Rounds(LotKind::Dummy)),
        ("Blanks (full load)", "", false, Rounds(LotKind::Blank)),
        ("", "5-in-1 blanks", false, Rounds(LotKind::Blank)),
        ("Snap caps", "", false, Rounds(LotKind::SnapCap)),
        ("Live", "", true, Gun(GunKind::LiveCapable)),
        ("Live", "", false, Rounds(LotKind::Live)),
        ("Dummy", "live rounds", false, Rounds(LotKind::Live)),
        ("Blank", ".38 wadcutter", false, Rounds(LotKind::Live)),
        ("Ladder", "Ladder", false, Nothing),
        ("", "", false, Nothing),
    ] {
        assert_eq!(kinds::said_of(Some(kind), Some(description), is_like_a_gun), expected, "{kind} {description}");
    }
    assert_eq!(kinds::load_of(".50 blank"), None, "a calibre is no half load");
    assert_eq!(kinds::load_of("1/2 load"), Some(Load::Half));
    assert_eq!(kinds::action_of("Revolver"), None);
    for (one, other) in [
        (".45 LC", "45 Colt"),
        ("9mm", "9x19"),
        ("9 × 19 mm", "9mm Para"),
        (".38 Spl", "38 Special"),
        ("12 ga.", "12 bore"),
        ("cal. .44-40", ".44-40 Win"),
        ("7.62x39", "7.62 x 39 mm"),
    ] {
        assert!(calibre_of(one).is_some(), "{one}");
        assert_eq!(calibre_of(one), calibre_of(other), "{one} {other}");
    }
    for not_told in ["45", "various", "5-in-1", ".45 Colt or .44-40", "6.5 Creedmoor"] {
        assert_eq!(calibre_of(not_told), None, "{not_told}");
    }
}

/// Where a list is silent, what is entered asks for the most care.
#[test]
fn a_silent_list_is_read_the_careful_way() {
    let list =
        list_of(Kind::Rental, b"Item,Description,Action,S/N,Qty,Cal.\n1,Rifle,Bolt,RH-1,,various\nD,Dummies,,,50,\n");
    let [Thing::Gun(gun), Thing::Lot(lot)] = things(&list)[..] else { panic!("{:?}", list.faults) };
    assert_eq!((gun.name.as_str(), gun.kind, gun.calibre), ("GUN 1", GunKind::LiveCapable, None));
    assert_eq!((lot.inert_at_head, lot.uniform, lot.load), (false, false, None));
    assert!(list.remarks.iter().any(|it| it.row == 2 && it.sentence.contains("fire live ammunition")));
    assert!(list.remarks.iter().any(|it| it.row == 2 && it.sentence.contains("`various`")));
}

// Scenes.

#[test]
fn the_schedule_of_the_demonstration_is_read() {
    let list = list_of(Kind::Scenes, &bytes("scenes.csv"));
    let Rows::Scenes(rows) = &list.rows else { panic!() };
    assert_eq!(list.faults, []);
    let said: Vec<(u32, &str, Option<u32>, Option<bool>)> =
        rows.iter().map(|row| (row.row, row.number.as_str(), row.day, row.blanks)).collect();
    let expected = [
        (3, "12A", Some(1), Some(false)),
        (4, "12", Some(1), Some(false)),
        (4, "14PT", Some(1), Some(false)),
        (6, "15", Some(2), Some(true)),
        (7, "16", Some(2), Some(false)),
        (8, "17", Some(3), Some(false)),
        (10, "A19", Some(3), Some(true)),
    ];
    assert_eq!(said, expected);
    assert_eq!(rows[0].name, "12A, INT. the church, DAY");
    assert_eq!(scenes::number_in_name(&rows[0].name).as_deref(), Some("12A"));
}

#[test]
fn each_bad_row_of_a_schedule_is_named() {
    let list = list_of(Kind::Scenes, &bytes("scenes-bad.csv"));
    let said: Vec<(u32, Option<&str>)> = faults(&list).iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(said, [(3, Some("A")), (4, Some("A")), (5, Some("A")), (6, Some("C")), (7, Some("E")), (8, None)]);
}

#[test]
fn numbers_of_scenes_have_one_form() {
    for (text, expected) in [
        ("12A", Some("12A")),
        ("sc. 12a", Some("12A")),
        ("Scene 12 A", Some("12A")),
        ("14 pt.", Some("14PT")),
        ("14pt2", Some("14PT2")),
        ("A19", Some("A19")),
        ("12Apt1", Some("12APT1")),
        ("", None),
        ("church", None),
        ("12-14", None),
        ("02-Jan", None),
        ("12345", None),
        ("12ABC", None),
    ] {
        assert_eq!(scenes::number_of(text).as_deref(), expected, "{text}");
    }
}

// The command.

/// How often a folder is tried that is in use.
const TRIES: usize = 200;

/// Runs the command, again while the folder is in use. A process that another test starts holds every lock of this
/// process for the moment between its fork and its exec.
fn patient(arguments: &[&str]) -> std::process::Output {
    let tried = (0..TRIES).map(|_| showclear(arguments)).find(|output| code(output) != 4);
    tried.expect("the folder stays in use")
}

/// A production in a folder, with its places, and a one-time code for whoever founded it.
struct Production {
    folder: tempfile::TempDir,
}

impl Production {
    fn found() -> (Production, String) {
        let folder = tempfile::tempdir().unwrap();
        let secret: [u8; 32] = random_bytes().unwrap();
        let founding = Founding {
            domain: "test.invalid".to_owned(),
            production_name: "A test".to_owned(),
            founder_name: "the production office".to_owned(),
            founder_public_key: public_of(secret).unwrap(),
            founder_pin: "2468".to_owned(),
            day: 1,
            limits: showclear::serve::LIMITS,
        };
        let service = Service::found(&folder.path().join("data"), &founding, Arc::new(SystemClock::new())).unwrap();
        let mut device = SimulatedDevice::new(&service.view().origin, secret).unwrap();
        for (name, kind, locks, for_guns) in [
            ("the vault", PlaceKind::Vault, true, true),
            ("gun case A", PlaceKind::Case, true, true),
            ("the ammunition case", PlaceKind::Case, true, false),
        ] {
            let place = id(&service);
            say(&service, &mut device, Intent::RegisterPlace { place, kind, locks, for_guns }, Some(name));
        }
        let person = service.founder();
        let invitation = say(&service, &mut device, Intent::InviteDevice { person }, None);
        let session = Session { person: Some(person), device: Some(device.id()), viewer: false };
        let code = service.issue_code(&session, invitation).unwrap();
        std::fs::write(folder.path().join("pin"), "2468\n").unwrap();
        service.close();
        (Production { folder }, code)
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Imports with the desk's key.
    fn import(&self, kind: &str, file: &Path, more: &[&str]) -> std::process::Output {
        let (folder, key, pin) = (self.path("data"), self.path("desk.key"), self.path("pin"));
        let mut arguments = vec![
            "import",
            kind,
            file.to_str().unwrap(),
            "--folder",
            &folder,
            "--key",
            &key,
            "--pin-file",
            &pin,
            "--json",
        ];
        arguments.extend(more);
        patient(&arguments)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn open(&self) -> Service {
        let (_never, nothing) = std::sync::mpsc::channel::<()>();
        for _ in 0..TRIES {
            match Service::open(&self.folder.path().join("data"), Arc::new(SystemClock::new())) {
                Err(error) if error.code() == "store/in-use" => {
                    let _ = nothing.recv_timeout(Duration::from_millis(20));
                }
                opened => return opened.unwrap(),
            }
        }
        panic!("the folder stays in use");
    }

    /// Every file of the folder, byte for byte.
    fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = std::fs::read_dir(self.folder.path().join("data")).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    }

    fn verified(&self) {
        let output = patient(&["verify", &self.path("data/log.db")]);
        assert_eq!(code(&output), 0, "{}", stdout(&output));
    }
}

fn id(service: &Service) -> Id {
    Id::at(u64::try_from(service.now_ms()).unwrap(), random_bytes().unwrap())
}

fn say(service: &Service, device: &mut SimulatedDevice, intent: Intent, name: Option<&str>) -> Id {
    let (view, now) = (service.view(), Millis(service.now_ms()));
    let seen = Seen { size: view.size, root: view.root };
    let mut said = device.says(id(service), service.founder(), now, intent, seen);
    let salt = [7; 16];
    if let Some(name) = name {
        let digest = proof::tree::Hash(proof::commit::commit(&salt, "name", name));
        said.digests.insert("name".to_owned(), digest);
    }
    let note = device.sign(&said).unwrap();
    let session = Session { person: Some(service.founder()), device: Some(device.id()), viewer: false };
    let answer = service.submit_blocking(note.clone(), Standing::Session(session)).unwrap();
    assert!(answer.accepted, "{:?}", answer.reasons);
    device.recorded(&note);
    if let Some(name) = name {
        service.disclose(answer.intent, "name", salt, name).unwrap();
    }
    answer.intent
}

fn counts(report: &Value) -> (usize, usize, u64, u64) {
    let length = |name: &str| report[name].as_array().unwrap().len();
    (length("new"), length("changed"), report["unchanged"].as_u64().unwrap(), report["entries"].as_u64().unwrap())
}

/// The whole way: enrol, a dry run, three lists, each once more, and the record verifies.
#[test]
fn three_lists_make_a_register_and_change_nothing_the_second_time() {
    let (production, one_time) = Production::found();
    let dry = patient(&[
        "import",
        "crew",
        testdata("crew.csv").to_str().unwrap(),
        "--folder",
        &production.path("data"),
        "--dry-run",
        "--json",
    ]);
    assert_eq!(counts(&json(&dry)), (39, 0, 1, 0), "{}", stderr(&dry));
    assert_eq!(json(&dry)["judged"], false);
    let crew = production.import("crew", &testdata("crew.xlsx"), &["--enrol", &one_time]);
    assert_eq!(code(&crew), 0, "{}", stdout(&crew));
    assert_eq!(counts(&json(&crew)), (39, 0, 1, 70));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(std::fs::metadata(production.path("desk.key")).unwrap().mode() & 0o777, 0o600);
    }
    let from = ["--from", "The rental house"];
    let before = production.bytes();
    let dry = production.import("rental", &testdata("rental.csv"), &[&from[..], &["--dry-run"]].concat());
    assert_eq!(counts(&json(&dry)), (18, 0, 0, 0), "{}", stdout(&dry));
    assert_eq!(json(&dry)["judged"], true);
    assert_eq!(before, production.bytes(), "a dry run writes nothing");
    let rental = production.import("rental", &testdata("rental.xlsx"), &from);
    assert_eq!((code(&rental), counts(&json(&rental)).0), (0, 18), "{}", stdout(&rental));
    let scenes = production.import("scenes", &testdata("scenes.csv"), &[]);
    assert_eq!((code(&scenes), counts(&json(&scenes)).0), (0, 7), "{}", stdout(&scenes));
    let before = production.bytes();
    for (kind, file, rows) in [("crew", "crew.csv", 40), ("rental", "rental.csv", 18), ("scenes", "scenes.csv", 7)] {
        let again = production.import(kind, &testdata(file), &from);
        assert_eq!((code(&again), counts(&json(&again))), (0, (0, 0, rows, 0)), "{}", stdout(&again));
    }
    assert_eq!(before, production.bytes(), "what changes nothing writes nothing");
    production.verified();
    let service = production.open();
    let view = service.view();
    assert_eq!((view.state.people.len(), view.state.guns.len()), (40, 12));
    assert_eq!((view.state.lots.len(), view.state.scenes.len()), (6, 7));
    let armorer = view.state.people.keys().find(|id| view.name(**id) == "the armorer").unwrap();
    let assistant = view.state.people.iter().find(|(id, _)| view.name(**id) == "the assistant").unwrap().1;
    assert_eq!(assistant.days[&Day(1)].answers_to, Some(*armorer));
    assert_eq!(assistant.days[&Day(1)].roles, roles(&[Role::Assistant]));
    let vendor = view.state.people.keys().find(|id| view.name(**id) == "the rental house").unwrap();
    assert!(view.state.lots.keys().all(|lot| view.state.supplier(*lot) == Some(*vendor)));
    assert!(view.state.lots.values().all(|lot| lot.verified.is_none()), "a list verifies no round");
}

/// What is personal is neither in the log nor beside it.
#[test]
fn personal_columns_reach_no_file_of_the_folder() {
    let (production, one_time) = Production::found();
    assert_eq!(code(&production.import("crew", &testdata("crew.csv"), &["--enrol", &one_time])), 0);
    for (path, bytes) in production.bytes() {
        for secret in [&b"555 01"[..], b"office@production"] {
            assert!(!bytes.windows(secret.len()).any(|it| it == secret), "{} holds it", path.display());
        }
        let log = path.file_name().unwrap().to_str().unwrap().starts_with("log.db");
        let name = b"the key props assistant";
        assert!(!log || !bytes.windows(name.len()).any(|it| it == name), "a name is in the log");
    }
}

#[test]
fn a_list_that_was_changed_changes_what_it_speaks_of() {
    let (production, one_time) = Production::found();
    let first = "Name,Position,Witness\nthe armorer,Armorer,\nthe assistant,Asst. armorer,\nthe medic,Medic,Y\nthe rental house,Vendor,\n";
    let first = production.write("crew.csv", first);
    assert_eq!(code(&production.import("crew", &first, &["--enrol", &one_time])), 0);
    // No column of witnesses: what was entered of them stays. A title that is no role takes none away.
    let second = "Job title;Crew member\nArmorer & Prop master;The Armorer\nGaffer;the assistant\nSafety officer;the medic\nDIT;the DIT\n";
    let second = production.write("second.csv", second);
    let output = production.import("crew", &second, &[]);
    let report = json(&output);
    assert_eq!(counts(&report), (1, 2, 1, 4), "{report:#}");
    assert_eq!(report["changed"][0]["what"], "property master");
    assert_eq!(report["changed"][1]["what"], "safety officer; no longer medic");
    assert_eq!(report["not_in_list"], serde_json::json!(["the production office", "the rental house"]));
    let other_day = production.import("crew", &second, &["--day", "2"]);
    assert_eq!(counts(&json(&other_day)), (0, 3, 1, 3), "{}", stdout(&other_day));
    let service = production.open();
    let view = service.view();
    let medic = view.state.people.iter().find(|(id, _)| view.name(**id) == "the medic").unwrap().1;
    assert_eq!(medic.days[&Day(1)].roles, roles(&[Role::Witness, Role::SafetyOfficer]));
    assert_eq!(medic.days[&Day(2)].roles, roles(&[Role::SafetyOfficer]));
    let assistant = view.state.people.iter().find(|(id, _)| view.name(**id) == "the assistant").unwrap().1;
    assert_eq!(assistant.days[&Day(1)].roles, roles(&[Role::Assistant]));
}

/// A gun is known by its serial number, whatever it is called; what differs is settled by hand.
#[test]
fn a_gun_with_the_same_serial_number_is_the_same_gun() {
    let (production, one_time) = Production::found();
    let list = |name: &str, rows: &str| production.write(name, &format!("Item,Type,Action,Cap,Cal,S/N\n{rows}"));
    let first = list("one.csv", "GUN 1,Live-capable,SA,6,,RH-1\nGUN 2,Live-capable,SA,6,.45 Colt,RH-2\n");
    let options = ["--guns-in", "THE VAULT"];
    let enrolled = production.import("rental", &first, &[&options[..], &["--enrol", &one_time]].concat());
    assert_eq!(code(&enrolled), 0, "{}", stdout(&enrolled));
    let renamed = list("two.csv", "COLT A,Live-capable,SA,6,.45 Colt,rh-1\n");
    let report = json(&production.import("rental", &renamed, &options));
    assert_eq!(counts(&report), (0, 1, 0, 1), "{report:#}");
    assert_eq!(report["changed"][0]["what"], "calibre none, now 45 colt");
    assert_eq!(report["not_in_list"], serde_json::json!(["GUN 2"]));
    let before = production.bytes();
    for (rows, said) in [
        ("GUN 1,Live-capable,SA,5,,RH-1\n", "settle it by hand"),
        ("GUN 1,Blank-firing only,SA,6,,RH-1\n", "settle it by hand"),
        ("GUN 1,Live-capable,DA,6,,RH-1\n", "settle it by hand"),
        ("GUN 1,Live-capable,SA,6,,RH-9\n", "two guns, or a slip"),
    ] {
        let file = list("three.csv", &format!("{rows}GUN 3,Live-capable,SA,6,,RH-3\n"));
        let output = production.import("rental", &file, &options);
        let report = json(&output);
        assert_eq!((code(&output), report["entries"].as_u64()), (1, Some(0)), "{rows}");
        assert_eq!(report["conflicts"][0]["row"], 2);
        assert!(report["conflicts"][0]["sentence"].as_str().unwrap().contains(said), "{report:#}");
    }
    assert_eq!(before, production.bytes(), "of a list with one conflict nothing is entered");
}

#[test]
fn a_lot_that_came_is_not_another_delivery() {
    let (production, one_time) = Production::found();
    let crew = production.write("crew.csv", "Name,Position\nthe rental house,Vendor\nanother vendor,Vendor\n");
    assert_eq!(code(&production.import("crew", &crew, &["--enrol", &one_time])), 0);
    let list =
        |rounds: &str| production.write("lots.csv", &format!("Item,Type,Qty,Cal\nDUMMIES A,Dummy,{rounds},.45 Colt\n"));
    let here = ["--rounds-in", "the ammunition case", "--from", "the rental house"];
    let missing = production.import("rental", &list("60"), &[]);
    assert_eq!(code(&missing), 1);
    assert_eq!(json(&missing)["conflicts"].as_array().unwrap().len(), 2, "neither place nor source");
    assert_eq!(code(&production.import("rental", &list("60"), &here)), 0);
    assert_eq!(counts(&json(&production.import("rental", &list("60"), &here))), (0, 0, 1, 0));
    let other = ["--rounds-in", "the ammunition case", "--from", "another vendor"];
    for (rounds, options) in [("61", here), ("60", other)] {
        let output = production.import("rental", &list(rounds), &options);
        assert_eq!(code(&output), 1);
        assert!(stdout(&output).contains("another delivery is a lot of its own"), "{}", stdout(&output));
    }
    // Rounds in a compartment for guns: the rules refuse it, and nothing is entered.
    let vault = ["--rounds-in", "the vault", "--from", "the rental house"];
    let more = production.write("more.csv", "Item,Type,Qty\nDUMMIES B,Dummy,10\n");
    let before = production.bytes();
    let dry = production.import("rental", &more, &[&vault[..], &["--dry-run"]].concat());
    assert_eq!(code(&dry), 1);
    assert!(
        json(&dry)["refused"][0]["sentence"].as_str().unwrap().contains("PLACE-NOT-FOR-ROUNDS"),
        "{}",
        stdout(&dry)
    );
    assert_eq!(before, production.bytes());
    let output = production.import("rental", &more, &vault);
    assert_eq!((code(&output), json(&output)["entries"].as_u64()), (1, Some(0)));
    assert_eq!(production.open().view().state.lots.len(), 1);
}

#[test]
fn a_new_schedule_moves_scenes_and_forgets_nothing() {
    let (production, one_time) = Production::found();
    let first = production.write("one.csv", "Scene,Set,Shoot day,Blanks\n12A,the church,1,Y\n15,the street,2,N\n");
    assert_eq!(code(&production.import("scenes", &first, &["--enrol", &one_time])), 0);
    let second = production.write("two.csv", "Shooting day,Sc. #\n3,Sc. 12a\n2,15\n");
    let report = json(&production.import("scenes", &second, &[]));
    assert_eq!(counts(&report), (0, 1, 1, 1), "{report:#}");
    assert_eq!(report["changed"][0]["what"], "day 1, with blanks, now day 3, with blanks");
    let service = production.open();
    let view = service.view();
    let scene = view.state.scenes.iter().find(|(id, _)| view.name(**id) == "12A, the church").unwrap().1;
    assert_eq!((scene.day, scene.blanks), (Some(Day(3)), true));
}

#[test]
fn one_bad_row_and_nothing_is_entered() {
    let (production, one_time) = Production::found();
    let crew = production.write("crew.csv", "Name,Position\nthe armorer,Armorer\n=1+1,Medic\n");
    let before = production.bytes();
    let output = production.import("crew", &crew, &["--enrol", &one_time]);
    let report = json(&output);
    assert_eq!((code(&output), report["bad_rows"][0]["row"].as_u64()), (1, Some(3)));
    assert_eq!(before, production.bytes());
    assert!(!Path::new(&production.path("desk.key")).exists(), "nor is a key made");
    let nobody = production.write("crew.csv", "Name,Position,Reports to\nthe armorer,Armorer,the king\n");
    let report = json(&production.import("crew", &nobody, &["--enrol", &one_time]));
    assert!(report["conflicts"][0]["sentence"].as_str().unwrap().contains("`the king`"), "{report:#}");
    // Said in plain text as well.
    let (folder, file) = (production.path("data"), nobody.to_str().unwrap().to_owned());
    let output = patient(&["import", "crew", &file, "--folder", &folder, "--dry-run"]);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("  row 2: answers to `the king`"), "{}", stdout(&output));
    assert!(
        stdout(&output).contains("Bad rows: 0; conflicts: 1; refusals: 0. Nothing was entered."),
        "{}",
        stdout(&output)
    );
}

/// Whoever may not keep the register enters nothing by a list either.
#[test]
fn a_list_does_no_more_than_its_importer_may() {
    let (production, one_time) = Production::found();
    assert_eq!(code(&production.import("crew", &testdata("crew.csv"), &["--enrol", &one_time])), 0);
    let service = production.open();
    let view = service.view();
    let medic = *view.state.people.keys().find(|id| view.name(**id) == "the medic").unwrap();
    let secret = key_of(&production.path("desk.key"));
    let mut desk = showclear::import::desk::device(&service, secret).unwrap();
    let invitation = say(&service, &mut desk, Intent::InviteDevice { person: medic }, None);
    let session = Session { person: Some(service.founder()), device: Some(desk.id()), viewer: false };
    let one_time = service.issue_code(&session, invitation).unwrap();
    service.close();
    drop(service);
    let list = production.write("more.csv", "Name,Position\nthe armorer's friend,Armorer\n");
    let (folder, key, pin) = (production.path("data"), production.path("medic.key"), production.path("pin"));
    let arguments =
        ["import", "crew", list.to_str().unwrap(), "--folder", &folder, "--key", &key, "--pin-file", &pin, "--json"];
    let output = patient(&[&arguments[..], &["--enrol", &one_time]].concat());
    assert_eq!(code(&output), 1, "{}", stdout(&output));
    assert!(json(&output)["refused"][0]["sentence"].as_str().unwrap().contains("REGISTER-NOT-ALLOWED"));
    assert_eq!(production.open().view().state.people.len(), 40);
    production.verified();
}

fn key_of(path: &str) -> [u8; 32] {
    showclear::import::desk::read_key(Path::new(path)).unwrap()
}

/// The importer's own roles are for another to enter: that is said, and the rest goes on.
#[test]
fn nobody_enters_roles_of_his_own() {
    let (production, one_time) = Production::found();
    let crew = production.write("crew.csv", "Name,Position\nThe production office,Armorer\nthe medic,Medic\n");
    let output = production.import("crew", &crew, &["--enrol", &one_time]);
    let report = json(&output);
    assert_eq!((code(&output), counts(&report).0), (0, 1), "{report:#}");
    assert_eq!(report["left"][0]["row"], 2);
}

#[test]
fn keys_pins_and_codes_that_are_not_right_enter_nothing() {
    let (production, one_time) = Production::found();
    let crew = testdata("crew.csv");
    let (folder, file) = (production.path("data"), crew.to_str().unwrap());
    let missing = production.import("crew", &crew, &[]);
    assert_eq!((code(&missing), failure(&missing).as_str()), (3, "import/key-missing"));
    let wrong = production.import("crew", &crew, &["--enrol", "AAAA-AAAA"]);
    assert_eq!((code(&wrong), failure(&wrong).as_str()), (3, "CODE-WRONG"));
    production.write("pin", "1111\n");
    let wrong = production.import("crew", &crew, &["--enrol", &one_time]);
    assert_eq!((code(&wrong), failure(&wrong).as_str()), (3, "PIN-WRONG"));
    assert!(!Path::new(&production.path("desk.key")).exists(), "a key that is not enrolled is not left behind");
    production.write("pin", "2468\n");
    let within = production.path("data/desk.key");
    let output =
        patient(&["import", "crew", file, "--folder", &folder, "--key", &within, "--enrol", &one_time, "--json"]);
    assert_eq!((code(&output), failure(&output).as_str()), (2, "import/key-place"));
    assert_eq!(production.open().view().state.people.len(), 1);
    assert_eq!(code(&production.import("crew", &crew, &["--enrol", &one_time])), 0);
    let again =
        production.import("crew", &production.write("a.csv", "Name,Position\na,Medic\n"), &["--enrol", &one_time]);
    assert_eq!(code(&again), 3, "the code was used: {}", stdout(&again));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(production.path("desk.key"), std::fs::Permissions::from_mode(0o640)).unwrap();
        let output = production.import("crew", &crew, &[]);
        assert_eq!((code(&output), failure(&output).as_str()), (3, "import/key"));
    }
    let (other, _) = Production::found();
    std::fs::remove_file(production.path("desk.key")).unwrap();
    std::fs::write(other.path("desk.key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(other.path("desk.key"), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let output = other.import("crew", &crew, &[]);
    assert_eq!((code(&output), failure(&output).as_str()), (3, "import/key-unknown"));
}

/// Every code that an import can end with stands in its document.
#[test]
fn every_code_is_documented() {
    let document = std::fs::read_to_string(repository().join("docs/import.md")).unwrap();
    let mut found = 0;
    for entry in std::fs::read_dir(repository().join("crates/showclear/src/import")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for call in ["failure(\n        \"", "failure(\"", "usage(\n            \"", "usage(\"", "\"import/"] {
            for rest in text.split(call).skip(1) {
                let code = rest.split('"').next().unwrap();
                if !code.contains('{') {
                    found += 1;
                    assert!(document.contains(&format!("`import/{code}`")), "import/{code} is not documented");
                }
            }
        }
    }
    assert!(found >= 20, "{found}");
}

#[test]
fn a_folder_that_is_served_is_in_use() {
    let (production, _) = Production::found();
    let service = production.open();
    let output = showclear(&[
        "import",
        "crew",
        testdata("crew.csv").to_str().unwrap(),
        "--folder",
        &production.path("data"),
        "--dry-run",
        "--json",
    ]);
    assert_eq!((code(&output), failure(&output).as_str()), (4, "store/in-use"));
    assert!(stderr(&output).contains("being served"), "{}", stderr(&output));
    service.close();
}

#[test]
fn a_file_or_folder_that_is_not_there_is_said() {
    let (production, _) = Production::found();
    let folder = production.path("data");
    let import =
        |file: &str, folder: &str| patient(&["import", "crew", file, "--folder", folder, "--dry-run", "--json"]);
    let good = testdata("crew.csv");
    for (file, folder, expected) in [
        (production.path("none.csv"), folder.clone(), "file/unreadable"),
        (folder.clone(), folder.clone(), "file/unreadable"),
        (good.to_str().unwrap().to_owned(), production.path("none"), "store/not-found"),
        (testdata("renamed-zip.xlsx").to_str().unwrap().to_owned(), folder.clone(), "import/other-kind"),
    ] {
        let output = import(&file, &folder);
        assert_eq!((code(&output), failure(&output).as_str()), (3, expected), "{file}");
    }
    for arguments in [
        &["import"][..],
        &["import", "people", "crew.csv", "--folder", &folder, "--dry-run"],
        &["import", "crew", "crew.csv", "--folder", &folder],
        &["import", "crew", "crew.csv", "--folder", &folder, "--dry-run", "--map", "name"],
        &["import", "crew", "crew.csv", "--folder", &folder, "--dry-run", "--enrol", "A", "--key", "k"],
    ] {
        assert_eq!(code(&patient(arguments)), 2, "{arguments:?}");
    }
}
