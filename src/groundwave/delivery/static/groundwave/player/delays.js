/**
 * How long to wait before each next try: longer every time, and never in step with
 * the thousands of others who lost the same connection.
 */
export function* delays({ first = 500, longest = 15_000, random = Math.random } = {}) {
  let wait = first;
  for (;;) {
    yield wait * (0.5 + random() / 2);
    wait = Math.min(wait * 2, longest);
  }
}
