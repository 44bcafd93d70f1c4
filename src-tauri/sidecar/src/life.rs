//! One sidecar process, from its spawn to its end.

use std::{io, process::ExitStatus, time::Duration};

use process_wrap::tokio::ChildWrapper;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until, timeout},
};

use crate::{
    Ending, Event, Failure, Settings, Update,
    engine::{Asked, Request},
    pipes::{self, Lifeline},
    protocol::{Command, Message},
    spawn::{Spawned, spawn},
    stop::stop,
    supervisor::Supervisor,
    tail::Tail,
};

/// What the pipe may still hold after the process ended; a grandchild can keep it open for ever.
const DRAIN: Duration = Duration::from_millis(500);

/// How one sidecar process came to its end.
pub(crate) enum End {
    Crashed { ending: Ending, served: Duration },
    Failed(Failure),
    Asked(Asked),
}

pub(crate) struct Life {
    child: Box<dyn ChildWrapper>,
    lifeline: Lifeline,
    events: mpsc::Receiver<Event>,
    /// How many of the unopened folders the greeting named.
    offered: usize,
    ready: Option<Instant>,
    fatal: Option<Failure>,
    /// Until when it must be ready or, after a fatal message, gone.
    deadline: Option<Instant>,
}

impl Life {
    pub fn begin(settings: &Settings, unopened: &[String], tail: &Tail) -> Result<Self, Failure> {
        let started = Instant::now();
        let Spawned {
            child,
            stdin,
            stdout,
            stderr,
        } = spawn(&settings.program)?;
        tracing::info!(pid = child.id(), took = ?started.elapsed(), "engine spawned");
        let lifeline = Lifeline::hold(stdin);
        let mut greeting = settings.greeting.clone();
        greeting.open.extend_from_slice(unopened);
        lifeline.send(&Message::Hello(&greeting));
        pipes::read_log(stderr, tail.clone());
        Ok(Self {
            child,
            lifeline,
            events: pipes::read_events(stdout, tail.clone()),
            offered: unopened.len(),
            ready: None,
            fatal: None,
            deadline: Some(started + settings.ready_within),
        })
    }

    /// Live until the process ends by itself or has to.
    pub async fn live(mut self, supervisor: &mut Supervisor) -> End {
        let end = loop {
            // Only looked at while there is a deadline.
            let deadline = self.deadline.unwrap_or_else(Instant::now);
            tokio::select! {
                Some(event) = self.events.recv() => self.hear(event, supervisor),
                request = supervisor.requests.recv() => match request {
                    Some(Request::Command(command)) => self.pass_on(command, supervisor),
                    Some(Request::Asked(asked)) => break End::Asked(asked),
                    None => break End::Asked(Asked::Stop(None)),
                },
                status = self.child.wait() => return self.ended(status).await,
                () = sleep_until(deadline), if self.deadline.is_some() => {
                    let within = supervisor.settings.ready_within;
                    break End::Failed(self.fatal.take().unwrap_or(Failure::Silent { within }));
                }
            }
        };
        self.lifeline.close();
        // What it still says is drained into nothing, so that a full pipe cannot hold it.
        self.events.close();
        stop(self.child.as_mut(), supervisor.settings.patience).await;
        end
    }

    fn hear(&mut self, event: Event, supervisor: &mut Supervisor) {
        match event {
            Event::Ready { .. } if self.ready.is_some() => {
                tracing::warn!("the engine said ready twice");
            }
            Event::Ready { port, enter } => {
                self.ready = Some(Instant::now());
                self.deadline = None;
                tracing::info!(port, "engine ready");
                supervisor.tell(Update::Ready { port, enter });
                let paths = supervisor.unopened.split_off(self.offered);
                supervisor.unopened.clear();
                if !paths.is_empty() {
                    self.lifeline
                        .send(&Message::Command(Command::Open { paths }));
                }
            }
            Event::Fatal { code, text, hint } => {
                self.fatal = Some(Failure::Fatal { code, text, hint });
                self.deadline = Some(Instant::now() + supervisor.settings.patience.closed);
            }
            event => {
                if matches!(event, Event::Progress { .. }) && self.ready.is_none() {
                    self.deadline = Some(Instant::now() + supervisor.settings.ready_within);
                }
                supervisor.tell(Update::Event(event));
            }
        }
    }

    fn pass_on(&self, command: Command, supervisor: &mut Supervisor) {
        match command {
            Command::Open { paths } if self.ready.is_none() => supervisor.unopened.extend(paths),
            command => self.lifeline.send(&Message::Command(command)),
        }
    }

    async fn ended(mut self, status: io::Result<ExitStatus>) -> End {
        let served = self.ready.map_or(Duration::ZERO, |ready| ready.elapsed());
        // Its last words may say why.
        let _ = timeout(DRAIN, async {
            while let Some(event) = self.events.recv().await {
                if let Event::Fatal { code, text, hint } = event {
                    self.fatal = Some(Failure::Fatal { code, text, hint });
                }
            }
        })
        .await;
        if let Some(failure) = self.fatal {
            return End::Failed(failure);
        }
        let ending = status.map_or_else(
            |error| {
                tracing::error!(%error, "the engine's end could not be awaited");
                Ending {
                    code: None,
                    signal: None,
                }
            },
            Ending::from,
        );
        End::Crashed { ending, served }
    }
}
