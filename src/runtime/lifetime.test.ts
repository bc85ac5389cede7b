import { describe, expect, it } from 'vitest';
import { createLifetime } from './lifetime.ts';

describe('createLifetime', () => {
  it('closes the last opened first, once', async () => {
    const closed: string[] = [];
    const lifetime = createLifetime();
    for (const name of ['store', 'server']) lifetime.opened(() => void closed.push(name));
    await lifetime.close();
    await lifetime.close();
    expect(closed).toEqual(['server', 'store']);
  });

  it('goes on after a failure and throws the first one', async () => {
    const closed: string[] = [];
    const lifetime = createLifetime();
    lifetime.opened(() => void closed.push('store'));
    lifetime.opened(() => {
      throw new Error('server');
    });
    await expect(lifetime.close()).rejects.toThrow('server');
    expect(closed).toEqual(['store']);
  });
});
