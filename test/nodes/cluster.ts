import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import { type HalfOpenProxy, startHalfOpenProxy } from './half-open-proxy.ts';

/** A gateway in a process of its own, with a proxy of its own before the database. */
export type Node = {
  name: string;
  url: string;
  process: ChildProcess;
  proxy: HalfOpenProxy;
};

/** Several gateways on one database, behind one address. */
export type Cluster = {
  /** The load balancer. */
  url: string;
  nodes(): Node[];
  /** Starts one more. */
  add(): Promise<Node>;
  /** Ends one, in order or by SIGKILL. */
  remove(node: Node, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Leads all of them to a database at another port. */
  leadTo(port: number): void;
  close(): Promise<void>;
};

/** How long the balancer waits for a node, and how long it then spares it, in milliseconds. */
const NODE_PATIENCE = 3_000;
const SPARED = 3_000;

/**
 * Starts gateways on one database.
 *
 * @param options.config without database, port and Graph API: each node gets its own
 * @param options.databaseUrl of PostgreSQL on the loopback
 * @param options.random gives numbers from 0 to 1, for the choice of nodes
 */
export async function startCluster(options: {
  config: Config;
  databaseUrl: string;
  graphUrlFor(name: string): string;
  leases: { duration: number; renewEvery: number };
  count: number;
  random(): number;
}): Promise<Cluster> {
  let nodes: Node[] = [];
  /** Nodes that did not answer, and until when they are not asked before the others. */
  const spared = new Map<Node, number>();
  let started = 0;
  let databasePort = Number(new URL(options.databaseUrl).port);

  async function add(): Promise<Node> {
    started += 1;
    const name = `node-${started}`;
    const databaseUrl = new URL(options.databaseUrl);
    const proxy = await startHalfOpenProxy(databasePort);
    databaseUrl.port = String(proxy.port);
    const config: Config = {
      ...options.config,
      meta: { ...options.config.meta, graphUrl: options.graphUrlFor(name) },
      http: { host: '127.0.0.1', port: 0 },
      database: { ...options.config.database, postgres: { url: databaseUrl.href, directUrl: null } },
    };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'node-process.ts')], {
      env: { ...process.env, NODE_ORDERS: JSON.stringify({ config, leases: options.leases }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [''])]);
    const url = String(said).trim();
    if (url === '') {
      await proxy.close();
      throw new Error(`A node ended before it was ready, with exit code ${child.exitCode}.`);
    }
    const node = { name, url, process: child, proxy };
    nodes = [...nodes, node];
    return node;
  }

  async function remove(node: Node, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (signal === 'SIGKILL') nodes = nodes.filter((other) => other !== node);
    if (node.process.exitCode === null && node.process.signalCode === null) {
      const ended = once(node.process, 'exit');
      node.process.kill(signal);
      await ended;
    }
    nodes = nodes.filter((other) => other !== node);
    await node.proxy.close();
  }

  /** Asks one node after another until one answers. */
  async function forward(request: IncomingMessage, body: Buffer): Promise<Response | null> {
    const inSomeOrder = nodes
      .map((node) => ({ node, place: options.random() + (Date.now() < (spared.get(node) ?? 0) ? 1 : 0) }))
      .sort((one, other) => one.place - other.place);
    for (const { node } of inSomeOrder) {
      try {
        return await fetch(node.url + (request.url ?? '/'), {
          method: request.method ?? 'GET',
          headers: headersOf(request),
          ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
          signal: AbortSignal.timeout(NODE_PATIENCE),
        });
      } catch {
        spared.set(node, Date.now() + SPARED);
        // It is gone or hangs; what it has taken all the same comes a second time to another one.
      }
    }
    return null;
  }

  const balancer = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    response.on('error', () => {});
    for await (const chunk of request) chunks.push(chunk);
    const answer = await forward(request, Buffer.concat(chunks));
    if (answer === null) response.writeHead(502).end();
    else {
      const type = answer.headers.get('content-type');
      response.writeHead(answer.status, type === null ? {} : { 'content-type': type });
      response.end(Buffer.from(await answer.arrayBuffer().catch(() => new ArrayBuffer(0))));
    }
  });
  balancer.listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  const address = balancer.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');

  function leadTo(port: number): void {
    databasePort = port;
    for (const { proxy } of nodes) proxy.leadTo(port);
  }

  async function close(): Promise<void> {
    for (const node of nodes) {
      node.process.kill('SIGCONT');
      await remove(node, 'SIGKILL');
    }
    balancer.close();
    balancer.closeAllConnections();
  }
  try {
    // All at once: they bring the schema up to date together.
    const first = await Promise.allSettled(Array.from({ length: options.count }, add));
    for (const one of first) if (one.status === 'rejected') throw one.reason;
  } catch (failure) {
    await close();
    throw failure;
  }
  return { url: `http://127.0.0.1:${address.port}`, nodes: () => nodes, add, remove, leadTo, close };
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['content-type', 'authorization', 'idempotency-key', 'x-hub-signature-256']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}
