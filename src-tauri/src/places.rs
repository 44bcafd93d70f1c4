//! Where things are: the sidecar, and the directories this process writes to.
//!
//! The directories are those the sidecar's Python finds with platformdirs for the name "djdesk".

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

const APP: &str = "djdesk";
const SIDECAR: &str = if cfg!(windows) {
    "djdesk-sidecar.exe"
} else {
    "djdesk-sidecar"
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Set where one directory was asked for to hold everything.
    pub chosen: Option<PathBuf>,
    pub data: PathBuf,
    pub logs: PathBuf,
    pub cache: PathBuf,
}

impl Places {
    pub fn find() -> Self {
        Self::under(std::env::var_os("DJDESK_DATA_DIR"))
    }

    fn under(chosen: Option<OsString>) -> Self {
        match chosen.filter(|value| !value.is_empty()) {
            Some(chosen) => {
                let data = std::path::absolute(&chosen).unwrap_or_else(|_| chosen.into());
                let (logs, cache) = (data.join("logs"), data.join("cache"));
                Self {
                    chosen: Some(data.clone()),
                    data,
                    logs,
                    cache,
                }
            }
            None => Self {
                chosen: None,
                data: data_dir(),
                logs: log_dir(),
                cache: own(dirs::cache_dir()),
            },
        }
    }
}

fn own(base: Option<PathBuf>) -> PathBuf {
    // Without a home directory there is nowhere better.
    base.unwrap_or_else(std::env::temp_dir).join(APP)
}

fn data_dir() -> PathBuf {
    own(if cfg!(windows) {
        dirs::data_local_dir()
    } else {
        dirs::data_dir()
    })
}

fn log_dir() -> PathBuf {
    if cfg!(target_os = "macos") {
        own(dirs::home_dir().map(|home| home.join("Library/Logs")))
    } else if cfg!(windows) {
        data_dir().join("Logs")
    } else {
        own(dirs::state_dir()).join("log")
    }
}

/// The sidecar's program: named in the environment, installed beside us, or built beside us.
///
/// Where none exists the first place is returned, for the message that it is missing.
pub fn sidecar() -> PathBuf {
    if let Some(named) = std::env::var_os("DJDESK_SIDECAR").filter(|value| !value.is_empty()) {
        return named.into();
    }
    let directory = std::env::current_exe()
        .and_then(|exe| exe.canonicalize())
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_owned))
        .unwrap_or_default();
    let mut places = beside(&directory);
    let found = places.iter().position(|path| path.is_file()).unwrap_or(0);
    places.swap_remove(found)
}

/// Where installers and builds put the sidecar, seen from this program's directory.
fn beside(directory: &Path) -> Vec<PathBuf> {
    let resources = if cfg!(target_os = "macos") {
        directory.join("../Resources")
    } else if cfg!(windows) {
        directory.to_owned()
    } else {
        directory.join("../lib").join(APP)
    };
    let place = |base: PathBuf| base.join("sidecar").join(SIDECAR);
    vec![place(resources), place(directory.join(".."))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_chosen_directory_holds_everything() {
        let places = Places::under(Some("/tmp/x".into()));
        assert_eq!(places.data, Path::new("/tmp/x"));
        assert_eq!(places.logs, Path::new("/tmp/x/logs"));
        assert_eq!(places.cache, Path::new("/tmp/x/cache"));
    }

    #[test]
    fn an_empty_choice_is_none() {
        assert_eq!(Places::under(Some(OsString::new())), Places::under(None));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_sidecar_is_installed_under_lib_or_built_beside() {
        assert_eq!(
            beside(Path::new("/usr/bin")),
            [
                PathBuf::from("/usr/bin/../lib/djdesk/sidecar/djdesk-sidecar"),
                PathBuf::from("/usr/bin/../sidecar/djdesk-sidecar"),
            ]
        );
    }
}
