// Builds elements. Text becomes text nodes only: nothing that a game sends can become markup.

const SVG = "http://www.w3.org/2000/svg";

export const h = (tag, attributes = {}, ...children) =>
  built(document.createElement(tag), attributes, children);

/** The same for what is drawn. */
export const drawn = (tag, attributes = {}, ...children) =>
  built(document.createElementNS(SVG, tag), attributes, children);

function built(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
      element.listens = true;
    }
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...there(children));
  return element;
}

/** Writes a text where another one stands: the same one again would be laid out again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts these children in place of those that an element has. */
export const fill = (element, ...children) => element.replaceChildren(...there(children));

/**
 * The same, but what is there already and says the same stays: a button that is being pressed is not
 * taken away. What listens is kept only where its data-key is the same too, and goes on with what it was
 * built with: what it does has to follow from that key, or be looked up when it is done.
 */
export function morph(element, ...children) {
  const known = [...element.childNodes];
  const wanted = there(children).map((child) =>
    child instanceof Node ? child : document.createTextNode(child));
  wanted.forEach((child, i) => {
    if (known[i] === undefined) element.append(child);
    else if (isSame(known[i], child)) update(known[i], child);
    else known[i].replaceWith(child);
  });
  known.slice(wanted.length).forEach((child) => child.remove());
}

const isSame = (known, wanted) => known.nodeName === wanted.nodeName
  && (!(known.listens || wanted.listens)
    || (known.dataset?.key !== undefined && known.dataset.key === wanted.dataset?.key));

function update(known, wanted) {
  if (known.nodeType === Node.TEXT_NODE) {
    if (known.data !== wanted.data) known.data = wanted.data;
    return;
  }
  for (const { name } of [...known.attributes]) {
    if (!wanted.hasAttribute(name)) known.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (known.getAttribute(name) !== value) known.setAttribute(name, value);
  }
  morph(known, ...wanted.childNodes);
}

const there = (children) =>
  children.flat(2).filter((child) => child !== null && child !== undefined && child !== false);

/** Calls back only when one of the picked values is another one than last time. */
export function whenChanged(pick, draw) {
  let last = null;
  return (state) => {
    const now = pick(state);
    if (last !== null && now.every((value, i) => Object.is(value, last[i]))) return;
    last = now;
    draw(state);
  };
}

/** Keeps the focus where it is while a part of the page is drawn again: by the elements' data-key. */
export function keepingFocus(root, draw) {
  const key = root.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  draw();
  if (key !== undefined) root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
