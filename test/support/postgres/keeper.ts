import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { postgresMajors } from './binaries.ts';
import { type Postgres, startPostgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for a PostgreSQL: `GET /15` answers the URL of its superuser. */
    postgresKeeper: string;
  }
}

/** One PostgreSQL of each major for a whole run of the tests, started when the first test asks for it. */
export default async function keepPostgres(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Map<string, Promise<Postgres>>();
  const keeper = createServer((request, response) => {
    const major = postgresMajors.find((one) => request.url === `/${one}`);
    if (major === undefined) {
      response.writeHead(404).end();
      return;
    }
    const server = servers.get(`${major}`) ?? startPostgres(major);
    servers.set(`${major}`, server);
    server.then(
      ({ url }) => response.end(url),
      (failure: unknown) => response.writeHead(500).end(String(failure)),
    );
  });
  await new Promise<void>((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  const address = keeper.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  project.provide('postgresKeeper', `http://127.0.0.1:${address.port}`);
  return async () => {
    keeper.close();
    keeper.closeAllConnections();
    const stopping = [...servers.values()].map(async (server) => (await server).stop());
    await Promise.allSettled(stopping);
  };
}
