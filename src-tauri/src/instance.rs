//! One window for each data directory: a second start hands its folders over and ends. Linux only.
//!
//! The claim is a socket name in the abstract namespace: the kernel gives it to one process and
//! takes it back when that process ends, however it ends. This is done before anything else exists,
//! and without a session bus; Tauri's plugin, which the other systems use, would find the first
//! window only after GTK and a second engine had been started.

use std::{
    fs, io,
    os::{
        linux::{fs::MetadataExt, net::SocketAddrExt},
        unix::net::{SocketAddr, UnixListener as StdListener, UnixStream as StdStream},
    },
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};

/// Folders handed over by a second start, to be opened by the first.
pub type Folders = Vec<String>;

const DONE: &[u8] = b"done\n";
const LIMIT: u64 = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(10);
const ATTEMPTS: usize = 5;

pub enum Claim {
    /// This is the first; None where others cannot be kept from being first, too.
    First(Option<Instance>),
    HandedOver,
    /// There is a first, but it does not answer.
    Unanswered,
}

/// The first window's end.
pub struct Instance {
    pub folders: UnboundedReceiver<Folders>,
    pub held: Held,
}

/// Keeps the claim.
pub struct Held {
    /// Held beside the answering task: the name is free only when this process has ended.
    _listener: Arc<UnixListener>,
    answering: JoinHandle<()>,
}

impl Held {
    /// Leave others waiting until this process has ended; then one of them is the first.
    pub fn stop_answering(&self) {
        self.answering.abort();
    }
}

/// Become the first for this data directory, or hand the folders to the one that is.
pub async fn claim(data: &Path, folders: &Folders) -> Claim {
    let own = fs::metadata("/proc/self").map_or(0, |metadata| metadata.st_uid());
    match attempts(&name(own, data), own, folders).await {
        Ok(claim) => claim,
        Err(error) => {
            tracing::warn!(%error, "other windows cannot be found");
            Claim::First(None)
        }
    }
}

async fn attempts(name: &str, own: u32, folders: &Folders) -> io::Result<Claim> {
    let address = SocketAddr::from_abstract_name(name)?;
    for _ in 0..ATTEMPTS {
        match StdListener::bind_addr(&address) {
            Ok(listener) => return Ok(Claim::First(Some(listen(listener, own)?))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error),
        }
        match timeout(PATIENCE, hand_over(&address, own, folders)).await {
            Ok(Ok(true)) => return Ok(Claim::HandedOver),
            // It ended meanwhile, or is about to: its end closed the connection.
            Ok(Ok(false)) => {}
            Ok(Err(error)) if is_gone(&error) => {}
            Ok(Err(error)) => return Err(error),
            Err(_) => return Ok(Claim::Unanswered),
        }
    }
    Ok(Claim::Unanswered)
}

fn is_gone(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        BrokenPipe | ConnectionRefused | ConnectionReset
    )
}

/// One name for each user and data directory.
fn name(own: u32, data: &Path) -> String {
    // FNV-1a: short, and the same in every build.
    let hash = data
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("djdesk-{own}-{hash:016x}")
}

async fn hand_over(address: &SocketAddr, own: u32, folders: &Folders) -> io::Result<bool> {
    let stream = StdStream::connect_addr(address)?;
    stream.set_nonblocking(true)?;
    let mut stream = UnixStream::from_std(stream)?;
    if stream.peer_cred()?.uid() != own {
        return Err(io::Error::other("another user holds the name"));
    }
    let mut line = serde_json::to_vec(folders)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer == DONE)
}

fn listen(listener: StdListener, own: u32) -> io::Result<Instance> {
    listener.set_nonblocking(true)?;
    let listener = Arc::new(UnixListener::from_std(listener)?);
    let (sender, folders) = unbounded_channel();
    let answering = tokio::spawn(answer(Arc::clone(&listener), own, sender));
    Ok(Instance {
        folders,
        held: Held {
            _listener: listener,
            answering,
        },
    })
}

async fn answer(listener: Arc<UnixListener>, own: u32, sender: UnboundedSender<Folders>) {
    loop {
        let received = match listener.accept().await {
            Ok((stream, _)) => timeout(PATIENCE, receive(stream, own, &sender)).await,
            Err(error) => {
                tracing::warn!(%error, "other windows are no longer answered");
                return;
            }
        };
        if !matches!(received, Ok(Ok(()))) {
            tracing::warn!("what another window handed over was refused");
        }
    }
}

async fn receive(
    stream: UnixStream,
    own: u32,
    sender: &UnboundedSender<Folders>,
) -> io::Result<()> {
    if stream.peer_cred()?.uid() != own {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    (&mut stream).take(LIMIT).read_line(&mut line).await?;
    let folders: Folders = serde_json::from_str(&line)?;
    if sender.send(folders).is_ok() {
        stream.write_all(DONE).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(claim: Claim) -> Instance {
        match claim {
            Claim::First(Some(instance)) => instance,
            _ => panic!("not the first"),
        }
    }

    #[tokio::test]
    async fn the_second_hands_its_folders_to_the_first() {
        let directory = tempfile::tempdir().unwrap();
        let mut instance = first(claim(directory.path(), &vec![]).await);
        let folders = vec!["/a b/é".to_owned()];
        assert!(matches!(
            claim(directory.path(), &folders).await,
            Claim::HandedOver
        ));
        assert_eq!(instance.folders.recv().await, Some(folders));
    }

    #[tokio::test]
    async fn another_data_directory_is_another_window() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _one = first(claim(one.path(), &vec![]).await);
        first(claim(two.path(), &vec![]).await);
    }

    #[tokio::test]
    async fn when_the_first_ends_one_that_waits_takes_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let instance = first(claim(directory.path(), &vec![]).await);
        instance.held.stop_answering();
        let waiting = vec![];
        let mut second = Box::pin(claim(directory.path(), &waiting));
        assert!(
            timeout(Duration::from_millis(50), &mut second)
                .await
                .is_err()
        );
        drop(instance);
        first(second.await);
    }

    #[tokio::test]
    async fn junk_is_refused_and_the_next_one_is_heard() {
        let directory = tempfile::tempdir().unwrap();
        let mut instance = first(claim(directory.path(), &vec![]).await);
        let own = fs::metadata("/proc/self").unwrap().st_uid();
        let address = SocketAddr::from_abstract_name(name(own, directory.path())).unwrap();
        let mut junk = StdStream::connect_addr(&address).unwrap();
        io::Write::write_all(&mut junk, b"open sesame\n").unwrap();
        let folders = vec!["/x".to_owned()];
        assert!(matches!(
            claim(directory.path(), &folders).await,
            Claim::HandedOver
        ));
        assert_eq!(instance.folders.recv().await, Some(folders));
    }
}
