// Questions with fields for their answers, which the browser remembers.

import { judge } from "./math.mjs";
import { button, demoRoot, element, follow, liveLine, newId, update } from "../kit/parts.mjs";

// Some browsers keep nothing for pages from disk, or in private windows.
function remembered(key) {
  try {
    return JSON.parse(localStorage.getItem(`book-answers:${key}`));
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`book-answers:${key}`, JSON.stringify(value));
  } catch {
    // Then the answers last as long as the page.
  }
}

/** Text in which code stands between backticks. */
function withCode(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

function textField(id, onInput, onEnter) {
  const input = element("input", { type: "text", autocomplete: "off", "aria-labelledby": id });
  input.addEventListener("input", () => onInput(input.value));
  input.addEventListener("keydown", ({ key }) => key === "Enter" && onEnter());
  const set = (value) => {
    if (input.value !== value) input.value = value;
  };
  return { root: input, set };
}

function optionField(id, options, onInput) {
  const name = newId("book-answer");
  const inputs = options.map((value) =>
    element("input", { type: "radio", name, value, onchange: () => onInput(value) }),
  );
  const labels = inputs.map((input, index) => element("label", {}, input, ...withCode(options[index])));
  const root = element("div", { class: "book-options", role: "radiogroup", "aria-labelledby": id }, ...labels);
  const set = (value) => {
    for (const input of inputs) input.checked = input.value === value;
  };
  return { root, set };
}

/** One question; `onInput(text)` hears the answer, `onCheck()` that it was judged. */
function card(question, number, { onInput, onCheck }) {
  const id = newId("book-answer");
  const text = element("p", { class: "book-question", id }, ...withCode(question.question));
  const said = liveLine("book-feedback");
  const hinted = liveLine("book-hint");
  const root = element("div", { class: "book-card" });
  let answer = "";
  const say = (kind, words) => {
    root.dataset.verdict = kind;
    said.replaceChildren(...withCode(words));
  };
  const check = () => {
    const { kind, words } = judge(question, answer);
    say(kind, words);
    onCheck(kind !== "unread");
  };
  const edited = (value) => {
    answer = value; // at once: Check may be pressed before the next redraw
    say("", "");
    onInput(value);
  };
  const field =
    question.kind === "choice" ? optionField(id, question.options, edited) : textField(id, edited, check);
  const checks = button("Check", check);
  const hints = button("Hint", () => hinted.replaceChildren(...withCode(question.hint)));
  for (const node of [checks, hints]) node.setAttribute("aria-describedby", id);
  root.append(text, element("div", { class: "book-row" }, field.root, checks, hints), hinted, said);
  const set = (value) => {
    answer = value;
    field.set(value);
  };
  return { root, set, check };
}

function render({ model, el }) {
  const [key, questions] = [model.get("key"), model.get("questions")];
  const kept = remembered(key);
  const fits = kept?.answers?.length === questions.length;
  const judged = fits ? kept.judged : questions.map(() => false);
  const save = () => remember(key, { answers: model.get("answers"), judged });
  const cards = questions.map((question, index) =>
    card(question, index, {
      onInput(text) {
        judged[index] = false;
        update(model, { answers: model.get("answers").with(index, text) });
        save();
      },
      onCheck(isJudged) {
        judged[index] = isJudged;
        save();
      },
    }),
  );
  const root = demoRoot("Your answers", ...cards.map((each) => each.root));
  root.classList.add("book-answers");
  const fill = () => {
    for (const [index, text] of model.get("answers").entries()) cards[index].set(text);
  };
  if (fits && model.get("answers").every((text) => text === "")) update(model, { answers: kept.answers });
  const unfollow = follow(model, ["answers"], fill);
  for (const [index, isJudged] of judged.entries()) if (isJudged) cards[index].check();
  el.append(root);
  return () => {
    unfollow();
    root.remove();
  };
}

export default { render };
