/** The player in a frame on somebody else's page: no pages come and go here. */
import { defineBar } from "./bar.js";
import { beginFace } from "./face.js";
import { fetched } from "./fetched.js";
import "./one-at-a-time.js";
import { radio } from "./radio.js";

const FOR_LISTENERS = new URL("./for-listeners.js", import.meta.url);

radio.begin();
beginFace();
defineBar();
radio.listening.addEventListener("state", () => fetched(FOR_LISTENERS).catch(() => {}));
