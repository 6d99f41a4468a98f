//! Labels as they are printed: drawn by one library, rasterised by another, and read by a third.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::{Action, Event, GunKind, Intent, StopCause, evolve};
use record::label::{LabelKind, production_tag};
use record::{Id, Millis, State};
use resvg::{tiny_skia, usvg};
use service::testkit::Part;
use showclear_web::labels::{
    Item, MAX_CODE_CHARACTERS, Paper, QUIET_MODULES, SYMBOL_MODULES, Symbol, copies, document, items, sheets, svg,
};

use crate::fixture::Set;

/// Everything on the register of the small production, under these names.
fn named(set: &Set, name: &dyn Fn(Id) -> String) -> Vec<Item> {
    let view = set.stage.service.view();
    items(&view.state, set.stage.service.production(), name).unwrap()
}

fn all_items(set: &Set) -> Vec<Item> {
    let view = set.stage.service.view();
    named(set, &|id| view.name(id))
}

fn gun(set: &Set) -> Item {
    all_items(set).into_iter().find(|item| item.id == set.stage.revolver).unwrap()
}

/// A picture in greys.
struct Picture {
    width: usize,
    height: usize,
    dots_per_inch: u16,
    greys: Vec<u8>,
}

/// Text is not drawn here: what is dark is the symbol.
fn raster(svg: &str, dots_per_inch: u16) -> Picture {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    // The engine counts 96 of its units to the inch.
    let scale = f32::from(dots_per_inch) / 96.0;
    let size = tree.size().to_int_size().scale_by(scale).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    pixmap.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let greys = pixmap.pixels().iter().map(|pixel| pixel.green()).collect();
    Picture { width: size.width() as usize, height: size.height() as usize, dots_per_inch, greys }
}

impl Picture {
    /// So many whole pixels have so many millimetres.
    fn pixels(&self, millimetres: usize) -> usize {
        millimetres * usize::from(self.dots_per_inch) * 10 / 254
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.greys[y * self.width + x] < 128
    }

    /// The first and last dark column and row: where the symbol lies.
    fn symbol(&self) -> [usize; 4] {
        let dark: Vec<(usize, usize)> = (0..self.height)
            .flat_map(|y| (0..self.width).map(move |x| (x, y)))
            .filter(|(x, y)| self.is_dark(*x, *y))
            .collect();
        let x = || dark.iter().map(|it| it.0);
        let y = || dark.iter().map(|it| it.1);
        [x().min().unwrap(), x().max().unwrap(), y().min().unwrap(), y().max().unwrap()]
    }

    /// Paints over what the shape covers, which speaks of modules from the symbol's upper left corner and is a tenth of
    /// the symbol, or a little more.
    fn smeared_by_a_tenth(&self, grey: u8, covers: &Covers<'_>) -> Picture {
        let [left, right, top, bottom] = self.symbol();
        let module = (right - left + 1) as f32 / SYMBOL_MODULES as f32;
        let mut greys = self.greys.clone();
        let mut painted = 0usize;
        for y in top..=bottom {
            for x in left..=right {
                // The middle of the pixel.
                if covers(((x - left) as f32 + 0.5) / module, ((y - top) as f32 + 0.5) / module) {
                    greys[y * self.width + x] = grey;
                    painted += 1;
                }
            }
        }
        let part = painted as f32 / ((right - left + 1) * (bottom - top + 1)) as f32;
        assert!((0.0995..0.11).contains(&part), "a part of {part} is painted over");
        Picture { greys, ..*self }
    }

    /// What the one symbol says by the pixels in the middle of its modules, without looking for its alignment pattern.
    fn read_modules(&self) -> Option<(usize, u16, String)> {
        let [left, right, top, bottom] = self.symbol();
        let (wide, high) = (right - left + 1, bottom - top + 1);
        let middle = |place: usize, from: usize, length: usize| from + (2 * place + 1) * length / (2 * SYMBOL_MODULES);
        let grid = rqrr::SimpleGrid::from_func(SYMBOL_MODULES, |x, y| {
            self.is_dark(middle(x, left, wide), middle(y, top, high))
        });
        let (meta, text) = rqrr::Grid::new(grid).decode().ok()?;
        Some((meta.version.0, meta.ecc_level, text))
    }

