import { engines } from './engines.ts';
import { everySuite } from './every-suite.ts';

everySuite(engines.postgres15);
