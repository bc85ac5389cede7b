import type { GraphApi } from '../adapters/graph-api/graph-api.ts';
import type { Store } from '../adapters/store/store.ts';
import type { Lane } from '../domain/lane.ts';
import type { Notification } from '../domain/notification.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import { createGiveCommand } from '../flows/commands/give-command.ts';
import { obeyCommands } from '../flows/commands/obey.ts';
import type { Reached } from '../flows/crash-points.ts';
import { type FoldedLane, foldLane } from '../flows/inbound/fold-lane.ts';
import { refoldLane } from '../flows/inbound/refold-lane.ts';
import type { LiveSettings } from '../flows/live-settings.ts';
import { adoptLane } from '../flows/outbound/adopt-lane.ts';
import { endOverdue } from '../flows/outbound/end-overdue.ts';
import { createLanePaces } from '../flows/outbound/lane-pace.ts';
import { createThroughputs } from '../flows/outbound/learn-throughput.ts';
import type { PermittedRecipients } from '../flows/outbound/permitted-recipients.ts';
import { createSendDue } from '../flows/outbound/send-due.ts';
import { settleAttempts } from '../flows/outbound/settle-attempts.ts';
import { createOwnLanes } from '../flows/own-lanes.ts';
import type { LookUpTemplate } from '../flows/templates/look-up-template.ts';
import type { Clock } from '../runtime/clock.ts';
import { startLoop } from '../runtime/loop.ts';
import type { WorkShare } from './share-work.ts';
import type { Watch } from './watch.ts';

/** Who works on the lanes that are this process's: folds what came in, sends what is due, settles what was answered. */
export type LaneOwner = {
  commands: ReturnType<typeof createGiveCommand>;
  /** Something may have given a lane work. */
  nudge(): void;
  /** Ends what is in flight in a lane. */
  leave(lane: Lane): Promise<void>;
  /** Resolves once the lanes have nothing more to do at this moment. */
  drain(): Promise<void>;
  /** Whether messages are on their way, or wait for nothing but the pace of a second. */
  sends(): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Makes the owner.
 *
 * @param options.feedGrew told when the owner has put events of its own into the feed
 * @param options.folded told when events of the feed have come into the state
 */
export function createLaneOwner(options: {
  store: Store;
  share: WorkShare;
  watch: Pick<Watch, 'fold' | 'openFailure' | 'send'>;
  settings: Pick<LiveSettings, 'current'>;
  phones: Pick<BusinessPhones, 'senderOf' | 'accountOf'>;
  graph: Pick<GraphApi, 'sendMessage' | 'reads'>;
  permitted: PermittedRecipients;
  lookUpTemplate: LookUpTemplate;
  webhooksWait(): boolean;
  clock: Clock;
  jitter(): number;
  reached: Reached;
  settled(notification: Notification): void;
  feedGrew(): void;
  folded(): void;
  failed(failure: unknown): void;
}): LaneOwner {
  const { store, share, watch, settings, phones, graph, clock, jitter, reached, settled } = options;
  const { feedGrew, failed } = options;
  const nudge = () => work.nudge();
  const optOutWords = () => settings.current().optOutWords;
  const unknownPatience = () => settings.current().unknownPatience;

  const throughputs = createThroughputs({
    readPhone: graph.reads.readPhone,
    senderOf: phones.senderOf,
    decided: () => settings.current().messagesPerSecond,
    clock,
  });
  const paces = createLanePaces({
    store,
    clock,
    throughputs,
    accountOf: phones.accountOf,
    senderOf: phones.senderOf,
    openFailure: watch.openFailure,
  });
  const tellingOwn = (folded: FoldedLane) => {
    if (folded.ownEvents > 0) feedGrew();
    return folded;
  };
  const laneStore: Store = {
    ...store,
    async foldLane(fence, ...asked) {
      const folded = tellingOwn(await store.foldLane(fence, ...asked));
      if (folded.events > 0) options.folded();
      if (folded.messages > 0) paces.received(fence.lane, folded.messages);
      return folded;
    },
    refoldLane: async (...asked) => tellingOwn(await store.refoldLane(...asked)),
    async commitLane(commit) {
      await store.commitLane(commit);
      if (commit.changes.events.length > 0) feedGrew();
    },
  };
  const sending = createSendDue({
    store: laneStore,
    sendMessage: watch.send(graph.sendMessage),
    senderOf: phones.senderOf,
    permitted: options.permitted,
    behaviour: () => settings.current(),
    paces,
    clock,
    reached,
    lookUpTemplate: options.lookUpTemplate,
    owns: ({ lane, number }) => share.ownership.fenceOf(lane)?.number === number,
    resume: nudge,
    recorded: nudge,
    recordFailed: failed,
  });
  const commands = createGiveCommand({ store, clock, given: nudge });
  const work = startLoop(
    createOwnLanes(
      laneStore,
      share.ownership,
      {
        adopt: (fence) => adoptLane(fence, laneStore, { clock, settled }),
        fold: (fence) =>
          watch.fold(fence.lane, () =>
            foldLane(fence, laneStore, { reached, optOutWords: optOutWords(), settled }),
          ),
        refold: (fence) => refoldLane(fence, laneStore, optOutWords()),
        settle: (fence) => settleAttempts(fence, laneStore, { clock, jitter, settled }),
        obey: (fence) => obeyCommands(fence, laneStore, { clock, applied: commands.applied, settled }),
        send: (fence) => sending.send(fence),
        endOverdue: (fence) => endOverdue(fence, laneStore, { clock, patience: unknownPatience(), settled }),
      },
      clock,
      {
        unknownPatience,
        webhooksWait: options.webhooksWait,
        sendingStopped: () => settings.current().sendingStopped,
      },
    ),
    failed,
  );
  const stopJumps = clock.onJump?.(nudge);

  return {
    commands,
    nudge,
    leave: (lane) => sending.idle(lane),
    async drain() {
      await work.drain();
      // A new lane is taken when it is first seen to have work.
      await share.drain();
      await work.drain();
      await sending.idle();
      await throughputs.idle();
      await work.drain();
    },
    sends: async () => sending.inFlight() > 0 || (await sending.paced()),
    async close() {
      stopJumps?.();
      await sending.stop();
      await throughputs.idle();
      // A last turn takes in what Meta has just answered; when it fails, the next start, or owner, does it.
      await work.drain().catch(() => {});
      await work.stop();
    },
  };
}
