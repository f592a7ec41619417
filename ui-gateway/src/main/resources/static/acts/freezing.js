// Games stand still because somebody wants it so, and go on again.

import * as api from "../api/http.js";
import { currentSession } from "../state/reducer.js";
import { standingStill } from "../state/network.js";
import { askNumber } from "../views/dialogs.js";

/** As long as adapters allow, unless set otherwise. */
const LONGEST = 60;

export function freezingActs({ store, dispatch, failed }, dialog) {
  let asked = null; // the freeze that was asked for last, of which adapters may not have told yet

  const done = () => dispatch({ type: "problem", text: null });

  async function freeze() {
    const lab = currentSession(store.state)?.lab;
    if (lab === undefined) return;
    const seconds = await askNumber(dialog, "Freeze all games: for how many seconds at most?", 1, LONGEST, LONGEST);
    if (seconds === null) return;
    await api.freeze(lab, seconds).then(({ freezeId }) => {
      asked = { lab, freezeId };
      done();
    }, failed);
  }

  async function thaw() {
    const lab = currentSession(store.state)?.lab;
    if (lab === undefined) return;
    const known = standingStill(store.state.instances, lab).length > 0 || asked?.lab !== lab;
    await api.thaw(lab, known ? undefined : asked.freezeId).then(done, failed);
    asked = null;
  }

  return { freeze, thaw };
}
