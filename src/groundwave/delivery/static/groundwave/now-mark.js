/**
 * Keeps true what a page says of the schedule, however long ago it was made and however
 * long it stays open.
 *
 * - A page says when each thing begins and ends, in `data-from` and `data-until`; which
 *   of them is now is for the station's clock to say.
 * - It says in `data-days` in which state it shows which days. Where the news has another,
 *   a list that has a template of its rows is drawn anew from the news: nobody is asked.
 * - Of days that the news does not reach, `data-outdated` says so, and the reader is let
 *   choose when to see them: thousands of pages that fetch at once would be a storm.
 */
import { now } from "./player/clock.js";
import { fetched } from "./player/fetched.js";
import { toldOf } from "./player/guide.js";

const ROWS = new URL("./schedule-rows.js", import.meta.url);
/** The clock may be set meanwhile, and a moment be sooner than we thought. */
const LONGEST_MS = 10_000;

let timer;

function mark() {
  const at = now();
  let next = at + LONGEST_MS;
  for (const each of document.querySelectorAll("[data-from]")) {
    const from = Date.parse(each.dataset.from);
    const until = Date.parse(each.dataset.until);
    const isNow = from <= at && at < until;
    if (isNow) each.setAttribute("aria-current", "time");
    else each.removeAttribute("aria-current");
    each.classList.toggle("is-over", until <= at);
    next = Math.min(next, ...[from, until].filter((edge) => edge > at));
  }
  clearTimeout(timer);
  timer = setTimeout(keep, next - at);
}

async function keep() {
  mark();
  let isOutdated = false;
  for (const list of document.querySelectorAll("[data-days]")) {
    const told = toldOf(list.dataset.station);
    // A page that was made after the news knows better.
    if (!told || Date.parse(told.at) < Date.parse(list.dataset.made)) continue;
    if (isOld(list, told) && list.querySelector("template")) {
      const rows = await fetched(ROWS).catch(() => null);
      rows?.renew(list, told, now()); // else the page says that it is outdated
      mark();
    }
    isOutdated ||= isOld(list, told);
  }
  for (const note of document.querySelectorAll("[data-outdated]")) note.hidden = !isOutdated;
}

function isOld(list, { days }) {
  const isWorn = "most" in list.dataset && list.querySelector(":scope > .is-over") !== null;
  const shown = Object.entries(JSON.parse(list.dataset.days));
  return isWorn || shown.some(([day, state]) => (days[day] ?? state) !== state);
}

document.addEventListener("turbo:load", keep);
document.addEventListener("groundwave:schedule", keep);
document.addEventListener("visibilitychange", keep);
keep();
