/**
 * The long form of the crash tests: every named crash point and fifty rounds of random kills.
 *
 *   npm run test:crash                  fifty rounds, a new seed
 *   npm run test:crash -- 200 my-seed   two hundred rounds, this seed
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const [rounds = '50', seed = randomBytes(4).toString('hex')] = process.argv.slice(2);
if (!/^[1-9]\d{0,3}$/.test(rounds)) {
  process.stderr.write(`"${rounds}" is no number of rounds from 1 to 9999. Try: npm run test:crash -- 50\n`);
  process.exit(2);
}
process.stdout.write(`${rounds} rounds with seed ${seed}\n`);
const campaign = spawn('vitest', ['run', 'test/crash'], {
  stdio: 'inherit',
  env: { ...process.env, CRASH_ROUNDS: rounds, CRASH_SEED: seed },
});
campaign.on('exit', (code) => process.exit(code ?? 1));
