import type { MessageKey } from '../domain/words.ts';
import { t } from './translate.ts';

/**
 * What is wrong with a field of a file. The background names a code of the catalogue; one that is
 * newer than this page stands as it is.
 */
export function issueText(code: string): string {
  const key = code.replaceAll('-', '_');
  return (
    t(`definition_issue_${key}` as MessageKey) || t(`transfer_issue_${key}` as MessageKey) || code
  );
}
