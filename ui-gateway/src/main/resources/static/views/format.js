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
