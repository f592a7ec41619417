// The page's whole state, and how it changes. Pure.

import { initialChoices } from "./choices.js";
import { effective } from "./filters.js";
import { withMarker } from "./markers.js";
import { emptyLog, rowOf, withBlocks, withItems, withPage, withRead, withTotal } from "./log.js";
import { withNone, withValues } from "./values.js";

/** What the time column shows, in the order in which the key goes through them. */
export const TIMES = ["start", "clock", "previous"];

export const initialState = () => ({
  sessions: [],
  sessionsKnown: false,
  session: null, // id of the one that is shown
  unknownSession: null, // id of one that was asked for and is not there
  followNewest: true, // move on when a newer session begins
  newer: null, // id of a session that began while another one is read
  instances: [],
  instancesKnown: false, // whether what is said of them is of now
  rates: {}, // events per second by lab/instance
  log: emptyLog(),
  opened: 0, // how many lists there were: each session, and each filter, is another
  selected: null, // session sequence
  part: 0, // which of the event's rows, where it has several
  detail: null, // EventDetail of the selected event, never of another one
  detailProblem: null,
  field: null, // { message, path } of the selected field, hovered one likewise
  hover: null,
  filter: "", // what is applied; empty: all is shown
  quiet: false, // whether heartbeats are hidden
  prepared: null, // { text, id } for the filter bar, to be looked at before it is applied
  search: "", // what is highlighted in the list; nothing is left out for it
  choices: initialChoices(),
  tab: null, // which tab of the dock is open
  tabs: {}, // what the tabs have loaded, by their names; of this session only
  flow: null, // number of the flow that is followed
  markers: [], // of the session that is shown, by sequence
  offers: new Set(), // the paths of the API that this gateway has
  catalogue: [], // FieldDescription of every field that filters know
  byte: null, // place of the selected byte in the payload
  time: TIMES[0],
  reference: null, // { sequence, at } from which times count, if one was chosen; `at` is null until it was read
  connection: "idle", // idle, connecting, live, interrupted
  problem: null, // what the last failed call said
  continuity: null,
  looking: null, // ContinuityProgress of the question that is under way
  services: [],
  reloads: [], // ReloadSummary, newest first
  reload: null, // ReloadSummary that the banner shows
  addressWarnings: [], // AddressWarning: addresses in messages that mean nobody, in all labs
  ruleFiles: [], // names of the files of rules, as far as that is known
  held: [], // what the orchestrator holds back, in all labs
  heldAt: 0, // when that was asked, by this browser's clock
  importing: null, // { name, size, sent, report, problem } of the capture that is imported, or was last
  editor: null, // { file, text, version, before, dirty } of the analyzer that is edited
  ruleEditor: null, // { file, text, dirty, isNew, problems, trial, said } of the file of rules that is edited
});

const NOTHING_SELECTED = { detail: null, detailProblem: null, field: null, hover: null, byte: null };

export const reduce = (state, action) => withReferenceTime(reduced(state, action));

