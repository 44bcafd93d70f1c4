//! What the keeper tells the launcher, one JSON object a line.

use serde::{Deserialize, Serialize};

use crate::report::Usage;
use crate::writes::Writes;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// The walls could not be built; nothing of the command has run.
    SetUpFailed(String),
    /// The command itself could not be started, which no other tier would change.
    Refused {
        code: String,
        message: String,
    },
    Started,
    Ended(Box<End>),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct End {
    pub exit: Option<i32>,
    pub signal: Option<i32>,
    pub timed_out: bool,
    pub stopped: bool,
    pub disk_full: bool,
    pub processes: Option<usize>,
    pub seconds: f64,
    pub usage: Usage,
    /// From layers that only the keeper can read.
    pub diverted: Writes,
    pub notes: Vec<String>,
}
