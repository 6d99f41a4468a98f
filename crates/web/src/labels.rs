//! Labels that scan: QR symbols, one SVG a label, and sheets to print. Pure: the same things give the same
//! bytes.
//!
//! A label says what a thing is and what it is called, never what state it is in: paper cannot know that
//! (law 1). All lengths are millimetres. What is printed small was drawn for matt paper under laminate.

use std::iter;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, Mode, Version};
use kernel::{Lot, LotKind};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use record::label::{LabelKind, label};
use record::{Id, Real, State};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::picture::dark;
use crate::words;

/// The most characters that a label's code may have: what a version 2 symbol holds at level H in alphanumeric
/// mode (ISO/IEC 18004, table 7).
pub const MAX_CODE_CHARACTERS: usize = 20;

/// The modules along one side of every symbol: version 2.
pub const SYMBOL_MODULES: usize = 25;

/// The white modules that a symbol needs around it (ISO/IEC 18004, 9.1).
pub const QUIET_MODULES: usize = 4;

/// The modules along one side of a symbol with its quiet zone.
const BOX_MODULES: f64 = 33.0;

/// The sides of symbols with their quiet zone. A module is a whole number of dots at 300 dots an inch, and so at 600
/// and 1200, so that no printer has to make one module wider than its neighbour: 4 dots, which is 1/75 inch, on a gun.
const GUN_BOX_MM: f64 = box_mm(4.0);
const STRIP_BOX_MM: f64 = box_mm(8.0);
const CARD_BOX_MM: f64 = box_mm(14.0);

const fn box_mm(dots_a_module: f64) -> f64 {
    BOX_MODULES * dots_a_module * 25.4 / 300.0
}

/// The free edge of a sheet: no printer reaches all of it.
const MARGIN_MM: f64 = 10.0;

/// What a sheet's last line takes.
const FOOT_MM: f64 = 8.0;

/// Between two slots, for the scissors.
const GAP_MM: f64 = 2.0;

/// How far a character of B612 Mono moves the next one, in parts of the type's size; a little more than it is,
/// for the fonts that stand in for it.
const ADVANCE: f64 = 0.66;

const MONO: &str = "'B612 Mono', monospace";

const FONT: &[u8] = include_bytes!("../assets/fonts/b612-mono-latin-400-normal.woff2");

/// The code cannot be made into a symbol: it is too long, or has characters that a label does not have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoSymbol {
    /// The code.
    pub code: String,
}

/// A QR symbol: version 2, level H, alphanumeric.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Symbol {
    /// The dark modules as the data of an SVG path, one unit a module, without the quiet zone.
    path: String,
}

impl Symbol {
    /// The symbol of a code: at most [`MAX_CODE_CHARACTERS`] capitals, digits and hyphens.
    ///
    /// # Errors
    /// [`NoSymbol`] where the code is another.
    pub fn of(code: &str) -> Result<Symbol, NoSymbol> {
        let refused = || NoSymbol { code: code.to_owned() };
        let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
        if code.is_empty() || code.len() > MAX_CODE_CHARACTERS || !code.bytes().all(plain) {
            return Err(refused());
        }
        let mut builder = QRBuilder::new(code);
        let made = builder.ecl(ECL::H).mode(Mode::Alphanumeric).version(Version::V02).build();
        let code = made.ok().filter(|it| it.size == SYMBOL_MODULES).ok_or_else(refused)?;
        let rows = code.data.chunks(SYMBOL_MODULES).take(SYMBOL_MODULES);
        let rows = rows.map(|row| row.iter().map(|module| module.value()).collect::<Vec<bool>>());
        Ok(Symbol { path: rows.enumerate().map(|(y, row)| dark(y, &row)).collect() })
    }
}

/// A thing with its label.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// The thing.
    pub id: Id,
    /// What the label is fixed to.
    pub kind: LabelKind,
    /// The code, as it is printed.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is: a gun's make, a lot's kind and calibre, a place's kind; nothing of a person. Never a state.
    pub what: String,
    symbol: Symbol,
}

