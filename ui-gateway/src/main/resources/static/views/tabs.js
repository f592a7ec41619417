// The tabs below the list and the details, in the order of their bar.

import { continuityTab } from "./continuity.js";
import { flowsTab } from "./flows.js";
import { followTab } from "./follow.js";
import { lanesTab } from "./lanes.js";
import { servicesTab } from "./services.js";

export const TABS = {
  flows: { label: "Flows", key: "1", view: flowsTab },
  follow: { label: "Follow stream", key: "2", view: followTab },
  lanes: { label: "Lanes", key: "3", view: lanesTab },
  services: { label: "Services and reloads", key: "4", view: servicesTab },
  continuity: { label: "Continuity", key: "5", view: continuityTab },
};
