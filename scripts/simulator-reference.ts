import { controlVerbs } from '../src/simulator/control/control-verbs.ts';
import { magicRecipients } from '../src/simulator/send/magic-recipients.ts';
import { magicTemplateNames } from '../src/simulator/templates/template-review.ts';

type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

const tellings = { answer: 'the answer', status: 'a `failed` status' };

/** The tables of what the simulator does by a name or a number, and of how it is driven over HTTP. */
export function simulatorReference(table: Table): string {
  const recipients = table(
    ['Send to', 'Fails with', 'Meta’s title', 'Told by'],
    magicRecipients.map(({ number, code, title, toldBy }) => [
      `\`${number}\``,
      `#${code}`,
      title,
      tellings[toldBy],
    ]),
  );
  const names = table(
    ['A template whose name ends in', 'Becomes'],
    Object.entries(magicTemplateNames).map(([end, { status, reason, category, afterwards }]) => {
      const facts = [status, reason, category === null ? undefined : category, afterwards].filter(
        (fact) => fact !== undefined && fact !== null,
      );
      return [`\`…${end}\``, facts.map((fact) => `\`${fact}\``).join(', ')];
    }),
  );
  const verbs = table(
    ['Call', 'What it does'],
    controlVerbs.map(({ method, path, summary }) => [`\`${method} /_simulator${path}\``, summary]),
  );
  return `How to use the [simulator](simulator.md), looked up.

## Magic recipients

As with the test cards of a payment provider, a send to one of these numbers always ends in the same failure. Nobody can have such a
number: area codes there begin with 2 to 9. The last four digits are those of Meta's code. They work unless \`magicRecipients: false\`
turns them off.

${recipients}
## Magic template names

A template that is made or changed over the Graph API is approved after a minute of simulated time, unless its name says otherwise.

${names}
## Control

\`recado simulate\` answers these on its own port, to this machine only. Bodies and answers are JSON, refusals are problem documents
with a next step. \`GET /_simulator\` lists them too.

${verbs}`;
}
