// Where the recorded pictures of the session are: loaded while a tab with the scrubber is open.

import * as api from "../api/http.js";
import { hasEnded } from "../state/reducer.js";
import { withPage } from "../state/scrub.js";

const MOST_PAGES = 20;
const AGAIN_MILLIS = 5_000;

/** @param isWanted whether a tab shows them */
export function pictureActs({ store, dispatch, failed }, isWanted) {
  let loaded = { session: null };

  /** Called from time to time. Pages that were full stay as they are; the recorder only adds behind them. */
  async function refresh() {
    const { session, tab } = store.state;
    if (session === null || !isWanted(tab)) return;
    if (loaded.session !== session) loaded = { session, at: 0, complete: false, tracks: new Map() };
    const mine = loaded;
    if (store.state.tabs.pictures !== undefined
      && (mine.complete || Date.now() - mine.at < AGAIN_MILLIS)) return;
    mine.at = Date.now();
    const ended = hasEnded(store.state);
    try {
      const { pictures } = await api.pictures(session);
      for (const { instance } of pictures) await loadTrack(mine, instance);
    } catch (problem) {
      return failed(problem);
    }
    mine.complete = ended;
    dispatch({ type: "tab-data", tab: "pictures", session,
      data: [...mine.tracks].map(([instance, { sequences }]) => ({ instance, sequences })) });
  }

  async function loadTrack(mine, instance) {
    const track = mine.tracks.get(instance) ?? { sequences: [], full: 0, cursor: undefined };
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await api.pictureTrack(mine.session, instance, track.cursor);
      track.sequences = withPage(track.sequences, track.full, page.pictures.map(({ sequence }) => sequence));
      if (page.next === undefined) break;
      track.full = track.sequences.length;
      track.cursor = page.next;
    }
    mine.tracks.set(instance, track);
  }

  return { refresh };
}
