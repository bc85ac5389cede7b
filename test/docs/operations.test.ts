import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alarmsTable, metricsTable } from '../../scripts/operations-tables.ts';
import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { settings } from '../../src/config/settings.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('docs/operations.md', () => {
  it('lists every alarm as the code has it', () => {
    expect(page).toContain(alarmsTable());
  });

  it('lists every metric as the registry has it', () => {
    const metrics = createMetrics({
      read: () => Promise.reject(new Error('nothing to read')),
      now: () => 0,
      openAlarms: () => [],
      openStreams: () => 0,
    });
    onTestFinished(() => metrics.close());
    expect(page).toContain(metricsTable(metrics));
  });

  it('speaks only of metrics and settings that exist', () => {
    const listed = new Set([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name));
    for (const [name] of page.matchAll(/recado_\w+/g)) {
      expect(listed).toContain(name.replace(/_(bucket|count|sum)$/, ''));
    }
    const known = new Set<string>(settings.map(({ name }) => name));
    for (const [, name] of page.matchAll(/`((?:ALERT|SMTP|ADMIN)_\w+)`/g)) {
      expect(known).toContain(String(name).replace(/_FILE$/, ''));
    }
  });
});
