//! Which mounts a command gets: every one is made here, and attached later.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;

use super::layers::{Layers, hold, hold_real};
use super::mounts::{Builder, Diverted, Kind, Planned, at};
use super::new_mounts::{PLAIN, clone_of, clone_of_held, clone_of_one, of_kind};
use crate::places::{COMMON, Places, make};

impl Builder<'_> {
    pub fn plan(&mut self, at: impl Into<PathBuf>, mount: OwnedFd, kind: Kind) {
        let at = at.into();
        self.planned.push(Planned { at, mount, kind });
    }

    /// A new empty folder in memory: where it is now, and held for reading in the end.
    fn folder_in_memory(&self, name: &str) -> Result<(PathBuf, OwnedFd), String> {
        let name = format!("{name}{}", self.view.diverted.len());
        let folder = self.point.join(&name);
        make(&folder).map_err(at("memory for layers"))?;
        let held = hold(&self.inside.join(&name)).map_err(at("memory for layers"))?;
        Ok((folder, held))
    }

    /// The project's layer lies on the disk, and takes as long to make as all those in memory: they
    /// are made side by side.
    pub fn plan_layers(&mut self) -> Result<(), String> {
        let places = self.places;
        let lower = self.lower_of_root()?;
        let on_disk = thread::scope(|scope| {
            let maker = thread::Builder::new();
            let root = maker
                .spawn_scoped(scope, || layer_on_disk(places, &lower))
                .map_err(at("layers"))?;
            let mut diverted = places.divert.iter();
            let planned = diverted.try_for_each(|path| self.plan_diverted(path));
            let made = root.join().unwrap_or_else(|_| Err("it failed".to_owned()));
            planned.map(|()| made)
        })?;
        match on_disk {
            Ok(mount) => self.plan(&places.root, mount, Kind::Writable),
            Err(failed) => self
                .in_memory(&places.root, lower)
                .map_err(|error| format!("overlay of the project: {failed}; in memory: {error}"))?,
        }
        Ok(())
    }

    fn lower_of_root(&self) -> Result<Vec<OwnedFd>, String> {
        let places = self.places;
        let mut lower = vec![];
        if places.snapshots().is_dir() {
            lower.push(hold(&places.snapshots()).map_err(at("snapshots"))?);
        }
        lower.push(hold_real(&places.root).map_err(at("project folder"))?);
        Ok(lower)
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
        let lower = hold_real(path).map_err(|error| format!("{}: {error}", path.display()))?;
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

    pub fn plan_hidden(&mut self) -> Result<(), String> {
        for path in &self.places.hidden {
            let (mount, kind) = cover_of(path).map_err(at("hiding"))?;
            self.plan(path, mount, kind);
        }
        Ok(())
    }

    /// Needed only below a layer. Not where something is hidden: what hides a file goes with a file
    /// that is replaced outside, and only in a layer nothing can be.
    pub fn plan_plain(&mut self) {
        let places = self.places;
        let layered: Vec<&PathBuf> = places.divert.iter().chain([&places.root]).collect();
        for path in &places.plain {
            let is_below = layered.iter().any(|above| path.starts_with(above));
            let mut hidden = places.hidden.iter();
            let hides = hidden.any(|one| one.starts_with(path) || path.starts_with(one));
            if is_below && !hides && !layered.contains(&path) {
                // Without it the layer is shown, which is only slower.
                if let Ok(mount) = hold_real(path).and_then(|held| clone_of_held(&held)) {
                    self.plan(path, mount, Kind::ReadOnly);
                }
            }
        }
    }

    /// Needed only where something above is out of sight.
    pub fn plan_kept(&mut self) -> Result<(), String> {
        let root = &self.places.root;
        for path in &self.places.keep {
            // The project is attached by itself, with the layer that takes writes to all of it.
            let shown = |covered| path.starts_with(root) && root.starts_with(covered);
            let mut above = self.covered.iter().filter(|one| path.starts_with(one));
            // A program at the top of a hidden folder, or in its `bin`, would uncover all of it.
            let uncovers = self.places.hidden.contains(path);
            if !uncovers && above.any(|covered| !shown(covered)) {
                let mount = hold_real(path)
                    .and_then(|held| clone_of_held(&held))
                    .map_err(at("what stays readable"))?;
                self.plan(path, mount, Kind::ReadOnly);
            }
        }
        Ok(())
    }
}

/// The layer that takes what is written to the project. The error says why it cannot lie there.
fn layer_on_disk(places: &Places, lower: &[OwnedFd]) -> Result<OwnedFd, String> {
    if places.scratch_is_in_root() {
        return Err("the data directory lies in the project".to_owned());
    }
    let mount = || -> io::Result<OwnedFd> {
        let (upper, work) = (hold(&places.upper())?, hold(&places.work())?);
        let layers = Layers {
            lower: lower.iter().collect(),
            upper: &upper,
            work: &work,
        };
        layers.mount()
    };
    mount().map_err(|error| error.to_string())
}

/// What hides `path`. Where nothing is at this moment, it is taken for a file.
pub fn cover_of(path: &Path) -> io::Result<(OwnedFd, Kind)> {
    if path.is_dir() {
        let empty = of_kind("tmpfs", &[("mode", "0755"), ("size", "64k")], PLAIN)?;
        Ok((empty, Kind::Hiding))
    } else {
        Ok((clone_of(Path::new("/dev/null"))?, Kind::HidingFile))
    }
}
