"""Projects that do not start: each says what, where and what to do, and keeps its source text's."""
