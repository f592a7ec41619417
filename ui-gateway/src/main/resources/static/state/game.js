// What a game's values are at a moment, as they are shown. Pure.

import { micros } from "./format.js";

/** How many of the last changes count as new. */
const FRESH = 5;

/** The paths of the values that changed last. */
export const fresh = ({ changed }) => new Set(changed.slice(0, FRESH).map(({ path }) => path));

const there = (value) => value !== undefined && value !== null;

/** A player's values in groups, those without any left out. */
export const groupsOf = (player) => [
  { heading: "", values: [player.money, player.focus].filter(there) },
  ...(player.islands ?? []).flatMap(({ number, stock = [], tax = [], inhabitants = [], other = [] }) => [
    { heading: `Island ${number}: stock`, values: stock }, { heading: `Island ${number}: tax`, values: tax },
    { heading: `Island ${number}: inhabitants`, values: inhabitants }, { heading: `Island ${number}`, values: other }]),
  { heading: "Other", values: player.other ?? [] },
].filter(({ values }) => values.length > 0);

/** By how much a value changed at its last change, as people write it; empty where that is not known. */
export function change({ number, previous, unit = "" }) {
  if (!Number.isFinite(number) || !Number.isFinite(previous)) return "";
  const [, parts, whole] = /^1\/(\d+) (.+)$/.exec(unit) ?? [null, "1", ""];
  const by = Math.round(100 * (number - previous) / Number(parts)) / 100;
  return by === 0 ? "" : `${by > 0 ? "+" : ""}${by}${whole === "" ? "" : ` ${whole}`}`;
}

/** Columns for a plot of a value: seconds since the first point, and the value. */
export function course({ points }) {
  if (points.length === 0) return { times: [], values: [] };
  const begin = micros(points[0].at);
  return { times: points.map(({ at }) => (micros(at) - begin) / 1e6), values: points.map(({ number }) => number) };
}

/** The change that is nearest to a time of that plot. */
export function sequenceAt({ points }, seconds) {
  if (points.length === 0) return null;
  const { times } = course({ points });
  const nearest = times.reduce((best, time, i) =>
    (Math.abs(time - seconds) < Math.abs(times[best] - seconds) ? i : best), 0);
  return points[nearest].sequence;
}
