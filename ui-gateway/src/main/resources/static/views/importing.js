// Captures are dropped anywhere on the page, or chosen; a card says how far one is and what became of
// it, frame by frame.

import { importText, progressOf } from "../state/importing.js";
import { grouped, size, visible } from "../state/format.js";
import { fill, h, morph, whenChanged } from "./dom.js";

/** @param target what is shown while a file is held over the page */
export function importing(card, target, dialog, actions) {
  const isFile = (event) => [...event.dataTransfer?.types ?? []].includes("Files");
  let over = 0;
  const show = (count) => {
    over = Math.max(0, count);
    target.hidden = over === 0;
  };
  addEventListener("dragenter", (event) => { if (isFile(event)) show(over + 1); });
  addEventListener("dragleave", (event) => { if (isFile(event)) show(over - 1); });
  addEventListener("dragover", (event) => { if (isFile(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    show(0);
    const [file] = event.dataTransfer.files;
    if (file) actions.importFile(file);
  });

  return whenChanged((state) => [state.importing], ({ importing: one }) => {
    card.hidden = one === null;
    if (one === null) return;
    const { report, problem } = one;
    const done = progressOf(one);
    card.className = problem !== null ? "failed" : report !== null ? "done" : "";
    morph(card, h("span", { class: problem !== null ? "problem" : "" }, visible(importText(one))),
      report === null && problem === null
        ? h("progress", { max: 1, value: done, "aria-label": "Progress of the import" }) : null,
      report === null ? null : h("span", { class: "buttons" },
        h("button", { class: "quiet small", data: { key: `open ${report.session}` },
          onclick: () => { actions.importSeen(); actions.open(report.session); } }, "Open the session"),
        h("button", { class: "quiet small", data: { key: `report ${report.session}` },
          onclick: () => showReport(dialog, one.name, report) }, "Report")),
      report === null && problem === null ? null : h("button", { class: "quiet small", "aria-label": "Close",
        data: { key: "close" }, onclick: actions.importSeen }, "\u2715"));
  });
}

/** A button that asks for a file. */
export function importButton(actions, label = "Import a capture\u2026") {
  const input = h("input", { type: "file", accept: ".pcapng,.pcap,.cap", hidden: true, "aria-label": "Capture",
    onchange: () => {
      const [file] = input.files;
      if (file) actions.importFile(file);
      input.value = "";
    } });
  return h("span", { class: "import" }, input, h("button", { type: "button", class: "quiet small",
    title: "A pcapng or pcap file becomes a session; it can also be dropped on the page",
    onclick: () => input.click() }, label));
}

function showReport(dialog, name, report) {
  fill(dialog,
    h("h2", {}, `What became of ${visible(name, 80)}`),
    h("p", {}, `${grouped(report.frames)} frames, each counted once; ${grouped(report.events)} events of `,
      report.instances.map(({ name: game, address }) => `${game} (${address})`).join(", "), "."),
    h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["Fate", "Frames", "What", "Bytes", "First frame"].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, report.rows.map((row) => h("tr", {},
        h("td", { class: row.fate === "incomplete" ? "warn" : row.fate === "imported" ? "good" : "dim" }, row.fate),
        h("td", { class: "number" }, grouped(row.frames)), h("td", {}, visible(row.what)),
        h("td", { class: "number" }, size(row.bytes)),
        h("td", { class: "number" }, row.firstFrame > 0 ? grouped(row.firstFrame) : ""))))),
    report.remarks.length === 0 ? null : h("ul", {}, report.remarks.map((text) => h("li", {}, visible(text)))),
    h("div", { class: "buttons" }, h("button", { class: "quiet", onclick: () => dialog.close() }, "Close")));
  if (!dialog.open) dialog.showModal();
}
