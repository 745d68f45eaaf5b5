import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type {
  ApplyWorkspaceEditParams,
  CodeAction,
  Command,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeParams,
  TextEdit,
} from 'vscode-languageserver-protocol';

const program = join(
  dirname(createRequire(import.meta.url).resolve('vscode-langservers-extracted/package.json')),
  'bin/vscode-eslint-language-server',
);

/** An editor with one open folder, as far as a language server can tell. */
export interface Editor {
  /** Opens a file and waits for what the server underlines in it. */
  diagnose(file: string, text: string): Promise<readonly Diagnostic[]>;
  /** What the light bulb offers at a diagnostic. */
  actionsAt(file: string, diagnostic: Diagnostic): Promise<readonly (CodeAction | Command)[]>;
  /** Chooses an offer; the edits of the file that it leads to. */
  choose(file: string, action: CodeAction | Command): Promise<readonly TextEdit[]>;
  close(): Promise<void>;
}

/** Starts the language server that editors run for ESLint. */
export async function openEditor(folder: string): Promise<Editor> {
  const server = spawn(process.execPath, [program, '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const uriOf = (file: string): string => pathToFileURL(join(folder, file)).href;
  let lastEdit: ApplyWorkspaceEditParams | undefined;
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
    items.map(() => settings(folder)),
  );
  connection.onRequest('workspace/applyEdit', (edit: ApplyWorkspaceEditParams) => {
    lastEdit = edit;
    return { applied: true };
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();

  const rootUri = pathToFileURL(folder).href;
  const initialize: InitializeParams = {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: basename(folder) }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, applyEdit: true },
      textDocument: { diagnostic: {}, codeAction: {} },
    },
  };
  await connection.sendRequest('initialize', initialize);
  await connection.sendNotification('initialized', {});

  return {
    async diagnose(file, text) {
      const textDocument = { uri: uriOf(file), languageId: 'javascript', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: textDocument.uri },
      });
      return report.kind === 'full' ? report.items : [];
    },
    async actionsAt(file, diagnostic) {
      const actions: readonly (CodeAction | Command)[] | null = await connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uriOf(file) },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      });
      return actions ?? [];
    },
    async choose(file, action) {
      const { command } = action;
      if (typeof command === 'object') {
        lastEdit = undefined;
        await connection.sendRequest('workspace/executeCommand', { command: command.command, arguments: command.arguments });
      }
      return editsOf(lastEdit, uriOf(file));
    },
    async close() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      server.kill();
    },
  };
}

function editsOf(params: ApplyWorkspaceEditParams | undefined, uri: string): readonly TextEdit[] {
  const { changes, documentChanges = [] } = params?.edit ?? {};
  const versioned = documentChanges.flatMap((change) =>
    'edits' in change && change.textDocument.uri === uri ? (change.edits as readonly TextEdit[]) : [],
  );
  return [...(changes?.[uri] ?? []), ...versioned];
}

/** What an editor sends for a folder with a flat configuration and ESLint 10. */
function settings(folder: string): object {
  return {
    validate: 'on',
    packageManager: 'npm',
    useESLintClass: true,
    useFlatConfig: true,
    experimental: {},
    codeAction: { disableRuleComment: { enable: false, location: 'separateLine' }, showDocumentation: { enable: false } },
    codeActionOnSave: { mode: 'all' },
    format: false,
    quiet: false,
    onIgnoredFiles: 'off',
    options: {},
    rulesCustomizations: [],
    run: 'onType',
    problems: { shortenToSingleLine: false },
    nodePath: null,
    workingDirectory: { mode: 'location' },
    workspaceFolder: { uri: pathToFileURL(folder).href, name: basename(folder) },
  };
}