impl Item {
    /// How many labels of it a sheet has.
    #[must_use]
    pub const fn copies(&self) -> usize {
        copies(self.kind)
    }
}

/// How many labels a thing gets: a gun one on the grip and one inside the frame.
#[must_use]
pub const fn copies(kind: LabelKind) -> usize {
    match kind {
        LabelKind::Gun => 2,
        LabelKind::Person | LabelKind::Lot | LabelKind::Place => 1,
    }
}

/// Everything on the register with its label: guns, people, lots, places, each in the order in which they were
/// entered.
///
/// # Errors
/// [`NoSymbol`] where a code is none, which [`record::label::label`] does not make.
pub fn items(state: &State, production: Id, name: &dyn Fn(Id) -> String) -> Result<Vec<Item>, NoSymbol> {
    let item = |kind: LabelKind, id: Id, what: String| {
        let code = label(kind, production, id);
        let symbol = Symbol::of(&code)?;
        Ok(Item { id, kind, code, name: printable(&name(id)), what, symbol })
    };
    let guns = state.guns.iter().map(|(id, gun)| item(LabelKind::Gun, *id, words::gun_line(gun)));
    let people = state.people.keys().map(|id| item(LabelKind::Person, *id, String::new()));
    let lots = state.lots.iter().map(|(id, lot)| item(LabelKind::Lot, *id, lot_line(lot)));
    let places =
        state.places.iter().map(|(id, place)| item(LabelKind::Place, *id, words::place_kind(place.kind).to_owned()));
    guns.chain(people).chain(lots).chain(places).collect()
}

/// What the rounds of a lot are. Whether it is open, verified or held stands on no paper.
fn lot_line(lot: &Lot<Real>) -> String {
    let kind = match lot.kind {
        LotKind::Live => "live rounds",
        LotKind::Blank => "blank rounds",
        LotKind::Dummy => "dummy rounds",
        LotKind::Dress => "dress rounds",
        LotKind::SnapCap => "snap caps",
        LotKind::Spent => "spent cases",
    };
    lot.calibre.map_or_else(|| kind.to_owned(), |calibre| format!("{kind}, {}", words::calibre(calibre)))
}

/// The name without what XML cannot hold and without what turns or hides the text beside it.
fn printable(name: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let plain: String = name.chars().map(|c| if hidden(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text on at most `most` lines of `columns` characters each, broken at spaces; what is too long ends in an
/// ellipsis. Characters that are twice as wide count twice.
fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut rest = text;
    let mut lines: Vec<String> = Vec::new();
    while !rest.is_empty() && lines.len() < most {
        if rest.width() <= columns {
            lines.push(rest.to_owned());
            break;
        }
        if lines.len().saturating_add(1) == most {
            lines.push(format!("{}…", head(rest, columns.saturating_sub(1)).trim_end()));
            break;
        }
        let (line, after) = broken(rest, columns);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines
}

/// A line and what comes after it: broken at the last space that fits, or within a word that does not.
fn broken(text: &str, columns: usize) -> (&str, &str) {
    let head = head(text, columns);
    let (_, after) = text.split_at(head.len());
    if after.starts_with(' ') {
        return (head, after);
    }
    text.split_at(head.rfind(' ').unwrap_or(head.len()))
}

/// The beginning of the text that is at most so wide.
fn head(text: &str, columns: usize) -> &str {
    let mut wide = 0usize;
    let end = text.char_indices().find(|(_, c)| {
        wide = wide.saturating_add(c.width().unwrap_or(0));
        wide > columns
    });
    text.split_at(end.map_or(text.len(), |(at, _)| at)).0
}

/// What the sheets are printed on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Paper {
    /// 210 by 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Every paper.
    pub const ALL: [Paper; 2] = [Paper::A4, Paper::Letter];

    /// In one word, as it stands in an address and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

    /// As people say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::Letter => "US Letter",
        }
    }

    /// Width and height, in millimetres.
    #[must_use]
    pub const fn size_mm(self) -> (f64, f64) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::Letter => (215.9, 279.4),
        }
    }
}

