use e2e_tests::fuel::Meter;
use e2e_tests::host::{Host, HostError};
use std::path::Path;
struct H;
impl Host for H {
    fn call(&self, namespace: &str, op: &str, _: &[u8]) -> Result<Vec<u8>, HostError> {
        let f = match namespace {
            "oci" if op.contains("digest") => return Ok(br#"{"digest":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}"#.to_vec()),
            "oci" => "HOST_OCI",
            _ => "HOST_PODS",
        };
        Ok(std::fs::read(std::env::var(f).unwrap()).unwrap())
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let meter = Meter::load(Path::new(&a[1])).unwrap().with_host(H);
    for f in &a[2..] {
        let p = std::fs::read(f).unwrap();
        match meter.measure("validate", &p) {
            Ok(m) => println!(
                "{f:<40} {:>8} bytes {:>7} M {:>6.1} MiB {:>8.1}/byte {}",
                p.len(),
                m.instructions() / 1_000_000,
                m.memory() as f64 / 1048576.0,
                m.instructions() as f64 / p.len() as f64,
                String::from_utf8_lossy(&m.response()[..m.response().len().min(160)])
            ),
            Err(e) => println!(
                "{f:<40} {} {}",
                p.len(),
                e.to_string().chars().take(200).collect::<String>()
            ),
        }
    }
}
