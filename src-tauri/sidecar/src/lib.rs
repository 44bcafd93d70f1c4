//! Starts, supervises and stops the DJDesk sidecar; knows its protocol, not Tauri.
//!
//! [`Engine::start`] spawns the sidecar and keeps it running. What happens to it arrives as
//! [`Update`]s. The sidecar's standard input, held open, is the lifeline: whichever way this
//! process ends, the sidecar reads end-of-file and stops by itself.

mod engine;
mod failure;
mod life;
mod lines;
mod pipes;
mod protocol;
mod restart_policy;
mod spawn;
mod stop;
mod supervisor;
mod tail;

pub use engine::{Engine, Settings, Update};
pub use failure::{Ending, Failure};
pub use protocol::{Event, Greeting};
pub use spawn::{Program, scrubbed};
pub use stop::Patience;
