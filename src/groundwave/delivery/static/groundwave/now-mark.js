/**
 * Marks what is on now. A page says when each thing begins and ends, in `data-from` and
 * `data-until`; which of them is now is for the reader's clock to say, however long ago
 * the page was made and however long it stays open.
 */
const EVERY_MS = 5_000;

function mark() {
  const now = Date.now();
  for (const each of document.querySelectorAll("[data-from]")) {
    const { from, until } = each.dataset;
    const isNow = Date.parse(from) <= now && now < Date.parse(until);
    if (isNow) each.setAttribute("aria-current", "time");
    else each.removeAttribute("aria-current");
    each.classList.toggle("is-over", Date.parse(until) <= now);
  }
}

document.addEventListener("turbo:load", mark);
document.addEventListener("visibilitychange", mark);
setInterval(mark, EVERY_MS);
mark();
