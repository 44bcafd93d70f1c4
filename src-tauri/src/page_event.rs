//! What the window says to the page in it: an event of the page's own, by a script that holds only
//! data. The page has no way to answer.

use serde::Serialize;
use tauri::WebviewWindow;

/// Dispatch `djdesk:NAME` in the page that is loaded; none may be, which is as well.
pub fn dispatch(window: &WebviewWindow, name: &str, detail: &impl Serialize) {
    match script(name, detail) {
        Ok(script) => {
            if let Err(error) = window.eval(script) {
                tracing::warn!(%error, "the page could not be told of {name}");
            }
        }
        Err(error) => tracing::error!(%error, "{name} could not be written"),
    }
}

fn script(name: &str, detail: &impl Serialize) -> serde_json::Result<String> {
    let detail = serde_json::to_string(detail)?;
    Ok(format!(
        "window.dispatchEvent(new CustomEvent('djdesk:{name}',{{detail:{detail}}}))"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_cannot_leave_the_script() {
        let hostile = "\"</script>\u{2028}'\\\n";
        assert_eq!(
            super::script("drag", &hostile).unwrap(),
            "window.dispatchEvent(new CustomEvent('djdesk:drag',\
             {detail:\"\\\"</script>\u{2028}'\\\\\\n\"}))"
        );
    }
}
