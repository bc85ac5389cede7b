import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdmissionQuestion, admit } from './admission.ts';
import { windowAt } from './conversation.ts';
import type { NotificationContent, TemplateContent } from './notification-content.ts';

const now = 1_800_000_000_000;
const minute = 60_000;
const hour = 60 * minute;
const text = (body: string): NotificationContent => ({ type: 'text', body, previewUrl: false });
const template = (name: string): TemplateContent => ({
  type: 'template',
  name,
  language: 'en_US',
  components: [],
});

/** A short text to someone who wrote 48 minutes ago. */
const question: AdmissionQuestion = {
  content: text('Your interview is at nine.'),
  fallback: null,
  onClosedWindow: 'fail',
  window: windowAt(now - 48 * minute, now),
  toGroup: false,
  now,
  recipientKnown: true,
  businessPhone: { sendingReady: true },
  permitted: true,
  template: {
    known: true,
    standing: 'sendable',
    status: 'APPROVED',
    category: 'utility',
    mistake: null,
    languages: ['en_US'],
    placeholders: { named: false, body: [] },
  },
  optOut: null,
};
const closed = windowAt(now - 27 * hour - 12 * minute, now);
const never = windowAt(null, now);

describe('admit', () => {
  it('refuses what the person opted out of, before it looks at the window', () => {
    const optOut = {
      purpose: 'marketing',
      since: now - 2 * hour,
      evidence: 'WhatsApp: stop',
    } as const;
    const admission = admit({ ...question, window: never, content: template('sale'), optOut });
    expect(admission).toMatchObject({
      decision: 'refuse',
      because: 'This person refused marketing messages from you 2 h ago (WhatsApp: stop).',
      failure: { code: 'recipient-opted-out' },
    });
  });

  it.each<[string, Partial<AdmissionQuestion>, string, string]>([
    ['text, window open', {}, 'free-form', 'The window is open for another 23 h 12 min.'],
    [
      'text, window closed, fallback',
      { window: closed, fallback: template('hello_world'), onClosedWindow: 'template' },
      'template',
      'The window closed 3 h 12 min ago, so the fallback template hello_world goes instead.',
    ],
    [
      'text, never wrote, fallback',
      { window: never, recipientKnown: false, fallback: template('hello_world'), onClosedWindow: 'template' },
      'template',
      'This person never wrote to this business phone, so the fallback template hello_world goes instead.',
    ],
    [
      'text, closed, no fallback',
      { window: closed },
      'refuse',
      'The window closed 3 h 12 min ago, so only a template may go, and no fallback template was given.',
    ],
    [
      'text, closed, a fallback that is not wanted',
      { window: closed, fallback: template('hello_world') },
      'refuse',
      'The window closed 3 h 12 min ago, so only a template may go, and onClosedWindow is "fail".',
    ],
    [
      'text, a contact that never wrote',
      { window: never, onClosedWindow: 'template' },
      'refuse',
      'This contact has never written to this business phone, so only a template may go, and no fallback template was given.',
    ],
    [
      'template, window open',
      { content: template('interview_reminder') },
      'template',
      'A template may go at any time; the window is open for another 23 h 12 min.',
    ],
    [
      'template, never wrote',
      { content: template('interview_reminder'), window: never, recipientKnown: false },
      'template',
      'A template may go at any time; this person never wrote to this business phone.',
    ],
    [
      'window about to close',
      { window: { open: true, closesAt: now + 30_000 } },
      'refuse',
      'The window closes in 30 s, too soon to be sure that a free-form message still gets through, so only a template may go, and no fallback template was given.',
    ],
    [
      'window open just long enough',
      { window: { open: true, closesAt: now + 31_000 } },
      'free-form',
      'The window is open for another 31 s.',
    ],
  ])('%s', (_, facts, decision, because) => {
    expect(admit({ ...question, ...facts })).toMatchObject({ decision, because });
  });

  it('sends the fallback in place of the text, and nothing else ever', () => {
    const fallback = template('hello_world');
    const facts = { ...question, fallback, onClosedWindow: 'template' as const };
    expect(admit(facts)).toMatchObject({ content: question.content });
    expect(admit({ ...facts, window: closed })).toMatchObject({ content: fallback });
    expect(admit({ ...facts, window: closed, content: template('interview_reminder') })).toMatchObject({
      content: template('interview_reminder'),
    });
  });

  it.each<[string, Partial<AdmissionQuestion>, string]>([
    ['guarded', { permitted: false, content: text('x'.repeat(5_000)) }, 'recipient-not-permitted'],
    ['too long', { content: text('x'.repeat(4_097)) }, 'text-too-long'],
    [
      'too long although a fallback could go',
      {
        content: text('x'.repeat(4_097)),
        window: closed,
        fallback: template('a'),
        onClosedWindow: 'template',
      },
      'text-too-long',
    ],
    [
      'no token',
      { businessPhone: { sendingReady: false, failure: 'access-token-missing' }, window: closed },
      'access-token-missing',
    ],
    ['closed', { window: closed }, 'window-closed'],
  ])('refuses with a code and a remedy: %s', (_, facts, code) => {
    const admission = admit({ ...question, ...facts });
    expect(admission).toMatchObject({ decision: 'refuse', failure: { code, metaCode: null } });
    expect(admission.because).toMatch(/^[A-Z].*\.$/);
  });

  it('counts characters as leniently as one can: 4,096 emoji are 8,192 UTF-16 units', () => {
    expect(admit({ ...question, content: text('🙂'.repeat(4_096)) }).decision).toBe('free-form');
    expect(admit({ ...question, content: text('🙂'.repeat(4_097)) }).decision).toBe('refuse');
  });

  it('never lets free-form go unless the window is open, and always lets a template go', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: now - 72 * hour, max: now }), { nil: null }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (lastInboundAt, isTemplate, hasFallback, recipientKnown) => {
          const window = windowAt(lastInboundAt, now);
          const admission = admit({
            ...question,
            content: isTemplate ? template('a') : text('b'),
            fallback: hasFallback ? template('c') : null,
            onClosedWindow: hasFallback ? 'template' : 'fail',
            window,
            recipientKnown,
          });
          if (admission.decision === 'free-form') expect(window.open).toBe(true);
          if (isTemplate || hasFallback) expect(admission.decision).not.toBe('refuse');
          expect(admission.because).toMatch(/^[A-Z].*\.$/);
        },
      ),
    );
  });
});
