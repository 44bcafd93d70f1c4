//! Files the pages offer: fetched into our cache at once, moved to where the person says.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tauri::{AppHandle, Manager, Url, webview::DownloadEvent};
use tempfile::TempDir;

use crate::{
    desk::Desk,
    dialogs, logs,
    navigation::{self, Verdict},
    notify,
};

struct Fetched {
    /// Removed, with what is left in it, when this is dropped.
    directory: TempDir,
    name: PathBuf,
}

impl Fetched {
    fn begin(cache: &Path, suggested: &Path) -> io::Result<Self> {
        let downloads = cache.join("downloads");
        logs::create_private(&downloads)?;
        let directory = TempDir::new_in(downloads)?;
        let name = suggested
            .file_name()
            .map_or_else(|| "download".into(), PathBuf::from);
        Ok(Self { directory, name })
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join(&self.name)
    }

    fn move_to(&self, target: &Path) -> io::Result<()> {
        match fs::rename(self.path(), target) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                fs::copy(self.path(), target).map(drop)
            }
            moved => moved,
        }
    }
}

#[derive(Default)]
pub struct Downloads(Mutex<HashMap<Url, Fetched>>);

impl Downloads {
    /// Whether the download may begin.
    pub fn happened(&self, app: &AppHandle, event: DownloadEvent<'_>) -> bool {
        match event {
            DownloadEvent::Requested { url, destination } => self.begin(app, url, destination),
            DownloadEvent::Finished { url, success, .. } => {
                self.finish(app, &url, success);
                true
            }
            _ => true,
        }
    }

    fn begin(&self, app: &AppHandle, url: Url, destination: &mut PathBuf) -> bool {
        let desk = app.state::<Desk>();
        if navigation::decide(&url, &desk.gate.get()) != Verdict::Allow {
            tracing::warn!("a download from elsewhere was refused");
            return false;
        }
        match Fetched::begin(&desk.cache, destination) {
            Ok(fetched) => {
                *destination = fetched.path();
                self.0
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(url, fetched);
                true
            }
            Err(error) => {
                failed(app, destination, &error);
                false
            }
        }
    }

    fn finish(&self, app: &AppHandle, url: &Url, success: bool) {
        let fetched = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(url);
        let Some(fetched) = fetched else { return };
        if !success {
            return failed(
                app,
                &fetched.name,
                &io::Error::other("the download broke off"),
            );
        }
        let name = fetched.name.to_string_lossy().into_owned();
        let handle = app.clone();
        dialogs::save_as(app, &name, move |_, target| {
            let Some(target) = target else { return };
            if let Err(error) = fetched.move_to(&target) {
                failed(&handle, &target, &error);
            }
        });
    }
}

fn failed(app: &AppHandle, path: &Path, error: &io::Error) {
    tracing::error!(%error, "{} could not be saved", path.display());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    notify::show(
        app,
        format!("{name} was not saved"),
        error.to_string(),
        String::new(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_lands_in_the_cache_and_moves_to_its_target() {
        let cache = tempfile::tempdir().unwrap();
        let fetched =
            Fetched::begin(cache.path(), Path::new("/home/ada/Downloads/x.ipynb")).unwrap();
        fs::write(fetched.path(), "{}").unwrap();
        let target = cache.path().join("saved.ipynb");
        fetched.move_to(&target).unwrap();
        assert_eq!(fs::read_to_string(target).unwrap(), "{}");
    }

    #[test]
    fn a_download_nobody_wants_leaves_nothing() {
        let cache = tempfile::tempdir().unwrap();
        let fetched = Fetched::begin(cache.path(), Path::new("x")).unwrap();
        let path = fetched.path();
        fs::write(&path, "{}").unwrap();
        drop(fetched);
        assert!(!path.exists());
    }
}
