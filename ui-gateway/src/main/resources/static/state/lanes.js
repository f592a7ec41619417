// The games as lanes side by side, each message an arrow from the lane it left to the lane it reached.
// Pure: what is to be drawn, in pixels; the view draws it, and exports the same.

import { micros, span, visible } from "./format.js";
import { infoOf, typeOf } from "./columns.js";

export const ROW = 26;
export const HEAD = 34;
/** Room for number and time at the left, and for the receipts beside the outer lanes. */
const LEFT = 235;
const RIGHT = 110;

/** The games that take part, by name; those of the lab that are silent included. */
export function lanesOf(events, instances) {
  const names = new Set(instances);
  for (const { event } of events) {
    if (event.instance) names.add(event.instance);
    event.deliveredTo.forEach((name) => names.add(name));
  }
  return [...names].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}

/**
 * The drawing: `lanes` with their place, `arrows` in the order of the session, its `height`.
 *
 * @param events as the API gives them, with their deliveries
 */
export function drawing(events, instances, width) {
  const names = lanesOf(events, instances);
  const step = names.length > 1 ? (width - LEFT - RIGHT) / (names.length - 1) : 0;
  const lanes = names.map((name, i) => ({ name, x: names.length > 1 ? LEFT + i * step : (LEFT + width - RIGHT) / 2 }));
  const xOf = new Map(lanes.map(({ name, x }) => [name, x]));
  const shown = events.filter(({ event }) => event.instance !== undefined);
  const begin = shown.length > 0 ? micros(shown[0].event.at) : 0;
  const rows = shown.map(({ event, messages, deliveries = [] }, i) => ({
    sequence: event.sequence,
    y: HEAD + i * ROW + ROW / 2,
    from: xOf.get(event.instance),
    instance: event.instance,
    label: visible(typeOf({ event, messages }), 40),
    title: `No. ${event.sequence} ${visible(infoOf({ event, messages }), 200)}`,
    time: `+${span(micros(event.at) - begin)}`,
    verdict: event.verdict,
    arrows: arrowsOf(event, deliveries, xOf),
  }));
  return { lanes, rows, width, height: HEAD + rows.length * ROW + 12 };
}

/** One for each game that was told; none where it went nowhere. */
function arrowsOf(event, deliveries, xOf) {
  return event.deliveredTo.map((name) => {
    const receipt = deliveries.find(({ instance }) => instance === name)?.receipts[0];
    return {
      to: xOf.get(name),
      instance: name,
      receipt: receipt === undefined ? "missing" : receipt.outcome === "done" ? "done" : "failed",
      latency: receipt === undefined ? "no receipt" : span(micros(receipt.at) - micros(event.at)),
    };
  }).filter(({ to }) => to !== undefined);
}
