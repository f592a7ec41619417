// The packet list: virtual rows over the log. It follows the end only while the end is in view.

import { currentSession } from "../state/reducer.js";
import { indexOf } from "../state/log.js";
import { kindOf } from "../state/bytes.js";
import { follows, scrollToShow, visibleRows } from "../state/window.js";
import { h } from "./dom.js";
import { clockMicros, colourOf, endpoint, grouped, micros, relative, words } from "./format.js";

const ROW = 21;
const COLUMNS = [
  ["no", "No."], ["time", "Time"], ["game", "Game"], ["direction", "Direction"],
  ["source", "Source"], ["destination", "Destination"], ["type", "Type"], ["length", "Length"],
  ["info", "Info"], ["verdict", "Verdict"],
];

export function packetList(root, actions) {
  const sizer = h("div", { class: "sizer" });
  const body = h("div", { class: "rows" }, sizer);
  const pill = h("button", { class: "pill", hidden: true, onclick: () => follow() });
  const time = h("span", { class: "time", title: "Relative or by the clock (t)",
    onclick: actions.toggleTime }, "Time");
  root.append(
    h("div", { class: "row head" }, COLUMNS.map(([name, label]) =>
      name === "time" ? time : h("span", { class: name }, label))),
    body, pill);

  const pool = [];
  let state = null;
  let following = true;
  let scrolledTo = 0;
  let seenLast = 0;
  let drawn = { session: null, first: 0 };
  let shown = null;

  body.addEventListener("scroll", () => {
    const rows = state?.log.rows.length ?? 0;
    following = follows({ ...view(), count: rows, followed: following, from: scrolledTo });
    scrolledTo = body.scrollTop;
    if (following) seenLast = state?.log.last ?? 0;
    if (body.scrollTop < 40 * ROW && state?.log.more) actions.loadOlder();
    draw();
  }, { passive: true });
  body.addEventListener("mousedown", (event) => {
    const row = event.target.closest(".row");
    if (row?.dataset.sequence) actions.select(Number(row.dataset.sequence));
  });
  new ResizeObserver(() => {
    root.style.setProperty("--scrollbar", `${body.offsetWidth - body.clientWidth}px`);
    if (following) bottom();
    draw();
  }).observe(body);

  const view = () => ({ scrollTop: body.scrollTop, height: body.clientHeight, rowHeight: ROW });
  const bottom = () => { body.scrollTop = sizer.offsetHeight; };

  function follow() {
    following = true;
    seenLast = state.log.last;
    bottom();
    draw();
  }

  function draw() {
    if (state === null) return;
    const { rows } = state.log;
    const begin = currentSession(state)?.startedAt ?? rows[0]?.event?.at;
    const beginMicros = begin ? micros(begin) : 0;
    const { first, end } = visibleRows({ ...view(), count: rows.length });
    while (pool.length < end - first) pool.push(newRow());
    pool.forEach((element, i) => {
      const index = first + i;
      const used = index < end;
      element.hidden = !used;
      if (used) fill(element, rows[index], index, beginMicros);
    });
    const unseen = following ? 0 : state.log.last - Math.max(seenLast, state.log.first - 1);
    pill.hidden = unseen <= 0;
    pill.textContent = `${grouped(unseen)} new \u2193`;
  }

  function newRow() {
    const element = h("div", { class: "row" },
      COLUMNS.map(([name]) => h("span", { class: name })));
    body.append(element);
    return element;
  }

  function fill(element, row, index, beginMicros) {
    const selected = row.sequence === state.selected;
    if (element.row === row && element.index === index && element.selected === selected
        && element.absolute === state.absoluteTime && element.begin === beginMicros) return;
    Object.assign(element, { row, index, selected, absolute: state.absoluteTime, begin: beginMicros });
    element.style.transform = `translateY(${index * ROW}px)`;
    element.dataset.sequence = row.sequence;
    const verdict = row.event?.verdict ?? "gap";
    element.className = `row kind-${kindOf(row)} verdict-${verdict}${selected ? " selected" : ""}`;
    const cells = cellsOf(row, beginMicros, state.absoluteTime);
    COLUMNS.forEach(([name], i) => {
      const cell = element.children[i];
      if (cell.textContent !== cells[name]) cell.textContent = cells[name];
    });
    element.children[2].className = `game game${colourOf(row.event?.instance)}`;
    element.children[8].title = cells.info;
    element.children[9].title = row.event?.verdictDetail ?? "";
  }

  return (next) => {
    state = next;
    const { log } = state;
    sizer.style.height = `${log.rows.length * ROW}px`;
    if (state.session !== drawn.session) {
      following = state.selected === null;
      seenLast = 0;
      shown = null;
    } else if (log.first < drawn.first && drawn.first > 0) {
      // Older rows came in front: what is in view stays where it is.
      const added = indexOf(log.rows, drawn.first);
      if (added > 0) body.scrollTop += added * ROW;
    }
    // What was there when the page opened is not new.
    if (following || drawn.first === 0) seenLast = log.last;
    drawn = { session: state.session, first: log.first };
    if (state.selected !== null && state.selected !== shown) {
      const index = indexOf(log.rows, state.selected);
      if (index >= 0) {
        if (shown === null && !following) {
          body.scrollTop = Math.max(0, index * ROW - body.clientHeight / 2);
        } else {
          body.scrollTop = scrollToShow({ ...view(), index });
        }
        // Who looks at a packet does not want it to run away; who chose the last one follows.
        following = index === log.rows.length - 1;
        shown = state.selected;
      }
    } else if (following) {
      bottom();
    }
    draw();
  };
}

function cellsOf(row, beginMicros, absolute) {
  if (row.gap) {
    const { from, to } = row.gap;
    return {
      no: String(to), time: "", game: "", direction: "", source: "", destination: "",
      type: "gap", length: "", verdict: "",
      info: `${to - from + 1} events are missing: ${from} to ${to}`,
    };
  }
  const { event, messages } = row;
  const flow = event.flow;
  const to = flow ? flow.destination.instance ?? "\u2014" : "";
  return {
    no: String(event.sequence),
    time: absolute ? clockMicros(event.at) : relative(event.at, beginMicros),
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
