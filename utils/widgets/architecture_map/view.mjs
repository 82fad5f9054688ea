// Architecture map: dots on logarithmic axes, which come with their years.

import { choice, element, shape, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { above, extremes, inWords, nearest, nextYear, place, upTo, uses, usesLine } from "./math.mjs";

const LINES = [10, 30, 100, 300];
const TICKS = { x: [3e6, 1e7, 3e7, 1e8], y: [3e8, 1e9, 3e9, 1e10] };
const TIMES = 5; // how much more work than AlexNet the task asks for
// On which side of its dot a name stands; three of the networks lie close together.
const SIDES = {
  AlexNet: "left",
  "VGG-16": "left",
  GoogLeNet: "left",
  "DenseNet-121": "above",
  "ResNet-34": "below",
  "ResNet-50": "right-far",
  "ResNeXt-50": "left-up",
  "ConvNeXt-tiny": "right-up",
};
// In torchvision's own names; it has no NiN.
const MODELS = { "VGG-16": "vgg16", "ResNeXt-50": "resnext50_32x4d", "MobileNet-v2": "mobilenet_v2", "ConvNeXt-tiny": "convnext_tiny" };

const at = ([left, top]) => `left: ${left.toFixed(2)}%; top: ${top.toFixed(2)}%`;
const times = (network) => uses(network).toFixed(0);
const tick = (count) => (count < 1e9 ? `${count / 1e6} M` : `${count / 1e9} G`);

/** Slanted lines of equal use, darker ground where parameters are used more often, and the grid. */
function backdrop() {
  const line = (ends, look) => {
    const [[x1, y1], [x2, y2]] = ends;
    return shape("line", { class: `book-${look}`, x1, y1, x2, y2 });
  };
  const across = TICKS.x.map((count) => place({ parameters: count, multiply_adds: 1 })[0]);
  const up = TICKS.y.map((count) => place({ parameters: 1, multiply_adds: count })[1]);
  const grid = [...across.map((x) => [[x, 0], [x, 100]]), ...up.map((y) => [[0, y], [100, y]])];
  const own = shape("line", { class: "book-own" });
  const band = shape("path", { class: "book-band", "fill-rule": "evenodd" });
  const root = shape(
    "svg",
    { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": true },
    ...LINES.map((count) => shape("polygon", { class: "book-more-use", points: above(count).join(" ") })),
    ...grid.map((ends) => line(ends, "rule")),
    ...LINES.map((count) => line(usesLine(count), "equal")),
    band,
    own,
  );
  const words = (text, where, look) => element("span", { class: `book-label book-${look}`, style: at(where) }, ...[text].flat());
  const labels = [
    ...TICKS.x.map((count, index) => words(tick(count), [across[index], 100], "tick-x")),
    ...TICKS.y.map((count, index) => words(tick(count), [0, up[index]], "tick-y")),
    ...LINES.map((count) => {
      const ends = usesLine(count);
      // The highest line has room for a sentence at its upper end, the others for a word below.
      const isHighest = count === Math.max(...LINES);
      const each = element("span", { class: "book-desk-word" }, "each parameter ");
      return isHighest ? words([each, `used ${count}×`], ends[1], "high") : words(`${count}×`, ends[0], ends[0][1] < 100 ? "under" : "low");
    }),
  ];
  const look = eased(([power]) => {
    const [[x1, y1], [x2, y2]] = usesLine(10 ** power);
    for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) own.setAttribute(name, value);
  });
  const mark = (network) => look.to([Math.log10(uses(network))]);
  /** Show between which uses of a parameter a group of networks lies, or nothing. */
  const span = (ends) => band.setAttribute("d", ends ? ends.map((count) => `M${above(count).join("L")}z`).join("") : "");
  return { root, labels, mark, span, stop: look.stop };
}

/** One network: a dot as large as it is deep, and its name. */
function spot(network) {
  const { name, depth } = network;
  const radius = (0.9 * Math.sqrt(depth)).toFixed(2);
  const dot = element("span", { class: "book-dot", style: `--radius: ${radius}px` });
  const words = element("span", { class: `book-name book-${SIDES[name] ?? "right"}`, "data-uses": `${times(network)}×` }, name);
  const root = element("span", { class: "book-spot", style: at(place(network)) }, dot, words);
  const set = ({ isShown, isNew, isPicked }) => {
    root.classList.toggle("book-gone", !isShown);
    root.classList.toggle("book-new", isNew);
    root.classList.toggle("book-picked", isPicked);
  };
  return { root, name, set };
}

function render({ model, el }) {
  const networks = model.get("networks");
  const [first, last] = [networks[0].year, networks.at(-1).year];
  const named = (name) => networks.find((network) => network.name === name);
  /** The network that is described: the one picked, or the newest if that is not there yet. */
  const seen = ({ year, picked }) => (named(picked).year <= year ? named(picked) : upTo(networks, year).at(-1));
  /** Whether the task is done by pointing at a network: smaller than AlexNet, with far more work. */
  const isWanted = (network) => network.parameters < networks[0].parameters && network.multiply_adds > TIMES * networks[0].multiply_adds;
  /** From AlexNet one looks at all that came since, if there are some: the least and the most use of a parameter. */
  const since = (state) => {
    const others = upTo(networks, state.year).slice(1);
    return seen(state) === networks[0] && others.length > 1 ? { count: others.length, ends: extremes(others) } : null;
  };
  const pick = (picked) => picked !== model.get("picked") && update(model, { picked });
  const spots = networks.map(spot);
  const back = backdrop();
  const map = element("div", { class: "book-map" }, back.root, ...back.labels, ...spots.map(({ root }) => root));
  const toNearest = ({ clientX, clientY }) => {
    const { left, top, width, height } = map.getBoundingClientRect();
    const shown = upTo(networks, model.get("year"));
    pick(nearest(shown, [clientX - left, clientY - top], [width, height]).name);
  };
  for (const kind of ["pointermove", "pointerdown"]) map.addEventListener(kind, toNearest);
  const title = (look, text) => element("span", { class: `book-axis-name book-${look}` }, text);
  const newest = title("newest", "");
  const names = [title("up", "multiply-adds for an image"), title("across", "parameters; the larger the dot, the deeper")];
  const top = element("div", { class: "book-top" }, names[0], newest);
  const frame = element("div", { class: "book-frame", role: "group", "aria-label": "Map of the networks" }, top, map, names[1]);
  const year = slider({ label: "Year", min: first, max: last, onInput: (value) => update(model, { year: value }) });
  const options = networks.map(({ name }) => [name, name]);
  const network = choice({ label: "Network", options, onInput: (picked) => update(model, { picked, year: Math.max(model.get("year"), named(picked).year) }) });
  return stage({
    model,
    el,
    names: ["year", "picked"],
    label: "Architecture map",
    look: "book-architecture-map",
    picture: [frame],
    controls: [year.root, network.root],
    play: {
      every: 1600,
      step: ({ year: now }) => {
        const next = nextYear(networks, now);
        // Networks of the task are left to the reader; the last year looks back at the first network.
        const told = networks.find((network) => network.year === next && !isWanted(network)) ?? networks[0];
        return next && { year: next, picked: told.name };
      },
      restart: () => ({ year: first, picked: networks[0].name }),
    },
    draw(state) {
      year.set(state.year);
      const shown = upTo(networks, state.year);
      const described = seen(state);
      for (const { name, set } of spots) {
        const own = shown.find((network) => network.name === name);
        set({ isShown: Boolean(own), isNew: Boolean(own?.isNew), isPicked: name === described.name });
      }
      newest.textContent = `newest: ${shown.at(-1).year}`;
      network.set(described.name);
      back.mark(described);
      back.span(since(state)?.ends);
    },
    says(state) {
      const described = seen(state);
      const { name, parameters, multiply_adds: work, depth, year: when } = described;
      const later = since(state);
      if (later) {
        const [least, most] = later.ends.map((count) => count.toFixed(0));
        return `${name} (${when}) has ${inWords(parameters)} parameters, and uses each ${times(described)} times. The ${later.count} networks since use theirs ${least} to ${most} times.`;
      }
      return `${name} (${when}): ${inWords(parameters)} parameters, ${inWords(work)} multiply-adds. It uses each parameter ${times(described)} times, and is ${depth} layers deep.`;
    },
    code(state) {
      const { name } = seen(state);
      const call = MODELS[name] ?? name.toLowerCase().replace("-", "");
      if (name === "NiN") return "# torchvision has no NiN\nfrom utils.networks.plain import nin\nsum(p.numel() for p in nin().parameters())";
      return `from torchvision import models\nmodel = models.get_model("${call}", weights=None)\nsum(p.numel() for p in model.parameters())`;
    },
    onStop: back.stop,
    task: {
      text: `Point at a network smaller than AlexNet that takes over ${TIMES} times its work.`,
      isDone: (state) => isWanted(seen(state)),
      praise: "That is one. Its weights are used at far more places than AlexNet's.",
    },
  });
}

export default { render };
