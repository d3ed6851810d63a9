/*
 * The week grid by pointer and keyboard. Every airing is a link to a form that works by
 * itself; this picks airings up, and shows their forms, filled in, in a dialog. What is
 * asked for is checked, done and put into words by the site alone.
 */

const STEP = 15; // minutes
const EDGE = 8; // pixels of a block's lower edge that make it longer
const SLACK = 4; // pixels that a hand may shake in a click
const HOLD = 350; // ms that a finger stays to pick up; one that goes on scrolls
const FINGER = 3; // times as coarse as a pointer
const PART = { "X-Groundwave-Part": "form" };

const words = JSON.parse(document.getElementById("gw-week-words").textContent);
const page = document.querySelector("[data-week-page]");
const dialog = document.querySelector("[data-week-dialog]");
const status = document.querySelector("[data-week-status]");

let picked = null; // {how, block, column, top, minutes, from}
let pressed = null; // a pointer that may become a drag; a finger only once it has stayed
let previews = 0;

const say = (text) => (status.textContent = text);
const fill = (text, facts) => text.replace(/%\((\w+)\)s/g, (_, name) => facts[name] ?? "");
const week = () => page.querySelector("[data-week]");
const columns = () => [...page.querySelectorAll("[data-segments]")];
const segments = (column) => JSON.parse(column.dataset.segments);
const isDrawing = () => week().classList.contains("gw-week--drawing");

/* --- minutes of the grid, and wall time --- */

function pixelsPerMinute() {
  const length = Number(week().style.getPropertyValue("--length"));
  return columns()[0].getBoundingClientRect().height / length;
}

/** Return the nearest minute of the column that exists. */
function existing(column, top) {
  const parts = segments(column);
  const within = parts.find((part) => top < part.bottom) ?? parts.at(-1);
  return Math.max(within.top, Math.min(top, within.bottom - STEP));
}

function wallAt(column, top) {
  const part = segments(column).find((each) => top >= each.top && top < each.bottom);
  return part && { minutes: part.wall + top - part.top, again: part.again };
}

/** Return where it ends that starts at *top* and lasts so many minutes. */
function endOf(index, top, minutes) {
  for (let left = minutes; index < columns().length; index++, top = 0) {
    for (const part of segments(columns()[index])) {
      const start = Math.max(part.top, top);
      if (start >= part.bottom) continue;
      if (start + left <= part.bottom) {
        return { index, top: start + left, wall: part.wall + start + left - part.top };
      }
      left -= part.bottom - start;
    }
  }
  return null;
}

function clock(minutes) {
  const whole = ((Math.round(minutes) % 1440) + 1440) % 1440;
  const digits = (number) => String(number).padStart(2, "0");
  return `${digits(Math.floor(whole / 60))}:${digits(whole % 60)}`;
}

function whenWords({ column, top, minutes }) {
  const start = wallAt(columns()[column], top);
  const end = endOf(column, top, minutes);
  const again = start.again ? ` (${words.again})` : "";
  return fill(words.when, {
    day: columns()[column].getAttribute("aria-label"),
    begins: clock(start.minutes) + again,
    ends: end ? clock(end.wall) : "…",
  });
}

/* --- picking up --- */

function pick(how, block, place) {
  const ghost = document.createElement("div");
  ghost.className = "gw-ghost";
  picked = { how, block, ghost, ...place, from: { ...place } };
  block?.classList.add("gw-block--picked");
  show();
}

function placeOf(block) {
  return {
    column: columns().indexOf(block.closest("[data-segments]")),
    top: Number(block.style.getPropertyValue("--top")),
    minutes: Number(block.dataset.minutes),
  };
}

function show() {
  const end = endOf(picked.column, picked.top, picked.minutes);
  const isSameDay = end && end.index === picked.column;
  const bottom = isSameDay ? end.top : Number(week().style.getPropertyValue("--length"));
  picked.ghost.style.setProperty("--top", picked.top);
  picked.ghost.style.setProperty("--height", bottom - picked.top);
  picked.ghost.textContent = whenWords(picked);
  columns()[picked.column].append(picked.ghost);
}

function change({ column = picked.column, top = picked.top, minutes = picked.minutes }) {
  picked.column = Math.max(0, Math.min(6, column));
  picked.top = existing(columns()[picked.column], top);
  picked.minutes = Math.max(STEP, minutes);
  show();
}

function putDown() {
  picked?.block?.classList.remove("gw-block--picked");
  picked?.ghost.remove();
  picked = pressed = null;
}

function putBack() {
  const { block, from } = picked;
  putDown();
  if (block) say(fill(words.put_back, { show: block.dataset.title, when: whenWords(from) }));
  else say("");
}

