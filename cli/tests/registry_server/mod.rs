//! A registry for a test: Debian's docker-registry on a free port, with an empty store. It ends
//! with the test.

mod image;
mod installation;

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A registry that runs for as long as this value lives.
pub struct RegistryServer {
    process: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl RegistryServer {
    /// Starts a registry without images, and waits until it listens. If the program is missing,
    /// it is installed first.
    pub fn start() -> Self {
        let program = installation::program();
        let folder = empty_folder();
        let config = folder.join("config.yml");
        fs::write(
            &config,
            format!(
                "version: 0.1\n\
                 log: {{level: info, accesslog: {{disabled: true}}}}\n\
                 storage: {{filesystem: {{rootdirectory: {:?}}}}}\n\
                 http: {{addr: \"127.0.0.1:0\"}}\n",
                folder.join("store")
            ),
        )
        .unwrap();
        let mut process = Command::new(&program)
            .arg("serve")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let address = address_in(&mut log);
        // A log that nobody reads would stop the program once the pipe is full.
        thread::spawn(move || io::copy(&mut log, &mut io::sink()));
        Self {
            process,
            address,
            folder,
        }
    }

    /// The host and port with which references to its images begin.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The reference to an image in this registry: `shop/web:main` becomes
    /// `127.0.0.1:…/shop/web:main`.
    pub fn reference(&self, image: &str) -> String {
        format!("{}/{image}", self.address)
    }
}

impl Drop for RegistryServer {
    fn drop(&mut self) {
        // The process may have ended by itself, and a folder that stays does no harm.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The address on which the program says that it listens.
fn address_in(log: &mut impl BufRead) -> SocketAddr {
    let mut read = String::new();
    while log.read_line(&mut read).unwrap() > 0 {
        let said = read.rsplit_once("listening on ");
        if let Some((address, _)) = said.and_then(|(_, rest)| rest.split_once('"')) {
            return address.parse().unwrap();
        }
    }
    panic!("the registry ended before it listened: {read}")
}

fn empty_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "registry-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    ));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
