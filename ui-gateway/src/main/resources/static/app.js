// Ties API, state and views together.

import * as api from "./api/http.js";
import { follow } from "./api/live.js";
import { createStore } from "./state/store.js";
import { currentSession, initialState } from "./state/reducer.js";
import { indexOf, nextInFlow } from "./state/log.js";
import { h, whenChanged } from "./views/dom.js";
import { banner, followers } from "./views/banner.js";
import { showContinuity, showHelp, showSignIn } from "./views/dialogs.js";
import { hexView } from "./views/hex.js";
import { packetList } from "./views/list.js";
import { splitters } from "./views/splitters.js";
import { statusBar } from "./views/status.js";
import { topBar } from "./views/top.js";
import { messageTree } from "./views/tree.js";

const PAGE = 1000;
const BATCH_MILLIS = 50;
const DETAIL_MILLIS = 40;
const SESSIONS_MILLIS = 3000;
const INSTANCES_MILLIS = 1000;
const PROGRESS_MILLIS = 1000;
const RESULT_MILLIS = 15000;

const $ = (id) => document.getElementById(id);
const store = createStore(initialState());
const dispatch = store.dispatch;
const failed = (problem) => {
  if (problem.status === 401) askForToken();
  if (problem.name !== "AbortError") dispatch({ type: "problem", text: problem.message });
};

/** The lists ask again by themselves, and with them comes all the rest. */
const askForToken = () => showSignIn($("dialog"), api.signIn);

// ---- which session -----------------------------------------------------------------------------

let stopFollowing = () => {};
let opening = 0;

async function open(session, { followNewest = false, selected = null } = {}) {
  const mine = ++opening;
  stopFollowing();
  stopFollowing = () => {};
  dispatch({ type: "open", session, followNewest, selected });
  if (session === null) return;
  try {
    const { lastSequence } = await api.session(session);
    // A linked event may lie far back: then the page begins around it.
    const before = selected !== null && selected < lastSequence - PAGE
      ? Math.min(lastSequence, selected + PAGE / 2) + 1 : lastSequence + 1;
    const page = await api.events(session, { before, limit: PAGE });
    if (mine !== opening) return;
    dispatch({ type: "page", page });
    stopFollowing = live(session, page.cursor);
    if (selected !== null) loadDetail();
  } catch (problem) {
    if (mine !== opening) return;
    failed(problem);
    dispatch({ type: "connection", connection: "interrupted" });
    setTimeout(() => {
      if (mine === opening) open(session, { followNewest, selected: store.state.selected });
    }, 2000);
  }
}

