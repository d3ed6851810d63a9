/**
 * What a screen reader says by itself, in one place beside all that is shown: what
 * somebody hears or sees anyway is not read again, and what changes for a moment not at
 * all.
 *
 * The place is there before its words are, as browsers pass over one that comes with them;
 * and each sentence is a paragraph of its own, so that two equal ones are both read.
 */
const MOMENT_MS = 100;
/** What has been so for this long is not about to change again. */
const SETTLED_MS = 1_000;
const READ_MS = 10_000;

const place = document.createElement("div");
place.className = "visually-hidden";
place.setAttribute("role", "status");
place.setAttribute("aria-atomic", "false");
place.dataset.turboTemporary = ""; // no page that is come back to has it in it

const matters = new Map();

/** In every page that comes, and empty: what was said of the page before has been said. */
export function bePresent() {
  if (place.isConnected) return;
  place.replaceChildren();
  document.body.append(place);
}

export function announce(sentence) {
  if (!sentence) return;
  bePresent();
  setTimeout(() => {
    const said = document.createElement("p");
    said.textContent = sentence;
    place.append(said);
    setTimeout(() => said.remove(), READ_MS);
  }, MOMENT_MS);
}

/** Say how a matter stands, once it has stood so for a while and unless that was said last. */
export function follow(matter, sentence, settled = SETTLED_MS) {
  const known = matters.get(matter) ?? { now: "", said: "", timer: 0 };
  matters.set(matter, known);
  if (sentence === known.now) return;
  known.now = sentence;
  clearTimeout(known.timer);
  known.timer = setTimeout(() => {
    if (sentence !== known.said) announce(sentence);
    known.said = sentence;
  }, settled);
}
