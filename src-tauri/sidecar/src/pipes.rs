//! The sidecar's three pipes, each in a task of its own, so that a full one never blocks another.

use tokio::{
    io::{AsyncRead, AsyncWriteExt},
    process::ChildStdin,
    sync::mpsc,
    task::JoinHandle,
};

use crate::{
    lines::Lines,
    protocol::{self, Event, Message, Unreadable},
    tail::Tail,
};

const EVENT_LIMIT: usize = 1 << 20;
const LOG_LINE_LIMIT: usize = 8 << 10;

/// Writes to the sidecar; closing it is what stops the sidecar.
pub(crate) struct Lifeline {
    lines: mpsc::UnboundedSender<String>,
    task: JoinHandle<()>,
}

impl Lifeline {
    pub fn hold(mut stdin: ChildStdin) -> Self {
        let (lines, mut queue) = mpsc::unbounded_channel::<String>();
        let task = tokio::spawn(async move {
            while let Some(line) = queue.recv().await {
                if let Err(error) = stdin.write_all(line.as_bytes()).await {
                    tracing::warn!(%error, "the engine does not listen");
                    break;
                }
            }
        });
        Self { lines, task }
    }

    pub fn send(&self, message: &Message<'_>) {
        match message.line() {
            // A sidecar that is gone is noticed by its exit, not here.
            Ok(line) => drop(self.lines.send(line)),
            Err(error) => tracing::error!(%error, "a message could not be written"),
        }
    }

    /// Close the pipe at once, even where a write is stuck.
    pub fn close(&self) {
        self.task.abort();
    }
}

impl Drop for Lifeline {
    fn drop(&mut self) {
        self.close();
    }
}

/// Hand on the events on `stdout` for as long as it is open; what is none goes to the log.
pub(crate) fn read_events(
    stdout: impl AsyncRead + Unpin + Send + 'static,
    tail: Tail,
) -> mpsc::Receiver<Event> {
    let (events, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        let mut lines = Lines::new(stdout, EVENT_LIMIT);
        while let Ok(Some(line)) = lines.next().await {
            match protocol::parse(&line.text) {
                // Nobody may be left to receive it; the pipe is drained all the same.
                Ok(event) => drop(events.send(event).await),
                Err(Unreadable::Junk) => log(&tail, &line.text),
                Err(reason) => {
                    tracing::warn!(%reason, cut = line.cut, "skipped {}", shortened(&line.text));
                }
            }
        }
    });
    receiver
}

/// Put what the sidecar writes to `stderr` into the log for as long as it is open.
pub(crate) fn read_log(stderr: impl AsyncRead + Unpin + Send + 'static, tail: Tail) {
    tokio::spawn(async move {
        let mut lines = Lines::new(stderr, LOG_LINE_LIMIT);
        while let Ok(Some(line)) = lines.next().await {
            log(&tail, &line.text);
        }
    });
}

fn log(tail: &Tail, text: &str) {
    let text = shortened(text);
    tracing::info!(target: "engine", "{text}");
    tail.push(text);
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LOG_LINE_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
