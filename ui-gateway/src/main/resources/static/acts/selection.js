// Which packet is selected, and all that is known of it.

import * as api from "../api/http.js";
import { hasEnded } from "../state/reducer.js";
import { around, count, goesOn, isWithin, nextRow, numberAt, placeOf, placeOfNumber, rowAt, rowOf, sequenceAt } from "../state/log.js";
import { infoOf, typeOf } from "../state/columns.js";
import { current, nothingVisited, turned, visit } from "../state/visited.js";
import { combined, effective, quoted } from "../state/filters.js";

const DETAIL_MILLIS = 40;
const RETRY_MILLIS = [500, 1000, 2000, 5000];

export function selectionActs({ store, dispatch, failed }, { loadPage }) {
  let timer = 0;
  let call = null;
  let visited = { session: null, packets: nothingVisited() };

  /** @param isStep whether it is reached row by row, and not a place of its own to come back to */
  function select(sequence, part = 0, isStep = false) {
    if (sequence !== null) note(sequence, part, isStep);
    if (sequence === store.state.selected) {
      if (part !== store.state.part) dispatch({ type: "select", sequence, part });
      return;
    }
    call?.abort();
    clearTimeout(timer);
    dispatch({ type: "select", sequence, part });
    if (sequence !== null) timer = setTimeout(loadDetail, DETAIL_MILLIS);
  }

  function note(sequence, part, isStep) {
    const { session, selected, part: before } = store.state;
    if (visited.session !== session) {
      const there = selected === null ? nothingVisited() : visit(nothingVisited(), { sequence: selected, part: before }, false);
      visited = { session, packets: there };
    }
    visited.packets = visit(visited.packets, { sequence, part }, isStep);
  }

  /** Back (-1) to the packet that was selected before, or forth (+1) again. */
  function turn(step) {
    if (visited.session !== store.state.session) return;
    visited.packets = turned(visited.packets, step);
    const to = current(visited.packets);
    if (to !== null) select(to.sequence, to.part);
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

  let waiting = null; // { opened, step }: a move that waits for rows

  /**
   * Selects the row that is so many rows further, Infinity being the last one. Where only its place is known, its
   * rows are loaded first; moves meanwhile go on from there.
   */
  async function move(step) {
    const { opened, selected } = store.state;
    const sum = waiting?.opened === opened && Number.isFinite(step) ? waiting.step + step : step;
    const mine = { opened, step: sum };
    waiting = mine;
    const isCurrent = () => waiting === mine && store.state.opened === opened && store.state.selected === selected;
    try {
      const stands = Number.isFinite(sum) && selected !== null;
      if (stands && store.state.log.filtered && !isWithin(store.state.log, selected)) {
        await loadPage(around(store.state.log, placeOf(store.state.log, selected)));
      }
      if (isCurrent()) await moveTo(target(store.state, sum), Number.isFinite(sum), isCurrent);
    } catch (problem) {
      failed(problem);
    } finally {
      if (waiting === mine) waiting = null;
    }
  }

  /** The place that is so many rows further. */
  function target({ log, selected, part }, step) {
    const last = count(log) - 1;
    const from = selected === null ? (step === 1 || step > last ? last : step > 0 ? -1 : last + 1)
      : placeOf(log, selected) + part;
    return Math.min(last, Math.max(0, from + step));
  }

  async function moveTo(place, isStep, isCurrent) {
    const { log } = store.state;
    if (count(log) === 0) return;
    if (sequenceAt(log, place) !== null) {
      select(sequenceAt(log, place), rowAt(log, place)?.part ?? 0, isStep);
      return;
    }
    const isLast = place === count(log) - 1;
    await loadPage(around(log, place));
    if (!isCurrent()) return;
    const { log: loaded } = store.state;
    const to = isLast ? count(loaded) - 1 : placeOfNumber(loaded, numberAt(log, place));
    const row = rowAt(loaded, to);
    if (row !== null) select(row.sequence, row.part, isStep);
  }

  /** To the next packet of the same flow in the list. */
  async function moveInFlow(step) {
    const { log, selected, detail } = store.state;
    if (selected === null) return;
    const flow = (rowOf(log, selected)?.event ?? detail?.event)?.flow?.number;
    if (flow === undefined) return;
    const isOfFlow = ({ event }) => event?.flow?.number === flow;
    await selectNext(selected, step, isOfFlow, `flow == ${flow}`, "packet of this flow");
  }

  /** To the next packet in the list with the text that is searched for. */
  async function searchNext(step) {
    const { log, selected, search } = store.state;
    const text = search.trim().toLowerCase();
    if (text === "") return;
    const has = (row) => row.event !== undefined && `${typeOf(row)} ${infoOf(row)}`.toLowerCase().includes(text);
    const condition = `lower(message.summary) contains ${quoted(text)} || lower(message.type) contains ${quoted(text)}`;
    await selectNext(selected ?? (step > 0 ? 0 : log.total + 1), step, has, condition, "packet with this text");
  }

  /**
   * Selects the next one in a direction: among the loaded rows where they go on from there, then in all of the list.
   *
   * @param has whether a row is one
   * @param condition the same as a filter
   */
  async function selectNext(from, step, has, condition, what) {
    const { log, opened, session } = store.state;
    const loaded = goesOn(log, from, step) ? nextRow(log, from, step, has) : null;
    if (loaded !== null) {
      select(loaded.sequence, loaded.part);
      return;
    }
    try {
      const { events } = await api.events(session, { ...(step > 0 ? { after: from } : { before: from }), limit: 1,
        filter: combined(effective(store.state), condition, "and") });
      if (store.state.opened !== opened) return;
      if (events.length > 0) select(events[0].event.sequence);
      else dispatch({ type: "problem", text: `No ${step > 0 ? "further" : "earlier"} ${what}` });
    } catch (problem) {
      failed(problem);
    }
  }

  return { select, loadDetail, move, turn, moveInFlow, searchNext };
}
