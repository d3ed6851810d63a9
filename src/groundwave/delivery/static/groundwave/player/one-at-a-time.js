/** A second tab does not play over the first: whoever starts last is heard. */

export class OneAtATime {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("groundwave") : null;

  /** Calls giveWay() when another page of ours begins to play. */
  constructor(giveWay) {
    this.#channel?.addEventListener("message", () => giveWay());
  }

  /** Tell the other pages that this one plays now. */
  begin() {
    this.#channel?.postMessage("playing");
  }
}
