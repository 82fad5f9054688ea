// Who works when: a training step on several workers, cut in one of three ways.

import { lanes } from "./lanes.mjs";
import { blocksOf, busyShare, span, TICK } from "./math.mjs";
import { PIECES, sentence, torchCode } from "./words.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EVERY = 120; // milliseconds a tick
const LAST = 224; // ticks
const [WANTED, SHARE] = [4, 0.8]; // workers, and how busy they are, in the task
const OPTIONS = [["data", "batch (data)"], ["tensor", "layers (tensor)"], ["pipeline", "net (pipeline)"]];

function render({ model, el }) {
  const rows = lanes();
  const all = (changes) => update(model, { ...changes, time: LAST });
  const kind = choice({ label: "Cut", options: OPTIONS, onInput: (value) => all({ kind: value }) });
  const workers = slider({ label: "Workers", min: 1, max: 6, onInput: (value) => all({ workers: value }) });
  const pieces = slider({ label: PIECES.pipeline, min: 1, max: 24, onInput: (value) => all({ pieces: value }) });
  const exchange = slider({ label: "One exchange", min: 0, max: 4, step: 0.25, format: (value) => `${value} s`, onInput: (value) => all({ exchange: value }) });
  const name = pieces.root.querySelector("label");
  let last = { key: "", blocks: [] };
  const blocksNow = (state) => {
    const key = [state.kind, state.workers, state.pieces, state.exchange].join(" ");
    if (key !== last.key) last = { key, blocks: blocksOf(state) };
    return last.blocks;
  };
  const isBusy = (state) => busyShare(blocksNow(state), state.workers) >= SHARE - 1e-9;

  return stage({
    model,
    el,
    names: ["kind", "workers", "pieces", "exchange", "time"],
    label: "Who works when",
    look: "book-worker-timeline",
    picture: [rows.root],
    controls: [kind.root, workers.root, pieces.root],
    play: {
      every: EVERY,
      step: (state) => (TICK * state.time < span(blocksNow(state)) ? { time: state.time + 1 } : null),
      restart: () => ({ time: 0 }),
    },
    draw(state) {
      kind.set(state.kind);
      workers.set(state.workers);
      pieces.set(state.pieces);
      exchange.set(state.exchange);
      name.textContent = PIECES[state.kind];
      rows.draw(blocksNow(state), state.workers, TICK * state.time);
    },
    says: (state) => sentence(blocksNow(state), state.workers, TICK * state.time),
    code: torchCode,
    more: [exchange.root],
    task: {
      text: `Keep ${WANTED} workers of a pipeline busy for ${100 * SHARE} % of the time.`,
      isDone: (state) => state.kind === "pipeline" && state.workers === WANTED && isBusy(state),
      praise: "Many small pieces fill the pipeline early and empty it late.",
    },
  });
}

export default { render };
