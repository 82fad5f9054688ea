// One Play button that tells a demo's story step by step.

import { element, shape } from "./parts.mjs";
import { isStill } from "./tween.mjs";

const PLAY = "M4 2.5L13.5 8L4 13.5z";
const PAUSE = "M3.5 2.5h3.2v11h-3.2zM9.3 2.5h3.2v11h-3.2z";
const SEEN = 0.6; // the share of the demo in sight from which on it may play by itself

/**
 * A Play button: every `every` milliseconds it calls `step()`, which returns false at the end of
 * the story; then `last()` is called once, for a state to end on that is no step, and `restart()` when
 * Play is pressed there. `onChange(isPlaying)` hears both.
 * With `auto` it plays once by itself, `rest` milliseconds after `watch(root)` has scrolled into
 * view, unless the reader wants no motion; a touch or a key on the root stops that. `name` is what
 * stands on the button while it rests.
 *
 * `busy(isMoving)` tells of motion without a story, as after a change of settings: the button says
 * Pause until it is told that this is over. `onPause()` hears what ends the story or such motion.
 */
export function player({ step, last = () => {}, restart = () => {}, every = 700, auto = false, rest = 0, name = "Play", onChange = () => {}, onPause = () => {} }) {
  const icon = shape("path", { d: PLAY });
  const text = element("span", {}, name);
  const drawing = shape("svg", { viewBox: "0 0 16 16", "aria-hidden": true }, icon);
  const root = element("button", { type: "button", class: "book-button book-play" }, drawing, text);
  let timer = 0;
  let isBusy = false;
  let atEnd = false;
  let observer = null;
  let begin = 0;
  const show = () => {
    const isMoving = timer !== 0 || isBusy;
    text.textContent = isMoving ? "Pause" : name;
    icon.setAttribute("d", isMoving ? PAUSE : PLAY);
    onChange(timer !== 0);
  };
  const pause = () => {
    if (!timer && !isBusy) return;
    clearInterval(timer);
    timer = 0;
    isBusy = false;
    onPause();
    show();
  };
  const busy = (isMoving) => {
    if (isMoving === isBusy) return;
    isBusy = isMoving;
    show();
  };
  const advance = () => {
    atEnd = step() === false;
    if (!atEnd) return;
    last();
    pause();
  };
  const play = () => {
    clearTimeout(begin);
    if (timer) return;
    // A reader may have gone to the end by hand: then the first press begins anew.
    if (!atEnd) atEnd = step() === false;
    if (atEnd) restart();
    timer = setInterval(advance, every);
    show();
  };
  root.addEventListener("click", () => (timer || isBusy ? pause() : play()));

  const watch = (view) => {
    const touched = ({ target }) => {
      observer?.disconnect();
      clearTimeout(begin);
      if (!root.contains(target)) pause();
    };
    for (const kind of ["pointerdown", "keydown"]) view.addEventListener(kind, touched, true);
    if (!auto || isStill() || !("IntersectionObserver" in globalThis)) return;
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1).isIntersecting) return;
        observer.disconnect();
        begin = setTimeout(play, rest);
      },
      { threshold: SEEN },
    );
    observer.observe(view);
  };
  /** Back to the start of the story, as after Reset. */
  const rewind = () => {
    pause();
    atEnd = false;
  };
  const stop = () => {
    observer?.disconnect();
    clearTimeout(begin);
    clearInterval(timer);
    timer = 0;
  };
  return { root, pause, play, busy, rewind, watch, stop, isPlaying: () => timer !== 0 };
}
