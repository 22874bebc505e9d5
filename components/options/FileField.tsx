import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { ReadableFile } from '../../lib/client/options-import.ts';

interface Props {
  readonly label: string;
  /** That it can be dropped too, and how large it may be. */
  readonly hint: string;
  /** As the field's `accept` has it. */
  readonly accept?: string;
  readonly onFile: (file: ReadableFile) => Promise<void>;
}

/** A file, chosen or dropped; JSON where nothing else is said. */
export function FileField({
  label,
  hint,
  accept = '.json,application/json',
  onFile,
}: Props): VNode {
  const isOver = useSignal(false);
  const id = useId();
  const read = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file !== undefined) void onFile(file);
  };
  return (
    <div
      class={isOver.value ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        read(event.dataTransfer?.files);
      }}
    >
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => read(event.currentTarget.files)}
        // The same file can be chosen again after it was mended.
        onClick={(event) => {
          event.currentTarget.value = '';
        }}
      />
      <p class="hint">{hint}</p>
    </div>
  );
}
