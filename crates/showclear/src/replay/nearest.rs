//! Which of the words that there are somebody most likely meant.

/// The words, one after the other; the one that is written most like `wrong` comes first.
#[must_use]
pub fn listed(wrong: &str, words: &[&str]) -> String {
    let near = nearest(wrong, words);
    let others = words.iter().copied().filter(|word| Some(*word) != near);
    let all: Vec<&str> = near.into_iter().chain(others).collect();
    if all.is_empty() { "none".to_owned() } else { format!("`{}`", all.join("`, `")) }
}

/// The word that is written most like `wrong`, where one is like it at all: at most a third of it is otherwise.
#[must_use]
pub fn nearest<'a>(wrong: &str, words: &[&'a str]) -> Option<&'a str> {
    let (distance, word) =
        words.iter().map(|word| (distance(wrong, word), *word)).min_by_key(|(distance, _)| *distance)?;
    (distance.saturating_mul(3) <= word.chars().count()).then_some(word)
}

/// How many letters are to be changed, left out or put in.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (letters, letter) in (1usize..).zip(one.chars()) {
        let mut next = vec![letters];
        let pairs = row.windows(2).zip(other.chars());
        for (pair, of) in pairs {
            let (diagonal, above) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            let left = next.last().copied().unwrap_or(0);
            let changed = diagonal.saturating_add(usize::from(letter != of));
            next.push(changed.min(above.saturating_add(1)).min(left.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
