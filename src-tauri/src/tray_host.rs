//! Whether the desktop shows a tray, followed for as long as the window lives. Linux only.
//!
//! The desktop's StatusNotifierWatcher knows; it may come late, and go when a panel ends. Where it is
//! silent or missing there is no tray: too few trays only end the program, too many would lose it.

use std::time::Duration;

use tauri::AppHandle;
use tokio::time::timeout;
use zbus::{
    Connection, Result,
    export::ordered_stream::OrderedStreamExt,
    fdo::DBusProxy,
    names::BusName,
    proxy::{CacheProperties, OwnerChangedStream},
};

use crate::{closing, session_bus};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// For an answer of the watcher.
const PATIENCE: Duration = Duration::from_secs(1);

/// A panel that is started anew is back by then, and no window has to jump at the user.
const GRACE: Duration = Duration::from_secs(3);

#[zbus::proxy(
    interface = "org.kde.StatusNotifierWatcher",
    default_service = "org.kde.StatusNotifierWatcher",
    default_path = "/StatusNotifierWatcher"
)]
trait Watcher {
    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> Result<bool>;

    #[zbus(signal)]
    fn status_notifier_host_registered(&self) -> Result<()>;

    #[zbus(signal)]
    fn status_notifier_host_unregistered(&self) -> Result<()>;
}

/// Tell the window now, and whenever a tray comes or goes.
pub fn follow(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = tell_changes(&app).await {
            tracing::info!(%error, "no tray is known of");
        }
        tell(&app, false);
    });
}

async fn tell_changes(app: &AppHandle) -> Result<()> {
    let mut desktop = Desktop::find(session_bus::connection().await?).await?;
    let mut told = false;
    loop {
        let present = desktop.has_tray().await;
        let lost = told && !present;
        if lost && let Ok(going_on) = timeout(GRACE, desktop.changed()).await {
            if !going_on {
                return Ok(());
            }
            continue;
        }
        if told != present {
            tell(app, present);
            told = present;
        }
        if !desktop.changed().await {
            return Ok(());
        }
    }
}

fn tell(app: &AppHandle, present: bool) {
    let handle = app.clone();
    let told = app.run_on_main_thread(move || closing::tray_changed(&handle, present));
    if let Err(error) = told {
        tracing::warn!(%error, "the window is gone");
    }
}

struct Desktop {
    bus: DBusProxy<'static>,
    watcher: WatcherProxy<'static>,
    owners: OwnerChangedStream<'static>,
    came: StatusNotifierHostRegisteredStream,
    went: StatusNotifierHostUnregisteredStream,
}

impl Desktop {
    async fn find(connection: &'static Connection) -> Result<Self> {
        let watcher = WatcherProxy::builder(connection)
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        Ok(Self {
            bus: DBusProxy::new(connection).await?,
            owners: watcher.inner().receive_owner_changed().await?,
            came: watcher.receive_status_notifier_host_registered().await?,
            went: watcher.receive_status_notifier_host_unregistered().await?,
            watcher,
        })
    }

    async fn has_tray(&self) -> bool {
        let asked = async {
            // Asked by its name alone, a watcher that does not run might be started.
            let name = BusName::try_from(WATCHER)?;
            if !self.bus.name_has_owner(name).await? {
                return Ok(false);
            }
            self.watcher.is_status_notifier_host_registered().await
        };
        matches!(timeout(PATIENCE, asked).await, Ok(Ok(true)))
    }

    /// Wait until the answer may be another one; false once the bus is gone.
    async fn changed(&mut self) -> bool {
        tokio::select! {
            owner = self.owners.next() => owner.is_some(),
            came = self.came.next() => came.is_some(),
            went = self.went.next() => went.is_some(),
        }
    }
}
