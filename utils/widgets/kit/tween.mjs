// Numbers on their way from one state of a picture to the next.

const DURATION = 350; // milliseconds

/** Whether the reader has asked for as little motion as possible. */
export function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A share of time from 0 to 1 as a share of the way: slow at both ends. */
export function smooth(share) {
  return share * share * (3 - 2 * share);
}

/**
 * Ease numbers: `to(values)` calls `draw(numbers)` once a frame, from what is drawn now to the
 * new values, and a new call turns around on the way; `to(values, milliseconds)` takes another time
 * than usual. It jumps the first time, when the count of numbers changes, and for readers who want no
 * motion. With the numbers that stand there, it draws once: the rest of the picture may have changed.
 * `set(values)` always jumps; `stop()` ends on the spot.
 */
export function eased(draw, duration = DURATION) {
  let now = null;
  let target = null;
  let frame = 0; // 0 while nothing moves
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const set = (values) => {
    stop();
    now = [...values];
    target = now;
    draw(now);
  };
  const to = (values, time = duration) => {
    if (!now || values.length !== now.length || isStill() || document.hidden) return set(values);
    const goal = frame ? target : now;
    if (goal.every((value, index) => value === values[index])) {
      if (!frame) draw(now);
      return undefined;
    }
    stop();
    target = [...values];
    const from = now;
    let start = null;
    const tick = (moment) => {
      start ??= moment;
      const share = Math.min(1, (moment - start) / time);
      const way = smooth(share);
      now = share < 1 ? from.map((value, index) => value + way * (target[index] - value)) : target;
      frame = share < 1 ? requestAnimationFrame(tick) : 0;
      draw(now);
    };
    frame = requestAnimationFrame(tick);
    return undefined;
  };
  return { to, set, stop };
}
