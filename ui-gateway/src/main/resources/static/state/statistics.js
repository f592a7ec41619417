// Statistics of a message type, as they are drawn. Pure.

/** How warm a byte's place is, 0 to 4: constant, then by how much its values vary. */
export function heat({ constant, entropy, distinct }) {
  if (constant || distinct <= 1) return 0;
  if (entropy < 1) return 1;
  if (entropy < 3) return 2;
  return entropy < 5.5 ? 3 : 4;
}

/** What is said of a byte's place. */
export function columnText({ offset, constant, least, most, distinct, changes, flips, messages }) {
  const flipped = flips.map((count, bit) => (count > 0 ? `bit ${bit}: ${count}` : null)).filter(Boolean);
  return `offset ${offset} (0x${offset.toString(16)}), in ${messages} messages: `
    + (constant ? `always ${least}` : `${distinct} values from ${least} to ${most}, changed ${changes} times`)
    + (flipped.length > 0 ? `; flipped ${flipped.join(", ")}` : "");
}

/** The values of a byte's place, the most frequent first: as digits and number, its share, and all others together. */
export function distribution({ values, messages, distinct }) {
  const shown = values.map(({ value, messages: count }) => ({ value, count, share: count / messages,
    text: `0x${value.toString(16).padStart(2, "0")}  ${value}${value >= 0x20 && value < 0x7f ? `  '${String.fromCharCode(value)}'` : ""}` }));
  const count = messages - shown.reduce((sum, { count: some }) => sum + some, 0);
  return { shown, others: distinct > shown.length ? { distinct: distinct - shown.length, count, share: count / messages } : null };
}

/** How often each bit of a byte's place flipped, of all the changes of the byte: the highest bit first, as it is written. */
export const bitFlips = ({ flips, changes }) => flips.map((count, bit) =>
  ({ bit, count, share: changes > 0 ? count / changes : 0 })).reverse();

/** Windows of session sequences as the API wants them, from what is typed: "120-140, 300-320". */
export function windows(text) {
  const found = text.split(/[,;\s]+/).filter((part) => part !== "");
  const right = found.every((part) => /^\d+-\d+$/.test(part)
    && Number(part.split("-")[0]) <= Number(part.split("-")[1]));
  return right && found.length > 0 ? found : null;
}

/** Numbers as they are typed, with commas or blanks between them; null where one is none. */
export function numbers(text) {
  const found = text.split(/[,;\s]+/).filter((part) => part !== "");
  return found.length > 0 && found.every((part) => /^-?(\d+|0x[0-9a-f]+)$/i.test(part)) ? found : null;
}

/** The windows around markers: from each to the next one, or to the end. */
export const betweenMarkers = (markers, last) => markers.map(({ sequence, label }, i) =>
  ({ label, window: `${sequence}-${Math.max(sequence, (markers[i + 1]?.sequence ?? last + 1) - 1)}` }));
