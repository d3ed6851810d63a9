/** Spans and times of day as people read them, and as the pages write them. */

const twoDigits = (number) => String(number).padStart(2, "0");

/** 3:20, or 1:03:20. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const [first, ...rest] = hours ? [hours, ...parts] : parts;
  return [first, ...rest.map(twoDigits)].join(":");
}

/** Put `facts` into a sentence where it names them in braces. */
export const say = (sentence, facts) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

/**
 * When a tile begins: the time of day at the station, "about" it where what comes before
 * may run over; and, where the listener's clock reads otherwise, by that clock too. The
 * station's comes as data: a browser is slow to learn a zone.
 */
export function whenItBegins({ start, local_time, boundary }, words) {
  const at = new Date(start);
  const time = clock(local_time.split(":").map(Number), words);
  const there = boundary === "soft" ? say(words.about, { time }) : time;
  const here = clock([at.getHours(), at.getMinutes()], words);
  return time === here ? there : say(words.both_times, { there, here });
}

/** 8 a.m., 12:30 p.m., noon, midnight: as `clock` in the pages' templates has it. */
export function clock([hour, minute], words) {
  if (hour % 12 === 0 && minute === 0) return hour ? words.noon : words.midnight;
  const time = (hour % 12 || 12) + (minute ? `:${twoDigits(minute)}` : "");
  return say(hour < 12 ? words.am : words.pm, { time });
}
