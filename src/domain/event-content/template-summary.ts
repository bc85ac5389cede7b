import { categoryWords, quoted, type Said, said, type Words, withMore, wordSaid } from './said.ts';
import type { TemplateChangeContent } from './template.ts';

const statusWords: Words = {
  APPROVED: said('approved', 'aprovado'),
  ARCHIVED: said('archived', 'arquivado'),
  UNARCHIVED: said('taken out of the archive', 'desarquivado'),
  DELETED: said('deleted', 'excluído'),
  DISABLED: said('disabled', 'desativado'),
  FLAGGED: said('flagged', 'sinalizado'),
  IN_APPEAL: said('under appeal', 'em recurso'),
  LIMIT_EXCEEDED: said('over the limit of templates', 'acima do limite de modelos'),
  LOCKED: said('locked', 'bloqueado'),
  PAUSED: said('paused', 'pausado'),
  PENDING: said('in review', 'em análise'),
  PENDING_DELETION: said('about to be deleted', 'prestes a ser excluído'),
  REINSTATED: said('allowed again', 'liberado de novo'),
  REJECTED: said('rejected', 'rejeitado'),
};

const reasonWords: Words = {
  ABUSIVE_CONTENT: said('abusive content', 'conteúdo abusivo'),
  INCORRECT_CATEGORY: said('wrong category', 'categoria incorreta'),
  INVALID_FORMAT: said('invalid format', 'formato inválido'),
  PROMOTIONAL: said('promotional', 'promocional'),
  SCAM: said('looks like a scam', 'parece golpe'),
  TAG_CONTENT_MISMATCH: said('the text does not fit the category', 'o texto não corresponde à categoria'),
};

const qualityWords: Words = {
  GREEN: said('green', 'verde'),
  YELLOW: said('yellow', 'amarela'),
  RED: said('red', 'vermelha'),
  UNKNOWN: said('unknown', 'desconhecida'),
};

/** A change of a template. */
export function templateSaid(template: TemplateChangeContent): Said {
  const name = quoted(template.name ?? template.templateId);
  const language = template.language === null ? '' : ` (${quoted(template.language)})`;
  const head = said(`Template ${name}${language}`, `Modelo ${name}${language}`);
  switch (template.form) {
    case 'status': {
      const status = withMore(head, wordSaid(template.event, statusWords), ' ');
      if (template.disableDate !== null) {
        const date = quoted(template.disableDate);
        return withMore(status, said(`to be disabled on ${date}`, `será desativado em ${date}`), ', ');
      }
      return template.reason === null ? status : withMore(status, wordSaid(template.reason, reasonWords));
    }
    case 'quality': {
      const now = wordSaid(template.quality, qualityWords);
      const before = wordSaid(template.formerQuality, qualityWords);
      return withMore(
        head,
        said(
          `quality is now ${now.en}, was ${before.en}`,
          `qualidade agora ${now['pt-BR']}, era ${before['pt-BR']}`,
        ),
      );
    }
    case 'category': {
      const now = wordSaid(template.category, categoryWords);
      if (template.correctCategory !== null) {
        const next = wordSaid(template.correctCategory, categoryWords);
        return withMore(
          head,
          said(
            `category will become ${next.en}, is ${now.en}`,
            `categoria será ${next['pt-BR']}, é ${now['pt-BR']}`,
          ),
        );
      }
      return withMore(head, said(`category is now ${now.en}`, `categoria agora é ${now['pt-BR']}`));
    }
    case 'category-detection': {
      const right = wordSaid(template.correctCategory, categoryWords);
      return withMore(
        head,
        said(
          `Meta finds that its category should be ${right.en}`,
          `a Meta considera que a categoria deveria ser ${right['pt-BR']}`,
        ),
      );
    }
    case 'components':
      return withMore(head, said('text edited', 'texto editado'));
    case 'other':
      return withMore(
        head,
        template.event === null ? said('changed', 'alterado') : wordSaid(template.event, statusWords),
      );
  }
}
