//! Log-in and enrolment.

use axum::extract::State;
use maud::{Markup, html};

use crate::auth::Caller;
use crate::pages::Page;
use crate::pages::acts::pad;
use crate::state::App;

/// Log-in by PIN.
pub async fn log_in(State(app): State<App>, caller: Caller) -> Markup {
    let page = Page::new(&app, &caller, "Log in", "door");
    page.render(&html! {
        div.information {
            h1.big { "Your PIN" }
            p #no-device .notice hidden {
                "This browser is not enrolled for this production."
                }
            a.button #enrol-link href="/enrol" hidden { "Enrol it with a code" }
        }
        div.acts {
            form #log-in {
                label for="pin" { "PIN" }
                (pin_field("pin", "pin", "current-password"))
                (pad("pin"))
                details {
                    summary { "I am not the owner of this device" }
                    label for="badge" { "Code of your own badge" }
                    input #badge name="badge" autocomplete="off" autocapitalize="characters" spellcheck="false";
                }
                button.button.primary type="submit" { "Log in" }
            }
        }
    })
}

/// Enrolment by a one-time code.
pub async fn enrol(State(app): State<App>, caller: Caller) -> Markup {
    let page = Page::new(&app, &caller, "Enrol", "door");
    page.render(&html! {
        div.information {
            h1.big { "Enrol this device" }
            p { "The code comes from the armorer or the production office. The key is made here and never leaves this browser." }
        }
        div.acts {
            form #enrol {
                label for="code" { "Code" }
                input.mono #code name="code" required maxlength="9" autocomplete="off" autocapitalize="characters"
                    spellcheck="false";
                label for="pin" { "PIN, 4 to 8 digits. If you have one, enter it; if not, choose one." }
                (pin_field("pin", "pin", "new-password"))
                label for="again" { "The same PIN again" }
                (pin_field("again", "again", "new-password"))
                button.button.primary type="submit" { "Enrol" }
            }
        }
    })
}

/// A field for a PIN.
#[must_use]
pub fn pin_field(id: &str, name: &str, autocomplete: &str) -> Markup {
    html! {
        input.mono id=(id) name=(name) type="password" inputmode="numeric" pattern="[0-9]{4,8}" minlength="4"
            maxlength="8" required autocomplete=(autocomplete);
    }
}
