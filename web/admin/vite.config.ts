import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { antdCss } from './build/antd-css.tsx';
import { strictStyles } from './build/strict-styles.ts';

/** Builds the office into `dist/`, which the server serves under `/admin/`. Halls still run Chromium 109. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  plugins: [react(), antdCss(), strictStyles()],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    outDir: 'dist',
    emptyOutDir: true,
    // A data: URL would need the policy to allow it for more than images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/admin/api': 'http://127.0.0.1:8080' } },
});
