import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/domain/judge.ts';
import { RULE_VERDICTS } from '../../lib/providers/definition.ts';
import { parseDefinition } from '../../lib/providers/registry.ts';

const guide = readFileSync(
  new URL('../../docs/guides/provider-definitions.md', import.meta.url),
  'utf8',
);
const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

describe('the guide to provider definitions', () => {
  it('has an example that can be imported, and that works', () => {
    const parsed = parseDefinition(example);
    expect(parsed).toMatchObject({ kind: 'good', provider: { id: 'example-tracker' } });
    if (parsed.kind !== 'good') throw new TypeError('not good');
    const answer = (status: number, body: object) => ({
      kind: 'answer' as const,
      status,
      headers: new Map<string, string>(),
      text: JSON.stringify(body),
      tookMs: 1,
    });
    const { check } = parsed.provider;
    const alive = answer(200, { user: { id: 7, name: 'Ada', email: 'ada@example.com' } });
    expect(judge(alive, check, 0)).toMatchObject({
      kind: 'valid',
      identity: { id: '7', label: 'ada@example.com' },
    });
    const limited = answer(403, { error: { code: 'scope_missing' } });
    expect(judge(limited, check, 0)).toEqual({ kind: 'limited' });
  });

  it('points its example at the schema that editors read', () => {
    const { $schema } = JSON.parse(example) as { $schema: string };
    const url = new URL($schema, new URL('../../docs/guides/x.json', import.meta.url));
    expect(JSON.parse(readFileSync(url, 'utf8'))).toHaveProperty('properties.methods');
  });

  it('explains every verdict that a rule can say', () => {
    for (const verdict of RULE_VERDICTS) expect(guide).toContain(`\`${verdict}\``);
  });
});
