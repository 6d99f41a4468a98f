// @ts-check
// A witness's own page: a request goes in as text, the answer comes back as text and as a picture.

const form = document.querySelector('form#request');
const answer = document.getElementById('answer');

if (form instanceof HTMLFormElement && answer !== null) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('asked'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A field gives lines as they were pasted; a request ends each with one newline alone, and has one empty line.
    const text = `${field.value.replace(/\r\n?/g, '\n').trimEnd()}\n`;
    try {
      const response = await fetch('/by-hand', { method: 'POST', body: text });
      answer.innerHTML = await response.text();
    } catch {
      answer.textContent = 'NOT SENT: the witness does not answer. Nothing was countersigned.';
    }
  });
}

// A module: its names are its own.
export {};
