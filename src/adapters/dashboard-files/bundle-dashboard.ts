import { fileURLToPath } from 'node:url';

/** Where the sources of the dashboard stand, in a checkout. */
export const dashboardSources = new URL('../../dashboard/', import.meta.url);

/**
 * The files of the dashboard as a browser takes them, by the path below `/`: minified, with names that change with
 * their content. Needs Vite, which a checkout has and the package has not.
 */
export async function bundleDashboard(): Promise<Map<string, Uint8Array>> {
  // Vite makes production of the whole process, which is no business of whoever bundles.
  const { NODE_ENV: before } = process.env;
  try {
    const { build } = await import('vite');
    const built = await build({
      root: fileURLToPath(dashboardSources),
      configFile: false,
      envFile: false,
      publicDir: false,
      logLevel: 'silent',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: { write: false, target: 'es2023', assetsInlineLimit: 0, modulePreload: false },
    });
    if (!('output' in built)) throw new Error('Vite bundled something else than one page.');
    return new Map(
      built.output.map((file) => [
        file.fileName,
        Buffer.from(file.type === 'chunk' ? file.code : file.source),
      ]),
    );
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}
