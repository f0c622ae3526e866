//! A child process that does not outlive this program.

use std::fs;
use std::io;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The time within which the process must end before it is killed.
const TIME_TO_END: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);
/// The unit in which Linux counts CPU time.
const TICK: Duration = Duration::from_millis(10);

/// A process that ends when this value is dropped. It also ends if a signal ends this program:
/// the shell's input is then closed, and the shell kills the process.
pub(crate) struct Process {
    process: Child,
    shell: Child,
}

impl Process {
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let mut process = command.spawn()?;
        let shell = Command::new("/bin/sh")
            .args(["-c", r#"trap "" INT TERM HUP; read -r _; kill "$1""#, "sh"])
            .arg(process.id().to_string())
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        match shell {
            Ok(shell) => Ok(Self { process, shell }),
            Err(error) => {
                process.kill()?;
                process.wait()?;
                Err(error)
            }
        }
    }

    pub(crate) fn has_ended(&mut self) -> io::Result<bool> {
        Ok(self.process.try_wait()?.is_some())
    }

    /// The CPU time of the process; `None` if the system does not report it.
    pub(crate) fn cpu_time(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        // The second field is the program's name, in parentheses.
        let fields: Vec<&str> = stat.rsplit(')').next()?.split(' ').collect();
        let ticks = |field: usize| fields.get(field)?.parse::<u32>().ok();
        let (user, system) = (ticks(12)?, ticks(13)?);
        Some(TICK * (user + system))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let start = Instant::now();
        while start.elapsed() < TIME_TO_END && matches!(self.has_ended(), Ok(false)) {
            thread::sleep(PAUSE);
        }
        // If any of these fails, there is nothing left to try.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = self.shell.wait();
    }
}
