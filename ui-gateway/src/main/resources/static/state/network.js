// What a person should know of the games' networks. Pure.

import { span } from "./format.js";

/** Who joins whom at which address, for games whose search by broadcast is not seen; empty: none. */
export function joinByAddress(instances) {
  return instances
    .filter((instance) => instance.connected && instance.network && !instance.network.broadcast)
    .map((instance) => {
      const others = Object.entries(instance.network.peers)
        .map(([name, address]) => `${name} at ${address}`);
      return `${instance.name} joins ${others.length > 0 ? others.join(", ") : "nobody: it has no peers"}`;
    });
}

/** Which ports a lab listens on, as its adapters say it; empty where none has said it. */
export function listening(instances) {
  const network = instances.find(({ connected, network: one }) => connected
    && (one?.tcpPorts !== undefined || one?.udpPorts !== undefined))?.network;
  if (network === undefined) return "";
  const said = (name, ports) => (ports === undefined ? null : `${name} ${ports}`);
  return [said("TCP", network.tcpPorts), said("UDP", network.udpPorts)].filter((one) => one !== null).join("; ");
}

/** The games of a lab that stand still. */
export const standingStill = (instances, lab) =>
  instances.filter((instance) => instance.lab === lab && instance.connected && instance.freezeId !== undefined);

/** More games than these are not named in the bar on top. */
const MOST_NAMED = 8;

/**
 * The games to be named beside a session: its lab's first, then those of other labs that are there; `further`
 * are too many.
 */
export function named(instances, lab) {
  const own = instances.filter((instance) => instance.lab === lab);
  const all = own.concat(instances.filter((instance) => instance.lab !== lab && instance.connected));
  return { shown: all.slice(0, MOST_NAMED), further: all.slice(MOST_NAMED) };
}

/** How far an adapter's clock is from the broker's, which all share; empty while that is not known. */
export function clockLine(clock) {
  if (clock === undefined) return "";
  const { brokerAheadMicros: ahead, uncertaintyMicros: uncertain } = clock;
  return `clock ${span(Math.abs(ahead))} ${ahead > 0 ? "behind" : "ahead of"} the broker's, \u00b1 ${span(uncertain)}`;
}

/** Lines about an instance's network, beside its address. */
export function networkLines(network) {
  if (!network) return [];
  return [
    ...(network.broadcast ? [] : ["searches by broadcast are not seen: join by address"]),
    ...(network.strangerPackets > 0
      ? [`${network.strangerPackets} packets of strangers ignored or reset`,
        ...network.strangers.map((s) => `  ${s.address} (${s.protocol}, ${s.packets})`)]
      : []),
  ];
}
