// Float bits: which number sixteen bits stand for, in two formats.

import { FORMATS, fields, flipped, value, withExponent } from "./math.mjs";
import { picture } from "./picture.mjs";
import { exponentWords, sentence, torchCode } from "./words.mjs";
import { slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const { E, F } = FORMATS.float16;
const DOUBLED = 2 ** F; // what doubles a normal float16, if it is added to the code

function render({ model, el }) {
  const shown = picture((place) => update(model, { code: flipped(model.get("code"), place) }));
  const exponent = slider({
    label: "float16 exponent",
    min: 0,
    max: 2 ** E - 1,
    format: exponentWords,
    onInput: (e) => update(model, { code: withExponent(model.get("code"), e) }),
  });
  return stage({
    model,
    el,
    names: ["code"],
    label: "Float bits",
    look: "book-float-bits",
    picture: [shown.root],
    controls: [exponent.root],
    play: {
      every: 450,
      step: ({ code }) => (fields(code, "float16").e < 2 ** E - 2 ? { code: code + DOUBLED } : null),
      restart: ({ code }) => ({ code: code % DOUBLED }),
    },
    draw(state) {
      exponent.set(fields(state.code, "float16").e);
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Find a number other than 0 that both formats read alike.",
      isDone: ({ code }) => value(code, "float16") === value(code, "bfloat16") && fields(code, "float16").e > 0,
      praise: "There. Of all 65,536 codes that holds for 2, \u22122 and the zeros.",
    },
    onStop: shown.stop,
  });
}

export default { render };
