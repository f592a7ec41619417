// The session's flows, each a line: who with whom, how much, since when.

import { endpoint, grouped, size, words } from "../state/format.js";
import { colourOf } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";

export function flowsTab(root, actions) {
  const draw = ({ tabs: { flows }, flow: followed }) => {
    if (flows === undefined) return morph(root, h("p", { class: "dim" }, "Loading\u2026"));
    if (flows.length === 0) return morph(root, h("p", { class: "dim" }, "No flow has been opened yet."));
    morph(root, h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["Flow", "Protocol", "Opened by", "With", "Events", "From opener", "From target",
        "First", "End", "Show"].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, flows.map((flow) => line(flow, flow.number === followed)))));
  };

  const line = (flow, followed) => h("tr", { class: followed ? "chosen" : "" },
    h("td", { class: "number" }, flow.number), h("td", {}, flow.protocol),
    h("td", {}, end(flow.opener)), h("td", {}, end(flow.target)),
    h("td", { class: "number" }, grouped(flow.events)),
    h("td", { class: "number" }, size(flow.bytesFromOpener)),
    h("td", { class: "number" }, size(flow.bytesFromTarget)),
    h("td", {}, link(`No. ${grouped(flow.firstSequence)}`, `first ${flow.number}`, () => actions.select(flow.firstSequence))),
    h("td", {}, flow.closedSequence === undefined ? h("span", { class: "dim" }, "open")
      : [link(`No. ${grouped(flow.closedSequence)}`, `end ${flow.number}`, () => actions.select(flow.closedSequence)),
        ` ${words(flow.closeReason ?? "closed")}`]),
    h("td", { class: "buttons" },
      button("Follow", `follow ${flow.number}`, () => actions.follow(flow.number)),
      button("Filter", `filter ${flow.number}`, () => actions.filter(`flow == ${flow.number}`))));

  const end = (side) => [h("span", { class: `game${colourOf(side.instance)}` }, side.instance ?? "everybody"),
    h("span", { class: "dim" }, ` ${endpoint(side)}`)];
  const link = (label, key, onclick) => h("button", { class: "link", data: { key }, onclick }, label);
  const button = (label, key, onclick) => h("button", { class: "quiet small", data: { key }, onclick }, label);

  return whenChanged((state) => [state.tabs.flows, state.flow], draw);
}
