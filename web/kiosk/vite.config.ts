import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { shellList } from '../ui/build/shell-list.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the tablet's page into `dist/`, served under `/kiosk/`. Tablets of old run Chromium from 70 on. */
export default defineConfig({
  root: here('.'),
  base: '/kiosk/',
  plugins: [shellList()],
  build: {
    target: 'chrome70',
    cssTarget: 'chrome70',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: { main: here('./index.html'), worker: here('./worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/kiosk/api': 'http://127.0.0.1:8080' } },
});
