// The page's tests run in the JVM: see PageStateTest. Each module registers its tests here.

globalThis.tests = [];

export const test = (name, run) => globalThis.tests.push({ name, run });

/** Fails unless both are the same JSON. */
export function equal(actual, expected) {
  const [is, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== wanted) throw new Error(`expected ${wanted}, but was ${is}`);
}
