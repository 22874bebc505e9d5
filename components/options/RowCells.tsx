/* oxlint-disable jsx-a11y/control-has-associated-label, jsx-a11y/label-has-associated-control, jsx-a11y/anchor-is-valid, jsx-a11y/anchor-has-content -- what is built here gets its names and addresses with each connection */
/**
 * What stands in the cells of a row: how each is built, once for all rows, and what shows a connection in
 * one (docs/decisions/0033-rows-are-painted.md).
 */
import { render } from 'preact';
import { inkOn, opaqueColor } from '../../lib/client/ink.ts';
import { hashOf, hashOfOpened } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import type { ColumnId } from '../../lib/domain/columns.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { HealthKind } from '../../lib/domain/health.ts';
import { quietnessWords } from '../../lib/domain/notice-words.ts';
import { accountsWords, healthWords } from '../../lib/domain/words.ts';
import { HealthMark } from '../HealthMark.tsx';
import { Icon } from '../Icon.tsx';
import { providerInitials } from '../ProviderMark.tsx';
import { OptionIcon } from './OptionIcon.tsx';
import { TagName } from './TagName.tsx';
import { bindLines, moments, texts, twoLines } from './TextCells.tsx';
import { healthMarkCopy } from './HealthMarkCopy.tsx';
import { paintedMend } from './painted-mend.ts';
import {
  named,
  paintedAttribute,
  paintedChange,
  paintedPresence,
  paintedText,
  part,
} from './painted-part.ts';
import type { Cell } from './row-cell.ts';

/** What a click in a row is for, as `data-act` of what was clicked. */
export type RowAct = 'select' | 'expand' | 'mend' | 'rename' | 'remove' | 'more';

/** Selection and evidence, before all columns. */
export const LEADING_CELLS: readonly Cell[] = [
  {
    build: () => (
      <td class="cell-select">
        <label class="select-box">
          <input type="checkbox" data-act={'select' satisfies RowAct} />
        </label>
      </td>
    ),
    bind(cell) {
      const box = part<HTMLInputElement>(cell, 'input');
      const name = named(box, 'select_named');
      return ({ connection, isSelected }) => {
        name(connection.name);
        // The browser changes the box by itself at each click, and not always to what it stands for.
        if (box.checked !== isSelected) box.checked = isSelected;
      };
    },
  },
  {
    build: () => (
      <td class="cell-expand">
        <button
          type="button"
          class="button button-icon expand"
          data-act={'expand' satisfies RowAct}
        >
          <OptionIcon name="right" />
        </button>
      </td>
    ),
    bind(cell) {
      const button = part(cell, 'button');
      const isThere = paintedPresence(button, null);
      const name = named(button, 'show_issue');
      const expanded = paintedAttribute(button, 'aria-expanded');
      const controls = paintedAttribute(button, 'aria-controls');
      return ({ connection, isExpanded }) => {
        // What is open can be closed, though it was mended meanwhile.
        isThere(isExpanded || hasIssue(connection));
        name(connection.name);
        expanded(String(isExpanded));
        controls(isExpanded ? issueId(connection.id) : null);
      };
    },
  },
];

/** The id of the row that holds the evidence of a connection. */
export function issueId(connectionId: string): string {
  return `issue-${connectionId}`;
}

/** Whether there is something to show that the row does not say already. */
function hasIssue({ health, accounts }: Connection): boolean {
  return health.kind !== 'active' || accounts.kind === 'error';
}

