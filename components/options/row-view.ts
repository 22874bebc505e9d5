import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ColumnId } from '../../lib/domain/columns.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { foundIn } from '../../lib/domain/found-in.ts';
import type { TagColor } from '../../lib/domain/tag.ts';
import type { ChangeAttributes } from '../use-change.ts';

/** All that a row shows, read at one moment. */
export interface RowView {
  readonly connection: Connection;
  /** What is searched for, to be marked. */
  readonly words: readonly string[];
  /** Where the search found it, if the row does not show that. */
  readonly found: string | null;
  /** What follows a connection's own part in its address: how the list is filtered and ordered. */
  readonly search: string;
  readonly isSelected: boolean;
  /** Whether its evidence is open. */
  readonly isExpanded: boolean;
  readonly isChecking: boolean;
  /** What each button carries that changes something. */
  readonly change: ChangeAttributes;
  /** Epoch ms. */
  readonly now: number;
  /** The name of its environment. */
  readonly environment: string;
  /** How many flows use it; `null` until they were read. */
  readonly flows: number | null;
  readonly tagColors: readonly (TagColor | null)[];
}

/** What all rows of a list share. */
export type ListView = Pick<RowView, 'words' | 'search' | 'change'>;

/** Reads what a row shows; whoever calls this follows all of it. */
export function rowView(
  model: OptionsModel,
  list: ListView,
  columns: readonly ColumnId[],
  connection: Connection,
): RowView {
  const { id, environmentId, tags } = connection;
  const environment = model.records.environments.value.find((one) => one.id === environmentId);
  return {
    ...list,
    connection,
    found: list.words.length === 0 ? null : foundIn(connection, list.words, columns),
    isSelected: model.selection.ids.value.has(id),
    isExpanded: model.list.expanded.value.has(id),
    isChecking: model.actions.checking.value.has(id),
    now: model.now.value,
    environment: environment === undefined ? environmentId : environmentName(environment),
    flows: model.flows.all.value === null ? null : model.flows.countOf(id),
    tagColors: tags.map(model.tagColors.colorOf),
  };
}
