// A packet's bytes while they are edited: as digits, and by the fields that stand in them. Pure. How a
// field is written is found out: it is the way in which its bytes, as they are, read as its value.

import { bytesOfHex, fieldsOf } from "./bytes.js";

const PER_LINE = 16;

/** Bytes as digits, sixteen a line. */
export function digitsOf(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    lines.push([...bytes.subarray(at, at + PER_LINE)].map((byte) => byte.toString(16).padStart(2, "0")).join(" "));
  }
  return lines.join("\n");
}

/** What was typed: { bytes }, or { problem } where that is none. */
export function parsed(text) {
  const digits = text.replace(/\s+/g, "");
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null) return { problem: `\u201c${wrong[0]}\u201d is no hexadecimal digit` };
  if (digits.length % 2 === 1) return { problem: "a byte has two digits; the last one has one" };
  return { bytes: bytesOfHex(digits) };
}

/** The places at which two packets differ; what only one of them has differs. */
export function differences(before, after) {
  const places = [];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (before[i] !== after[i]) places.push(i);
  }
  return places;
}

/** The differences in words. */
export function differenceText(before, after) {
  const places = differences(before, after);
  if (places.length === 0) return "as it is";
  const sizes = before.length === after.length ? "" : `, ${after.length} bytes instead of ${before.length}`;
  return `${places.length} ${places.length === 1 ? "byte differs" : "bytes differ"}, from 0x${
    places[0].toString(16).padStart(4, "0")} on${sizes}`;
}

const inOrder = (bytes, little) => (little ? [...bytes].reverse() : [...bytes]);
const numberOf = (bytes, little) =>
  inOrder(bytes, little).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function bytesOfNumber(number, length, little) {
  const bytes = Uint8Array.from({ length }, (_, i) => Number((number >> BigInt(8 * i)) & 0xffn));
  return little ? bytes : bytes.reverse();
}

/** A whole number that fits into so many bits, as it would stand in them; else a problem. */
function wholeNumber(text, bits) {
  let number;
  try {
    number = BigInt(text.trim() === "" ? "?" : text.trim());
  } catch {
    return { problem: "is no whole number" };
  }
  const span = 1n << BigInt(bits);
  if (number >= span || number < -(span >> 1n)) return { problem: `does not fit into ${bits} bits` };
  return { number: number < 0n ? number + span : number };
}

/** Some bits of a word. */
const bitsOfWord = (little) => {
  const maskOf = ({ bits }) => numberOf(bytesOfHex(bits), little);
  const shiftOf = (mask) => { let shift = 0n; while (((mask >> shift) & 1n) === 0n) shift++; return shift; };
  const widthOf = (mask) => (mask >> shiftOf(mask)).toString(2).length;
  return {
    suits: ({ bits, length }) => bits !== undefined && bits.length === 2 * length && maskOf({ bits }) !== 0n,
    read: (field, bytes) => {
      const mask = maskOf(field);
      const value = Number((numberOf(bytes, little) & mask) >> shiftOf(mask));
      return typeof field.value === "boolean" ? value === 1 : value;
    },
    write: (field, bytes, text) => {
      const mask = maskOf(field);
      const given = { true: "1", false: "0" }[text.trim()] ?? text;
      const { number, problem } = wholeNumber(given, widthOf(mask));
      return problem ? { problem } : { bytes: bytesOfNumber(
        (numberOf(bytes, little) & ~mask) | (number << shiftOf(mask)), bytes.length, little) };
    },
  };
};

const whole = (little, signed) => ({
  suits: ({ bits, length, value }) => bits === undefined && length <= 8 && typeof value === "number",
  read: (field, bytes) => Number(signed ? BigInt.asIntN(8 * bytes.length, numberOf(bytes, little)) : numberOf(bytes, little)),
  write: (field, bytes, text) => {
    const { number, problem } = wholeNumber(text, 8 * bytes.length);
    return problem ? { problem } : { bytes: bytesOfNumber(number, bytes.length, little) };
  },
});

const address = {
  suits: ({ length, value }) => length === 4 && typeof value === "string",
  read: (field, bytes) => bytes.join("."),
  write: (field, bytes, text) => {
    const parts = text.trim().split(".");
    return parts.length === 4 && parts.every((one) => /^\d{1,3}$/.test(one) && Number(one) < 256)
      ? { bytes: Uint8Array.from(parts, Number) } : { problem: "is no IPv4 address" };
  },
};

/** Text with zeros behind it, of so many bytes a sign. */
const text = (width) => ({
  suits: ({ length, value }) => typeof value === "string" && length % width === 0,
  read: (field, bytes) => {
    const signs = [];
    for (let i = 0; i + width <= bytes.length; i += width) {
      const code = bytes[i] + (width === 2 ? bytes[i + 1] * 256 : 0);
      if (code === 0) break;
      signs.push(String.fromCharCode(code));
    }
    return signs.join("");
  },
  write: (field, bytes, given) => {
    if (given.length * width > bytes.length) return { problem: `has more than ${bytes.length / width} signs` };
    const written = new Uint8Array(bytes.length);
    for (let i = 0; i < given.length; i++) {
      const code = given.charCodeAt(i);
      if (width === 1 && code > 0xff) return { problem: `has no byte for \u201c${given[i]}\u201d` };
      written[i * width] = code & 0xff;
      if (width === 2) written[i * width + 1] = code >> 8;
    }
    return { bytes: written };
  },
});

const digits = {
  suits: ({ value }) => typeof value === "string",
  read: (field, bytes) => digitsOf(bytes).replace(/\s/g, ""),
  write: (field, bytes, given) => {
    const read = parsed(given);
    if (read.problem !== undefined) return read;
    return read.bytes.length === bytes.length ? read : { problem: `is not ${bytes.length} bytes` };
  },
};

const WAYS = [bitsOfWord(true), bitsOfWord(false), whole(true, false), whole(true, true), whole(false, false), whole(false, true),
  address, text(1), text(2), digits];

/**
 * The fields that can be written where they stand: { label, name, depth, from, length, field, way } each.
 *
 * @param detail of the event that brought the bytes; null for none
 */
export function writableFields(detail, bytes) {
  if (detail === null) return [];
  return fieldsOf(detail).filter(({ field, ranges }) => field !== null && field.length > 0 && ranges.length === 1
    && ranges[0].to - ranges[0].from === field.length && ranges[0].to <= bytes.length).flatMap(({ field, depth, ranges }) => {
    const { from, to } = ranges[0];
    const own = bytes.subarray(from, to);
    const way = WAYS.find((one) => one.suits(field) && one.read(field, own) === field.value);
    return way === undefined ? [] : [{ label: field.label, name: field.name, depth, from, length: field.length, field, way }];
  });
}

/** A field's value in these bytes; null where they end before it. */
export function valueIn(bytes, { from, length, field, way }) {
  return from + length > bytes.length ? null : String(way.read(field, bytes.subarray(from, from + length)));
}

/** The bytes with another value of a field: { bytes } or { problem }. */
export function withValue(bytes, { label, from, length, field, way }, given) {
  if (from + length > bytes.length) return { problem: `${label}: the bytes end before it` };
  const { bytes: own, problem } = way.write(field, bytes.subarray(from, from + length), given);
  if (problem !== undefined) return { problem: `${label} ${problem}` };
  const changed = Uint8Array.from(bytes);
  changed.set(own, from);
  return { bytes: changed };
}
