// The arithmetic of the semantic gap, on plain numbers and arrays: pictures are square and row-major.

const clamp = (value, least, greatest) => Math.max(least, Math.min(greatest, value));

/** Which pixel of `crop` pixels the pixel `index` of `size` shows, as F.interpolate finds it. */
export function nearest(index, size, crop) {
  // The product comes first: it is exact, and so is the quotient wherever that is a whole number.
  return Math.floor((index * crop) / size);
}

/**
 * Where each column (or row) comes from after crop, mirror and move. It is read backwards: a place
 * in the moved picture asks the mirrored one, and that the cropped one.
 */
export function sources(side, { crop, isMirrored, moved }) {
  const edge = Math.floor((side - crop) / 2);
  return Array.from({ length: side }, (_, index) => {
    const still = clamp(index - moved, 0, side - 1);
    return edge + nearest(isMirrored ? side - 1 - still : still, side, crop);
  });
}

/** The sources of all columns and of all rows. */
export function bothSources(side, { columns, rows, crop, mirrored }) {
  return {
    across: sources(side, { crop, isMirrored: mirrored, moved: columns }),
    down: sources(side, { crop, isMirrored: false, moved: rows }),
  };
}

/** The changed picture, in [0, 1]; `values` are those of the original. */
export function changedPicture(values, side, settings) {
  const { across, down } = bothSources(side, settings);
  const changed = new Float64Array(side * side);
  for (let r = 0, at = 0; r < side; r++) {
    const row = down[r] * side;
    for (let c = 0; c < side; c++) changed[at++] = settings.brightness * values[row + across[c]];
  }
  return changed;
}

/** How far two pictures differ in each pixel. */
export function differences(one, other) {
  return one.map((value, index) => Math.abs(value - other[index]));
}

export function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The mean absolute difference, F.l1_loss. */
export function distance(one, other) {
  return mean(differences(one, other));
}

/** From a picture to a card of its mean grey. */
export function cardDistance(values) {
  const grey = mean(values);
  return distance(values, values.map(() => grey));
}

/** The part of the original that is still to be seen: {x, y, width, height, share}. */
export function visible(side, settings) {
  const { across, down } = bothSources(side, settings);
  const [[x, width], [y, height]] = [across, down].map((list) => {
    const least = Math.min(...list);
    return [least, Math.max(...list) - least + 1];
  });
  return { x, y, width, height, share: (width * height) / side ** 2 };
}

/** All that is shown of one setting. */
export function compared(values, side, settings) {
  const changed = changedPicture(values, side, settings);
  const off = differences(changed, values);
  const share = off.reduce((count, value) => count + (value > 0), 0) / off.length;
  return { changed, off, distance: mean(off), share, visible: visible(side, settings) };
}

/**
 * Whether a move, and nothing else, has just brought a picture beyond its card: further away than
 * the card is, and no longer so with one pixel less in either direction.
 */
export function isJustBeyond(values, side, settings) {
  const { columns, rows, brightness, crop, mirrored } = settings;
  if (brightness !== 1 || crop !== side || mirrored) return false;
  const card = cardDistance(values);
  const isBeyond = (move) => distance(changedPicture(values, side, { ...settings, ...move }), values) > card;
  const shorter = [columns && { columns: columns - Math.sign(columns) }, rows && { rows: rows - Math.sign(rows) }];
  return isBeyond({}) && !shorter.filter(Boolean).some(isBeyond);
}
