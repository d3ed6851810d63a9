/** The few things a listener need not say twice; kept in this browser alone. */

export function recall(name) {
  try {
    return localStorage.getItem(`groundwave.${name}`);
  } catch {
    return null; // a browser that keeps nothing is respected
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`groundwave.${name}`, value);
  } catch {
    // as above
  }
}
