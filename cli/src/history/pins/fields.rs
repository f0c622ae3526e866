//! References whose parts stand in fields beside each other, as in the values of charts.
//!
//! Lines are read, and not YAML: templates, JSON, TOML and files of other tools are not YAML, and a
//! history has many of them. A field counts where it stands on a line of its own, or in braces that
//! open on its line.

use mutable_tags_policy::image::is_domain_like;

use super::Pin;

/// The deepest nesting of mappings that is read in a line. No manifest is nested as deep.
const MAX_DEPTH: usize = 128;

/// The pins that fields of one mapping make together.
pub(super) fn joined_in(text: &str) -> impl Iterator<Item = Pin> {
    let blocks = text.split("\n---").flat_map(joined_in_document);
    blocks.chain(text.lines().flat_map(joined_in_braces))
}

/// The pins of mappings in braces: `{repository: nginx, tag: 1.27.3@sha256:…}`.
fn joined_in_braces(line: &str) -> Vec<Pin> {
    let mut pins = Vec::new();
    // The mappings that are open, from the outermost on.
    let mut open: Vec<Mapping<'_>> = Vec::new();
    let mut rest = line;
    while let Some((part, next)) = split_part(rest) {
        if let (Some(mapping), Some(field)) = (open.last_mut(), Field::parse(part.trim(), 0)) {
            mapping.set(field.name, field.value);
        }
        let mut delimiters = next.chars();
        match delimiters.next() {
            Some('{') if open.len() == MAX_DEPTH => break,
            Some('{') => open.push(Mapping::default()),
            Some('}') => pins.extend(open.pop().and_then(|mapping| mapping.pin())),
            _ => {}
        }
        rest = delimiters.as_str();
    }
    pins
}

/// Splits a text in braces before the first delimiter that is not in quotes.
fn split_part(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let mut is_escaped = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if "{}[],".contains(c) => return text.split_at_checked(at),
            // Others stand within a word.
            None if "'\"".contains(c) && " \t:=".contains(before) => quote = Some(c),
            None => {}
        }
        before = c;
    }
    None
}

fn joined_in_document(text: &str) -> Vec<Pin> {
    let mut pins = Vec::new();
    // The mappings that are open, from the outermost on.
    let mut open: Vec<Mapping<'_>> = Vec::new();
    for line in text.lines() {
        let Some(line) = Line::parse(line) else {
            continue;
        };
        let is_ended = |mapping: &mut Mapping<'_>| {
            mapping.column > line.column || line.is_heading && mapping.column == line.column
        };
        while let Some(ended) = open.pop_if(is_ended) {
            pins.extend(ended.pin());
        }
        let Some(field) = line.field else {
            continue;
        };
        if open
            .last()
            .is_none_or(|mapping| mapping.column < field.column)
        {
            open.push(Mapping::at(field.column));
        }
        if let Some(mapping) = open.last_mut() {
            mapping.set(field.name, field.value);
        }
    }
    pins.extend(open.iter().filter_map(Mapping::pin));
    pins
}

/// A line that is neither empty nor a comment.
struct Line<'a> {
    /// The column at which it begins. A dash in front of an item counts, so that each item is a new mapping.
    column: usize,
    /// Whether it begins a table of TOML, whose fields are not indented.
    is_heading: bool,
    field: Option<Field<'a>>,
}

struct Field<'a> {
    column: usize,
    name: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let content = line.trim_start();
        // A template's statements often stand at the margin, in the middle of a mapping.
        if content.is_empty() || content.starts_with('#') || content.starts_with("{{") {
            return None;
        }
        let mut rest = content;
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        Some(Self {
            column: line.len() - content.len(),
            is_heading: content.starts_with('['),
            field: Field::parse(rest, line.len() - rest.len()),
        })
    }
}

impl<'a> Field<'a> {
    /// Parses `name: value`, `"name": "value",` or `name = "value"`.
    fn parse(text: &'a str, column: usize) -> Option<Self> {
        let (name, value) = text.split_once([':', '='])?;
        let is_assigned = text.strip_prefix(name)?.starts_with('=');
        let name = name.trim_end().trim_matches(['"', '\'']);
        let is_in_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let begins_value = is_assigned || value.is_empty() || value.starts_with([' ', '\t', '"']);
        if name.is_empty() || !name.chars().all(is_in_name) || !begins_value {
            return None;
        }
        Some(Self {
            column,
            name,
            value: scalar(value.trim()),
        })
    }
}

