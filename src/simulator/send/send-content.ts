import type { InteractiveContent, SharedContent } from '../people/phone-content.ts';
import type { GivenComponent } from '../templates/given-component.ts';

/** A template as a send names it: what fills it is still to be compared with it. */
export type TemplateRequest = {
  kind: 'template';
  name: string;
  /** Meta's language code, such as `pt_BR`. */
  language: string;
  components: readonly GivenComponent[];
};

/** What a message says: but for templates, what the phone will show. A file has an id or a link, and is looked for later. */
export type SendContent = SharedContent | InteractiveContent | TemplateRequest;
