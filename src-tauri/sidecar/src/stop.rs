//! Stopping a sidecar whose lifeline is closed: wait, then ask, then kill.

use std::time::Duration;

use process_wrap::tokio::ChildWrapper;
use tokio::time::timeout;

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From end-of-file on its standard input.
    pub closed: Duration,
    /// From SIGTERM to its group.
    pub terminated: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            closed: Duration::from_secs(5),
            terminated: Duration::from_secs(2),
        }
    }
}

/// Returns when the process is gone.
pub(crate) async fn stop(child: &mut dyn ChildWrapper, patience: Patience) {
    if timeout(patience.closed, child.wait()).await.is_ok() {
        return;
    }
    if terminate(child) {
        tracing::warn!("the engine did not stop when its pipe closed: terminated");
        if timeout(patience.terminated, child.wait()).await.is_ok() {
            return;
        }
    }
    tracing::warn!("the engine did not stop: killed");
    if let Err(error) = child.start_kill() {
        tracing::error!(%error, "the engine could not be killed");
        return;
    }
    if let Err(error) = child.wait().await {
        tracing::error!(%error, "the engine's end could not be awaited");
    }
}

#[cfg(unix)]
fn terminate(child: &dyn ChildWrapper) -> bool {
    const SIGTERM: i32 = 15;
    child.signal(SIGTERM).is_ok()
}

/// A Windows console process without a window has no gentle signal.
#[cfg(not(unix))]
fn terminate(_child: &dyn ChildWrapper) -> bool {
    false
}
