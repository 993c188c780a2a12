/** Why there is no picture; every one of them leaves typing, a photo and a scanner gun. */
export type CameraFault = {
  readonly kind: "no_camera";
  readonly because:
    | "not_allowed"
    | "not_found"
    | "in_use"
    | "aborted"
    | "security"
    | "hung"
    | "no_media_devices"
    | "in_app_browser"
    | "decoder_failed"
    | "unknown";
};

const causes: ReadonlyMap<string, CameraFault["because"]> = new Map([
  ["NotAllowedError", "not_allowed"],
  ["NotFoundError", "not_found"],
  ["OverconstrainedError", "not_found"],
  ["NotReadableError", "in_use"],
  ["AbortError", "aborted"],
  ["SecurityError", "security"],
  ["TypeError", "no_media_devices"],
]);

export const noCamera = (because: CameraFault["because"]): CameraFault => ({
  kind: "no_camera",
  because,
});

/** What getUserMedia threw, as something to act on. */
export const cameraFaultOf = (error: unknown): CameraFault =>
  noCamera((error instanceof Error ? causes.get(error.name) : undefined) ?? "unknown");

/** WeChat's own browser shows black, hangs or crashes: its pages are opened in a real one. */
export const isInAppBrowser = (userAgent: string): boolean => /MicroMessenger/i.test(userAgent);
