import { chooseLanguage, language, say } from '../language.ts';
import { shell } from '../words/shell.ts';

/** The other language, in its own words. */
export function LanguageSwitch() {
  const other = language.value === 'en' ? 'pt-BR' : 'en';
  return (
    <button
      type="button"
      class="link"
      lang={other}
      title={say(shell.languageTip)}
      onClick={() => chooseLanguage(other)}
    >
      {say(shell.language)}
    </button>
  );
}
