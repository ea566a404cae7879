import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Replaces the module by which antd's parts write `<style>` elements (scroll lock of a drawer, measuring of
 * scroll bars, CSS variables) with one that uses constructed style sheets, which a strict policy allows.
 */
export function strictStyles(): Plugin {
  const replacement = fileURLToPath(new URL('../adopted-styles.ts', import.meta.url));
  return {
    name: 'strict-styles',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.includes('dynamicCSS')) return undefined;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found?.id.includes('@rc-component/util/es/Dom/dynamicCSS') ? replacement : undefined;
    },
  };
}
