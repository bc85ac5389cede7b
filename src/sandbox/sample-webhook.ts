export { type Sample, samples, signedSample } from '../simulator/samples/sample-webhooks.ts';
