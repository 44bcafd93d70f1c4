//! Where the window may go: its own pages, and nowhere else. Other addresses are the browser's.

use std::sync::{Arc, Mutex, PoisonError};

use url::{Host, Origin, Url};

/// The bundled page that is shown while no engine serves.
pub const LOCAL_PAGE: &str = if cfg!(windows) {
    "http://tauri.localhost/index.html"
} else {
    "tauri://localhost/index.html"
};

/// The scheme of the bundled page's buttons; it never leaves this process.
const BUTTONS: &str = "djdesk";

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    /// The system's browser or mail program.
    External,
    /// A button of the bundled page.
    Button(Button),
    Block,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Restart,
    Log,
}

/// What the window may show now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The bundled page: no engine serves, or none yet.
    Local,
    /// The engine's pages, on this port.
    Engine(u16),
    /// Nothing new: the engine is being restarted and the page waits.
    Nothing,
}

/// The pass, shared with the webview's callbacks.
#[derive(Clone)]
pub struct Gate(Arc<Mutex<Pass>>);

impl Gate {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Pass::Local)))
    }

    pub fn get(&self) -> Pass {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn set(&self, pass: Pass) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = pass;
    }
}

pub fn decide(url: &Url, pass: &Pass) -> Verdict {
    match url.scheme() {
        BUTTONS => match (pass, url.path()) {
            (Pass::Local, "restart") => Verdict::Button(Button::Restart),
            (Pass::Local, "log") => Verdict::Button(Button::Log),
            _ => Verdict::Block,
        },
        "about" if url.path() == "blank" => Verdict::Allow,
        // A file that a page made itself, to be downloaded.
        "blob" => allow_if(is_engine(&url.origin(), pass)),
        _ if is_local(url) => allow_if(*pass == Pass::Local),
        "http" | "https" if is_engine(&url.origin(), pass) => Verdict::Allow,
        // An engine that is gone; its address means nothing to a browser.
        "http" | "https" if is_loopback(url) => Verdict::Block,
        "http" | "https" | "mailto" => Verdict::External,
        _ => Verdict::Block,
    }
}

fn allow_if(allowed: bool) -> Verdict {
    if allowed {
        Verdict::Allow
    } else {
        Verdict::Block
    }
}

pub fn is_local(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

pub fn is_engine(origin: &Origin, pass: &Pass) -> bool {
    let Pass::Engine(port) = pass else {
        return false;
    };
    *origin == Origin::Tuple("http".into(), Host::Ipv4([127, 0, 0, 1].into()), *port)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGINE: Pass = Pass::Engine(8001);

    fn verdict(url: &str, pass: &Pass) -> Verdict {
        decide(&Url::parse(url).unwrap(), pass)
    }

    #[test]
    fn only_this_engine_is_allowed() {
        assert_eq!(
            verdict("http://127.0.0.1:8001/w/x/?a=b#c", &ENGINE),
            Verdict::Allow
        );
        assert_eq!(
            verdict("blob:http://127.0.0.1:8001/1-2", &ENGINE),
            Verdict::Allow
        );
        for url in [
            "http://127.0.0.1:8002/",
            "http://127.0.0.1/",
            "https://127.0.0.1:8001/",
            "http://[::1]:8001/",
            "http://127.0.0.2:8001/",
            "blob:http://127.0.0.1:8002/1-2",
        ] {
            assert_eq!(verdict(url, &ENGINE), Verdict::Block, "{url}");
        }
    }

    #[test]
    fn other_sites_and_mail_go_outside() {
        for url in [
            "https://docs.djangoproject.com/",
            "http://example.com:8001/",
            "http://127.0.0.1:8001@example.com/",
            "http://127.0.0.1.example.com:8001/",
            "http://localhost:8001/",
            "mailto:a@example.com",
        ] {
            assert_eq!(verdict(url, &ENGINE), Verdict::External, "{url}");
        }
    }

    #[test]
    fn everything_else_goes_nowhere() {
        for url in [
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "ftp://example.com/",
            "vscode://file/x",
            "blob:null/1-2",
            "about:srcdoc",
            "ipc://localhost/x",
        ] {
            assert_eq!(verdict(url, &ENGINE), Verdict::Block, "{url}");
        }
    }

    #[test]
    fn the_bundled_page_and_its_buttons_are_for_when_no_engine_serves() {
        assert_eq!(verdict(LOCAL_PAGE, &Pass::Local), Verdict::Allow);
        assert_eq!(
            verdict("djdesk:restart", &Pass::Local),
            Verdict::Button(Button::Restart)
        );
        assert_eq!(
            verdict("djdesk:log", &Pass::Local),
            Verdict::Button(Button::Log)
        );
        assert_eq!(verdict("djdesk:format-disk", &Pass::Local), Verdict::Block);
        for pass in [ENGINE, Pass::Nothing] {
            assert_eq!(verdict(LOCAL_PAGE, &pass), Verdict::Block);
            assert_eq!(verdict("djdesk:restart", &pass), Verdict::Block);
        }
    }

    #[test]
    fn while_the_engine_restarts_the_page_stays() {
        assert_eq!(
            verdict("http://127.0.0.1:8001/", &Pass::Nothing),
            Verdict::Block
        );
    }
}
