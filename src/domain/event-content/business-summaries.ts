import type { FlowContent } from './flow.ts';
import type { PartnerContent } from './partner.ts';
import type { PaymentContent } from './payment.ts';
import type { PhoneContent } from './phone.ts';
import { quoted, type Said, said, type Words, withMore, wordSaid } from './said.ts';
import type { SecurityContent } from './security.ts';

const decisionWords: Words = {
  APPROVED: said('approved', 'aprovado'),
  REJECTED: said('rejected', 'rejeitado'),
  PENDING: said('in review', 'em análise'),
  DEFERRED: said('deferred', 'adiado'),
};

const qualityWords: Words = {
  THROUGHPUT_UPGRADE: said('may send faster', 'pode enviar mais rápido'),
  ONBOARDING: said('onboarding', 'em integração'),
  UPGRADE: said('may write to more people', 'pode escrever a mais pessoas'),
  DOWNGRADE: said('may write to fewer people', 'pode escrever a menos pessoas'),
  FLAGGED: said('flagged for low quality', 'sinalizado por baixa qualidade'),
};

/** A change of a business phone. */
export function phoneSaid(phone: PhoneContent): Said {
  const head =
    phone.displayNumber === null
      ? said('Business phone', 'Número')
      : said(`Business phone ${quoted(phone.displayNumber)}`, `Número ${quoted(phone.displayNumber)}`);
  switch (phone.form) {
    case 'name': {
      const name = quoted(phone.requestedName);
      const decision = wordSaid(phone.decision, decisionWords);
      const decided = withMore(
        head,
        said(`name ${name} ${decision.en}`, `nome ${name} ${decision['pt-BR']}`),
      );
      return withMore(decided, phone.rejectionReason, ', ');
    }
    case 'quality':
      return withMore(withMore(head, wordSaid(phone.event, qualityWords)), limitSaid(phone), ', ');
    case 'username': {
      const status = wordSaid(phone.status, usernameWords);
      const name = quoted(phone.username);
      return withMore(
        head,
        said(`username ${name} ${status.en}`, `nome de usuário ${name} ${status['pt-BR']}`),
      );
    }
    case 'other':
      return withMore(head, phone.event === null ? said('changed', 'alterado') : wordSaid(phone.event, {}));
  }
}

const usernameWords: Words = {
  reserved: said('reserved', 'reservado'),
};

function limitSaid({ limit }: Extract<PhoneContent, { form: 'quality' }>): Said | null {
  return limit === null ? null : said(`limit ${quoted(limit)}`, `limite ${quoted(limit)}`);
}

const securityWords: Words = {
  PIN_CHANGED: said('PIN changed', 'PIN alterado'),
  PIN_RESET_REQUEST: said('somebody asked to reset the PIN', 'alguém pediu para redefinir o PIN'),
  PIN_REQUEST_SUCCESS: said('the request about the PIN succeeded', 'o pedido sobre o PIN foi atendido'),
};

/** Something about a PIN. */
export function securitySaid({ event, displayNumber }: SecurityContent): Said {
  const head = withMore(said('Business phone', 'Número'), displayNumber, ' ');
  return withMore(head, wordSaid(event, securityWords));
}

const flowWords: Words = {
  DRAFT: said('draft', 'rascunho'),
  PUBLISHED: said('published', 'publicado'),
};

/** What becomes of a Flow. */
export function flowSaid(flow: FlowContent): Said {
  const id = quoted(flow.flowId);
  const head = said(`Flow ${id}`, `Flow ${id}`);
  switch (flow.form) {
    case 'status':
      return withMore(head, wordSaid(flow.status, flowWords));
    case 'error-rate': {
      const rate = flow.errorRate ?? '?';
      return withMore(
        head,
        flow.event === 'CLIENT_ERROR_RATE'
          ? said(`${rate} % of requests go wrong on phones`, `${rate} % das requisições falham nos celulares`)
          : said(
              `${rate} % of requests go wrong at the endpoint`,
              `${rate} % das requisições falham no endpoint`,
            ),
      );
    }
    case 'latency': {
      const slowest = flow.p90 ?? '?';
      return withMore(
        head,
        said(`the endpoint takes ${slowest} ms (p90)`, `o endpoint leva ${slowest} ms (p90)`),
      );
    }
    case 'version-expiry':
      return withMore(head, said('its version will soon expire', 'a versão vai expirar em breve'));
    case 'other':
      return withMore(head, flow.message ?? wordSaid(flow.event, {}));
  }
}

/** How people pay. */
export function paymentSaid({ configurationName, status }: PaymentContent): Said {
  const name = quoted(configurationName);
  const head = said(`Payment configuration ${name}`, `Configuração de pagamento ${name}`);
  return withMore(head, wordSaid(status, {}));
}

const solutionWords: Words = {
  SOLUTION_CREATED: said('created', 'criada'),
};

/** What becomes of a solution. */
export function partnerSaid({ event, solutionId, status }: PartnerContent): Said {
  const id = quoted(solutionId);
  const solution = withMore(
    said(`Partner solution ${id}`, `Solução de parceiros ${id}`),
    wordSaid(event, solutionWords),
  );
  return withMore(solution, status === null ? null : wordSaid(status, {}), ', ');
}
