// Where the parts of the picture stand, in pixels, for a width.

const PHONE = 480;
const SMALL = 210; // side of the plane on a phone, at most
const [BASE, GROWTH] = [200, 0.25]; // of the plane's side on a desk, at width 0 and by pixel
const [GAP, FAR] = [5, 22]; // between the little maps, at least and at most
const LARGEST = [52, 34]; // side of a little map, on a desk and on a phone

/**
 * { size, plane, chart, units, isPhone } for a network: `size` is [width, height], `plane` and
 * `chart` are boxes { x, y, width, height }, and `units` holds a box for each input and each
 * hidden unit, layer by layer. The network stands left of the plane and the chart under it.
 */
export function layoutOf(width, { depth, width: count }) {
  const isPhone = width <= PHONE;
  const most = isPhone ? SMALL : BASE + GROWTH * width;
  const side = Math.round(Math.min(most, 0.62 * width));
  const left = width - side;
  const plane = { x: left, y: 0, width: side, height: side };
  const [caption, low, room, between] = isPhone ? [0, 0, 16, 10] : [22, 96, 46, 24];
  const chart = isPhone
    ? { x: 0, y: side + 28, width, height: 44 }
    : { x: 0, y: side - 56, width: left - room, height: 56 };
  const high = side - caption - low;
  const tallest = Math.max(2, count);
  const across = (left - room - depth * between) / (depth + 1);
  const edge = Math.min(LARGEST[Number(isPhone)], (high - (tallest - 1) * GAP) / tallest, across);
  const pitch = Math.min((high - edge) / (tallest - 1), edge + FAR);
  const step = (left - room - edge) / depth;
  const units = [2, ...Array(depth).fill(count)].map((size, layer) =>
    Array.from({ length: size }, (_, unit) => {
      const y = caption + high / 2 + (unit - (size - 1) / 2) * pitch - edge / 2;
      return { x: layer * step, y, width: edge, height: edge };
    }),
  );
  return { size: [width, isPhone ? chart.y + chart.height : side], plane, chart, units, isPhone };
}
