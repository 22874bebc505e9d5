import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { ISSUE_CODES } from '../../lib/providers/issue-codes.ts';

const messages = JSON.parse(
  readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { message: string }>;

describe('the issues of a definition', () => {
  it('have words each, and no words are left without an issue', () => {
    const prefix = 'definition_issue_';
    expect(Object.keys(messages).filter((key) => key.startsWith(prefix))).toEqual(
      ISSUE_CODES.map((code) => prefix + code.replaceAll('-', '_')).sort(),
    );
  });
});
