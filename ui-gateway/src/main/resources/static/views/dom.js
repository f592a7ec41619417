// Builds elements. Text becomes text nodes only: nothing that a game sends can become markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...there(children));
  return element;
}

/** Puts these children in place of those that an element has. */
export const fill = (element, ...children) => element.replaceChildren(...there(children));

const there = (children) =>
  children.flat().filter((child) => child !== null && child !== undefined);

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
