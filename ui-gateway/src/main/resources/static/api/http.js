// Calls to the REST API. A failed call throws a Problem, which has what RFC 9457 says.

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.type = body?.type ?? "";
    this.title = body?.title ?? "";
    this.parameter = body?.parameter ?? "";
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
export const services = () => call("api/services");
const wanted = (filter) => (filter === "" ? undefined : filter);

/** @param fields names of fields whose values the messages shall have */
export const events = (id, { after, before, limit, filter, fields = [], receipts }, signal) =>
  call(`${ofSession(id)}/events` + query({ after, before, limit, filter: wanted(filter), receipts,
    fields: fields.length > 0 ? fields.join(",") : undefined }), { signal });
export const checkFilter = (filter, caret, signal) =>
  call("api/filters/check" + query({ filter, caret }), { signal });
export const completeFilter = (filter, caret, signal) =>
  call("api/filters/complete" + query({ filter, caret }), { signal });
export const fields = () => call("api/fields");
export const flows = (id, after) => call(`${ofSession(id)}/flows` + query({ after, limit: 1000 }));
export const flowStream = (id, flow, after, limit) =>
  call(`${ofSession(id)}/flows/${flow}/stream` + query({ after, limit }));
export const reloads = () => call("api/reloads");
export const event = (id, sequence, signal) =>
  call(`${ofSession(id)}/events/${sequence}`, { signal });
export const continuity = (id) => call(`${ofSession(id)}/continuity`);
export const continuityProgress = (id) => call(`${ofSession(id)}/continuity/progress`);
const post = (path, body) => call(path, {
  method: "POST",
  headers: { "Content-Type": "application/json", Accept: "application/json" },
  body: JSON.stringify(body),
});
export const startSession = (lab) => post("api/sessions", { lab });
export const startReload = (service, freeze, lab) => post("api/reloads", { service, freeze, lab });
export const endSession = (id) => call(`${ofSession(id)}/end`, { method: "POST" });
/** Shows the token once; from then on a cookie stands for it, with the live stream too. */
export const signIn = (token) => post("api/sign-in", { token });
export const streamPath = (id, after, filter) =>
  `${ofSession(id)}/stream` + query({ after, filter: wanted(filter) });
