// The selected event's bytes: offset, hexadecimal, text. Tied to the tree in both directions; bytes
// that no field explains are grey. Where others were delivered, they stand beside those that the game sent,
// line by line.

import { bitsOf, bitText, bytesOfHex, COPIES, fieldsOf, inspect, ownerOfBit, owners, stretches }
  from "../state/bytes.js";
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
  let marks = { hover: new Map(), field: new Map() }; // the bits of each byte, by place
  let beside = null; // what was delivered, where it stands below each line
  let which = "both";
  let detail = null;
  let state = null;

  const byteAt = (event) => {
    const index = event.target.dataset?.i;
    return index === undefined ? -1 : Number(index);
  };
  /** The bit that is pointed at: two digits stand in the middle of the width of three. */
  const bitAt = ({ target, offsetX }) => target.parentElement?.className === "digits"
    ? Math.max(0, Math.min(7, Math.floor(4 * (3 * offsetX / target.offsetWidth - 0.5)))) : null;
  const fieldAt = (index, bit = null) => {
    if (index < 0 || owner[index] === undefined) return null;
    const entry = fields[bit === null ? owner[index] : ownerOfBit(fields, owner, index, bit)]
      ?? fields.find(({ field, ranges }) =>
        field === null && ranges.some(({ from, to }) => index >= from && index < to));
    return entry ? { message: entry.message, path: entry.path, from: "hex" } : null;
  };
  body.addEventListener("mouseover", (event) => actions.hover(fieldAt(byteAt(event), bitAt(event))));
  body.addEventListener("mouseleave", () => actions.hover(null));
  body.addEventListener("mousedown", (event) => {
    const index = byteAt(event);
    if (index >= 0) actions.field(fieldAt(index, bitAt(event)), index);
  });
  /** Arrows go from byte to byte. */
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || bytes.length === 0) return;
    if (event.target.closest("select, button")) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -PER_ROW, ArrowDown: PER_ROW };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = state.byte ?? firstOf(marks.field);
    const to = Number.isFinite(from) ? from + step : 0;
    if (to < 0 || to >= bytes.length) return;
    actions.field(fieldAt(to), to);
    const row = topOf(to);
    if (row < body.scrollTop) body.scrollTop = row;
    else if (row + ROW > body.scrollTop + body.clientHeight) body.scrollTop = row + ROW - body.clientHeight;
  });
  body.addEventListener("scroll", () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(body);

  const bitsAt = (at) => {
    const entry = at && fields.find((f) => f.message === at.message && f.path === at.path);
    return entry ? bitsOf(entry) : new Map();
  };

  function load(next) {
    state = next;
    detail = next.selected === null ? null : next.detail;
    if (detail?.delivered === undefined) which = "both";
    const payload = detail?.[which === "delivered" ? "delivered" : "original"];
    bytes = payload ? bytesOfHex(payload.hex) : new Uint8Array(0);
    beside = which === "both" && detail?.delivered !== undefined ? bytesOfHex(detail.delivered.hex) : null;
    // Fields tell of the bytes that the game sent.
    fields = detail && which !== "delivered" ? fieldsOf(detail) : [];
    owner = owners(fields, bytes.length);
    sizer.style.height = `${count() * ROW}px`;
    body.scrollTop = 0;
    title.replaceChildren(...heading());
    pool.forEach((row) => { row.at = -1; });
    mark(next);
  }

  const lines = () => (beside === null ? 1 : 2);
  const count = () => Math.ceil(Math.max(bytes.length, beside?.length ?? 0) / PER_ROW) * lines();
  const topOf = (place) => Math.floor(place / PER_ROW) * lines() * ROW;

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
        : [tab("both", "Both"), tab("original", "Original"), tab("delivered", "Delivered")]),
      h("span", { class: "dim" }, `${bytes.length}${beside === null ? "" : ` \u2192 ${beside.length}`}`
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
      const chosen = [...marks.field.keys()].sort((a, b) => a - b).map((i) => bytes[i]);
      const copied = chosen.length > 0 ? Uint8Array.from(chosen) : bytes;
      navigator.clipboard?.writeText(COPIES[menu.value](copied));
      menu.value = "";
    });
    return menu;
  }

  /** What the selected byte, or the field's first one, and those behind it are as values. */
  function showInspector(next) {
    const first = firstOf(marks.field);
    const at = next.byte ?? (Number.isFinite(first) ? first : -1);
    const partly = [...marks.field.values()].some((mask) => mask !== 0xff);
    const values = [...(partly ? [["its bits", bitText(bytes, marks.field)]] : []), ...inspect(bytes, at)];
    inspector.hidden = values.length === 0;
    inspector.replaceChildren(...values.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
  }

  function mark(next) {
    marks = { hover: bitsAt(next.hover), field: bitsAt(next.field) };
    showInspector(next);
    const first = firstOf(marks.field);
    if (Number.isFinite(first) && next.field.from !== "hex") {
      const top = topOf(first);
      if (top < body.scrollTop || top + ROW > body.scrollTop + body.clientHeight) {
        body.scrollTop = Math.max(0, top - body.clientHeight / 3);
      }
    }
    draw();
  }

  function draw() {
    const { first, end } = visibleRows({
      top: body.scrollTop, height: body.clientHeight, rowHeight: ROW, count: count(), around: 2 });
    while (pool.length < end - first) pool.push(newRow());
    pool.forEach((row, i) => {
      const index = first + i;
      row.hidden = index >= end;
      if (index >= end) return;
      const line = Math.floor(index / lines());
      const isBeside = index % lines() === 1;
      if (row.at !== index) place(row, index, isBeside ? "\u2192" : (line * PER_ROW).toString(16).padStart(4, "0"));
      row.classList.toggle("beside", isBeside);
      if (isBeside) fillBeside(row, line);
      else fill(row, line);
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

  function place(row, index, offset) {
    row.at = index;
    row.style.transform = `translateY(${index * ROW}px)`;
    row.firstChild.textContent = offset;
  }

  /** What was delivered instead of a line: what is other than it was stands out. */
  function fillBeside(row, line) {
    for (let i = 0; i < PER_ROW; i++) {
      const at = line * PER_ROW + i;
      const value = beside[at];
      const name = at >= beside.length ? "none" : value === bytes[at] ? "same" : "differs";
      set(row.cells[i], value === undefined ? "" : value.toString(16).padStart(2, "0"), name, null, 0xff, DIGITS);
      set(row.texts[i], value === undefined ? "" : value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : "\u00b7",
        name, null, 0xff, TEXT);
    }
  }

  function fill(row, line) {
    for (let i = 0; i < PER_ROW; i++) {
      const at = line * PER_ROW + i;
      const there = at < bytes.length;
      const value = bytes[at];
      const name = !there ? "none"
        : (owner[at] < 0 ? "unknown" : value === 0 ? "zero" : "known")
          + marked("selected", marks.field.get(at)) + (state.byte === at ? " cursor" : "")
          + marked("hovered", marks.hover.get(at));
      const mask = marks.hover.get(at) ?? marks.field.get(at) ?? 0xff;
      const printable = there && value >= 0x20 && value < 0x7f;
      set(row.cells[i], there ? value.toString(16).padStart(2, "0") : "", name, at, mask, DIGITS);
      set(row.texts[i], there ? (printable ? String.fromCharCode(value) : "\u00b7") : "",
        name + (printable ? "" : " unprintable"), at, mask, TEXT);
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

/** A large field has more bytes than a function may have arguments. */
const firstOf = (bits) => [...bits.keys()].reduce((first, place) => Math.min(first, place), Infinity);

const marked = (how, mask) => mask === undefined ? "" : mask === 0xff ? ` ${how}` : ` partly-${how}`;

/** Where a bit stands in a cell. */
const DIGITS = (bit) => `${0.5 + bit / 4}ch`;
const TEXT = (bit) => `${bit / 8}ch`;

function set(cell, text, name, at, mask, place) {
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.className !== name) cell.className = name;
  if (at === null) delete cell.dataset.i;
  else cell.dataset.i = at;
  if (cell.mask === mask) return;
  cell.mask = mask;
  cell.style.setProperty("--bits", mask === 0xff ? "none" : gradient(mask, place));
}

/** Only the bits of a mask are coloured. */
const gradient = (mask, place) => `linear-gradient(90deg, ${stretches(mask).map(({ from, to }) =>
  `transparent ${place(from)}, var(--bit) ${place(from)} ${place(to)}, transparent ${place(to)}`).join(", ")})`;
