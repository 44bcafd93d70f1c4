//! Whether and when a crashed sidecar is started again. Pure: time is handed in.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

const DELAYS: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
const WINDOW: Duration = Duration::from_secs(60);
const HEALTHY: Duration = Duration::from_secs(60);
const CRASHES: usize = 5;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    After(Duration),
    GiveUp,
}

#[derive(Debug, Default)]
pub(crate) struct RestartPolicy {
    crashes: VecDeque<Instant>,
}

impl RestartPolicy {
    /// The sidecar ended by itself after it had been ready for `served`.
    pub fn crashed(&mut self, now: Instant, served: Duration) -> Next {
        if served >= HEALTHY {
            self.forget();
        }
        while self
            .crashes
            .front()
            .is_some_and(|at| now.duration_since(*at) > WINDOW)
        {
            self.crashes.pop_front();
        }
        self.crashes.push_back(now);
        if self.crashes.len() >= CRASHES {
            return Next::GiveUp;
        }
        Next::After(DELAYS[(self.crashes.len() - 1).min(DELAYS.len() - 1)])
    }

    /// Somebody asked for a restart, or it served long enough: a new count begins.
    pub fn forget(&mut self) {
        self.crashes.clear();
    }

    pub fn crashes(&self) -> usize {
        self.crashes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Duration = Duration::ZERO;

    #[test]
    fn each_restart_waits_longer_and_the_fifth_crash_ends_it() {
        let mut policy = RestartPolicy::default();
        let now = Instant::now();
        for delay in DELAYS {
            assert_eq!(policy.crashed(now, AT_ONCE), Next::After(delay));
        }
        assert_eq!(policy.crashed(now, AT_ONCE), Next::GiveUp);
    }

    #[test]
    fn a_healthy_minute_starts_a_new_count() {
        let mut policy = RestartPolicy::default();
        let now = Instant::now();
        for _ in 0..4 {
            policy.crashed(now, AT_ONCE);
        }
        assert_eq!(policy.crashed(now, HEALTHY), Next::After(DELAYS[0]));
        assert_eq!(policy.crashes(), 1);
    }

    #[test]
    fn crashes_older_than_the_window_do_not_count() {
        let mut policy = RestartPolicy::default();
        let start = Instant::now();
        for number in 0..20 {
            let now = start + Duration::from_secs(20 * number);
            assert_ne!(policy.crashed(now, Duration::from_secs(15)), Next::GiveUp);
        }
    }

    #[test]
    fn a_restart_by_hand_starts_a_new_count() {
        let mut policy = RestartPolicy::default();
        let now = Instant::now();
        while policy.crashed(now, AT_ONCE) != Next::GiveUp {}
        policy.forget();
        assert_eq!(policy.crashed(now, AT_ONCE), Next::After(DELAYS[0]));
    }
}
