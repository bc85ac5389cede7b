import { behaviourNames, behaviourSettings, expectationOf } from '../../domain/settings.ts';
import type { LiveSettings, SettingView } from '../../flows/live-settings.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import { type SettingPageBody, settingChangesSchema, settingPageSchema } from '../contract/settings.ts';
import { isoTimeOrNull } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of settings need. */
export type SettingPorts = {
  settings: Pick<LiveSettings, 'list' | 'change'>;
};

/** The settings of behaviour: see them, decide them. */
export function settingRoutes(api: Api, { settings }: SettingPorts): void {
  api.get(
    '/settings',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags: ['Settings'],
        operationId: 'listSettings',
        summary: 'List the settings',
        description: 'Every setting of behaviour with its value, its default, and what it decides.',
        response: {
          200: answerOf(settingPageSchema, 'Every setting, on one page.'),
          ...problemAnswers(401, 500),
        },
      },
    },
    async (): Promise<SettingPageBody> => pageOfSettings(settings.list()),
  );

  api.patch(
    '/settings',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Settings'],
        operationId: 'changeSettings',
        summary: 'Change settings',
        description:
          'Decides the settings that are named, all or none, and leaves the others. They are in force with the answer; notifications that were taken before keep what was decided for them then. The audit log keeps each change.',
        body: settingChangesSchema,
        response: {
          200: answerOf(settingPageSchema, 'Every setting as it is now, on one page.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request): Promise<SettingPageBody> => {
      const { body } = request;
      const changes = behaviourNames.flatMap((name) => {
        const value = body[name];
        return value === undefined ? [] : [{ name, value }];
      });
      return pageOfSettings(await settings.change(changes, callerOf(request)));
    },
  );
}

function pageOfSettings(settings: readonly SettingView[]): SettingPageBody {
  const data = settings.map(({ name, value, default: standard, decided }) => ({
    name,
    kind: behaviourSettings[name].kind,
    value,
    default: standard,
    description: behaviourSettings[name].about,
    expects: expectationOf(name),
    updatedAt: isoTimeOrNull(decided?.at ?? null),
    updatedBy: decided?.by ?? null,
  }));
  return { data, next: null };
}
