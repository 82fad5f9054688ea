// The colours under the picture: what each unit and the whole network give, over the plane.

const SKIP = 4; // a little map shows each fourth place of the grid
const STRENGTH = 0.62; // of the purest colour

/** The demo's colours as [red, green, blue]; they differ between light and dark. */
export function palette(root) {
  const style = getComputedStyle(root);
  const colour = (name) => {
    const digits = style.getPropertyValue(`--demo-${name}`).trim();
    return [1, 3, 5].map((at) => parseInt(digits.slice(at, at + 2), 16));
  };
  return { paper: colour("paper"), plus: colour("accent"), minus: colour("warm") };
}

/** Shares from −1 to 1 as a picture: the paper at 0, blue above it and orange below. */
export function picture(shares, count, { paper, plus, minus }) {
  const image = new ImageData(count, count);
  for (let dot = 0; dot < shares.length; dot++) {
    const colour = shares[dot] > 0 ? plus : minus;
    const strength = STRENGTH * Math.min(1, Math.abs(shares[dot]));
    for (let part = 0; part < 3; part++) {
      image.data[4 * dot + part] = paper[part] + strength * (colour[part] - paper[part]);
    }
    image.data[4 * dot + 3] = 255;
  }
  return image;
}

/** What a unit gives on a coarser grid, as shares of its largest value in size. */
function sharesOf(values, unit, units, count) {
  const few = count / SKIP;
  const shares = new Float64Array(few * few);
  let most = 0;
  for (let place = 0; place < shares.length; place++) {
    const [row, column] = [SKIP * Math.floor(place / few), SKIP * (place % few)];
    shares[place] = values[(row * count + column) * units + unit];
    most = Math.max(most, Math.abs(shares[place]));
  }
  return most ? shares.map((value) => value / most) : shares;
}

/** A canvas under the picture; `paint(layout, all, colours)` fills it with what the layers give. */
export function ground(count) {
  const root = document.createElement("canvas");
  const sheets = [count, count / SKIP].map((side) => {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [side, side];
    return sheet;
  });

  function paint({ size, plane, units }, all, colours) {
    const scale = Math.max(1, globalThis.devicePixelRatio ?? 1);
    const [width, height] = size.map((side) => Math.round(side * scale));
    if (root.width !== width || root.height !== height) [root.width, root.height] = [width, height];
    const brush = root.getContext("2d");
    brush.setTransform(scale, 0, 0, scale, 0, 0);
    brush.clearRect(0, 0, ...size);
    brush.imageSmoothingQuality = "high";
    /** The middles of the outer dots lie on the edges of the box. */
    const fill = (sheet, shares, box) => {
      sheet.getContext("2d").putImageData(picture(shares, sheet.width, colours), 0, 0);
      const dot = box.width / (sheet.width - 1);
      const whole = box.width + dot;
      brush.save();
      brush.beginPath();
      brush.roundRect(box.x, box.y, box.width, box.height, 4);
      brush.clip();
      brush.drawImage(sheet, box.x - dot / 2, box.y - dot / 2, whole, whole);
      brush.restore();
    };
    const [sheet, little] = sheets;
    fill(sheet, all.at(-1).map((logit) => Math.tanh(logit / 2)), plane); // 2p - 1
    units.forEach((boxes, layer) =>
      boxes.forEach((box, unit) => fill(little, sharesOf(all[layer], unit, boxes.length, count), box)),
    );
  }
  return { root, paint };
}
