// A followed stream: what the two sides of a flow said, turn by turn. Pure.

import { bytesOfHex } from "./bytes.js";
import { micros } from "./format.js";

/** What is kept of a stream; what came before goes first. */
export const MOST_TURNS = 2_000;

/** A stream with a page more behind it. Pages that were read twice change nothing. */
export function withTurns(known, page) {
  const last = known?.turns.at(-1)?.sequence ?? 0;
  const turns = (known?.turns ?? []).concat(page.turns.filter(({ sequence }) => sequence > last));
  const excess = Math.max(0, turns.length - MOST_TURNS);
  return { flow: page.flow, from: known?.from ?? 0, turns: turns.slice(excess),
    cut: (known?.cut ?? false) || excess > 0, complete: page.next === undefined };
}

/** Time since the turn before, in microseconds; null for the first. */
export const delta = (turns, i) => (i === 0 ? null : micros(turns[i].at) - micros(turns[i - 1].at));

/** Bytes as a text with the line breaks that are in it; all else that cannot be printed is a dot. */
export const asText = (hex) =>
  [...bytesOfHex(hex)].map((byte) => String.fromCharCode(byte)).join("").replaceAll("\r\n", "\n").replace(/[^\x20-\x7e\n\u00a1-\u00ff]/g, "\u00b7");

/** Bytes as lines of a hex dump. */
export function asDump(hex) {
  const lines = [];
  for (let i = 0; i < hex.length; i += 32) {
    const line = hex.slice(i, i + 32);
    const bytes = line.match(/../g) ?? [];
    lines.push((i / 2).toString(16).padStart(4, "0") + "  " + bytes.join(" ").padEnd(47) + "  "
      + bytes.map((pair) => parseInt(pair, 16))
        .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : "\u00b7")).join(""));
  }
  return lines.join("\n");
}
