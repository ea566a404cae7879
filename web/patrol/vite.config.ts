import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { shellList } from '../ui/build/shell-list.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the page of patrols into `dist/`, served under `/admin/patrol/`, where the session is known. */
export default defineConfig({
  root: here('.'),
  base: '/admin/patrol/',
  plugins: [shellList()],
  build: {
    target: 'chrome80',
    cssTarget: 'chrome80',
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
  server: { proxy: { '/admin/api': 'http://127.0.0.1:8080' } },
});
