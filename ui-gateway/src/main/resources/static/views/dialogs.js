// What opens over the page: help, and the answer about continuity.

import { fill, h } from "./dom.js";
import { grouped } from "../state/format.js";

const KEYS = [
  ["j  \u2193", "next packet"], ["k  \u2191", "previous packet"],
  ["PageDown  PageUp", "a screen further"], ["g  Home", "first packet of the session, or the first that the filter finds"],
  ["G  End", "last packet, and follow"], [":  Ctrl+G", "go to a packet by its number"],
  ["]  [", "next, previous packet of the same flow"],
  ["<  >", "back to the packet selected before, and forth again"],
  ["/", "filter: Enter applies, Escape restores, \u2193 brings earlier ones"],
  ["Ctrl+F  n  N", "search and highlight; next, previous find"],
  ["a  x", "filter on the type of the packet; leave that type out"],
  ["H", "hide heartbeats, or show them again"],
  ["M  }  {", "mark a moment; next, previous marker"],
  ["f", "follow the packet's stream"], ["m", "what can be done with the packet"],
  ["F", "freeze all games for a while, or thaw them"],
  ["t", "time: since the start, by the clock, since the previous packet"],
  ["T", "times count from the selected packet, or no longer"], ["c", "check continuity"],
  ["1  \u2026  9  0", "open a tab below, or close it"], ["C  R  S  P", "compare runs, rules, screens, snapshots"], ["s", "sessions at the left, or not"],
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
    h("p", { class: "dim" }, "All this is also at the REST API: ",
      h("a", { href: "try.html", target: "_blank", rel: "noopener" }, "try it"), ", or read ",
      h("a", { href: "v3/api-docs" }, "its description"), "."),
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

/** A question may follow on another one: what tells of the first one's end comes when the next is open. */
export function whenClosed(dialog, then) {
  const closed = () => {
    if (dialog.open) return;
    dialog.removeEventListener("close", closed);
    then();
  };
  dialog.addEventListener("close", closed);
}

/** Resolves to whether the answer was yes. */
export function ask(dialog, title, text, yes) {
  return new Promise((resolve) => {
    const answer = (value) => { resolve(value); dialog.close(); };
    fill(dialog, h("h2", {}, title), h("p", {}, text),
      h("div", { class: "buttons" },
        h("button", { class: "quiet", autofocus: true, onclick: () => answer(false) }, "Cancel"),
        h("button", { class: "quiet danger", onclick: () => answer(true) }, yes)));
    whenClosed(dialog, () => resolve(false));
    dialog.showModal();
  });
}

/** Resolves to a text that is not empty, or to null. */
export function askText(dialog, title, otherwise = "", text = null) {
  return new Promise((resolve) => {
    const input = h("input", { type: "text", required: true, autofocus: true, value: otherwise,
      maxlength: 200, "aria-label": title });
    const onsubmit = (event) => {
      event.preventDefault();
      if (input.value.trim() === "") return;
      resolve(input.value.trim());
      dialog.close();
    };
    fill(dialog, h("h2", {}, title), text === null ? null : h("p", { class: "dim" }, text),
      h("form", { onsubmit }, input, " ", h("button", { class: "quiet" }, "OK")));
    whenClosed(dialog, () => resolve(null));
    dialog.showModal();
    input.select();
  });
}

/** Resolves to a whole number of a range, or to null. */
export function askNumber(dialog, title, least, most, otherwise = "") {
  return new Promise((resolve) => {
    const number = h("input", { type: "number", value: otherwise, min: least, max: most, step: 1, required: true,
      autofocus: true, "aria-label": title });
    const onsubmit = (event) => {
      event.preventDefault();
      resolve(Number(number.value));
      dialog.close();
    };
    fill(dialog, h("h2", {}, title),
      h("form", { onsubmit }, number, " ", h("span", { class: "dim" },
        `${grouped(least)} to ${grouped(most)}`), " ", h("button", { class: "quiet" }, "Go")));
    whenClosed(dialog, () => resolve(null));
    dialog.showModal();
  });
}
