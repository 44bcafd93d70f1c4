//! Declares that the window has no commands, so that Tauri's access list can allow none.
//!
//! What only installers need (the frozen sidecar, the jail, desktop files) is named in
//! `tauri.bundle.conf.json`: named in `tauri.conf.json` it would have to exist for every build.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(&[]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
