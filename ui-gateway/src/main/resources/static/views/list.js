// The packet list: virtual rows over the log. It follows the end only while the end is in view, and
// asks for the rows that it is to show and that are not loaded.

import { hasEnded } from "../state/reducer.js";
import { count, missing, newer, placeOf, rowAt, sequenceAt } from "../state/log.js";
import { kindOf } from "../state/bytes.js";
import { bottom, extent, follows, scrolled, scrollTopOf, topToCentre, topToShow, visibleRows }
  from "../state/window.js";
import { h } from "./dom.js";
import { clockMicros, colourOf, endpoint, grouped, micros, relative, words } from "./format.js";

const ROW = 21;
/** Rows on either side of the view that are loaded before they come into it. */
const AHEAD = 60;
const COLUMNS = [
  ["no", "No."], ["time", "Time"], ["game", "Game"], ["direction", "Direction"],
  ["source", "Source"], ["destination", "Destination"], ["type", "Type"], ["length", "Length"],
  ["info", "Info"], ["verdict", "Verdict"],
];
const TIME_LABELS = { start: "Time", clock: "Time of day", previous: "Since previous" };

export function packetList(root, actions) {
  const sizer = h("div", { class: "sizer" });
  const body = h("div", { class: "rows", role: "rowgroup", tabindex: 0, "aria-label": "Packets" }, sizer);
  const pill = h("button", { class: "pill", hidden: true, onclick: () => follow() });
  const loading = h("div", { class: "loading", hidden: true }, "Loading\u2026");
  const time = h("button", { title: "Since the start, by the clock, since the previous packet (t)",
    onclick: actions.nextTime }, "Time");
  const head = h("div", { class: "row head", role: "row" }, COLUMNS.map(([name, label]) =>
    h("span", { class: name, role: "columnheader" }, name === "time" ? time : label)));
  const grid = h("div", { class: "grid", role: "grid", "aria-label": "Packets" },
    h("div", { role: "rowgroup" }, head), body);
  root.append(grid, loading, pill);

  const pool = [];
  let state = null;
  let top = 0;
  let scrollBar = 0;
  let following = true;
  let seenTotal = 0;
  let session = null;
  let shown = null;
  let moved = 0;

  const view = () => ({ top, height: body.clientHeight, rowHeight: ROW,
    count: state === null ? 0 : count(state.log) });

  body.addEventListener("scroll", () => {
    const from = top;
    top = scrolled(view(), scrollBar, body.scrollTop);
    scrollBar = body.scrollTop;
    following = follows(view(), following, from);
    if (following) seenTotal = state?.log.total ?? 0;
    draw();
  }, { passive: true });
  body.addEventListener("mousedown", (event) => {
    const row = event.target.closest(".row");
    if (row?.dataset.sequence) actions.select(Number(row.dataset.sequence));
  });
  new ResizeObserver(() => {
    root.style.setProperty("--scrollbar", `${body.offsetWidth - body.clientWidth}px`);
    show(following ? bottom(view()) : top);
    draw();
  }).observe(body);

  /** Moves the scroll bar without taking that for the reader's own scrolling. */
  function show(wanted) {
    top = Math.max(0, Math.min(wanted, bottom(view())));
    const position = Math.round(scrollTopOf(view()));
    if (position !== body.scrollTop) body.scrollTop = position;
    scrollBar = body.scrollTop;
  }

  function follow() {
    following = true;
    seenTotal = state.log.total;
    show(bottom(view()));
    draw();
  }

  function draw() {
    if (state === null) return;
    const { log } = state;
    const all = count(log);
    const { first, end } = visibleRows(view());
    const times = timesOf(state);
    while (pool.length < end - first) pool.push(newRow());
    pool.forEach((element, i) => {
      const place = first + i;
      const used = place < end;
      element.hidden = !used;
      if (used) fill(element, rowAt(log, place), place, times);
    });
    grid.setAttribute("aria-rowcount", String(all));
    if (hasEnded(state)) seenTotal = log.total;
    const unseen = following ? 0 : newer(log, seenTotal);
    pill.hidden = unseen <= 0;
    pill.textContent = `${grouped(unseen)} new \u2193`;
    const query = missing(log, first - AHEAD, end + AHEAD);
    loading.hidden = state.session === null || !(query !== null && rowAt(log, Math.max(0, first)) === null
      || state.connection === "connecting" && all === 0);
    if (query !== null) actions.load(query);
  }

  function newRow() {
    const element = h("div", { class: "row", role: "row" },
      COLUMNS.map(([name]) => h("span", { class: name, role: "gridcell" })));
    body.append(element);
    return element;
  }

  function fill(element, row, place, times) {
    const sequence = row?.sequence ?? sequenceAt(state.log, place);
    const selected = sequence === state.selected;
    element.style.transform = `translateY(${Math.round(place * ROW - top + scrollBar)}px)`;
    const previous = rowAt(state.log, place - 1);
    if (element.row === row && element.place === place && element.selected === selected
        && element.times === times.key && element.previous === previous) return;
    Object.assign(element, { row, place, selected, times: times.key, previous });
    element.dataset.sequence = sequence;
    element.setAttribute("aria-rowindex", String(place + 1));
    element.setAttribute("aria-selected", String(selected));
    const kind = row === null ? "kind-unloaded" : `kind-${kindOf(row)} verdict-${row.event?.verdict ?? "gap"}`;
    element.className = `row ${kind}${selected ? " selected" : ""}`
      + (times.reference === sequence ? " reference" : "");
    const cells = row === null ? { no: String(sequence), info: "\u2026" } : cellsOf(row, previous, times);
    COLUMNS.forEach(([name], i) => {
      const cell = element.children[i];
      const text = cells[name] ?? "";
      if (cell.textContent !== text) cell.textContent = text;
    });
    const back = row?.event !== undefined && previous?.event !== undefined
      && row.event.at < previous.event.at;
    element.children[1].className = `time${back ? " back" : ""}`;
    element.children[1].title = back
      ? "Earlier than the row above: the games' packets are in the order of the log" : "";
    element.children[2].className = `game game${colourOf(row?.event?.instance)}`;
    element.children[8].title = cells.info;
    element.children[9].title = row?.event?.verdictDetail ?? "";
  }

  return (next) => {
    state = next;
    const { log } = state;
    time.textContent = state.reference !== null ? `Since No. ${state.reference.sequence}` : TIME_LABELS[state.time];
    sizer.style.height = `${extent(view())}px`;
    if (state.session !== session) {
      session = state.session;
      following = state.selected === null;
      seenTotal = 0;
      shown = null;
      top = 0;
    }
    // What was found before the rows in view moves them, and the view with them.
    if (log.moved !== moved && !following) top += (log.moved - moved) * ROW;
    moved = log.moved;
    // What was there when the page opened is not new.
    if (following || seenTotal === 0) seenTotal = log.total;
    if (state.selected !== null && state.selected !== shown && count(log) > 0) {
      const place = placeOf(log, state.selected);
      show(shown === null && !following ? topToCentre(view(), place) : topToShow(view(), place));
      // Who looks at a packet does not want it to run away; who chose the last one follows.
      following = state.selected === log.total;
      shown = state.selected;
    } else if (following) {
      show(bottom(view()));
    } else {
      show(top);
    }
    if (state.selected === null) shown = null;
    draw();
  };
}

