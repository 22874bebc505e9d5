// The least that shows the same data: one read, forty plain rows, nothing that can be done with them.
const opening = indexedDB.open('patchbay');
opening.onsuccess = () => {
  const tx = opening.result.transaction(['connections', 'kept']);
  const totals = tx.objectStore('kept').get('totals');
  const first = tx.objectStore('connections').index('byList').getAll(null, 40);
  tx.oncomplete = () => {
    document
      .querySelector('#summary')
      ?.replaceChildren(JSON.stringify(Object.values(totals.result.byEnvironment)[0]));
    const rows = first.result.map((connection) => {
      const row = document.createElement('li');
      for (const text of [connection.name, connection.provider.name, connection.health.kind]) {
        const cell = document.createElement('span');
        cell.textContent = `${text} `;
        row.append(cell);
      }
      return row;
    });
    document.querySelector('#list')?.append(...rows);
  };
};
