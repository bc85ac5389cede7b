import type { PhoneChoice, PhoneContent } from './phone-content.ts';
import type { WrittenContent } from './written-content.ts';

/** What can be tapped under a message; nothing for most. */
export function choicesOf(content: PhoneContent): readonly PhoneChoice[] {
  return 'choices' in content ? (content.choices ?? []) : [];
}

/** Whether somebody means this choice: by what it says, or by the id or payload behind it. */
export function isChoice(choice: PhoneChoice, meant: string): boolean {
  switch (choice.kind) {
    case 'quick-reply':
      return choice.text === meant || choice.payload === meant;
    case 'reply':
    case 'row':
      return choice.title === meant || choice.id === meant;
    case 'link':
      return choice.text === meant;
  }
}

/** What a tap sends to the business (meta-facts §4.2, notes); null where it only opens something. */
export function answerOf(choice: PhoneChoice): WrittenContent | null {
  switch (choice.kind) {
    case 'quick-reply':
      return { kind: 'button', payload: choice.payload, text: choice.text };
    case 'reply':
      return { kind: 'button-reply', id: choice.id, title: choice.title };
    case 'row':
      return {
        kind: 'list-reply',
        id: choice.id,
        title: choice.title,
        description: choice.description,
      };
    case 'link':
      return null;
  }
}

/** What a choice says. */
export function labelOf(choice: PhoneChoice): string {
  return 'text' in choice ? choice.text : choice.title;
}
