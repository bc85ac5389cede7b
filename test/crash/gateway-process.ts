/**
 * A gateway in a process of its own that kills itself when it passes a named crash point for the nth time.
 * Started by the crash rounds; it reads its orders from the environment and says READY on its standard output.
 */
import { createGateway } from '../../src/app.ts';

const orders: {
  config: Parameters<typeof createGateway>[0];
  crashAt: { point: string; pass: number } | null;
} = JSON.parse(process.env['CRASH_ORDERS'] ?? '{}');

let passes = 0;
await createGateway(
  { ...orders.config, encryptionKeys: [new Uint8Array(32).fill(7)] },
  {
    writeLog: () => {},
    reached(point) {
      if (point !== orders.crashAt?.point) return;
      passes += 1;
      // No handler, no flush, no goodbye: the operating system ends the process here.
      if (passes === orders.crashAt.pass) process.kill(process.pid, 'SIGKILL');
    },
  },
);
process.stdout.write('READY\n');
