//! A pull request of ten manifests, two of them with an image that moves.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use program::{Folder, Run};

const DEPLOYMENT: &str = "\
# A service of the shop.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  namespace: shop
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      containers:
        - name: NAME
          image: ghcr.io/acme/NAME
          imagePullPolicy: Always
";

/// Ten manifests, with these after the repositories of the cart and of the search.
fn repository(name: &str, cart: &str, search: &str) -> Folder {
    let folder = Folder::new(name);
    for (name, tag) in [
        ("accounts", ":2.0.1"),
        ("cart", cart),
        ("catalogue", ":1.4.2"),
        ("checkout", ":3f2504e"),
        ("frontend", ":20240131"),
        ("images", ":4.0.0-rc.1"),
        ("mail", ":0.9.12"),
        ("prices", ":v7.7.0"),
        ("search", search),
        ("stock", ":1.0.0"),
    ] {
        let image = format!("acme/{name}");
        let manifest = DEPLOYMENT.replace("NAME", name);
        let manifest = manifest.replace(&image, &format!("{image}{tag}"));
        folder.write(&format!("deploy/{name}.yaml"), &manifest);
    }
    folder
}

/// The workflow commands of a report, up to their messages.
fn commands(run: &Run) -> Vec<&str> {
    let commands = run
        .output
        .lines()
        .filter_map(|line| line.strip_prefix("::"));
    commands
        .map(|line| line.split("::").next().unwrap())
        .collect()
}
#[test]
fn the_two_lines_that_move_are_named() {
    let folder = repository("pull-request", ":main", ":1.2");
    let run = folder.run(&["check", "deploy/", "--output", "github"]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
    assert_eq!(
        commands(&run),
        [
            "error file=deploy/cart.yaml,line=14,col=18,title=mutable-tags (channel)",
            "error file=deploy/search.yaml,line=14,col=18,title=mutable-tags (floating-version)",
        ]
    );
    assert!(
        run.output.ends_with("\n8 accepted, 2 rejected\n"),
        "{run:?}"
    );
}

#[test]
fn no_line_is_named_where_none_moves() {
    let digest = format!("@sha256:{}", "0".repeat(64));
    let folder = repository("pull-request-pinned", &digest, ":1.2.3");
    let run = folder.run(&["check", "deploy/", "--output", "github"]);
    assert_eq!((run.status, run.output.as_str()), (0, "10 accepted\n"));
}
