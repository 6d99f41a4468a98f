//! What time stamps prove, in words and as JSON.

use proof::stamp::{Authority, UpTo};
use record::Millis;
use record::bundle::{StampFound, Stamped};
use serde_json::{Value, json};

use crate::reach::Reach;
use crate::report::{Said, moment, printable};

/// By when the record was there, as an authority says.
pub(crate) fn said_of_stamps(stamped: &Stamped, reach: Reach<'_>) -> Said {
    let count = stamped.all.len();
    let Some(StampFound { size: covered, not_after_ms, authority }) = stamped.best_by(|size| reach.within(size)) else {
        return Said::of("NOT STAMPED", "no time stamp lies in it.".to_owned());
    };
    let when = format!("<= {}, {}", moment(Millis(*not_after_ms)), reach.words(*covered));
    let of_all = if count == 1 { String::new() } else { format!("; {count} time stamps in all") };
    let Some(Authority { name, up_to, .. }) = authority else {
        let sentence = format!(
            "{when}: it is over that checkpoint, and signed in a way that is not checked here{of_all}. README.txt says how to \
             check it with openssl."
        );
        return Said::of("STAMP FOUND, NOT CHECKED", sentence);
    };
    let name = printable(name);
    let checked = match up_to {
        UpTo::Trusted(root) => format!("checked up to the certificate that you gave, {}", printable(root)),
        UpTo::Itself => "checked with the certificate that it brings along".to_owned(),
        UpTo::Elsewhere => {
            let sentence = format!("{when}, by {name}, which does not lead to a certificate that you gave{of_all}.");
            return Said::of("NOT STAMPED", sentence);
        }
    };
    let level = if reach.within(*covered) > 0 { "STAMPED" } else { "NOT STAMPED" };
    Said::of(level, format!("{when}, by {name}; {checked}{of_all}."))
}

/// What a time stamp rests on.
pub(crate) fn beyond_the_stamps(stamped: &Stamped, reach: Reach<'_>) -> Vec<String> {
    let reaches = |best: &&StampFound| best.counts() && reach.within(best.size) > 0;
    let best = stamped.best_by(|size| reach.within(size)).filter(reaches);
    let Some((best, authority)) = best.and_then(|best| Some((best, best.authority.as_ref()?))) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if authority.up_to == UpTo::Itself {
        said.push(
            "That the time stamp is by an authority that stands apart from the production: its signature was checked with \
             the certificate that it brings along, and anybody can make one. Take the authority's own certificate from the \
             authority, and give it with --tsa-root."
                .to_owned(),
        );
    }
    said.push(format!(
        "That the certificate of the stamping authority was never revoked, and that nobody came by its key later: it ends at \
         {}. A newer stamp before then holds for longer.",
        moment(Millis(authority.valid_until_ms))
    ));
    if reach.within(best.size) < reach.all() {
        let last = best.size.saturating_sub(1);
        said.push(match reach.extracted(best.size) {
            None => format!("Since when what came after entry {last} is there: no stamp covers it."),
            Some(_) => {
                format!("Since when the extracted entries from entry {} on are there: no stamp covers them.", best.size)
            }
        });
    }
    said
}

pub(crate) fn stamps_json(stamped: &Stamped, reach: Reach<'_>) -> Value {
    let of = |it: &StampFound| {
        let authority = it.authority.as_ref();
        let up_to = authority.map(|it| match &it.up_to {
            UpTo::Trusted(root) => json!({"given": root}),
            UpTo::Itself => json!("itself"),
            UpTo::Elsewhere => json!("elsewhere"),
        });
        let mut stamp = json!({
            "entries": it.size, "not_after": it.not_after_ms, "authority": authority.map(|it| &it.name),
            "certificate_until": authority.map(|it| it.valid_until_ms), "checked_up_to": up_to, "counts": it.counts(),
        });
        reach.add_to(&mut stamp, it.size);
        stamp
    };
    Value::Array(stamped.all.iter().map(of).collect())
}
