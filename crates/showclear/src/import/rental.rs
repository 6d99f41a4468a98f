//! Rental lists: guns, and lots of rounds. Where a list is silent, what is entered is what asks for the most care.

use std::collections::BTreeMap;

use kernel::{Action, Calibre, GunKind, Load, LotKind};
use kernel::{MAX_CHAMBERS, MAX_ROUNDS};

use super::calibres::calibre_of;
use super::headers::{Field, Mapping, RowFault, Table, Taken};
use super::kinds::{Said, action_of, load_of, said_of};
use super::sheet::{Cell, Row, Sheet};
use super::text::{is_too_long_for_a_name, key, quoted, words, yes_or_no};

/// What a rental list can say.
pub const TABLE: Table = Table {
    fields: &[
        Field {
            word: "item",
            wordings: &[
                "item",
                "item number",
                "tag",
                "tag number",
                "asset",
                "asset number",
                "prop number",
                "gun number",
                "gun",
                "label",
                "id",
                "item id",
                "prop id",
                "number",
                "name",
                "weapon number",
            ],
        },
        Field {
            word: "description",
            wordings: &[
                "description",
                "item description",
                "desc",
                "weapon",
                "firearm",
                "weapon description",
                "article",
                "product",
                "details",
                "gun description",
                "weapons",
            ],
        },
        Field { word: "make", wordings: &["make", "manufacturer", "maker", "brand", "mfr", "mfg"] },
        Field { word: "model", wordings: &["model", "make model", "make and model", "type model", "model name"] },
        Field {
            word: "serial",
            wordings: &[
                "serial",
                "serial number",
                "s n",
                "sn",
                "ser number",
                "ser",
                "serial numbers",
                "serial s n",
                "weapon serial",
            ],
        },
        Field {
            word: "kind",
            wordings: &[
                "kind",
                "type",
                "category",
                "class",
                "classification",
                "weapon type",
                "item type",
                "status of gun",
                "capability",
            ],
        },
        Field {
            word: "action",
            wordings: &["action", "action type", "mechanism", "operation", "operating system", "firing action"],
        },
        Field {
            word: "chambers",
            wordings: &[
                "chambers",
                "capacity",
                "cap",
                "number of chambers",
                "shots",
                "cylinder",
                "round capacity",
                "chamber count",
            ],
        },
        Field {
            word: "calibre",
            wordings: &["calibre", "caliber", "cal", "gauge", "bore", "calibre gauge", "caliber gauge", "cal gauge"],
        },
        Field {
            word: "quantity",
            wordings: &[
                "quantity",
                "qty",
                "count",
                "rounds",
                "rds",
                "amount",
                "units",
                "pcs",
                "pieces",
                "number of rounds",
                "total rounds",
            ],
        },
        Field { word: "load", wordings: &["load", "charge", "blank load", "load size", "powder load"] },
        Field {
            word: "batch",
            wordings: &[
                "lot",
                "lot number",
                "batch",
                "batch number",
                "lot batch",
                "batch lot",
                "lot batch number",
                "box number",
                "lot id",
            ],
        },
        Field {
            word: "inert_at_head",
            wordings: &[
                "inert at head",
                "inert visible at head",
                "inert visible",
                "visible at head",
                "inert at case head",
                "inert head",
                "hole or no primer",
                "no primer",
                "primer removed",
                "visibly inert",
            ],
        },
        Field {
            word: "uniform",
            wordings: &["uniform", "marks uniform", "uniform marks", "same marks", "headstamps uniform"],
        },
        Field {
            word: "source",
            wordings: &["source", "vendor", "supplier", "rental house", "supplied by", "from", "owner"],
        },
        Field { word: "place", wordings: &["place", "location", "stored in", "storage", "case", "kept in", "vault"] },
    ],
    needed: &[&["description", "item", "model"], &["kind", "action", "description"]],
    of_people: false,
};

