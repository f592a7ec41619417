// A packet is edited: by its fields and by its bytes, with what it was beside what it becomes.

import { differences, differenceText, digitsOf, parsed, valueIn, withValue } from "../state/edits.js";
import { visible } from "../state/format.js";
import { fill, h } from "./dom.js";
import { whenClosed } from "./dialogs.js";

const WATCH_MILLIS = 250;
/** More fields than these are edited as bytes. */
const MOST_FIELDS = 400;

/**
 * Resolves to { act, bytes, values }: which button was pressed, the bytes by then, and what stands in the
 * form; or to null.
 *
 * @param wanted { title, bytes, fields, form, hint, acts }: fields as writableFields has them; form: { name, label,
 *   value, options } each, chosen from or, without options, a number; hint: a text that is asked for again and
 *   again; acts: [name, label, ...classes] each
 */
export function editPacket(dialog, { title, bytes: original, fields, form = [], hint = () => "", acts }) {
  return new Promise((resolve) => {
    let bytes = original;
    const before = h("pre", { class: "before", tabindex: 0, role: "group", "aria-label": "Bytes as they were" });
    const typed = h("textarea", { spellcheck: "false", autocomplete: "off", "aria-label": "Bytes as they become",
      oninput: () => {
        const read = parsed(typed.value);
        if (read.bytes !== undefined) bytes = read.bytes;
        show(read.problem, typed);
      } });
    const said = h("output", {});
    const watched = h("span", { class: "warn" });
    const inputs = fields.slice(0, MOST_FIELDS).map((field) => {
      const input = h("input", { type: "text", spellcheck: "false", autocomplete: "off", "aria-label": field.label,
        oninput: () => {
          const written = withValue(bytes, field, input.value);
          if (written.bytes !== undefined) bytes = written.bytes;
          show(written.problem, input);
        } });
      const was = valueIn(original, field);
      return { field, input, row: h("label", { class: "field-edit", title: `${field.name}  offset ${field.from}, ${field.length} bytes` },
        h("span", { class: "label" }, field.label), input,
        h("span", { class: "dim was", title: "as it was" }, visible(was ?? "", 60))), was };
    });
    const values = () => Object.fromEntries(form.map(({ name }) => [name, chosen[name].value]));
    const chosen = Object.fromEntries(form.map(({ name, label, value, options, least, most }) => [name, options === undefined
      ? h("input", { type: "number", min: least, max: most, step: 1, required: true, value, "aria-label": label })
      : h("select", { "aria-label": label }, options.map((one) => h("option", { value: one, selected: one === value }, one)))]));
    const buttons = acts.map(([act, label, ...classes]) => h("button", { type: "submit", value: act, class: ["quiet", ...classes].join(" ") }, label));

    /** All that was not typed in follows what was. */
    function show(problem, from) {
      const changed = new Set(differences(original, bytes));
      fill(before, ...digitsOf(original).split("\n").map((line, row) => h("div", {}, line.split(" ").map((digits, i) =>
        h(changed.has(16 * row + i) ? "mark" : "span", {}, `${digits} `)))));
      if (from !== typed) typed.value = digitsOf(bytes);
      for (const { field, input, row, was } of inputs) {
        const value = valueIn(bytes, field);
        if (input !== from) input.value = value ?? "";
        input.disabled = value === null;
        row.classList.toggle("changed", value !== was);
      }
      from?.setAttribute("aria-invalid", String(problem !== undefined));
      said.className = problem === undefined ? "dim" : "problem";
      said.textContent = problem ?? differenceText(original, bytes);
      buttons.forEach((button) => { button.disabled = problem !== undefined; });
    }

    const onsubmit = (event) => {
      event.preventDefault();
      resolve({ act: event.submitter?.value ?? acts[0][0], bytes, values: values() });
      dialog.close();
    };
    fill(dialog, h("form", { class: "packet", onsubmit },
      h("div", { class: "bar" }, h("h2", {}, title), h("span", { class: "grow" }), watched),
      form.length === 0 ? null : h("div", { class: "packet-form" }, form.map(({ name, label }) =>
        h("label", {}, h("span", {}, label), chosen[name]))),
      h("div", { class: "packet-both" },
        h("div", { class: "packet-fields" }, inputs.length > 0 ? inputs.map(({ row }) => row)
          : h("p", { class: "dim" }, "No field of it can be written here; its bytes can.")),
        h("div", { class: "packet-bytes" }, h("h3", {}, "As it was"), h("h3", {}, "As it becomes"), before, typed)),
      said,
      h("div", { class: "buttons" }, h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"), buttons)));
    show(undefined, null);
    dialog.classList.add("wide");
    const watch = setInterval(() => { watched.textContent = hint(); }, WATCH_MILLIS);
    whenClosed(dialog, () => {
      clearInterval(watch);
      dialog.classList.remove("wide");
      resolve(null);
    });
    dialog.showModal();
    (inputs[0]?.input ?? typed).focus();
  });
}
