// Statistics: which messages there are, how often they come, and which of a type's bytes vary and how.

import { bitFlips, columnText, distribution, heat } from "../state/statistics.js";
import { colourOf, grouped, moment, size, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { plot } from "./plot.js";

export function statisticsTab(root, actions) {
  const tables = h("div", {});
  const strip = h("div", {});
  const paper = h("div", { class: "plot" });
  let chosen = null; // the byte whose values are shown: { of, offset }
  root.append(h("div", { class: "columns" }, h("section", {}, tables), h("section", { class: "wide" }, paper, strip)));

  const draw = ({ tabs: { statistics, bytes } }) => {
    if (statistics === undefined) return morph(tables, h("p", { class: "dim" }, "Loading\u2026"));
    const { sample, types, directions, periodic } = statistics;
    morph(tables,
      h("p", { class: "dim" }, `${grouped(statistics.messages)} messages, ${size(statistics.bytes)}`
        + (sample.complete ? "" : `: the newest, from No. ${grouped(sample.first)} on`)),
      table(["Type", "Messages", "Bytes", "Lengths", ""], types.map((type) => [
        `${type.protocol} ${visible(type.type, 40)}`, grouped(type.messages), size(type.bytes),
        type.shortest === type.longest ? String(type.longest) : `${type.shortest}\u2013${type.longest}`,
        h("button", { class: "quiet small", data: { key: `bytes ${type.protocol} ${type.type}` },
          "aria-pressed": String(bytes?.type === type.type && bytes?.protocol === type.protocol),
          onclick: () => actions.bytesOf(type.protocol, type.type) }, "Bytes")])),
      h("h2", {}, "Between the games"),
      table(["From", "To", "Messages", "Bytes"], directions.map((way) => [
        h("span", { class: `game${colourOf(way.from)}` }, way.from), way.to ?? "everybody",
        grouped(way.messages), size(way.bytes)])),
      periodic.length === 0 ? null : [h("h2", {}, "Regular"),
        table(["Type", "From", "Every", ""], periodic.map((one) => [`${one.protocol} ${visible(one.type, 40)}`, one.from,
          `${Math.round(one.period * 1000) / 1000} s`, one.heartbeat ? "heartbeat" : ""]))]);
  };

  const table = (heads, rows) => h("table", { class: "table" },
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))));

  const drawBytes = ({ tabs: { bytes } }) => {
    if (bytes === undefined) return morph(strip, h("p", { class: "dim" }, "Choose the bytes of a type to see which of them vary."));
    morph(strip,
      h("h2", {}, `Bytes of ${visible(bytes.type, 60)}: the first ${grouped(bytes.looked)} of each of ${grouped(bytes.messages)} messages`),
      h("div", { class: "heat", role: "group", "aria-label": "How much each byte varies" }, bytes.columns.map((column) =>
        h("button", { class: `heat${heat(column)}`, title: columnText(column), "aria-label": columnText(column),
          "aria-pressed": String(chosen?.of === bytes && chosen.offset === column.offset), data: { key: `byte ${column.offset}` },
          onclick: () => { chosen = { of: bytes, offset: column.offset }; drawBytes({ tabs: { bytes } }); } },
        column.constant ? column.least.toString(16).padStart(2, "0") : "\u00b7\u00b7"))),
      values(chosen?.of === bytes ? bytes.columns[chosen.offset] : undefined),
      h("ul", { class: "places" }, bytes.findings.map(({ offset, width, kind, text }) =>
        h("li", {}, h("b", {}, `${offset}${width > 1 ? `\u2013${offset + width - 1}` : ""}`), ` ${kind}: ${visible(text)}`))));
  };

  const bar = (label, count, share) => h("tr", {}, h("td", { class: "mono" }, label),
    h("td", {}, h("meter", { min: 0, max: 1, value: share, "aria-label": label })), h("td", { class: "number" }, grouped(count)));

  /** What one byte has been, and which of its bits flip. */
  const values = (column) => {
    if (column === undefined) return h("p", { class: "dim" }, "Choose a byte to see its values and which of its bits flip.");
    const { shown, others } = distribution(column);
    return h("div", { class: "byte-values" }, h("p", {}, columnText(column)),
      h("table", { class: "table distribution" }, h("caption", {}, "Values"), h("tbody", {},
        shown.map(({ text, count, share }) => bar(text, count, share)),
        others === null ? null : bar(`${grouped(others.distinct)} others`, others.count, others.share))),
      h("table", { class: "table flips" }, h("caption", {}, "Bits that flipped"), h("tbody", {},
        bitFlips(column).map(({ bit, count, share }) => bar(`bit ${bit}`, count, share)))));
  };

  const drawRates = ({ tabs: { statistics } }) => {
    if (statistics === undefined || statistics.seconds.messages.length < 2) return;
    const { width, messages } = statistics.seconds;
    plot(paper, messages.map((_, i) => i * width), [{ label: "messages/s", colour: "--select-edge",
      values: messages.map((count) => count / width) }], { form: moment, height: 150 });
  };

  const redraw = whenChanged((state) => [state.tabs.statistics, state.tabs.bytes], draw);
  const restrip = whenChanged((state) => [state.tabs.bytes], drawBytes);
  const replot = whenChanged((state) => [state.tabs.statistics], drawRates);
  return (state) => {
    redraw(state);
    restrip(state);
    replot(state);
  };
}
