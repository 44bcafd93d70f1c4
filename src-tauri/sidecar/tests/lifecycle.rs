//! The supervisor against a real process that misbehaves: tests/fake_sidecar.py.

mod fake;

use std::time::{Duration, Instant};

use djdesk_sidecar_host::{Event, Failure, Update};
use fake::{Fake, no_progress};

#[tokio::test]
async fn a_sidecar_becomes_ready_and_says_how_far_it_is() {
    let mut fake = Fake::new("well-behaved").start();
    let progress = fake.until(|update| match update {
        Update::Event(Event::Progress { stage, .. }) => Some(stage),
        _ => None,
    });
    assert_eq!(progress.await, "migrate");
    assert_eq!(fake.ready().await, (8765, "/enter/once/".to_owned()));
    fake.engine.stop().await;
    fake.gone();
}

#[tokio::test]
async fn folders_named_before_ready_are_opened() {
    let mut fake = Fake::new("well-behaved").open("/early").start();
    fake.ready().await;
    assert_eq!(fake.heard("greeting").await, r#"["/early"]"#);
    fake.engine.open(vec!["/later".into()]);
    assert!(fake.heard("heard").await.contains("/later"));
    fake.engine.stop().await;
}

#[tokio::test]
async fn folders_dropped_while_it_starts_are_opened_when_it_is_ready() {
    let mut fake = Fake::new("slow-but-talks").start();
    fake.engine.open(vec!["/dropped".into()]);
    fake.ready().await;
    assert!(fake.heard("heard").await.contains("/dropped"));
    fake.engine.stop().await;
}

#[tokio::test]
async fn a_crash_at_start_is_retried_and_then_given_up_with_its_last_lines() {
    let mut fake = Fake::new("crash-at-start").start();
    let started = Instant::now();
    let mut delays = Vec::new();
    let (failure, lines) = loop {
        match fake.next().await {
            Update::Restarting { delay, .. } => delays.push(delay.as_millis()),
            Update::Down { failure, lines } => break (failure, lines),
            _ => {}
        }
    };
    assert_eq!(delays, [500, 1000, 2000, 4000]);
    assert!(started.elapsed() >= Duration::from_millis(7500));
    assert!(
        matches!(failure, Failure::Crashed { crashes: 5, .. }),
        "{failure}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line == "no such table: nothing works"),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line == "engine ended with exit code 1"),
        "{lines:?}"
    );
    fake.engine.stop().await;
}

#[tokio::test]
async fn after_giving_up_a_restart_by_hand_starts_it_again() {
    let mut fake = Fake::new("fatal").start();
    fake.down().await;
    fake.engine.restart();
    assert_eq!(fake.down().await.code(), "bad_option");
    fake.engine.stop().await;
}

#[tokio::test]
async fn a_sidecar_that_hangs_at_start_is_stopped_and_named() {
    let mut fake = Fake::new("hangs-at-start")
        .ready_within(Duration::from_millis(500))
        .start();
    assert_eq!(fake.down().await.code(), "engine_silent");
    fake.gone();
    fake.engine.stop().await;
}

#[tokio::test]
async fn a_slow_start_that_reports_progress_is_not_a_hang() {
    let mut fake = Fake::new("slow-but-talks")
        .ready_within(Duration::from_millis(900))
        .start();
    fake.ready().await;
    fake.engine.stop().await;
}

#[tokio::test]
async fn junk_and_endless_lines_are_skipped() {
    let mut fake = Fake::new("junk").start();
    let first = fake.until(no_progress).await;
    assert!(
        matches!(first, Update::Ready { port: 8765, .. }),
        "{first:?}"
    );
    fake.engine.stop().await;
    fake.gone();
}

#[tokio::test]
async fn a_fatal_message_is_final_and_keeps_its_words() {
    for behaviour in ["fatal", "fatal-but-stays"] {
        let mut fake = Fake::new(behaviour).impatient().start();
        let failure = fake.down().await;
        assert_eq!(failure.to_string(), "The timeout is not a number.");
        assert_eq!(
            (failure.code(), failure.hint()),
            ("bad_option", "Unset it.")
        );
        fake.gone();
        fake.engine.stop().await;
    }
}

#[tokio::test]
async fn a_sidecar_that_dies_later_is_started_again() {
    let mut fake = Fake::new("dies-later").start();
    fake.ready().await;
    let ending = fake.until(|update| match update {
        Update::Restarting { ending, .. } => Some(ending),
        _ => None,
    });
    assert_eq!(ending.await.signal, Some(9));
    fake.ready().await;
    fake.engine.stop().await;
    fake.gone();
}

#[tokio::test]
async fn a_program_that_is_missing_is_named_and_not_retried() {
    let mut fake = Fake::missing("/nowhere/djdesk-sidecar").start();
    let failure = fake.down().await;
    assert_eq!(failure.code(), "engine_missing");
    assert!(
        failure.to_string().contains("/nowhere/djdesk-sidecar"),
        "{failure}"
    );
    fake.engine.stop().await;
}

#[tokio::test]
async fn a_restart_by_hand_replaces_the_process() {
    let mut fake = Fake::new("well-behaved").start();
    fake.ready().await;
    fake.engine.restart();
    fake.ready().await;
    assert_eq!(fake.pids().len(), 2);
    fake.engine.stop().await;
    fake.gone();
}

#[tokio::test]
async fn the_environment_has_no_loader_variable() {
    // Cargo sets it for tests.
    assert!(std::env::var_os("LD_LIBRARY_PATH").is_some());
    let mut fake = Fake::new("tells-its-environment").start();
    let names = fake.heard("environment").await;
    assert!(
        names.contains("\"PATH\"") && !names.contains("LD_LIBRARY_PATH"),
        "{names}"
    );
    fake.engine.stop().await;
}
