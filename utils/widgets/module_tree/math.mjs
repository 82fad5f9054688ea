// What a network of the demo holds, and which of its numbers are trained: pure functions.

/** The module of a network with this path; the path of the whole network is empty. */
export function moduleAt(net, path) {
  return net.modules.find((module) => module.path === path);
}

/** A state whose choices belong to the network: what another one left behind is dropped. */
export function fitting(net, state) {
  const selected = moduleAt(net, state.selected) ? state.selected : "";
  return { ...state, selected, frozen: state.frozen.filter((name) => name in net.counts) };
}

/** The path of the module that holds this one; null for the whole network. */
export function parentOf(path) {
  if (path === "") return null;
  return path.split(".").slice(0, -1).join(".");
}

/** The paths of the modules directly inside this one. */
export function childrenOf(net, path) {
  return net.modules.map((module) => module.path).filter((other) => parentOf(other) === path);
}

/** The parameters of a module and of all inside it, each once. */
export function parametersOf(net, path) {
  const names = moduleAt(net, path).saved.map(({ parameter }) => parameter);
  return [...new Set(names.filter((name) => name !== null))];
}

/** How much of a module is frozen: "all", "some" or "none"; null if it has no parameter. */
export function frozenPart(net, path, frozen) {
  const own = parametersOf(net, path);
  const count = own.filter((name) => frozen.includes(name)).length;
  if (!own.length) return null;
  return count === own.length ? "all" : count ? "some" : "none";
}

/** The frozen parameters after a module was frozen, or thawed, in the order of the network. */
export function frozenAfter(net, path, frozen, isFrozen) {
  const own = parametersOf(net, path);
  return Object.keys(net.counts).filter((name) => (own.includes(name) ? isFrozen : frozen.includes(name)));
}

/** How many numbers are trained, and how many there are: [trained, all]. */
export function trainedCount(net, frozen) {
  const sum = (names) => names.reduce((total, name) => total + net.counts[name], 0);
  const names = Object.keys(net.counts);
  return [sum(names.filter((name) => !frozen.includes(name))), sum(names)];
}

/** The module whose forward hook runs after this one's; null after the last. */
export function nextCall(net, path) {
  return net.calls[net.calls.indexOf(path) + 1] ?? null;
}

/** The path that an arrow key leads to: rows along the list, columns up and down the tree. */
export function moved(net, path, rows, columns) {
  const all = net.modules.map((module) => module.path);
  if (Math.abs(columns) === Infinity) return columns < 0 ? all[0] : all.at(-1);
  if (columns) return (columns < 0 ? parentOf(path) : childrenOf(net, path)[0]) ?? path;
  return all[Math.max(0, Math.min(all.length - 1, all.indexOf(path) + rows))];
}
