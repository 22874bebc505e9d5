import type { VNode } from 'preact';
import { issueText } from '../../lib/client/issue-text.ts';
import type { DefinitionIssue } from '../../lib/client/options-providers.ts';
import { plural, t } from '../../lib/client/translate.ts';

interface Props {
  readonly issues: readonly DefinitionIssue[];
  readonly leftOut: number;
}

/** Everything that is wrong with a file, each at its place. */
export function IssuesTable({ issues, leftOut }: Props): VNode {
  return (
    <>
      <table class="issues" aria-label={t('issues')}>
        <thead>
          <tr>
            <th scope="col">{t('issue_where')}</th>
            <th scope="col">{t('issue_what')}</th>
            <th scope="col">{t('issue_found')}</th>
          </tr>
        </thead>
        <tbody>
          {issues.map((issue, index) => (
            <tr key={`${index} ${issue.path}`}>
              <td>
                {issue.path === '' ? (
                  <span class="quiet">{t('issue_whole')}</span>
                ) : (
                  <code>
                    <bdi>{issue.path}</bdi>
                  </code>
                )}
              </td>
              <td>
                {issueText(issue.code)}
                {issue.expected !== null && (
                  <p class="hint">
                    {t('issue_expected')}{' '}
                    <code>
                      <bdi>{issue.expected}</bdi>
                    </code>
                  </p>
                )}
              </td>
              <td>
                {issue.received !== null && (
                  <code>
                    <bdi>{issue.received}</bdi>
                  </code>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut > 0 && <p class="hint">{plural('issues_left_out', leftOut)}</p>}
    </>
  );
}