    /// Every symbol, in a picture of its own as a telephone sees it, with white around it. A stretch of two millimetres
    /// and more without anything dark parts two symbols; none has such a stretch within.
    fn parts(&self) -> Vec<Picture> {
        let cell = self.pixels(2);
        let of = |x: usize, y: usize| (x / cell, y / cell);
        let all = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let mut due: BTreeSet<(usize, usize)> =
            all.filter(|(x, y)| self.is_dark(*x, *y)).map(|(x, y)| of(x, y)).collect();
        let mut parts = Vec::new();
        while let Some(first) = due.pop_first() {
            let (mut part, mut next) = (vec![first], vec![first]);
            while let Some((x, y)) = next.pop() {
                let near: Vec<_> =
                    due.iter().filter(|it| it.0.abs_diff(x) <= 1 && it.1.abs_diff(y) <= 1).copied().collect();
                for it in near {
                    due.remove(&it);
                    part.push(it);
                    next.push(it);
                }
            }
            let x = part.iter().map(|it| it.0 * cell);
            let y = part.iter().map(|it| it.1 * cell);
            parts.push(self.cut(
                x.clone().min().unwrap(),
                x.max().unwrap() + cell,
                y.clone().min().unwrap(),
                y.max().unwrap() + cell,
            ));
        }
        parts
    }

    /// A part of the picture, within white.
    fn cut(&self, left: usize, right: usize, top: usize, bottom: usize) -> Picture {
        let edge = self.pixels(5);
        let (width, height) = (right - left + 2 * edge, bottom - top + 2 * edge);
        let mut greys = vec![255; width * height];
        for y in top..bottom.min(self.height) {
            for x in left..right.min(self.width) {
                greys[(y - top + edge) * width + x - left + edge] = self.greys[y * self.width + x];
            }
        }
        Picture { width, height, greys, ..*self }
    }

    /// Every symbol that the decoder reads where it lies: version, level, text.
    fn read_each(&self) -> Vec<(usize, u16, String)> {
        self.parts().iter().flat_map(Picture::read).collect()
    }

    /// Every symbol that the decoder reads in the whole picture: version, level, text.
    fn read(&self) -> Vec<(usize, u16, String)> {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.greys[y * self.width + x]);
        let grids = prepared.detect_grids();
        let read = grids.iter().filter_map(|grid| grid.decode().ok());
        read.map(|(meta, text)| (meta.version.0, meta.ecc_level, text)).collect()
    }
}

/// How the symbol's format information writes level H (ISO/IEC 18004, table 12).
const LEVEL_H: u16 = 0b10;

#[tokio::test]
async fn every_label_is_read_again_at_level_h_and_says_its_code() {
    let set = Set::new();
    let items = all_items(&set);
    let kinds: BTreeSet<LabelKind> = items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds.len(), 4, "a label of each kind is tried");
    for item in &items {
        let drawing = svg(item);
        // A person's strip bears his symbol twice.
        let expected = if item.kind == LabelKind::Person { 2 } else { 1 };
        for dots_per_inch in [300, 600] {
            let read = raster(&drawing, dots_per_inch).read_each();
            assert_eq!(read, vec![(2, LEVEL_H, item.code.clone()); expected], "{dots_per_inch} dots an inch");
        }
        for part in item.code.rsplitn(2, '-') {
            assert!(drawing.contains(part), "{} stands nowhere to be read", item.code);
        }
    }
}

