declare module "*.wasm?url" {
  /** Where the build put the file. */
  const address: string;
  export default address;
}