function reduced(state, action) {
  switch (action.type) {
    case "sessions":
      return { ...state, sessions: action.sessions, sessionsKnown: true, problem: null,
        log: withTotal(state.log, knownTotal(action.sessions, state.session)) };
    case "instances":
      return {
        ...state,
        instances: action.instances,
        addressWarnings: action.addressWarnings ?? [],
        instancesKnown: true,
        rates: rates(state, action.instances),
      };
    case "instances-unknown":
      return state.instancesKnown ? { ...state, instancesKnown: false, rates: {} } : state;
    case "rule-files":
      return { ...state, ruleFiles: action.files };
    case "services":
      return { ...state, services: action.services };
    case "looking":
      return { ...state, looking: action.progress };
    case "open":
      return {
        ...state,
        ...NOTHING_SELECTED,
        session: action.session,
        unknownSession: null,
        followNewest: action.followNewest,
        newer: null,
        log: emptyLog(effective(state) !== ""),
        opened: state.opened + 1,
        selected: action.selected ?? null,
        part: 0,
        tabs: state.session === action.session ? state.tabs : {},
        flow: state.session === action.session ? state.flow : null,
        reference: null,
        continuity: null,
        markers: state.session === action.session ? state.markers : [],
        reload: null,
        connection: action.session ? "connecting" : "idle",
      };
    case "unknown-session":
      return { ...state, session: null, unknownSession: action.session, connection: "idle" };
    case "newer":
      return state.newer === action.session ? state : { ...state, newer: action.session };
    case "page":
      return { ...state, log: withTotal(withPage(state.log, action.page, action.query), action.total ?? 0) };
    case "blocks":
      return state.opened === action.opened ? { ...state, log: withBlocks(state.log, action.blocks) } : state;
    case "items":
      return withEnd({ ...state, log: withItems(state.log, action.items) }, action.items);
    case "connection":
      return { ...state, connection: action.connection };
    case "select":
      if (state.selected === action.sequence) return { ...state, part: action.part ?? 0 };
      return { ...state, ...NOTHING_SELECTED, selected: action.sequence, part: action.part ?? 0 };
    case "detail":
      return state.selected === action.detail.event.sequence
        ? { ...state, detail: action.detail, detailProblem: null }
        : state;
    case "detail-problem":
      return state.selected === action.sequence
        ? { ...state, detailProblem: action.text }
        : state;
    case "field":
      return { ...state, field: action.field, byte: action.byte ?? null };
    case "hover":
      return sameField(state.hover, action.field) ? state : { ...state, hover: action.field };
    case "filter":
      return { ...state, filter: action.filter, quiet: action.quiet ?? state.quiet };
    case "prepare":
      return { ...state, prepared: { text: action.filter, id: (state.prepared?.id ?? 0) + 1 } };
    case "search":
      return { ...state, search: action.text };
    case "choices":
      return { ...state, choices: action.choices };
    case "values":
      return { ...state, log: withValues(state.log, action.page, action.fields) };
    case "read-again":
      return state.session === action.session
        ? { ...state, log: withRead(state.log, withNone(action.page, action.fields)) } : state;
    case "tab":
      return { ...state, tab: action.tab };
    case "tab-data":
      return state.session === action.session
        ? { ...state, tabs: { ...state.tabs, [action.tab]: action.data } } : state;
    case "importing":
      return { ...state, importing: action.importing };
    case "editor":
      return { ...state, editor: action.editor };
    case "held":
      return state.held.length + action.held.length === 0 ? state : { ...state, held: action.held, heldAt: action.at };
    case "rule-editor":
      return { ...state, ruleEditor: action.editor };
    case "flow":
      return { ...state, flow: action.flow, tabs: { ...state.tabs, follow: undefined } };
    case "marker":
      return state.session === action.session
        ? { ...state, markers: withMarker(state.markers, action.change) } : state;
    case "offers":
      return { ...state, offers: action.offers };
    case "catalogue":
      return { ...state, catalogue: action.fields };
    case "next-time":
      return { ...state, time: TIMES[(TIMES.indexOf(state.time) + 1) % TIMES.length] };
    case "reference":
      return { ...state, reference: reference(state) };
    case "continuity":
      return { ...state, continuity: action.report };
    case "reload":
      return isNews(state.reload, action.reload) ? { ...state, reload: action.reload,
        reloads: withReload(state.reloads, action.reload) } : state;
    case "reloads":
      return { ...state, reloads: action.reloads };
    case "reload-seen":
      return state.reload?.id === action.id && state.reload.finished
        ? { ...state, reload: null } : state;
    case "problem":
      return { ...state, problem: action.text };
    default:
      throw new Error("unknown action " + action.type);
  }
}

export const sameField = (a, b) =>
  a === b || (a !== null && b !== null && a.message === b.message && a.path === b.path);

export const currentSession = (state) =>
  state.sessions.find((session) => session.id === state.session) ?? null;

/** Whether the session that is shown has ended, as far as is known. */
export const hasEnded = (state) => currentSession(state)?.endedAt !== undefined
  && currentSession(state) !== null;

/** Choosing the reference again gives it up. */
function reference({ selected, reference: known }) {
  return selected === null || known?.sequence === selected ? null : { sequence: selected, at: null };
}

/** A packet can be chosen before it is read, and counts from then on, also when its row is dropped again. */
function withReferenceTime(state) {
  if (state.reference === null || state.reference.at !== null) return state;
  const { sequence } = state.reference;
  const event = rowOf(state.log, sequence)?.event
    ?? (state.detail?.event.sequence === sequence ? state.detail.event : undefined);
  return event === undefined ? state : { ...state, reference: { sequence, at: event.at } };
}

const knownTotal = (sessions, shown) =>
  sessions.find(({ id }) => id === shown)?.lastSequence ?? 0;

/** The stream is ahead of the list, which is read from time to time. */
const withReload = (reloads, news) => reloads.some(({ id }) => id === news.id)
  ? reloads.map((reload) => (reload.id === news.id ? news : reload)) : [news, ...reloads];

/** A reload may be reported again when the stream opens, and later than a newer phase. */
const isNews = (known, reported) => known === null || reported.since > known.since
  || (reported.since === known.since && reported.id !== known.id);

/** The session's end comes over the stream before the list of sessions is read again. */
function withEnd(state, items) {
  const end = items.find(({ kind, data }) => kind === "event" && data.type === "session_ended");
  if (!end) return state;
  const sessions = state.sessions.map((session) =>
    session.id === state.session ? { ...session, endedAt: end.data.at } : session);
  return { ...state, sessions };
}

/** Events per second between the last two reports of an adapter, slightly smoothed. */
function rates(state, instances) {
  const before = new Map(state.instances.map((instance) => [key(instance), instance]));
  const result = {};
  for (const now of instances) {
    const then = before.get(key(now));
    const old = state.rates[key(now)] ?? 0;
    if (!now.connected || now.lastSeenAt === undefined || then?.run !== now.run) {
      result[key(now)] = 0;
      continue;
    }
    const seconds = (Date.parse(now.lastSeenAt) - Date.parse(then.lastSeenAt)) / 1000;
    result[key(now)] =
      seconds > 0 ? 0.3 * old + (0.7 * (now.capturedEvents - then.capturedEvents)) / seconds : old;
  }
  return result;
}

export const key = (instance) => `${instance.lab}/${instance.name}`;
