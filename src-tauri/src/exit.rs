//! The one way out: whatever ends the program, the engine is stopped first, once.

use djdesk_sidecar_host::Engine;
use tauri::AppHandle;
use tokio::sync::oneshot;

/// Stop the engine and wait for its end. A second call finds it stopped and returns.
pub fn shut_down(engine: &Engine) {
    tracing::info!("shutting down");
    tauri::async_runtime::block_on(engine.stop());
    tracing::info!("the engine has stopped");
}

/// Listen for the signals that mean quit, from now on; a window that comes later is closed.
pub fn on_signals(window: oneshot::Receiver<AppHandle>) -> std::io::Result<()> {
    let mut signals = Signals::new()?;
    tauri::async_runtime::spawn(async move {
        let name = signals.next().await;
        tracing::info!("{name}: quitting");
        // Before the window exists there is nothing to close yet.
        if let Ok(app) = window.await {
            app.exit(0);
        }
    });
    Ok(())
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.hang_up.recv() => "SIGHUP",
        }
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) -> &'static str {
        self.0.recv().await;
        "Ctrl+C"
    }
}
