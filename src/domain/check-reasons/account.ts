import { green, red, step, unknown } from './reason.ts';

const newToken = [
  step(
    'Meta Business Suite → Settings → System users → your system user → Generate token: app {appId}, expiry “never”, permissions whatsapp_business_messaging and whatsapp_business_management.',
    'Meta Business Suite → Configurações → Usuários do sistema → seu usuário → Gerar token: app {appId}, validade “nunca”, permissões whatsapp_business_messaging e whatsapp_business_management.',
  ),
  step('Put it into .env and start Recado again:', 'Coloque no .env e reinicie o Recado:', {
    set: 'META_ACCESS_TOKEN=<the new token>',
    when: 'environment',
  }),
  step('Give it to the business phone:', 'Entregue ao número comercial:', {
    run: 'npx recado phones change {phone} --access-token-file token.txt',
    when: 'database',
  }),
] as const;

const removeIt = step('Remove the wrong one:', 'Remova o errado:', {
  run: 'npx recado phones remove {phone} --yes',
  when: 'database',
});

/** What the checks of token, secret, business phone and account can find. */
export const accountReasons = {
  'token-good': green(
    'A system user’s token of app {appId} that does not expire, with both permissions.',
    'Um token de usuário do sistema do app {appId} que não expira, com as duas permissões.',
  ),
  'token-good-until': green(
    'A system user’s token of app {appId} that expires on {until}, with both permissions.',
    'Um token de usuário do sistema do app {appId} que expira em {until}, com as duas permissões.',
  ),
  'token-refused': red(
    'Meta refuses the access token: {message}.',
    'A Meta recusa o token de acesso: {message}.',
    ...newToken,
  ),
  'token-expired': red(
    'The access token expired on {until}.',
    'O token de acesso expirou em {until}.',
    ...newToken,
  ),
  'token-expires-soon': red(
    'The access token expires on {until}; then nothing is sent any more.',
    'O token de acesso expira em {until}; depois nada mais é enviado.',
    ...newToken,
  ),
  'token-kind-wrong': red(
    'The access token is of type {type} (until {until}): it ends with a person’s session or permissions. A system user’s does not.',
    'O token de acesso é do tipo {type} (até {until}): ele acaba com a sessão ou as permissões de uma pessoa. O de um usuário do sistema não.',
    ...newToken,
  ),
  'token-scope-missing': red(
    'The access token lacks {scopes}.',
    'Falta ao token de acesso: {scopes}.',
    ...newToken,
  ),
  'token-app-differs': red(
    'The access token belongs to app {appId}, but META_APP_ID says {configured}.',
    'O token de acesso pertence ao app {appId}, mas META_APP_ID diz {configured}.',
    step('If {appId} is your app:', 'Se {appId} é o seu app:', { set: 'META_APP_ID={appId}' }),
    step(
      'If it is not, make a token for app {configured} and set META_ACCESS_TOKEN instead.',
      'Se não for, crie um token para o app {configured} e defina META_ACCESS_TOKEN.',
    ),
  ),
  'token-unexamined': unknown(
    'Meta tells what a token is to its own app only, and META_APP_ID is not set.',
    'A Meta só diz o que é um token ao próprio app, e META_APP_ID não está definido.',
    step(
      'Copy it: Meta console → your app → App settings → Basic → App ID.',
      'Copie: painel da Meta → seu app → Configurações do app → Básico → ID do app.',
      { set: 'META_APP_ID=<app id>' },
    ),
  ),
  'app-secret-good': green('The app secret is that of app {appId}.', 'A chave secreta é a do app {appId}.'),
  'app-secret-of-another-app': red(
    'The app secret is not that of app {appId}, so the signatures of its webhooks cannot match.',
    'A chave secreta não é a do app {appId}, então as assinaturas dos webhooks dele não podem bater.',
    step(
      'Copy it: Meta console → app {appId} → App settings → Basic → App secret → Show.',
      'Copie: painel da Meta → app {appId} → Configurações do app → Básico → Chave secreta → Mostrar.',
    ),
    step('Put it into .env and start Recado again:', 'Coloque no .env e reinicie o Recado:', {
      set: 'META_APP_SECRET=<the app secret of {appId}>',
      when: 'environment',
    }),
    step('Give it to the business phone:', 'Entregue ao número comercial:', {
      run: 'npx recado phones change {phone} --app-secret-file secret.txt',
      when: 'database',
    }),
  ),
  'app-unknown': unknown(
    'Which app the secret should belong to is not known: META_APP_ID is not set and Meta does not tell.',
    'Não se sabe a qual app a chave deveria pertencer: META_APP_ID não está definido e a Meta não diz.',
    step(
      'Copy it: Meta console → your app → App settings → Basic → App ID.',
      'Copie: painel da Meta → seu app → Configurações do app → Básico → ID do app.',
      { set: 'META_APP_ID=<app id>' },
    ),
  ),
  'phone-id-good': green(
    '{phone} is the business phone +{number}, “{name}”.',
    '{phone} é o número comercial +{number}, “{name}”.',
  ),
  'phone-id-is-a-number': red(
    '{phone} is a phone number, not Meta’s id of one.',
    '{phone} é um número de telefone, não o id que a Meta dá a ele.',
    step('Its id is {id}; set it and start Recado again:', 'O id dele é {id}; defina e reinicie o Recado:', {
      set: 'META_PHONE_NUMBER_ID={id}',
      when: 'environment',
    }),
    removeIt,
    step(
      'Its id is {id}; add that. A token and a secret of its own are given again, with --access-token-file and --app-secret-file:',
      'O id dele é {id}; adicione esse. Token e chave próprios são entregues de novo, com --access-token-file e --app-secret-file:',
      { run: 'npx recado phones add {id}', when: 'database' },
    ),
  ),
  'phone-id-unknown': red(
    'Meta shows this token no business phone with the id {phone}. It shows: {seen}.',
    'A Meta não mostra a este token nenhum número com o id {phone}. Ela mostra: {seen}.',
    step(
      'Take the id from there, or from Meta console → your app → WhatsApp → API Setup → Phone number ID.',
      'Use um id dali, ou de: painel da Meta → seu app → WhatsApp → Configuração da API → Identificação do número de telefone.',
    ),
    step('Set it and start Recado again:', 'Defina e reinicie o Recado:', {
      set: 'META_PHONE_NUMBER_ID={id}',
      when: 'environment',
    }),
    removeIt,
  ),
  'phone-id-of-something-else': red(
    '{phone} exists at Meta, but it is no business phone.',
    '{phone} existe na Meta, mas não é um número comercial.',
    step(
      'Copy the right one: Meta console → your app → WhatsApp → API Setup → Phone number ID. This token sees: {seen}.',
      'Copie o certo: painel da Meta → seu app → WhatsApp → Configuração da API → Identificação do número de telefone. Este token vê: {seen}.',
    ),
    step('Set it and start Recado again:', 'Defina e reinicie o Recado:', {
      set: 'META_PHONE_NUMBER_ID={id}',
      when: 'environment',
    }),
    removeIt,
  ),
  'account-good': green(
    'It belongs to the WhatsApp Business Account {waba}.',
    'Ele pertence à conta do WhatsApp Business {waba}.',
  ),
  'account-missing': red(
    'The WhatsApp Business Account of this business phone is not set.',
    'A conta do WhatsApp Business deste número não está definida.',
    step('It is {id}; set it and start Recado again:', 'É {id}; defina e reinicie o Recado:', {
      set: 'META_WABA_ID={id}',
      when: 'environment',
    }),
    step('It is {id}; tell Recado:', 'É {id}; informe ao Recado:', {
      run: 'npx recado phones change {phone} --waba-id {id}',
      when: 'database',
    }),
  ),
  'account-of-another': red(
    'The WhatsApp Business Account {waba} does not have this business phone; it has: {seen}.',
    'A conta do WhatsApp Business {waba} não tem este número; ela tem: {seen}.',
    step(
      'Copy the right one ({id}): Meta console → your app → WhatsApp → API Setup → WhatsApp Business Account ID.',
      'Copie a certa ({id}): painel da Meta → seu app → WhatsApp → Configuração da API → Identificação da conta do WhatsApp Business.',
    ),
    step('Set it and start Recado again:', 'Defina e reinicie o Recado:', {
      set: 'META_WABA_ID={id}',
      when: 'environment',
    }),
    step('Tell Recado:', 'Informe ao Recado:', {
      run: 'npx recado phones change {phone} --waba-id {id}',
      when: 'database',
    }),
  ),
  'account-out-of-reach': red(
    'This token may not look at the WhatsApp Business Account {waba}: #{code} {message}.',
    'Este token não pode ver a conta do WhatsApp Business {waba}: #{code} {message}.',
    step(
      'If {waba} is the wrong id, set the right one ({id}) and start Recado again:',
      'Se {waba} é o id errado, defina o certo ({id}) e reinicie o Recado:',
      { set: 'META_WABA_ID={id}', when: 'environment' },
    ),
    step(
      'If {waba} is the wrong id, tell Recado the right one ({id}):',
      'Se {waba} é o id errado, informe o certo ({id}):',
      {
        run: 'npx recado phones change {phone} --waba-id {id}',
        when: 'database',
      },
    ),
    step(
      'If it is the right id: Meta Business Suite → Settings → WhatsApp accounts → {waba} → assign the system user with full control.',
      'Se é o id certo: Meta Business Suite → Configurações → Contas do WhatsApp → {waba} → atribua o usuário do sistema com controle total.',
    ),
  ),
} as const;
