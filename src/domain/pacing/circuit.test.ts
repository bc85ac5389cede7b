import { describe, expect, it } from 'vitest';
import { failureCodes } from '../failure.ts';
import { circuitAfterFailure, circuitAfterProbe, circuitToProbe, opensCircuit } from './circuit.ts';

const start = 1_800_000_000_000;
const minute = 60_000;

describe('the circuit of a business phone', () => {
  it('opens for what the whole phone has, and for nothing else', () => {
    expect(failureCodes.filter(opensCircuit)).toEqual([
      'access-token-refused',
      'account-restricted',
      'payment-problem',
    ]);
  });

  it('lets one message ahead after half a minute, then ever more rarely, at last every quarter of an hour', () => {
    let circuit = circuitAfterFailure(null, 'access-token-refused', start);
    expect(circuit.probeAt).toBe(start + minute / 2);
    const waits: number[] = [];
    for (let index = 0; index < 7; index += 1) {
      const now = circuit.probeAt;
      circuit = circuitAfterFailure(circuitAfterProbe(circuit, now), 'access-token-refused', now + 80);
      waits.push((circuit.probeAt - now) / minute);
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it('opens once for many who were on their way together', () => {
    const first = circuitAfterFailure(null, 'payment-problem', start);
    expect(circuitAfterFailure(first, 'payment-problem', start + 50)).toEqual(first);
  });

  it('lets one ahead at once when somebody has done what may be the cure', () => {
    const circuit = circuitAfterProbe(circuitAfterFailure(null, 'access-token-refused', start), start);
    expect(circuitToProbe(circuit, start + 5)).toEqual({
      failure: 'access-token-refused',
      probes: 0,
      probeAt: start + 5,
    });
  });
});
