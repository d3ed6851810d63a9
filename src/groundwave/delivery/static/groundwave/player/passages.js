/** What an article says, passage by passage: paragraphs, headings, items, cells. */
const PASSAGE = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption";
/** What is said around the story, and when; not what it tells. */
const AROUND = ".story__times, .updates, .story__topics, .reporter, .bylines, nav";

export const passages = (article) =>
  [...article.querySelectorAll(PASSAGE)].filter(
    (each) => !each.closest(AROUND) && !each.querySelector(PASSAGE) && each.textContent.trim(),
  );
