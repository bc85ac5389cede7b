import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { findGateway, type GatewayAddress } from './gateway-client.ts';
import { languageOf } from './language.ts';
import { showContact } from './show-contact.ts';
import { showError } from './show-error.ts';
import { showEvent } from './show-event.ts';
import { showNotification } from './show-notification.ts';

/** The flags of `show`. */
export type ShowOptions = { language?: string; json?: boolean };

/** Prints one thing, found by its id. */
export type Show = (
  id: string,
  gateway: GatewayAddress,
  how: { json: boolean; context: CommandContext },
) => Promise<void>;

/** What can be shown, by how its id begins. */
const shows: readonly { prefix: string; show: Show }[] = [
  { prefix: 'nt_', show: showNotification },
  { prefix: 'ct_', show: showContact },
  { prefix: 'ev_', show: showEvent },
];

/** Shows a notification, a contact or an event by its id, or what an error code means. */
export async function show(
  words: readonly string[],
  options: ShowOptions,
  context: CommandContext,
): Promise<void> {
  const language = languageOf(context, options.language);
  const how = { json: options.json === true, context };
  const [first = '', second] = words;
  if (first === 'error') {
    if (second === undefined || words.length > 2) {
      throw wrongUsage(
        '`show error` takes one error code.',
        'Write it like this: npx recado show error 133010',
      );
    }
    showError(second, { ...how, language });
    return;
  }
  const found = shows.find(({ prefix }) => first.startsWith(prefix));
  if (found === undefined || words.length > 1) {
    throw wrongUsage(
      'An id begins with nt_ (a notification), ct_ (a contact) or ev_ (an event); an error code stands behind the word `error`.',
      'Find ids with `npx recado contacts` and `npx recado listen --from start`, or write npx recado show error 133010',
    );
  }
  await found.show(first, { ...findGateway(context), language }, how);
}

export const defineShow: DefineCommand = (command, context) => {
  command
    .argument('<id...>', 'the id of a notification, contact or event; or `error` and a code')
    .option('--language <tag>', 'explain failures in English (en) or Brazilian Portuguese (pt-BR)')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado show nt_01k9x2m4c7b8d3fq',
        'npx recado show ct_01k9x2m4c7b8d3fq',
        'npx recado show ev_000000001a',
        'npx recado show error 133010',
        'npx recado show error window-closed --language pt-BR',
      ),
    )
    .action((words: string[], options: ShowOptions) => show(words, options, context));
};