export const CELLS: Readonly<Record<ColumnId, Cell>> = {
  provider: {
    build: () => (
      <td class="cell-provider">
        {/* Laid over the whole cell, whose text says more than where it leads. */}
        <a class="source-link" />
        <span class="provider-mark provider-mark-small" aria-hidden="true" />
        <bdi class="one-line" />
      </td>
    ),
    bind(cell) {
      const link = part<HTMLAnchorElement>(cell, 'a');
      const mark = part(cell, 'span');
      const name = named(link, 'open_named');
      const href = paintedAttribute(link, 'href');
      const initials = paintedText(mark);
      const providerName = paintedText(part(cell, 'bdi'));
      let color = '';
      return ({ connection, search, words }) => {
        const { provider } = connection;
        href(hashOfOpened(connection.id, search));
        name(connection.name);
        initials(providerInitials(provider));
        providerName(provider.name, words);
        if (provider.color === color) return;
        color = provider.color;
        const opaque = opaqueColor(color);
        mark.style.backgroundColor = opaque;
        mark.style.color = inkOn(opaque);
      };
    },
  },
  name: {
    build: () => (
      <td class="cell-name">
        <bdi />
        <span class="second-line found-in">
          <span />
          <bdi />
        </span>
      </td>
    ),
    bind(cell) {
      const name = paintedText(part(cell, 'bdi'));
      const found = part(cell, '.found-in');
      const isThere = paintedPresence(found, null);
      const before = paintedText(part(found, 'span'));
      const text = paintedText(part(found, 'bdi'));
      return ({ connection, words, found: foundText }) => {
        name(connection.name, words);
        isThere(foundText !== null);
        if ((foundText !== null) !== cell.classList.contains('two-lines'))
          cell.classList.toggle('two-lines');
        if (foundText === null) return;
        before(`${t('found_in')} `);
        text(foundText, words);
      };
    },
  },
  identity: twoLines('cell-identity', ({ connection: { identity }, words }, first, second) => {
    first(identity?.label ?? '', words);
    second(identity?.workspace ?? '', words);
    return identity?.workspace != null;
  }),
  status: {
    build: () => (
      <td class="cell-status">
        <HealthMark kind="active" />
        <span />
        {'\n'}
        <span class="second-line" />
      </td>
    ),
    bind(cell) {
      const lines = bindLines(cell);
      let kind: HealthKind = 'active';
      return ({ connection, now }) => {
        const { health } = connection;
        if (health.kind !== kind) {
          kind = health.kind;
          cell.firstElementChild?.replaceWith(healthMarkCopy(kind));
        }
        const quietness = quietnessWords(connection, now);
        const [state, ...why] = healthWords(health, now);
        // First: the end of a long reason is cut.
        const reasons = [quietness, ...why].filter((one) => one != null);
        lines((first, second) => {
          first(state === undefined ? '' : tell(state));
          second(reasons.map(tell).join(' · '));
          return reasons.length > 0;
        });
      };
    },
  },
  accounts: texts(
    'cell-accounts',
    ({ connection: { accounts, accountChoice } }) => tell(accountsWords(accounts, accountChoice)),
    false,
  ),
  'identity-id': texts('cell-identity-id', ({ connection }) => connection.identity?.id ?? ''),
  environment: texts('cell-environment', ({ environment }) => environment, false),
  tags: {
    build: () => <td class="cell-tags" />,
    bind(cell) {
      let shown = '';
      return ({ connection: { tags }, tagColors, words }) => {
        const said = JSON.stringify([tags, tagColors, words]);
        if (said === shown) return;
        shown = said;
        const names = tags.map((tag, at) => (
          <TagName key={tag} name={tag} color={tagColors[at] ?? null} search={words.join(' ')} />
        ));
        render(names, cell);
      };
    },
  },
  flows: {
    build: () => (
      <td class="cell-flows">
        <a />
        <span class="quiet" />
      </td>
    ),
    bind(cell) {
      const link = part<HTMLAnchorElement>(cell, 'a');
      const none = part(cell, 'span');
      const isLink = paintedPresence(link, none);
      const count = paintedText(link);
      const href = paintedAttribute(link, 'href');
      const label = paintedAttribute(link, 'aria-label');
      const text = paintedText(none);
      return ({ connection, flows }) => {
        const isUsed = flows !== null && flows > 0;
        isLink(isUsed);
        text(flows === 0 ? '0' : '');
        if (!isUsed) return;
        href(hashOf({ kind: 'flows', connectionId: connection.id }));
        label(plural('flows_of', flows, connection.name));
        count(String(flows));
      };
    },
  },
  sync: texts(
    'cell-sync',
    ({ connection: { sync } }) => t(sync.kind === 'on' ? 'sync_on' : 'sync_resting'),
    false,
  ),
  created: moments('cell-created', ({ createdAt }) => createdAt),
  authorized: moments('cell-authorized', ({ authorizedAt }) => authorizedAt),
  actions: {
    build: () => (
      <td class="cell-actions">
        <button type="button" class="button mend" data-act={'mend' satisfies RowAct} />
        <button type="button" class="button button-icon" data-act={'rename' satisfies RowAct}>
          <OptionIcon name="rename" />
        </button>
        <button type="button" class="button button-icon" data-act={'remove' satisfies RowAct}>
          <OptionIcon name="delete" />
        </button>
        <button
          type="button"
          class="button button-icon"
          aria-haspopup="menu"
          aria-expanded="false"
          data-act={'more' satisfies RowAct}
        >
          <Icon name="more" />
        </button>
      </td>
    ),
    bind(cell) {
      const button = (act: RowAct): HTMLButtonElement => part(cell, `[data-act="${act}"]`);
      const [rename, remove] = [button('rename'), button('remove')];
      const mending = paintedMend(button('mend'), rename);
      const names = [
        named(rename, 'rename_named'),
        named(remove, 'delete_named'),
        named(button('more'), 'more_named'),
      ];
      const changes = [paintedChange(rename), paintedChange(remove)];
      return (view) => {
        mending(view);
        for (const name of names) name(view.connection.name);
        for (const change of changes) change(view.change);
      };
    },
  },
};
