// The selected event as a tree: its messages with their fields first, then all else about it.

import { sameField } from "../state/reducer.js";
import { fieldsOf } from "../state/bytes.js";
import { h, whenChanged } from "./dom.js";
import { clockMicros, colourOf, endpoint, grouped, visible, words } from "../state/format.js";

/** What the reader closed stays closed at the next packet, by the heading. */
const closed = new Set();

export function messageTree(root, actions) {
  let nodes = [];

  /** Taken from what is drawn: events tell of it too late, when the next packet is there already. */
  function rememberFolds() {
    const folded = [...root.querySelectorAll("details[data-heading]")]
      .filter(({ open, dataset }) => open === closed.has(dataset.heading));
    for (const { open, dataset } of folded) {
      if (open) closed.delete(dataset.heading);
      else closed.add(dataset.heading);
    }
  }

  /** Arrows go through the fields, and fold and unfold what they are in. */
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const there = nodes.filter(({ element }) => element.offsetParent !== null);
    const current = there.findIndex(({ element }) => element.classList.contains("selected"));
    const details = there[current]?.element.closest("details");
    switch (event.key) {
      case "ArrowDown": choose(there[Math.min(there.length - 1, current + 1)]); break;
      case "ArrowUp": choose(there[Math.max(0, current - 1)]); break;
      case "ArrowLeft": if (details) details.open = false; break;
      case "ArrowRight": if (details) details.open = true; break;
      case "m": case "ContextMenu": menuOf(there[current]); break;
      default: return;
    }
    event.preventDefault();
  });

  function menuOf(node) {
    if (node === undefined) return;
    const box = node.element.getBoundingClientRect();
    actions.fieldMenu(node.at, box.left + 40, box.bottom);
  }

  const menuAt = (at) => (event) => {
    event.preventDefault();
    actions.field(at);
    actions.fieldMenu(at, event.clientX, event.clientY);
  };

  function choose(node) {
    if (node === undefined) return;
    actions.field(node.at);
    node.element.scrollIntoView({ block: "nearest" });
  }

  const mark = (state) => {
    for (const { element, at } of nodes) {
      element.classList.toggle("selected", sameField(at, state.field));
      element.classList.toggle("hovered", sameField(at, state.hover));
    }
    const chosen = nodes.find(({ at }) => sameField(at, state.field));
    if (chosen && state.field?.from === "hex") chosen.element.scrollIntoView({ block: "nearest" });
  };

  const field = (entry) => {
    const at = { message: entry.message, path: entry.path };
    const generated = entry.field.length === 0;
    const element = h("div", {
      class: `line field${generated ? " generated" : ""}`,
      title: `${entry.field.name}${generated ? "" : `  offset ${entry.field.offset}, ${entry.field.length} bytes${
        entry.field.bits === undefined ? "" : `, of their bits ${entry.field.bits}`}`}`,
      onmouseenter: () => actions.hover(at),
      onmouseleave: () => actions.hover(null),
      onmousedown: () => actions.field(at),
      oncontextmenu: menuAt(at),
    },
      h("span", { class: "label" }, generated ? `[${entry.field.label}]` : entry.field.label),
      h("span", { class: "value" }, visible(entry.field.display, 2000)));
    element.style.paddingLeft = `${10 + 14 * entry.depth}px`;
    nodes.push({ element, at });
    return element;
  };

  const drawAll = (state) => {
    nodes = [];
    rememberFolds();
    const { detail, detailProblem, selected } = state;
    if (selected === null) {
      root.replaceChildren(hint("Select a packet to see what it says",
        "click a row, or use j and k"));
      return;
    }
    if (detailProblem !== null) {
      root.replaceChildren(hint(`Packet ${selected}`, detailProblem));
      return;
    }
    if (detail === null) {
      root.replaceChildren(hint(`Packet ${grouped(selected)}`, "Loading\u2026"));
      return;
    }
    const fields = fieldsOf(detail);
    root.replaceChildren(
      ...detail.messages.map((found, index) => message(found, index,
        fields.filter((entry) => entry.message === index && entry.field !== null))),
      eventPart(detail), flowPart(detail), deliveryPart(detail));
  };

  const message = ({ message, spans, analyzerVersion }, index, entries) => {
    const at = { message: index, path: "" };
    const element = h("summary", {
      class: `line message proto-${["dplay", "x642"].includes(message.protocol) ? message.protocol : "data"}`,
      title: `by analyzer ${message.analyzer} ${analyzerVersion}`,
      onmouseenter: () => actions.hover(at),
      onmouseleave: () => actions.hover(null),
      oncontextmenu: menuAt(at),
    },
      h("span", { class: "badge" }, message.protocol),
      h("b", {}, message.type),
      h("span", { class: "dim" }, ` ${message.length} bytes`
        + (spans.length > 1 ? ` over ${spans.length} events` : "")
        + (message.completeness === "whole" ? "" : ` \u00b7 ${message.completeness}`)));
    nodes.push({ element, at });
    return folding(`message ${message.protocol}`, element,
      message.problem ? h("div", { class: "line problem" }, visible(message.problem)) : null,
      entries.map(field));
  };

  const redraw = whenChanged(
    (state) => [state.detail, state.detailProblem, state.detail === null && state.selected], drawAll);
  const remark = whenChanged((state) => [state.field, state.hover, state.detail], mark);
  return (state) => {
    redraw(state);
    remark(state);
  };
}