/** How the times of rows are written; two with the same key write them alike. */
function timesOf({ time, reference, sessions, session, log }) {
  const started = sessions.find(({ id }) => id === session)?.startedAt;
  const begin = reference?.at ?? started ?? log.rows[0]?.event?.at;
  return { form: reference === null ? time : "start", begin: begin ? micros(begin) : 0,
    reference: reference?.sequence ?? null, key: `${time} ${reference?.sequence} ${begin}` };
}

function timeOf(event, previous, times) {
  switch (times.form) {
    case "clock": return clockMicros(event.at);
    case "previous": return previous?.event ? relative(event.at, micros(previous.event.at)) : "";
    default: return event.sequence === times.reference ? "*REF*" : relative(event.at, times.begin);
  }
}

function cellsOf(row, previous, times) {
  if (row.gap) {
    const { from, to } = row.gap;
    return { no: String(to), type: "gap", info: `${to - from + 1} events are missing: ${from} to ${to}` };
  }
  const { event, messages } = row;
  const flow = event.flow;
  const to = flow ? flow.destination.instance ?? "\u2014" : "";
  return {
    no: String(event.sequence),
    time: timeOf(event, previous, times),
    game: event.instance ?? "",
    direction: flow ? `\u2192 ${to}` : "",
    source: flow ? endpoint(flow.source) : "",
    destination: flow ? endpoint(flow.destination) : "",
    type: messages.length
      ? [...new Set(messages.map((message) => message.type))].join(", ")
      : words(event.type),
    length: event.length === undefined ? "" : String(event.length),
    info: messages.length
      ? messages.map((message) =>
          message.problem ? `${message.summary} [${message.problem}]` : message.summary).join(" \u00b7 ")
      : event.info,
    verdict: event.verdict,
  };
}
