/**
 * Pages that come and go while the sound goes on: Turbo exchanges them inside the one
 * document that the sound lives in.
 *
 * Laws:
 * - The document is never left by itself: not for a page that says 404 or 500, not for
 *   one that cannot be fetched at all, not for scripts that a deploy has renamed.
 * - A page without a bar, such as a proxy's, is given the one that is there; and no page
 *   brings another one, which after a deploy would have other parts than its script knows.
 * - Whoever does not see that another page has come is told, and is where it begins.
 * - The admin is another program with other scripts: it gets a document of its own.
 */
import * as Turbo from "../../vendor/turbo/turbo.min.js";
import { announce } from "./aloud.js";
import { page } from "./page.js";
import { radio } from "./radio.js";

const on = (name, act) => document.addEventListener(`turbo:${name}`, act);

export function beginNavigation() {
  on("click", (event) => isOutside(event.detail.url) && event.preventDefault());
  on("before-prefetch", (event) => {
    if (isOutside(event.target.href) || radio.isSaving) event.preventDefault();
  });
  on("before-fetch-response", leaveIfOutside);
  on("fetch-request-error", stay);
  on("before-render", ({ detail }) => carryBar(detail.newBody));
  on("render", () => {
    radio.say(""); // what was said, was said of the page before
    radio.pageChanged();
    announce(document.title);
    giveFocus();
  });
}

const isOutside = (url) => {
  const { pathname } = new URL(url, location.href);
  return page().outside.some((path) => pathname.startsWith(path));
};

/** Turbo fetches a page when a link to it is pointed at; that is nobody's visit yet. */
const isPrefetch = ({ target }) => target.matches("a");

/** A redirect has led out of the site, such as to the admin after signing in. */
function leaveIfOutside(event) {
  const { response } = event.detail.fetchResponse;
  if (isPrefetch(event) || !response.redirected || !isOutside(response.url)) return;
  event.preventDefault();
  location.assign(response.url);
}

/** Turbo would let the browser try, and the browser would end the sound. */
function stay(event) {
  if (isPrefetch(event)) return;
  event.preventDefault();
  Turbo.navigator.stop();
  radio.say("page_unreachable");
}

function carryBar(body) {
  const bar = document.querySelector("groundwave-player");
  const theirs = body.querySelector("groundwave-player");
  if (!bar) return;
  const styles = theirs ? [] : document.querySelectorAll('link[rel="stylesheet"]');
  theirs?.remove();
  body.append(...[...styles].map((each) => each.cloneNode()), bar.cloneNode(true));
}

/** The link that the keyboard was at has gone with its page. */
function giveFocus() {
  const content = document.querySelector("main");
  if (!content || document.activeElement?.closest("body *")) return;
  content.tabIndex = -1;
  content.focus({ preventScroll: true });
}
