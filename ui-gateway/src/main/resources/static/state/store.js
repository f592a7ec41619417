// Holds the state and tells its views when it changed: once per frame, however much happened.

import { reduce } from "./reducer.js";

export function createStore(initial) {
  let state = initial;
  let scheduled = false;
  const views = [];

  const render = () => {
    scheduled = false;
    for (const view of views) view(state);
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    // A page in the background gets no frames; its title and status still want to be right.
    if (document.hidden) setTimeout(render, 250);
    else requestAnimationFrame(render);
  };

  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      schedule();
    },
    /** Draws again what is there, for views that wait for something outside of the state. */
    redraw: schedule,
    subscribe(view) {
      views.push(view);
      view(state);
    },
  };
}
