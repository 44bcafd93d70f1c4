//! The handle on the supervised sidecar, and what is said to and by the supervisor.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::{
    Ending, Event, Failure, Greeting, Patience, Program, protocol::Command, supervisor::Supervisor,
};

pub struct Settings {
    pub program: Program,
    pub greeting: Greeting,
    /// The longest silence before `ready`, from the start or the last progress.
    pub ready_within: Duration,
    pub patience: Patience,
}

impl Settings {
    pub fn new(program: Program, greeting: Greeting) -> Self {
        let ready_within = Duration::from_secs(60);
        Self {
            program,
            greeting,
            ready_within,
            patience: Patience::default(),
        }
    }
}

/// What happens to the sidecar.
#[derive(Debug)]
pub enum Update {
    Starting,
    /// It serves on this port; the path admits the window once.
    Ready {
        port: u16,
        enter: String,
    },
    /// Anything else it says.
    Event(Event),
    /// It ended by itself and is started again after the delay.
    Restarting {
        ending: Ending,
        crashes: usize,
        delay: Duration,
    },
    /// It stays down until [`Engine::restart`].
    Down {
        failure: Failure,
        lines: Vec<String>,
    },
}

pub(crate) enum Request {
    Command(Command),
    Asked(Asked),
}

/// What ends a sidecar's life from this side.
pub(crate) enum Asked {
    Restart,
    /// Whoever waits for the stop is told through the channel.
    Stop(Option<oneshot::Sender<()>>),
}

/// A handle on the supervised sidecar. Dropping the last one stops the sidecar.
#[derive(Clone)]
pub struct Engine {
    requests: mpsc::UnboundedSender<Request>,
}

impl Engine {
    /// Start the sidecar. Must be called within a Tokio runtime.
    pub fn start(settings: Settings) -> (Self, mpsc::UnboundedReceiver<Update>) {
        let (requests, queue) = mpsc::unbounded_channel();
        let (updates, receiver) = mpsc::unbounded_channel();
        tokio::spawn(Supervisor::new(settings, queue, updates).run());
        (Self { requests }, receiver)
    }

    /// Open folders: now, or as soon as the sidecar is ready.
    pub fn open(&self, paths: Vec<String>) {
        self.ask(Request::Command(Command::Open { paths }));
    }

    /// What was picked in a dialog the sidecar asked for; None where it was cancelled.
    pub fn picked(&self, request: Value, path: Option<String>) {
        self.ask(Request::Command(Command::Picked { request, path }));
    }

    /// Whether the desktop has a tray; to be said to each sidecar once it is ready.
    pub fn tray(&self, present: bool) {
        self.ask(Request::Command(Command::Tray { present }));
    }

    pub fn restart(&self) {
        self.ask(Request::Asked(Asked::Restart));
    }

    /// Stop for good; returns when the process is gone. Calling it again is harmless.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        self.ask(Request::Asked(Asked::Stop(Some(done))));
        // An error means that the supervisor is gone, and the sidecar with it.
        let _ = stopped.await;
    }

    fn ask(&self, request: Request) {
        // After a stop there is nobody to ask, and nothing left to do.
        let _ = self.requests.send(request);
    }
}
