// A slider over the session, above the tabs that show a moment of it: it selects an event, and with that move
// the list, the recorded pictures and the game's state.

import { currentSession } from "../state/reducer.js";
import { rowOf } from "../state/log.js";
import { nextPicture, paced, share, ticks } from "../state/scrub.js";
import { clock, colourOf, grouped, visible } from "../state/format.js";
import { drawn, fill, h, say, whenChanged } from "./dom.js";

/** What dragging asks of the gateway. */
const PACE_MILLIS = 150;
const MOST_TICKS = 400;
const LANE = 5;

/** @param shows whether a tab has a scrubber above it */
export function scrubber(root, actions, shows) {
  let wanted = null; // a place of the slider that is not selected yet
  let state = null;
  const move = paced((sequence) => {
    wanted = null;
    actions.select(sequence);
  }, PACE_MILLIS);
  const slider = h("input", { type: "range", min: 1, max: 1, step: 1, "aria-label": "Place in the session",
    title: "Arrows go from event to event, Page up and Page down in larger steps",
    oninput: () => {
      wanted = Number(slider.value);
      move(wanted);
      place(state);
    } });
  const marks = drawn("svg", { class: "scrub-marks", "aria-hidden": "true" });
  const label = h("span", { class: "dim scrub-label" });
  const picture = (step, sign, what) => h("button", { class: "quiet small", "aria-label": what, title: what,
    onclick: () => actions.select(nextPicture(tracksOf(state), at(state), step)) }, sign);
  const before = picture(-1, "\u2039 Picture", "Previous picture");
  const after = picture(1, "Picture \u203a", "Next picture");
  const newest = h("button", { class: "quiet small", title: "Shows what is newest, and stays there (Esc)",
    onclick: () => actions.select(null) }, "Newest");
  fill(root, before, after, h("div", { class: "scrub-line" }, slider, marks), label, newest);

  const at = ({ selected, log }) => wanted ?? selected ?? log.total;

  /** Puts the slider where the selection is, or is about to be. */
  function place(now) {
    const { log, selected } = now;
    const sequence = at(now);
    const tracks = tracksOf(now);
    slider.max = String(Math.max(1, log.total));
    slider.value = String(sequence);
    slider.disabled = log.total === 0;
    const event = wanted === null && selected !== null
      ? now.detail?.event ?? rowOf(log, selected)?.event : undefined;
    const text = `No. ${grouped(sequence)} of ${grouped(log.total)}`
      + (event === undefined ? "" : `, ${clock(event.at)}`);
    slider.setAttribute("aria-valuetext", text);
    say(label, text);
    before.disabled = nextPicture(tracks, sequence, -1) === null;
    after.disabled = nextPicture(tracks, sequence, 1) === null;
    newest.disabled = selected === null;
  }

  function draw(now) {
    const { log: { total }, markers } = now;
    const tracks = ticks(tracksOf(now), total, MOST_TICKS);
    const height = Math.max(1, tracks.length) * LANE;
    marks.setAttribute("height", height);
    const line = (at, y, size, attributes, title) => drawn("rect", { x: `${(100 * at).toFixed(3)}%`, y, width: 2,
      height: size, ...attributes }, drawn("title", {}, title));
    fill(marks, tracks.map(({ instance, shares }, lane) => shares.map((each) =>
      line(each, lane * LANE, LANE - 1, { class: `game-fill${colourOf(instance)}`, data: { instance } },
        `pictures of ${visible(instance)}`))),
    markers.map(({ sequence, label: name }) =>
      line(share(sequence, total), 0, height, { class: "scrub-marker" }, visible(name))));
  }

  const replace = whenChanged((now) => [now.session, now.selected, now.detail, now.log.total, now.tabs.pictures], place);
  const redraw = whenChanged((now) => [now.session, now.log.total, now.tabs.pictures, now.markers], draw);
  return (next) => {
    if (state?.session !== next.session) wanted = null;
    state = next;
    root.hidden = currentSession(next) === null || !shows(next.tab);
    if (root.hidden) return;
    replace(next);
    redraw(next);
  };
}

const tracksOf = ({ tabs: { pictures = [] } }) => pictures;
