//! Lines from a pipe, each at most so long: what writes without a newline must not fill memory.

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, BufReader};

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub text: String,
    /// The line was longer; its rest was thrown away.
    pub cut: bool,
}

pub(crate) struct Lines<R> {
    reader: BufReader<R>,
    limit: usize,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub fn new(reader: R, limit: usize) -> Self {
        Self {
            reader: BufReader::new(reader),
            limit,
        }
    }

    /// The next line without its end, or None at end-of-file.
    pub async fn next(&mut self) -> std::io::Result<Option<Line>> {
        next_line(&mut self.reader, self.limit).await
    }
}

async fn next_line<R: AsyncBufRead + Unpin>(
    reader: &mut R,
    limit: usize,
) -> std::io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let mut cut = false;
    let mut any = false;
    loop {
        let chunk = reader.fill_buf().await?;
        if chunk.is_empty() {
            return Ok(any.then(|| line(bytes, cut)));
        }
        any = true;
        let newline = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..newline.unwrap_or(chunk.len())];
        let room = limit - bytes.len();
        bytes.extend_from_slice(&part[..part.len().min(room)]);
        cut |= part.len() > room;
        let used = newline.map_or(chunk.len(), |at| at + 1);
        reader.consume(used);
        if newline.is_some() {
            return Ok(Some(line(bytes, cut)));
        }
    }
}

fn line(mut bytes: Vec<u8>, cut: bool) -> Line {
    if !cut && bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Line {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(input: &[u8], limit: usize) -> Vec<(String, bool)> {
        let mut lines = Lines::new(input, limit);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            all.push((line.text, line.cut));
        }
        all
    }

    #[tokio::test]
    async fn lines_lose_their_ends() {
        let read = read(b"one\r\ntwo\n\nlast", 100).await;
        assert_eq!(
            read,
            [
                ("one".into(), false),
                ("two".into(), false),
                ("".into(), false),
                ("last".into(), false)
            ]
        );
    }

    #[tokio::test]
    async fn a_long_line_is_cut_and_the_next_is_whole() {
        let mut input = vec![b'x'; 100_000];
        input.extend_from_slice(b"\nshort\n");
        let read = read(&input, 10).await;
        assert_eq!(read, [("x".repeat(10), true), ("short".into(), false)]);
    }

    #[tokio::test]
    async fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(read(b"a\xffb\n", 10).await, [("a\u{fffd}b".into(), false)]);
    }
}
