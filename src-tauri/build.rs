//! Declares that the window has no commands and no capabilities, so that its pages can call none.
//!
//! What only installers need (the frozen sidecar, the jail, desktop files) is named in
//! `tauri.bundle.conf.json`: named in `tauri.conf.json` it would have to exist for every build.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(&[]))
        // Matches nothing. The default watches a directory that is missing here, and Cargo would
        // compile the window anew at every call.
        .capabilities_path_pattern("no-capabilities");
    tauri_build::try_build(attributes)?;
    Ok(())
}
