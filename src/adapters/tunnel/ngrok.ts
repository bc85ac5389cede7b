import { StartError } from '../../runtime/start-error.ts';
import type { OpenTunnel, Tunnel } from './tunnel.ts';

/** As much of the package as is used. It is no dependency: who wants it adds it. */
type Ngrok = { forward(options: Record<string, unknown>): Promise<unknown> };

/** What `forward` answers with. */
type Listener = { url(): string | null; close(): Promise<void> };

const packageName = '@ngrok/ngrok';

/**
 * Opens a tunnel of ngrok inside this process.
 *
 * @param options `authtoken`: of the ngrok account; `domain`: one of the account's own, which stays the same;
 *   `load` gives the package
 */
export function openNgrok(options: {
  authtoken: string | null;
  domain: string | null;
  load?: () => Promise<unknown>;
}): OpenTunnel {
  const { authtoken, domain, load = () => import(packageName) } = options;
  return async (localUrl) => {
    const ngrok = await loadNgrok(load);
    if (authtoken === null) {
      throw new StartError(
        'NGROK_AUTHTOKEN is not set, and ngrok opens no tunnel without an account.',
        'Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and give the command again: NGROK_AUTHTOKEN=… npx recado tunnel',
      );
    }
    const opened = await ngrok
      .forward({ addr: localUrl, authtoken, ...(domain === null ? {} : { domain }) })
      .catch((error: unknown) => {
        const said = error instanceof Error ? error.message.replaceAll(authtoken, '…') : 'no reason given';
        throw new StartError(
          `ngrok opened no tunnel: ${said}`,
          'Check NGROK_AUTHTOKEN and --domain, and that no other tunnel of the same account runs.',
        );
      });
    return tunnelOf(opened, domain);
  };
}

async function loadNgrok(load: () => Promise<unknown>): Promise<Ngrok> {
  let found: unknown;
  try {
    found = await load();
  } catch {
    throw new StartError(
      `The package ${packageName} is not installed.`,
      `npm install ${packageName}   (then give the command again), or use another agent: --agent cloudflared`,
    );
  }
  for (const candidate of [found, memberOf(found, 'default')]) {
    if (isNgrok(candidate)) return candidate;
  }
  throw new StartError(
    `The package ${packageName} that is installed has no function \`forward\`.`,
    `npm install ${packageName}@latest`,
  );
}

function tunnelOf(opened: unknown, domain: string | null): Tunnel {
  const url = isListener(opened) ? opened.url() : null;
  if (!isListener(opened) || url === null) {
    throw new StartError('ngrok opened a tunnel without an address.', `npm install ${packageName}@latest`);
  }
  const changing =
    domain === null
      ? [
          'Without --domain ngrok may give another address at each start, and Meta keeps calling the old one until `npx recado connect` is run again.',
        ]
      : [];
  return {
    url: url.replace(/\/+$/, ''),
    warnings: [
      ...changing,
      'On free domains ngrok shows browsers a page of its own first. Meta is no browser; if it gets that page after all, the handshake fails and `npx recado doctor` says so.',
    ],
    // The package connects anew by itself and tells nobody of an end.
    ended: new Promise(() => {}),
    close: () => opened.close(),
  };
}

function isNgrok(value: unknown): value is Ngrok {
  return typeof memberOf(value, 'forward') === 'function';
}

function isListener(value: unknown): value is Listener {
  return typeof memberOf(value, 'url') === 'function' && typeof memberOf(value, 'close') === 'function';
}

function memberOf(value: unknown, name: string): unknown {
  return (typeof value === 'object' || typeof value === 'function') && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
