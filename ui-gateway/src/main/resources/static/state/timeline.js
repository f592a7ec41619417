// A session over its whole time: rates of each game, and what divides it. Pure.

import { micros } from "./format.js";

/** Columns for a plot: seconds since the start, then events per second of each game, in `names`' order. */
export function rates({ from, through, parts }, wanted) {
  const begin = micros(from);
  const seconds = Math.max((micros(through) - begin) / 1e6, 1e-6);
  const width = seconds / wanted;
  const names = [...new Set(parts.flatMap(({ counts }) => Object.keys(counts)))]
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const byNumber = new Map(parts.map((part) => [part.number, part]));
  const times = Array.from({ length: wanted }, (_, i) => i * width);
  return { names, seconds, data: [times, ...names.map((name) =>
    times.map((_, i) => (byNumber.get(i)?.counts[name] ?? 0) / width))] };
}

/** The first event of the part at a time, in seconds since the start; of the nearest one that has any. */
export function sequenceAtTime({ from, parts }, seconds) {
  const at = micros(from) + seconds * 1e6;
  let found = null;
  for (const part of parts) {
    if (found !== null && micros(part.at) > at) break;
    found = part;
  }
  return found?.firstSequence ?? null;
}

/** What stands on the time line: markers, freezes, reloads, in seconds since the start. */
export function marks({ from, through, turns }, markers, reloads, timeOf) {
  const begin = micros(from);
  const end = micros(through);
  const seconds = (time) => (micros(time) - begin) / 1e6;
  const there = (time) => time !== undefined && micros(time) >= begin && micros(time) <= end;
  return [
    ...turns.map(({ sequence, at, type, instance }) => ({ kind: type.startsWith("game_") ? "freeze" : "run",
      seconds: seconds(at), sequence, label: `${instance ?? ""} ${type.replaceAll("_", " ")}`.trim() })),
    ...markers.map((marker) => ({ kind: "marker", label: marker.label, sequence: marker.sequence,
      seconds: seconds(timeOf(marker) ?? marker.createdAt) })),
    ...reloads.filter(({ since }) => there(since)).map((reload) => ({ kind: "reload", sequence: null,
      label: `reload of ${reload.service} ${reload.phase}`, seconds: seconds(reload.since) })),
  ].sort((a, b) => a.seconds - b.seconds);
}
