// The least that a page can do with all connections: what can be seen of them as plain rows, a search
// over their names, an order by name. No filter, no count, nothing to do in a row.
const ROW_HEIGHT = 49;
/** As many cells a row as the list has that it is compared with. */
const CELLS = Number(new URLSearchParams(location.search).get('cells'));
/** @param {import('../../../lib/store/database.ts').StoredConnection} one */
const textsOf = (one) => [
  one.provider.name,
  one.name,
  one.identity?.label ?? '',
  one.health.kind,
  one.accounts.kind,
  one.identity?.id ?? '',
  one.environmentId,
  one.tags.join(' '),
  '0',
  one.sync.kind,
  new Date(one.createdAt).toDateString(),
  new Date(one.authorizedAt ?? 0).toDateString(),
  'Reconnect',
];
const [search] = document.getElementsByTagName('input');
const [sort] = document.getElementsByTagName('button');
const [box] = document.getElementsByTagName('main');
const [body] = document.getElementsByTagName('tbody');
/** @type {import('../../../lib/store/database.ts').StoredConnection[]} */
let all = [];
let shown = all;
let isDescending = false;

function paint() {
  const from = Math.floor((box?.scrollTop ?? 0) / ROW_HEIGHT);
  const rows = shown.slice(from, from + Math.ceil(innerHeight / ROW_HEIGHT) + 6).map((one) => {
    const row = document.createElement('tr');
    row.className = 'row';
    for (const text of textsOf(one).slice(0, CELLS)) {
      const cell = document.createElement('td');
      cell.textContent = text;
      row.append(cell);
    }
    return row;
  });
  /** @param {number} height */
  const space = (height) => {
    const row = document.createElement('tr');
    row.style.height = `${height}px`;
    return row;
  };
  const after = shown.length - from - rows.length;
  body?.replaceChildren(space(from * ROW_HEIGHT), ...rows, space(after * ROW_HEIGHT));
}

function select() {
  const text = search?.value.toLowerCase() ?? '';
  shown = all.filter(({ sortName }) => sortName.includes(text));
  if (isDescending) shown.reverse();
  paint();
}

search?.addEventListener('input', select);
box?.addEventListener('scroll', paint);
sort?.addEventListener('click', () => {
  isDescending = !isDescending;
  select();
});

const opening = indexedDB.open('patchbay');
opening.onsuccess = () => {
  const store = opening.result.transaction('connections').objectStore('connections');
  const reading = store.index('byList').getAll();
  reading.onsuccess = () => {
    all = reading.result;
    select();
  };
};
