//! However this side ends, no sidecar process is left.

mod fake;

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use fake::{Fake, Lives, PATIENCE};

#[tokio::test]
async fn closing_the_pipe_is_enough_to_stop_it() {
    let mut fake = Fake::new("well-behaved").start();
    fake.ready().await;
    let asked = Instant::now();
    fake.engine.stop().await;
    fake.gone();
    assert!(
        asked.elapsed() < Duration::from_secs(4),
        "{:?}",
        asked.elapsed()
    );
}

#[tokio::test]
async fn one_that_ignores_the_closed_pipe_is_terminated() {
    let mut fake = Fake::new("ignores-the-end").impatient().start();
    fake.ready().await;
    let asked = Instant::now();
    fake.engine.stop().await;
    fake.gone();
    assert!(asked.elapsed() >= PATIENCE.closed);
}

#[tokio::test]
async fn one_that_ignores_everything_is_killed() {
    let mut fake = Fake::new("ignores-everything").impatient().start();
    fake.ready().await;
    let asked = Instant::now();
    fake.engine.stop().await;
    fake.gone();
    assert!(asked.elapsed() >= PATIENCE.closed + PATIENCE.terminated);
}

#[tokio::test]
async fn one_that_talks_much_while_it_stops_is_not_blocked() {
    let mut fake = Fake::new("floods-when-stopped").start();
    fake.ready().await;
    let asked = Instant::now();
    fake.engine.stop().await;
    fake.gone();
    assert!(
        asked.elapsed() < Duration::from_secs(4),
        "{:?}",
        asked.elapsed()
    );
}

#[tokio::test]
async fn stopping_twice_and_after_giving_up_returns() {
    let mut fake = Fake::new("fatal").start();
    fake.down().await;
    fake.engine.stop().await;
    fake.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn dropping_the_handle_stops_it() {
    let mut fake = Fake::new("well-behaved").start();
    fake.ready().await;
    let lives = fake.abandon();
    lives.all_end();
}

/// Not a test: the process that the next one kills.
#[tokio::test]
#[ignore = "run by killing_the_host_leaves_no_process"]
async fn a_host_that_holds_a_sidecar() {
    let Some(socket) = std::env::var_os("FAKE_SOCKET") else {
        return;
    };
    let behaviour = std::env::var("FAKE_BEHAVIOUR").unwrap();
    let mut fake = Fake::reporting_to(&behaviour, socket.into()).start();
    fake.ready().await;
    println!("ready");
    std::future::pending::<()>().await;
}

#[test]
fn killing_the_host_leaves_no_process() {
    let lives = Lives::listen();
    let mut host = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_host_that_holds_a_sidecar",
            "--ignored",
            "--nocapture",
        ])
        .env("FAKE_SOCKET", lives.path())
        .env("FAKE_BEHAVIOUR", "well-behaved")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = std::io::BufReader::new(host.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("ready") {
        line.clear();
        assert_ne!(
            std::io::BufRead::read_line(&mut output, &mut line).unwrap(),
            0
        );
    }
    assert_eq!(lives.started().len(), 1);
    host.kill().unwrap();
    host.wait().unwrap();
    lives.all_end();
}
