/**
 * Offers the new version of a story to whoever reads the one before, and shows it.
 *
 * Laws:
 * - Nothing moves before the reader asks for it; then what they read stays where it is.
 * - Nothing but the article is exchanged: the sound goes on.
 * - What is new is marked until the reader takes the marks away.
 */
import * as Turbo from "../../vendor/turbo/turbo.min.js";
import { announce } from "./aloud.js";
import { now } from "./clock.js";
import { fetched } from "./fetched.js";
import { radio } from "./radio.js";
import { keepingPlace } from "./reading-place.js";
import { say } from "./wording.js";
import { write } from "./write.js";

const MARKS = new URL("./story-marks.js", import.meta.url);
/** Another machine of the site may learn of a change so much later. */
const LATER_MS = 1_000;

const left = new Set(); // what was told and not wanted, by the keys below

/** Offer what was told, unless that was done; `hasIt` tells of an article whether it is new. */
export function offer(told, hasIt) {
  const said = newsIn(told);
  const key = said && keyOf(told, said);
  const there = notice();
  if (!said || there?.dataset.key === key) return;
  there?.remove();
  const template = document.getElementById("story-told");
  if (!template) return; // the page of a release before
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.key = key;
  fill(made, told, said);
  acts(made, {
    show: () => show(told, hasIt),
    leave: () => {
      left.add(key);
      close(made);
    },
  });
  onEscape(made);
  document.querySelector("[data-told-place]").append(made);
  announce(say(made.dataset.aloud, { told: reading(made) }));
}

const notice = () => document.querySelector("[data-told-notice]");

const part = (made, name) => made.querySelector(`[data-told-part="${name}"]`);

const reading = (made) =>
  ["label", "text", "when"].map((name) => part(made, name).textContent).filter(Boolean).join(" ");

/** What is said by its number; of a story that is gone there is nothing else to say. */
const keyOf = ({ story }, { id }) => String(id ?? `gone-${story}`);

/** That it is gone, else the update that the article has not got, else the post. */
function newsIn(told) {
  const { gone, update, post } = told;
  const article = articleOf(told, document);
  return [
    gone,
    update?.id > Number(article.dataset.told) && update,
    post && !article.querySelector(`[id="post-${post.id}"]`) && post,
  ].find((said) => said && !left.has(keyOf(told, said)));
}

function fill(made, { headline }, said) {
  const isToday = now() < Date.parse(said.day_ends);
  write(part(made, "label"), `${said.label}:`);
  write(part(made, "text"), said.text || headline);
  write(part(made, "when"), (isToday ? said.updated : said.updated_later) ?? "");
}

function acts(made, doing) {
  made.addEventListener("click", ({ target }) => {
    doing[target.closest("button")?.dataset.toldPart]?.();
  });
}

/** It is over the page, and what the keyboard comes to may be under it. */
function onEscape(made) {
  const hear = ({ key, target, defaultPrevented }) => {
    // There it closes a panel, or empties a field.
    const isTheirs = target.closest?.("groundwave-player details[open], input, select, textarea");
    if (defaultPrevented || isTheirs) return;
    const [leave, done] = ["leave", "done"].map((name) => part(made, name));
    if (!made.isConnected) document.removeEventListener("keydown", hear);
    else if (key === "Escape") (done.hidden ? leave : done).click();
  };
  document.addEventListener("keydown", hear);
}

/** Fetch the new version and exchange the article. */
async function show(told, hasIt) {
  const made = notice();
  part(made, "show").disabled = true;
  try {
    const [page, { markNew, unmark }] = await Promise.all([newest(told, hasIt), fetched(MARKS)]);
    const old = articleOf(told, document);
    const fresh = page && articleOf(told, page);
    if (fresh && !hasIt(fresh)) throw new Error("a cache on the way has only the old one");
    if (!fresh || !old) return Turbo.visit(addressOf(told), { action: "replace" });
    unmark(old); // of the version before it
    const marks = keepingPlace(old, fresh, () => {
      old.replaceWith(fresh);
      return markNew(old, fresh, made.dataset.new);
    });
    document.title = page.title;
    radio.changed(); // there may be recordings in it
    sayShown(made, marks, () => unmark(fresh));
  } catch {
    part(made, "show").disabled = false;
    radio.say("page_unreachable");
  }
}

const articleOf = ({ story }, within) => within.querySelector(`[data-story="${story}"]`);

const addressOf = ({ url }) => url || location.pathname;

/** The page of the story; null if it is none any more, which a visit will say best. */
async function newest(told, hasIt) {
  const page = await fetchPage(addressOf(told));
  const article = page && articleOf(told, page);
  if (!article || hasIt(article)) return page;
  await new Promise((done) => setTimeout(done, LATER_MS));
  return fetchPage(addressOf(told));
}

async function fetchPage(url) {
  const answer = await fetch(url, { cache: "no-cache" });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The notice says what is to be seen now, and the keyboard is where it was. */
function sayShown(made, marks, unmark) {
  const said = say(marks === 1 ? made.dataset.one : made.dataset.many, { marks });
  write(part(made, "shown"), marks ? said : made.dataset.none);
  for (const name of ["label", "text", "when", "show", "leave"]) part(made, name).hidden = true;
  const done = part(made, "done");
  write(part(made, "done-marks"), marks ? made.dataset.unmark : made.dataset.close);
  done.hidden = false;
  done.focus({ preventScroll: true });
  announce(part(made, "shown").textContent);
  const end = () => {
    unmark();
    close(made);
  };
  acts(made, { done: end });
  // No page that is come back to has marks that nobody can take away.
  document.addEventListener("turbo:before-cache", end, { once: true });
}

/** Whoever was in it is at the story. */
function close(made) {
  const isHere = made.contains(document.activeElement);
  made.remove();
  if (!isHere) return;
  const article = document.querySelector("[data-story]");
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
}
