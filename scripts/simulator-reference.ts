import { controlVerbs } from '../src/simulator/control/control-verbs.ts';
import { magicRecipients } from '../src/simulator/send/magic-recipients.ts';
import { magicTemplateNames } from '../src/simulator/templates/template-review.ts';
import { type ActRow, simulatorActs } from './simulator-acts.ts';
import { optionRows, questionRows } from './simulator-options.ts';

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
  const acts = (word: string, rows: readonly ActRow[]) =>
    table(
      [word, 'Takes', 'Example'],
      rows.map(({ word: name, takes, example }) => [
        `\`${name}\``,
        takes === '' ? '–' : `\`${takes}\``,
        `\`${JSON.stringify(example)}\``,
      ]),
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

${verbs}
## Acts of people

The body of \`POST /_simulator/people/{waId}/acts\`; in a scenario each has \`at\`, in milliseconds, and \`person\` as well. A message is meant
by its wamid, or as the \`last\`: the last that arrived, and for \`edits\` and \`deletes\` the last that they wrote. \`?\` may be left out.

${acts('Act', simulatorActs.people)}
What has no act of its own goes by \`sends\`, with one of these as its \`content\`:

${acts('Kind', simulatorActs.contents)}
## What Meta does

The body of \`POST /_simulator/meta\`, a step of a scenario without \`person\`, and what \`takes()\` takes. Without an id it is about the first business
phone, app, WhatsApp account or token.

${acts('Step', simulatorActs.meta)}
## What Meta tells

The \`news\` of \`POST /_simulator/news\`, of the step \`tells\`, and of \`tells()\`.

${acts('Kind', simulatorActs.news)}
## Options

What \`--config\` and \`POST /_simulator/reset\` take, and \`createSimulator\`.

${table(['Option', 'What it may be'], optionRows)}
What Meta does where its documents leave it open stands in \`openQuestions\`:

${table(['Question', 'About', 'Answers', 'Likely'], questionRows)}`;
}
