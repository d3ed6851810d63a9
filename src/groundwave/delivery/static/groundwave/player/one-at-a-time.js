/**
 * A second tab does not play over the first: whoever was started last is heard.
 *
 * Tabs that lost the same connection come back in the same instant. So a tab that starts
 * says so, and from then on the others silence nobody: not when they come back either.
 */

export class OneAtATime {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("groundwave") : null;
  #isLast = false;

  /** Calls giveWay() when a page of ours that was started later begins to play. */
  constructor(giveWay) {
    this.#channel?.addEventListener("message", ({ data }) => {
      this.#isLast = false;
      if (data === "playing") giveWay();
    });
  }

  /** This page was started; what others play goes on until there is sound here. */
  start() {
    this.#isLast = true;
    this.#channel?.postMessage("started");
  }

  /** There is sound here. */
  begin() {
    if (this.#isLast) this.#channel?.postMessage("playing");
  }
}
