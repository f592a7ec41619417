// Snapshots of the games are asked for here; the lab's launcher takes and restores them.

import * as api from "../api/http.js";
import { currentSession } from "../state/reducer.js";
import { ask } from "../views/dialogs.js";

export function snapshotActs({ store, dispatch, failed }, dialog) {
  const lab = () => currentSession(store.state)?.lab;

  async function load() {
    const { session } = store.state;
    if (lab() === undefined) return;
    dispatch({ type: "tab-data", tab: "snapshots", session, data: await api.snapshots(lab()) });
  }

  async function asking(call) {
    try {
      await call;
      dispatch({ type: "problem", text: null });
      await load();
      return true;
    } catch (problem) {
      failed(problem);
      return false;
    }
  }

  /** Resolves to whether it was asked for. */
  const takeSnapshot = (name) => asking(api.takeSnapshot(lab(), name));

  async function restoreSnapshot(name) {
    const sure = await ask(dialog, `Restore ${name}?`,
      "A new session begins, and the games of the snapshot go on from there. Games that are played have to be ended"
      + " before: end the programs of kontor play.", "Restore");
    if (sure) await asking(api.restoreSnapshot(lab(), name));
  }

  return { loads: { snapshots: load }, acts: { takeSnapshot, restoreSnapshot } };
}
