import { Client } from 'pg';
import type { Postgres } from '../support/postgres/start-postgres.ts';
import type { Cluster, Node } from './cluster.ts';

/** What is done to a cluster at work. Random numbers go from 0 to 1; times are in milliseconds. */
type FaultContext = {
  cluster: Cluster;
  postgres: Postgres;
  /** How many messages of a node have reached Meta and are not answered yet. */
  unanswered(node: Node): number;
  /** Where its synchronous replica is; null when it has none. */
  replicaPort: number | null;
  random(): number;
  leaseDuration: number;
  wait(milliseconds: number): Promise<void>;
};

type Fault = (context: FaultContext) => Promise<void>;

function anyOf({ cluster, random }: FaultContext): Node {
  const nodes = cluster.nodes();
  const node = nodes[Math.floor(random() * nodes.length)];
  if (node === undefined) throw new Error('There is no node left.');
  return node;
}

/** The moment to look for, in milliseconds, before any node will do. */
const LOOK_FOR = 5_000;

/** A node at the moment at which a message of its has reached Meta and Meta's answer has not come. */
async function sendingOne(context: FaultContext): Promise<Node> {
  const until = Date.now() + LOOK_FOR;
  while (Date.now() < until) {
    const sending = context.cluster.nodes().filter((node) => context.unanswered(node) > 0);
    const node = sending[Math.floor(context.random() * sending.length)];
    if (node !== undefined) return node;
    await context.wait(5);
  }
  return anyOf(context);
}

/** Every fault by its name. Each ends with as many nodes as it found, all of them able to work. */
export const faults = {
  /** One dies at once, and nobody is told; another one comes. */
  async kill(context) {
    await context.cluster.remove(await sendingOne(context), 'SIGKILL');
    await context.wait(context.random() * 2 * context.leaseDuration);
    await context.cluster.add();
  },

  /** One sleeps past its lease and wakes as if nothing had happened. */
  async stop(context) {
    const node = await sendingOne(context);
    node.process.kill('SIGSTOP');
    await context.wait(context.leaseDuration * (1.5 + context.random()));
    node.process.kill('SIGCONT');
  },

  /** The connections of one lead nowhere, and nothing closes them. */
  async 'half-open'(context) {
    const node = await sendingOne(context);
    node.proxy.hang();
    await context.wait(context.leaseDuration * (1.5 + context.random()));
    node.proxy.mend();
  },

  /** One joins, and another leaves in order. */
  async scale(context) {
    await context.cluster.add();
    await context.wait(context.random() * 2 * context.leaseDuration);
    await context.cluster.remove(anyOf(context), 'SIGTERM');
    await context.wait(context.random() * context.leaseDuration);
  },

  /** PostgreSQL is restarted in order. */
  async restart(context) {
    await context.postgres.restart('fast');
    await context.wait(context.random() * context.leaseDuration);
  },

  /** PostgreSQL crashes and recovers. */
  async crash(context) {
    await context.postgres.restart('immediate');
    await context.wait(context.random() * context.leaseDuration);
  },

  /** PostgreSQL is lost for good, and its synchronous replica takes its place. */
  async promote({ cluster, postgres, replicaPort }) {
    if (replicaPort === null) throw new Error('There is no replica to promote.');
    await postgres.crash();
    const url = new URL(postgres.url);
    url.port = String(replicaPort);
    const client = new Client(url.href);
    await client.connect();
    await client.query('select pg_promote()').finally(() => client.end());
    cluster.leadTo(replicaPort);
  },
} satisfies Record<string, Fault>;

/** The name of a fault. */
export type FaultName = keyof typeof faults;

/** The names of all faults. */
export const faultNames = Object.keys(faults) as FaultName[];