/// A gun-shaped thing of a rental list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GunRow {
    /// What people call it.
    pub name: String,
    /// What it is, as the list says: description, make, model.
    pub description: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// What it is.
    pub kind: GunKind,
    /// How it works.
    pub action: Action,
    /// How many chambers it has.
    pub chambers: u8,
    /// What it takes, where that is in the record's list.
    pub calibre: Option<Calibre>,
}

/// A lot of rounds of a rental list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LotRow {
    /// What people call it.
    pub name: String,
    /// What its rounds are.
    pub kind: LotKind,
    /// The load of blanks.
    pub load: Option<Load>,
    /// What they fit.
    pub calibre: Option<Calibre>,
    /// How many.
    pub rounds: u32,
    /// The supplier's number of the lot.
    pub batch: Option<String>,
    /// Whether "inert" shows at the case head.
    pub inert_at_head: bool,
    /// Whether every round bears the same marks.
    pub uniform: bool,
    /// Who supplied it, as written.
    pub source: Option<String>,
}

/// What a row of a rental list is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Thing {
    /// A gun-shaped thing.
    Gun(GunRow),
    /// A lot of rounds.
    Lot(LotRow),
}

impl Thing {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Thing::Gun(gun) => &gun.name,
            Thing::Lot(lot) => &lot.name,
        }
    }

    fn serial(&self) -> Option<&str> {
        match self {
            Thing::Gun(gun) => gun.serial.as_deref(),
            Thing::Lot(_) => None,
        }
    }
}

/// A row of a rental list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RentalRow {
    /// The row.
    pub row: u32,
    /// What it is about.
    pub thing: Thing,
    /// Where it is put, as written.
    pub place: Option<String>,
}

/// Takes the rows of a rental list.
#[must_use]
pub fn take(sheet: &Sheet, mapping: &Mapping) -> Taken<RentalRow> {
    let (mut taken, mut seen) = (Taken::default(), Seen::default());
    for row in mapping.below(sheet) {
        if let Some(fault) = mapping.swallowed(row) {
            taken.faults.push(fault);
        } else if let Some(text) = heading_or_sum(row) {
            taken.remark(row.number, format!("{} is a heading or a sum, and is passed over.", quoted(text)));
        } else {
            let reading = Reading { mapping, row };
            match reading.thing(&mut taken) {
                Ok(it) => add(&mut taken, &mut seen, it),
                Err(fault) => taken.faults.push(fault),
            }
        }
    }
    taken
}

/// A row with one cell heads others or tells nothing; one that begins with "Total" sums others up.
fn heading_or_sum(row: &Row) -> Option<&str> {
    let Some(Cell::Text(first)) = row.cells.iter().find(|cell| !cell.is_blank()) else { return None };
    let told = words(first);
    let is_sum = told.split(' ').any(|word| matches!(word, "total" | "totals" | "subtotal"));
    let is_heading = matches!(
        told.as_str(),
        "guns"
            | "firearms"
            | "weapons"
            | "ammunition"
            | "ammo"
            | "rounds"
            | "blanks"
            | "dummies"
            | "replicas"
            | "non guns"
            | "rubbers"
            | "pistols"
            | "rifles"
            | "shotguns"
            | "revolvers"
            | "handguns"
            | "long guns"
            | "accessories"
    );
    ((is_sum && row.filled() <= 2) || (is_heading && row.filled() == 1)).then_some(first)
}

/// One row under its headers.
struct Reading<'a> {
    mapping: &'a Mapping,
    row: &'a Row,
}

