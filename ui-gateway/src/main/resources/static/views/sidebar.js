// The sessions at the left: those that run first, the others by day; found by their words.

import { found, groups } from "../state/sessions.js";
import { clock, grouped, titleOf, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { importButton } from "./importing.js";

export function sidebar(root, actions) {
  const search = h("input", { type: "search", "aria-label": "Find a session", placeholder: "Find a session",
    autocomplete: "off", spellcheck: "false", oninput: () => draw(state) });
  const list = h("div", { class: "sessions" });
  root.append(h("div", { class: "side-head" }, search), list, h("div", { class: "side-foot" }, importButton(actions)));
  let state = null;

  const one = (session) => {
    const running = session.endedAt === undefined;
    const shown = session.id === state.session;
    return h("div", { class: `session${shown ? " shown" : ""}${running ? " running" : ""}`, role: "listitem" },
      h("button", { class: "session-open", data: { key: session.id }, "aria-current": shown ? "true" : null,
        onclick: () => actions.open(session.id) },
        h("span", { class: "session-name" }, h("span", { class: "title", title: titleOf(session) }, titleOf(session)),
          running ? h("span", { class: "live-mark" }, "live") : null,
          session.origin === "import" ? h("span", { class: "import-mark" }, "imported") : null),
        h("span", { class: "facts dim" }, h("span", {}, clock(session.startedAt, false)
          + (running ? "" : `\u2013${clock(session.endedAt, false)}`)),
          h("span", {}, `${grouped(session.lastSequence)} events`)),
        session.note === undefined ? null : h("span", { class: "dim", title: visible(session.note, 2000) }, visible(session.note, 80))),
      h("button", { class: "session-more", "aria-label": `What can be done with ${titleOf(session)}`,
        title: "More", data: { key: `more ${session.id}` },
        onclick: (event) => {
          const box = event.currentTarget.getBoundingClientRect();
          // As it is by now: this button stays when what is said of its session changes.
          const now = state.sessions.find(({ id }) => id === session.id);
          actions.sessionMenu(now, box.left, box.bottom);
        } }, "\u22ef"));
  };

  const draw = (next) => {
    state = next;
    const sessions = found(state.sessions, search.value);
    morph(list, sessions.length === 0
      ? h("p", { class: "dim hint-line" }, state.sessions.length === 0 ? "None yet" : "None is found")
      : groups(sessions).map(({ heading, sessions: some }) => [
        h("h2", {}, heading), h("div", { role: "list", "aria-label": heading }, some.map(one))]));
  };

  const redraw = whenChanged((next) => [next.sessions, next.session], draw);
  return (next) => {
    root.hidden = !next.choices.side || next.sessions.length === 0;
    document.getElementById("split-side").hidden = root.hidden;
    redraw(next);
  };
}
