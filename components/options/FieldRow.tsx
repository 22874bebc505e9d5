import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { fieldAttributes, FieldNotes, type FieldAttributes, type Notes } from './FieldNotes.tsx';

interface Props {
  readonly label: string;
  readonly notes: Notes;
  readonly children: (field: FieldAttributes) => VNode;
}

/** A field with its label over it and its notes under it. */
export function FieldRow({ label, notes, children }: Props): VNode {
  const id = useId();
  return (
    <div class="form-row">
      <label for={id}>{label}</label>
      {children(fieldAttributes(id, notes))}
      <FieldNotes id={id} notes={notes} />
    </div>
  );
}
