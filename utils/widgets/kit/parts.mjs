// The controls that the demos share: native elements, always with a label.

// Random, because a page can hold several copies of this module.
/** An id that no other element has: a page can hold several views of a demo. */
export const newId = (name) => `${name}-${Math.random().toString(36).slice(2, 10).padEnd(8, "0")}`;

/** Make an element: attributes and `on…` handlers by name, then its children. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Make an SVG element with the given attributes and children. */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function labelled(label, control, ...after) {
  control.id = newId("book-control");
  const text = element("label", { for: control.id }, label);
  return element("div", { class: "book-control" }, text, control, ...after);
}

/** The outermost element of a demo: its look, its name, and its keys. */
export function demoRoot(name, ...children) {
  const root = element("div", { class: "book-demo-view", role: "group", "aria-label": name });
  // JupyterLab would take the arrow keys for itself, even from a slider; it looks for this mark on
  // the very element that has the focus.
  root.addEventListener("focusin", (event) => {
    event.target.dataset.lmSuppressShortcuts = "true";
  });
  root.append(...children);
  return root;
}

/** A range input that shows its value; `set` moves it without calling `onInput`. */
export function slider({ label, min, max, step = 1, format = String, onInput }) {
  const input = element("input", { type: "range", min, max, step });
  const output = element("output", { class: "book-value" });
  const show = () => {
    const text = format(Number(input.value));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    show();
    onInput(Number(input.value));
  });
  const root = labelled(label, input, output);
  output.htmlFor = input.id;
  const set = (value) => {
    input.value = value;
    show();
  };
  return { root, input, set };
}

/** A drop-down list of `[value, text]` pairs. */
export function choice({ label, options, onInput }) {
  const input = element(
    "select",
    {},
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  input.addEventListener("change", () => onInput(input.value));
  const set = (value) => {
    input.value = value;
  };
  return { root: labelled(label, input), input, set };
}

/** A checkbox, its name right after it. */
export function toggle({ label, onInput }) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => onInput(input.checked));
  const root = labelled(label, input);
  root.classList.add("book-toggle");
  root.prepend(input);
  const set = (value) => {
    input.checked = value;
  };
  return { root, input, set };
}

/** A button. */
export function button(label, onClick) {
  return element("button", { type: "button", class: "book-button", onclick: onClick }, label);
}

/** Lines of code under a heading, with a button that copies them. */
/** Lines of Python with the imports that they lack, so that they run as they are copied. */
function withImports(lines) {
  const imports = [["torch", "import torch"], ["F", "import torch.nn.functional as F"]];
  const missing = imports.filter(
    ([name, line]) => new RegExp(`\\b${name}\\.`).test(lines) && !lines.split("\n").includes(line),
  );
  return [...missing.map(([, line]) => line), lines].join("\n");
}

export function copyable(heading) {
  const code = element("code");
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "Copied";
    } catch {
      // Some hosts forbid the clipboard; then the reader's own copy command finds the lines marked.
      getSelection().selectAllChildren(code);
      copy.textContent = "Marked";
    }
  });
  const title = element("p", { class: "book-heading" }, heading);
  const row = element("div", { class: "book-row" }, title, copy);
  const root = element("div", {}, row, element("pre", { class: "book-formula" }, code));
  const set = (lines) => {
    const text = withImports(lines);
    if (text === code.textContent) return;
    code.textContent = text;
    copy.textContent = "Copy";
  };
  return { root, set };
}

/** A fieldset of controls under one heading. */
export function group(heading, ...controls) {
  return element(
    "fieldset",
    { class: "book-group" },
    element("legend", {}, heading),
    ...controls,
  );
}

/** A line that a screen reader reads out when it changes. */
export function liveLine(className) {
  return element("p", { class: className, "aria-live": "polite" });
}

/** Set several traits of the model at once and send them to the kernel. */
export function update(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  model.save_changes();
}

/** Call `redraw` now and once a frame at most whenever one of the traits changes. */
export function follow(model, names, redraw) {
  let waiting = 0;
  const changed = () => {
    if (!waiting) {
      waiting = requestAnimationFrame(() => {
        waiting = 0;
        redraw();
      });
    }
  };
  for (const name of names) model.on(`change:${name}`, changed);
  redraw();
  return () => {
    cancelAnimationFrame(waiting);
    for (const name of names) model.off(`change:${name}`, changed);
  };
}

/** Put a demo on the page and keep it in step with its model; returns what takes it off again. */
export function show(el, root, model, names, redraw) {
  const stopFollowing = follow(model, names, redraw);
  el.append(root);
  return () => {
    stopFollowing();
    root.remove();
  };
}

/**
 * Move by arrow keys: calls `move(rows, columns, isShift)`; Home and End ask for the far ends of a
 * row.
 */
export function onArrows(node, move) {
  const steps = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -Infinity],
    End: [0, Infinity],
  };
  node.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(...step, event.shiftKey);
  });
}