/// The shape of a label.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Shape {
    /// For a gun: 12 mm wide.
    Small,
    /// For a lot or a place: a card for the cart.
    Card,
    /// For a person: a strip around the wrist.
    Strip,
}

impl Shape {
    /// In the order in which they come out of the printer.
    const ALL: [Shape; 3] = [Shape::Small, Shape::Card, Shape::Strip];

    const fn of(kind: LabelKind) -> Shape {
        match kind {
            LabelKind::Gun => Shape::Small,
            LabelKind::Lot | LabelKind::Place => Shape::Card,
            LabelKind::Person => Shape::Strip,
        }
    }

    /// Width and height of one label.
    const fn size_mm(self) -> (f64, f64) {
        match self {
            Shape::Small => (12.0, 20.0),
            Shape::Card => (90.0, 60.0),
            Shape::Strip => (250.0, 25.0),
        }
    }

    /// Width and height of its slot on a sheet: both labels of a gun side by side, a strip upright.
    const fn slot_mm(self) -> (f64, f64) {
        let (width, height) = self.size_mm();
        match self {
            Shape::Small => (2.0 * width + GAP_MM, height),
            Shape::Card => (width, height),
            Shape::Strip => (height, width),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Shape::Small => "guns, two labels each",
            Shape::Card => "lots and places",
            Shape::Strip => "people, one strip each",
        }
    }
}

/// A number of millimetres as it stands in a file.
fn mm(value: f64) -> String {
    format!("{value:.3}")
}

