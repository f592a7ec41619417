// The list of sessions as it is shown: found by words, by day, the running ones first. Pure.

import { clock, day, titleOf } from "./format.js";

/** The sessions in which every word of a text occurs: in lab, number, name, day, place of origin. */
export function found(sessions, text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return sessions.filter((session) => {
    const said = [titleOf(session), session.lab, `#${session.ordinal ?? ""}`, day(session.startedAt),
      clock(session.startedAt), session.endedAt === undefined ? "running live" : "ended",
      session.origin ?? ""].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** The session that has begun since the list was read before, where that had any; the newest, or null. Imports begin nothing. */
export const begun = (before, sessions) => before.length === 0 ? null
  : sessions.find(({ id, origin, endedAt }) => origin !== "import" && endedAt === undefined
    && !before.some((known) => known.id === id))?.id ?? null;

/** Groups of sessions with their heading: what runs, then a group for each day. */
export function groups(sessions, now = new Date()) {
  const result = [];
  const running = sessions.filter(({ endedAt }) => endedAt === undefined);
  if (running.length > 0) result.push({ heading: "Running", sessions: running });
  for (const session of sessions) {
    if (session.endedAt === undefined) continue;
    const heading = day(session.startedAt, now);
    const last = result.at(-1);
    if (last?.heading === heading) last.sessions.push(session);
    else result.push({ heading, sessions: [session] });
  }
  return result;
}
