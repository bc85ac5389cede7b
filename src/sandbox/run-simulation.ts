import { StartError } from '../runtime/start-error.ts';
import { type Simulation, startSimulation } from '../simulator/simulation.ts';
import { createSimulatedClock, type SimulatorOptions } from '../simulator/simulator.ts';

/** A pretend Meta that runs alone, for any receiver. */
export type AloneOptions = Omit<SimulatorOptions, 'port' | 'clock'> & {
  port: number;
  /** Simulated seconds in a real one. */
  speed: number;
};

/** As quick as Meta looks to a person. */
const visibleLatency = 300;

/**
 * Starts a pretend Meta alone, and shakes hands with the receiver when there is one.
 *
 * @returns the simulation, and what the receiver answered; null without a receiver
 * @throws StartError when the port cannot be had
 */
export async function runSimulation({ speed, ...options }: AloneOptions): Promise<{
  simulation: Simulation;
  handshake: { ok: boolean; status: number | null } | null;
}> {
  const simulation = await startSimulation(() => ({
    latency: visibleLatency,
    clock: createSimulatedClock({ speed }),
    ...options,
  })).catch((error: unknown) => {
    throw explained(error, options.port);
  });
  const handshake = options.webhookUrl ? await simulation.simulator().verifyWebhook() : null;
  return { simulation, handshake };
}

function explained(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new StartError(
    code === 'EADDRINUSE'
      ? `Port ${port} is in use by another program.`
      : `This user may not listen on port ${port}.`,
    `Take another port: npx recado simulate --port ${port < 1024 ? 8090 : port + 1}`,
    { cause: error },
  );
}
