/**
 * Runs in the browser, for the explorer page: queries and mutations over HTTP, subscriptions over
 * WebSocket (protocol graphql-transport-ws). The headers of the editor go along as HTTP headers or
 * as connectionParams, so that signing in works the same for both.
 */
globalThis.explorerFetcher = (endpoint) => {
  const kindOf = (request, options) =>
    options?.documentAST?.definitions.find(
      (definition) =>
        definition.kind === "OperationDefinition" &&
        (!request.operationName || definition.name?.value === request.operationName),
    )?.operation;

  const overHttp = async (request, headers) => {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(request),
    });
    return response.json();
  };

  const overWebSocket = (request, headers) => ({
    subscribe(observer) {
      const address = new URL(endpoint, location.href);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      const socket = new WebSocket(address, "graphql-transport-ws");
      const send = (message) => socket.send(JSON.stringify(message));
      let ended = false;
      const end = (tell) => {
        if (ended) return;
        ended = true;
        tell?.();
        socket.close(1000);
      };
      const connectionParams = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      socket.onopen = () => send({ type: "connection_init", payload: connectionParams });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "connection_ack") send({ id: "1", type: "subscribe", payload: request });
        else if (message.type === "ping") send({ type: "pong" });
        else if (message.type === "next") observer.next(message.payload);
        else if (message.type === "error") end(() => (observer.next({ errors: message.payload }), observer.complete()));
        else if (message.type === "complete") end(() => observer.complete());
      };
      socket.onclose = ({ code, reason }) =>
        end(() => observer.error(new Error(`The connection was closed: ${code} ${reason}`)));
      return { unsubscribe: () => end() };
    },
  });

  return (request, options) => {
    const headers = options?.headers ?? {};
    return kindOf(request, options) === "subscription" ? overWebSocket(request, headers) : overHttp(request, headers);
  };
};
