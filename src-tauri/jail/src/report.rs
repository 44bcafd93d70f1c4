//! What is told on the report descriptor, one JSON object a line.

use serde::Serialize;
use serde_json::json;

use crate::manifest::Comparison;

/// The only tier of this version; the stronger ones say here why they are not used.
pub const TIER: &str = "guarded";
const STRONGER: [&str; 3] = ["copy-on-write", "write-blocked", "shadow"];
const NOT_BUILT: &str = "not part of this version";

#[derive(Debug, Serialize)]
pub struct Started {
    pub pid: i32,
    /// Seconds since the epoch, as the kernel counts them: tells a reused pid from this one.
    pub create_time: f64,
    pub tier: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Usage {
    pub user_s: f64,
    pub system_s: f64,
    /// Of the largest single process.
    pub max_rss_bytes: i64,
}

#[derive(Debug, Serialize)]
pub struct Reason {
    pub tier: &'static str,
    pub reason: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Ended {
    pub exit: Option<i32>,
    pub signal: Option<i32>,
    pub timed_out: bool,
    pub stopped: bool,
    pub seconds: f64,
    pub usage: Usage,
    pub tier: &'static str,
    pub tier_reasons: Vec<Reason>,
    pub manifest: Option<Comparison>,
    /// Only tiers that divert writes can list them.
    pub attempted_writes: Option<Vec<()>>,
}

pub fn started(report: &Started) -> String {
    json!({"v": 1, "started": report}).to_string()
}

pub fn ended(report: &Ended) -> String {
    json!({"v": 1, "ended": report}).to_string()
}

pub fn error(code: &str, message: &str) -> String {
    json!({"v": 1, "error": {"code": code, "message": message}}).to_string()
}

pub fn reasons() -> Vec<Reason> {
    STRONGER
        .into_iter()
        .map(|tier| Reason {
            tier,
            reason: NOT_BUILT,
        })
        .collect()
}

/// Which tiers a self-test proved on this machine.
pub fn probe() -> String {
    let mut tiers: Vec<_> = STRONGER
        .into_iter()
        .map(|tier| json!({"tier": tier, "works": false, "reason": NOT_BUILT}))
        .collect();
    tiers.push(json!({"tier": TIER, "works": true, "reason": "a clean environment; no isolation"}));
    json!({"v": 1, "tiers": tiers}).to_string()
}
