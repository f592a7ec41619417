// A session as a scrubber shows it: a place for each event, marks where pictures are. Pure.

const inside = (sequence, total) => Math.min(Math.max(sequence, 1), Math.max(total, 1));

/** Where an event stands, from 0 at the first to 1 at the newest. */
export const share = (sequence, total) => (total <= 1 ? 0 : (inside(sequence, total) - 1) / (total - 1));

/**
 * Where marks are drawn: those that would cover each other become one.
 *
 * @param tracks { instance, sequences (rising) } each
 * @param most so many marks at most in each track
 */
export const ticks = (tracks, total, most) => tracks.map(({ instance, sequences }) => ({ instance,
  shares: [...new Set(sequences.map((sequence) => Math.round(share(sequence, total) * most)))]
    .map((place) => place / most) }));

/** The next event, from one in a direction (+1, -1), from which on any game's picture is another one; or null. */
export function nextPicture(tracks, sequence, step) {
  const others = tracks.flatMap(({ sequences }) => sequences.map((taken) => Math.max(taken, 1)))
    .filter((taken) => (step > 0 ? taken > sequence : taken < sequence));
  if (others.length === 0) return null;
  return others.reduce((best, taken) => ((taken < best) === (step > 0) ? taken : best));
}

/** A track with a page of pictures in place of all that it has behind the page's beginning. */
export const withPage = (sequences, known, page) => [...sequences.slice(0, known), ...page];

/**
 * Calls at once, and then not more often than every so many milliseconds; always with the newest value, and
 * never without the last one.
 */
export function paced(run, millis, later = setTimeout) {
  let waiting = false;
  let pending = null;
  const free = () => {
    waiting = false;
    if (pending === null) return;
    const { value } = pending;
    pending = null;
    call(value);
  };
  const call = (value) => {
    if (waiting) {
      pending = { value };
      return;
    }
    waiting = true;
    later(free, millis);
    run(value);
  };
  return call;
}
