// Builds the page and the widget: `node build.mjs [folder]`, by default into bot/channels/web.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, '..', 'bot', 'channels', 'web');
const styles = ['base', 'frame', 'log', 'cards', 'dialogs', 'widget'];

// Lengths are written in rem. In another site's page a rem is whatever that site says, and the text size can be
// chosen, so every length is a multiple of --rem, which the page and the widget set for themselves.
const scaled = (css) => css.replace(/(?<![\w.-])(-?\d*\.?\d+)rem\b/g, 'calc($1*var(--rem))');

const source = styles.map((name) => readFileSync(join(here, 'src', 'styles', `${name}.css`), 'utf8')).join('\n');
const css = (await transform(scaled(source), { loader: 'css', minify: true, target: ['safari14'] })).code.trim();

const licences = '/*! The licences of what is bundled here are in /chat/licences.txt */';
const built = await build({
  absWorkingDir: here,
  entryPoints: { app: 'src/page.ts', widget: 'src/widget.ts' },
  outdir: target,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'iife',
  target: 'es2020', // no lookbehind in regular expressions: Safari before 16.4 would refuse the whole file
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: licences },
  define: { STYLES: JSON.stringify(css) },
});

function licenceTexts(inputs) {
  const names = new Set(
    Object.keys(inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []),
  );
  return [...names].sort().map((name) => {
    const folder = join(here, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
}

mkdirSync(target, { recursive: true });
for (const file of built.outputFiles) writeFileSync(file.path, file.contents);
writeFileSync(join(target, 'app.css'), `${css}\n`);
writeFileSync(join(target, 'index.html'), readFileSync(join(here, 'src', 'index.html')));
writeFileSync(join(target, 'licences.txt'), licenceTexts(built.metafile.inputs).join(`\n${'-'.repeat(80)}\n\n`));
