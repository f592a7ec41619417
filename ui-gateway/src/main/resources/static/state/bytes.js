// Which bytes of an event belong to which field. Pure.

export function bytesOfHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.substr(2 * i, 2), 16);
  return bytes;
}

/** Pieces of a message's bytes [offset, offset + length) that lie in an event: [from, to) each. */
export function rangesIn(spans, sequence, offset, length) {
  const ranges = [];
  let at = 0;
  for (const span of spans) {
    const from = Math.max(offset, at);
    const to = Math.min(offset + length, at + span.length);
    if (span.sequence === sequence && from < to) {
      ranges.push({ from: span.offset + from - at, to: span.offset + to - at });
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

/** For each byte the index of its deepest field, -1 for one that no field explains. */
export function owners(fields, length) {
  const owner = new Int32Array(length).fill(-1);
  const depth = new Int32Array(length).fill(0);
  fields.forEach((entry, index) => {
    if (entry.field === null) return;
    for (const { from, to } of entry.ranges) {
      for (let i = from; i < Math.min(to, length); i++) {
        if (entry.depth >= depth[i]) {
          owner[i] = index;
          depth[i] = entry.depth;
        }
      }
    }
  });
  return owner;
}

/** A name for a colour: protocols that know bytes first, then how they travelled. */
export function kindOf(row) {
  if (row.gap) return "gap";
  const protocol = row.messages[0]?.protocol;
  if (protocol) return ["dplay", "x642"].includes(protocol) ? protocol : "data";
  if (row.event.type.startsWith("session_") || row.event.type.startsWith("run_")) return "session";
  if (row.event.length !== undefined) return "data";
  return "flow";
}
