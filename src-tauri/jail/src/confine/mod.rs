//! The walls around a command, one file for each kind.

mod devices;
mod diverted;
mod filter;
mod layers;
pub mod limits;
mod memory;
pub mod mounts;
pub mod namespaces;
mod new_mounts;
mod plan;
pub mod privileges;
mod rules;
mod self_test;
mod syscalls;

use crate::places::Places;
use crate::policy::Policy;
use crate::tier::Tier;

pub use rules::kernel_has_landlock;

/// Puts the walls of `tier` around this process, which is about to become the command.
///
/// The error is a sentence; nothing of the command has run then.
pub fn enter(tier: Tier, policy: &Policy, places: &Places) -> Result<(), String> {
    limits::set(tier)?;
    if !tier.has_walls() {
        return Ok(());
    }
    rules::restrict(tier, policy, places)?;
    syscalls::refuse(tier, policy)?;
    self_test::run(tier, policy, places)
}
