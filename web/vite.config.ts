import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds the server: the product itself, or dev/stand-in.mjs. */
const server = process.env.KASKA_SERVER ?? 'http://127.0.0.1:8080'

/** What an operator's first load shows besides the shell: as files of their own these icons weigh half as much again. */
const ICONS =
  /\/Icon(ArrowBackUp|ArrowLeft|Bell|BellRinging|Check|Copy|DeviceFloppy|Dialpad|Microphone|Phone|PhoneOff|PhoneOutgoing|Refresh|Search|User|X)\.mjs$/

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'icons', test: ICONS, includeDependenciesRecursively: false }] } },
    },
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.KASKA_WEB_PORT ?? 5173),
    proxy: {
      '/api': { target: server, ws: true },
      '/health': { target: server },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
