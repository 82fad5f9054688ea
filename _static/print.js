// On paper a page is light, and what is folded stands open; afterwards all is as before.
(() => {
  "use strict";

  let undo = [];

  addEventListener("beforeprint", () => {
    const { dataset } = document.documentElement;
    const { theme } = dataset;
    dataset.theme = "light";
    undo.push(() => { dataset.theme = theme; });
    for (const fold of document.querySelectorAll(".bd-article details:not([open])")) {
      if (fold.closest(".book-demo")) continue; // a demo's settings are no use on paper
      fold.open = true;
      undo.push(() => { fold.open = false; });
    }
  });

  addEventListener("afterprint", () => {
    for (const back of undo) back();
    undo = [];
  });
})();