/// A value without its anchor, its quotes, and what follows it.
fn scalar(value: &str) -> &str {
    let anchored = value.strip_prefix('&');
    let value = match anchored.and_then(|anchored| anchored.split_once(' ')) {
        Some((_, value)) => value.trim_start(),
        None => value,
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split(quote).next().unwrap_or_default();
        }
    }
    let value = value.split(" #").next().unwrap_or_default();
    value.trim_end().trim_end_matches(',')
}

/// The fields of a mapping that make a reference.
#[derive(Default)]
struct Mapping<'a> {
    column: usize,
    registry: &'a str,
    repository: &'a str,
    image: &'a str,
    /// The name of an image in a kustomization, which its `newName` replaces.
    name: &'a str,
    new_name: &'a str,
    tag: &'a str,
    new_tag: &'a str,
    version: &'a str,
    digest: &'a str,
}

impl<'a> Mapping<'a> {
    fn at(column: usize) -> Self {
        Self {
            column,
            ..Self::default()
        }
    }

    fn set(&mut self, name: &str, value: &'a str) {
        let field = match name {
            "registry" | "hub" => &mut self.registry,
            "repository" => &mut self.repository,
            "image" => &mut self.image,
            "name" => &mut self.name,
            "newName" => &mut self.new_name,
            "tag" => &mut self.tag,
            "newTag" => &mut self.new_tag,
            "version" => &mut self.version,
            "digest" | "sha" => &mut self.digest,
            _ => return,
        };
        *field = value;
    }

    fn pin(&self) -> Option<Pin> {
        let name = self.full_name()?;
        let (name, own_tag) = match name.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name.to_owned(), tag.to_owned()),
            _ => (name, String::new()),
        };
        let tags = [self.tag, self.new_tag, &own_tag, self.version];
        let tag = tags.into_iter().find(|tag| !tag.is_empty())?;
        let (tag, digest) = match tag.split_once('@') {
            Some((tag, digest)) => (tag, digest),
            None => (tag, self.digest),
        };
        let algorithm = if digest.contains(':') { "" } else { "sha256:" };
        Pin::parse(&format!("{name}:{tag}@{algorithm}{digest}"))
    }

    /// The name with its registry. What has a digest already is found without its fields.
    fn full_name(&self) -> Option<String> {
        let kustomized = match (self.new_tag, self.new_name) {
            ("", _) => "",
            (_, "") => self.name,
            (_, new_name) => new_name,
        };
        let mut name = match (self.image, kustomized) {
            ("", kustomized) => kustomized,
            (image, _) => image,
        }
        .to_owned();
        for front in [self.repository, self.registry] {
            let front = front.trim_end_matches('/');
            if name.is_empty() {
                front.clone_into(&mut name);
            } else if !front.is_empty() && !has_registry(&name) {
                name = format!("{front}/{name}");
            }
        }
        (!name.is_empty() && !name.contains('@')).then_some(name)
    }
}

