// A text field for sources: numbers of lines beside it, lines with problems marked, the caret's place told.

import { lineAt, linesOf, placeIn } from "../state/analyzers.js";
import { fill, h, morph } from "./dom.js";
import { visible } from "../state/format.js";

const LINE_PIXELS = 18;

/**
 * @param label what the field is called
 * @param onInput called with the text at each change
 * @param keys what Ctrl and a key do with the text: { s: save }
 */
export function sourceField(label, onInput, keys) {
  const numbers = h("div", { class: "numbers", "aria-hidden": "true" });
  const text = h("textarea", { spellcheck: "false", autocapitalize: "off", wrap: "off", "aria-label": label });
  const place = h("span", { class: "dim" });
  const list = h("ul", { class: "places" });
  let wrong = new Set();

  const number = () => {
    const count = linesOf(text.value);
    const marked = [...wrong].join();
    if (numbers.dataset.drawn === `${count} ${marked}`) return;
    numbers.dataset.drawn = `${count} ${marked}`;
    fill(numbers, Array.from({ length: count }, (_, i) => h("div", { class: wrong.has(i + 1) ? "wrong" : "" }, i + 1)));
  };
  const where = () => {
    const { line, column } = lineAt(text.value, text.selectionStart);
    place.textContent = `${line}:${column}`;
  };
  text.addEventListener("input", () => {
    onInput(text.value);
    number();
    where();
  });
  text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; }, { passive: true });
  for (const name of ["keyup", "click", "focus"]) text.addEventListener(name, where);
  text.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || keys[event.key] === undefined) return;
    event.preventDefault();
    keys[event.key](text.value);
  });

  const goTo = (line, column) => {
    const [from, to] = placeIn(text.value, line, column);
    text.focus();
    text.setSelectionRange(from, to);
    text.scrollTop = Math.max(0, (line - 4) * LINE_PIXELS);
    where();
  };

  return {
    element: h("div", { class: "source-editor" }, numbers, text),
    place,
    problems: list,
    value: () => text.value,
    show(value) {
      if (text.value !== value) text.value = value;
    },
    /** @param found { line, column, message } each; a line of 0 concerns the whole */
    mark(found) {
      wrong = new Set(found.map(({ line }) => line));
      number();
      morph(list, found.map(({ line, column, message }, i) => h("li", { class: "problem" }, line === 0 ? null
        : h("button", { class: "link", data: { key: `problem ${i} ${line} ${column}` }, onclick: () => goTo(line, column) },
          `line ${line}${column > 0 ? `, column ${column}` : ""}`), ` ${visible(message)}`)));
    },
  };
}
