/**
 * The controller, called from a scenario in any runtime.
 * @module
 */
import type { ControlCalls } from "./stage_types.ts";

/**
 * Calls the controller.
 * @param base its address
 */
export function createControl(base: string): ControlCalls {
  const call =
    <I, O>(name: string) =>
    async (input: I): Promise<O> => {
      const response = await fetch(`${base}/${name}`, { method: "POST", body: JSON.stringify(input) });
      const answer = await response.json();
      if (!response.ok) throw new Error(`The controller cannot ${name}: ${answer.error}`);
      return answer;
    };
  return { open: call("open"), token: call("token"), calm: call("calm"), facts: call("facts"), close: call("close") };
}
