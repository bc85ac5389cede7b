import type { TemplateDefinition } from '../../domain/template.ts';
import type { AppSubscriptionFacts } from '../../whatsapp/graph-answers/read-app-subscription.ts';
import type { GraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import type { PhoneFacts } from '../../whatsapp/graph-answers/read-phone-facts.ts';
import type { SubscribedApp } from '../../whatsapp/graph-answers/read-subscribed-apps.ts';
import type { TokenFacts } from '../../whatsapp/graph-answers/read-token-facts.ts';

/** A call that was made, and what came back: for people, clipped and without secrets. */
type Exchanged = { call: string; answer: string };

/** What came of one read of Meta's books; never thrown. */
export type GraphReading<Value> = Exchanged & {
  /** The time by Meta's clock when it answered, in milliseconds; null when it did not. */
  metaTime: number | null;
} & (
    | { got: 'value'; value: Value }
    /** Meta answered with its error envelope. */
    | { got: 'refusal'; error: GraphError }
    /** Nobody answered, or not as Meta does; `reason` is a sentence without its full stop. */
    | { got: 'nothing'; reason: string }
  );

/** What Meta has in its books about an installation (meta-facts §7.2). Reads alone: nothing is changed. */
export type GraphReads = {
  /** Whether Meta answers at META_GRAPH_URL; a refusal is answer enough. */
  reach(): Promise<GraphReading<null>>;
  /** What a token is and may. `asker`: an app token, `APP_ID|APP_SECRET`, or the token itself. */
  readToken(request: { token: string; asker: string }): Promise<GraphReading<TokenFacts>>;
  /** The app's webhook subscription; only the app's own token, made of its id and secret, may ask. */
  readAppSubscription(request: {
    appId: string;
    appSecret: string;
  }): Promise<GraphReading<{ subscription: AppSubscriptionFacts | null }>>;
  readPhone(request: { phoneNumberId: string; accessToken: string }): Promise<GraphReading<PhoneFacts>>;
  /** The business phones of a WhatsApp Business Account. */
  readAccountPhones(request: { wabaId: string; accessToken: string }): Promise<GraphReading<PhoneFacts[]>>;
  /** The apps that are told of a WhatsApp Business Account. */
  readSubscribedApps(request: {
    wabaId: string;
    accessToken: string;
  }): Promise<GraphReading<SubscribedApp[]>>;
  /** The templates of a WhatsApp Business Account. */
  readTemplates(request: {
    wabaId: string;
    accessToken: string;
  }): Promise<GraphReading<TemplateDefinition[]>>;
};
