// The maps of a layer, and the units of a fully connected one: canvases to point at.

import { glow } from "./colours.mjs";
import { element, onArrows } from "../kit/parts.mjs";

const within = (index, size) => Math.max(0, Math.min(size - 1, index));

/**
 * The output of a layer. Maps have a canvas each; units share one, `unitColumns()` side by side.
 * `onPoint(channel, position)` hears what is pointed at; `draw(values, largest)` paints, and
 * `name(text, channel, position)` says what the keys go on from.
 */
export function maps({ layer, shape: [channels, rows = 1, columns = 1], unitColumns, onPoint }) {
  const isUnits = Boolean(unitColumns);
  const canvases = Array.from({ length: isUnits ? 1 : channels }, () => element("canvas", { class: "book-dots" }));
  const root = element("div", { class: `book-maps book-layer-${layer}`, role: "application", tabindex: 0 }, ...canvases);
  let active = { channel: 0, position: [0, 0] };

  const across = () => (isUnits ? unitColumns() : columns);
  const down = () => (isUnits ? Math.ceil(channels / unitColumns()) : rows);
  const touched = (event) => {
    const index = canvases.indexOf(event.target);
    if (index < 0) return; // in the gaps
    const { left, top, width, height } = event.target.getBoundingClientRect();
    const row = within(Math.floor(((event.clientY - top) / height) * down()), down());
    const column = within(Math.floor(((event.clientX - left) / width) * across()), across());
    if (isUnits) onPoint(within(row * across() + column, channels), [0, 0]);
    else onPoint(index, [row, column]);
  };
  root.addEventListener("pointermove", touched);
  root.addEventListener("pointerdown", touched);
  onArrows(root, (up, aside, isShift) => {
    const { channel, position } = active;
    if (isUnits) onPoint(within(channel + up * across() + (Number.isFinite(aside) ? aside : aside * channels), channels), [0, 0]);
    else if (isShift) onPoint(within(channel + up + aside, channels), position);
    else onPoint(channel, [within(position[0] + up, rows), within(position[1] + aside, columns)]);
  });
  root.addEventListener("focusin", () => root.matches(":focus-visible") && onPoint(active.channel, active.position));

  const draw = (values, largest) => {
    if (isUnits) return glow(canvases[0], values, unitColumns(), largest);
    const area = rows * columns;
    for (const [map, canvas] of canvases.entries()) {
      glow(canvas, values.subarray(map * area, (map + 1) * area), columns, largest);
    }
    return undefined;
  };
  const name = (text, channel, position) => {
    active = { channel, position };
    root.setAttribute("aria-label", text);
  };
  /** The canvas of a channel, and its dot there as { row, column } of `across` × `down` dots. */
  const dotOf = (channel, position) => ({
    canvas: canvases[isUnits ? 0 : channel],
    row: isUnits ? Math.floor(channel / across()) : position[0],
    column: isUnits ? channel % across() : position[1],
    rows: down(),
    columns: across(),
  });
  return { root, canvases, draw, name, dotOf };
}
