//! The last step before the command: see with its own eyes that the walls stand.

use std::fs::OpenOptions;
use std::io;
use std::net::UdpSocket;
use std::os::unix::net::UnixDatagram;

use rustix::fs::{StatVfsMountFlags, statvfs};

use super::rules::kernel_has_landlock;
use crate::places::Places;
use crate::policy::Policy;
use crate::tier::Tier;

/// Tries what the walls of `tier` must refuse; the error names the one that did not.
pub fn run(tier: Tier, policy: &Policy, places: &Places) -> Result<(), String> {
    if tier == Tier::WriteBlocked || (tier == Tier::Shadow && kernel_has_landlock()) {
        let canary = OpenOptions::new().write(true).open(places.canary());
        refused("a write outside the project", &canary)?;
    }
    refused("a socket by path", &UnixDatagram::unbound())?;
    refused(
        "a pair that could send to a socket by path",
        &UnixDatagram::pair(),
    )?;
    if !policy.network {
        let reached = UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.connect("127.0.0.1:9"));
        refused("the network", &reached)?;
    }
    if tier == Tier::CopyOnWrite {
        let all = statvfs("/").map_err(|error| error.to_string())?;
        if !all.f_flag.contains(StatVfsMountFlags::RDONLY) {
            return Err("the self-test found the file system writable".to_owned());
        }
    }
    Ok(())
}

fn refused<T>(what: &str, attempt: &io::Result<T>) -> Result<(), String> {
    match attempt {
        Ok(_) => Err(format!("the self-test got through: {what}")),
        Err(_) => Ok(()),
    }
}
