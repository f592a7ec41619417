// How values are written for people. Pure.

const pad = (number, width) => String(number).padStart(width, "0");

/** Microseconds since 1970: what Date.parse would cut to milliseconds. */
export function micros(text) {
  return Date.parse(text.slice(0, 19) + "Z") * 1000 + Number(text.slice(20, 26));
}

export function clock(text, seconds = true) {
  const date = new Date(text);
  const time = `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}`;
  return seconds ? `${time}:${pad(date.getSeconds(), 2)}` : time;
}

export const clockMicros = (text) => `${clock(text)}.${text.slice(20, 26)}`;

export const relative = (text, beginMicros) =>
  ((micros(text) - beginMicros) / 1e6).toFixed(6);

export const grouped = (number) =>
  String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u202f");

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

export const words = (name) => name.replaceAll("_", " ");

export const endpoint = (end) =>
  end.address === undefined
    ? `?:${end.port}`
    : end.address.includes(":") ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`;

/** Instances have colours by their number, so that they are the same everywhere. */
export function colourOf(instance) {
  const digits = /(\d+)$/.exec(instance ?? "");
  return digits ? ((Number(digits[1]) - 1) % 4) + 1 : 0;
}

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a game as it may stand in a line: what would be invisible or turn the line around is spelled out. */
export const visible = (text, most = 400) => (text.length > most ? text.slice(0, most) + "\u2026" : text)
  .replace(INVISIBLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The name of a session for people. */
export const titleOf = (session) => session === null || session === undefined ? ""
  : visible(session.name ?? `${session.lab} ${session.ordinal ?? "?"}`);

export function day(text, now = new Date()) {
  const date = new Date(text);
  if (now.toDateString() === date.toDateString()) return "today";
  return `${date.getFullYear()}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
}

/** A time since the start, as exact as the steps between such times need. */
export function moment(seconds, step = 0.1) {
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  const rounded = Number(seconds.toFixed(digits));
  if (Math.abs(rounded) < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  return `${minutes}:${(rounded - 60 * minutes).toFixed(digits).padStart(digits === 0 ? 2 : 3 + digits, "0")}`;
}

/** A duration in the unit that suits it. */
export function span(microseconds) {
  const amount = Math.abs(microseconds);
  if (amount < 1000) return `${Math.round(microseconds)} \u00b5s`;
  if (amount < 1e6) return `${(microseconds / 1e3).toFixed(1)} ms`;
  return `${(microseconds / 1e6).toFixed(2)} s`;
}
