/** What the player needs once somebody listens, and not before. */
import "./bar-panels.js";
import "./bar-place.js";
import "./media-keys.js";
