/** The titles of a time that this page was not told of, asked of the air. */
import { answer } from "./answers.js";

const HOUR_MS = 3_600_000;

/** What is known around an instant, from `since` on: {since, list}; null without an answer. */
export async function titlesAround({ titles }, instant) {
  // Those of the live window are the same for all who ask, and at hand.
  const live = await titlesAt(titles);
  if (live?.[0]?.at <= instant) return { since: live[0].at, list: live };
  // With the hour, so that many ask for the same.
  const since = Math.floor(instant / HOUR_MS - 1) * HOUR_MS;
  const list = await titlesAt(`${titles}?from=${new Date(since).toISOString()}`);
  return list && { since, list };
}

async function titlesAt(url) {
  const { titles } = await answer(url);
  return titles?.map(({ at, title }) => ({ at: Date.parse(at), title })) ?? null;
}
