// The packet list: virtual rows over the log. It follows the end only while the end is in view; else
// it keeps the row that is at its top, whatever is loaded or comes. It asks for the rows that it is to
// show and that are not loaded.

import { hasEnded } from "../state/reducer.js";
import { arrived, count, eventsIn, isNumbered, missing, numberAt, placeOf, placeOfNumber, rowAt, sequenceAt }
  from "../state/log.js";
import { missingValues } from "../state/values.js";
import { kindOf } from "../state/bytes.js";
import { paintOf } from "../state/choices.js";
import { cellsOf, fieldsIn, labelOf, namesOf, shownColumns, timesOf, tracks } from "../state/columns.js";
import { bottom, extent, follows, scrolled, scrollTopOf, topToCentre, topToShow, visibleRows }
  from "../state/window.js";
import { h, say } from "./dom.js";
import { labels } from "../state/markers.js";
import { colourOf, grouped, visible } from "../state/format.js";

const ROW = 21;
/** Rows on either side of the view that are loaded before they come into it. */
const AHEAD = 60;
const TIME_LABELS = { start: "Time", clock: "Time of day", previous: "Since previous" };

export function packetList(root, actions) {
  const sizer = h("div", { class: "sizer" });
  const body = h("div", { class: "rows", role: "rowgroup", tabindex: 0, "aria-label": "Packets" }, sizer);
  const pill = h("button", { class: "pill", hidden: true, onclick: () => follow() });
  const loading = h("div", { class: "loading", hidden: true }, "Loading\u2026");
  const nothing = h("div", { class: "nothing dim", hidden: true });
  const time = h("button", { title: "Since the start, by the clock, since the previous packet (t)",
    onclick: actions.nextTime }, "Time");
  const head = h("div", { class: "row head", role: "row" });
  const position = h("span", { class: "position", "aria-hidden": "true" });
  const grid = h("div", { class: "grid", role: "grid", "aria-label": "Packets" },
    h("div", { role: "rowgroup" }, head), body);
  root.append(grid, loading, nothing, pill);

  let pool = [];
  let columns = [];
  let catalogue = null;
  let names = new Map();
  let markers = null;
  let flags = new Map();
  let state = null;
  let top = 0;
  let anchor = null; // { sequence, part, number, offset }: what stays where it is, where the end is not followed
  let scrollBar = 0;
  let following = true;
  let seen = 0;
  let opened = 0; // which list this is
  let shown = null;

  const view = () => ({ top, height: body.clientHeight, rowHeight: ROW,
    count: state === null ? 0 : count(state.log) });

  body.addEventListener("scroll", () => {
    if (body.scrollTop === scrollBar) return; // Scrolled by show.
    const from = top;
    top = scrolled(view(), scrollBar, body.scrollTop);
    scrollBar = body.scrollTop;
    following = follows(view(), following, from);
    if (following && state !== null) seen = arrived(state.log);
    remember();
    draw();
  }, { passive: true });
  const rowOfEvent = (event) => {
    const element = event.target.closest(".rows .row");
    return element?.dataset.sequence ? element : null;
  };
  body.addEventListener("mousedown", (event) => {
    const element = rowOfEvent(event);
    if (element !== null) actions.select(Number(element.dataset.sequence), element.row?.part ?? 0);
  });
  body.addEventListener("contextmenu", (event) => {
    const element = rowOfEvent(event);
    if (element?.row?.event === undefined) return;
    event.preventDefault();
    const column = columns[[...element.children].indexOf(event.target.closest(".row > span"))];
    actions.rowMenu(element.row, column ?? "type", event.clientX, event.clientY);
  });
  head.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    actions.chooseColumns();
  });
  new ResizeObserver(() => {
    root.style.setProperty("--scrollbar", `${body.offsetWidth - body.clientWidth}px`);
    if (state !== null) layOut();
    show(following ? bottom(view()) : top);
    draw();
  }).observe(body);

  /** What is at the top stays there. */
  function remember() {
    if (state === null || following) return;
    const place = Math.floor(top / ROW);
    anchor = { sequence: sequenceAt(state.log, place), part: rowAt(state.log, place)?.part ?? 0,
      number: numberAt(state.log, place), offset: top - place * ROW };
  }

  function anchored() {
    if (anchor === null) return top;
    const { sequence, part, number, offset } = anchor;
    const place = sequence === null ? placeOfNumber(state.log, number) : placeOf(state.log, sequence) + part;
    return place * ROW + offset;
  }

  /** Moves the scroll bar without taking that for the reader's own scrolling. */
  function show(wanted) {
    top = Math.max(0, Math.min(wanted, bottom(view())));
    const position = Math.round(scrollTopOf(view()));
    if (position !== body.scrollTop) body.scrollTop = position;
    scrollBar = body.scrollTop;
  }

  const isFar = (place) => place * ROW < top - body.clientHeight || place * ROW > top + 2 * body.clientHeight;

  function follow() {
    following = true;
    seen = arrived(state.log);
    show(bottom(view()));
    draw();
  }

  /** Rows are made again where the columns are others. */
  function layOut() {
    const now = shownColumns(state.choices.columns, root.clientWidth);
    if (now.join() === columns.join()) return;
    columns = now;
    root.style.setProperty("--tracks", tracks(columns));
    pool.forEach((element) => element.remove());
    pool = [];
    head.replaceChildren(...columns.map((name) => h("span", { class: name, role: "columnheader",
      title: labelOf(name) }, name === "time" ? time : labelOf(name), name === "info" ? position : "")));
  }

  function draw() {
    if (state === null) return;
    const { log } = state;
    const all = count(log);
    const { first, end } = visibleRows(view());
    const times = timesOf(state);
    while (pool.length < end - first) pool.push(newRow());
    // A row keeps its element while it is in view, so that a list that goes on only draws what is new.
    for (let place = first; place < first + pool.length; place++) {
      const element = pool[place % pool.length];
      element.hidden = place >= end;
      if (place < end) fill(element, rowAt(log, place), place, times);
    }
    grid.setAttribute("aria-rowcount", String(all));
    if (hasEnded(state)) seen = arrived(log);
    const unseen = following ? 0 : arrived(log) - seen;
    pill.hidden = unseen <= 0;
    say(pill, `${grouped(unseen)} new \u2193`);
    say(position, positionText(log, all));
    const query = missing(log, first - AHEAD, end + AHEAD);
    loading.hidden = state.session === null || !(query !== null && rowAt(log, Math.max(0, first)) === null
      || state.connection === "connecting" && all === 0);
    nothing.hidden = !(log.filtered && all === 0 && loading.hidden && state.session !== null);
    say(nothing, "Nothing is found with this filter, yet");
    if (query !== null) actions.load(query);
    const values = missingValues(log, first, end, fieldsIn(columns));
    if (values !== null) actions.loadValues(values);
  }

  /** Which of the events are in view, where not all of them are. */
  function positionText(log, all) {
    const [from, to] = [Math.floor(top / ROW), Math.min(all, Math.ceil((top + body.clientHeight) / ROW)) - 1];
    return !isNumbered(log) || to < from || (from === 0 && to === all - 1) ? ""
      : `${grouped(numberAt(log, from))}\u2013${grouped(numberAt(log, to))} of ${grouped(eventsIn(log))}`;
  }

  function newRow() {
    const element = h("div", { class: "row", role: "row" },
      columns.map((name) => h("span", { class: name, role: "gridcell" })));
    body.append(element);
    return element;
  }

  function fill(element, row, place, times) {
    const sequence = row?.sequence ?? sequenceAt(state.log, place);
    const selected = sequence !== null && sequence === state.selected;
    const { choices, search, part, markers } = state;
    element.style.transform = `translateY(${Math.round(place * ROW - top + scrollBar)}px)`;
    const previous = rowAt(state.log, place - 1);
    const now = [row, place, selected && (row?.part ?? 0) === part, selected, times.key, previous, choices, search, markers];
    if (element.drawn?.every((value, i) => value === now[i])) return;
    Object.assign(element, { row, drawn: now });
    element.dataset.sequence = sequence ?? "";
    element.setAttribute("aria-rowindex", String(place + 1));
    element.setAttribute("aria-selected", String(selected));
    const cells = row === null ? { no: String(sequence ?? ""), info: "\u2026" } : cellsOf(row, previous, times, columns, names);
    element.className = `row ${classesOf(row, cells)}${selected ? " selected" : ""}`
      + (selected && (row?.part ?? 0) === part ? " current" : "")
      + (sequence !== null && times.reference === sequence ? " reference" : "");
    columns.forEach((name, i) => {
      const cell = element.children[i];
      const text = cells[name] ?? "";
      if (cell.textContent !== text) cell.textContent = text;
      if (name === "info") cell.title = text;
    });
    decorate(element, row, previous, row?.part > 0 ? undefined : flags.get(sequence));
  }

  /** What is special about a row, beside its texts. */
  function decorate(element, row, previous, label) {
    const back = row?.event !== undefined && previous?.event !== undefined && row.part === 0
      && row.event.at < previous.event.at;
    const time = element.children[columns.indexOf("time")];
    time?.classList.toggle("back", back);
    if (time) time.title = back ? "Earlier than the row above: the games' packets are in the order of the log" : "";
    const no = element.children[columns.indexOf("no")];
    no?.classList.toggle("flag", label !== undefined);
    if (no) no.title = label ?? "";
    element.classList.toggle("marked", label !== undefined);
    if (label !== undefined) element.dataset.label = visible(label, 60);
    const game = element.children[columns.indexOf("game")];
    if (game) game.className = `game game${colourOf(row?.event?.instance)}`;
    const verdict = element.children[columns.indexOf("verdict")];
    if (verdict) verdict.title = row?.event?.verdictDetail ?? "";
  }

  function classesOf(row, cells) {
    if (row === null) return "kind-unloaded";
    const { rules, colours } = state.choices;
    const { type = "", info = "" } = cells;
    const paint = rules.length === 0 ? 0
      : paintOf(rules, { type, info, game: row.event?.instance ?? "" });
    const sought = state.search !== "" && `${type} ${info}`.toLowerCase().includes(state.search.toLowerCase());
    return `kind-${kindOf(row)} verdict-${row.event?.verdict ?? "gap"}`
      + (colours === "instance" ? ` by-game game-edge${colourOf(row.event?.instance)}` : "")
      + (paint > 0 ? ` paint${paint}` : "") + (sought ? " sought" : "") + (row.part > 0 ? " further" : "");
  }

  /** Another session, or another filter, is another list. */
  function begin() {
    opened = state.opened;
    following = state.selected === null;
    seen = 0;
    shown = null;
    anchor = null;
    top = 0;
  }

  return (next) => {
    state = next;
    const { log } = state;
    if (state.catalogue !== catalogue) {
      catalogue = state.catalogue;
      names = namesOf(catalogue);
    }
    if (state.markers !== markers) {
      markers = state.markers;
      flags = labels(markers);
    }
    layOut();
    say(time, state.reference !== null ? `Since No. ${state.reference.sequence}` : TIME_LABELS[state.time]);
    sizer.style.height = `${extent(view())}px`;
    if (state.opened !== opened) begin();
    // What was there when the page opened is not new.
    if (following || seen === 0) seen = arrived(log);
    const chosen = state.selected === null ? null : `${state.selected}/${state.part}`;
    if (chosen !== null && chosen !== shown && count(log) > 0) {
      const place = placeOf(log, state.selected) + state.part;
      if (!following) top = anchored();
      show(shown === null && !following || isFar(place) ? topToCentre(view(), place) : topToShow(view(), place));
      // Who looks at a packet does not want it to run away; who chose the last one follows.
      following = state.selected === sequenceAt(log, count(log) - 1);
      shown = chosen;
      anchor = { sequence: state.selected, part: state.part, offset: top - place * ROW };
    } else if (following) {
      show(bottom(view()));
    } else {
      show(anchored());
      if (anchor === null && count(log) > 0) remember();
    }
    if (chosen === null) shown = null;
    draw();
  };
}
