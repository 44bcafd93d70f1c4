//! The one connection to the session bus, made when it is first needed. Linux only.

use tokio::sync::OnceCell;
use zbus::{Connection, Result};

static BUS: OnceCell<Connection> = OnceCell::const_new();

pub async fn connection() -> Result<&'static Connection> {
    BUS.get_or_try_init(Connection::session).await
}
