// Ties API, state, acts and views together.

import * as api from "./api/http.js";
import { createStore } from "./state/store.js";
import { currentSession, initialState } from "./state/reducer.js";
import { shownColumns } from "./state/columns.js";
import { partOf } from "./state/log.js";
import { combined, typeCondition } from "./state/filters.js";
import { withoutSaved, withSaved, withUsed } from "./state/choices.js";
import { titleOf } from "./state/format.js";
import { standingStill } from "./state/network.js";
import { keepAddress, readAddress } from "./acts/address.js";
import { analyzerActs } from "./acts/analyzers.js";
import { choiceActs } from "./acts/choices.js";
import { heldActs } from "./acts/held.js";
import { importingActs } from "./acts/importing.js";
import { freezingActs } from "./acts/freezing.js";
import { keepingActs } from "./acts/keeping.js";
import { keyboard } from "./acts/keyboard.js";
import { menuActs } from "./acts/menus.js";
import { pageActs } from "./acts/pages.js";
import { pictureActs } from "./acts/pictures.js";
import { poll } from "./acts/polls.js";
import { ruleActs } from "./acts/rules.js";
import { runActs } from "./acts/runs.js";
import { selectionActs } from "./acts/selection.js";
import { sessionActs } from "./acts/session.js";
import { snapshotActs } from "./acts/snapshots.js";
import { tabActs } from "./acts/tabs.js";
import { understandingActs } from "./acts/understanding.js";
import { addressStrip } from "./views/addresses.js";
import { banner, followers } from "./views/banner.js";
import { showColumns } from "./views/columns.js";
import { ask, askNumber, askText, showHelp, showSignIn } from "./views/dialogs.js";
import { dock } from "./views/dock.js";
import { emptyView } from "./views/empty.js";
import { filterBar } from "./views/filter.js";
import { heldStrip } from "./views/held.js";
import { hexView } from "./views/hex.js";
import { importing } from "./views/importing.js";
import { packetList } from "./views/list.js";
import { scrubber } from "./views/scrubber.js";
import { sidebar } from "./views/sidebar.js";
import { splitters } from "./views/splitters.js";
import { statusBar } from "./views/status.js";
import { TABS } from "./views/tabs.js";
import { topBar } from "./views/top.js";
import { messageTree } from "./views/tree.js";

const PROGRESS_MILLIS = 1000;
const REVOKE_MILLIS = 10_000;

const $ = (id) => document.getElementById(id);
const dialog = $("dialog");
const store = createStore(initialState());
const { dispatch } = store;
const failed = (problem) => {
  // The lists ask again by themselves, and with them comes all the rest.
  if (problem.status === 401) showSignIn(dialog, api.signIn);
  if (problem.name !== "AbortError") dispatch({ type: "problem", text: problem.message });
};
const page = { store, dispatch, failed };
const { choose } = choiceActs(page);
const pages = pageActs(page);
const selection = selectionActs(page, pages);
const analyzers = analyzerActs(page, dialog, selection);
const held = heldActs(page, dialog);
const runs = runActs(page, dialog);
const session = sessionActs(page, pages, selection, { onAnalyzer: analyzers.onAnalyzer, onRun: runs.onRun,
  onHeld: () => held.load().catch(failed) });
const understanding = understandingActs(page);
const rules = ruleActs(page, dialog);
const snapshots = snapshotActs(page, dialog);
const tabs = tabActs(page, { ...understanding.loads, ...analyzers.loads, ...rules.loads, ...runs.loads,
  ...snapshots.loads });
const hasScrubber = (tab) => TABS[tab]?.scrubs === true;
const recorded = pictureActs(page, hasScrubber);
const { select, move, turn, moveInFlow } = selection;
const keeping = keepingActs(page, dialog);
const freezing = freezingActs(page, dialog);

// ---- acts --------------------------------------------------------------------------------------

const isNewest = (id) => id === store.state.sessions[0]?.id;
const done = () => dispatch({ type: "problem", text: null });

