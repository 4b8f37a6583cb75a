/** Actions of a script that wait for the loader or for a process. */

import { requestType } from "../loader/frames.ts";
import { send } from "../loader/requests.ts";
import { printMap, zeroMap, type MapContext } from "./map-actions.ts";
import { runCommand } from "./shell.ts";
import type { DeferredAction } from "./site-handler.ts";

export interface ActionContext extends MapContext {
  /** While something else than the loader is waited for, no more events are taken in. */
  readonly pauseEvents: (paused: boolean) => void;
  readonly exit: (code: number) => void;
}

export async function performAction(action: DeferredAction, context: ActionContext): Promise<void> {
  const { channel } = context;
  switch (action.kind) {
    case "print-map":
      await printMap(context, action);
      break;
    case "clear-map":
      context.zeroed.delete(action.map);
      await send(channel, requestType.MAP_CLEAR, (writer) => writer.string(action.map.object));
      break;
    case "zero-map":
      await zeroMap(context, action.map);
      break;
    case "system": {
      context.pauseEvents(true);
      const { bytes, failure } = await runCommand(action.command);
      context.pauseEvents(false);
      const { index, position, expandedFrom } = action.site;
      context.emit({ kind: "output", type: "syscall", bytes, site: index });
      if (failure !== undefined) {
        const text = `system: '${action.command}' ${failure}`;
        context.emit({ kind: "message", severity: "warning", text, position, expandedFrom });
      }
      break;
    }
    case "exit":
      context.exit(action.code);
      break;
  }
}
