//! The window's log: `window.log`, kept small by moving it aside when it is full.
//!
//! What the sidecar writes to standard error lands here too. The sidecar's own log lies beside it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

const NAME: &str = "window.log";
const FULL: u64 = 1_000_000;
const KEPT: u32 = 2;

/// Log to a file in `directory`; where that is impossible, to standard error, and say so.
pub fn begin(directory: &Path) -> PathBuf {
    let path = directory.join(NAME);
    let builder = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(LevelFilter::INFO);
    match Rotating::open(&path) {
        Ok(file) => builder
            .with_writer(Shared(Arc::new(Mutex::new(file))))
            .init(),
        Err(error) => {
            builder.with_writer(io::stderr).init();
            tracing::warn!(%error, "no log file {}", path.display());
        }
    }
    log_panics();
    path
}

/// A window started from a menu has no terminal to panic to.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        before(panic);
    }));
}

#[derive(Clone)]
struct Shared(Arc<Mutex<Rotating>>);

impl MakeWriter<'_> for Shared {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Rotating {
    path: PathBuf,
    file: File,
    size: u64,
    full: u64,
}

impl Rotating {
    fn open(path: &Path) -> io::Result<Self> {
        if let Some(directory) = path.parent() {
            create_private(directory)?;
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let size = file.metadata()?.len();
        Ok(Self {
            path: path.to_owned(),
            file,
            size,
            full: FULL,
        })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.size + bytes.len() as u64 > self.full && self.size > 0 {
            // A log that cannot be moved aside goes on growing rather than losing lines.
            if let Ok(fresh) = self.rotate() {
                self.file = fresh;
                self.size = 0;
            }
        }
        let written = self.file.write(bytes)?;
        self.size += written as u64;
        Ok(written)
    }

    fn rotate(&self) -> io::Result<File> {
        let aside = |number: u32| self.path.with_extension(format!("log.{number}"));
        for number in (1..KEPT).rev() {
            match fs::rename(aside(number), aside(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(&self.path, aside(1))?;
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)
    }
}

/// Make a directory that only its owner may enter; one that exists is left as it is.
pub fn create_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_moved_aside_and_only_so_many_are_kept() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/er").join(NAME);
        let mut log = Rotating::open(&path).unwrap();
        log.full = 10;
        for line in ["first...", "second..", "third...", "fourth.."] {
            log.write(line.as_bytes()).unwrap();
        }
        let read = |name: &str| fs::read_to_string(path.with_file_name(name)).unwrap();
        assert_eq!(read("window.log"), "fourth..");
        assert_eq!(read("window.log.1"), "third...");
        assert_eq!(read("window.log.2"), "second..");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 3);
    }

    #[test]
    fn what_was_logged_before_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(NAME);
        for line in ["one\n", "two\n"] {
            Rotating::open(&path)
                .unwrap()
                .write(line.as_bytes())
                .unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), "one\ntwo\n");
    }
}
