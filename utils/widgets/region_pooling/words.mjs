// What the demo says, and the lines of torch.

import { MAP, areas, changes, slid, table } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const ENOUGH = 3; // thirds of a cell on the way, to speak of them

const short = (value) => String(Number(value.toFixed(3)));

export function regionWords(region) {
  return `The region, from ${region.slice(0, 2).map(short).join(", ")} to ${region.slice(2).map(short).join(", ")}: arrow keys move it, with Shift its lower right corner`;
}

/** A number of the table, with as many decimals as its method needs. */
export function shown(method, value) {
  return method === "pool" ? String(value) : number(value, 1);
}

/** One sentence on what is seen; at the right end it is on the way there. */
export function sentence({ method, region, parts }) {
  const [pool, align] = ["pool", "align"].map((way) => changes(way, region, parts));
  if (!slid(region) && pool.steps >= ENOUGH) {
    return `Pool stood still in ${pool.same} of ${pool.steps} steps of ⅓ cell, and jumped by up to ${number(pool.most, 0)}. Align followed, by ${number(align.most, 1)} at most.`;
  }
  if (method === "align") {
    const [first] = table(method, region, parts)[0];
    return `No rounding: each part is the mean of four places. Upper left: ${number(first, 2)}.`;
  }
  const { asked, used } = areas(region);
  return `Asked for, dashed: ${number(asked, 1)} cells. Read, orange: ${number(used, 0)}. Hatched is what nobody asked for.`;
}

export function torchCode({ method, region, parts }) {
  const rows = MAP.map((row) => `    [${row.join(", ")}],`).join("\n");
  const maps = `maps = torch.tensor([[[\n${rows}\n]]]).float()`;
  const head = `from torchvision import ops\n\n${maps}\nregion = torch.tensor([[0.0, ${region.map(short).join(", ")}]])\n`;
  return head + (method === "pool" ? `ops.roi_pool(maps, region, ${parts})` : `ops.roi_align(maps, region, ${parts}, 1.0, 2, aligned=True)`);
}
