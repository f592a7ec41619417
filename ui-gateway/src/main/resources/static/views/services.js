// The services' processes, and their reloads with each phase and how long it took.

import { RELOADABLE, running, steps } from "../state/reloads.js";
import { clock, grouped, span, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";

export function servicesTab(root, actions) {
  const draw = (state) => morph(root,
    h("div", { class: "columns" },
      h("section", {}, h("h2", {}, "Services"), services(state)),
      h("section", {}, h("h2", {}, "Reloads"), reloads(state))));

  const services = ({ services: processes, reloads: all, instancesKnown }) => {
    const busy = running(all) !== null;
    const names = [...new Set([...RELOADABLE, ...processes.map(({ service }) => service)])];
    return h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["Service", "State", "Version", "Process", "Readers", "Reload"]
        .map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, names.map((name) => {
        const mine = processes.filter(({ service, there }) => service === name && there);
        return h("tr", {},
          h("td", {}, name),
          h("td", { class: mine.length > 0 && instancesKnown ? "good" : "warn" },
            mine.length > 0 ? mine.map(({ state }) => state).join(", ") : "not heard of"),
          h("td", { class: "dim" }, mine[0]?.version ?? ""),
          h("td", { class: "dim" }, mine.map(({ pid, epoch }) => `${pid}${epoch === undefined ? "" : ` (epoch ${epoch})`}`).join(", ")),
          h("td", { class: "dim" }, mine.flatMap(({ followers }) => followers).map(({ name: reader, state }) =>
            h("div", { class: state === "running" || state === "stopped" ? "" : "problem" }, `${reader}: ${state}`))),
          h("td", { class: "buttons" }, RELOADABLE.includes(name) ? [
            button("Reload", `${name} plain`, busy, () => actions.reload(name, false),
              "Restart it from the current build; the games notice a pause at most"),
            button("with the games frozen", `${name} frozen`, busy, () => actions.reload(name, true),
              "The games stand still meanwhile, all at once")] : null));
      })));
  };

  const button = (label, key, disabled, onclick, title) =>
    h("button", { class: "quiet small", data: { key }, disabled, title, onclick }, label);

  const reloads = ({ reloads: all }) => all.length === 0
    ? h("p", { class: "dim" }, "None yet. A reload restarts a service from the current build in the middle of a game;"
      + " afterwards the page says whether anything was lost.")
    : h("ol", { class: "reloads" }, all.slice(0, 20).map(reload));

  const reload = (one) => {
    const { passed, now, micros } = steps(one);
    return h("li", { class: `reload ${one.phase}`, "data-key": one.id },
      h("div", {}, h("b", {}, one.service), one.freeze ? h("span", { class: "frozen" }, " games frozen") : null,
        h("span", { class: "dim" }, ` ${clock(one.since)} \u00b7 ${span(micros)}`)),
      h("div", { class: "phases" }, passed.map(({ phase, label, micros: took }) =>
        h("span", { class: `phase ${phase}` }, label, h("i", { class: "dim" }, ` ${span(took)}`))),
        now === null ? null : h("span", { class: "phase now" }, now.label, "\u2026")),
      one.result === undefined ? null
        : h("div", { class: one.phase === "failed" ? "problem" : "good" }, visible(one.result)));
  };

  return whenChanged((state) => [state.services, state.reloads, state.instancesKnown], draw);
}
