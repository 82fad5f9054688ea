// Shift the cat: a photograph that still shows the same, and how far its pixels are from before.

import { decodePixels } from "../kit/pixels.mjs";
import { cardDistance, compared, distance, mean } from "./math.mjs";
import { distanceScale, draggable, frameOn, shot } from "./panels.mjs";
import { NOUNS, marksFor, moveWords, number, presets, sentence, torchCode } from "./words.mjs";
import { button, choice, copyable, demoRoot, element, liveLine, show, slider, toggle, update } from "../kit/parts.mjs";

const SETTINGS = ["columns", "rows", "brightness", "crop", "mirrored"];
const TRAITS = ["photo", ...SETTINGS];
const LEAST = { brightness: 0.2, crop: 24 };
const WHITE = 0.5; // the difference that is drawn white
const ORDER = "Always in this order: crop, mirror, move, darken. Moving repeats the pixels at the edge.";

const caption = (text) => element("p", { class: "book-caption" }, text);

function render({ model, el }) {
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos"))) {
    const values = Float64Array.from(decodePixels(photo.pixels), (level) => level / 255);
    photos[name] = { ...photo, values };
  }
  for (const photo of Object.values(photos)) {
    const other = photos[photo.stranger];
    const away = { name: photo.stranger, distance: distance(photo.values, other.values) };
    photo.marks = marksFor(cardDistance(photo.values), away);
    const grey = mean(photo.values);
    photo.compared = [photo.values.map(() => grey), other.values];
  }
  const side = Object.values(photos)[0].width;
  const far = side / 2;
  const named = presets(side);
  const read = () => Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));

  const set = (name) => (value) => update(model, { [name]: value });
  const moveSlider = (label, name, ways) =>
    slider({ label, min: -far, max: far, format: (value) => moveWords(value, ways), onInput: set(name) });
  const controls = {
    columns: moveSlider("Columns moved", "columns", ["left", "right"]),
    rows: moveSlider("Rows moved", "rows", ["up", "down"]),
    brightness: slider({
      label: "Brightness",
      min: LEAST.brightness,
      max: 1,
      step: 0.01,
      format: (value) => `\u00d7 ${value.toFixed(2)}`,
      onInput: set("brightness"),
    }),
    crop: slider({
      label: "Crop",
      min: LEAST.crop,
      max: side,
      format: (value) => `${value} \u00d7 ${value}`,
      onInput: set("crop"),
    }),
    mirrored: toggle({ label: "Mirrored", onInput: set("mirrored") }),
  };
  const photo = choice({
    label: "Photograph",
    options: Object.keys(photos).map((name) => [name, NOUNS[name]]),
    onInput: set("photo"),
  });
  const buttons = Object.entries(named).map(([name, settings]) => [
    button(name, () => update(model, settings)),
    settings,
  ]);

  const figure = element("strong");
  const result = element("p", { class: "book-figure" }, "distance ", figure);
  const before = shot("Original", "book-before");
  const after = shot("Changed: drag it", "book-after");
  const off = shot(
    "Difference",
    "book-off",
    element("div", {}, result, caption(`The mean difference. Black is 0, white is ${WHITE} and more.`)),
  );
  const seen = frameOn(before.stage, side);
  const scale = distanceScale();
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const credit = caption("");
  const label = "Changed picture: arrow keys move it, with shift by 8, Home and End all the way";
  draggable(after.stage, label, side, () => [model.get("columns"), model.get("rows")], moveTo);
  const root = demoRoot(
    "Shift the cat",
    element("p", { class: "book-title" }, "Shift the cat"),
    element(
      "div",
      { class: "book-settings-row" },
      photo.root,
      element("div", { class: "book-row", role: "group", "aria-label": "Changes" }, ...buttons.map(([node]) => node)),
    ),
    element("div", { class: "book-shots" }, before.root, after.root, off.root),
    scale.root,
    said,
    element("div", { class: "book-controls" }, ...Object.values(controls).map((control) => control.root)),
    caption(ORDER),
    torch.root,
    credit,
  );
  root.classList.add("book-semantic-gap");

  function moveTo(...wanted) {
    const [columns, rows] = wanted.map((value) => Math.max(-far, Math.min(far, value)));
    if (columns !== model.get("columns") || rows !== model.get("rows")) update(model, { columns, rows });
  }

  let shown = "";
  function drawPhoto(name) {
    if (name === shown) return;
    shown = name;
    photo.set(name);
    before.show(photos[name].values);
    scale.setMarks(photos[name].marks, photos[name].compared);
    credit.textContent = `Photograph: ${photos[name].credit}.`;
  }

  function redraw() {
    const name = model.get("photo");
    const { values, marks } = photos[name];
    const settings = read();
    const found = compared(values, side, settings);
    drawPhoto(name);
    for (const [trait, control] of Object.entries(controls)) control.set(settings[trait]);
    for (const [node, preset] of buttons) {
      const isOn = SETTINGS.every((trait) => preset[trait] === settings[trait]);
      node.setAttribute("aria-pressed", String(isOn));
    }
    seen.set(found.visible);
    after.show(found.changed);
    off.show(found.off, WHITE);
    figure.textContent = number(found.distance);
    scale.set(found, marks);
    said.textContent = sentence(name, found, marks);
    torch.set(torchCode(name, side, settings, found, marks[0].distance));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