/** Ask the site for the form of what was dragged or drawn. */
function propose(isCopy) {
  const { how, block, column, top, minutes } = picked;
  const wall = wallAt(columns()[column], top);
  const isNew = how === "draw" || isCopy;
  const url = new URL(isNew ? week().dataset.plan : block.href, location.href);
  const { show, episode } = block?.dataset ?? {};
  const facts = {
    date: columns()[column].dataset.date,
    begins: clock(wall.minutes),
    minutes,
    again: wall.again ? "on" : "",
    reach: isNew ? "" : "date",
    show: isCopy ? show : "",
    episode: isCopy ? episode : "",
  };
  for (const [name, value] of Object.entries(facts)) {
    if (value) url.searchParams.set(name, value);
  }
  openForm(url, block);
}

/* --- the pointer --- */

page.addEventListener("dragstart", (event) => event.preventDefault());

page.addEventListener("pointerdown", (event) => {
  const column = event.target.closest("[data-segments]");
  if (!column || event.button !== 0 || !event.isPrimary) return;
  letGo();
  if (picked) putDown();
  const block = event.target.closest(".gw-block");
  const isFree = !block || block.dataset.kind === "default";
  const draws = isFree || event.shiftKey || isDrawing();
  if (!draws && !("movable" in block.dataset)) return;
  const isFinger = event.pointerType === "touch";
  const isEdge = block && isAtEdge(block, event.clientY, isFinger);
  pressed = {
    how: draws ? "draw" : isEdge ? "size" : "move",
    block: draws ? null : block,
    x: event.clientX,
    y: event.clientY,
    minute: minuteUnder(event),
    place: draws ? placeUnder(event, column) : placeOf(block),
    isFinger,
    held: isFinger && setTimeout(pickHeld, HOLD),
  };
});

/** Tell whether that is the lower edge; to a finger it is wider, but never all of it. */
function isAtEdge(block, y, isFinger) {
  const { bottom, height } = block.getBoundingClientRect();
  return bottom - y < (isFinger ? Math.min(FINGER * EDGE, height / 3) : EDGE);
}

/** A finger has stayed where it is: it picks up, and scrolls no more. */
function pickHeld() {
  pressed.held = null;
  pick(pressed.how, pressed.block, pressed.place);
  navigator.vibrate?.(15);
}

function letGo() {
  clearTimeout(pressed?.held);
  pressed = null;
}

// What the browser would do with a finger that stays, or moves, while it holds something.
document.addEventListener("touchmove", (event) => picked && pressed && event.preventDefault(), {
  passive: false,
});
page.addEventListener("contextmenu", (event) => {
  if (pressed?.isFinger) event.preventDefault();
});

/** Return the minute of the grid under the pointer, however far it is scrolled. */
function minuteUnder(event) {
  return (event.clientY - columns()[0].getBoundingClientRect().top) / pixelsPerMinute();
}

function placeUnder(event, column) {
  const top = existing(column, Math.floor(minuteUnder(event) / STEP) * STEP);
  return { column: columns().indexOf(column), top, minutes: 2 * STEP };
}

document.addEventListener("pointermove", (event) => {
  if (!pressed) return;
  const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
  if (pressed.held) {
    if (moved > FINGER * SLACK) letGo(); // it scrolls
    return;
  }
  if (!picked && moved < SLACK) return;
  if (!picked) pick(pressed.how, pressed.block, pressed.place);
  scrollAtEdge(event.clientY);
  const minute = minuteUnder(event);
  const steps = Math.round((minute - pressed.minute) / STEP) * STEP;
  const { from } = picked;
  if (picked.how === "size") change({ minutes: from.minutes + steps });
  else if (picked.how === "draw") change({ minutes: Math.ceil(minute / STEP) * STEP - from.top });
  else change({ column: columnUnder(event.clientX), top: from.top + steps });
});

function scrollAtEdge(y) {
  const { top, bottom } = week().getBoundingClientRect();
  if (y > Math.min(bottom, innerHeight) - 3 * EDGE) week().scrollTop += EDGE;
  if (y < top + 6 * EDGE) week().scrollTop -= EDGE;
}

function columnUnder(x) {
  const found = columns().findIndex((each) => x < each.getBoundingClientRect().right);
  return found < 0 ? 6 : found;
}

document.addEventListener("pointerup", (event) => {
  const wasDragged = pressed && picked;
  clearTimeout(pressed?.held);
  pressed = null;
  if (!wasDragged) return;
  // The click that follows a drag is not one.
  const stop = (click) => (click.preventDefault(), click.stopPropagation());
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
  propose(picked.how === "move" && (event.ctrlKey || event.altKey || event.metaKey));
});

document.addEventListener("pointercancel", () => (picked && pressed ? putBack() : letGo()));

/* --- the keyboard --- */

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

document.addEventListener("keydown", (event) => {
  if (picked && event.key === "Escape") {
    event.preventDefault();
    putBack();
    return;
  }
  const block = event.target.closest?.("[data-movable]");
  if (!block || event.ctrlKey || event.metaKey) return;
  if (picked && event.key === "Enter") {
    event.preventDefault();
    propose(event.altKey);
    return;
  }
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  if (!picked) pick("move", block, placeOf(block));
  const [days, steps] = arrow;
  if (event.shiftKey) change({ minutes: picked.minutes + steps * STEP });
  else moveBy(days, steps * STEP);
  picked.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(fill(words.picked, { show: block.dataset.title, when: whenWords(picked) }));
});

