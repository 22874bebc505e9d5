import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import type { Plugin } from 'vite';

/** What a build makes of its pages. */
interface PageBuild {
  readonly plugin: Plugin;
  /** Sources for `style-src`, which let the styles in the pages built so far through. */
  readonly styleSources: () => readonly string[];
}

const SHEET = /<link rel="stylesheet"[^>]* href="\/([^"]+)">/;
const SCRIPT = /<script type="module" crossorigin (src="[^"]+")>/;

/**
 * Has each page hold its styles, and run its one script without the machinery of modules: a file less to
 * ask for, and nothing to link (docs/performance.md has what that is worth).
 * @throws Error in the build, for a page that is made of more than one script and one sheet
 */
export function pagesInFewFiles(): PageBuild {
  const sources = new Set<string>();
  const plugin: Plugin = {
    name: 'pages-in-few-files',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename, bundle = {} }) {
        const sheetName = SHEET.exec(html)?.[1] ?? '';
        const sheet = bundle[sheetName];
        if (sheet?.type !== 'asset' || !SCRIPT.test(html))
          throw new Error(`${filename} has no sheet and no script of its own.`);
        // Not its last line break: a browser compares the styles by each byte.
        const styles = String(sheet.source).trim();
        delete bundle[sheetName];
        sources.add(`'sha256-${createHash('sha256').update(styles).digest('base64')}'`);
        const page = html.replace(SHEET, '').replace(SCRIPT, '<script defer $1>');
        if (SHEET.test(page) || SCRIPT.test(page))
          throw new Error(`${filename} has more than one sheet and one script.`);
        return page.replace('</head>', () => `<style>${styles}</style></head>`);
      },
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.fileName.startsWith('chunks/')) continue;
        const { imports, dynamicImports, exports } = chunk;
        if (imports.length + dynamicImports.length + exports.length > 0)
          throw new Error(`${chunk.fileName} cannot stand alone.`);
        chunk.code = `(()=>{'use strict';${chunk.code}})();\n`;
        // What only a module may hold would be seen in a browser alone.
        void new Script(chunk.code);
      }
    },
  };
  return { plugin, styleSources: () => [...sources] };
}
