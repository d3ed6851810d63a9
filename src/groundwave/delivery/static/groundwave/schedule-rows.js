/**
 * Draws a list of what is on from what the news tells.
 *
 * The list carries a <template> of a row, made with the same page; `data-row` marks what
 * is to be filled in. It shows what is on from `data-since` to `data-to`, or, with
 * `data-most`, so many things that are not over. What the news does not reach stays as
 * it is.
 */
import { page } from "./player/page.js";
import { clock, say } from "./player/wording.js";

export function renew(list, told, at) {
  const tiles = shown(list.dataset, told.tiles, at);
  if (tiles.length > 0) place(list, tiles);
  if ("most" in list.dataset || list.dataset.to <= told.to) {
    const days = Object.keys(JSON.parse(list.dataset.days));
    list.dataset.days = JSON.stringify(Object.fromEntries(days.map((day) => [day, told.days[day]])));
  }
}

/** The tiles that the list is to show, cut at its edges as its rows are. */
function shown({ since, to, most }, tiles, at) {
  if (most) {
    const coming = tiles.filter(({ ends_at }) => Date.parse(ends_at) > at);
    return cut(coming.slice(0, Number(most)), since).filter(({ show }) => show);
  }
  return cut(tiles, since, to).filter(({ from, until }) => from < until);
}

/** Instants are all written alike, so that their texts are in their order. */
const cut = (tiles, since, to = "9") =>
  tiles.map((tile) => ({
    ...tile,
    from: tile.starts_at < since ? since : tile.starts_at,
    until: tile.ends_at > to ? to : tile.ends_at,
  }));

function place(list, tiles) {
  const template = list.querySelector("template");
  const rows = [...list.querySelectorAll(":scope > [data-from]")];
  const [{ from }, { until }] = [tiles[0], tiles.at(-1)];
  const isOutside = ({ dataset }) => dataset.from < from || dataset.from >= until;
  const kept = "most" in list.dataset ? [] : rows.filter(isOutside);
  for (const { dataset } of kept) {
    if (dataset.from < from && dataset.until > from) dataset.until = from;
  }
  const drawn = tiles.map((tile) => {
    const row = draw(template, tile, list.dataset.zone);
    return rows.find((other) => reading(other) === reading(row)) ?? row;
  });
  const all = [...kept, ...drawn].sort((one, other) => (one.dataset.from < other.dataset.from ? -1 : 1));
  list.replaceChildren(...all, template);
}

/** What a row says, whoever made it: one that says the same keeps its place and its picture. */
const reading = (row) =>
  [row.dataset.from, row.dataset.until, ...[...row.querySelectorAll("a, time")].map((each) => each.textContent)].join();

function draw(template, tile, zone) {
  const row = template.content.firstElementChild.cloneNode(true);
  const { show, episode } = tile;
  const { words } = page();
  const time = clock(clockIn(zone, Date.parse(tile.from)), words);
  const isAbout = tile.boundary === "soft" && tile.from === tile.starts_at;
  Object.assign(row.dataset, { from: tile.from, until: tile.until });
  fill(row, "time", isAbout ? say(words.about, { time }) : time, { datetime: tile.from });
  fill(row, "show", show?.title ?? "", { href: show?.url });
  fill(row, "nothing", show ? "" : undefined);
  fill(row, "resumed", tile.resumed || tile.from !== tile.starts_at ? undefined : "");
  fill(row, "episode", episode?.title ?? "", { href: episode?.url });
  fill(row, "hosts", show?.hosts.join(", ") ?? "");
  picture(row, show);
  return row;
}

/**
 * Fill a part with words and give it attributes; one of no words is left out, with
 * what belongs to it. Of no words at all is said nothing: it stays as it was made.
 */
function fill(row, name, words, facts = {}) {
  const part = row.querySelector(`[data-row="${name}"]`);
  if (words === "") (row.querySelector(`[data-row-of="${name}"]`) ?? part)?.remove();
  else if (part && words !== undefined) part.textContent = words;
  for (const [fact, value] of Object.entries(facts)) if (value) part?.setAttribute(fact, value);
}

/** The picture that is on the page already, the one that is told, or the pattern. */
function picture(row, show) {
  const art = row.querySelector('[data-row="art"]');
  if (!art) return;
  const [pattern] = art.children;
  if (!show) return fill(row, "art", "");
  if (show.image) {
    const image = Object.assign(new Image(480, 480), { src: show.image, alt: "", loading: "lazy" });
    image.className = "art";
    pattern.replaceWith(image);
  } else {
    pattern.classList.add(`art--${show.id % art.dataset.hues}`);
    pattern.classList.add(`art--turn-${Math.floor(show.id / art.dataset.hues) % art.dataset.turns}`);
    pattern.querySelector("text").textContent = [...show.title][0] ?? "";
  }
}

const formats = new Map(); // a browser is slow to make one

function clockIn(timeZone, instant) {
  if (!formats.has(timeZone)) {
    const shape = { timeStyle: "short", hourCycle: "h23", timeZone };
    formats.set(timeZone, new Intl.DateTimeFormat("en", shape));
  }
  return formats.get(timeZone).format(instant).split(":").map(Number);
}
