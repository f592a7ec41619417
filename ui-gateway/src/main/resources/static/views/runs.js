// Runs: start one with versions of analyzers, see how far it is, and see what two of them decode
// differently and how much more of each type is understood.

import { percent } from "../state/analyzers.js";
import { clock, grouped, visible } from "../state/format.js";
import { DRAFT, IN_USE, STORED, WITHOUT, changes, isOver, runName, runStanding, share, summary } from "../state/runs.js";
import { h, morph, whenChanged } from "./dom.js";

export function runsTab(root, actions) {
  const left = h("section", { class: "editor-tables" });
  const right = h("section", { class: "editor-tables comparison" });
  root.append(left, right);
  const choice = {};
  let sides = null; // what the two lists above the comparison are set to by hand

  const begin = ({ tabs: { versions, analyzers }, editor }) => {
    const own = Object.entries(versions ?? {});
    return h("form", { class: "run-form", data: { key: `form ${own.length}` },
      onsubmit: (event) => { event.preventDefault(); actions.startRun({ ...choice }); } },
    own.map(([name, all]) => h("label", {}, h("span", {}, name),
      h("select", { data: { key: `choice ${name}` }, "aria-label": `Version of ${name}`,
        onchange: (event) => { choice[name] = event.target.value; } },
      option(IN_USE, `in use: ${(analyzers?.find((one) => one.name === name)?.version ?? "none").slice(0, 12)}`),
      option(WITHOUT, "without it"),
      editor !== null && all.some(({ file }) => file === editor.file) ? option(DRAFT, "as it stands in the editor") : null,
      all.map(({ version, savedAt }) => option(version, `${version.slice(0, 12)}, saved ${clock(savedAt, false)}`))))),
    h("button", { class: "quiet" }, "Start a run"));
  };

  const option = (value, label) => h("option", { value }, label);

  const runs = (all) => all.length === 0
    ? h("p", { class: "dim" }, "A run dissects the session again, beside what is stored of it. Nothing that is stored changes.")
    : h("table", { class: "table runs-table" },
      h("thead", {}, h("tr", {}, ["Run", "Progress", "", ""].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, all.map((run) => {
        const { kind, text } = runStanding(run);
        return h("tr", { data: { run: run.id } },
          h("td", {}, runName(run)),
          h("td", {}, h("progress", { max: 1, value: share(run), "aria-label": `Progress of ${runName(run)}` })),
          h("td", { class: kind }, visible(text, 80)),
          h("td", { class: "buttons" },
            run.state === "finished" ? h("button", { class: "quiet small", data: { key: `compare ${run.id}` },
              onclick: () => { sides = null; actions.compareRuns(STORED, run.id); } }, "Compare") : null,
            h("button", { class: "quiet small", data: { key: `cancel ${run.id} ${isOver(run)}` },
              onclick: () => actions.cancelRun(run) }, isOver(run) ? "Delete\u2026" : "Cancel")));
      })));

  const side = (label, which, all, chosen) => h("label", {}, `${label} `,
    h("select", { data: { key: `${which} ${all.map(({ id }) => id).join()} ${chosen}` },
      onchange: (event) => { sides = { ...sides, [which]: event.target.value }; } },
    h("option", { value: STORED, selected: chosen === STORED }, "what is stored"),
    all.map((run) => h("option", { value: run.id, selected: chosen === run.id }, runName(run)))));

  const compared = ({ tabs: { runs: all = [], comparison } }) => {
    const finished = all.filter(({ state }) => state === "finished");
    if (finished.length === 0 && comparison === undefined) return null;
    const before = comparison?.before ?? STORED;
    const after = comparison?.after ?? finished[0].id;
    return [h("div", { class: "bar" }, side("Before", "before", finished, before), side("After", "after", finished, after),
      h("button", { class: "quiet small", data: { key: `go ${before} ${after}` },
        onclick: () => {
          const wanted = { before, after, ...sides };
          sides = null;
          actions.compareRuns(wanted.before, wanted.after);
        } }, "Compare"),
      promotions(finished.find(({ id }) => id === after))),
    ...(comparison === undefined ? [] : result(comparison))];
  };

  const promotions = (run) => run?.analyzers.filter(({ user }) => user).map(({ name, version }) =>
    h("button", { class: "quiet small", data: { key: `promote ${name} ${version}` },
      onclick: () => actions.promote(name, version) }, `Use ${name} ${version.slice(0, 8)}\u2026`)) ?? null;

  const result = (comparison) => {
    if (comparison.types === null) return [h("p", { class: "dim" }, "Comparing\u2026")];
    const { before, after } = summary(comparison.types);
    const types = changes(comparison.types);
    const same = types.filter(({ gain, messages: [a, b] }) => gain === 0 && a === b);
    return [h("p", {}, `Understood: ${percent(before)} before, `, h("b", { class: "after" }, `${percent(after)} after`)),
      coverage(types.filter((type) => !same.includes(type))),
      same.length === 0 ? null : h("p", { class: "dim" }, `As before: ${grouped(same.length)} ${same.length === 1 ? "type" : "types"}.`),
      h("h2", {}, "Messages that decode differently"),
      ...(comparison.messages.length === 0 ? [h("p", { class: "dim" }, "None.")] : messages(comparison))];
  };

  const shown = (share) => (share === null ? "\u2013" : percent(share));

  const coverage = (types) => types.length === 0 ? null : h("table", { class: "table coverage" },
    h("thead", {}, h("tr", {}, ["Type", "Before", "After", "Bytes", "Messages"].map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, types.map(({ protocol, type, before, after, gain, messages: [a, b] }) => h("tr", {},
      h("td", {}, visible(type, 40), h("span", { class: "dim" }, ` ${protocol}`)),
      h("td", { class: "number" }, shown(before)), h("td", { class: "number" }, shown(after)),
      h("td", { class: `number ${gain < 0 ? "problem" : "good"}` }, gain === 0 ? "" : `${gain > 0 ? "+" : "\u2212"}${grouped(Math.abs(gain))}`),
      h("td", { class: "number" }, a === b ? grouped(a) : `${grouped(a)} \u2192 ${grouped(b)}`)))));

  const decoded = (message) => message === undefined ? h("span", { class: "dim" }, "not found")
    : [h("b", {}, visible(message.type, 40)), ` ${visible(message.summary, 120)} `,
      h("span", { class: "dim" }, `${grouped(message.understood)} of ${grouped(message.length)} bytes`)];

  const messages = ({ messages: all, next }) => [h("table", { class: "table differences" },
    h("thead", {}, h("tr", {}, ["No.", "Analyzer", "Before", "After"].map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, all.map(({ sequence, analyzer, index, before, after }) => h("tr", {},
      h("td", {}, h("button", { class: "link", data: { key: `go ${sequence} ${analyzer} ${index}` },
        onclick: () => actions.select(sequence) }, grouped(sequence))),
      h("td", {}, analyzer), h("td", { class: "decoded" }, decoded(before)), h("td", { class: "decoded" }, decoded(after)))))),
  next === undefined ? null : h("button", { class: "quiet small", data: { key: `more ${next}` }, onclick: actions.compareMore }, "More")];

  return whenChanged((state) => [state.tabs.runs, state.tabs.versions, state.tabs.comparison, state.tabs.analyzers, state.editor?.file],
    (state) => {
      morph(left, h("div", { class: "bar" }, h("h2", {}, "Runs"), begin(state)),
        state.tabs.runs === undefined ? h("p", { class: "dim" }, "Loading\u2026") : runs(state.tabs.runs));
      morph(right, ...(compared(state) ?? [h("p", { class: "dim" },
        "What two runs decode differently is shown here once one is over.")]));
    });
}