/// One label as an SVG file, with its font.
#[must_use]
pub fn svg(item: &Item) -> String {
    let (width, height) = Shape::of(item.kind).size_mm();
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" width={ (mm(width)) "mm" } height={ (mm(height)) "mm" }
            viewBox={ "0 0 " (mm(width)) " " (mm(height)) } {
            title { (item.code) " " (item.name) }
            style { (PreEscaped(font_face())) }
            (face(item))
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", markup.into_string())
}

/// The sheets of these things, as they stand in a page: one drawing a sheet, in true size.
#[must_use]
pub fn sheets(items: &[Item], paper: Paper, title: &str) -> Vec<Markup> {
    let filled: Vec<(Shape, Vec<&Item>)> = Shape::ALL.into_iter().flat_map(|shape| fill(items, paper, shape)).collect();
    let count = filled.len();
    let numbered = iter::successors(Some(1usize), |number| number.checked_add(1));
    let sheets = numbered.zip(filled).map(|(number, (shape, items))| {
        let foot = format!("Sheet {number} of {count}: {}. {title}", shape.title());
        sheet(&items, paper, shape, &foot)
    });
    sheets.collect()
}

/// The things of one shape, a sheet at a time.
fn fill(items: &[Item], paper: Paper, shape: Shape) -> Vec<(Shape, Vec<&Item>)> {
    let of_shape: Vec<&Item> = items.iter().filter(|item| Shape::of(item.kind) == shape).collect();
    of_shape.chunks(slots(paper, shape).len().max(1)).map(|chunk| (shape, chunk.to_vec())).collect()
}

/// The upper left corner of every slot on a sheet, row by row.
fn slots(paper: Paper, shape: Shape) -> Vec<(f64, f64)> {
    let (width, height) = paper.size_mm();
    let (slot_width, slot_height) = shape.slot_mm();
    let along = |from: f64, step: f64, last: f64| {
        iter::successors(Some(from), move |at| Some(at + step + GAP_MM)).take_while(move |at| at + step <= last)
    };
    let rows = along(MARGIN_MM, slot_height, height - MARGIN_MM - FOOT_MM);
    rows.flat_map(|y| along(MARGIN_MM, slot_width, width - MARGIN_MM).map(move |x| (x, y))).collect()
}

fn sheet(items: &[&Item], paper: Paper, shape: Shape, foot: &str) -> Markup {
    let (width, height) = paper.size_mm();
    html! {
        svg.sheet xmlns="http://www.w3.org/2000/svg" role="group" aria-label=(foot)
            width={ (mm(width)) "mm" } height={ (mm(height)) "mm" } viewBox={ "0 0 " (mm(width)) " " (mm(height)) } {
            rect width=(mm(width)) height=(mm(height)) fill="#fff" {}
            @for ((x, y), item) in slots(paper, shape).into_iter().zip(items) { (slot(item, shape, x, y)) }
            (ruler(paper, foot))
        }
    }
}

/// What shows whether the printer kept the size, and which sheet it is.
fn ruler(paper: Paper, foot: &str) -> Markup {
    let (_, height) = paper.size_mm();
    let y = height - MARGIN_MM;
    let bar = format!("M{left} {top}v2m0 -1h50m0 -1v2", left = mm(MARGIN_MM), top = mm(y - 3.0));
    html! {
        path d=(bar) fill="none" stroke="#000" stroke-width="0.2" {}
        (text("Print at 100 %: this line is 50 mm.", MARGIN_MM + 53.0, y - 1.0, 2.4))
        (text(&lines(foot, 100, 1).concat(), MARGIN_MM, y + 2.5, 2.4))
    }
}

fn slot(item: &Item, shape: Shape, x: f64, y: f64) -> Markup {
    let (width, height) = shape.size_mm();
    let at = |x: f64, y: f64, turned: &str| {
        html! {
            g transform={ "translate(" (mm(x)) " " (mm(y)) ")" (turned) } {
                (face(item))
                rect width=(mm(width)) height=(mm(height)) fill="none" stroke="#888" stroke-width="0.1"
                    stroke-dasharray="0.6 0.6" {}
            }
        }
    };
    match shape {
        Shape::Small => html! { (at(x, y, "")) (at(x + width + GAP_MM, y, "")) },
        Shape::Card => at(x, y, ""),
        Shape::Strip => at(x + height, y, " rotate(90)"),
    }
}

/// What is printed on one label.
fn face(item: &Item) -> Markup {
    let shape = Shape::of(item.kind);
    let (width, height) = shape.size_mm();
    html! {
        rect width=(mm(width)) height=(mm(height)) fill="#fff" {}
        @match shape {
            Shape::Small => (small(item)),
            Shape::Card => (card(item)),
            Shape::Strip => { (wrist(item, 32.0)) (wrist(item, 142.0)) (tab()) }
        }
    }
}

/// 12 by 20 mm: the name on two lines, the symbol, the code on two lines, so that it can be read.
fn small(item: &Item) -> Markup {
    let (width, _) = Shape::Small.size_mm();
    let left = (width - GUN_BOX_MM) / 2.0;
    let (first, second) = item.code.rsplit_once('-').unwrap_or((&item.code, ""));
    html! {
        (block(&item.name, Area { x: 0.5, y: 0.3, width: width - 1.0, size: 1.4 }, 2))
        (symbol(item, left, 3.6, GUN_BOX_MM))
        (code(&format!("{first}-"), 0.8, 16.9, width - 1.6, 2.2))
        (code(second, 0.8, 19.2, width - 1.6, 2.2))
    }
}

/// 90 by 60 mm: for the cart, the vault's door, the box.
fn card(item: &Item) -> Markup {
    html! {
        (block(&item.name, Area { x: 3.5, y: 2.5, width: 83.0, size: 4.6 }, 2))
        (symbol(item, 0.5, 13.0, CARD_BOX_MM))
        (code(&item.code, 4.5, 55.5, 31.0, 3.9))
        (text(item.kind.word(), 43.0, 24.0, 5.6))
        (block(&item.what, Area { x: 43.0, y: 27.5, width: 44.0, size: 4.2 }, 4))
    }
}

/// A person's symbol, name and code; a strip has them twice, so that one is on the outside of the wrist.
fn wrist(item: &Item, x: f64) -> Markup {
    html! {
        (symbol(item, x, 1.3, STRIP_BOX_MM))
        (block(&item.name, Area { x: x + 23.0, y: 3.0, width: 80.0, size: 4.0 }, 2))
        (code(&item.code, x + 23.0, 20.5, 40.0, 4.6))
    }
}

/// The end of a strip that lies under the other one.
fn tab() -> Markup {
    html! {
        path d="M26 0v25" fill="none" stroke="#888" stroke-width="0.2" {}
        (text("glue here", 4.0, 13.3, 2.6))
    }
}

fn symbol(item: &Item, x: f64, y: f64, side: f64) -> Markup {
    let module = side / BOX_MODULES;
    html! {
        g transform={ "translate(" (mm(x)) " " (mm(y)) ") scale(" (format!("{module:.6}")) ")" } {
            path transform={ "translate(" (QUIET_MODULES) " " (QUIET_MODULES) ")" } d=(item.symbol.path) fill="#000"
                shape-rendering="crispEdges" {}
        }
    }
}

/// Where text may stand, and how large its type is.
#[derive(Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
}

