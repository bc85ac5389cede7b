import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/overview.css';
import './styles/conversations.css';
import './styles/thread.css';
import './styles/answer.css';
import './styles/pair.css';
import './styles/setup.css';
import './styles/small-screens.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { language } from './language.ts';
import { followTime } from './now.ts';

document.documentElement.lang = language.value;
followTime();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
