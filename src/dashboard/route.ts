import { computed, signal } from '@preact/signals';

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** The parts of the address behind `#/`, such as `['conversations', 'cv_…']`. */
export const route = computed(() => partsOf(hash.value));

/** What is asked for behind the `?` of the address. */
export const asked = computed(() => new URLSearchParams(hash.value.split('?')[1] ?? ''));

/** A link to a page, such as `#/notifications?state=failed`. */
export function linkTo(parts: readonly string[], query: Record<string, string> = {}): string {
  const path = parts.map(encodeURIComponent).join('/');
  const text = new URLSearchParams(query).toString();
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

function partsOf(text: string): string[] {
  const path = text.replace(/^#\/?/, '').split('?')[0] ?? '';
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
