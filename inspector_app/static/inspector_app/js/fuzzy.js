// Fuzzy matching of short titles: every word of the question must be found, letter by letter and in
// order. Letters that begin a word, and letters in a row, count for more.

const ROW = 3;
const WORD_START = 6;
const FIRST = 4;
const GAP = 0.2;
// Less than this for a letter, and they are strewn over a title that has nothing to do with them.
const LEAST = 1.5;

// What is before it makes a letter the first of a word.
const startsWord = (text, at) =>
  at === 0 ||
  /[^\p{L}\p{N}]/u.test(text[at - 1]) ||
  (/\p{Lu}/u.test(text[at]) && /\p{Ll}/u.test(text[at - 1]));

// {score, at}: the positions of the letters found; null when a word is missing.
export function match(question, text) {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  const found = { score: 0, at: new Set() };
  for (const word of words) {
    const best = matchWord(word, text);
    if (!best) return null;
    found.score += best.score;
    for (const at of best.at) found.at.add(at);
  }
  if (found.score < LEAST * words.join("").length) return null;
  // Of two that match alike, the shorter one is closer.
  found.score -= text.length * 0.01;
  return found;
}

function matchWord(word, text) {
  const lower = text.toLowerCase();
  // Lower case may be longer than the text (İ); positions would then be wrong.
  if (lower.length !== text.length) {
    return lower.includes(word) ? { score: ROW * word.length, at: [] } : null;
  }
  let best = null;
  for (let start = lower.indexOf(word[0]); start >= 0; start = lower.indexOf(word[0], start + 1)) {
    const found = from(start, word, text, lower);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best;
}

function from(start, word, text, lower) {
  const at = [start];
  let score = (startsWord(text, start) ? WORD_START : 0) + (start === 0 ? FIRST : 0);
  for (const letter of word.slice(1)) {
    const last = at.at(-1);
    const next = nextLetter(letter, last, text, lower);
    if (next < 0) return null;
    if (next === last + 1) score += ROW;
    else score += (startsWord(text, next) ? WORD_START / 2 : 0) - (next - last) * GAP;
    at.push(next);
  }
  return { score, at };
}

// The next one in a row; else one that begins a word; else any.
function nextLetter(letter, last, text, lower) {
  const any = lower.indexOf(letter, last + 1);
  if (any < 0 || any === last + 1) return any;
  for (let next = any; next >= 0; next = lower.indexOf(letter, next + 1)) {
    if (startsWord(text, next)) return next;
  }
  return any;
}

// A match that somebody who typed this had surely in mind.
export function isStrong(question, text) {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const wanted = question.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}
