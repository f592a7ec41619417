// The games' screens side by side, by VNC. They are looked at while the tab is open.

import * as api from "../api/http.js";
import { fill, h } from "./dom.js";
import { valuesThen } from "./game.js";
import { picturesBeside } from "./pictures.js";

/** While a screen has the keyboard all keys are the game's but this one, by its place. */
const RELEASE = "ControlRight";
const RELEASE_NAME = "the right Ctrl key";
const LOOK_MILLIS = 1000;

export function screensTab(root, actions) {
  const beside = picturesBeside();
  const views = h("div");
  const players = h("section", { class: "players", "aria-label": "Game state" });
  root.append(h("div", { class: "moment" }, views, players));
  const values = valuesThen(players, actions, (path) => {
    actions.series(path);
    actions.tab("state");
  });
  let screens = null;
  let watch = 0;

  /** Called whenever the page changes while the tab is open. */
  function draw(state) {
    beside.draw(state);
    players.hidden = !(state.tabs.state?.players.length > 0);
    values(state);
    if (screens !== null) return;
    screens = [];
    watch = setInterval(() => root.isConnected || close(), LOOK_MILLIS);
    open().catch((problem) => fill(views, h("p", { class: "problem" }, problem.message)));
  }

  async function open() {
    const { screens: known } = await api.screens();
    if (known.length === 0) {
      fill(views, beside.node, h("p", { class: "dim" }, "No instance has 'vnc' in the lab file: ./kontor help play."));
      return;
    }
    const { default: RFB } = await import("../webjars/novnc/1.7.0/core/rfb.js");
    if (screens === null) return;
    screens = known.map(({ instance }) => screen(RFB, instance));
    fill(views, beside.node, h("div", { class: "screens" }, screens.map(({ figure }) => figure)));
    screens.forEach(({ connect }) => connect());
  }

  function close() {
    clearInterval(watch);
    screens.forEach(({ disconnect }) => disconnect());
    screens = null;
  }

  return draw;
}

function screen(RFB, instance) {
  let rfb = null;
  const view = h("div", { class: "screen-view" });
  const state = h("span", { class: "dim", role: "status" });
  const again = h("button", { class: "quiet small", hidden: true, onclick: () => connect() }, "Connect again");
  const use = h("button", { class: "quiet small", "aria-pressed": "false", disabled: true,
    title: `Mouse and keyboard go to the game; ${RELEASE_NAME} gives the keyboard back`,
    onclick: () => input(rfb.viewOnly) }, "Mouse and keyboard");
  const figure = h("figure", { class: "screen", data: { instance } },
    h("figcaption", {}, h("b", {}, instance), " ", state, " ", use, again), view);

  /** In view only nothing that is done here reaches the game. */
  function input(wanted) {
    rfb.viewOnly = !wanted;
    rfb.focusOnClick = wanted;
    use.setAttribute("aria-pressed", String(wanted));
    say(wanted ? `connected; ${RELEASE_NAME} gives the keyboard back` : "view only");
    if (wanted) rfb.focus();
    else rfb.blur();
  }

  const say = (text) => { state.textContent = text; };

  function connect() {
    const address = new URL(`api/instances/${encodeURIComponent(instance)}/screen`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    again.hidden = true;
    say("connecting");
    rfb = new RFB(view, address.href, { shared: true });
    rfb.viewOnly = true;
    rfb.scaleViewport = true;
    rfb.addEventListener("connect", () => {
      figure.classList.add("there");
      use.disabled = false;
      input(false);
    });
    rfb.addEventListener("disconnect", ({ detail }) => {
      figure.classList.remove("there");
      use.disabled = true;
      again.hidden = false;
      say(detail.clean ? "not connected" : "no screen, or the connection was lost");
    });
  }

  // Before the screen gets it.
  figure.addEventListener("keydown", (event) => {
    if (event.code !== RELEASE || !view.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    rfb.blur();
    use.focus();
  }, true);
  // What the screen leaves is none of the page's.
  view.addEventListener("keydown", (event) => event.stopPropagation());

  return { figure, connect, disconnect: () => rfb?.disconnect() };
}