/** Says what it does, and asks; nothing happens before the answer. */
async function end(wanted) {
  const one = wanted?.id === undefined ? currentSession(store.state) : wanted;
  const sure = await ask(dialog, `End ${titleOf(one)}?`,
    "The session is closed and can no longer grow. The games go on: the next packet of one of them begins the"
    + " next session of this lab. To look at rows in peace, scroll up: the list then stays where it is.",
    "End session");
  if (sure) await api.endSession(one.id).then(done, failed);
}

async function reload(service, freeze) {
  const sure = await ask(dialog, `Reload ${service}?`,
    freeze ? "All games stand still until it is back, and then go on." : "The games go on meanwhile.", "Reload");
  // The sessions, which say whose games it is about, may have come only after the question.
  if (sure) await api.startReload(service, freeze, currentSession(store.state)?.lab).then(done, failed);
}

async function goTo() {
  if (store.state.log.total === 0) return;
  const wanted = await askNumber(dialog, "Go to packet", 1, store.state.log.total);
  if (wanted !== null) select(wanted);
}

async function continuity() {
  const { session: of } = store.state;
  if (store.state.tab !== "continuity") dispatch({ type: "tab", tab: "continuity" });
  if (store.state.looking !== null) return;
  dispatch({ type: "looking", progress: { running: false } });
  const watch = setInterval(() => api.continuityProgress(of)
    .then((progress) => store.state.looking && dispatch({ type: "looking", progress }))
    .catch(() => {}), PROGRESS_MILLIS);
  try {
    const report = await api.continuity(of);
    if (store.state.session === of) dispatch({ type: "continuity", report });
  } catch (problem) {
    failed(problem);
  } finally {
    clearInterval(watch);
    dispatch({ type: "looking", progress: null });
  }
}

function filter(text) {
  if (text === store.state.filter) return;
  dispatch({ type: "filter", filter: text });
  choose(withUsed(store.state.choices, text));
  session.reopen();
}

function toggleQuiet() {
  dispatch({ type: "filter", filter: store.state.filter, quiet: !store.state.quiet });
  session.reopen();
}

async function saveFilter(text) {
  const name = await askText(dialog, "Save the filter as", "", text);
  if (name !== null) choose(withSaved(store.state.choices, name, text));
}

const forgetFilter = (name) => choose(withoutSaved(store.state.choices, name));

/** Hands a text over as a file. */
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MILLIS);
}

const selectedRow = () => {
  const { log, selected, part } = store.state;
  const row = partOf(log, selected, part);
  return row?.event === undefined ? null : row;
};
const onType = (how) => {
  const row = selectedRow();
  if (row !== null) filter(combined(store.state.filter, typeCondition(row), how));
};

const acts = {
  ...session, ...tabs, select, end, filter, choose,
  open: (id) => session.open(id, { followNewest: isNewest(id) }),
  reference: () => dispatch({ type: "reference" }),
  copyLink: (sequence) => navigator.clipboard?.writeText(
    new URL(`?session=${store.state.session}&event=${sequence}`, location.href).href),
  columns: () => shownColumns(store.state.choices.columns, $("list").clientWidth),
  ...keeping,
  ...rules.acts,
  ...runs.acts,
  ...snapshots.acts,
  ...held.acts,
  interceptions: held.interceptions,
  injectable: held.injectable,
  selectedRow: () => selectedRow(),
};
const menus = menuActs(page, $("menu"), acts);

function menuOfSelected() {
  const row = selectedRow();
  const element = document.querySelector("#list .row.current, #list .row.selected");
  if (row === null || element === null) return;
  const box = element.getBoundingClientRect();
  menus.rowMenu(row, "type", box.left + 60, box.bottom);
}

