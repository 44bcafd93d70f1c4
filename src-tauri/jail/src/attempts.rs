//! What the probe tries inside: everything that must not reach anything real.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::net::TcpStream;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What an attempt believes: true where it met no error.
pub type Answers = BTreeMap<String, bool>;

/// Below TMPDIR, which stays real in every tier.
pub const ANSWER: &str = "answer";
pub const CONTENT: &[u8] = b"before";
pub const MODE: u32 = 0o640;
pub const IN_TREE: [&str; 5] = ["modify", "create", "delete", "rename", "metadata"];

/// What an attempt is, for people.
pub fn words(name: &str) -> &str {
    match name {
        "modify" => "changing a file of the project",
        "create" => "creating a file in the project",
        "delete" => "deleting a file of the project",
        "rename" => "renaming a file of the project",
        "metadata" => "changing the mode of a file of the project",
        "outside" => "changing your other files",
        "outside_metadata" => "changing modes and times of your other files",
        "outside_truncate" => "emptying your other files",
        "secret" => "reading what is hidden",
        "network" => "reaching the network",
        "unix_socket" => "reaching another program by a socket",
        "signal" => "sending a signal to another program",
        _ => name,
    }
}

pub fn root(base: &Path) -> PathBuf {
    // What would be read as separators of an overlay's options must do no harm.
    base.join("ro:ot, \\é")
}

pub fn scratch(base: &Path) -> PathBuf {
    base.join("scratch")
}

pub fn outside(base: &Path) -> PathBuf {
    base.join("outside")
}

pub fn secrets(base: &Path) -> PathBuf {
    base.join("secrets")
}

/// The files that the attempts are about.
pub fn make_tree(base: &Path) -> io::Result<()> {
    let (root, outside, secrets) = (root(base), outside(base), secrets(base));
    for folder in [&root, &scratch(base), &outside, &secrets] {
        fs::create_dir_all(folder)?;
    }
    for path in [
        root.join("modify"),
        root.join("delete"),
        root.join("rename"),
        root.join("metadata"),
        outside.join("modify"),
        outside.join("metadata"),
        outside.join("truncate"),
        secrets.join("key"),
    ] {
        fs::write(&path, CONTENT)?;
        fs::set_permissions(&path, Permissions::from_mode(MODE))?;
    }
    Ok(())
}

/// A service that a command must not reach.
pub fn listen(base: &Path) -> io::Result<UnixListener> {
    let folder = File::open(outside(base))?;
    UnixListener::bind(socket_in(&folder))
}

/// A socket's address has room for a short path only.
fn socket_in(folder: &File) -> String {
    format!("/proc/self/fd/{}/socket", folder.as_raw_fd())
}

/// Tries everything, and writes down what it believes.
pub fn run(base: &Path) -> ExitCode {
    match try_all(base) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn try_all(base: &Path) -> io::Result<()> {
    // In a copy the root is where this process was started.
    let root = std::env::current_dir()?;
    let outside = outside(base);
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let mode = || Permissions::from_mode(0o666);
    let port = variable("PORT").parse().unwrap_or(0);
    let somebody = variable("SOMEBODY").parse().unwrap_or(0);
    let answers = [
        ("modify", append(&root.join("modify"))),
        ("create", fs::write(root.join("created"), "")),
        ("delete", fs::remove_file(root.join("delete"))),
        (
            "rename",
            fs::rename(root.join("rename"), root.join("renamed")),
        ),
        (
            "metadata",
            fs::set_permissions(root.join("metadata"), mode()),
        ),
        ("outside", append(&outside.join("modify"))),
        (
            "outside_metadata",
            fs::set_permissions(outside.join("metadata"), mode()),
        ),
        ("outside_truncate", truncate(&outside.join("truncate"))),
        ("secret", fs::read(secrets(base).join("key")).map(drop)),
        ("network", TcpStream::connect(("127.0.0.1", port)).map(drop)),
        ("unix_socket", connect(&outside)),
        ("signal", signal(somebody)),
    ];
    let answers: Answers = answers
        .into_iter()
        .map(|(name, result)| (name.to_owned(), result.is_ok()))
        .collect();
    let answer = Path::new(&variable("TMPDIR")).join(ANSWER);
    fs::write(answer, serde_json::to_vec(&answers)?)
}

fn append(path: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).open(path)?.write_all(b"x")
}

/// Without asking for the right to write.
fn truncate(path: &Path) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    // SAFETY: the path lives for the call.
    let file = unsafe { libc::open(path.as_ptr(), libc::O_RDONLY | libc::O_TRUNC) };
    if file < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it was just opened and is used by nobody else.
    unsafe { libc::close(file) };
    Ok(())
}

fn connect(outside: &Path) -> io::Result<()> {
    let folder = File::open(outside)?;
    UnixStream::connect(socket_in(&folder)).map(drop)
}

/// Signal 0 asks whether another one would be delivered.
fn signal(pid: i32) -> io::Result<()> {
    // SAFETY: kill has no memory effects.
    match unsafe { libc::kill(pid, 0) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
