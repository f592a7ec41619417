// Finding by value: where a number stands, which bytes followed a series of numbers, which bits changed
// only between certain moments.

import { betweenMarkers, numbers, windows } from "../state/statistics.js";
import { grouped, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";

const WAYS = {
  value: { label: "Where does this number stand?", placeholder: "9297 or 0x2451", read: (text) => (numbers(text)?.length === 1 ? numbers(text)[0] : null) },
  series: { label: "Which bytes followed these numbers?", placeholder: "9297, 9298, 9310", read: (text) => numbers(text)?.join(",") ?? null },
  bits: { label: "Which bits changed only then? (packets from-to)", placeholder: "120-140, 300-320", read: windows },
};

export function findTab(root, actions) {
  const answer = h("output", { class: "problem" });
  const found = h("div", {});
  const between = h("span", {});
  const forms = Object.entries(WAYS).map(([way, { label, placeholder, read }]) => {
    const input = h("input", { type: "text", placeholder, spellcheck: "false", "aria-label": label });
    return h("form", { class: "find", onsubmit: (event) => {
      event.preventDefault();
      const wanted = read(input.value.trim());
      answer.textContent = wanted === null ? `Expected: ${placeholder}` : "";
      if (wanted !== null) actions.find(way, wanted);
    } }, h("label", {}, label, input), h("button", { class: "quiet" }, "Find"), way === "bits" ? between : null);
  });
  root.append(h("div", { class: "columns" }, h("section", {}, forms, answer), h("section", { class: "wide" }, found)));
  const bits = forms.at(-1).querySelector("input");

  const drawMarkers = ({ markers, log }) => morph(between, betweenMarkers(markers, log.total).map(({ label, window }) =>
    h("button", { type: "button", class: "quiet small", data: { key: window }, title: window, onclick: () => {
      bits.value = bits.value.trim() === "" ? window : `${bits.value.trim()}, ${window}`;
    } }, `after \u201c${visible(label, 24)}\u201d`)));

  const draw = ({ tabs: { found: result } }) => {
    if (result === undefined) return morph(found, h("p", { class: "dim" }, "What is found stands here; a click leads there."));
    if (result.loading) return morph(found, h("p", { class: "dim" }, "Searching\u2026"));
    const { way, data } = result;
    morph(found, h("p", { class: "dim" }, `In ${grouped(data.sample.messages)} messages`
      + (data.sample.complete ? "" : `, from No. ${grouped(data.sample.first)} on`)), LISTS[way](data));
  };

  const at = (sequence, key) => h("button", { class: "link", data: { key: `${key} ${sequence}` },
    onclick: () => actions.select(sequence) }, `No. ${grouped(sequence)}`);
  const place = ({ protocol, type, offset, width, order }) => `${protocol} ${visible(type, 40)}, offset ${offset}`
    + (width === undefined ? "" : `, ${width} ${width > 1 ? `bytes ${order}` : "byte"}`);
  const LISTS = {
    value: ({ occurrences, places, hits }) => [h("p", {}, `${grouped(occurrences)} times`),
      h("ul", { class: "places" }, places.map((one, i) => h("li", {}, `${place(one)}: ${grouped(one.occurrences)} times, `,
        at(one.first, `first ${i}`), " to ", at(one.last, `last ${i}`)))),
      h("ul", { class: "places hits" }, hits.map((hit, i) => h("li", {}, at(hit.sequence, `hit ${i}`), ` ${place(hit)}`)))],
    series: ({ places }) => places.length === 0 ? h("p", {}, "No bytes did.")
      : h("ul", { class: "places" }, places.map((one, i) => h("li", {}, `${place(one)} of ${one.from}: `
        + { equal: "the same", scaled: `times ${one.factor}`, shifted: `plus ${one.difference}`, inOrder: "in this order, with others between" }[one.match]
        + ", ", at(one.first, `first ${i}`), " to ", at(one.last, `last ${i}`)))),
    bits: ({ bits: all }) => all.length === 0 ? h("p", {}, "No bit did.")
      : h("ul", { class: "places" }, all.map((one, i) => h("li", {},
        `${place(one)}, bit ${one.bit} of ${one.from}: ${one.was} to ${one.is} at `,
        one.changes.slice(0, 8).flatMap((sequence) => [at(sequence, `bit ${i}`), " "])))),
  };

  const remark = whenChanged((state) => [state.markers], drawMarkers);
  const redraw = whenChanged((state) => [state.tabs.found], draw);
  return (state) => {
    remark(state);
    redraw(state);
  };
}
