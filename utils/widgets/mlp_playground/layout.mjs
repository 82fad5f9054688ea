// Where the parts of the picture stand, in pixels, for a width.

const PHONE = 480;
const [LARGE, SMALL] = [400, 210]; // side of the plane, at most, on a desk and on a phone
const [ONE_ROW, ROW] = [652, 40]; // narrower the controls take a second row, so high
const [GAP, FAR] = [5, 22]; // between the little maps, at least and at most
const LARGEST = [52, 34]; // side of a little map, on a desk and on a phone

/**
 * { size, plane, chart, units, isPhone } for a network: `size` is [width, height], `plane` and
 * `chart` are boxes { x, y, width, height }, and `units` holds a box for each input and each
 * hidden unit, layer by layer. The network stands left of the plane and the chart under it.
 */
export function layoutOf(width, { depth, width: count }) {
  const isPhone = width <= PHONE;
  const desk = width < ONE_ROW ? Math.min(LARGE - ROW, Math.round(0.605 * width)) : LARGE;
  const side = isPhone ? Math.min(SMALL, Math.round(0.62 * width)) : desk;
  const left = width - side;
  const plane = { x: left, y: 0, width: side, height: side };
  const [caption, low, room, between] = isPhone ? [0, 0, 16, 10] : [22, 96, 46, 24];
  const chart = isPhone
    ? { x: 0, y: side + 28, width, height: 44 }
    : { x: 0, y: side - 56, width: left - room, height: 56 };
  const high = side - caption - low;
  const most = Math.max(2, count);
  const across = (left - room - depth * between) / (depth + 1);
  const edge = Math.min(LARGEST[Number(isPhone)], (high - (most - 1) * GAP) / most, across);
  const pitch = Math.min((high - edge) / (most - 1), edge + FAR);
  const step = (left - room - edge) / depth;
  const units = [2, ...Array(depth).fill(count)].map((size, layer) =>
    Array.from({ length: size }, (_, unit) => {
      const y = caption + high / 2 + (unit - (size - 1) / 2) * pitch - edge / 2;
      return { x: layer * step, y, width: edge, height: edge };
    }),
  );
  return { size: [width, isPhone ? chart.y + chart.height : side], plane, chart, units, isPhone };
}
