/**
 * The table of what can stand between this installation and Meta: every way in which connecting can go wrong, with
 * its cure in each language.
 */
import type { CheckName } from './check.ts';
import type { Language } from './language.ts';

/** What went wrong, and the cure, ending with the next step. */
type SetupProblemText = { title: string; remedy: string };

const rows = {
  'public-url-missing': {
    check: 'public-url',
    en: {
      title: 'PUBLIC_URL is not set, so Meta cannot be told where to call.',
      remedy:
        'Set PUBLIC_URL in .env to the https address of this gateway (`npx recado init --public-url https://api.example.com`) and restart; or, to try it from this machine, run `npx recado tunnel --connect`.',
    },
    'pt-BR': {
      title: 'PUBLIC_URL não está definida, e assim não há endereço para dar à Meta.',
      remedy:
        'Defina PUBLIC_URL no .env com o endereço https deste gateway (`npx recado init --public-url https://api.example.com`) e reinicie; ou, para experimentar a partir desta máquina, rode `npx recado tunnel --connect`.',
    },
  },
  'public-url-not-https': {
    check: 'public-url',
    en: {
      title: 'PUBLIC_URL is not https, and Meta calls no other address.',
      remedy:
        'Put a TLS certificate in front of Recado (docs/production.md), or use `npx recado tunnel`; then set PUBLIC_URL to the https address and restart.',
    },
    'pt-BR': {
      title: 'PUBLIC_URL não é https, e a Meta não chama nenhum outro endereço.',
      remedy:
        'Ponha um certificado TLS na frente do Recado (docs/production.md), ou use `npx recado tunnel`; depois defina PUBLIC_URL com o endereço https e reinicie.',
    },
  },
  'verify-token-missing': {
    check: 'configuration',
    en: {
      title: 'META_WEBHOOK_VERIFY_TOKEN is not set, so Recado cannot answer Meta’s handshake.',
      remedy: 'Run `npx recado init`, which makes one, and restart.',
    },
    'pt-BR': {
      title:
        'META_WEBHOOK_VERIFY_TOKEN não está definido, e assim o Recado não pode responder ao handshake da Meta.',
      remedy: 'Rode `npx recado init`, que cria um, e reinicie.',
    },
  },
  'app-id-missing': {
    check: 'configuration',
    en: {
      title: 'META_APP_ID is not set, so the webhook of the app cannot be set.',
      remedy:
        'Copy it from Meta console → your app → App settings → Basic → App ID, run `npx recado init --app-id <id>`, and restart.',
    },
    'pt-BR': {
      title: 'META_APP_ID não está definido, e assim o webhook do app não pode ser configurado.',
      remedy:
        'Copie-o do console da Meta → seu app → Configurações do app → Básico → ID do aplicativo, rode `npx recado init --app-id <id>` e reinicie.',
    },
  },
  'app-secret-missing': {
    check: 'app-secret',
    en: {
      title:
        'META_APP_SECRET is not set, so the webhook of the app cannot be set, nor any webhook be believed.',
      remedy:
        'Copy it from Meta console → your app → App settings → Basic → App secret, put it into a file, run `npx recado init --app-secret-file <file>`, and restart.',
    },
    'pt-BR': {
      title:
        'META_APP_SECRET não está definido, e assim o webhook do app não pode ser configurado, nem se pode acreditar em webhook algum.',
      remedy:
        'Copie-a do console da Meta → seu app → Configurações do app → Básico → Chave secreta, grave-a num arquivo, rode `npx recado init --app-secret-file <arquivo>` e reinicie.',
    },
  },
  'app-secret-wrong': {
    check: 'app-secret',
    en: {
      title: 'Meta does not take META_APP_SECRET as the secret of the app META_APP_ID.',
      remedy:
        'Compare both with Meta console → your app → App settings → Basic; put the right ones in with `npx recado init --replace META_APP_SECRET META_APP_ID`, and restart.',
    },
    'pt-BR': {
      title: 'A Meta não aceita META_APP_SECRET como a chave secreta do app META_APP_ID.',
      remedy:
        'Compare os dois com o console da Meta → seu app → Configurações do app → Básico; corrija com `npx recado init --replace META_APP_SECRET META_APP_ID` e reinicie.',
    },
  },
  'access-token-missing': {
    check: 'token',
    en: {
      title: 'There is no access token that can be used for it.',
      remedy:
        'Make a System User token (Meta Business Suite → Settings → System users → Generate token), put it into a file, run `npx recado init --access-token-file <file>`, and restart.',
    },
    'pt-BR': {
      title: 'Não há token de acesso que possa ser usado para isso.',
      remedy:
        'Crie um token de usuário do sistema (Meta Business Suite → Configurações → Usuários do sistema → Gerar token), grave-o num arquivo, rode `npx recado init --access-token-file <arquivo>` e reinicie.',
    },
  },
  'access-token-refused': {
    check: 'token',
    en: {
      title: 'Meta refused the access token: it has expired, was revoked, or is another text.',
      remedy:
        'Make a System User token that does not expire, run `npx recado init --replace META_ACCESS_TOKEN`, and restart.',
    },
    'pt-BR': {
      title: 'A Meta recusou o token de acesso: expirou, foi revogado, ou é outro texto.',
      remedy:
        'Crie um token de usuário do sistema que não expire, rode `npx recado init --replace META_ACCESS_TOKEN` e reinicie.',
    },
  },
  'permission-missing': {
    check: 'token',
    en: {
      title: 'The access token may not do this.',
      remedy:
        'Make a token with whatsapp_business_management and whatsapp_business_messaging, for a System User to whom the app and the WhatsApp account are assigned; run `npx recado init --replace META_ACCESS_TOKEN`, and restart.',
    },
    'pt-BR': {
      title: 'O token de acesso não pode fazer isso.',
      remedy:
        'Crie um token com whatsapp_business_management e whatsapp_business_messaging, para um usuário do sistema ao qual o app e a conta do WhatsApp estejam atribuídos; rode `npx recado init --replace META_ACCESS_TOKEN` e reinicie.',
    },
  },
  'id-unknown-to-meta': {
    check: 'phone-id',
    en: {
      title: 'Meta knows nothing with this id, or the access token may not see it.',
      remedy:
        'Run `npx recado init --replace META_WABA_ID META_PHONE_NUMBER_ID`, which lets you choose from what the token can see, and restart.',
    },
    'pt-BR': {
      title: 'A Meta não conhece nada com este id, ou o token de acesso não pode vê-lo.',
      remedy:
        'Rode `npx recado init --replace META_WABA_ID META_PHONE_NUMBER_ID`, que deixa escolher entre o que o token pode ver, e reinicie.',
    },
  },
  'waba-id-missing': {
    check: 'whatsapp-account',
    en: {
      title: 'It is not known to which WhatsApp account this business phone belongs.',
      remedy:
        'Copy it from Meta console → your app → WhatsApp → API Setup → WhatsApp Business Account ID. For the phone of .env: `npx recado init --waba-id <id>`, and restart; for another one: `npx recado phones change <phone number id> --waba-id <id>`.',
    },
    'pt-BR': {
      title: 'Não se sabe a que conta do WhatsApp este telefone comercial pertence.',
      remedy:
        'Copie o id do console da Meta → seu app → WhatsApp → Configuração da API → ID da conta do WhatsApp Business. Para o telefone do .env: `npx recado init --waba-id <id>`, e reinicie; para outro: `npx recado phones change <phone number id> --waba-id <id>`.',
    },
  },
  'callback-refused': {
    check: 'challenge',
    en: {
      title:
        'Meta did not take the callback URL: it calls that address at once, and must get HTTP 200 and its challenge.',
      remedy:
        'Run `npx recado doctor`, which calls the same address link by link. Usually PUBLIC_URL leads elsewhere, the proxy does not pass the path on, or the tunnel is of yesterday.',
    },
    'pt-BR': {
      title:
        'A Meta não aceitou a URL de retorno: ela chama esse endereço na hora, e precisa receber HTTP 200 e o desafio.',
      remedy:
        'Rode `npx recado doctor`, que chama o mesmo endereço elo por elo. Em geral PUBLIC_URL leva a outro lugar, o proxy não repassa o caminho, ou o túnel é de ontem.',
    },
  },
  'callback-of-others': {
    check: 'app-subscription',
    en: {
      title: 'The callback of the app is not ours, so its fields cannot be changed from here.',
      remedy:
        'Tick the field `messages` in Meta console → your app → WhatsApp → Configuration → Webhook fields; or take the callback over: `npx recado connect`.',
    },
    'pt-BR': {
      title: 'A URL de retorno do app não é nossa, e assim os campos não podem ser mudados daqui.',
      remedy:
        'Marque o campo `messages` no console da Meta → seu app → WhatsApp → Configuração → Campos do webhook; ou assuma a URL de retorno: `npx recado connect`.',
    },
  },
  'name-not-ready': {
    check: 'display-name',
    en: {
      title:
        'The display name is not approved yet; registering before that leaves the number pending for days.',
      remedy:
        'Wait for the approval in WhatsApp Manager → Phone numbers, then run `npx recado connect` again.',
    },
    'pt-BR': {
      title:
        'O nome de exibição ainda não foi aprovado; registrar antes disso deixa o número pendente por dias.',
      remedy:
        'Espere a aprovação no Gerenciador do WhatsApp → Números de telefone, e rode `npx recado connect` de novo.',
    },
  },
  'number-not-verified': {
    check: 'phone-status',
    en: {
      title: 'Meta has not verified that the number is yours, and registers it only then.',
      remedy:
        'WhatsApp Manager → Phone numbers → your number → Verify: Meta sends a code by SMS or call. Then run `npx recado connect` again.',
    },
    'pt-BR': {
      title: 'A Meta ainda não verificou que o número é seu, e só o registra depois disso.',
      remedy:
        'Gerenciador do WhatsApp → Números de telefone → seu número → Verificar: a Meta envia um código por SMS ou ligação. Depois rode `npx recado connect` de novo.',
    },
  },
  'pin-missing': {
    check: 'registered',
    en: {
      title: 'META_REGISTRATION_PIN is not set, and registering needs a two-step PIN of six digits.',
      remedy:
        'Put the PIN of the number, or one of your own when it has none, into .env (`npx recado init` makes one) and restart; or run `npx recado register --pin-file <file>`.',
    },
    'pt-BR': {
      title:
        'META_REGISTRATION_PIN não está definido, e o registro precisa de um PIN de duas etapas, de seis dígitos.',
      remedy:
        'Ponha no .env o PIN do número, ou um seu quando ele não tiver nenhum (`npx recado init` cria um), e reinicie; ou rode `npx recado register --pin-file <arquivo>`.',
    },
  },
  'registration-limit': {
    check: 'registered',
    en: {
      title: 'The ten registrations that Meta allows in 72 hours are used up.',
      remedy: 'Wait until `details` says that another one can be made, then run `npx recado connect` again.',
    },
    'pt-BR': {
      title: 'Os dez registros que a Meta permite em 72 horas foram usados.',
      remedy: 'Espere até a hora que `details` indica, e rode `npx recado connect` de novo.',
    },
  },
  'meta-refused': {
    check: null,
    en: {
      title: 'Meta refused it.',
      remedy: 'Read `details`, which is what Meta said; `npx recado show error <code>` explains the number.',
    },
    'pt-BR': {
      title: 'A Meta recusou.',
      remedy: 'Leia `details`, que é o que a Meta disse; `npx recado show error <código>` explica o número.',
    },
  },
  'meta-unanswered': {
    check: 'graph-api',
    en: {
      title: 'Meta did not answer, or not as Meta does.',
      remedy:
        'Check this machine’s network and META_GRAPH_URL, then run `npx recado connect` again: what was done is not done twice.',
    },
    'pt-BR': {
      title: 'A Meta não respondeu, ou não como ela responde.',
      remedy:
        'Verifique a rede desta máquina e META_GRAPH_URL, e rode `npx recado connect` de novo: o que já foi feito não se repete.',
    },
  },
  'not-as-wanted': {
    check: 'app-subscription',
    en: {
      title: 'Meta took the change, but reading it back shows something else.',
      remedy:
        'Run `npx recado connect` again in a minute. If it stays so, compare META_APP_ID with the app that the access token belongs to.',
    },
    'pt-BR': {
      title: 'A Meta aceitou a mudança, mas a releitura mostra outra coisa.',
      remedy:
        'Rode `npx recado connect` de novo daqui a um minuto. Se continuar, compare META_APP_ID com o app ao qual o token de acesso pertence.',
    },
  },
} as const satisfies Record<string, Record<Language, SetupProblemText> & { check: CheckName | null }>;

/** The stable code of a problem. */
export type SetupProblemCode = keyof typeof rows;

/** Every code of the table. */
export const setupProblemCodes = Object.keys(rows) as [SetupProblemCode, ...SetupProblemCode[]];

/** A problem with one step. */
export type SetupProblem = {
  code: SetupProblemCode;
  /** Meta's number when the problem is Meta's answer. */
  metaCode: number | null;
  /** What Meta said, or what else is known of this occurrence. */
  details: string | null;
};

/** A problem that is none of Meta's answers. */
export function setupProblem(code: SetupProblemCode, details: string | null = null): SetupProblem {
  return { code, metaCode: null, details };
}

/** The sentences of a problem. */
export function setupProblemText(code: SetupProblemCode, language: Language): SetupProblemText {
  return rows[code][language];
}

/** The check of doctor that would confirm a problem; null where none looks at that. */
export function setupProblemCheck(code: SetupProblemCode): CheckName | null {
  return rows[code].check;
}
