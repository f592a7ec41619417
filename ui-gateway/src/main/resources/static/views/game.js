// The game's state at the selected packet, or at the newest: players, money, stocks, chat. What changed
// last is marked; what is clicked is drawn over time.

import { change, course, fresh, groupsOf, sequenceAt } from "../state/game.js";
import { clock, colourOf, grouped, moment, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";
import { plot } from "./plot.js";

export function gameTab(root, actions) {
  const players = h("div", { class: "players" });
  const title = h("div", { class: "bar" });
  const paper = h("div", { class: "plot" });
  const side = h("div", { class: "game-side" }, title, paper);
  root.append(players, side);

  const drawSeries = ({ tabs: { series } }) => {
    if (series === undefined) {
      morph(title, h("span", { class: "dim" }, "Choose a value to see it over time."));
      paper.replaceChildren();
      return;
    }
    const { value, points, changes, thinned } = series;
    morph(title, h("b", {}, visible(value.label)), h("span", { class: "dim" },
      `${grouped(changes)} changes${thinned ? ", thinned" : ""}`));
    const { times, values } = course(series);
    if (times.length > 0) {
      plot(paper, times, [{ label: value.label, colour: "--accent", values }], { step: true,
        form: moment, height: Math.max(120, root.clientHeight - 95),
        onclick: (seconds) => actions.select(sequenceAt(series, seconds)) });
    }
  };

  const redraw = valuesThen(players, actions, actions.series);
  const replot = whenChanged((state) => [state.tabs.series], drawSeries);
  return (state) => {
    redraw(state);
    replot(state);
  };
}

/**
 * The values at the selected packet.
 *
 * @param onValue called with the path of a value that is clicked
 */
export function valuesThen(players, actions, onValue) {
  const draw = ({ tabs: { state: game, series }, selected }) => {
    if (game === undefined) return morph(players, h("p", { class: "dim" }, "Loading\u2026"));
    const marked = fresh(game);
    morph(players,
      h("p", { class: "dim" }, selected === null ? `As it is now, after No. ${grouped(game.at ?? game.newest)}`
        : `As it was at No. ${grouped(game.at ?? selected)}`),
      game.players.length === 0 ? h("p", { class: "dim" }, "No values are known yet: they come with the games' messages.") : null,
      game.players.map((player) => h("section", { class: "player" },
        h("h2", {}, h("span", { class: `game${colourOf(player.instance)}` }, visible(player.name || player.shown)),
          ` ${player.instance ?? ""}`),
        groupsOf(player).map(({ heading, values }) => h("div", { class: "values" },
          heading === "" ? null : h("span", { class: "dim heading" }, heading),
          values.map((value) => one(value, marked.has(value.path), series?.value.path === value.path)))))),
      game.chat.length === 0 ? null : h("section", {}, h("h2", {}, "Chat"), game.chat.map((said) =>
        h("div", {}, h("button", { class: "link", data: { key: `chat ${said.sequence} ${said.index}` },
          onclick: () => actions.select(said.sequence) }, clock(said.at)), ` ${visible(said.text)}`))));
  };

  const one = (value, isFresh, isShown) => h("button", {
    class: `value${isFresh ? " fresh" : ""}${isShown ? " shown" : ""} ${value.certainty}`,
    data: { key: value.path }, "aria-pressed": String(isShown),
    title: `${value.path}\nchanged at No. ${value.sequence} ${change(value)}\n${value.certainty}`,
    onclick: () => onValue(value.path) },
    h("span", { class: "dim" }, visible(value.label, 40)), ` ${visible(value.display, 60)}`,
    isFresh && change(value) !== "" ? h("i", {}, ` ${change(value)}`) : null);

  return whenChanged((state) => [state.tabs.state, state.tabs.series, state.selected], draw);
}
