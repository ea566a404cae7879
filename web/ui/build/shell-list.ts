import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { iconPng } from './icon-png.ts';

/** Stands in worker.ts where the names of the built files and their common mark come. */
const NAMES = '__SHELL_NAMES__';
const MARK = '__SHELL_MARK__';
/** Files that are copied as they are. */
const COPIED = ['manifest.webmanifest', 'icon.svg'];

/** Tells the service worker which files make up the page, and changes it whenever one of them changes. */
export function shellList(): Plugin {
  return {
    name: 'yiping-shell-list',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const size of [192, 512]) {
        this.emitFile({ type: 'asset', fileName: `icon-${size}.png`, source: iconPng(size) });
      }
      const mark = createHash('sha256');
      for (const [name, item] of Object.entries(bundle)) {
        if (name === 'worker.js') continue;
        mark.update(name).update(item.type === 'chunk' ? item.code : item.source);
      }
      const names = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('the kiosk has no worker');
      worker.code = worker.code
        .replace(NAMES, [...names, ...COPIED].sort().join(','))
        .replace(MARK, mark.digest('hex').slice(0, 16));
    },
  };
}
