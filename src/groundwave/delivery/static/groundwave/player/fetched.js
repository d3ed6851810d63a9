/**
 * Modules that are fetched once they are needed, and again if they did not come.
 *
 * A browser takes a module that could not be had once for missing as long as the document
 * lives: under its address, and for every other one that imports it. So nothing is
 * imported before it and all that it imports have come, and after a failure it is
 * imported under an address of its own.
 */
/** A connection that is dead under us is found out about, and asked for anew. */
const PATIENCE_MS = 10_000;
const IMPORTED = /(?:from|import) ?"(\.[^"]+)"/g;

const preloads = document.querySelectorAll('link[rel="modulepreload"]');
const atHand = new Map([...preloads].map(({ href }) => [href, null])); // or on their way
const modules = new Map(); // by address: the promise of one
let failures = 0;

/** Return the promise of the module at `address`; once refused, the next call tries anew. */
export function fetched(address) {
  const { href } = new URL(address, location.href);
  if (!modules.has(href)) modules.set(href, imported(href));
  return modules.get(href);
}

async function imported(address) {
  try {
    await have(address);
    return await import(failures ? `${address}#${failures}` : address);
  } catch (fault) {
    failures += 1;
    modules.delete(address);
    throw fault;
  }
}

/** Have a script, and all that it imports, in the browser's cache. */
function have(address) {
  if (!atHand.has(address)) {
    const had = fetchAll(address);
    atHand.set(address, had);
    had.catch(() => atHand.delete(address));
  }
  return atHand.get(address);
}

async function fetchAll(address) {
  // An old browser waits for as long as it likes.
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`);
  const names = [...(await answer.text()).matchAll(IMPORTED)].map(([, name]) => name);
  await Promise.all(names.map((name) => have(new URL(name, address).href)));
}
