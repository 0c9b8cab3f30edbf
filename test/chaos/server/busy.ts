/**
 * Counts the requests that a service is busy with, until the last byte of their answers is taken.
 * @module
 */
import type { TestOSS } from "../../../src/testing/create_test_oss.ts";

export interface Watched extends Pick<TestOSS, "serve"> {
  readonly busy: number;
}

/**
 * Watches a service.
 * @param oss the service
 * @param arrived is told of each request, before it is served
 */
export function watch(oss: Pick<TestOSS, "serve">, arrived: () => void): Watched {
  let busy = 0;
  return {
    get busy() {
      return busy;
    },
    async serve(request) {
      arrived();
      busy++;
      let over = false;
      const end = (): void => {
        if (!over) busy--;
        over = true;
      };
      try {
        const answer = await oss.serve(request);
        const { body } = answer;
        if (body === undefined || body instanceof Uint8Array) {
          end();
          return answer;
        }
        const reader = body.getReader();
        const counted = new ReadableStream(
          {
            async pull(controller) {
              try {
                const { done, value } = await reader.read();
                if (!done) return controller.enqueue(value);
                end();
                controller.close();
              } catch (error) {
                end();
                controller.error(error);
              }
            },
            cancel(reason) {
              end();
              return reader.cancel(reason);
            },
          },
          { highWaterMark: 0 },
        );
        return { ...answer, body: counted };
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}
