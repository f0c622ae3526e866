//! A registry for a test: Debian's, on a free port of this machine, with an empty
//! store, gone when the test ends.

mod image;
mod installation;

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long the program may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A registry that runs for as long as this value lives.
pub struct RegistryServer {
    process: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl RegistryServer {
    /// Starts a registry that has no image, and waits until it listens. Where the
    /// program is missing, it is installed first.
    pub fn start() -> Self {
        let program = installation::program();
        // Somebody else may take a port between its choice and its use.
        let mut log = String::new();
        for _ in 0..5 {
            match Self::try_start(&program) {
                Ok(server) => return server,
                Err(written) => log = written,
            }
        }
        panic!("{} ends at once: {log}", program.display());
    }

    /// Starts the program, or returns what it wrote when it ended.
    fn try_start(program: &Path) -> Result<Self, String> {
        let folder = empty_folder();
        let address = free_address().unwrap();
        let config = folder.join("config.yml");
        fs::write(
            &config,
            format!(
                "version: 0.1\n\
                 log: {{level: error, accesslog: {{disabled: true}}}}\n\
                 storage: {{filesystem: {{rootdirectory: {:?}}}}}\n\
                 http: {{addr: \"{address}\"}}\n",
                folder.join("store")
            ),
        )
        .unwrap();
        let log = folder.join("log");
        let process = Command::new(program)
            .arg("serve")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut server = Self {
            process,
            address,
            folder,
        };
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if server.process.try_wait().unwrap().is_some() {
                return Err(fs::read_to_string(&log).unwrap());
            }
            if TcpStream::connect(address).is_ok() {
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{} does not listen on {address}", program.display());
    }

    /// The host and port that a reference to one of its images begins with.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The reference to an image in it: `shop/web:main` is `127.0.0.1:…/shop/web:main`.
    pub fn reference(&self, image: &str) -> String {
        format!("{}/{image}", self.address)
    }
}

impl Drop for RegistryServer {
    fn drop(&mut self) {
        // It may have ended by itself, and a folder that stays harms nobody.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
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
