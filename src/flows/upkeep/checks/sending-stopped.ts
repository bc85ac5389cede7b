import type { SettingView } from '../../live-settings.ts';
import type { AlarmCheck } from '../alarms.ts';

/** Looks whether somebody has stopped all sending: whoever forgets it again notices late. */
export function createSendingStoppedCheck(listSettings: () => SettingView[]): AlarmCheck {
  return {
    code: 'sending-stopped',
    async look() {
      const setting = listSettings().find(({ name }) => name === 'sendingStopped');
      if (setting?.value !== true) return [];
      const facts = setting.decided === null ? null : `Stopped by ${setting.decided.by}.`;
      return [{ subject: 'installation', facts }];
    },
  };
}
