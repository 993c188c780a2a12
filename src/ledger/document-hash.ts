import type { Hash } from "../domain/ids.ts";
import type { JsonObject } from "../domain/journal-event.ts";
import { hashText } from "./base64url.ts";
import { writeStrict } from "./canonical.ts";

/** SHA-256 of a policy document's canonical text: `pol` of a policy record and of every refund judged by it. */
export const documentHash = (document: JsonObject): Hash => hashText(writeStrict(document));
