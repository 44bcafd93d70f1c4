//! Writes that land in memory, which only the keeper can still read afterwards.

use std::os::fd::OwnedFd;
use std::path::PathBuf;

use super::new_mounts::through;
use crate::writes::attributes_of;

pub struct Diverted {
    /// The folder as the command knows it.
    pub shown: PathBuf,
    upper: OwnedFd,
    /// None where an empty folder stands in for the real one.
    lower: Vec<OwnedFd>,
    attributes: Option<(u32, u32, u32)>,
}

impl Diverted {
    /// To be called before the command runs.
    pub fn new(shown: PathBuf, upper: OwnedFd, lower: Vec<OwnedFd>) -> Self {
        let mut diverted = Self {
            shown,
            upper,
            lower,
            attributes: None,
        };
        diverted.attributes = diverted.attributes_now();
        diverted
    }

    pub fn upper(&self) -> PathBuf {
        through(&self.upper).into()
    }

    pub fn lower(&self) -> Vec<PathBuf> {
        self.lower.iter().map(|fd| through(fd).into()).collect()
    }

    /// Whether an empty folder stands in for the real one.
    pub fn is_private(&self) -> bool {
        self.lower.is_empty()
    }

    /// Whether mode or owners of the folder itself have changed.
    pub fn has_other_attributes(&self) -> bool {
        self.attributes_now() != self.attributes
    }

    fn attributes_now(&self) -> Option<(u32, u32, u32)> {
        // Without the dot it would be those of the link that leads there.
        attributes_of(&self.upper().join("."))
    }
}
