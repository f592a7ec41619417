// Which packet is selected, and all that is known of it.

import * as api from "../api/http.js";
import { hasEnded } from "../state/reducer.js";
import { MOST_ROWS, count, missing, nextInFlow, nextRow, placeOf, rowAt, sequenceAt, withNone } from "../state/log.js";
import { fieldsIn, infoOf, typeOf } from "../state/columns.js";
import { effective, quoted } from "../state/filters.js";

const DETAIL_MILLIS = 40;
const RETRY_MILLIS = [500, 1000, 2000, 5000];

export function selectionActs({ store, dispatch, failed }) {
  let timer = 0;
  let call = null;

  function select(sequence, part = 0) {
    if (sequence === store.state.selected) {
      if (part !== store.state.part) dispatch({ type: "select", sequence, part });
      return;
    }
    call?.abort();
    clearTimeout(timer);
    dispatch({ type: "select", sequence, part });
    if (sequence !== null) timer = setTimeout(loadDetail, DETAIL_MILLIS);
  }

  /** Asks until it is answered, or something else is selected. */
  async function loadDetail(failures = 0) {
    const { session, selected } = store.state;
    if (selected === null) return;
    call?.abort();
    call = new AbortController();
    try {
      const detail = await api.event(session, selected, call.signal);
      if (store.state.session === session) dispatch({ type: "detail", detail });
    } catch (problem) {
      if (problem.name === "AbortError" || store.state.selected !== selected) return;
      // The live stream may be ahead of the database.
      const soon = problem.status === 404 && selected <= store.state.log.total && !hasEnded(store.state);
      dispatch({ type: "detail-problem", sequence: selected,
        text: soon ? "the journal has not written it yet" : problem.message });
      if (soon || problem.status === 0 || problem.status >= 500) {
        const millis = RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)];
        timer = setTimeout(() => loadDetail(failures + 1), millis);
      }
    }
  }

  function move(step) {
    const { log, selected, part } = store.state;
    const last = count(log) - 1;
    if (last < 0) return;
    const from = selected === null ? (step === 1 || step > last ? last : step > 0 ? -1 : last + 1)
      : placeOf(log, selected) + part;
    const to = Math.min(last, Math.max(0, from + step));
    select(sequenceAt(log, to), rowAt(log, to)?.part ?? 0);
  }

  /** To the first row. What a filter found is loaded from its end: what lies before comes first. */
  async function toFirst() {
    const { session, choices } = store.state;
    const filter = effective(store.state);
    const fields = fieldsIn(choices.columns);
    const left = () => (store.state.log.filtered ? missing(store.state.log, 0, 1) : null);
    try {
      for (let query = left(); query !== null; query = left()) {
        const page = await api.events(session, { ...query, filter, fields });
        if (store.state.session !== session || effective(store.state) !== filter) return;
        dispatch({ type: "page", page: withNone(page, fields) });
      }
    } catch (problem) {
      failed(problem);
      return;
    }
    move(-Infinity);
    const { log } = store.state;
    if (log.filtered && log.older) {
      dispatch({ type: "problem", text: `The list keeps the newest ${MOST_ROWS.toLocaleString("en-US")} rows of what was found. A narrower filter shows earlier ones` });
    }
  }

  function moveInFlow(step) {
    const { log, selected } = store.state;
    const to = selected === null ? null : nextInFlow(log, selected, step);
    if (to !== null) select(to.sequence);
  }

  /** To the next event with the text that is searched for: among the loaded rows, then in the session. */
  async function searchNext(step) {
    const { log, selected, search, session } = store.state;
    const text = search.trim().toLowerCase();
    if (text === "") return;
    const from = selected ?? (step > 0 ? 0 : log.total + 1);
    const loaded = nextRow(log, from, step, (row) => row.event !== undefined
      && `${typeOf(row)} ${infoOf(row)}`.toLowerCase().includes(text));
    if (loaded !== null) {
      select(loaded.sequence, loaded.part);
      return;
    }
    const filter = `lower(message.summary) contains ${quoted(text)} || lower(message.type) contains ${quoted(text)}`;
    try {
      const { events } = await api.events(session,
        { ...(step > 0 ? { after: from } : { before: from }), limit: 1, filter });
      if (store.state.session !== session) return;
      if (events.length > 0) select(events[0].event.sequence);
      else dispatch({ type: "problem", text: `No ${step > 0 ? "further" : "earlier"} packet with this text` });
    } catch (problem) {
      failed(problem);
    }
  }

  return { select, loadDetail, move, toFirst, moveInFlow, searchNext };
}
