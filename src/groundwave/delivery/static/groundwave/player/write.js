/** Writing into a page: only what is new, so that only what is new is read aloud. */

/** An element without words does not show. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
  if (element.hidden !== (text === "")) element.hidden = text === "";
}

export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
