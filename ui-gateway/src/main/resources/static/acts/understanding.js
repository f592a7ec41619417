// What the games' values are, and statistics of messages: loaded for the tabs that show them.

import * as api from "../api/http.js";
import { effective } from "../state/filters.js";

export function understandingActs({ store, dispatch, failed }) {
  const put = (tab, session, data) => dispatch({ type: "tab-data", tab, session, data });
  let shownState = "";
  let statisticsAt = "";

  /** The state at the selected packet; asked for again where it may be another one. */
  async function loadState() {
    const { session, selected, log } = store.state;
    const wanted = `${session} ${selected ?? `newest ${log.total}`}`;
    if (wanted === shownState) return;
    shownState = wanted;
    try {
      const game = await api.gameState(session, selected ?? undefined);
      if (wanted !== shownState) return; // Another packet was selected meanwhile.
      put("state", session, game);
    } catch (problem) {
      if (wanted === shownState) shownState = "";
      throw problem;
    }
    const { series } = store.state.tabs;
    if (series !== undefined && selected === null) await loadSeries(series.value.path);
  }

  const loadSeries = async (path) => put("series", store.state.session, await api.series(store.state.session, path));

  async function loadStatistics() {
    const { session } = store.state;
    const filter = effective(store.state);
    // A running session's are looked at again every ten seconds: they read many messages.
    const wanted = `${session} ${filter} ${store.state.sessions.find(({ id }) => id === session)?.endedAt
      ?? Math.floor(Date.now() / 10_000)}`;
    if (wanted === statisticsAt) return;
    statisticsAt = wanted;
    put("statistics", session, await api.statistics(session, filter));
  }

  async function find(way, wanted) {
    const { session } = store.state;
    put("found", session, { loading: true });
    try {
      const data = way === "value" ? await api.findValue(session, wanted)
        : way === "series" ? await api.findSeries(session, wanted) : await api.findBits(session, wanted);
      put("found", session, { way, data });
    } catch (problem) {
      put("found", session, undefined);
      failed(problem);
    }
  }

  return {
    loads: { state: loadState, statistics: loadStatistics },
    find,
    series: (path) => loadSeries(path).catch(failed),
    bytesOf: (protocol, type) => api.bytesOf(store.state.session, protocol, type)
      .then((data) => put("bytes", store.state.session, data)).catch(failed),
  };
}
