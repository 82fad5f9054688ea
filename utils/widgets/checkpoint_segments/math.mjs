// A step of training with checkpoints: which activations are held when. Pure functions, compared with Python.

/** The moments of a step: { kind, layer, held }, as `step_moments` of utils/checkpointing.py gives them. */
export function moments(layers, length) {
  const held = new Set([0]);
  const list = [{ kind: "start", layer: 0, held: [0] }];
  const add = (kind, layer) => list.push({ kind, layer, held: [...held].sort((one, other) => one - other) });
  for (let layer = 1; layer <= layers; layer++) {
    if (layer % length === 0 && layer < layers) held.add(layer);
    add("forward", layer);
  }
  for (let start = length * (Math.ceil(layers / length) - 1); start >= 0; start -= length) {
    const end = Math.min(start + length, layers);
    for (let layer = start + 1; layer <= end; layer++) {
      held.add(layer);
      add("again", layer);
    }
    for (let layer = end; layer > start; layer--) {
      held.delete(layer);
      if (layer === start + 1) held.delete(start);
      add("backward", layer);
    }
  }
  return list;
}

/** The most activations held at one time. */
export function peak(layers, length) {
  const segments = Math.ceil(layers / length);
  const last = layers - (segments - 1) * length;
  return Math.max(segments + last, segments > 1 ? segments - 1 + length : 0);
}

/** The peak for each length of a segment, from 1 to `layers`. */
export const peaks = (layers) => Array.from({ length: layers }, (_, index) => peak(layers, index + 1));
