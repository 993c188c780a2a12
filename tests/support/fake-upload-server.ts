import { beforeEach } from "vitest";

import type { UploadAnswer, UploadRequest } from "../../src/domain/upload-answer.ts";
import type { SendUpload } from "../../src/usecases/send-uploads.ts";

/** A server that answers as it is told, in this order, and then takes everything. */
export const aFakeServer = () => {
  const asked: UploadRequest[] = [];
  const answers: (UploadAnswer | undefined)[] = [];
  const send: SendUpload = async (request) => {
    asked.push(request);
    return answers.length === 0 ? taken : answers.shift();
  };
  beforeEach(() => {
    asked.length = 0;
    answers.length = 0;
  });
  return { asked, answers, send };
};

export const taken: UploadAnswer = { kind: "answered", status: 201, contentType: "" };

export const answered = (status: number, retryAfterMs?: number): UploadAnswer => ({
  ...taken,
  status,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
