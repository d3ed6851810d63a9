/*
 * The Air page while somebody watches it: every second the site says how things are, in
 * words, and this puts them where the page has them. When it says nothing, the page
 * says so and shows nothing that may be over. What is asked of the air by hand is asked
 * about, done and answered by the site.
 */

const EVERY = 1000; // ms between looks, as long as the page is seen
const PATIENCE = 4000; // ms until a look that brings nothing counts as lost
const DRAWN_EVERY = 60_000; // ms between drawings of who listens
const DRAWN_SOONEST = 10_000; // ms between drawings, however much happens
const PART = { "X-Groundwave-Part": "form" };

const words = JSON.parse(document.getElementById("gw-air-words").textContent);
const air = document.querySelector("[data-air]");
const dialog = document.querySelector("[data-dialog]");
const boards = [...air.querySelectorAll("[data-station]")];

let newest = air.dataset.newest;
let heardAt = air.querySelector("[data-as-of]").textContent;
let drawnAt = -DRAWN_SOONEST; // the first thing that happens is drawn at once
let isLooking = false;
let isDrawing = false;
let opener = null;

const fill = (text, facts) => text.replace(/%\((\w+)\)s/g, (_, name) => facts[name] ?? "");
const say = (text) => (air.querySelector("[data-said]").textContent = text);
const speak = (text) => (air.querySelector("[data-spoken]").textContent = text);

/* --- what is known, put into its places --- */

/** Write *facts* into the places of *root*, but not into those of a part of its own. */
function write(root, facts) {
  for (const place of root.querySelectorAll("[data-fact]")) {
    const owner = place.closest("[data-source]") ?? root;
    const text = facts[place.dataset.fact];
    if (owner !== root || text === undefined || place.textContent === text) continue;
    place.textContent = text;
    if (place.tagName !== "TD") place.hidden = !text;
  }
}

function showStation(board, known) {
  const lamp = board.querySelector(".gw-lamp");
  const before = lamp.dataset.lamp + board.querySelector("[data-fact=headline]").textContent;
  write(board, known.facts);
  light(board, known.lamp);
  board.querySelector("[data-held]").hidden = !known.facts.held;
  for (const row of board.querySelectorAll("[data-source]")) {
    showSource(row, known.sources[row.dataset.source]);
  }
  // Spoken once when it changes; a clock that counts would never be quiet.
  if (before !== known.lamp + known.facts.headline) {
    speak(fill(words.changed, { station: board.dataset.name, ...known.facts }));
  }
}

function light(board, lamp) {
  const dot = air.querySelector(`[data-lamp-of="${board.dataset.station}"]`);
  for (const each of [board.querySelector(".gw-lamp"), dot]) each.dataset.lamp = lamp;
}

function showSource(row, known) {
  write(row, known.facts);
  row.classList.toggle("gw-row--live", known.isOnAir);
  for (const button of row.querySelectorAll("[data-may]")) {
    button.hidden = !known.may[button.dataset.may];
  }
  const meter = row.querySelector("[data-meter]");
  if (!meter) return;
  meter.style.setProperty("--level", known.meter.level);
  meter.style.setProperty("--peak", known.meter.peak);
  meter.setAttribute("aria-valuenow", known.meter.now);
  meter.setAttribute("aria-valuetext", known.meter.words);
}

/** Show nothing that may be over: the page has lost the site. */
function forget() {
  complain(fill(words.away, { time: heardAt }));
  for (const board of boards) {
    light(board, "unknown");
    write(board, { headline: words.unknown, alarm: "", title: "", listeners: "" });
    for (const row of board.querySelectorAll("[data-source]")) {
      const facts = { state: words.unknown, alarm: "", level: "", trouble: "" };
      const meter = { now: -60, words: words.unknown, level: 0, peak: 0 };
      showSource(row, { facts, meter, isOnAir: false, may: {} });
    }
  }
}

function complain(text) {
  const place = air.querySelector("[data-away]");
  if (place.textContent.trim() !== text) place.textContent = text;
  place.hidden = !text;
}

/* --- looking, as long as the page is seen --- */

async function look() {
  if (isLooking || document.hidden) return;
  isLooking = true;
  const known = await ask();
  isLooking = false;
  if (known) take(known);
  else forget();
}

/** Return how things are, or nothing if the site does not say. */
async function ask() {
  try {
    const answer = await fetch(air.dataset.live, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.redirected || answer.status === 403) location.reload(); // signed out meanwhile
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

function take(known) {
  complain(known.trouble);
  for (const board of boards) {
    const station = known.stations[board.dataset.station];
    if (station) showStation(board, station);
  }
  if (known.at) {
    heardAt = known.at;
    air.querySelector("[data-as-of]").textContent = known.at;
    air.querySelector("[data-as-of-line]").hidden = false;
  }
  const patience = known.newest === newest ? DRAWN_EVERY : DRAWN_SOONEST;
  if (!isDrawing && performance.now() - drawnAt > patience) redraw(known.newest);
}

/** Fetch what is drawn anew: who listened, what happened, who had trouble. */
async function redraw(latest) {
  isDrawing = true;
  drawnAt = performance.now();
  const text = await drawn();
  isDrawing = false;
  if (!text) return;
  newest = latest;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of air.querySelectorAll("[data-part]")) {
    if (part.contains(document.activeElement)) continue; // somebody reads it
    const found = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    const isOpen = part.querySelector("details")?.open;
    if (found) part.replaceChildren(...found.childNodes);
    if (isOpen) part.querySelector("details").open = true;
  }
}

/** Return this page as the site makes it now, or nothing if it does not. */
async function drawn() {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(DRAWN_SOONEST) });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

/* --- switching by hand --- */

air.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: PART }).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(link.href);
  opener = link;
  dialog.innerHTML = await answer.text(); // the site's own form, which it has escaped
  dialog.showModal();
  dialog.querySelector("#gw-question").focus();
});

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.sent) return; // a second press is not a second wish
  form.dataset.sent = "sent";
  const body = new URLSearchParams(new FormData(form));
  const options = { method: "POST", headers: PART, body };
  const answer = await fetch(form.action, options).catch(() => null);
  dialog.close();
  if (answer?.redirected || answer?.status === 403) return location.reload();
  const said = answer && (answer.ok || answer.status === 409) ? await answer.json() : null;
  say(said?.sentence ?? words.unanswered);
  drawnAt = -DRAWN_SOONEST; // who did it sees it at once
  await look();
});

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  // What was pressed may be gone with what it did.
  const isThere = opener?.checkVisibility?.() ?? opener?.isConnected;
  const back = isThere ? opener : opener?.closest("[data-station]");
  if (back && back !== opener) back.tabIndex = -1;
  back?.focus();
});

document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
look();
