// Runs checks one after another and notes what fails; one that fails does not keep others from running.

import assert from "node:assert/strict";

export const results = [];

/** A machine that is busy otherwise makes a browser late, once: what is wrong is wrong twice. The notes have both. */
export async function check(name, act) {
  const begun = performance.now();
  let failure = await tried(act);
  if (failure !== null) {
    console.error(`${name}, first: ${failure}`);
    failure = await tried(act);
  }
  results.push({ name, failure, seconds: Math.round(performance.now() - begun) / 1000 });
}

/** What is wrong, or null. */
async function tried(act) {
  try {
    await act();
    return null;
  } catch (error) {
    return String(error.message ?? error).slice(0, 4_000);
  }
}

export function quiet(complaints) {
  assert.deepEqual(complaints, []);
}
