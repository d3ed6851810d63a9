// Asks, while a slot is filled in, what it would do, and shows the answer.
"use strict";

(() => {
  const box = document.querySelector("[data-slot-preview]");
  const form = box?.closest("form");
  if (!form) return;

  // Nobody reads faster than this, and a word is not finished sooner.
  const PAUSE_MS = 400;
  let waiting = 0;
  let asking = null;

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(box.dataset.slotPreview, {
        method: "POST",
        body: new FormData(form),
        signal: asking.signal,
      });
      // Our own page, with everything that people typed escaped.
      if (answer.ok) box.innerHTML = await answer.text();
    } catch (error) {
      // The site is away, or a later question has taken this one's place.
      if (!["AbortError", "TypeError"].includes(error.name)) throw error;
    }
  }

  function askSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  }

  form.addEventListener("input", askSoon);
  form.addEventListener("change", askSoon);
  ask();
})();
