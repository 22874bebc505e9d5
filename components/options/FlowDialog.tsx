import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { FlowForm } from '../../lib/client/options-flow-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { FLOW_ADDRESS_MAX, FLOW_NAME_MAX, FLOW_NOTE_MAX } from '../../lib/domain/flow.ts';
import { FlowConnectionsPicker } from './FlowConnectionsPicker.tsx';
import { FormDialog } from './FormDialog.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: FlowForm;
}

/** Adds a flow, or edits one. */
export function FlowDialog({ model, form }: Props): VNode {
  const { close } = model.flows;
  const flow = form.flow.value;
  const isChanged = form.problem.value === 'changed-meanwhile' && flow !== null;
  return (
    <FormDialog
      name={flow === null ? t('flow_add') : t('flow_edit_named', flow.name)}
      submission={form}
      submitLabel={t('action_save')}
      canSubmit={form.name.value.trim() !== ''}
      onClose={close}
      isWide
      note={
        isChanged && (
          <p class="note" dir="auto">
            {[flow.name, flow.address, flow.note].filter(Boolean).join(' · ')}
          </p>
        )
      }
    >
      <TextField
        label={t('flow_field_name')}
        value={form.name}
        maxLength={FLOW_NAME_MAX}
        isRequired
      />
      <TextField
        label={t('flow_field_address')}
        value={form.address}
        hint={t('flow_field_address_hint')}
        placeholder="https://"
        maxLength={FLOW_ADDRESS_MAX}
        isAddress
      />
      <NoteField form={form} />
      <FlowConnectionsPicker form={form} />
    </FormDialog>
  );
}

function NoteField({ form: { note } }: Pick<Props, 'form'>): VNode {
  const id = useId();
  return (
    <div class="form-row">
      <label for={id}>{t('flow_field_note')}</label>
      <textarea
        id={id}
        class="field"
        dir="auto"
        rows={2}
        maxLength={FLOW_NOTE_MAX}
        value={note.value}
        onInput={(event) => {
          note.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}
