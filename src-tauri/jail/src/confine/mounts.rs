//! The file system as a command sees it in namespaces of its own.
//!
//! The order matters. First everything is made as detached mounts, while the tree is writable: the
//! upper layers take their flags from the mounts they lie on. Then all that exists becomes
//! read-only. Then the detached mounts are attached, those with short paths first.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::mount::{MountAttrFlags, MountPropagationFlags, mount_change};

use super::layers::{Layers, hold};
use super::new_mounts::{
    PLAIN, attach, clone_of, clone_of_one, make_all_read_only, make_one_read_only, make_read_only,
    of_kind, through,
};
use super::{devices, limits};
use crate::places::{COMMON, Places, make};

/// Layers that lie in memory take at most this much together.
const MEMORY: &str = "512m";

/// Writes that land in memory, which only this process can still read afterwards.
pub struct Diverted {
    /// The folder as the command knows it.
    pub shown: PathBuf,
    upper: OwnedFd,
    /// None where an empty folder stands in for the real one.
    lower: Vec<OwnedFd>,
}

impl Diverted {
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
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Writable,
    /// An empty folder in which others may be attached, then closed.
    Hiding,
    ReadOnly,
}

struct Planned {
    at: PathBuf,
    mount: OwnedFd,
    kind: Kind,
}

/// What was built.
pub struct View {
    pub diverted: Vec<Diverted>,
    /// Where something was attached.
    pub attached: Vec<PathBuf>,
    /// Sentences about what could not be had as usual.
    pub notes: Vec<String>,
}

struct Builder<'a> {
    places: &'a Places,
    /// The memory for layers, as it can be read in the end.
    inside: PathBuf,
    /// Folders whose real contents are out of sight.
    covered: Vec<PathBuf>,
    planned: Vec<Planned>,
    view: View,
}

