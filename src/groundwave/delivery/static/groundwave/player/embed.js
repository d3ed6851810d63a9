/** The player in a frame on somebody else's page: no pages come and go here. */
import { defineBar } from "./bar.js";
import { beginFace } from "./face.js";
import { radio } from "./radio.js";

radio.begin();
beginFace();
defineBar();
radio.listening.addEventListener("state", () => import("./media-keys.js"), { once: true });
