import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { github } from '../../lib/providers/catalogue/github.ts';
import { gitlab } from '../../lib/providers/catalogue/gitlab.ts';
import { google } from '../../lib/providers/catalogue/google.ts';
import { microsoft } from '../../lib/providers/catalogue/microsoft.ts';
import { notion } from '../../lib/providers/catalogue/notion.ts';
import { slack } from '../../lib/providers/catalogue/slack.ts';
import { readFileSync } from 'node:fs';
import { CATALOGUE_PATH, catalogueText } from '../../scripts/catalogue-file.ts';
import { fakeWorld } from '../support/fake-ports.ts';
import { expandUrl } from '../../lib/domain/url-template.ts';
import { complete } from '../../lib/providers/complete.ts';
import { facts } from '../../lib/providers/facts/all.ts';
import { defaultParams, parseDefinition } from '../../lib/providers/registry.ts';
import { Provider, templates, type ProviderInput } from '../../lib/providers/schema.ts';
import { smallDefinition, smallOauth } from './small-definition.ts';

const inputs: Record<string, ProviderInput> = { github, gitlab, google, microsoft, notion, slack };
const each = describe.each(Object.entries(inputs));

/** Fields that say nothing about the provider's behaviour: names, ours or for people. */
const NO_FACT =
  /^(?:schema|id|name|mark\..*|sites\..*|verifiedOn|params\.\d+\.(?:id|label|kind|example)|methods\.\d+\.(?:kind|id|label|example))$/;

/** Dotted paths of everything that is written in a definition. */
function leaves(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
const covers = (fact: string, path: string) => path === fact || path.startsWith(`${fact}.`);

describe('the catalogue', () => {
  it('holds what its files hold, in the order of the names', () => {
    expect(catalogue.map(({ id }) => id)).toEqual(Object.keys(inputs));
    expect(catalogue.map(({ name }) => name)).toEqual(
      catalogue.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
    );
  });

  it('comes before what a person imported under the same id, whose place it never takes', async () => {
    const world = await fakeWorld();
    const { providers } = world.engine;
    await providers.keep(JSON.stringify(smallDefinition({ id: 'own' })));
    await expect(
      providers.keep(JSON.stringify(smallDefinition({ id: 'github' }))),
    ).rejects.toMatchObject({ code: 'provider-taken' });
    const names = await Promise.all(
      ['github', 'own', 'other'].map(async (id) => (await providers.find(id))?.id ?? null),
    );
    expect(names).toEqual(['github', 'own', null]);
  });

  it('stands in the package as `npx tsx scripts/generate-public.ts` writes it now', () => {
    expect(readFileSync(CATALOGUE_PATH, 'utf8')).toBe(catalogueText());
  });

  it('leaves unchecked only what no code acts on', () => {
    const unchecked = Object.entries(facts).flatMap(([id, known]) =>
      Object.entries(known)
        .filter(([, { kind }]) => kind === 'memory')
        .map(([path]) => `${id} ${path}`),
    );
    expect(unchecked).toEqual(['google links.app', 'slack links.docs']);
  });
});

each('the definition of %s', (id, input) => {
  it('is a good one, which completing alone fills in as parsing does', () => {
    expect(parseDefinition(JSON.stringify(input))).toEqual({
      kind: 'good',
      provider: v.parse(Provider, input),
    });
    expect(complete(input)).toEqual(v.parse(Provider, input));
  });

  it('asks over TLS alone', () => {
    const provider = complete(input);
    for (const { path, template } of templates(provider)) {
      const url = expandUrl(template, { ...defaultParams(provider), clientId: 'x' });
      expect(url, path).toMatch(/^https:\/\//);
    }
  });

  it('has a source for each fact, and no source for what is not there', () => {
    const known = Object.keys(facts[id] ?? {});
    const said = leaves(input).filter((path) => !NO_FACT.test(path));
    expect(said.filter((path) => !known.some((fact) => covers(fact, path)))).toEqual([]);
    const all = leaves(input);
    expect(known.filter((fact) => !all.some((path) => covers(fact, path)))).toEqual([]);
  });

  it('was verified when its facts were, not in the future', () => {
    const verified = Date.parse(input.verifiedOn);
    expect(verified).toBeLessThanOrEqual(Date.now());
    for (const [path, { on }] of Object.entries(facts[id] ?? {})) {
      expect(Date.parse(on), path).toBeLessThanOrEqual(verified);
      expect(verified - Date.parse(on), path).toBeLessThan(366 * 86_400_000);
    }
  });

  it('keeps names short enough to be shown', () => {
    expect(complete(input).mark.text.length).toBeLessThanOrEqual(2);
    expect(input.name.length).toBeLessThan(20);
  });
});

describe('completing a definition', () => {
  it.each([
    ['the smallest', smallDefinition()],
    ['an OAuth one', smallDefinition({ methods: [smallOauth()] })],
    [
      'one of every kind',
      smallDefinition({
        methods: [
          smallOauth({
            client: { kind: 'own', secret: 'required' },
            tokenAuth: 'basic',
            scopes: [{ id: 'a', label: 'A' }],
            place: { header: 'X-Token' },
            revoke: { kind: 'request', url: 'https://example.com/r', as: 'token' },
          }),
          { kind: 'key', label: 'Key', place: [{ header: 'X-Key' }] },
          { kind: 'bearer', label: 'Token' },
          { kind: 'basic', userLabel: 'User', passwordLabel: 'Password' },
        ],
        accounts: { url: 'https://example.com/a', items: '', id: 'id', label: 'name' },
      }),
    ],
  ])('does what parsing does: %s', (_, input) => {
    expect(complete(input)).toEqual(v.parse(Provider, input));
  });
});
