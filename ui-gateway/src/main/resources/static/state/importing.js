// A capture on its way to become a session. Pure.

import { grouped, size } from "./format.js";

const ENDINGS = /\.(pcapng|pcap|cap|ntar)(\.gz)?$/i;

/** Why a file is no capture, by its name and size; null where it may be one. */
export function unfit({ name, size: bytes }) {
  if (bytes === 0) return `${name} is empty`;
  return ENDINGS.test(name) ? null : `${name} is no capture by its name: .pcapng or .pcap is expected`;
}

/** What is said of an import. */
export function importText({ name, sent, size: all, report, problem }) {
  if (problem !== null) return `${name} was not imported: ${problem}`;
  if (report !== null) {
    return `${name}: ${grouped(report.events)} events of ${grouped(report.frames)} frames, `
      + (report.complete ? "complete" : "incomplete");
  }
  return sent < all ? `${name}: ${size(sent)} of ${size(all)} sent` : `${name}: being read\u2026`;
}

/** How far it is, 0 to 1; null while nobody knows. */
export const progressOf = ({ sent, size: all, report, problem }) =>
  report !== null || problem !== null ? 1 : sent < all ? sent / all : null;
