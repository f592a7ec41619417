// Analyzers: which versions are in use and what is wrong with the others, how much of each message type
// is understood, and an editor for those of users. What is saved is tried by analysis within a second.

import { percent, standing, trial, understood } from "../state/analyzers.js";
import { quoted } from "../state/filters.js";
import { clock, grouped, size, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { sourceField } from "./source.js";

export function analyzersTab(root, actions) {
  const tables = h("section", { class: "editor-tables" });
  const side = h("section", { class: "editor", hidden: true });
  root.append(tables, side);
  const editor = sourceEditor(side, actions);

  const draw = ({ tabs: { analyzers, coverage, editable }, editor: open }) => {
    morph(tables,
      h("div", { class: "bar" }, h("h2", {}, "Analyzers"), editable
        ? h("button", { class: "quiet small", data: { key: "new" }, onclick: actions.newAnalyzer }, "New\u2026") : null),
      analyzers === undefined ? h("p", { class: "dim" }, "Loading\u2026") : versions(analyzers, open, editable),
      h("h2", {}, "What is understood"),
      coverage === undefined ? h("p", { class: "dim" }, "Loading\u2026") : types(coverage));
  };

  const versions = (analyzers, open, editable) => h("table", { class: "table" },
    h("thead", {}, h("tr", {}, ["Analyzer", "State", "Version", "Fields", "Since", ""].map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, analyzers.flatMap((one) => {
      const { kind, text } = standing(one);
      return [h("tr", { class: open !== null && one.file === open.file ? "chosen" : "" },
        h("td", {}, h("b", {}, one.name), h("span", { class: "dim" }, one.file === undefined ? " built in" : ` ${one.file}`)),
        h("td", { class: kind }, text),
        h("td", { class: "mono" }, visible(one.version ?? "", 24)),
        h("td", { class: "number", title: one.fields.join("\n") }, grouped(one.fields.length)),
        h("td", { class: "dim" }, one.changedAt === undefined ? "" : clock(one.changedAt)),
        h("td", {}, one.file !== undefined && one.state !== "removed" && editable
          ? h("button", { class: "quiet small", data: { key: `edit ${one.file}` },
            onclick: () => actions.editAnalyzer(one.file) }, "Edit") : null)),
      one.problems.length === 0 ? null : h("tr", {}, h("td", { colspan: 6, class: "problem wraps" },
        one.problems.map(({ line, column, message }) =>
          h("div", {}, h("span", { class: "mono" }, placeText(one.file, line, column)), ` ${visible(message)}`))))];
    })));

  const placeText = (file, line, column) => line === 0 ? file : `${file}:${line}${column > 0 ? `:${column}` : ""}`;

  const types = ({ messages, complete, types: all }) => all.length === 0
    ? h("p", { class: "dim" }, "No messages yet: coverage is counted over the messages of the session.")
    : [h("p", { class: "dim" }, complete ? `All ${grouped(messages)} messages` : `The newest ${grouped(messages)} messages`,
      "; most unknown bytes first. A click filters on the type."),
    h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["Type", "Understood", "", "Unknown", "Messages", "Faulty"].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, all.map((type) => h("tr", {},
        h("td", {}, h("button", { class: "link", data: { key: `type ${type.analyzer} ${type.protocol} ${type.type}` },
          onclick: () => actions.filter(`message.type == ${quoted(type.type)}`) }, visible(type.type, 40)),
        h("span", { class: "dim" }, ` ${type.protocol}`)),
        h("td", {}, h("meter", { min: 0, max: 1, value: understood(type), "aria-label": `${visible(type.type, 40)} understood` })),
        h("td", { class: "number" }, percent(understood(type))),
        h("td", { class: "number" }, type.unknownBytes === 0 ? "" : size(type.unknownBytes)),
        h("td", { class: "number" }, grouped(type.messages)),
        h("td", { class: "number problem" }, type.problems === 0 ? "" : grouped(type.problems))))))];

  const redraw = whenChanged((state) => [state.tabs.analyzers, state.tabs.coverage, state.editor, state.tabs.editable], draw);
  return (state) => {
    redraw(state);
    editor(state);
  };
}

function sourceEditor(root, actions) {
  const title = h("b", { class: "mono" });
  const said = h("output", {});
  let loaded = null;
  const source = sourceField("Source of the analyzer",
    (text) => actions.typed(text !== loaded?.text), { s: actions.saveAnalyzer });
  root.append(h("div", { class: "bar" }, title, said, h("span", { class: "grow" }), source.place,
    h("button", { class: "quiet", title: "Save, and let analysis try it (Ctrl+S)",
      onclick: () => actions.saveAnalyzer(source.value()) }, "Save and try"),
    h("button", { class: "quiet danger", onclick: actions.deleteAnalyzer }, "Delete\u2026"),
    h("button", { class: "quiet", "aria-label": "Close the editor", onclick: actions.closeEditor }, "\u2715")),
  source.element, source.problems);

  const draw = ({ editor: open, tabs: { analyzers } }) => {
    root.hidden = open === null;
    root.parentElement?.classList.toggle("edits", open !== null);
    if (open === null) {
      loaded = null;
      return;
    }
    title.textContent = `${open.file}${open.dirty ? " \u2022" : ""}`;
    if (loaded === null || loaded.file !== open.file || !open.dirty) source.show(open.text);
    loaded = open;
    const { kind, text: verdict, problems: found } = trial(analyzers, open.file, open.before);
    said.className = kind;
    said.textContent = open.dirty && open.version !== null ? "Changed; not saved" : verdict;
    source.mark(found);
  };
  return whenChanged((state) => [state.editor, state.tabs.analyzers], draw);
}