/// Whether a name begins with a registry, so that no other one belongs in front of it.
fn has_registry(name: &str) -> bool {
    let first = name.split_once('/').map(|(first, _)| first);
    first.is_some_and(is_domain_like)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, with_hex};
    use super::*;

    fn found(text: &str) -> Vec<String> {
        names(joined_in(&with_hex(text)))
    }

    #[test]
    fn joins_the_fields_of_a_mapping() {
        for (text, expected) in [
            (
                "image:\n  repository: nginx\n  tag: 1.27.3@sha256:HEX\n",
                "docker.io/library/nginx:1.27.3",
            ),
            (
                "repository: ghcr.io/acme/app\ntag: v1\ndigest: sha256:HEX",
                "ghcr.io/acme/app:v1",
            ),
            (
                "digest: HEX\ntag: 'v1'\nimage: acme/app",
                "docker.io/acme/app:v1",
            ),
            (
                "registry: quay.io\nrepository: acme/app\ntag: \"v1@sha256:HEX\" # pinned",
                "quay.io/acme/app:v1",
            ),
            (
                "registry: quay.io\nrepository: ghcr.io/acme/app\ntag: v1@sha256:HEX",
                "ghcr.io/acme/app:v1",
            ),
            (
                "repository: quay.io/acme\nimage: app\nversion: v1\nsha: sha256:HEX",
                "quay.io/acme/app:v1",
            ),
            (
                "image: acme/app:v1\ndigest: sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "images:\n- name: acme/app\n  newName: ghcr.io/acme/app\n  newTag: v1\n  digest: sha256:HEX",
                "ghcr.io/acme/app:v1",
            ),
            (
                "images:\n- name: acme/app\n  newTag: v1@sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "{\n  \"image\": {\n    \"repository\": \"acme/app\",\n    \"tag\": \"v1@sha256:HEX\"\n  }\n}",
                "docker.io/acme/app:v1",
            ),
            (
                "repository: acme/app\n# the digest is Renovate's\n\ntag: &tag v1@sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "repository: acme/app\nresources:\n  limits: {}\ntag: v1@sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "repository: acme/app\nargs:\n- name: x\ntag: v1@sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "image:\n  repository: acme/app\n{{- if .x }}\n  tag: v1@sha256:HEX\n",
                "docker.io/acme/app:v1",
            ),
            (
                "image \"app\" {\n  repository = \"acme/app\"\n  tag        = \"v1\"\n  digest     = \"sha256:HEX\"\n}",
                "docker.io/acme/app:v1",
            ),
            (
                "oci.pull(\n    name = \"app\",\n    digest = \"sha256:HEX\",\n    image = \"acme/app\",\n    tag = \"v1\",\n)",
                "docker.io/acme/app:v1",
            ),
            (
                "image: {repository: acme/app, tag: v1@sha256:HEX}",
                "docker.io/acme/app:v1",
            ),
            (
                "image: { registry: \"quay.io\", repository: 'acme/app', tag: \"v1\", digest: \"sha256:HEX\" } # pinned",
                "quay.io/acme/app:v1",
            ),
            (
                "{\"note\":\"a \\\"{b\",\"image\":{\"repository\":\"acme/app\",\"resources\":{},\"tag\":\"v1\",\"digest\":\"sha256:HEX\"}}",
                "docker.io/acme/app:v1",
            ),
            (
                "image = { repository = \"acme/app\", tag = \"v1\", digest = \"sha256:HEX\" }",
                "docker.io/acme/app:v1",
            ),
            (
                "- {name: it's, image: acme/app, version: v1, sha: HEX}",
                "docker.io/acme/app:v1",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn each_item_is_a_mapping_of_its_own() {
        let text = "- repository: a\n  tag: 1@sha256:HEX\n- repository: b\n  tag: 2@sha256:HEX\n";
        assert_eq!(
            found(text),
            ["docker.io/library/a:1", "docker.io/library/b:2"]
        );
    }

    #[test]
    fn each_table_is_a_mapping_of_its_own() {
        let text = "[a]\nrepository = \"a\"\ntag = \"1@sha256:HEX\"\n[[b]]\nrepository = \"b\"\ntag = \"2@sha256:HEX\"\n";
        assert_eq!(
            found(text),
            ["docker.io/library/a:1", "docker.io/library/b:2"]
        );
        let text = "{repository: a, tag: 1@sha256:HEX, x: {repository: b, tag: 2@sha256:HEX}}";
        assert_eq!(
            found(text),
            ["docker.io/library/b:2", "docker.io/library/a:1"]
        );
    }

    #[test]
    fn joins_nothing_across_mappings() {
        for text in [
            "a:\n  repository: nginx\nb:\n  tag: 1.27.3@sha256:HEX\n",
            "- repository: nginx\n- tag: 1.27.3@sha256:HEX\n",
            "repository: nginx\nimage:\n  tag: 1.27.3@sha256:HEX\n",
            "repository: nginx\n---\ntag: 1.27.3@sha256:HEX\n",
            "a: {repository: nginx}\nb: {tag: 1.27.3@sha256:HEX}\n",
            "{\"a\":{\"repository\":\"nginx\"},\"tag\":\"1.27.3@sha256:HEX\"}\n",
            "[a]\nrepository = \"nginx\"\n[b]\ntag = \"1.27.3@sha256:HEX\"\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_reference_needs_a_name_a_tag_and_a_digest() {
        for text in [
            "tag: 1.27.3@sha256:HEX",
            "repository: nginx\ntag: 1.27.3",
            "repository: nginx\ndigest: sha256:HEX",
            "repository: nginx\ntag: 1.27.3\ndigest: sha256:abc",
            "repository: https://charts.example/nginx\nversion: 1.27.3\ndigest: sha256:HEX",
            "name: nginx\ntag: 1.27.3@sha256:HEX",
            "repository: '{{ .x }}'\ntag: 1.27.3@sha256:HEX",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
