//! Keeps one sidecar running: from one life to the next, until asked to stop.

use std::time::{Duration, Instant};

use tokio::{sync::mpsc, time::timeout};

use crate::{
    Ending, Failure, Settings, Update,
    engine::{Asked, Request},
    life::{End, Life},
    protocol::Command,
    restart_policy::{Next, RestartPolicy},
    tail::Tail,
};

pub(crate) struct Supervisor {
    pub settings: Settings,
    pub requests: mpsc::UnboundedReceiver<Request>,
    pub tail: Tail,
    /// Folders to open that no ready sidecar was told of yet.
    pub unopened: Vec<String>,
    updates: mpsc::UnboundedSender<Update>,
    policy: RestartPolicy,
}

impl Supervisor {
    pub fn new(
        mut settings: Settings,
        requests: mpsc::UnboundedReceiver<Request>,
        updates: mpsc::UnboundedSender<Update>,
    ) -> Self {
        let unopened = std::mem::take(&mut settings.greeting.open);
        let (tail, policy) = (Tail::default(), RestartPolicy::default());
        Self {
            settings,
            requests,
            tail,
            unopened,
            updates,
            policy,
        }
    }

    pub async fn run(mut self) {
        loop {
            self.tell(Update::Starting);
            let end = match Life::begin(&self.settings, &self.unopened, &self.tail) {
                Ok(life) => life.live(&mut self).await,
                Err(failure) => End::Failed(failure),
            };
            let asked = match end {
                End::Crashed { ending, served } => self.after_crash(ending, served).await,
                End::Failed(failure) => self.stay_down(failure).await,
                End::Asked(asked) => {
                    self.policy.forget();
                    asked
                }
            };
            if let Asked::Stop(done) = asked {
                if let Some(done) = done {
                    let _ = done.send(());
                }
                return;
            }
        }
    }

    pub fn tell(&self, update: Update) {
        // Nobody listens any more: the window is closing.
        let _ = self.updates.send(update);
    }

    async fn after_crash(&mut self, ending: Ending, served: Duration) -> Asked {
        let next = self.policy.crashed(Instant::now(), served);
        let crashes = self.policy.crashes();
        tracing::error!(crashes, "the engine ended {ending}");
        self.tail.push(format!("engine ended {ending}"));
        match next {
            Next::GiveUp => self.stay_down(Failure::Crashed { ending, crashes }).await,
            Next::After(delay) => {
                self.tell(Update::Restarting {
                    ending,
                    crashes,
                    delay,
                });
                timeout(delay, self.idle()).await.unwrap_or(Asked::Restart)
            }
        }
    }

    async fn stay_down(&mut self, failure: Failure) -> Asked {
        tracing::error!(code = failure.code(), "the engine is down: {failure}");
        self.tell(Update::Down {
            failure,
            lines: self.tail.lines(),
        });
        let asked = self.idle().await;
        self.policy.forget();
        asked
    }

    /// While no sidecar runs, until a restart or the end is asked for.
    async fn idle(&mut self) -> Asked {
        loop {
            match self.requests.recv().await {
                Some(Request::Command(Command::Open { paths })) => self.unopened.extend(paths),
                // The sidecar that asked for it is gone, and the next one is told anew.
                Some(Request::Command(Command::Picked { .. } | Command::Tray { .. })) => {}
                Some(Request::Asked(asked)) => return asked,
                None => return Asked::Stop(None),
            }
        }
    }
}
