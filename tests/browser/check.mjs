// Runs checks one after another and notes what fails; one that fails does not keep others from running.

import assert from "node:assert/strict";

export const results = [];

export async function check(name, act) {
  const begun = performance.now();
  let failure = null;
  try {
    await act();
  } catch (error) {
    failure = String(error.message ?? error).slice(0, 4_000);
  }
  results.push({ name, failure, seconds: Math.round(performance.now() - begun) / 1000 });
}

export function quiet(complaints) {
  assert.deepEqual(complaints, []);
}
