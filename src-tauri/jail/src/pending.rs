//! Work that several threads share: folders to be read, each of which may bring more.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The folders that are still to be read.
pub struct Pending {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    folders: Vec<PathBuf>,
    /// How many are being read, each of which may bring more.
    under_way: usize,
    waiting: usize,
}

impl Pending {
    pub fn new(root: PathBuf) -> Self {
        let state = State {
            folders: vec![root],
            under_way: 0,
            waiting: 0,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked had not left it half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_empty(&self) -> bool {
        self.state().folders.is_empty()
    }

    /// Waits where others may bring more. None: there is nothing more to read.
    pub fn next(&self) -> Option<Taken<'_>> {
        let mut state = self.state();
        loop {
            if let Some(path) = state.folders.pop() {
                state.under_way += 1;
                let below = Vec::new();
                let pending = self;
                return Some(Taken {
                    path,
                    below,
                    pending,
                });
            }
            if state.under_way == 0 {
                return None;
            }
            state.waiting += 1;
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }
}

/// One that is being read, until it is dropped; also by a panic, or the others would wait forever.
pub struct Taken<'a> {
    pub path: PathBuf,
    /// What was found in it.
    pub below: Vec<PathBuf>,
    pending: &'a Pending,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.pending.state();
        state.under_way -= 1;
        state.folders.append(&mut self.below);
        let over = state.under_way == 0 && state.folders.is_empty();
        // To wake somebody is a call of the system, even where nobody sleeps.
        if state.waiting > 0 && (over || state.folders.len() > 1) {
            self.pending.changed.notify_all();
        }
    }
}
