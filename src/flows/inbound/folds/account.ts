import type { AccountFactContent, AccountSubject } from '../../../domain/account-fact.ts';
import { templateSubject } from '../../../domain/account-fact.ts';
import { effectiveTime } from '../../../domain/conversation.ts';
import type { EventContents } from '../../../domain/event-content/event-content.ts';
import type { AccountFacts } from '../../../domain/event-facts.ts';
import { businessPhoneOf, type Lane, phoneLane } from '../../../domain/lane.ts';
import type { Fold } from '../fold.ts';

/** What Meta tells of the business itself, as facts that are kept side by side. */
export const foldAccount: Fold = (event, draft) => {
  const { facts, key, replayed } = event;
  if (facts.fact !== 'account') return;
  const at = effectiveTime(event.occurredAt, event.receivedAt);
  const { subject, contents } = readTold(facts.told, draft.lane);
  if (subject === null) return;
  draft.putAccountFacts(contents.map((content) => ({ subject, at, key, replayed, content })));
};

type Told = { subject: AccountSubject | null; contents: AccountFactContent[] };

function readTold(told: AccountFacts['told'], lane: Lane): Told {
  switch (told.kind) {
    case 'phone':
      return { subject: phoneSubject(lane, told.content.displayNumber), contents: phoneFacts(told.content) };
    case 'security': {
      const { displayNumber, event } = told.content;
      return {
        subject: phoneSubject(lane, displayNumber),
        contents: event === null ? [] : [{ name: 'security', word: event }],
      };
    }
    case 'account':
      return { subject: accountSubject(told.content, lane), contents: accountFacts(told.content) };
    case 'template':
      return { subject: subjectOfTemplate(told.content, lane), contents: templateFacts(told.content) };
  }
}

/** Account events name a business phone by its number, if at all (meta-facts §2.6): without one they are about all. */
function phoneSubject(lane: Lane, displayNumber: string | null): AccountSubject {
  if (businessPhoneOf(lane) !== null) return lane;
  const digits = displayNumber?.replaceAll(/\D/g, '') ?? '';
  return digits === '' ? lane : `number:${digits}`;
}

function accountSubject(content: EventContents['account'], lane: Lane): AccountSubject {
  if (content.form === 'settings' && content.phoneNumberId !== null) return phoneLane(content.phoneNumberId);
  return phoneSubject(lane, 'phoneNumber' in content ? content.phoneNumber : null);
}

function subjectOfTemplate(
  { name, templateId, language }: EventContents['template'],
  account: Lane,
): AccountSubject | null {
  // Meta always gives a name; without one its id is better than nothing.
  const called = name ?? (templateId === null ? null : `#${templateId}`);
  return called === null ? null : templateSubject({ account, name: called, language });
}

/**
 * The words of a quality update that say what people think: a limit rises only while that is good (meta-facts §6).
 * How fast the phone may send is another thing: a throughput that rises takes no flag away.
 */
const qualityWords: ReadonlySet<string> = new Set(['FLAGGED', 'UNFLAGGED', 'UPGRADE']);

function phoneFacts(content: EventContents['phone']): AccountFactContent[] {
  switch (content.form) {
    case 'name': {
      const { decision, requestedName, rejectionReason: reason } = content;
      return decision === null ? [] : [{ name: 'display-name', decision, requestedName, reason }];
    }
    case 'quality': {
      const { event, limit, formerLimit: former } = content;
      return [
        ...given(event !== null && qualityWords.has(event) && { name: 'quality', word: event }),
        ...given(event?.startsWith('THROUGHPUT_') === true && { name: 'throughput', word: event }),
        ...given(limit !== null && { name: 'limit', limit, former }),
      ];
    }
    case 'username':
      return [{ name: 'username', username: content.username, status: content.status }];
    case 'other':
      return [];
  }
}

function accountFacts(content: EventContents['account']): AccountFactContent[] {
  switch (content.form) {
    case 'notice':
      return presenceOf(content.event);
    case 'violation':
      return [{ name: 'violation', violation: content.violation }];
    case 'restriction':
      return [
        { name: 'restriction', violation: content.violation, restrictions: content.restrictions },
        ...given(content.violation !== null && { name: 'violation', violation: content.violation }),
      ];
    case 'ban':
      return given(content.state !== null && { name: 'ban', state: content.state, date: content.date });
    case 'review':
      return given(content.decision !== null && { name: 'review', decision: content.decision });
    case 'alert': {
      const { event: type, severity, status, description, entityType, entityId } = content;
      return [{ name: 'alert', type, severity, status, description, entityType, entityId }];
    }
    case 'capability':
      return given(content.dailyLimit !== null && { name: 'limit', limit: content.dailyLimit, former: null });
    default:
      return [];
  }
}

/** The notices that say whether the account is there; the others are about terms and advertisements. */
const presenceWords: ReadonlySet<string> = new Set([
  'ACCOUNT_DELETED',
  'ACCOUNT_OFFBOARDED',
  'ACCOUNT_RECONNECTED',
  'VERIFIED_ACCOUNT',
]);

function presenceOf(event: string | null): AccountFactContent[] {
  return given(event !== null && presenceWords.has(event) && { name: 'presence', word: event });
}

function templateFacts(content: EventContents['template']): AccountFactContent[] {
  const { templateId } = content;
  return [...given(templateId !== null && { name: 'template-id', templateId }), ...templateChange(content)];
}

function templateChange(content: EventContents['template']): AccountFactContent[] {
  switch (content.form) {
    case 'status': {
      const { event, category, disableDate, rejection, reason } = content;
      return [
        ...given(
          event !== null && {
            name: 'template-status',
            status: event,
            reason: rejection?.reason ?? reason,
            disableDate,
          },
        ),
        ...given(category !== null && { name: 'template-category', category, former: null }),
      ];
    }
    case 'quality': {
      const { quality, formerQuality: former } = content;
      return given(quality !== null && { name: 'template-quality', quality, former });
    }
    case 'category': {
      const { category, formerCategory: former, correctCategory, changesAt } = content;
      return [
        ...given(category !== null && { name: 'template-category', category, former }),
        { name: 'template-plan', category: correctCategory, changesAt },
      ];
    }
    case 'category-detection': {
      const { category, correctCategory } = content;
      return [
        ...given(category !== null && { name: 'template-category', category, former: null }),
        { name: 'template-plan', category: correctCategory, changesAt: null },
      ];
    }
    default:
      return [];
  }
}

function given(content: AccountFactContent | false): AccountFactContent[] {
  return content === false ? [] : [content];
}
