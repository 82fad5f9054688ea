// Brings the demos of a static page to life: there is no kernel, so every demo gets a model that
// lives in the page. Modules come from the page itself, because a browser refuses to import a
// module by its file URL when the book is opened straight from disk.
(() => {
  "use strict";

  const urls = new Map();

  function moduleUrl(name) {
    if (!urls.has(name)) {
      const source = document.getElementById(`book-module-${name}`).textContent;
      const [folder] = name.split("/");
      const linked = source.replace(/from "(\.|\.\.\/kit)\/(\w+)\.mjs"/g, (_, place, part) => {
        return `from "${moduleUrl(`${place === "." ? folder : "kit"}/${part}`)}"`;
      });
      urls.set(name, URL.createObjectURL(new Blob([linked], { type: "text/javascript" })));
    }
    return urls.get(name);
  }

  function memoryModel(state) {
    const listeners = new Map();
    const heard = (event) => listeners.get(event) ?? new Set();
    return {
      get: (name) => state[name],
      set(name, value) {
        if (Object.is(state[name], value)) return;
        state[name] = value;
        for (const listener of [...heard(`change:${name}`), ...heard("change")]) listener();
      },
      on: (event, listener) => void listeners.set(event, heard(event).add(listener)),
      off: (event, listener) => void heard(event).delete(listener),
      save_changes() {},
    };
  }

  async function mount(place) {
    const { demo, module, state } = place.dataset;
    const assets = document.getElementById(`book-assets-${demo}`);
    const model = memoryModel({
      ...JSON.parse(assets ? assets.textContent : "{}"),
      ...JSON.parse(state),
    });
    const { default: view } = await import(moduleUrl(module));
    const root = document.createElement("div");
    view.render({ model, el: root });
    place.replaceChildren(root);
    place.dataset.ready = "";
  }

  function mountAll() {
    for (const place of document.querySelectorAll(".book-demo[data-state]")) {
      // The fallback text stays when a demo cannot start; the console says why.
      mount(place).catch((error) => console.error(`demo ${place.dataset.demo}:`, error));
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mountAll);
  else mountAll();
})();
