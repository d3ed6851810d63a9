/** The guide of a time that the news does not cover, asked of the site. */
import { answer } from "./answers.js";

const HOUR_MS = 3_600_000;
const AHEAD_MS = 12 * HOUR_MS;

/** The tiles around an instant; null without an answer. */
export async function tilesAround({ guide }, instant) {
  const from = new Date(Math.floor(instant / HOUR_MS - 1) * HOUR_MS).toISOString();
  const to = new Date(Math.ceil(instant / HOUR_MS) * HOUR_MS + AHEAD_MS).toISOString();
  const { tiles } = await answer(`${guide}?from=${from}&to=${to}`);
  return tiles ?? null;
}
