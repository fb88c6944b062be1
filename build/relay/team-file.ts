import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ID_PATTERN } from '../../renderer/core/base/ids.ts';

/** What the app exports for a relay's administrator: whose devices there are, and nothing that is secret. */
const teamFile = z.object({
  workspace: z.string().min(1).max(64),
  name: z.string().max(200),
  devices: z
    .array(z.object({ device: z.string().regex(ID_PATTERN), member: z.string().max(200) }))
    .max(1_000)
    .refine((devices) => new Set(devices.map(({ device }) => device)).size === devices.length),
});

export type TeamFile = z.infer<typeof teamFile>;

/** Errors: a sentence for the administrator. */
export async function readTeamFile(path: string): Promise<TeamFile> {
  const text = await readFile(path, 'utf8');
  try {
    return teamFile.parse(JSON.parse(text));
  } catch (error) {
    const where =
      error instanceof z.ZodError
        ? error.issues.map(({ path, code }) => `${path.join('.')} (${code})`).join(', ')
        : 'not JSON';
    throw new Error(`${path} is not a team as Baikoo exports it: ${where}.`);
  }
}
