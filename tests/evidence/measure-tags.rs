//! Measures the rules on tags that were watched: which of those that the policy calls mutable
//! moved, and which of those that it accepts.
//!
//!   usage: make measure-tags OBSERVED=observed.tsv
//!
//! The file has a line for each tag, and its columns are named in the first: `group`,
//! `repository`, `tag`, `first_seen`, `days_seen` and `moves`. docs/evidence.md says how such a
//! file is made, and what came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::process::ExitCode;

use mutable_tags_policy::image::{ImageReference, Mutability};
use mutable_tags_policy::settings::Settings;

/// The fewest days for which a tag must have been watched to count. One that was seen for less and
/// did not move says little.
const MIN_DAYS: u32 = 30;
/// The fewest days for a tag that counts for its publisher.
const MIN_DAYS_OF_PUBLISHER: u32 = 14;
/// The versions that must have been watched to say what a publisher does, and the share of them
/// that moved.
const MIN_VERSIONS: u32 = 5;
const MIN_MOVED: f64 = 0.25;

/// The first line of a file.
const COLUMNS: &str = "group\trepository\ttag\tfirst_seen\tdays_seen\tmoves";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    // make passes an empty text where OBSERVED is not given.
    let path = arguments.next().filter(|path| !path.is_empty());
    let (Some(path), None) = (path, arguments.next()) else {
        eprintln!("usage: make measure-tags OBSERVED=observed.tsv");
        return ExitCode::from(2);
    };
    let measured = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| read(&text).map(|tags| print_all(&tags)));
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(2)
        }
    }
}

/// A tag that was watched.
struct Observed {
    group: String,
    repository: String,
    days: u32,
    has_moved: bool,
    /// The judgement by all rules.
    judgement: Judgement,
    /// The judgement by the shape of the tag alone.
    shape: Judgement,
}

/// The policy's view of a tag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Judgement {
    is_mutable: bool,
    reason: &'static str,
}

impl Judgement {
    fn of(image: &ImageReference<'_>, settings: &Settings) -> Self {
        let mutability = settings.tags().mutability(image);
        Self {
            is_mutable: matches!(mutability, Mutability::Mutable(_)),
            reason: mutability.code(),
        }
    }

    fn is_exact(self) -> bool {
        matches!(self.reason, "version" | "build")
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = match self.is_mutable {
            true => "mutable",
            false => "immutable",
        };
        write!(f, "{class:9} {}", self.reason)
    }
}

fn read(text: &str) -> Result<Vec<Observed>, String> {
    let by_publisher = Settings::default();
    let by_shape = Settings::parse(r#"{"tags": {"publishers": "ignore"}}"#)
        .map_err(|error| error.to_string())?;
    if text.lines().next() != Some(COLUMNS) {
        return Err(format!("line 1: expected the columns {COLUMNS:?}"));
    }
    let mut tags = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        let [group, repository, tag, _first_seen, days, moves] = columns.as_slice() else {
            return Err(format!("line {}: expected six columns", number + 1));
        };
        let count = |text: &str| {
            let count = text.parse::<u32>();
            count.map_err(|error| format!("line {}: {text:?}: {error}", number + 1))
        };
        let image = format!("{repository}:{tag}");
        let image = ImageReference::try_from(image.as_str())
            .map_err(|error| format!("line {}: {image:?}: {error}", number + 1))?;
        tags.push(Observed {
            group: (*group).to_owned(),
            repository: (*repository).to_owned(),
            days: count(days)?,
            has_moved: count(moves)? > 0,
            judgement: Judgement::of(&image, &by_publisher),
            shape: Judgement::of(&image, &by_shape),
        });
    }
    Ok(tags)
}

/// The number of tags that stayed, and of those that moved.
#[derive(Clone, Copy, Default)]
struct Counts {
    stayed: u32,
    moved: u32,
}

impl Counts {
    fn of<'t>(tags: impl Iterator<Item = &'t Observed>) -> Self {
        tags.fold(Self::default(), |counts, tag| match tag.has_moved {
            true => Self {
                moved: counts.moved + 1,
                ..counts
            },
            false => Self {
                stayed: counts.stayed + 1,
                ..counts
            },
        })
    }

    const fn all(self) -> u32 {
        self.stayed + self.moved
    }

    fn share_moved(self) -> f64 {
        ratio(self.moved, self.all())
    }
}

