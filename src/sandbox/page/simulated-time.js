// @ts-check

/** @typedef {{ now: number, paused: boolean, speed: number }} SimulatedTime */

/** @type {SimulatedTime} */
let known = { now: Date.now(), paused: false, speed: 1 };
/** When the page heard it, on a clock that nobody sets. */
let heardAt = performance.now();
/** @type {(() => void)[]} */
const listeners = [];

/** Milliseconds of the time that gateway and pretend Meta share; the page goes on counting by itself. */
export function simulatedNow() {
  return known.paused ? known.now : known.now + (performance.now() - heardAt) * known.speed;
}

/** How time goes by now. */
export function simulatedTime() {
  return known;
}

/** @param {SimulatedTime} time as the sandbox tells it */
export function setSimulatedTime(time) {
  known = time;
  heardAt = performance.now();
  for (const listener of listeners) listener();
}

/**
 * Hears when time was moved by hand.
 *
 * @param {() => void} listener
 */
export function onSimulatedTime(listener) {
  listeners.push(listener);
}
