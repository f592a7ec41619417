// The page's whole state, and how it changes. Pure.

import { emptyLog, withItems, withPage } from "./log.js";

export const initialState = () => ({
  sessions: [],
  sessionsKnown: false,
  session: null, // id of the one that is shown
  followNewest: true, // move on when a newer session begins
  instances: [],
  rates: {}, // events per second by lab/instance
  log: emptyLog(),
  selected: null, // session sequence
  detail: null, // EventDetail of the selected event
  detailProblem: null,
  field: null, // { message, path } of the selected field, hovered one likewise
  hover: null,
  absoluteTime: false,
  connection: "idle", // idle, connecting, live, interrupted
  problem: null, // what the last failed call said
  continuity: null,
  looking: null, // ContinuityProgress of the question that is under way
  services: [],
  reload: null, // ReloadSummary that the banner shows
});

export function reduce(state, action) {
  switch (action.type) {
    case "sessions":
      return { ...state, sessions: action.sessions, sessionsKnown: true, problem: null };
    case "instances":
      return {
        ...state,
        instances: action.instances,
        rates: rates(state, action.instances),
      };
    case "services":
      return { ...state, services: action.services };
    case "looking":
      return { ...state, looking: action.progress };
    case "open":
      return {
        ...state,
        session: action.session,
        followNewest: action.followNewest,
        log: emptyLog(),
        selected: action.selected ?? null,
        detail: null,
        detailProblem: null,
        field: null,
        hover: null,
        continuity: null,
        reload: null,
        connection: action.session ? "connecting" : "idle",
      };
    case "page":
      return { ...state, log: withPage(state.log, action.page) };
    case "items":
      return withEnd({ ...state, log: withItems(state.log, action.items) }, action.items);
    case "connection":
      return { ...state, connection: action.connection };
    case "select":
      return state.selected === action.sequence
        ? state
        : { ...state, selected: action.sequence, field: null, hover: null, detailProblem: null };
    case "detail":
      return state.selected === action.detail.event.sequence
        ? { ...state, detail: action.detail, detailProblem: null }
        : state;
    case "detail-problem":
      return state.selected === action.sequence
        ? { ...state, detailProblem: action.text }
        : state;
    case "field":
      return { ...state, field: action.field };
    case "hover":
      return sameField(state.hover, action.field) ? state : { ...state, hover: action.field };
    case "absolute-time":
      return { ...state, absoluteTime: !state.absoluteTime };
    case "continuity":
      return { ...state, continuity: action.report };
    case "reload":
      return isNews(state.reload, action.reload) ? { ...state, reload: action.reload } : state;
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

/** A reload may be told again when the stream opens, and later than a newer phase. */
const isNews = (known, told) =>
  known === null || told.since > known.since || (told.since === known.since && told.id !== known.id);

/** The session's end comes over the stream before the list of sessions is read again. */
function withEnd(state, items) {
  const end = items.find(({ kind, data }) => kind === "event" && data.type === "session_ended");
  if (!end) return state;
  const sessions = state.sessions.map((session) =>
    session.id === state.session ? { ...session, endedAt: end.data.at } : session);
  return { ...state, sessions };
}

/** Events per second between the last two words of an adapter, slightly smoothed. */
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
