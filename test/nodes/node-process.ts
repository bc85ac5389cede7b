/**
 * One gateway among several, in a process of its own. Started by the rounds; it reads its orders from the environment,
 * says where it listens on its standard output, and stops in order at SIGTERM.
 */
import { createGateway } from '../../src/app.ts';

const orders: {
  config: Parameters<typeof createGateway>[0];
  leases: { duration: number; renewEvery: number };
} = JSON.parse(process.env['NODE_ORDERS'] ?? '{}');

const said = process.env['NODE_LOG'] === undefined ? () => {} : (line: string) => process.stderr.write(line);
const gateway = await createGateway(orders.config, { writeLog: said, leases: orders.leases });
process.once('SIGTERM', () => {
  void gateway.close().then(() => process.exit(0));
});
process.stdout.write(`${gateway.url}\n`);
