// The stage that every demo stands on: the picture first, few controls, one sentence, one task.

import { button, copyable, demoRoot, element, follow, liveLine, shape, update } from "./parts.mjs";
import { player } from "./player.mjs";

const BACK = "M3.2 8a4.8 4.8 0 1 0 1.6-3.6M5.2 1.6v3.2h3.2"; // an arrow that turns back

/** The same words, but no line ends between a number and its per cent. */
const unbroken = (words) => words.replaceAll(" %", "\u00a0%");

/** A drawer under the stage, closed at first. */
function drawer(title, ...content) {
  return element("details", { class: "book-drawer" }, element("summary", {}, title), ...content);
}

/**
 * A task that notices when it is done: its tick stays, the words are true of what is seen now.
 * `taskOf(state)` is the task of what is seen; `check(state)` looks, `restart(state)` forgets first.
 */
function taskLine(taskOf) {
  const words = element("span", {});
  const root = element("p", { class: "book-task", "aria-live": "polite" }, words);
  const done = new Set(); // by their texts
  const check = (state) => {
    const { text, isDone, praise } = taskOf(state);
    const isNow = isDone(state);
    if (isNow) done.add(text);
    root.classList.toggle("book-done", done.has(text));
    root.classList.toggle("book-solved", !isNow && done.has(text));
    const next = unbroken(isNow ? praise : text);
    if (words.textContent !== next) words.textContent = next;
  };
  const restart = (state) => {
    done.clear();
    check(state);
  };
  return { root, check, restart };
}

/**
 * Put a demo on its stage, keep it in step with its model, and return what takes it off again.
 *
 * `names` are the traits that the demo follows; `state` below is an object of their values.
 * - `label` names the demo for readers who hear it, `look` is its class, `book-<demo>`;
 * - `picture` are the nodes of the picture;
 * - `controls` are at most three nodes directly under it;
 * - `play` is { step(state), last(state), restart(state), every, auto, name, onPause() }: `step` returns
 *   the changes of traits that the next moment of the story makes, or null at its end, and `last` those
 *   that the end makes once, as to go back to what the story was told for;
 * - `draw(state)` draws, `says(state)` is one sentence on what is seen now;
 * - `more` are the nodes of the rest of the controls, `code(state)` the lines of torch;
 * - `task` is { text, isDone(state), praise }, or a function of the state that gives one;
 * - `onReady(redraw, { pause, busy })` hands over the function that draws again, for what the model
 *   does not hold, the one that stops Play, for a hand that neither presses nor types, and the one that
 *   tells of motion without a story;
 *   `onReset()` forgets that when the model is as at first, `onStop()` ends what the demo has started.
 */
export function stage({ model, el, names, label, look, picture, controls = [], play, draw, says, more = [], code, task, onReady, onReset, onStop }) {
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const first = read();
  const said = liveLine("book-says");
  const lines = code && copyable("These lines give the same numbers.");
  const aim = task && taskLine(typeof task === "function" ? task : () => task);
  const change = (changes) => {
    if (changes) update(model, changes);
    return Boolean(changes);
  };
  const teller =
    play &&
    player({
      ...play,
      step: () => change(play.step(read())),
      last: () => change(play.last?.(read())),
      restart: () => change(play.restart?.(read()) ?? first),
      // A screen reader could not keep up with every step.
      onChange: (isPlaying) => said.setAttribute("aria-live", isPlaying ? "off" : "polite"),
    });
  const arrow = shape("svg", { viewBox: "0 0 16 16", "aria-hidden": true }, shape("path", { d: BACK }));
  const reset = button(arrow, () => {
    teller?.rewind();
    change(first);
    onReset?.();
    aim?.restart(first);
  });
  reset.classList.add("book-reset");
  for (const name of ["aria-label", "title"]) reset.setAttribute(name, "Reset");
  const deck = element("div", { class: "book-deck" }, ...(teller ? [teller.root] : []), reset, ...controls);
  const drawers = element("div", { class: "book-drawers" });
  if (more.length) drawers.append(drawer("More", ...more));
  if (lines) drawers.append(drawer("The same in torch", lines.root));
  const scene = element("div", { class: "book-scene" }, ...picture);
  const root = demoRoot(label, scene, deck, said, ...(aim ? [aim.root] : []), drawers);
  root.classList.add("book-stage", look);

  const redraw = () => {
    const state = read();
    draw(state);
    const sentence = unbroken(says(state));
    if (said.textContent !== sentence) said.textContent = sentence;
    lines?.set(code(state));
    aim?.check(state);
  };
  onReady?.(redraw, { pause: () => teller?.pause(), busy: (isMoving) => teller?.busy(isMoving) });
  const unfollow = follow(model, names, redraw);
  el.append(root);
  teller?.watch(root);
  return () => {
    unfollow();
    teller?.stop();
    onStop?.();
    root.remove();
  };
}
