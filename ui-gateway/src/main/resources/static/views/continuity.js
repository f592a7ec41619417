// Whether anything was lost, doubled or reordered: the verdict, its checks, and each fault with its
// place. What is clicked is shown in the list; the report stays.

import { grouped, size, visible } from "../state/format.js";
import { fill, h, whenChanged } from "./dom.js";
import { lookingText } from "./status.js";

const MOST = 500;

/** Where datagrams were lost, in one sentence. */
export function lossText(loss) {
  const where = {
    socket_buffer: `in the adapter's socket ${loss.socket}: the game sent faster than it was read`,
    game_socket: `in the game's socket ${loss.socket}: the game read more slowly than it was sent`,
    spool_full: "as the adapter's spool was full",
  }[loss.cause] ?? loss.cause;
  return `${grouped(loss.datagrams)} datagrams of ${loss.instance} lost ${where}`;
}

/** All that has a place, in the order of the session: sequence, kind, text. */
export const findings = ({ faults, losses, unconfirmed }) => [
  ...faults.map(({ sequence, check, detail }) => ({ sequence, kind: "fault", text: `${check}: ${detail}` })),
  ...losses.map((loss) => ({ sequence: loss.sequence, kind: "loss", text: lossText(loss) })),
  ...unconfirmed.map(({ sequence, instance, commands }) => ({ sequence, kind: "unconfirmed",
    text: `the adapter of ${instance} ended before it could confirm its last ${grouped(commands)} commands` })),
].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));

export function continuityTab(root, actions) {
  const draw = ({ continuity: report, looking, selected }) => {
    const bar = h("div", { class: "bar" },
      h("button", { class: "quiet", disabled: looking !== null, onclick: actions.continuity },
        looking !== null ? lookingText(looking) : report === null ? "Check continuity" : "Check again"),
      report === null ? h("span", { class: "dim" },
        "Holds the adapters' own counts, the log and the database against each other.")
        : h("b", { class: `continuity ${report.verdict}` }, report.verdict));
    if (report === null) return fill(root, bar);
    const { counts, equation } = report;
    const places = findings(report);
    fill(root, bar, h("div", { class: "columns" },
      h("section", {},
        h("p", {}, `${grouped(counts.events)} events, ${grouped(counts.payloads)} payloads (`
          + `${size(counts.payloadBytes)}) whose checksums were reckoned again, ${grouped(counts.deliveries)} deliveries, `
          + `${grouped(counts.unanswered)} without a receipt.`),
        h("p", { class: equation.holds ? "" : "problem" }, `${grouped(equation.received)} received = `
          + (Object.entries(equation.byVerdict).map(([verdict, count]) =>
            `${grouped(count)} ${verdict}`).join(" + ") || "0")),
        report.waitingFor.length === 0 ? null
          : h("ul", { class: "warn" }, report.waitingFor.map((text) => h("li", {}, `waiting for ${visible(text)}`))),
        h("dl", { class: "checks" }, Object.entries(report.checks).flatMap(([name, faults]) =>
          [h("dt", {}, name.replaceAll("-", " ")),
            h("dd", { class: faults === 0 ? "good" : "problem" }, faults === 0 ? "holds" : `${grouped(faults)} faults`)]))),
      h("section", {}, h("h2", {}, places.length === 0 ? "No fault" : "Places"),
        h("ol", { class: "places" }, places.slice(0, MOST).map(({ sequence, kind, text }) =>
          h("li", { class: `${kind === "fault" ? "problem" : "warn"}${sequence === selected ? " chosen" : ""}` },
            sequence === undefined ? null
              : h("button", { class: "link", onclick: () => actions.select(sequence) }, `No. ${grouped(sequence)}`),
            ` ${visible(text)}`))),
        places.length <= MOST ? null : h("p", { class: "dim" }, `and ${grouped(places.length - MOST)} more`))));
  };
  return whenChanged((state) => [state.continuity, state.looking, state.selected], draw);
}
