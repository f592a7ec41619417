// Lanes: a column for each game, an arrow for each message, with latency, verdict and receipt. What is
// drawn can be taken along as an SVG of its own.

import { drawing, HEAD, ROW } from "../state/lanes.js";
import { labels } from "../state/markers.js";
import { colourOf, grouped, visible } from "../state/format.js";
import { drawn, fill, h, whenChanged } from "./dom.js";

const SIGNS = { done: "\u25cf", failed: "\u2715", missing: "\u25cb" };

export function lanesTab(root, actions) {
  const title = h("span", { class: "dim" });
  const paper = h("div", { class: "paper", tabindex: 0, role: "group", "aria-label": "Lanes" });
  const save = h("button", { class: "quiet small", onclick: () => actions.download(
    "lanes.svg", "image/svg+xml", standalone(paper.querySelector("svg"))) }, "Save as SVG");
  root.append(h("div", { class: "bar" }, title, h("span", { class: "grow" }),
    h("button", { class: "quiet small", onclick: () => actions.lanesBy(-1) }, "\u2191 Earlier"),
    h("button", { class: "quiet small", onclick: () => actions.lanesBy(1) }, "\u2193 Later"), save), paper);
  let state = null;
  /** The games' names stay in view. */
  const keepHead = () =>
    paper.querySelector(".lane-head")?.setAttribute("transform", `translate(0 ${paper.scrollTop})`);
  paper.addEventListener("scroll", keepHead, { passive: true });
  new ResizeObserver(() => { if (state !== null) draw(state); }).observe(paper);

  function draw(next) {
    state = next;
    const { tabs: { lanes: events }, instances, selected } = state;
    save.disabled = events === undefined || events.length === 0;
    if (events === undefined) return fill(paper, h("p", { class: "dim" }, "Loading\u2026"));
    if (events.length === 0) return fill(paper, h("p", { class: "dim" }, "Nothing to draw here."));
    title.textContent = `No. ${grouped(events[0].event.sequence)} to ${grouped(events.at(-1).event.sequence)}`;
    const lab = state.sessions.find(({ id }) => id === state.session)?.lab;
    const names = instances.filter((instance) => instance.lab === lab).map(({ name }) => name);
    const picture = drawing(events, names, Math.max(560, paper.clientWidth - 4));
    fill(paper, svg(picture, selected, labels(state.markers)));
    const chosen = paper.querySelector(".lane-row.selected");
    if (chosen) {
      const y = Number(chosen.dataset.y);
      if (y < paper.scrollTop + HEAD || y > paper.scrollTop + paper.clientHeight - ROW) {
        paper.scrollTop = Math.max(0, y - paper.clientHeight / 2);
      }
    }
    keepHead();
  }

  const svg = ({ lanes, rows, width, height }, selected, named) => drawn("svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, class: "lanes-drawing", role: "img", "aria-label": "Messages between the games" },
    lanes.map(({ name, x }) =>
      drawn("line", { x1: x, y1: HEAD - 6, x2: x, y2: height, class: `lane game-line${colourOf(name)}` })),
    rows.map((row) => line(row, row.sequence === selected, named.get(row.sequence))),
    drawn("g", { class: "lane-head" },
      drawn("rect", { x: 0, y: 0, width: "100%", height: HEAD - 6, class: "lane-head-ground" }),
      lanes.map(({ name, x }) =>
        drawn("text", { x, y: 19, "text-anchor": "middle", class: `lane-name game${colourOf(name)}` }, name))));

  const line = (row, selected, label) => drawn("g", { class: `lane-row verdict-${row.verdict}${selected ? " selected" : ""}`,
    data: { y: row.y, sequence: row.sequence }, onclick: () => actions.select(row.sequence) },
    drawn("title", {}, row.title),
    drawn("rect", { x: 0, y: row.y - ROW / 2, width: "100%", height: ROW, class: "lane-ground" }),
    drawn("text", { x: 8, y: row.y + 4, class: "lane-time" }, `${row.sequence}  ${row.time}`),
    label === undefined ? null : drawn("text", { x: 8, y: row.y - 8, class: "lane-marker" }, `\u2691 ${visible(label, 40)}`),
    drawn("circle", { cx: row.from, cy: row.y, r: 3, class: `lane-dot game-fill${colourOf(row.instance)}` }),
    row.arrows.map((arrow) => arrowOf(row, arrow)),
    row.arrows.length > 0 ? null
      : drawn("text", { x: row.from + 10, y: row.y + 4, class: "lane-label" }, row.label),
    row.verdict === "relayed" || row.verdict === "observed" ? null
      : drawn("text", { x: row.from, y: row.y - 6, "text-anchor": "middle", class: "lane-verdict" }, row.verdict));

  function arrowOf(row, arrow) {
    const right = arrow.to > row.from;
    const tip = arrow.to + (right ? -7 : 7);
    const middle = (row.from + arrow.to) / 2;
    const text = row.label.length > 24 ? `${row.label.slice(0, 23)}\u2026` : row.label;
    return [
      drawn("line", { x1: row.from, y1: row.y, x2: tip, y2: row.y + 4, class: `arrow game-line${colourOf(row.instance)}` }),
      drawn("path", { d: `M${arrow.to} ${row.y + 4} l${right ? -8 : 8} -4 v8 z`, class: `tip game-fill${colourOf(row.instance)}` }),
      drawn("text", { x: middle, y: row.y - 2, "text-anchor": "middle", class: "lane-label" }, text),
      drawn("text", { x: arrow.to + (right ? 8 : -8), y: row.y + 8, "text-anchor": right ? "start" : "end",
        class: `lane-receipt ${arrow.receipt}` }, `${SIGNS[arrow.receipt]} ${arrow.latency}`)];
  }

  return whenChanged((next) => [next.tabs.lanes, next.selected, next.markers, next.instances.length], draw);
}

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font", "opacity"];

/** A copy that looks the same without the page: what its style sheets say stands in its elements. */
export function standalone(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of STYLED) to[i].style.setProperty(name, style.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  to.forEach((element) => element.removeAttribute("transform"));
  copy.style.background = getComputedStyle(svg.closest(".paper")).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
}