const hint = (title, text) =>
  h("div", { class: "hint" }, h("b", {}, title), h("span", {}, text));

/** A part that can be folded; `heading` says which of them are the same part of different packets. */
const folding = (heading, ...children) =>
  h("details", { open: !closed.has(heading), data: { heading } }, ...children);

const part = (title, lines) =>
  folding(title.split(" ")[0], h("summary", { class: "line part" }, title),
    lines.filter((line) => line !== null).map(([label, ...value]) =>
      h("div", { class: "line fact" },
        h("span", { class: "label" }, label), h("span", { class: "value" }, ...value))));

function eventPart(detail) {
  const { event } = detail;
  const crc = detail.original?.crc32c.toString(16).padStart(8, "0");
  return part(`Event ${grouped(event.sequence)} \u00b7 ${words(event.type)}`, [
    ["Captured", clockMicros(event.at)],
    ["Sequenced", clockMicros(event.sequencedAt), h("span", { class: "dim" }, ` epoch ${detail.ownerEpoch}`)],
    event.instance === undefined ? null
      : ["Game", h("span", { class: `game${colourOf(event.instance)}` }, event.instance),
        h("span", { class: "dim" }, ` run ${detail.run.slice(0, 8)}, adapter sequence ${detail.adapterSequence}`)],
    ["Verdict", h("span", { class: `verdict-word verdict-${event.verdict}` }, event.verdict),
      event.verdictDetail ? ` ${event.verdictDetail}` : ""],
    event.length === undefined ? null
      : ["Payload", `${event.length} bytes `, h("span",
        { class: detail.original.crc32cRight === false ? "problem" : "dim" },
        `CRC-32C ${crc} ${detail.original.crc32cRight === false ? "WRONG" : "right"}`)],
    detail.delivered === undefined ? null : ["Delivered", `${detail.delivered.length} other bytes`],
    detail.input === undefined ? null
      : ["Input", h("span", { class: "dim" },
        `${detail.input.topic}-${detail.input.partition} @ ${detail.input.offset}`)],
    ...Object.entries(detail.detail).filter(([name]) => !inFlowPart(name, event)).map(([name, value]) =>
      [name, visible(typeof value === "object" ? JSON.stringify(value) : String(value), 2000)]),
  ]);
}

/** The flow part says it already, and better. */
const inFlowPart = (name, { flow }) =>
  flow !== undefined && ["source", "destination", "flow"].includes(name);

function flowPart({ event: { flow } }) {
  if (flow === undefined) return "";
  const end = (which, side) => [which,
    h("span", { class: `game${colourOf(side.instance)}` }, side.instance ?? "nobody"),
    ` ${endpoint(side)}`];
  return part(`Flow ${flow.number} \u00b7 ${flow.protocol}`, [
    end("Source", flow.source),
    end("Destination", flow.destination),
    ["Direction", flow.fromOpener ? "from the opener" : "from the target"],
  ]);
}

function deliveryPart({ event, deliveries }) {
  if (deliveries.length === 0) return "";
  return part("Deliveries", deliveries.map((delivery) => [
    delivery.instance,
    `command ${delivery.commandSequence} `,
    ...(delivery.receipts.length === 0
      ? [h("span", { class: "warn" }, "no receipt yet")]
      : delivery.receipts.map((receipt) => h("span",
        { class: receipt.outcome === "done" ? "good" : "problem" },
        `${receipt.outcome} ${clockMicros(receipt.at).slice(3)}`
          + ` (+${((Date.parse(receipt.at) - Date.parse(event.at))).toFixed(0)} ms)`
          + (receipt.detail ? ` ${receipt.detail}` : "")))),
  ]));
}
