import { clockLine, joinByAddress, listening, named, networkLines, standingStill } from "../../main/resources/static/state/network.js";
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

test("how far an adapter's clock is from the broker's is said with how sure that is", () => {
  equal([clockLine({ brokerAheadMicros: 1840, uncertaintyMicros: 900 }), clockLine({ brokerAheadMicros: -2_500_000, uncertaintyMicros: 1000 }),
    clockLine(undefined)],
  ["clock 1.8 ms behind the broker's, \u00b1 900 \u00b5s", "clock 2.50 s ahead of the broker's, \u00b1 1.0 ms", ""]);
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

test("the bar names the session's games and those that are there, not all that ever were", () => {
  const game = (name, lab, connected) => ({ name, lab, connected });
  const { shown, further } = named([game("host1", "import-1", false), game("game3", "b", true), game("game1", "a", false),
    game("game2", "a", true)], "a");
  equal([shown.map(({ name }) => name), further], [["game1", "game2", "game3"], []]);
  const many = named(Array.from({ length: 11 }, (_, i) => game(`game${i}`, "a", true)), "a");
  equal([many.shown.length, many.further.map(({ name }) => name)], [8, ["game8", "game9", "game10"]]);
});
