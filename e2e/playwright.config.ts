import { defineConfig } from '@playwright/test';

// Chromium is the distribution's: no test tool downloads a browser of its own.
const executablePath = process.env['SHOWCLEAR_CHROMIUM'] ?? '/usr/bin/chromium';

const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Chromium's sandbox refuses to start for root; everybody else keeps it.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: process.env['CI'] !== undefined,
  // A test that passes at the second try has found something: it counts as failed.
  retries: 0,
  // Two at a time, each with a server and a day of its own: most of a test is waiting, for a finger that holds or a clock. The files
  // of one worker still come in the order of their names.
  workers: 2,
  // Generous: the machine may build something at the same time.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['line'],
    ['json', { outputFile: process.env['SHOWCLEAR_REPORT'] ?? 'test-results/report.json' }],
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args },
    locale: 'en-GB',
    timezoneId: 'America/Denver',
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    // Held in one hand, at arm's length.
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
    // The screen on the gun cart, seen by everybody.
    // The scenes have a board of this size beside their phones; only what differs by size is run twice.
    { name: 'board', testMatch: /(house|pages|smoke|verify-page|with-exhibits|with-units|with-a-range|witnesses)\.spec\.ts/, use: { viewport: { width: 1920, height: 1080 } } },
  ],
});
