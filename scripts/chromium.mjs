// Finds the Chromium that the tests run in: $CHROMIUM, or the system's. Debian's is installed with apt where that is
// allowed (as root), together with the Vulkan loader through which Node's WebGPU finds Chromium's software adapter, and mpmath,
// with which tests make reference values and coefficients anew.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'libvulkan1', 'python3-mpmath'];

/** Without a window, without calls to the network, with a software adapter for WebGPU. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a Chromium or Chrome, or undefined. */
export function findChromium() {
  const { CHROMIUM } = process.env;
  return CHROMIUM ?? PLACES.find((place) => existsSync(place));
}

const hasOthers = () => spawnSync('dpkg-query', ['-s', 'libvulkan1', 'python3-mpmath']).status === 0;

function apt(...args) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  return spawnSync('apt-get', ['-qq', ...args], options).status === 0;
}

/** Installs what is missing. Returns what went wrong, or undefined. */
export function installChromium() {
  const missing = !findChromium();
  const debian = existsSync('/usr/bin/apt-get');
  if (!missing && (!debian || hasOthers())) return undefined;
  const command = `apt-get install ${PACKAGES.join(' ')}`;
  if (!debian) return `no Chromium is here; install one and set CHROMIUM to its path (on Debian: ${command})`;
  if (process.getuid?.() !== 0) {
    return missing ? `no Chromium is here; install it with: sudo ${command}, or set CHROMIUM to its path` : undefined;
  }
  console.log(`Installing ${PACKAGES.join(' and ')} for the tests in a browser (once) …`);
  // The lists of packages may be old or missing: only then are they fetched.
  const done = apt('install', '-y', ...PACKAGES) || (apt('update') && apt('install', '-y', ...PACKAGES));
  return done || findChromium() ? undefined : `'${command}' failed`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const trouble = installChromium();
  if (trouble) {
    console.error(`chromium: ${trouble}`);
    if (process.env.CI) process.exit(1);
    console.error('chromium: the tests in a browser are left out (with CI set this is an error).');
  }
}
