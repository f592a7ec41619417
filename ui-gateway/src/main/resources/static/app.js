// Ties API, state and views together.

import * as api from "./api/http.js";
import { follow } from "./api/live.js";
import { createStore } from "./state/store.js";
import { currentSession, hasEnded, initialState } from "./state/reducer.js";
import { joinByAddress } from "./state/network.js";
import { count, nextInFlow, PAGE, placeOf, sequenceAt, serves } from "./state/log.js";
import { h, whenChanged } from "./views/dom.js";
import { banner, followers } from "./views/banner.js";
import { ask, askNumber, showContinuity, showHelp, showSignIn } from "./views/dialogs.js";
import { filterBar } from "./views/filter.js";
import { hexView } from "./views/hex.js";
import { packetList } from "./views/list.js";
import { splitters } from "./views/splitters.js";
import { statusBar } from "./views/status.js";
import { topBar } from "./views/top.js";
import { messageTree } from "./views/tree.js";

const BATCH_MILLIS = 50;
const DETAIL_MILLIS = 40;
const SESSIONS_MILLIS = 3000;
const INSTANCES_MILLIS = 1000;
const PROGRESS_MILLIS = 1000;
const RESULT_MILLIS = 15000;
const LOAD_MILLIS = 30;
const RETRY_MILLIS = [500, 1000, 2000, 5000];
const ADDRESS_MILLIS = 150;

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
    const { filter } = store.state;
    const atEnd = filter !== "" || selected === null || selected > lastSequence - PAGE / 2;
    const page = await api.events(session, atEnd
      ? { before: lastSequence + 1, limit: PAGE, filter }
      : { after: Math.max(0, selected - PAGE / 2), limit: PAGE });
    if (mine !== opening) return;
    opened = true;
    dispatch({ type: "page", page, total: lastSequence });
    stopFollowing = live(session, atEnd ? page.cursor : lastSequence, filter);
    if (selected !== null) loadDetail();
  } catch (problem) {
    if (mine !== opening) return;
    if (problem.parameter === "filter") {
      // A link brought one that is none, or no longer.
      failed(problem);
      dispatch({ type: "filter", filter: "" });
      open(session, { followNewest, selected });
      return;
    }
    if (problem.status === 404 || problem.status === 400) {
      dispatch({ type: "unknown-session", session });
      return;
    }
    failed(problem);
    dispatch({ type: "connection", connection: "interrupted" });
    setTimeout(() => {
      if (mine === opening) open(session, { followNewest, selected: store.state.selected });
    }, 2000);
  }
}

/** What comes is gathered for a moment, so that a flood is drawn at a bearable pace. */
function live(session, cursor, filter) {
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
  const stop = follow(session, cursor, filter, {
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

let loading = null;

/** Loads what the list wants to show: one call at a time, and the newest wish counts. */
function load(query) {
  const { session, filter } = store.state;
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
      const page = await api.events(session, { ...query, filter }, mine.call.signal);
      if (store.state.session !== session || store.state.filter !== filter) return;
      dispatch({ type: "page", page });
      // Where the journal is behind the stream a page may bring nothing new, yet.
      again(page.events.length === 0 ? RETRY_MILLIS[0] : 0);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      failed(problem);
      again(RETRY_MILLIS[1]);
    }
  }, LOAD_MILLIS);
}