impl Reading<'_> {
    fn text(&self, field: &str) -> Result<Option<String>, RowFault> {
        self.mapping.text(self.row, field)
    }

    fn fault(&self, field: &str, wrong: &str) -> RowFault {
        self.mapping.fault(self.row, field, wrong)
    }

    fn remark(&self, taken: &mut Taken<RentalRow>, sentence: &str) {
        taken.remark(self.row.number, sentence);
    }

    fn thing(&self, taken: &mut Taken<RentalRow>) -> Result<RentalRow, RowFault> {
        let kind = self.text("kind")?;
        let described = [self.text("make")?, self.text("model")?, self.text("description")?];
        let described: Vec<String> = described.into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let is_like_a_gun = self.text("serial")?.is_some() || self.text("action")?.is_some();
        let said = said_of(kind.as_deref(), described.as_deref(), is_like_a_gun);
        let thing = match said {
            Said::Gun(kind) => Thing::Gun(self.gun(taken, Some(kind), described)?),
            Said::Rounds(LotKind::Live) => return Err(self.live()),
            Said::Rounds(_) if is_like_a_gun => return Err(self.both()),
            Said::Rounds(kind) => Thing::Lot(self.lot(taken, kind, described)?),
            Said::Nothing if is_like_a_gun => Thing::Gun(self.gun(taken, None, described)?),
            Said::Nothing => return Err(self.says_nothing(kind.as_deref())),
        };
        Ok(RentalRow { row: self.row.number, thing, place: self.text("place")? })
    }

    fn live(&self) -> RowFault {
        let wrong =
            "is live ammunition, which is not permitted: it is not entered. If it is here, stop, and have it removed";
        RowFault { sentence: format!("the row {wrong}"), ..self.fault("kind", wrong) }
    }

    /// "Blank" beside a serial number may be a gun that fires blanks, or blanks.
    fn both(&self) -> RowFault {
        let wrong =
            "is a word for rounds, and the row has a serial number or an action, as guns have: write which it is";
        self.fault("kind", wrong)
    }

    fn says_nothing(&self, kind: Option<&str>) -> RowFault {
        const KINDS: &str =
            "write live-capable, blank-only, non-gun, replica or rubber; or blank, dummy, dress or snap cap";
        match kind {
            Some(kind) => self.fault("kind", &format!("says {}, which is not known: {KINDS}", quoted(kind))),
            None => RowFault {
                row: self.row.number,
                column: None,
                sentence: format!("nothing says what kind of thing this is: {KINDS}"),
            },
        }
    }

    fn name(&self, made: String, numbered_as: &str) -> Result<String, RowFault> {
        let item = self.text("item")?;
        let numbered = item.as_deref().is_some_and(|item| item.bytes().all(|byte| byte.is_ascii_digit()));
        let (field, name) = match item {
            Some(item) if numbered => ("item", format!("{numbered_as} {item}")),
            Some(item) => ("item", item),
            None => ("description", made),
        };
        if name.is_empty() {
            return Err(self.fault(field, "is blank: the thing needs a name"));
        }
        if is_too_long_for_a_name(&name) {
            return Err(self.fault(field, "is longer than 120 characters: give the thing a short name, such as GUN 1"));
        }
        Ok(name)
    }

    fn calibre(&self, taken: &mut Taken<RentalRow>) -> Result<Option<Calibre>, RowFault> {
        let Some(text) = self.text("calibre")? else { return Ok(None) };
        let calibre = calibre_of(&text);
        if calibre.is_none() {
            let text = quoted(&text);
            self.remark(taken, &format!("the calibre {text} is not in the record's list and is not entered; enter it by hand, or no blanks fit."));
        }
        Ok(calibre)
    }

    // Guns.

    fn gun(
        &self,
        taken: &mut Taken<RentalRow>,
        kind: Option<GunKind>,
        description: Option<String>,
    ) -> Result<GunRow, RowFault> {
        if kind.is_none() {
            self.remark(taken, "nothing says what it can fire: it is taken for one that can fire live ammunition.");
        }
        let kind = kind.unwrap_or(GunKind::LiveCapable);
        if self.text("quantity")?.is_some_and(|text| text.trim() != "1") {
            return Err(self.fault("quantity", "is not 1: each gun-shaped thing has a row and a label of its own"));
        }
        let serial = self.text("serial")?;
        if serial.as_deref().is_some_and(is_shortened) {
            return Err(
                self.fault("serial", "was shortened by a spreadsheet: format the column as text and write it again")
            );
        }
        let (action, chambers) = if kind.fires() { self.works()? } else { (Action::None, 0) };
        let made = [description.clone(), serial.as_ref().map(|serial| format!("no. {serial}"))];
        let name = self.name(made.into_iter().flatten().collect::<Vec<_>>().join(", "), "GUN")?;
        let calibre = if kind.fires() { self.calibre(taken)? } else { None };
        Ok(GunRow { name, description, serial, kind, action, chambers, calibre })
    }

    fn works(&self) -> Result<(Action, u8), RowFault> {
        const ACTIONS: &str =
            "write single action, double action, magazine, pump, double barrel, bolt, belt-fed or muzzle-loader";
        let said = self.text("action")?;
        let told = match &said {
            Some(text) => Some(text.clone()),
            None => [self.text("kind")?, self.text("description")?, self.text("model")?]
                .into_iter()
                .flatten()
                .find(|text| action_of(text).is_some()),
        };
        let Some(action) = told.as_deref().and_then(action_of) else {
            let wrong = match &said {
                Some(text) => format!("says {}, which does not say how it works: {ACTIONS}", quoted(text)),
                None => format!("does not say how it works: {ACTIONS}"),
            };
            return Err(self.fault("action", &wrong));
        };
        let chambers = match action {
            Action::SingleAction | Action::DoubleAction => self.chambers()?,
            Action::DoubleBarrel => 2,
            // One chamber; what a magazine or a belt holds is not read chamber by chamber.
            Action::Magazine | Action::Pump | Action::Bolt | Action::BeltFed | Action::MuzzleLoader => 1,
            Action::None => {
                return Err(self.fault("action", &format!("says that it has none, but the thing fires: {ACTIONS}")));
            }
        };
        Ok((action, chambers))
    }

    /// The chambers of a revolver are read one by one: their number is never guessed.
    fn chambers(&self) -> Result<u8, RowFault> {
        let Some(text) = self.text("chambers")? else {
            return Err(self.fault("chambers", "does not say how many chambers the cylinder has"));
        };
        let told = words(&text);
        let digits = told.split(' ').next().unwrap_or_default();
        let digits = digits.strip_suffix("shot").unwrap_or(digits);
        let number = digits.parse::<u8>().ok().filter(|number| (1..=MAX_CHAMBERS).contains(&usize::from(*number)));
        number.ok_or_else(|| {
            let wrong = format!("says {}: a cylinder has 1 to {MAX_CHAMBERS} chambers", quoted(&text));
            self.fault("chambers", &wrong)
        })
    }

    // Lots.

    fn lot(
        &self,
        taken: &mut Taken<RentalRow>,
        kind: LotKind,
        description: Option<String>,
    ) -> Result<LotRow, RowFault> {
        let calibre = self.calibre(taken)?;
        let batch = self.text("batch")?;
        let load = self.load(kind, description.as_deref())?;
        if kind == LotKind::Blank && load.is_none() {
            self.remark(taken, "nothing says how large the load of these blanks is.");
        }
        let inert_at_head = self.yes_or_no("inert_at_head")?;
        let of_lot = batch.as_ref().map(|batch| format!("lot {batch}"));
        let parts = [description, self.text("calibre")?, of_lot];
        let name = self.name(parts.into_iter().flatten().collect::<Vec<_>>().join(", "), "LOT")?;
        Ok(LotRow {
            name,
            kind,
            load,
            calibre,
            rounds: self.rounds()?,
            batch,
            // Where the list is silent, every round is taken out to be read.
            inert_at_head: inert_at_head.unwrap_or(false) && kind != LotKind::Blank,
            uniform: self.yes_or_no("uniform")?.unwrap_or(false),
            source: self.text("source")?,
        })
    }

    fn load(&self, kind: LotKind, description: Option<&str>) -> Result<Option<Load>, RowFault> {
        if kind != LotKind::Blank {
            return Ok(None);
        }
        if let Some(text) = self.text("load")? {
            let wrong = || self.fault("load", &format!("says {}: write full, half or quarter", quoted(&text)));
            return load_of(&text).map(Some).ok_or_else(wrong);
        }
        Ok(self.text("kind")?.as_deref().and_then(load_of).or_else(|| description.and_then(load_of)))
    }

    fn rounds(&self) -> Result<u32, RowFault> {
        let Some(text) = self.text("quantity")? else {
            return Err(self.fault("quantity", "does not say how many rounds there are"));
        };
        number_of_rounds(&text).ok_or_else(|| {
            let wrong = format!("says {}: write how many rounds, 1 to 100,000, such as 50 or 2 x 50", quoted(&text));
            self.fault("quantity", &wrong)
        })
    }

    fn yes_or_no(&self, field: &str) -> Result<Option<bool>, RowFault> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        let wrong = || self.fault(field, &format!("says {}, which is neither yes nor no", quoted(&text)));
        yes_or_no(&text).map(Some).ok_or_else(wrong)
    }
}

