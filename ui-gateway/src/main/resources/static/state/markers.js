// Labelled moments of the session. Pure.

/** The markers after a change that the stream told of; by sequence, and as they were made. */
export function withMarker(markers, { marker, deleted }) {
  const others = markers.filter(({ id }) => id !== marker.id);
  const all = deleted ? others : [...others, marker];
  return all.sort((a, b) => a.sequence - b.sequence || a.createdAt.localeCompare(b.createdAt));
}

/** The labels at each sequence. */
export function labels(markers) {
  const found = new Map();
  for (const { sequence, label } of markers) {
    found.set(sequence, found.has(sequence) ? `${found.get(sequence)}, ${label}` : label);
  }
  return found;
}

/** The next marker from a sequence in a direction (+1, -1), or null. */
export const nextMarker = (markers, sequence, step) => (step > 0
  ? markers.find((marker) => marker.sequence > sequence)
  : markers.findLast((marker) => marker.sequence < sequence)) ?? null;
