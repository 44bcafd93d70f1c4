//! The device files a program may use. A read-only mount does not stop writing to a device.

pub const USABLE: [&str; 6] = [
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/dev/tty",
];

/// Terminals: a multiplexer and the folder it makes them in.
pub const TERMINALS: [&str; 2] = ["/dev/ptmx", "/dev/pts"];
