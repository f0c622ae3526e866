//! Finds images in the environment variables and arguments of containers whose names the settings
//! list.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::joined::has_registry;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::budget::Budget;
use crate::document::{Cursor, FieldPath};
use crate::image::{ImageReference, first_placeholder, without_scheme};

type ObjectCursor<'t, 'p> = Cursor<'t, 'p, DecodeErrorKind>;

/// Tells which environment variables and arguments name images.
pub(crate) trait ListedNames {
    /// Whether any argument is listed.
    fn lists_args(&self) -> bool;

    /// Whether a variable names an image; `false` where the budget is spent.
    fn is_image_env_var(&self, name: &str, budget: &Budget) -> bool;

    /// Whether an argument names an image; `false` where the budget is spent. `name` begins with a
    /// dash.
    fn is_image_arg(&self, name: &str, budget: &Budget) -> bool;
}

/// The names that the settings list, and the steps for comparing with them.
#[derive(Clone, Copy)]
pub(crate) struct Listed<'s> {
    pub(crate) names: &'s dyn ListedNames,
    pub(crate) budget: &'s Budget,
}

/// A reader of the listed variables and arguments of all containers in an object.
pub(super) struct ListedReader<'s> {
    /// `None` where no name is listed.
    listed: Option<Listed<'s>>,
    /// The bytes read so far. Variables that refer to each other could expand to images without
    /// end, and a short text makes a site of many bytes.
    bytes: usize,
}

/// A variable of a container.
struct Variable<'t> {
    name: &'t str,
    /// The value that the kubelet gives it; `None` where only the kubelet knows it.
    value: Option<Cow<'t, str>>,
}

impl<'s> ListedReader<'s> {
    pub(super) const fn new(listed: Option<Listed<'s>>) -> Self {
        Self { listed, bytes: 0 }
    }

    /// Whether the object has more text than is read.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.bytes > MAX_SITE_BYTES
    }

    /// Whether the object has more names than are compared.
    pub(super) fn has_spent_budget(&self) -> bool {
        self.listed.is_some_and(|listed| listed.budget.is_spent())
    }

    /// The images in the listed variables and arguments of a container.
    pub(super) fn read<'t>(
        &mut self,
        container: &ObjectCursor<'t, '_>,
        container_type: ContainerType,
        container_name: Option<&'t str>,
    ) -> Vec<ImageSite<'t>> {
        let Some(Listed { names, budget }) = self.listed else {
            return Vec::new();
        };
        let mut sites = Vec::new();
        let mut variables = Vec::new();
        if let Some(env) = container.get("env") {
            for item in env.items() {
                if budget.is_spent() {
                    break;
                }
                let Some(variable) = self.variable(&item, &variables) else {
                    continue;
                };
                if names.is_image_env_var(variable.name, budget) && !variable.is_unset() {
                    let holder = Holder::Variable {
                        container_type,
                        container: container_name,
                        name: variable.name,
                    };
                    let images = variable.value.iter().flat_map(images_in);
                    sites.extend(self.sites(images, &item.path().field("value"), &holder));
                }
                variables.push(variable);
            }
        }
        for Argument { name, value, path } in self.arguments(container, &variables) {
            if self.is_exhausted() {
                break;
            }
            let holder = Holder::Argument {
                container_type,
                container: container_name,
                name,
            };
            // A name alone is an image here, as it is in a container.
            let alone = ImageReference::try_from(value.as_ref()).is_ok();
            let alone = alone.then(|| value.clone());
            let others = alone.is_none().then(|| images_in(&value));
            let images = alone.into_iter().chain(others.into_iter().flatten());
            sites.extend(self.sites(images, &path, &holder));
        }
        sites
    }

    /// The listed arguments in `command` and `args`, which the kubelet passes one after the other.
    fn arguments<'t>(
        &mut self,
        container: &ObjectCursor<'t, '_>,
        variables: &[Variable<'t>],
    ) -> Vec<Argument<'t>> {
        let mut found = Vec::new();
        let Some(Listed { names, budget }) = self.listed.filter(|listed| listed.names.lists_args())
        else {
            return found;
        };
        let mut without_value: Option<Argument<'t>> = None;
        for list in ["command", "args"] {
            let Some(list) = container.get(list) else {
                continue;
            };
            for item in list.items() {
                if budget.is_spent() {
                    break;
                }
                let Some(text) = item.text() else {
                    continue;
                };
                let text = self.expanded(text, variables);
                let is_name = text.starts_with('-');
                if let Some(argument) = without_value.take() {
                    if !is_name {
                        found.push(Argument {
                            value: text,
                            path: item.path(),
                            ..argument
                        });
                        continue;
                    }
                    found.push(argument);
                }
                let (name, value) = match text.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None => (text.as_ref(), None),
                };
                if !is_name || !names.is_image_arg(name, budget) {
                    continue;
                }
                let argument = Argument {
                    name: name.to_owned(),
                    // The item holds more than the value.
                    value: Cow::Owned(value.unwrap_or_default().to_owned()),
                    path: item.path(),
                };
                match value {
                    Some(_) => found.push(argument),
                    None => without_value = Some(argument),
                }
            }
        }
        found.extend(without_value);
        found
    }

    /// A variable; `None` where it cannot be read.
    fn variable<'t>(
        &mut self,
        variable: &ObjectCursor<'t, '_>,
        earlier: &[Variable<'t>],
    ) -> Option<Variable<'t>> {
        variable.object()?;
        let name = variable.get("name").map(|name| name.text());
        let value = variable.get("value").map(|value| value.text());
        let name = name.unwrap_or(Some(&Cow::Borrowed("")))?.as_ref();
        let written = value.unwrap_or(Some(&Cow::Borrowed("")))?.as_ref();
        let value = match written {
            "" if variable.get("valueFrom").is_some() => None,
            written => Some(self.expanded(written, earlier)),
        };
        Some(Variable { name, value })
    }

    /// A text with its `$(NAME)` replaced by the values of variables, as the kubelet replaces them
    /// (`Expand` in Kubernetes' `third_party/forked/golang/expansion`): an unknown name stays, and
    /// `$$` is one dollar.
    fn expanded<'t>(&mut self, text: &'t str, variables: &[Variable<'_>]) -> Cow<'t, str> {
        if !text.contains("$(") || self.is_exhausted() {
            return Cow::Borrowed(text);
        }
        let mut expanded = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            expanded.push_str(before);
            let reference = after.strip_prefix('(');
            if let Some((name, after)) = reference.and_then(|inner| inner.split_once(')')) {
                // Later variables replace earlier ones of the same name.
                let known = variables.iter().rev().find(|known| known.name == name);
                let known = known.and_then(|known| known.value.as_deref());
                self.bytes += variables.len() + known.map_or(0, str::len);
                match known {
                    Some(value) => expanded.push_str(value),
                    None => expanded.extend(["$(", name, ")"]),
                }
                rest = after;
            } else if reference.is_some() {
                // No bracket closes here, so none does further on.
                rest = after;
                expanded.push('$');
                break;
            } else {
                expanded.push('$');
                rest = after.strip_prefix('$').unwrap_or(after);
            }
            if self.is_exhausted() {
                break;
            }
        }
        expanded.push_str(rest);
        Cow::Owned(expanded)
    }

    /// A site for each image, or one without an image where there is none.
    fn sites<'t>(
        &mut self,
        images: impl Iterator<Item = Cow<'t, str>>,
        path: &FieldPath<'t>,
        holder: &Holder<'t>,
    ) -> Vec<ImageSite<'t>> {
        let mut images = images.peekable();
        // A text that names no image has a site too, so that it is not passed over in silence.
        let none = images.peek().is_none().then_some(Cow::Borrowed(""));
        let mut sites = Vec::new();
        for image in images.chain(none) {
            if self.is_exhausted() {
                break;
            }
            let site = ImageSite {
                path: path.clone(),
                items: Vec::new(),
                holder: holder.clone(),
                image,
                declared: DeclaredPullPolicy::Elsewhere,
                pull_policy_field: "imagePullPolicy".into(),
                pull_policy_place: PullPolicyPlace::Unknown,
                provenance: Provenance::Located,
            };
            self.bytes += site.weight();
            sites.push(site);
        }
        sites
    }
}