/// "1.23457E+11": what a spreadsheet makes of a long number, and never a serial number again.
fn is_shortened(serial: &str) -> bool {
    let Some((number, power)) = serial.split_once("E+").or_else(|| serial.split_once("e+")) else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|it| it.is_ascii_digit() || it == '.' || it == ',');
    digits(number) && digits(power)
}

/// "50", "1,000", "50 rds", "2 x 50", "2 boxes of 50": how many rounds that is.
fn number_of_rounds(text: &str) -> Option<u32> {
    let told = key(text).replace('×', "x");
    let mut numbers = Vec::new();
    let spaced: String = told.chars().map(|it| if it == '*' { 'x' } else { it }).collect();
    // "2x50" is "2 x 50", and "50rds" is "50 rds".
    let mut apart = String::new();
    let mut before_was_digit = None;
    for character in spaced.chars() {
        let is_digit = character.is_ascii_digit() || matches!(character, ',' | '.');
        if before_was_digit.is_some_and(|before| before != is_digit) {
            apart.push(' ');
        }
        apart.push(character);
        before_was_digit = Some(is_digit);
    }
    for word in apart.split_whitespace() {
        match word {
            "x" | "of" | "rds" | "rd" | "rounds" | "round" | "pcs" | "pieces" | "box" | "boxes" | "each" | "blanks"
            | "dummies" | "per" | "ea" => {}
            number => numbers.push(plain_number(number)?),
        }
    }
    let product = match numbers.as_slice() {
        [one] => *one,
        [boxes, in_each] => boxes.checked_mul(*in_each)?,
        _ => return None,
    };
    (1..=MAX_ROUNDS).contains(&product).then_some(product)
}

/// A whole number, with or without commas between thousands. "2.5" is none, and "1.000" is not told from it.
fn plain_number(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.split(',').collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    if !grouped || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// The rows that stood before, by serial number and by name.
#[derive(Default)]
struct Seen {
    serials: BTreeMap<String, u32>,
    names: BTreeMap<String, u32>,
}

/// One row a thing: by its serial number, and by its name.
fn add(taken: &mut Taken<RentalRow>, seen: &mut Seen, it: RentalRow) {
    let (serial, name) = (it.thing.serial().map(key), key(it.thing.name()));
    if let Some(other) = serial.as_ref().and_then(|serial| seen.serials.get(serial)) {
        return taken.fault(it.row, format!("has the serial number of row {other}: one row for one gun"));
    }
    if let Some(other) = seen.names.get(&name) {
        let name = quoted(it.thing.name());
        let told = format!("is called {name}, as row {other} is: give each an item number or a lot number of its own");
        return taken.fault(it.row, told);
    }
    seen.serials.extend(serial.map(|serial| (serial, it.row)));
    seen.names.insert(name, it.row);
    taken.rows.push(it);
}
