// SQL in pieces, for colours: comments, texts and quoted names, numbers, keywords, the rest. It is
// for reading only, so the dialect does not matter.

const PIECE =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][\w$]*)|([^-/'"`\dA-Za-z_]+|[\s\S])/g;

const KEYWORDS = new Set(
  `ADD ALTER ALWAYS AND AS ASC AUTOINCREMENT BEGIN BETWEEN BY CASCADE CASE CHECK COLLATE COLUMN
  COMMENT COMMIT CONCURRENTLY CONSTRAINT CREATE CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE
  DEFERRED DELETE DESC DISTINCT DO DROP ELSE END EXCLUDE EXECUTE EXISTS EXTENSION FALSE FOR FOREIGN
  FROM FUNCTION GENERATED GROUP HAVING IDENTITY IF IMMEDIATE IN INCLUDE INDEX INITIALLY INSERT INTO
  IS JOIN KEY LANGUAGE LEFT LIKE LIMIT MODIFY NOT NULL ON OR ORDER OWNED PRIMARY REFERENCES RENAME
  REPLACE RESTRICT RETURNING RETURNS SCHEMA SELECT SEQUENCE SET START STORED TABLE TABLESPACE THEN
  TO TRIGGER TRUE TYPE UNION UNIQUE UPDATE USING VALIDATE VALUES VIEW VIRTUAL WHEN WHERE WITH
  WITHOUT`.split(/\s+/),
);

export function* tokens(text) {
  for (const [piece, comment, quoted, number, word] of text.matchAll(PIECE)) {
    let kind = "";
    if (comment) kind = "c";
    else if (quoted) kind = "s";
    else if (number) kind = "d";
    else if (word && KEYWORDS.has(word.toUpperCase())) kind = "k";
    yield [kind, piece];
  }
}
