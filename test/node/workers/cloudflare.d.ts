declare module "cloudflare:workers" {
  export const env: { readonly OSS: string; readonly STS: string };
}
