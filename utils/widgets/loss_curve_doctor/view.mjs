// The doctor of loss curves: a patient, its curves, a diagnosis.

import { chart } from "./chart.mjs";
import { torchCode } from "./code.mjs";
import { curves, epochMeans } from "./math.mjs";
import { CASES, DIAGNOSES, pictureWords, sentence } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const WIDTH = 736; // until the picture's width is known
const ONE_ROW = 708; // pixels that the controls need to stand in one row
const HEIGHTS = [340, 300]; // of the picture, above one row and above more
const EPOCHS = 30;

function render({ model, el }) {
  const data = model.get("data");
  const set = (changes) => update(model, changes);
  const kept = new Map(); // what was trained, by case and seed
  const drawing = chart(EPOCHS);
  const root = element("div", { class: "book-picture" }, drawing.root);
  let [width, redraw, found, lights] = [WIDTH, null, null, null];

  /** Train once, or remember: { training, means, validation, accuracy }. */
  function trained(name, seed) {
    const key = `${name} ${seed}`;
    if (!kept.has(key)) {
      const losses = curves(name, seed, EPOCHS, data);
      kept.set(key, { ...losses, means: epochMeans(losses.training, EPOCHS) });
    }
    return kept.get(key);
  }

  const guess = (name) => {
    const guesses = [...model.get("guesses")];
    guesses[model.get("patient") - 1] = name;
    set({ guesses });
  };
  const patient = slider({ label: "Patient", min: 1, max: CASES.length, onInput: (value) => set({ patient: value }) });
  const epochs = slider({ label: "Epochs", min: 1, max: EPOCHS, onInput: (value) => set({ epochs: value }) });
  const diagnosis = choice({ label: "Diagnosis", options: DIAGNOSES, onInput: guess });
  diagnosis.root.classList.add("book-diagnosis");
  const seed = slider({ label: "Seed", min: 0, max: 99, onInput: (value) => set({ seed: value }) });

  const isRight = ({ guesses }) => CASES.map((name, index) => guesses[index] === name);
  function draw(state) {
    const name = CASES[state.patient - 1];
    found = trained(name, state.seed);
    const right = isRight(state);
    const healthy = right[state.patient - 1] && name !== "nothing wrong" ? trained("nothing wrong", state.seed).means : null;
    drawing.draw([width, HEIGHTS[Number(width < ONE_ROW)]], { ...found, healthy, right, patient: state.patient, epochs: state.epochs });
    drawing.say(pictureWords(state, found));
    patient.set(state.patient);
    epochs.set(state.epochs);
    seed.set(state.seed);
    diagnosis.set(state.guesses[state.patient - 1]);
    lights?.refresh();
  }

  const resized = new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (!next || next === width) return;
    width = next;
    redraw();
  });
  const leave = stage({
    model,
    el,
    names: ["patient", "guesses", "epochs", "seed"],
    label: "Doctor of loss curves",
    look: "book-loss-curve-doctor",
    picture: [root],
    controls: [patient.root, epochs.root, diagnosis.root],
    play: {
      every: 110,
      step: ({ epochs: now }) => (now < EPOCHS ? { epochs: now + 1 } : null),
      restart: () => ({ epochs: 1 }),
    },
    draw,
    says: (state) => sentence(state, found),
    more: [element("div", { class: "book-settings" }, seed.root)],
    code: (state) => torchCode(CASES[state.patient - 1], state, found.training[(found.training.length / EPOCHS) * state.epochs - 1]),
    task: {
      text: "Find out what is wrong with each of the six patients. One is healthy.",
      isDone: (state) => isRight(state).every(Boolean),
      praise: "All six. Each line of code that is to blame stands below, in torch.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onStop: () => {
      resized.disconnect();
      lights.stop();
    },
  });
  lights = pointing(root);
  resized.observe(root);
  return leave;
}

export default { render };
