//! What is told on the report descriptor, one JSON object a line.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::manifest::Comparison;
use crate::tier::Tier;

/// At most this many writes are listed; the rest is counted.
pub const WRITES_LISTED: usize = 5000;

#[derive(Debug, Serialize)]
pub struct Started {
    /// The process whose end is the end of everything the command started.
    pub pid: i32,
    /// Seconds since the epoch, as the kernel counts them: tells a reused pid from this one.
    pub create_time: f64,
    pub tier: Tier,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Usage {
    pub user_s: f64,
    pub system_s: f64,
    /// Of the largest single process.
    pub max_rss_bytes: i64,
}

/// Why a stronger tier was not used.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    pub tier: Tier,
    pub reason: String,
}

impl Reason {
    pub fn sentence(&self) -> String {
        format!(
            "{}: {}.",
            self.tier.name(),
            self.reason.trim_end_matches('.')
        )
    }
}

/// One write that did not reach the real file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Write {
    /// Relative to the root where it lies below it.
    pub path: String,
    /// created, modified, deleted, metadata, or touched: opened for writing, content the same.
    pub change: String,
    /// Bytes; of what is gone, its size before.
    pub size: u64,
}

#[derive(Debug, Serialize)]
pub struct Ended {
    pub exit: Option<i32>,
    pub signal: Option<i32>,
    pub timed_out: bool,
    pub stopped: bool,
    /// The command would have filled the disk.
    pub disk_full: bool,
    /// How many were ended; None where the command ended by itself, or they cannot be counted.
    pub processes: Option<usize>,
    pub seconds: f64,
    pub usage: Usage,
    pub tier: Tier,
    pub tier_reasons: Vec<Reason>,
    pub manifest: Option<Comparison>,
    /// None where the tier cannot list them.
    pub attempted_writes: Option<Vec<Write>>,
    /// All of them, listed or not.
    pub attempted_total: usize,
    /// Sentences about what this run could not have as usual.
    pub notes: Vec<String>,
}

pub fn started(report: &Started) -> String {
    json!({"v": 1, "started": report}).to_string()
}

pub fn ended(report: &Ended) -> String {
    json!({"v": 1, "ended": report}).to_string()
}

pub fn error(code: &str, message: &str, reasons: &[Reason]) -> String {
    let error = json!({"code": code, "message": message, "tier_reasons": reasons});
    json!({"v": 1, "error": error}).to_string()
}
