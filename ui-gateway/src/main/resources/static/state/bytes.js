// Which bytes of an event belong to which field. Pure.

export function bytesOfHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.substr(2 * i, 2), 16);
  return bytes;
}

/**
 * Pieces of a message's bytes [offset, offset + length) that lie in an event: [from, to) each, and how far
 * behind the offset each one begins.
 */
export function rangesIn(spans, sequence, offset, length) {
  const ranges = [];
  let at = 0;
  for (const span of spans) {
    const from = Math.max(offset, at);
    const to = Math.min(offset + length, at + span.length);
    if (span.sequence === sequence && from < to) {
      ranges.push({ from: span.offset + from - at, to: span.offset + to - at, behind: from - offset });
    }
    at += span.length;
  }
  return ranges;
}

/** All fields of an event's messages, depth first, with the bytes they stand on in this event. */
export function fieldsOf(detail) {
  const sequence = detail.event.sequence;
  const found = [];
  detail.messages.forEach((message, index) => {
    const visit = (fields, path, depth) =>
      fields.forEach((field, i) => {
        const here = path === "" ? `${i}` : `${path}.${i}`;
        found.push({
          message: index,
          path: here,
          depth,
          field,
          ranges: rangesIn(message.spans, sequence, field.offset, field.length),
        });
        visit(field.children, here, depth + 1);
      });
    found.push({
      message: index,
      path: "",
      depth: 0,
      field: null,
      ranges: rangesIn(message.spans, sequence, 0, message.message.length),
    });
    visit(message.fields, "", 1);
  });
  return found;
}

const ALL_BITS = 0xff;

/** Calls back with each byte that a field of this event has bits in, and with a mask of those bits. */
function eachByte({ field, ranges }, on) {
  const masks = field?.bits === undefined ? null : bytesOfHex(field.bits);
  for (const { from, to, behind } of ranges) {
    for (let i = from; i < to; i++) {
      const mask = masks === null ? ALL_BITS : masks[behind + i - from] ?? ALL_BITS;
      if (mask !== 0) on(i, mask);
    }
  }
}

/** The bits of a field in this event: for each of its bytes, by place, a mask. */
export function bitsOf(entry) {
  const found = new Map();
  eachByte(entry, (place, mask) => found.set(place, mask));
  return found;
}

/** For each byte the index of the deepest field that has most of its bits, -1 for one that no field explains. */
export function owners(fields, length) {
  const owner = new Int32Array(length).fill(-1);
  const depth = new Int32Array(length).fill(0);
  const share = new Uint8Array(length);
  fields.forEach((entry, index) => {
    if (entry.field === null) return;
    eachByte(entry, (i, mask) => {
      const bits = stretches(mask).reduce((sum, { from, to }) => sum + to - from, 0);
      if (i < length && (entry.depth > depth[i] || (entry.depth === depth[i] && bits >= share[i]))) {
        owner[i] = index;
        depth[i] = entry.depth;
        share[i] = bits;
      }
    });
  });
  return owner;
}

/** The index of the field that has a bit of a byte, the first one being 0; of the byte's owner where no field has bits. */
export function ownerOfBit(fields, owner, place, bit) {
  const found = fields.findLastIndex((entry) => entry.field?.bits !== undefined
    && ((bitsOf(entry).get(place) ?? 0) & (0x80 >> bit)) !== 0);
  return found < 0 ? owner[place] ?? -1 : found;
}

/** Where the bits of a mask are in a byte, its first one being 0: [from, to) each. */
export function stretches(mask) {
  if (mask === ALL_BITS) return WHOLE;
  const found = [];
  for (let bit = 0; bit < 8; bit++) {
    if ((mask & (0x80 >> bit)) === 0) continue;
    if (found.at(-1)?.to === bit) found.at(-1).to = bit + 1;
    else found.push({ from: bit, to: bit + 1 });
  }
  return found;
}

