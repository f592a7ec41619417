// The bar on top: which session, which instances.

import { currentSession, key } from "../state/reducer.js";
import { networkLines } from "../state/network.js";
import { h, whenChanged } from "./dom.js";
import { clock, colourOf, grouped, size } from "./format.js";

export function topBar(root, actions) {
  const chooser = h("select", {
    class: "chooser",
    title: "Session",
    "aria-label": "Session",
    onchange: () => actions.open(chooser.value),
  });
  const begin = h("button", {
    class: "quiet", title: "Begin a new session now", onclick: actions.begin }, "New session");
  const end = h("button", {
    class: "quiet", title: "End the running session", onclick: actions.end }, "End");
  const newer = h("button", { class: "quiet newer", hidden: true });
  const instances = h("div", { class: "instances" });
  const help = h("button", {
    class: "quiet key", title: "Keyboard and legend (?)", onclick: actions.help }, "?");
  root.append(
    h("h1", {}, h("a", { class: "brand", href: "." },
      h("img", { src: "kontor.svg", alt: "", width: 22, height: 22 }), "Kontor")),
    chooser, newer, begin, end, h("div", { class: "grow" }), instances, help);

  const drawChooser = whenChanged((state) => [state.sessions, state.session], (state) => {
    const known = state.sessions.some((session) => session.id === state.session);
    const others = known || state.session === null
      ? [] : [h("option", { value: state.session }, `session ${state.session.slice(0, 8)}`)];
    chooser.replaceChildren(...others, ...state.sessions.map((session) =>
      h("option", { value: session.id },
        `${session.lab} #${session.ordinal ?? "?"} \u2002${day(session.startedAt)} `
          + `${clock(session.startedAt)}`
          + (session.endedAt === undefined ? "  \u25cf running" : ` \u2013 ${clock(session.endedAt)}`))));
    if (state.session !== null) chooser.value = state.session;
    chooser.hidden = state.session === null;
    end.hidden = currentSession(state) === null || currentSession(state).endedAt !== undefined;
    begin.hidden = state.session === null;
  });

  const drawNewer = whenChanged((state) => [state.newer, state.sessions], (state) => {
    const session = state.sessions.find(({ id }) => id === state.newer);
    newer.hidden = session === undefined;
    if (session === undefined) return;
    newer.textContent = `${session.lab} #${session.ordinal ?? "?"} has begun \u203a`;
    newer.title = "Show the newer session";
    newer.onclick = () => actions.open(session.id);
  });

  const drawInstances = whenChanged(
    (state) => [state.instances, state.rates, state.instancesKnown], (state) => {
    instances.classList.toggle("unknown", !state.instancesKnown);
    instances.replaceChildren(...state.instances.map((instance) => h("div",
      {
        class: `instance ${instance.connected ? "connected" : "away"}`,
        title: `${instance.name} in lab ${instance.lab}`
            + (state.instancesKnown ? "" : "\nas it was when the gateway answered last")
          + `\n${instance.connected ? "connected" : "not connected"}`
          + (instance.address ? `\ngame at ${instance.address}` : "")
          + `\nrun ${instance.run}`
          + (instance.capturedEvents === undefined ? ""
            : `\n${instance.capturedEvents} events captured, ${instance.lagEvents} not yet published`
              + `\n${instance.openFlows} open flows`
              + networkLines(instance.network).map((line) => `\n${line}`).join("")
              + (instance.missedDatagrams ? `\n${instance.missedDatagrams} datagrams lost: `
                + `${instance.missedInSockets} in the adapter's sockets, `
                + `${instance.missedAtGame} in the game's` : "")),
      },
      h("span", { class: "dot" }),
      h("span", { class: `name game${colourOf(instance.name)}` }, instance.name),
      instance.connected
        ? h("span", { class: "rate" }, `${grouped(state.rates[key(instance)] ?? 0)}/s`) : null,
      instance.connected && instance.freezeId ? h("span", { class: "frozen" }, "frozen") : null,
      instance.network?.strangerPackets
        ? h("span", { class: "strangers" }, `strangers ${grouped(instance.network.strangerPackets)}`)
        : null,
      instance.connected && instance.spoolRefused
        ? h("span", { class: "spool" }, "disk full") : null,
      instance.spoolBytes
        ? h("span", { class: "spool" }, `spool ${size(instance.spoolBytes)}`) : null)));
  });

  return (state) => {
    drawChooser(state);
    drawNewer(state);
    drawInstances(state);
  };
}

function day(text) {
  const date = new Date(text);
  const today = new Date().toDateString() === date.toDateString();
  return today ? "today" : date.toISOString().slice(0, 10);
}
