// Where in a session the events are that a filter finds: how many of them each block of sequences has,
// so that any of them can be numbered, and reached by its number, without those before it. Pure, but
// that events which come are counted in place: the versions of a log share the blocks.

/**
 * `ends`: of each block, how many were found up to its end.
 *
 * @param answer EventBlocks of the API; null where it could not count
 */
export function blocksOf({ found, blockLength }) {
  if (found === undefined) return null;
  let sum = 0;
  return { length: blockLength, ends: found.map((n) => (sum += n)) };
}

export const foundIn = ({ ends }) => ends.at(-1) ?? 0;

const blockOf = ({ length }, sequence) => Math.floor(sequence / length);
const foundBefore = ({ ends }, block) => (block <= 0 ? 0 : ends[Math.min(block, ends.length) - 1] ?? 0);

/** Counts an event that is behind all others. */
export function countIn(blocks, sequence) {
  const block = blockOf(blocks, sequence);
  const { ends } = blocks;
  while (ends.length <= block) ends.push(foundIn(blocks));
  ends[ends.length - 1]++;
}

/**
 * The number of a page's first event where it can be known for sure: by the first event that begins a block.
 *
 * @param rows rising, without any between them that is found and missing
 * @param after nothing is found between this sequence and the first row; undefined where that is not known
 */
export function firstNumber(blocks, rows, after) {
  let previous = after === undefined ? null : blockOf(blocks, after);
  let ahead = 0;
  for (const { sequence, part } of rows) {
    if (part > 0) continue;
    const block = blockOf(blocks, sequence);
    if (previous !== null && block !== previous) return foundBefore(blocks, block) + 1 - ahead;
    previous = block;
    ahead++;
  }
  return null;
}

/** The number that an event at a sequence has, or would have: at most as far off as its block has events. */
export function numberNear(blocks, sequence) {
  const block = blockOf(blocks, sequence);
  const ahead = foundBefore(blocks, block);
  const inside = foundBefore(blocks, block + 1) - ahead;
  return ahead + 1 + Math.floor((inside * (sequence - block * blocks.length)) / blocks.length);
}

/**
 * Behind which sequence a page is to begin so that it has the whole block of an event with this number, and
 * as many before it as there is room for; only the block's beginning, where that is longer than a page.
 */
export function pageBegin(blocks, number, room) {
  const block = firstWith(blocks.ends, number);
  const end = blocks.ends[block] ?? foundIn(blocks);
  const fitting = end <= room ? 0 : firstWith(blocks.ends, end - room) + 1;
  return Math.max(0, Math.min(fitting, block) * blocks.length - 1);
}

/** The first block at whose end so many were found. */
function firstWith(ends, number) {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