/// A ratio; 0 of nothing.
fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

fn print_all(tags: &[Observed]) {
    let watched: Vec<_> = tags.iter().filter(|tag| tag.days >= MIN_DAYS).collect();
    let mut groups: Vec<_> = watched.iter().map(|tag| tag.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    println!("Tags that were watched for {MIN_DAYS} days or more.");
    println!("precision: of those called mutable, the share that moved");
    println!("recall:    of those that moved, the share called mutable");
    println!("unsafe:    of those accepted, the share that moved");
    println!();
    println!("group      rules         tags  precision  recall  unsafe");
    for group in &groups {
        let of_group = || watched.iter().copied().filter(|tag| tag.group == *group);
        print_quality(group, "shape", of_group(), |tag| tag.shape);
        print_quality(group, "publisher", of_group(), |tag| tag.judgement);
    }
    for group in &groups {
        let of_group = || watched.iter().copied().filter(|tag| tag.group == *group);
        println!();
        println!("{group}: how many moved, by shape");
        print_reasons(of_group(), |tag| tag.shape);
        println!("{group}: how many moved, by shape and publisher");
        print_reasons(of_group(), |tag| tag.judgement);
    }
    println!();
    println!(
        "Publishers of exact versions and builds that were watched for {MIN_DAYS_OF_PUBLISHER} days or more, where at least"
    );
    println!(
        "{MIN_VERSIONS} were seen and {:.0} % of them moved",
        MIN_MOVED * 100.0
    );
    print_publishers(tags);
}

fn print_quality<'t>(
    group: &str,
    rules: &str,
    tags: impl Iterator<Item = &'t Observed>,
    judgement: fn(&Observed) -> Judgement,
) {
    let (mutable, accepted): (Vec<_>, Vec<_>) = tags.partition(|tag| judgement(tag).is_mutable);
    let mutable = Counts::of(mutable.into_iter());
    let accepted = Counts::of(accepted.into_iter());
    println!(
        "{group:10} {rules:10} {:7}  {:9.3}  {:6.3}  {:6.3}",
        mutable.all() + accepted.all(),
        mutable.share_moved(),
        ratio(mutable.moved, mutable.moved + accepted.moved),
        accepted.share_moved(),
    );
}

fn print_reasons<'t>(
    tags: impl Iterator<Item = &'t Observed>,
    judgement: fn(&Observed) -> Judgement,
) {
    let mut by_reason: BTreeMap<Judgement, Vec<&Observed>> = BTreeMap::new();
    for tag in tags {
        by_reason.entry(judgement(tag)).or_default().push(tag);
    }
    for (judgement, tags) in by_reason {
        let counts = Counts::of(tags.into_iter());
        println!(
            "  {:28} {:6} of {:6} = {:5.1} %",
            judgement.to_string(),
            counts.moved,
            counts.all(),
            counts.share_moved() * 100.0
        );
    }
}

/// Prints each namespace whose exact versions move, as candidates for the table of publishers.
fn print_publishers(tags: &[Observed]) {
    let mut by_namespace: BTreeMap<&str, Vec<&Observed>> = BTreeMap::new();
    let counted = tags.iter().filter(|tag| {
        tag.group == "pins" && tag.days >= MIN_DAYS_OF_PUBLISHER && tag.shape.is_exact()
    });
    for tag in counted {
        let namespace = namespace(&tag.repository);
        by_namespace.entry(namespace).or_default().push(tag);
    }
    for (namespace, tags) in by_namespace {
        let counts = Counts::of(tags.into_iter());
        if counts.all() >= MIN_VERSIONS && counts.share_moved() >= MIN_MOVED {
            println!("  {namespace:40} {:4} of {:4}", counts.moved, counts.all());
        }
    }
}

/// The registry, and the first component of the path: `docker.io/library`.
fn namespace(repository: &str) -> &str {
    let mut slashes = repository.match_indices('/');
    match (slashes.next(), slashes.next()) {
        (Some(_), Some((end, _))) => repository.get(..end).unwrap_or(repository),
        _ => repository,
    }
}
