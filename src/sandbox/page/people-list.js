// @ts-check
import { byId, element, replaceAll } from './dom.js';
import { initials } from './format.js';
import { texts } from './texts.js';

/** @import { Person } from './gateway.js' */

/**
 * The row of pretend people, to choose whose phone is shown.
 *
 * @param {(waId: string) => void} onChoose
 */
export function createPeopleList(onChoose) {
  const list = byId('people', HTMLElement);
  let drawn = '';

  /** @param {Person} person @param {boolean} isChosen */
  const button = (person, isChosen) => {
    const news = unreadOf(person);
    const made = element(
      'button',
      {
        type: 'button',
        class: 'person',
        'data-key': person.waId,
        'aria-pressed': String(isChosen),
        'aria-label': texts.personTip(person.name, news),
        title: person.name,
      },
      element(
        'span',
        { class: person.online ? 'avatar online' : 'avatar', 'aria-hidden': 'true' },
        initials(person.name),
      ),
      element(
        'span',
        { class: 'person-name', 'aria-hidden': 'true' },
        person.name.split(/\s+/)[0] ?? person.name,
      ),
    );
    if (news > 0) made.append(element('span', { class: 'badge', 'aria-hidden': 'true' }, String(news)));
    made.addEventListener('click', () => onChoose(person.waId));
    return made;
  };

  return {
    /**
     * @param {Person[]} people
     * @param {string | null} chosen
     */
    draw(people, chosen) {
      const summary = JSON.stringify(people.map((one) => [one.waId, one.name, one.online, unreadOf(one)]));
      // Drawn anew at every message, a button could vanish between press and release.
      if (drawn === `${chosen} ${summary}`) return;
      drawn = `${chosen} ${summary}`;
      replaceAll(
        list,
        people.map((one) => button(one, one.waId === chosen)),
      );
    },
  };
}

/** @param {Person} person */
export function unreadOf(person) {
  return person.messages.filter((message) => message.direction === 'in' && message.status !== 'read').length;
}
