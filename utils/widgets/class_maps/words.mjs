// Class maps: what the demo says, and the lines of torch.

import { number } from "../kit/numbers.mjs";

export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
export const weightWords = (count) => `${thousands(count)} weights`;

/** Whether the digits on the picture have the largest scores. */
export function areFound({ first, second }, lead) {
  const names = [...new Set([first, second].filter((name) => name !== "none"))];
  return names.every((name) => lead.slice(0, names.length).includes(Number(name)));
}

/** The two leading classes, that of the first digit first, so that its colour moves along with it. */
export function inOrder([one, other], { first, second }) {
  const turned = first !== second && (other === Number(first) || one === Number(second));
  return turned ? [other, one] : [one, other];
}

/** What is seen now. */
export function sentence(state, { scores, lead }) {
  const { chosen, first, second } = state;
  if (chosen >= 0) return `Map ${chosen}: its mean, ${number(scores[chosen], 1)}, is the score of class ${chosen}.`;
  const two = second !== "none" && second !== first;
  const leading = two ? lead.slice(0, 2) : lead.slice(0, 1);
  const said = leading.map((label) => `map ${label} (mean ${number(scores[label], 1)})`).join(" and ");
  if (areFound(state, lead)) return `Largest: ${said}. ${two ? "Each" : "It"} glows where its digit lies.`;
  return `Largest: ${said}. Mistaken!`;
}

const corner = (name, [top, left]) => `(${top}, ${left})`;

/** The lines of torch that give the same means. */
export function torchCode({ first, second, at_first: one, at_second: other, side }) {
  const places = `at_first=${corner("first", one)}, at_second=${corner("second", other)}`;
  return [
    `from utils.widgets.class_maps import ClassMaps`,
    `from utils.widgets.class_maps.network import trained`,
    ``,
    `demo = ClassMaps(first="${first}", second="${second}", side=${side},`,
    `                 ${places})`,
    `x = demo.picture.float()[None, None]`,
    `with torch.no_grad():`,
    `    maps = trained()(x)`,
    `    print(maps.mean((2, 3)))`,
  ].join("\n");
}
