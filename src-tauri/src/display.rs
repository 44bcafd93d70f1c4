//! Whether and how a window can be drawn here. Linux only.

use std::{fs, path::Path};

/// Connect to the display, as Tauri is about to: where it fails, Tauri would panic.
pub fn connect() -> Result<(), String> {
    gtk::init().map_err(
        |_| match std::env::var("WAYLAND_DISPLAY").or(std::env::var("DISPLAY")) {
            Ok(name) => format!("the display {name} cannot be reached"),
            Err(_) => "there is no display".to_owned(),
        },
    )
}

/// Without a GPU, WebKit's buffer sharing costs some 70 MB and gains nothing.
///
/// A driver needs it: without it, the screenshots it asks for never come.
///
/// To be called before any thread exists: the environment is not safe to change afterwards.
pub fn choose_renderer() {
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let wanted = std::env::var_os(SWITCH).is_none() && !crate::window::automated();
    if wanted && !has_gpu() {
        // SAFETY: the program has one thread yet.
        unsafe { std::env::set_var(SWITCH, "1") };
    }
}

pub fn has_gpu() -> bool {
    has_render_node(Path::new("/dev/dri"))
}

fn has_render_node(directory: &Path) -> bool {
    fs::read_dir(directory).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpu_is_known_by_its_render_node() {
        let directory = tempfile::tempdir().unwrap();
        assert!(!has_render_node(&directory.path().join("missing")));
        fs::write(directory.path().join("card0"), "").unwrap();
        assert!(!has_render_node(directory.path()));
        fs::write(directory.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(directory.path()));
    }
}