const actions = {
  ...acts, ...menus, ...understanding, ...analyzers.acts, ...importingActs(page), ...freezing, reload, continuity, goTo, toggleQuiet, saveFilter, forgetFilter, download,
  searchNext: selection.searchNext,
  begin: () => api.startSession(currentSession(store.state)?.lab).then(done, failed),
  checkFilter: api.checkFilter,
  completeFilter: api.completeFilter,
  search: (text) => dispatch({ type: "search", text }),
  help: () => showHelp(dialog),
  chooseColumns: () => showColumns(dialog, store, acts.columns, choose),
  tab: (tab) => {
    if (tab === null) dispatch({ type: "tab", tab });
    else if (TABS[tab].needs === undefined || store.state.offers.has(TABS[tab].needs)) tabs.open(tab);
  },
  toggleSide: () => choose({ ...store.state.choices, side: !store.state.choices.side }),
  nextTime: () => dispatch({ type: "next-time" }),
  field: (field, byte) => dispatch({ type: "field", field, byte }),
  hover: (field) => dispatch({ type: "hover", field }),
};

// ---- views -------------------------------------------------------------------------------------

store.subscribe(emptyView($("empty"), $("main"), actions));
store.subscribe(banner($("banner")));
store.subscribe(followers($("followers")));
store.subscribe(addressStrip($("addresses"), actions));
store.subscribe(heldStrip($("held"), actions));
store.subscribe(topBar($("top"), actions));
store.subscribe(filterBar($("filter"), actions));
store.subscribe(sidebar($("side"), actions));
store.subscribe(packetList($("list"), actions));
store.subscribe(messageTree($("tree"), actions));
store.subscribe(hexView($("hex"), actions));
store.subscribe(scrubber($("scrubber"), actions, hasScrubber));
store.subscribe(dock($("dock"), $("tabs"), actions, TABS));
store.subscribe(statusBar($("status"), actions));
store.subscribe(importing($("import"), $("drop"), dialog, actions));
splitters();

const screen = () => Math.max(1, Math.floor($("list").clientHeight / 21) - 3);
const findField = () => $("filter").querySelector("input[type=search]").focus();
keyboard(store, {
  anywhere: { "?": actions.help, s: actions.toggleSide },
  inSession: {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    PageDown: () => move(screen()), PageUp: () => move(-screen()),
    g: () => move(-Infinity), Home: () => move(-Infinity), G: () => move(Infinity), End: () => move(Infinity),
    "]": () => moveInFlow(1), "[": () => moveInFlow(-1), "<": () => turn(-1), ">": () => turn(1),
    "/": () => $("filter").querySelector("input").focus(),
    n: () => actions.searchNext(1), N: () => actions.searchNext(-1),
    a: () => onType("only"), x: () => onType("and-not"), H: toggleQuiet,
    M: () => keeping.mark(), "}": () => keeping.toMarker(1, select), "{": () => keeping.toMarker(-1, select),
    F: () => (standingStill(store.state.instances, currentSession(store.state)?.lab).length > 0
      ? freezing.thaw() : freezing.freeze()),
    f: tabs.followSelected, m: menuOfSelected, ContextMenu: menuOfSelected,
    ":": goTo, t: actions.nextTime, T: actions.reference, c: continuity, Escape: () => select(null),
    ...Object.fromEntries(Object.entries(TABS).filter(([, { key }]) => key)
      .map(([name, { key }]) => [key, () => actions.tab(name)])),
  },
  withControl: {
    g: goTo, f: findField, ArrowDown: () => move(1), ArrowUp: () => move(-1),
    ".": () => moveInFlow(1), ",": () => moveInFlow(-1),
  },
});

// ---- address -----------------------------------------------------------------------------------

function show({ session: id, filter: text, quiet, selected, tab, flow }) {
  dispatch({ type: "filter", filter: text, quiet });
  dispatch({ type: "tab", tab: TABS[tab] === undefined ? null : tab });
  if (id !== null) session.open(id, { selected, followNewest: isNewest(id) });
  if (flow !== null) dispatch({ type: "flow", flow });
}

// A link may bring the token behind its #, which no server sees; it does not stay in the address.
const brought = new URLSearchParams(location.hash.slice(1)).get("token");
if (brought !== null) {
  history.replaceState(null, "", location.pathname + location.search);
  await api.signIn(brought).catch(failed);
}
const linked = readAddress(location.search);
keepAddress(store, show);
show(linked);
poll(page, { open: session.open, refreshTab: () => Promise.all([tabs.refresh(), recorded.refresh()]),
  loadHeld: held.load, loadRuleFiles: rules.loadFiles });
