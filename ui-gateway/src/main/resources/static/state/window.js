// Virtual scrolling as pure functions: which rows of many are to be drawn.

/** The rows that are in view, and a few around them: first included, end excluded. */
export function visibleRows({ scrollTop, height, rowHeight, count, around = 8 }) {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + around);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a row is in view; where we are if it is. */
export function scrollToShow({ index, scrollTop, height, rowHeight }) {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}

/**
 * Whether the list follows what comes, after a scroll from one place to another: it does where the
 * last row is in view, and who followed goes on until the scroll goes up. A view that became lower,
 * because something was shown above it, is no reason to stop.
 */
export function follows({ followed, from, ...view }) {
  return atBottom(view) || (followed && view.scrollTop >= from);
}

/** Whether the last row is in view. */
function atBottom({ scrollTop, height, rowHeight, count }) {
  return scrollTop + height >= count * rowHeight - rowHeight / 2;
}
