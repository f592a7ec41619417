import { joinByAddress, listening, networkLines, standingStill } from "../../main/resources/static/state/network.js";
import { equal, test } from "./harness.js";

test("games whose broadcasts are not seen are told where to join", () => {
  const at = (name, broadcast, peers, connected = true) =>
    ({ name, connected, network: { peers, broadcast, strangerPackets: 0, strangers: [] } });
  equal(joinByAddress([
    at("game1", undefined, { game2: "127.1.0.2", game3: "127.1.0.3" }),
    at("game2", "127.2.0.255", { game1: "127.2.0.1" }),
    at("game3", undefined, {}),
    at("game4", undefined, { game1: "127.4.0.1" }, false),
    { name: "game5", connected: true },
  ]), ["game1 joins game2 at 127.1.0.2, game3 at 127.1.0.3", "game3 joins nobody: it has no peers"]);
});

test("strangers are shown with where they came from", () => {
  equal(networkLines({ broadcast: "127.1.0.255", strangerPackets: 7, strangers: [
    { address: "127.9.9.9", protocol: "udp", packets: 7 }] }),
  ["7 packets of strangers ignored or reset", "  127.9.9.9 (udp, 7)"]);
  equal(networkLines({ broadcast: "127.1.0.255", strangerPackets: 0, strangers: [] }), []);
  equal(networkLines(undefined), []);
});

test("the ports of the lab are those that a connected adapter says", () => {
  equal(listening([{ connected: false, network: { tcpPorts: "1" } }, { connected: true, network: {} },
    { connected: true, network: { tcpPorts: "2300-2400, 47624", udpPorts: "47624" } }]), "TCP 2300-2400, 47624; UDP 47624");
  equal([listening([]), listening([{ connected: true, network: { udpPorts: "7" } }])], ["", "UDP 7"]);
});

test("games that stand still are those of the lab whose adapters say so now", () => {
  equal(standingStill([{ name: "game1", lab: "a", connected: true, freezeId: "f" }, { name: "game2", lab: "a", connected: true },
    { name: "game3", lab: "b", connected: true, freezeId: "f" }, { name: "game4", lab: "a", connected: false, freezeId: "f" }], "a")
    .map(({ name }) => name), ["game1"]);
});
