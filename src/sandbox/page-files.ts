import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { securityHeaders } from '../server/answers.ts';

const decompress = promisify(gunzip);

/** The names of all files of the page. Nothing else of the folder is ever served. */
export const pageFileNames = [
  'base.css',
  'bubble.css',
  'bubble.js',
  'chat.js',
  'choices.js',
  'clock.css',
  'clock.js',
  'commands.js',
  'contacts.js',
  'content.js',
  'controls.css',
  'dialog.css',
  'dom.js',
  'feed.css',
  'feed.js',
  'file-kind.js',
  'files.js',
  'format.js',
  'frame.css',
  'gateway.js',
  'icon.svg',
  'index.html',
  'life.js',
  'login.html',
  'login.js',
  'main.js',
  'notify.css',
  'notify.js',
  'people-list.js',
  'person-dialog.js',
  'phone-menus.js',
  'phone.css',
  'phone.js',
  'sheet.css',
  'sheet.js',
  'shown-messages.js',
  'simulated-time.js',
  'small-screens.css',
  'story.js',
  'summary.js',
  'terminal.js',
  'texts.js',
  'tokens.css',
  'web-address.js',
] as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The name of one file of the page. */
export type PageFileName = (typeof pageFileNames)[number];

/** One file of the page, ready to be answered. */
export type PageFile = { body: Buffer | string; headers: Record<string, string> };

/**
 * Headers of everything the sandbox serves to a browser. Scripts and styles come from files only, nothing is
 * loaded from elsewhere, no page may frame this one, and no string can become markup (Trusted Types).
 */
export const pageHeaders: Record<string, string> = {
  ...securityHeaders,
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
};

/** Headers of what a page of this very server may show in a frame. */
export const framedHeaders: Record<string, string> = {
  'content-security-policy': String(pageHeaders['content-security-policy']).replace(
    "frame-ancestors 'none'",
    "frame-ancestors 'self'",
  ),
  'x-frame-options': 'SAMEORIGIN',
};

/** Reads one file of the page. It is read anew each time, so that a change shows on reload. */
export async function readPageFile(name: PageFileName): Promise<PageFile> {
  const file = await readStored(new URL(`./page/${name}`, import.meta.url));
  const body = name.endsWith('.html') ? await withWords(file.toString()) : file;
  return { body, headers: { ...pageHeaders, 'content-type': contentTypes[extname(name)] ?? '' } };
}

/** A file as it is in a checkout, or compressed, as the package has it. */
async function readStored(file: URL): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (failure) {
    if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOENT')) throw failure;
    return decompress(await readFile(new URL(`${file.href}.gz`)));
  }
}

/** The markup with `%name%` replaced by the text of that name. Throws for a name that is no text. */
async function withWords(markup: string): Promise<string> {
  const { texts }: { texts: Record<string, unknown> } = await import(
    new URL('./page/texts.js', import.meta.url).href
  );
  return markup.replace(/%(\w+)%/g, (_, name: string) => {
    const text = texts[name];
    if (typeof text !== 'string') throw new Error(`The markup of the sandbox page names no text: ${name}.`);
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  });
}
