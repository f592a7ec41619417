// Opens a session and keeps its rows: a page around the place that is looked at, then the live stream.

import * as api from "../api/http.js";
import { follow } from "../api/live.js";
import { effective } from "../state/filters.js";
import { PAGE, isWhole, serves } from "../state/log.js";

const BATCH_MILLIS = 50;
/** Nobody reads rows that come in such numbers; what is drawn less often leaves time for the reader's own acts. */
const FLOOD_MILLIS = 120;
const FLOOD = 100;
const LOAD_MILLIS = 30;
const VALUES_MILLIS = 250;
const AGAIN_MILLIS = 2000;
const RESULT_MILLIS = 15000;
const RETRY_MILLIS = [500, 1000];

/**
 * @param loadDetail called where the selected event has new messages
 * @param onAnalyzer called with what the stream says about analyzers
 * @param onRun called with how a run over the session gets on
 * @param onHeld called where something was held, or is no longer
 */
export function sessionActs({ store, dispatch, failed }, { loadPage }, { loadDetail }, { onAnalyzer, onHeld, onRun }) {
  let stopFollowing = () => {};
  let opening = 0;
  let opened = false;
  let blocksTimer = 0;

  /**
   * Shows a session from its end, or around a selected event however far back that is: what is between
   * there and the end is not loaded, only counted as it comes.
   */
  async function open(session, { followNewest = false, selected = null } = {}) {
    const mine = ++opening;
    opened = false;
    stopFollowing();
    stopFollowing = () => {};
    dispatch({ type: "open", session, followNewest, selected });
    if (session === null) return;
    try {
      const { lastSequence } = await api.session(session);
      if (mine !== opening) return;
      const cursor = await loadBegin(lastSequence, selected);
      if (cursor === null || mine !== opening) return;
      opened = true;
      stopFollowing = live(session, cursor, effective(store.state));
      if (selected !== null) loadDetail();
      loadBlocks();
    } catch (problem) {
      if (mine === opening) notOpened(problem, session, { followNewest, selected }, mine);
    }
  }

  /** The newest rows, or those around a selected event. Returns from where on the stream goes on. */
  async function loadBegin(lastSequence, selected) {
    const { filtered } = store.state.log;
    const total = lastSequence;
    if (selected !== null && selected <= lastSequence - (filtered ? 0 : PAGE / 2)) {
      const query = { after: Math.max(0, filtered ? selected - 1 : selected - PAGE / 2), limit: PAGE };
      const page = await loadPage(query, { total });
      // Less than a page is found from there on: it is in the last one.
      if (page === null || !filtered || page.events.length === PAGE) return page && lastSequence;
    }
    const page = await loadPage({ before: lastSequence + 1, limit: PAGE }, { total });
    return page && page.cursor;
  }

  /** Where in the session what the filter finds is. Until that is known, the list goes on page by page. */
  function loadBlocks(millis = 0) {
    clearTimeout(blocksTimer);
    const { session, opened: mine } = store.state;
    blocksTimer = setTimeout(async () => {
      if (store.state.opened !== mine || !store.state.log.filtered || isWhole(store.state.log)) return;
      try {
        const blocks = await api.blocks(session, effective(store.state));
        dispatch({ type: "blocks", blocks, opened: mine });
      } catch (problem) {
        failed(problem);
        loadBlocks(AGAIN_MILLIS);
      }
    }, millis);
  }

  function notOpened(problem, session, how, mine) {
    if (problem.parameter === "filter" && store.state.filter !== "") {
      // A link brought one that is none, or no longer.
      failed(problem);
      dispatch({ type: "filter", filter: "" });
      open(session, how);
    } else if (problem.status === 404 || problem.status === 400) {
      dispatch({ type: "unknown-session", session });
    } else {
      failed(problem);
      dispatch({ type: "connection", connection: "interrupted" });
      setTimeout(() => {
        if (mine === opening) open(session, { ...how, selected: store.state.selected });
      }, AGAIN_MILLIS);
    }
  }

  /** What comes is gathered for a moment, so that a flood is drawn at a bearable pace. */
  function live(session, cursor, filter) {
    let items = [];
    let timer = 0;
    let millis = BATCH_MILLIS;
    const flush = () => {
      timer = 0;
      const batch = items;
      items = [];
      millis = batch.length > FLOOD ? FLOOD_MILLIS : BATCH_MILLIS;
      dispatch({ type: "items", items: batch });
      const { selected } = store.state;
      if (batch.some(({ kind, data }) => kind === "messages" && data.sequence === selected)) loadDetail();
      if (batch.some(({ kind, data }) => kind === "event" && (data.verdict === "held" || data.type === "held_released"))) onHeld();
    };
    const stop = follow(session, cursor, filter, {
      onItem: (item) => {
        items.push(item);
        if (timer === 0) timer = setTimeout(flush, millis);
      },
      onReload,
      onAnalyzer: (notice) => {
        onAnalyzer(notice);
        // Another version finds others.
        if (notice.session === session) loadBlocks(AGAIN_MILLIS);
      },
      onRun,
      onMarker: (change) => dispatch({ type: "marker", change, session }),
      onState: (connection) => dispatch({ type: "connection", connection }),
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }

  /** The result stays for a while; the next reload, or the reader's next session, takes its place. */
  function onReload(reload) {
    dispatch({ type: "reload", reload });
    if (reload.finished) {
      setTimeout(() => dispatch({ type: "reload-seen", id: reload.id }), RESULT_MILLIS);
    }
  }

  let loading = null;

  /** Loads what the list wants to show: one call at a time, and the newest wish counts. */
  function load(query) {
    const { opened: list } = store.state;
    if (!opened || (loading?.list === list && serves(loading.query, query))) return;
    clearTimeout(loading?.timer);
    loading?.call.abort();
    const mine = { list, query, call: new AbortController(), timer: 0 };
    loading = mine;
    const again = (millis) => setTimeout(() => {
      if (loading !== mine) return;
      loading = null;
      store.redraw();
    }, millis);
    mine.timer = setTimeout(async () => {
      try {
        const page = await loadPage(query, { signal: mine.call.signal });
        if (page === null) return;
        // Where the journal is behind the stream a page may bring nothing new, yet.
        again(page.events.length === 0 ? RETRY_MILLIS[0] : 0);
      } catch (problem) {
        if (problem.name === "AbortError") return;
        failed(problem);
        again(RETRY_MILLIS[1]);
      }
    }, LOAD_MILLIS);
  }

  let valuesTimer = 0;

  /** Loads the values of columns for rows that are in view: not more often than they can be read. */
  function loadValues(query) {
    if (valuesTimer !== 0) return;
    const { session } = store.state;
    valuesTimer = setTimeout(async () => {
      try {
        const page = await api.events(session, query);
        if (store.state.session === session) dispatch({ type: "values", page, fields: query.fields });
      } catch (problem) {
        failed(problem);
      } finally {
        valuesTimer = 0;
      }
    }, VALUES_MILLIS);
  }

  /** The same session under what is asked for now. */
  const reopen = () => {
    const { session, followNewest, selected } = store.state;
    return open(session, { followNewest, selected });
  };

  return { open, reopen, load, loadValues };
}
