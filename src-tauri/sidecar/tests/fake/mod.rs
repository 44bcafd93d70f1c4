//! Starts tests/fake_sidecar.py under the supervisor and knows which of its processes live.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "only tests use it")]

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    time::Duration,
};

use djdesk_sidecar_host::{Engine, Event, Failure, Greeting, Patience, Program, Settings, Update};
use tokio::{sync::mpsc::UnboundedReceiver, time::timeout};

pub const PATIENCE: Patience = Patience {
    closed: Duration::from_millis(300),
    terminated: Duration::from_millis(300),
};
const LONG: Duration = Duration::from_secs(30);

/// Each fake process connects here and holds the connection for as long as it lives.
pub struct Lives {
    directory: Option<tempfile::TempDir>,
    listener: UnixListener,
    path: PathBuf,
}

impl Lives {
    pub fn listen() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("lives");
        let listener = UnixListener::bind(&path).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self {
            directory: Some(directory),
            listener,
            path,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The processes that have started since the last call.
    pub fn started(&self) -> Vec<UnixStream> {
        let mut streams = Vec::new();
        while let Ok((stream, _)) = self.listener.accept() {
            stream.set_nonblocking(false).unwrap();
            stream.set_read_timeout(Some(LONG)).unwrap();
            streams.push(stream);
        }
        streams
    }

    /// Wait until every process that ever started has ended.
    pub fn all_end(&self) {
        for mut stream in self.started() {
            let mut greeting = String::new();
            stream
                .read_to_string(&mut greeting)
                .expect("the process still lives");
        }
    }
}

pub struct Fake {
    settings: Settings,
    lives: Option<Lives>,
}

pub struct Running {
    pub engine: Engine,
    updates: UnboundedReceiver<Update>,
    lives: Option<Lives>,
}

impl Fake {
    pub fn new(behaviour: &str) -> Self {
        let lives = Lives::listen();
        let mut fake = Self::reporting_to(behaviour, lives.path().to_owned());
        fake.lives = Some(lives);
        fake
    }

    pub fn reporting_to(behaviour: &str, socket: PathBuf) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fake_sidecar.py");
        let mut program = Program::new("python3");
        program.arguments = vec![script.into(), behaviour.into(), socket.into()];
        Self {
            settings: Settings::new(program, Greeting::default()),
            lives: None,
        }
    }

    pub fn missing(path: &str) -> Self {
        let settings = Settings::new(Program::new(path), Greeting::default());
        Self {
            settings,
            lives: None,
        }
    }

    pub fn open(mut self, path: &str) -> Self {
        self.settings.greeting.open.push(path.into());
        self
    }

    pub fn ready_within(mut self, limit: Duration) -> Self {
        self.settings.ready_within = limit;
        self
    }

    pub fn impatient(mut self) -> Self {
        self.settings.patience = PATIENCE;
        self
    }

    pub fn start(self) -> Running {
        let (engine, updates) = Engine::start(self.settings);
        Running {
            engine,
            updates,
            lives: self.lives,
        }
    }
}

impl Running {
    pub async fn next(&mut self) -> Update {
        timeout(LONG, self.updates.recv())
            .await
            .expect("nothing happened")
            .expect("it stopped")
    }

    pub async fn until<T>(&mut self, wanted: impl Fn(Update) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.next().await) {
                return found;
            }
        }
    }

    pub async fn ready(&mut self) -> (u16, String) {
        self.until(|update| match update {
            Update::Ready { port, enter } => Some((port, enter)),
            _ => None,
        })
        .await
    }

    pub async fn down(&mut self) -> Failure {
        self.until(|update| match update {
            Update::Down { failure, .. } => Some(failure),
            _ => None,
        })
        .await
    }

    /// The body of the next notification with this title.
    pub async fn heard(&mut self, wanted: &str) -> String {
        self.until(|update| match update {
            Update::Event(Event::Notify { title, body, .. }) if title == wanted => Some(body),
            _ => None,
        })
        .await
    }

    /// What the processes that started said of themselves.
    pub fn pids(&self) -> Vec<String> {
        let streams = self.lives.as_ref().map(Lives::started).unwrap_or_default();
        let line = |stream| {
            let mut line = String::new();
            BufReader::new(stream).read_line(&mut line).unwrap();
            line
        };
        streams.into_iter().map(line).collect()
    }

    /// Every process that was started has ended.
    pub fn gone(&self) {
        if let Some(lives) = &self.lives {
            lives.all_end();
        }
    }

    /// Drop the engine and what listens to it.
    pub fn abandon(self) -> Lives {
        self.lives.unwrap()
    }
}

pub fn no_progress(update: Update) -> Option<Update> {
    match update {
        Update::Starting | Update::Event(_) => None,
        update => Some(update),
    }
}
