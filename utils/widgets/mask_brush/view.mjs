// Mask brush: paint a mask over an object, and see three scores change.

import { canvas } from "./canvas.mjs";
import { bits, brushed, count, grown, scores, shifted, shrunk, steps, text, union } from "./math.mjs";
import { panel } from "./panel.mjs";
import { plain, sentence, torchCode } from "./words.mjs";
import { button, choice, element, group, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 900; // milliseconds a step of Play
const FARTHEST = 6; // pixels that Play moves the mask
const GOAL = 0.8;
const LARGEST = 5; // pixels across the brush

function render({ model, el }) {
  const scene = model.get("scene");
  const { width } = scene;
  const objects = scene.instances.map(bits);
  const masks = { one: objects[0], both: union(objects.slice(0, scene.twins)) };
  const truthOf = (state) => masks[state.truth];
  const countOf = (state) => count(bits(state.painted), truthOf(state));
  const read = () => Object.fromEntries(["painted", "truth", "brush", "tool"].map((name) => [name, model.get(name)]));
  const put = (mask) => update(model, { painted: text(mask) });
  const change = (how) => put(how(bits(model.get("painted"))));

  const field = canvas(scene, (places) => {
    const { painted, brush, tool } = read();
    put(brushed(bits(painted), places, brush, tool === "paint" ? 1 : 0, width));
  });
  const bars = panel();
  const sides = element("div", { class: "book-sides" }, field.root, bars.root);
  const pointed = pointing(sides);
  const brush = slider({ label: "Brush", min: 1, max: LARGEST, onInput: (value) => update(model, { brush: value }) });
  const tool = choice({ label: "Tool", options: [["paint", "paint"], ["erase", "erase"]], onInput: (value) => update(model, { tool: value }) });
  const truth = choice({
    label: "Truth",
    options: [["one", "object"], ["both", "class"]],
    onInput: (value) => update(model, { truth: value }),
  });
  const step = (name, how) => button(name, () => change(how));
  const more = group(
    "The painted mask", // no buttons that move it: two presses would do the task
    step("Grow", (mask) => grown(mask, width)),
    step("Shrink", (mask) => shrunk(mask, width)),
    step("Empty", (mask) => mask.map(() => 0)),
  );
  more.classList.add("book-moves");

  return stage({
    model,
    el,
    names: ["painted", "truth", "brush", "tool"],
    label: "Mask brush",
    look: "book-mask-brush",
    picture: [sides],
    controls: [brush.root, tool.root, truth.root],
    more: [more],
    play: {
      every: EACH,
      step: (state) => {
        const far = steps(bits(state.painted), truthOf(state), width, FARTHEST);
        if (far === FARTHEST) return null;
        return { painted: text(shifted(truthOf(state), [0, (far ?? 0) + 1], width)) };
      },
      restart: (state) => ({ painted: text(shifted(truthOf(state), [0, 1], width)) }),
    },
    draw(state) {
      brush.set(state.brush);
      tool.set(state.tool);
      truth.set(state.truth);
      const counts = countOf(state);
      field.draw(bits(state.painted), truthOf(state));
      bars.draw(counts, scores(counts));
      pointed.refresh();
    },
    says: (state) => {
      const counts = countOf(state);
      return sentence(counts, scores(counts), state.truth);
    },
    code: (state) => {
      const counts = countOf(state);
      return torchCode(counts, scores(counts));
    },
    task: {
      text: `Paint until the IoU is ${plain(GOAL)} or more.`,
      isDone: (state) => scores(countOf(state)).iou >= GOAL,
      praise: "A mask that good leaves little to argue about.",
    },
    onStop: pointed.stop,
  });
}

export default { render };
