// What the page says where there is no session to show: what to do next.

import { joinByAddress, listening } from "../state/network.js";
import { titleOf, visible } from "../state/format.js";
import { fill, h, whenChanged } from "./dom.js";
import { importButton } from "./importing.js";

export function emptyView(root, main, actions) {
  return whenChanged(
    (state) => [state.sessionsKnown, state.session, state.unknownSession, state.problem,
      state.sessions[0]?.id, joinByAddress(state.instances).join("\n"), addresses(state.instances).join("\n"),
      listening(state.instances)],
    (state) => {
      root.hidden = state.session !== null;
      main.classList.toggle("is-empty", state.session === null);
      fill(root, h("div", {},
        h("img", { src: "kontor.svg", alt: "", width: 72, height: 72 }), ...text(state, actions)));
    });
}

/** Where each game finds the others: what is typed at "join by address". */
const addresses = (instances) => instances
  .filter(({ connected, network }) => connected && network && Object.keys(network.peers).length > 0)
  .map(({ name, network }) => `${name} finds ${Object.entries(network.peers)
    .map(([other, address]) => `${other} at ${address}`).join(", ")}`);

function text({ sessionsKnown, unknownSession, problem, sessions, instances }, actions) {
  if (unknownSession !== null) {
    const newest = sessions[0];
    return [
      h("h1", {}, "There is no such session"),
      h("p", {}, `Nothing is recorded under ${visible(unknownSession)}.`),
      h("p", { class: "dim" }, "The link may be of another installation, or the session was deleted."),
      newest === undefined ? null
        : h("button", { class: "quiet", onclick: () => actions.open(newest.id) },
          `Open the newest: ${titleOf(newest)}`),
    ];
  }
  if (!sessionsKnown) return [h("h1", {}, "Kontor"), h("p", {}, problem ?? "Loading\u2026")];
  const join = joinByAddress(instances);
  return [
    h("h1", {}, "Nothing has been recorded yet"),
    h("p", {}, "A session begins by itself with the first packet of a game. To see one at once:"),
    h("pre", {}, "./kontor demo"),
    h("p", { class: "dim" }, "This page notices when it begins."),
    instances.length === 0
      ? h("p", { class: "dim" }, "No adapter has reported yet. With games of your own: ",
        h("code", {}, "./kontor up --lab lab.yaml"), ".") : null,
    ...addresses(instances).length === 0 ? [] : [
      h("h2", {}, "Where the games see each other"),
      h("ul", {}, addresses(instances).map((line) => h("li", {}, line)))],
    ...join.length === 0 ? [] : [
      h("h2", {}, "How the games meet"),
      h("p", {}, "Searches by broadcast are not seen in this lab. Join by address:"),
      h("ul", {}, join.map((line) => h("li", {}, line)))],
    h("p", {}, "Or look at what was captured elsewhere: drop a pcapng or pcap file here. ", importButton(actions)),
    h("p", { class: "dim" }, listening(instances) === ""
      ? "A lab listens on the ports of its lab file: what a game sends to other ports is not seen."
      : `This lab listens on ${listening(instances)}: what a game sends to other ports is not seen.`),
  ];
}
