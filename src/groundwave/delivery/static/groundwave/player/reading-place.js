/** Where in an article its reader is, kept while the article becomes another one. */
import { passages } from "./passages.js";

/** Do something that exchanges `old` for `fresh`, and leave what is read where it is. */
export function keepingPlace(old, fresh, act) {
  const read = passages(old).find((each) => each.getBoundingClientRect().bottom > 0);
  const place = passages(old).indexOf(read);
  const top = read?.getBoundingClientRect().top;
  const done = act();
  const there = read && sameIn(fresh, read, place);
  // A page that scrolls smoothly must not be seen doing it.
  if (there) scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
  return done;
}

/** The passage that says the same; else the one in its place. */
function sameIn(fresh, { textContent }, place) {
  const all = passages(fresh);
  return all.find((each) => each.textContent === textContent) ?? all[Math.min(place, all.length - 1)];
}
