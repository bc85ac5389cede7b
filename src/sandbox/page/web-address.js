// @ts-check

/**
 * An address that may be opened. Only one of the web is: anything else could run, or call.
 *
 * @param {string | null} url
 */
export function webAddress(url) {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}
