/**
 * What breaks just now, across the top of the page.
 *
 * Laws:
 * - A banner is shown from its beginning to its end, by the station's clock, however long
 *   ago the page was made; of several, the one that began last.
 * - Who has dismissed one is not shown it again.
 * - What is being read does not move when one comes or goes.
 */
import { announce } from "./aloud.js";
import { now } from "./clock.js";
import { recall, remember } from "./remembered.js";
import { mark } from "./write.js";

/** The clock may be set meanwhile, and a moment be sooner than we thought. */
const LONGEST_MS = 10_000;

let timer;

/** Show what holds now; `news` is what the page was told last, if it was told anything. */
export function showBanners(news) {
  const place = document.querySelector("[data-told-place]");
  if (!place) return;
  if (news && news.at > place.dataset.made) renew(place, news);
  keep(place);
}

function renew(place, { at, banners }) {
  const template = place.querySelector("template");
  for (const old of allIn(place)) {
    if (!banners.some(({ id }) => String(id) === old.dataset.banner)) remove(old);
  }
  for (const banner of banners) {
    if (!place.querySelector(`:scope > [data-banner="${banner.id}"]`)) {
      template.before(made(template, banner));
    }
  }
  place.dataset.made = at;
}

function made(template, { id, text, url, begins, ends }) {
  const banner = template.content.querySelector("[data-banner]").cloneNode(true);
  Object.assign(banner.dataset, { banner: id, begins, ends, isNew: "" });
  const link = part(banner, "text");
  link.textContent = text;
  mark(link, "href", url || null);
  return banner;
}

function keep(place) {
  clearTimeout(timer);
  const at = now();
  for (const over of allIn(place).filter(({ dataset }) => Date.parse(dataset.ends) <= at)) remove(over);
  const left = allIn(place);
  const begun = left.filter(({ dataset }) => Date.parse(dataset.begins) <= at);
  const [last] = begun.sort((one, other) => (one.dataset.begins > other.dataset.begins ? -1 : 1));
  for (const each of left) show(place, each, each === last && recall("banner") !== each.dataset.banner);
  if (left.length === 0) return;
  const edges = left.flatMap(({ dataset }) => [Date.parse(dataset.begins), Date.parse(dataset.ends)]);
  const next = Math.min(at + LONGEST_MS, ...edges.filter((edge) => edge > at));
  timer = setTimeout(() => place.isConnected && keep(place), next - at);
}

function show(place, banner, isShown) {
  const leave = part(banner, "leave");
  if (leave.hidden) {
    leave.hidden = false;
    leave.addEventListener("click", () => {
      remember("banner", banner.dataset.banner);
      keep(place);
    });
  }
  if (banner.hidden !== isShown) return;
  still(() => (banner.hidden = !isShown));
  // What a page came with is read with the page.
  if (isShown && "isNew" in banner.dataset) {
    delete banner.dataset.isNew;
    announce(banner.querySelector("p").textContent);
  }
}

function remove(banner) {
  still(() => banner.remove());
}

/** Do something above what is being read, which stays where it is. */
function still(act) {
  const content = document.querySelector("main");
  const top = content.getBoundingClientRect().top;
  act();
  scrollBy({ top: content.getBoundingClientRect().top - top, behavior: "instant" });
}

const allIn = (place) => [...place.querySelectorAll(":scope > [data-banner]")];

const part = (banner, name) => banner.querySelector(`[data-banner-part="${name}"]`);
