// oxlint-disable-next-line no-underscore-dangle -- the build puts it in place of this word (vite.config.ts)
declare const __BUILD__: string;

/** Version and source hash of this build, as 关于 shows it: `0.1.0+3f2c1a9`. */
export const build: string = __BUILD__;

// oxlint-disable-next-line no-underscore-dangle -- as above
declare const __UPLOAD_ORIGIN__: string;

/** The one host besides its own that this build may send files to; empty in the build that is shipped. */
export const uploadOrigin: string = __UPLOAD_ORIGIN__;
