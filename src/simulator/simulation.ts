import { createControlDoor, isForControl } from './control/control-door.ts';
import type { ControlVerb } from './control/control-verb.ts';
import { controlVerbs } from './control/control-verbs.ts';
import { type HttpDoor, openHttpDoor } from './graph/http-door.ts';
import {
  createSimulator,
  type Recording,
  type Replay,
  replay,
  type Simulator,
  type SimulatorChange,
  type SimulatorOptions,
} from './simulator.ts';

/** A simulator that can be controlled over HTTP, and started anew without giving up its port. */
export type Simulation = {
  /** The simulator of the moment. */
  simulator(): Simulator;
  /** Hears of changes as they happen, also after a reset; must not throw. */
  subscribe(listener: (change: SimulatorChange) => void): void;
  /** Base of the Graph API, without a version. */
  graphUrl: string;
  /** Base of the control, on the same port; it answers this machine only. */
  controlUrl: string;
  /**
   * Forgets everything: people, messages, books, and what was changed in them. The port stays.
   *
   * @param changes to the options of the start, until the next reset
   */
  reset(changes?: SimulatorOptions): Promise<void>;
  /** Plays a run again, beside this one, by the options of this one; with nobody behind the webhooks. */
  replay(recording: Recording): Promise<Replay>;
  close(): Promise<void>;
};

/**
 * Starts a simulator with its control. Throws what `listen` throws when the port cannot be had.
 *
 * @param optionsOf asked at the start and at each reset, so that each may have a clock of its own
 * @param verbs what the control answers; everything when left out
 */
export async function startSimulation(
  optionsOf: () => SimulatorOptions = () => ({}),
  verbs: readonly ControlVerb[] = controlVerbs,
): Promise<Simulation> {
  const { host = '127.0.0.1', port = 0 } = optionsOf();
  const door = await openHttpDoor(host, port);
  try {
    const listeners: ((change: SimulatorChange) => void)[] = [];
    let changed: SimulatorOptions = {};
    let simulator = await createSimulator(optionsOf(), { door: { ...door, serve: serveGraph } });
    const simulation: Simulation = {
      simulator: () => simulator,
      subscribe(listener) {
        listeners.push(listener);
        simulator.subscribe(listener);
      },
      graphUrl: door.url,
      controlUrl: `${door.url}/_simulator`,
      async reset(changes = {}) {
        // Made before the old one ends: where these options cannot be, the run goes on.
        const waiting = waitingDoor();
        const next = await createSimulator({ ...optionsOf(), ...changes }, { door: waiting.door });
        await simulator.close();
        waiting.open();
        changed = changes;
        simulator = next;
        for (const listener of listeners) simulator.subscribe(listener);
      },
      replay(recording) {
        const { webhookUrl: _, ...options } = { ...optionsOf(), ...changed };
        return replay(recording, { ...options, host: '127.0.0.1', port: 0 });
      },
      async close() {
        await simulator.close();
        await door.close();
      },
    };
    const control = createControlDoor(simulation, verbs);

    function serveGraph(graph: Parameters<typeof door.serve>[0]): void {
      door.serve((request, response) => {
        if (isForControl(request)) control(request, response);
        else if (graph === null) response.writeHead(503).end();
        else graph(request, response);
      });
    }

    /** A door that serves only once it is opened. */
    function waitingDoor(): { door: HttpDoor; open(): void } {
      let opened = false;
      let waiting: Parameters<typeof serveGraph>[0] = null;
      const serve: typeof serveGraph = (graph) => {
        waiting = graph;
        if (opened) serveGraph(graph);
      };
      const open = () => {
        opened = true;
        serveGraph(waiting);
      };
      return { door: { ...door, serve }, open };
    }
    return simulation;
  } catch (error) {
    await door.close();
    throw error;
  }
}
