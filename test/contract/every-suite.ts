import { accessContract } from './access-suite.ts';
import { alarmsContract } from './alarms-suite.ts';
import { configurationContract } from './configuration-suite.ts';
import type { Engine } from './engines.ts';
import { factsContract } from './facts-suite.ts';
import { foldOrderContract } from './fold-order-suite.ts';
import { heldContract } from './held-suite.ts';
import { listsContract } from './lists-suite.ts';
import { mediaContract } from './media-suite.ts';
import { peopleContract } from './people-suite.ts';
import { racesContract } from './races-suite.ts';
import { rereadContract } from './reread-suite.ts';
import { retentionContract } from './retention-suite.ts';
import { storeContract } from './store-suite.ts';
import { templatesContract } from './templates-suite.ts';
import { textsContract } from './texts-suite.ts';

/** Everything that an engine must do, whatever it is made of. */
export function everySuite({ name, open, openTwice, orders }: Engine): void {
  storeContract(name, open);
  rereadContract(name, open);
  alarmsContract(name, open);
  peopleContract(name, open);
  configurationContract(name, open);
  accessContract(name, open);
  factsContract(name, open);
  templatesContract(name, open);
  listsContract(name, open);
  mediaContract(name, open);
  textsContract(name, open);
  retentionContract(name, open);
  heldContract(name, open);
  racesContract(name, openTwice);
  foldOrderContract(name, open, orders);
}
