// What the tabs show: loaded when a tab is open, again while the session runs.

import * as api from "../api/http.js";
import { hasEnded } from "../state/reducer.js";
import { effective } from "../state/filters.js";
import { partOf } from "../state/log.js";
import { withTurns } from "../state/turns.js";

const TURNS = 200;
const MOST_FLOWS = 5_000;
const AROUND = 60;
const LANES_MILLIS = 120;
const TIMELINE_MILLIS = 5_000;

/** Parts of the time line. */
export const PARTS = 240;

export function tabActs({ store, dispatch, failed }, more) {
  const put = (tab, session, data) => dispatch({ type: "tab-data", tab, session, data });

  async function loadFlows() {
    const { session } = store.state;
    const flows = [];
    let after;
    do {
      const page = await api.flows(session, after);
      flows.push(...page.flows);
      after = page.next;
    } while (after !== undefined && flows.length < MOST_FLOWS);
    put("flows", session, flows);
  }

  /** The next turns behind those that are there. */
  async function loadTurns() {
    const { session, flow, tabs: { follow } } = store.state;
    if (flow === null) return;
    const after = follow?.turns.at(-1)?.sequence ?? 0;
    const page = await api.flowStream(session, flow, after, TURNS);
    if (store.state.flow === flow) put("follow", session, withTurns(store.state.tabs.follow, page));
  }

  let drawnFor = "";
  let timelineAt = 0;

  /** The events around the selected one, or the last ones. */
  async function loadLanes(force = false) {
    const { session, selected, log } = store.state;
    const filter = effective(store.state);
    const known = store.state.tabs.lanes;
    const wanted = `${session} ${filter} ${selected ?? log.total}`;
    const there = selected !== null && filter === "" && known?.some(({ event }) => event.sequence === selected);
    if (!force && (wanted === drawnFor || there)) return;
    drawnFor = wanted;
    const query = selected === null ? { before: log.total + 1 } : { after: Math.max(0, selected - AROUND / 3) };
    const page = await api.events(session, { ...query, limit: AROUND, filter, receipts: true });
    put("lanes", session, page.events);
  }

  /** The events before or behind those that are drawn. */
  async function lanesBy(step) {
    const { session, tabs: { lanes } } = store.state;
    if (!lanes?.length) return;
    const query = step > 0 ? { after: lanes.at(-1).event.sequence } : { before: lanes[0].event.sequence };
    try {
      const page = await api.events(session,
        { ...query, limit: AROUND, filter: effective(store.state), receipts: true });
      if (page.events.length > 0) put("lanes", session, page.events);
    } catch (problem) {
      failed(problem);
    }
  }

  const LOADS = {
    ...more,
    screens: more.state,
    flows: loadFlows,
    follow: async () => {
      if (store.state.tabs.flows === undefined) await loadFlows();
      const { follow } = store.state.tabs;
      if (follow === undefined || follow.complete) await loadTurns();
    },
    lanes: () => loadLanes(),
    timeline: async () => {
      const { session } = store.state;
      if (Date.now() - timelineAt < TIMELINE_MILLIS && store.state.tabs.timeline !== undefined) return;
      timelineAt = Date.now();
      put("timeline", session, await api.timeline(session, PARTS));
    },
    services: async () => dispatch({ type: "reloads", reloads: (await api.reloads()).reloads }),
  };
  /** Those whose content ends with the session. */
  const OF_SESSION = new Set(["flows", "follow", "timeline"]);

  /** Those that follow the selected packet. */
  const OF_PACKET = new Set(["lanes", "state", "screens"]);

  /** Called from time to time: what is open is brought up to date. */
  async function refresh() {
    const { tab, session, tabs } = store.state;
    if (session === null || LOADS[tab] === undefined) return;
    if (OF_SESSION.has(tab) && tabs[tab] !== undefined && hasEnded(store.state)) return;
    await LOADS[tab]().catch(failed);
  }

  let packetTimer = 0;
  store.subscribe((state) => {
    if (!OF_PACKET.has(state.tab) || state.selected === null || packetTimer !== 0) return;
    packetTimer = setTimeout(() => {
      packetTimer = 0;
      if (OF_PACKET.has(store.state.tab) && store.state.session !== null) LOADS[store.state.tab]().catch(failed);
    }, LANES_MILLIS);
  });

  function open(tab) {
    const same = tab === store.state.tab;
    dispatch({ type: "tab", tab: same ? null : tab });
    refresh();
  }

  function follow(flow) {
    dispatch({ type: "flow", flow });
    dispatch({ type: "tab", tab: "follow" });
    refresh();
  }

  const followSelected = () => {
    const { log, selected, detail } = store.state;
    const event = detail?.event ?? partOf(log, selected, 0)?.event;
    if (event?.flow) follow(event.flow.number);
  };

  return { refresh, open, follow, followSelected, lanesBy,
    followMore: () => loadTurns().catch(failed) };
}
