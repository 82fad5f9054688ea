// Channels in groups: who hears whom, and what it costs. Pure functions on plain objects.

export const CHANNELS = 16;
export const GROUPS = [1, 2, 4, 8, 16];
const KERNEL = 3; // pixels of a side
const SIDE = 56; // pixels of a side of the image
const PLACES = Array.from({ length: CHANNELS }, (_, place) => place);

/** The group of a channel. */
export function groupOf(groups, channel) {
  return Math.floor((channel * groups) / CHANNELS);
}

/** Whether a grouped layer has a kernel from one channel to another. */
export function isWired(groups, from, to) {
  return groupOf(groups, from) === groupOf(groups, to);
}

/** Where a channel of the first layer stands when it enters the second one. */
export function placeBetween({ groups, layers }, channel) {
  if (layers !== "shuffled") return channel;
  const size = CHANNELS / groups;
  return (channel % size) * groups + Math.floor(channel / size);
}

/** How many layers there are. */
export function layerCount({ layers }) {
  return layers === "one" ? 1 : 2;
}

/** The ways from an input (column) to an output (row), a row for each output. */
export function routes(state) {
  const { groups } = state;
  if (layerCount(state) === 1) return PLACES.map((to) => PLACES.map((from) => Number(isWired(groups, from, to))));
  const isWay = (from, middle, to) => isWired(groups, from, middle) && isWired(groups, placeBetween(state, middle), to);
  return PLACES.map((to) => PLACES.map((from) => PLACES.filter((middle) => isWay(from, middle, to)).length));
}

/** How many inputs an output hears; the same for all outputs. */
export function heard(state) {
  return routes(state)[0].filter((count) => count > 0).length;
}

/** How many weights the layers have. */
export function weights(state) {
  return (layerCount(state) * KERNEL ** 2 * CHANNELS ** 2) / state.groups;
}

/** How many multiply-adds an image takes. */
export function multiplyAdds(state) {
  return weights(state) * SIDE ** 2;
}

/**
 * Which wires light up while { input, output } are pointed at, either may be null: `first[from][middle]` of
 * the first layer, `middles[middle]` between the layers, `second[middle][to]` of the second.
 */
export function lit(state, { input, output }) {
  const { groups } = state;
  const isTwo = layerCount(state) === 2;
  const isFrom = (from) => input === null || input === from;
  const isTo = (to) => output === null || output === to;
  const isAfter = (middle) => (input === null ? true : isWired(groups, input, middle));
  const leads = (middle) => output === null || isWired(groups, placeBetween(state, middle), output);
  const isBefore = (middle) => (isTwo ? leads(middle) : isTo(middle));
  return {
    first: PLACES.map((from) => PLACES.map((middle) => isFrom(from) && isBefore(middle) && isWired(groups, from, middle))),
    middles: PLACES.map((middle) => isTwo && isAfter(middle) && isBefore(middle)),
    second: PLACES.map((middle) =>
      PLACES.map((to) => isTwo && isAfter(middle) && isTo(to) && isWired(groups, placeBetween(state, middle), to)),
    ),
  };
}

const STORY = [
  ...GROUPS.map((groups) => ({ groups, layers: "one" })),
  { groups: 8, layers: "two" },
  { groups: 8, layers: "shuffled" },
];
export const FIRST = STORY[0];

/** The next scene of the story, null after the last; from a state that is none of them, the first alike. */
export function nextScene({ groups, layers }) {
  const here = STORY.findIndex((scene) => scene.groups === groups && scene.layers === layers);
  if (here >= 0) return STORY[here + 1] ?? null;
  return STORY.find((scene) => scene.layers === layers);
}
