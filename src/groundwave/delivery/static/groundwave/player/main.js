/**
 * The player on a page of the site.
 *
 * What is not needed before somebody presses Play is not fetched before: the carriers
 * (`ways.js`), hls.js, and what the lock screen shows.
 */
import { defineBar } from "./bar.js";
import { beginFace } from "./face.js";
import { beginNavigation } from "./navigation.js";
import { radio } from "./radio.js";

radio.begin();
beginFace();
beginNavigation();
defineBar();
radio.listening.addEventListener("state", () => import("./media-keys.js"), { once: true });
