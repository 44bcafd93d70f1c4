//! What the parts of the running window share.

use std::{
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use djdesk_sidecar_host::Engine;

use crate::{closing::Closing, navigation::Gate, screen::Screen, tray::Tray};

/// The one window.
pub const LABEL: &str = "main";

pub struct Desk {
    pub engine: Engine,
    pub gate: Gate,
    pub log: PathBuf,
    pub cache: PathBuf,
    pub closing: Closing,
    /// A folder or file dialog is open.
    picking: AtomicBool,
    screen: Mutex<Screen>,
    /// The path to come back to when the engine serves again.
    back: Mutex<Option<String>>,
    tray: Mutex<Tray>,
}

impl Desk {
    pub fn new(engine: Engine, log: PathBuf, cache: PathBuf) -> Self {
        Self {
            engine,
            gate: Gate::new(),
            log,
            cache,
            closing: Closing::default(),
            picking: AtomicBool::new(false),
            screen: Mutex::new(Screen::starting()),
            back: Mutex::default(),
            tray: Mutex::new(Tray::new()),
        }
    }

    pub fn screen(&self) -> Screen {
        lock(&self.screen).clone()
    }

    pub fn set_screen(&self, screen: Screen) {
        *lock(&self.screen) = screen;
    }

    pub fn set_back(&self, path: Option<String>) {
        *lock(&self.back) = path;
    }

    pub fn take_back(&self) -> Option<String> {
        lock(&self.back).take()
    }

    pub fn tray(&self) -> MutexGuard<'_, Tray> {
        lock(&self.tray)
    }

    /// Whether the one dialog may be opened now; if so, it counts as open.
    pub fn begin_picking(&self) -> bool {
        !self.picking.swap(true, Ordering::SeqCst)
    }

    pub fn end_picking(&self) {
        self.picking.store(false, Ordering::SeqCst);
    }
}

/// A panic elsewhere must not take the rest of the window along.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
