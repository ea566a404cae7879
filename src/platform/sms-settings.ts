/** How an instance sends short messages; read from the environment by config. */
export type SmsSettings =
  | { readonly adapter: 'file' }
  | {
      readonly adapter: 'tencent';
      readonly endpoint: string;
      readonly region: string;
      readonly secretId: string;
      readonly secretKey: string;
      readonly appId: string;
      /** Name in brackets before the text, approved by the provider. */
      readonly sign: string;
      /** Numbers of the approved templates by our names for them. */
      readonly templates: Readonly<Record<string, string>>;
    };
