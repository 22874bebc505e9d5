document.querySelector('button').addEventListener('click', ({ target }) => {
  target.textContent = 'Pressed';
});
