import type { VNode } from 'preact';
import type { BadFile } from '../../lib/client/options-import.ts';
import { tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { IssuesTable } from './IssuesTable.tsx';

interface Props {
  readonly bad: BadFile;
  /** `null` for what was pasted. */
  readonly fileName: string | null;
}

/** Why a file cannot be used, and where what is wrong stands in it. */
export function BadFileNote({ bad: { code, issues, issuesLeftOut }, fileName }: Props): VNode {
  return (
    <>
      <div class="note note-bad">
        {fileName !== null && (
          <p>
            <bdi>{fileName}</bdi>
          </p>
        )}
        <p>{tell(errorWords(code))}</p>
      </div>
      {issues.length > 0 && <IssuesTable issues={issues} leftOut={issuesLeftOut} />}
    </>
  );
}
