// What opens over the page: help, and the answer about continuity.

import { fill, h } from "./dom.js";
import { grouped, size } from "./format.js";

const KEYS = [
  ["j  \u2193", "next packet"], ["k  \u2191", "previous packet"],
  ["PageDown  PageUp", "a screen further"], ["g  Home", "first packet of the session"],
  ["G  End", "last packet, and follow"], [":  Ctrl+G", "go to a packet by its number"],
  ["]  [", "next, previous packet of the same flow"],
  ["/", "filter: Enter applies, Escape restores"],
  ["t", "time: since the start, by the clock, since the previous packet"],
  ["T", "times count from the selected packet, or no longer"], ["c", "check continuity"],
  ["Tab", "to the tree, the bytes, the bars between them; arrows move there"],
  ["Ctrl+\u2193  Ctrl+\u2191", "next, previous packet, wherever the focus is"],
  ["Esc", "close; then deselect"], ["?", "this page"],
];
const LEGEND = [
  ["kind-dplay", "DirectPlay message"], ["kind-x642", "message of the game itself"],
  ["kind-data", "bytes that no analyzer knows"], ["kind-flow", "connections opening and closing"],
  ["kind-session", "session and adapter"],
];

const closeButton = (dialog) =>
  h("button", { class: "quiet", onclick: () => dialog.close() }, "Close");

export function showHelp(dialog) {
  fill(dialog,
    h("h2", {}, "Keyboard"),
    h("dl", { class: "keys" }, KEYS.flatMap(([keys, meaning]) =>
      [h("dt", {}, keys.split("  ").map((name) => h("kbd", {}, name))), h("dd", {}, meaning)])),
    h("h2", {}, "Colours"),
    h("div", { class: "legend" }, LEGEND.map(([name, meaning]) =>
      h("div", { class: `sample ${name}` }, meaning))),
    h("p", { class: "dim" }, "All this is also at ", h("a", { href: "v3/api-docs" }, "the REST API"), "."),
    closeButton(dialog));
  if (!dialog.open) dialog.showModal();
}

/** Asks until it has the right one; stays as it is when it is asked to show itself again. */
export function showSignIn(dialog, signIn) {
  if (dialog.open && dialog.querySelector("form.sign-in") !== null) return;
  const token = h("input", { type: "password", name: "token", required: true, autofocus: true,
    autocomplete: "current-password", "aria-label": "Token" });
  const answer = h("p", { class: "problem", role: "alert" });
  const onsubmit = async (event) => {
    event.preventDefault();
    try {
      await signIn(token.value);
      dialog.close();
    } catch (problem) {
      answer.textContent = problem.title || problem.message;
      token.select();
    }
  };
  fill(dialog,
    h("h2", {}, "This gateway asks for its token"),
    h("p", { class: "dim" }, "It is in the file that KONTOR_TOKEN_FILE names where the gateway runs;",
      " ./kontor up says where."),
    h("form", { class: "sign-in", onsubmit }, token, " ", h("button", {}, "Sign in")),
    answer);
  if (!dialog.open) dialog.showModal();
}

/** Where datagrams were lost, in one sentence. */
export function lossText(loss) {
  const where = {
    socket_buffer: `in the adapter's socket ${loss.socket}: the game sent faster than it was read`,
    game_socket: `in the game's socket ${loss.socket}: the game read more slowly than it was sent`,
    spool_full: "as the adapter's spool was full",
  }[loss.cause] ?? loss.cause;
  return `No. ${loss.sequence}: ${grouped(loss.datagrams)} datagrams of ${loss.instance} lost ${where}`;
}

/** Resolves to whether the answer was yes. */
export function ask(dialog, title, text, yes) {
  return new Promise((resolve) => {
    const answer = (value) => { resolve(value); dialog.close(); };
    fill(dialog, h("h2", {}, title), h("p", {}, text),
      h("div", { class: "buttons" },
        h("button", { class: "quiet", autofocus: true, onclick: () => answer(false) }, "Cancel"),
        h("button", { class: "quiet danger", onclick: () => answer(true) }, yes)));
    dialog.addEventListener("close", () => resolve(false), { once: true });
    dialog.showModal();
  });
}

/** Resolves to a whole number of a range, or to null. */
export function askNumber(dialog, title, least, most) {
  return new Promise((resolve) => {
    const number = h("input", { type: "number", min: least, max: most, step: 1, required: true,
      autofocus: true, "aria-label": title });
    const onsubmit = (event) => {
      event.preventDefault();
      resolve(Number(number.value));
      dialog.close();
    };
    fill(dialog, h("h2", {}, title),
      h("form", { onsubmit }, number, " ", h("span", { class: "dim" },
        `${grouped(least)} to ${grouped(most)}`), " ", h("button", { class: "quiet" }, "Go")));
    dialog.addEventListener("close", () => resolve(null), { once: true });
    dialog.showModal();
  });
}

/** @param select called with the session sequence of a fault that was clicked */
export function showContinuity(dialog, report, select) {
  const goTo = (sequence) => h("button", { class: "link",
    onclick: () => { dialog.close(); select(sequence); } }, `No. ${grouped(sequence)}`);
  const { counts, equation } = report;
  fill(dialog,
    h("h2", {}, "Continuity: ", h("span", { class: `continuity ${report.verdict}` }, report.verdict)),
    h("p", {}, `${grouped(counts.events)} events, ${grouped(counts.payloads)} payloads (`
      + `${size(counts.payloadBytes)}) whose checksums were reckoned again, ${grouped(counts.deliveries)} deliveries, `
      + `${grouped(counts.unanswered)} without a receipt.`),
    h("p", { class: equation.holds ? "" : "problem" },
      `${grouped(equation.received)} received = `
      + (Object.entries(equation.byVerdict).map(([verdict, count]) =>
        `${grouped(count)} ${verdict}`).join(" + ") || "0")),
    report.waitingFor.length === 0 ? null
      : h("ul", { class: "warn" }, report.waitingFor.map((text) => h("li", {}, `waiting for ${text}`))),
    report.unconfirmed.length === 0 ? null
      : h("ul", { class: "warn" }, report.unconfirmed.map((run) => h("li", {},
        goTo(run.sequence), `: the adapter of ${run.instance} ended before it could confirm its last `
        + `${grouped(run.commands)} commands`))),
    report.losses.length === 0 ? null
      : h("ul", { class: "warn" }, report.losses.map((loss) => h("li", {}, lossText(loss)))),
    h("dl", { class: "checks" }, Object.entries(report.checks).flatMap(([name, faults]) =>
      [h("dt", {}, name.replaceAll("-", " ")),
        h("dd", { class: faults === 0 ? "good" : "problem" }, faults === 0 ? "holds" : `${faults} faults`)])),
    report.faults.length === 0 ? null
      : h("ol", { class: "faults problem" }, report.faults.slice(0, 50).map((fault) =>
        h("li", {}, fault.sequence === undefined ? null : goTo(fault.sequence),
          ` ${fault.check}: ${fault.detail}`))),
    closeButton(dialog));
  if (!dialog.open) dialog.showModal();
}
