//! `scripts/wasm-shrink`: what makes the module smaller.

use std::fs;

use crate::machine::Machine;

/// A `wasm-opt` that writes its arguments where its output belongs.
const WASM_OPT: &str = r#"for last; do :; done; echo "$1 $2 $3 $4 ${11} ${12}" >"$last""#;

fn shrink(machine: &Machine) -> (bool, String, String) {
    let module = machine.0.join("module.wasm");
    fs::write(&module, "as compiled").unwrap();
    let shrunk = machine.0.join("shrunk.wasm");
    let (module, shrunk) = (module.to_str().unwrap(), shrunk.to_str().unwrap());
    machine.run("wasm-shrink", &[module, shrunk])
}

fn expected(machine: &Machine) -> String {
    let module = machine.0.join("module.wasm");
    format!(
        "-O3 --flexible-inline-max-function-size 2 --reorder-functions --enable-simd {}\n",
        module.display()
    )
}

#[test]
fn uses_a_wasm_opt_that_is_there() {
    let machine = Machine::new().with("wasm-opt", WASM_OPT);
    assert_eq!(shrink(&machine), (true, String::new(), String::new()));
    assert_eq!(machine.read("shrunk.wasm"), expected(&machine));
}

#[test]
fn installs_debians_package_as_root() {
    let install = format!(
        "echo \"apt-get $*\" >>\"$root/log\"\n\
         [ \"$1\" = update ] || {{ echo '#!/bin/sh' >\"$root/bin/wasm-opt\"; \
         echo '{}' >>\"$root/bin/wasm-opt\"; chmod +x \"$root/bin/wasm-opt\"; }}",
        WASM_OPT
    );
    let machine = Machine::new().with_user("0").with("apt-get", &install);
    let (succeeded, _, errors) = shrink(&machine);
    assert!(succeeded);
    assert_eq!(
        errors,
        "wasm-shrink: installing Debian's package binaryen\n"
    );
    assert_eq!(
        machine.read("log"),
        "apt-get update\napt-get install -y --no-install-recommends binaryen\n"
    );
    assert_eq!(machine.read("shrunk.wasm"), expected(&machine));
}

#[test]
fn installs_npms_package_elsewhere_and_only_once() {
    let install = format!(
        "echo \"npm $1 $2 $5\" >>\"$root/log\"\n\
         bin=$root/tools/binaryen/node_modules/.bin; mkdir -p \"$bin\"\n\
         echo '#!/bin/sh' >\"$bin/wasm-opt\"; echo '{}' >>\"$bin/wasm-opt\"; chmod +x \"$bin/wasm-opt\"",
        WASM_OPT
    );
    let machine = Machine::new().with_user("1000").with("npm", &install);
    let said = "wasm-shrink: installing npm's package binaryen in target/tools\n";
    assert_eq!(shrink(&machine), (true, String::new(), said.to_owned()));
    assert_eq!(shrink(&machine), (true, String::new(), String::new()));
    assert_eq!(
        machine.read("log"),
        "npm install --silent binaryen@132.0.0\n"
    );
    assert_eq!(machine.read("shrunk.wasm"), expected(&machine));
}

#[test]
fn leaves_the_module_as_it_is_where_wasm_opt_cannot_read_it() {
    let machine = Machine::new().with("wasm-opt", "exit 1");
    let (succeeded, output, errors) = shrink(&machine);
    assert!(succeeded);
    assert_eq!(output, "");
    assert_eq!(
        errors,
        "wasm-shrink: this wasm-opt cannot read the module\n\
         wasm-shrink: there is no wasm-opt (Debian: apt-get install binaryen): \
         the module is a sixth larger than it could be\n"
    );
    assert_eq!(machine.read("shrunk.wasm"), "as compiled");
}

#[test]
fn leaves_the_module_as_it_is_where_nothing_can_be_installed() {
    let machine = Machine::new()
        .with_user("0")
        .with("apt-get", "exit 1")
        .with("npm", "exit 1");
    let (succeeded, output, errors) = shrink(&machine);
    assert!(succeeded);
    assert_eq!(output, "");
    assert_eq!(
        errors,
        "wasm-shrink: installing Debian's package binaryen\n\
         wasm-shrink: apt-get could not install it\n\
         wasm-shrink: installing npm's package binaryen in target/tools\n\
         wasm-shrink: npm could not install it\n\
         wasm-shrink: there is no wasm-opt (Debian: apt-get install binaryen): \
         the module is a sixth larger than it could be\n"
    );
    assert_eq!(machine.read("shrunk.wasm"), "as compiled");
}
