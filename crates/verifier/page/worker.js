// @ts-check
// Runs the verifier beside the page, so that the page stays awake. The verifier is a program for WASI preview 1 that reads
// its standard input and writes to its standard output; it is given no file, no clock, no randomness and no network.

const OK = 0;
const BAD_DESCRIPTOR = 8;

/** The program called for its end. */
class Ended extends Error {
  /** @param {number} code */
  constructor(code) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

/**
 * @param {Uint8Array} input
 * @param {string[]} words
 * @param {(line: string) => void} told
 */
function machine(input, words, told) {
  const encoder = new TextEncoder();
  const decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
  const words0 = words.map((word) => encoder.encode(`${word}\0`));
  const written = { 1: '', 2: '' };
  let at = 0;
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const view = () => new DataView(/** @type {WebAssembly.Memory} */ (memory).buffer);
  const bytes = () => new Uint8Array(/** @type {WebAssembly.Memory} */ (memory).buffer);

  /**
   * Calls for each of the pieces of memory that a list names.
   * @param {number} list
   * @param {number} count
   * @param {(from: number, length: number) => number} each
   */
  const pieces = (list, count, each) => {
    let all = 0;
    for (let piece = 0; piece < count; piece += 1) {
      const place = list + piece * 8;
      all += each(view().getUint32(place, true), view().getUint32(place + 4, true));
    }
    return all;
  };

  const imports = {
    /** @type {(count: number, size: number) => number} */
    args_sizes_get(count, size) {
      view().setUint32(count, words0.length, true);
      view().setUint32(size, words0.reduce((sum, word) => sum + word.length, 0), true);
      return OK;
    },
    /** @type {(places: number, buffer: number) => number} */
    args_get(places, buffer) {
      let to = buffer;
      words0.forEach((word, number) => {
        view().setUint32(places + number * 4, to, true);
        bytes().set(word, to);
        to += word.length;
      });
      return OK;
    },
    /** @type {(count: number, size: number) => number} */
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return OK;
    },
    environ_get: () => OK,
    /** @type {(descriptor: number, list: number, count: number, read: number) => number} */
    fd_read(descriptor, list, count, read) {
      if (descriptor !== 0) return BAD_DESCRIPTOR;
      const all = pieces(list, count, (from, length) => {
        const part = input.subarray(at, at + length);
        bytes().set(part, from);
        at += part.length;
        return part.length;
      });
      view().setUint32(read, all, true);
      return OK;
    },
    /** @type {(descriptor: number, list: number, count: number, wrote: number) => number} */
    fd_write(descriptor, list, count, wrote) {
      if (descriptor !== 1 && descriptor !== 2) return BAD_DESCRIPTOR;
      const all = pieces(list, count, (from, length) => {
        // A copy: the decoder does not take memory that may grow.
        written[descriptor] += decoders[descriptor].decode(bytes().slice(from, from + length), { stream: true });
        return length;
      });
      view().setUint32(wrote, all, true);
      if (descriptor === 2) {
        const lines = written[2].split('\n');
        written[2] = lines.pop() ?? '';
        lines.forEach(told);
      }
      return OK;
    },
    /** @type {(code: number) => never} */
    proc_exit(code) {
      throw new Ended(code);
    },
  };
  return {
    imports: { wasi_snapshot_preview1: imports },
    /** @param {WebAssembly.Instance} instance */
    run(instance) {
      memory = /** @type {WebAssembly.Memory} */ (instance.exports['memory']);
      try {
        /** @type {() => void} */ (instance.exports['_start'])();
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
      }
      return written[1];
    },
  };
}

self.addEventListener('message', async (event) => {
  const { wasm, bundle, words } = /** @type {{wasm: ArrayBuffer, bundle: ArrayBuffer, words: string[]}} */ (event.data);
  try {
    const told = machine(new Uint8Array(bundle), words, (line) => self.postMessage({ progress: line }));
    const { instance } = await WebAssembly.instantiate(wasm, told.imports);
    self.postMessage({ found: JSON.parse(told.run(instance)) });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
});
