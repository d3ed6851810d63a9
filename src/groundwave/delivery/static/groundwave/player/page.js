/**
 * What a page tells the player: a block of JSON, which comes with every page and is
 * read again whenever the page changes. A page that has none changes nothing.
 */
let told = { stations: [], words: {}, outside: [] };

export const page = () => told;

export const stationOf = (slug) => told.stations.find((each) => each.slug === slug);

export function readPage() {
  const block = document.getElementById("groundwave-player");
  if (!block) return told;
  const { words, ...now } = JSON.parse(block.textContent);
  // After a deploy a page may lack words that the script of before says.
  told = { ...now, words: { ...told.words, ...words } };
  return told;
}