const WHOLE = [{ from: 0, to: 8 }];

/** The bits of a field as digits, byte by byte, with a point for each bit that is not its own. */
export const bitText = (bytes, masks) => [...masks].map(([place, mask]) =>
  Array.from({ length: 8 }, (_, bit) => ((mask & (0x80 >> bit)) === 0 ? "\u00b7"
    : (bytes[place] & (0x80 >> bit)) === 0 ? "0" : "1")).join("")).join(" ");

/** A name for a colour: protocols that know bytes first, then how they travelled. */
export function kindOf(row) {
  if (row.gap) return "gap";
  const protocol = row.messages[0]?.protocol;
  if (protocol) return ["dplay", "x642"].includes(protocol) ? protocol : "data";
  if (row.event.type.startsWith("session_") || row.event.type.startsWith("run_")) return "session";
  if (row.event.length !== undefined) return "data";
  return "flow";
}

/** What the bytes from a place on are as numbers, text, address ...: name and value, as far as there are bytes. */
export function inspect(bytes, at) {
  if (at < 0 || at >= bytes.length) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  const there = (width) => view.byteLength >= width;
  const signed = (value, unsigned) => (value === unsigned ? `${value}` : `${unsigned} / ${value}`);
  const found = [
    ["u8", signed(view.getInt8(0), view.getUint8(0))],
    ["bits", view.getUint8(0).toString(2).padStart(8, "0")],
  ];
  for (const [little, order] of [[true, "le"], [false, "be"]]) {
    if (there(2)) found.push([`u16 ${order}`, signed(view.getInt16(0, little), view.getUint16(0, little))]);
    if (there(4)) found.push([`u32 ${order}`, signed(view.getInt32(0, little), view.getUint32(0, little))]);
  }
  if (there(4)) {
    found.push(["f32 le", shortly(view.getFloat32(0, true))], ["f32 be", shortly(view.getFloat32(0, false))]);
    found.push(["player id", `0x${view.getUint32(0, true).toString(16).padStart(8, "0")}`]);
    found.push(["IPv4", [0, 1, 2, 3].map((i) => view.getUint8(i)).join(".")]);
  }
  const text = textFrom(bytes, at);
  if (text.length > 1) found.push(["text", text]);
  return found;
}

const shortly = (number) =>
  Number.isFinite(number) ? String(Number(number.toPrecision(7))) : String(number);

/** Printable ASCII from a place on, 24 characters at most. */
function textFrom(bytes, at) {
  let text = "";
  for (let i = at; i < bytes.length && text.length < 24; i++) {
    if (bytes[i] < 0x20 || bytes[i] > 0x7e) break;
    text += String.fromCharCode(bytes[i]);
  }
  return text;
}

const hex2 = (byte) => byte.toString(16).padStart(2, "0");

/** The forms in which bytes can be copied: label, and the text that is copied. */
export const COPIES = {
  "hex stream": (bytes) => [...bytes].map(hex2).join(""),
  "hex dump": (bytes) => {
    const lines = [];
    for (let i = 0; i < bytes.length; i += 16) {
      const line = [...bytes.subarray(i, i + 16)];
      lines.push(i.toString(16).padStart(4, "0") + "  "
        + line.map(hex2).join(" ").padEnd(47) + "  "
        + line.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : ".")).join(""));
    }
    return lines.join("\n");
  },
  "C array": (bytes) => `{ ${[...bytes].map((byte) => "0x" + hex2(byte)).join(", ")} }`,
  base64: (bytes) => btoa([...bytes].map((byte) => String.fromCharCode(byte)).join("")),
  "escaped string": (bytes) => '"' + [...bytes].map((byte) =>
    byte === 0x22 || byte === 0x5c ? "\\" + String.fromCharCode(byte)
      : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "\\x" + hex2(byte)).join("") + '"',
  "filter (payload contains)": (bytes) =>
    "payload contains " + [...bytes].map(hex2).join(":"),
};
