// The tabs below the list and the details, in the order of their bar.

import { analyzersTab } from "./analyzers.js";
import { continuityTab } from "./continuity.js";
import { findTab } from "./find.js";
import { flowsTab } from "./flows.js";
import { followTab } from "./follow.js";
import { gameTab } from "./game.js";
import { lanesTab } from "./lanes.js";
import { rulesTab } from "./rules.js";
import { runsTab } from "./runs.js";
import { screensTab } from "./screens.js";
import { servicesTab } from "./services.js";
import { snapshotsTab } from "./snapshots.js";
import { statisticsTab } from "./statistics.js";
import { timelineTab } from "./timeline.js";

/** `needs`: a path of the API without which there is no such tab; `scrubs`: it shows a moment, so the scrubber is above it. */
export const TABS = {
  timeline: { label: "Time line", key: "1", view: timelineTab, scrubs: true },
  flows: { label: "Flows", key: "2", view: flowsTab },
  follow: { label: "Follow stream", key: "3", view: followTab },
  lanes: { label: "Lanes", key: "4", view: lanesTab, scrubs: true },
  state: { label: "Game state", key: "5", view: gameTab, scrubs: true, needs: "/api/sessions/{id}/state" },
  statistics: { label: "Statistics", key: "6", view: statisticsTab, needs: "/api/sessions/{id}/statistics" },
  find: { label: "Find", key: "7", view: findTab, needs: "/api/sessions/{id}/find/value" },
  analyzers: { label: "Analyzers", key: "0", view: analyzersTab, needs: "/api/sessions/{id}/coverage" },
  runs: { label: "Compare runs", key: "C", view: runsTab, needs: "/api/sessions/{id}/analysis-runs" },
  rules: { label: "Rules", key: "R", view: rulesTab, needs: "/api/rules" },
  services: { label: "Services and reloads", key: "8", view: servicesTab },
  screens: { label: "Screens", key: "S", view: screensTab, scrubs: true, needs: "/api/screens" },
  snapshots: { label: "Snapshots", key: "P", view: snapshotsTab, needs: "/api/snapshots" },
  continuity: { label: "Continuity", key: "9", view: continuityTab },
};
