// Calls to the REST API. A failed call throws a Problem, which has what RFC 9457 says.

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.type = body?.type ?? "";
    this.title = body?.title ?? "";
    this.parameter = body?.parameter ?? "";
    this.allowed = body?.allowed ?? [];
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" }, ...options });
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new Problem(0, { title: "The gateway does not answer" });
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

const query = (parameters) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length ? "?" + new URLSearchParams(given) : "";
};

const ofSession = (id) => `api/sessions/${encodeURIComponent(id)}`;

export const sessions = (limit = 50) => call("api/sessions" + query({ limit }));
export const session = (id) => call(ofSession(id));
export const instances = () => call("api/instances");
export const screens = () => call("api/screens");
/** What the screens looked like at a session sequence. */
export const pictures = (id, at) => call(`${ofSession(id)}/screens` + query({ at }));
/** All pictures of a game, page by page. */
export const pictureTrack = (id, instance, cursor) =>
  call(`${ofSession(id)}/screens/${encodeURIComponent(instance)}` + query({ cursor, limit: 1000 }));
export const services = () => call("api/services");
const wanted = (filter) => (filter === "" ? undefined : filter);

/** @param fields names of fields whose values the messages shall have */
export const events = (id, { after, before, limit, filter, fields = [], receipts }, signal) =>
  call(`${ofSession(id)}/events` + query({ after, before, limit, filter: wanted(filter), receipts,
    fields: fields.length > 0 ? fields.join(",") : undefined }), { signal });
/** How many events a filter finds in each block of a session. */
export const blocks = (id, filter, signal) => call(`${ofSession(id)}/events/blocks` + query({ filter: wanted(filter) }), { signal });
export const checkFilter = (filter, caret, signal) =>
  call("api/filters/check" + query({ filter, caret }), { signal });
export const completeFilter = (filter, caret, signal) =>
  call("api/filters/complete" + query({ filter, caret }), { signal });
export const fields = () => call("api/fields");
export const flows = (id, after) => call(`${ofSession(id)}/flows` + query({ after, limit: 1000 }));
export const flowStream = (id, flow, after, limit) =>
  call(`${ofSession(id)}/flows/${flow}/stream` + query({ after, limit }));
const part = (id, path, parameters) => call(`${ofSession(id)}/${path}` + query(parameters));
export const gameState = (id, at) => part(id, "state", { at, chat: 50 });
export const series = (id, value) => part(id, "state/series", { value });
export const statistics = (id, filter) => part(id, "statistics", { filter: wanted(filter) });
export const bytesOf = (id, protocol, type) => part(id, "statistics/bytes", { protocol, type });
export const findValue = (id, value) => part(id, "find/value", { value });
export const findSeries = (id, values) => part(id, "find/series", { values });
/** @param windows "from-to" each */
export const findBits = (id, windows) => part(id, "find/bits", { during: windows.join(",") });
export const timeline = (id, parts) => call(`${ofSession(id)}/timeline` + query({ parts }));
export const mark = (id, label, sequence) => post(`${ofSession(id)}/markers`, { label, sequence });
export const unmark = (id, marker) => call(`${ofSession(id)}/markers/${marker}`, { method: "DELETE" });
/** @param change { name } or { note } */
export const describe = (id, change) => send("PATCH", ofSession(id), change);
export const removeSession = (id, name) => call(ofSession(id) + query({ name }), { method: "DELETE" });
export const exportPath = (id, format, filter) => `${ofSession(id)}/export` + query({ format, filter: wanted(filter) });
export const analyzers = () => call("api/analyzers");
export const coverage = (id) => part(id, "coverage", {});
const fileOf = (file) => `api/analyzers/files/${encodeURIComponent(file)}`;
export const analyzerFile = (file) => call(fileOf(file));
/** @param replaces version of the text before; undefined for a new file */
export const saveAnalyzer = (file, text, replaces) => send("PUT", fileOf(file), { text, replaces });
export const deleteAnalyzer = (file, version) => call(fileOf(file) + query({ version }), { method: "DELETE" });

