//! The file system as a command sees it in namespaces of its own.
//!
//! The order matters. First everything is made as detached mounts, while the tree is writable: the
//! upper layers take their flags from the mounts they lie on. Then all that exists becomes
//! read-only. Then the detached mounts are attached, those with short paths first.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::mount::{MountAttrFlags, MountPropagationFlags, mount_change};

use super::diverted::Diverted;
use super::memory::Memory;
use super::new_mounts::{
    PLAIN, attach, clone_of, make_all_read_only, make_one_read_only, make_read_only, of_kind,
    through,
};
use super::plan::cover_of;
use super::{devices, limits};
use crate::places::{Places, make};
use crate::policy::{Policy, Snapshot};

/// How often what is hidden may change its kind while it is covered.
const COVERS: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Writable,
    /// An empty folder in which others may be attached, then closed.
    Hiding,
    /// Nothing, in the place of a file.
    HidingFile,
    ReadOnly,
}

pub struct Planned {
    pub at: PathBuf,
    pub mount: OwnedFd,
    pub kind: Kind,
}

/// What was built.
pub struct View {
    pub diverted: Vec<Diverted>,
    /// Where something was attached.
    pub attached: Vec<PathBuf>,
    /// Sentences about what could not be had as usual.
    pub notes: Vec<String>,
    /// Of no use any more, and slow to close.
    pub memory: Option<OwnedFd>,
}

pub struct Builder<'a> {
    pub places: &'a Places,
    /// Of databases in diverted folders.
    pub snapshots: &'a [Snapshot],
    pub memory: &'a Memory,
    /// Folders whose real contents are out of sight.
    pub covered: Vec<PathBuf>,
    pub planned: Vec<Planned>,
    pub view: View,
}

pub fn build(places: &Places, policy: &Policy) -> Result<View, String> {
    let private = MountPropagationFlags::REC | MountPropagationFlags::PRIVATE;
    mount_change("/", private).map_err(at("private mounts"))?;
    let scratch = scratch(places)?;
    let memory = Memory::attach(places.tmp())?;
    let mut builder = Builder {
        places,
        snapshots: &policy.snapshots_beside,
        memory: &memory,
        covered: places.hidden.clone(),
        planned: scratch,
        view: View {
            diverted: Vec::new(),
            attached: Vec::new(),
            notes: Vec::new(),
            memory: None,
        },
    };
    builder.plan_layers()?;
    builder.plan_plain();
    builder.plan_hidden()?;
    builder.plan_kept()?;
    for device in devices::USABLE {
        // A machine need not have all of them.
        if let Ok(mount) = clone_of(Path::new(device)) {
            builder.plan(device, mount, Kind::Writable);
        }
    }
    let proc = of_kind("proc", &[], PLAIN | MountAttrFlags::MOUNT_ATTR_NOEXEC);
    if let Ok(proc) = &proc {
        limits::set_for_namespace(Path::new(&through(proc)));
        // Root may write to /proc/sys by its number alone, without any capability.
        make_one_read_only(proc).map_err(at("/proc"))?;
    }
    make_read_only(Path::new("/")).map_err(at("read-only file system"))?;
    let mut view = builder.attach_all()?;
    view.memory = Some(memory.into_held());
    attach_terminals()?;
    match proc {
        Ok(proc) => attach(&proc, Path::new("/proc")).map_err(at("/proc"))?,
        // Containers mount things over parts of it. The outer one stays: it lists other processes,
        // but the user namespace keeps their memory and environment out of reach.
        Err(error) if error.raw_os_error() == Some(libc::EPERM) => {}
        Err(error) => return Err(format!("/proc: {error}")),
    }
    Ok(view)
}

/// HOME and TMPDIR of the command, the only real folders it can write to.
fn scratch(places: &Places) -> Result<Vec<Planned>, String> {
    let folders = [places.home(), places.tmp()].into_iter();
    let held = folders.map(|at| {
        let mount = clone_of(&at)?;
        let kind = Kind::Writable;
        Ok(Planned { at, mount, kind })
    });
    held.collect::<io::Result<_>>()
        .map_err(at("scratch folder"))
}

impl Builder<'_> {
    fn attach_all(mut self) -> Result<View, String> {
        // Stable, so that of two for the same path the one planned later lies on top.
        self.planned.sort_by_key(|one| one.at.components().count());
        for one in &mut self.planned {
            let shown = one.at.clone();
            let failed = |error: io::Error| format!("{}: {error}", shown.display());
            if !one.at.exists() && !made_mount_point(one).map_err(failed)? {
                continue;
            }
            if one.kind == Kind::ReadOnly {
                make_all_read_only(&one.mount).map_err(failed)?;
            }
            if one.kind.hides() {
                attach_cover(one).map_err(failed)?;
            } else {
                attach(&one.mount, &one.at).map_err(failed)?;
            }
        }
        for one in &self.planned {
            if one.kind == Kind::Hiding {
                make_one_read_only(&one.mount)
                    .map_err(|error| format!("{}: {error}", one.at.display()))?;
            }
        }
        self.view.attached = self.planned.into_iter().map(|one| one.at).collect();
        Ok(self.view)
    }
}

impl Kind {
    fn hides(self) -> bool {
        matches!(self, Self::Hiding | Self::HidingFile)
    }
}

/// Attaches what hides a path, if that is still there. A program that writes it anew may have made
/// it a thing of another kind, or none for a moment, since its cover was made.
fn attach_cover(planned: &mut Planned) -> io::Result<()> {
    for _ in 0..COVERS {
        match attach(&planned.mount, &planned.at) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                (planned.mount, planned.kind) = cover_of(&planned.at)?;
            }
            done => return done,
        }
    }
    attach(&planned.mount, &planned.at)
}

/// False: what should be hidden has gone meanwhile, so there is nothing to hide.
fn made_mount_point(planned: &Planned) -> io::Result<bool> {
    match make_mount_point(planned) {
        Err(_) if planned.kind.hides() => Ok(false),
        made => made.map(|()| true),
    }
}

/// A place to attach to, in the empty folder that hides what was there.
fn make_mount_point(planned: &Planned) -> io::Result<()> {
    if fs::metadata(through(&planned.mount))?.is_dir() {
        return make(&planned.at);
    }
    if let Some(parent) = planned.at.parent() {
        make(parent)?;
    }
    fs::write(&planned.at, "")
}

/// The multiplexer of the real terminals would not find its folder in here.
fn attach_terminals() -> Result<(), String> {
    let flags = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NOEXEC;
    let [multiplexer, folder] = devices::TERMINALS.map(Path::new);
    let options = [("ptmxmode", "0666"), ("mode", "0600")];
    let Ok(own) = of_kind("devpts", &options, flags) else {
        return Ok(());
    };
    attach(&own, folder).map_err(at("terminals"))?;
    let inside = clone_of(&folder.join("ptmx")).map_err(at("terminals"))?;
    attach(&inside, multiplexer).map_err(at("terminals"))
}

pub fn at<E: std::fmt::Display>(stage: &'static str) -> impl Fn(E) -> String {
    move |error| format!("{stage}: {error}")
}
