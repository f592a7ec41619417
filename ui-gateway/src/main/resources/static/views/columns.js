// Which columns the list has, in which order; how its rows are coloured.

import { COLUMNS, isField, labelOf, moved, toggled } from "../state/columns.js";
import { PAINTS, withoutRule, withRule } from "../state/choices.js";
import { visible } from "../state/format.js";
import { fill, h, keepingFocus } from "./dom.js";

/**
 * @param shown the columns that the list shows now
 * @param choose called with the choices as they are to be from now on
 */
export function showColumns(dialog, store, shown, choose) {
  const field = h("input", { type: "text", list: "known-fields", "aria-label": "Field",
    placeholder: "Any field, such as dplay.command", spellcheck: "false" });
  const where = h("select", { "aria-label": "Where" }, ["type", "game", "info"].map((name) => h("option", {}, name)));
  const text = h("input", { type: "text", "aria-label": "Text", placeholder: "PING" });
  const paint = h("select", { "aria-label": "Colour" },
    Array.from({ length: PAINTS }, (_, i) => h("option", { value: i + 1 }, `colour ${i + 1}`)));

  const put = (change) => {
    choose({ ...store.state.choices, ...change });
    keepingFocus(dialog, draw);
  };

  function draw() {
    const { choices, catalogue } = store.state;
    const columns = shown();
    const others = Object.keys(COLUMNS).filter((name) => !columns.includes(name));
    fill(dialog,
      h("h2", {}, "Columns"),
      h("ol", { class: "chosen-columns" }, columns.map((name, i) => h("li", {},
        h("span", { class: isField(name) ? "mono" : "" }, labelOf(name)),
        button("\u2191", `up ${name}`, `${labelOf(name)} further to the left`, () => put({ columns: moved(columns, name, -1) }), i === 0),
        button("\u2193", `down ${name}`, `${labelOf(name)} further to the right`, () => put({ columns: moved(columns, name, 1) }), i === columns.length - 1),
        button("\u2715", `off ${name}`, `Without ${labelOf(name)}`, () => put({ columns: toggled(columns, name) }), columns.length === 1)))),
      others.length === 0 ? null : h("p", {}, "Add: ", others.map((name) =>
        [h("button", { class: "quiet small", data: { key: `on ${name}` }, onclick: () => put({ columns: toggled(columns, name) }) }, labelOf(name)), " "])),
      h("datalist", { id: "known-fields" }, catalogue.map(({ name, description }) => h("option", { value: name }, description))),
      h("form", { class: "add", onsubmit: (event) => {
        event.preventDefault();
        const name = field.value.trim();
        if (/^[\w.]+$/.test(name) && !columns.includes(name)) put({ columns: toggled(columns, name) });
        field.value = "";
      } }, field, " ", h("button", { class: "quiet" }, "Add the field"), " ",
        choices.columns === null ? null
          : h("button", { type: "button", class: "quiet", data: { key: "fit" }, onclick: () => put({ columns: null }) }, "What fits")),
      h("h2", {}, "Colours"),
      h("p", {}, h("label", {}, "Rows by ", h("select", { data: { key: "colours" },
        onchange: (event) => put({ colours: event.target.value }) },
        ["type", "instance"].map((name) => h("option", { value: name, selected: choices.colours === name }, name))))),
      h("ul", { class: "rules" }, choices.rules.map((rule) => h("li", {},
        h("span", { class: `sample paint${rule.paint}` }, `${rule.where} ${rule.where === "info" ? "contains" : "is"} ${visible(rule.text, 80)}`),
        button("\u2715", `rule ${rule.where} ${rule.text}`, "Without this rule", () => put(withoutRule(choices, rule)))))),
      h("form", { class: "add", onsubmit: (event) => {
        event.preventDefault();
        if (text.value.trim() === "") return;
        put(withRule(choices, { where: where.value, text: text.value.trim(), paint: Number(paint.value) }));
        text.value = "";
      } }, where, " ", text, " ", paint, " ", h("button", { class: "quiet" }, "Add the rule")),
      h("div", { class: "buttons" }, h("button", { class: "quiet", data: { key: "close" }, onclick: () => dialog.close() }, "Close")));
  }

  const button = (label, key, title, onclick, disabled = false) =>
    h("button", { class: "quiet small", data: { key }, title, "aria-label": title, onclick, disabled }, label);

  draw();
  if (!dialog.open) dialog.showModal();
}
