//! The four ways to run a command, strongest first.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// In namespaces of its own; what it writes lands in a layer that is listed and thrown away.
    CopyOnWrite,
    /// Landlock and seccomp refuse every write.
    WriteBlocked,
    /// In a copy of the tree, behind Landlock and seccomp where the kernel has them.
    Shadow,
    /// With a clean environment and nothing more.
    Guarded,
}

impl Tier {
    pub const ALL: [Self; 4] = [
        Self::CopyOnWrite,
        Self::WriteBlocked,
        Self::Shadow,
        Self::Guarded,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::CopyOnWrite => "copy-on-write",
            Self::WriteBlocked => "write-blocked",
            Self::Shadow => "shadow",
            Self::Guarded => "guarded",
        }
    }

    /// Whether the kernel itself ends everything with the keeper, which is process 1 in there.
    pub fn has_namespaces(self) -> bool {
        self == Self::CopyOnWrite
    }

    pub fn has_walls(self) -> bool {
        self != Self::Guarded
    }
}
