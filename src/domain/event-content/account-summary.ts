import type { AccountContent } from './account.ts';
import { categoryWords, counted, quoted, type Said, said, type Words, withMore, wordSaid } from './said.ts';

const eventWords: Words = {
  ACCOUNT_DELETED: said('Account deleted', 'Conta excluída'),
  ACCOUNT_OFFBOARDED: said('Account offboarded', 'Conta desligada'),
  ACCOUNT_RECONNECTED: said('Account connected again', 'Conta conectada de novo'),
  ACCOUNT_RESTRICTION: said('Account restricted', 'Conta restrita'),
  ACCOUNT_VIOLATION: said('Account broke a rule', 'Conta violou uma regra'),
  AD_ACCOUNT_LINKED: said('Ad account linked', 'Conta de anúncios vinculada'),
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: said(
    'International prices for authentication',
    'Preços internacionais para autenticação',
  ),
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: said('Country of the business', 'País da empresa'),
  DISABLED_UPDATE: said('Account ban', 'Banimento da conta'),
  MM_LITE_TERMS_SIGNED: said('Terms of the marketing API signed', 'Termos da API de marketing assinados'),
  PARTNER_ADDED: said('Partner added', 'Parceiro adicionado'),
  PARTNER_REMOVED: said('Partner removed', 'Parceiro removido'),
  PARTNER_APP_INSTALLED: said('App of a partner installed', 'Aplicativo de parceiro instalado'),
  PARTNER_APP_UNINSTALLED: said('App of a partner removed', 'Aplicativo de parceiro removido'),
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: said('Certification of a client', 'Certificação de um cliente'),
  PARTNER_CLIENT_CERTIFICATION_NEEDED: said(
    'Certification of a client needed',
    'Certificação de um cliente necessária',
  ),
  VERIFIED_ACCOUNT: said('Account verified', 'Conta verificada'),
  VOLUME_BASED_PRICING_TIER_UPDATE: said('Price by volume', 'Preço por volume'),
};

const stateWords: Words = {
  SCHEDULE_FOR_DISABLE: said('will be disabled', 'será desativada'),
  DISABLE: said('disabled', 'desativada'),
  REINSTATE: said('allowed again', 'liberada de novo'),
  APPROVED: said('approved', 'aprovada'),
  REJECTED: said('rejected', 'rejeitada'),
  PENDING: said('in review', 'em análise'),
};

/** A change of the account. */
export function accountSaid(account: AccountContent): Said {
  switch (account.form) {
    case 'notice':
      return withMore(wordSaid(account.event, eventWords), account.phoneNumber);
    case 'violation':
      return withMore(wordSaid(account.event, eventWords), violationSaid(account.violation));
    case 'restriction': {
      const restricted = withMore(wordSaid(account.event, eventWords), violationSaid(account.violation));
      const count = account.restrictions.length;
      const restrictions = counted(
        count,
        said('restriction', 'restrição'),
        said('restrictions', 'restrições'),
      );
      const [first] = account.restrictions;
      return withMore(
        restricted,
        count === 1 ? wordSaid(first?.restriction ?? null, {}) : restrictions,
        ', ',
      );
    }
    case 'ban':
      return withMore(
        withMore(wordSaid(account.event, eventWords), wordSaid(account.state, stateWords)),
        account.date,
        ', ',
      );
    case 'partner': {
      const { disconnection, parties } = account;
      const who = parties?.partnerAppId ?? account.phoneNumber ?? parties?.wabaId ?? null;
      const partner = withMore(wordSaid(account.event, eventWords), who);
      return disconnection === null ? partner : withMore(partner, wordSaid(disconnection.reason, {}), ', ');
    }
    case 'partner-certification': {
      const client = withMore(wordSaid(account.event, eventWords), account.clientBusinessId, ' ');
      return account.status === null ? client : withMore(client, wordSaid(account.status, stateWords));
    }
    case 'pricing-tier': {
      const price = withMore(wordSaid(account.event, eventWords), wordSaid(account.category, categoryWords));
      return withMore(withMore(price, account.region, ', '), account.tier, ', ');
    }
    case 'price-eligibility': {
      const countries = account.exceptions.flatMap(({ country }) => country ?? []);
      const price = wordSaid(account.event, eventWords);
      return countries.length === 0
        ? price
        : withMore(
            price,
            said(`others for ${quoted(countries.join(', '))}`, `outros para ${quoted(countries.join(', '))}`),
          );
    }
    case 'country':
      return withMore(wordSaid(account.event, eventWords), account.country);
    case 'update':
      return withMore(said('Account', 'Conta'), wordSaid(account.event, {}));
    case 'alert': {
      const alert = withMore(said('Alert of Meta', 'Alerta da Meta'), account.description ?? account.event);
      return withMore(alert, account.severity?.toLowerCase() ?? null, ', ');
    }
    case 'review':
      return withMore(
        said('Review of the account', 'Análise da conta'),
        wordSaid(account.decision, stateWords),
      );
    case 'capability': {
      const limit = quoted(account.dailyLimit);
      return said(
        `Up to ${limit} people a day may be written to`,
        `Até ${limit} pessoas por dia podem ser contatadas`,
      );
    }
    case 'settings':
      return withMore(
        said('Settings of the business phone', 'Configurações do número'),
        account.phoneNumberId,
        ' ',
      );
    case 'business-status':
      return withMore(
        said('Status of the business', 'Situação da empresa'),
        wordSaid(account.status ?? account.event, {}),
      );
    case 'other':
      return account.event === null
        ? said('Change of the account', 'Mudança na conta')
        : withMore(said('Change of the account', 'Mudança na conta'), wordSaid(account.event, {}));
  }
}

function violationSaid(violation: string | null): Said | null {
  return violation === null ? null : wordSaid(violation, {});
}
