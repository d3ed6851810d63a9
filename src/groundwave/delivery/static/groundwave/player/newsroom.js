/**
 * What the newsroom tells pages that are open. What shows it is fetched once there is
 * something to show.
 */
import { fetched } from "./fetched.js";

const BANNER = new URL("./banner.js", import.meta.url);
const STORY = new URL("./story-told.js", import.meta.url);

const stories = new Map(); // by number: what was told of each last
let breaking = null; // what was told of banners last

export function beginNewsroom() {
  document.addEventListener("groundwave:story", ({ detail }) => {
    stories.set(String(detail.story), detail);
    look();
  });
  document.addEventListener("groundwave:banner", ({ detail }) => {
    breaking = detail;
    lookUp();
  });
  // Before it is seen, as far as it can be.
  document.addEventListener("turbo:render", lookUp);
  lookUp();
  // A page may have been kept somewhere since before it was told.
  document.addEventListener("turbo:load", look);
  document.addEventListener("visibilitychange", look);
}

function look() {
  const article = document.querySelector("[data-story]");
  const told = stories.get(article?.dataset.story);
  if (!told || !isNews(told, article)) return;
  // What did not come is asked for again when the reader comes back.
  fetched(STORY).then(
    ({ offer }) => offer(told, (each) => !isNews(told, each)),
    () => {},
  );
}

function lookUp() {
  if (!breaking?.banners.length && !document.querySelector("[data-banner]")) return;
  fetched(BANNER).then(
    ({ showBanners }) => showBanners(breaking),
    () => {},
  );
}

/** Whether an article is of before it was told; of a live blog, the latest post is news. */
const isNews = ({ gone, update, post }, article) =>
  gone !== null ||
  update?.id > Number(article.dataset.told) ||
  (post !== null && !article.querySelector(`[id="post-${post.id}"]`));
