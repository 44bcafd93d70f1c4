//! Which mounts a command gets: every one is made here, and attached later.

use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::thread;

use super::diverted::Diverted;
use super::layers::{Layers, hold, hold_real};
use super::memory::{Memory, Writable};
use super::mounts::{Builder, Kind, Planned, at};
use super::new_mounts::{PLAIN, clone_of, clone_of_held, of_kind};
use crate::places::{COMMON, Places, SHARED_MEMORY, remove};
use crate::snapshots;

impl Builder<'_> {
    pub fn plan(&mut self, at: impl Into<PathBuf>, mount: OwnedFd, kind: Kind) {
        let at = at.into();
        self.planned.push(Planned { at, mount, kind });
    }

    /// The project's layer takes as long to make as all the others: they are made side by side.
    pub fn plan_layers(&mut self) -> Result<(), String> {
        let (places, memory) = (self.places, self.memory);
        let lower = self.lower_of_root()?;
        let layer = thread::scope(|scope| {
            let maker = thread::Builder::new();
            let root = maker
                .spawn_scoped(scope, || layer_of_root(places, memory, &lower))
                .map_err(at("layers"))?;
            let planned = self.plan_all_diverted();
            let made = root.join().unwrap_or_else(|_| Err("it failed".to_owned()));
            planned?;
            made.map_err(|error| format!("overlay of the project: {error}"))
        });
        match layer? {
            LayerOfRoot::OnDisk(mount) => self.plan(&places.root, mount, Kind::Writable),
            LayerOfRoot::InMemory(layer) => self.plan_writable(&places.root, layer, lower),
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

    fn plan_writable(&mut self, shown: &Path, made: Writable, lower: Vec<OwnedFd>) {
        self.plan(shown, made.mount, Kind::Writable);
        let diverted = Diverted::new(shown.to_owned(), made.upper, lower);
        self.view.diverted.push(diverted);
    }

    fn plan_all_diverted(&mut self) -> Result<(), String> {
        let mut paths: Vec<&PathBuf> = self.places.divert.iter().collect();
        paths.sort_by_key(|path| path.components().count());
        for (number, path) in paths.into_iter().enumerate() {
            let mut layers = self.view.diverted.iter().filter(|one| !one.is_private());
            if path == Path::new(SHARED_MEMORY) {
                self.plan_private(number, path)?;
            } else if !layers.any(|above| path.starts_with(&above.shown)) {
                self.plan_diverted(number, path)?;
            }
        }
        Ok(())
    }

    fn plan_diverted(&mut self, number: usize, path: &Path) -> Result<(), String> {
        let real = hold_real(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut lower = vec![real];
        if let Some(copies) = self.copies_in(number, path) {
            lower.insert(0, copies);
        }
        match self.memory.layer(&number.to_string(), &lower) {
            Ok(layer) => self.plan_writable(path, layer, lower),
            // Something is mounted below it, say.
            Err(error) => {
                let shown = path.display();
                let note = if COMMON.iter().any(|common| path == Path::new(common)) {
                    self.plan_private(number, path)?;
                    format!("{shown} is an empty folder for the command ({error}).")
                } else {
                    format!("Writes to {shown} are refused, not diverted ({error}).")
                };
                self.view.notes.push(note);
            }
        }
        Ok(())
    }

    /// A layer of the snapshots in `path`, where there are any.
    fn copies_in(&mut self, number: usize, path: &Path) -> Option<OwnedFd> {
        let name = format!("{number}-snapshots");
        let mut made = None;
        for snapshot in self.snapshots {
            let (file, copy) = (&snapshot.path, &snapshot.file);
            let Ok(below) = file.strip_prefix(path) else {
                continue;
            };
            let put = self.memory.folder(&name).and_then(|(folder, held)| {
                let put = snapshots::put(below, copy, path, &folder);
                put.map(|()| held).map_err(|error| {
                    // What is there of it would hide the real one.
                    let _ = remove(&folder.join(below));
                    error.to_string()
                })
            });
            match put {
                Ok(held) => made = Some(held),
                Err(error) => {
                    let shown = file.display();
                    let note = format!("{shown} could not be copied whole ({error}).");
                    self.view.notes.push(note);
                }
            }
        }
        made
    }

    /// Programs rely on these, so an empty one is better than one that refuses writes.
    fn plan_private(&mut self, number: usize, path: &Path) -> Result<(), String> {
        let private = self.memory.private(&number.to_string())?;
        self.covered.push(path.to_owned());
        self.plan_writable(path, private, Vec::new());
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

/// What takes the writes to the project.
enum LayerOfRoot {
    OnDisk(OwnedFd),
    InMemory(Writable),
}

/// On the disk where the launcher made folders for it, else in memory. The error says why neither.
fn layer_of_root(
    places: &Places,
    memory: &Memory,
    lower: &[OwnedFd],
) -> Result<LayerOfRoot, String> {
    let mount = || -> io::Result<OwnedFd> {
        let (upper, work) = (hold(&places.upper())?, hold(&places.work())?);
        let layers = Layers {
            lower: lower.iter().collect(),
            upper: &upper,
            work: &work,
        };
        layers.mount()
    };
    let in_memory = || memory.layer("root", lower).map(LayerOfRoot::InMemory);
    if !places.upper().is_dir() {
        return in_memory();
    }
    match mount() {
        Ok(mount) => Ok(LayerOfRoot::OnDisk(mount)),
        Err(failed) => in_memory().map_err(|error| format!("{failed}; in memory: {error}")),
    }
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
