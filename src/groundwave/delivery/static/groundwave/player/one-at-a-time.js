/**
 * A second tab does not play over the first: whoever was started last is heard.
 *
 * Tabs that lost the same connection come back in the same instant. So a tab that starts
 * says so, and from then on the others silence nobody: not when they come back either.
 */
import { radio } from "./radio.js";

const { listening } = radio;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("groundwave") : null;
let isLast = false;

channel?.addEventListener("message", ({ data }) => {
  isLast = false;
  if (data === "playing" && listening.isWanted) listening.stop("elsewhere");
});
listening.addEventListener("state", tell);

function tell() {
  if (listening.state === "connecting") start();
  // What others play goes on until there is sound here.
  if (listening.state === "playing" && isLast) channel?.postMessage("playing");
}

function start() {
  isLast = true;
  channel?.postMessage("started");
}
