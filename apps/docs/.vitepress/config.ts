import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const { version } = JSON.parse(
  readFileSync(new URL('../../trainer/package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

/** Each minor version has a folder of its own, so that older pages stay; `site/build.mjs` decides which. */
const base = process.env['SITE_BASE'] ?? '/';

export default defineConfig({
  title: 'rl-recsys',
  description: 'Recommenders that learn by reinforcement, in TypeScript on TensorFlow.js.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  base,
  srcDir: 'pages',
  outDir: process.env['SITE_OUT'] ?? 'dist',
  cleanUrls: true,
  lastUpdated: false,
  ignoreDeadLinks: [/^\/(api|app)\//], // typedoc's pages and the playground are put there afterwards; `site/links.mjs` checks these too
  vite: { build: { chunkSizeWarningLimit: 1000 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      { text: 'Guide', link: '/install' },
      { text: 'Playground', link: '/playground' },
      { text: 'Examples', link: '/examples' },
      { text: 'Results', link: '/results' },
      { text: 'API', link: '/api/index.html', target: '_self' },
      { text: `v${version}`, link: '/versions.html', target: '_self' },
    ],
    sidebar: [
      {
        text: 'Begin',
        items: [
          { text: 'Install', link: '/install' },
          { text: 'Playground', link: '/playground' },
          { text: 'Your ratings', link: '/ratings' },
          { text: 'Coming from Python', link: '/python' },
          { text: 'Examples', link: '/examples' },
        ],
      },
      {
        text: 'Make it yours',
        items: [
          { text: 'Your environment', link: '/environment' },
          { text: 'Your simulator', link: '/simulator' },
          { text: 'Your state module', link: '/state-module' },
          { text: 'Your agent', link: '/agent' },
          { text: 'Tuning', link: '/tuning' },
        ],
      },
      {
        text: 'Run it',
        items: [
          { text: 'Serving', link: '/serving' },
          { text: 'Learning from feedback', link: '/feedback' },
          { text: 'Several machines', link: '/machines' },
          { text: 'In the browser', link: '/browser' },
          { text: 'On the edge', link: '/edge' },
        ],
      },
      {
        text: 'What it is worth',
        items: [
          { text: 'What the paper says', link: '/paper' },
          { text: 'Results', link: '/results' },
          { text: 'Benchmarks', link: '/benchmarks' },
        ],
      },
    ],
    socialLinks: [{ icon: 'github', link: 'https://github.com/rl-recsys/rl-recsys' }],
    footer: { message: 'MIT license' },
  },
});
