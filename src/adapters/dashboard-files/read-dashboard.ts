import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { bundleDashboard, dashboardSources } from './bundle-dashboard.ts';

const decompress = promisify(gunzip);

/**
 * The files of the dashboard, by the path below `/`: those that were built for the package, which keeps them
 * compressed, or in a checkout the sources, bundled now.
 */
export async function readDashboard(): Promise<Map<string, Uint8Array>> {
  if (existsSync(new URL('main.tsx', dashboardSources))) return bundleDashboard();
  const folder = fileURLToPath(dashboardSources);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const path = relative(folder, file).replaceAll('\\', '/').replace(/\.gz$/, '');
        return [path, await decompress(await readFile(file))] as const;
      }),
    ),
  );
}
