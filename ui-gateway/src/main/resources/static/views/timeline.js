// The whole session at a glance: how much each game sent and when, markers, freezes and reloads. What
// is clicked is shown in the list.

import { marks, rates, sequenceAtTime } from "../state/timeline.js";
import { PARTS } from "../acts/tabs.js";
import { colourOf, grouped, moment, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { plot } from "./plot.js";

const PAINTS = { marker: "--accent", freeze: "--select-edge", run: "--faint", reload: "--warn" };

export function timelineTab(root, actions) {
  const paper = h("div", { class: "plot" });
  const list = h("ul", { class: "places marks" });
  root.append(h("div", { class: "timeline-both" }, paper, list));
  let drawn = null;
  let state = null;

  function draw(next) {
    state = next;
    const { tabs: { timeline }, markers, reloads } = state;
    if (timeline === undefined) return;
    const lab = state.sessions.find(({ id }) => id === state.session)?.lab;
    const all = marks(timeline, markers, reloads.filter((reload) => reload.lab === lab),
      ({ sequence }) => timeOfSequence(timeline, sequence));
    const { names, data } = rates(timeline, PARTS);
    if (drawn !== timeline || paper.childElementCount === 0 || all.length !== list.childElementCount) {
      plot(paper, data[0], names.map((name, i) => ({ label: `${name} events/s`,
        colour: `--game${colourOf(name) || 1}`, values: data[i + 1] })), {
        form: moment, height: Math.max(120, root.clientHeight - 60),
        onclick: (seconds) => actions.select(sequenceAtTime(timeline, seconds)),
        marks: all.filter(({ kind }) => kind !== "run")
          .map(({ seconds, kind, label }) => ({ x: seconds, paint: PAINTS[kind], label: kind === "marker" ? label : "" })) });
    }
    drawn = timeline;
    morph(list, all.map(({ kind, label, sequence, seconds }) => h("li", { class: `mark-${kind}` },
      sequence === null ? h("span", {}, moment(seconds))
        : h("button", { class: "link", data: { key: `${kind} ${sequence}` }, onclick: () => actions.select(sequence) },
          `No. ${grouped(sequence)}`), ` ${visible(label)}`)));
  }

  new ResizeObserver(() => {
    drawn = null;
    if (state !== null) draw(state);
  }).observe(root);
  return whenChanged((next) => [next.tabs.timeline, next.markers, next.reloads], draw);
}

/** About when an event was, by the part in which it is. */
const timeOfSequence = ({ parts }, sequence) =>
  parts.findLast(({ firstSequence }) => firstSequence <= sequence)?.at;
