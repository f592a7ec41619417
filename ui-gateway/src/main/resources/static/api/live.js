// The live stream of one session. It goes on from the last id after any interruption: the browser
// does so by itself while the gateway answers, and we do when it was refused.

import { streamPath } from "./http.js";

const RETRY_MILLIS = 2000;

export function follow(session, cursor, filter, { onItem, onReload, onMarker, onAnalyzer, onRun, onState }) {
  let source = null;
  let timer = 0;
  let last = cursor;
  let closed = false;

  const take = (kind) => (message) => {
    last = message.lastEventId || last;
    onItem({ kind, data: JSON.parse(message.data) });
  };

  const open = () => {
    onState("connecting");
    source = new EventSource(streamPath(session, last, filter));
    source.onopen = () => onState("live");
    source.addEventListener("event", take("event"));
    source.addEventListener("messages", take("messages"));
    source.addEventListener("gap", take("gap"));
    source.addEventListener("progress", (message) => {
      last = message.lastEventId || last;
    });
    source.addEventListener("reload", (message) => onReload(JSON.parse(message.data)));
    source.addEventListener("marker", (message) => onMarker(JSON.parse(message.data)));
    source.addEventListener("analyzer", (message) => onAnalyzer(JSON.parse(message.data)));
    source.addEventListener("run", (message) => onRun(JSON.parse(message.data)));
    source.onerror = () => {
      if (closed) return;
      onState("interrupted");
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, RETRY_MILLIS);
      }
    };
  };

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}
