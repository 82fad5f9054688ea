// Pointing at a thing lights up what belongs to it, everywhere in a demo.

/**
 * Elements say what they show in `data-about`, one or several words. While the pointer or the
 * focus is on one, each element that shares a word with it has the class `book-pointed`, and the
 * root has `book-pointing`. Returns { refresh, stop }: `refresh()` after new elements were drawn.
 */
export function pointing(root) {
  let words = [];
  const refresh = () => {
    root.classList.toggle("book-pointing", words.length > 0);
    for (const node of root.querySelectorAll("[data-about]")) {
      const own = node.dataset.about.split(" ");
      node.classList.toggle("book-pointed", own.some((word) => words.includes(word)));
    }
  };
  const about = ({ target }) => {
    const next = target.closest?.("[data-about]")?.dataset.about.split(" ") ?? [];
    if (String(next) === String(words)) return;
    words = next;
    refresh();
  };
  const nothing = () => about({ target: {} });
  const heard = { pointerover: about, focusin: about, pointerleave: nothing, focusout: nothing };
  for (const [kind, listener] of Object.entries(heard)) root.addEventListener(kind, listener);
  const stop = () => {
    for (const [kind, listener] of Object.entries(heard)) root.removeEventListener(kind, listener);
  };
  return { refresh, stop };
}
