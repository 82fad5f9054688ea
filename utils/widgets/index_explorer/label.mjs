// Texts of the index explorer's picture.

import { shape } from "../kit/parts.mjs";

/** A text with its middle at a place, its size in pixels. */
export const label = (className, x, y, size, text) =>
  shape("text", { class: className, x, y, "font-size": size }, String(text));
