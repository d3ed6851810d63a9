/** What the air and the site answer a page that asks. */

/** What a page of ours does not get it does without. */
export async function answer(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}
