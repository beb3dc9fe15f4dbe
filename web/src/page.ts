// The page at `/`.

import { App } from './app';

const into = document.getElementById('guide');
if (into) new App({ address: '', into, close: null });
