//! Notifications of the desktop. Choosing one brings its page to the front.

use tauri::AppHandle;

pub fn show(app: &AppHandle, title: String, body: String, url: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = desktop::show(app, &title, &body, url).await {
            tracing::warn!(%error, "no notification: {title}");
        }
    });
}

#[cfg(target_os = "linux")]
mod desktop {
    //! Straight over the session bus: the desktop tells when one is chosen, which Tauri's plugin
    //! does not pass on.

    use std::collections::HashMap;

    use tauri::AppHandle;
    use zbus::{Result, export::ordered_stream::OrderedStreamExt, proxy, zvariant::Value};

    use crate::{session_bus, window};

    #[proxy(
        interface = "org.freedesktop.Notifications",
        default_service = "org.freedesktop.Notifications",
        default_path = "/org/freedesktop/Notifications"
    )]
    trait Notifications {
        #[allow(clippy::too_many_arguments, reason = "the desktop's interface")]
        fn notify(
            &self,
            app_name: &str,
            replaces_id: u32,
            app_icon: &str,
            summary: &str,
            body: &str,
            actions: &[&str],
            hints: HashMap<&str, Value<'_>>,
            expire_timeout: i32,
        ) -> Result<u32>;

        #[zbus(signal)]
        fn action_invoked(&self, id: u32, action_key: &str) -> Result<()>;

        #[zbus(signal)]
        fn notification_closed(&self, id: u32, reason: u32) -> Result<()>;
    }

    pub async fn show(app: AppHandle, title: &str, body: &str, url: String) -> Result<()> {
        let desktop = NotificationsProxy::new(session_bus::connection().await?).await?;
        let mut chosen = desktop.receive_action_invoked().await?;
        let mut closed = desktop.receive_notification_closed().await?;
        let hints = HashMap::from([("desktop-entry", Value::from("djdesk"))]);
        let actions = ["default", "Open"];
        let body = escaped(body);
        let id = desktop
            .notify("DJDesk", 0, "djdesk", title, &body, &actions, hints, -1)
            .await?;
        loop {
            tokio::select! {
                Some(signal) = chosen.next() => {
                    if signal.args().is_ok_and(|signal| signal.id == id) {
                        let handle = app.clone();
                        let opened = app.run_on_main_thread(move || window::open_page(&handle, &url));
                        if let Err(error) = opened {
                            tracing::warn!(%error, "the window is gone");
                        }
                        return Ok(());
                    }
                }
                Some(signal) = closed.next() => {
                    if signal.args().is_ok_and(|signal| signal.id == id) {
                        return Ok(());
                    }
                }
                else => return Ok(()),
            }
        }
    }

    /// Bodies are markup for desktops that know it.
    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn a_body_cannot_hold_markup() {
            assert_eq!(super::escaped("<b>&"), "&lt;b&gt;&amp;");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod desktop {
    use tauri::AppHandle;
    use tauri_plugin_notification::{Error, NotificationExt};

    pub async fn show(app: AppHandle, title: &str, body: &str, _url: String) -> Result<(), Error> {
        app.notification().builder().title(title).body(body).show()
    }
}
