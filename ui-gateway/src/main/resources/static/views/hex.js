// The selected event's bytes: offset, hexadecimal, text. Tied to the tree in both directions; bytes
// that no field explains are grey.

import { bytesOfHex, COPIES, fieldsOf, inspect, owners } from "../state/bytes.js";
import { visibleRows } from "../state/window.js";
import { h, whenChanged } from "./dom.js";

const ROW = 19;
const PER_ROW = 16;

export function hexView(root, actions) {
  const sizer = h("div", { class: "sizer" });
  const body = h("div", { class: "bytes", role: "group", tabindex: 0, "aria-label": "Bytes" }, sizer);
  const title = h("div", { class: "hex-title" });
  const inspector = h("dl", { class: "inspector", hidden: true });
  root.append(title, body, inspector);

  const pool = [];
  let bytes = new Uint8Array(0);
  let fields = [];
  let owner = new Int32Array(0);
  let marks = { hover: new Set(), field: new Set() };
  let which = "original";
  let detail = null;
  let state = null;

  const byteAt = (event) => {
    const index = event.target.dataset?.i;
    return index === undefined ? -1 : Number(index);
  };
  const fieldAt = (index) => {
    if (index < 0 || owner[index] === undefined) return null;
    const entry = fields[owner[index]]
      ?? fields.find(({ field, ranges }) =>
        field === null && ranges.some(({ from, to }) => index >= from && index < to));
    return entry ? { message: entry.message, path: entry.path, from: "hex" } : null;
  };
  body.addEventListener("mouseover", (event) => actions.hover(fieldAt(byteAt(event))));
  body.addEventListener("mouseleave", () => actions.hover(null));
  body.addEventListener("mousedown", (event) => {
    const index = byteAt(event);
    if (index >= 0) actions.field(fieldAt(index), index);
  });
  /** Arrows go from byte to byte. */
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || bytes.length === 0) return;
    if (event.target.closest("select, button")) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -PER_ROW, ArrowDown: PER_ROW };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = state.byte ?? Math.min(...marks.field);
    const to = Number.isFinite(from) ? from + step : 0;
    if (to < 0 || to >= bytes.length) return;
    actions.field(fieldAt(to), to);
    const row = Math.floor(to / PER_ROW) * ROW;
    if (row < body.scrollTop) body.scrollTop = row;
    else if (row + ROW > body.scrollTop + body.clientHeight) body.scrollTop = row + ROW - body.clientHeight;
  });
  body.addEventListener("scroll", () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(body);

  const bytesOf = (at) => {
    const set = new Set();
    const entry = at && fields.find((f) => f.message === at.message && f.path === at.path);
    for (const { from, to } of entry?.ranges ?? []) for (let i = from; i < to; i++) set.add(i);
    return set;
  };

  function load(next) {
    state = next;
    detail = next.selected === null ? null : next.detail;
    if (detail?.delivered === undefined) which = "original";
    const payload = detail?.[which];
    bytes = payload ? bytesOfHex(payload.hex) : new Uint8Array(0);
    // Fields tell of the bytes that the game sent.
    fields = detail && which === "original" ? fieldsOf(detail) : [];
    owner = owners(fields, bytes.length);
    sizer.style.height = `${Math.ceil(bytes.length / PER_ROW) * ROW}px`;
    body.scrollTop = 0;
    title.replaceChildren(...heading());
    pool.forEach((row) => { row.at = -1; });
    mark(next);
  }

  function heading() {
    if (detail === null) return [];
    if (detail.original === undefined) return [h("span", { class: "dim" }, "no payload")];
    const unknown = owner.reduce((count, index) => count + (index < 0 ? 1 : 0), 0);
    const tab = (name, label) => h("button", {
      class: `tab${which === name ? " on" : ""}`,
      onclick: () => { which = name; load(state); },
    }, label);
    return [
      ...(detail.delivered === undefined ? [h("span", {}, "Bytes")]
        : [tab("original", "Original"), tab("delivered", "Delivered")]),
      h("span", { class: "dim" }, `${bytes.length}`
        + (fields.length > 0 && unknown > 0 ? ` \u00b7 ${unknown} unexplained` : "")),
      h("span", { class: "grow" }),
      copyMenu(),
    ];
  }

  /** Copies the selected field's bytes, or all where none is selected. */
  function copyMenu() {
    const menu = h("select", { class: "copy", title: "Copy the selected field's bytes, or all of them",
      "aria-label": "Copy as" },
      h("option", { value: "" }, "Copy as\u2026"),
      Object.keys(COPIES).map((name) => h("option", { value: name }, name)));
    menu.addEventListener("change", () => {
      const chosen = [...marks.field].sort((a, b) => a - b).map((i) => bytes[i]);
      const copied = chosen.length > 0 ? Uint8Array.from(chosen) : bytes;
      navigator.clipboard?.writeText(COPIES[menu.value](copied));
      menu.value = "";
    });
    return menu;
  }

  /** What the selected byte, or the field's first one, and those behind it are as values. */
  function showInspector(next) {
    const first = Math.min(...marks.field);
    const at = next.byte ?? (Number.isFinite(first) ? first : -1);
    const values = inspect(bytes, at);
    inspector.hidden = values.length === 0;
    inspector.replaceChildren(...values.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }

  function mark(next) {
    marks = { hover: bytesOf(next.hover), field: bytesOf(next.field) };
    showInspector(next);
    const first = Math.min(...marks.field);
    if (Number.isFinite(first) && next.field.from !== "hex") {
      const top = Math.floor(first / PER_ROW) * ROW;
      if (top < body.scrollTop || top + ROW > body.scrollTop + body.clientHeight) {
        body.scrollTop = Math.max(0, top - body.clientHeight / 3);
      }
    }
    draw();
  }

  function draw() {
    const count = Math.ceil(bytes.length / PER_ROW);
    const { first, end } = visibleRows({
      top: body.scrollTop, height: body.clientHeight, rowHeight: ROW, count, around: 2 });
    while (pool.length < end - first) pool.push(newRow());
    pool.forEach((row, i) => {
      const index = first + i;
      row.hidden = index >= end;
      if (index < end) fill(row, index);
    });
  }

  function newRow() {
    const cells = [];
    const texts = [];
    for (let i = 0; i < PER_ROW; i++) {
      cells.push(h("i"));
      texts.push(h("i"));
    }
    const row = h("div", { class: "hex-row" },
      h("span", { class: "offset" }), h("span", { class: "digits" }, cells),
      h("span", { class: "text" }, texts));
    Object.assign(row, { cells, texts, at: -1 });
    body.append(row);
    return row;
  }

  function fill(row, index) {
    if (row.at !== index) {
      row.at = index;
      row.style.transform = `translateY(${index * ROW}px)`;
      row.firstChild.textContent = (index * PER_ROW).toString(16).padStart(4, "0");
    }
    for (let i = 0; i < PER_ROW; i++) {
      const at = index * PER_ROW + i;
      const there = at < bytes.length;
      const value = bytes[at];
      const name = !there ? "none"
        : (owner[at] < 0 ? "unknown" : value === 0 ? "zero" : "known")
          + (marks.field.has(at) ? " selected" : "") + (state.byte === at ? " cursor" : "")
          + (marks.hover.has(at) ? " hovered" : "");
      const printable = there && value >= 0x20 && value < 0x7f;
      set(row.cells[i], there ? value.toString(16).padStart(2, "0") : "", name, at);
      set(row.texts[i], there ? (printable ? String.fromCharCode(value) : "\u00b7") : "",
        name + (printable ? "" : " unprintable"), at);
    }
  }

  const reload = whenChanged((next) => [next.detail, next.selected === null], load);
  const remark = whenChanged((next) => [next.hover, next.field, next.byte], mark);
  return (next) => {
    state = next;
    reload(next);
    remark(next);
  };
}

function set(cell, text, name, at) {
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.className !== name) cell.className = name;
  cell.dataset.i = at;
}
