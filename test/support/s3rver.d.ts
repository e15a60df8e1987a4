/** The part of the S3 server that tests use; the package has no types. */
declare module "s3rver" {
  interface Options {
    address: string;
    /** 0 for one that is free. */
    port: number;
    directory: string;
    silent: boolean;
    configureBuckets: { name: string; configs: string[] }[];
  }

  class S3rver {
    constructor(options: Options);
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }

  export = S3rver;
}
