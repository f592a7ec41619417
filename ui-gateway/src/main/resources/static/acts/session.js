// Opens a session and keeps its rows: a page around the place that is looked at, then the live stream.

import * as api from "../api/http.js";
import { follow } from "../api/live.js";
import { fieldsIn } from "../state/columns.js";
import { effective } from "../state/filters.js";
import { PAGE, serves, withNone } from "../state/log.js";

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
export function sessionActs({ store, dispatch, failed }, { loadDetail }, { onAnalyzer, onHeld, onRun }) {
  let stopFollowing = () => {};
  let opening = 0;
  let opened = false;

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
      const filter = effective(store.state);
      const fields = fieldsIn(store.state.choices.columns);
      const atEnd = filter !== "" || selected === null || selected > lastSequence - PAGE / 2;
      const page = await api.events(session, atEnd
        ? { before: lastSequence + 1, limit: PAGE, filter, fields }
        : { after: Math.max(0, selected - PAGE / 2), limit: PAGE, fields });
      if (mine !== opening) return;
      opened = true;
      dispatch({ type: "page", page: withNone(page, fields), total: lastSequence });
      stopFollowing = live(session, atEnd ? page.cursor : lastSequence, filter);
      if (selected !== null) loadDetail();
    } catch (problem) {
      if (mine === opening) notOpened(problem, session, { followNewest, selected }, mine);
    }
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
      onAnalyzer,
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
    const { session } = store.state;
    const filter = effective(store.state);
    const fields = fieldsIn(store.state.choices.columns);
    if (!opened || (loading?.session === session && serves(loading.query, query))) return;
    clearTimeout(loading?.timer);
    loading?.call.abort();
    const mine = { session, query, call: new AbortController(), timer: 0 };
    loading = mine;
    const again = (millis) => setTimeout(() => {
      if (loading !== mine) return;
      loading = null;
      store.redraw();
    }, millis);
    mine.timer = setTimeout(async () => {
      try {
        const page = await api.events(session, { ...query, filter, fields }, mine.call.signal);
        if (store.state.session !== session || effective(store.state) !== filter) return;
        dispatch({ type: "page", page: withNone(page, fields) });
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
