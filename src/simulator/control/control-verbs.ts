import { accountVerbs } from './account-verbs.ts';
import type { ControlVerb } from './control-verb.ts';
import { judgeVerbs } from './judge-verbs.ts';
import { misbehaviourVerbs } from './misbehaviour-verbs.ts';
import { newsVerbs } from './news-verbs.ts';
import { personVerbs } from './person-verbs.ts';
import { recordVerbs } from './record-verbs.ts';
import { sendingVerbs } from './sending-verbs.ts';
import { timeVerbs } from './time-verbs.ts';

/** Every verb of the control. A new family is a file and a line here. */
export const controlVerbs: readonly ControlVerb[] = [
  ...recordVerbs,
  ...judgeVerbs,
  ...timeVerbs,
  ...personVerbs,
  ...accountVerbs,
  ...newsVerbs,
  ...misbehaviourVerbs,
  ...sendingVerbs,
];