async function refreshSessions() {
  try {
    const { sessions } = await api.sessions();
    dispatch({ type: "sessions", sessions });
    const { session, unknownSession, followNewest, selected } = store.state;
    const newest = sessions[0]?.id ?? null;
    if (newest === null || newest === session || unknownSession !== null) return;
    if (session === null || (followNewest && selected === null)) {
      await open(newest, { followNewest: true });
    } else if (followNewest) {
      // Somebody reads: it is said, and the reader decides.
      dispatch({ type: "newer", session: newest });
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
    // The list of sessions says why.
    dispatch({ type: "instances-unknown" });
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
  detailCall?.abort();
  clearTimeout(detailTimer);
  dispatch({ type: "select", sequence });
  if (sequence !== null) detailTimer = setTimeout(loadDetail, DETAIL_MILLIS);
}

/** Asks until it is answered, or something else is selected. */
async function loadDetail(failures = 0) {
  const { session, selected } = store.state;
  if (selected === null) return;
  detailCall?.abort();
  detailCall = new AbortController();
  try {
    const detail = await api.event(session, selected, detailCall.signal);
    if (store.state.session === session) dispatch({ type: "detail", detail });
  } catch (problem) {
    if (problem.name === "AbortError" || store.state.selected !== selected) return;
    // The live stream may be ahead of the database.
    const soon = problem.status === 404 && selected <= store.state.log.total && !hasEnded(store.state);
    dispatch({ type: "detail-problem", sequence: selected,
      text: soon ? "the journal has not written it yet" : problem.message });
    if (soon || problem.status === 0 || problem.status >= 500) {
      const millis = RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)];
      detailTimer = setTimeout(() => loadDetail(failures + 1), millis);
    }
  }
}

function move(step) {
  const { log, selected } = store.state;
  const last = count(log) - 1;
  if (last < 0) return;
  const from = selected === null ? (step === 1 || step > last ? last : step > 0 ? -1 : last + 1)
    : placeOf(log, selected);
  select(sequenceAt(log, Math.min(last, Math.max(0, from + step))));
}

function moveInFlow(step) {
  const { log, selected } = store.state;
  const to = selected === null ? null : nextInFlow(log, selected, step);
  if (to !== null) select(to.sequence);
}

async function goTo() {
  const { total } = store.state.log;
  const wanted = await askNumber($("dialog"), "Go to packet", 1, total);
  if (wanted !== null) select(wanted);
}

// ---- views -------------------------------------------------------------------------------------

async function end() {
  const session = currentSession(store.state);
  const sure = await ask($("dialog"), `End ${session.lab} #${session.ordinal ?? "?"}?`,
    "Recording does not stop with it: the next packet of a game begins the next session of this lab.",
    "End session");
  if (sure) await api.endSession(session.id).catch(failed);
}

const actions = {
  open: (session) => open(session, { followNewest: session === store.state.sessions[0]?.id }),
  begin: () => api.startSession(currentSession(store.state)?.lab)
    .then(() => dispatch({ type: "problem", text: null })).catch(failed),
  end,
  filter: (filter) => {
    const { session, followNewest, selected } = store.state;
    if (filter === store.state.filter) return;
    dispatch({ type: "filter", filter });
    open(session, { followNewest, selected });
  },
  checkFilter: api.checkFilter,
  help: () => showHelp($("dialog")),
  goTo,
  select,
  load,
  nextTime: () => dispatch({ type: "next-time" }),
  reference: () => dispatch({ type: "reference" }),
  field: (field, byte) => dispatch({ type: "field", field, byte }),
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
      showContinuity($("dialog"), report, select);
    } catch (problem) {
      failed(problem);
    } finally {
      clearInterval(watch);
      dispatch({ type: "looking", progress: null });
    }
  },
};

const emptyView = (root) => whenChanged(
  (state) => [state.sessionsKnown, state.session, state.unknownSession, state.problem,
    state.sessions[0]?.id, joinByAddress(state.instances).join("\n")],
  (state) => {
    root.hidden = state.session !== null;
    $("main").classList.toggle("is-empty", state.session === null);
    root.replaceChildren(h("div", {},
      h("img", { src: "kontor.svg", alt: "", width: 72, height: 72 }), ...emptyText(state)));
  });

function emptyText({ sessionsKnown, unknownSession, problem, sessions, instances }) {
  if (unknownSession !== null) {
    const newest = sessions[0];
    return [
      h("h1", {}, "There is no such session"),
      h("p", {}, `Nothing is recorded under ${unknownSession}.`),
      h("p", { class: "dim" }, "The link may be of another installation, or the session was deleted."),
      newest === undefined ? null
        : h("button", { class: "quiet", onclick: () => actions.open(newest.id) },
          `Open the newest: ${newest.lab} #${newest.ordinal ?? "?"}`),
    ];
  }
  if (!sessionsKnown) return [h("h1", {}, "Kontor"), h("p", {}, problem ?? "Loading\u2026")];
  return [
    h("h1", {}, "Nothing has been recorded yet"),
    h("p", {}, "A session begins by itself with the first packet of a game. To see one at once:"),
    h("pre", {}, "./kontor demo"),
    h("p", { class: "dim" }, "This page notices when it begins."),
    ...joinText(joinByAddress(instances)),
  ];
}