/** Sends a capture; calls back with the bytes that are sent, which fetch cannot tell. */
export const importCapture = (file, onSent) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("POST", "api/imports" + query({ name: file.name.slice(0, 100) }));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded }) => onSent(loaded);
  request.onerror = () => reject(new Problem(0, { title: "The gateway does not answer" }));
  request.onload = () => (request.status < 300 ? resolve(request.response)
    : reject(new Problem(request.status, request.response)));
  request.send(file);
});
/** The paths that this gateway has. */
export const offers = async () => new Set(Object.keys((await call("v3/api-docs")).paths));
const runsOf = (id) => `${ofSession(id)}/analysis-runs`;
export const runs = (id) => call(runsOf(id));
/** @param body { analyzers }: those that are not to be as they are in use */
export const startRun = (id, body) => post(runsOf(id), body);
export const cancelRun = (id, run) => call(`${runsOf(id)}/${run}`, { method: "DELETE" });
/** @param before a run's id or "stored", as after */
export const compareRuns = (id, before, after, from, limit) =>
  call(`${runsOf(id)}/compare` + query({ before, after, from, limit }));
const analyzerNamed = (name) => `api/analyzers/${encodeURIComponent(name)}`;
export const versions = (name) => call(`${analyzerNamed(name)}/versions`);
export const promote = (name, version) => post(`${analyzerNamed(name)}/promote`, { version });
export const snapshots = (lab) => call("api/snapshots" + query({ lab }));
export const takeSnapshot = (lab, name) => post("api/snapshots", { lab, name });
export const restoreSnapshot = (lab, name) => post(`api/snapshots/${encodeURIComponent(name)}/restore`, { lab });
export const rules = () => call("api/rules");
const rulesOf = (file) => `api/rules/${encodeURIComponent(file)}`;
const yaml = (method, path, text) => call(path, {
  method, headers: { "Content-Type": "application/yaml", Accept: "application/json" }, body: text,
});
export const saveRules = (file, text) => yaml("PUT", rulesOf(file), text);
export const deleteRules = (file) => call(rulesOf(file), { method: "DELETE" });
/** How often rules would have matched in what a session has stored. */
export const tryRules = (id, text) => yaml("POST", `${ofSession(id)}/rule-trials`, text);
/** What waits for a person, or for its time. */
export const held = () => call("api/held");
const heldOne = ({ lab, number }) => `api/held/${encodeURIComponent(lab)}/${number}`;
/** @param how { bytes, holdNext }: bytes as digits, where they are not as they were */
export const releaseHeld = (one, how) => post(`${heldOne(one)}/release`, how);
export const dropHeld = (one) => call(`${heldOne(one)}/drop`, { method: "POST" });
export const inject = (id, body) => post(`${ofSession(id)}/injections`, body);
export const reloads = () => call("api/reloads");
export const event = (id, sequence, signal) =>
  call(`${ofSession(id)}/events/${sequence}`, { signal });
export const continuity = (id) => call(`${ofSession(id)}/continuity`);
export const continuityProgress = (id) => call(`${ofSession(id)}/continuity/progress`);
const send = (method, path, body) => call(path, {
  method,
  headers: { "Content-Type": "application/json", Accept: "application/json" },
  body: JSON.stringify(body),
});
const post = (path, body) => send("POST", path, body);
export const startSession = (lab) => post("api/sessions", { lab });
/** @param seconds after which the games go on by themselves */
export const freeze = (lab, seconds) => post(`api/labs/${encodeURIComponent(lab)}/freeze`, { seconds });
/** @param freezeId as the freeze was answered; undefined for whichever holds the games */
export const thaw = (lab, freezeId) => post(`api/labs/${encodeURIComponent(lab)}/thaw`, { freezeId });
export const startReload = (service, freeze, lab) => post("api/reloads", { service, freeze, lab });
export const endSession = (id) => call(`${ofSession(id)}/end`, { method: "POST" });
/** Shows the token once; from then on a cookie stands for it, with the live stream too. */
export const signIn = (token) => post("api/sign-in", { token });
export const streamPath = (id, after, filter) =>
  `${ofSession(id)}/stream` + query({ after, filter: wanted(filter) });
