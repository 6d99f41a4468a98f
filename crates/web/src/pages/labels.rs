//! Labels to print: the sheets in true size, everything else on the page for the screen alone.

use axum::extract::{Query, State};
use maud::{Markup, html};
use record::label::{LabelKind, parse};
use serde::Deserialize;

use crate::auth::Me;
use crate::labels::{Item, Paper, items, sheets};
use crate::pages::{Page, PageProblem};
use crate::problem::Problem;
use crate::state::App;

/// What is asked for. A form sends what was left empty, too.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The paper's word.
    #[serde(default)]
    paper: String,
    /// The word of a kind.
    #[serde(default)]
    kind: String,
    /// One code.
    #[serde(default)]
    only: String,
}

/// The sheets, for those who keep the register or handle guns: whoever has a copy of a badge needs only its PIN.
pub async fn labels(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Labels", "labels");
    let roles = page.roles();
    if !roles.keeps_the_register() && !roles.handles() {
        return Ok(page.render(&html! {
            div.information { h1.big { "Labels" } p.notice { "Your roles today do not include printing labels." } }
            div.acts { a.button href="/register" { "Register" } }
        }));
    }
    let paper = paper(&asked.paper)?;
    let kind = kind(&asked.kind)?;
    let only = only(&asked.only)?;
    let view = &page.moment.view;
    let name = |id| view.name(id);
    let found = items(&view.state, page.moment.production, &name).map_err(|_| Problem::failed())?;
    let all = kind.is_none() && only.is_none();
    let wanted = |item: &Item| kind.is_none_or(|kind| item.kind == kind);
    let named = |item: &Item| only.as_ref().is_none_or(|code| item.code == *code);
    let items: Vec<Item> = found.into_iter().filter(|item| wanted(item) && named(item)).collect();
    if let Some(code) = only.filter(|_| items.is_empty()) {
        return Err(Problem::unknown(&format!("thing with the label {code}")).into());
    }
    Ok(page.render(&shown(&items, paper, kind, all, page.moment.title())))
}

fn shown(items: &[Item], paper: Paper, kind: Option<LabelKind>, all: bool, title: &str) -> Markup {
    let things = if items.len() == 1 { "thing" } else { "things" };
    html! {
        link rel="stylesheet" href="/assets/css/labels.css";
        // A browser takes the paper's size from the style sheet alone, and not every one knows pages by name.
        link rel="stylesheet" href={ "/assets/css/labels-" (paper.word()) ".css" };
        div.information {
            h1.big { "Labels" }
            @if items.is_empty() { p.notice { "Nothing of this is on the register yet." } }
            @else {
                p { (items.len()) " " (things) ". Print this page from your browser's menu, on " (paper.name())
                    ", at 100 %, without headers and footers. A gun has two labels, one for the grip and one for \
                     inside the frame." }
            }
            form method="get" action="/labels" {
                select name="kind" aria-label="What" {
                    option value="" selected[all] { "everything" }
                    @for each in LabelKind::ALL {
                        option value=(each.word()) selected[kind == Some(each)] { (plural(each)) }
                    }
                }
                select name="paper" aria-label="Paper" {
                    @for each in Paper::ALL { option value=(each.word()) selected[paper == each] { (each.name()) } }
                }
                button.button.small type="submit" { "Show these" }
            }
        }
        div.sheets { @for sheet in sheets(items, paper, title) { (sheet) } }
    }
}

const fn plural(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Gun => "guns",
        LabelKind::Person => "people",
        LabelKind::Lot => "lots",
        LabelKind::Place => "places",
    }
}

fn paper(word: &str) -> Result<Paper, Problem> {
    if word.is_empty() {
        return Ok(Paper::default());
    }
    let paper = Paper::ALL.into_iter().find(|paper| paper.word() == word);
    paper.ok_or_else(|| Problem::malformed("the paper is neither a4 nor letter"))
}

fn kind(word: &str) -> Result<Option<LabelKind>, Problem> {
    if word.is_empty() {
        return Ok(None);
    }
    let kind = LabelKind::ALL.into_iter().find(|kind| kind.word() == word);
    kind.map(Some).ok_or_else(|| Problem::malformed("the kind is none of gun, person, lot and place"))
}

/// A code as people type it, as it is printed.
fn only(code: &str) -> Result<Option<String>, Problem> {
    if code.is_empty() {
        return Ok(None);
    }
    let label = parse(code).map_err(|error| Problem::malformed(&error.to_string()))?;
    Ok(Some(label.text))
}
