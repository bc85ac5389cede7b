/** The signs of the pages, each one path on a grid of 24. */
const paths = {
  overview: 'M4 13h6V4H4v9Zm0 7h6v-5H4v5Zm10 0h6v-9h-6v9Zm0-16v5h6V4h-6Z',
  conversations: 'M4 5h16v11H9l-5 4V5Zm4 4h8M8 12h5',
  notifications: 'm3 11 17-7-6 17-3-7-8-3Zm8 3 4-4',
  contacts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9a8 8 0 0 1 16 0',
  events: 'M3 12h4l3-8 4 16 3-8h4',
  templates: 'M6 3h9l4 4v14H6V3Zm8 0v5h5M9 12h7M9 16h5',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm0-12v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.2 2.2m8.4 8.4 2.2 2.2m0-12.8-2.2 2.2m-8.4 8.4-2.2 2.2',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  setup: 'M4 7h10M18 7h2M4 17h2m4 0h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  phone: 'M8 3h8a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V5c0-1.1.9-2 2-2Zm3 15h2',
  back: 'm14 6-6 6 6 6',
  send: 'M4 12 20 5l-6 15-3-6-7-2Z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4 4',
  close: 'm6 6 12 12M18 6 6 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2',
} as const;

/** The name of a sign. */
export type IconName = keyof typeof paths;

/** A sign beside words that say the same, so it is silent. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
