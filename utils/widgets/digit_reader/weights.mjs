// A reader's own weights, from the bytes of a .safetensors file: which network they fit, or a sentence why none.

const MOST = 5_000_000; // bytes
const NAMES = { mlp: "the MLP", lenet: "the LeNet" };

function refuse(sentence) {
  throw new Error(sentence);
}

/** The names, shapes and places of the tensors in a safetensors file: a length in 8 bytes, JSON, then numbers. */
function headerOf(bytes) {
  if (bytes.length > MOST) refuse("The file is larger than 5 MB, and these networks take 250 KB.");
  if (bytes.length < 8) refuse("The file is too short to be a safetensors file.");
  const long = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (long > bytes.length - 8) refuse("This is no whole safetensors file: its header does not fit into it.");
  try {
    const { __metadata__: _, ...tensors } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + long)));
    return [tensors, bytes.subarray(8 + long)];
  } catch {
    return refuse("This is no safetensors file: its header is no JSON.");
  }
}

function numbersOf(name, { dtype, shape, data_offsets: place } = {}, data, wanted) {
  if (dtype !== "F32") refuse(`${name} must hold float32 numbers (F32), and holds ${dtype ?? "nothing"}.`);
  if (String(shape) !== String(wanted)) refuse(`${name} must have the shape ${wanted.join("×")}, and has ${[].concat(shape).join("×")}.`);
  const count = wanted.reduce((product, side) => product * side, 1);
  const [start, end] = Array.isArray(place) ? place : [];
  if (!Number.isInteger(start) || start < 0 || end - start !== 4 * count || end > data.length) refuse(`The numbers of ${name} are not all there.`);
  const view = new DataView(data.buffer, data.byteOffset + start, 4 * count);
  const found = Float64Array.from({ length: count }, (_, at) => view.getFloat32(4 * at, true));
  if (!found.every(Number.isFinite)) refuse(`${name} has a number that is not finite.`);
  return found;
}

const shapesOf = (layers) => layers.flatMap((layer, at) => (layer.shape ? [[`${at}.weight`, layer.shape], [`${at}.bias`, layer.shape.slice(0, 1)]] : []));

/**
 * The network whose weights a safetensors file holds, { name, layers }: one of `nets`, with the names that
 * `state_dict` of an `nn.Sequential` gives. Throws an Error whose message says what is wrong.
 */
export function readWeights(bytes, nets) {
  const [tensors, data] = headerOf(bytes);
  const given = Object.keys(tensors).sort().join(" ");
  const name = Object.keys(nets).find((one) => shapesOf(nets[one]).map(([key]) => key).sort().join(" ") === given);
  if (!name) refuse(`The names of the tensors fit neither network; ${NAMES.mlp} has ${shapesOf(nets.mlp).map(([key]) => key).join(", ")}.`);
  const layers = nets[name].map((layer, at) => {
    if (!layer.shape) return layer;
    const [weight, bias] = ["weight", "bias"].map((kind) => {
      const key = `${at}.${kind}`;
      return numbersOf(key, tensors[key], data, kind === "bias" ? layer.shape.slice(0, 1) : layer.shape);
    });
    return { ...layer, weight, bias };
  });
  return { name, layers };
}
