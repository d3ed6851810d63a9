// Brings what is going on up to date for as long as it goes on; then the page shows what came.

const EVERY_MS = 2000;

async function watch(place) {
  while (place.querySelector("[data-goes-on]")) {
    await new Promise((resume) => setTimeout(resume, EVERY_MS));
    if (document.hidden) continue;
    const answer = await fetch(place.dataset.watch).catch(() => null);
    if (answer?.ok && !answer.redirected) place.innerHTML = await answer.text();
  }
  location.reload();
}

for (const place of document.querySelectorAll("[data-watch]")) {
  if (place.querySelector("[data-goes-on]")) watch(place);
}
