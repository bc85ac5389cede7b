import type { ReasonCode } from '../../../domain/check-reasons/reasons.ts';
import { installationCheck, type Judgement, type Situation } from '../check.ts';
import type { TlsReading } from '../public-door.ts';
import { doorFacts } from './door-evidence.ts';
import { judged, momentOf } from './reading.ts';

/** The certificate is one that Meta accepts: trusted, for this host, in its time, with its whole chain (meta-facts §1). */
export const checkTls = installationCheck({
  name: 'tls',
  needs: ['public-url'],
  continuous: true,
  gather: async ({ door }, { installation: { webhookUrl } }) =>
    webhookUrl.startsWith('https:') ? door.inspectTls(webhookUrl) : null,
  judge: (reading, situation) => (reading === null ? judged('tls-not-needed') : judgeTls(reading, situation)),
});

/** OpenSSL's words for what is wrong, where only one thing can be meant. */
const faults: Readonly<Record<string, ReasonCode>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-another-host',
};

function judgeTls(reading: TlsReading, situation: Situation): Judgement {
  const facts = doorFacts(situation);
  if (reading.got === 'nothing') return judged('tls-failed', { ...facts, code: reading.code }, [reading]);
  const { fault, alone, names, issuer, validFrom, validTo } = reading;
  const told = {
    ...facts,
    names: names.replaceAll('DNS:', ''),
    issuer,
    from: momentOf(validFrom),
    until: momentOf(validTo),
    code: fault ?? '',
  };
  if (fault === null) return judged('tls-good', told, [reading]);
  const reason = faults[fault] ?? (alone ? 'certificate-without-chain' : 'certificate-untrusted');
  return judged(reason, told, [reading]);
}
