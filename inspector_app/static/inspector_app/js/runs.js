// Asking for runs, and saying how one went.
import { get, post } from "./api.js";

const ACTIVE = ["queued", "running", "cancelling"];

export const isActive = (run) => ACTIVE.includes(run.status);

export function start(workspace, preset, params, timeout) {
  return post("/api/task-runs/", { workspace, preset, params, timeout });
}

export async function startAgain(id, timeout) {
  const run = await get(`/api/task-runs/${id}/`);
  return start(run.workspace, run.preset, run.params, timeout ?? run.timeout_s);
}

export const cancel = (id) => post(`/api/task-runs/${id}/cancel/`);

export function ended(run) {
  return run.exit_code === null || run.status === "timed_out"
    ? run.status.replace("_", " ")
    : `exit ${run.exit_code}`;
}

export function result(run) {
  const changed = run.files_changed?.length;
  if (changed === undefined) return `${ended(run)}, not compared`;
  return `${ended(run)}, ${changed} ${changed === 1 ? "file" : "files"} changed`;
}
