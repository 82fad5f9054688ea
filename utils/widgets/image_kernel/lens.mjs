// The lens of the image kernel demo: from the window to its products, from the sum to its pixel.

import { shape } from "../kit/parts.mjs";
import { corners, hull } from "./geometry.mjs";

/** The box of a node in the drawing that `root` frames, in CSS pixels. */
function boxIn(root, node) {
  const [outer, inner] = [root, node].map((one) => one.getBoundingClientRect());
  const { width, height } = inner;
  return { x: inner.left - outer.left, y: inner.top - outer.top, width, height };
}

/**
 * Two translucent cones over `root`: `draw(window, pixel)` spans them from the window on the
 * first node of `pictures` to the node `cells`, and from `grey` to the pixel on the second; both
 * boxes are in parts of which `side` span a picture.
 */
export function lens(root, side, { pictures, cells, grey }) {
  const cones = ["book-cone book-in", "book-cone book-out"].map((name) =>
    shape("polygon", { class: name }),
  );
  const drawing = shape("svg", { class: "book-lens", "aria-hidden": true }, ...cones);
  let places = null; // of the nodes, until the next change of size
  let last = null;
  const draw = (window, pixel) => {
    last = [window, pixel];
    places ??= [...pictures, cells, grey].map((node) => boxIn(root, node));
    const spots = last.map(({ x, y, width, height }, at) => {
      const frame = places[at];
      const scale = frame.width / side;
      return {
        x: frame.x + x * scale,
        y: frame.y + y * scale,
        width: width * scale,
        height: height * scale,
      };
    });
    cones.forEach((cone, at) => {
      const points = hull([...corners(spots[at]), ...corners(places[2 + at])]);
      cone.setAttribute("points", points.map((point) => point.map((n) => n.toFixed(1))).join(" "));
    });
  };
  const observer = new ResizeObserver(() => {
    places = null;
    if (last) draw(...last);
  });
  observer.observe(root);
  return { root: drawing, draw, stop: () => observer.disconnect() };
}