/** Move by days and minutes, over what does not exist. */
function moveBy(days, minutes) {
  const column = Math.max(0, Math.min(6, picked.column + days));
  const top = picked.top + minutes;
  const parts = segments(columns()[column]);
  const isThere = parts.some((part) => top >= part.top && top < part.bottom);
  if (isThere || !minutes) return change({ column, top });
  const next = minutes > 0
    ? parts.find((part) => part.top > top - STEP)?.top
    : parts.findLast((part) => part.bottom <= top + STEP)?.bottom - STEP;
  change({ column, top: Number.isFinite(next) ? next : picked.top });
}

page.addEventListener("focusout", () => picked && !pressed && !dialog.open && putDown());

/* --- the dialog --- */

let opener = null;

/** Return the site's answer, or nothing once it was said why there is none. */
async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: PART }).catch(() => null);
  if (answer?.redirected) location.assign(url); // not allowed any more: the site says so
  else if (answer?.ok || answer?.status === 422) return answer;
  else if (answer?.status === 404) await gone();
  else say(words.away);
  return null;
}

/** Somebody else changed the week: show it as it is. */
async function gone() {
  dialog.close();
  await refresh();
  say(words.gone);
}

async function openForm(url, from) {
  opener = from;
  const answer = await ask(url);
  if (!answer) return putDown();
  fillDialog(await answer.text());
  if (!dialog.open) dialog.showModal();
  say("");
  dialog.querySelector("[autofocus], .gw-week-form__title")?.focus();
}

function fillDialog(html) {
  dialog.innerHTML = html; // the site's own form, which it has escaped
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-week-form]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !(isPlain || link.matches(".gw-block"))) return;
  event.preventDefault();
  if (!isPlain || (isDrawing() && link.matches(".gw-block"))) return;
  if (link.dataset.kind === "default" && event.detail) {
    // Free time may be hours long: what is meant is where it was clicked.
    pick("draw", null, { ...placeUnder(event, link.closest("[data-segments]")), minutes: 60 });
    propose();
  } else {
    openForm(link.href, link);
  }
});

dialog.addEventListener("click", (event) => {
  const link = event.target.closest("[data-week-form], [data-week-close]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-week-close]")) dialog.close();
  else openForm(link.href, opener);
});

dialog.addEventListener("close", () => {
  putDown();
  dialog.replaceChildren();
  opener?.focus?.();
});

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.sent) return; // a second click is not a second wish
  form.dataset.sent = "sent";
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await ask(form.action, { method: "POST", body });
  delete form.dataset.sent;
  if (!answer) return;
  if (answer.status === 422) {
    fillDialog(await answer.text());
    dialog.querySelector(".errorlist")?.scrollIntoView({ block: "nearest" });
    return;
  }
  const said = await answer.json();
  const place = opener?.getAttribute("href")?.split("?")[0];
  dialog.close();
  await refresh(place);
  say([said.sentence, ...said.warnings].join("\n"));
});

dialog.addEventListener("change", async (event) => {
  const form = event.target.form;
  if (!form?.querySelector("[data-effects]")) return;
  const number = ++previews;
  const url = new URL(form.action);
  const said = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  for (const [name] of said) url.searchParams.delete(name);
  for (const [name, value] of said) url.searchParams.append(name, value);
  const answer = await ask(url);
  if (!answer || number !== previews) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  // The second time the clock shows it is asked for only on the night it does.
  const kind = (root) => root.querySelector("[name=again]")?.type;
  if (kind(fresh) !== kind(dialog)) {
    dialog.replaceChildren(...fresh.body.childNodes);
    dialog.querySelector(`[name=${event.target.name}]`)?.focus();
    return;
  }
  const effects = fresh.querySelector("[data-effects]");
  if (effects) dialog.querySelector("[data-effects]")?.replaceChildren(...effects.childNodes);
});

/** Show the week as it is now, where it was. */
async function refresh(place) {
  const answer = await ask(location.href);
  if (!answer) return;
  const { scrollTop, scrollLeft } = week();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.replaceChildren(...fresh.querySelector("[data-week-page]").childNodes);
  begin();
  week().scrollTo(scrollLeft, scrollTop);
  if (place) page.querySelector(`a[href^="${CSS.escape(place)}"]`)?.focus();
}

/* --- the page --- */

function begin() {
  page.querySelector("[data-week-draw]").hidden = false;
  page.querySelector("[data-week-help]").hidden = false;
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("[data-week-draw]");
  if (!button) return;
  const isOn = week().classList.toggle("gw-week--drawing");
  button.setAttribute("aria-pressed", isOn);
  say(isOn ? words.draw_on : "");
});

begin();
week().scrollTop =
  (page.querySelector(".gw-week__now")?.offsetTop ?? 6 * 60 * pixelsPerMinute()) - 120;