pub fn build(places: &Places) -> Result<View, String> {
    let private = MountPropagationFlags::REC | MountPropagationFlags::PRIVATE;
    mount_change("/", private).map_err(at("private mounts"))?;
    let memory = of_kind("tmpfs", &[("mode", "0700"), ("size", MEMORY)], PLAIN)
        .map_err(at("memory for layers"))?;
    // Layers may lie on a mount that is attached somewhere, and on older kernels on no other.
    attach(&memory, &places.memory()).map_err(at("memory for layers"))?;
    // This one stays writable and has nothing attached below.
    let inside = clone_of_one(&places.memory()).map_err(at("memory for layers"))?;
    let mut builder = Builder {
        places,
        inside: through(&inside).into(),
        covered: places.hidden.clone(),
        planned: Vec::new(),
        view: View {
            diverted: Vec::new(),
            attached: Vec::new(),
            notes: Vec::new(),
        },
    };
    builder.plan_root()?;
    for path in &places.divert {
        builder.plan_diverted(path)?;
    }
    builder.plan_scratch()?;
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
    let view = builder.attach_all()?;
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

impl Builder<'_> {
    fn plan(&mut self, at: impl Into<PathBuf>, mount: OwnedFd, kind: Kind) {
        let at = at.into();
        self.planned.push(Planned { at, mount, kind });
    }

    /// A new empty folder in memory: where it is now, and held for reading in the end.
    fn folder_in_memory(&self, name: &str) -> Result<(PathBuf, OwnedFd), String> {
        let name = format!("{name}{}", self.view.diverted.len());
        let folder = self.places.memory().join(&name);
        make(&folder).map_err(at("memory for layers"))?;
        let held = hold(&self.inside.join(&name)).map_err(at("memory for layers"))?;
        Ok((folder, held))
    }

    fn plan_root(&mut self) -> Result<(), String> {
        let places = self.places;
        let root = hold(&places.root).map_err(at("project folder"))?;
        let mut lower = vec![];
        if places.snapshots().is_dir() {
            lower.push(hold(&places.snapshots()).map_err(at("snapshots"))?);
        }
        lower.push(root);
        let on_disk = || -> io::Result<(OwnedFd, OwnedFd)> {
            let (upper, work) = (hold(&places.upper())?, hold(&places.work())?);
            let layers = Layers {
                lower: lower.iter().collect(),
                upper: &upper,
                work: &work,
            };
            Ok((layers.mount()?, upper))
        };
        let failed = if places.scratch_is_in_root() {
            "the data directory lies in the project".to_owned()
        } else {
            match on_disk() {
                Ok((mount, _)) => {
                    self.plan(&places.root, mount, Kind::Writable);
                    return Ok(());
                }
                Err(error) => error.to_string(),
            }
        };
        self.in_memory(&places.root, lower)
            .map_err(|error| format!("overlay of the project: {failed}; in memory: {error}"))
    }

    fn in_memory(&mut self, shown: &Path, lower: Vec<OwnedFd>) -> Result<(), String> {
        let (folder, upper) = self.folder_in_memory("upper")?;
        let (work, _) = self.folder_in_memory("work")?;
        let layers = Layers {
            lower: lower.iter().collect(),
            upper: &hold(&folder).map_err(at("layer"))?,
            work: &hold(&work).map_err(at("layer"))?,
        };
        let mount = layers.mount().map_err(|error| error.to_string())?;
        self.plan(shown, mount, Kind::Writable);
        self.view.diverted.push(Diverted {
            shown: shown.to_owned(),
            upper,
            lower,
        });
        Ok(())
    }

    fn plan_diverted(&mut self, path: &Path) -> Result<(), String> {
        let lower = hold(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if let Err(error) = self.in_memory(path, vec![lower]) {
            // Something is mounted below it, say.
            let shown = path.display();
            let note = if COMMON.iter().any(|common| path == Path::new(common)) {
                self.plan_private(path)?;
                format!("{shown} is an empty folder for the command ({error}).")
            } else {
                format!("Writes to {shown} are refused, not diverted ({error}).")
            };
            self.view.notes.push(note);
        }
        Ok(())
    }

    /// Programs rely on these, so an empty one is better than one that refuses writes.
    fn plan_private(&mut self, path: &Path) -> Result<(), String> {
        let (folder, upper) = self.folder_in_memory("private")?;
        let anybody = fs::Permissions::from_mode(0o1777);
        fs::set_permissions(&folder, anybody).map_err(at("private folder"))?;
        let mount = clone_of_one(&folder).map_err(at("private folder"))?;
        self.covered.push(path.to_owned());
        self.plan(path, mount, Kind::Writable);
        self.view.diverted.push(Diverted {
            shown: path.to_owned(),
            upper,
            lower: Vec::new(),
        });
        Ok(())
    }

    /// HOME and TMPDIR of the command, the only real folders it can write to.
    fn plan_scratch(&mut self) -> Result<(), String> {
        for folder in [self.places.home(), self.places.tmp()] {
            let mount = clone_of(&folder).map_err(at("scratch folder"))?;
            self.plan(folder, mount, Kind::Writable);
        }
        Ok(())
    }

    fn plan_hidden(&mut self) -> Result<(), String> {
        for path in &self.places.hidden {
            if path.is_dir() {
                let empty = of_kind("tmpfs", &[("mode", "0755"), ("size", "64k")], PLAIN)
                    .map_err(at("hiding"))?;
                self.plan(path, empty, Kind::Hiding);
            } else {
                let nothing = clone_of(Path::new("/dev/null")).map_err(at("hiding"))?;
                self.plan(path, nothing, Kind::Writable);
            }
        }
        Ok(())
    }

    /// Needed only where something above is out of sight.
    fn plan_kept(&mut self) -> Result<(), String> {
        // The project is attached by itself, with the layer that takes its writes.
        let kept = self.places.keep.iter();
        for path in kept.filter(|path| **path != self.places.root) {
            if self.covered.iter().any(|covered| path.starts_with(covered)) {
                let mount = clone_of(path).map_err(at("what stays readable"))?;
                self.plan(path, mount, Kind::ReadOnly);
            }
        }
        Ok(())
    }

    fn attach_all(mut self) -> Result<View, String> {
        // Stable, so that of two for the same path the one planned later lies on top.
        self.planned.sort_by_key(|one| one.at.components().count());
        for one in &self.planned {
            let failed = |error: io::Error| format!("{}: {error}", one.at.display());
            if !one.at.exists() {
                make_mount_point(one).map_err(failed)?;
            }
            if one.kind == Kind::ReadOnly {
                make_all_read_only(&one.mount).map_err(failed)?;
            }
            attach(&one.mount, &one.at).map_err(failed)?;
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

fn at<E: std::fmt::Display>(stage: &'static str) -> impl Fn(E) -> String {
    move |error| format!("{stage}: {error}")
}
