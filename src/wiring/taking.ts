import type { Store } from '../adapters/store/store.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import type { GiveCommand } from '../flows/commands/give-command.ts';
import type { LiveSettings } from '../flows/live-settings.ts';
import { createBatches } from '../flows/outbound/batches.ts';
import { createConsiderNotification } from '../flows/outbound/consider.ts';
import { createFeedBatches } from '../flows/outbound/feed-batches.ts';
import { newNotificationId } from '../flows/outbound/new-notification-id.ts';
import type { PermittedRecipients } from '../flows/outbound/permitted-recipients.ts';
import { createTakeNotification } from '../flows/outbound/take.ts';
import type { ConsiderNotification, TakeNotification } from '../flows/outbound/take-contract.ts';
import type { LookUpTemplate } from '../flows/templates/look-up-template.ts';
import { startLoop } from '../runtime/loop.ts';
import { reportTaken } from './reports.ts';

/** How notifications are asked for: alone, and as batches that become notifications a few hundred at a time. */
export type Taking = {
  considerNotification: ConsiderNotification;
  takeNotification: TakeNotification;
  batches: ReturnType<typeof createBatches>;
  drain(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Makes what takes notifications.
 *
 * @param options.nudgeOwner told when a lane may have got work
 * @param options.mayFeed whether it is this process that makes notifications of the rows of batches
 */
export function createTaking(options: {
  store: Store;
  phones: BusinessPhones;
  settings: Pick<LiveSettings, 'current'>;
  permitted: PermittedRecipients;
  lookUpTemplate: LookUpTemplate;
  giveCommand: GiveCommand;
  events: BusinessEvents;
  clock: { now(): number };
  mayFeed(): boolean;
  nudgeOwner(): void;
  feedGrew(): void;
  failed(failure: unknown): void;
}): Taking {
  const { store, settings, clock } = options;
  const considerNotification = createConsiderNotification({
    store,
    phones: options.phones,
    behaviour: settings.current,
    permitted: options.permitted,
    lookUpTemplate: options.lookUpTemplate,
    clock,
  });
  const takeNotification = createTakeNotification({
    store,
    consider: considerNotification,
    behaviour: settings.current,
    newNotificationId: () => newNotificationId(clock.now()),
    digestKey: store.installationKey,
    taken(notification) {
      reportTaken(options.events, notification);
      options.nudgeOwner();
      options.feedGrew();
    },
  });
  const feeding = startLoop(
    createFeedBatches({ store, take: takeNotification, mayWork: options.mayFeed }),
    options.failed,
  );
  const batches = createBatches({
    store,
    giveCommand: options.giveCommand,
    clock,
    digestKey: store.installationKey,
    changed() {
      feeding.nudge();
      options.nudgeOwner();
    },
  });
  return {
    considerNotification,
    takeNotification,
    batches,
    drain: () => feeding.drain(),
    close: () => feeding.stop(),
  };
}
