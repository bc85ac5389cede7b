import type { TemplateStateBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { Icon } from '../parts/icon.tsx';
import { linkTo } from '../route.ts';
import { templates as words } from '../words/templates.ts';
import { TemplateMark } from './template-mark.tsx';

/** One template as people will see it, and what Meta says of it. */
export function TemplateDetail({ template }: { template: TemplateStateBody }) {
  const { name, language, reason, category, plannedCategory, quality, parameters, syncedAt } = template;
  const values = parameters === null ? [] : [...parameters.header, ...parameters.body];
  return (
    <section class="detail" aria-labelledby="template-title">
      <a class="detail-back" href={linkTo(['templates'])}>
        <Icon name="back" size={18} /> {say(words.back)}
      </a>
      <header class="detail-head">
        <h1 id="template-title">{name}</h1>
        <TemplateMark template={template} />
      </header>
      {reason !== null && (
        <p class="decision decision-refuse">
          <strong>{say(words.why)}:</strong> {reason}
        </p>
      )}
      <TemplateLook template={template} />
      <dl class="facts">
        {language !== null && (
          <>
            <dt>{say(words.language)}</dt>
            <dd>{language}</dd>
          </>
        )}
        {category !== null && (
          <>
            <dt>{say(words.category)}</dt>
            <dd>
              {category}
              {plannedCategory !== null && plannedCategory !== category && (
                <strong> {say(words.planned)(plannedCategory)}</strong>
              )}
            </dd>
          </>
        )}
        {quality !== null && (
          <>
            <dt>{say(words.quality)}</dt>
            <dd>{quality}</dd>
          </>
        )}
        {values.length > 0 && (
          <>
            <dt>{say(words.values)}</dt>
            <dd>{values.map((value) => `{{${value}}}`).join(' ')}</dd>
          </>
        )}
        {syncedAt !== null && (
          <>
            <dt>{say(words.synced)}</dt>
            <dd>{dayAndTime(syncedAt)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** As a bubble on the phone of whoever gets it. */
function TemplateLook({ template: { header, body, footer, buttons } }: { template: TemplateStateBody }) {
  if (header === null && body === null && footer === null && buttons.length === 0) return null;
  return (
    <div class="look">
      <div class="bubble" dir="auto">
        {header !== null && <strong>{header.text ?? header.format}</strong>}
        {body !== null && <span class="bubble-text">{body}</span>}
        {footer !== null && <span class="bubble-label">{footer}</span>}
      </div>
      {buttons.map(({ text, kind }, index) => (
        <span key={`${index} ${text}`} class="look-button">
          {text ?? kind}
        </span>
      ))}
    </div>
  );
}
