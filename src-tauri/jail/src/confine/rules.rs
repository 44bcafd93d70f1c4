//! Landlock: read and execute almost everywhere, write in a few places.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope, path_beneath_rules,
};

use rustix::fs::{StatVfsMountFlags, statvfs};

use super::devices;
use crate::places::Places;
use crate::policy::Policy;
use crate::tier::Tier;

/// The newest the rules below were written for; an older kernel enforces what it knows of them.
const NEWEST: ABI = ABI::V6;
/// From here on truncating is covered as well.
const LEAST_TO_BLOCK_WRITES: libc::c_long = 3;

/// The kernel's version of Landlock; 0 where it has none, or where it is switched off.
fn kernel_abi() -> libc::c_long {
    let version: libc::c_uint = 1;
    // SAFETY: with a null pointer, size 0 and this flag the call only returns a number.
    let abi = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<u8>(),
            0,
            version,
        )
    };
    abi.max(0)
}

pub fn kernel_has_landlock() -> bool {
    kernel_abi() > 0
}

/// Whether a rule against writing is one against truncating as well.
pub fn landlock_covers_truncating() -> bool {
    kernel_abi() >= LEAST_TO_BLOCK_WRITES
}

pub fn restrict(tier: Tier, policy: &Policy, places: &Places) -> Result<(), String> {
    let abi = kernel_abi();
    if tier == Tier::WriteBlocked && abi < LEAST_TO_BLOCK_WRITES {
        return Err(match abi {
            0 => "this kernel has no Landlock, or it is switched off".to_owned(),
            _ => format!("Landlock of this kernel is version {abi}, which lets files be truncated"),
        });
    }
    if abi == 0 {
        return Ok(());
    }
    let mut write = vec![places.home(), places.tmp()];
    match tier {
        // Here mounts are the first wall. The one that hides a file goes when somebody outside
        // replaces that file, but nothing outside can replace what lies in a layer.
        Tier::CopyOnWrite => {
            write.push(places.root.clone());
            write.extend(
                places
                    .divert
                    .iter()
                    .filter(|path| is_writable(path))
                    .cloned(),
            );
        }
        Tier::Shadow => write.push(places.copy()),
        Tier::WriteBlocked | Tier::Guarded => {}
    }
    let back = places.keep.iter().chain([&places.root]);
    let read = all_but(&places.hidden, back, &write);
    enforce(tier, policy.network, &read, &write).map_err(|error| format!("Landlock: {error}"))
}

fn enforce(tier: Tier, network: bool, read: &[PathBuf], write: &[PathBuf]) -> Result<(), String> {
    let text = |error: landlock::RulesetError| error.to_string();
    let everything = AccessFs::from_all(NEWEST);
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(everything)
        .map_err(text)?
        .scope(Scope::from_all(NEWEST))
        .map_err(text)?;
    if !network {
        rules = rules
            .handle_access(AccessNet::from_all(NEWEST))
            .map_err(text)?;
    }
    let rules = rules
        .create()
        .map_err(text)?
        .add_rules(path_beneath_rules(read, AccessFs::from_read(NEWEST)))
        .map_err(text)?
        .add_rules(path_beneath_rules(write, everything))
        .map_err(text)?
        .add_rules(path_beneath_rules(usable_devices(tier), device_access()))
        .map_err(text)?
        // Names may be listed everywhere: a program that looks along a path must get through.
        .add_rules(path_beneath_rules(["/"], AccessFs::ReadDir))
        .map_err(text)?;
    let status = rules.restrict_self().map_err(text)?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err("the rules were not enforced".to_owned()),
        _ => Ok(()),
    }
}

/// Whether a layer takes the writes below `path`; one that could not be made leaves it read-only.
fn is_writable(path: &Path) -> bool {
    statvfs(path).is_ok_and(|found| !found.f_flag.contains(StatVfsMountFlags::RDONLY))
}

/// Terminals only where those there are the command's own: elsewhere they are the user's.
fn usable_devices(tier: Tier) -> impl Iterator<Item = &'static str> {
    let terminals = (tier == Tier::CopyOnWrite).then_some(devices::TERMINALS);
    devices::USABLE
        .into_iter()
        .chain(terminals.into_iter().flatten())
}

fn device_access() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::IoctlDev
}

/// Every path except `hidden` and the devices, with `back` even where that lies in a hidden folder.
/// Landlock cannot take away what a folder above allows, so all siblings along the way to what is
/// hidden are allowed instead. Below `writable`, which has a rule of its own for everything, they
/// would say nothing more: a home or /tmp may have hundreds.
fn all_but<'a>(
    hidden: &[PathBuf],
    back: impl Iterator<Item = &'a PathBuf>,
    writable: &[PathBuf],
) -> Vec<PathBuf> {
    let mut left_out = hidden.to_vec();
    left_out.push(PathBuf::from("/dev"));
    let mut allowed = BTreeSet::new();
    allow(Path::new("/"), &left_out, writable, &mut allowed);
    for path in back {
        allow(path, &left_out, writable, &mut allowed);
    }
    allowed.into_iter().collect()
}

fn allow(path: &Path, left_out: &[PathBuf], writable: &[PathBuf], allowed: &mut BTreeSet<PathBuf>) {
    if left_out.iter().chain(writable).any(|other| other == path) {
        return;
    }
    if !left_out.iter().any(|hidden| hidden.starts_with(path)) {
        allowed.insert(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        // A rule for a link would allow what it points to.
        if entry.file_type().is_ok_and(|kind| !kind.is_symlink()) {
            allow(&entry.path(), left_out, writable, allowed);
        }
    }
}
