//! What may run and how: read once, refused whole when anything in it is not understood.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::names;
use crate::tier::Tier;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    v: u32,
    pub argv: Vec<String>,
    pub cwd: PathBuf,
    pub root: PathBuf,
    pub env: BTreeMap<String, String>,
    timeout_s: Option<f64>,
    grace_s: f64,
    tier: Asked,
    pub network: bool,
    pub manifest: bool,
    /// A private folder for HOME, TMPDIR and the layers.
    pub scratch: PathBuf,
    /// Files and folders that must not be readable.
    #[serde(default, deserialize_with = "names::read")]
    pub hidden: Vec<PathBuf>,
    /// Folders outside the root where writes are diverted and listed as well, the real home say.
    #[serde(default, deserialize_with = "names::read")]
    pub divert: Vec<PathBuf>,
    /// What must stay readable although it lies in a hidden folder: the interpreter, say.
    #[serde(default, deserialize_with = "names::read")]
    pub keep: Vec<PathBuf>,
    /// Folders that are shown as they are, where a layer would take time for each of their files.
    /// Writes there are refused, not diverted: for a command that has none to make.
    #[serde(default, deserialize_with = "names::read")]
    pub plain: Vec<PathBuf>,
    /// Where the layer over the project lies.
    #[serde(default)]
    pub layer: Layer,
    /// Whole copies of databases that somebody writes to; they take the place of the real ones.
    #[serde(default)]
    pub snapshots: Vec<Snapshot>,
    /// The same of databases in folders of `divert`, for the tier that diverts.
    #[serde(default)]
    pub snapshots_beside: Vec<Snapshot>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Relative to the root; of those beside it, where they really are.
    pub path: PathBuf,
    /// The copy, below the scratch folder.
    pub file: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Below the scratch folder, where the caller can read what was written.
    #[default]
    Disk,
    /// Made and removed sooner: for a command that has next to nothing to write. Still on the disk
    /// where a file of the project is large, because a file is copied when it is opened for writing.
    Memory,
}

/// `"auto"`, a tier, or a list of those that will do, strongest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Asked {
    Auto(Auto),
    One(Tier),
    Several(Vec<Tier>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Auto {
    Auto,
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
        if let Asked::Several(tiers) = &policy.tier
            && (tiers.is_empty() || tiers.contains(&Tier::Guarded))
        {
            return Err("a list of tiers holds one at least, and each with walls".to_owned());
        }
        for seconds in [policy.timeout_s.unwrap_or(1.0), policy.grace_s] {
            if Duration::try_from_secs_f64(seconds).is_err() {
                return Err(format!("{seconds} is not a duration in seconds"));
            }
        }
        for snapshot in &policy.snapshots {
            let path = &snapshot.path;
            if !path.components().all(is_plain) {
                return Err(format!("{} is not a path below the root", path.display()));
            }
        }
        for snapshot in &policy.snapshots_beside {
            let path = &snapshot.path;
            let below = path.strip_prefix("/");
            if !below.is_ok_and(|path| path.components().all(is_plain)) {
                return Err(format!("{} is not a whole path", path.display()));
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

    /// The tiers to try, strongest first. The one without walls is never chosen, only asked for.
    pub fn tiers(&self) -> &[Tier] {
        match &self.tier {
            Asked::Auto(Auto::Auto) => &[Tier::CopyOnWrite, Tier::WriteBlocked, Tier::Shadow],
            Asked::One(tier) => std::slice::from_ref(tier),
            Asked::Several(tiers) => tiers,
        }
    }
}

fn is_plain(part: std::path::Component<'_>) -> bool {
    matches!(part, std::path::Component::Normal(_))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::path::PathBuf;

    use super::Policy;
    use crate::tier::Tier;

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

    #[test]
    fn guarded_is_never_chosen_by_itself() {
        let policy = Policy::parse(GOOD);
        assert!(policy.is_ok_and(|policy| !policy.tiers().contains(&Tier::Guarded)));
    }

    #[test]
    fn tiers_of_a_list_are_tried_in_its_order() {
        let policy = Policy::parse(&GOOD.replace("\"auto\"", r#"["copy-on-write","shadow"]"#));
        let tiers = policy.map(|policy| policy.tiers().to_vec());
        assert_eq!(tiers, Ok(vec![Tier::CopyOnWrite, Tier::Shadow]));
    }

    #[test]
    fn a_list_without_walls_or_tiers_is_refused() {
        for list in ["[]", r#"["shadow","guarded"]"#] {
            assert!(Policy::parse(&GOOD.replace("\"auto\"", list)).is_err());
        }
    }

    #[test]
    fn a_tier_that_is_asked_for_is_the_only_one_tried() {
        let policy = Policy::parse(&GOOD.replace("\"auto\"", "\"guarded\""));
        assert_eq!(
            policy.map(|policy| policy.tiers().to_vec()),
            Ok(vec![Tier::Guarded])
        );
    }

    #[test]
    fn a_path_that_is_no_text_is_read_as_its_bytes() {
        let hidden = r#""v":1,"hidden":["/a",[47,255]]"#;
        let policy = Policy::parse(&GOOD.replace("\"v\":1", hidden));
        let names = policy.map(|policy| policy.hidden);
        let bytes = OsStr::from_bytes(b"/\xff");
        assert_eq!(names, Ok(vec![PathBuf::from("/a"), PathBuf::from(bytes)]));
    }

    #[test]
    fn a_snapshot_beside_the_root_has_a_whole_path() {
        for (path, good) in [("/a/db", true), ("a/db", false), ("/a/../db", false)] {
            let beside =
                format!(r#""v":1,"snapshots_beside":[{{"path":"{path}","file":"/tmp/0"}}]"#);
            assert_eq!(
                Policy::parse(&GOOD.replace("\"v\":1", &beside)).is_ok(),
                good
            );
        }
    }

    #[test]
    fn a_snapshot_outside_the_root_is_refused() {
        let snapshot = r#""v":1,"snapshots":[{"path":"../db","file":"/tmp/0"}]"#;
        assert!(Policy::parse(&GOOD.replace("\"v\":1", snapshot)).is_err());
    }
}