/// Of the 44 codewords of a version 2 symbol at level H 28 are for correction: it bears 14 wrong ones, about a third of
/// all, wherever they lie. Two smears of a tenth are outside what it promises. One is a smear on one of the three finder
/// patterns, by which a decoder sees that there is a symbol at all. The other is a thin bar across from side to side: a
/// codeword is two modules wide and four high, so that such a bar touches up to 24 of them (it was read in about three
/// of four trials). For both a gun has a second label.
///
/// The shapes here cover a tenth of the symbol, dark as grease and light as a scratch.
#[test]
fn a_tenth_of_the_symbol_may_be_smeared() {
    let shapes: [(&str, &Covers<'_>); 4] = [
        ("a bar from top to bottom", &|x, _| (11.0..13.55).contains(&x)),
        ("a blob in the middle", &|x, y| blob(x, y, 12.0, 12.0)),
        ("a blob at the right edge", &|x, y| blob(x, y, 20.0, 12.5)),
        ("a blob at the lower edge", &|x, y| blob(x, y, 12.5, 20.0)),
    ];
    for item in fixed_guns(12) {
        let clean = raster(&svg(&item), 300);
        for (name, covers) in shapes {
            for grey in GREASE_AND_SCRATCH {
                let smeared = clean.smeared_by_a_tenth(grey, covers);
                assert_eq!(smeared.read(), vec![(2, LEVEL_H, item.code.clone())], "{name} in grey {grey}");
            }
        }
    }
}

/// The decoder of these tests gives up where it does not see the small alignment pattern near the fourth corner (others
/// do not). What the symbol itself bears there is asked of its modules, as the decoder corrects them, taken from the same
/// drawing.
#[test]
fn the_corner_without_a_finder_pattern_may_be_smeared() {
    let shapes: [(&str, &Covers<'_>); 3] = [
        ("the fourth corner", &|x, y| x >= 17.0 && y >= 17.0),
        ("a slanting bar into the fourth corner", &|x, y| (x - y).abs() < 2.1 && x > 8.0 && y > 8.0),
        ("a blob on the alignment pattern", &|x, y| blob(x, y, 18.0, 18.0)),
    ];
    for item in fixed_guns(12) {
        let clean = raster(&svg(&item), 300);
        for (name, covers) in shapes {
            for grey in GREASE_AND_SCRATCH {
                let smeared = clean.smeared_by_a_tenth(grey, covers);
                assert_eq!(smeared.read_modules(), Some((2, LEVEL_H, item.code.clone())), "{name} in grey {grey}");
            }
        }
    }
}

/// A blob of a tenth wherever it leaves the finder patterns alone. Of 20 codes at every place 1 trial in 800 failed:
/// the blob covers format information beside a finder pattern as well.
#[test]
fn a_blob_may_lie_anywhere_but_on_a_finder_pattern() {
    let (mut tried, mut read) = (0u32, 0u32);
    for item in fixed_guns(6) {
        let clean = raster(&svg(&item), 300);
        let places =
            (5..=20u8).step_by(2).flat_map(|y| (5..=20u8).step_by(2).map(move |x| (f32::from(x), f32::from(y))));
        for (x, y) in places.filter(|(x, y)| !touches_a_finder_pattern(*x, *y)) {
            for grey in GREASE_AND_SCRATCH {
                let smeared = clean.smeared_by_a_tenth(grey, &|at_x, at_y| blob(at_x, at_y, x, y));
                tried += 1;
                read += u32::from(smeared.read_modules() == Some((2, LEVEL_H, item.code.clone())));
            }
        }
    }
    assert!(tried > 300 && read * 100 >= tried * 99, "{read} of {tried} were read");
}

/// Guns whose codes are the same in every run: how much of a smear is borne depends a little on the code.
fn fixed_guns(count: u8) -> Vec<Item> {
    let mut state = State::default();
    for number in 0..count {
        let (gun, place) = (Id::from_bytes([number; 16]), Id::from_bytes([255; 16]));
        let (kind, action, at) = (GunKind::LiveCapable, Action::SingleAction, Millis(0));
        evolve(&mut state, &Event::GunRegistered { gun, kind, action, chambers: 6, place, at });
    }
    items(&state, Id::from_bytes([1; 16]), &|_| "a gun".to_owned()).unwrap()
}

/// Whether a shape covers a point, which is given in modules from the symbol's upper left corner.
type Covers<'a> = dyn Fn(f32, f32) -> bool + 'a;

/// Black and white.
const GREASE_AND_SCRATCH: [u8; 2] = [0, 255];

/// In modules: a circle of a tenth of the symbol's area.
const BLOB_RADIUS: f32 = 4.48;

fn blob(x: f32, y: f32, of_x: f32, of_y: f32) -> bool {
    (x - of_x).powi(2) + (y - of_y).powi(2) <= BLOB_RADIUS.powi(2)
}

/// Whether a blob with this middle covers a part of one of the three squares of seven by seven modules.
fn touches_a_finder_pattern(x: f32, y: f32) -> bool {
    let near = |left: f32, top: f32| blob(x, y, x.clamp(left, left + 7.0), y.clamp(top, top + 7.0));
    near(0.0, 0.0) || near(18.0, 0.0) || near(0.0, 18.0)
}

#[tokio::test]
async fn a_guns_label_is_twelve_millimetres_wide_and_its_quiet_zone_is_white() {
    let set = Set::new();
    let drawing = svg(&gun(&set));
    assert!(drawing.contains("width=\"12.000mm\" height=\"20.000mm\""), "{}", drawing.get(..300).unwrap());
    let picture = raster(&drawing, 600);
    let [left, right, top, bottom] = picture.symbol();
    // A module is 1/75 inch: 8 dots at 600 an inch.
    for side in [right - left + 1, bottom - top + 1] {
        assert!(side.abs_diff(SYMBOL_MODULES * 8) <= 1, "{side} dots");
    }
    let quiet = QUIET_MODULES * 8 - 1;
    assert!(left >= quiet && picture.width - right > quiet, "{left} and {} dots of {}", right, picture.width);
    assert!(top >= quiet && picture.height - bottom > quiet);
    let boxed = (SYMBOL_MODULES + 2 * QUIET_MODULES) * 8;
    assert!(boxed <= picture.pixels(12), "{boxed} dots with its quiet zone");
}

#[test]
fn a_code_that_does_not_fit_is_refused() {
    assert!(Symbol::of(&"A".repeat(MAX_CODE_CHARACTERS)).is_ok());
    for code in ["", &"A".repeat(MAX_CODE_CHARACTERS + 1), "abcd", "AB C", "ÄÖ"] {
        assert_eq!(Symbol::of(code).unwrap_err().code, code);
    }
}

/// Every symbol of a sheet is read where it lies on the paper, so that none is cut off, turned wrong or covered.
#[tokio::test]
async fn the_sheets_have_every_label_as_often_as_it_is_needed() {
    let set = Set::new();
    let items = all_items(&set);
    for paper in Paper::ALL {
        let mut read: Vec<String> = Vec::new();
        for sheet in sheets(&items, paper, "A test production") {
            read.extend(raster(&sheet.into_string(), 300).read_each().into_iter().map(|(.., text)| text));
        }
        let on_sheet = |item: &Item| if item.kind == LabelKind::Person { 2 } else { copies(item.kind) };
        let mut expected: Vec<String> = items.iter().flat_map(|item| vec![item.code.clone(); on_sheet(item)]).collect();
        read.sort();
        expected.sort();
        assert_eq!(read, expected, "{paper:?}");
    }
}

/// More than one sheet holds: nothing is left out, and none is fuller than the paper.
#[tokio::test]
async fn what_does_not_fit_on_one_sheet_stands_on_the_next() {
    let set = Set::new();
    let gun = gun(&set);
    // Twelve rows of six guns on A4, eleven rows of seven on US Letter.
    for (paper, a_sheet) in [(Paper::A4, 72), (Paper::Letter, 77)] {
        for (guns, expected) in [(0, 0), (1, 1), (a_sheet, 1), (a_sheet + 1, 2), (2 * a_sheet + 1, 3)] {
            let drawn = sheets(&vec![gun.clone(); guns], paper, "A test production");
            assert_eq!(drawn.len(), expected, "{guns} guns on {paper:?}");
            let all: String = drawn.into_iter().map(|sheet| sheet.into_string()).collect();
            assert_eq!(all.matches("<path transform").count(), 2 * guns);
        }
    }
}

#[tokio::test]
async fn names_are_escaped_cut_and_cannot_turn_the_text() {
    let set = Set::new();
    let evil = |_: Id| "<script>alert('&')</script>\"\u{202e}\u{0}\u{8}\u{ffff} the second".to_owned();
    let items = named(&set, &evil);
    for item in &items {
        let drawing = svg(item);
        assert!(!drawing.contains("<script") && drawing.contains("&lt;script"), "{}", item.code);
        assert!(!drawing.contains(['\u{202e}', '\u{0}', '\u{8}', '\u{ffff}']));
        usvg::Tree::from_str(&drawing, &usvg::Options::default()).unwrap();
    }
    let html = document(&items, Paper::A4, "</title><script>");
    assert!(!html.contains("<script"));
    // The name of the drawing's language is no address that a browser asks.
    let addresses = html.matches("http").count();
    assert_eq!(addresses, html.matches("xmlns=\"http://www.w3.org/2000/svg\"").count());
    let long = named(&set, &|_| "ü".repeat(500));
    for item in long {
        let drawing = svg(&item);
        let printed = drawing.split("</style>").nth(1).unwrap();
        assert!(printed.contains('…'), "a long name is cut");
        assert!(printed.matches('ü').count() < 120, "{} characters are left", printed.matches('ü').count());
    }
}

/// A label lies about for years: what the gun or the lot is in at this moment stands on no label.
#[tokio::test]
async fn no_change_of_state_changes_a_label() {
    let set = Set::new();
    let before = document(&all_items(&set), Paper::A4, "A test production");
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let stop = Intent::Stop { cause: StopCause::Called };
    set.stage.accepted(Part::Witness, stop).unwrap();
    let after = document(&all_items(&set), Paper::A4, "A test production");
    assert_eq!(before, after);
    let printed = before.split("</head>").nth(1).unwrap().to_lowercase();
    let words: BTreeSet<&str> = printed.split(|c: char| !c.is_ascii_alphabetic()).collect();
    for word in ["unknown", "empty", "checked", "handover", "locked", "held", "open", "verified", "safe", "cold"] {
        assert!(!words.contains(word), "a label says {word}");
    }
    assert!(printed.contains("dummy rounds"), "a lot's label says its kind");
}

#[tokio::test]
async fn the_page_has_the_sheets_for_those_who_keep_the_register_or_handle() {
    let set = Set::new();
    let items = all_items(&set);
    for part in [Part::Producer, Part::Armorer] {
        let html = set.get("/labels", Some(&set.token(part))).await.text();
        for item in &items {
            assert!(html.contains(&item.code) || html.contains(&item.code[7..]), "{} is missing", item.code);
        }
        assert_eq!(html.matches("class=\"sheet\"").count(), sheets(&items, Paper::A4, "").len());
        for style in ["css/labels.css", "css/labels-a4.css"] {
            assert!(html.contains(&format!("href=\"/assets/{style}\"")));
        }
    }
    for part in [Part::FirstAd, Part::Performer] {
        let html = set.get("/labels", Some(&set.token(part))).await.text();
        assert!(html.contains("Your roles today do not include printing labels."));
        let tag = production_tag(set.stage.service.production());
        assert!(!html.contains("class=\"sheet\"") && !html.contains(&tag), "{part:?} sees labels");
    }
}

#[tokio::test]
async fn the_page_shows_what_was_asked_for_and_says_what_was_not_understood() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let gun = gun(&set);
    let page = async |query: &str| set.get(&format!("/labels?{query}"), Some(&token)).await;
    let one = page(&format!("only={}&kind=&paper=letter", gun.code.to_lowercase())).await.text();
    assert_eq!(one.matches("<path transform").count(), 2);
    assert!(one.contains("width=\"215.900mm\" height=\"279.400mm\""));
    for paper in Paper::ALL {
        let (width, height) = paper.size_mm();
        let style = set.get(&format!("/assets/css/labels-{}.css", paper.word()), None).await.text();
        assert!(style.contains(&format!("size: {width}mm {height}mm")), "{style}");
    }
    let people = page("kind=person").await.text();
    assert!(people.contains("glue here") && !people.contains("two labels each"));
    let other = record::label::label(LabelKind::Gun, Id::from_bytes([7; 16]), gun.id);
    for (query, status) in [
        ("paper=a3".to_owned(), StatusCode::BAD_REQUEST),
        ("kind=gnu".to_owned(), StatusCode::BAD_REQUEST),
        ("only=nothing".to_owned(), StatusCode::BAD_REQUEST),
        (format!("only={other}"), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(page(&query).await.status, status, "{query}");
    }
}