const joinText = (lines) => lines.length === 0 ? []
  : ["Searches by broadcast are not seen in this lab. Join by address:", ...lines]
    .map((line) => h("p", {}, line));

store.subscribe(emptyView($("empty")));
store.subscribe(banner($("banner")));
store.subscribe(followers($("followers")));
store.subscribe(topBar($("top"), actions));
store.subscribe(filterBar($("filter"), actions));
store.subscribe(packetList($("list"), actions));
store.subscribe(messageTree($("tree"), actions));
store.subscribe(hexView($("hex"), actions));
store.subscribe(statusBar($("status"), actions));
splitters($("main"));

// ---- keyboard ----------------------------------------------------------------------------------

const screen = () => Math.max(1, Math.floor($("list").clientHeight / 21) - 3);
const ANYWHERE = { "?": actions.help };
const IN_SESSION = {
  j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
  PageDown: () => move(screen()), PageUp: () => move(-screen()),
  g: () => move(-Infinity), Home: () => move(-Infinity),
  G: () => move(Infinity), End: () => move(Infinity),
  "]": () => moveInFlow(1), "[": () => moveInFlow(-1),
  "/": () => $("filter").querySelector("input").focus(),
  ":": actions.goTo, t: actions.nextTime, T: actions.reference, c: actions.continuity,
  Escape: () => select(null),
};
/** Wherever the focus is. */
const WITH_CONTROL = {
  g: actions.goTo, ArrowDown: () => move(1), ArrowUp: () => move(-1),
  ".": () => moveInFlow(1), ",": () => moveInFlow(-1),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, dialog");
  if (typing || event.defaultPrevented || event.metaKey || event.altKey) return;
  const open = store.state.session !== null;
  const act = event.ctrlKey ? (open ? WITH_CONTROL[event.key] : undefined)
    : ANYWHERE[event.key] ?? (open ? IN_SESSION[event.key] : undefined);
  if (act) {
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
    filter: parameters.get("filter") ?? "",
    selected: Number.isSafeInteger(selected) && selected > 0 ? selected : null,
  };
};

const addressOf = ({ session, selected, filter }) => {
  const parameters = new URLSearchParams({ session });
  if (filter !== "") parameters.set("filter", filter);
  if (selected !== null) parameters.set("event", selected);
  return "?" + parameters;
};

// Another session is another page for the Back button, another packet is not. Browsers bound how
// often the address may change, and a held key goes through many packets.
let addressTimer = 0;
store.subscribe(whenChanged((state) => [state.session, state.selected, state.filter], (state) => {
  if (state.session === null) return;
  clearTimeout(addressTimer);
  const shown = address().session;
  if (shown !== state.session) {
    const how = shown === null ? "replaceState" : "pushState";
    history[how](null, "", addressOf(state));
  } else {
    addressTimer = setTimeout(() => history.replaceState(null, "", addressOf(store.state)),
      ADDRESS_MILLIS);
  }
}));

addEventListener("popstate", () => {
  clearTimeout(addressTimer);
  const { session, selected, filter } = address();
  if (session !== null) {
    dispatch({ type: "filter", filter });
    open(session, { selected, followNewest: session === store.state.sessions[0]?.id });
  }
});

// A link may bring the token behind its #, which no server sees; it does not stay in the address.
const brought = new URLSearchParams(location.hash.slice(1)).get("token");
if (brought !== null) {
  history.replaceState(null, "", location.pathname + location.search);
  await api.signIn(brought).catch(failed);
}

const linked = address();
dispatch({ type: "filter", filter: linked.filter });
if (linked.session !== null) open(linked.session, { selected: linked.selected });
repeat(refreshSessions, SESSIONS_MILLIS);
repeat(refreshInstances, INSTANCES_MILLIS);
