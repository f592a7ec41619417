// What is asked for again and again: sessions, instances, services, reloads, and the tab that is open.

import * as api from "../api/http.js";
import { begun } from "../state/sessions.js";

const SESSIONS_MILLIS = 3000;
const INSTANCES_MILLIS = 1000;
const TAB_MILLIS = 1000;
const RELOADS_MILLIS = 5000;

const repeat = (task, millis) => {
  const again = () => task().finally(() => setTimeout(again, millis));
  again();
};

export function poll({ store, dispatch, failed }, { open, refreshTab, loadHeld, loadRuleFiles }) {
  async function sessions() {
    try {
      const { sessions: all } = await api.sessions(200);
      const began = begun(store.state.sessions, all);
      dispatch({ type: "sessions", sessions: all });
      const { session, unknownSession, followNewest, selected } = store.state;
      const newest = all[0]?.id ?? null;
      if (newest === null || newest === session || unknownSession !== null) return;
      if (session === null || (followNewest && selected === null)) {
        await open(newest, { followNewest: true });
      } else if (followNewest) {
        // Somebody reads: it is said, and the reader decides.
        dispatch({ type: "newer", session: newest });
      } else if (began !== null && began !== session) {
        dispatch({ type: "newer", session: began });
      }
    } catch (problem) {
      failed(problem);
    }
  }

  async function instances() {
    try {
      const { instances: all, addressWarnings } = await api.instances();
      if (addressWarnings?.length > 0) await loadRuleFiles();
      dispatch({ type: "instances", instances: all, addressWarnings });
      dispatch({ type: "services", services: (await api.services()).services });
    } catch {
      // The list of sessions says why.
      dispatch({ type: "instances-unknown" });
    }
  }

  async function reloads() {
    const { reloads: all } = await api.reloads();
    dispatch({ type: "reloads", reloads: all });
  }

  async function fields() {
    if (store.state.catalogue.length === 0) {
      dispatch({ type: "offers", offers: await api.offers() });
      dispatch({ type: "catalogue", fields: (await api.fields()).fields });
    }
  }

  repeat(sessions, SESSIONS_MILLIS);
  repeat(instances, INSTANCES_MILLIS);
  repeat(() => Promise.allSettled([reloads(), fields()]), RELOADS_MILLIS);
  repeat(() => loadHeld().catch(() => {}), INSTANCES_MILLIS);
  repeat(refreshTab, TAB_MILLIS);
}
