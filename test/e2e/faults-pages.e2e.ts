/** What a page of the extension refuses to run, to show and to ask. The brackets name rows of docs/faults.md. */
import { describe, expect, it } from 'vitest';
import { connectByKey } from './support/connect.ts';
import { openOptions } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

describe('a page of the extension', () => {
  it('runs no text as a script, and takes none as markup [E2]', async () => {
    const page = await openOptions(world);
    const said = await page.evaluate(async () => {
      // In a turn of the page's own: what a debugger runs is not held to the policy.
      const tried = (run: () => unknown): Promise<string> =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              run();
              resolve('ran');
            } catch (thrown) {
              resolve(thrown instanceof Error ? thrown.name : 'failed');
            }
          });
        });
      const loads = (element: HTMLElement): Promise<string> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => resolve('ran'));
          element.addEventListener('error', () => resolve('refused'));
          document.body.append(element);
        });
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        seen.push(effectiveDirective),
      );
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = 'https://example.invalid/a.css';
      return {
        eval: await tried(() => (Reflect.get(globalThis, 'eval') as (text: string) => void)('1')),
        made: await tried(() => new Function('return 1')),
        markup: await tried(() => (document.body.innerHTML += '<img src=x onerror=alert(1)>')),
        script: await tried(
          () => (document.createElement('script').textContent = 'document.title = 1'),
        ),
        style: await loads(style),
        seen,
      };
    });
    expect(said).toMatchObject({
      eval: 'EvalError',
      made: 'EvalError',
      markup: 'TypeError',
      script: 'TypeError',
      style: 'refused',
    });
    expect(said.seen).toContain('style-src-elem');
  });

  it('shows what strangers wrote as text, and leads nowhere but over TLS [E6]', async () => {
    const hostile = '<img src=x onerror="document.title=1"> \u202Egnp.exe';
    await connectByKey(world, 'alice', { name: hostile, tags: ['<b>bold</b>'] });
    const page = await openOptions(world);
    await page.getByText('<img src=x onerror=').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.locator('table b').count()).toBe(0);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    const own = `chrome-extension://${world.browser.extensionId}/`;
    expect(links.filter((href) => !href.startsWith('https://') && !href.startsWith(own))).toEqual(
      [],
    );
    expect(await page.title()).not.toBe('1');
  });
});

describe('a definition of a provider', () => {
  it('that sends a public client without PKCE, or a secret in the clear, is refused [O2 O8 E8]', async () => {
    const { oauth } = world.practice.definitions;
    const [method] = oauth.methods;
    const issuesOf = async (change: object): Promise<unknown> => {
      const text = JSON.stringify({ ...oauth, id: 'strange', methods: [{ ...method, ...change }] });
      return world.call('previewProvider', { text });
    };
    expect(await issuesOf({ pkce: 'none' })).toMatchObject({
      kind: 'bad',
      issues: [{ path: 'methods.0.pkce', code: 'pkce' }],
    });
    expect(await issuesOf({ token: 'http://id.example/token' })).toMatchObject({
      kind: 'bad',
      issues: [{ path: 'methods.0.token', code: 'url-insecure' }],
    });
    expect(await issuesOf({ authorize: 'javascript:alert(1)' })).toMatchObject({
      kind: 'bad',
      issues: [{ path: 'methods.0.authorize', code: 'url-scheme' }],
    });
  });
});
