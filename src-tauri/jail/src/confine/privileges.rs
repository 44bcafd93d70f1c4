//! What root can do and a command must not.

use rustix::thread::{
    CapabilitySet, CapabilitySets, clear_ambient_capability_set,
    remove_capability_from_bounding_set, set_capabilities, set_no_new_privs,
};

use crate::tier::Tier;

/// Gives up every capability. In its own user namespace root keeps those that pass over file modes,
/// so that it reads other users' files as it could outside; mounts and Landlock stop the writes.
pub fn drop_all(tier: Tier) -> Result<(), String> {
    let keep = if tier.has_namespaces() && rustix::process::geteuid().is_root() {
        CapabilitySet::DAC_OVERRIDE
            | CapabilitySet::DAC_READ_SEARCH
            | CapabilitySet::FOWNER
            | CapabilitySet::CHOWN
    } else {
        CapabilitySet::empty()
    };
    set_no_new_privs(true).map_err(|error| format!("no_new_privs: {error}"))?;
    for bit in 0..64 {
        if let Some(one) = CapabilitySet::from_bits(1 << bit)
            && !keep.contains(one)
        {
            // Refused for those this kernel does not know, and for a user who has none to give up.
            let _ = remove_capability_from_bounding_set(one);
        }
    }
    let _ = clear_ambient_capability_set();
    let sets = CapabilitySets {
        effective: keep,
        permitted: keep,
        inheritable: CapabilitySet::empty(),
    };
    set_capabilities(None, sets).map_err(|error| format!("capabilities: {error}"))
}
