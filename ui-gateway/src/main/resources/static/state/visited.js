// The packets that were selected one after the other, to go back and forth between them. Pure.

const MOST = 100;

export const nothingVisited = () => ({ all: [], at: -1 });

/**
 * With a packet that is selected now. What was ahead is forgotten.
 *
 * @param isStep whether the reader went there row by row: it then takes the place of the one before
 */
export function visit({ all, at }, one, isStep) {
  if (same(all[at], one)) return { all, at };
  const kept = [...all.slice(0, isStep && at >= 0 ? at : at + 1), one].slice(-MOST);
  return { all: kept, at: kept.length - 1 };
}

/** One back (-1) or forth (+1); the same where there is none. */
export const turned = ({ all, at }, step) =>
  ({ all, at: all[at + step] === undefined ? at : at + step });

export const current = ({ all, at }) => all[at] ?? null;

const same = (a, b) => a?.sequence === b.sequence && a.part === b.part;
