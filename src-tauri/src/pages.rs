//! Addresses of the engine's pages, made from and taken apart into paths.

use url::Url;

use crate::navigation::{Pass, Verdict, decide, is_engine};

/// The address of a path of the engine, if the window may go there.
pub fn page(path: &str, pass: &Pass) -> Option<Url> {
    let Pass::Engine(port) = pass else {
        return None;
    };
    let url = Url::parse(&format!("http://127.0.0.1:{port}/"))
        .ok()?
        .join(path)
        .ok()?;
    (decide(&url, pass) == Verdict::Allow).then_some(url)
}

/// The path to come back to, of a page of the engine.
pub fn path_of(url: &Url, pass: &Pass) -> Option<String> {
    if !is_engine(&url.origin(), pass) || url.path().starts_with("/enter/") {
        return None;
    }
    Some(url.query().map_or_else(
        || url.path().into(),
        |query| format!("{}?{query}", url.path()),
    ))
}

/// The one-time entrance, leading on to `next`.
pub fn entrance(enter: &str, next: Option<&str>, pass: &Pass) -> Option<Url> {
    let mut url = page(enter, pass)?;
    if let Some(next) = next {
        url.query_pairs_mut().append_pair("next", next);
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::navigation::LOCAL_PAGE;

    const ENGINE: Pass = Pass::Engine(8001);

    #[test]
    fn a_path_becomes_an_address_of_the_engine_and_of_nothing_else() {
        assert_eq!(
            page("/w/x/", &ENGINE).unwrap().as_str(),
            "http://127.0.0.1:8001/w/x/"
        );
        for path in [
            "//evil.example/",
            "https://evil.example/",
            "file:///etc",
            "djdesk:restart",
        ] {
            assert_eq!(page(path, &ENGINE), None, "{path}");
        }
        assert_eq!(page("/w/x/", &Pass::Nothing), None);
    }

    #[test]
    fn the_entrance_leads_back_to_where_the_window_was() {
        let was = Url::parse("http://127.0.0.1:8001/w/x/runs/?status=failed&q=a%20b").unwrap();
        let next = path_of(&was, &ENGINE).unwrap();
        let url = entrance("/enter/t/", Some(&next), &Pass::Engine(9000)).unwrap();
        assert_eq!(
            url.as_str(),
            "http://127.0.0.1:9000/enter/t/?next=%2Fw%2Fx%2Fruns%2F%3Fstatus%3Dfailed%26q%3Da%2520b"
        );
    }

    #[test]
    fn there_is_no_way_back_to_the_entrance_or_the_bundled_page() {
        for url in [
            "http://127.0.0.1:8001/enter/t/",
            LOCAL_PAGE,
            "https://example.com/",
        ] {
            assert_eq!(path_of(&Url::parse(url).unwrap(), &ENGINE), None, "{url}");
        }
    }
}
