import { serve, type ScopeEnd } from "./call.ts";
import { importStatement } from "./statement.ts";

serve(self as unknown as ScopeEnd, importStatement);
