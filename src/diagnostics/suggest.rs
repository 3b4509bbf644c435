//! "Did you mean": the candidate nearest to what was written, at a cost that stays small.
//!
//! Comparing two words costs the product of their lengths, and some lists of candidates are as long as the site.
//! So long words are not compared at all, and [`Budget`] bounds what all comparisons of a run may cost together.

/// Longer words are typed by nobody, and not compared.
const LONGEST_WORD: usize = 100;
/// Help that lists all candidates lists no more than these.
const MOST_LISTED: usize = 24;

/// What comparisons may still cost, in pairs of letters. Spent in the order of the problems, so every run of a
/// site makes the same suggestions.
#[derive(Debug)]
pub struct Budget(usize);

/// A tenth of a second, about.
impl Default for Budget {
    fn default() -> Self {
        Self(30_000_000)
    }
}

impl Budget {
    /// For one file, of which a site has many.
    pub fn of_a_file() -> Self {
        Self(3_000_000)
    }

    /// Takes what something costs; says whether it could be afforded.
    pub fn spend(&mut self, cost: usize) -> bool {
        self.0 = self.0.saturating_sub(cost);
        !self.is_spent()
    }

    /// Is there anything left?
    pub fn is_spent(&self) -> bool {
        self.0 == 0
    }

    /// The candidate nearest to what was written, when it is near enough to be meant, as long as the budget lasts.
    ///
    /// Near enough: at most a third of the letters differ (Damerau-Levenshtein), as rustc does it.
    pub fn nearest<'a>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let word = Word::new(written)?;
        let mut best: Option<(usize, &'a str)> = None;
        for candidate in candidates {
            if self.is_spent() {
                return None;
            }
            self.0 = self.0.saturating_sub(word.cost(candidate));
            let Some(distance) = word.distance(candidate) else { continue };
            if best.is_none_or(|(least, other)| (distance, candidate) < (least, other)) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// As [`suggest`], as long as the budget lasts.
    pub fn suggest<'a>(
        &mut self,
        written: &str,
        what: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let all: Vec<&str> = candidates.into_iter().collect();
        let near = self.nearest(written, all.iter().copied());
        let mut help = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let is_short = |name: &&str| name.len() <= LONGEST_WORD;
        if all.is_empty() {
            help.push_str(&format!("there are no {what}"));
        } else if all.len() <= MOST_LISTED && all.iter().all(is_short) {
            help.push_str(&format!("{what} are: {}", all.join(", ")));
        } else if help.is_empty() && self.is_spent() {
            help = format!("there are {} {what}", all.len());
        } else if help.is_empty() {
            help = format!("there are {} {what}, none with a name like it", all.len());
        }
        help.trim_end().to_owned()
    }
}

/// A help sentence: the nearest candidate when there is one, and all of them when they are few. For candidates
/// that are few and known; those that grow with a site go through a [`Budget`].
pub fn suggest<'a>(written: &str, what: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    Budget::default().suggest(written, what, candidates)
}

/// A word that candidates are compared with.
struct Word {
    folded: String,
    letters: usize,
}

impl Word {
    fn new(written: &str) -> Option<Self> {
        if written.len() > 4 * LONGEST_WORD {
            return None;
        }
        let folded = written.to_lowercase();
        let letters = folded.chars().count();
        (letters <= LONGEST_WORD).then_some(Self { folded, letters })
    }

    /// How many letters may differ.
    fn limit(&self) -> usize {
        self.letters.max(3) / 3
    }

    /// Could the candidate be near, as far as its length tells? A letter has one to four bytes.
    fn is_comparable(&self, candidate: &str) -> bool {
        candidate.len() <= 4 * (self.letters + self.limit()) && self.letters <= candidate.len() + self.limit()
    }

    fn cost(&self, candidate: &str) -> usize {
        1 + if self.is_comparable(candidate) { self.letters * candidate.len() } else { 0 }
    }

    /// How many letters differ, when they are few enough.
    fn distance(&self, candidate: &str) -> Option<usize> {
        if !self.is_comparable(candidate) {
            return None;
        }
        let candidate = candidate.to_lowercase();
        // Words differ by at least as much as their lengths do.
        if candidate.chars().count().abs_diff(self.letters) > self.limit() {
            return None;
        }
        Some(strsim::damerau_levenshtein(&self.folded, &candidate)).filter(|d| *d <= self.limit())
    }
}
