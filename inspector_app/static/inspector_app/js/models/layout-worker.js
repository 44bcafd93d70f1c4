// Lays out away from the page, which stays responsive meanwhile.
import { arrange } from "./layout.js";

addEventListener("message", ({ data }) => postMessage(arrange(data)));
