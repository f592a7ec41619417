// Keeps the reader's choices in this browser; pages of the same browser that are open take them over.

import { readChoices } from "../state/choices.js";

const KEY = "kontor.choices";

const kept = () => {
  try {
    return readChoices(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return readChoices(null);
  }
};

export function choiceActs({ dispatch }) {
  dispatch({ type: "choices", choices: kept() });
  addEventListener("storage", ({ key }) => {
    if (key === KEY) dispatch({ type: "choices", choices: kept() });
  });
  return {
    choose(choices) {
      dispatch({ type: "choices", choices });
      try {
        localStorage.setItem(KEY, JSON.stringify(choices));
      } catch {
        // A full or forbidden storage: the choice holds until the page is left.
      }
    },
  };
}
