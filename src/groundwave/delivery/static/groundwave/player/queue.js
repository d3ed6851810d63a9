/** What is to be heard next, in order; kept in this browser, a bounded number of them. */
import { readRecording } from "./recording.js";
import { recall, remember } from "./remembered.js";

const MOST = 50;

export class Queue {
  list = [];
  /** The one that was played last, in whichever tab, or null. */
  heard = null;

  constructor() {
    this.read();
  }

  /** Take what was kept, as far as it makes sense. */
  read() {
    const kept = Object(parsed(recall("queue")));
    const next = Array.isArray(kept.next) ? kept.next : [];
    this.heard = readRecording(kept.heard);
    this.list = [];
    for (const each of next.map(readRecording)) if (each && !this.has(each.id)) this.#append(each);
  }

  has(id) {
    return this.list.some((each) => each.id === id);
  }

  add(recording) {
    this.remove(recording.id);
    this.#append(recording);
  }

  putFirst(recording) {
    this.remove(recording.id);
    this.list.unshift(recording);
    this.list.length = Math.min(this.list.length, MOST);
  }

  remove(id) {
    this.list = this.list.filter((each) => each.id !== id);
  }

  moveUp(id) {
    const place = this.list.findIndex((each) => each.id === id);
    if (place > 0) this.list.splice(place - 1, 0, ...this.list.splice(place, 1));
  }

  /** The next one, which leaves the queue; or null. */
  take() {
    return this.list.shift() ?? null;
  }

  keep() {
    const { heard } = this;
    const isEmpty = !heard && this.list.length === 0;
    remember("queue", isEmpty ? "" : JSON.stringify({ heard, next: this.list }));
  }

  #append(recording) {
    if (this.list.length < MOST) this.list.push(recording);
  }
}

/** Whatever lies there, it does no harm. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
