import { installationCheck } from '../check.ts';
import { doorFacts } from './door-evidence.ts';
import { judged } from './reading.ts';

/** The public address is https, resolves to where Meta can reach it, and somebody listens there. */
export const checkPublicUrl = installationCheck({
  name: 'public-url',
  needs: ['configuration'],
  continuous: true,
  async gather({ door }, { installation: { webhookUrl } }) {
    const resolved = await door.resolve(new URL(webhookUrl).hostname.replace(/^\[|\]$/g, ''));
    return { resolved, reached: resolved.code === null ? await door.reach(webhookUrl) : null };
  },
  judge({ resolved, reached }, situation) {
    const { webhookUrl, publicUrlSet, simulated } = situation.installation;
    const calls = reached === null ? [resolved] : [resolved, reached];
    const { addresses } = resolved;
    const url = new URL(webhookUrl).origin;
    const facts = {
      ...doorFacts(situation),
      addresses: addresses.join(', '),
      code: resolved.code ?? reached?.code ?? '',
      https: url.replace(/^http:/, 'https:'),
    };
    if (publicUrlSet && url.startsWith('http:')) return judged('public-url-not-https', facts);
    if (resolved.code !== null) return judged('name-unresolved', facts, calls);
    if (!simulated && addresses.every(isPrivate)) return judged('address-private', facts, calls);
    return judged(reached?.code ? 'nobody-listens' : 'public-url-good', facts, calls);
  },
});

/** Whether an address is of a private network, of this machine, or of no network at all (RFC 1918, 4193, 6598, 6890). */
function isPrivate(address: string): boolean {
  return (
    /^(0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      address,
    ) || /^(::1?$|f[cd]|fe[89ab])/i.test(address)
  );
}
