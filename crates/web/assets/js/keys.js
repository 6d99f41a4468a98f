// @ts-check
// The device's key and its place in the chain of its notes, kept in this browser and nowhere else.
// The private key cannot be read out of the browser, not even by this page.

import { deviceIdOf } from './note.js';

/** @typedef {import('./note.js').Signer} Signer */

/**
 * What this browser keeps of itself.
 * @typedef {Signer & {production: string, person: string, dseq: number, prev: string | null, origin?: string}} Device
 */

const DATABASE = 'showclear';
const VERSION = 2;

/**
 * Can this browser keep a key that signs? Without one nothing is recorded in anybody's name.
 * @returns {Promise<string | null>} why not, in words; null if it can
 */
export async function whyNot() {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) {
    return 'This address is not a secure one, so the browser lends no key. Open Showclear by its https address.';
  }
  if (!globalThis.indexedDB) return 'This browser keeps nothing. Leave private browsing, or use another browser.';
  try {
    await generate();
    return null;
  } catch {
    return 'This browser cannot sign with Ed25519. Use Chrome 137, Firefox 129 or Safari 17, or newer.';
  }
}

async function generate() {
  return /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']));
}

/** @returns {Promise<Signer>} a new key that never leaves this browser */
export async function makeKey() {
  const pair = await generate();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey, deviceId: await deviceIdOf(publicKey) };
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = (event) => {
      if (event.oldVersion < 1) {
        request.result.createObjectStore('device');
        request.result.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
        request.result.createObjectStore('outcomes');
      }
      request.result.createObjectStore('files', { keyPath: 'order', autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>} once it is durable
 */
export async function keep(store, mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/**
 * @param {string} production
 * @returns {Promise<Device | undefined>} this browser's key for the production, if it is enrolled
 */
export async function loadDevice(production) {
  return keep('device', 'readonly', (store) => /** @type {IDBRequest<Device | undefined>} */ (store.get(production)));
}

/** @param {Device} device */
export async function saveDevice(device) {
  await keep('device', 'readwrite', (store) => store.put(device, device.production));
}

/** @param {string} production */
export async function forgetDevice(production) {
  await keep('device', 'readwrite', (store) => store.delete(production));
}