/// Text on a few lines that leaves its area under no circumstances, whatever font stands in.
fn block(words: &str, area: Area, most: usize) -> Markup {
    let step = area.size * 1.15;
    // How many fit, counted without a cast from a fraction.
    let columns = iter::successors(Some(1.0f64), |count| Some(count + 1.0))
        .take_while(|count| count * area.size * ADVANCE <= area.width)
        .count();
    let baselines = iter::successors(Some(area.size), |y| Some(y + step));
    let lines: Vec<(f64, String)> = baselines.zip(lines(words, columns, most)).collect();
    let height = lines.last().map_or(0.0, |(y, _)| y + area.size * 0.3);
    html! {
        svg x=(mm(area.x)) y=(mm(area.y)) width=(mm(area.width)) height=(mm(height)) overflow="hidden" {
            @for (y, line) in &lines { (text(line, 0.0, *y, area.size)) }
        }
    }
}

fn text(words: &str, x: f64, y: f64, size: f64) -> Markup {
    html! { text x=(mm(x)) y=(mm(y)) font-family=(MONO) font-size=(mm(size)) fill="#000" { (words) } }
}

/// A code is as wide as its place, whatever font stands in.
fn code(words: &str, x: f64, y: f64, width: f64, size: f64) -> Markup {
    html! {
        text x=(mm(x)) y=(mm(y)) font-family=(MONO) font-size=(mm(size)) fill="#000" textLength=(mm(width))
            lengthAdjust="spacingAndGlyphs" { (words) }
    }
}

/// The font in the file itself: a label reads the same on a machine that has never seen it.
fn font_face() -> String {
    let font = STANDARD.encode(FONT);
    format!("@font-face{{font-family:'B612 Mono';src:url(data:font/woff2;base64,{font}) format('woff2')}}")
}

/// The sheets as a file to print: no script, nothing from elsewhere.
#[must_use]
pub fn document(items: &[Item], paper: Paper, title: &str) -> String {
    let title = printable(title);
    let (width, height) = paper.size_mm();
    let style = format!(
        "{}@page{{size:{}mm {}mm;margin:0}}html,body{{margin:0;background:#fff}}\
         .sheet{{display:block;break-after:page;break-inside:avoid}}.sheet:last-child{{break-after:auto}}",
        font_face(),
        mm(width),
        mm(height)
    );
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "Labels: " (title) }
                style { (PreEscaped(style)) }
            }
            body { @for sheet in sheets(items, paper, &title) { (sheet) } }
        }
    };
    format!("{}\n", markup.into_string())
}
