//! What may run and how: read once, refused whole when anything in it is not understood.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    v: u32,
    pub argv: Vec<String>,
    pub cwd: PathBuf,
    pub root: PathBuf,
    pub env: BTreeMap<String, String>,
    timeout_s: Option<f64>,
    grace_s: f64,
    pub tier: Tier,
    /// Read and kept for the tiers that can switch the network off.
    #[allow(dead_code)]
    network: bool,
    pub manifest: bool,
    /// A private folder for the layers of stronger tiers.
    #[allow(dead_code)]
    scratch: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    Auto,
    CopyOnWrite,
    WriteBlocked,
    Shadow,
    Guarded,
}

impl Policy {
    /// Parses one line; the error is a sentence.
    pub fn parse(line: &str) -> Result<Self, String> {
        let policy: Self = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if policy.v != 1 {
            return Err(format!("policy version {} is not known", policy.v));
        }
        if policy.argv.is_empty() {
            return Err("argv is empty".to_owned());
        }
        for seconds in [policy.timeout_s.unwrap_or(1.0), policy.grace_s] {
            if Duration::try_from_secs_f64(seconds).is_err() {
                return Err(format!("{seconds} is not a duration in seconds"));
            }
        }
        Ok(policy)
    }

    pub fn timeout(&self) -> Option<Duration> {
        self.timeout_s
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    pub fn grace(&self) -> Duration {
        Duration::try_from_secs_f64(self.grace_s).unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;

    const GOOD: &str = r#"{"v":1,"argv":["true"],"cwd":"/","root":"/","env":{},"timeout_s":1.0,
        "grace_s":3.0,"tier":"auto","network":false,"manifest":true,"scratch":"/tmp"}"#;

    #[test]
    fn a_complete_policy_is_read() {
        assert_eq!(
            Policy::parse(GOOD).map(|policy| policy.argv),
            Ok(vec!["true".to_owned()])
        );
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = Policy::parse(&GOOD.replace("\"v\":1", "\"v\":1,\"shell\":true")).err();
        assert!(error.is_some_and(|text| text.contains("shell")));
    }

    #[test]
    fn an_empty_argv_is_refused() {
        assert!(Policy::parse(&GOOD.replace("[\"true\"]", "[]")).is_err());
    }

    #[test]
    fn a_negative_timeout_is_refused() {
        assert!(Policy::parse(&GOOD.replace("\"timeout_s\":1.0", "\"timeout_s\":-1.0")).is_err());
    }

    #[test]
    fn an_unknown_tier_is_refused() {
        assert!(Policy::parse(&GOOD.replace("\"auto\"", "\"none\"")).is_err());
    }
}