/** What comes is gathered for a moment, so that a flood is drawn at a bearable pace. */
function live(session, cursor) {
  let items = [];
  let timer = 0;
  const flush = () => {
    timer = 0;
    const batch = items;
    items = [];
    dispatch({ type: "items", items: batch });
    const selected = store.state.selected;
    if (batch.some(({ kind, data }) => kind === "messages" && data.sequence === selected)) {
      loadDetail();
    }
  };
  const stop = follow(session, cursor, {
    onItem: (item) => {
      items.push(item);
      if (timer === 0) timer = setTimeout(flush, BATCH_MILLIS);
    },
    onReload,
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

let loadingOlder = false;

async function loadOlder() {
  const { session, log } = store.state;
  if (loadingOlder || !log.more || log.first <= 1) return;
  loadingOlder = true;
  try {
    const page = await api.events(session, { before: log.first, limit: PAGE });
    if (store.state.session === session) dispatch({ type: "page", page });
  } catch (problem) {
    failed(problem);
  } finally {
    loadingOlder = false;
  }
}

async function refreshSessions() {
  try {
    const { sessions } = await api.sessions();
    dispatch({ type: "sessions", sessions });
    const { session, followNewest } = store.state;
    const newest = sessions[0]?.id ?? null;
    if (newest !== null && newest !== session && (session === null || followNewest)) {
      await open(newest, { followNewest: true });
    }
  } catch (problem) {
    failed(problem);
  }
}

async function refreshInstances() {
  try {
    const { instances } = await api.instances();
    dispatch({ type: "instances", instances });
    const { services } = await api.services();
    dispatch({ type: "services", services });
  } catch {
    // Said by the list of sessions already.
  }
}

const repeat = (task, millis) => {
  const again = () => task().finally(() => setTimeout(again, millis));
  again();
};

// ---- which packet ------------------------------------------------------------------------------

let detailTimer = 0;
let detailCall = null;

function select(sequence) {
  dispatch({ type: "select", sequence });
  clearTimeout(detailTimer);
  if (sequence !== null) detailTimer = setTimeout(loadDetail, DETAIL_MILLIS);
}

async function loadDetail() {
  const { session, selected } = store.state;
  if (selected === null) return;
  detailCall?.abort();
  detailCall = new AbortController();
  try {
    const detail = await api.event(session, selected, detailCall.signal);
    if (store.state.session === session) dispatch({ type: "detail", detail });
  } catch (problem) {
    if (problem.name === "AbortError") return;
    const soon = problem.status === 404 && indexOf(store.state.log.rows, selected) >= 0;
    dispatch({ type: "detail-problem", sequence: selected,
      text: soon ? "the journal has not written it yet" : problem.message });
    // The live stream may be ahead of the database.
    if (soon || problem.status === 503) detailTimer = setTimeout(loadDetail, 500);
  }
}

function move(step) {
  const { rows } = store.state.log;
  if (rows.length === 0) return;
  const from = store.state.selected === null ? -1 : indexOf(rows, store.state.selected);
  const to = from < 0 ? (step > 0 ? 0 : rows.length - 1) : from + step;
  const wanted = from < 0 && Math.abs(step) === 1 ? rows.length - 1 : to;
  select(rows[Math.min(rows.length - 1, Math.max(0, wanted))].sequence);
}

function moveInFlow(step) {
  const { log, selected } = store.state;
  const to = nextInFlow(log.rows, indexOf(log.rows, selected), step);
  if (to >= 0) select(log.rows[to].sequence);
}

// ---- views -------------------------------------------------------------------------------------

const actions = {
  open: (session) => open(session, { followNewest: session === store.state.sessions[0]?.id }),
  begin: () => api.startSession(currentSession(store.state)?.lab)
    .then(() => dispatch({ type: "problem", text: null })).catch(failed),
  end: () => api.endSession(store.state.session).catch(failed),
  help: () => showHelp($("dialog")),
  select,
  loadOlder,
  toggleTime: () => dispatch({ type: "absolute-time" }),
  field: (field) => dispatch({ type: "field", field }),
  hover: (field) => dispatch({ type: "hover", field }),
  continuity: async () => {
    const { session } = store.state;
    dispatch({ type: "looking", progress: { running: false } });
    const watch = setInterval(() => api.continuityProgress(session)
      .then((progress) => store.state.looking && dispatch({ type: "looking", progress }))
      .catch(() => {}), PROGRESS_MILLIS);
    try {
      const report = await api.continuity(session);
      if (store.state.session === session) dispatch({ type: "continuity", report });
      showContinuity($("dialog"), report);
    } catch (problem) {
      failed(problem);
    } finally {
      clearInterval(watch);
      dispatch({ type: "looking", progress: null });
    }
  },
};

const emptyView = (root) => whenChanged(
  (state) => [state.sessionsKnown, state.session, state.problem],
  ({ session, sessionsKnown, problem }) => {
    root.hidden = session !== null;
    $("main").classList.toggle("is-empty", session === null);
    root.replaceChildren(h("div", {},
      h("img", { src: "kontor.svg", alt: "", width: 72, height: 72 }),
      h("h1", {}, sessionsKnown ? "Nothing has been recorded yet" : "Kontor"),
      h("p", {}, sessionsKnown
        ? "A session begins by itself with the first packet of a game. To see one at once:"
        : problem ?? "Asking what is there\u2026"),
      sessionsKnown ? h("pre", {}, "./kontor demo") : null,
      sessionsKnown ? h("p", { class: "dim" }, "This page notices when it begins.") : null));
  });

store.subscribe(emptyView($("empty")));
store.subscribe(banner($("banner")));
store.subscribe(followers($("followers")));
store.subscribe(topBar($("top"), actions));
store.subscribe(packetList($("list"), actions));
store.subscribe(messageTree($("tree"), actions));
store.subscribe(hexView($("hex"), actions));
store.subscribe(statusBar($("status"), actions));
splitters($("main"));

// ---- keyboard ----------------------------------------------------------------------------------

const screen = () => Math.max(1, Math.floor($("list").clientHeight / 21) - 3);
const KEYS = {
  j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
  PageDown: () => move(screen()), PageUp: () => move(-screen()),
  g: () => move(-Infinity), Home: () => move(-Infinity),
  G: () => move(Infinity), End: () => move(Infinity),
  "]": () => moveInFlow(1), "[": () => moveInFlow(-1),
  t: actions.toggleTime, c: actions.continuity, "?": actions.help,
  Escape: () => select(null),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (act && store.state.session !== null) {
    event.preventDefault();
    act();
  }
});

// ---- address -----------------------------------------------------------------------------------

const address = () => {
  const parameters = new URLSearchParams(location.search);
  const selected = Number(parameters.get("event"));
  return {
    session: parameters.get("session"),
    selected: Number.isSafeInteger(selected) && selected > 0 ? selected : null,
  };
};

store.subscribe(whenChanged((state) => [state.session, state.selected], ({ session, selected }) => {
  if (session === null) return;
  const parameters = new URLSearchParams({ session });
  if (selected !== null) parameters.set("event", selected);
  history.replaceState(null, "", "?" + parameters);
}));

// A link may bring the token behind its #, which no server sees; it does not stay in the address.
const brought = new URLSearchParams(location.hash.slice(1)).get("token");
if (brought !== null) {
  history.replaceState(null, "", location.pathname + location.search);
  await api.signIn(brought).catch(failed);
}

const linked = address();
if (linked.session !== null) open(linked.session, { selected: linked.selected });
repeat(refreshSessions, SESSIONS_MILLIS);
repeat(refreshInstances, INSTANCES_MILLIS);
