//! One window for each data directory: a second start hands its folders over and ends.
//!
//! On Linux this is done before anything else exists, without a session bus: Tauri's plugin would
//! find the first window only after GTK and a second engine had been started.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub use linux::{Claim, Held, claim};

/// Folders handed over by a second start, to be opened by the first.
pub type Folders = Vec<String>;
