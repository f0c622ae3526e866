//! Sets what the linker cannot read from a manifest.

/// Bytes of stack. The toolchain's default of 1 MiB would be the largest part of
/// an instance's memory, and every request starts a fresh instance.
const STACK_BYTES: usize = 256 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_TARGET_ARCH").is_some_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK_BYTES}");
    }
}
