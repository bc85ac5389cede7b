import { installationCheck, type Judgement, type Situation } from '../check.ts';
import { judged } from './reading.ts';

/** What the loop needs is set. The shapes of values are checked before a gateway starts. */
export const checkConfiguration = installationCheck({
  name: 'configuration',
  continuous: true,
  gather: async () => null,
  judge: (_nothing, situation) => judgeConfiguration(situation),
});

function judgeConfiguration({ installation, phones }: Situation): Judgement {
  const [phone] = phones;
  if (installation.verifyToken === null) return judged('verify-token-missing');
  if (phone === undefined) return judged('phone-number-id-missing');
  if (phones.some(({ appSecrets }) => appSecrets.length === 0)) return judged('app-secret-missing');
  if (phones.some(({ accessToken }) => accessToken === null)) return judged('access-token-missing');
  if (!installation.publicUrlSet && !installation.simulated) return judged('public-url-missing');
  return judged('configuration-good');
}
