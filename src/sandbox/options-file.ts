import { readFileSync } from 'node:fs';
import { StartError } from '../runtime/start-error.ts';
import { readSimulatorOptions } from '../simulator/simulator-form.ts';

/**
 * The options of the simulator that a JSON file holds.
 *
 * @throws StartError that names every mistake
 */
export function readOptionsFile(file: string): ReturnType<typeof readSimulatorOptions> {
  try {
    return readSimulatorOptions(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new StartError(
      `${file} does not hold options of the simulator as JSON: ${error instanceof Error ? error.message : String(error)}`,
      'Mend what it names; docs/simulator.md says under "Options" what there is.',
    );
  }
}
