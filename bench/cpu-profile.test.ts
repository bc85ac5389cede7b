import { describe, expect, it } from 'vitest';
import { summarise } from './cpu-profile.ts';

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 0 });

describe('the summary of a CPU profile', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(idle)') },
      { id: 2, callFrame: frame('parseBody', 'file:///somewhere/src/whatsapp/read-event.ts') },
      { id: 3, callFrame: frame('writev') },
      { id: 4, callFrame: frame('parseBody', 'file:///somewhere/src/whatsapp/read-event.ts') },
      { id: 5, callFrame: frame('', 'node:net') },
    ],
    samples: [1, 2, 3, 4, 5],
    timeDeltas: [500, 200, 150, 100, 50],
  };

  it('adds up by function, and leaves idle time out of the shares', () => {
    expect(summarise(profile, 2)).toEqual({
      busy: 0.5,
      entries: [
        { where: 'parseBody (read-event.ts)', share: 0.6 },
        { where: 'writev (native)', share: 0.3 },
      ],
    });
  });

  it('looks at the end only when asked to', () => {
    expect(summarise(profile, 1, 0.15)).toEqual({
      busy: 1,
      entries: [{ where: 'parseBody (read-event.ts)', share: 2 / 3 }],
    });
  });

  it('has nothing to say about nothing', () => {
    expect(summarise({ nodes: [], samples: [], timeDeltas: [] }, 5)).toEqual({ busy: 0, entries: [] });
  });
});
