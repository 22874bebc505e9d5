import type { ComponentChildren, VNode } from 'preact';
import { t } from '../lib/client/translate.ts';
import type { MessageKey } from '../lib/domain/words.ts';

interface Props {
  readonly of: MessageKey;
  /** What stands for `$1`, `$2`…: a stranger's text is isolated, so that its direction stays its own. */
  readonly with: readonly ComponentChildren[];
}

/** Private use, so that no sentence holds them. */
const MARKS = ['\uE001', '\uE002', '\uE003', '\uE004'];

/** A sentence of the catalogue with elements in its places. */
export function Phrase({ of, with: parts }: Props): VNode {
  const sentence = t(of, ...parts.map((_, at) => MARKS[at] ?? ''));
  return (
    <>
      {sentence.split(/([\uE001-\uE004])/).map((piece, at) => {
        const part = MARKS.indexOf(piece);
        return part < 0 ? piece : <bdi key={at}>{parts[part]}</bdi>;
      })}
    </>
  );
}
