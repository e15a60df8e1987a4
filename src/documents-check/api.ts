/** One payload of the graph: what was selected, and its expected failures. */
export type Payload<Selected> = Selected & { errors: { code: string; message: string }[] };

/** Sends operations as a client does, over HTTP. */
export interface Api {
  query<Data>(document: string, variables?: object): Promise<Data>;
  signIn(login: string, password: string): Promise<void>;
}

/** `url` is the server's, such as `http://127.0.0.1:4000`. An answer with errors is thrown: none is expected. */
export function createApi(url: string): Api {
  let token: string | undefined;
  const query = async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors || !data) throw new Error(`The API answered ${response.status}: ${errors?.map(({ message }) => message).join("; ") ?? "nothing"}`);
    return data;
  };
  return {
    query,
    signIn: async (login, password) => {
      const { signIn } = await query<{ signIn: Payload<{ accessToken: string | null }> }>(
        `mutation ($input: SignInInput!) { signIn(input: $input) { accessToken errors { code message } } }`,
        { input: { login, password } },
      );
      if (signIn.accessToken === null) throw new Error(`The teacher could not sign in: ${signIn.errors[0]?.message ?? ""}`);
      token = signIn.accessToken;
    },
  };
}
