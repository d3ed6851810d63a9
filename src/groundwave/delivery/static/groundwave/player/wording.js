/** Spans and times of day as people read them. */

/** 3:20, or 1:03:20. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const [first, ...rest] = hours ? [hours, ...parts] : parts;
  return [first, ...rest.map((each) => String(each).padStart(2, "0"))].join(":");
}

/** Put `facts` into a sentence where it names them in braces. */
export const say = (sentence, facts) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

/**
 * The time of day at the station; and, where the listener's clock reads otherwise, by
 * that clock too.
 */
export function timeOfDay(instant, timezone, words) {
  const there = clock(instant, { timeZone: timezone });
  const here = clock(instant, {});
  if (there === here) return there;
  const named = clock(instant, { timeZone: timezone, timeZoneName: "short" });
  return say(words.both_times, { there: named, here });
}

function clock(instant, options) {
  const language = document.documentElement.lang || undefined;
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", ...options })
    .format(instant)
    .replace(/\s/g, "\u00a0"); // a time of day is not broken over two lines
}
