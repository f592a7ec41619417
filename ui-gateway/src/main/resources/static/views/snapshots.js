// Snapshots: the lab's games written to disk at one moment, and continued from there. Where the machine
// cannot, the reason stands here, and nothing can be pressed.

import { clock, day, grouped, visible } from "../state/format.js";
import { actStanding, busy, nameProblem, takenIn } from "../state/snapshots.js";
import { fill, h, morph, say, whenChanged } from "./dom.js";

export function snapshotsTab(root, actions) {
  const refusal = h("p", { class: "problem", role: "status", hidden: true });
  const name = h("input", { type: "text", maxlength: 63, "aria-label": "Name of a new snapshot", placeholder: "name" });
  const take = h("button", { class: "quiet", title: "All games stand still until they are written, and then go on" },
    "Take a snapshot");
  const hint = h("output", { class: "dim" });
  const form = h("form", { class: "bar" }, h("h2", {}, "Snapshots"), name, take, hint);
  const list = h("section");
  const acts = h("section");
  root.append(refusal, form, h("div", { class: "columns" }, list, acts));
  let known = null;

  const check = () => {
    const problem = known === null || name.value === "" ? "" : nameProblem(name.value, known);
    say(hint, problem);
    take.disabled = known === null || !known.available || busy(known) || name.value === "" || problem !== "";
  };
  name.addEventListener("input", check);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    check();
    if (!take.disabled && await actions.takeSnapshot(name.value)) name.value = "";
    check();
  });

  const draw = ({ tabs: { snapshots }, sessions }) => {
    known = snapshots ?? null;
    check();
    if (known === null) {
      fill(list, h("p", { class: "dim" }, "Loading\u2026"));
      return;
    }
    refusal.hidden = known.available;
    say(refusal, known.available ? ""
      : `No snapshots here: ${known.refusal}. Freezing, recording, replay and all else work without.`);
    morph(list, known.snapshots.length === 0 ? h("p", { class: "dim" },
      "None yet. A snapshot has all that the games have in memory; they can go on from it again and again.")
      : table(known, sessions));
    morph(acts, ...asked(known.acts));
  };

  const table = ({ snapshots, available, acts: all }, sessions) => h("table", { class: "table" },
    h("thead", {}, h("tr", {}, ["Snapshot", "Taken", "Games", "At", ""].map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, snapshots.map((one) => h("tr", { data: { snapshot: one.name } },
      h("td", {}, h("b", {}, visible(one.name))),
      h("td", { class: "dim" }, `${day(one.takenAt)} ${clock(one.takenAt)}`),
      h("td", {}, one.games.map((game) => visible(game, 40)).join(", ")),
      h("td", {}, `No. ${grouped(one.sequence)} of ${takenIn(one, sessions)}`),
      h("td", { class: "buttons" }, h("button", { class: "quiet small", data: { key: `restore ${one.name}` },
        disabled: !available || busy({ acts: all }), title: "The games go on from there, in a new session",
        onclick: () => actions.restoreSnapshot(one.name) }, "Restore\u2026"))))));

  const asked = (all) => all.length === 0 ? [] : [h("h2", {}, "Asked for lately"),
    h("ol", { class: "places" }, all.slice(0, 10).map((act) => {
      const { kind, text } = actStanding(act);
      return h("li", { data: { act: act.id } }, h("span", { class: "dim" }, `${clock(act.askedAt)} `),
        `${act.kind} ${visible(act.name, 63)}: `, h("span", { class: kind }, visible(text, 1000)),
        act.session === undefined ? null : h("button", { class: "link", data: { key: `open ${act.session}` },
          onclick: () => actions.open(act.session) }, " open the session"));
    }))];

  return whenChanged((state) => [state.tabs.snapshots, state.sessions], draw);
}
