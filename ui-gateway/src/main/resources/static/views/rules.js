// Rules: the files and how they get on, each rule with how often it matched, and an editor that says what
// is wrong and how often a text would have matched in what the session has stored.

import { behind, fileStanding, trialText } from "../state/rules.js";
import { grouped, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { sourceField } from "./source.js";

export function rulesTab(root, actions) {
  const tables = h("section", { class: "editor-tables" });
  const side = h("section", { class: "editor", hidden: true });
  root.append(tables, side);
  const editor = rulesEditor(side, actions);

  const draw = ({ tabs: { rules: list }, ruleEditor: open }) => {
    morph(tables,
      h("div", { class: "bar" }, h("h2", {}, "Rules"),
        h("button", { class: "quiet small", data: { key: "new" }, onclick: actions.newRules }, "New\u2026"),
        list === undefined ? null : h("span", { class: "dim" }, holdsIn(list))),
      list === undefined ? h("p", { class: "dim" }, "Loading\u2026")
        : list.files.length === 0 ? h("p", { class: "dim" },
          "No rules: what games send goes on as it is. The menu of any row makes one (m), or New\u2026 here.")
          : [files(list, open), inUse(list)]);
  };

  const holdsIn = (list) => {
    if (list.version === "") return "";
    const waiting = behind(list);
    const labs = Object.keys(list.labs).filter((lab) => !waiting.includes(lab)).sort();
    return [`version ${list.version}`, labs.length > 0 ? ` holds in ${labs.join(", ")}` : " is asked for",
      waiting.length > 0 ? `; not yet in ${waiting.join(", ")}` : ""].join("");
  };

  const files = ({ files: all }, open) => h("table", { class: "table" },
    h("thead", {}, h("tr", {}, ["File", "State", ""].map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, all.flatMap((file) => {
      const { kind, text } = fileStanding(file);
      return [h("tr", { class: open?.file === file.name ? "chosen" : "" },
        h("td", { class: "mono" }, file.name), h("td", { class: kind }, text),
        h("td", {}, h("button", { class: "quiet small", data: { key: `edit ${file.name}` },
          onclick: () => actions.editRules(file.name) }, "Edit"))),
      file.problems.length === 0 ? null : h("tr", {}, h("td", { colspan: 3, class: "problem wraps" },
        file.problems.map(({ line, column, message }) =>
          h("div", {}, h("span", { class: "mono" }, `${file.name}:${line}:${column}`), ` ${visible(message)}`))))];
    })));

  const inUse = ({ rules }) => rules.length === 0 ? h("p", { class: "dim" }, "No rule is in use.")
    : h("table", { class: "table rules-in-use" },
      h("thead", {}, h("tr", {}, ["Rule", "Hits", "From \u2013 to", "When", "File"].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, rules.map((rule) => h("tr", { data: { rule: rule.name } },
        h("td", {}, h("b", {}, visible(rule.name)), rule.dryRun ? h("span", { class: "warn" }, " only counts") : null,
          rule.suspended === undefined ? null : h("span", { class: "problem" }, ` suspended until its file changes, ${visible(rule.suspended)}`),
          rule.limit === undefined ? null : h("span", { class: "dim" }, ` at most ${grouped(rule.limit)}`),
          rule.labs.length === 0 ? null : h("span", { class: "dim" }, ` in ${rule.labs.join(", ")}`)),
        h("td", { class: "number hits" }, grouped(rule.hits)),
        h("td", {}, `${rule.from.join(", ") || "all"} \u2013 ${rule.to.join(", ") || "all"}`),
        h("td", { class: "mono" }, rule.when === "" ? h("span", { class: "dim" }, "every packet")
          : h("button", { class: "link", title: "Apply as filter", data: { key: `when ${rule.name} ${rule.when}` },
            onclick: () => actions.filter(rule.when) }, visible(rule.when, 80))),
        h("td", { class: "dim" }, rule.file)))));

  const redraw = whenChanged((state) => [state.tabs.rules, state.ruleEditor?.file], draw);
  return (state) => {
    redraw(state);
    editor(state);
  };
}

function rulesEditor(root, actions) {
  const title = h("b", { class: "mono" });
  const said = h("output", {});
  const source = sourceField("Text of the rules", actions.rulesTyped,
    { s: actions.saveRules, Enter: actions.tryRules });
  const found = h("div", { class: "trial", role: "status" });
  root.append(h("div", { class: "bar" }, title, said, h("span", { class: "grow" }), source.place,
    h("button", { class: "quiet", title: "How often would it have matched in this session? Changes nothing (Ctrl+Enter)",
      onclick: () => actions.tryRules(source.value()) }, "Try"),
    h("button", { class: "quiet", title: "Save, and let it hold (Ctrl+S)", onclick: () => actions.saveRules(source.value()) }, "Save and use"),
    h("button", { class: "quiet danger", onclick: actions.deleteRules }, "Delete\u2026"),
    h("button", { class: "quiet", "aria-label": "Close the editor", onclick: actions.closeRules }, "\u2715")),
  source.element, h("div", {}, source.problems, found));
  let loaded = null;

  const trial = (result) => [h("p", {}, trialText(result)),
    result.rules.map((rule) => h("div", { class: "trial-rule" },
      h("b", {}, visible(rule.rule)), ` ${grouped(rule.matched)} `,
      rule.first.map((sequence) => h("button", { class: "link", data: { key: `first ${rule.rule} ${sequence}` },
        onclick: () => actions.select(sequence) }, grouped(sequence))),
      rule.problems.map((text) => h("div", { class: "problem" }, visible(text)))))];

  return whenChanged((state) => [state.ruleEditor], ({ ruleEditor: open }) => {
    root.hidden = open === null;
    root.parentElement?.classList.toggle("edits", open !== null);
    if (open === null) {
      loaded = null;
      return;
    }
    title.textContent = `${open.file}${open.dirty ? " \u2022" : ""}`;
    if (loaded === null || loaded.file !== open.file || loaded.text !== open.text) source.show(open.text);
    loaded = open;
    said.className = open.problems.length > 0 ? "problem" : "dim";
    said.textContent = open.said !== "" ? open.said : open.dirty ? "Not saved" : "";
    source.mark(open.problems);
    morph(found, open.trial === null ? [] : trial(open.trial));
  });
}
