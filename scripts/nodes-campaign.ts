/**
 * The long form of the tests of several processes: many rounds of each fault.
 *
 *   npm run test:nodes                                       twenty rounds of each, a new seed
 *   npm run test:nodes -- --rounds 5 --seed my-seed          five rounds, this seed
 *   npm run test:nodes -- --fault stop                       of one fault alone
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    fault: { type: 'string' },
  },
});
if (!/^[1-9]\d{0,2}$/.test(values.rounds)) {
  process.stderr.write(`"${values.rounds}" is no number of rounds from 1 to 999. Try: --rounds 20\n`);
  process.exit(2);
}
process.stdout.write(`${values.rounds} rounds of ${values.fault ?? 'each fault'} with seed ${values.seed}\n`);
const campaign = spawn('vitest', ['run', 'test/nodes'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODES_ROUNDS: values.rounds,
    NODES_SEED: values.seed,
    ...(values.fault === undefined ? {} : { NODES_FAULT: values.fault }),
  },
});
campaign.on('exit', (code) => process.exit(code ?? 1));
