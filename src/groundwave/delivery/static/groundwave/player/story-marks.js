/**
 * Marks what one version of an article says and the one before did not: whole passages,
 * and in passages that were there before the words. What is gone is not shown: a
 * correction does not say again what was wrong.
 */
import { passages } from "./passages.js";

const WORD = /\S+/g;
/** Longer passages are marked as a whole; comparing takes the product of their words. */
const MOST_WORDS = 1_500;

/** Mark what is new in `fresh`; return how many passages have marks. `word` is read aloud. */
export function markNew(old, fresh, word) {
  const before = passages(old).map(reading);
  const after = passages(fresh);
  const kept = common(before, after.map(reading));
  const isKept = new Set(kept.values());
  let marked = 0;
  let next = 0; // of the old ones, behind those that were found again
  after.forEach((passage, place) => {
    if (kept.has(place)) next = kept.get(place) + 1;
    else {
      const gap = [];
      for (let at = next; at < before.length && !isKept.has(at); at += 1) gap.push(at);
      const found = mark(passage, gap.map((at) => before[at]), word);
      next += found.used;
      marked += found.isNew ? 1 : 0;
    }
  });
  return marked;
}

/** Take all marks away. */
export function unmark(article) {
  for (const each of article.querySelectorAll("ins.new")) {
    each.querySelector(".visually-hidden").remove();
    each.replaceWith(...each.childNodes);
  }
  article.normalize();
}

const reading = ({ textContent }) => textContent.replace(/\s+/g, " ").trim();

/** Mark what is new in a passage that stands where `candidates` stood; say how many it used. */
function mark(passage, candidates, word) {
  const found = words(passage);
  const texts = found.map(({ text }) => text);
  const all = candidates.map((each) => wordsKept(each.match(WORD) ?? [], texts));
  // Where little is left of it, it is another passage.
  const used = all.findIndex(({ size }) => size >= texts.length / 2) + 1;
  const fresh = found.filter((_, place) => !used || !all[used - 1].has(place));
  spans(fresh).reverse().forEach((span) => wrap(span, word));
  return { used, isNew: fresh.length > 0 };
}

const wordsKept = (before, after) =>
  Math.max(before.length, after.length) > MOST_WORDS ? new Map() : common(before, after);

/** Every word with where it stands; one that is cut by a link is two. */
function words(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const { 0: text, index } of node.data.matchAll(WORD)) {
      found.push({ node, text, start: index, end: index + text.length, place: found.length });
    }
  }
  return found;
}

/** Words of one text that follow each other, as one span. */
function spans(fresh) {
  const joined = [];
  for (const { node, start, end, place } of fresh) {
    const last = joined.at(-1);
    if (last?.node === node && last.place === place - 1) Object.assign(last, { end, place });
    else joined.push({ node, start, end, place });
  }
  return joined;
}

function wrap({ node, start, end }, word) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  const made = document.createElement("ins");
  made.className = "new";
  range.surroundContents(made);
  const aloud = document.createElement("span");
  aloud.className = "visually-hidden";
  aloud.textContent = `${word} `;
  made.prepend(aloud);
}

/** The longest common subsequence: places in `after` to places in `before`. */
function common(before, after) {
  const lengths = [new Uint16Array(after.length + 1)];
  before.forEach((one, row) => {
    const line = new Uint16Array(after.length + 1);
    after.forEach((other, column) => {
      line[column + 1] =
        one === other ? lengths[row][column] + 1 : Math.max(lengths[row][column + 1], line[column]);
    });
    lengths.push(line);
  });
  const found = new Map();
  let [row, column] = [before.length, after.length];
  while (row > 0 && column > 0) {
    if (before[row - 1] === after[column - 1]) found.set(--column, --row);
    else if (lengths[row - 1][column] >= lengths[row][column - 1]) row -= 1;
    else column -= 1;
  }
  return found;
}
