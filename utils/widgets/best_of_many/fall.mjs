// A coin that falls from where it looked good to what it is.

import { isStill } from "../kit/tween.mjs";

const [REST, FALL, BOUNCE] = [450, 700, 320]; // milliseconds at the top, on the way, and of one bounce
const SPRING = 0.07; // share of the way that it bounces back

/** The share of the way down after some milliseconds: faster and faster, and once up again. */
export function fallen(time) {
  const way = Math.max(0, (time - REST) / FALL);
  if (way < 1) return way * way;
  const bounce = Math.min(1, (time - REST - FALL) / BOUNCE);
  return 1 - 4 * SPRING * bounce * (1 - bounce);
}

/**
 * A coin on the ground, until `begin()` lets it fall: then `draw()` is called once a frame until it lies
 * there again. `share()` is how far down it is, `hasLanded()` whether it has touched the ground. For
 * readers who want no motion it never leaves the ground.
 */
export function falling(draw) {
  let frame = 0;
  let time = Infinity;
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    time = Infinity;
  };
  const begin = () => {
    stop();
    if (isStill() || document.hidden) return;
    let start = null;
    time = 0;
    const tick = (moment) => {
      start ??= moment;
      time = moment - start;
      if (time >= REST + FALL + BOUNCE) stop();
      else frame = requestAnimationFrame(tick);
      draw();
    };
    frame = requestAnimationFrame(tick);
  };
  return { begin, stop, share: () => fallen(time), hasLanded: () => time >= REST + FALL };
}
