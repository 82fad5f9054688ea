// Module tree: boxes in boxes, what each of them holds, and the two switches of a network.

import { fitting, frozenAfter, frozenPart, nextCall, trainedCount } from "./math.mjs";
import { panel } from "./panel.mjs";
import { tree } from "./tree.mjs";
import { sentence, torchCode } from "./words.mjs";
import { choice, element, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 900; // milliseconds from one module's call to the next
const HEAD = 21; // numbers in the head of the first network: what the task leaves to train
const NAMES = ["network", "selected", "training", "frozen"];
const FIRST = "batch norm and dropout";

function render({ model, el }) {
  const networks = model.get("networks");
  const now = () => networks[model.get("network")];
  const fit = (state) => fitting(networks[state.network], state);
  let isTold = false; // whether a call of the whole network is being told
  const boxes = tree({ onSelect: (selected) => update(model, { selected }) });
  const held = panel();
  const network = choice({
    label: "Network",
    options: Object.keys(networks).map((name) => [name, name]),
    onInput: (name) => update(model, { network: name, selected: networks[name].calls[0], frozen: [] }),
  });
  const mode = toggle({ label: "Training", onInput: (training) => update(model, { training }) });
  const ice = toggle({
    label: "Freeze",
    onInput: (isFrozen) => {
      const { selected, frozen } = fit(Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
      update(model, { frozen: frozenAfter(now(), selected, frozen, isFrozen) });
    },
  });
  return stage({
    model,
    el,
    names: NAMES,
    label: "Module tree",
    look: "book-module-tree",
    picture: [element("div", { class: "book-sides" }, boxes.root, held.root)],
    controls: [network.root, mode.root, ice.root],
    play: {
      every: EACH,
      step: (state) => {
        const next = nextCall(now(), fit(state).selected);
        const isEnd = next === null && isTold;
        isTold = !isEnd;
        return isEnd ? null : { selected: next ?? now().calls[0] };
      },
      restart: () => ({ selected: now().calls[0] }),
    },
    draw(given) {
      const [net, state] = [networks[given.network], fit(given)];
      const part = frozenPart(net, state.selected, state.frozen);
      network.set(state.network);
      mode.set(state.training);
      ice.set(part === "all");
      ice.input.indeterminate = part === "some";
      ice.input.disabled = part === null;
      boxes.draw(net, state.network, state);
      held.draw(net, state);
    },
    says: (state) => sentence(networks[state.network], fit(state)),
    code: (state) => torchCode(networks[state.network], fit(state)),
    task: {
      text: `Leave ${HEAD} numbers to train. Then turn training off: what changes?`,
      isDone: ({ network: name, training, frozen }) => name === FIRST && !training && trainedCount(now(), frozen)[0] === HEAD,
      praise: "Done: BatchNorm1d and Dropout. Freezing and evaluation are two switches.",
    },
  });
}

export default { render };
