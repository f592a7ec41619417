// The page's address: session, filter, packet and tab stand in it, so that a link leads there and Back
// goes to where one was.

import { whenChanged } from "../views/dom.js";

const ADDRESS_MILLIS = 150;

const numberIn = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
};

export const readAddress = (search) => {
  const parameters = new URLSearchParams(search);
  return {
    session: parameters.get("session"),
    filter: parameters.get("filter") ?? "",
    quiet: parameters.get("heartbeats") === "hidden",
    selected: numberIn(parameters.get("event")),
    tab: parameters.get("tab"),
    flow: numberIn(parameters.get("flow")),
  };
};

export const addressOf = ({ session, selected, filter, quiet, tab, flow }) => {
  const parameters = new URLSearchParams({ session });
  if (filter !== "") parameters.set("filter", filter);
  if (quiet) parameters.set("heartbeats", "hidden");
  if (selected !== null) parameters.set("event", selected);
  if (tab !== null) parameters.set("tab", tab);
  if (tab === "follow" && flow !== null) parameters.set("flow", flow);
  return "?" + parameters;
};

/**
 * Another session or filter is another page for the Back button, another packet is not. Browsers bound
 * how often the address may change, and a held key goes through many packets.
 */
export function keepAddress(store, goTo) {
  let timer = 0;
  store.subscribe(whenChanged(
    (state) => [state.session, state.selected, state.filter, state.quiet, state.tab, state.flow], (state) => {
      if (state.session === null) return;
      clearTimeout(timer);
      const shown = readAddress(location.search);
      const sameList = shown.session === state.session && shown.filter === state.filter
        && shown.quiet === state.quiet;
      if (!sameList) {
        const how = shown.session === null ? "replaceState" : "pushState";
        history[how](null, "", addressOf(state));
      } else {
        timer = setTimeout(() => history.replaceState(null, "", addressOf(store.state)), ADDRESS_MILLIS);
      }
    }));
  addEventListener("popstate", () => {
    clearTimeout(timer);
    const wanted = readAddress(location.search);
    if (wanted.session !== null) goTo(wanted);
  });
}
