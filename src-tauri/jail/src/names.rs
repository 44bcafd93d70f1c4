//! Paths in JSON: as text, or as their bytes where they are none. A neighbour may have such a name.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(PathBuf),
    Bytes(Vec<u8>),
}

pub fn read<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
    let names = Vec::<Name>::deserialize(from)?;
    Ok(names.into_iter().map(Name::path).collect())
}

impl Name {
    fn path(self) -> PathBuf {
        match self {
            Self::Text(path) => path,
            Self::Bytes(bytes) => OsString::from_vec(bytes).into(),
        }
    }
}
