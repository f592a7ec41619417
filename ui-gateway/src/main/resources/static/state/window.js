// Virtual scrolling as pure functions: which rows of many are to be drawn, and where. A view knows
// its height, the height of a row, how many rows there are, and `top`: how many pixels of rows are
// above it. Browsers bound how tall an element may be: where the rows together are taller, the
// scroll bar stands for them on a smaller scale, and `top` is no longer its position.

/** Taller than this no browser lets an element be, with some distance. */
export const MOST_PIXELS = 12_000_000;

const full = ({ count, rowHeight }) => count * rowHeight;

/** How tall the element is that gives the scroll bar its length. */
export const extent = (view) => Math.min(full(view), MOST_PIXELS);

const travel = (view) => Math.max(0, full(view) - view.height);
const scale = (view) => {
  const shown = extent(view) - view.height;
  return full(view) <= MOST_PIXELS || shown <= 0 ? 1 : travel(view) / shown;
};
const within = (view, top) => Math.min(travel(view), Math.max(0, top));

/** Where the scroll bar belongs for what is in view. */
export const scrollTopOf = (view) => within(view, view.top) / scale(view);

/**
 * What is in view after the scroll bar moved: on a smaller scale a small move (wheel, keys) still
 * goes by as many pixels, a large one (the bar dragged) to the same share of all rows.
 */
export function scrolled(view, from, to) {
  if (scale(view) === 1) return to;
  const small = Math.abs(to - from) <= 3 * view.height;
  const atEdge = to <= 0 || to >= extent(view) - view.height;
  return within(view, small && !atEdge ? view.top + to - from : to * scale(view));
}

/** The rows that are in view, and a few around them: first included, end excluded. */
export function visibleRows({ top, height, rowHeight, count, around = 8 }) {
  const first = Math.max(0, Math.floor(top / rowHeight) - around);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + around);
  return { first: Math.min(first, end), end };
}

/** The `top` with which a row is in view: as it is where it is in view, else the nearest. */
export function topToShow(view, place) {
  const row = place * view.rowHeight;
  if (row < view.top) return row;
  if (row + view.rowHeight > view.top + view.height) return row + view.rowHeight - view.height;
  return view.top;
}

/** The `top` with which a row is in the middle. */
export const topToCentre = (view, place) =>
  within(view, place * view.rowHeight - view.height / 2);

/** The `top` with which the last row is in view. */
export const bottom = travel;

/**
 * Whether the list follows what comes, after a scroll from one `top` to another: it does where the
 * last row is in view, and who followed goes on until the scroll goes up. A view that became lower,
 * because something was shown above it, is no reason to stop.
 */
export const follows = (view, followed, from) =>
  view.top >= travel(view) - view.rowHeight / 2 || (followed && view.top >= from);
