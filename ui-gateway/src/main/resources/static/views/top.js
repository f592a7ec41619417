// The bar on top: which session, which instances.

import { currentSession, key } from "../state/reducer.js";
import { clockLine, named, networkLines, standingStill } from "../state/network.js";
import { h, whenChanged } from "./dom.js";
import { clock, colourOf, day, grouped, size, titleOf } from "../state/format.js";

export function topBar(root, actions) {
  const side = h("button", { class: "quiet key", title: "Sessions (s)", "aria-label": "Sessions",
    onclick: actions.toggleSide }, "\u2630");
  const title = h("span", { class: "session-title" });
  const begin = h("button", {
    class: "quiet", title: "Begin a new session now", onclick: actions.begin }, "New session");
  const end = h("button", {
    class: "quiet", title: "End the running session; asks first", onclick: actions.end }, "End\u2026");
  const freeze = h("button", { class: "quiet", hidden: true, title: "Let all games stand still for a while (F)",
    onclick: actions.freeze }, "Freeze\u2026");
  const thaw = h("button", { class: "quiet frozen", hidden: true, title: "Let the games go on (F)",
    onclick: actions.thaw }, "Thaw");
  const snapshots = h("button", { class: "quiet", hidden: true, onclick: () => actions.tab("snapshots"),
    title: "Write all games to disk, or let them go on from there (P)" }, "Snapshots");
  const newer = h("button", { class: "quiet newer", hidden: true });
  const instances = h("div", { class: "instances" });
  const help = h("button", {
    class: "quiet key", title: "Keyboard and legend (?)", onclick: actions.help }, "?");
  root.append(side,
    h("h1", {}, h("a", { class: "brand", href: "." },
      h("img", { src: "kontor.svg", alt: "", width: 22, height: 22 }), "Kontor")),
    title, newer, begin, end, freeze, thaw, snapshots, h("div", { class: "grow" }), instances, help);

  const drawTitle = whenChanged((state) => [state.sessions, state.session, state.choices.side], (state) => {
    const current = currentSession(state);
    side.setAttribute("aria-expanded", String(state.choices.side));
    side.hidden = state.sessions.length === 0;
    title.textContent = current === null ? state.session?.slice(0, 8) ?? "" : titleOf(current);
    title.title = current === null ? "" : `${day(current.startedAt)} ${clock(current.startedAt)}`
      + (current.endedAt === undefined ? ", running" : ` to ${clock(current.endedAt)}`);
    end.hidden = current === null || current.endedAt !== undefined;
    begin.hidden = state.session === null;
  });

  const drawNewer = whenChanged((state) => [state.newer, state.sessions], (state) => {
    const session = state.sessions.find(({ id }) => id === state.newer);
    newer.hidden = session === undefined;
    if (session === undefined) return;
    newer.textContent = `${titleOf(session)} has begun \u203a`;
    newer.title = "Show the newer session";
    newer.onclick = () => actions.open(session.id);
  });

  const drawFreeze = whenChanged(
    (state) => [state.instances, state.sessions, state.session, state.offers], (state) => {
      const current = currentSession(state);
      const plays = current !== null && current.endedAt === undefined && state.offers.has("/api/labs/{lab}/freeze")
        && state.instances.some(({ lab, connected }) => lab === current.lab && connected);
      const still = plays && standingStill(state.instances, current.lab).length > 0;
      freeze.hidden = !plays || still;
      thaw.hidden = !still;
      snapshots.hidden = !plays || !state.offers.has("/api/snapshots");
    });

  const drawInstances = whenChanged(
    (state) => [state.instances, state.rates, state.instancesKnown, currentSession(state)?.lab], (state) => {
    const { shown, further } = named(state.instances, currentSession(state)?.lab);
    instances.classList.toggle("unknown", !state.instancesKnown);
    instances.replaceChildren(...shown.map((instance) => h("div",
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
              + (instance.clock === undefined ? "" : `\n${clockLine(instance.clock)}`)
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
        ? h("span", { class: "spool" }, `spool ${size(instance.spoolBytes)}`) : null)),
    ...(further.length === 0 ? [] : [h("div", { class: "instance away",
      title: further.map(({ name, lab }) => `${name} in lab ${lab}`).join("\n") }, `and ${grouped(further.length)} more`)]));
  });

  return (state) => {
    drawTitle(state);
    drawNewer(state);
    drawFreeze(state);
    drawInstances(state);
  };
}
