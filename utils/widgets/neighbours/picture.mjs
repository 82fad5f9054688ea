// The picture of the nearest-neighbours demo: the plane with its points and the query, and the vote.

import { onTaps, pointLayer } from "./points.mjs";
import { votePanel } from "./panel.mjs";
import { RANGE, SIZE, marks, regionLayer } from "./scene.mjs";
import { textures } from "../kit/badges.mjs";
import { element, shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { eased } from "../kit/tween.mjs";

const AWAY = [1e6, 1e6]; // where no pointer finds the query

/**
 * `on` hears the reader: query(place), add(place), move(index, place), choose(index), remove(index).
 * `draw(state, chosen, wrong)` shows a state; the query glides there, unless `isByHand`.
 */
export function picture({ side, glide, on }) {
  const drawing = plane({
    label: "The plane: points, the region of each class, and the query",
    x: RANGE,
    y: RANGE,
    names: ["x₁", "x₂"],
    size: [SIZE, SIZE],
  });
  const texture = textures();
  const areas = regionLayer(texture.fill);
  drawing.root.prepend(texture.root, areas.root);
  const query = drawing.handle({
    label: "query",
    look: "query",
    range: [0, side],
    step: 2,
    onMove: (place) => placeQuery(on.query(place)),
  });
  query.root.append(shape("text", { class: "book-letter", y: 0.5 }, "?"));
  const layer = pointLayer({
    drawing,
    before: query.root,
    side,
    onMove: on.move,
    onChoose: on.choose,
    onRemove: on.remove,
  });
  const votes = votePanel({ onLight: layer.light });
  const root = element("div", { class: "book-vote" }, drawing.root, votes.root);

  const [least, greatest] = RANGE;
  const across = greatest - least;
  const placeAt = (left, top) => [least + left * across, greatest - top * across];
  onTaps(drawing.root, (left, top) => on.add(placeAt(left, top)));

  let held = false; // whether a point is dragged
  let latest = null; // the state that is drawn
  drawing.root.addEventListener(
    "pointerdown",
    ({ target, pointerType }) => {
      held = target.closest(".book-datum") !== null;
      // The query lies under a mouse; put it away, so that the plane finds the point that is meant.
      if (held && pointerType === "mouse") query.place(AWAY, "", 0);
    },
    true,
  );
  drawing.root.addEventListener("lostpointercapture", () => {
    held = false;
    if (latest) placeQuery(latest.query);
  });
  drawing.root.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => {
    if (pointerType !== "mouse" || held) return;
    const { left, top, width } = drawing.root.getBoundingClientRect();
    on.query(placeAt((clientX - left) / width, (clientY - top) / width));
  });

  function placeQuery(place) {
    query.place(place, `at ${place.map(Math.round).join(", ")}`, place[0]);
  }

  const way = eased((place) => {
    if (!held) placeQuery(place);
    drawing.draw(marks({ ...latest, query: place }));
    votes.set({ ...latest, query: place });
  }, glide);

  function draw(state, { chosen, wrong, isByHand }) {
    const isNew = latest?.points !== state.points || latest.k !== state.k || latest.distance !== state.distance;
    latest = state;
    layer.set(state.points, chosen, wrong);
    areas.set(state.points, state);
    if (isByHand || isNew) way.set(state.query);
    else way.to(state.query);
  }
  return { root, layer, draw, stop: way.stop };
}
