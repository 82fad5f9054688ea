// Size tracer: AlexNet's maps, and where the floor of a division cuts.

import { striding } from "./math.mjs";
import { picture } from "./picture.mjs";
import { slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 700; // milliseconds from one side to the next
const [FROM, WHOLE] = [215, 227]; // the sides of the story; at the last nothing is missed
const WANTED = 2;

const cuts = ({ side, padding }) => striding(side, padding).filter(({ missed }) => missed).length;

function render({ model, el }) {
  const shown = picture();
  const light = pointing(shown.root);
  const side = slider({ label: "Photograph", min: 195, max: 290, onInput: (value) => update(model, { side: value }) });
  const padding = slider({ label: "Padding", min: 0, max: 3, onInput: (value) => update(model, { padding: value }) });
  return stage({
    model,
    el,
    names: ["side", "padding"],
    label: "Size tracer",
    look: "book-size-tracer",
    picture: [shown.root],
    controls: [side.root, padding.root],
    play: {
      every: EACH,
      step: (now) => (now.side < WHOLE ? { side: now.side + 1 } : null),
      restart: () => ({ side: FROM, padding: 0 }),
    },
    draw(state) {
      side.set(state.side);
      padding.set(state.padding);
      shown.draw(state);
    },
    says(state) {
      const last = striding(state.side, state.padding)[3].to;
      const count = cuts(state);
      const missing = count ? `${count} of 4 steps ${count === 1 ? "misses" : "miss"} something` : "Nothing is missed";
      return `${missing}. The linear layer gets 256 · ${last} · ${last} = ${(256 * last * last).toLocaleString("en")} numbers.`;
    },
    code: (state) =>
      [
        "import torch",
        "from torch import nn",
        `convs = [nn.Conv2d(3, 96, 11, 4, ${state.padding}), nn.Conv2d(96, 256, 5, padding=2)]`,
        "rest = [nn.Conv2d(i, o, 3, padding=1) for i, o in [(256, 384), (384, 384), (384, 256)]]",
        "pool = nn.MaxPool2d(3, 2)",
        `x = torch.zeros(1, 3, ${state.side}, ${state.side})`,
        "for layer in [convs[0], pool, convs[1], pool, *rest, pool]:",
        "    x = layer(x)",
        "    print(tuple(x.shape))",
      ].join("\n"),
    task: {
      text: `With padding ${WANTED}, find a side at which nothing is missed.`,
      isDone: (state) => state.padding === WANTED && !cuts(state),
      praise: "There. Padding counts as four pixels more: 223 + 4 = 227, and so on in steps of 32.",
    },
    onStop: light.stop,
  });
}

export default { render };