impl Variable<'_> {
    /// Whether the variable is empty, and so is treated as missing.
    fn is_unset(&self) -> bool {
        let value = self.value.as_ref();
        value.is_some_and(|value| value.trim().is_empty())
    }
}

/// A listed argument of a container, as the program gets it.
struct Argument<'t> {
    name: String,
    /// The text after the equals sign, or the next item; empty where both are missing.
    value: Cow<'t, str>,
    /// The path of the item with the value, or with the name where there is no value.
    path: FieldPath<'t>,
}

/// The images in a text that may have several, separated by whitespace or commas, each perhaps
/// after `key=`. A name alone is not an image here, since any word could be one. A part with a
/// placeholder counts as an image.
fn images_in<'v, 't: 'v>(text: &'v Cow<'t, str>) -> impl Iterator<Item = Cow<'t, str>> + 'v {
    let is_separator = |character: char| character.is_whitespace() || character == ',';
    let parts = text.split(is_separator).map(|part| {
        let (_, image) = part.rsplit_once('=').unwrap_or(("", part));
        without_scheme(image)
    });
    let is_image = |part: &&str| is_qualified(part) || first_placeholder(part).is_some();
    let mut parts = parts.filter(is_image).peekable();
    // No part has the whole of a placeholder with whitespace in it.
    let placeholder = match parts.peek() {
        Some(_) => None,
        None => first_placeholder(text),
    };
    let images = parts.chain(placeholder);
    images.map(|image| match text {
        Cow::Borrowed(text) if text.len() == image.len() => Cow::Borrowed(*text),
        _ => Cow::Owned(image.to_owned()),
    })
}

/// Whether a text is an image with a registry, a tag or a digest.
fn is_qualified(text: &str) -> bool {
    ImageReference::try_from(text)
        .is_ok_and(|image| image.tag().is_some() || image.digest().is_some() || has_registry(text))
}
