import type { VNode } from 'preact';
import { t } from '../../lib/client/translate.ts';

/** What is said under a field. */
export interface Notes {
  readonly hint?: string | undefined;
  /** What is wrong with what stands in it. */
  readonly problem?: string | undefined;
  /** What somebody else made of it meanwhile. */
  readonly theirs?: string | undefined;
}

export interface FieldAttributes {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly 'data-changed'?: true;
}

/** What ties a field to its notes. */
export function fieldAttributes(id: string, { hint, problem, theirs }: Notes): FieldAttributes {
  const isSaid = [hint, problem, theirs].some((note) => note !== undefined);
  return {
    id,
    ...(isSaid && { 'aria-describedby': notesId(id) }),
    ...(problem !== undefined && { 'aria-invalid': true }),
    ...(theirs !== undefined && { 'data-changed': true }),
  };
}

interface Props {
  /** Of the field. */
  readonly id: string;
  readonly notes: Notes;
}

export function FieldNotes({ id, notes: { hint, problem, theirs } }: Props): VNode {
  return (
    <div id={notesId(id)} class="field-notes">
      {problem !== undefined && (
        <p class="field-problem">
          <bdi>{problem}</bdi>
        </p>
      )}
      {theirs !== undefined && (
        <p class="note">{theirs === '' ? t('edit_meanwhile_empty') : <Now text={theirs} />}</p>
      )}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}

function Now({ text }: { readonly text: string }): VNode {
  return (
    <>
      {t('edit_meanwhile')}{' '}
      <strong>
        <bdi>{text}</bdi>
      </strong>
    </>
  );
}

function notesId(id: string): string {
  return `${id}-notes`;
}
